package app

import (
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/outbox"
)

// expected is where a subject stands by the chain and by what the outbox still takes there.
type expected struct {
	chain.SubjectState
	records map[string]chain.Record // not on the chain yet, by id
}

// expect returns it for each of the subjects.
func (a *auditor) expect(db *gorm.DB, subjects []string) (map[string]expected, error) {
	entries, err := outbox.Unsettled(db, subjects)
	if err != nil {
		return nil, err
	}
	out := make(map[string]expected, len(subjects))
	for _, s := range subjects {
		state, err := a.chain.Subject(s)
		if errors.Is(err, chain.ErrNotFound) {
			state, err = chain.SubjectState{Subject: s}, nil
		}
		if err != nil {
			return nil, err
		}
		out[s] = expected{state, map[string]chain.Record{}}
	}
	for _, e := range entries {
		rec, err := chain.ParseWaiting(e.Record)
		if err != nil {
			continue // the outbox's own check has named it
		}
		was := out[e.Subject]
		was.records[e.ID] = rec
		if rec.Statement.Seq <= was.Seq {
			continue // on the chain already, or a fault of the outbox
		}
		if was.SubjectState, err = after(was.SubjectState, rec); err != nil {
			a.report.fault(e.Subject, "outbox.order", fmt.Sprintf("record %s: %v", e.ID, err))
		}
		out[e.Subject] = was
	}
	return out, nil
}

// asFarAs is where the database should stand when it has not looked yet at what other applications
// wrote last, which the next start does: the chain up to the steps known here, and after them what
// is on its way there. A step of ours beyond those, on the chain, is left as it is: a fault.
func (a *auditor) asFarAs(want expected, known []string) (expected, error) {
	list, err := a.chain.RecordsOf(want.Subject)
	if err != nil {
		return want, err
	}
	met := 0
	for met < len(list) && met < len(known) && list[met].ID == known[met] {
		met++
	}
	for _, c := range list[met:] {
		if ours, err := a.hosted(c.Record.Statement.Org); err != nil || ours {
			return want, err
		}
	}
	state := chain.SubjectState{Subject: want.Subject}
	fits := true
	step := func(rec chain.Record) {
		next, err := after(state, rec)
		state, fits = next, fits && err == nil
	}
	for _, c := range list[:met] {
		step(c.Record)
	}
	for _, id := range known[met:] {
		rec, waits := want.records[id]
		fits = fits && waits
		step(rec)
	}
	if !fits {
		return want, nil
	}
	a.report.Counts.Behind += len(list) - met
	return expected{state, want.records}, nil
}

// after is the state after one record more, as the ledger will have it but for who signed the
// first.
func after(s chain.SubjectState, rec chain.Record) (chain.SubjectState, error) {
	st := rec.Statement
	t, known := chain.TransitionOf(st.Kind)
	if !known || st.Seq != s.Seq+1 || !t.AllowsFrom(s.Status, chain.Newest) {
		return s, fmt.Errorf("%s #%d cannot follow #%d", st.Kind, st.Seq, s.Seq)
	}
	return chain.Advance(s, st, rec.ID(), s.Person), nil
}

// record finds a record on the chain or on its way there.
func (a *auditor) record(id string, want expected) (*chain.Record, error) {
	if rec, ok := want.records[id]; ok {
		return &rec, nil
	}
	c, err := a.chain.Record(id)
	if errors.Is(err, chain.ErrNotFound) {
		return nil, nil
	}
	return &c.Record, err
}

// auditedStep is an event of any room.
type auditedStep struct {
	record         string
	seq            uint64
	kind           chain.Kind
	at             time.Time // of the statement; zero where the room does not keep it
	document, salt []byte
	err            error // why the document cannot be read
}

// steps holds a subject's events against their records: none missing, none doubled, each opening
// its record's digest.
func (a *auditor) steps(want expected, count uint64, steps []auditedStep) ([]*chain.Record, error) {
	fault := func(rule, format string, args ...any) {
		a.report.fault(want.Subject, rule, fmt.Sprintf(format, args...))
	}
	if uint64(len(steps)) != count {
		fault("event.count", "%d events, its sequence is %d", len(steps), count)
	}
	records := make([]*chain.Record, len(steps))
	seen := map[string]bool{}
	for i, s := range steps {
		if s.seq != uint64(i)+1 {
			fault("event.sequence", "event %d has sequence %d", i+1, s.seq)
		}
		if seen[s.record] {
			fault("event.doubled", "record %s has two events", s.record)
		}
		seen[s.record] = true
		rec, err := a.record(s.record, want)
		if err != nil {
			return nil, err
		}
		if records[i] = rec; rec == nil {
			fault("event.record", "record %s is neither on the chain nor on its way", s.record)
			continue
		}
		if err := a.step(want.Subject, s, rec.Statement); err != nil {
			return nil, err
		}
	}
	return records, nil
}

func (a *auditor) step(subject string, s auditedStep, st chain.Statement) error {
	if st.Subject != subject || st.Seq != s.seq || st.Kind != s.kind ||
		(!s.at.IsZero() && st.Time != s.at.UnixMilli()) {
		a.report.fault(subject, "event.statement",
			fmt.Sprintf("record %s: the event says otherwise than its record", s.record))
	}
	switch elsewhere, err := a.elsewhere(s, st); {
	case err != nil:
		return err
	case elsewhere: // nothing to compare
	case s.err != nil:
		a.report.fault(subject, "event.sealed", fmt.Sprintf("record %s: the stored document does not open", s.record))
	case st.VerifyDocument(s.salt, s.document) != nil:
		a.report.fault(subject, "event.document",
			fmt.Sprintf("record %s: the stored document is not the one signed", s.record))
	}
	return nil
}

// elsewhere tells a step that another application wrote, which keeps the document.
func (a *auditor) elsewhere(s auditedStep, st chain.Statement) (bool, error) {
	ours, err := a.hosted(st.Org)
	return !ours && s.err == nil && len(s.document)+len(s.salt) == 0 && st.Kind != chain.KindIssue, err
}

// signer returns the enrolled person of a statement's actor; "" for an organisation's seal.
func (a *auditor) signer(st chain.Statement) (string, error) {
	s, err := a.chain.Subject(chain.SubjectCert + st.Actor)
	if errors.Is(err, chain.ErrNotFound) {
		return "", nil
	}
	return s.Person, err
}

// same reports a fault when two values that must be equal are not; values are never printed.
func (a *auditor) same(equal bool, subject, rule, what string) {
	if !equal {
		a.report.fault(subject, rule, what)
	}
}
