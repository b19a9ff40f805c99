package sqlstore

import (
	"context"
	"database/sql"

	"gorm.io/gorm"
)

type afterKey struct{}

// after are the functions that wait for a transaction's commit.
type after struct{ list []func() }

// AfterCommit runs fn once the transaction of tx has committed, and never when it has not. fn MUST
// be quick and must not fail: what has to happen in any case is found again by a look into the
// database. Outside Tx fn runs at once.
func AfterCommit(tx *gorm.DB, fn func()) {
	if a, ok := tx.Statement.Context.Value(afterKey{}).(*after); ok {
		a.list = append(a.list, fn)
		return
	}
	fn()
}

// transact runs fn in one transaction, and what waits for its commit after it.
func (db *DB) transact(ctx context.Context, fn func(tx *gorm.DB) error, opts *sql.TxOptions) error {
	var a after
	if err := db.WithContext(context.WithValue(ctx, afterKey{}, &a)).Transaction(fn, opts); err != nil {
		return err
	}
	for _, fn := range a.list {
		fn()
	}
	return nil
}

// TxCommitted is Tx for work that queues behind a row of its own: each statement sees what is
// committed when it begins (READ COMMITTED), so who waits for that row's lock goes on afterwards
// instead of beginning anew, and what it reads makes no command run again. fn MUST first write that
// row, or decide nothing by what it reads. SQLite has one writer anyway: there it is Tx.
func (db *DB) TxCommitted(ctx context.Context, fn func(tx *gorm.DB) error) error {
	return db.tries(ctx, fn, sql.LevelReadCommitted)
}
