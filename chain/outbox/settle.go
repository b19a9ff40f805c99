package outbox

import (
	"context"
	"errors"
	"sync/atomic"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
)

// errLeaseLost: another relay works; what we learnt is dropped, and the other learns it again.
var errLeaseLost = errors.New("outbox: lease lost to another relay")

// place is where a record landed; most of a batch share one.
type place struct{ height, time int64 }

// settle writes the verdicts in one transaction, and only while the lease is ours: a relay that
// slept through the end of its lease must not declare dead what its successor got through. Dying
// before the commit costs a second submission, which the chain answers with the first one's place.
func (r *Relay) settle(ctx context.Context, verdicts []verdict) error {
	committed := make(map[place][]string)
	var rest []verdict
	// of resealed entries, as the chain holds them: a submission from before may have landed after
	// all
	onChain := map[string][]byte{}
	for _, v := range verdicts {
		if v.state != Committed {
			rest = append(rest, v)
			continue
		}
		p := place{v.outcome.Height, v.outcome.Time.UnixMilli()}
		committed[p] = append(committed[p], v.row.ID)
		if v.row.Resealed {
			c, err := r.node.Record(ctx, v.row.ID)
			if err != nil {
				return err
			}
			onChain[v.row.ID] = c.Record.Bytes()
		}
	}
	until := r.now().Add(leaseTTL)
	err := r.tx(ctx, func(tx *gorm.DB) error {
		if err := r.renew(tx, until); err != nil {
			return err
		}
		for p, ids := range committed {
			if err := markCommitted(tx, p, ids); err != nil {
				return err
			}
		}
		for id, record := range onChain {
			if err := tx.Model(&row{}).Where("id = ?", id).Update("record", record).Error; err != nil {
				return err
			}
		}
		for _, v := range rest {
			if err := markRefused(tx, v); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, errLeaseLost) {
		r.dropLease()
	}
	if err != nil {
		return err
	}
	r.until = until
	r.report(ctx, verdicts)
	return nil
}

func markCommitted(tx *gorm.DB, p place, ids []string) error {
	return tx.Model(&row{}).Where("id IN ? AND state <> 'committed'", ids).Updates(map[string]any{
		"state": Committed, "height": p.height, "committed_at": p.time, "code": chain.CodeOK, "detail": "",
		"not_before": 0, "refused_at": 0,
	}).Error
}

func markRefused(tx *gorm.DB, v verdict) error {
	return tx.Model(&row{}).Where("id = ? AND state = 'pending'", v.row.ID).Updates(map[string]any{
		"state": v.state, "attempts": v.row.Attempts, "code": v.outcome.Code, "detail": v.outcome.Detail,
		"not_before": v.row.NotBefore, "refused_at": v.row.RefusedAt,
	}).Error
}

// report counts, wakes those who wait, and raises the alarm for dead letters.
func (r *Relay) report(ctx context.Context, verdicts []verdict) {
	if anyFinal(verdicts) {
		r.announce()
	}
	for _, v := range verdicts {
		switch v.state {
		case Committed:
			r.count.committed.Add(1)
		case Pending:
			r.count.putOff.Add(1)
		case Dead:
			r.count.dead.Add(1)
			e := v.row.entry()
			e.State, e.Code, e.Detail = Dead, v.outcome.Code, v.outcome.Detail
			r.raise(ctx, e)
		}
	}
}

func (r *Relay) raise(ctx context.Context, e Entry) {
	r.log.ErrorContext(ctx, "outbox: dead letter, its lane stands still", "record", e.ID, "lane", e.Lane, "kind",
		e.Kind, "code", e.Code.String())
	r.alarm(e)
}

type counters struct{ submitted, committed, putOff, dead, failures, leasesLost atomic.Int64 }

// Counters are what a relay did since its process began.
type Counters struct {
	Submitted  int64 // records submitted, repetitions included
	Committed  int64 // entries that reached the chain
	PutOff     int64 // refusals that may pass later
	Dead       int64 // new dead letters
	Failures   int64 // submissions without an answer
	LeasesLost int64 // times another relay took over
}

// Counters returns the relay's counters; it may be called at any time.
func (r *Relay) Counters() Counters {
	c := &r.count
	return Counters{
		Submitted: c.submitted.Load(), Committed: c.committed.Load(), PutOff: c.putOff.Load(), Dead: c.dead.Load(),
		Failures: c.failures.Load(), LeasesLost: c.leasesLost.Load(),
	}
}
