package health

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// writeCheckEvery is how long a verdict on the database is good: anybody may ask /readyz, and every
// answer costs a write.
const writeCheckEvery = time.Second

// Database tells whether the database takes writes. Those who ask at once share one write. The
// zero value works.
type Database struct {
	mu      sync.Mutex
	at      time.Time
	verdict string
}

// Ready is its part of /readyz.
func (w *Database) Ready(ctx context.Context, db *sqlstore.DB) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if time.Since(w.at) < writeCheckEvery {
		return w.verdict
	}
	// The verdict is everybody's for a moment: one who hangs up must not be taken for a dead
	// database.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), Timeout)
	defer cancel()
	switch err := db.CheckWrite(ctx); {
	case err == nil:
		w.verdict = OK
	case errors.Is(err, sqlstore.ErrBusy), db.WithContext(ctx).Exec("SELECT 1").Error == nil:
		w.verdict = "cannot be written"
	default:
		w.verdict = "does not answer"
	}
	w.at = time.Now()
	return w.verdict
}

// Rows tells of damaged rows. The others are served all the same, so this instance stays in
// service.
func Rows(db *sqlstore.DB) string {
	if n := len(db.Unreadable()); n > 0 {
		return fmt.Sprintf("%s%d rows cannot be read and are left out", readyBut, n)
	}
	return OK
}
