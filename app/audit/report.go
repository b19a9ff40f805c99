package audit

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/smart-hospital/hospital/payment/bureau"
)

// maxFaults bounds the list; the others are only counted.
const maxFaults = 1000

// Report is what an audit found. It holds ids, rules and counts, no personal data.
type Report struct {
	Chain string `json:"chain"`
	// first block replayed; what was before it is rebuilt from the node's records when it is above
	// 1
	From   int64 `json:"from"`
	Height int64 `json:"height"` // last block replayed
	// of the node's own ledger, which replays what it lacks at its next start
	Ledger    int64          `json:"ledgerHeight"`
	StateRoot string         `json:"stateRoot"`
	Counts    map[string]int `json:"counts"` // of what was looked at, by names that do not change
	// SecurityHash is the hash of the security log's last line; it covers all lines before.
	SecurityHash string        `json:"securityHash"`
	Books        bureau.Totals `json:"books"` // the hospital's
	// the sandbox bureau's, for settlements the hospital has finished
	Bureau     *bureau.Totals `json:"bureau,omitempty"`
	FaultCount int            `json:"faultCount"`
	Faults     []Fault        `json:"faults"` // the first maxFaults

	text []string // what was looked at, for people
}

// NewReport is one without faults.
func NewReport() *Report { return &Report{Counts: map[string]int{}, Faults: []Fault{}} }

// Count adds to a count; 0 shows one of which there was nothing yet.
func (r *Report) Count(name string, n int) { r.Counts[name] += n }

// Say adds a line for people: what was looked at.
func (r *Report) Say(format string, args ...any) {
	r.text = append(r.text, fmt.Sprintf(format, args...))
}

// Fault is one thing that does not hold.
type Fault struct {
	Subject string `json:"subject"` // "rx:…", "pay:…", "cert:…", or where it is
	Rule    string `json:"rule"`    // stable name, such as "outbox.bytes"
	Detail  string `json:"detail"`
}

// Clean tells whether nothing was found.
func (r *Report) Clean() bool { return r.FaultCount == 0 }

// Fault notes one; beyond maxFaults they are only counted.
func (r *Report) Fault(subject, rule, detail string) {
	r.FaultCount++
	if len(r.Faults) < maxFaults {
		r.Faults = append(r.Faults, Fault{subject, rule, detail})
	}
}

// WriteJSON writes the report for machines.
func (r *Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// WriteText writes the report for people: what was looked at, then a line for every fault.
func (r *Report) WriteText(w io.Writer) error {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("chain %s: %d blocks replayed, state root %s; ledger at %d", r.Chain, r.Height-r.From+1,
		r.StateRoot, r.Ledger)
	if r.From > 1 {
		line(
			"  the blocks below %d are thrown away: their records were executed again, and checked against the members' seals", r.From)
	}
	for _, said := range r.text {
		line("%s", said)
	}
	for _, f := range r.Faults {
		line("FAULT %s: %s: %s", f.Subject, f.Rule, f.Detail)
	}
	if more := r.FaultCount - len(r.Faults); more > 0 {
		line("… and %d faults more", more)
	}
	if r.Clean() {
		line("clean: nothing lost, nothing doubled, books balanced")
	} else {
		line("%d faults", r.FaultCount)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
