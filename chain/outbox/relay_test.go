package outbox

import (
	"context"
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
	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// each runs fn in a world of its own over every database.
func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) { fn(t, newWorld(t, db, "W")) })
}

func (w *world) entry(id string) Entry {
	w.t.Helper()
	e, err := Get(w.db.DB, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return e
}

func (w *world) rounds(p *process, n int) {
	w.t.Helper()
	for range n {
		if _, err := p.round(ctx); err != nil && !errors.Is(err, errInjected) {
			w.t.Fatal(err)
		}
	}
}

func TestDeadLetterStopsItsLaneOnly(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var a, b []string
		for range 3 {
			a, b = append(a, w.add("A", "rx", fine)), append(b, w.add("B", "rx", fine))
		}
		behind := w.add("A", "pay", fine) // the ledger would take this one: its subject is another
		w.chain.refuse[a[1]] = chain.CodeTransition
		p := w.start()
		w.rounds(p, 5)
		if e := w.entry(a[1]); e.State != Dead || e.Code != chain.CodeTransition || e.Detail != "on demand" ||
			e.Attempts != 1 {
			t.Errorf("refused entry: %+v", e)
		}
		for _, id := range []string{a[2], behind} {
			if e := w.entry(id); e.State != Pending || e.Attempts != 0 {
				t.Errorf("entry behind the dead letter: %+v", e)
			}
		}
		if w.entry(b[2]).State != Committed {
			t.Error("another lane was held up")
		}
		if got, err := Stats(w.db.DB); err != nil || got.Pending != 2 || got.Dead != 1 || !got.Oldest.Equal(w.now) {
			t.Errorf("backlog %+v, %v", got, err)
		}
		again := w.start()
		w.now = w.now.Add(leaseTTL + time.Second)
		w.rounds(again, 1)
		for _, q := range []*process{p, again} { // a relay that died before its alarm must not silence it
			if !slices.Equal(q.alarms, a[1:2]) {
				t.Errorf("alarms %v, want %v", q.alarms, a[1:2])
			}
		}
		delete(w.chain.refuse, a[1])
		for id, want := range map[string]error{a[1]: nil, a[0]: ErrNotDead, "unknown": ErrNotFound} {
			if err := w.db.Tx(ctx, func(tx *gorm.DB) error { return Requeue(tx, id) }); !errors.Is(err, want) {
				t.Errorf("requeue: %v, want %v", err, want)
			}
		}
		w.run(again)
		w.complete()
	})
}

func TestTransientRefusal(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, behind := w.add("A", "rx", fine), w.add("A", "rx", fine)
		w.chain.refuse[id] = chain.CodeUnknownCert
		p := w.start()
		w.rounds(p, 3) // the clock stands: only the first may submit
		if e := w.entry(id); e.State != Pending || e.Attempts != 1 || e.Code != chain.CodeUnknownCert {
			t.Errorf("%+v", e)
		}
		w.now = w.now.Add(TransientFor - time.Second)
		w.rounds(p, 1)
		if e := w.entry(id); e.State != Pending || e.Attempts != 2 {
			t.Errorf("just before it is given up: %+v", e)
		}
		if e := w.entry(behind); e.State != Pending || e.Attempts != 0 {
			t.Errorf("behind: %+v", e)
		}
		w.now = w.now.Add(maxPause)
		w.rounds(p, 1)
		if e := w.entry(id); e.State != Dead || len(p.alarms) != 1 {
			t.Errorf("after %v: %+v, alarms %v", TransientFor, e, p.alarms)
		}
		delete(w.chain.refuse, id)
		if err := w.db.Tx(ctx, func(tx *gorm.DB) error { return Requeue(tx, id) }); err != nil {
			t.Fatal(err)
		}
		w.run(p)
		w.complete()
	})
}

// One record makes every submission fail that holds it. The others must pass, and it must be found
// alone.
func TestPoisonousRecordIsCornered(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var bad string
		for n := range 150 {
			id := w.add(fmt.Sprint("A", n), "rx", fine)
			if n == 70 {
				bad = id
				w.chain.hang[id] = true
			}
		}
		p := w.start()
		w.rounds(p, 20)
		if b, err := Stats(w.db.DB); err != nil || b.Pending != 1 || b.Dead != 0 {
			t.Fatalf("%+v %v, want only the poisonous one waiting", b, err)
		}
		after := w.add("Z", "rx", fine)
		w.now = w.now.Add(maxPutOff)
		w.rounds(p, 2)
		if w.entry(after).State != Committed {
			t.Error("a new record had to wait for the poisonous one")
		}
		if e := w.entry(bad); e.State != Pending || e.Attempts < 1 {
			t.Errorf("%+v", e)
		}
		delete(w.chain.hang, bad)
		w.now = w.now.Add(maxPutOff)
		w.run(p)
		w.complete()
	})
}

