package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// slowStatement is the duration from which a statement is worth a line.
const slowStatement = 500 * time.Millisecond

var statements atomic.Uint64

// Statements is how many statements this process has sent to its databases.
func Statements() uint64 { return statements.Load() }

// quietLogger writes statements that failed or were slow, with placeholders and never with values,
// and of an error only its code: the values are patients' data, and drivers repeat them in their
// messages.
type quietLogger struct{}

func (l quietLogger) LogMode(logger.LogLevel) logger.Interface { return l }

// Info, Warn and Error drop gorm's free text, which may hold values; errors reach the caller
// anyway.
func (quietLogger) Info(context.Context, string, ...any)  {}
func (quietLogger) Warn(context.Context, string, ...any)  {}
func (quietLogger) Error(context.Context, string, ...any) {}

// ParamsFilter drops the values before gorm would write them into the statement.
func (quietLogger) ParamsFilter(_ context.Context, sql string, _ ...any) (string, []any) {
	return sql, nil
}

// gorm has a logger of its own for what Scan reads, which writes the values unless it is told.
func init() { logger.RecorderParamsFilter = quietLogger{}.ParamsFilter }

func (quietLogger) Trace(ctx context.Context, begin time.Time, statement func() (string, int64), err error) {
	statements.Add(1)
	took := time.Since(begin)
	failed := err != nil && !errors.Is(err, gorm.ErrRecordNotFound) && !errors.Is(err, context.Canceled) &&
		!retryable(err) && !IsDuplicate(err)
	if !failed && took < slowStatement {
		return
	}
	sql, rows := statement()
	if len(sql) > maxLoggedSQL { // an insert of many rows says in its beginning all that a reader needs
		sql = sql[:maxLoggedSQL] + "…"
	}
	attrs := []any{"sql", sql, "rows", rows, "took", took}
	if failed {
		slog.ErrorContext(ctx, "statement failed", append(attrs, "code", errorCode(err))...)
		return
	}
	slog.WarnContext(ctx, "slow statement", attrs...)
}

// maxLoggedSQL bounds the text of a logged statement, in bytes.
const maxLoggedSQL = 300

func errorCode(err error) string {
	var pg interface{ SQLState() string }
	if errors.As(err, &pg) {
		return pg.SQLState()
	}
	var lite interface{ Code() int }
	if errors.As(err, &lite) {
		return fmt.Sprintf("sqlite %d", lite.Code())
	}
	return fmt.Sprintf("%T", err)
}
