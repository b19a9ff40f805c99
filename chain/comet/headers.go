package comet

import (
	"context"
	"fmt"

	"github.com/cometbft/cometbft/p2p"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/membership"
)

// SealedHeader implements chain.Node.
func (n *Node) SealedHeader(_ context.Context, height int64) (*chain.SealedHeader, error) {
	return ask(n, func() (*chain.SealedHeader, error) { return n.app.SealedHeader(height) })
}

// LogAt is ledger.App.LogAt: the roots of the log and the statuses at a height.
func (n *Node) LogAt(_ context.Context, height int64) (chain.Header, error) {
	return ask(n, func() (chain.Header, error) { return n.app.LogAt(height) })
}

// Consistency implements chain.Node.
func (n *Node) Consistency(_ context.Context, was, is int64) (*chain.Consistency, error) {
	return ask(n, func() (*chain.Consistency, error) { return n.app.Consistency(was, is) })
}

// RosterFor returns the members' list that a header says is in force: chain.ErrNotFound for one
// this node does not know.
func (n *Node) RosterFor(_ context.Context, h chain.Header) (*membership.Roster, error) {
	if r := n.app.Timeline().At(h.Height); r.Digest().String() == h.MembersRoot {
		return r, nil
	}
	return nil, fmt.Errorf("%w: members' list of height %d", chain.ErrNotFound, h.Height)
}

// Roster returns the members' list in force.
func (n *Node) Roster() *membership.Roster { return n.app.Roster() }

// reach sums the voting power of the members whose nodes are connected, our own included.
func (n *Node) reach() (reach, power int64) {
	connected := map[string]bool{n.member: true}
	n.eng.Switch().Peers().ForEach(func(p p2p.Peer) { connected[n.app.MemberOf(string(p.ID()))] = true })
	for _, m := range n.app.Roster().Members().Members {
		if power += m.Power; connected[m.ID] {
			reach += m.Power
		}
	}
	return reach, power
}

// maxDoubts bounds the doubts waiting for somebody to look at them.
const maxDoubts = 64

// doubt keeps the engine from waiting: what nobody takes in time is dropped, and comes again when
// it is done again.
func (n *Node) doubt(d chain.Doubt) {
	select {
	case n.doubts <- d:
	default:
	}
}

// Doubts are what other members' nodes were noticed doing, from the start of the node on; one
// reader takes them. It is never closed.
func (n *Node) Doubts() <-chan chain.Doubt { return n.doubts }
