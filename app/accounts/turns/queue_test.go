package turns

import (
	"context"
	"errors"
	"slices"
	"testing"
)

// Junk from one address used to stand in front of everybody else's log-in.
func TestTheQueueIsFair(t *testing.T) {
	q := New(1)
	leave, err := q.Enter(t.Context(), "busy")
	if err != nil {
		t.Fatal(err)
	}
	order := make(chan string)
	wait := func(address string) {
		before := q.waits()
		go func() {
			out, err := q.Enter(context.Background(), address)
			if err != nil {
				t.Error(err)
				return
			}
			order <- address
			out()
		}()
		for q.waits() == before { //nolint:revive // until it stands in the queue
		}
	}
	for range maxWaitingOfOne {
		wait("junk")
	}
	if _, err := q.Enter(t.Context(), "junk"); !errors.Is(err, ErrBusy) {
		t.Errorf("one address queues without end: %v", err)
	}
	wait("doctor")
	leave()
	var got []string
	for range maxWaitingOfOne + 1 {
		got = append(got, <-order)
	}
	if at := slices.Index(got, "doctor"); at > 1 {
		t.Errorf("the doctor came %d. after %v", at+1, got)
	}
}

// Who goes away leaves no place behind that nobody fills.
func TestAQueuedClientMayLeave(t *testing.T) {
	q := New(1)
	leave, err := q.Enter(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := q.Enter(gone, "b"); !errors.Is(err, ErrBusy) {
		t.Errorf("got %v", err)
	}
	if q.waits() != 0 || len(q.turns) != 0 {
		t.Errorf("%d wait, turns %v", q.waits(), q.turns)
	}
	leave()
	if leave, err = q.Enter(t.Context(), "c"); err != nil {
		t.Fatal(err)
	}
	leave()
}

func (q *Queue) waits() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.total
}
