// Package gormstore keeps payments in SQLite or PostgreSQL. It promises what payment.Store asks
// for, and that personal data at rest (the insurance token, fee lists, documents) is sealed.
// Nothing of the ORM leaves it.
package gormstore

import (
	"context"
	"embed"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/act"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings this room's tables up to date; intent and outbox have their own Migrate.
func Migrate(ctx context.Context, db *sqlstore.DB) error {
	return db.Migrate(ctx, "payment", sqlstore.Sub(migrations))
}

// Store is a payment.Store.
type Store struct {
	// Notify is called with a settlement's records, AtDesk with one that a person has to decide, in
	// their transactions; set them before the first use. nil: nobody is.
	Notify func(tx *gorm.DB, r payment.Row, kind chain.Kind, at time.Time) error
	AtDesk func(tx *gorm.DB, r payment.Row) error

	db      *sqlstore.DB
	box     *keystore.Box
	intents *intent.Store
}

var _ payment.Store = (*Store)(nil)

// New returns a store over a migrated database; nothing may be nil.
func New(db *sqlstore.DB, box *keystore.Box, intents *intent.Store) *Store {
	return &Store{db: db, box: box, intents: intents}
}

// Read implements payment.Store.
func (s *Store) Read(ctx context.Context, fn func(payment.Tx) error) error {
	return fn(s.tx(s.db.WithContext(ctx)))
}

// Write implements payment.Store.
func (s *Store) Write(ctx context.Context, fn func(payment.Tx) error) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error { return fn(s.tx(tx)) })
}

// Once implements payment.Store.
func (s *Store) Once(ctx context.Context, cmd sqlstore.Command, fn func(payment.Tx) (any, error)) ([]byte,
	bool, error) {
	return s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) { return fn(s.tx(tx)) })
}

func (s *Store) tx(db *gorm.DB) payment.Tx {
	return payment.Tx{
		Cards: cards{db, s.box}, Codes: codes{db}, Settlements: settlements{db, s.box, s}, Events: events{db, s.box, s},
		Evidence: evidence{db, s.box}, Log: act.NewLog(db, s.intents),
	}
}

// millis stores the zero time as 0.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
