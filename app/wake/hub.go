// Package wake wakes those who read a list that grows: in this process at once, and over Redis in
// every other instance. A wake-up says that there may be something new, and nothing of it: the
// reader looks into the database. So a lost one costs time and nothing else, and while Redis does
// not answer every reader looks by itself each second.
package wake

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

// How the hub behaves when Redis does and does not answer.
const (
	pollBlind    = time.Second      // every reader looks into the database while Redis is lost
	pollSafety   = 15 * time.Second // and this often while it is there: Redis may lose a message
	redisSilent  = 5 * time.Second  // silence after which the connection is tested
	maxPending   = 1024             // wake-ups waiting to be published; more are dropped, the polls make up for them
	firstBackoff = 50 * time.Millisecond
	maxBackoff   = 5 * time.Second
)

// Hub wakes the readers of a list, in this process and, over Redis, in all others.
type Hub struct {
	redis   redis.UniversalClient // nil: one instance alone
	channel string
	valid   func(id string) bool
	out     chan string
	hears   atomic.Bool // others' wake-ups arrive
	speaks  atomic.Bool // ours leave

	mu       sync.Mutex
	watchers map[string]map[*Watch]struct{}
}

// Watch is one reader's alarm clock: C has a value when something may be new. Stop it.
type Watch struct {
	C   chan struct{}
	id  string
	hub *Hub
}

// New makes a hub. client may be nil when there is one instance only. channel is the Redis channel
// instances wake each other on; a message is "id seq" and nothing else: who reads Redis learns that
// something was written, not what. valid tells what an id looks like; anything else on the channel
// is ignored.
func New(client redis.UniversalClient, channel string, valid func(id string) bool) *Hub {
	h := &Hub{redis: client, channel: channel, valid: valid,
		out: make(chan string, maxPending), watchers: map[string]map[*Watch]struct{}{}}
	h.hears.Store(client == nil)
	h.speaks.Store(true)
	return h
}

// Sighted tells whether instances wake each other: others' wake-ups arrive, and ours leave. Readers
// poll every second while they do not.
func (h *Hub) Sighted() bool { return h.hears.Load() && h.speaks.Load() }

// Watch starts a watch on a list.
func (h *Hub) Watch(id string) *Watch {
	w := &Watch{C: make(chan struct{}, 1), id: id, hub: h}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.watchers[id] == nil {
		h.watchers[id] = map[*Watch]struct{}{}
	}
	h.watchers[id][w] = struct{}{}
	return w
}

// Stop ends the watch.
func (w *Watch) Stop() {
	w.hub.mu.Lock()
	defer w.hub.mu.Unlock()
	delete(w.hub.watchers[w.id], w)
	if len(w.hub.watchers[w.id]) == 0 {
		delete(w.hub.watchers, w.id)
	}
}

func (w *Watch) ring() {
	select {
	case w.C <- struct{}{}:
	default: // it rings already
	}
}

// Wake rings every reader of a list here, and asks the other instances to do so. It never waits.
func (h *Hub) Wake(id string, seq int64) {
	h.ringOne(id)
	if h.redis == nil {
		return
	}
	select {
	case h.out <- fmt.Sprintf("%s %d", id, seq):
	default:
	}
}

func (h *Hub) ringOne(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for w := range h.watchers[id] {
		w.ring()
	}
}

func (h *Hub) ringAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, set := range h.watchers {
		for w := range set {
			w.ring()
		}
	}
}

// Run publishes, listens and polls until ctx ends.
func (h *Hub) Run(ctx context.Context) {
	if h.redis != nil {
		go h.publish(ctx)
		go h.listen(ctx)
	}
	t := time.NewTicker(pollBlind)
	defer t.Stop()
	last := time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-t.C:
			if !h.Sighted() || now.Sub(last) >= pollSafety {
				last = now
				h.ringAll()
			}
		}
	}
}

func (h *Hub) publish(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case text := <-h.out:
			h.say(ctx, text)
		}
	}
}

// say publishes a wake-up until it has left: another instance's reader that was not woken would
// wait for its own poll. What comes meanwhile waits behind it, and is dropped beyond maxPending.
func (h *Hub) say(ctx context.Context, text string) {
	for pause := firstBackoff; ; pause = min(2*pause, maxBackoff) {
		err := h.redis.Publish(ctx, h.channel, text).Err()
		h.speaks.Store(err == nil)
		if err == nil {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

// listen subscribes again and again; after every loss all readers look once, for what they did not
// hear of.
func (h *Hub) listen(ctx context.Context) {
	pause := firstBackoff
	for ctx.Err() == nil {
		heard := h.hear(ctx)
		h.hears.Store(false)
		if heard {
			pause = firstBackoff
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
		pause = min(2*pause, maxBackoff)
	}
}

// hear listens on one subscription until it breaks and tells whether it ever worked.
func (h *Hub) hear(ctx context.Context) (heard bool) {
	sub := h.redis.Subscribe(ctx, h.channel)
	defer sub.Close()
	asked := false
	for {
		msg, err := sub.ReceiveTimeout(ctx, redisSilent)
		if silent(err) && !asked {
			if sub.Ping(ctx) != nil {
				return heard
			}
			asked = true // no answer until the next time-out means that it is gone
			continue
		}
		if err != nil {
			return heard
		}
		asked = false
		switch m := msg.(type) {
		case *redis.Subscription:
			heard = true
			h.hears.Store(true)
			h.ringAll()
		case *redis.Pong:
			h.hears.Store(true)
		case *redis.Message:
			h.hears.Store(true)
			if id, ok := h.parse(m.Payload); ok {
				h.ringOne(id)
			}
		}
	}
}

func silent(err error) bool {
	var n net.Error
	return errors.As(err, &n) && n.Timeout()
}

// parse takes a wake-up apart.
func (h *Hub) parse(text string) (id string, ok bool) {
	id, seq, ok := strings.Cut(text, " ")
	if !ok || !h.valid(id) {
		return "", false
	}
	_, err := strconv.ParseInt(seq, 10, 64)
	return id, err == nil
}
