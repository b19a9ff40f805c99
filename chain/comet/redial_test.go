package comet_test

import (
	"net"
	"sync/atomic"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/comet"
)

// A connection that had ended without an error, or that the other end had dialled, was never
// dialled again, and after some failures the engine waits for minutes. Members find each other
// again however often they part.
func TestMembersDialAgain(t *testing.T) {
	t.Parallel()
	w := chaintest.NewWard(time.Now().Add(-time.Minute))
	nodes := federation(t, w, []string{"h1", "h2", "p1", "p2"})
	records := w.Enrolments()
	for i := range 3 {
		for _, n := range nodes {
			n.Part()
		}
		meet(t, nodes)
		accept(t, nodes[i], records[i])
	}
}

// hole is a proxy between two nodes that, while it is closed, swallows what comes: nobody is told
// that the way is gone, and what is swallowed does not come again.
type hole struct {
	to      string
	swallow *atomic.Bool
}

func (h hole) serve(l net.Listener) {
	for {
		near, err := l.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp", h.to)
		if err != nil {
			_ = near.Close()
			continue
		}
		dead := h.swallow // a connection that once lost something is dead for good
		lost := &atomic.Bool{}
		for _, way := range [][2]net.Conn{{near, far}, {far, near}} {
			go func() {
				defer way[0].Close()
				for b := make([]byte, 32<<10); ; {
					n, err := way[0].Read(b)
					if dead.Load() {
						lost.Store(true)
					}
					if !lost.Load() {
						if _, err := way[1].Write(b[:n]); err != nil {
							return
						}
					}
					if err != nil {
						if !lost.Load() {
							_ = way[1].Close()
						}
						return
					}
				}
			}()
		}
	}
}

// lostLinks are four members over links that swallow what comes while the switch is on.
func lostLinks(t *testing.T) (nodes []*comet.Node, records []chain.Record, swallow *atomic.Bool) {
	swallow = &atomic.Bool{}
	w := chaintest.NewWard(time.Now().Add(-time.Minute))
	nodes = federationVia(t, w, []string{"h1", "h2", "p1", "p2"}, func(_, _, address string) string {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = l.Close() })
		go hole{address, swallow}.serve(l)
		return l.Addr().String()
	})
	return nodes, w.Enrolments(), swallow
}

// Links that are lost without a word left connections that the engine takes for living for up to
// 105 seconds, and the system for longer. Both ends end a connection without a word, and dial anew.
func TestLinksLostWithoutAWord(t *testing.T) {
	defer comet.Impatient(200 * time.Millisecond)()
	nodes, records, swallow := lostLinks(t)
	accept(t, nodes[0], records[0])
	swallow.Store(true)
	done := make(chan error, 1)
	go func() {
		_, err := nodes[1].Submit(t.Context(), records[1:2]) // waits, and passes when the links are back
		done <- err
	}()
	for nodes[1].Health(t.Context()).Waiting == 0 { // something of it is lost
		time.Sleep(time.Millisecond)
	}
	time.Sleep(100 * time.Millisecond)
	swallow.Store(false)
	back := time.Now()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
		t.Log("a block", time.Since(back), "after the links' return")
	case <-time.After(patience):
		t.Error("the links are back, and no block comes")
	}
}

// Links were lost while nobody waited for a block, or while one member alone did. The others went
// on with the dead connection, and refused a new one as its double. Every member notices by itself,
// nobody has to wait for it.
func TestEverybodyNoticesALostLink(t *testing.T) {
	defer comet.Impatient(200 * time.Millisecond)()
	nodes, records, swallow := lostLinks(t)
	accept(t, nodes[0], records[0])
	for _, r := range records[1:3] {
		swallow.Store(true)
		gone := time.After(patience)
		for _, n := range nodes {
			for n.Health(t.Context()).Peers > 0 {
				select {
				case <-gone:
					t.Fatal("a member takes a dead connection for a living one")
				case <-time.After(10 * time.Millisecond):
				}
			}
		}
		swallow.Store(false)
		back := time.Now()
		accept(t, nodes[1], r)
		t.Log("a block", time.Since(back), "after the links' return")
		meet(t, nodes)
	}
}
