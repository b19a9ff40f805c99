package outbox

import (
	"errors"

	"gorm.io/gorm"
)

// ErrFollowed: entries wait behind a dead one, which were taken on its strength.
var ErrFollowed = errors.New("outbox: entries wait behind the dead one")

// Withdraw takes a dead entry out of its lane, which moves on without it, and returns it for the caller to keep. The caller MUST take back, in
// the same transaction, the step the entry tells of, and MUST have made sure that the chain does not hold the record: a dead entry
// says so, unless its record was sent by somebody else. ErrNotFound, ErrNotDead, ErrFollowed.
func Withdraw(tx *gorm.DB, id string) (Entry, error) {
	e, err := Get(tx, id)
	if err != nil {
		return Entry{}, err
	}
	if e.State != Dead {
		return Entry{}, ErrNotDead
	}
	var behind int64
	if err := tx.Model(&row{}).Where("lane = ? AND pos > (SELECT pos FROM outbox WHERE id = ?)", e.Lane, id).Limit(1).Count(&behind).Error; err != nil {
		return Entry{}, err
	}
	if behind > 0 {
		return Entry{}, ErrFollowed
	}
	res := tx.Where("id = ? AND state = ?", id, Dead).Delete(&row{})
	if res.Error == nil && res.RowsAffected != 1 {
		return Entry{}, ErrNotDead
	}
	return e, res.Error
}
