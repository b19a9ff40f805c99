package comet

import (
	"math/rand/v2"
	"strings"
	"time"

	"github.com/cometbft/cometbft/p2p"
)

// Waits of keepDialling.
const (
	redialEvery  = time.Second
	redialJitter = time.Second // so that two nodes do not dial each other at one moment, again and again
	redialSecond = time.Second // the one of two that waits for the other first
)

// keepDialling keeps the node connected to one of its peers, "id@host:port". The engine by itself
// dials again after some seconds, then after minutes, then never, and not at all when the peer had
// dialled us. Members wait for each other.
//
// When a link fails both ends dial anew. Connections that cross are refused as doubles at both
// ends, so the end with the greater id waits a moment longer.
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
