// Package prescriptions is what the application adds to the prescription's own floor: the rows held
// against the chain.
package prescriptions

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/smart-hospital/hospital/app/audit"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/prescription"
	rxaudit "github.com/smart-hospital/hospital/prescription/audit"
	prescriptionstore "github.com/smart-hospital/hospital/prescription/gormstore"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

// auditing is an audit of this room's rows.
type auditing struct{ *audit.Walk }

// Compare holds every prescription, its events and its trace codes against the chain, and the
// pharmacies' stock against its movements and against what claimed prescriptions reserve.
func Compare(ctx context.Context, w *audit.Walk) error {
	a, shelf := auditing{w}, prescriptionstore.New(w.Box)
	r := w.Report
	for _, name := range []string{"prescriptions", "drafts", "prescriptionEvents", "traceCodes"} {
		r.Count(name, 0)
	}
	if err := a.prescriptions(ctx, shelf); err != nil {
		return err
	}
	c := r.Counts
	r.Say("prescriptions %8d (%d drafts), %d events, %d trace codes, %d steps of others to be taken over",
		c["prescriptions"], c["drafts"], c["prescriptionEvents"], c["traceCodes"], c["behind"])
	faults, err := shelf.StockFaults(ctx, w.DB.DB)
	for _, f := range faults {
		r.Fault("stock", "stock.balance", f)
	}
	return err
}

func (a auditing) prescriptions(ctx context.Context, shelf *prescriptionstore.Store) error {
	return shelf.Each(ctx, a.DB.DB, func(page []prescriptionstore.Stored) error {
		subjects := make([]string, len(page))
		for i, p := range page {
			subjects[i] = prescription.ID(p.ID).Subject()
		}
		want, err := a.Expect(ctx, subjects)
		if err != nil {
			return err
		}
		for i, p := range page {
			if err := a.prescription(p, want[subjects[i]]); err != nil {
				return err
			}
		}
		return nil
	})
}

func (a auditing) prescription(p prescriptionstore.Stored, want audit.Expected) error {
	a.Report.Count("prescriptions", 1)
	a.Report.Count("prescriptionEvents", len(p.Events))
	a.Report.Count("traceCodes", len(p.Tags))
	if p.Err == nil && p.State.LastRecord != want.Last {
		known := make([]string, len(p.Events))
		for i, e := range p.Events {
			known[i] = e.Record
		}
		var err error
		if want, err = a.AsFarAs(want, known); err != nil {
			return err
		}
	}
	records, err := a.prescriptionEvents(p, want)
	if err != nil {
		return err
	}
	a.tags(p, want.Subject, records)
	a.Same(p.Err == nil, want.Subject, "prescription.sealed",
		"the row is missing, does not open, or is not what any sequence of steps makes")
	if p.Err == nil {
		a.prescriptionRow(p, want)
	}
	return nil
}

func (a auditing) prescriptionRow(p prescriptionstore.Stored, want audit.Expected) {
	for _, column := range p.Columns {
		a.Report.Fault(want.Subject, "prescription.column", column+" differs from the sealed state")
	}
	if p.State.Status == prescription.Draft {
		a.Report.Count("drafts", 1)
	}
	a.prescriptionState(p.State, want)
}

// prescriptionState compares where it stands, field by field with the ledger's state.
func (a auditing) prescriptionState(s lifecycle.State, want audit.Expected) {
	status, holder, ref, expires := chain.Status(s.Status), "", "", int64(0)
	if s.Status == prescription.Draft {
		status = chain.StatusNone
	}
	if s.Claim != nil {
		holder = s.Claim.Pharmacy
	}
	if s.Settlement != "" {
		ref = chain.SubjectPay + s.Settlement
	}
	if !s.ExpiresAt.IsZero() {
		expires = s.ExpiresAt.UnixMilli()
	}
	a.Same(status == want.Status, want.Subject, "prescription.status",
		fmt.Sprintf("%q in the database, %q by the chain", status, want.Status))
	a.Same(s.Seq == want.Seq, want.Subject, "prescription.sequence",
		fmt.Sprintf("%d in the database, %d by the chain", s.Seq, want.Seq))
	a.Same(s.LastRecord == want.Last, want.Subject, "prescription.last", "another last record than the chain's")
	a.Same(expires == want.Expires, want.Subject, "prescription.expiry", "another end of validity than the chain's")
	a.Same(holder == want.Holder, want.Subject, "prescription.holder", "another holder than the chain's")
	a.Same(ref == want.Ref, want.Subject, "prescription.settlement", "another settlement than the chain's")
	if want.Seq > 0 {
		a.Same(s.Hospital == want.Org, want.Subject, "prescription.hospital", "another hospital than the chain's")
	}
}

