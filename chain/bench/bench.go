// Package bench measures the chain on the machine it runs on: records committed per second and
// their latencies through real nodes, ledger rules and signatures, beside what bounds them: as many
// nodes of the same engine over an application that does nothing, and SM2 without an engine.
// Everything comes out of one run, so that the ratios hold even where the digits do not. Every
// validator is a process of its own, the single one too, so that like is compared with like.
//
// It promises legal traffic only (every record passes the ledger's rules, or the run fails), that
// what it counts all nodes count too, with one state root, and that its folder is gone afterwards,
// unless the process is killed. It does not measure the database, HTTP or a network between
// machines.
package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/smart-hospital/hospital/chain"
)

// Limits of a run: it ends in bounded time and needs bounded memory and disk.
const (
	MaxSeconds    = 60   // of one case in one round
	MaxSubmitters = 1024 // half of what a node lets wait for a block
	MaxLoads      = 8    // different numbers of submitters
	MaxValidators = 7
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
	Validators []int         // numbers of validators, each number a chain of its own
	Validator  []string      // command that runs a validator's process: Validate over standard input and output
	Profile    string        // folder for every validator's CPU profile of every case; empty: none
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
	if len(o.Validators) < 1 || len(o.Validators) > MaxValidators {
		return fmt.Errorf("%w: validators: 1 to %d numbers", ErrOptions, MaxValidators)
	}
	for _, n := range o.Validators {
		if n < 1 || n > MaxValidators {
			return fmt.Errorf("%w: validators: each 1 to %d", ErrOptions, MaxValidators)
		}
	}
	if len(o.Validator) == 0 {
		return fmt.Errorf("%w: validator: the command must be named", ErrOptions)
	}
	return nil
}

// Run measures everything. It ends early with ctx's error. The machine should have nothing else to
// do.
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
	r := &run{Options: o, dir: dir, results: map[Case][]Result{}}
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
	dir     string
	ward    *ward
	stock   stock
	results map[Case][]Result
	report  Report
}

// rounds measures every case once a round: a disturbance of some seconds spoils one round of some
// cases, not a case.
func (r *run) rounds(ctx context.Context) error {
	cases := r.cases()
	for round := range r.Rounds {
		limit := 0.0
		for _, c := range cases { // an empty one, then the same with the ledger: the ceiling bounds the stock to sign
			if c.Empty {
				limit = r.limit(c)
			}
			result, err := r.measure(ctx, c, limit)
			if err != nil {
				return fmt.Errorf("%s: %w", c, err)
			}
			r.results[c] = append(r.results[c], result)
			limit = limit * result.PerSecond / (limit + result.PerSecond) // both want the same cores
			fmt.Fprintf(r.Progress, "round %d of %d, %s: %.0f records/s\n", round+1, r.Rounds, c, result.PerSecond)
		}
	}
	for _, empty := range []bool{false, true} {
		for _, c := range cases {
			if c.Empty == empty {
				r.report.Results = append(r.report.Results, median(r.results[c]))
			}
		}
	}
	r.report.relate()
	return nil
}

func (r *run) cases() (cases []Case) {
	for _, validators := range r.Validators {
		for _, grouped := range []bool{false, true} {
			for _, submitters := range r.Submitters {
				for _, empty := range []bool{true, false} {
					cases = append(cases, Case{Validators: validators, Empty: empty, Grouped: grouped,
						Submitters: submitters})
				}
			}
		}
	}
	return cases
}

// limit is how many records a second SM2 alone allows: every validator verifies every signature, on
// the same cores.
func (r *run) limit(c Case) float64 {
	return r.report.Crypto.SM2Verify / fewestChecks(c.Grouped) / float64(c.Validators)
}

// fewestChecks is how many signatures of a record a validator must verify: the actor's where the
// actor is not the seal, and its part of the seal, which stands once under a batch.
func fewestChecks(grouped bool) float64 {
	actors, batch := 0, 1
	for _, s := range steps {
		if s.role != chain.RoleSeal {
			actors++
		}
	}
	if grouped {
		batch = chain.MaxBatchRecords
	}
	return float64(actors)/float64(len(steps)) + 1/float64(batch)
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
