package comet

import (
	"context"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/membership"
)

// maxBlocks bounds one page of Blocks.
const maxBlocks = 200

// ID implements chain.Node.
func (n *Node) ID() string { return n.app.Roster().Chain() }

// Member is the id of the member whose node this is.
func (n *Node) Member() string { return n.member }

// Record implements chain.Node.
func (n *Node) Record(_ context.Context, id string) (chain.Committed, error) {
	return ask(n, func() (chain.Committed, error) { return n.app.Record(id) })
}

// Receipt implements chain.Node.
func (n *Node) Receipt(_ context.Context, id string) (*chain.Receipt, error) {
	return ask(n, func() (*chain.Receipt, error) { return n.app.Receipt(id) })
}

// Subject implements chain.Node.
func (n *Node) Subject(_ context.Context, subject string) (chain.SubjectState, error) {
	return ask(n, func() (chain.SubjectState, error) { return n.app.Subject(subject) })
}

// SubjectProof implements chain.Node: chain.ErrNotFound for a subject without records (AbsenceProof
// proves that).
func (n *Node) SubjectProof(_ context.Context, subject string) (*chain.StatusReceipt, error) {
	return ask(n, func() (*chain.StatusReceipt, error) {
		if _, err := n.app.Subject(subject); err != nil {
			return nil, err
		}
		p, err := n.app.SubjectProof(subject)
		if err == nil && p.State.Status == chain.StatusNone {
			return nil, chain.ErrNotSealed // its first record is newer than the newest seals
		}
		return p, err
	})
}

// AbsenceProof proves that a subject has no record under the newest sealed root; when it has one,
// the proof says so.
func (n *Node) AbsenceProof(_ context.Context, subject string) (*chain.StatusReceipt, error) {
	return ask(n, func() (*chain.StatusReceipt, error) { return n.app.SubjectProof(subject) })
}

// Records implements chain.Node.
func (n *Node) Records(_ context.Context, subject string) ([]chain.Committed, error) {
	return ask(n, func() ([]chain.Committed, error) { return n.app.Records(subject) })
}

// Blocks implements chain.Node; a limit outside 1 to 200 counts as 200.
func (n *Node) Blocks(_ context.Context, before int64, limit int) ([]chain.Block, error) {
	if limit < 1 || limit > maxBlocks {
		limit = maxBlocks
	}
	return ask(n, func() ([]chain.Block, error) { return n.app.Blocks(before, limit) })
}

// Members implements chain.Node.
func (n *Node) Members(context.Context) (*membership.Members, error) { return n.InForce(), nil }

// Schema implements chain.Node.
func (n *Node) Schema(context.Context) int { return n.app.Schema() }

// InForce is the members' list that the next block is judged by.
func (n *Node) InForce() *membership.Members { return n.app.Roster().Members() }

// Timeline implements chain.Node.
func (n *Node) Timeline() *chain.Timeline { return n.app.Timeline() }

// History implements chain.Node.
func (n *Node) History(context.Context) (*chain.History, error) {
	return ask(n, n.app.History)
}

// OpenChanges implements chain.Node.
func (n *Node) OpenChanges(context.Context) ([]membership.OpenChange, error) {
	return ask(n, n.app.OpenChanges)
}

// Subscribe implements chain.Node. The channel is closed when ctx ends or the node stops. A slow
// reader is waited for; it slows nobody else.
func (n *Node) Subscribe(ctx context.Context, from uint64) (<-chan chain.Committed, error) {
	out := make(chan chain.Committed)
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		defer cancel()
		select {
		case <-n.stopped:
		case <-ctx.Done():
		}
	}()
	go func() {
		defer close(out)
		defer cancel()
		_, _ = ask(n, func() (any, error) {
			return nil, n.app.Follow(ctx, from, func(c chain.Committed) error {
				select {
				case out <- c:
					return nil
				case <-ctx.Done():
					return ctx.Err()
				}
			})
		})
	}()
	return out, nil
}
