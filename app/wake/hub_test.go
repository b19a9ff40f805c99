package wake

import (
	"context"
	"errors"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
)

func valid(id string) bool { return id == "CN1" }

// mute fails so many publishes.
type mute struct{ left atomic.Int64 }

func (m *mute) DialHook(next redis.DialHook) redis.DialHook { return next }
func (m *mute) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return next
}

func (m *mute) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		if cmd.Name() == "publish" && m.left.Add(-1) >= 0 {
			err := &net.OpError{Op: "write", Err: errors.New("broken pipe")}
			cmd.SetErr(err)
			return err
		}
		return next(ctx, cmd)
	}
}

// TestHubSeesAgain: one failed publish left the hub blind for as long as there was traffic, because
// only silence made it look again, and the other instances never heard of that message.
func TestHubSeesAgain(t *testing.T) {
	server := miniredis.RunT(t)
	fault := &mute{}
	client := redis.NewClient(&redis.Options{Addr: server.Addr()})
	client.AddHook(fault)
	other := redis.NewClient(&redis.Options{Addr: server.Addr()})
	t.Cleanup(func() { _ = client.Close(); _ = other.Close() })
	a, b := New(client, "test", valid), New(other, "test", valid)
	go a.Run(t.Context())
	go b.Run(t.Context())
	until := func(what string, ok func() bool) {
		t.Helper()
		for end := time.Now().Add(20 * time.Second); !ok(); time.Sleep(time.Millisecond) {
			if time.Now().After(end) {
				t.Fatal(what)
			}
		}
	}
	until("both see", func() bool { return a.Sighted() && b.Sighted() })
	const id = "CN1"
	w := b.Watch(id)
	defer w.Stop()
	for len(w.C) > 0 { // rung when the subscription stood
		<-w.C
	}
	fault.left.Store(3)
	a.Wake(id, 1)
	select {
	case <-w.C:
	case <-time.After(10 * time.Second):
		t.Error("the other instance's reader was not woken")
	}
	until("the hub sees again", a.Sighted)
}

// TestWakeUpsFromOutside: whoever can write to Redis can at most make readers look.
func TestWakeUpsFromOutside(t *testing.T) {
	const id = "CN1"
	h := New(nil, "test", valid)
	for text, want := range map[string]bool{id + " 7": true, id: false, id + " x": false, "CN2 7": false, "": false,
		" ": false, id + " 7 8": false} {
		if _, ok := h.parse(text); ok != want {
			t.Errorf("%q: %v", text, ok)
		}
	}
}

func TestWatchesRingOnceAndGoAway(t *testing.T) {
	h := New(nil, "test", valid)
	a, b, other := h.Watch("x"), h.Watch("x"), h.Watch("y")
	h.Wake("x", 1)
	h.Wake("x", 2) // rings already: nobody waits
	for name, w := range map[string]*Watch{"a": a, "b": b} {
		if len(w.C) != 1 {
			t.Errorf("%s has %d rings", name, len(w.C))
		}
	}
	if len(other.C) != 0 {
		t.Error("a stranger was woken")
	}
	a.Stop()
	b.Stop()
	other.Stop()
	if len(h.watchers) != 0 {
		t.Errorf("%d watched consultations are left", len(h.watchers))
	}
}
