package outbox

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

var ctx = context.Background()

// fault is what goes wrong at one step.
type fault string

const (
	fine       fault = ""
	failBefore fault = "error, not persisted"
	failAfter  fault = "error, persisted anyway"
	dieBefore  fault = "death, not persisted"
	dieAfter   fault = "death, persisted anyway"
	busy       fault = "busy"
	late       fault = "error, persisted later" // a submission that lands after its caller gave up
)

var errInjected = errors.New("injected failure")

// ledger is a chain that lives in memory and survives every relay. It knows sequences, doubles and
// verdicts on demand.
type ledger struct {
	mu      sync.Mutex
	order   []chain.Statement // as executed
	places  map[string]chain.Outcome
	seqs    map[string]uint64
	refuse  map[string]chain.Code // verdicts on demand, by record id
	records map[string]chain.Record
	seal    string           // id of the seal in force; empty: any
	schema  int              // version of statements in force
	sealed  []int            // sizes of the batches under one seal
	hang    map[string]bool  // records that make their submission fail
	largest int              // records in one submission
	pending [][]chain.Record // submissions that land later
	height  int64
}

func newLedger() *ledger {
	return &ledger{places: map[string]chain.Outcome{}, seqs: map[string]uint64{}, refuse: map[string]chain.Code{},
		records: map[string]chain.Record{}, hang: map[string]bool{}}
}

// Schema is the version of statements in force.
func (l *ledger) Schema(context.Context) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.schema
}

func (l *ledger) execute(recs []chain.Record) (outs []chain.Outcome) {
	l.height++
	if l.schema >= chain.Schema2 && l.seal != "" {
		if !chain.SealedAsOne(recs) {
			panic("records that are no batch under one seal")
		}
		l.sealed = append(l.sealed, len(recs))
	}
	for _, r := range recs {
		id, st := r.ID(), r.Statement
		o, there := l.places[id]
		switch {
		case there:
		case l.refuse[id] != chain.CodeOK:
			o = chain.Outcome{ID: id, Code: l.refuse[id], Detail: "on demand"}
		case l.seal != "" && r.OrgCert != l.seal:
			o = chain.Outcome{ID: id, Code: chain.CodeRole, Detail: "not the seal in force"}
		case st.Seq != l.seqs[st.Subject]+1:
			o = chain.Outcome{ID: id, Code: chain.CodeSequence, Detail: fmt.Sprint("want ", l.seqs[st.Subject]+1)}
		default:
			o = chain.Outcome{ID: id, Height: l.height, Time: time.UnixMilli(1_800_000_000_000 + l.height)}
			l.places[id], l.seqs[st.Subject], l.order = o, st.Seq, append(l.order, st)
			l.records[id] = r
		}
		outs = append(outs, o)
	}
	return outs
}

// Record is what the chain holds of an id.
func (l *ledger) Record(_ context.Context, id string) (chain.Committed, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r, ok := l.records[id]
	if !ok {
		return chain.Committed{}, chain.ErrNotFound
	}
	return chain.Committed{ID: id, Record: r}, nil
}

func (l *ledger) submit(recs []chain.Record, f fault) ([]chain.Outcome, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, p := range l.pending {
		l.execute(p)
	}
	l.pending, l.largest = nil, max(l.largest, len(recs))
	for _, r := range recs {
		if l.hang[r.ID()] {
			return nil, errInjected
		}
	}
	switch f {
	case busy:
		return nil, chain.ErrBusy
	case failBefore, dieBefore:
		return nil, errInjected
	case late:
		l.pending = append(l.pending, recs)
		return nil, errInjected
	case failAfter, dieAfter:
		l.execute(recs)
		return nil, errInjected
	}
	return l.execute(recs), nil
}

// process is one relay's process: its faults, and whether it is dead.
type process struct {
	*Relay
	w  *world
	mu sync.Mutex

	died       bool
	submits    []fault // of the next submissions
	txs        []fault // of the next transactions
	betweenSub func()  // runs after a submission, before its result is written
	alarms     []string
}

func (p *process) next(list *[]fault) fault {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.died {
		return dieBefore
	}
	if len(*list) == 0 {
		return fine
	}
	f := (*list)[0]
	*list = (*list)[1:]
	p.died = f == dieBefore || f == dieAfter
	return f
}

// Submit makes process the relay's node.
func (p *process) Submit(_ context.Context, recs []chain.Record) ([]chain.Outcome, error) {
	outs, err := p.w.chain.submit(recs, p.next(&p.submits))
	if p.betweenSub != nil {
		p.betweenSub()
	}
	return outs, err
}

// Schema is what the relay asks the node for.
func (p *process) Schema(ctx context.Context) int { return p.w.chain.Schema(ctx) }

// Record is the rest of what the relay needs of a node.
func (p *process) Record(ctx context.Context, id string) (chain.Committed, error) {
	return p.w.chain.Record(ctx, id)
}

func (p *process) faultyTx(ctx context.Context, fn func(*gorm.DB) error) error {
	switch f := p.next(&p.txs); f {
	case failBefore, dieBefore:
		return errInjected
	case failAfter, dieAfter:
		return errors.Join(p.w.db.Tx(ctx, fn), errInjected)
	}
	return p.w.db.Tx(ctx, fn)
}

