package watch_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/merkle"
	"github.com/smart-hospital/hospital/chain/watch"
)

// voters of the fake consortium, one vote each.
var voters = []string{"h1", "h2", "p1", "p2"}

// fakeNode is our own node as the watch sees it.
type fakeNode struct {
	mu     sync.Mutex
	health chain.Health
	sealed map[int64]*chain.SealedHeader
	roster *membership.Roster
}

func (n *fakeNode) Health(context.Context) chain.Health {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.health
}

func (n *fakeNode) SealedHeader(_ context.Context, height int64) (*chain.SealedHeader, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if height == 0 {
		for h := range n.sealed {
			height = max(height, h)
		}
	}
	if s := n.sealed[height]; s != nil {
		return s, nil
	}
	return nil, chain.ErrNotFound
}

func (n *fakeNode) Doubts() <-chan chain.Doubt { return nil }

func (n *fakeNode) LogAt(ctx context.Context, height int64) (chain.Header, error) {
	for ; height > 0; height-- {
		if s, err := n.SealedHeader(ctx, height); err == nil {
			return s.Header, nil
		}
	}
	return chain.Header{}, chain.ErrNotFound
}

func (n *fakeNode) RosterFor(_ context.Context, h chain.Header) (*membership.Roster, error) {
	if h.MembersRoot != n.roster.Digest().String() {
		return nil, chain.ErrNotFound
	}
	return n.roster, nil
}

// scene is our node, one other member's explorer that answers what the test says, and a clock.
type scene struct {
	t     *testing.T
	c     *chaintest.Consortium
	node  *fakeNode
	watch *watch.Watch
	dir   string
	now   time.Time

	mu     sync.Mutex
	answer func(height string) (int, []byte)
}

func open(t *testing.T) *scene {
	t.Helper()
	s := &scene{t: t, c: chaintest.New(time.Now()), dir: t.TempDir(), now: time.Now()}
	s.c.Vote(map[string]int64{"h1": 1, "h2": 1, "p1": 1, "p2": 1})
	s.node = &fakeNode{roster: chaintest.Must(s.c.Members.Open()), sealed: map[int64]*chain.SealedHeader{},
		health: chain.Health{Height: 9, Power: 4, Reach: 4, Ready: true}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		status, body := s.answer(strings.TrimPrefix(r.URL.Path, "/v1/chain/headers/"))
		w.WriteHeader(status)
		_, _ = w.Write(body)
	}))
	t.Cleanup(server.Close)
	s.watch = s.start(watch.Peer{Member: "p2", URL: server.URL})
	return s
}

func (s *scene) start(peers ...watch.Peer) *watch.Watch {
	s.t.Helper()
	w, err := watch.New(watch.Config{Dir: s.dir, Node: s.node, Peers: peers, Now: func() time.Time { return s.now },
		Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		s.t.Fatal(err)
	}
	return w
}

// header is a header whose log root depends on the text alone, sealed by members.
func (s *scene) header(height int64, text string, by ...string) *chain.SealedHeader {
	root := merkle.LeafHash([]byte(text)).String()
	out := &chain.SealedHeader{Seals: []chain.Seal{}, Header: chain.Header{
		Chain: s.c.Members.Chain, Height: height, LogSize: uint64(height), LogRoot: root, StatusRoot: root,
		MembersRoot: s.node.roster.Digest().String(), Time: s.c.Start.UnixMilli() + height,
	}}
	return s.seal(out, by...)
}

func (s *scene) seal(out *chain.SealedHeader, by ...string) *chain.SealedHeader {
	for _, m := range by {
		sig := base64.StdEncoding.EncodeToString(chaintest.Must(s.c.Orgs[m].Seal.Key.Sign(out.Header.SealBytes())))
		out.Seals = append(out.Seals, chain.Seal{Member: m, Sig: sig})
	}
	return out
}

// shows lets the other explorer answer with these headers, the last of them as its newest.
func (s *scene) shows(list ...*chain.SealedHeader) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = func(height string) (int, []byte) {
		for _, h := range list {
			if chaintest.Must(json.Marshal(h.Header.Height)); height == string(
				chaintest.Must(json.Marshal(h.Header.Height))) {
				return 200, h.Bytes()
			}
		}
		if height == "0" && len(list) > 0 {
			return 200, list[len(list)-1].Bytes()
		}
		return 404, nil
	}
}

