// Package app puts the rooms together: it is the only place that knows all of them. New wires,
// Serve runs, and both undo in reverse what they did. Nothing here decides anything about
// prescriptions or money.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/password"
	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/demo"
	"github.com/smart-hospital/hospital/app/door"
	consultapi "github.com/smart-hospital/hospital/app/httpapi/consult"
	explorerapi "github.com/smart-hospital/hospital/app/httpapi/explorer"
	noticesapi "github.com/smart-hospital/hospital/app/httpapi/notices"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/keys"
	"github.com/smart-hospital/hospital/app/notice"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/app/wake"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/clockwatch"
	"github.com/smart-hospital/hospital/chain/watch"
	"github.com/smart-hospital/hospital/payment"
	paymentstore "github.com/smart-hospital/hospital/payment/gormstore"
	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/formulary"
	prescriptionstore "github.com/smart-hospital/hospital/prescription/gormstore"
	"github.com/smart-hospital/hospital/prescription/service"
)

// ErrConfig: the configuration cannot start; the text names every setting.
var ErrConfig = errors.New("the configuration cannot start")

// ErrChainHalted: the chain's engine stopped by itself; the process must be started anew, unless it
// is comet.ErrSchema as well: then the newer program must.
var ErrChainHalted = errors.New("the chain engine has halted")

// App is a running hospital.
type App struct {
	foundation
	partners
	version string

	settings consortium.NodeSettings // of a chain of several nodes; empty: this one is alone
	node     *comet.Node
	watch    *watch.Watch
	clock    *clockwatch.Watch
	relay    *outbox.Relay
	intents  *intent.Store
	accounts *accounts.Service
	keyring  *keys.Service

	patients      *patients.Service
	practitioners *practitioners.Service
	consultations *consult.Service
	notices       *notice.Service
	prescriptions *service.Service
	payments      *payment.Service
	catalogue     *catalogue.Catalogue

	api      *web.API
	chat     *consultapi.Chat
	events   *noticesapi.Events
	explorer *explorerapi.Explorer
	door     *door.Door
	listener net.Listener
	demo     *demo.Ward // nil outside the demo
	written  writeCheck
}

// New builds a hospital from its configuration. The steps are in the order of need; each names what
// it needs.
func New(ctx context.Context, cfg config.Config, log *slog.Logger, version string) (*App, error) {
	if faults := cfg.Faults(); len(faults) > 0 {
		return nil, fmt.Errorf("%w:\n  %s", ErrConfig, strings.Join(faults, "\n  "))
	}
	a := &App{foundation: foundation{cfg: cfg, log: log}, version: version}
	gm.OnSplit(func(s gm.Split) { // never the message: it may be a person's
		log.Error("ALARM: the two SM libraries disagree on a signature", "key", fmt.Sprintf("%x", s.PublicKey),
			"splits", gm.Splits())
	})
	log.Info("starting", "version", version, "config", cfg.Redacted())
	for _, step := range []func(context.Context) error{
		a.lay,            // keys, members, database
		a.refuseDemo,     // before anything acts on a demo's data in strict mode
		a.belong,         // before anything is sealed into another's database
		a.openRedis,      // sessions
		a.startChain,     // needs members and the hospital's seal
		a.connect,        // insurer and WeChat, or their sandboxes
		a.wire,           // the rooms' services over all of the above
		a.openDemo,       // needs the services: the ward is made through them
		a.registerRoutes, // last: nobody is served before everything stands
		a.listen,
		a.listenNeighbours,
		a.listenDebug,
	} {
		if err := step(ctx); err != nil {
			return nil, errors.Join(err, a.close())
		}
	}
	return a, nil
}

