package home

import (
	"path/filepath"
	"strings"
	"time"

	dbm "github.com/cometbft/cometbft-db"
	"github.com/cometbft/cometbft/config"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/platform/descriptors"
)

// Sizes of the mempool. A full one is back-pressure: Submit answers chain.ErrBusy and the outbox
// keeps the record.
const (
	mempoolTxs   = 5000
	mempoolBytes = 64 << 20
	mempoolCache = 4 * mempoolTxs
)

// Settings are the engine's, as measured to work: a record costs two blocks (the one that holds it,
// and the one that proves the state after it and carries the seals), and an idle chain makes none.
func Settings(dir string) *config.Config {
	c := config.DefaultConfig().SetRoot(dir)
	c.DBBackend = string(dbm.GoLevelDBBackend)
	c.RPC.ListenAddress = "" // no public API: chain.Node is the interface
	c.RPC.GRPCListenAddress = ""
	c.RPC.PprofListenAddress = ""
	c.TxIndex.Indexer = "null" // the ledger has its own
	c.Storage.DiscardABCIResponses = true
	c.StateSync.TempDir = filepath.Join(c.DBDir(), fetched)

	c.Consensus.CreateEmptyBlocks = false
	c.Consensus.TimeoutCommit = 0
	c.Consensus.SkipTimeoutCommit = true
	c.Consensus.TimeoutPropose = time.Second
	c.Consensus.TimeoutProposeDelta = 500 * time.Millisecond
	c.Consensus.TimeoutPrevote = 300 * time.Millisecond
	c.Consensus.TimeoutPrecommit = 300 * time.Millisecond
	// The engine refuses a block dated later than now. A clock that was set back by minutes would
	// stop a lone voter for as long, and halt a member that catches up. A block's time is the
	// median of the votes', which bounds it by itself.
	c.Consensus.BlockTimeTolerance = 100 * 365 * 24 * time.Hour
	c.Consensus.PeerGossipSleepDuration = 10 * time.Millisecond

	c.Mempool.Recheck = true // what would be refused for good makes room (ledger.App.CheckTx)
	c.Mempool.Size = mempoolTxs
	c.Mempool.MaxTxsBytes = mempoolBytes
	c.Mempool.MaxTxBytes = chain.MaxBatchBytes
	c.Mempool.CacheSize = mempoolCache
	return c
}

// Network closes the engine's peer network: it dials the peers named ("id@host:port") and lets in,
// whoever dials, the nodes that the members' list names and nobody else. Without peers to dial and
// an address to listen on it is alone.
func Network(c *config.Config, listen string, peers []string) {
	c.P2P.ListenAddress = "tcp://127.0.0.1:0"
	if listen != "" {
		c.P2P.ListenAddress = "tcp://" + listen
	}
	c.FilterPeers = true
	c.P2P.PexReactor = false
	c.P2P.AddrBookStrict = false
	c.P2P.AllowDuplicateIP = true
	most := min(maxPeers, descriptors.Now().Peers)
	c.P2P.MaxNumInboundPeers = most
	c.P2P.MaxNumOutboundPeers = most
	c.P2P.FlushThrottleTimeout = 5 * time.Millisecond
	c.P2P.SendRate, c.P2P.RecvRate = 100<<20, 100<<20
	c.P2P.MaxPacketMsgPayloadSize = 64 << 10
	c.P2P.HandshakeTimeout = 10 * time.Second
	c.P2P.PersistentPeers = strings.Join(peers, ",")
	c.Mempool.Broadcast = listen != ""
}

// maxPeers: every node of every member.
const maxPeers = membership.MaxMembers * membership.MaxNodes
