// Package ground is what everything stands on that people do with the prescriptions of one
// database: the database, its tables, the clock, and what became of a record.
package ground

import (
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

// Ground is shared by the service and its parts; nothing of it may be nil.
type Ground struct {
	DB    *sqlstore.DB
	Store lifecycle.Store
	Now   func() time.Time
}

// Time is the clock in the resolution of chain statements.
func (g Ground) Time() time.Time { return g.Now().UTC().Truncate(time.Millisecond) }

// Load finds a prescription by the text of its id: ErrBadID, ErrNotFound.
func (g Ground) Load(tx *gorm.DB, id string) (*lifecycle.Prescription, error) {
	rx, err := prescription.ParseID(id)
	if err != nil {
		return nil, err
	}
	return g.Store.Load(tx, rx)
}
