package sqlstore

import (
	"database/sql"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/callbacks"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/logger"
	"gorm.io/gorm/migrator"
	"gorm.io/gorm/schema"
)

// liteDialect is what gorm has to know about SQLite. gorm's own wants a C compiler, and the one in
// Go brings a driver of its own, whose connections compile every statement anew. The tables come
// from numbered files, never from gorm, so its migrator is the general one.
type liteDialect struct{ dsn string }

// Name implements gorm.Dialector.
func (liteDialect) Name() string { return SQLite }

// Initialize implements gorm.Dialector: it opens the pool.
func (d liteDialect) Initialize(db *gorm.DB) error {
	c, err := newKeeper(d.dsn)
	if err != nil {
		return err
	}
	db.ConnPool = sql.OpenDB(c)
	callbacks.RegisterDefaultCallbacks(db, &callbacks.Config{
		CreateClauses:        []string{"INSERT", "VALUES", "ON CONFLICT", "RETURNING"},
		UpdateClauses:        []string{"UPDATE", "SET", "FROM", "WHERE", "RETURNING"},
		DeleteClauses:        []string{"DELETE", "FROM", "WHERE", "RETURNING"},
		LastInsertIDReversed: true,
	})
	db.ClauseBuilders["LIMIT"] = buildLimit
	db.ClauseBuilders["FOR"] = func(clause.Clause, clause.Builder) {} // one writer locks no rows
	return nil
}

// buildLimit writes the LIMIT that SQLite wants before an OFFSET. The numbers are values, so that
// every page has one text, which is compiled once.
func buildLimit(c clause.Clause, b clause.Builder) {
	limit, ok := c.Expression.(clause.Limit)
	if !ok {
		return
	}
	rows := -1
	if limit.Limit != nil && *limit.Limit >= 0 {
		rows = *limit.Limit
	}
	if rows < 0 && limit.Offset <= 0 {
		return
	}
	_, _ = b.WriteString("LIMIT ")
	b.AddVar(b, rows)
	if limit.Offset > 0 {
		_, _ = b.WriteString(" OFFSET ")
		b.AddVar(b, limit.Offset)
	}
}

// DefaultValueOf implements gorm.Dialector.
func (liteDialect) DefaultValueOf(*schema.Field) clause.Expression { return clause.Expr{SQL: "NULL"} }

// Migrator implements gorm.Dialector.
func (d liteDialect) Migrator(db *gorm.DB) gorm.Migrator {
	return migrator.Migrator{Config: migrator.Config{DB: db, Dialector: d}}
}

// DataTypeOf implements gorm.Dialector. Only a migrator asks.
func (liteDialect) DataTypeOf(field *schema.Field) string { return string(field.DataType) }

// BindVarTo implements gorm.Dialector.
func (liteDialect) BindVarTo(w clause.Writer, _ *gorm.Statement, _ any) { _ = w.WriteByte('?') }

// QuoteTo implements gorm.Dialector. A name with dots is quoted part by part.
func (liteDialect) QuoteTo(w clause.Writer, name string) {
	for i, part := range strings.Split(name, ".") {
		if i > 0 {
			_ = w.WriteByte('.')
		}
		part = strings.TrimSuffix(strings.TrimPrefix(part, "`"), "`")
		_, _ = w.WriteString("`" + strings.ReplaceAll(part, "`", "``") + "`")
	}
}

// Explain implements gorm.Dialector.
func (liteDialect) Explain(statement string, vars ...any) string {
	return logger.ExplainSQL(statement, nil, `"`, vars...)
}

// SavePoint implements gorm.SavePointerDialectorInterface.
func (liteDialect) SavePoint(tx *gorm.DB, name string) error {
	return tx.Exec("SAVEPOINT " + name).Error
}

// RollbackTo implements gorm.SavePointerDialectorInterface.
func (liteDialect) RollbackTo(tx *gorm.DB, name string) error {
	return tx.Exec("ROLLBACK TO SAVEPOINT " + name).Error
}
