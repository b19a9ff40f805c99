package payment

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/act"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/money"
)

// reply is one answer of the insurer. Where err is set the answer says nothing, whatever it holds.
type reply struct {
	ans bureau.Answer
	err error
}

// bench is the payment room over a few settlements in memory, with an insurer and a prescription
// room that answer as they are told.
type bench struct {
	Store
	bureau.Insurer
	Prescriptions
	query, paid, back reply
	pre               reply // of a pre-settlement
	revoked           error

	service *Service
	now     time.Time
	rows    []Row // newest first
	due     []Due
	card    Card
	cardErr error
	info    bureau.CardInfo // what the insurer says of a card
	bill    Bill
	today   int // what the payer has opened
	failing int // so many writes come to nothing

	asked  []string // of the insurer
	told   int      // how often the prescription room heard of money
	kept   int      // how often exchanges were
	booked []chain.Kind
	kicks  int // of the relay
	events []Event
	alarms []string
}

func newBench(t *testing.T, rows ...Row) *bench {
	t.Helper()
	b := &bench{rows: rows, now: at}
	var err error
	b.service, err = New(Config{Chain: "test", Store: b, Insurer: b, Prescriptions: b, Hospital: "h1", Seal: benchSeal,
		Now:   func() time.Time { return b.now },
		Kick:  func() { b.kicks++ },
		Alarm: func(a Alarm) { b.alarms = append(b.alarms, a.Kind) }})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var benchSeal = sync.OnceValues(func() (intent.Seal, error) {
	k, err := gm.GenerateKey()
	if err != nil {
		return intent.Seal{}, err
	}
	cert, err := pki.NewRoot(k, pki.CertTemplate{CommonName: "seal", IsCA: true, NotBefore: at,
		NotAfter: at.AddDate(1, 0, 0)})
	return intent.Seal{Org: "h1", Cert: cert, Signer: benchKey{k}}, err
})

type benchKey struct{ *gm.PrivateKey }

func (benchKey) KeyID() string                                        { return "test" }
func (k benchKey) Sign(_ context.Context, msg []byte) ([]byte, error) { return k.PrivateKey.Sign(msg) }

func (b *bench) Query(context.Context, string) (bureau.Answer, error) {
	b.asked = append(b.asked, "query")
	return b.query.ans, b.query.err
}

func (b *bench) Pay(context.Context, bureau.Order) (bureau.Answer, error) {
	b.asked = append(b.asked, "pay")
	return b.paid.ans, b.paid.err
}

func (b *bench) Refund(_ context.Context, r bureau.RefundOrder) (bureau.Answer, error) {
	b.asked = append(b.asked, "refund")
	if r.Parts != nil {
		b.asked = append(b.asked, "of "+r.Parts.Cash.Yuan())
	}
	return b.back.ans, b.back.err
}

func (b *bench) Revoke(context.Context, string) error {
	b.asked = append(b.asked, "revoke")
	return b.revoked
}

func (b *bench) Card(context.Context, string) (bureau.CardInfo, error) { return b.info, nil }

func (b *bench) Presettle(context.Context, bureau.Order) (bureau.Presettlement, error) {
	return bureau.Presettlement{Policy: b.pre.ans.Policy, Split: b.pre.ans.Split}, b.pre.err
}

func (b *bench) Payable(context.Context, string, intent.Actor) (Bill, error) { return b.bill, nil }
func (b *bench) MarkPaid(context.Context, string, string) error              { b.told++; return nil }
func (b *bench) MarkRefunded(context.Context, string, string) error          { b.told++; return nil }

var errFailing = errors.New("the database does not commit")

func (b *bench) Read(_ context.Context, fn func(Tx) error) error {
	return fn(Tx{Cards: benchCards{bench: b}, Codes: benchCodes{}, Settlements: benchRows{bench: b},
		Events: benchEvents{bench: b}, Evidence: benchEvidence{bench: b}, Log: benchLog{bench: b}})
}

func (b *bench) Write(ctx context.Context, fn func(Tx) error) error {
	before := slices.Clone(b.rows)
	err := b.Read(ctx, fn)
	if b.failing > 0 {
		b.failing--
		err = errors.Join(err, errFailing)
	}
	if err != nil {
		b.rows = before
	}
	return err
}

func (b *bench) Once(ctx context.Context, _ sqlstore.Command, fn func(Tx) (any, error)) ([]byte, bool, error) {
	var answer []byte
	err := b.Write(ctx, func(tx Tx) error {
		out, err := fn(tx)
		if err != nil {
			return err
		}
		answer, err = json.Marshal(out)
		return err
	})
	return answer, false, err
}

type (
	benchCodes  struct{ Codes }
	benchEvents struct {
		Events
		*bench
	}
	benchCards struct {
		Cards
		*bench
	}
	benchEvidence struct {
		Evidence
		*bench
	}
	benchRows struct {
		Settlements
		*bench
	}
	benchLog struct {
		act.Log
		*bench
	}
)

func (benchCodes) Add(CodeRow) error                             { return nil }
func (benchCards) Bind(Card) error                               { return nil }
func (b benchEvents) Add(e Event) error                          { b.events = append(b.events, e); return nil }
func (b benchCards) Get(string) (Card, error)                    { return b.card, b.cardErr }
func (b benchCards) Of(string) (Card, error)                     { return b.card, b.cardErr }
func (b benchEvidence) Add(string, []bureau.Exchange, int) error { b.kept++; return nil }
func (b benchRows) Of(string) ([]Row, error)                     { return b.rows, nil }
func (b benchRows) Due(time.Time, int) ([]Due, error)            { return b.due, nil }

func (b benchRows) Opened(string, time.Time) (int, error) { return b.today, nil }

func (b benchRows) at(id string) int {
	return slices.IndexFunc(b.rows, func(r Row) bool { return r.ID == id })
}

func (b benchRows) Get(id string) (Row, error) {
	if i := b.at(id); i >= 0 {
		return b.rows[i], nil
	}
	return Row{}, ErrNotFound
}

func (b benchRows) Update(r Row) error {
	was := &b.rows[b.at(r.ID)]
	if was.Version != r.Version {
		return ErrConflict
	}
	*was = r
	was.Version++
	return nil
}

func (b benchLog) Append(_ string, s act.Signed) error {
	b.booked = append(b.booked, s.Statement.Kind)
	return nil
}

// The insurer's answers. Amounts stand also in answers that should have none, so that a step which
// reads them there is noticed.
var (
	benchSplit = money.Split{Total: 100, InScope: 100, Cash: 100, Person: 100}
	none       = reply{}
	processing = reply{ans: bureau.Answer{State: bureau.OrderProcessing, Split: benchSplit}}
	settled    = reply{ans: bureau.Answer{State: bureau.OrderSettled, Order: "ORD", Policy: "v", Split: benchSplit,
		At: at}}
	cancelled = reply{ans: bureau.Answer{State: bureau.OrderCancelled, Split: benchSplit}}
	failed    = reply{ans: bureau.Answer{State: bureau.OrderFailed, Split: benchSplit}}
	wentBack  = reply{ans: bureau.Answer{State: bureau.OrderRefunded, Order: "ORD", Policy: "v", Split: benchSplit,
		At: at, Refunded: benchSplit.Parts(), RefundAt: at}}
	partBack  = with(wentBack, func(a *bureau.Answer) { a.Refunded.Cash-- })
	neverSeen = reply{err: bureau.ErrUnknownOrder}
	refused   = reply{err: bureau.ErrRefused}
	dishonest = reply{err: money.ErrDishonest}
	silent    = reply{err: bureau.ErrUnknownOutcome}
	forged    = reply{err: fmt.Errorf("%w: %w", bureau.ErrUnknownOutcome, bureau.ErrForged)}
)

func with(r reply, change func(*bureau.Answer)) reply {
	change(&r.ans)
	return r
}

// unsaid is an answer that came with an error: whatever it holds, it says nothing.
func unsaid(r reply) reply { return reply{r.ans, bureau.ErrUnknownOutcome} }
