package limit

import (
	"container/list"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// maxRates bounds the strangers that a Rates remembers: some 20 MiB. The one not seen longest is
// forgotten first, and begins with a full burst when it comes again.
const maxRates = 1 << 16

// Rates is a token bucket for each stranger, in a memory of fixed size.
type Rates struct {
	limit rate.Limit
	burst int
	most  int

	mu    sync.Mutex
	known map[string]*list.Element
	order *list.List // of *bucket, the one not seen longest first
}

type bucket struct {
	name string
	rate *rate.Limiter
}

// NewRates lets each stranger have so much a second, after a burst.
func NewRates(perSecond float64, burst int) *Rates {
	return &Rates{limit: rate.Limit(perSecond), burst: burst, most: maxRates, known: map[string]*list.Element{},
		order: list.New()}
}

// Allow takes one from a stranger's bucket; false when it is empty. The name is Network of an
// address, or an account's id.
func (r *Rates) Allow(name string, now time.Time) bool { return r.AllowN(name, now, 1) }

// AllowN takes n, and at most the burst: what costs more than a whole bucket costs a whole bucket.
func (r *Rates) AllowN(name string, now time.Time, n int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	e := r.known[name]
	if e == nil {
		if len(r.known) >= r.most {
			first := r.order.Front()
			delete(r.known, r.order.Remove(first).(*bucket).name)
		}
		e = r.order.PushBack(&bucket{name, rate.NewLimiter(r.limit, r.burst)})
		r.known[name] = e
	} else {
		r.order.MoveToBack(e)
	}
	return e.Value.(*bucket).rate.AllowN(now, min(n, r.burst))
}

// Len is the number of strangers remembered.
func (r *Rates) Len() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.known)
}
