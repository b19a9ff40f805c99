package practitioners

import (
	"context"
	"sync"
	"time"
)

// longestWork is how long a database that does not answer is waited for.
const longestWork = 30 * time.Second

// together does for all who ask at once what one would do alone: each gets an answer whose work
// began after the question came, and at most one is worked on. So a flood costs what one asker
// costs, and nobody sees what was true before.
type together[T any] struct {
	mu      sync.Mutex
	waiting *shared[T] // begins when the one under way is done
	busy    bool
}

type shared[T any] struct {
	done   chan struct{}
	answer T
	err    error
}

// do answers with what work says. work's context is nobody's: it does not end when its first asker
// leaves.
func (t *together[T]) do(ctx context.Context, work func(context.Context) (T, error)) (answer T, err error) {
	t.mu.Lock()
	if t.waiting == nil {
		t.waiting = &shared[T]{done: make(chan struct{})}
	}
	mine := t.waiting
	if !t.busy {
		t.busy = true
		go t.run(context.WithoutCancel(ctx), work)
	}
	t.mu.Unlock()
	select {
	case <-mine.done:
		return mine.answer, mine.err
	case <-ctx.Done():
		return answer, ctx.Err()
	}
}

func (t *together[T]) run(ctx context.Context, work func(context.Context) (T, error)) {
	for {
		t.mu.Lock()
		now := t.waiting
		t.waiting = nil
		if now == nil {
			t.busy = false
			t.mu.Unlock()
			return
		}
		t.mu.Unlock()
		limited, end := context.WithTimeout(ctx, longestWork)
		now.answer, now.err = work(limited)
		end()
		close(now.done)
	}
}
