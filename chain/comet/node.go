// Package comet runs the consortium chain's consensus engine, CometBFT, inside this process and
// shows it to the rest of the product as a chain.Node. It promises that a record it acknowledged is
// synced to disk and in its place for ever, and that none of the engine's types leaks out.
//
// One validator is the default; the same code runs several. The engine's own votes are ed25519 over
// SHA-256: they order the blocks. What is proved to the outside is SM2 over SM3: the records'
// signatures and the members' seals.
//
// # Block time
//
// A block's time is the median of the votes for the block before it, and no blocks are made while
// nothing happens. So the first block after a quiet hour carries a time one hour old. Rules that
// must not come early (rx.expire) go by it and answer CodeNotYet, which is transient: the block
// that carried the refused record moves the time up, and the second try passes. Rules that must not
// come late (the validity of prescriptions and certificates) use the later of block time and the
// writer's own; a writer that sets its clock back gains at most the time the chain was quiet.
package comet

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	dbm "github.com/cometbft/cometbft-db"
	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/config"
	"github.com/cometbft/cometbft/mempool"
	"github.com/cometbft/cometbft/node"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/types"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/comet/engine"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/comet/reactors"
	"github.com/smart-hospital/hospital/chain/ledger"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/platform/limit"
)

// ErrStopped is a node that is stopping or has halted; whether the records were taken is unknown.
var ErrStopped = errors.New("comet: node has stopped")

// ErrSchema is a chain that goes on with a record schema that this program does not know: start the
// newer program.
var ErrSchema = ledger.ErrSchema

// ErrStuck is an engine that does not stop: one that is told to while it goes from catching up to
// voting can wait for itself for ever. Its files are left open, as a power cut leaves them, which
// harms nothing; the process must end.
var ErrStuck = fmt.Errorf("comet: the engine has not stopped within %s", stopLimit)

// maxInFlight bounds the transactions waiting for their block through this node; more wait their
// turn.
const maxInFlight = 2048

// beatEvery is the time between two beats.
var beatEvery = time.Second // a test's is shorter

// Sealer signs state roots with a member's seal.
type Sealer = ledger.Sealer

// Config of a node. Dir must hold a genesis (InitGenesis or WriteGenesis).
type Config struct {
	Dir     string       // of this node alone: keys, blocks, ledger
	Sealer  Sealer       // the member's seal key; nil: the node does not seal (a reader)
	Member  string       // member id the sealer signs for
	Moniker string       // name in the engine's logs; empty: Member
	Logger  *slog.Logger // nil: slog.Default
	Listen  string       // host:port for peers; empty: loopback, any port
	Peers   []string     // "nodeid@host:port" of the other members' nodes; empty: alone
	Growth
	// KeepResults keeps the verdicts on all records that blocks hold, so that Attempts knows the
	// refused ones too.
	KeepResults bool
	// Wrap gives what the engine talks to in the place of the ledger, which it gets; nil: the
	// ledger as it is. A test's node may lie: what the other members must withstand cannot be tried
	// with honest code, so the lies stand outside (chain/testnet/traitor).
	Wrap func(abci.Application, Inside) abci.Application

	// KeepBlocks below MinKeepBlocks; 0: none (a test's chain is short)
	short int64
	sign  func(types.PrivValidator) types.PrivValidator // nil: as it is (a test's clock may be wrong)
	// transactions; 0: as home.Settings says (a test's small one is full at once)
	mempool int
}

// Inside is what Config.Wrap may use of the node beside its ledger.
type Inside struct {
	Ledger  *ledger.App
	Push    func(tx []byte) // offers a transaction to the node's own mempool, which hands it on
	Stopped <-chan struct{} // closed when the node stops or has halted
}

// push offers a transaction to the own mempool.
func (n *Node) push(tx []byte) {
	_ = n.eng.Mempool().CheckTx(tx, nil, mempool.TxInfo{}) // a full one does without
}

