package watch

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/membership"
)

// Pace of a node's watch.
const (
	Every          = 5 * time.Second  // between two rounds of questions; each asks a member at most twice
	DefaultSilence = 30 * time.Second // without a block while something waits
	graceQuorum    = 5 * time.Second  // a connection may break and come back
	atOnce         = 8                // members asked at the same time
)

// Node is what the watch needs to know of its own node; comet.Node does.
type Node interface {
	Health(ctx context.Context) chain.Health
	SealedHeader(ctx context.Context, height int64) (*chain.SealedHeader, error)
	LogAt(ctx context.Context, height int64) (chain.Header, error)
	// RosterFor returns the members' list that a header says is in force: chain.ErrNotFound for one
	// this node does not know.
	RosterFor(ctx context.Context, h chain.Header) (*membership.Roster, error)
	// Doubts are what the ledger and the engine report of members; only Run takes them.
	Doubts() <-chan chain.Doubt
}

// Config of a Watch.
type Config struct {
	Dir     string        // of the alarms: evidence and history
	Node    Node          // our own
	Peers   []Peer        // the other members' explorers
	Silence time.Duration // 0: DefaultSilence
	Log     *slog.Logger
	Now     func() time.Time // nil: time.Now
	Client  *http.Client     // nil: NewClient
}

// Watch compares and listens. Its methods may be called at any time.
type Watch struct {
	cfg  Config
	book *book

	mu    sync.Mutex
	peers map[string]PeerState
	moved time.Time // when our height last changed
	last  int64     // that height
	waits time.Time // since when something waits; zero: nothing does
	alone time.Time // since when there is no quorum; zero: there is one
	ahead int64     // newest height proved by another member
}

// PeerState is what this node knows of another member's explorer.
type PeerState struct {
	Member    string    `json:"member" example:"p2"`
	Reachable bool      `json:"reachable"`
	Height    int64     `json:"height" doc:"Its newest sealed height that was proved to us; 0: none" example:"18"`
	Agrees    bool      `json:"agrees" doc:"Its sealed root is ours at the height last compared"`
	Compared  int64     `json:"compared" doc:"That height; 0: never" example:"18"`
	Since     time.Time `json:"since" doc:"Since when it is reachable, or not"`
}

// Report is what everybody may see.
type Report struct {
	Open  []Alarm     `json:"open" doc:"The worst first"`
	Past  []Alarm     `json:"past" doc:"What has ended, the newest first; at most 200"`
	Peers []PeerState `json:"peers" doc:"Other members' explorers as this node sees them"`
}

// New opens the folder of alarms.
func New(cfg Config) (*Watch, error) {
	if cfg.Silence <= 0 {
		cfg.Silence = DefaultSilence
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.Client == nil {
		cfg.Client = NewClient()
	}
	for _, p := range cfg.Peers {
		if err := p.Check(); err != nil {
			return nil, err
		}
	}
	b, err := openBook(cfg.Dir, cfg.Now)
	if err != nil {
		return nil, err
	}
	return &Watch{cfg: cfg, book: b, peers: map[string]PeerState{}, moved: cfg.Now()}, nil
}

// Run watches until ctx ends.
func (w *Watch) Run(ctx context.Context) error {
	tick := time.NewTicker(Every)
	defer tick.Stop()
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case d := <-w.cfg.Node.Doubts():
				w.Doubt(d)
			}
		}
	}()
	for {
		if err := w.Round(ctx); err != nil && ctx.Err() == nil {
			w.cfg.Log.Warn("watch: round failed, it will be tried again", "error", err.Error())
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Round asks every member once and looks at our own node. The error is that of the folder of
// alarms.
func (w *Watch) Round(ctx context.Context) error {
	var (
		g      errgroup.Group
		mu     sync.Mutex
		faults []error
	)
	g.SetLimit(atOnce)
	for _, p := range w.cfg.Peers {
		g.Go(func() error {
			if err := w.compare(ctx, p); err != nil {
				mu.Lock()
				defer mu.Unlock()
				faults = append(faults, err)
			}
			return nil
		})
	}
	_ = g.Wait()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return errors.Join(append(faults, w.listen(ctx), w.book.reload())...)
}

// Doubt raises what the ledger or the engine reports of a member.
func (w *Watch) Doubt(d chain.Doubt) {
	if err := w.raise(newAlarm(Kind(d.Kind), d.Member, d.Height, d.Text)); err != nil {
		w.cfg.Log.Error("watch: alarm could not be kept", "kind", string(d.Kind), "member", d.Member, "error",
			err.Error())
	}
}

func (w *Watch) raise(a Alarm) error {
	fresh, err := w.book.raise(a)
	switch {
	case !fresh:
	case a.Warning:
		w.cfg.Log.Warn("chain warning", "kind", string(a.Kind), "member", a.Member, "text", a.Text)
	default:
		w.cfg.Log.Error("ALARM: chain", "kind", string(a.Kind), "member", a.Member, "height", a.Height, "text", a.Text)
	}
	return err
}

func (w *Watch) clear(k Kind, member string) error {
	ended, err := w.book.clear(k, member)
	if ended {
		w.cfg.Log.Info("chain alarm is over", "kind", string(k), "member", member)
	}
	return err
}

// Report is the state now.
func (w *Watch) Report() Report {
	open, past := w.book.list()
	r := Report{Open: open, Past: past, Peers: []PeerState{}}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, p := range w.cfg.Peers {
		if s, ok := w.peers[p.Member]; ok {
			r.Peers = append(r.Peers, s)
		}
	}
	return r
}

// Open counts the open alarms of a kind.
func (w *Watch) Open(k Kind) (n int) {
	open, _ := w.book.list()
	for _, a := range open {
		if a.Kind == k {
			n++
		}
	}
	return n
}

// Ready says what keeps the chain from taking prescriptions; empty: nothing. Reading goes on in
// every case.
func (w *Watch) Ready() string {
	open, _ := w.book.list()
	for _, a := range open {
		switch a.Kind {
		case KindFork, KindSilence, KindNoQuorum:
			return string(a.Kind) + ": " + a.Text
		}
	}
	return ""
}
