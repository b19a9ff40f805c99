// Package copies keeps this database beside the chain where other applications write: a bundle
// brings a prescription here or away, the log of the chain moves it on, and a step that came second
// is taken back.
package copies

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/announce"
	"github.com/smart-hospital/hospital/prescription/ground"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/pharmacy"
	"github.com/smart-hospital/hospital/prescription/rules"
	"github.com/smart-hospital/hospital/prescription/stock"
)

// Ledger is the chain as the room reads it: chain.Node, whose errors it has.
type Ledger interface {
	Subject(ctx context.Context, subject string) (chain.SubjectState, error)
	Records(ctx context.Context, subject string) ([]chain.Committed, error)
	Receipt(ctx context.Context, id string) (*chain.Receipt, error)
	Members(ctx context.Context) (*membership.Members, error)
}

// Copies are the prescriptions that other applications' hospitals wrote, and this application's own
// as others move them.
type Copies struct {
	ground.Ground
	Shelves   *pharmacy.Shelves
	Ledger    Ledger
	Formulary rules.Formulary
	Verify    func(ctx context.Context, r *chain.Receipt) error          // offline, by the members' lists
	Seal      func(ctx context.Context, org string) (intent.Seal, error) // an organisation's seal; ErrNotFound
	Notices   announce.Board                                             // nil: nobody is told
	Kick      func()                                                     // wakes the relay after a commit
}

// followSave is how often the place in the log is kept while nothing in it concerns this database.
// A restart reads so much again, to no effect.
const followSave = 2 * time.Second

// Stream is the log of all records: chain.Node.
type Stream interface {
	Subscribe(ctx context.Context, from uint64) (<-chan chain.Committed, error)
}

var errStreamEnded = errors.New("prescription: the chain's stream has ended")

// Follow takes over what other applications write to the prescriptions in this database, in the
// order of the chain, until ctx ends: its copies move as the chain says, and a step taken here that
// lost its place is taken back. It begins where the last one ended, so nothing is missed while the
// application is down. Repeated and doubled work has no effect; any number of instances may follow.
// A prescription whose history does not fit goes to alarm and is left alone; any other error ends
// it, and the caller begins anew.
func (s *Copies) Follow(ctx context.Context, log Stream, alarm func(id prescription.ID, err error)) error {
	from, err := s.Store.Followed(s.DB.WithContext(ctx))
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	feed, err := log.Subscribe(ctx, from)
	if err != nil {
		return err
	}
	save := time.NewTicker(followSave)
	defer save.Stop()
	next, saved, hosted := from, from, map[string]bool{}
	for {
		select {
		case c, ok := <-feed:
			if !ok {
				return errors.Join(ctx.Err(), errStreamEnded)
			}
			if err := s.hear(ctx, c, hosted, alarm); err != nil {
				return err
			}
			next = c.Index + 1
		case <-save.C:
			if next == saved {
				continue
			}
			if err := s.DB.Tx(ctx, func(tx *gorm.DB) error { return s.Store.KeepFollowed(tx, next) }); err != nil {
				return err
			}
			saved = next
		}
	}
}

// hear is one record of the log. Those of organisations whose application this is are here already:
// their step wrote them.
func (s *Copies) hear(ctx context.Context, c chain.Committed, hosted map[string]bool, alarm func(prescription.ID,
	error)) error {
	st := c.Record.Statement
	number, isRx := strings.CutPrefix(st.Subject, chain.SubjectRx)
	if !isRx {
		return nil
	}
	ours, asked := hosted[st.Org]
	if !asked {
		_, err := s.Seal(ctx, st.Org)
		ours = err == nil
		hosted[st.Org] = ours
	}
	if ours {
		return nil
	}
	id := prescription.ID(number) // one that is no number of ours is in no row
	err := s.CatchUp(ctx, id, c.Index+1)
	if errors.Is(err, lifecycle.ErrDiverged) || errors.Is(err, lifecycle.ErrStored) {
		alarm(id, err)
		return nil
	}
	return err
}

