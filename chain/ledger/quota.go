package ledger

import (
	"sync"
	"time"
)

// A member's records that the ledger refuses take room in blocks and are worth it in small numbers:
// the regulator sees who tries what. So each member may have so many of them at once, and one more
// each second. Legal records are not counted.
const (
	refusedBurst = 256
	refusedEvery = time.Second
)

// quotas count what is refused of whom. They are this node's own and decide only what it lets in
// and proposes.
type quotas struct {
	now func() time.Time

	mu   sync.Mutex
	left map[string]allowance
}

type allowance struct {
	n  int // below zero: a debt
	at time.Time
}

func newQuotas(now func() time.Time) *quotas { return &quotas{now: now, left: map[string]allowance{}} }

// of is what a member has left; mu is held.
func (q *quotas) of(member string) allowance {
	now := q.now()
	a, known := q.left[member]
	if !known {
		return allowance{refusedBurst, now}
	}
	gained := int(now.Sub(a.at) / refusedEvery)
	if gained <= 0 {
		return a
	}
	return allowance{min(refusedBurst, a.n+gained), a.at.Add(time.Duration(gained) * refusedEvery)}
}

// has tells whether all members have that much left.
func (q *quotas) has(cost map[string]int) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	for member, n := range cost {
		if q.of(member).n < n {
			return false
		}
	}
	return true
}

// take counts what members' records have cost; a block's may lead into debt.
func (q *quotas) take(cost map[string]int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for member, n := range cost {
		a := q.of(member)
		a.n -= n
		q.left[member] = a
	}
}
