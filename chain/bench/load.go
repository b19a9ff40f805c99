package bench

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"golang.org/x/sync/errgroup"
)

// submitFunc brings one record to the chain and waits until it is committed.
type submitFunc func(context.Context, chain.Record) (chain.Outcome, error)

// load is a number of submitters, each of which drives prescriptions through their lives, one
// record after the other.
type load struct {
	submitters int
	warm, last time.Duration // warm is not measured: caches fill and the submitters fall out of step
	take       func() ([]chain.Record, bool)
	submit     submitFunc
}

// tally is what came of a load.
type tally struct {
	Latencies []time.Duration // of the records committed within the measured time, ascending
	Measured  time.Duration
	Accepted  uint64        // records acknowledged in all, the warm-up's and the last ones' too
	Last      string        // id of a record acknowledged
	CPU       time.Duration // of this process, submitters included, from beginning to end; 0: unknown
	Checks    uint64        // SM2 signatures on what was submitted here, which every validator verifies
}

// run ends when the time is over or there is nothing more to take; a refused record or a failing
// node is an error, no record in time is none.
func (l load) run(ctx context.Context) (tally, error) {
	begin := time.Now()
	var end atomic.Int64 // after begin
	end.Store(int64(l.warm + l.last))
	tallies := make([]tally, l.submitters)
	g, ctx := errgroup.WithContext(ctx)
	for i := range tallies {
		g.Go(func() error { return l.drive(ctx, begin, &end, &tallies[i]) })
	}
	if err := g.Wait(); err != nil {
		return tally{}, err
	}
	sum := tally{Measured: time.Duration(end.Load()) - l.warm}
	for _, t := range tallies {
		sum.Latencies = append(sum.Latencies, t.Latencies...)
		sum.Accepted += t.Accepted
		if t.Last != "" {
			sum.Last = t.Last
		}
	}
	slices.Sort(sum.Latencies)
	return sum, nil
}

func (l load) drive(ctx context.Context, begin time.Time, end *atomic.Int64, t *tally) error {
	for {
		recs, ok := l.take()
		if !ok { // the others would go on with fewer submitters: the measured time is over for all
			earlier(end, int64(time.Since(begin)))
			return nil
		}
		for _, r := range recs {
			sent := time.Since(begin)
			if int64(sent) >= end.Load() {
				return nil
			}
			out, err := l.submit(ctx, r)
			if err != nil {
				return err
			}
			if out.Code != chain.CodeOK {
				return fmt.Errorf("bench: record %s #%d refused: %s %s", r.Statement.Kind, r.Statement.Seq,
					out.Code, out.Detail)
			}
			t.Accepted, t.Last = t.Accepted+1, out.ID
			if now := time.Since(begin); now >= l.warm && int64(now) < end.Load() {
				t.Latencies = append(t.Latencies, now-sent)
			}
		}
	}
}

func earlier(end *atomic.Int64, at int64) {
	for old := end.Load(); at < old && !end.CompareAndSwap(old, at); old = end.Load() {
	}
}

// quantile is the smallest of the sorted values that at least q of them do not exceed (nearest
// rank).
func quantile(sorted []time.Duration, q float64) time.Duration {
	rank := int(q * float64(len(sorted)))
	if float64(rank) < q*float64(len(sorted)) {
		rank++
	}
	return sorted[min(max(rank, 1), len(sorted))-1]
}
