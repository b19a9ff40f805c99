package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/pprof"
	"sync/atomic"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/comet/empty"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
)

// job is what a validator's process is told first; it answers when its node runs.
type job struct {
	Case       Case
	Dir        string // of its node
	Member     string
	Listen     string   // host:port for the others
	Peers      []string // the others, "nodeid@host:port"
	Keys       string   // key store of the whole throw-away consortium
	Master     []byte   // of that store
	Stock      string   // file with the lives this validator's submitters drive; "" with the empty engine
	Enrolments string   // file with what enrols the people
	Payload    int      // bytes of a record, for the empty engine
	Submitters int      // at this validator
	Warm, Last time.Duration
	Profile    string // file for the CPU profile of the load; empty: none
}

// Orders after the job; every one is answered by a reply.
const (
	orderMeet  = "meet"  // wait until all are connected and at work
	orderEnrol = "enrol" // enrol the people
	orderLoad  = "load"  // submit for the measured time
	orderCheck = "check" // all records there, and the last one's receipt good?
)

type order struct {
	Do      string
	Records uint64 // check: how many all validators together acknowledged
}

type reply struct {
	Error string
	Tally tally
	Root  string // check: state root over all records
}

const (
	meetWithin  = time.Minute      // a node that finds another not listening yet tries again after seconds
	checkWithin = 10 * time.Second // after the load's end for all records, and then their seals, to be there
	lookEvery   = time.Millisecond
)

// ErrCount is a node that holds another number of records than were acknowledged: nothing measured
// on it means anything.
var ErrCount = errors.New("bench: node counts other records than were acknowledged")

// validator is one running node with its submitters.
type validator struct {
	job
	node  *comet.Node            // nil: empty
	empty *empty.Node            // nil: node
	seals map[string]intent.Seal // by organisation
	lives [][]chain.Record
	tally tally

	checks atomic.Uint64 // signatures on the transactions packed
}

// Validate runs one validator of a chain that is measured by another process: a job and orders come
// on in, replies go to out. It ends with in.
func Validate(ctx context.Context, in io.Reader, out io.Writer) (err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	told, tell := json.NewDecoder(in), json.NewEncoder(out)
	v := &validator{}
	if err := told.Decode(&v.job); err != nil {
		return fmt.Errorf("bench: job: %w", err)
	}
	if err := errors.Join(v.start(ctx), tell.Encode(reply{})); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, v.stop()) }()
	orders := make(chan order)
	go func() {
		defer stop() // whoever measures is gone, or done: also in the middle of an order
		for {
			var o order
			if told.Decode(&o) != nil {
				return
			}
			select {
			case orders <- o:
			case <-ctx.Done():
				return
			}
		}
	}()
	for {
		select {
		case <-ctx.Done():
			return nil
		case o := <-orders:
			r, err := v.do(ctx, o)
			if err != nil {
				r.Error = err.Error()
			}
			if err := tell.Encode(r); err != nil {
				return fmt.Errorf("bench: reply: %w", err)
			}
		}
	}
}

func (v *validator) start(ctx context.Context) (err error) {
	cfg := comet.Config{Dir: v.Dir, Member: v.Member, Logger: slog.New(slog.DiscardHandler), Listen: v.Listen,
		Peers: v.Peers}
	if v.Case.Empty {
		v.empty, err = empty.Start(ctx, cfg)
		return err
	}
	members, err := home.ReadMembers(v.Dir)
	if err != nil {
		return err
	}
	keys, err := keystore.Open(v.Keys, v.Master)
	if err != nil {
		return err
	}
	if v.lives, err = read(v.Stock, len(steps)); err != nil {
		return err
	}
	orgs := consortium.Hosted(keys, members)
	cfg.Sealer, v.seals = orgs.Sealer(v.Member), map[string]intent.Seal{}
	for _, s := range steps {
		if v.seals[s.org], err = orgs.Seal(s.org); err != nil {
			return err
		}
	}
	v.node, err = comet.Start(ctx, cfg)
	return err
}

func (v *validator) stop() error {
	if v.Case.Empty {
		return v.empty.Stop()
	}
	return v.node.Stop()
}

func (v *validator) do(ctx context.Context, o order) (r reply, err error) {
	switch o.Do {
	case orderMeet:
		return r, until(ctx, meetWithin, func() bool { return v.started(ctx) })
	case orderEnrol:
		return r, v.enrol(ctx)
	case orderLoad:
		if err := v.profiled(func() (err error) { v.tally, err = v.load(ctx); return err }); err != nil {
			return r, err
		}
		return reply{Tally: v.tally}, nil
	case orderCheck:
		r.Root, err = v.check(ctx, o.Records)
		return r, err
	}
	return r, fmt.Errorf("bench: unknown order %q", o.Do)
}

