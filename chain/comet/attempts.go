package comet

import (
	"context"
	"errors"
	"fmt"

	dbm "github.com/cometbft/cometbft-db"
	"github.com/cometbft/cometbft/config"
	sm "github.com/cometbft/cometbft/state"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/ledger/transaction"
)

// At returns the record at an index of the log: chain.ErrNotFound beyond its end.
func (n *Node) At(_ context.Context, index uint64) (chain.Committed, error) {
	return ask(n, func() (chain.Committed, error) { return n.app.At(index) })
}

// Attempts lists the refused records of a committed block in their order. What is no record at all
// is left out, and so is what its organisation did not seal: it is no deed of the member it names.
// The caller finds the actors' certificates on the chain. chain.ErrNotFound when the block or its
// verdicts are not here (any more): see Config.KeepResults.
func (n *Node) Attempts(_ context.Context, height int64) ([]chain.Attempt, error) {
	return ask(n, func() ([]chain.Attempt, error) {
		block := n.eng.BlockStore().LoadBlock(height)
		if block == nil {
			return nil, fmt.Errorf("%w: block %d", chain.ErrNotFound, height)
		}
		if len(block.Txs) == 0 {
			return nil, nil
		}
		results, err := sm.NewStore(n.state, sm.StoreOptions{}).LoadFinalizeBlockResponse(height)
		if _, gone := errors.AsType[sm.ErrNoABCIResponsesForHeight](err); gone {
			return nil, fmt.Errorf("%w: verdicts of block %d", chain.ErrNotFound, height)
		}
		if err != nil {
			return nil, fmt.Errorf("comet: verdicts of block %d: %w", height, err)
		}
		var out []chain.Attempt
		for i, tx := range block.Txs {
			list, err := transaction.Verdicts(tx, results.TxResults[i].Data)
			if err != nil {
				continue // decided as malformed: nobody's attempt at anything
			}
			for _, v := range list {
				rec, err := chain.ParseRecord(v.Record)
				if v.Code == chain.CodeOK || err != nil || !n.app.Genuine(rec, v.Record, height) {
					continue
				}
				out = append(out, chain.Attempt{Record: rec, Code: v.Code, Height: height,
					Time: block.Time.UnixMilli()})
			}
		}
		return out, nil
	})
}

// openStore opens one of the engine's databases and remembers it.
func (n *Node) openStore(c *config.DBContext) (dbm.DB, error) {
	db, err := home.OpenStore(c)
	if err == nil {
		n.stores[c.ID] = db // before the engine starts, and never changed afterwards
	}
	if c.ID == "state" {
		n.state = db
	}
	return db, err
}
