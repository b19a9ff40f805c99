package payment_test

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/gormstore"
	"github.com/smart-hospital/hospital/payment/insurer"
	"github.com/smart-hospital/hospital/payment/insurersandbox"
	"github.com/smart-hospital/hospital/payment/money"
	"github.com/smart-hospital/hospital/payment/policy"
)

const (
	testChain  = "test-chain"
	hangTime   = 50 * time.Millisecond // short, because silent bureaus are waited for
	tokenOfLi  = "ec-token-of-li-0001"
	tokenOfHan = "ec-token-of-han-0001"
)

var holderLi = bureau.Holder{Name: "李样例", IDNumber: "11010519491231002X"}

// clock is moved by tests; two services may share it.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(time.Millisecond)
	return c.now
}

func (c *clock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// key is a signer in memory.
type key struct{ *gm.PrivateKey }

func newKey(t *testing.T) key {
	t.Helper()
	k, err := gm.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	return key{k}
}

func (k key) KeyID() string                                      { return "test" }
func (k key) Sign(_ context.Context, msg []byte) ([]byte, error) { return k.PrivateKey.Sign(msg) }

// ward is the prescription room as payment sees it.
type ward struct {
	mu       sync.Mutex
	bills    map[string]payment.Bill
	voided   map[string]bool
	paid     map[string]string
	refunded map[string]string
	down     bool
}

func newWard() *ward {
	return &ward{bills: map[string]payment.Bill{}, voided: map[string]bool{}, paid: map[string]string{},
		refunded: map[string]string{}}
}

func (w *ward) Payable(_ context.Context, rx string, _ intent.Actor) (payment.Bill, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	bill, ok := w.bills[rx]
	switch {
	case !ok:
		return bill, payment.ErrNotFound
	case w.voided[rx] || w.paid[rx] != "":
		return bill, payment.ErrNotPayable
	}
	return bill, nil
}

func (w *ward) MarkPaid(_ context.Context, rx, settlement string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case w.down:
		return context.DeadlineExceeded
	case w.voided[rx], w.paid[rx] != "" && w.paid[rx] != settlement:
		return payment.ErrNotPayable
	}
	w.paid[rx] = settlement
	return nil
}

func (w *ward) MarkRefunded(_ context.Context, rx, settlement string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.down {
		return context.DeadlineExceeded
	}
	w.refunded[rx] = settlement
	return nil
}

func (w *ward) RefundDue(_ context.Context, limit int) (due []string, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for rx := range w.paid {
		if w.voided[rx] && w.refunded[rx] == "" && len(due) < limit {
			due = append(due, rx)
		}
	}
	slices.Sort(due)
	return due, nil
}

func (w *ward) void(rx string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.voided[rx] = true
}

func (w *ward) isPaid(rx string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.paid[rx] != ""
}

// world is a hospital's payment room with a bureau behind real HTTP.
type world struct {
	t       *testing.T
	clock   *clock
	db      *sqlstore.DB
	bureau  *insurersandbox.Bureau
	ward    *ward
	patient intent.Actor
	signer  key
	config  payment.Config
	service *payment.Service
	mu      sync.Mutex
	alarms  []payment.Alarm
}

// eachWorld runs fn over every database.
func eachWorld(t *testing.T, fn func(w *world)) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) { fn(newWorld(t, db)) })
}

