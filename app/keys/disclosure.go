package keys

import (
	"context"

	"github.com/smart-hospital/hospital/app/disclosure"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Disclose gives a regulator the document of a certificate's enrolment or of its revocation, with
// the reason: disclosure.ErrNotHere. It names its holder by the opaque id of the certificate and
// says nothing of a patient's health, so no reading is noted.
func (s *Service) Disclose(ctx context.Context, id, record string) (document, salt []byte, err error) {
	found, err := sqlstore.Rows[row](s.DB.WithContext(ctx).Where("id = ?", id))
	if err != nil {
		return nil, nil, err
	}
	for _, r := range found.Rows {
		switch record {
		case r.EnrolRecord:
			return r.EnrolDocument, r.EnrolSalt, nil
		case r.RevokeRecord:
			return r.RevokeDocument, r.RevokeSalt, nil
		}
	}
	return nil, nil, disclosure.ErrNotHere
}
