package limit

import (
	"context"
	"errors"
	"sync"

	"golang.org/x/sync/semaphore"
)

// ErrBusy: so much is under way that more must wait; nothing was done.
var ErrBusy = errors.New("too much is under way here")

// Seats bounds what is under way at once, in all and of one stranger: requests, streams, bytes.
type Seats struct {
	total, each int

	mu    sync.Mutex
	taken int
	of    map[string]int
}

// NewSeats makes so many seats, of which one stranger gets at most each.
func NewSeats(total, each int) *Seats { return &Seats{total: total, each: each, of: map[string]int{}} }

// Take takes n seats for a stranger; false: there are not so many.
func (s *Seats) Take(name string, n int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.taken+n > s.total || s.of[name]+n > s.each {
		return false
	}
	s.taken += n
	s.of[name] += n
	return true
}

// Give gives n of them back.
func (s *Seats) Give(name string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken -= n
	if s.of[name] -= n; s.of[name] <= 0 {
		delete(s.of, name)
	}
}

// Taken is the number of seats in use.
func (s *Seats) Taken() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.taken
}

// Work bounds what is computed at once by its cost, and how much may wait for its turn.
type Work struct {
	most  int64
	slots *semaphore.Weighted
	queue *Seats
}

// NewWork lets work of that cost run at once, and as much as queue cost wait.
func NewWork(atOnce int64, queue int) *Work {
	return &Work{atOnce, semaphore.NewWeighted(atOnce), NewSeats(int(atOnce)+queue, int(atOnce)+queue)}
}

// Do runs fn when its cost has room: ErrBusy when too much waits already, the context's error when
// the caller has gone.
func (w *Work) Do(ctx context.Context, cost int64, fn func() error) error {
	cost = max(1, min(cost, w.most))
	if !w.queue.Take("", int(cost)) {
		return ErrBusy
	}
	defer w.queue.Give("", int(cost))
	if err := w.slots.Acquire(ctx, cost); err != nil {
		return err
	}
	defer w.slots.Release(cost)
	return fn()
}
