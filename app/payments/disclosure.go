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
	d, err := files.Disclose(ctx, id, record)
	if errors.Is(err, payment.ErrNotFound) {
		return nil, nil, disclosure.ErrNotHere
	}
	if err != nil {
		return nil, nil, err
	}
	if err := readings.NoteDisclosure(ctx, d.Rx, reader); err != nil {
		return nil, nil, err
	}
	return d.Document, d.Salt, nil
}
