// Package counted remembers figures of doctors that are dear to count.
package counted

import (
	"context"
	"sync"
	"time"
)

// For is how long a doctor's count is shown before it is counted again.
const For = 10 * time.Minute

// Visits remembers how many visits doctors have finished; the zero value knows none. Counting reads
// every one of them, and the directory is read as often as somebody types.
type Visits struct {
	mu    sync.Mutex
	known map[string]count // doctors of the register, so it is bounded
}

type count struct {
	n  int
	at time.Time
}

// Of asks for those alone whose count is not known or too old. What failed is asked again.
func (c *Visits) Of(ctx context.Context, people []string, now time.Time,
	ask func(context.Context, []string) (map[string]int, error)) (map[string]int, error) {
	list := make(map[string]int, len(people))
	var old []string
	c.mu.Lock()
	for _, p := range people {
		if k, ok := c.known[p]; ok && now.Sub(k.at) < For {
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
