package reactors

import (
	"errors"
	"time"

	"github.com/cometbft/cometbft/p2p"
	protop2p "github.com/cometbft/cometbft/proto/tendermint/p2p"
)

// pulseChannel carries beats. 0x70 and 0x71 are the light blocks'.
const pulseChannel = byte(0x72)

const (
	// silentBeats without a byte of a peer make its connection a dead one.
	silentBeats = 4
	// carefulBeats are asked for, when a connection to the same peer was ended already: a slow
	// machine is no dead peer.
	carefulBeats = silentBeats + 2
	// trustedBeats in a row with a word of the peer, and it is judged as at first again.
	trustedBeats = 60
)

// pulse is a reactor of the engine that sends every peer a beat and ends the connections over which
// nothing comes. The way between two members may be lost without a word: the engine notices after
// 105 seconds, the system after minutes, and until both ends have noticed, the one refuses the
// other's new connection as a double. With a beat both ends notice within the same seconds, whether
// or not anybody waits for a block.
//
// Time is counted in beats and not by the clock. A process that is kept from running sends no beats
// and counts none either.
type pulse struct {
	p2p.BaseReactor
	every time.Duration
	lives map[p2p.ID]*life // bounded by the members' nodes: nobody else connects
}

// life is what was heard of one peer.
type life struct {
	conn   p2p.Peer // the connection it was heard over
	silent int      // beats in a row without a word
	heard  int      // beats in a row with one
	spent  bool     // a connection to it was ended for silence, and it has not been heard for long enough since
}

// NewPulse is a reactor for one engine that sends a beat every so often; see pulse.
func NewPulse(every time.Duration) *pulse {
	r := &pulse{every: every, lives: map[p2p.ID]*life{}}
	r.BaseReactor = *p2p.NewBaseReactor("Pulse", r)
	return r
}

// GetChannels implements p2p.Reactor.
func (r *pulse) GetChannels() []*p2p.ChannelDescriptor {
	return []*p2p.ChannelDescriptor{
		{ID: pulseChannel, Priority: 1, SendQueueCapacity: 1, RecvMessageCapacity: 16,
			MessageType: &protop2p.PacketPing{}}}
}

// OnStart implements service.Service.
func (r *pulse) OnStart() error {
	go r.run()
	return nil
}

func (r *pulse) run() {
	for last := time.Now(); ; {
		select {
		case <-r.Quit():
			return
		case <-time.After(r.every):
		}
		past := time.Since(last)
		last = last.Add(past)
		r.beat(past)
	}
}

// beat sends a beat to everybody and judges everybody; past is the time since the last one.
func (r *pulse) beat(past time.Duration) {
	for _, p := range r.Switch.Peers().Copy() {
		// A full queue needs no beat, and a node of an older program has no channel for one and is
		// not judged.
		p.TrySend(p2p.Envelope{ChannelID: pulseChannel, Message: &protop2p.PacketPing{}})
		if past < 2*r.every && beats(p) && r.dead(p, p.Status().RecvMonitor.Idle < past) {
			r.Switch.StopPeerForError(p, errSilent)
		}
	}
}

var errSilent = errors.New("no word of this peer")

// beats tells whether a peer's program sends beats.
func beats(p p2p.Peer) bool {
	info, ok := p.NodeInfo().(p2p.DefaultNodeInfo)
	return ok && info.HasChannel(pulseChannel)
}

// dead counts a beat and tells whether the connection is to be ended.
func (r *pulse) dead(p p2p.Peer, word bool) bool {
	l := r.lives[p.ID()]
	if l == nil {
		l = &life{}
		r.lives[p.ID()] = l
	}
	if l.conn != p {
		l.conn, l.silent, l.heard = p, 0, 0
	}
	if word {
		l.silent, l.heard = 0, l.heard+1
		l.spent = l.spent && l.heard < trustedBeats
		return false
	}
	l.silent, l.heard = l.silent+1, 0
	most := silentBeats
	if l.spent {
		most = carefulBeats
	}
	if l.silent < most {
		return false
	}
	l.silent, l.spent = 0, true
	return true
}
