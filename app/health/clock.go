package health

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/platform/clockwatch"
)

// ClockFile of an installation or a member's folder remembers the clock, and a doubt about it.
const ClockFile = "clock.json"

// WatchClock begins to watch the clock, with the newest block's time as what was known of it last.
// A demo may lie in a drawer for as long as it likes.
func WatchClock(ctx context.Context, f *installation.Installation, node *comet.Node) *clockwatch.Watch {
	c := clockwatch.Config{File: f.Path(ClockFile), Log: f.Log}
	if h := node.Health(ctx); h.Height > 0 {
		c.Last = h.BlockTime
	}
	if f.Cfg.Demo {
		c.OffFor = -1
	}
	return clockwatch.New(c)
}

// KeepTime watches the clock until ctx ends. Where others have most of the voting power a block's
// time is theirs.
func KeepTime(ctx context.Context, w *clockwatch.Watch, node *comet.Node) {
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

// Clock is the clock's part of /readyz. Set back, the installation goes on, and only what ends
// by time waits.
func Clock(w *clockwatch.Watch) string {
	switch d := w.Doubt(); {
	case d == nil:
		return OK
	case d.Ahead():
		return d.String() + "; nothing is dated by it: set it right, or confirm it by hospital clock"
	default:
		return readyBut + d.String() + "; nothing ends by time until then, or until it is confirmed by hospital clock"
	}
}

func clockMetrics(to *prometheus.Registry, w *clockwatch.Watch) {
	Gauge(to, "hospital_clock_jump_seconds",
		"How far the wall clock is from where it was before it jumped; 0: it can be trusted. Alarm on anything else.",
		func() float64 {
			if d := w.Doubt(); d != nil {
				return d.By.Seconds()
			}
			return 0
		})
}

// Timely is a node to which nothing is sent while the clock is ahead: a block would be dated by it,
// and every later block comes after that.
type Timely struct {
	*comet.Node
	Clock *clockwatch.Watch
}

// Submit is chain.ErrBusy meanwhile.
func (t Timely) Submit(ctx context.Context, recs []chain.Record) ([]chain.Outcome, error) {
	if d := t.Clock.Doubt(); d != nil && d.Ahead() {
		return nil, chain.ErrBusy
	}
	return t.Node.Submit(ctx, recs)
}
