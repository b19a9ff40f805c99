//go:build !traitor

package comet

import (
	abci "github.com/cometbft/cometbft/abci/types"
)

// application is what the engine talks to: the ledger.
func (n *Node) application(Config) abci.Application { return guarded{n.app, n} }