// Node is a running node of the chain.
type Node struct {
	app    *ledger.App
	eng    *node.Node
	db     dbm.DB
	state  dbm.DB // the engine's, read for what it keeps of past blocks
	member string
	doubts chan chain.Doubt
	slots  chan struct{}
	knocks knocks

	mu      sync.Mutex
	waiting map[string][]chan ledger.Result // by record id

	stopOnce sync.Once
	stopped  chan struct{}         // closed when the node stops or has halted
	why      atomic.Pointer[error] // see Err
	running  atomic.Bool           // the engine's routines are at work
	dir      string
	stores   map[string]dbm.DB // the engine's databases and the ledger's, by name
	parkOnce sync.Once
	parked   chan struct{} // closed when a routine of the engine will not return any more, see guarded
	life     sync.RWMutex  // read-held by every call, so that the database is not closed under one
	// Read-held while the mempool's door looks. It is not life: a submitter holds that already, and
	// a second hold would wait for Stop, which waits for the first.
	door   sync.RWMutex
	closed bool // written with both held
}

var _ chain.Node = (*Node)(nil)

// Start opens the node's files, replays what the ledger has not committed yet, and begins to take
// part. It returns when records can be submitted; Health tells when the node has caught up. ctx
// bounds the start only: end the node with Stop.
func Start(ctx context.Context, cfg Config) (*Node, error) {
	if !home.HasGenesis(cfg.Dir) {
		return nil, fmt.Errorf("%w: %s", home.ErrNoGenesis, filepath.Base(cfg.Dir))
	}
	if err := cfg.Check(); err != nil {
		return nil, err
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.Default()
	}
	settings := cfg.settings()
	db, err := home.OpenLedger(settings, cfg.Logger)
	if err != nil {
		return nil, err
	}
	n := &Node{
		db: db, member: cfg.Member, doubts: make(chan chain.Doubt, maxDoubts), slots: make(chan struct{}, maxInFlight),
		waiting: map[string][]chan ledger.Result{}, stopped: make(chan struct{}), parked: make(chan struct{}),
		knocks: knocks{limit.NewRates(knocksRate, knocksBurst)},
	}
	n.dir, n.stores = cfg.Dir, map[string]dbm.DB{home.LedgerDB: db}
	if err := n.start(ctx, cfg, settings); err != nil {
		_ = db.Close()
		return nil, err
	}
	return n, nil
}

func (n *Node) start(ctx context.Context, cfg Config, settings *config.Config) (err error) {
	doc, err := home.ReadGenesis(cfg.Dir)
	if err != nil {
		return err
	}
	members, err := membership.ParseGenesis(doc.AppState)
	if err != nil {
		return fmt.Errorf("comet: genesis: %w", err)
	}
	n.app, err = ledger.New(ledger.Options{
		DB: n.db, Sealer: cfg.Sealer, Member: cfg.Member, Logger: cfg.Logger, OnCommit: n.deliver, OnDoubt: n.doubt,
		SnapshotEvery: cfg.SnapshotEvery, KeepBlocks: max(cfg.KeepBlocks, cfg.short), Genesis: members,
		OnSchema: n.outdated,
	})
	if err != nil {
		return err
	}
	switch now, later := n.app.Ahead(); {
	case now != nil:
		return now
	case later != nil:
		cfg.Logger.Error("ALARM: the members have agreed on a newer record schema; this node will stop before it",
			"err", later)
	}
	app := abci.Application(guarded{n.app, n})
	if cfg.Wrap != nil {
		app = cfg.Wrap(app, Inside{n.app, n.push, n.stopped})
	}
	n.eng, err = engine.New(ctx, engine.Config{
		Dir: cfg.Dir, Settings: settings, App: app, Stores: n.openStore, Log: engine.Log{To: cfg.Logger, Halt: n.halt},
		Sign: cfg.sign,
		Options: append(n.lateNodes(cfg, doc), reactors.Doorkeeper(n.app.Unsealed, n.app.MemberOf, cfg.Logger),
			node.CustomReactors(map[string]p2p.Reactor{"PULSE": reactors.NewPulse(beatEvery)})),
	})
	// it replayed what a kill had left, up to there, and does not hand our error through
	if now, _ := n.app.Ahead(); now != nil {
		return now
	}
	if err != nil {
		return err
	}
	n.running.Store(true)
	if err := engine.Run(n.eng); err != nil {
		return err
	}
	if cfg.KeepBlocks > 0 {
		go n.reclaim()
	}
	go n.expel()
	for _, peer := range cfg.Peers {
		go n.keepDialling(peer)
	}
	if cfg.Sealer != nil {
		go n.requestBlock()
	}
	return nil
}

