package app

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/platform/clockwatch"
)

// ClockFile of an installation or a member's folder remembers the clock, and a doubt about it.
const ClockFile = "clock.json"

// watchClock begins to watch the clock, with the newest block's time as what was known of it last.
// A demo may lie in a drawer for as long as it likes.
func (f *foundation) watchClock(ctx context.Context, node *comet.Node) *clockwatch.Watch {
	c := clockwatch.Config{File: f.path(ClockFile), Log: f.log}
	if h := node.Health(ctx); h.Height > 0 {
		c.Last = h.BlockTime
	}
	if f.cfg.Demo {
		c.OffFor = -1
	}
	return clockwatch.New(c)
}

// keepTime watches the clock until ctx ends. Where others have most of the voting power a block's
// time is theirs.
func (f *foundation) keepTime(ctx context.Context, w *clockwatch.Watch, node *comet.Node) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for height := int64(0); ; {
		w.Look()
		if h := node.Health(ctx); h.Height > height {
			if height > 0 && othersVote(node) { // a new one; the one at the start may be old
				w.Heard(h.BlockTime)
			}
			height = h.Height
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// othersVote tells whether the other members have more than half of the voting power: the median of
// the votes' times, which a block's time is, is then one of theirs.
func othersVote(node *comet.Node) bool {
	var own, all int64
	for _, m := range node.InForce().Members {
		if all += m.Power; m.ID == node.Member() {
			own = m.Power
		}
	}
	return 2*own < all
}

// clockReady is the clock's part of /readyz. Set back, the installation goes on, and only what ends
// by time waits.
func clockReady(w *clockwatch.Watch) string {
	switch d := w.Doubt(); {
	case d == nil:
		return isReady
	case d.Ahead():
		return d.String() + "; nothing is dated by it: set it right, or confirm it by hospital clock"
	default:
		return readyBut + d.String() + "; nothing ends by time until then, or until it is confirmed by hospital clock"
	}
}

func clockMetrics(to *prometheus.Registry, w *clockwatch.Watch) {
	gauge(to, "hospital_clock_jump_seconds",
		"How far the wall clock is from where it was before it jumped; 0: it can be trusted. Alarm on anything else.",
		func() float64 {
			if d := w.Doubt(); d != nil {
				return d.By.Seconds()
			}
			return 0
		})
}

// timely is a node to which nothing is sent while the clock is ahead: a block would be dated by it,
// and every later block comes after that.
type timely struct {
	*comet.Node
	clock *clockwatch.Watch
}

// Submit is chain.ErrBusy meanwhile.
func (t timely) Submit(ctx context.Context, recs []chain.Record) ([]chain.Outcome, error) {
	if d := t.clock.Doubt(); d != nil && d.Ahead() {
		return nil, chain.ErrBusy
	}
	return t.Node.Submit(ctx, recs)
}