func (a *App) startChain(ctx context.Context) (err error) {
	if err := a.readSettings(); err != nil {
		return err
	}
	a.node, err = comet.Start(ctx, comet.Config{
		Dir: a.path("chain"), Sealer: a.orgs.Sealer(a.cfg.Hospital), Member: a.cfg.Hospital, Logger: a.log,
		Listen: a.settings.Listen, Peers: a.settings.Peers, Growth: a.settings.Growth,
	})
	if err != nil {
		return fmt.Errorf("chain: %w", err)
	}
	a.onClose(a.node.Stop)
	if err := a.offerBackups(ctx, a.node); err != nil {
		return err
	}
	a.orgs.Follow(a.node.InForce)
	a.members = a.node.InForce() // the genesis list until now
	if a.watch, err = a.openWatch(a.node, a.settings); err != nil {
		return err
	}
	a.clock = a.watchClock(ctx, a.node)
	a.relay = outbox.NewRelay(a.db, timely{a.node, a.clock},
		outbox.Options{Log: a.log, Seals: seals{a.orgs, a.node}, Alarm: func(e outbox.Entry) {
			a.log.Error("ALARM: the chain refused a record for good", "record", e.ID, "lane", e.Lane, "kind",
				string(e.Kind), "code", e.Code.String())
		}})
	return nil
}

// readSettings tells a hospital in a consortium of several nodes from one that is alone.
func (a *App) readSettings() (err error) {
	a.settings, err = consortium.ReadNodeSettings(a.cfg.Data)
	if errors.Is(err, consortium.ErrNoNode) {
		return alone(a.members)
	}
	switch {
	case err != nil:
		return err
	case a.settings.Member != a.cfg.Hospital:
		return fmt.Errorf("%w: hospital: the data folder's node is that of member %s", ErrConfig, a.settings.Member)
	case a.settings.Instance && (a.cfg.DatabaseURL == "" || a.cfg.RedisURL == ""):
		return fmt.Errorf(
			"%w: database-url, redis-url: the data folder is of another instance of %s: name the PostgreSQL and Redis that all its instances share", ErrConfig, a.cfg.Hospital)
	}
	return nil
}

// alone refuses a chain that waits for others' votes without a word on where they are: it would
// stand still for ever.
func alone(m *chain.Members) error {
	voters := 0
	for _, member := range m.Members {
		if member.Power > 0 {
			voters++
		}
	}
	if voters > 1 {
		return fmt.Errorf(
			"%w: data: node.yaml is missing and %d members vote on this chain; run `hospital consortium join` again",
			ErrConfig, voters)
	}
	return nil
}

func (a *App) connect(ctx context.Context) (err error) {
	a.partners, err = a.openPartners(ctx)
	return err
}