func newWorld(t *testing.T, db *sqlstore.DB) *world {
	t.Helper()
	w := &world{t: t, clock: &clock{now: time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)}, db: db, ward: newWard()}
	db.Now = w.clock.Now
	ctx := context.Background()
	for _, migrate := range []func(context.Context, *sqlstore.DB) error{intent.Migrate, outbox.Migrate,
		gormstore.Migrate} {
		if err := migrate(ctx, db); err != nil {
			t.Fatal(err)
		}
	}
	seal := newKey(t)
	root := newKey(t)
	ca, err := pki.NewRoot(root.PrivateKey,
		pki.CertTemplate{CommonName: "root", IsCA: true, NotBefore: w.clock.Now().AddDate(-1, 0, 0),
			NotAfter: w.clock.Now().AddDate(5, 0, 0)})
	if err != nil {
		t.Fatal(err)
	}
	issue := func(cn, role string, pub *gm.PublicKey) *pki.Certificate {
		c, err := pki.Issue(ca, root.PrivateKey,
			pki.CertTemplate{CommonName: cn, Organization: "h1", Unit: role, Client: true,
				NotBefore: w.clock.Now().AddDate(0, -1, 0), NotAfter: w.clock.Now().AddDate(1, 0, 0)}, pub)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	w.signer = newKey(t)
	w.patient = intent.Actor{Person: "p-li", Role: chain.RolePatient, Org: "h1",
		Cert: issue("p-li", "patient", w.signer.Public())}
	its := intent.Seal{Org: "h1", Cert: issue("seal", "seal", seal.Public()), Signer: seal}
	box := sqlstoretest.Box()
	w.config = payment.Config{
		Chain: testChain, Store: gormstore.New(db, box, intent.NewStore(db, box)), Insurer: w.insurer(),
		Prescriptions: w.ward, Now: w.clock.Now,
		Hospital: "h1",
		Seal:     func() (intent.Seal, error) { return its, nil },
		Alarm:    func(a payment.Alarm) { w.mu.Lock(); defer w.mu.Unlock(); w.alarms = append(w.alarms, a) },
	}
	w.restart()
	return w
}

