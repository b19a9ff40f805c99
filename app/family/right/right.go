// Package right is what one person may do with another's record, for which right a request asks,
// and in whose favour it was decided. The server sets the first by the operation; whoever keeps the
// ties decides by it and notes the second. So the rule stands in one place: a GET needs Read,
// anything else Act, and an operation that says so another one.
package right

import (
	"context"
	"slices"
	"sync"

	"gorm.io/gorm"
)

// Right is what one person may do with another's record.
type Right string

// Rights, each with what it is for. Who may act may read. Own is a person's, and that of a child's
// guardians; no relative holds it.
const (
	Read Right = "read" // records, prescriptions, papers, notices
	Act  Right = "act"  // ask doctors, write to them, pay, choose a pharmacy, show pick-up codes, cancel
	Own  Right = "own"  // identity, phone, health, insurance card, the access log, further relatives
)

type askedKey struct{}

type traceKey struct{}

// Asking has everything that is decided under a context be decided for a right.
func Asking(ctx context.Context, r Right) context.Context {
	return context.WithValue(ctx, askedKey{}, r)
}

// Of is the right that a context asks for: Act where nobody said.
func Of(ctx context.Context) Right {
	if r, ok := ctx.Value(askedKey{}).(Right); ok {
		return r
	}
	return Act
}

// As is a transaction whose decisions are for a right.
func As(tx *gorm.DB, r Right) *gorm.DB { return tx.WithContext(Asking(tx.Statement.Context, r)) }

// Trace collects into whose records its actor was let while one request is served.
type Trace struct {
	// Note notes what was seen for whom it was, in a transaction; nil: nobody does.
	Note func(tx *gorm.DB) error

	actor string
	mu    sync.Mutex
	seen  []string
	kept  bool
}

// Tracing has the decisions in an actor's favour collected.
func Tracing(ctx context.Context, actor string) (context.Context, *Trace) {
	t := &Trace{actor: actor}
	return context.WithValue(ctx, traceKey{}, t), t
}

// TraceOf is the trace of a context; nil: nobody collects.
func TraceOf(ctx context.Context) *Trace {
	t, _ := ctx.Value(traceKey{}).(*Trace)
	return t
}

// Touch notes that an actor was let into a person's record.
func Touch(ctx context.Context, actor, person string) {
	if t := TraceOf(ctx); t != nil && t.actor == actor {
		t.Touch(person)
	}
}

// Keep notes, in the transaction of what an actor does, for whom it does it. A request's
// sqlstore.Command does so in its Done; what commits another way calls it last. It runs again where
// the transaction does.
func Keep(tx *gorm.DB) error {
	if t := TraceOf(tx.Statement.Context); t != nil && t.Note != nil {
		return t.Note(tx)
	}
	return nil
}

// Touch notes that the trace's actor was let into a person's record; nil collects nothing.
func (t *Trace) Touch(person string) {
	if t == nil || person == t.actor {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if !slices.Contains(t.seen, person) {
		t.seen = append(t.seen, person)
	}
}

// Seen are the persons touched, in the order of their first touch.
func (t *Trace) Seen() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.seen)
}

// Kept says that what was seen is written, and tells whether it was before; nil keeps nothing.
func (t *Trace) Kept() (before bool) {
	if t == nil {
		return false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	before, t.kept = t.kept, true
	return before
}
