package bench

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// Report is what a run found.
type Report struct {
	Version string    `json:"version"`
	Command string    `json:"command"`
	At      time.Time `json:"at"`
	Machine Machine   `json:"machine"`
	Crypto  Crypto    `json:"crypto"`
	Results []Result  `json:"results"`
}

// Case is one way of submitting.
type Case struct {
	Validators int `json:"validators"` // processes on this machine
	// the engine over an application that does nothing: the ceiling. Else ledger, signatures and
	// seals
	Empty      bool `json:"empty"`
	Grouped    bool `json:"grouped"`    // records that wait share transactions; else one record a transaction
	Submitters int  `json:"submitters"` // spread over the validators
}

// String names the case in progress and errors.
func (c Case) String() string {
	return fmt.Sprintf("%d validators, %s, %d submitters", c.Validators, c.title(), c.Submitters)
}

// file is the case in a file's name.
func (c Case) file() string {
	how, what := "single", "ledger"
	if c.Grouped {
		how = "grouped"
	}
	if c.Empty {
		what = "empty"
	}
	return fmt.Sprintf("%d-%s-%s-%d", c.Validators, how, what, c.Submitters)
}

func (c Case) title() string {
	how, what := "one record a transaction", "signed and sealed"
	if c.Grouped {
		how = "grouped"
	}
	if c.Empty {
		what = "empty engine"
	}
	return how + ", " + what
}

// Result is a case's median round.
type Result struct {
	Case
	Records   int     `json:"records"` // committed within the measured time
	Seconds   float64 `json:"seconds"` // measured
	PerSecond float64 `json:"recordsPerSecond"`
	Lowest    float64 `json:"lowestRound"`  // records per second
	Highest   float64 `json:"highestRound"` // records per second
	P50       float64 `json:"p50Ms"`        // from submitting a record to its block being committed on disk
	P95       float64 `json:"p95Ms"`
	P99       float64 `json:"p99Ms"`
	// of all validators' processes together, submitters included; 0: unknown
	CPU     float64 `json:"cpuMicrosPerRecord"`
	OfEmpty float64 `json:"ofEmpty"` // share of the same case with the empty engine; 0 for that itself
	// SM2 signatures of a record that every validator must verify: the actor's, unless the actor is
	// the seal, and the record's part of the batch's one seal; 0 for the empty engine
	Checks float64 `json:"sm2ChecksPerRecord"`
	// CPU of those checks at every validator and of the empty engine, µs a record: what no ledger
	// can be below; 0 for the empty engine
	Floor float64 `json:"cpuFloorMicrosPerRecord"`
	// share of the records a second whose checks the cores could make if they did nothing else; 0
	// for the empty engine
	OfSM2Limit float64 `json:"ofSM2Limit"`
}

// errNothing is a case in which nobody's record was committed in time: there is no rate to compare
// with.
var errNothing = errors.New("bench: no record committed in the measured time: measure longer")