// insurer starts the bureau on a database of its own and returns the hospital's client of it.
func (w *world) insurer() *insurer.Client {
	t, hospital, office := w.t, newKey(w.t), newKey(w.t)
	partner := func(mine key, theirs *gm.PublicKey) insurer.Partner {
		return insurer.Partner{AppID: "43AF047BBA47FC8A1AE8EFB2EXAMPLE0", Secret: "EXAMPLESECRET0123456789ABCDEFGH0",
			Signer: mine, Peer: theirs}
	}
	db := sqlstoretest.Open(t, "sqlite:"+filepath.Join(t.TempDir(), "bureau.db"))
	var err error
	w.bureau, err = insurersandbox.New(context.Background(),
		insurersandbox.Config{DB: db, Box: sqlstoretest.Box(), Partner: partner(office, hospital.Public()),
			Policies: policy.Demo(), Now: w.clock.Now, Hang: hangTime})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []insurersandbox.Person{
		{Holder: holderLi, Insutype: bureau.Employee, ECToken: tokenOfLi, Balance: 20_00, Deductible: 190_00},
		{Holder: bureau.Holder{Name: "韩样例", IDNumber: "11010519800101001X"}, Insutype: bureau.Resident,
			ECToken: tokenOfHan},
	} {
		if err := w.bureau.AddPerson(context.Background(), p); err != nil {
			t.Fatal(err)
		}
	}
	server := httptest.NewServer(w.bureau.Handler())
	t.Cleanup(func() { server.CloseClientConnections(); server.Close(); w.bureau.Close() })
	client, err := insurer.NewClient(server.URL, partner(hospital, office.Public()), w.clock.Now, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// restart is what a new process would do.
func (w *world) restart() {
	w.t.Helper()
	var err error
	if w.service, err = payment.New(w.config); err != nil {
		w.t.Fatal(err)
	}
}

// bill puts a payable prescription of 100 yuan into the ward: 60 class A, 30 class B, 10 class C.
func (w *world) bill(rx string) {
	w.ward.mu.Lock()
	defer w.ward.mu.Unlock()
	w.ward.bills[rx] = payment.Bill{Rx: rx, Person: w.patient.Person, Total: 100_00, Fees: money.Fees{
		{Code: "XJ01CA04", Name: "阿莫西林胶囊", Class: money.ClassA, Price: 30_00, Quantity: 2, Amount: 60_00},
		{Code: "XR05CB06", Name: "氨溴索片", Class: money.ClassB, Price: 30_00, Quantity: 1, Amount: 30_00},
		{Code: "XZZ", Name: "润喉片", Class: money.ClassC, Price: 10_00, Quantity: 1, Amount: 10_00},
	}}
}

// wantSplit is that bill for the employee Li: class B's share 3.00; in scope 87.00; 10.00 of the
// deductible left; 75 % of 77.00.
var wantSplit = money.Split{Total: 100_00, OwnPay: 10_00, PreSelfPay: 3_00, InScope: 87_00, Deductible: 10_00,
	Pooled: 57_75, Fund: 57_75,
	Account: 20_00, Cash: 22_25, Person: 42_25}

func (w *world) command(op, key string) sqlstore.Command {
	return sqlstore.Command{Key: key, Actor: w.patient.Person, Operation: op, Hash: gm.Sum([]byte(key))}
}

func (w *world) newKeyName() string {
	b := make([]byte, 8)
	_, _ = rand.Read(b)
	return hex.EncodeToString(b)
}

func (w *world) bind() payment.Card {
	w.t.Helper()
	card, err := w.service.BindCard(context.Background(), w.patient, w.command("bind", w.newKeyName()),
		w.patient.Person, tokenOfLi, holderLi)
	if err != nil {
		w.t.Fatal(err)
	}
	return card
}

func (w *world) prepare(rx string, card payment.Card) *intent.Intent {
	w.t.Helper()
	in, err := w.service.PrepareOrder(context.Background(), w.patient, w.command("prepare", w.newKeyName()),
		payment.OrderInput{Rx: rx, Card: card.ID})
	if err != nil {
		w.t.Fatal(err)
	}
	return in
}

func (w *world) sign(in *intent.Intent) (*payment.View, error) {
	sig, err := w.signer.PrivateKey.Sign(in.Statement.Bytes())
	if err != nil {
		w.t.Fatal(err)
	}
	return w.service.Sign(context.Background(), w.patient, w.command("sign", w.newKeyName()), in.ID, sig)
}

// pay does all of it.
func (w *world) pay(rx string) *payment.View {
	w.t.Helper()
	view, err := w.sign(w.prepare(rx, w.bind()))
	if err != nil {
		w.t.Fatal(err)
	}
	return view
}

// reconcile lets time pass and Reconcile work until nothing is due within the span.
func (w *world) reconcile(span time.Duration) {
	w.t.Helper()
	step := time.Minute
	if span > 24*time.Hour { // by then nothing is asked about more often than every hour
		step = time.Hour
	}
	for end := w.clock.Now().Add(span); w.clock.Now().Before(end); {
		w.clock.Add(step)
		if _, err := w.service.Reconcile(context.Background(), w.clock.Now(), 100); err != nil {
			w.t.Fatal(err)
		}
	}
}

func (w *world) status(id string) payment.Status {
	w.t.Helper()
	view, err := w.service.Get(context.Background(), w.patient, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return view.Status
}

// kinds are the settlement's records in the outbox, in order, with their sequences checked.
func (w *world) kinds(id string) (kinds []chain.Kind) {
	w.t.Helper()
	entries, err := outbox.BySubject(w.db.DB, payment.Subject(id))
	if err != nil {
		w.t.Fatal(err)
	}
	for i, e := range entries {
		if e.Seq != uint64(i+1) || e.Lane != payment.Lane("RX1") {
			w.t.Errorf("record %d has sequence %d and lane %s", i, e.Seq, e.Lane)
		}
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

func (w *world) alarmKinds() (kinds []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, a := range w.alarms {
		kinds = append(kinds, a.Kind)
	}
	return kinds
}

// balanced fails the test unless both sides' books say the same and nothing is left to do.
func (w *world) balanced() {
	w.t.Helper()
	b, err := w.balance(true)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, p := range b.Problems {
		w.t.Errorf("books: %s", p)
	}
}
