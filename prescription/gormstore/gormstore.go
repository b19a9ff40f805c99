// Package gormstore keeps prescriptions in SQLite or PostgreSQL. It promises that personal contents
// are sealed at rest, that a change over a stale version is refused, and that a trace code is used
// once. Nothing about the ORM but the transaction handle leaves it.
package gormstore

import (
	"cmp"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/text"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/parties"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings the room's tables up to date.
func Migrate(ctx context.Context, db *sqlstore.DB) error {
	return db.Migrate(ctx, "prescription", sqlstore.Sub(migrations))
}

// Store implements service.Store.
type Store struct{ box *keystore.Box }

// New makes a store that seals with box, which must not be nil.
func New(box *keystore.Box) *Store { return &Store{box: box} }

type row struct {
	ID         string `gorm:"primaryKey"`
	Version    int64
	Status     string
	Hospital   string
	Patient    string
	Guardian   string
	Doctor     string
	Pharmacy   string
	Visit      string
	Refund     string
	DraftedAt  int64
	UpdatedAt  int64 `gorm:"autoUpdateTime:false"`
	ExpiresAt  int64
	ReceivedAt int64
	ClaimUntil int64
	Kin        string
	Body       []byte
}

func (row) TableName() string { return "prescriptions" }

// millis keeps "never" as 0.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func bodyContext(id prescription.ID) string { return "prescriptions.body/" + string(id) }

func (s *Store) row(p *lifecycle.Prescription, version int64) (row, error) {
	st := p.State()
	st.Version = version
	plain, err := json.Marshal(st)
	if err != nil {
		return row{}, fmt.Errorf("prescription %s: %w", st.ID, err)
	}
	body, err := s.box.Seal(plain, bodyContext(st.ID))
	if err != nil {
		return row{}, fmt.Errorf("prescription %s: %w", st.ID, err)
	}
	r := row{
		ID: string(st.ID), Version: version, Status: string(st.Status), Hospital: st.Hospital,
		Patient:  st.Patient.Person,
		Guardian: st.Patient.Guardian, Doctor: st.Doctor.Person, Refund: string(st.Refund), Visit: st.Visit,
		DraftedAt: millis(st.DraftedAt), UpdatedAt: millis(st.UpdatedAt), ExpiresAt: millis(st.ExpiresAt),
		ReceivedAt: millis(st.ReceivedAt), Body: body,
	}
	if !st.ReceivedAt.IsZero() {
		r.Kin = s.kin(st.Patient)
	}
	if st.Claim != nil && st.Status == prescription.Claimed {
		r.ClaimUntil = millis(st.Claim.Until)
	}
	if st.Claim != nil && !st.Claim.Elsewhere() { // those are listed and kept there
		r.Pharmacy = st.Claim.Pharmacy
	}
	return r, nil
}

// kin is equal for copies of patients who have name, sex and date of birth in common.
func (s *Store) kin(p parties.Patient) string {
	return s.box.Index(text.Fold(p.Name)+"\n"+string(p.Sex)+"\n"+p.BornOn(), "prescriptions.kin")
}

func (s *Store) restore(r row) (*lifecycle.Prescription, error) {
	plain, err := s.box.Open(r.Body, bodyContext(prescription.ID(r.ID)))
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", lifecycle.ErrStored, r.ID, err)
	}
	var st lifecycle.State
	if err := json.Unmarshal(plain, &st); err != nil {
		return nil, fmt.Errorf("%w: %s: body: %w", lifecycle.ErrStored, r.ID, err)
	}
	// The columns can be changed without the key; the sealed body cannot. They must say the same.
	if string(st.ID) != r.ID || st.Version != r.Version || string(st.Status) != r.Status {
		return nil, fmt.Errorf("%w: %s: columns differ from the sealed body", lifecycle.ErrStored, r.ID)
	}
	p, err := lifecycle.RestoreFromDatabase(st)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", lifecycle.ErrStored, err)
	}
	return p, nil
}

// Insert implements service.Store.
func (s *Store) Insert(tx *gorm.DB, p *lifecycle.Prescription) error {
	r, err := s.row(p, 1)
	if err != nil {
		return err
	}
	made := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&r)
	if made.Error != nil {
		return made.Error
	}
	if made.RowsAffected == 0 {
		return lifecycle.ErrExists
	}
	p.Stored(1)
	return nil
}

// Load implements service.Store.
func (s *Store) Load(tx *gorm.DB, id prescription.ID) (*lifecycle.Prescription, error) {
	var r row
	res := tx.Where("id = ?", string(id)).Limit(1).Find(&r)
	if res.Error != nil {
		return nil, res.Error
	}
	if res.RowsAffected == 0 {
		return nil, prescription.ErrNotFound
	}
	return s.restore(r)
}

// LoadAll implements service.Store.
func (s *Store) LoadAll(tx *gorm.DB, ids []prescription.ID) (map[prescription.ID]*lifecycle.Prescription, error) {
	found, err := sqlstore.Rows[row](tx.Where("id IN ?", ids))
	if err != nil {
		return nil, err
	}
	list, err := sqlstore.Readable(tx, row{}.TableName(), found, func(r row) string { return r.ID }, s.restore)
	all := make(map[prescription.ID]*lifecycle.Prescription, len(list))
	for _, p := range list {
		all[p.ID()] = p
	}
	return all, err
}