// world is a database, a chain, a clock and what was appended.
type world struct {
	t        *testing.T
	db       *sqlstore.DB
	chain    *ledger
	now      time.Time
	prefix   string
	seals    Seals
	appended map[string][]string // lane: record ids in the order of appending
	seqs     map[string]uint64
}

func newWorld(t *testing.T, db *sqlstore.DB, prefix string) *world {
	t.Helper()
	if err := Migrate(ctx, db); err != nil {
		t.Fatal(err)
	}
	return &world{
		t: t, db: db, chain: newLedger(), now: time.UnixMilli(1_800_000_000_000), prefix: prefix,
		appended: map[string][]string{}, seqs: map[string]uint64{},
	}
}

func (w *world) start() *process {
	p := &process{w: w}
	p.Relay = NewRelay(w.db, p, Options{
		Now: func() time.Time { return w.now }, Seals: w.seals,
		Alarm: func(e Entry) { p.alarms = append(p.alarms, e.ID) },
		Log:   slog.New(slog.DiscardHandler),
	})
	p.tx = p.faultyTx
	return p
}

// record is well-formed and unsigned: the outbox looks at neither contents nor signatures.
func record(subject string, seq uint64) chain.Record {
	kind := chain.KindApprove
	if strings.HasPrefix(subject, chain.SubjectPay) {
		kind = chain.KindPaySettle
	}
	hash := fmt.Sprintf("%064x", 7)
	sig := base64.StdEncoding.EncodeToString(make([]byte, 70))
	return chain.Record{ActorSig: sig, OrgSig: sig, OrgCert: hash, Statement: chain.Statement{
		V: chain.Version, Chain: "test", Kind: kind, Subject: subject, Seq: seq, Org: "h1", Actor: hash, Digest: hash,
		Time: 1_800_000_000_000,
	}}
}

// nextRecord makes the next record of a subject in a lane.
func (w *world) nextRecord(lane, kind string) (string, chain.Record) {
	subject := kind + ":" + w.prefix + lane
	return chain.SubjectRx + w.prefix + lane, record(subject, w.seqs[subject]+1)
}

// add appends the next record of a subject, with a fault in the caller's transaction; the caller
// then asks again, as one who got no answer does.
func (w *world) add(lane, kind string, f fault) string {
	w.t.Helper()
	name, rec := w.nextRecord(lane, kind)
	caller := &process{w: w, txs: []fault{f}}
	put := func(tx *gorm.DB) error { return Append(tx, name, rec, w.now) }
	if err := caller.faultyTx(ctx, put); (err != nil) != (f != fine) {
		w.t.Fatalf("append with fault %q: %v", f, err)
	}
	if f != fine {
		if err := w.db.Tx(ctx, put); err != nil {
			w.t.Fatal(err)
		}
	}
	w.seqs[rec.Statement.Subject]++
	w.appended[name] = append(w.appended[name], rec.ID())
	return rec.ID()
}

// round is one flight from start to end.
func (r *Relay) round(ctx context.Context) (moved bool, err error) {
	f, err := r.take(ctx, nil)
	if f == nil {
		return false, err
	}
	return r.land(ctx, f)
}

// run has the relay work until nothing is left to do, restarting it when it died, and lets time
// pass when it waits.
func (w *world) run(p *process) *process {
	w.t.Helper()
	for range 200 {
		if p.died {
			p = w.start()
		}
		moved, _ := p.round(ctx)
		b, err := Stats(w.db.DB)
		if err != nil {
			w.t.Fatal(err)
		}
		if b.Pending == 0 {
			return p
		}
		if !moved {
			w.now = w.now.Add(leaseTTL)
		}
	}
	w.t.Fatal("the outbox does not get empty")
	return nil
}

// inOrder checks that what is on the chain is, lane by lane, a beginning of what was appended, each
// once.
func (w *world) inOrder() {
	w.t.Helper()
	got := map[string][]string{}
	for _, st := range w.chain.order {
		lane := chain.SubjectRx + st.Subject[strings.IndexByte(st.Subject, ':')+1:]
		got[lane] = append(got[lane], st.ID())
	}
	for lane, ids := range got {
		want := w.appended[lane]
		if len(ids) > len(want) || !slices.Equal(ids, want[:len(ids)]) {
			w.t.Fatalf("lane %s: chain has %v, appended were %v", lane, ids, want)
		}
	}
}

// complete checks that everything appended is on the chain once and in order, and that the database
// says so.
func (w *world) complete() {
	w.t.Helper()
	w.inOrder()
	total := 0
	for _, ids := range w.appended {
		total += len(ids)
		for _, id := range ids {
			e, err := Get(w.db.DB, id)
			o := w.chain.places[id]
			if err != nil || e.State != Committed || e.Height != o.Height || !e.CommittedAt.Equal(o.Time) ||
				e.Code != chain.CodeOK {
				w.t.Errorf("entry %+v (%v), chain %+v", e, err, o)
			}
			if d := gm.Sum(statementOf(w.t, e).Bytes()); fmt.Sprintf("%x", d) != id {
				w.t.Errorf("stored record is not %s", id)
			}
		}
	}
	if len(w.chain.order) != total {
		w.t.Errorf("%d records on the chain, %d appended", len(w.chain.order), total)
	}
}

func statementOf(t *testing.T, e Entry) chain.Statement {
	t.Helper()
	r, err := chain.ParseWaiting(e.Record)
	if err != nil {
		t.Fatal(err)
	}
	return r.Statement
}
