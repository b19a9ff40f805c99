package practitioners

import (
	"context"
	"sync"
	"time"
)

// countedFor is how long a doctor's count of finished visits is shown before it is counted again.
const countedFor = 10 * time.Minute

// counts remembers how many visits doctors have finished. Counting reads every one of them, and the
// directory is read as often as somebody types.
type counts struct {
	mu    sync.Mutex
	known map[string]count // doctors of the register, so it is bounded
}

type count struct {
	n  int
	at time.Time
}

// of asks for those alone whose count is not known or too old. What failed is asked again.
func (c *counts) of(ctx context.Context, people []string, now time.Time,
	ask func(context.Context, []string) (map[string]int, error)) (map[string]int, error) {
	list := make(map[string]int, len(people))
	var old []string
	c.mu.Lock()
	for _, p := range people {
		if k, ok := c.known[p]; ok && now.Sub(k.at) < countedFor {
			list[p] = k.n
		} else {
			old = append(old, p)
		}
	}
	c.mu.Unlock()
	if len(old) == 0 {
		return list, nil
	}
	fresh, err := ask(ctx, old)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil {
		c.known = map[string]count{}
	}
	for _, p := range old {
		list[p], c.known[p] = fresh[p], count{fresh[p], now}
	}
	return list, nil
}
