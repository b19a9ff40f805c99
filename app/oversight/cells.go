package oversight

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/oversight/span"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/china"
)

// Units of a cell's period.
const (
	Day   = span.Day
	Month = span.Month
)

// cellsName is the row of oversight_place with the cells' own place: they are counted anew from the
// first record when it is not there.
const cellsName = "cells"

// cellsPlace is how far the log is counted, and how far it is decided what the cells show.
type cellsPlace struct {
	Records uint64 `json:"records"`
	Last    int64  `json:"last"`            // time of the newest record counted, Unix milliseconds
	Day     string `json:"day,omitempty"`   // the newest that is decided; empty: none
	Month   string `json:"month,omitempty"` // likewise
}

type cellKey struct{ Unit, Period, Org, Kind string }

type cellRow struct {
	Unit   string `gorm:"primaryKey"`
	Period string `gorm:"primaryKey"`
	Org    string `gorm:"primaryKey"`
	Kind   string `gorm:"primaryKey"`
	N      int64
	People int64
	Took   int64
	Timed  int64
}

func (cellRow) TableName() string { return "oversight_cells" }

type cellPersonRow struct {
	Unit   string `gorm:"primaryKey"`
	Period string `gorm:"primaryKey"`
	Org    string `gorm:"primaryKey"`
	Kind   string `gorm:"primaryKey"`
	Person string `gorm:"primaryKey"`
}

func (cellPersonRow) TableName() string { return "oversight_cell_people" }

// counted is what a record adds to its cells.
type counted struct {
	org, kind string
	at        time.Time
	took      int64    // milliseconds since the subject's record before
	timed     bool     // there is one
	parties   []string // of whom one is the patient
}

// followCells counts every record that was followed, in order, and decides what the periods show
// that are over. Cells and their place are one transaction: what a kill interrupts is counted again
// from the place that stands.
func (s *Service) followCells(ctx context.Context) error {
	followed, err := loadPlace(s.cfg.DB.WithContext(ctx))
	if err != nil {
		return err
	}
	at, err := loadCellsPlace(s.cfg.DB.WithContext(ctx))
	if err != nil {
		return err
	}
	for at.Records < followed.Records {
		next, list, err := s.countable(ctx, at, min(followed.Records, at.Records+recordsATime))
		if err != nil {
			return err
		}
		if err := s.cfg.DB.Tx(ctx, func(tx *gorm.DB) error {
			if stands, err := loadCellsPlace(tx); err != nil || stands != at {
				return errors.Join(err, errCounted)
			}
			if at.Records == 0 {
				if err := forget(tx); err != nil {
					return err
				}
			}
			if err := addAll(tx, list); err != nil {
				return err
			}
			return next.save(tx)
		}); err != nil {
			return err
		}
		at = next
	}
	return s.Decide(ctx)
}

// Errors of counting.
var (
	errCounted = errors.New("oversight: the cells' place moved: another process counts here")
	errBack    = errors.New("oversight: a record is dated before the one in front of it")
)

// forget empties what the count from the first record makes anew.
func forget(tx *gorm.DB) error {
	for _, row := range []any{&cellRow{}, &cellPersonRow{}, &shownRow{}} {
		if err := tx.Where("1 = 1").Delete(row).Error; err != nil {
			return err
		}
	}
	return nil
}

// countable reads the records from a place on, outside any transaction. A period is over once a
// later one has a record, and its cells must not change then, because what they show is decided.
// The engine dates every block later than the one before, and all records of a block alike. So a
// record of an earlier time is none of the chain's, and nothing is counted from there on.
func (s *Service) countable(ctx context.Context, at cellsPlace, to uint64) (next cellsPlace, list []counted,
	err error) {
	for i := at.Records; i < to; i++ {
		if err := ctx.Err(); err != nil {
			return at, nil, err
		}
		c, err := s.cfg.Node.At(ctx, i)
		if err != nil {
			return at, nil, err
		}
		if c.Index != i {
			return at, nil, fmt.Errorf("oversight: asked for record %d, got %d", i, c.Index)
		}
		if millis(c.Time) < at.Last {
			return at, nil, fmt.Errorf("%w: record %d", errBack, i)
		}
		at.Last = millis(c.Time)
		st := c.Record.Statement
		if p := s.partOf(st.Subject); p == nil || !slices.Contains(p.Counted, st.Kind) {
			continue
		}
		one, err := s.count(ctx, c)
		if err != nil {
			return at, nil, err
		}
		list = append(list, one)
	}
	at.Records = to
	return at, list, nil
}

