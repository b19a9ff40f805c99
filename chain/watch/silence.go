package watch

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain"
)

// listen looks at our own node: an idle chain makes no blocks and is well; one that makes none
// while something waits is not.
func (w *Watch) listen(ctx context.Context) error {
	h, now := w.cfg.Node.Health(ctx), w.cfg.Now()
	silent, alone := w.observe(h, now)
	var err error
	if silent > 0 {
		err = w.raise(newAlarm(KindSilence, "", h.Height,
			fmt.Sprintf("records wait and no block came for %s, at height %d", silent.Truncate(time.Second), h.Height)))
	} else {
		err = w.clear(KindSilence, "")
	}
	if alone {
		err = errors.Join(err, w.raise(newAlarm(KindNoQuorum, "", h.Height, NoQuorum(h))))
	} else if Quorum(h) {
		err = errors.Join(err, w.clear(KindNoQuorum, ""))
	}
	return errors.Join(err, w.lagging(h, now))
}

// observe tells for how long the chain has been silent (0: not, or not for long enough), and
// whether it has been without a quorum.
func (w *Watch) observe(h chain.Health, now time.Time) (silent time.Duration, alone bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	waiting := h.Waiting > 0 || w.ahead > h.Height // an outbox that cannot go on has a transaction here
	if h.Height != w.last {
		w.last, w.moved = h.Height, now
	}
	switch {
	case !waiting:
		w.waits = time.Time{}
	case w.waits.IsZero():
		w.waits = now
	}
	switch {
	case Quorum(h):
		w.alone = time.Time{}
	case w.alone.IsZero():
		w.alone = now
	}
	alone = !w.alone.IsZero() && now.Sub(w.alone) >= graceQuorum
	since := w.waits
	if w.moved.After(since) {
		since = w.moved
	}
	if waiting && now.Sub(since) >= w.cfg.Silence {
		silent = now.Sub(since)
	}
	return silent, alone
}

// lagging warns of members whose proved height stays below ours.
func (w *Watch) lagging(h chain.Health, now time.Time) error {
	own, err := w.cfg.Node.SealedHeader(context.Background(), 0)
	if err != nil {
		return nil //nolint:nilerr // nothing sealed here: nobody lags
	}
	w.mu.Lock()
	quiet := now.Sub(w.moved) >= w.cfg.Silence/2 // a busy chain's members are always a block apart
	behind := map[string]bool{}
	for _, p := range w.cfg.Peers {
		s, known := w.peers[p.Member]
		behind[p.Member] = known && s.Reachable && s.Height < own.Header.Height &&
			(quiet || h.Height-s.Height > lagBlocks)
	}
	w.mu.Unlock()
	var faults []error
	for member, yes := range behind {
		if yes {
			faults = append(faults, w.raise(newAlarm(KindLagging, member, own.Header.Height, "its node is behind")))
		} else {
			faults = append(faults, w.clear(KindLagging, member))
		}
	}
	return errors.Join(faults...)
}

// lagBlocks is how far behind a member may be on a busy chain before it is worth a warning.
const lagBlocks = 100

// Quorum tells whether the connected members have more than two thirds of the votes; true when the
// node cannot tell.
func Quorum(h chain.Health) bool { return h.Power == 0 || 3*h.Reach > 2*h.Power }

// NoQuorum says it in words.
func NoQuorum(h chain.Health) string {
	return fmt.Sprintf(
		"members with %d of %d votes are connected, more than two thirds are needed: nothing new is taken, reading goes on", h.Reach, h.Power)
}
