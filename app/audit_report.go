package app

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/smart-hospital/hospital/payment"
)

// maxAuditFaults bounds the list; the others are only counted.
const maxAuditFaults = 1000

// AuditReport is what an audit found. It holds ids, rules and counts, no personal data.
type AuditReport struct {
	Chain string `json:"chain"`
	// first block replayed; what was before it is rebuilt from the node's records when it is above
	// 1
	From   int64 `json:"from"`
	Height int64 `json:"height"` // last block replayed
	// of the node's own ledger, which replays what it lacks at its next start
	Ledger    int64       `json:"ledgerHeight"`
	StateRoot string      `json:"stateRoot"`
	Counts    AuditCounts `json:"counts"`
	// SecurityHash is the hash of the security log's last line; it covers all lines before.
	SecurityHash string         `json:"securityHash"`
	Books        payment.Totals `json:"books"` // the hospital's
	// the sandbox bureau's, for settlements the hospital has finished
	Bureau     *payment.Totals `json:"bureau,omitempty"`
	FaultCount int             `json:"faultCount"`
	Faults     []AuditFault    `json:"faults"` // the first maxAuditFaults
}

// AuditFault is one thing that does not hold.
type AuditFault struct {
	Subject string `json:"subject"` // "rx:…", "pay:…", "cert:…", or where it is
	Rule    string `json:"rule"`    // stable name, such as "outbox.bytes"
	Detail  string `json:"detail"`
}

// AuditCounts is what was looked at.
type AuditCounts struct {
	Records         int `json:"records"`         // on the chain
	RecordsOfOthers int `json:"recordsOfOthers"` // of them, written by organisations that are not hosted here
	OutboxCommitted int `json:"outboxCommitted"` //
	OutboxPending   int `json:"outboxPending"`   // on their way to the chain; no fault
	// of them, on the chain already: the relay died before it noted so
	PendingOnChain int `json:"pendingOnChain"`
	// refused by the chain for good; a fault each, unless another application was faster
	OutboxDead         int `json:"outboxDead"`
	Certificates       int `json:"certificates"`       //
	Prescriptions      int `json:"prescriptions"`      // drafts included
	Drafts             int `json:"drafts"`             // not on the chain
	PrescriptionEvents int `json:"prescriptionEvents"` //
	TraceCodes         int `json:"traceCodes"`         //
	// steps of other applications that the next start takes over; no fault
	Behind           int   `json:"behind"`
	Settlements      int   `json:"settlements"`      //
	SettlementEvents int   `json:"settlementEvents"` //
	Unfinished       int   `json:"unfinished"`       // settlements the reconciler works on; no fault
	SecurityLines    int64 `json:"securityLines"`    // of the security log
	BureauOrders     int   `json:"bureauOrders"`     // of the sandbox bureau
}

// Clean tells whether nothing was found.
func (r *AuditReport) Clean() bool { return r.FaultCount == 0 }

func (r *AuditReport) fault(subject, rule, detail string) {
	r.FaultCount++
	if len(r.Faults) < maxAuditFaults {
		r.Faults = append(r.Faults, AuditFault{subject, rule, detail})
	}
}

// WriteJSON writes the report for machines.
func (r *AuditReport) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// WriteText writes the report for people: what was looked at, then a line for every fault.
func (r *AuditReport) WriteText(w io.Writer) error {
	c := r.Counts
	p := &printer{w: w}
	p.line("chain %s: %d blocks replayed, state root %s; ledger at %d", r.Chain, r.Height-r.From+1,
		r.StateRoot, r.Ledger)
	if r.From > 1 {
		p.line(
			"  the blocks below %d are thrown away: their records were executed again, and checked against the members' seals", r.From)
	}
	p.line("records       %8d on the chain (%d of organisations not hosted here)", c.Records, c.RecordsOfOthers)
	p.line("outbox        %8d committed, %d pending (%d of them on the chain already), %d dead", c.OutboxCommitted,
		c.OutboxPending, c.PendingOnChain, c.OutboxDead)
	p.line("certificates  %8d", c.Certificates)
	p.line("prescriptions %8d (%d drafts), %d events, %d trace codes, %d steps of others to be taken over",
		c.Prescriptions, c.Drafts, c.PrescriptionEvents, c.TraceCodes, c.Behind)
	p.line("settlements   %8d (%d unfinished), %d events", c.Settlements, c.Unfinished, c.SettlementEvents)
	p.books("our books", r.Books)
	if r.Bureau != nil {
		p.books("the bureau's", *r.Bureau)
	}
	p.line("security log  %8d lines, the last one %s", c.SecurityLines, r.SecurityHash)
	for _, f := range r.Faults {
		p.line("FAULT %s: %s: %s", f.Subject, f.Rule, f.Detail)
	}
	if more := r.FaultCount - len(r.Faults); more > 0 {
		p.line("… and %d faults more", more)
	}
	if r.Clean() {
		p.line("clean: nothing lost, nothing doubled, books balanced")
	} else {
		p.line("%d faults", r.FaultCount)
	}
	return p.err
}

type printer struct {
	w   io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

func (p *printer) books(whose string, t payment.Totals) {
	sum := func(x payment.Parts) string { return (x.Fund + x.Account + x.Cash).String() }
	p.line("%-13s %8d settled %s, %d refunded %s", whose, t.Settleds, sum(t.Settled), t.Refundeds, sum(t.Refunded))
}