func (a *App) wire(ctx context.Context) (err error) {
	if a.catalogue, err = catalogue.Load(); err != nil {
		return err
	}
	if _, err := a.orgs.Seal(a.cfg.Hospital); err != nil {
		return fmt.Errorf(
			"%w: the members' list that this node has come to does not name %s with a key that is here; after an admission let `hospital node` catch up first", err, a.cfg.Hospital)
	}
	traceKey, err := consortium.TraceSecretOf(a.cfg.Data, a.keys)
	if err != nil {
		return err
	}
	a.intents = intent.NewStore(a.db, a.box)
	if a.accounts, err = accounts.New(a.db, a.redis, a.box, a.wechat, a.accountOptions()); err != nil {
		return err
	}
	a.patients = patients.New(a.db, a.box)
	a.practitioners = practitioners.New(a.db, a.redis, a.box, a.orgName)
	a.notices = notice.New(notice.Config{
		DB: a.db, People: audiences{a.patients}, Hub: wake.New(a.redis, noticeChannel, accounts.IsAccount), Log: a.log,
	})
	a.accounts.Told = a.tellSecurity
	a.patients.Told = a.tellFamily
	a.practitioners.Applied = a.tellApplied
	a.practitioners.Note = a.accounts.Note
	a.patients.Logout, a.patients.Note, a.practitioners.Humans = a.accounts.LogoutAll, a.accounts.Note, a.patients
	a.patients.Named = a.named
	a.keyring = keys.New(keys.Config{
		DB: a.db, ChainID: a.members.Chain, CA: a.orgs, Seals: a.orgs, Register: a.practitioners, Kick: a.relay.Kick,
		Accounts: a.accounts, People: a.patients, PerAddress: a.cfg.KeysPerAddress,
	})
	if a.cfg.Demo {
		a.keyring.AtOnce = a.demoAdministrators
	}
	a.accounts.Known, a.practitioners.Approver = a.patients.StaffKnown, a.accounts.Identified
	a.practitioners.Signers, a.patients.Ending = a.keyring.Signers, a.keyring.Ending
	a.consultations = consult.NewService(consult.Config{
		DB: a.db, Box: a.box, Doctors: register{a.practitioners}, Diagnoses: icd{a.catalogue}, Guardians: a.patients,
		Hub: consult.NewHub(a.redis), Tell: a.tellVisit, Log: a.log, Tail: a.cfg.VisitTail,
		Hold: func() bool { return a.clock.Doubt() != nil },
	})
	a.practitioners.Bookings, a.practitioners.Visits = bookings{a.consultations}, a.consultations.Finished
	shelf := prescriptionstore.New(a.box)
	if err = shelf.FillVisits(ctx, a.db); err != nil {
		return err
	}
	a.prescriptions, err = service.New(service.Deps{
		DB: a.db, Store: shelves{shelf, a.notices}, Stock: shelf, Intents: a.intents,
		Formulary: formulary.FromCatalogue(a.catalogue), Practitioners: a.practitioners,
		Visits:        visits{a.consultations, a.patients, a.db, a.orgName, a.cfg.Hospital},
		Confirmations: service.OutboxConfirmations{DB: a.db}, Ledger: a.node,
		Seal:   func(_ context.Context, org string) (intent.Seal, error) { return a.orgs.Seal(org) },
		Verify: a.verifyReceipt, Pharmacies: a.servedPharmacies,
		ChainID: a.members.Chain, TraceKey: traceKey, Now: time.Now, Kick: a.relay.Kick,
		Schema: a.node.Schema, Lease: a.cfg.ClaimLease, Notices: notices{a.consultations},
		Tails: a.patients.Tails,
	})
	if err != nil {
		return err
	}
	a.consultations.Prescriptions = a.prescriptions
	books := paymentstore.New(a.db, a.box, a.intents)
	books.Told, books.AtDesk = a.tellPayment, a.tellDesk
	a.payments, err = payment.New(payment.Config{
		Chain: a.members.Chain, Store: books, Insurer: a.insurer,
		Prescriptions: bills{a.prescriptions}, Now: time.Now, Kick: a.relay.Kick,
		Hospital: a.cfg.Hospital, Seal: func() (intent.Seal, error) { return a.orgs.Seal(a.cfg.Hospital) },
		Alarm: func(m payment.Alarm) {
			paymentAlarms.WithLabelValues(m.Kind).Inc()
			a.log.Error("ALARM: payment", "kind", m.Kind, "settlement", m.Settlement, "detail", m.Detail)
		},
	})
	return err
}

// named tells whether the chain knows a log-in by name: patients.Service.Named.
func (a *App) named(tx *gorm.DB, person string) (bool, error) {
	keyed, err := keys.Enrolled(tx, person)
	if err != nil || keyed {
		return keyed, err
	}
	wards, err := a.patients.Wards(tx, person)
	if err != nil {
		return false, err
	}
	return a.prescriptions.Runs(tx, append(wards, person)...)
}

func (a *App) accountOptions() accounts.Options {
	o := accounts.Options{Hospital: a.cfg.Hospital, AdminFactor: !a.cfg.Demo && a.cfg.AdminSecondFactor}
	if a.cfg.PasswordCost == config.CheapPasswords {
		o.Cost = password.CheapCost
	}
	return o
}

func (a *App) listen(ctx context.Context) (err error) {
	a.door = a.publicDoor()
	if a.listener, err = a.door.Listen(ctx, a.cfg.Listen); err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	a.onClose(func() error {
		if err := a.listener.Close(); !errors.Is(err, net.ErrClosed) {
			return err
		}
		return nil
	})
	return nil
}

// URL is where the API answers, for people on this machine.
func (a *App) URL() string {
	_, port, err := net.SplitHostPort(a.listener.Addr().String())
	if err != nil {
		return a.listener.Addr().String()
	}
	return "http://localhost:" + port
}
