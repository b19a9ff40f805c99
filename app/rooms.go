package app

import (
	"context"
	"log/slog"
	"time"

	"github.com/smart-hospital/hospital/app/accesslog"
	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/audit"
	"github.com/smart-hospital/hospital/app/closing"
	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/consent"
	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/demo"
	"github.com/smart-hospital/hospital/app/disclosure"
	"github.com/smart-hospital/hospital/app/family"
	"github.com/smart-hospital/hospital/app/handover"
	accesslogapi "github.com/smart-hospital/hospital/app/httpapi/accesslog"
	accountsapi "github.com/smart-hospital/hospital/app/httpapi/accounts"
	catalogueapi "github.com/smart-hospital/hospital/app/httpapi/catalogue"
	consultapi "github.com/smart-hospital/hospital/app/httpapi/consult"
	chatapi "github.com/smart-hospital/hospital/app/httpapi/consult/chat"
	socketapi "github.com/smart-hospital/hospital/app/httpapi/consult/socket"
	explorerapi "github.com/smart-hospital/hospital/app/httpapi/explorer"
	familyapi "github.com/smart-hospital/hospital/app/httpapi/family"
	idcodeapi "github.com/smart-hospital/hospital/app/httpapi/idcode"
	installationapi "github.com/smart-hospital/hospital/app/httpapi/installation"
	keysapi "github.com/smart-hospital/hospital/app/httpapi/keys"
	noticesapi "github.com/smart-hospital/hospital/app/httpapi/notices"
	oversightapi "github.com/smart-hospital/hospital/app/httpapi/oversight"
	patientsapi "github.com/smart-hospital/hospital/app/httpapi/patients"
	paymentsapi "github.com/smart-hospital/hospital/app/httpapi/payments"
	pharmaciesapi "github.com/smart-hospital/hospital/app/httpapi/pharmacies"
	practitionersapi "github.com/smart-hospital/hospital/app/httpapi/practitioners"
	prescriptionsapi "github.com/smart-hospital/hospital/app/httpapi/prescriptions"
	ratingsapi "github.com/smart-hospital/hospital/app/httpapi/ratings"
	signingapi "github.com/smart-hospital/hospital/app/httpapi/signing"
	templatesapi "github.com/smart-hospital/hospital/app/httpapi/templates"
	triageapi "github.com/smart-hospital/hospital/app/httpapi/triage"
	viewsapi "github.com/smart-hospital/hospital/app/httpapi/views"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/idcode"
	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/app/keys"
	"github.com/smart-hospital/hospital/app/notice"
	"github.com/smart-hospital/hospital/app/oversight"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/payments"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/app/prescriptions"
	"github.com/smart-hospital/hospital/app/rating"
	"github.com/smart-hospital/hospital/app/room"
	"github.com/smart-hospital/hospital/app/telling"
	"github.com/smart-hospital/hospital/app/template"
	"github.com/smart-hospital/hospital/app/views"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	paymentstore "github.com/smart-hospital/hospital/payment/gormstore"
	prescriptionstore "github.com/smart-hospital/hospital/prescription/gormstore"
	"github.com/smart-hospital/hospital/prescription/pricelist"
)