// settings are the engine's for this node.
func (c Config) settings() *config.Config {
	s := home.Settings(c.Dir)
	home.Network(s, c.Listen, c.Peers)
	s.Storage.DiscardABCIResponses = !c.KeepResults
	if c.mempool > 0 {
		s.Mempool.Size = c.mempool
	}
	if s.Moniker = c.Moniker; c.Moniker == "" {
		s.Moniker = c.Member
	}
	s.StateSync.Enable = c.FromSnapshot
	s.StateSync.DiscoveryTime = discovery
	return s
}

// expel ends the connections of nodes that are no member's any more, whenever another members' list
// has been adopted. New connections are asked about by the engine (ledger.App.Query).
func (n *Node) expel() {
	for {
		changed := n.app.ListAdopted()
		for _, p := range n.eng.Switch().Peers().Copy() {
			if n.app.MemberOf(string(p.ID())) == "" {
				n.eng.Logger.Info("comet: a node is no member's any more", "peer", p.ID())
				n.eng.Switch().StopPeerGracefully(p)
			}
		}
		select {
		case <-changed:
		case <-n.stopped:
			return
		}
	}
}

// halt marks the node as stopped; submitters learn it at once.
func (n *Node) halt() { n.stopOnce.Do(func() { close(n.stopped) }) }

// outdated halts a node whose program cannot go on.
func (n *Node) outdated(err error) {
	n.why.CompareAndSwap(nil, &err)
	n.halt()
}

// Err tells why the node has stopped by itself: ErrSchema; nil when it has not, or when the engine
// halted, whose log says why.
func (n *Node) Err() error {
	if err := n.why.Load(); err != nil {
		return *err
	}
	return nil
}

// NewerSchema is ErrSchema while the members have agreed on a record schema that this program does
// not know: the newer program is to be started before the height that it names.
func (n *Node) NewerSchema() error {
	_, later := n.app.Ahead()
	return later
}

// Stop ends the node in order. Submitters still waiting get ErrStopped. ErrStuck when the engine
// does not end.
func (n *Node) Stop() error {
	n.halt()
	n.app.Leave()
	err := n.stopEngine()
	if errors.Is(err, ErrStuck) {
		return err
	}
	n.life.Lock()
	defer n.life.Unlock()
	n.door.Lock()
	defer n.door.Unlock()
	if n.closed {
		return nil
	}
	n.closed = true
	return errors.Join(err, n.db.Close())
}

// ask runs a query while the database is open.
func ask[T any](n *Node, query func() (T, error)) (answer T, err error) {
	n.life.RLock()
	defer n.life.RUnlock()
	if n.closed {
		return answer, ErrStopped
	}
	return query()
}

const (
	parkedFor = 2 * time.Second  // how long an engine with a parked routine may take to stop all others
	stopLimit = 15 * time.Second // how long any engine may take
)

func (n *Node) stopEngine() error {
	done := make(chan error, 1)
	go func() { done <- n.eng.Stop() }()
	select {
	case err := <-done:
		return err
	case <-time.After(stopLimit):
		return ErrStuck
	case <-n.parked:
	}
	select {
	case err := <-done:
		return err
	case <-time.After(parkedFor):
		return nil
	}
}

// Stopped is closed when the node stops or the engine has halted itself; the process should then
// end or restart it.
func (n *Node) Stopped() <-chan struct{} { return n.stopped }

// Health answers at once.
func (n *Node) Health(context.Context) chain.Health {
	head := n.app.Head()
	h := chain.Health{ // the switch's own count leaves the members' nodes out, as unconditional peers
		ChainID: n.ID(), Height: head.Header.Height, BlockTime: time.UnixMilli(head.Header.Time).UTC(),
		StateRoot: head.Header.StateRoot().String(), Records: head.Header.LogSize, Peers: n.eng.Switch().Peers().Size(),
		SealedUpTo: head.SealedHeight,
		Waiting:    n.eng.Mempool().Size(),
	}
	h.Reach, h.Power = n.reach()
	if head.SealedSize == head.Header.LogSize {
		h.SealedUpTo = head.Header.Height // later blocks hold no records: the sealed root is still the newest
	}
	select {
	case <-n.stopped:
	default:
		h.Ready = h.Height > 0 && !n.eng.ConsensusReactor().WaitSync()
	}
	return h
}
