package patients

import (
	"context"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/patients/access"
)

// NoteAccess keeps a reading; it MUST be stored before what was read is shown. Several by one
// person in one millisecond are one.
func (s *Service) NoteAccess(ctx context.Context, a access.Line) error {
	a.At = s.Now()
	return s.db.Tx(ctx, func(tx *gorm.DB) error { return access.Note(tx, a) })
}

// Accesses lists who opened a profile, newest first, at most access.Max, for the person or its
// guardian: ErrNotFound.
func (s *Service) Accesses(ctx context.Context, actor, person string) ([]access.Line, error) {
	tx := s.db.WithContext(ctx)
	if _, err := s.mine(tx, actor, person); err != nil {
		return nil, err
	}
	ids, err := s.known(tx, person)
	if err != nil {
		return nil, err
	}
	return access.Of(tx, ids...)
}

// Searched lists lines for an administrator, who has said why.
func (s *Service) Searched(ctx context.Context, l access.Looks) ([]access.Line, error) {
	return access.Searched(s.db.WithContext(ctx), l)
}

// NoteSearch keeps, for the patient to see, that an administrator asked who looked at the record.
// It stands in the caller's transaction.
func (s *Service) NoteSearch(tx *gorm.DB, admin accounts.Account, person string) error {
	return s.noteDesk(tx, person, admin, access.NoteSearched)
}
