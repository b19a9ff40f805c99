package keys

import (
	"context"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// auditPage is how many certificates one read of an audit takes.
const auditPage = 200

// Stored is a certificate as it lies in the database, with what opens the digests of its records.
type Stored struct {
	ID, Person, Org, Role, PublicKey string
	DER                              []byte
	NotAfter                         int64 // Unix milliseconds
	Enrol                            StoredStep
	Revoke                           *StoredStep // nil: not revoked
}

// StoredStep is a step of a certificate's life.
type StoredStep struct {
	Record         string
	Document, Salt []byte
}

// Each calls fn with every certificate, for audits, a page at a time.
func Each(ctx context.Context, db *gorm.DB, fn func([]Stored) error) error {
	for after := ""; ; {
		// what does not fit is missing, and the audit says so
		found, err := sqlstore.Rows[row](db.WithContext(ctx).Where("id > ?", after).Order("id").Limit(auditPage))
		if err != nil {
			return err
		}
		rows := found.Rows
		page := make([]Stored, len(rows))
		for i, r := range rows {
			page[i] = r.stored()
			after = r.ID
		}
		if err := fn(page); err != nil || len(rows) < auditPage {
			return err
		}
	}
}

func (r row) stored() Stored {
	s := Stored{
		ID: r.ID, Person: r.Person, Org: r.Org, Role: r.Role, PublicKey: r.PublicKey, DER: r.Der, NotAfter: r.NotAfter,
		Enrol: StoredStep{r.EnrolRecord, r.EnrolDocument, r.EnrolSalt},
	}
	if r.RevokedAt != 0 {
		s.Revoke = &StoredStep{r.RevokeRecord, r.RevokeDocument, r.RevokeSalt}
	}
	return s
}

// Absent returns those of ids that the database has no certificate of.
func Absent(db *gorm.DB, ids []string) ([]string, error) {
	return sqlstore.Absent(db.Model(&row{}), "id", ids)
}
