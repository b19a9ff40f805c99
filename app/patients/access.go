package patients

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// MaxAccesses bounds what one look into the access log returns.
const MaxAccesses = 100

// Access is one reading of a profile by somebody who is neither the person nor its guardian, or one
// step of its identity.
type Access struct {
	Person string // whose profile
	Visit  string // consultation that gave the right; a step of its identity: its Reason
	Reader string // person id
	Role   accounts.Role
	Org    string
	Reason string
	At     time.Time
}

// About is which part of the record a line is about, and the visit, or a relative's operation, that it
// names; empty: none.
func (a Access) About() (about, subject string) {
	switch {
	case a.Reason == NoteSearched:
		return "log", ""
	case a.Visit == a.Reason:
		return "identity", ""
	case a.Reason == NoteRelativeRead, a.Reason == NoteRelativeActs:
		return "family", a.Visit
	}
	return "profile", a.Visit
}

type accessRow struct {
	Person string `gorm:"primaryKey"`
	Visit  string `gorm:"primaryKey"`
	Reader string `gorm:"primaryKey"`
	Role   string
	Org    string
	Reason string
	ReadAt int64 `gorm:"primaryKey;autoIncrement:false"`
}

func (accessRow) TableName() string { return "profile_access" }

// NoteAccess keeps a reading; it MUST be stored before what was read is shown. Several by one
// person in one millisecond are one.
func (s *Service) NoteAccess(ctx context.Context, a Access) error {
	a.At = s.Now()
	return s.db.Tx(ctx, func(tx *gorm.DB) error { return s.store.note(tx, a) })
}

// Accesses lists who opened a profile, newest first, at most MaxAccesses, for the person or its
// guardian: ErrNotFound.
func (s *Service) Accesses(ctx context.Context, actor, person string) ([]Access, error) {
	tx := s.db.WithContext(ctx)
	if _, err := s.mine(tx, actor, person); err != nil {
		return nil, err
	}
	found, err := sqlstore.Rows[accessRow](
		tx.Where("person = ?", person).Order("read_at DESC, reader, visit").Limit(MaxAccesses))
	if err != nil {
		return nil, err
	}
	rows := sqlstore.Fit(tx, accessRow{}.TableName(), found, func(r accessRow) string { return r.Visit })
	list := make([]Access, len(rows))
	for i, r := range rows {
		list[i] = r.access()
	}
	return list, nil
}
