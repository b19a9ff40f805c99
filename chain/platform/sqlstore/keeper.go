package sqlstore

import (
	"container/list"
	"context"
	"database/sql/driver"
	"errors"

	"modernc.org/sqlite"
)

const (
	// maxKept bounds the compiled statements of one connection; the one that was used longest ago
	// goes first.
	maxKept = 256
	// maxKeptText is the longest text, in bytes, worth keeping: longer ones list many values, and
	// hardly any comes a second time.
	maxKeptText = 4096
)

// keeper opens connections to SQLite that keep what they have compiled. Compiling a statement takes
// about as long as running it, and the driver throws it away after one use.
type keeper struct{ driver.Connector }

func newKeeper(dsn string) (driver.Connector, error) {
	c, err := sqlite.NewConnector(dsn)
	return keeper{c}, err
}

// liteConn is what the driver's connections offer.
type liteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// liteStmt is what its statements offer.
type liteStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// liteRows is what its results offer.
type liteRows interface {
	driver.Rows
	driver.RowsColumnTypeDatabaseTypeName
	driver.RowsColumnTypeLength
	driver.RowsColumnTypeNullable
	driver.RowsColumnTypePrecisionScale
	driver.RowsColumnTypeScanType
}

var errDriver = errors.New("sqlstore: the SQLite driver has changed")

// Connect implements driver.Connector.
func (k keeper) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := k.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	lite, ok := c.(liteConn)
	if !ok {
		return nil, errors.Join(errDriver, c.Close())
	}
	return &keptConn{liteConn: lite, byText: map[string]*list.Element{}}, nil
}

// keptConn is a connection with its compiled statements. database/sql lets one goroutine use it at
// a time.
type keptConn struct {
	liteConn
	byText map[string]*list.Element
	order  list.List // of *kept, the one used last in front
}

// kept is a compiled statement that nobody uses now.
type kept struct {
	text string
	stmt liteStmt
}

// Unwrap leads the driver's own functions to its connection.
func (c *keptConn) Unwrap() driver.Conn { return c.liteConn }

// take hands out the statement of a text: it belongs to the caller until give. So a text that is
// run while its own rows are still being read is compiled a second time.
func (c *keptConn) take(ctx context.Context, text string) (liteStmt, error) {
	if e, ok := c.byText[text]; ok {
		c.forget(e)
		return e.Value.(*kept).stmt, nil
	}
	s, err := c.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	lite, ok := s.(liteStmt)
	if !ok {
		return nil, errors.Join(errDriver, s.Close())
	}
	return lite, nil
}

// give takes a statement back that has run to its end and was reset.
func (c *keptConn) give(text string, s liteStmt) error {
	if _, twice := c.byText[text]; twice {
		return s.Close()
	}
	c.byText[text] = c.order.PushFront(&kept{text, s})
	if c.order.Len() <= maxKept {
		return nil
	}
	oldest := c.order.Back()
	c.forget(oldest)
	return oldest.Value.(*kept).stmt.Close()
}

func (c *keptConn) forget(e *list.Element) {
	delete(c.byText, e.Value.(*kept).text)
	c.order.Remove(e)
}

// ExecContext implements driver.ExecerContext.
func (c *keptConn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	if len(text) > maxKeptText {
		return c.liteConn.ExecContext(ctx, text, args)
	}
	s, err := c.take(ctx, text)
	if err != nil {
		return nil, err
	}
	res, err := s.ExecContext(ctx, args)
	if err != nil {
		_ = s.Close() // it repeats the error of the run
		return nil, err
	}
	return res, c.give(text, s)
}

// QueryContext implements driver.QueryerContext.
func (c *keptConn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	if len(text) > maxKeptText {
		return c.liteConn.QueryContext(ctx, text, args)
	}
	s, err := c.take(ctx, text)
	if err != nil {
		return nil, err
	}
	r, err := s.QueryContext(ctx, args)
	if err != nil {
		_ = s.Close() // it repeats the error of the run
		return nil, err
	}
	lite, ok := r.(liteRows)
	if !ok {
		return nil, errors.Join(errDriver, r.Close(), s.Close())
	}
	return &keptRows{liteRows: lite, conn: c, text: text, stmt: s}, nil
}

// Close implements driver.Conn.
func (c *keptConn) Close() error {
	var err error
	for e := c.order.Front(); e != nil; e = e.Next() {
		err = errors.Join(err, e.Value.(*kept).stmt.Close())
	}
	c.byText = map[string]*list.Element{}
	c.order.Init()
	return errors.Join(err, c.liteConn.Close())
}

// keptRows give their statement back when they are closed.
type keptRows struct {
	liteRows
	conn *keptConn
	text string
	stmt liteStmt
}

// Close implements driver.Rows.
func (r *keptRows) Close() error {
	s := r.stmt
	if s == nil {
		return nil
	}
	r.stmt = nil
	if err := r.liteRows.Close(); err != nil {
		_ = s.Close() // it repeats the error of the run
		return err
	}
	return r.conn.give(r.text, s)
}
