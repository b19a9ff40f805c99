package comet

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/cometbft/cometbft/p2p"
)

// Waits of keepDialling and dropStale.
const (
	redialEvery  = time.Second
	redialJitter = time.Second // so that two nodes do not dial each other at one moment, again and again
	redialSecond = time.Second // the one of two that waits for the other first
	staleLimit   = time.Minute
)

// staleAfter is how long nothing comes, no block that is waited for and no byte of a peer, before its connection is taken for dead.
var staleAfter = 10 * time.Second // a test's is shorter

// keepDialling keeps the node connected to one of its peers, "id@host:port". The engine by itself dials again after some
// seconds, then after minutes, then never, and not at all when the peer had dialled us. Members wait for each other.
//
// When a link fails both ends dial anew. Connections that cross are refused as doubles at both ends, so the end with the
// greater id waits a moment longer.
func (n *Node) keepDialling(peer string) {
	id, _, ok := strings.Cut(peer, "@")
	if !ok {
		return // the engine has said so
	}
	pause := redialEvery
	if string(n.eng.NodeInfo().ID()) > id {
		pause += redialSecond
	}
	for {
		select {
		case <-n.stopped:
			return
		case <-time.After(pause + rand.N(redialJitter)): //nolint:gosec // G404: jitter, no secret
		}
		if n.eng.Switch().Peers().Has(p2p.ID(id)) || n.app.MemberOf(id) == "" {
			continue
		}
		address, err := p2p.NewNetAddressString(peer) // each time: a name may lead elsewhere now
		if err == nil {
			err = n.eng.Switch().DialPeerWithAddress(address)
		}
		if err != nil {
			n.eng.Logger.Debug("comet: dialling again", "peer", id, "err", err.Error())
		}
	}
}

var errStale = errors.New("no word of this peer while a block is waited for")

// dropStale ends connections that are open and dead: the way between was lost without a word, and the system would notice
// after minutes. Who is alive sends while a block is waited for; a connection dropped in error is dialled anew at once. Each time
// without a block it waits longer, because a slow machine is no dead peer.
func (n *Node) dropStale(after time.Duration) {
	height, since, patience := n.app.Head().Header.Height, time.Now(), after
	for {
		select {
		case <-n.stopped:
			return
		case <-time.After(redialEvery):
		}
		if h := n.Health(context.Background()); h.Height != height || h.Waiting == 0 {
			height, since, patience = h.Height, time.Now(), after
			continue
		}
		if time.Since(since) < patience {
			continue
		}
		for _, p := range n.eng.Switch().Peers().Copy() {
			if p.Status().RecvMonitor.Idle >= patience {
				n.eng.Switch().StopPeerForError(p, errStale)
			}
		}
		since, patience = time.Now(), min(2*patience, staleLimit)
	}
}
