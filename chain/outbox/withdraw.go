package outbox

import (
	"errors"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// ErrFollowed: entries wait behind a dead one, which were taken on its strength.
var ErrFollowed = errors.New("outbox: entries wait behind the dead one")

// ErrCommitted: the chain holds the record.
var ErrCommitted = errors.New("outbox: the record is on the chain")

// Overtaken is Withdraw for an entry whose subject has another record at its sequence by now, so
// that the chain can never take it: dead, or still waiting to be sent and refused. ErrNotFound,
// ErrCommitted, ErrFollowed.
func Overtaken(tx *gorm.DB, id string) (Entry, error) {
	e, err := Get(tx, id)
	if err != nil {
		return Entry{}, err
	}
	if e.State == Committed {
		return Entry{}, ErrCommitted
	}
	return e, remove(tx, e)
}

// Withdraw takes a dead entry out of its lane, which moves on without it, and returns it for the
// caller to keep. The caller MUST take back, in the same transaction, the step the entry tells of,
// and MUST have made sure that the chain does not hold the record: a dead entry says so, unless its
// record was sent by somebody else. ErrNotFound, ErrNotDead, ErrFollowed.
func Withdraw(tx *gorm.DB, id string) (Entry, error) {
	e, err := Get(tx, id)
	if err != nil {
		return Entry{}, err
	}
	if e.State != Dead {
		return Entry{}, ErrNotDead
	}
	return e, remove(tx, e)
}

// remove deletes an entry in the state it was read in, and behind which nothing waits.
func remove(tx *gorm.DB, e Entry) error {
	if err := inLine(tx, e.Lane); err != nil { // an append that is under way in the lane may rest on the entry
		return err
	}
	var behind int64
	if err := tx.Model(&row{}).Where("lane = ? AND pos > (SELECT pos FROM outbox WHERE id = ?)", e.Lane, e.ID).Limit(1).
		Count(&behind).Error; err != nil {
		return err
	}
	if behind > 0 {
		return ErrFollowed
	}
	res := tx.Where("id = ? AND state = ?", e.ID, e.State).Delete(&row{})
	if res.Error == nil && res.RowsAffected != 1 {
		return sqlstore.ErrConflict
	}
	return res.Error
}
