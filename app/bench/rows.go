package bench

import (
	"context"
	"fmt"
	"slices"

	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// sealedBy says which columns are sealed, and by which columns of their row. The context is
// "table.column/key" in every room but one.
var sealedBy = map[string]struct{ columns, key []string }{
	"consultations":       {[]string{"intake", "note", "reason"}, []string{"id"}},
	"consultation_notes":  {[]string{"note"}, []string{"consultation_id", "version"}},
	"chat_messages":       {[]string{"body"}, []string{"consultation_id", "seq"}},
	"prescriptions":       {[]string{"body"}, []string{"id"}},
	"prescription_events": {[]string{"document", "salt"}, []string{"record"}},
	"payment_settlements": {[]string{"fees"}, []string{"id"}},
	"payment_events":      {[]string{"document", "salt"}, []string{"record"}},
	"patients":            {[]string{"identity", "contact", "health"}, []string{"person"}},
	"prior_diagnoses":     {[]string{"diagnosis"}, []string{"id"}},
	"practitioners":       {[]string{"licence"}, []string{"person"}},
	"sessions":            {[]string{"sealed"}, []string{"digest"}},
}

// randomly are columns that must differ between copies and say nothing, with their length in bytes.
var randomly = map[string]int{"trace_codes.tag": 32, "accounts.openid_index": 32, "patients.id_index": 32,
	"patients.claim_index": 32, "practitioners.licence_index": 32, "devices.digest": 32,
	"certificates.id": 16, "certificates.public_key": 65, "payment_cards.id": 16, "payment_cards.token_index": 32}

// counted are columns that the database counts itself.
var counted = []string{"outbox.pos"}

// row is a stored one: its columns in the table's order.
type row struct {
	table   string
	columns []string
	values  map[string]any
}

func (r row) text(column string) string {
	s, _ := r.values[column].(string)
	return s
}

// read loads rows with everything sealed opened.
func read(ctx context.Context, db *sqlstore.DB, box *keystore.Box, table, where string, args ...any) ([]row, error) {
	found, err := db.WithContext(ctx).Raw("SELECT * FROM "+table+" WHERE "+where, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer func() { _ = found.Close() }()
	columns, err := found.Columns()
	if err != nil {
		return nil, err
	}
	var list []row
	for found.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := found.Scan(into...); err != nil {
			return nil, err
		}
		r := row{table: table, values: map[string]any{}}
		for i, c := range columns {
			if !slices.Contains(counted, table+"."+c) {
				r.columns = append(r.columns, c)
				r.values[c] = values[i]
			}
		}
		if err := r.open(box); err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, found.Err()
}

// context is what seals a column.
func (r row) context(column string) string {
	by := sealedBy[r.table]
	place := r.table + "." + column
	if r.table == "sessions" {
		place = r.table
	}
	for _, k := range by.key {
		place += "/" + fmt.Sprint(r.values[k])
	}
	return place
}

// open puts the clear text, as a string, in the place of every sealed value.
func (r row) open(box *keystore.Box) error {
	for _, c := range sealedBy[r.table].columns {
		b, _ := r.values[c].([]byte)
		if len(b) == 0 {
			continue
		}
		plain, err := box.Open(b, r.context(c))
		if err != nil {
			return fmt.Errorf("%s.%s: %w", r.table, c, err)
		}
		r.values[c] = string(plain)
	}
	return nil
}

// mould makes copies of one row.
type mould struct {
	table   string
	columns []string
	cells   []cell
}

// mould cuts a row, of which own says the cells that are not simply copied.
func (c cutter) mould(r row, own map[string]cell) mould {
	m := mould{table: r.table, columns: r.columns}
	for _, column := range r.columns {
		made, special := own[column]
		if !special {
			made = c.cell(r, column)
		}
		m.cells = append(m.cells, made)
	}
	return m
}

func (c cutter) cell(r row, column string) cell {
	switch v := r.values[column].(type) {
	case int64:
		if v >= firstMoment && v <= lastMoment {
			return moved(v)
		}
	case string:
		n := randomly[r.table+"."+column]
		switch {
		case n > 0 && v != "":
			return drawn(n)
		case slices.Contains(sealedBy[r.table].columns, column):
			return sealed(c.words(v), c.words(r.context(column)))
		}
		return said(c.words(v))
	}
	return always(r.values[column])
}