// newResult sums up what the validators' submitters saw.
func newResult(c Case, tallies []tally) (Result, error) {
	r := Result{Case: c}
	var latencies []time.Duration
	var cpu time.Duration
	var accepted, checks uint64
	for _, t := range tallies {
		cpu, accepted, checks = cpu+t.CPU, accepted+t.Accepted, checks+t.Checks
		if len(t.Latencies) == 0 || t.Measured <= 0 {
			continue // without submitters, or slower than the measured time
		}
		latencies = append(latencies, t.Latencies...)
		r.PerSecond += float64(len(t.Latencies)) / t.Measured.Seconds()
		r.Seconds = max(r.Seconds, t.Measured.Seconds())
	}
	if len(latencies) == 0 {
		return r, errNothing
	}
	slices.Sort(latencies)
	r.Records, r.CPU = len(latencies), float64(cpu.Microseconds())/float64(max(accepted, 1))
	r.Checks = float64(checks) / float64(max(accepted, 1))
	r.P50, r.P95, r.P99 = milliseconds(quantile(latencies, 0.5)), milliseconds(quantile(latencies, 0.95)),
		milliseconds(quantile(latencies, 0.99))
	return r, nil
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// relate computes the ratios.
func (r *Report) relate() {
	empty := map[Case]Result{}
	for _, x := range r.Results {
		empty[x.Case] = x
	}
	for i := range r.Results {
		x := &r.Results[i]
		if x.Empty {
			continue
		}
		ceiling := x.Case
		ceiling.Empty = true
		everywhere := x.Checks * float64(x.Validators)
		if x.CPU > 0 {
			x.Floor = everywhere*r.Crypto.CPU + empty[ceiling].CPU
		}
		x.OfEmpty, x.OfSM2Limit = x.PerSecond/empty[ceiling].PerSecond, x.PerSecond*everywhere/r.Crypto.SM2Verify
	}
}

// WriteJSON writes the report as one indented object.
func (r *Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// WriteText writes the report for people; the table is Markdown.
func (r *Report) WriteText(w io.Writer) error {
	var b strings.Builder
	m, c := r.Machine, r.Crypto
	fmt.Fprintf(&b, "hospital %s, %s\n", r.Version, r.At.UTC().Format(time.RFC3339))
	fmt.Fprintf(&b, "machine: %d cores, %s, %s, %s; %s, fsync of 4 KiB p50 %.2f ms, p99 %.2f ms\n", m.Cores, m.CPU,
		m.Platform, m.Go, m.FileSystem, m.SyncP50, m.SyncP99)
	if m.Memory {
		b.WriteString("WARNING: a file system in memory; a real disk is slower. Name one with --dir.\n")
	}
	if m.busy() {
		fmt.Fprintf(&b, "WARNING: the machine was busy before the run (load %.1f): the digits are too low.\n", m.Load)
	}
	fmt.Fprintf(&b,
		"signatures alone, all cores: SM2 verify %.0f/s (one core %.0f/s), P-256 verify %.0f/s (SM2 takes %.2f times as long), SM2 sign %.0f/s\n",
		c.SM2Verify, c.SM2VerifyOne, c.P256Verify, c.VerifyVsP256, c.SM2Sign)
	fmt.Fprintf(&b, "one SM2 check takes %.0f µs of CPU; the floor of a record is its checks at every validator "+
		"and the empty engine\n\n", c.CPU)
	t := tabwriter.NewWriter(&b, 0, 0, 1, ' ', 0)
	fmt.Fprintln(t,
		"| validators\t| case\t| submitters\t| records/s\t| lowest-highest round\t| p50 ms\t| p95 ms\t| p99 ms\t| CPU µs a record\t| floor µs\t| SM2 checks\t| of empty engine\t| of SM2 limit\t|")
	fmt.Fprintln(t, "|---:\t|---\t|---:\t|---:\t|---:\t|---:\t|---:\t|---:\t|---:\t|---:\t|---:\t|---:\t|")
	for _, x := range r.Results {
		fmt.Fprintf(t, "| %d\t| %s\t| %d\t| %.0f\t| %.0f-%.0f\t| %.1f\t| %.1f\t| %.1f\t| %.0f\t| %s\t| %s\t| %s\t| %s\t|\n",
			x.Validators, x.title(), x.Submitters, x.PerSecond, x.Lowest, x.Highest,
			x.P50, x.P95, x.P99, x.CPU, unless0("%.0f", x.Floor), unless0("%.2f", x.Checks), percent(x.OfEmpty),
			percent(x.OfSM2Limit))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(&b, "\nrepeat: %s\n", r.Command)
	_, err := io.WriteString(w, b.String())
	return err
}

func percent(share float64) string { return unless0("%.0f %%", share*100) }

func unless0(format string, x float64) string {
	if x == 0 {
		return ""
	}
	return fmt.Sprintf(format, x)
}