func (a auditing) prescriptionEvents(p prescriptionstore.Stored, want audit.Expected) ([]*chain.Record, error) {
	steps, readable := make([]audit.Step, len(p.Events)), make([]lifecycle.Event, 0, len(p.Events))
	for i, e := range p.Events {
		steps[i] = audit.Step{Record: e.Record, Seq: e.Seq, Kind: e.Kind, At: e.At, Document: e.Document,
			Salt: e.Salt, Err: e.Err}
		if e.Err == nil {
			readable = append(readable, e.Event)
		}
	}
	count := p.State.Seq
	if p.Err != nil {
		count = want.Seq
	}
	records, err := a.Steps(want, count, steps)
	if err != nil {
		return nil, err
	}
	previous := ""
	for i, e := range p.Events {
		if err := a.signedBy(want.Subject, e, previous, records[i]); err != nil {
			return nil, err
		}
		previous = e.Record
	}
	if p.Err == nil {
		for _, field := range rxaudit.Differences(p.State, readable) {
			a.Report.Fault(want.Subject, "prescription.document", field+" is not as in the signed document")
		}
	}
	return records, nil
}

// signedBy checks an event's plain columns that its record proves: who, for whom, after what.
func (a auditing) signedBy(subject string, e prescriptionstore.StoredEvent, previous string, rec *chain.Record) error {
	if rec == nil {
		return nil
	}
	person, err := a.Signer(rec.Statement)
	if err != nil {
		return err
	}
	t, _ := chain.TransitionOf(e.Kind)
	if e.Org != rec.Statement.Org || e.Person != person || e.Previous != previous ||
		!t.AllowsActor(e.Role, chain.Newest) {
		a.Report.Fault(subject, "event.columns",
			fmt.Sprintf("record %s: signer, role, organisation or predecessor are not the record's", e.Record))
	}
	return nil
}

// tags compares the packages handed out with those the chain counts as used.
func (a auditing) tags(p prescriptionstore.Stored, subject string, records []*chain.Record) {
	var onChain, stored []string
	for _, rec := range records {
		if rec != nil {
			for _, t := range rec.Statement.Facts.Tags {
				onChain = append(onChain, rec.ID()+"/"+t)
			}
		}
	}
	for _, t := range p.Tags {
		stored = append(stored, t.Record+"/"+t.Tag)
	}
	slices.Sort(onChain)
	slices.Sort(stored)
	if unique := slices.Compact(slices.Clone(stored)); len(unique) != len(stored) {
		a.Report.Fault(subject, "trace.doubled", "a trace code is stored twice")
	}
	for _, t := range without(onChain, stored) {
		a.Report.Fault(subject, "trace.missing",
			"record "+record(t)+": a dispensed package's tag is not in the database")
	}
	for _, t := range without(stored, onChain) {
		a.Report.Fault(subject, "trace.unknown",
			"record "+record(t)+": a tag in the database that the chain does not have there")
	}
}

func record(tag string) string { id, _, _ := strings.Cut(tag, "/"); return id }

// without returns what the first list has and the second has not; both are sorted.
func without(list, other []string) (out []string) {
	for _, s := range list {
		if _, found := slices.BinarySearch(other, s); !found {
			out = append(out, s)
		}
	}
	return out
}
