package engine

import (
	"log/slog"
	"slices"
	"strings"

	"github.com/cometbft/cometbft/libs/log"
)

// Log brings the engine's log into ours: errors and warnings as warnings (after a kill it reports
// its refusals to sign twice as errors, and goes on), nothing below. It calls Halt when the engine
// has stopped itself.
type Log struct {
	To   *slog.Logger
	Halt func()
}

func (Log) Debug(string, ...any) {}
func (Log) Info(string, ...any)  {}

func (l Log) Warn(msg string, kv ...any) { l.To.Warn("engine: "+msg, plain(kv)...) }

// halted begin the messages by which the engine says that it will do nothing any more: it catches
// its own panic, or gives up beginning with a snapshot, logs it, and there is no other sign. And
// when its journal could not be written once (the disk was full for a moment), the journal refuses
// every later write, and the engine signs nothing that is not in it: it never votes again until it
// is started anew.
var halted = []string{
	"CONSENSUS FAILURE", "State sync failed", "Failed to bootstrap node", "Failed to store last seen commit",
	"Failed to switch to block sync",
	"Error writing msg to consensus wal", "failed writing to WAL", "Periodic WAL flush failed",
}

func (l Log) Error(msg string, kv ...any) {
	if slices.ContainsFunc(halted, func(begin string) bool { return strings.HasPrefix(msg, begin) }) {
		l.To.Error("engine: "+msg, plain(kv)...)
		l.Halt()
		return
	}
	l.To.Warn("engine: "+msg, plain(kv)...)
}

func (l Log) With(kv ...any) log.Logger {
	return Log{l.To.With(plain(kv)...), l.Halt}
}

// plain keeps values that are text or numbers: the engine's own types can print whole blocks, and
// with them records.
func plain(kv []any) []any {
	out := make([]any, 0, len(kv))
	for i := 0; i+1 < len(kv); i += 2 {
		key, ok := kv[i].(string)
		if !ok {
			continue
		}
		switch v := kv[i+1].(type) {
		case string, int, int32, int64, uint64, bool:
			out = append(out, key, v)
		case error:
			out = append(out, key, v.Error())
		}
	}
	return out
}
