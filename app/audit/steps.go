package audit

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/outbox"
)

// Expected is where a subject stands by the chain and by what the outbox still takes there.
type Expected struct {
	chain.SubjectState
	records map[string]chain.Record // not on the chain yet, by id
}

// Expect returns it for each of the subjects.
func (w *Walk) Expect(ctx context.Context, subjects []string) (map[string]Expected, error) {
	entries, err := outbox.Unsettled(w.DB.WithContext(ctx), subjects)
	if err != nil {
		return nil, err
	}
	out := make(map[string]Expected, len(subjects))
	for _, s := range subjects {
		state, err := w.Chain.Subject(s)
		if errors.Is(err, chain.ErrNotFound) {
			state, err = chain.SubjectState{Subject: s}, nil
		}
		if err != nil {
			return nil, err
		}
		out[s] = Expected{state, map[string]chain.Record{}}
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
			w.Report.Fault(e.Subject, "outbox.order", fmt.Sprintf("record %s: %v", e.ID, err))
		}
		out[e.Subject] = was
	}
	return out, nil
}

// AsFarAs is where the database should stand when it has not looked yet at what other applications
// wrote last, which the next start does: the chain up to the steps known here, and after them what
// is on its way there. A step of ours beyond those, on the chain, is left as it is: a fault.
func (w *Walk) AsFarAs(want Expected, known []string) (Expected, error) {
	list, err := w.Chain.RecordsOf(want.Subject)
	if err != nil {
		return want, err
	}
	met := 0
	for met < len(list) && met < len(known) && list[met].ID == known[met] {
		met++
	}
	for _, c := range list[met:] {
		if ours, err := w.hosted(c.Record.Statement.Org); err != nil || ours {
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
	w.Report.Count("behind", len(list)-met)
	return Expected{state, want.records}, nil
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
func (w *Walk) record(id string, want Expected) (*chain.Record, error) {
	if rec, ok := want.records[id]; ok {
		return &rec, nil
	}
	c, err := w.Chain.Record(id)
	if errors.Is(err, chain.ErrNotFound) {
		return nil, nil
	}
	return &c.Record, err
}

// Step is an event of any room.
type Step struct {
	Record         string
	Seq            uint64
	Kind           chain.Kind
	At             time.Time // of the statement; zero where the room does not keep it
	Document, Salt []byte
	Err            error // why the document cannot be read
}

// Steps holds a subject's events against their records: none missing, none doubled, each opening
// its record's digest.
func (w *Walk) Steps(want Expected, count uint64, steps []Step) ([]*chain.Record, error) {
	fault := func(rule, format string, args ...any) {
		w.Report.Fault(want.Subject, rule, fmt.Sprintf(format, args...))
	}
	if uint64(len(steps)) != count {
		fault("event.count", "%d events, its sequence is %d", len(steps), count)
	}
	records := make([]*chain.Record, len(steps))
	seen := map[string]bool{}
	for i, s := range steps {
		if s.Seq != uint64(i)+1 {
			fault("event.sequence", "event %d has sequence %d", i+1, s.Seq)
		}
		if seen[s.Record] {
			fault("event.doubled", "record %s has two events", s.Record)
		}
		seen[s.Record] = true
		rec, err := w.record(s.Record, want)
		if err != nil {
			return nil, err
		}
		if records[i] = rec; rec == nil {
			fault("event.record", "record %s is neither on the chain nor on its way", s.Record)
			continue
		}
		if err := w.step(want.Subject, s, rec.Statement); err != nil {
			return nil, err
		}
	}
	return records, nil
}

func (w *Walk) step(subject string, s Step, st chain.Statement) error {
	if st.Subject != subject || st.Seq != s.Seq || st.Kind != s.Kind ||
		(!s.At.IsZero() && st.Time != s.At.UnixMilli()) {
		w.Report.Fault(subject, "event.statement",
			fmt.Sprintf("record %s: the event says otherwise than its record", s.Record))
	}
	switch elsewhere, err := w.elsewhere(s, st); {
	case err != nil:
		return err
	case elsewhere: // nothing to compare
	case s.Err != nil:
		w.Report.Fault(subject, "event.sealed", fmt.Sprintf("record %s: the stored document does not open", s.Record))
	case st.VerifyDocument(s.Salt, s.Document) != nil:
		w.Report.Fault(subject, "event.document",
			fmt.Sprintf("record %s: the stored document is not the one signed", s.Record))
	}
	return nil
}

// elsewhere tells a step that another application wrote, which keeps the document. A subject's
// first one comes here with its document, or not at all.
func (w *Walk) elsewhere(s Step, st chain.Statement) (bool, error) {
	ours, err := w.hosted(st.Org)
	return !ours && s.Err == nil && len(s.Document)+len(s.Salt) == 0 && st.Seq > 1, err
}

// Signer returns the enrolled person of a statement's actor; "" for an organisation's seal.
func (w *Walk) Signer(st chain.Statement) (string, error) {
	s, err := w.Chain.Subject(chain.SubjectCert + st.Actor)
	if errors.Is(err, chain.ErrNotFound) {
		return "", nil
	}
	return s.Person, err
}
