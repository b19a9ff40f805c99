// Package views keeps how somebody wants a table of the desk (视图): its columns, order and filter
// under a name. A view is its account's alone and follows it to every device.
package views

import (
	"context"
	"crypto/rand"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/text"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings this room's table up to date.
func Migrate(ctx context.Context, db *sqlstore.DB) error {
	return db.Migrate(ctx, "views", sqlstore.Sub(migrations))
}

// What holds of views.
const (
	Max       = 20  // of one table and account
	MaxName   = 30  // characters
	MaxFilter = 100 // characters
	MaxChosen = 8
	maxValue  = 60 // characters of a choice
)

// Errors of this package, beside invalid.ErrInput.
var (
	// ErrNotFound: no such view, or another's.
	ErrNotFound = errors.New("views: not found")
	// ErrFull: the table has as many views of this account as one may have.
	ErrFull = errors.New("views: no room for another")
)

//go:embed tables.json
var tablesJSON []byte

// Table is what the desk's page of that name has.
type Table struct {
	Columns []string `json:"columns"`
	Choices []string `json:"choices"` // parameters that have one of some values
}

// Tables are all tables of the desk whose views are kept, by name. A test of the desk holds its
// pages against them.
var Tables = func() (all map[string]Table) {
	if err := json.Unmarshal(tablesJSON, &all); err != nil {
		panic(err) // the program's own file
	}
	return all
}()

// reValue is what a choice is asked for: a code.
var reValue = regexp.MustCompile(`^[A-Za-z0-9._-]*$`)

// Order is by which column.
type Order struct {
	Key  string `json:"key" maxLength:"20" doc:"A column of the table" example:"login"`
	Down bool   `json:"down" doc:"The last first"`
}

// Content is how a table stands.
type Content struct {
	Columns []string          `json:"columns" minItems:"1" maxItems:"40" doc:"Those that are shown" example:"[\"login\",\"role\"]"`
	Sort    *Order            `json:"sort,omitempty" doc:"Absent: as the server lists"`
	Filter  string            `json:"filter" maxLength:"100" doc:"What is typed into the filter" example:"doctor"`
	Chosen  map[string]string `json:"chosen,omitempty" doc:"Values of the table's choices" example:"{\"role\":\"doctor\"}"`
}

// Named is a view as it is sent.
type Named struct {
	Table string  `json:"table" minLength:"1" maxLength:"20" doc:"Name of a table of the desk" example:"accounts"`
	Name  string  `json:"name" minLength:"1" maxLength:"30" example:"停用的医生"`
	View  Content `json:"view"`
}

// View is one that is kept.
type View struct {
	ID string `json:"id" example:"WQ4MZ6Z7G3Z5X2J4YH6K8N1P3R5"`
	Named
}

// Service keeps the views. It is safe for concurrent use.
type Service struct {
	DB  *sqlstore.DB
	Box *keystore.Box
	Now func() time.Time
}

type row struct {
	ID, Account, OfTable string
	Content              []byte
	ChangedAt            int64
}

func (row) TableName() string { return "table_views" }

func contentContext(account, id string) string { return "table_views.content/" + account + "/" + id }

// check puts a view into its form: invalid.ErrInput.
func (in *Named) check() error {
	var c invalid.Check
	table, known := Tables[in.Table]
	c.That(known, "body.table", "a table of the desk")
	c.That(text.Line(&in.Name, 1, MaxName), "body.name", text.LineRule(1, MaxName))
	v := &in.View
	c.That(text.Line(&v.Filter, 0, MaxFilter), "body.view.filter", text.LineRule(0, MaxFilter))
	if !known {
		return c.Err()
	}
	const ofTable = "a column of the table, once"
	c.That(len(v.Columns) > 0 && len(v.Columns) <= len(table.Columns), "body.view.columns",
		fmt.Sprintf("1 to %d", len(table.Columns)))
	for i, key := range v.Columns {
		c.That(slices.Contains(table.Columns, key) && !slices.Contains(v.Columns[:i], key),
			fmt.Sprintf("body.view.columns[%d]", i), ofTable)
	}
	c.That(v.Sort == nil || slices.Contains(table.Columns, v.Sort.Key), "body.view.sort.key", "a column of the table")
	fits := len(v.Chosen) <= MaxChosen
	for param, value := range v.Chosen {
		fits = fits && slices.Contains(table.Choices, param) && len(value) <= maxValue && reValue.MatchString(value)
	}
	c.That(fits, "body.view.chosen", fmt.Sprintf("choices of the table, each a code of at most %d characters", maxValue))
	return c.Err()
}

// Of lists an account's views of one table, the oldest first; an empty table: of all tables.
func (s *Service) Of(ctx context.Context, account, table string) ([]View, error) {
	return s.of(s.DB.WithContext(ctx), account, table)
}

func (s *Service) of(tx *gorm.DB, account, table string) ([]View, error) {
	q := tx.Where("account = ?", account)
	if table != "" {
		q = q.Where("of_table = ?", table)
	}
	found, err := sqlstore.Rows[row](q.Order("of_table, changed_at, id").Limit(Max * len(Tables)))
	if err != nil {
		return nil, err
	}
	return sqlstore.Readable(q, row{}.TableName(), found, func(r row) string { return r.ID }, s.open)
}

func (s *Service) open(r row) (v View, err error) {
	plain, err := s.Box.Open(r.Content, contentContext(r.Account, r.ID))
	if err != nil {
		return v, err
	}
	err = json.Unmarshal(plain, &v.Named)
	v.ID, v.Table = r.ID, r.OfTable
	return v, err
}

// Save keeps a view of an account; one of the same table and name is written anew:
// invalid.ErrInput, ErrFull.
func (s *Service) Save(ctx context.Context, cmd sqlstore.Command, account string, in Named) (View, error) {
	if err := in.check(); err != nil {
		return View{}, err
	}
	kept, _, err := sqlstore.Answer[View](s.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		old, err := s.of(tx, account, in.Table)
		if err != nil {
			return nil, err
		}
		v := View{ID: "W" + rand.Text(), Named: in}
		same := slices.IndexFunc(old, func(x View) bool { return x.Name == in.Name })
		if same >= 0 {
			v.ID = old[same].ID
		} else if err := room(tx, account, in.Table); err != nil {
			return nil, err
		}
		plain, err := json.Marshal(v.Named)
		if err != nil {
			return nil, err
		}
		r := row{ID: v.ID, Account: account, OfTable: in.Table, ChangedAt: s.Now().UnixMilli()}
		if r.Content, err = s.Box.Seal(plain, contentContext(account, v.ID)); err != nil {
			return nil, err
		}
		if same >= 0 {
			return v, tx.Model(&row{}).Where("id = ?", r.ID).Update("content", r.Content).Error
		}
		return v, tx.Create(&r).Error
	}))
	return kept, err
}

// room is ErrFull when there are as many rows as may be, those that cannot be read among them.
func room(tx *gorm.DB, account, table string) error {
	var n int64
	err := tx.Model(&row{}).Where("account = ? AND of_table = ?", account, table).Count(&n).Error
	if err == nil && n >= Max {
		err = ErrFull
	}
	return err
}

// Delete throws an own view away: ErrNotFound, also for another's.
func (s *Service) Delete(ctx context.Context, cmd sqlstore.Command, account, id string) error {
	_, _, err := s.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		res := tx.Where("id = ? AND account = ?", id, account).Delete(&row{})
		if res.Error == nil && res.RowsAffected == 0 {
			return nil, ErrNotFound
		}
		return id, res.Error
	})
	return err
}
