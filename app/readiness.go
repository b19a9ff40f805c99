package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/smart-hospital/hospital/chain/sqlstore"
)

// writeCheckEvery is how long a verdict on the database is good: anybody may ask /readyz, and every answer costs a write.
const writeCheckEvery = time.Second

// writeCheck tells whether the database takes writes. Those who ask at once share one write. The zero value works.
type writeCheck struct {
	mu      sync.Mutex
	at      time.Time
	verdict string
}

func (w *writeCheck) ready(ctx context.Context, db *sqlstore.DB) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if time.Since(w.at) < writeCheckEvery {
		return w.verdict
	}
	switch err := db.CheckWrite(ctx); {
	case err == nil:
		w.verdict = isReady
	case errors.Is(err, sqlstore.ErrBusy), db.WithContext(ctx).Exec("SELECT 1").Error == nil:
		w.verdict = "cannot be written"
	default:
		w.verdict = "does not answer"
	}
	w.at = time.Now()
	return w.verdict
}