func TestBatchesAreFullAndBounded(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for n := range 200 {
			w.add("A", "rx", fine)
			w.add(fmt.Sprint("B", n%40), "rx", fine)
		}
		p := w.start()
		rounds := 0
		for moved := true; moved; rounds++ {
			var err error
			if moved, err = p.round(ctx); err != nil {
				t.Fatal(err)
			}
		}
		w.complete()
		if w.chain.largest != chain.MaxBatchRecords || rounds > 8 {
			t.Errorf("largest submission %d, %d rounds for 400 records", w.chain.largest, rounds)
		}
		if c := p.Counters(); c.Committed != 400 || c.Submitted != 400 || c.Failures+c.Dead+c.PutOff+c.LeasesLost != 0 {
			t.Errorf("%+v", c)
		}
	})
}

func TestPlanBoundsBytes(t *testing.T) {
	tags := make([]string, chain.MaxTags)
	for i := range tags {
		tags[i] = fmt.Sprintf("%064x", i)
	}
	var rows []row
	for n := range 3 * maxBytes / (len(tags) * 67) {
		rec := record(fmt.Sprint("rx:P", n), 1)
		rec.Statement.Kind, rec.Statement.Facts.Tags = chain.KindDispense, tags
		rows = append(rows, row{Pos: int64(n), ID: rec.ID(), Lane: rec.Statement.Subject,
			Subject: rec.Statement.Subject, Record: rec.Bytes()})
	}
	batches, unreadable := plan(rows, chain.MaxBatchRecords)
	if len(batches) < 2 || len(unreadable) != 0 {
		t.Fatalf("%d batches, %d unreadable", len(batches), len(unreadable))
	}
	for _, b := range batches {
		if b.bytes > maxBytes || len(b.rows) == 0 {
			t.Errorf("a submission of %d bytes, %d records", b.bytes, len(b.rows))
		}
	}
}

// An entry that made its own submission fail must not be given company again.
func TestPlanSendsCorneredEntriesAlone(t *testing.T) {
	var rows []row
	for n := range 6 {
		rec := record(fmt.Sprint("rx:P", n/2), uint64(n+1))
		rows = append(rows, row{Pos: int64(n), ID: rec.ID(), Lane: rec.Statement.Subject,
			Subject: rec.Statement.Subject, Record: rec.Bytes()})
	}
	rows[2].Attempts = 3
	batches, _ := plan(rows, chain.MaxBatchRecords)
	var got []int64
	for _, b := range batches {
		for _, r := range b.rows {
			got = append(got, r.Pos)
		}
		got = append(got, -1)
	}
	if want := []int64{0, 1, -1, 2, -1, 4, 5, -1}; !slices.Equal(got, want) {
		t.Errorf("plan %v, want %v", got, want)
	}
}

func TestDamagedEntryIsDead(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ids := []string{w.add("A", "rx", fine), w.add("A", "rx", fine), w.add("A", "rx", fine)}
		if err := w.db.Exec("UPDATE outbox SET record = ? WHERE id = ?", []byte("{}"), ids[1]).Error; err != nil {
			t.Fatal(err)
		}
		p := w.start()
		w.rounds(p, 3)
		for i, want := range []string{Committed, Dead, Pending} {
			if got := w.entry(ids[i]).State; got != want {
				t.Errorf("entry %d is %s, want %s", i, got, want)
			}
		}
	})
}

// A value of another type, which SQLite takes, stopped every lane.
func TestEntryThatDoesNotFitIsDead(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if w.db.Dialect != sqlstore.SQLite {
			t.Skip("columns have types")
		}
		bad, good := w.add("A", "rx", fine), w.add("B", "rx", fine)
		if err := w.db.Exec("UPDATE outbox SET attempts = 'x' WHERE id = ?", bad).Error; err != nil {
			t.Fatal(err)
		}
		p := w.start()
		w.rounds(p, 3)
		if got := w.entry(good).State; got != Committed {
			t.Errorf("the other lane's entry is %s", got)
		}
		if list, err := DeadLetters(w.db.DB, 10); err != nil || len(list) != 1 || list[0].ID != bad {
			t.Errorf("%+v %v", list, err)
		}
	})
}