// rooms are all rooms of the application, in the order in which they stand in the API's
// description. Who signs comes last: its answers are described from what all the others' signatures
// bring about. Prescription comes before payment: why a prescription takes no money is its own
// refusal.
//
// A contract that no room writes stands in audit.Roomless.
var rooms = []room.Room[*App]{
	{Name: "app", Migrate: installation.MigrateMarks},
	{Name: "outbox", Migrate: outbox.Migrate,
		Closing: room.Closing[*App]{Rest: "its subjects are records', which name nobody"}},
	{Name: "accounts", Refusals: accountsapi.Refusals,
		Migrate: accounts.Migrate, Routes: (*App).accountRoutes, Demo: (*App).demoAccounts,
		Audit:   audit.Part{Compare: securitylog.Compare},
		Closing: room.Closing[*App]{Rest: "accounts.Retire ends the log-in; the security log keeps its lines"}},
	{Name: "consent", Migrate: consent.Migrate, Routes: (*App).consentRoutes,
		Closing: room.Closing[*App]{Rest: "what was agreed to is kept as proof"},
		Tasks:   []room.Task[*App]{{Name: "close accounts", Every: expireEvery, Do: (*App).closeAccounts}}},
	{Name: "keys", Refusals: keysapi.Refusals,
		Migrate:    keys.Migrate,
		Audit:      audit.Part{Subjects: chain.SubjectCert, Absent: keys.Absent, Compare: keys.Compare},
		Oversight:  keys.Oversight,
		Disclosure: room.Disclosure[*App]{Subjects: chain.SubjectCert, To: toRegulators, Open: (*App).discloseKey},
		Closing:    room.Closing[*App]{Rest: "keys.Service.Leaving ends live keys; certificates prove old signatures"},
		Tells:      telling.Keys,
		Routes:     func(a *App, api *web.API) { keysapi.RegisterKeys(api, a.keyring) }},
	{Name: "patients", Refusals: patientsapi.Refusals,
		Migrate: patients.Migrate, Routes: (*App).patientRoutes,
		Closing: room.Closing[*App]{Hinders: closing.Guardian, UnderWay: (*App).wards, Leave: (*App).leaveRecord,
			Rest: "the record is kept for KeepRecords, for who proves its number"},
		Demo: (*App).demoPatients},
	{Name: "family", Refusals: familyapi.Refusals,
		Migrate: family.Migrate,
		Routes:  func(a *App, api *web.API) { familyapi.Register(api, a.family) },
		Closing: room.Closing[*App]{Rest: "patients.Service.Leave ends the ties; invitations run out"},
		Tasks: []room.Task[*App]{{Name: "forget invitations", Every: purgeEvery,
			Do: func(a *App, ctx context.Context, now time.Time) error { return a.family.Forget(ctx, now) }}}},
	{Name: "practitioners", Refusals: practitionersapi.Refusals,
		Migrate: practitioners.Migrate,
		Routes:  func(a *App, api *web.API) { practitionersapi.RegisterPractitioners(api, a.practitioners) },
		Closing: room.Closing[*App]{Rest: "no rows about patients; accounts of staff are not closed by their owners"},
		Demo:    (*App).demoStaff},
	{Name: "consult", Refusals: consultapi.Refusals,
		Migrate: consult.Migrate, Routes: (*App).visitRoutes,
		Closing: room.Closing[*App]{Hinders: closing.Visit, UnderWay: (*App).openVisits,
			Rest: "visits are kept for KeepRecords"},
		Run: func(a *App, ctx context.Context) error { return a.consultations.Run(ctx) }},
	{Name: "triage", Refusals: triageapi.Refusals,
		Routes: func(a *App, api *web.API) { triageapi.Register(api, a.triage) }},
	{Name: "rating", Refusals: ratingsapi.Refusals, Migrate: rating.Migrate,
		Closing: room.Closing[*App]{Rest: "a rating names its visit and doctor, and stays"},
		Routes:  func(a *App, api *web.API) { ratingsapi.Register(api, a.ratings) }},
	{Name: "demoward", Run: (*App).playDoctors},
	{Name: "notice", Migrate: notice.Migrate,
		Routes:  func(a *App, api *web.API) { a.events = noticesapi.RegisterEvents(api, a.notices) },
		Closing: room.Closing[*App]{Leave: (*App).forgetNotices, Rest: "numbers of accounts do not go back"},
		Run:     func(a *App, ctx context.Context) error { return a.notices.Run(ctx) },
		Tasks: []room.Task[*App]{{Name: "forget notices", Every: purgeEvery,
			Do: func(a *App, ctx context.Context, now time.Time) error { return a.notices.Purge(ctx, now) }}}},
	{Name: "catalogue", Refusals: catalogueapi.Refusals, Migrate: pricelist.Migrate,
		Closing: room.Closing[*App]{Rest: "no rows of patients: who set a price is staff"},
		Routes: func(a *App, api *web.API) {
			catalogueapi.RegisterCatalogue(api, a.catalogue, a.prices)
			catalogueapi.RegisterPrices(api, a.prices)
		}},
	{Name: "prescription", Refusals: prescriptionsapi.Refusals,
		Migrate: prescriptionstore.Migrate,
		Audit: audit.Part{Subjects: chain.SubjectRx, Absent: prescriptionstore.Absent,
			Compare: prescriptions.Compare},
		Oversight: prescriptions.Oversight,
		Disclosure: room.Disclosure[*App]{Subjects: chain.SubjectRx, To: toRegulators,
			Open: (*App).disclosePrescription},
		Routes: (*App).prescriptionRoutes, Demo: (*App).demoStock, Run: (*App).follow,
		Closing: room.Closing[*App]{Hinders: closing.Prescription, UnderWay: (*App).inForce,
			Rest: "prescriptions are kept for KeepRx"},
		Tells: telling.Steps,
		Tasks: []room.Task[*App]{
			{Name: "expire", Every: expireEvery, Do: (*App).expire},
			{Name: "lapse", Every: expireEvery, Do: (*App).lapse},
			{Name: "forget received", Every: purgeEvery, Do: (*App).forgetReceived},
		}},
	{Name: "template", Refusals: templatesapi.Refusals, Migrate: template.Migrate,
		Closing: room.Closing[*App]{Rest: "no rows about patients"},
		Routes:  func(a *App, api *web.API) { templatesapi.Register(api, a.templates) }},
	{Name: "views", Refusals: viewsapi.Refusals, Migrate: views.Migrate,
		Closing: room.Closing[*App]{Rest: "no rows of patients: who works at the desk is never deleted"},
		Routes: func(a *App, api *web.API) {
			viewsapi.Register(api, &views.Service{DB: a.DB, Box: a.Box, Now: time.Now})
		}},
	{Name: "payment", Refusals: paymentsapi.Refusals,
		Migrate: paymentstore.Migrate,
		// a settlement's records wait behind its prescription's
		Audit: audit.Part{Subjects: chain.SubjectPay, Absent: paymentstore.Absent, Lanes: chain.SubjectRx,
			Compare: payments.Compare},
		Oversight:  payments.Oversight,
		Disclosure: room.Disclosure[*App]{Subjects: chain.SubjectPay, To: toRegulators, Open: (*App).disclosePayment},
		Closing: room.Closing[*App]{Hinders: closing.Payment, UnderWay: (*App).moneyUnderWay, Leave: (*App).unbindCard,
			Rest: "settlements are kept for KeepBills, and the inactive card that they name"},
		Tells:  telling.Settlements,
		Routes: (*App).paymentRoutes, Demo: (*App).demoCards,
		Tasks: []room.Task[*App]{{Name: "reconcile", Every: reconcileEvery, Do: (*App).reconcile}}},
	{Name: "idcode", Refusals: idcodeapi.Refusals,
		Closing: room.Closing[*App]{Rest: "a code is kept nowhere and good for a minute and a half"},
		Routes: func(a *App, api *web.API) {
			idcodeapi.Register(api, &idcode.Service{Box: a.Box, Redis: a.Redis, Hospital: a.Cfg.Hospital,
				People: a.patients, Visit: visits{consultations: a.consultations, db: a.DB}.openWith,
				Ready: a.prescriptions.ReadyFor, Now: time.Now})
		}},
	{Name: "explorer", Refusals: explorerapi.Refusals,
		Routes: func(a *App, api *web.API) {
			a.explorer = explorerapi.RegisterExplorer(api, a.node, explorerapi.OutboxBacklog{DB: a.DB}, a.watch)
		}},
	{Name: "accesslog", Refusals: accesslogapi.Refusals, Migrate: accesslog.Migrate,
		Closing: room.Closing[*App]{Rest: "who looked for whom is kept for KeepRecords"},
		Routes:  func(a *App, api *web.API) { accesslogapi.Register(api, a.accesses) }},
	{Name: "disclosure", Refusals: oversightapi.Refusals,
		Routes: (*App).disclosureRoutes},
	{Name: "installation",
		Routes: func(a *App, api *web.API) {
			installationapi.RegisterDiagnostics(api, a.diagnostics)
			installationapi.RegisterSettings(api, a.Cfg.InForce)
			installationapi.RegisterToday(api, a.today)
			installationapi.RegisterContact(api, func() installationapi.Contact {
				return installationapi.Contact{Name: a.orgName(a.Cfg.Hospital), About: a.Cfg.About, Phone: a.Cfg.Phone}
			})
		},
		Tasks: []room.Task[*App]{{Name: "forget answers", Every: purgeEvery, Do: (*App).forgetAnswers}}},
	{Name: "intent", Refusals: signingapi.Refusals,
		Migrate: intent.Migrate,
		Closing: room.Closing[*App]{Rest: "intents run out after a quarter of an hour and are purged"},
		Routes:  (*App).signingRoutes,
		Tasks:   []room.Task[*App]{{Name: "forget intents", Every: purgeEvery, Do: (*App).forgetIntents}}},
}

