package ground

import (
	"context"
	"errors"

	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

// Confirmations tells what became of a record.
type Confirmations interface {
	Fate(ctx context.Context, record string) (lifecycle.Fate, error)
}

// OutboxConfirmations asks the outbox what became of a record.
type OutboxConfirmations struct{ DB *sqlstore.DB }

// Fate implements Confirmations.
func (c OutboxConfirmations) Fate(ctx context.Context, record string) (lifecycle.Fate, error) {
	e, err := outbox.Get(c.DB.WithContext(ctx), record)
	switch {
	case errors.Is(err, outbox.ErrNotFound):
		return lifecycle.FatePending, nil
	case err != nil:
		return "", err
	case e.State == outbox.Committed:
		return lifecycle.FateCommitted, nil
	case e.State == outbox.Dead:
		return lifecycle.FateRefused, nil
	}
	return lifecycle.FatePending, nil
}