func TestBacklogShutsTheGate(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.start()
		gate := func(most int64) error {
			if err := p.setGate(ctx, most); err != nil {
				t.Fatal(err)
			}
			return w.db.Tx(ctx, func(tx *gorm.DB) error {
				return errors.Join(Append(tx, "rx:X", record("rx:X", 1), w.now), errInjected) // never kept
			})
		}
		for range 10 {
			w.add("A", "rx", fine)
		}
		for _, step := range []struct {
			most int64
			shut bool
		}{{11, false}, {10, true}, {11, true}, {20, false}} {
			if err := gate(step.most); errors.Is(err, ErrBacklog) != step.shut {
				t.Errorf("10 waiting, %d allowed: %v", step.most, err)
			}
		}
	})
}

func TestRunWaitKick(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.start()
		run, stop := context.WithCancel(ctx)
		ended := make(chan error)
		go func() { ended <- p.Run(run) }()
		id := w.add("A", "rx", fine)
		p.Kick()
		soon, cancel := context.WithTimeout(ctx, 2*time.Minute)
		defer cancel()
		if e, err := p.Wait(soon, id); err != nil || e.State != Committed {
			t.Errorf("%+v %v", e, err)
		}
		if _, err := p.Wait(soon, "unknown"); !errors.Is(err, ErrNotFound) {
			t.Errorf("unknown: %v", err)
		}
		stop()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("Run ended with %v", err)
		}
		id = w.add("A", "rx", fine)
		now, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
		defer cancel()
		if e, err := p.Wait(now, id); !errors.Is(err, context.DeadlineExceeded) || e.State != Pending {
			t.Errorf("%+v %v", e, err)
		}
		if moved, err := w.start().round(ctx); !moved || err != nil { // same instant: the lease was given back
			t.Errorf("the next relay has to wait: %v %v", moved, err)
		}
	})
}

// Two instances relay while six writers append: everything arrives once and in order.
func TestConcurrentInstances(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		run, stop := context.WithCancel(ctx)
		relays := []*process{w.start(), w.start()}
		var working, writing sync.WaitGroup
		for _, p := range relays {
			working.Go(func() { _ = p.Run(run) })
		}
		const writers, each = 6, 15
		for n := range writers {
			lane := fmt.Sprint("rx:W", n)
			for seq := range uint64(each) {
				w.appended[lane] = append(w.appended[lane], record(lane, seq+1).ID())
			}
			writing.Go(func() {
				for seq := range uint64(each) {
					put := func(tx *gorm.DB) error { return Append(tx, lane, record(lane, seq+1), w.now) }
					if err := w.db.Tx(ctx, put); err != nil {
						t.Error(err)
					}
					relays[n%2].Kick()
				}
			})
		}
		writing.Wait()
		limit, cancel := context.WithTimeout(ctx, 2*time.Minute)
		defer cancel()
		for lane := range w.appended {
			last := w.appended[lane][each-1]
			if e, err := relays[0].Wait(limit, last); err != nil || e.State != Committed {
				t.Errorf("%+v %v", e, err)
			}
		}
		stop()
		working.Wait()
		w.complete()
	})
}

func TestAppend(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		bad := record("rx:A", 1)
		bad.Statement.Digest = "short"
		for name, tt := range map[string]struct {
			lane string
			rec  chain.Record
			err  error
		}{
			"no lane":    {"", record("rx:A", 1), ErrLane},
			"long lane":  {strings.Repeat("x", maxLaneLen+1), record("rx:A", 1), ErrLane},
			"bad record": {"rx:A", bad, canonical.ErrMalformed},
			"good":       {"rx:A", record("rx:A", 2), nil},
			"the same":   {"rx:A", record("rx:A", 2), nil},
			"another":    {"rx:A", record("rx:A", 1), nil},
		} {
			if err := w.db.Tx(ctx, func(tx *gorm.DB) error { return Append(tx, tt.lane, tt.rec, w.now) }); !errors.Is(
				err, tt.err) {
				t.Errorf("%s: %v, want %v", name, err, tt.err)
			}
		}
		lost := func(tx *gorm.DB) error {
			return errors.Join(Append(tx, "rx:A", record("rx:A", 3), w.now), errInjected)
		}
		if err := w.db.Tx(ctx, lost); !errors.Is(err, errInjected) {
			t.Fatal(err)
		}
		list, err := BySubject(w.db.DB, "rx:A")
		if err != nil || len(list) != 2 || list[0].Seq != 1 || list[1].Seq != 2 {
			t.Fatalf("%+v %v", list, err)
		}
		e := list[0]
		if e.Kind != chain.KindApprove || e.Lane != "rx:A" || e.State != Pending || !e.CreatedAt.Equal(w.now) ||
			!e.CommittedAt.IsZero() {
			t.Errorf("%+v", e)
		}
	})
}

