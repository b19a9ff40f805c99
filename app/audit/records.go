package audit

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/outbox"
)

// batch is how many ids are looked up at once.
const batch = 500

// outbox goes from the outbox to the chain.
func (w *Walk) outbox(ctx context.Context) error {
	return outbox.Each(ctx, w.DB.DB, w.entry)
}

func (w *Walk) entry(e outbox.Entry) error {
	r := w.Report
	switch e.State {
	case outbox.Committed:
		r.Count("outboxCommitted", 1)
	case outbox.Pending:
		r.Count("outboxPending", 1)
	case outbox.Dead:
		r.Count("outboxDead", 1)
		if w.overtaken(e) {
			break
		}
		r.Fault(e.Subject, "outbox.dead", fmt.Sprintf("record %s: the chain refused it: %s", e.ID, e.Code))
	default:
		r.Fault(e.Subject, "outbox.state", fmt.Sprintf("record %s: unknown state", e.ID))
	}
	rec, err := chain.ParseWaiting(e.Record)
	if err != nil {
		r.Fault(e.Subject, "outbox.bytes", fmt.Sprintf("record %s: cannot be read", e.ID))
	} else if st := rec.Statement; rec.ID() != e.ID || st.Subject != e.Subject || st.Kind != e.Kind ||
		st.Seq != e.Seq || !w.ownLane(st, e.Lane) {
		r.Fault(e.Subject, "outbox.columns", fmt.Sprintf("record %s: the columns say otherwise than the record", e.ID))
	}
	c, err := w.Chain.Record(e.ID)
	if errors.Is(err, chain.ErrNotFound) {
		if e.State == outbox.Committed {
			r.Fault(e.Subject, "outbox.lost", fmt.Sprintf("record %s: committed by the outbox, not on the chain", e.ID))
		}
		return nil
	}
	if err != nil {
		return err
	}
	if !rec.Became(c.Record) {
		r.Fault(e.Subject, "outbox.bytes", fmt.Sprintf("record %s: other bytes than on the chain", e.ID))
	}
	switch {
	case e.State == outbox.Pending:
		r.Count("pendingOnChain", 1)
	case e.State == outbox.Committed && (c.Height != e.Height || c.Time.UnixMilli() != e.CommittedAt.UnixMilli()):
		r.Fault(e.Subject, "outbox.place",
			fmt.Sprintf("record %s: at height %d on the chain, %d here", e.ID, c.Height, e.Height))
	}
	return nil
}

// overtaken tells a record that lost its place on the chain to another application's: the next
// start takes its step back.
func (w *Walk) overtaken(e outbox.Entry) bool {
	list, err := w.Chain.RecordsOf(e.Subject)
	if err != nil || e.Code != chain.CodeSequence || e.Seq == 0 || uint64(len(list)) < e.Seq {
		return false
	}
	ours, err := w.hosted(list[e.Seq-1].Record.Statement.Org)
	return err == nil && !ours
}

// ownLane: a subject's records are in its own lane, or in one that its room names.
func (w *Walk) ownLane(st chain.Statement, lane string) bool {
	return st.Subject == lane || slices.ContainsFunc(w.parts, func(p Part) bool {
		return p.Lanes != "" && strings.HasPrefix(st.Subject, p.Subjects) && strings.HasPrefix(lane, p.Lanes)
	})
}

// sayRecords shows what every room has in common.
func (w *Walk) sayRecords() {
	for _, name := range []string{"records", "recordsOfOthers", "outboxCommitted", "outboxPending", "pendingOnChain",
		"outboxDead", "behind"} {
		w.Report.Count(name, 0)
	}
	c := w.Report.Counts
	w.Report.Say("records       %8d on the chain (%d of organisations not hosted here)", c["records"],
		c["recordsOfOthers"])
	w.Report.Say("outbox        %8d committed, %d pending (%d of them on the chain already), %d dead",
		c["outboxCommitted"], c["outboxPending"], c["pendingOnChain"], c["outboxDead"])
}

// records goes from the chain to the outbox. A record of an organisation that is not hosted here
// was never in it.
func (w *Walk) records(ctx context.Context) error {
	lost := func(c chain.Committed) {
		w.Report.Fault(c.Record.Statement.Subject, "outbox.missing",
			fmt.Sprintf("record %s: on the chain at height %d, not in the outbox", c.ID, c.Height))
	}
	here := newLookup(lost, func(ids []string) ([]string, error) { return outbox.Absent(w.DB.WithContext(ctx), ids) })
	next := uint64(0)
	err := w.Chain.EachRecord(ctx, func(c chain.Committed) error {
		w.Report.Count("records", 1)
		if first, err := w.Chain.Record(c.ID); err != nil || first.Index != next || c.Index != next {
			w.Report.Fault(c.Record.Statement.Subject, "chain.doubled",
				fmt.Sprintf("record %s: not once at index %d", c.ID, next))
		}
		next++
		if prefix, _, _ := strings.Cut(c.Record.Statement.Subject, ":"); Roomless[prefix+":"].Operators {
			return nil // handed to the node directly
		}
		ours, err := w.hosted(c.Record.Statement.Org)
		if err != nil {
			return err
		}
		if !ours {
			w.Report.Count("recordsOfOthers", 1)
			return nil
		}
		return here.add(c.ID, c)
	})
	return errors.Join(err, here.flush())
}

// subjects goes from the chain's states to the rows they should have.
func (w *Walk) subjects(ctx context.Context) error {
	lost := func(s chain.SubjectState) {
		w.Report.Fault(s.Subject, "database.missing", fmt.Sprintf("%s on the chain, not in the database", s.Status))
	}
	batches := map[string]*lookup[chain.SubjectState]{}
	for _, p := range w.parts {
		if p.Absent != nil {
			batches[p.Subjects] = newLookup(lost,
				func(ids []string) ([]string, error) { return p.Absent(w.DB.WithContext(ctx), ids) })
		}
	}
	err := w.Chain.EachSubject(ctx, func(s chain.SubjectState) error {
		ours, err := w.hosted(s.Org)
		if err != nil || !ours {
			return err
		}
		prefix, id, _ := strings.Cut(s.Subject, ":")
		if home := batches[prefix+":"]; home != nil {
			return home.add(id, s)
		}
		if why := strayed(prefix + ":"); why != "" {
			w.Report.Fault(s.Subject, "chain.subject", why)
		}
		return nil
	})
	errs := []error{err}
	for _, b := range batches {
		errs = append(errs, b.flush())
	}
	return errors.Join(errs...)
}

// lookup gathers ids and asks for many at once which of them a table lacks.
type lookup[T any] struct {
	ids    []string
	of     map[string]T
	absent func(ids []string) ([]string, error)
	lost   func(T)
}

func newLookup[T any](lost func(T), absent func([]string) ([]string, error)) *lookup[T] {
	return &lookup[T]{of: map[string]T{}, absent: absent, lost: lost}
}

func (l *lookup[T]) add(id string, of T) error {
	l.ids = append(l.ids, id)
	l.of[id] = of
	if len(l.ids) < batch {
		return nil
	}
	return l.flush()
}

func (l *lookup[T]) flush() error {
	absent, err := l.absent(l.ids)
	for _, id := range absent {
		l.lost(l.of[id])
	}
	l.ids = l.ids[:0]
	clear(l.of)
	return err
}
