package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/outbox"
)

// auditBatch is how many ids are looked up at once.
const auditBatch = 500

// published: the list that strangers verify receipts with is the one in force.
func (a *auditor) published(context.Context) error {
	text, err := os.ReadFile(a.path(membersFile))
	if err != nil || !bytes.Equal(bytes.TrimSpace(text), a.members.Bytes()) {
		a.report.fault("members", "members.published", membersFile+" is not the members' list of the genesis")
	}
	return nil
}

// outboxEntries goes from the outbox to the chain.
func (a *auditor) outboxEntries(ctx context.Context) error {
	return outbox.Each(ctx, a.db.DB, a.entry)
}

func (a *auditor) entry(e outbox.Entry) error {
	r := a.report
	switch e.State {
	case outbox.Committed:
		r.Counts.OutboxCommitted++
	case outbox.Pending:
		r.Counts.OutboxPending++
	case outbox.Dead:
		r.Counts.OutboxDead++
		if a.overtaken(e) {
			break
		}
		r.fault(e.Subject, "outbox.dead", fmt.Sprintf("record %s: the chain refused it: %s", e.ID, e.Code))
	default:
		r.fault(e.Subject, "outbox.state", fmt.Sprintf("record %s: unknown state", e.ID))
	}
	rec, err := chain.ParseWaiting(e.Record)
	if err != nil {
		r.fault(e.Subject, "outbox.bytes", fmt.Sprintf("record %s: cannot be read", e.ID))
	} else if st := rec.Statement; rec.ID() != e.ID || st.Subject != e.Subject || st.Kind != e.Kind ||
		st.Seq != e.Seq || !ownLane(st, e.Lane) {
		r.fault(e.Subject, "outbox.columns", fmt.Sprintf("record %s: the columns say otherwise than the record", e.ID))
	}
	c, err := a.chain.Record(e.ID)
	if errors.Is(err, chain.ErrNotFound) {
		if e.State == outbox.Committed {
			r.fault(e.Subject, "outbox.lost", fmt.Sprintf("record %s: committed by the outbox, not on the chain", e.ID))
		}
		return nil
	}
	if err != nil {
		return err
	}
	if !rec.Became(c.Record) {
		r.fault(e.Subject, "outbox.bytes", fmt.Sprintf("record %s: other bytes than on the chain", e.ID))
	}
	switch {
	case e.State == outbox.Pending:
		r.Counts.PendingOnChain++
	case e.State == outbox.Committed && (c.Height != e.Height || c.Time.UnixMilli() != e.CommittedAt.UnixMilli()):
		r.fault(e.Subject, "outbox.place",
			fmt.Sprintf("record %s: at height %d on the chain, %d here", e.ID, c.Height, e.Height))
	}
	return nil
}

// overtaken tells a record that lost its place on the chain to another application's: the next
// start takes its step back.
func (a *auditor) overtaken(e outbox.Entry) bool {
	list, err := a.chain.RecordsOf(e.Subject)
	if err != nil || e.Code != chain.CodeSequence || e.Seq == 0 || uint64(len(list)) < e.Seq {
		return false
	}
	ours, err := a.hosted(list[e.Seq-1].Record.Statement.Org)
	return err == nil && !ours
}

// ownLane: a subject's records are in its own lane, a settlement's in its prescription's.
func ownLane(st chain.Statement, lane string) bool {
	return st.Subject == lane || (strings.HasPrefix(st.Subject, chain.SubjectPay) &&
		strings.HasPrefix(lane, chain.SubjectRx))
}

// records goes from the chain to the outbox. A record of an organisation that is not hosted here
// was never in it.
func (a *auditor) records(ctx context.Context) error {
	lost := func(c chain.Committed) {
		a.report.fault(c.Record.Statement.Subject, "outbox.missing",
			fmt.Sprintf("record %s: on the chain at height %d, not in the outbox", c.ID, c.Height))
	}
	batch := newLookup(lost, func(ids []string) ([]string, error) { return outbox.Absent(a.db.WithContext(ctx), ids) })
	next := uint64(0)
	err := a.chain.EachRecord(ctx, func(c chain.Committed) error {
		a.report.Counts.Records++
		if first, err := a.chain.Record(c.ID); err != nil || first.Index != next || c.Index != next {
			a.report.fault(c.Record.Statement.Subject, "chain.doubled",
				fmt.Sprintf("record %s: not once at index %d", c.ID, next))
		}
		next++
		if c.Record.Statement.Kind == chain.KindVote {
			return nil // an operator's, handed to the node directly
		}
		ours, err := a.hosted(c.Record.Statement.Org)
		if err != nil {
			return err
		}
		if !ours {
			a.report.Counts.RecordsOfOthers++
			return nil
		}
		return batch.add(c.ID, c)
	})
	return errors.Join(err, batch.flush())
}

// subjects goes from the chain's states to the rows they should have.
func (a *auditor) subjects(ctx context.Context) error {
	lost := func(s chain.SubjectState) {
		a.report.fault(s.Subject, "database.missing", fmt.Sprintf("%s on the chain, not in the database", s.Status))
	}
	batches := map[string]*lookup[chain.SubjectState]{}
	for _, r := range rooms {
		if r.Absent != nil {
			batches[r.Subjects] = newLookup(lost,
				func(ids []string) ([]string, error) { return r.Absent(a.db.WithContext(ctx), ids) })
		}
	}
	err := a.chain.EachSubject(ctx, func(s chain.SubjectState) error {
		ours, err := a.hosted(s.Org)
		if err != nil || !ours || strings.HasPrefix(s.Subject, chain.SubjectGov) {
			return err
		}
		prefix, id, _ := strings.Cut(s.Subject, ":")
		batch := batches[prefix+":"]
		if batch == nil {
			a.report.fault(s.Subject, "chain.subject", "of no kind this program knows")
			return nil
		}
		return batch.add(id, s)
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
	if len(l.ids) < auditBatch {
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