// toRegulators: whom documents are shown to.
var toRegulators = []chain.OrgRole{chain.OrgRegulator}

// Oversight is what the rooms offer a regulator, whose node has no application.
func Oversight() (parts []oversight.Part) {
	for _, r := range rooms {
		if r.Oversight.Subjects != "" {
			parts = append(parts, r.Oversight)
		}
	}
	return parts
}

// newInstallation is one of which nothing is open yet.
func newInstallation(cfg config.Config, log *slog.Logger) installation.Installation {
	return installation.Installation{Cfg: cfg, Log: log, Founders: demo.Members,
		Migrate: func(ctx context.Context, db *sqlstore.DB) error { return room.Migrate(ctx, db, rooms) }}
}

// maxSessionActs is how many documents a desk signs at most with the PIN given once.
const maxSessionActs = 50

func (a *App) signingRoutes(api *web.API) {
	in := signingapi.Intents{DB: a.DB, Store: a.intents, Signers: a.keyring, Handover: &handover.Service{
		Redis: a.Redis, DB: a.DB, Intents: a.intents, Now: time.Now, Notify: a.telling.Handover}}
	signingapi.RegisterIntents(api, in)
	signingapi.RegisterHandover(api, in, signingapi.Rules{
		SessionMinutes: int(a.Cfg.SignSessionFor() / time.Minute), SessionActs: maxSessionActs})
}

