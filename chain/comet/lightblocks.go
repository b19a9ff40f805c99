package comet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/cometbft/cometbft/node"
	"github.com/cometbft/cometbft/p2p"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	"github.com/cometbft/cometbft/store"
	"github.com/cometbft/cometbft/types"
	gogo "github.com/cosmos/gogoproto/types"
)

// A late node that takes a snapshot must know the root that the members decided on at its height.
// The engine would ask RPC servers for that; there are none here. Instead the members' nodes tell
// each other over their own connections: who asks names a height, who answers sends the two headers
// that decide it with the votes for them, and the changes of membership up to then. Nothing of the
// answer is believed before it is checked against the genesis (see trust).
const (
	askChannel    = byte(0x70)
	answerChannel = byte(0x71)

	maxAsk    = 64
	maxAnswer = 8 << 20 // headers are small; the history of a long-lived consortium may not be

	// answerPause is the time from one answer to a peer until its next question is heard.
	answerPause = 50 * time.Millisecond
	// answerLimit bounds the wait for one peer's answer.
	answerLimit = 5 * time.Second
)

// decided is what proves the root after a height: its header, and the next one, which carries that
// root.
type decided struct {
	Height  int64  `json:"height"`
	At      []byte `json:"at,omitempty"`      // protobuf SignedHeader; empty: not here
	Next    []byte `json:"next,omitempty"`    // of Height+1
	History []byte `json:"history,omitempty"` // canonical bytes of a chain.History
}

// lightBlocks is the reactor that asks and answers.
type lightBlocks struct {
	p2p.BaseReactor
	log     *slog.Logger
	blocks  *store.BlockStore
	history func() ([]byte, error)

	mu        sync.Mutex
	answering map[p2p.ID]bool
	waiting   map[p2p.ID]chan decided
}

// lateNodes are the engine's options by which this node helps late ones, and is helped when it is
// one.
func (n *Node) lateNodes(cfg Config, doc *types.GenesisDoc) []node.Option {
	r := newLightBlocks(cfg.Logger, func() ([]byte, error) {
		h, err := n.History(context.Background())
		if err != nil {
			return nil, err
		}
		return h.Bytes(), nil
	})
	return []node.Option{
		func(e *node.Node) { r.blocks = e.BlockStore() },
		node.CustomReactors(map[string]p2p.Reactor{"LIGHTBLOCKS": r}),
		node.StateProvider(&trust{genesis: doc, from: r, stopped: n.stopped, known: map[int64]*point{}}),
	}
}

func newLightBlocks(log *slog.Logger, history func() ([]byte, error)) *lightBlocks {
	r := &lightBlocks{log: log, history: history, answering: map[p2p.ID]bool{}, waiting: map[p2p.ID]chan decided{}}
	r.BaseReactor = *p2p.NewBaseReactor("LightBlocks", r)
	return r
}

// GetChannels implements p2p.Reactor.
func (r *lightBlocks) GetChannels() []*p2p.ChannelDescriptor {
	return []*p2p.ChannelDescriptor{
		{ID: askChannel, Priority: 1, SendQueueCapacity: 4, RecvMessageCapacity: maxAsk,
			MessageType: &gogo.Int64Value{}},
		{ID: answerChannel, Priority: 1, SendQueueCapacity: 4, RecvMessageCapacity: maxAnswer,
			MessageType: &gogo.BytesValue{}},
	}
}

// Receive implements p2p.Reactor.
func (r *lightBlocks) Receive(e p2p.Envelope) {
	switch m := e.Message.(type) {
	case *gogo.Int64Value:
		if r.begin(e.Src.ID()) {
			go func() { // reads from disk, and the connection's other channels wait for us
				r.answer(e.Src, m.Value)
				time.Sleep(answerPause)
				r.end(e.Src.ID())
			}()
		}
	case *gogo.BytesValue:
		var d decided
		if err := json.Unmarshal(m.Value, &d); err != nil {
			r.Switch.StopPeerForError(e.Src, fmt.Errorf("comet: light blocks: %w", err))
			return
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		select {
		case r.waiting[e.Src.ID()] <- d: // a nil channel for who was not asked
		default:
		}
	}
}

// begin is false while another question of the peer is being answered: an answer takes room until
// the peer has it.
func (r *lightBlocks) begin(peer p2p.ID) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.answering[peer] {
		return false
	}
	r.answering[peer] = true
	return true
}

func (r *lightBlocks) end(peer p2p.ID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.answering, peer)
}

func (r *lightBlocks) answer(peer p2p.Peer, height int64) {
	d := decided{Height: height}
	if err := r.fill(&d); err != nil {
		r.log.Warn("comet: light blocks", "height", height, "err", err)
		d = decided{Height: height}
	}
	text, err := json.Marshal(d)
	if err != nil {
		r.log.Warn("comet: light blocks", "err", err)
		return
	}
	peer.Send(p2p.Envelope{ChannelID: answerChannel, Message: &gogo.BytesValue{Value: text}})
}

func (r *lightBlocks) fill(d *decided) (err error) {
	blocks := r.blocks
	if d.Height < 1 || d.Height+1 >= blocks.Height() { // the votes for a block are in the one after it
		return nil
	}
	if d.At, err = signedHeader(blocks, d.Height); err != nil || d.At == nil {
		return err
	}
	if d.Next, err = signedHeader(blocks, d.Height+1); err != nil {
		return err
	}
	d.History, err = r.history()
	return err
}

// signedHeader is nil when the block was thrown away.
func signedHeader(blocks *store.BlockStore, height int64) ([]byte, error) {
	meta, commit := blocks.LoadBlockMeta(height), blocks.LoadBlockCommit(height)
	if meta == nil || commit == nil {
		return nil, nil
	}
	h := types.SignedHeader{Header: &meta.Header, Commit: commit}
	return h.ToProto().Marshal()
}

func parseHeader(raw []byte) (*types.SignedHeader, error) {
	var p cmtproto.SignedHeader
	if err := p.Unmarshal(raw); err != nil {
		return nil, err
	}
	return types.SignedHeaderFromProto(&p)
}

var errNoAnswer = errors.New("comet: no member's node has the headers of that height")

// ask asks the peers one after the other until one has an answer that check agrees to.
func (r *lightBlocks) ask(ctx context.Context, height int64, check func(decided) error) error {
	for _, peer := range r.Switch.Peers().Copy() {
		d, ok := r.askPeer(ctx, peer, height)
		if !ok {
			continue
		}
		if err := check(d); err != nil {
			r.log.Error("ALARM: a peer's headers do not hold", "peer", string(peer.ID()), "height", height, "err", err)
			continue
		}
		return nil
	}
	return fmt.Errorf("%w: %d", errNoAnswer, height)
}

func (r *lightBlocks) askPeer(ctx context.Context, peer p2p.Peer, height int64) (d decided, ok bool) {
	answer := make(chan decided, 1)
	r.mu.Lock()
	r.waiting[peer.ID()] = answer
	r.mu.Unlock()
	defer func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.waiting, peer.ID())
	}()
	if !peer.Send(p2p.Envelope{ChannelID: askChannel, Message: &gogo.Int64Value{Value: height}}) {
		return d, false
	}
	limit := time.NewTimer(answerLimit)
	defer limit.Stop()
	select {
	case d = <-answer:
		return d, d.Height == height && len(d.At) > 0 && len(d.Next) > 0
	case <-limit.C:
	case <-ctx.Done():
	}
	return d, false
}
