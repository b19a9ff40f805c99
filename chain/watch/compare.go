package watch

import (
	"context"
	"errors"
	"fmt"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/canonical"
)

// compare asks one member for what it has sealed and holds it against our own.
func (w *Watch) compare(ctx context.Context, p Peer) error {
	theirs, err := p.header(ctx, w.cfg.Client, 0)
	if errors.Is(err, chain.ErrNotFound) { // a chain that has sealed nothing yet
		return w.reached(p, PeerState{Reachable: true, Agrees: true})
	}
	if err != nil {
		return w.missed(ctx, p, err)
	}
	own := w.cfg.Node.Health(ctx)
	state := PeerState{Reachable: true, Height: theirs.Header.Height}
	if theirs.Header.Height > own.Height { // it is ahead: compare where we stand
		if _, err := w.proved(ctx, theirs); err != nil {
			return w.unproven(p, PeerState{Reachable: true}, err)
		}
		w.sawAhead(theirs.Header.Height)
		if theirs, err = w.atOurs(ctx, p); err != nil || theirs == nil {
			return errors.Join(err, w.reached(p, state))
		}
	}
	agrees, err := w.judge(ctx, p, theirs)
	if errors.Is(err, errUnproven) {
		return w.unproven(p, PeerState{Reachable: true}, err)
	}
	if errors.Is(err, errNothing) {
		err = nil
	} else {
		state.Agrees, state.Compared = agrees, theirs.Header.Height
	}
	return errors.Join(err, w.clear(KindUnproven, p.Member), w.reached(p, state))
}

// atOurs asks a member for the header at our newest sealed height; nil when there is nothing to
// compare.
func (w *Watch) atOurs(ctx context.Context, p Peer) (*chain.SealedHeader, error) {
	ours, err := w.cfg.Node.SealedHeader(ctx, 0)
	if errors.Is(err, chain.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	theirs, err := p.header(ctx, w.cfg.Client, ours.Header.Height)
	if err != nil || theirs.Header.Height != ours.Header.Height {
		return nil, nil //nolint:nilerr // pruned there, or it answers nonsense: the next round compares its newest
	}
	return theirs, nil
}

// errUnproven is a header that its seals do not prove.
var errUnproven = errors.New("its seals do not hold")

// errNothing: our ledger does not know that height: it is before our first record, or before the
// snapshot we began from.
var errNothing = errors.New("nothing to compare with")

// proved returns the power that sealed a header: errUnproven when a seal is forged or the list is
// unknown.
func (w *Watch) proved(ctx context.Context, s *chain.SealedHeader) (quorum bool, err error) {
	roster, err := w.cfg.Node.RosterFor(ctx, s.Header)
	if err != nil {
		return false, fmt.Errorf("%w: %w", errUnproven, err)
	}
	err = chain.NewTimeline(roster).VerifySealed(s)
	if errors.Is(err, chain.ReasonQuorum) && len(s.Seals) > 0 {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("%w: %w", errUnproven, err)
	}
	return true, nil
}

// judge compares a header at a height that we have too, and raises what it finds.
func (w *Watch) judge(ctx context.Context, p Peer, theirs *chain.SealedHeader) (agrees bool, err error) {
	quorum, err := w.proved(ctx, theirs)
	if err != nil {
		return false, err
	}
	ours, err := w.cfg.Node.SealedHeader(ctx, theirs.Header.Height)
	switch {
	case err == nil:
		if !ours.Header.Contradicts(theirs.Header) {
			return true, nil
		}
	case errors.Is(err, chain.ErrNotFound):
		// We sealed nothing at that height, but we know what the log was then.
		at, err := w.cfg.Node.LogAt(ctx, theirs.Header.Height)
		switch {
		case errors.Is(err, chain.ErrNotFound):
			return false, errNothing
		case err != nil:
			return false, err
		case sameLog(at, theirs.Header):
			return true, nil
		}
		ours = &chain.SealedHeader{Header: at, Seals: []chain.Seal{}}
	default:
		return false, err
	}
	return false, w.contradiction(p, quorum, ours, theirs)
}

func sameLog(x, y chain.Header) bool {
	return x.LogSize == y.LogSize && x.LogRoot == y.LogRoot && x.StatusRoot == y.StatusRoot
}

// contradiction tells a fork from a header that a minority has sealed: an honest node can have
// sealed a block of a round that was given up, but only more than two thirds of the votes decide
// one, and an honest explorer shows only those.
func (w *Watch) contradiction(p Peer, quorum bool, ours, theirs *chain.SealedHeader) error {
	a := newAlarm(KindFork, p.Member, theirs.Header.Height,
		fmt.Sprintf("%s shows another sealed history than ours at height %d", p.Member, theirs.Header.Height))
	if !quorum {
		a = newAlarm(KindOtherRoot, p.Member, theirs.Header.Height,
			fmt.Sprintf("%s shows a header at height %d that contradicts ours and that too few members have sealed",
				p.Member, theirs.Header.Height))
	}
	a.Ours, a.Theirs = ours, theirs
	for _, s := range theirs.Seals {
		for _, o := range ours.Seals {
			if s.Member == o.Member && ours.Header.Contradicts(theirs.Header) {
				a.Members = append(a.Members, s.Member)
			}
		}
	}
	return w.raise(a)
}

func (w *Watch) sawAhead(height int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ahead = max(w.ahead, height)
}

// reached notes an answer.
func (w *Watch) reached(p Peer, s PeerState) error {
	w.note(p, s)
	return w.clear(KindUnreachable, p.Member)
}

func (w *Watch) note(p Peer, s PeerState) {
	w.mu.Lock()
	defer w.mu.Unlock()
	old, known := w.peers[p.Member]
	s.Member, s.Since = p.Member, old.Since
	if !known || old.Reachable != s.Reachable {
		s.Since = w.cfg.Now().UTC()
	}
	if s.Compared == 0 {
		s.Compared, s.Agrees = old.Compared, old.Agrees || old.Compared == 0
	}
	if !s.Reachable {
		s.Height = old.Height
	}
	w.peers[p.Member] = s
}

func (w *Watch) missed(ctx context.Context, p Peer, err error) error {
	if ctx.Err() != nil {
		return nil //nolint:nilerr // we are stopping: the member is not to blame
	}
	if errors.Is(err, canonical.ErrMalformed) || errors.Is(err, canonical.ErrTooLarge) {
		return w.unproven(p, PeerState{Reachable: true}, err)
	}
	w.note(p, PeerState{})
	return w.raise(newAlarm(KindUnreachable, p.Member, 0, "its explorer does not answer"))
}

func (w *Watch) unproven(p Peer, s PeerState, err error) error {
	return errors.Join(w.reached(p, s),
		w.raise(newAlarm(KindUnproven, p.Member, 0,
			"its explorer shows what is not proved: "+string(chain.ReasonOf(err)))))
}
