package gormstore

import (
	"cmp"
	"context"
	"fmt"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment"
)

// auditPage is how many settlements one read of an audit takes, with their events.
const auditPage = 200

// Stored is a settlement as it lies in the database, with its events. What cannot be read says so
// and the rest is there all the same.
type Stored struct {
	payment.Row
	Err    error // of the sealed bill; payment.ErrNotFound for events without a settlement
	Events []StoredEvent
}

// StoredEvent is an event, or why its document cannot be read.
type StoredEvent struct {
	payment.Event
	Err error
}

// Each calls fn with everything stored, for audits: in one pass over each table, a page at a time.
func (s *Store) Each(ctx context.Context, fn func([]Stored) error) error {
	db := s.db.WithContext(ctx)
	for after := ""; ; {
		found, err := sqlstore.Rows[settlementRow](db.Where("id > ?", after).Order("id").Limit(auditPage))
		if err != nil {
			return err
		}
		rows := found.Rows
		page := make([]Stored, len(rows))
		at := make(map[string]int, len(rows))
		for i, r := range rows {
			page[i].Row, page[i].Err = settlements{db, s.box, s}.open(r)
			page[i].ID, page[i].Err, at[r.ID] = r.ID, cmp.Or(found.Err(i), page[i].Err), i
		}
		span := db.Where("settlement > ?", after)
		last := len(rows) < auditPage
		if !last {
			after = rows[len(rows)-1].ID
			span = span.Where("settlement <= ?", after)
		}
		page, err = s.hang(span, page, at)
		if err != nil {
			return err
		}
		if err := fn(page); err != nil || last {
			return err
		}
	}
}

// hang reads the events of a span.
func (s *Store) hang(span *gorm.DB, page []Stored, at map[string]int) ([]Stored, error) {
	rows, err := sqlstore.Rows[eventRow](span.Order("settlement, seq"))
	if err != nil {
		return nil, fmt.Errorf("events: %w", err)
	}
	for n, r := range rows.Rows {
		i, known := at[r.Settlement]
		if !known {
			i = len(page)
			page = append(page, Stored{Row: payment.Row{ID: r.Settlement}, Err: payment.ErrNotFound})
			at[r.Settlement] = i
		}
		ev, err := events{span, s.box, s}.open(r)
		page[i].Events = append(page[i].Events, StoredEvent{ev, cmp.Or(rows.Err(n), err)})
	}
	return page, nil
}

// open returns the event also with an error, without what is sealed.
func (e events) open(r eventRow) (ev payment.Event, err error) {
	ev = payment.Event{Settlement: r.Settlement, Seq: uint64(r.Seq), Kind: chain.Kind(r.Kind), Record: r.Record,
		At: instant(r.At)}
	if ev.Document, err = e.box.Open(r.Document, eventContext("document", r.Record)); err != nil {
		return ev, fmt.Errorf("record %s: %w", r.Record, err)
	}
	if ev.Salt, err = e.box.Open(r.Salt, eventContext("salt", r.Record)); err != nil {
		return ev, fmt.Errorf("record %s: %w", r.Record, err)
	}
	return ev, nil
}

// Absent returns those of numbers that the database has no settlement of.
func Absent(db *gorm.DB, numbers []string) ([]string, error) {
	return sqlstore.Absent(db.Model(&settlementRow{}), "id", numbers)
}

// PaidTwice returns the prescriptions with more than one settlement that keeps or may keep their
// money. The unique index forbids it; an audit trusts no index.
func PaidTwice(ctx context.Context, db *gorm.DB) (list []string, err error) {
	var blocking []payment.Status
	for _, s := range payment.Statuses {
		if s.Blocks() {
			blocking = append(blocking, s)
		}
	}
	err = db.WithContext(ctx).Model(&settlementRow{}).Where("status IN ?", blocking).Group("rx").Having("COUNT(*) > 1").
		Order("rx").Pluck("rx", &list).Error
	return list, err
}
