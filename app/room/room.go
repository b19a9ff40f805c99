// Package room is what a room of the application offers to whoever puts the rooms together. The
// list of all rooms is in app/rooms.go; everything that needs all of them walks it, and nothing
// else knows them all.
package room

import (
	"context"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/app/audit"
	"github.com/smart-hospital/hospital/app/disclosure"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/oversight"
	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Room is one room. H is the application, which holds the services; a room without a part has nil
// there.
type Room[H any] struct {
	Name    string
	Migrate func(context.Context, *sqlstore.DB) error // brings its own tables up to date
	Audit   audit.Part                                // how its rows are held against the chain
	// Oversight is what the regulator judges of its contract's subjects. A regulator's node has no
	// application: nothing of it may need one.
	Oversight  oversight.Part
	Disclosure Disclosure[H] // the documents that its records commit to
	// Refusals say what its errors mean to clients. An error of two rooms is refused by the one that
	// stands first.
	Refusals []problem.Entry
	Routes   func(H, *web.API)              // its operations
	Run      func(H, context.Context) error // works beside requests until its context ends
	Demo     func(H, context.Context) error // makes its part of the demo ward, after the rooms before it
	Tasks    []Task[H]
}

// Disclosure is a disclosure.Part of a room whose documents the application's services keep.
type Disclosure[H any] struct {
	Subjects string
	To       []chain.OrgRole
	Open     func(h H, ctx context.Context, id, record, reader string) (document, salt []byte, err error)
}

// Disclosures are those of all rooms that have documents.
func Disclosures[H any](h H, rooms []Room[H]) (parts []disclosure.Part) {
	for _, r := range rooms {
		if d := r.Disclosure; d.Open != nil {
			parts = append(parts, disclosure.Part{Subjects: d.Subjects, To: d.To,
				Open: func(ctx context.Context, id, record, reader string) (document, salt []byte, err error) {
					return d.Open(h, ctx, id, record, reader)
				}})
		}
	}
	return parts
}

// Task is done again and again beside requests. It may be killed at any moment and begun anew, and
// waits while the clock is in doubt: what it would end by time, it would end for good.
type Task[H any] struct {
	Name  string
	Every time.Duration
	Do    func(h H, ctx context.Context, now time.Time) error
}

// Migrate brings the tables of all rooms up to date. Rooms know only their own tables, so the order
// is free.
func Migrate[H any](ctx context.Context, db *sqlstore.DB, rooms []Room[H]) error {
	for _, r := range rooms {
		if r.Migrate == nil {
			continue
		}
		if err := r.Migrate(ctx, db); err != nil {
			return fmt.Errorf("migrate %s: %w", r.Name, err)
		}
	}
	return nil
}
