// Package pricelist is what the hospital itself decides of the catalogue's drugs: the price of a
// package, and whether the drug is offered here. The embedded catalogue's price holds until then.
//
// A prescription takes its prices when it is issued, in the issue's own transaction, and keeps
// them: they stand in the signed document, and the bill is made of them. A later change reaches
// later prescriptions only.
package pricelist

import (
	"context"
	"embed"
	"errors"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/medicine"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings this package's tables up to date.
func Migrate(ctx context.Context, db *sqlstore.DB) error {
	return db.Migrate(ctx, "pricelist", sqlstore.Sub(migrations))
}

// What one page holds.
const (
	PageEntries = 100 // also the most that a search finds
	PageChanges = 50
)

// Errors of this package, beside prescription.ErrInvalid and sqlstore.ErrConflict.
var (
	// ErrUnknown: the catalogue has no such drug.
	ErrUnknown = errors.New("pricelist: no such drug")
	// ErrMoved: what an import would change is not what its dry run showed.
	ErrMoved = errors.New("pricelist: not what the dry run showed")
	// ErrFaulty: the file has lines that cannot be taken, so none of them is.
	ErrFaulty = errors.New("pricelist: the file has faulty lines")
)

// Standing is what holds of a drug now. Version counts the hospital's changes; 0: none yet.
type Standing struct {
	PriceFen int64 `json:"priceFen" doc:"One package, in fen (分)" example:"1680"`
	Offered  bool  `json:"offered" doc:"False: doctors do not find it and cannot issue it"`
	Version  int64 `json:"version" doc:"Changes so far; 0: the catalogue's own price" example:"1"`
}

// Entry is a drug with what holds of it.
type Entry struct {
	Code        string `json:"code" example:"D0135"`
	Name        string `json:"name" example:"苯磺酸氨氯地平片"`
	EnglishName string `json:"englishName" example:"Amlodipine"`
	Strength    string `json:"strength" example:"5mg"`
	Package     string `json:"package" example:"28片/盒"`
	Standing
	CatalogueFen int64     `json:"catalogueFen" doc:"Price that the catalogue came with, in fen" example:"1680"`
	ChangedAt    time.Time `json:"changedAt,omitzero" doc:"Of the last change; absent: none"`
}

// Change is one step of a drug's price.
type Change struct {
	Version    int64     `json:"version" example:"1"`
	Person     string    `json:"person" doc:"Person id of the administrator" example:"P4MZ6Z7G3Z5X2J4Y"`
	At         time.Time `json:"at"`
	OldFen     int64     `json:"oldFen" example:"1680"`
	NewFen     int64     `json:"newFen" example:"1520"`
	OldOffered bool      `json:"oldOffered"`
	NewOffered bool      `json:"newOffered"`
	Plan       string    `json:"plan,omitempty" doc:"Digest of the import that made it; absent: changed by hand" example:"9f86d081884c7d65"`
}

// List keeps the prices. It is safe for concurrent use; a nil one changes nothing of the catalogue.
type List struct {
	DB        *sqlstore.DB
	Catalogue *catalogue.Catalogue
	Now       func() time.Time
}

type row struct {
	Code      string `gorm:"primaryKey"`
	PriceFen  int64
	Offered   bool
	Version   int64
	ChangedAt int64
}

func (row) TableName() string { return "rx_prices" }

type changeRow struct {
	Code       string `gorm:"primaryKey"`
	Version    int64  `gorm:"primaryKey;autoIncrement:false"`
	Person     string
	At         int64
	OldFen     int64
	NewFen     int64
	OldOffered bool
	NewOffered bool
	Plan       string
}

func (changeRow) TableName() string { return "rx_price_changes" }

// kept are the rows of these drugs, of all without one.
func kept(db *gorm.DB, codes ...string) (map[string]row, error) {
	if len(codes) > 0 {
		db = db.Where("code IN ?", codes)
	}
	var rows []row
	if err := db.Find(&rows).Error; err != nil {
		return nil, err
	}
	of := make(map[string]row, len(rows))
	for _, r := range rows {
		of[r.Code] = r
	}
	return of, nil
}

func standing(d catalogue.Drug, of map[string]row) Standing {
	if r, ok := of[d.Code]; ok {
		return Standing{r.PriceFen, r.Offered, r.Version}
	}
	return Standing{PriceFen: d.PriceFen, Offered: true}
}

// Price gives the items the prices that hold in db's transaction and returns the codes of those
// that are not offered.
func (l *List) Price(db *gorm.DB, items []medicine.Item) (withdrawn []string, err error) {
	if l == nil || len(items) == 0 {
		return nil, nil
	}
	codes := make([]string, len(items))
	for i, it := range items {
		codes[i] = it.Drug.Code
	}
	of, err := kept(db, codes...)
	if err != nil {
		return nil, err
	}
	for i := range items {
		r, ok := of[items[i].Drug.Code]
		if !ok {
			continue
		}
		items[i].Drug.PriceFen = r.PriceFen
		if !r.Offered {
			withdrawn = append(withdrawn, r.Code)
		}
	}
	return withdrawn, nil
}

// Of gives the drugs the prices that hold now; with offered, those not offered are left out.
func (l *List) Of(ctx context.Context, drugs []catalogue.Drug, offered bool) ([]catalogue.Drug, error) {
	if l == nil || len(drugs) == 0 {
		return drugs, nil
	}
	codes := make([]string, len(drugs))
	for i, d := range drugs {
		codes[i] = d.Code
	}
	of, err := kept(l.DB.WithContext(ctx), codes...)
	if err != nil {
		return nil, err
	}
	out := make([]catalogue.Drug, 0, len(drugs))
	for _, d := range drugs {
		s := standing(d, of)
		if d.PriceFen = s.PriceFen; s.Offered || !offered {
			out = append(out, d)
		}
	}
	return out, nil
}

// Filter chooses entries of the list.
type Filter struct {
	Query     string // name, initials, English name or code; empty: all, in the order of their codes
	Changed   bool   // only those that the hospital changed
	Withdrawn bool   // only those not offered
	After     string // code of the last entry of the page before; not with Query
}

// Entries are at most PageEntries of the list. next continues; empty: the end. A search finds the
// best matches on one page.
func (l *List) Entries(ctx context.Context, f Filter) (list []Entry, next string, err error) {
	drugs := l.Catalogue.Drugs()
	if f.Query != "" {
		drugs = l.Catalogue.Search(f.Query, PageEntries)
	}
	of, err := kept(l.DB.WithContext(ctx))
	if err != nil {
		return nil, "", err
	}
	list = []Entry{}
	for _, d := range drugs {
		s := standing(d, of)
		if f.Query == "" && d.Code <= f.After || f.Changed && s.Version == 0 || f.Withdrawn && s.Offered {
			continue
		}
		if len(list) == PageEntries {
			return list, list[PageEntries-1].Code, nil
		}
		list = append(list, entry(d, of))
	}
	return list, "", nil
}

func entry(d catalogue.Drug, of map[string]row) Entry {
	e := Entry{Code: d.Code, Name: d.Name, EnglishName: d.EnglishName, Strength: d.Strength, Package: d.Package(),
		Standing: standing(d, of), CatalogueFen: d.PriceFen}
	if r, ok := of[d.Code]; ok {
		e.ChangedAt = time.UnixMilli(r.ChangedAt).UTC()
	}
	return e
}

// Changes are a drug's changes, the newest first, at most PageChanges below a version; 0: from the
// newest. ErrUnknown.
func (l *List) Changes(ctx context.Context, code string, before int64) ([]Change, error) {
	if _, ok := l.Catalogue.Drug(code); !ok {
		return nil, ErrUnknown
	}
	db := l.DB.WithContext(ctx).Where("code = ?", code)
	if before > 0 {
		db = db.Where("version < ?", before)
	}
	var rows []changeRow
	if err := db.Order("version DESC").Limit(PageChanges).Find(&rows).Error; err != nil {
		return nil, err
	}
	list := make([]Change, len(rows))
	for i, r := range rows {
		list[i] = Change{r.Version, r.Person, time.UnixMilli(r.At).UTC(), r.OldFen, r.NewFen, r.OldOffered,
			r.NewOffered, r.Plan}
	}
	return list, nil
}

// Set changes one drug when want.Version is the stored one: prescription.ErrInvalid, ErrUnknown,
// sqlstore.ErrConflict. What holds already is no change.
func (l *List) Set(ctx context.Context, cmd sqlstore.Command, person, code string, want Standing) (Entry, error) {
	d, known := l.Catalogue.Drug(code)
	e, _, err := sqlstore.Answer[Entry](l.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		switch {
		case !known:
			return nil, ErrUnknown
		case want.PriceFen < 1 || want.PriceFen > medicine.MaxPriceFen:
			return nil, prescription.Invalid("body.priceFen", "1 to 100000000")
		}
		of, err := kept(tx, code)
		if err != nil {
			return nil, err
		}
		was := standing(d, of)
		if was.Version != want.Version {
			return nil, sqlstore.ErrConflict
		}
		if was != want {
			if of[code], err = l.change(tx, person, code, "", was, want); err != nil {
				return nil, err
			}
		}
		return entry(d, of), nil
	}))
	return e, err
}

// change writes a drug's next version and its line of history.
func (l *List) change(tx *gorm.DB, person, code, plan string, was, want Standing) (row, error) {
	at := l.Now().UnixMilli()
	r := row{Code: code, PriceFen: want.PriceFen, Offered: want.Offered, Version: was.Version + 1, ChangedAt: at}
	if err := tx.Save(&r).Error; err != nil {
		return row{}, err
	}
	return r, tx.Create(&changeRow{Code: code, Version: r.Version, Person: person, At: at, OldFen: was.PriceFen,
		NewFen: want.PriceFen, OldOffered: was.Offered, NewOffered: want.Offered, Plan: plan}).Error
}
