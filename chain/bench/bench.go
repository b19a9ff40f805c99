// Package bench measures the chain on the machine it runs on: records committed per second and their latencies through
// the real node, ledger rules and signatures, beside what bounds them: the engine without signatures, and SM2 without an
// engine. Everything comes out of one run, so that the ratios hold even where the digits do not.
//
// It promises legal traffic only (every record passes the ledger's rules, or the run fails), that what it counts the
// node counts too, and that its folder is gone afterwards, unless the process is killed. It does not measure the
// database, HTTP or a network between members.
package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"
)

// Limits of a run: it ends in bounded time and needs bounded memory and disk.
const (
	MaxSeconds    = 60   // of one case in one round
	MaxSubmitters = 1024 // half of what a node lets wait for a block
	MaxLoads      = 8    // different numbers of submitters
	MaxRounds     = 9
)

// ErrOptions is a run that cannot be; the text names the option and the rule.
var ErrOptions = errors.New("bench: bad option")

// Options of a run.
type Options struct {
	Dir        string        // where the throw-away folder is made; empty: a temporary folder on a real disk
	Time       time.Duration // measured time of each case in each round
	Rounds     int           // the median round of each case is reported
	Submitters []int         // how many submit at once, each waiting for its record before the next
	Version    string        // of the program, for the report
	Command    string        // that repeats the run, for the report
	Progress   io.Writer     // told of each case as it ends; nil: nobody
}

func (o Options) check() error {
	switch {
	case o.Time <= 0 || o.Time > MaxSeconds*time.Second:
		return fmt.Errorf("%w: seconds: above 0, at most %d", ErrOptions, MaxSeconds)
	case o.Rounds < 1 || o.Rounds > MaxRounds:
		return fmt.Errorf("%w: rounds: 1 to %d", ErrOptions, MaxRounds)
	case len(o.Submitters) < 1 || len(o.Submitters) > MaxLoads:
		return fmt.Errorf("%w: submitters: 1 to %d numbers", ErrOptions, MaxLoads)
	}
	for _, n := range o.Submitters {
		if n < 1 || n > MaxSubmitters {
			return fmt.Errorf("%w: submitters: each 1 to %d", ErrOptions, MaxSubmitters)
		}
	}
	return nil
}

// Run measures everything. It ends early with ctx's error. The machine should have nothing else to do.
func Run(ctx context.Context, o Options) (report *Report, err error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	if o.Progress == nil {
		o.Progress = io.Discard
	}
	dir, err := makeFolder(o.Dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	r := &run{Options: o, dir: dir}
	if r.report.Machine, err = inspect(ctx, dir); err != nil {
		return nil, err
	}
	if r.ward, err = newWard(ctx, dir, time.Now()); err != nil {
		return nil, err
	}
	if r.report.Crypto, err = measureCrypto(ctx, r.ward, o.Time); err != nil {
		return nil, err
	}
	if err := r.rounds(ctx); err != nil {
		return nil, err
	}
	r.report.Version, r.report.Command, r.report.At = o.Version, o.Command, r.ward.at
	return &r.report, nil
}

type run struct {
	Options
	dir    string
	ward   *ward
	report Report
}

// rounds measures every case once a round: a disturbance of some seconds spoils one round of some cases, not a case.
func (r *run) rounds(ctx context.Context) error {
	results := map[Case][]Result{}
	for round := range r.Rounds {
		for _, n := range r.Submitters {
			for _, grouped := range []bool{false, true} {
				limit := r.report.Crypto.RecordLimit
				for _, signed := range []bool{false, true} { // the ceiling first: it bounds the stock to sign
					c := Case{Signed: signed, Grouped: grouped, Submitters: n}
					result, err := r.measure(ctx, c, limit)
					if err != nil {
						return fmt.Errorf("%s: %w", c, err)
					}
					results[c] = append(results[c], result)
					limit = min(limit, result.PerSecond)
					fmt.Fprintf(r.Progress, "round %d of %d, %s: %.0f records/s\n", round+1, r.Rounds, c, result.PerSecond)
				}
			}
		}
	}
	for _, signed := range []bool{true, false} {
		for _, grouped := range []bool{false, true} {
			for _, n := range r.Submitters {
				c := Case{Signed: signed, Grouped: grouped, Submitters: n}
				r.report.Results = append(r.report.Results, median(results[c]))
			}
		}
	}
	r.report.relate()
	return nil
}

// median is the round with the middle throughput, with the range of all.
func median(rounds []Result) Result {
	sorted := slices.SortedFunc(slices.Values(rounds), func(a, b Result) int {
		switch {
		case a.PerSecond < b.PerSecond:
			return -1
		case a.PerSecond > b.PerSecond:
			return 1
		}
		return 0
	})
	m := sorted[(len(sorted)-1)/2]
	m.Lowest, m.Highest = sorted[0].PerSecond, sorted[len(sorted)-1].PerSecond
	return m
}
