package service_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/formulary"
	"github.com/smart-hospital/hospital/prescription/gormstore"
	"github.com/smart-hospital/hospital/prescription/ground"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/rules"
	"github.com/smart-hospital/hospital/prescription/service"
	"github.com/smart-hospital/hospital/prescription/trace"
	"github.com/smart-hospital/hospital/prescription/view"
)

var ctx = context.Background()

// noon is the ward's first day, noon in China.
var noon = time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)

const chainID = "ward-test"

// plenty is what each pharmacy has of D0001 at first, in packages.
const plenty = 10_000

// identity is a person with a key and a certificate, as enrolled.
type identity struct {
	actor intent.Actor
	key   *gm.PrivateKey
}

// staff is made once: keys and certificates are the slow part.
var staff = sync.OnceValue(func() map[string]identity {
	out := map[string]identity{}
	for _, p := range []struct {
		name, org string
		role      chain.Role
	}{
		{"doc", "h1", chain.RoleDoctor}, {"doc2", "h1", chain.RoleDoctor}, {"rev", "h1", chain.RoleReviewer},
		{"pat", "h1", chain.RolePatient},
		{"pat2", "h1", chain.RolePatient}, {"dis1", "ph1", chain.RoleDispenser}, {"dis2", "ph2", chain.RoleDispenser},
		{"h1", "h1", chain.RoleSeal}, {"ph1", "ph1", chain.RoleSeal}, {"ph2", "ph2", chain.RoleSeal},
	} {
		out[p.name] = enrol(p.name, p.org, p.role)
	}
	return out
})

var authority = sync.OnceValues(func() (*pki.Certificate, *gm.PrivateKey) {
	key := must(gm.GenerateKey())
	return must(pki.NewRoot(key, pki.CertTemplate{
		CommonName: "root", Organization: "root", NotBefore: noon.AddDate(-1, 0, 0),
		NotAfter: noon.AddDate(5, 0, 0), IsCA: true,
	})), key
})

