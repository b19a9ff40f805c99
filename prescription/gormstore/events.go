package gormstore

import (
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

type eventRow struct {
	Record       string `gorm:"primaryKey"`
	Prescription string
	Seq          int64
	Kind         string
	Previous     string
	Person       string
	Role         string
	Org          string
	SignedAt     int64
	TakenAt      int64
	Document     []byte
	Salt         []byte
}

func (eventRow) TableName() string { return "prescription_events" }

type tagRow struct {
	Tag          string `gorm:"primaryKey"`
	Prescription string
	Record       string
	UsedAt       int64
}

func (tagRow) TableName() string { return "trace_codes" }

type accessRow struct {
	Prescription string `gorm:"primaryKey"`
	ReadAt       int64  `gorm:"primaryKey"`
	Person       string `gorm:"primaryKey"`
	Role         string
	Org          string
	Reason       string
	Patient      string
}

func (accessRow) TableName() string { return "prescription_access" }

func eventContext(column, record string) string {
	return "prescription_events." + column + "/" + record
}

func (s *Store) saveEvent(tx *gorm.DB, ev *lifecycle.Event) error {
	document, err := s.box.Seal(ev.Document, eventContext("document", ev.Record))
	if err != nil {
		return fmt.Errorf("event %s: %w", ev.Record, err)
	}
	salt, err := s.box.Seal(ev.Salt, eventContext("salt", ev.Record))
	if err != nil {
		return fmt.Errorf("event %s: %w", ev.Record, err)
	}
	return tx.Create(&eventRow{
		Record: ev.Record, Prescription: string(ev.Prescription), Seq: int64(ev.Seq), Kind: string(ev.Kind),
		Previous: ev.Previous,
		Person:   ev.Person, Role: string(ev.Role), Org: ev.Org, SignedAt: millis(ev.At), TakenAt: millis(ev.Taken),
		Document: document, Salt: salt,
	}).Error
}

// useTags notes the packages of a dispensing. ON CONFLICT instead of a violated constraint:
// PostgreSQL would leave the transaction unusable.
func useTags(tx *gorm.DB, ev *lifecycle.Event, tags []string) error {
	if len(tags) == 0 {
		return nil
	}
	rows := tagRows(ev, tags)
	made := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&rows)
	if made.Error != nil {
		return made.Error
	}
	if made.RowsAffected != int64(len(rows)) {
		return lifecycle.ErrTraceUsed
	}
	return nil
}

func tagRows(ev *lifecycle.Event, tags []string) []tagRow {
	rows := make([]tagRow, len(tags))
	for i, t := range tags {
		rows[i] = tagRow{Tag: t, Prescription: string(ev.Prescription), Record: ev.Record, UsedAt: millis(ev.Taken)}
	}
	return rows
}

// Events implements service.Store.
func (s *Store) Events(tx *gorm.DB, id prescription.ID) ([]lifecycle.Event, error) {
	var rows []eventRow
	if err := tx.Where("prescription = ?", string(id)).Order("seq").Find(&rows).Error; err != nil {
		return nil, err
	}
	list := make([]lifecycle.Event, 0, len(rows))
	for _, r := range rows {
		ev, err := s.event(r)
		if err != nil {
			return nil, err
		}
		list = append(list, ev)
	}
	return list, nil
}

func (s *Store) event(r eventRow) (lifecycle.Event, error) {
	document, err := s.box.Open(r.Document, eventContext("document", r.Record))
	if err != nil {
		return lifecycle.Event{}, fmt.Errorf("%w: event %s: %w", lifecycle.ErrStored, r.Record, err)
	}
	salt, err := s.box.Open(r.Salt, eventContext("salt", r.Record))
	if err != nil {
		return lifecycle.Event{}, fmt.Errorf("%w: event %s: %w", lifecycle.ErrStored, r.Record, err)
	}
	ev := r.plain()
	ev.Document, ev.Salt = document, salt
	return ev, nil
}

// plain is the event without what is sealed.
func (r eventRow) plain() lifecycle.Event {
	return lifecycle.Event{
		Kind: chain.Kind(r.Kind), Prescription: prescription.ID(r.Prescription), Previous: r.Previous,
		Act: lifecycle.Act{
			Seq: uint64(r.Seq), Record: r.Record, Person: r.Person, Org: r.Org, Role: chain.Role(r.Role),
			At: time.UnixMilli(r.SignedAt).UTC(), Taken: time.UnixMilli(r.TakenAt).UTC(),
		},
	}
}

// LogAccess implements service.Store.
func (s *Store) LogAccess(tx *gorm.DB, a lifecycle.AccessEntry) error {
	return tx.Exec(`INSERT INTO prescription_access (prescription, read_at, person, role, org, reason, patient)
		VALUES (?, ?, ?, ?, ?, ?, COALESCE((SELECT patient FROM prescriptions WHERE id = ?), ''))
		ON CONFLICT DO NOTHING`,
		string(a.Prescription), millis(a.At), a.Person, string(a.Role), a.Org, a.Reason, string(a.Prescription)).Error
}

// Accesses implements service.Store.
func (s *Store) Accesses(tx *gorm.DB, id prescription.ID, limit int) ([]lifecycle.AccessEntry, error) {
	return accesses(tx.Where("prescription = ?", string(id)).Order("read_at DESC, person").Limit(limit))
}

// AccessesOf implements service.Store. Each id has its own statement: an index gives its newest
// lines in their order, and of several ids at once it does not.
func (s *Store) AccessesOf(tx *gorm.DB, patients []string, limit int) ([]lifecycle.AccessEntry, error) {
	all := []lifecycle.AccessEntry{}
	for _, patient := range patients {
		list, err := accesses(tx.Where("patient = ?", patient).
			Order("read_at DESC, prescription DESC, person DESC").Limit(limit))
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	slices.SortStableFunc(all, func(a, b lifecycle.AccessEntry) int { return b.At.Compare(a.At) })
	return all[:min(len(all), limit)], nil
}

// ReadSince implements service.Store.
func (s *Store) ReadSince(tx *gorm.DB, person string, ids []prescription.ID, since time.Time) (list []prescription.ID,
	err error) {
	err = tx.Model(&accessRow{}).Where("person = ? AND prescription IN ? AND read_at >= ?", person, ids, millis(since)).
		Distinct().Pluck("prescription", &list).Error
	return list, err
}

func accesses(q *gorm.DB) ([]lifecycle.AccessEntry, error) {
	rows, err := sqlstore.Rows[accessRow](q)
	if err != nil {
		return nil, err
	}
	list := make([]lifecycle.AccessEntry, 0, len(rows.Rows))
	for _, r := range sqlstore.Fit(q, accessRow{}.TableName(), rows,
		func(r accessRow) string { return r.Prescription }) {
		list = append(list, r.entry())
	}
	return list, nil
}

func (r accessRow) entry() lifecycle.AccessEntry {
	return lifecycle.AccessEntry{
		Prescription: prescription.ID(r.Prescription), Person: r.Person, Role: chain.Role(r.Role), Org: r.Org,
		Reason: r.Reason, At: time.UnixMilli(r.ReadAt).UTC(),
	}
}