// CatchUp brings this database's copy of one prescription to where the chain stands, in one
// transaction with the place in the log; unknown prescriptions are nobody's business here. next 0
// leaves the place alone.
func (s *Copies) CatchUp(ctx context.Context, id prescription.ID, next uint64) error {
	if _, err := s.Store.Load(s.DB.WithContext(ctx), id); errors.Is(err, prescription.ErrNotFound) {
		return nil
	} else if err != nil {
		return err
	}
	steps, err := s.steps(ctx, id)
	if err != nil {
		return err
	}
	at, changed := s.Time(), false
	var moved *lifecycle.Prescription
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		changed = false
		p, err := s.Store.Load(tx, id)
		if err != nil {
			return err
		}
		moved = p
		events, err := s.Store.Events(tx, id)
		if err != nil {
			return err
		}
		for i, step := range steps {
			if i < len(events) && events[i].Record == step.Record.ID {
				continue
			}
			if i < len(events) {
				if i != len(events)-1 {
					return fmt.Errorf("%w: step %d of %d", lifecycle.ErrDiverged, i+1, len(events))
				}
				if err := s.overtaken(tx, p, events[i], at); err != nil {
					return err
				}
				events = events[:i]
			}
			held := p.State().Claim
			ev, err := p.Learn(step, at)
			if err != nil {
				return err
			}
			if err := s.Store.Learn(tx, p, ev, step.Record.Record.Statement.Facts.Tags); err != nil {
				return err
			}
			if err := s.Shelves.Unreserve(tx, p, held, lifecycle.Act{Record: ev.Record, Taken: at}); err != nil {
				return err
			}
			if err := announce.Tell(s.Notices, tx, p, ev.Kind, held, ev.Record, at); err != nil {
				return err
			}
			events, changed = append(events, ev), true
		}
		if next == 0 {
			return nil
		}
		return s.Store.KeepFollowed(tx, next)
	})
	if err == nil && changed {
		s.Kick() // what was taken back may have held its lane up
		announce.Wake(s.Notices, moved)
	}
	return err
}

// steps are the prescription's records with who signed them, read before the transaction, which
// must not wait for the chain.
func (s *Copies) steps(ctx context.Context, id prescription.ID) ([]lifecycle.Learned, error) {
	records, err := s.Ledger.Records(ctx, id.Subject())
	if errors.Is(err, chain.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	members, err := s.Ledger.Members(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, m := range members.Members {
		names[m.ID] = m.Name
	}
	list := make([]lifecycle.Learned, len(records))
	for i, c := range records {
		st := c.Record.Statement
		list[i] = lifecycle.Learned{Record: c, OrgName: names[st.Org]}
		holder, err := s.Ledger.Subject(ctx, chain.SubjectCert+st.Actor)
		if err != nil && !errors.Is(err, chain.ErrNotFound) { // not found: an organisation's seal
			return nil, err
		}
		list[i].Person = holder.Person
	}
	return list, nil
}

// overtaken takes back a step taken here whose place on the chain is another's: its record can
// never be accepted, sent or not.
func (s *Copies) overtaken(tx *gorm.DB, p *lifecycle.Prescription, lost lifecycle.Event, at time.Time) error {
	entry, err := outbox.Overtaken(tx, lost.Record)
	if errors.Is(err, outbox.ErrNotFound) || errors.Is(err, outbox.ErrFollowed) || errors.Is(err, outbox.ErrCommitted) {
		return fmt.Errorf("%w: %w", lifecycle.ErrDiverged, err)
	}
	if err != nil {
		return err
	}
	return s.Withdraw(tx, p, lost, entry.Record, at)
}

// Withdraw undoes the last step and keeps it, with the record as it was made, among the refused
// ones; what a claim reserved goes back.
func (s *Copies) Withdraw(tx *gorm.DB, p *lifecycle.Prescription, last lifecycle.Event, sent []byte,
	at time.Time) error {
	held := p.State().Claim
	if err := p.Undo(last, at); err != nil {
		return err
	}
	if last.Kind == chain.KindClaim {
		if err := s.Shelves.Stock.Move(tx, stock.Movements(stock.Step{Kind: chain.KindRelease, Pharmacy: last.Org,
			Record: last.Record,
			At:     at}, p.State().Items)); err != nil {
			return err
		}
		if held != nil {
			if err := announce.Notify(s.Notices, tx, p, announce.Refused, held, last.Record, at); err != nil {
				return err
			}
		}
	}
	return s.Store.TakeBack(tx, p, last.Record, sent, at)
}
