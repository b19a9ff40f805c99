package reading

import (
	"context"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

// Disclose gives a regulator of the consortium the signed document of one record and its salt, and
// notes the reading for the patient in the same transaction. The caller has checked that reader, a
// member id, is such a regulator: ErrBadID, ErrNotFound, also for a step that another application
// wrote, which keeps its document.
func (s *Reading) Disclose(ctx context.Context, id, record, reader string) (document, salt []byte, err error) {
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		document, salt = nil, nil
		p, err := s.Load(tx, id)
		if err != nil {
			return err
		}
		events, err := s.Store.Events(tx, p.ID())
		if err != nil {
			return err
		}
		for _, e := range events {
			if e.Record == record && len(e.Document) > 0 {
				document, salt = e.Document, e.Salt
				return s.noteRegulator(tx, p.ID(), reader)
			}
		}
		return prescription.ErrNotFound
	})
	return document, salt, err
}

// NoteDisclosure notes for the patient that a regulator of the consortium is given a document of
// another room that tells what was prescribed: ErrBadID, ErrNotFound.
func (s *Reading) NoteDisclosure(ctx context.Context, id, reader string) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		p, err := s.Load(tx, id)
		if err != nil {
			return err
		}
		return s.noteRegulator(tx, p.ID(), reader)
	})
}

func (s *Reading) noteRegulator(tx *gorm.DB, id prescription.ID, reader string) error {
	return s.Store.LogAccess(tx, lifecycle.AccessEntry{Prescription: id, Person: reader,
		Role: prescription.RoleRegulator,
		Org:  reader, Reason: "regulator of the consortium (监管机构)", At: s.Time()})
}