// started: connected to all the others, and a first block decided together. Those who come first
// have gone through some rounds in vain.
func (v *validator) started(ctx context.Context) bool {
	if v.Case.Empty {
		return v.empty.Started(len(v.Peers))
	}
	h := v.node.Health(ctx)
	return h.Peers >= len(v.Peers) && h.Height > 0
}

func (v *validator) enrol(ctx context.Context) error {
	lives, err := read(v.Enrolments, chain.MaxBatchRecords)
	if err != nil {
		return err
	}
	for _, recs := range lives {
		outcomes, err := v.node.Submit(ctx, recs)
		if err != nil {
			return err
		}
		for _, o := range outcomes {
			if o.Code != chain.CodeOK {
				return fmt.Errorf("bench: enrolment refused: %s %s", o.Code, o.Detail)
			}
		}
	}
	return nil
}

// load drives this validator's submitters, each of which waits for its record before the next.
func (v *validator) load(ctx context.Context) (tally, error) {
	l := load{submitters: v.Submitters, warm: v.Warm, last: v.Last, take: v.blanks}
	submit := v.submitBlanks
	if !v.Case.Empty {
		l.take, submit = each(v.lives), v.pack
	}
	l.submit = single(submit)
	if v.Case.Grouped {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		g := newGroup(submit)
		go g.run(ctx)
		l.submit = g.one
	}
	before := cpuTime()
	t, err := l.run(ctx)
	t.CPU, t.Checks = cpuTime()-before, v.checks.Load()
	return t, err
}

// pack puts one seal under one organisation's records, as the outbox's relay does, and submits
// them.
func (v *validator) pack(ctx context.Context, recs []chain.Record) ([]chain.Outcome, error) {
	packed, err := intent.Pack(ctx, v.seals[recs[0].Statement.Org], recs)
	if err != nil {
		return nil, err
	}
	signatures := uint64(1)
	for _, r := range packed {
		if r.ActorSig != "" {
			signatures++
		}
	}
	v.checks.Add(signatures)
	return v.node.Submit(ctx, packed)
}

// profiled runs the load, and writes its CPU profile when one is wanted.
func (v *validator) profiled(load func() error) (err error) {
	if v.Profile == "" {
		return load()
	}
	f, err := os.Create(v.Profile)
	if err != nil {
		return fmt.Errorf("bench: profile: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := pprof.StartCPUProfile(f); err != nil {
		return fmt.Errorf("bench: profile: %w", err)
	}
	defer pprof.StopCPUProfile()
	return load()
}

func single(submit submitBatch) submitFunc {
	return func(ctx context.Context, rec chain.Record) (chain.Outcome, error) {
		out, err := submit(ctx, []chain.Record{rec})
		if err != nil {
			return chain.Outcome{}, err
		}
		return out[0], nil
	}
}

// blanks are a life's records for an engine that looks at nothing.
func (v *validator) blanks() ([]chain.Record, bool) { return make([]chain.Record, len(steps)), true }

// submitBlanks puts as many bytes as real records have into one transaction.
func (v *validator) submitBlanks(ctx context.Context, recs []chain.Record) ([]chain.Outcome, error) {
	return make([]chain.Outcome, len(recs)), v.empty.Submit(ctx, make([]byte, v.Payload*len(recs)))
}

// check waits until this node has all that was acknowledged anywhere, and proves the last record
// that it acknowledged itself.
func (v *validator) check(ctx context.Context, records uint64) (root string, err error) {
	count := func() uint64 {
		if v.Case.Empty {
			return v.empty.Committed() / uint64(v.Payload)
		}
		return v.node.Health(ctx).Records
	}
	if until(ctx, checkWithin, func() bool { return count() == records }) != nil {
		return "", fmt.Errorf("%w: %d, acknowledged %d", ErrCount, count(), records)
	}
	if v.Case.Empty {
		return "", nil
	}
	if v.tally.Last != "" {
		err = v.sealed(ctx, v.tally.Last)
	}
	return v.node.Health(ctx).StateRoot, err
}

// sealed waits for a record's receipt and checks it: what was measured must be provable to a
// stranger.
func (v *validator) sealed(ctx context.Context, id string) error {
	members, err := home.ReadMembers(v.Dir)
	if err != nil {
		return err
	}
	var receipt *chain.Receipt
	waited := until(ctx, checkWithin, func() bool {
		receipt, err = v.node.Receipt(ctx, id)
		return !errors.Is(err, chain.ErrNotSealed)
	})
	if err = errors.Join(waited, err); err != nil {
		return err
	}
	return chain.VerifyReceipt(members, receipt)
}

var errWaited = errors.New("bench: waited in vain")

// until looks until something holds.
func until(ctx context.Context, limit time.Duration, holds func() bool) error {
	for end := time.Now().Add(limit); !holds(); {
		if time.Now().After(end) {
			return errWaited
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(lookEvery):
		}
	}
	return nil
}