// Save implements service.Store.
func (s *Store) Save(tx *gorm.DB, p *lifecycle.Prescription, ev *lifecycle.Event, tags []string) error {
	before := p.Version()
	r, err := s.row(p, before+1)
	if err != nil {
		return err
	}
	res := tx.Model(&row{}).Where("id = ? AND version = ?", r.ID, before).Select("*").Updates(&r)
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected == 0 {
		return sqlstore.ErrConflict
	}
	if ev != nil {
		if err := s.saveEvent(tx, ev); err != nil {
			return err
		}
		if err := useTags(tx, ev, tags); err != nil {
			return err
		}
	}
	p.Stored(before + 1)
	return nil
}

// List implements service.Store.
func (s *Store) List(tx *gorm.DB, f lifecycle.Filter) ([]*lifecycle.Prescription, error) {
	page, err := s.Page(tx, f)
	return page.Items, err
}

// Page implements service.Store.
func (s *Store) Page(tx *gorm.DB, f lifecycle.Filter) (list lifecycle.Listing, err error) {
	if f.Limit < 1 || f.Limit > lifecycle.MaxListed {
		f.Limit = lifecycle.MaxListed
	}
	if f.Alike != nil {
		tx = tx.Where("received_at > 0 AND kin = ?", s.kin(*f.Alike)).Session(&gorm.Session{})
	}
	found, err := sqlstore.Rows[row](query(tx, f))
	if err != nil {
		return list, err
	}
	if list.Items, err = sqlstore.Readable(tx, row{}.TableName(), found, func(r row) string { return r.ID },
		s.restore); err != nil {
		return list, err
	}
	rows := found.Rows
	list.Unread = len(rows) - len(list.Items)
	if len(rows) == f.Limit {
		last := rows[len(rows)-1]
		at := last.DraftedAt
		if f.Waiting {
			at = last.UpdatedAt
		}
		list.Next = lifecycle.Cursor{At: time.UnixMilli(at).UTC(), ID: prescription.ID(last.ID)}
	}
	return list, nil
}

// Count implements service.Store.
func (s *Store) Count(tx *gorm.DB, f lifecycle.Filter) (int, error) {
	var n int64
	err := named(tx, f).Count(&n).Error
	return int(n), err
}

// maxWalks bounds the walks of one page: a list of more statuses and patients than that is sorted.
const maxWalks = 64

// query is one page of what a filter names: a walk for each of its statuses and patients.
func query(tx *gorm.DB, f lifecycle.Filter) *gorm.DB {
	column := "drafted_at"
	if f.Waiting {
		column = "updated_at"
	}
	of := walksOf(f)
	if len(of) > maxWalks {
		of = []lifecycle.Filter{f}
	}
	walks := make([]*gorm.DB, len(of))
	for i, w := range of {
		walks[i] = named(tx, w)
	}
	var behind []any
	if f.Before.ID != "" {
		behind = []any{millis(f.Before.At), string(f.Before.ID)}
	}
	return sqlstore.SeekEach(tx.Model(&row{}), walks, f.Limit, !f.OldestFirst && !f.Waiting, []string{column, "id"},
		behind...)
}

// walksOf are the filters of one status and one patient that a filter is made of.
func walksOf(f lifecycle.Filter) (list []lifecycle.Filter) {
	statuses, patients := [][]prescription.Status{nil}, [][]string{nil}
	if len(f.Statuses) > 0 {
		statuses = slices.Collect(slices.Chunk(unique(f.Statuses), 1))
	}
	if len(f.Patients) > 0 {
		patients = slices.Collect(slices.Chunk(unique(f.Patients), 1))
	}
	for _, f.Statuses = range statuses {
		for _, f.Patients = range patients {
			list = append(list, f)
		}
	}
	return list
}

func unique[T cmp.Ordered](list []T) []T {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}

func named(tx *gorm.DB, f lifecycle.Filter) *gorm.DB {
	q := tx.Model(&row{})
	if len(f.Statuses) > 0 {
		q = q.Where("status IN ?", f.Statuses)
	}
	if len(f.Patients) > 0 {
		q = q.Where("patient IN ?", f.Patients)
	}
	for column, value := range map[string]string{"doctor": f.Doctor, "hospital": f.Hospital, "pharmacy": f.Pharmacy,
		"visit": f.Visit, "refund": string(f.Refund)} {
		if value != "" {
			q = q.Where(column+" = ?", value)
		}
	}
	if !f.ExpiredBy.IsZero() {
		q = q.Where("expires_at > 0 AND expires_at <= ?", millis(f.ExpiredBy))
	}
	if !f.LeasedUntil.IsZero() {
		q = q.Where("claim_until > 0 AND claim_until <= ?", millis(f.LeasedUntil))
	}
	if !f.DraftedSince.IsZero() {
		q = q.Where("drafted_at >= ?", millis(f.DraftedSince))
	}
	if f.Own {
		q = q.Where("received_at = 0")
	}
	if f.ExcludeDrafts {
		q = q.Where("status <> ?", string(prescription.Draft))
	}
	return q
}
