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

	"github.com/smart-hospital/hospital/app/accesslog"
	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/password"
	"github.com/smart-hospital/hospital/app/backup"
	"github.com/smart-hospital/hospital/app/closing"
	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/consent"
	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/consult/chat"
	"github.com/smart-hospital/hospital/app/demo"
	"github.com/smart-hospital/hospital/app/demoward"
	"github.com/smart-hospital/hospital/app/disclosure"
	"github.com/smart-hospital/hospital/app/door"
	"github.com/smart-hospital/hospital/app/family"
	"github.com/smart-hospital/hospital/app/family/right"
	"github.com/smart-hospital/hospital/app/health"
	socketapi "github.com/smart-hospital/hospital/app/httpapi/consult/socket"
	explorerapi "github.com/smart-hospital/hospital/app/httpapi/explorer"
	noticesapi "github.com/smart-hospital/hospital/app/httpapi/notices"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/app/keys"
	"github.com/smart-hospital/hospital/app/notice"
	"github.com/smart-hospital/hospital/app/partners"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/ports"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/app/rating"
	"github.com/smart-hospital/hospital/app/telling"
	"github.com/smart-hospital/hospital/app/template"
	"github.com/smart-hospital/hospital/app/triage/intake"
	"github.com/smart-hospital/hospital/app/wake"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/clockwatch"
	"github.com/smart-hospital/hospital/chain/watch"
	"github.com/smart-hospital/hospital/payment"
	paymentstore "github.com/smart-hospital/hospital/payment/gormstore"
	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/formulary"
	prescriptionstore "github.com/smart-hospital/hospital/prescription/gormstore"
	"github.com/smart-hospital/hospital/prescription/ground"
	"github.com/smart-hospital/hospital/prescription/pricelist"
	"github.com/smart-hospital/hospital/prescription/service"
)

// App is a running hospital.
type App struct {
	installation.Installation
	partners.Partners
	version string

	settings consortium.NodeSettings // of a chain of several nodes; empty: this one is alone
	node     *comet.Node
	watch    *watch.Watch
	clock    *clockwatch.Watch
	relay    *outbox.Relay
	intents  *intent.Store
	accounts *accounts.Service
	keyring  *keys.Service
	consents *consent.Service
	closing  *closing.Service

	patients      *patients.Service
	family        *family.Service
	practitioners *practitioners.Service
	consultations *consult.Service
	ratings       *rating.Service
	triage        *intake.Service
	accesses      *accesslog.Service
	templates     *template.Service
	played        *demoward.Ward // nil but in the demo
	notices       *notice.Service
	telling       telling.Telling
	prescriptions *service.Service
	payments      *payment.Service
	catalogue     *catalogue.Catalogue
	prices        *pricelist.List

	disclosures []disclosure.Part // the documents that all rooms show

	api      *web.API
	sockets  *socketapi.Sockets
	events   *noticesapi.Events
	explorer *explorerapi.Explorer
	door     *door.Door
	listener net.Listener
	demo     *demo.Ward // nil outside the demo
	written  health.Database
}

// New builds a hospital from its configuration. The steps are in the order of need; each names what
// it needs.
func New(ctx context.Context, cfg config.Config, log *slog.Logger, version string) (*App, error) {
	if faults := cfg.Faults(); len(faults) > 0 {
		return nil, fmt.Errorf("%w:\n  %s", config.ErrConfig, strings.Join(faults, "\n  "))
	}
	a := &App{Installation: newInstallation(cfg, log), version: version}
	gm.OnSplit(func(s gm.Split) { // never the message: it may be a person's
		log.Error("ALARM: the two SM libraries disagree on a signature", "key", fmt.Sprintf("%x", s.PublicKey),
			"splits", gm.Splits())
	})
	log.Info("starting", "version", version, "config", cfg.Redacted())
	for _, step := range []func(context.Context) error{
		a.Lay,            // keys, members, database
		a.RefuseDemo,     // before anything acts on a demo's data in strict mode
		a.Belong,         // before anything is sealed into another's database
		a.OpenRedis,      // sessions
		a.startChain,     // needs members and the hospital's seal
		a.connect,        // insurer and WeChat, or their sandboxes
		a.wire,           // the rooms' services over all of the above
		a.openDemo,       // needs the services: the ward is made through them
		a.registerRoutes, // last: nobody is served before everything stands
		a.listen,
		a.listenNeighbours,
		func(ctx context.Context) error { return ports.Profiler(ctx, &a.Installation) },
	} {
		if err := step(ctx); err != nil {
			return nil, errors.Join(err, a.Close())
		}
	}
	return a, nil
}

