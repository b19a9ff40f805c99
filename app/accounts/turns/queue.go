// Package turns shares a few places fairly among addresses, so that junk from one of them keeps
// nobody else waiting.
package turns

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// ErrBusy: too many wait already, or it took too long.
var ErrBusy = errors.New("turns: too many at once")

// Limits of a queue.
const (
	maxWaitingOfOne = 16               // of one address; the next is refused
	maxWaiting      = 1024             // of all
	maxQueueTime    = 20 * time.Second // afterwards the client repeats
)

// Queue shares a few places fairly among addresses: the next free place goes to the address whose
// turn it is, however many others are waiting. Junk from one address delays everybody else by one
// turn.
type Queue struct {
	mu      sync.Mutex
	free    int
	waiting map[string][]chan struct{} // by address, first come first
	turns   []string                   // addresses with somebody waiting
	total   int
}

// New makes a queue for so many places.
func New(places int) *Queue {
	return &Queue{free: places, waiting: map[string][]chan struct{}{}}
}

// Enter waits for a place of an address, which leave gives back: ErrBusy when too many wait
// already, or it took too long.
func (q *Queue) Enter(ctx context.Context, address string) (leave func(), err error) {
	q.mu.Lock()
	if q.free > 0 {
		q.free--
		q.mu.Unlock()
		return q.leave, nil
	}
	if len(q.waiting[address]) >= maxWaitingOfOne || q.total >= maxWaiting {
		q.mu.Unlock()
		return nil, ErrBusy
	}
	turn := make(chan struct{})
	if len(q.waiting[address]) == 0 {
		q.turns = append(q.turns, address)
	}
	q.waiting[address] = append(q.waiting[address], turn)
	q.total++
	q.mu.Unlock()

	ctx, cancel := context.WithTimeout(ctx, maxQueueTime)
	defer cancel()
	select {
	case <-turn:
		return q.leave, nil
	case <-ctx.Done():
	}
	if q.withdraw(address, turn) {
		return nil, ErrBusy
	}
	return q.leave, nil // the place came at the same moment
}

// leave hands the place to the address whose turn it is.
func (q *Queue) leave() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.turns) == 0 {
		q.free++
		return
	}
	address := q.turns[0]
	turn := q.waiting[address][0]
	q.turns = q.turns[1:]
	q.take(address, 0)
	if len(q.waiting[address]) > 0 {
		q.turns = append(q.turns, address)
	}
	close(turn)
}

// withdraw is false when the place was handed over already.
func (q *Queue) withdraw(address string, turn chan struct{}) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	i := slices.Index(q.waiting[address], turn)
	if i < 0 {
		return false
	}
	q.take(address, i)
	if len(q.waiting[address]) == 0 {
		q.turns = slices.DeleteFunc(q.turns, func(a string) bool { return a == address })
	}
	return true
}

func (q *Queue) take(address string, i int) {
	q.waiting[address] = slices.Delete(q.waiting[address], i, i+1)
	if len(q.waiting[address]) == 0 {
		delete(q.waiting, address)
	}
	q.total--
}
