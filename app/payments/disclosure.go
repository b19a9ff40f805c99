package payments

import (
	"context"
	"errors"

	"github.com/smart-hospital/hospital/app/disclosure"
	"github.com/smart-hospital/hospital/payment"
)

// Readings notes for the patient who is given a document that tells what was prescribed;
// service.Service of the prescription's room does.
type Readings interface {
	NoteDisclosure(ctx context.Context, prescription, reader string) error
}

// Disclose gives a regulator the signed document of one record of a settlement: the fees and how
// they were split. The reading is noted with its prescription before anything is given away.
// disclosure.ErrNotHere when there is none.
func Disclose(ctx context.Context, files *payment.Service, readings Readings, id, record, reader string) (document,
	salt []byte, err error) {
	var rx string
	err = files.Store.Read(ctx, func(tx payment.Tx) error {
		row, err := tx.Settlements.Get(id)
		if err != nil {
			return err
		}
		events, err := tx.Events.Of(id)
		if err != nil {
			return err
		}
		for _, e := range events {
			if e.Record == record && len(e.Document) > 0 {
				rx, document, salt = row.Rx, e.Document, e.Salt
				return nil
			}
		}
		return payment.ErrNotFound
	})
	if errors.Is(err, payment.ErrNotFound) {
		return nil, nil, disclosure.ErrNotHere
	}
	if err != nil {
		return nil, nil, err
	}
	if err := readings.NoteDisclosure(ctx, rx, reader); err != nil {
		return nil, nil, err
	}
	return document, salt, nil
}