// A certificate signs in two lanes and is revoked while the chain is slow: its revocation, in a
// third lane, comes last, and after it nothing of the certificate is taken. A lane that stands
// still is not waited for.
func TestRevocationWaitsForWhatWasSigned(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		stuck := w.add("C", "rx", fine)
		first := []string{w.add("A", "rx", fine), w.add("A", "pay", fine), w.add("B", "rx", fine)}
		w.chain.refuse[stuck] = chain.CodeTransition
		signer := record("rx:any", 1).Statement.Actor
		revoke := record(chain.SubjectCert+signer, 2)
		revoke.Statement.Kind, revoke.Statement.Actor = chain.KindRevoke, strings.Repeat("5", 64)
		if err := w.db.Tx(ctx, func(tx *gorm.DB) error {
			return Append(tx, revoke.Statement.Subject, revoke, w.now)
		}); err != nil {
			t.Fatal(err)
		}
		for name, tt := range map[string]struct {
			rec chain.Record
			err error
		}{
			"new":             {record("rx:D", 1), ErrRevoked},
			"appended before": {record("rx:WA", 1), nil},
			"the revocation":  {revoke, nil},
			"another's": {func() chain.Record {
				r := record("rx:D", 1)
				r.Statement.Actor = strings.Repeat("6", 64)
				return r
			}(), nil},
		} {
			if err := w.db.Tx(ctx, func(tx *gorm.DB) error { return Append(tx, "x", tt.rec, w.now) }); !errors.Is(
				err, tt.err) {
				t.Errorf("%s: %v, want %v", name, err, tt.err)
			}
		}
		w.chain.seqs[revoke.Statement.Subject] = 1
		p := w.start()
		w.rounds(p, 8)
		place := func(id string) int64 { return w.chain.places[id].Height }
		if place(revoke.ID()) == 0 {
			t.Fatal("the revocation never came")
		}
		for _, id := range first {
			if at := place(id); at == 0 || at >= place(revoke.ID()) {
				t.Errorf("record at %d, its revocation at %d", at, place(revoke.ID()))
			}
		}
	})
}

// gate is a chain that answers a submission only when it is let through.
type gate struct {
	*ledger
	arrived chan passage
}

type passage struct {
	records []chain.Record
	through chan struct{}
}

func (g gate) Submit(ctx context.Context, recs []chain.Record) ([]chain.Outcome, error) {
	p := passage{recs, make(chan struct{})}
	select {
	case g.arrived <- p:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	select {
	case <-p.through:
		return g.submit(recs, fine)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// TestFlightsOverlap: what is appended while records are on their way is sent at once, but for what
// stands behind them in their lanes.
func TestFlightsOverlap(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		g := gate{w.chain, make(chan passage)}
		relay := NewRelay(w.db, g, Options{Log: slog.New(slog.DiscardHandler)})
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- relay.Run(ctx) }()
		defer func() { stop(); <-done }()
		arrives := func(id string) passage {
			t.Helper()
			select {
			case p := <-g.arrived:
				if len(p.records) != 1 || p.records[0].ID() != id {
					t.Fatalf("%d records arrived, among them %s; want %s", len(p.records), p.records[0].ID(), id)
				}
				return p
			case <-time.After(submitTimeout / 2):
				t.Fatalf("%s does not arrive", id)
				return passage{}
			}
		}
		first := w.add("A", "rx", fine)
		relay.Kick()
		ahead := arrives(first)
		behind, aside := w.add("A", "rx", fine), w.add("B", "rx", fine)
		relay.Kick()
		beside := arrives(aside) // while the first is in the air
		close(ahead.through)
		last := arrives(behind) // once the first has its verdict, while the other is in the air
		close(beside.through)
		close(last.through)
		for _, id := range []string{first, aside, behind} {
			if e, err := relay.Wait(ctx, id); err != nil || e.State != Committed {
				t.Errorf("%+v %v", e, err)
			}
		}
		w.complete()
	})
}
