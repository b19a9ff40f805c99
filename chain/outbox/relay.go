package outbox

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"log/slog"
	mrand "math/rand/v2"
	"slices"
	"sync"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

const (
	// pollEvery is how often the relay looks without having been kicked: the latency of another
	// instance's records.
	pollEvery = 250 * time.Millisecond
	// submitTimeout bounds one submission; a block takes a second or two, a node that replays takes
	// longer.
	submitTimeout = 10 * time.Second
	// firstPause and maxPause bound the pause after a failure; it doubles each time and has jitter,
	// so that several relays do not return to a struggling node together.
	firstPause = 100 * time.Millisecond
	maxPause   = 5 * time.Second
	// TransientFor is how long a record may be refused with a transient code before it counts as
	// dead.
	TransientFor = 10 * time.Minute
	// gateEvery is how often the backlog is measured.
	gateEvery = time.Second
)

// Node is what the relay needs of a chain.Node.
type Node interface {
	Schema(ctx context.Context) int
	Submit(ctx context.Context, recs []chain.Record) ([]chain.Outcome, error)
	Record(ctx context.Context, id string) (chain.Committed, error)
}

// Seals puts an organisation's seal under what is sent: the ledger takes only the one in force.
type Seals interface {
	// Pack puts one seal, the one in force, under records of one organisation. An error puts them
	// off: the key may come.
	Pack(ctx context.Context, org string, recs []chain.Record) ([]chain.Record, error)
	// InForce is the id of the certificate that an organisation must seal with now; empty: unknown,
	// the record goes as it is.
	InForce(org string) string
	// Reseal seals the record alone with it, before schema 2. An error puts the record off: its key
	// may come.
	Reseal(ctx context.Context, rec chain.Record) (chain.Record, error)
}

// Options of a relay; the zero value works.
type Options struct {
	Now   func() time.Time // time.Now when nil
	Seals Seals            // nil: what is appended has its seal, which never changes
	// called for every new dead letter, and again at a relay's start for those still dead; must not
	// block
	Alarm func(Entry)
	Log   *slog.Logger // slog.Default when nil
}

// Relay takes the outbox to the chain. Any number of instances may run one over the same database:
// a lease lets one work at a time, and a record submitted twice all the same has effect once.
type Relay struct {
	db     *sqlstore.DB
	node   Node
	now    func() time.Time
	seals  Seals
	alarm  func(Entry)
	log    *slog.Logger
	tx     func(context.Context, func(*gorm.DB) error) error // db.Tx; tests let it fail
	holder string                                            // names this relay in the lease
	kick   chan struct{}
	count  counters

	mu      sync.Mutex
	changed chan struct{} // closed when entries reached a final state

	// The rest belongs to the goroutine in Run.
	until    time.Time // our lease ends; zero when we have none
	taken    bool      // we have held the lease before
	measured time.Time // last look at the backlog
	limit    int       // records per submission: halved by failures, so that one poisonous record is isolated
	failures int       // failed rounds in a row
}

// NewRelay makes a relay over a migrated database; Run sets it to work.
func NewRelay(db *sqlstore.DB, node Node, o Options) *Relay {
	r := &Relay{
		db: db, node: node, now: o.Now, seals: o.Seals, alarm: o.Alarm, log: o.Log, tx: db.Tx, holder: newHolder(),
		kick: make(chan struct{}, 1), changed: make(chan struct{}), limit: chain.MaxBatchRecords,
	}
	if r.now == nil {
		r.now = time.Now
	}
	if r.seals == nil {
		r.seals = lasting{}
	}
	if r.alarm == nil {
		r.alarm = func(Entry) {}
	}
	if r.log == nil {
		r.log = slog.Default()
	}
	return r
}

func newHolder() string {
	b := make([]byte, 8)
	_, _ = rand.Read(b) // never fails since Go 1.24
	return hex.EncodeToString(b)
}

// Run relays until ctx ends and returns its error. Whatever else goes wrong (database away, node
// away or replaying) is logged and tried again: a relay that gives up would leave a ward without a
// chain.
func (r *Relay) Run(ctx context.Context) error {
	defer r.releaseLease()
	for ctx.Err() == nil {
		moved, err := r.work(ctx)
		switch {
		case ctx.Err() != nil:
		case moved:
			r.failures = 0
		case err != nil:
			r.failures++
			r.log.WarnContext(ctx, "outbox: round failed", "failures", r.failures, "error", err)
			r.rest(ctx, pause(r.failures), nil) // a kick must not shorten a pause
		default:
			r.failures = 0
			r.rest(ctx, pollEvery, r.kick)
		}
	}
	return ctx.Err()
}

// work sends what can be sent until nothing is left or something fails. While one flight is on its
// way to the chain the next is taken off the database, so that neither waits for the other, and who
// comes late need not wait for the end of a flight. moved tells that entries reached a final state.
func (r *Relay) work(ctx context.Context) (moved bool, err error) {
	f, err := r.take(ctx, nil)
	for f != nil {
		var next *flight
		if err == nil {
			next, err = r.takeBehind(ctx, f)
		}
		settled, failure := r.land(ctx, f)
		moved, err = moved || settled, errors.Join(err, failure)
		f = next
	}
	return moved, err
}

