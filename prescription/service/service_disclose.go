package service

import (
	"context"

	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"gorm.io/gorm"
)

// Disclose gives a regulator of the consortium the signed document of one record and its salt, and
// notes the reading for the patient in the same transaction. The caller has checked that reader, a
// member id, is such a regulator: ErrBadID, ErrNotFound, also for a step that another application
// wrote, which keeps its document.
func (s *Service) Disclose(ctx context.Context, id, record, reader string) (document, salt []byte, err error) {
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		document, salt = nil, nil
		p, err := s.load(tx, id)
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
				return s.Store.LogAccess(tx, lifecycle.AccessEntry{Prescription: p.ID(), Person: reader,
					Role: prescription.RoleRegulator,
					Org:  reader, Reason: "regulator of the consortium (监管机构)", At: s.now()})
			}
		}
		return prescription.ErrNotFound
	})
	return document, salt, err
}
