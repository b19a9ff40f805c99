package outbox

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

const (
	// leaseTTL is how long the other instances wait for a dead relay's lease; longer than a
	// submission lasts.
	leaseTTL = 15 * time.Second
	// leaseRest is the least time left on the lease with which a round begins, so that it outlasts
	// a submission.
	leaseRest = submitTimeout + time.Second
	// releaseTimeout bounds the lease's return at shutdown; without it the others wait for
	// leaseTTL.
	releaseTimeout = 2 * time.Second
	// startupAlarms is how many old dead letters a relay reports when it takes over.
	startupAlarms = 1000
)

// holdLease takes or renews the lease; held is false while another relay has it. The clocks of the
// instances need not agree: with two relays at work by mistake settle keeps one of them out, and
// the chain drops doubles.
func (r *Relay) holdLease(ctx context.Context) (held bool, err error) {
	now := r.now()
	if r.until.Sub(now) >= leaseRest {
		return true, nil
	}
	first := r.until.IsZero()
	// Look before writing: on SQLite a waiting relay's poll would otherwise queue among the
	// writers.
	var holder string
	var until int64
	seen := r.db.WithContext(ctx).Raw("SELECT holder, until FROM outbox_lease WHERE name = 'relay'").Row()
	if err := seen.Scan(&holder, &until); err != nil {
		return false, err
	}
	// A SQLite file has one process, so a lease left there is a dead process's: do not wait for it
	// to end.
	seize := r.db.Dialect == sqlstore.SQLite && !r.taken
	if holder != r.holder && until > now.UnixMilli() && !seize {
		r.dropLease()
		return false, nil
	}
	err = r.tx(ctx, func(tx *gorm.DB) error {
		res := tx.Exec(
			"UPDATE outbox_lease SET holder = ?, until = ? WHERE name = 'relay' AND holder = ? AND until = ?",
			r.holder, now.Add(leaseTTL).UnixMilli(), holder, until)
		held = res.RowsAffected == 1
		return res.Error
	})
	if err != nil || !held {
		r.dropLease()
		return false, err
	}
	r.until, r.taken = now.Add(leaseTTL), true
	if first {
		return true, r.alarmAgain(ctx)
	}
	return true, nil
}

// renew extends the lease inside settle's transaction, or fails when another relay has it.
func (r *Relay) renew(tx *gorm.DB, until time.Time) error {
	res := tx.Exec("UPDATE outbox_lease SET until = ? WHERE name = 'relay' AND holder = ?", until.UnixMilli(), r.holder)
	switch {
	case res.Error != nil:
		return res.Error
	case res.RowsAffected == 0:
		return errLeaseLost
	}
	return nil
}

func (r *Relay) dropLease() {
	if !r.until.IsZero() {
		r.until = time.Time{}
		r.count.leasesLost.Add(1)
	}
}

// releaseLease lets another instance begin at once after an orderly stop.
func (r *Relay) releaseLease() {
	if r.until.IsZero() {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), releaseTimeout)
	defer cancel()
	err := r.tx(ctx, func(tx *gorm.DB) error {
		return tx.Exec("UPDATE outbox_lease SET until = 0 WHERE name = 'relay' AND holder = ?", r.holder).Error
	})
	if err != nil {
		r.log.WarnContext(ctx, "outbox: lease not given back, it ends by itself", "error", err)
	}
	r.until = time.Time{}
}

// alarmAgain reports the dead letters a relay finds: the one that made them may have died before
// its alarm.
func (r *Relay) alarmAgain(ctx context.Context) error {
	dead, err := DeadLetters(r.db.WithContext(ctx), startupAlarms)
	if err != nil {
		return err
	}
	for _, e := range dead {
		r.raise(ctx, e)
	}
	return nil
}

// watchBacklog shuts the gate for Append at MaxBacklog and opens it again at nine tenths, so that
// it does not flutter. Every instance's relay does this, whoever has the lease.
func (r *Relay) watchBacklog(ctx context.Context) error {
	if now := r.now(); now.Sub(r.measured) >= gateEvery {
		r.measured = now
		return r.setGate(ctx, MaxBacklog)
	}
	return nil
}

func (r *Relay) setGate(ctx context.Context, most int64) error {
	db := r.db.WithContext(ctx)
	b, err := Stats(db)
	if err != nil {
		return err
	}
	var shut bool
	if err := db.Raw("SELECT shut FROM outbox_gate WHERE name = 'append'").Scan(&shut).Error; err != nil {
		return err
	}
	want := b.Pending >= most || (shut && b.Pending >= most*9/10)
	if want == shut {
		return nil
	}
	r.log.WarnContext(ctx, "outbox: backlog", "pending", b.Pending, "shut", want)
	return r.tx(ctx, func(tx *gorm.DB) error {
		return tx.Exec("UPDATE outbox_gate SET shut = ? WHERE name = 'append'", want).Error
	})
}
