package prescriptions

import (
	"context"
	"errors"

	"github.com/smart-hospital/hospital/app/disclosure"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/service"
)

// Disclose gives a regulator the signed document of one record of a prescription, and notes the
// reading for the patient: disclosure.ErrNotHere.
func Disclose(ctx context.Context, files *service.Service, id, record, reader string) (document, salt []byte,
	err error) {
	document, salt, err = files.Disclose(ctx, id, record, reader)
	return document, salt, notHere(err)
}

// notHere is the disclosure's word for what this room does not have.
func notHere(err error) error {
	if errors.Is(err, prescription.ErrNotFound) || errors.Is(err, prescription.ErrBadID) {
		return disclosure.ErrNotHere
	}
	return err
}