func (a *App) startChain(ctx context.Context) (err error) {
	if err := a.readSettings(); err != nil {
		return err
	}
	a.node, err = comet.Start(ctx, comet.Config{
		Dir: a.Path("chain"), Sealer: a.Orgs.Sealer(a.Cfg.Hospital), Member: a.Cfg.Hospital, Logger: a.Log,
		Listen: a.settings.Listen, Peers: a.settings.Peers, Growth: a.settings.Growth,
	})
	if err != nil {
		return fmt.Errorf("chain: %w", err)
	}
	a.OnClose(a.node.Stop)
	if err := backup.Offer(ctx, &a.Installation, a.node); err != nil {
		return err
	}
	a.Orgs.Follow(a.node.InForce)
	a.Members = a.node.InForce() // the genesis list until now
	if a.watch, err = health.OpenWatch(&a.Installation, a.node, a.settings); err != nil {
		return err
	}
	a.clock = health.WatchClock(ctx, &a.Installation, a.node)
	a.relay = outbox.NewRelay(a.DB, health.Timely{Node: a.node, Clock: a.clock},
		outbox.Options{Log: a.Log, Seals: seals{a.Orgs, a.node}, Alarm: func(e outbox.Entry) {
			a.Log.Error("ALARM: the chain refused a record for good", "record", e.ID, "lane", e.Lane, "kind",
				string(e.Kind), "code", e.Code.String())
		}})
	return nil
}

// readSettings tells a hospital in a consortium of several nodes from one that is alone.
func (a *App) readSettings() (err error) {
	a.settings, err = consortium.ReadNodeSettings(a.Cfg.Data)
	if errors.Is(err, consortium.ErrNoNode) {
		return alone(a.Members)
	}
	switch {
	case err != nil:
		return err
	case a.settings.Member != a.Cfg.Hospital:
		return fmt.Errorf("%w: hospital: the data folder's node is that of member %s", config.ErrConfig, a.settings.Member)
	case a.settings.Instance && (a.Cfg.DatabaseURL == "" || a.Cfg.RedisURL == ""):
		return fmt.Errorf(
			"%w: database-url, redis-url: the data folder is of another instance of %s: name the PostgreSQL and Redis that all its instances share", config.ErrConfig, a.Cfg.Hospital)
	}
	return nil
}

// alone refuses a chain that waits for others' votes without a word on where they are: it would
// stand still for ever.
func alone(m *membership.Members) error {
	voters := 0
	for _, member := range m.Members {
		if member.Power > 0 {
			voters++
		}
	}
	if voters > 1 {
		return fmt.Errorf(
			"%w: data: node.yaml is missing and %d members vote on this chain; run `hospital consortium join` again",
			config.ErrConfig, voters)
	}
	return nil
}

func (a *App) connect(ctx context.Context) (err error) {
	a.Partners, err = partners.Open(ctx, &a.Installation)
	return err
}

// noticeChannel is the Redis channel on which instances wake the readers of notices.
const noticeChannel = "hospital:notices"