// count looks at what stands on the chain before a record, and at nothing that comes after it: the
// same record counts the same whenever it is counted.
func (s *Service) count(ctx context.Context, c chain.Committed) (out counted, err error) {
	st := c.Record.Statement
	out = counted{org: st.Org, kind: string(st.Kind), at: c.Time}
	history, err := s.earlier(ctx, st.Subject, func(r chain.Committed) bool { return r.Index < c.Index })
	if err != nil {
		return out, err
	}
	first := st.Facts
	if len(history) > 0 {
		first = history[0].Record.Statement.Facts
		out.took, out.timed = max(0, c.Time.Sub(history[len(history)-1].Time).Milliseconds()), true
	}
	if out.parties = first.Parties; len(out.parties) > 0 || first.Ref == "" {
		return out, nil
	}
	about, err := s.earlier(ctx, first.Ref, func(r chain.Committed) bool { return r.Index < c.Index })
	if len(about) > 0 {
		out.parties = about[0].Record.Statement.Facts.Parties
	}
	return out, err
}

// addAll adds to each record's day and month. A cell is read and written once.
func addAll(tx *gorm.DB, list []counted) error {
	cells := map[cellKey]*cellRow{}
	for _, c := range list {
		day := china.Day(c.at)
		for _, key := range []cellKey{{Day, day, c.org, c.kind}, {Month, day[:len("2006-01")], c.org, c.kind}} {
			cell := cells[key]
			if cell == nil {
				cell = &cellRow{Unit: key.Unit, Period: key.Period, Org: key.Org, Kind: key.Kind}
				if err := ofCell(tx, key).Limit(1).Find(cell).Error; err != nil {
					return err
				}
				cells[key] = cell
			}
			cell.N++
			if c.timed {
				cell.Took, cell.Timed = cell.Took+c.took, cell.Timed+1
			}
			if err := addPeople(tx, key, cell, c.parties); err != nil {
				return err
			}
		}
	}
	for _, cell := range cells {
		if err := tx.Save(cell).Error; err != nil {
			return err
		}
	}
	return nil
}

func ofCell(tx *gorm.DB, k cellKey) *gorm.DB {
	return tx.Where("unit = ? AND period = ? AND org = ? AND kind = ?", k.Unit, k.Period, k.Org, k.Kind)
}

// addPeople counts one person more when none of those who may act for the patient was counted
// before: the chain does not tell which of them the patient is, and two lists without a common name
// have two patients. So the number is never larger than the true one. A prescription that names
// nobody counts nobody.
func addPeople(tx *gorm.DB, k cellKey, cell *cellRow, parties []string) error {
	if cell.People >= fewest || len(parties) == 0 {
		return nil
	}
	var known int64
	err := ofCell(tx, k).Model(&cellPersonRow{}).Where("person IN ?", parties).Count(&known).Error
	if err != nil || known > 0 {
		return err
	}
	cell.People++
	rows := make([]cellPersonRow, len(parties))
	for i, person := range parties {
		rows[i] = cellPersonRow{k.Unit, k.Period, k.Org, k.Kind, person}
	}
	_, err = insertOnce(tx, &rows)
	return err
}

func loadCellsPlace(tx *gorm.DB) (p cellsPlace, err error) {
	var rows []placeRow
	if err := tx.Where("name = ?", cellsName).Limit(1).Find(&rows).Error; err != nil || len(rows) == 0 {
		return p, err
	}
	return p, json.Unmarshal([]byte(rows[0].Value), &p)
}

func (p cellsPlace) save(tx *gorm.DB) error {
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return tx.Save(&placeRow{cellsName, string(text)}).Error
}
