package profile

import (
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/family"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

type row struct {
	Person     string `gorm:"primaryKey"`
	Guardian   *string
	Relation   string
	IDIndex    *string // of the number this profile holds
	Claim      string
	ClaimIndex *string // of the number that was typed
	Identity   []byte
	Contact    []byte
	Health     []byte
	Version    int64
	CreatedAt  int64 `gorm:"autoCreateTime:false"`
}

func (row) TableName() string { return "patients" }

type priorRow struct {
	ID        string `gorm:"primaryKey"`
	Person    string
	Diagnosis []byte
	CreatedAt int64 `gorm:"autoCreateTime:false"`
}

func (priorRow) TableName() string { return "prior_diagnoses" }

// contact is the sealed column of that name.
type contact struct {
	Phone string `json:"phone"`
}

// Store reads and writes profiles in the caller's transactions, sealing what is personal.
type Store struct{ box *keystore.Box }

// NewStore is a store whose personal columns box seals.
func NewStore(box *keystore.Box) Store { return Store{box} }

func (s Store) seal(v any, column, id string) ([]byte, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return s.box.Seal(b, column+"/"+id)
}

func (s Store) open(sealed []byte, v any, column, id string) error {
	b, err := s.box.Open(sealed, column+"/"+id)
	if err == nil {
		err = json.Unmarshal(b, v)
	}
	if err != nil {
		return fmt.Errorf("patients: %s: %w", column, err)
	}
	return nil
}

func (s Store) row(p Profile) (r row, err error) {
	r = row{Person: p.Person, Relation: p.Relation, Claim: string(p.Claim), Version: p.Version}
	if p.Guardian != "" {
		r.Guardian = &p.Guardian
	}
	if r.Contact, err = s.seal(contact{p.Phone}, "patients.contact", p.Person); err != nil {
		return r, err
	}
	if r.Health, err = s.seal(p.Health, "patients.health", p.Person); err != nil || p.Identity == nil {
		return r, err
	}
	index := s.Index(*p.Identity)
	r.ClaimIndex = &index
	if p.Claim.Holds() {
		r.IDIndex = &index
	}
	r.Identity, err = s.seal(p.Identity, "patients.identity", p.Person)
	return r, err
}

func (s Store) profile(tx *gorm.DB, r row) (Profile, error) {
	p := Profile{Person: r.Person, Relation: r.Relation, Claim: Claim(r.Claim), Version: r.Version}
	if r.Guardian != nil {
		p.Guardian = *r.Guardian
	}
	var c contact
	if err := s.open(r.Contact, &c, "patients.contact", r.Person); err != nil {
		return p, err
	}
	p.Phone = c.Phone
	if err := s.open(r.Health, &p.Health, "patients.health", r.Person); err != nil {
		return p, err
	}
	if r.Identity != nil {
		if err := s.open(r.Identity, &p.Identity, "patients.identity", r.Person); err != nil {
			return p, err
		}
	}
	var err error
	if p.Family, err = s.Guardians(tx, r.Person); err != nil {
		return p, err
	}
	p.Prior, err = s.priors(tx, r.Person)
	return p, err
}

// Load returns a person's profile: ErrNotFound.
func (s Store) Load(tx *gorm.DB, person string) (Profile, error) {
	var r row
	res := tx.Where("person = ?", person).Limit(1).Find(&r)
	if res.Error != nil {
		return Profile{}, res.Error
	}
	if res.RowsAffected == 0 {
		return Profile{}, ErrNotFound
	}
	return s.profile(tx, r)
}

// Share makes whoever changes a profile wait for the transaction's end, and fails it when the
// profile was changed since its snapshot: it runs again then. A serialisable read alone lets the
// reader commit after the change, as if it had come before. SQLite has one writer anyway.
func (s Store) Share(tx *gorm.DB, person string) error {
	if tx.Name() != string(sqlstore.Postgres) {
		return nil
	}
	return tx.Exec(`SELECT 1 FROM patients
		WHERE person = COALESCE((SELECT person FROM former_persons WHERE former = ?), ?) FOR SHARE`,
		person, person).Error
}

// Family returns the profiles a guardian manages, oldest entry first.
func (s Store) Family(tx *gorm.DB, guardian string) ([]Profile, error) {
	rows, err := sqlstore.Rows[row](
		tx.Where("person IN (?)", family.Children(tx, guardian)).Order("created_at, person").Limit(MaxFamily))
	if err != nil {
		return nil, err
	}
	return s.profiles(tx, rows)
}

func (s Store) profiles(tx *gorm.DB, rows sqlstore.Found[row]) ([]Profile, error) {
	return sqlstore.Readable(tx, row{}.TableName(), rows, func(r row) string { return r.Person },
		func(r row) (Profile, error) { return s.profile(tx, r) })
}

// Save writes version p.Version over the one before it; version 1 is a new row.
// sqlstore.ErrConflict when the one before is gone.
func (s Store) Save(tx *gorm.DB, p Profile, at time.Time) error {
	r, err := s.row(p)
	if err != nil {
		return err
	}
	if p.Version == 1 {
		r.CreatedAt = at.UnixMilli()
		return tx.Create(&r).Error
	}
	res := tx.Model(&row{}).Where("person = ? AND version = ?", p.Person, p.Version-1).Select("*").
		Omit("created_at").Updates(&r)
	if res.Error == nil && res.RowsAffected != 1 {
		return sqlstore.ErrConflict
	}
	return res.Error
}

func (s Store) priors(tx *gorm.DB, person string) ([]Prior, error) {
	rows, err := sqlstore.Rows[priorRow](tx.Where("person = ?", person).Order("created_at, id"))
	if err != nil {
		return nil, err
	}
	return sqlstore.Readable(tx, priorRow{}.TableName(), rows, func(r priorRow) string { return r.ID },
		func(r priorRow) (p Prior, err error) {
			err = s.open(r.Diagnosis, &p, "prior_diagnoses.diagnosis", r.ID)
			if p.Source == "" {
				p.Source = Declared
			}
			return p, err
		})
}

// AddPrior puts a checked diagnosis on file.
func (s Store) AddPrior(tx *gorm.DB, person string, d Prior, at time.Time) error {
	sealed, err := s.seal(d, "prior_diagnoses.diagnosis", d.ID)
	if err != nil {
		return err
	}
	return tx.Create(&priorRow{ID: d.ID, Person: person, Diagnosis: sealed, CreatedAt: at.UnixMilli()}).Error
}
