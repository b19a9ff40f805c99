package consult

import (
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// store keeps consultations in the caller's transaction.
type store struct{ box *keystore.Box }

// MaxDayCancelled is after how many visits that were asked for and cancelled within a day a patient
// asks for no more: each is a line in the inbox of a doctor, who did nothing. From practice.
const (
	MaxDayCancelled = 20
	cancelledDay    = 24 * time.Hour
)

// create adds a consultation: Occupied when the pair has an open one,
// ErrGivenUp.
func (st store) create(tx *gorm.DB, c *Consultation) error {
	s := c.Snapshot()
	var open []string
	err := tx.Model(&consultationRow{}).
		Where("patient = ? AND doctor = ? AND state IN ?", s.Patient, s.Doctor, []State{Requested, Accepted, Active}).
		Limit(1).Pluck("id", &open).Error
	if err != nil {
		return err
	}
	if len(open) > 0 {
		return &Occupied{open[0]}
	}
	var cancelled int64
	err = tx.Model(&consultationRow{}).
		Where("patient = ? AND created_at > ?", s.Patient, s.CreatedAt.Add(-cancelledDay).UnixMilli()).
		Where("state = ?", Cancelled).
		Count(&cancelled).Error
	if err != nil {
		return err
	}
	if cancelled >= MaxDayCancelled {
		return ErrGivenUp
	}
	if s.Appointment != nil {
		if err := st.aside(tx, s.Patient, *s.Appointment); err != nil {
			return err
		}
	}
	row, err := rowOf(st.box, s)
	if err != nil {
		return err
	}
	return tx.Create(&row).Error // the unique index decides a race; Request tells it from other errors
}

// load returns ErrNotFound for an unknown id.
func (st store) load(tx *gorm.DB, id string) (*Consultation, error) {
	var row consultationRow
	res := tx.Where("id = ?", id).Limit(1).Find(&row)
	if res.Error != nil {
		return nil, res.Error
	}
	if res.RowsAffected == 0 {
		return nil, ErrNotFound
	}
	s, err := row.snapshot(st.box)
	if err != nil {
		return nil, fmt.Errorf("consultation %s: %w", id, err)
	}
	return ReloadFromStore(s), nil
}

// save writes what a verb changed; was is the version it was loaded with: sqlstore.ErrConflict when
// that is gone.
func (st store) save(tx *gorm.DB, c *Consultation, was int) error {
	row, err := rowOf(st.box, c.Snapshot())
	if err != nil {
		return err
	}
	res := tx.Model(&consultationRow{}).Where("id = ? AND version = ?", row.ID, was).Select("*").
		Omit("id", "created_at", "intake").Updates(&row)
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected == 0 {
		return sqlstore.ErrConflict
	}
	return nil
}

// keepNote adds the present note to the versions kept.
func (st store) keepNote(tx *gorm.DB, s Snapshot) error {
	sealed, err := st.box.SealJSON(s.Note, noteContext(s.ID, s.Note.Version))
	if err != nil {
		return err
	}
	return tx.Create(&noteRow{ConsultationID: s.ID, Version: s.Note.Version, Note: sealed,
		CreatedAt: millis(s.Note.At)}).Error
}

// notes lists every version of the note, oldest first.
func (st store) notes(tx *gorm.DB, id string) ([]Note, error) {
	rows, err := sqlstore.Rows[noteRow](tx.Where("consultation_id = ?", id).Order("version"))
	if err != nil {
		return nil, err
	}
	return sqlstore.Readable(tx, noteRow{}.TableName(), rows,
		func(r noteRow) string { return fmt.Sprintf("%s/%d", id, r.Version) }, func(r noteRow) (n Note, err error) {
			return n, st.box.OpenJSON(r.Note, noteContext(id, r.Version), &n)
		})
}

// Filter narrows a list. Patient or Doctor is set by the service, never by a client.
type Filter struct {
	patients []string
	doctor   string
	States   []State
	People   []string // only of these ids of one person, if the caller may read it or treated it; nil: everybody's
	Queue    bool     // who waits longest first; else the newest first
	Before   string   // id of the last one of the page before; empty: from the first
	Limit    int      // 1 to MaxPage; 0: MaxPage
}

// list returns consultations in the filter's order; an unknown Before is ErrNotFound.
func (st store) list(tx *gorm.DB, f Filter) ([]Snapshot, error) {
	var behind []any
	if f.Before != "" {
		last, err := st.load(tx, f.Before)
		if err != nil {
			return nil, err
		}
		row, err := rowOf(st.box, last.s)
		if err != nil {
			return nil, err
		}
		behind = f.place(row)
	}
	columns, walks := []string{"created_at", "id"}, f.walks(tx)
	if f.Queue {
		columns = []string{"waits_from", "slot_number", "id"}
	}
	var list []Snapshot
	// what cannot be read is left out, and the page is filled up: a short one would say that
	// nothing follows
	for {
		found, err := sqlstore.Rows[consultationRow](sqlstore.SeekEach(tx.Model(&consultationRow{}), walks,
			f.Limit-len(list), !f.Queue, columns, behind...))
		if err != nil {
			return nil, err
		}
		part, err := sqlstore.Readable(tx, consultationRow{}.TableName(), found,
			func(r consultationRow) string { return r.ID },
			func(r consultationRow) (Snapshot, error) { return r.snapshot(st.box) })
		if err != nil {
			return nil, err
		}
		list = append(list, part...)
		rows := found.Rows
		if len(part) == len(rows) || len(list) == f.Limit {
			return list, nil
		}
		behind = f.place(rows[len(rows)-1])
	}
}

// walks are the lists, each of one patient or doctor and one state, that a filter's is made of.
func (f Filter) walks(tx *gorm.DB) (list []*gorm.DB) {
	all, column, people := tx.Model(&consultationRow{}), "doctor", []string{f.doctor}
	states := f.States
	if len(f.patients) > 0 {
		column, people = "patient", f.patients
	}
	if f.doctor != "" && len(f.People) > 0 { // the pair's index has its rows in order for each state
		all, column, people = all.Where("doctor = ?", f.doctor), "patient", f.People
		if len(states) == 0 {
			states = States
		}
	}
	all = all.Session(&gorm.Session{})
	for _, p := range slices.Compact(slices.Sorted(slices.Values(people))) {
		q := all.Where(column+" = ?", p).Session(&gorm.Session{})
		for _, state := range slices.Compact(slices.Sorted(slices.Values(states))) {
			list = append(list, q.Where("state = ?", state))
		}
		if len(states) == 0 {
			list = append(list, q)
		}
	}
	return list
}

// place is where a consultation stands in the filter's order.
func (f Filter) place(r consultationRow) []any {
	if f.Queue {
		return []any{r.WaitsFrom, r.SlotNumber, r.ID}
	}
	return []any{r.CreatedAt, r.ID}
}

// overdue is a request whose time is over, and its place in the order of them.
type overdue struct {
	ID        string
	CreatedAt int64
}

// overdue lists requests whose time is over at a moment behind another of them, oldest first, at
// most n. What cannot be read is left out; it makes the last page shorter and no other, because
// SQLite sorts a text behind every number.
func (st store) overdue(tx *gorm.DB, at time.Time, after overdue, n int) ([]overdue, error) {
	found, err := sqlstore.Rows[overdue](
		tx.Model(&consultationRow{}).Where(
			"state = ? AND ((slot_start = 0 AND created_at <= ?) OR (slot_start > 0 AND slot_end <= ?))", Requested,
			millis(at.Add(-RequestTTL)), millis(at)).
			Where("created_at > ? OR (created_at = ? AND id > ?)", after.CreatedAt, after.CreatedAt, after.ID).
			Order("created_at, id").Limit(n))
	return sqlstore.Fit(tx, consultationRow{}.TableName(), found, func(d overdue) string { return d.ID }), err
}
