package ledger

import (
	"fmt"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/membership"
)

func (a *App) doubt(k chain.DoubtKind, member string, height int64, text string) {
	if a.opt.OnDoubt != nil {
		a.opt.OnDoubt(chain.Doubt{Kind: k, Member: member, Height: height, Text: text})
	}
}

// misbehaved tells of the members that the engine has proved to have voted twice. The proof stands
// in the block, where every node finds it at the same height and an audit finds it again; a second
// copy in the state would prove no more, so it is told and not stored.
func (a *App) misbehaved(list []abci.Misbehavior) {
	for _, m := range list {
		if org, ok := a.listAt(m.Height).voter(m.Validator.Address); ok {
			a.doubt(chain.DoubtDoubleVote, org.ID, m.Height,
				fmt.Sprintf("its node voted twice for height %d (%s)", m.Height, m.Type))
		}
	}
}

// otherRoot tells of a seal over another state than ours for the very same block: one of the two
// nodes computes wrongly, or lies. A seal for another block of the same height is no such thing:
// the engine may give a round up.
func (a *App) otherRoot(hash []byte, height int64, org *membership.Org, e extension) {
	x, ok := a.trial[string(hash)]
	if ok && x.header.Height == height && (e.StateRoot != x.header.StateRoot().String() || e.Time != x.header.Time) {
		a.doubt(chain.DoubtOtherRoot, org.ID, height,
			fmt.Sprintf("it sealed another state than ours for the block of height %d", height))
	}
}
