package outbox

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// enrolled appends a certificate's enrolment and returns its revocation, both by the organisation's
// seal.
func (w *world) enrolled() (revoke chain.Record) {
	w.t.Helper()
	subject := chain.SubjectCert + record("rx:any", 1).Statement.Actor
	enrol, revoke := record(subject, 1), record(subject, 2)
	for _, r := range []*chain.Record{&enrol, &revoke} {
		r.Statement.Actor = strings.Repeat("5", 64)
	}
	enrol.Statement.Kind, revoke.Statement.Kind, enrol.Statement.Facts.Cert = chain.KindEnrol, chain.KindRevoke, "AAAA"
	if err := w.db.Tx(ctx, func(tx *gorm.DB) error { return Append(tx, subject, enrol, w.now) }); err != nil {
		w.t.Fatal(err)
	}
	return revoke
}

// behind runs second on another connection from within the open transaction first, and returns
// second's outcome once it has one or once the database says that it waits for first. What comes
// later is in the channel.
func behind(t *testing.T, first *gorm.DB, second func() error) (waits bool, outcome chan error) {
	t.Helper()
	outcome = make(chan error, 1)
	go func() { outcome <- second() }()
	if first.Name() != sqlstore.Postgres {
		return true, outcome // SQLite's one writer is first's
	}
	var pid int
	if err := first.Raw("SELECT pg_backend_pid()").Scan(&pid).Error; err != nil {
		t.Fatal(err)
	}
	for {
		select {
		case err := <-outcome:
			outcome <- err
			return false, outcome
		case <-time.After(5 * time.Millisecond):
		}
		// Not pg_stat_activity: a transaction sees it as at its first look, perhaps before second
		// was connected.
		err := first.Raw("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND ? = ANY (pg_blocking_pids(pid)))",
			pid).Scan(&waits).Error
		if err != nil {
			t.Fatal(err)
		}
		if waits {
			return true, outcome
		}
	}
}

// A signature is appended and not committed yet when its certificate is revoked on another
// connection. The revocation committed at once and went to the chain, because the relay cannot see
// what is not committed; the signature came after it and was a dead letter for ever, and a
// payment's money had moved by then.
func TestRevocationDoesNotOvertakeAnUncommittedSignature(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w := newWorld(t, db, "W")
		revoke := w.enrolled()
		first := record("pay:ST1", 1)
		var revoked chan error
		ran := false
		err := db.Tx(ctx, func(tx *gorm.DB) error {
			if err := Append(tx, "rx:A", first, w.now); err != nil || ran {
				return err
			}
			ran = true
			var waits bool
			waits, revoked = behind(t, tx, func() error {
				return db.Tx(ctx, func(tx *gorm.DB) error {
					return Append(tx, revoke.Statement.Subject, revoke, w.now)
				})
			})
			if !waits {
				t.Error("the revocation did not wait for the signature's transaction")
			}
			return nil
		})
		if err := errors.Join(err, <-revoked); err != nil {
			t.Fatal(err)
		}
		rows, err := waiting(db.DB, w.now, nil)
		if err != nil {
			t.Fatal(err)
		}
		next := func(id string) bool { return slices.ContainsFunc(rows, func(r row) bool { return r.ID == id }) }
		if !next(first.ID()) || next(revoke.ID()) {
			t.Errorf("the relay takes the signature: %t, its revocation beside it: %t", next(first.ID()),
				next(revoke.ID()))
		}
		w.run(w.start())
		if at, end := w.chain.places[first.ID()].Height, w.chain.places[revoke.ID()].Height; at == 0 || end <= at {
			t.Errorf("signature at height %d, revocation at %d", at, end)
		}
	})
}

// The other way round: a signature that comes while a revocation is being committed is refused, not
// appended behind it.
func TestSignatureWaitsForAnUncommittedRevocation(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w := newWorld(t, db, "W")
		revoke := w.enrolled()
		var signed chan error
		ran := false
		err := db.Tx(ctx, func(tx *gorm.DB) error {
			if err := Append(tx, revoke.Statement.Subject, revoke, w.now); err != nil || ran {
				return err
			}
			ran = true
			_, signed = behind(t, tx, func() error {
				return db.Tx(ctx, func(tx *gorm.DB) error { return Append(tx, "rx:A", record("rx:A", 1), w.now) })
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := <-signed; !errors.Is(err, ErrRevoked) {
			t.Errorf("signed with a key that was being revoked: %v", err)
		}
	})
}
