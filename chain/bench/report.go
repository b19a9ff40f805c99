package bench

import (
	"encoding/json"
	"fmt"
	"io"
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
	Signed     bool `json:"signed"`  // two SM2 signatures a record verified, every state root sealed; else neither: the ceiling
	Grouped    bool `json:"grouped"` // records that wait share transactions; else one record a transaction
	Submitters int  `json:"submitters"`
}

// String names the case in progress and errors.
func (c Case) String() string { return fmt.Sprintf("%s, %d submitters", c.title(), c.Submitters) }

func (c Case) title() string {
	how, what := "one record a transaction", "signed and sealed"
	if c.Grouped {
		how = "grouped"
	}
	if !c.Signed {
		what = "no signatures (ceiling)"
	}
	return how + ", " + what
}

// Result is a case's median round.
type Result struct {
	Case
	Records    int     `json:"records"` // committed within the measured time
	Seconds    float64 `json:"seconds"` // measured
	PerSecond  float64 `json:"recordsPerSecond"`
	Lowest     float64 `json:"lowestRound"`  // records per second
	Highest    float64 `json:"highestRound"` // records per second
	P50        float64 `json:"p50Ms"`        // from submitting a record to its block being committed on disk
	P95        float64 `json:"p95Ms"`
	P99        float64 `json:"p99Ms"`
	OfCeiling  float64 `json:"ofCeiling"`  // share of the same case without signatures; 0 for that itself
	OfSM2Limit float64 `json:"ofSM2Limit"` // share of Crypto.RecordLimit; 0 without signatures
}

func newResult(c Case, t tally) Result {
	seconds := t.measured.Seconds()
	return Result{
		Case: c, Records: len(t.latencies), Seconds: seconds, PerSecond: float64(len(t.latencies)) / seconds,
		P50: milliseconds(quantile(t.latencies, 0.5)), P95: milliseconds(quantile(t.latencies, 0.95)), P99: milliseconds(quantile(t.latencies, 0.99)),
	}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// relate computes the ratios.
func (r *Report) relate() {
	ceiling := map[Case]float64{}
	for _, x := range r.Results {
		ceiling[x.Case] = x.PerSecond
	}
	for i := range r.Results {
		x := &r.Results[i]
		if !x.Signed {
			continue
		}
		unsigned := x.Case
		unsigned.Signed = false
		x.OfCeiling, x.OfSM2Limit = x.PerSecond/ceiling[unsigned], x.PerSecond/r.Crypto.RecordLimit
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
	fmt.Fprintf(&b, "machine: %d cores, %s, %s, %s; %s, fsync of 4 KiB p50 %.2f ms, p99 %.2f ms\n", m.Cores, m.CPU, m.Platform, m.Go, m.FileSystem, m.SyncP50, m.SyncP99)
	if m.Memory {
		b.WriteString("WARNING: a file system in memory; a real disk is slower. Name one with --dir.\n")
	}
	if m.busy() {
		fmt.Fprintf(&b, "WARNING: the machine was busy before the run (load %.1f): the digits are too low.\n", m.Load)
	}
	fmt.Fprintf(&b, "signatures alone, all cores: SM2 verify %.0f/s (one core %.0f/s), P-256 verify %.0f/s (SM2 takes %.2f times as long), SM2 sign %.0f/s\n",
		c.SM2Verify, c.SM2VerifyOne, c.P256Verify, c.VerifyVsP256, c.SM2Sign)
	fmt.Fprintf(&b, "limit by SM2 alone: %.0f records/s, %d signatures a record\n\n", c.RecordLimit, c.SignaturesPer)
	t := tabwriter.NewWriter(&b, 0, 0, 1, ' ', 0)
	fmt.Fprintln(t, "| case\t| submitters\t| records/s\t| lowest-highest round\t| p50 ms\t| p95 ms\t| p99 ms\t| of ceiling\t| of SM2 limit\t|")
	fmt.Fprintln(t, "|---\t|---:\t|---:\t|---:\t|---:\t|---:\t|---:\t|---:\t|---:\t|")
	for _, x := range r.Results {
		fmt.Fprintf(t, "| %s\t| %d\t| %.0f\t| %.0f-%.0f\t| %.1f\t| %.1f\t| %.1f\t| %s\t| %s\t|\n", x.title(), x.Submitters, x.PerSecond, x.Lowest, x.Highest,
			x.P50, x.P95, x.P99, percent(x.OfCeiling), percent(x.OfSM2Limit))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(&b, "\nrepeat: %s\n", r.Command)
	_, err := io.WriteString(w, b.String())
	return err
}

func percent(share float64) string {
	if share == 0 {
		return ""
	}
	return fmt.Sprintf("%.0f %%", share*100)
}
