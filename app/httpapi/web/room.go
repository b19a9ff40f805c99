package web

import (
	"context"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"golang.org/x/sync/semaphore"

	"github.com/smart-hospital/hospital/app/disk"
	"github.com/smart-hospital/hospital/app/problem"
)

// Limits of uploads under way. A body is held in memory as a whole, so what all of them take
// together is bounded by their number.
const (
	uploadsAtOnce  = 16              // in this process
	uploadsAccount = 2               // of one account
	uploadWait     = 5 * time.Second // for one's turn
	roomRetry      = 30              // seconds, when the disk is full
)

// slots gives out turns, few of them to one holder.
type slots struct {
	all  *semaphore.Weighted
	each int
	wait time.Duration

	mu   sync.Mutex
	held map[string]int // only of those who hold one: it cannot grow beyond all
}

func newSlots(all int64, each int, wait time.Duration) *slots {
	return &slots{all: semaphore.NewWeighted(all), each: each, wait: wait, held: map[string]int{}}
}

// take waits for a turn of a holder: rate-limited when it has its share, unavailable when there is
// none in time.
func (s *slots) take(ctx context.Context, holder string) (release func(), err error) {
	s.mu.Lock()
	if s.held[holder] >= s.each {
		s.mu.Unlock()
		return nil, problem.New("rate-limited", "an upload of this account is under way").After(1)
	}
	s.held[holder]++
	s.mu.Unlock()
	leave := func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.held[holder]--; s.held[holder] == 0 {
			delete(s.held, holder)
		}
	}
	ctx, cancel := context.WithTimeout(ctx, s.wait)
	defer cancel()
	if err := s.all.Acquire(ctx, 1); err != nil {
		leave()
		return nil, problem.New("unavailable", "too many uploads at once").After(int(uploadWait / time.Second))
	}
	return func() { s.all.Release(1); leave() }, nil
}

// KeepRoom makes commands stop while the disk is nearly full: uploads first, signing last.
func (a *API) KeepRoom(g *disk.Guard) { a.room = g }

// use is what an operation writes.
func (op Op) use() disk.Use {
	switch {
	case op.Upload:
		return disk.Uploads
	case op.Signs:
		return disk.Signing
	}
	return disk.Commands
}

// requireRoom refuses a command before its body is read.
func (a *API) requireRoom(op Op) func(huma.Context, func(huma.Context)) {
	return func(c huma.Context, next func(huma.Context)) {
		if err := a.RoomFor(op.use()); err != nil {
			a.writeHuma(c, err)
			return
		}
		next(c)
	}
}

// RoomFor refuses a use that has no room left: no-room.
func (a *API) RoomFor(u disk.Use) error {
	if a.room.Allows(u) {
		return nil
	}
	return problem.New("no-room", "the hospital's disk is nearly full").After(roomRetry)
}

// requireSlot holds one of the few turns of uploads while one runs; it stands before the body is
// read and after the session is known.
func (a *API) requireSlot(c huma.Context, next func(huma.Context)) {
	release, err := a.uploads.take(c.Context(), Caller(c.Context()).ID)
	if err != nil {
		a.writeHuma(c, err)
		return
	}
	defer release()
	next(c)
}
