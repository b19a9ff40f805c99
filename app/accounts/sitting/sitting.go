// Package sitting finds the sessions of an organisation's staff.
package sitting

import (
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Row is a session as it is stored, with its device's name.
type Row struct {
	Digest, Account, Device string
	Sealed                  []byte
	UsedAt                  int64  // milliseconds
	Name                    string // of the device
}

// After is where a page begins: behind this log-in name's session.
type After struct{ Login, ID string }

// Query is which open sessions are asked for: by log-in name, Down from the last one.
type Query struct {
	After After // the zero value: from the beginning
	Down  bool
	Login string // this log-in name alone; empty: any
	Part  string // part of the log-in name; empty: any
	Role  string // empty: any
}

func (ask Query) filter(q *gorm.DB) *gorm.DB {
	switch {
	case ask.After.Login == "": // from the beginning
	case ask.Down:
		q = q.Where("accounts.login <= ?", ask.After.Login)
	default:
		q = q.Where("accounts.login >= ?", ask.After.Login)
	}
	if ask.Login != "" {
		q = q.Where("accounts.login = ?", ask.Login)
	}
	if ask.Part != "" {
		q = sqlstore.Contains(q, "accounts.login", ask.Part)
	}
	if ask.Role != "" {
		q = q.Where("accounts.role = ?", ask.Role)
	}
	return q
}

// Find reads up to limit sessions of an organisation's staff that were used after a moment.
func (ask Query) Find(tx *gorm.DB, org string, usedAfter time.Time, limit int) (rows []Row, err error) {
	q := ask.filter(tx.Table("accounts").Where("accounts.org = ? AND accounts.login IS NOT NULL", org))
	var behind []any
	if ask.After != (After{}) {
		behind = []any{ask.After.Login, ask.After.ID}
	}
	// SQLite takes a CROSS JOIN's tables in their order: staff first, not all patients' sessions.
	q = q.Joins("CROSS JOIN sessions").Where("sessions.account = accounts.id").
		Where("sessions.used_at > ?", usedAfter.UnixMilli()).
		Joins("LEFT JOIN devices ON devices.id = sessions.device AND devices.account = sessions.account").
		Limit(limit).
		Select("sessions.digest, sessions.account, sessions.device, sessions.sealed, sessions.used_at, " +
			"COALESCE(devices.name, '') AS name")
	q = sqlstore.Seek(q, ask.Down, []string{"accounts.login", "sessions.digest"}, behind...)
	return rows, q.Scan(&rows).Error
}
