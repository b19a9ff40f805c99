// Package room is what a room of the application offers to whoever puts the rooms together. The
// list of all rooms is in app/rooms.go; everything that needs all of them walks it, and nothing
// else knows them all.
package room

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/audit"
	"github.com/smart-hospital/hospital/app/closing"
	"github.com/smart-hospital/hospital/app/disclosure"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/notice"
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
	Closing    Closing[H]    // what the end of a patient's account means for its rows
	// Tells says of every kind of its contract what people are told when it is taken; empty is a
	// kind of which nobody is told. To whom it goes is telling's.
	Tells map[chain.Kind]notice.Kind
	// Refusals say what its errors mean to clients. An error of two rooms is refused by the one
	// that stands first.
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

// Closing is what the end of a patient's account means for a room. A room that keeps rows about
// people says in Rest what becomes of those that Leave does not delete.
type Closing[H any] struct {
	// UnderWay are the ids of what must come to an end first, at most closing.MaxHindrances, as tx
	// sees them; the answer calls them Hinders. Selves are the ids that the person's own record has
	// had, the person's among them.
	Hinders  closing.Kind
	UnderWay func(h H, tx *gorm.DB, person string, selves []string) ([]string, error)
	Leave    func(h H, tx *gorm.DB, a accounts.Account) error // in the transaction that ends the account
	Rest     string
}

// Hindrances are what the rooms have under way for a person.
func Hindrances[H any](h H, rooms []Room[H], tx *gorm.DB, person string, selves []string) (
	list []closing.Hindrance, err error) {
	for _, r := range rooms {
		if r.Closing.UnderWay == nil {
			continue
		}
		ids, err := r.Closing.UnderWay(h, tx, person, selves)
		if err != nil {
			return nil, fmt.Errorf("what hinders the end of an account in %s: %w", r.Name, err)
		}
		for _, id := range ids {
			list = append(list, closing.Hindrance{Kind: r.Closing.Hinders, ID: id})
		}
	}
	return list, nil
}

// Leave has every room delete what it holds of an account beside its record.
func Leave[H any](h H, rooms []Room[H], tx *gorm.DB, a accounts.Account) error {
	for _, r := range rooms {
		if r.Closing.Leave == nil {
			continue
		}
		if err := r.Closing.Leave(h, tx, a); err != nil {
			return fmt.Errorf("the end of an account in %s: %w", r.Name, err)
		}
	}
	return nil
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
