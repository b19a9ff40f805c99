package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

// Unreadable is a row that was left out of a list or a task, because it does not open or does not
// make sense.
type Unreadable struct {
	Table string
	Key   string // of the row; opaque
	Since time.Time
	Last  time.Time // when it was last met
}

const (
	// keepUnreadable is how long a row is remembered after it was last met: one that was mended or
	// deleted is met no more.
	keepUnreadable = time.Hour
	// maxUnreadable bounds the list; with more rows than that the table is broken, and the list
	// says so long before.
	maxUnreadable = 1000
)

// unreadables belongs to a database, as a plugin of its gorm.DB, so that every store over one of
// its transactions reaches it.
type unreadables struct {
	mu   sync.Mutex
	rows map[[2]string]Unreadable
}

// Name and Initialize make it a gorm.Plugin.
func (*unreadables) Name() string              { return "sqlstore:unreadable" }
func (*unreadables) Initialize(*gorm.DB) error { return nil }

// Skip notes that a row is left out, and raises the alarm the first time. One unreadable row must
// not stop the others: a list goes on without it, a task past it, and a person hears of it.
func Skip(tx *gorm.DB, table, key string, why error) {
	u, ok := tx.Plugins[(*unreadables)(nil).Name()].(*unreadables)
	if !ok { // not opened by this package: a test
		return
	}
	now := time.Now()
	u.mu.Lock()
	defer u.mu.Unlock()
	row, known := u.rows[[2]string{table, key}]
	if !known {
		row = Unreadable{Table: table, Key: key, Since: now}
		slog.Error("ALARM: a row cannot be read and is left out", "table", table, "row", key, "error", why.Error())
	}
	if row.Last = now; known || len(u.rows) < maxUnreadable {
		u.rows[[2]string{table, key}] = row
	}
}

// Unreadable lists the rows that were left out lately, by table and key.
func (db *DB) Unreadable() []Unreadable {
	u := db.unreadable
	u.mu.Lock()
	defer u.mu.Unlock()
	list := []Unreadable{}
	for key, row := range u.rows {
		if time.Since(row.Last) > keepUnreadable {
			delete(u.rows, key)
			continue
		}
		list = append(list, row)
	}
	slices.SortFunc(list, func(a, b Unreadable) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.Key, b.Key))
	})
	return list
}

// Found are rows as a query found them. SQLite lets a column hold a value of any type: a row with
// one that does not fit is here with what fits, and has an error.
type Found[R any] struct {
	Rows []R
	errs map[int]error
}

// Err tells why a row does not fit its type; nil: it does.
func (f Found[R]) Err(i int) error { return f.errs[i] }

// ErrMisfit says that a stored value is not of its column's type.
var ErrMisfit = errors.New("sqlstore: a value does not fit its column")

// Rows reads a list of which one row may not fit: the others are found all the same, and nothing is
// left out in silence. The error is the query's.
func Rows[R any](q *gorm.DB) (f Found[R], err error) {
	q = q.Session(&gorm.Session{})
	if err = q.Find(&f.Rows).Error; err == nil || Passing(err) {
		return f, err
	}
	if one, bad := oneByOne[R](q); bad == nil {
		return one, nil
	}
	return f, err // the query itself is wrong
}

func oneByOne[R any](q *gorm.DB) (f Found[R], err error) {
	if q.Statement.Model == nil && q.Statement.Table == "" {
		q = q.Model(new(R)).Session(&gorm.Session{})
	}
	shape, err := schema.Parse(new(R), &sync.Map{}, q.NamingStrategy)
	if err != nil {
		return f, err
	}
	rows, err := q.Rows()
	if err != nil {
		return f, err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return f, err
	}
	f.errs = map[int]error{}
	for rows.Next() {
		var r R
		if err := q.ScanRows(rows, &r); err != nil {
			if r, err = fitting[R](q.Statement.Context, rows, names, shape); !errors.Is(err, ErrMisfit) {
				return f, err
			}
			f.errs[len(f.Rows)] = err
		}
		f.Rows = append(f.Rows, r)
	}
	return f, rows.Err()
}

