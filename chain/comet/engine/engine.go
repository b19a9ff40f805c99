// Package engine prepares the consensus engine over a node's folder, and hears when it gives up. A
// node (chain/comet) and what it is measured against (chain/comet/empty) are made of it.
package engine

import (
	"context"
	"fmt"
	"os"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/config"
	"github.com/cometbft/cometbft/node"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/proxy"
	"github.com/cometbft/cometbft/types"

	"github.com/smart-hospital/hospital/chain/comet/home"
)

// Config is what an engine is made of.
type Config struct {
	Dir      string         // the node's folder: keys and genesis
	Settings *config.Config // home.Settings of it, or changed
	App      abci.Application
	Stores   config.DBProvider // opens its databases; it closes them itself
	Log      Log
	// Sign changes who signs its votes; nil: the folder's key.
	Sign    func(types.PrivValidator) types.PrivValidator
	Options []node.Option
}

// New prepares an engine, and lets it replay what the application has not committed. ctx bounds
// that.
func New(ctx context.Context, cfg Config) (*node.Node, error) {
	nodeKey, err := p2p.LoadNodeKey(cfg.Settings.NodeKeyFile())
	if err != nil {
		return nil, fmt.Errorf("comet: node key: %w", err)
	}
	if _, err := os.Stat(cfg.Settings.PrivValidatorKeyFile()); err != nil {
		return nil, fmt.Errorf("comet: validator key: %w", err)
	}
	validator, err := home.ValidatorKey(cfg.Settings)
	if err != nil {
		return nil, err
	}
	sign := home.Signer(cfg.Settings, validator)
	if cfg.Sign != nil {
		sign = cfg.Sign(sign)
	}
	eng, err := node.NewNodeWithContext(ctx, cfg.Settings, sign, nodeKey,
		// a lock for each connection, not one for all: the application has its own
		proxy.NewConnSyncLocalClientCreator(cfg.App),
		func() (*types.GenesisDoc, error) { return home.ReadGenesis(cfg.Dir) },
		cfg.Stores, node.DefaultMetricsProvider(cfg.Settings.Instrumentation), cfg.Log, cfg.Options...)
	if err != nil {
		return nil, fmt.Errorf("comet: %w", err)
	}
	return eng, nil
}

// Run starts a prepared engine, and stops it again when it cannot.
func Run(eng *node.Node) error {
	if err := eng.Start(); err != nil {
		_ = eng.Stop()
		return fmt.Errorf("comet: %w", err)
	}
	return nil
}