func (s *scene) round() {
	s.t.Helper()
	if err := s.watch.Round(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

// expect holds the ids of the open alarms, in order, against a list.
func (s *scene) expect(ids ...string) {
	s.t.Helper()
	var got []string
	for _, a := range s.watch.Report().Open {
		got = append(got, a.ID)
	}
	if !slices.Equal(got, ids) {
		s.t.Errorf("open alarms %v, want %v", got, ids)
	}
}

func TestAgreement(t *testing.T) {
	s := open(t)
	s.node.sealed[5], s.node.sealed[8] = s.header(5, "a", voters...), s.header(8, "b", voters[:3]...)
	s.shows(s.header(5, "a", voters[1:]...)) // other seals over the same header are no contradiction
	s.round()
	s.expect()
	if p := s.watch.Report().Peers; len(p) != 1 || !p[0].Agrees || p[0].Compared != 5 || !p[0].Reachable {
		t.Errorf("%+v", p)
	}
	later := s.header(6, "a")
	later.Header.LogSize = 5
	s.shows(s.seal(later, voters...)) // we sealed nothing at 6, but the log was that
	s.round()
	if p := s.watch.Report().Peers; p[0].Compared != 6 {
		t.Errorf("%+v", p)
	}
	if s.watch.Ready() != "" {
		t.Error(s.watch.Ready())
	}
}

// Two sealed histories: the alarm names who sealed both, its evidence is on disk and convinces a
// stranger, and only the operator ends it.
func TestFork(t *testing.T) {
	s := open(t)
	s.node.sealed[5] = s.header(5, "ours", "h1", "h2", "p1")
	s.shows(s.header(5, "theirs", "h2", "p1", "p2"))
	s.round()
	s.expect("fork-p2")
	a := s.watch.Report().Open[0]
	if !slices.Equal(a.Members, []string{"h2", "p1"}) || a.Height != 5 || !strings.HasPrefix(s.watch.Ready(), "fork:") {
		t.Errorf("%+v, ready %q", a, s.watch.Ready())
	}
	var kept watch.Alarm
	if err := json.Unmarshal(chaintest.Must(os.ReadFile(filepath.Join(s.dir, "fork-p2.json"))), &kept); err != nil {
		t.Fatal(err)
	}
	timeline := chain.NewTimeline(chaintest.Must(s.c.Members.Open()))
	if err := kept.Proves(timeline); err != nil {
		t.Errorf("evidence: %v", err)
	}
	if kept.Theirs.Seals = kept.Theirs.Seals[:2]; !errors.Is(kept.Proves(timeline), chain.ReasonQuorum) {
		t.Error("two seals of four prove a fork")
	}
	if kept.Theirs = kept.Ours; kept.Proves(timeline) == nil {
		t.Error("one header proves a fork")
	}

	s.shows(s.node.sealed[5]) // the liar shows a friendly face again
	s.round()
	s.expect("fork-p2")
	s.watch = s.start() // and so it is after a restart
	s.expect("fork-p2")

	if err := watch.Clear(s.dir, "fork-p2"); err != nil {
		t.Fatal(err)
	}
	s.round()
	s.expect()
	if past := s.watch.Report().Past; len(past) != 1 || past[0].ID != "fork-p2" || past[0].Until == nil {
		t.Errorf("%+v", past)
	}
	if kept := chaintest.Must(filepath.Glob(filepath.Join(s.dir, "cleared", "fork-p2-*.json"))); len(kept) != 1 {
		t.Error("the evidence is gone")
	}
	if err := watch.Clear(s.dir, "fork-p2"); err == nil {
		t.Error("cleared twice")
	}
}

// A fork further back is found by a node that is behind, and by one whose own height was not
// sealed.
func TestForkElsewhere(t *testing.T) {
	t.Run("ahead of us", func(t *testing.T) {
		s := open(t)
		s.node.sealed[5] = s.header(5, "ours", voters...)
		s.shows(s.header(5, "theirs", voters...), s.header(20, "later", voters...))
		s.round()
		s.expect("fork-p2")
	})
	t.Run("not sealed here", func(t *testing.T) {
		s := open(t)
		s.node.sealed[5] = s.header(5, "ours", voters...)
		s.shows(s.header(7, "theirs", voters...))
		s.round()
		s.expect("fork-p2")
	})
}

// What is not proved is worth a warning about who shows it, and no more.
func TestUnproven(t *testing.T) {
	for name, forge := range map[string]func(s *scene) *chain.SealedHeader{
		"no seals": func(s *scene) *chain.SealedHeader { return s.header(5, "theirs") },
		"forged seal": func(s *scene) *chain.SealedHeader {
			h := s.header(5, "theirs", voters...)
			h.Header.Time++
			return h
		},
		"non-voters":       func(s *scene) *chain.SealedHeader { return s.header(5, "theirs", "i1", "r1") },
		"twice the same":   func(s *scene) *chain.SealedHeader { return s.header(5, "theirs", "p2", "p2", "p2") },
		"far ahead, alone": func(s *scene) *chain.SealedHeader { return s.header(1<<40, "theirs") },
		"another list": func(s *scene) *chain.SealedHeader {
			h := s.header(5, "theirs", voters...)
			h.Header.MembersRoot = h.Header.LogRoot
			return h
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			s.node.sealed[5] = s.header(5, "ours", voters...)
			s.shows(forge(s))
			s.round()
			s.expect("unproven-p2")
			if s.watch.Ready() != "" {
				t.Error("a liar makes us unready: ", s.watch.Ready())
			}
			s.shows(s.node.sealed[5])
			s.round()
			s.expect()
		})
	}
	s := open(t)
	s.node.sealed[5] = s.header(5, "ours", voters...)
	s.shows(s.header(5, "theirs", "p1", "p2")) // true seals, too few
	s.round()
	s.expect("other-root-p2")
	if a := s.watch.Report().Open[0]; !slices.Equal(a.Members, []string{"p1", "p2"}) {
		t.Errorf("%+v", a)
	}
}

// A member's explorer may be away, hang up, talk nonsense or send too much.
func TestUnreachable(t *testing.T) {
	s := open(t)
	s.node.sealed[5] = s.header(5, "ours", voters...)
	for _, tt := range []struct {
		status int
		body   string
		want   string
	}{
		{500, "", "unreachable-p2"}, {302, "", "unreachable-p2"}, {200, "<html>", "unproven-p2"},
		{200, strings.Repeat(" ", chain.MaxReceiptBytes+2), "unproven-p2"},
	} {
		s.answer = func(string) (int, []byte) { return tt.status, []byte(tt.body) }
		s.round()
		s.expect(tt.want)
		s.shows(s.node.sealed[5])
		s.round()
		s.expect()
	}
	if past := s.watch.Report().Past; len(past) != 4 {
		t.Errorf("%d past", len(past))
	}
}

// Silence is something waiting while no block comes. An idle chain is well.
func TestSilence(t *testing.T) {
	s := open(t)
	s.shows()
	after := func(d time.Duration) { s.now = s.now.Add(d); s.round() }
	after(time.Hour)
	s.expect()
	s.node.health.Waiting = 3
	after(0)
	after(watch.DefaultSilence - time.Second)
	s.expect()
	after(time.Second)
	s.expect("silence")
	s.node.health.Height++
	after(time.Second)
	s.expect()

	s.node.health.Waiting = 0
	s.shows(s.header(99, "ahead", voters...)) // another member proves that there is more
	after(0)
	s.expect()
	after(watch.DefaultSilence)
	s.expect("silence")
	s.node.health.Height = 99
	after(0)
	s.expect()
}

func TestNoQuorum(t *testing.T) {
	s := open(t)
	s.shows()
	s.node.health.Reach = 2
	s.round()
	s.expect() // a connection may break for a moment
	s.now = s.now.Add(time.Minute)
	s.round()
	s.expect("no-quorum")
	if !strings.Contains(s.watch.Ready(), "2 of 4") {
		t.Error(s.watch.Ready())
	}
	s.node.health.Waiting = 1
	s.round()
	s.now = s.now.Add(watch.DefaultSilence)
	s.round()
	s.expect("no-quorum", "silence") // the cause stands before what follows from it
	s.node.health.Waiting = 0
	s.node.health.Reach = 3
	s.round()
	s.expect()
}

func TestLagging(t *testing.T) {
	s := open(t)
	s.node.sealed[8] = s.header(8, "a", voters...)
	s.shows(s.header(5, "a", voters...))
	s.node.sealed[5] = s.header(5, "a", voters...)
	s.round()
	s.expect()
	s.now = s.now.Add(time.Minute)
	s.round()
	s.expect("lagging-p2")
}

// What the ledger reports of a member is one alarm a member and kind, however often it happens.
func TestDoubts(t *testing.T) {
	s := open(t)
	s.shows()
	for h := range int64(50) {
		s.watch.Doubt(chain.Doubt{Kind: chain.DoubtForgedSeal, Member: "p2", Height: h, Text: "seal does not hold"})
	}
	s.watch.Doubt(chain.Doubt{Kind: chain.DoubtDoubleVote, Member: "p1", Height: 4, Text: "voted twice"})
	s.round()
	s.expect("forged-seal-p2", "double-vote-p1")
	if a := s.watch.Report().Open[0]; a.Times != 50 || a.Height != 0 {
		t.Errorf("%+v", a)
	}
	if list := chaintest.Must(watch.Lasting(s.dir)); len(list) != 2 {
		t.Errorf("%v", list)
	}
}

func TestPeerAddresses(t *testing.T) {
	for _, p := range []watch.Peer{{URL: "http://h:1"}, {Member: "p2", URL: "h:1"}, {Member: "p2", URL: "ftp://h"},
		{Member: "p2", URL: "http://u:p@h"}, {Member: "p2", URL: "http://h/x"}, {Member: "p2", URL: "http://"},
		{Member: "p2", URL: "http://h?x=1"}} {
		if p.Check() == nil {
			t.Errorf("%+v passes", p)
		}
	}
	if err := (watch.Peer{Member: "p2", URL: "https://node.example:8443/"}).Check(); err != nil {
		t.Error(err)
	}
}