// fitting takes of a row what fits. Its error is ErrMisfit with the columns' names; not the values,
// which may be somebody's.
func fitting[R any](ctx context.Context, rows *sql.Rows, names []string, shape *schema.Schema) (r R, err error) {
	values, at := make([]any, len(names)), make([]any, len(names))
	for i := range values {
		at[i] = &values[i]
	}
	if err := rows.Scan(at...); err != nil {
		return r, err
	}
	var bad []string
	for i, name := range names {
		if field := shape.LookUpField(name); field != nil &&
			field.Set(ctx, reflect.ValueOf(&r).Elem(), values[i]) != nil {
			bad = append(bad, name)
		}
	}
	return r, fmt.Errorf("%w: %s", ErrMisfit, strings.Join(bad, ", "))
}

// Passing errors are of the moment, as a lost connection is, and not of a row.
func Passing(err error) bool {
	return retryable(err) || infrastructure(err) || errors.Is(err, context.Canceled) ||
		errors.Is(err, context.DeadlineExceeded)
}

// Readable opens rows and leaves out, by Skip, those that do not fit or do not open. The error is
// the database's or the context's, when open asked for more.
func Readable[R, T any](tx *gorm.DB, table string, rows Found[R], key func(R) string,
	open func(R) (T, error)) ([]T, error) {
	list := make([]T, 0, len(rows.Rows))
	for i, r := range rows.Rows {
		var item T
		err := rows.Err(i)
		if err == nil {
			item, err = open(r)
		}
		switch {
		case err == nil:
			list = append(list, item)
		case Passing(err):
			return nil, err
		default:
			Skip(tx, table, key(r), err)
		}
	}
	return list, nil
}

// Fit leaves out, by Skip, the rows that do not fit.
func Fit[R any](tx *gorm.DB, table string, rows Found[R], key func(R) string) []R {
	list, _ := Readable(tx, table, rows, key, func(r R) (R, error) { return r, nil }) // nothing more is asked
	return list
}

// Page reads at most size rows, and those that do not fit, which it leaves out by Skip, do not make
// it shorter: who asks for page after page takes a short one for the last. query takes n rows in an
// order; behind is the row they come after, nil at first.
func Page[R any](tx *gorm.DB, table string, size int, key func(R) string,
	query func(behind *R, n int) *gorm.DB) (list []R, err error) {
	for behind := (*R)(nil); ; {
		found, err := Rows[R](query(behind, size-len(list)))
		if err != nil {
			return nil, err
		}
		part := Fit(tx, table, found, key)
		list = append(list, part...)
		if len(part) == len(found.Rows) {
			return list, nil
		}
		behind = &found.Rows[len(found.Rows)-1]
	}
}

// Each does a task for every item, whatever becomes of the others, and returns their errors joined.
// It stops when ctx ends or the database is away: then the others would fail likewise.
func Each[T any](ctx context.Context, items []T, do func(T) error) error {
	var errs []error
	for _, item := range items {
		if ctx.Err() != nil {
			return errors.Join(append(errs, ctx.Err())...)
		}
		err := do(item)
		errs = append(errs, err)
		if errors.Is(err, ErrUnavailable) || errors.Is(err, ErrBusy) {
			break
		}
	}
	return errors.Join(errs...)
}

const (
	firstPutOff = 10 * time.Second
	maxPutOff   = 10 * time.Minute
	maxPutOffs  = 10_000 // beyond it nothing is put off: every item fails then, and the task is slow anyway
)

// PutOff keeps items that failed away from a task for a while, longer each time, so that they do
// not take the place of others. It is one process' and forgets at its end. The zero value works.
type PutOff struct {
	mu    sync.Mutex
	items map[string]putOff
}

type putOff struct {
	times int
	until time.Time
}

// Due tells whether an item is not put off at a moment.
func (p *PutOff) Due(key string, now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return !now.Before(p.items[key].until)
}

// Note puts an item off when err is one, and forgets it when it is none.
func (p *PutOff) Note(key string, now time.Time, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err == nil {
		delete(p.items, key)
		return
	}
	if p.items == nil {
		p.items = map[string]putOff{}
	}
	was, known := p.items[key]
	if !known && len(p.items) >= maxPutOffs {
		return
	}
	p.items[key] = putOff{was.times + 1, now.Add(min(firstPutOff<<min(was.times, 10), maxPutOff))}
}