func (a *App) wire(ctx context.Context) (err error) {
	if a.catalogue, err = catalogue.Load(); err != nil {
		return err
	}
	if _, err := a.Orgs.Seal(a.Cfg.Hospital); err != nil {
		return fmt.Errorf(
			"%w: the members' list that this node has come to does not name %s with a key that is here; after an admission let `hospital node` catch up first", err, a.Cfg.Hospital)
	}
	traceKey, err := consortium.TraceSecretOf(a.Cfg.Data, a.Keys)
	if err != nil {
		return err
	}
	a.prices = &pricelist.List{DB: a.DB, Catalogue: a.catalogue, Now: time.Now}
	a.intents = intent.NewStore(a.DB, a.Box)
	if a.accounts, err = accounts.New(a.DB, a.Redis, a.Box, a.WeChat, a.accountOptions()); err != nil {
		return err
	}
	a.consents = consent.New(a.DB)
	a.accounts.Consent = a.consents.Key
	a.patients = patients.New(a.DB, a.Box)
	a.family = family.New(a.DB, a.Box, a.patients)
	a.patients.Ties = a.family
	a.practitioners = practitioners.New(a.DB, a.Redis, a.Box, a.orgName)
	a.notices = notice.New(notice.Config{DB: a.DB, People: telling.Audiences{Patients: a.patients},
		Hub: wake.New(a.Redis, noticeChannel, accounts.IsAccount), Log: a.Log})
	a.telling = telling.Telling{Notices: a.notices, DB: a.DB, Hospital: a.Cfg.Hospital}
	a.family.Notify = a.telling.Tie
	a.accounts.Notify = a.telling.Security
	a.patients.Notify = a.telling.Family
	a.practitioners.Applied = a.telling.Applied
	a.practitioners.Note = a.accounts.Note
	a.patients.Logout, a.patients.Note, a.practitioners.Humans = a.accounts.LogoutAll, a.accounts.Note, a.patients
	a.patients.Named = a.named
	a.keyring = keys.New(keys.Config{
		DB: a.DB, ChainID: a.Members.Chain, CA: a.Orgs, Seals: a.Orgs, Register: a.practitioners, Kick: a.relay.Kick,
		Accounts: a.accounts, People: a.patients, PerAddress: a.Cfg.KeysPerAddress,
	})
	if a.Cfg.Demo {
		a.keyring.AtOnce = a.demoAdministrators
	}
	a.accounts.Known, a.practitioners.Approver = a.patients.StaffKnown, a.accounts.Identified
	a.practitioners.Signers, a.patients.Ending = a.keyring.Signers, a.keyring.Ending
	a.triage = intake.New(a.Log, a.DB, a.patients, a.Cfg.TriageFlags, a.Cfg.TriageDepartments)
	a.consultations = consult.NewService(consult.Config{
		DB: a.DB, Box: a.Box, Doctors: register{a.practitioners}, Diagnoses: icd{a.catalogue}, Guardians: a.patients,
		Writers: a.patients.WroteFor, Triage: a.triage,
		Hub: chat.NewHub(a.Redis, consult.ValidID), Tell: a.telling.Visit, Log: a.Log, Tail: a.Cfg.VisitTail,
		Hold: func() bool { return a.clock.Doubt() != nil },
	})
	a.practitioners.Bookings, a.practitioners.Visits = bookings{a.consultations}, a.consultations.Finished
	a.ratings = &rating.Service{DB: a.DB, Box: a.Box, Visits: rated{a.consultations}, Now: time.Now}
	a.templates = &template.Service{DB: a.DB, Box: a.Box, Catalogue: a.catalogue, Register: a.practitioners,
		Now: time.Now, Notify: a.telling.Template}
	a.practitioners.Ratings, a.practitioners.Diseases = a.ratings.Averages, icd{a.catalogue}.Diseases
	a.practitioners.PhotoSent = a.telling.Photo
	if a.Cfg.Demo {
		a.practitioners.Played = func(person string) bool { return a.played.Plays(person) }
	}
	shelf := prescriptionstore.New(a.Box)
	if err = shelf.FillVisits(ctx, a.DB); err != nil {
		return err
	}
	a.prescriptions, err = service.New(service.Deps{
		Ground: ground.Ground{DB: a.DB, Store: telling.Prescriptions{Store: shelf, Notices: a.notices},
			Now: time.Now},
		Stock:     shelf,
		Intents:   a.intents,
		Formulary: formulary.FromCatalogue(a.catalogue), Prices: a.prices, Practitioners: a.practitioners,
		Visits:        visits{a.consultations, a.patients, a.DB, a.orgName, a.Cfg.Hospital},
		Confirmations: ground.OutboxConfirmations{DB: a.DB}, Ledger: a.node,
		Seal:   func(_ context.Context, org string) (intent.Seal, error) { return a.Orgs.Seal(org) },
		Verify: a.verifyReceipt, Pharmacies: a.servedPharmacies,
		ChainID: a.Members.Chain, TraceKey: traceKey, Kick: a.relay.Kick,
		Schema: a.node.Schema, Lease: a.Cfg.ClaimLease, Notices: notices{a.consultations},
		Tails: a.patients.Tails,
	})
	if err != nil {
		return err
	}
	a.consultations.Prescriptions = a.prescriptions
	a.accesses = &accesslog.Service{DB: a.DB, Box: a.Box, Accounts: a.accounts, Patients: a.patients, Now: time.Now}
	a.closing = a.newClosing()
	books := paymentstore.New(a.DB, a.Box, a.intents)
	books.Notify, books.AtDesk = a.telling.Payment, a.telling.Desk
	a.payments, err = payment.New(payment.Config{
		Chain: a.Members.Chain, Store: books, Insurer: a.Insurer,
		Prescriptions: bills{a.prescriptions}, Now: time.Now, Kick: a.relay.Kick,
		Hospital: a.Cfg.Hospital, Seal: func() (intent.Seal, error) { return a.Orgs.Seal(a.Cfg.Hospital) },
		Alarm: func(m payment.Alarm) {
			paymentAlarms.WithLabelValues(m.Kind).Inc()
			a.Log.Error("ALARM: payment", "kind", m.Kind, "settlement", m.Settlement, "detail", m.Detail)
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
	wards, err := a.patients.Wards(right.As(tx, right.Read), person)
	if err != nil {
		return false, err
	}
	return a.prescriptions.Runs(tx, append(wards, person)...)
}

func (a *App) accountOptions() accounts.Options {
	o := accounts.Options{Hospital: a.Cfg.Hospital, AdminFactor: !a.Cfg.Demo && a.Cfg.AdminSecondFactor}
	if a.Cfg.PasswordCost == config.CheapPasswords {
		o.Cost = password.CheapCost
	}
	return o
}

func (a *App) listen(ctx context.Context) (err error) {
	a.door = ports.Public(&a.Installation)
	if a.listener, err = a.door.Listen(ctx, a.Cfg.Listen); err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	a.OnClose(func() error {
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