func (a *App) consentRoutes(api *web.API) {
	accountsapi.RegisterConsents(api, a.consents)
	accountsapi.RegisterClosing(api, a.closing)
}

func (a *App) accountRoutes(api *web.API) {
	accountsapi.RegisterSessions(api, a.accounts, a.consents)
	accountsapi.RegisterStaff(api, a.accounts)
}

func (a *App) patientRoutes(api *web.API) {
	patientsapi.RegisterPatients(api, a.patients)
	patientsapi.RegisterIdentities(api, a.patients, a.Cfg.Hospital)
	patientsapi.RegisterAccesses(api, a.patients, a.prescriptions)
}

func (a *App) visitRoutes(api *web.API) {
	consultapi.RegisterConsultations(api, a.consultations, a.patients.Known)
	consultapi.RegisterVisitPatients(api, a.consultations, a.patients)
	a.sockets = socketapi.Register(chatapi.Register(api, a.consultations))
}

func (a *App) prescriptionRoutes(api *web.API) {
	prescriptionsapi.RegisterPrescriptions(api, a.prescriptions, a.keyring, a.patients.Known)
	prescriptionsapi.RegisterBundles(api, a.prescriptions)
	pharmaciesapi.RegisterPharmacies(api, a.prescriptions, a.catalogue, a.pharmacies)
}

func (a *App) paymentRoutes(api *web.API) {
	paymentsapi.RegisterPayments(api, paymentsapi.Payments{Service: a.payments, Profiles: a.patients,
		Signers: a.keyring})
}

func (a *App) disclosureRoutes(api *web.API) {
	oversightapi.RegisterDisclosures(api, &disclosure.Desk{Hospital: a.Cfg.Hospital, Node: a.node,
		Parts: a.disclosures, DB: a.DB, Now: time.Now})
}

func (a *App) discloseKey(ctx context.Context, id, record, _ string) (document, salt []byte, err error) {
	return a.keyring.Disclose(ctx, id, record)
}

func (a *App) disclosePrescription(ctx context.Context, id, record, reader string) (document, salt []byte, err error) {
	return prescriptions.Disclose(ctx, a.prescriptions, id, record, reader)
}

func (a *App) disclosePayment(ctx context.Context, id, record, reader string) (document, salt []byte, err error) {
	return payments.Disclose(ctx, a.payments, a.prescriptions, id, record, reader)
}

func (a *App) expire(ctx context.Context, now time.Time) error {
	_, err := a.prescriptions.ExpireDue(ctx, now, sweepBatch)
	return err
}

func (a *App) lapse(ctx context.Context, now time.Time) error {
	_, err := a.prescriptions.LapseDue(ctx, now, sweepBatch)
	return err
}

func (a *App) forgetReceived(ctx context.Context, now time.Time) error {
	_, err := a.prescriptions.ForgetReceived(ctx, now, sweepBatch)
	return err
}

func (a *App) reconcile(ctx context.Context, now time.Time) error {
	_, err := a.payments.Reconcile(ctx, now, sweepBatch)
	return err
}

func (a *App) forgetAnswers(ctx context.Context, now time.Time) error {
	_, err := a.DB.PurgeAnswers(ctx, now)
	return err
}

func (a *App) forgetIntents(ctx context.Context, now time.Time) error {
	_, err := a.intents.Purge(ctx, now)
	return err
}