// takeBehind takes the next flight as soon as there is something for it; nil: f has landed first.
func (r *Relay) takeBehind(ctx context.Context, f *flight) (*flight, error) {
	for {
		if next, err := r.take(ctx, f); next != nil || err != nil {
			return next, err
		}
		select {
		case <-f.landed:
			return nil, nil
		case <-r.kick:
		case <-time.After(pollEvery):
		}
	}
}

// flight is what is on its way to the chain at a time. Two flights share no lane: the order within
// a lane is one flight's.
type flight struct {
	lanes    []string // of all entries looked at
	batches  []*batch
	verdicts []verdict     // given without the chain
	landed   chan struct{} // closed when every submission has its answer
}

// take sends the oldest entries whose lanes are not in the flight ahead, if any; nil: there is
// nothing to send.
func (r *Relay) take(ctx context.Context, ahead *flight) (*flight, error) {
	if err := r.watchBacklog(ctx); err != nil {
		return nil, err
	}
	if held, err := r.holdLease(ctx); err != nil || !held {
		return nil, err
	}
	var busy []string
	if ahead != nil {
		busy = ahead.lanes
	}
	rows, err := waiting(r.db.WithContext(ctx), r.now(), busy)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	f := &flight{landed: make(chan struct{})}
	for _, e := range rows {
		f.lanes = append(f.lanes, e.Lane)
	}
	slices.Sort(f.lanes)
	f.lanes = slices.Compact(f.lanes)
	pack := r.node.Schema(ctx) >= chain.Schema2
	if !pack {
		if rows, f.verdicts, err = r.reseal(ctx, rows); err != nil {
			return nil, err
		}
	}
	var unreadable []verdict
	f.batches, unreadable = plan(rows, r.limit)
	f.verdicts = append(f.verdicts, unreadable...)
	if pack {
		f.batches = r.pack(ctx, f)
	}
	go r.submitAll(ctx, f)
	return f, nil
}

// submitAll submits the batches at once.
func (r *Relay) submitAll(ctx context.Context, f *flight) {
	defer close(f.landed)
	ctx, cancel := context.WithTimeout(ctx, submitTimeout)
	defer cancel()
	var wg sync.WaitGroup
	for _, b := range f.batches {
		wg.Go(func() { b.outcomes, b.err = r.submit(ctx, b) })
	}
	wg.Wait()
}

// land waits for the flight's answers and writes what became of its entries; the error is the first
// failed submission's, or the database's.
func (r *Relay) land(ctx context.Context, f *flight) (moved bool, err error) {
	<-f.landed
	passed, failure := r.adapt(f.batches)
	for _, b := range f.batches {
		f.verdicts = append(f.verdicts, r.judge(b, passed)...)
	}
	if len(f.verdicts) > 0 {
		if err := r.settle(ctx, f.verdicts); err != nil {
			return false, errors.Join(err, failure)
		}
	}
	return anyFinal(f.verdicts), failure
}

// adapt sets the batch size by how the submissions went. passed tells that at least one was
// answered; the error is the first failed one's.
func (r *Relay) adapt(batches []*batch) (passed bool, failure error) {
	for _, b := range batches {
		passed = passed || b.err == nil
		if b.err != nil && failure == nil {
			failure = b.err
		}
	}
	switch {
	case failure == nil:
		r.limit = min(r.limit*2, chain.MaxBatchRecords)
	case !errors.Is(failure, chain.ErrBusy): // a busy node says nothing about the records
		r.limit = max(r.limit/2, 1)
	}
	return passed, failure
}

var errAnswer = errors.New("outbox: node answered for other records")

func (r *Relay) submit(ctx context.Context, b *batch) ([]chain.Outcome, error) {
	r.count.submitted.Add(int64(len(b.rows)))
	outcomes, err := r.node.Submit(ctx, b.records)
	if err == nil && !b.answeredBy(outcomes) {
		err = errAnswer
	}
	if err != nil {
		r.count.failures.Add(1)
		return nil, err
	}
	return outcomes, nil
}

// Kick tells the relay that a transaction with an Append has committed; it never blocks. A kick
// lost to a crash costs at most a poll.
func (r *Relay) Kick() {
	select {
	case r.kick <- struct{}{}:
	default:
	}
}

// Wait returns the entry once it is Committed or Dead, or as it stands with ctx's error when ctx
// ends first; that says nothing of what will become of it. ErrNotFound.
func (r *Relay) Wait(ctx context.Context, id string) (Entry, error) {
	for {
		r.mu.Lock()
		changed := r.changed // taken before the look, so that no change falls between
		r.mu.Unlock()
		e, err := Get(r.db.WithContext(ctx), id)
		if err != nil || e.State != Pending {
			return e, err
		}
		r.rest(ctx, pollEvery, changed)
		if ctx.Err() != nil {
			return e, ctx.Err()
		}
	}
}

func (r *Relay) announce() {
	r.mu.Lock()
	defer r.mu.Unlock()
	close(r.changed)
	r.changed = make(chan struct{})
}

// rest waits for d, for a signal or for ctx.
func (r *Relay) rest(ctx context.Context, d time.Duration, signal <-chan struct{}) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-signal:
	case <-ctx.Done():
	}
}

// pause is the wait after the n-th failure in a row, n from 1.
func pause(n int) time.Duration {
	d := min(firstPause<<min(n-1, 10), maxPause)
	return d/2 + mrand.N(d/2+1) //nolint:gosec // jitter, not a secret
}