func enrol(name, org string, role chain.Role) identity {
	ca, caKey := authority()
	key := must(gm.GenerateKey())
	cert := must(pki.Issue(ca, caKey, pki.CertTemplate{
		CommonName: name, Organization: org, Unit: string(role), NotBefore: noon.AddDate(0, -1, 0),
		NotAfter: noon.AddDate(2, 0, 0), Client: true,
	}, key.Public()))
	return identity{intent.Actor{Person: name, Role: role, Org: org, Cert: cert}, key}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

type fileSigner struct{ key *gm.PrivateKey }

func (fileSigner) KeyID() string                                        { return "seal" }
func (s fileSigner) Public() *gm.PublicKey                              { return s.key.Public() }
func (s fileSigner) Sign(_ context.Context, msg []byte) ([]byte, error) { return s.key.Sign(msg) }

// registry is the other rooms: practitioners, visits and the chain's confirmations.
type registry struct {
	mu       sync.Mutex
	doctor   parties.Doctor
	visit    parties.Visit
	moved    func(v *parties.Visit) // what changes of the visit between its reading and the transaction
	between  func(tx *gorm.DB)      // what others did between the reading and the transaction
	fate     lifecycle.Fate
	standing chain.SubjectState
}

func (r *registry) Doctor(_ context.Context, person string) (parties.Doctor, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	d := r.doctor
	d.Person = person
	return d, nil
}

func (r *registry) Reviewer(_ context.Context, person string) (parties.Reviewer, error) {
	return parties.Reviewer{Person: person, Name: "王药师", Hospital: "h1", LicensedUntil: noon.AddDate(1, 0, 0)},
		nil
}

func (r *registry) Dispenser(_ context.Context, person string) (parties.Dispenser, error) {
	who, ok := staff()[person]
	if !ok || who.actor.Role != chain.RoleDispenser {
		return parties.Dispenser{}, prescription.ErrNotFound
	}
	return parties.Dispenser{Person: person, Name: "赵药师", Pharmacy: who.actor.Org,
		PharmacyName: "药店 " + who.actor.Org, LicensedUntil: noon.AddDate(1, 0, 0)}, nil
}

func (r *registry) Visit(_ context.Context, id string) (parties.Visit, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if id != r.visit.ID {
		return parties.Visit{}, prescription.ErrNotFound
	}
	return r.visit, nil
}

func (r *registry) VisitIn(tx *gorm.DB, id string) (parties.Visit, error) {
	v, err := r.Visit(ctx, id)
	if r.between != nil {
		r.between(tx)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.moved != nil {
		r.moved(&v)
	}
	return v, err
}

func (r *registry) Subject(context.Context, string) (chain.SubjectState, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.standing, nil
}

func (r *registry) Records(context.Context, string) ([]chain.Committed, error) {
	return nil, chain.ErrNotFound
}

func (r *registry) Receipt(context.Context, string) (*chain.Receipt, error) {
	return nil, chain.ErrNotFound
}

func (r *registry) Members(context.Context) (*membership.Members, error) {
	return &membership.Members{}, nil
}

func (r *registry) Fate(context.Context, string) (lifecycle.Fate, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.fate, nil
}

func (r *registry) set(change func(r *registry)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	change(r)
}

// standing is the ward's visit: begun and with its note.
var standing = parties.Visit{
	ID: "v1", Version: 1, Begun: true, Noted: true, Hospital: "h1", HospitalName: "智慧医院", Department: "respiratory",
	DepartmentName: "呼吸内科", Doctor: "doc",
	Patient: parties.Patient{Person: "pat", Name: "张三", Sex: parties.Male, Birth: noon.AddDate(-40, 0, 0),
		AllergiesAsked: true},
	Prior: []parties.PriorDiagnosis{{Code: "J20.9", Hospital: "北京某医院", Date: noon.AddDate(0, -1, 0)}},
}

// ward is a service with everything real but the other rooms.
type ward struct {
	t    *testing.T
	db   *sqlstore.DB
	svc  *service.Service
	reg  *registry
	at   atomic.Int64 // Unix milliseconds
	keys atomic.Int64
}

var loaded = sync.OnceValue(
	func() rules.Formulary { return formulary.FromCatalogue(must(catalogue.Load())) })

func newWard(t *testing.T, db *sqlstore.DB) *ward {
	return openWard(t, db, func(*service.Deps) {})
}

// openWard lets a test put its own parts in.
func openWard(t *testing.T, db *sqlstore.DB, change func(*service.Deps)) *ward {
	t.Helper()
	for _, migrate := range []func(context.Context, *sqlstore.DB) error{intent.Migrate, outbox.Migrate,
		gormstore.Migrate} {
		if err := migrate(ctx, db); err != nil {
			t.Fatal(err)
		}
	}
	w := &ward{t: t, db: db, reg: &registry{
		fate: lifecycle.FateCommitted,
		doctor: parties.Doctor{
			Name: "李医生", Hospital: "h1", Title: parties.Attending, Licence: "110330000012345",
			MayPrescribe:  true,
			LicensedUntil: noon.AddDate(1, 0, 0), PracticeSince: noon.AddDate(-9, 0, 0),
		},
		visit: standing,
	}}
	w.at.Store(noon.UnixMilli())
	db.Now = w.now
	store := gormstore.New(sqlstoretest.Box())
	deps := service.Deps{
		Ground: ground.Ground{DB: db, Store: store, Now: w.now}, Stock: store,
		Intents: intent.NewStore(db, sqlstoretest.Box()), Formulary: loaded(),
		Practitioners: w.reg, Visits: w.reg, Confirmations: w.reg, Ledger: w.reg, Seal: seal,
		Verify:     func(context.Context, *chain.Receipt) error { return nil },
		Pharmacies: func() []string { return []string{"ph1", "ph2"} }, ChainID: chainID,
		TraceKey: make([]byte, 32),
	}
	change(&deps)
	svc, err := service.New(deps)
	if err != nil {
		t.Fatal(err)
	}
	w.svc = svc
	for _, pharmacy := range []string{"ph1", "ph2"} {
		if err := svc.FillStock(ctx, pharmacy, map[string]int64{"D0001": plenty}, "首次入库"); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

func seal(_ context.Context, org string) (intent.Seal, error) {
	s, ok := staff()[org]
	if !ok {
		return intent.Seal{}, prescription.ErrNotFound
	}
	return intent.Seal{Org: org, Cert: s.actor.Cert, Signer: fileSigner{s.key}}, nil
}

func (w *ward) now() time.Time { return time.UnixMilli(w.at.Load()).UTC() }

func (w *ward) later(d time.Duration) { w.at.Add(d.Milliseconds()) }

// cmd is a fresh command of somebody.
func (w *ward) cmd(who, operation string) sqlstore.Command {
	return sqlstore.Command{Key: fmt.Sprintf("key-%06d", w.keys.Add(1)), Actor: who, Operation: operation,
		Hash: gm.Sum([]byte(operation))}
}

func actor(who string) intent.Actor { return staff()[who].actor }

// amoxicillin for four days is one package of D0001.
func amoxicillin() service.DraftInput {
	return service.DraftInput{
		Visit: "v1", Diagnoses: []string{"J20.9"},
		Items: []service.ItemInput{
			{Drug: "D0001", Dose: 500, Frequency: "tid", Route: "po", Days: 4, Packages: 1}},
	}
}

// sign is the device: it checks what it was shown, signs the statement, and sends it.
func (w *ward) sign(who string, in *intent.Intent) (*view.View, error) {
	return w.signAs(who, in, w.cmd(who, "sign"))
}

func (w *ward) signAs(who string, in *intent.Intent, cmd sqlstore.Command) (*view.View, error) {
	if got := chain.Digest(in.Salt, in.Document); got != in.Statement.Digest {
		w.t.Errorf("the statement is about another document")
	}
	sig, err := staff()[who].key.Sign(in.Statement.Bytes())
	if err != nil {
		return nil, err
	}
	return w.svc.Sign(ctx, actor(who), cmd, in.ID, sig)
}

// both prepares and signs.
func (w *ward) both(who string, prepare func(intent.Actor) (*intent.Intent, error)) (*view.View, error) {
	in, err := prepare(actor(who))
	if err != nil {
		return nil, err
	}
	return w.sign(who, in)
}

func (w *ward) draft() (*view.View, error) {
	return w.svc.CreateDraft(ctx, actor("doc"), w.cmd("doc", "draft"), amoxicillin())
}

// answered writes a reason for every finding of a draft that asks for one, as a doctor does who
// prescribes the same drug again.
func (w *ward) answered(v *view.View) *view.View {
	fresh, err := w.svc.Get(ctx, actor("doc"), string(v.ID))
	if err != nil || fresh.Status != prescription.Draft || fresh.Version != v.Version {
		return v
	}
	in := service.DraftInput{Visit: "v1", ValidDays: fresh.Content.ValidDays}
	for _, d := range fresh.Content.Diagnoses {
		in.Diagnoses = append(in.Diagnoses, d.Code)
	}
	for _, i := range fresh.Content.Items {
		in.Items = append(in.Items, service.ItemInput{
			Drug: i.Drug, Dose: i.Dose, Frequency: i.Frequency, Route: i.Route, Days: i.Days, Packages: i.Packages,
			Notes: i.Notes,
		})
	}
	for _, f := range fresh.Content.Findings {
		if f.Severity != rules.Info {
			in.Overrides = append(in.Overrides, rules.Override{Key: f.Key, Reason: "已核对，继续用药"})
		}
	}
	if len(in.Overrides) == len(fresh.Content.Overrides) {
		return v
	}
	changed, err := w.svc.UpdateDraft(ctx, actor("doc"), w.cmd("doc", "revise"), string(v.ID), v.Version, in)
	if err != nil {
		return v
	}
	return changed
}

func (w *ward) issue(v *view.View) (*view.View, error) {
	v = w.answered(v)
	return w.both("doc", func(a intent.Actor) (*intent.Intent, error) {
		return w.svc.PrepareIssue(ctx, a, string(v.ID), service.IssueInput{Version: v.Version})
	})
}

func (w *ward) approve(id prescription.ID) (*view.View, error) {
	return w.both("rev", func(a intent.Actor) (*intent.Intent, error) {
		return w.svc.PrepareApprove(ctx, a, string(id), lifecycle.Decision{})
	})
}

func (w *ward) reject(id prescription.ID) (*view.View, error) {
	return w.both("rev", func(a intent.Actor) (*intent.Intent, error) {
		return w.svc.PrepareReject(ctx, a, string(id), lifecycle.Decision{Reasons: []string{"疗程不足"}})
	})
}

func (w *ward) code(id prescription.ID) string {
	v, err := w.svc.Get(ctx, actor("pat"), string(id))
	if err != nil || v.Content.Pickup == "" {
		return ""
	}
	return must(redemption.Parse(v.Content.Pickup)).AccessCode
}

func (w *ward) claim(who string, id prescription.ID) (*view.View, error) {
	return w.both(who, func(a intent.Actor) (*intent.Intent, error) {
		return w.svc.PrepareClaim(ctx, a, string(id), lifecycle.ClaimInput{AccessCode: w.code(id)})
	})
}

func (w *ward) secret(who string, id prescription.ID) string {
	v, err := w.svc.Get(ctx, actor(who), string(id))
	if err != nil || v.Content == nil || v.Content.Claim == nil {
		return ""
	}
	return v.Content.Claim.Secret
}

func (w *ward) release(who string, id prescription.ID) (*view.View, error) {
	return w.both(who, func(a intent.Actor) (*intent.Intent, error) {
		return w.svc.PrepareRelease(ctx, a, string(id),
			service.ReleaseInput{Secret: w.secret(who, id), Reason: "缺货"})
	})
}

func (w *ward) dispense(who string, id prescription.ID, traced string) (*view.View, error) {
	return w.both(who, func(a intent.Actor) (*intent.Intent, error) {
		return w.svc.PrepareDispense(ctx, a, string(id), lifecycle.HandOut{
			Secret: w.secret(who, id), Checklist: document.AllChecked,
			Items: []trace.DispensedItem{{Item: 0, TraceCodes: []string{traced}}},
		})
	})
}

func (w *ward) cancel(who string, id prescription.ID) (*view.View, error) {
	return w.both(who, func(a intent.Actor) (*intent.Intent, error) {
		return w.svc.PrepareCancel(ctx, a, string(id), service.CancelInput{Reason: "改为线下就诊"})
	})
}

// issued leads a new prescription to "signed".
func (w *ward) issued() prescription.ID {
	w.t.Helper()
	v, err := w.draft()
	if err == nil {
		v, err = w.issue(v)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return v.ID
}

// claimed leads a new prescription to "claimed" by dis1.
func (w *ward) claimed() prescription.ID {
	w.t.Helper()
	id := w.paid()
	if _, err := w.claim("dis1", id); err != nil {
		w.t.Fatal(err)
	}
	return id
}

// paid leads a new prescription to "paid".
func (w *ward) paid() prescription.ID {
	w.t.Helper()
	v, err := w.draft()
	if err == nil {
		v, err = w.issue(v)
	}
	if err == nil {
		v, err = w.approve(v.ID)
	}
	if err == nil {
		err = w.svc.MarkPaid(ctx, string(v.ID), "S-"+string(v.ID))
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return v.ID
}

// trace is the n-th package of D0001.
func tracecode(n int) string { return fmt.Sprintf("8910007%013d", n) }

// ledger replays a prescription's queued records by the chain's own law.
func (w *ward) ledger(id prescription.ID) chain.Status {
	w.t.Helper()
	entries, err := outbox.BySubject(w.db.DB, id.Subject())
	if err != nil {
		w.t.Fatal(err)
	}
	status := chain.StatusNone
	for n, e := range entries {
		rec, err := chain.ParseWaiting(e.Record)
		if err != nil {
			w.t.Fatal(err)
		}
		law, _ := chain.TransitionOf(rec.Statement.Kind)
		if !law.AllowsFrom(status, chain.Newest) || rec.Statement.Seq != uint64(n)+1 || e.Lane != id.Subject() {
			w.t.Fatalf("record %d: %s from %q with sequence %d", n, rec.Statement.Kind, status, rec.Statement.Seq)
		}
		status = law.To
	}
	return status
}

func each(t *testing.T, fn func(w *ward)) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) { fn(newWard(t, db)) })
}

func count(w *ward, sql string, args ...any) int64 {
	w.t.Helper()
	var n int64
	if err := w.db.WithContext(ctx).Raw(sql, args...).Scan(&n).Error; err != nil {
		w.t.Fatal(err)
	}
	return n
}
