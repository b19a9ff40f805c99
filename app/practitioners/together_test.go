package practitioners

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
)

// TestTogether: whoever asks gets work that began after the question, a crowd has no two of them
// done at once, and one who leaves takes nobody along.
func TestTogether(t *testing.T) {
	const crowd = 200
	var all together[int64]
	var begun, truth, atOnce atomic.Int64
	gate := make(chan struct{})
	work := func(ctx context.Context) (int64, error) {
		begun.Add(1)
		if atOnce.Add(1) > 1 {
			t.Error("two at once")
		}
		defer atOnce.Add(-1)
		seen := truth.Load()
		<-gate
		return seen, ctx.Err()
	}
	gone, leave := context.WithCancel(t.Context())
	first := make(chan error)
	go func() { _, err := all.do(gone, work); first <- err }()
	for begun.Load() == 0 {
		runtime.Gosched()
	}
	truth.Store(7)
	var asked, answered sync.WaitGroup
	for range crowd {
		asked.Add(1)
		answered.Go(func() {
			asked.Done()
			if got, err := all.do(t.Context(), work); got != 7 || err != nil {
				t.Errorf("%d, %v: what was true before the question", got, err)
			}
		})
	}
	asked.Wait()
	leave()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("the first one: %v", err)
	}
	close(gate)
	answered.Wait()
	if got, err := all.do(t.Context(), work); got != 7 || err != nil {
		t.Errorf("afterwards: %d, %v", got, err)
	}
}
