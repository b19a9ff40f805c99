package ledger

import (
	"errors"
	"fmt"

	"github.com/smart-hospital/hospital/chain/internal/schemas"
)

// ErrSchema is a chain whose members have agreed on a record schema that this program does not
// know, from the next height on. Nothing is lost: a newer program goes on from here.
var ErrSchema = errors.New("ledger: the record schema agreed on is unknown to this program; start the newer one")

// Judges is ErrSchema when this program cannot execute a height. Consensus connection only.
func (a *App) Judges(height int64) error { return a.knows(height) }

func (a *App) canJudge(height int64) bool { return a.knows(height) == nil }

func (a *App) knows(height int64) error {
	for _, s := range a.listAt(height).roster.Members().Schemas {
		if s.From <= height && !a.opt.knownSchema(s.V) {
			return fmt.Errorf("%w: version %d from height %d on", ErrSchema, s.V, s.From)
		}
	}
	return nil
}

// schemaAt is the newest version of statements that a height takes. Consensus connection only.
func (a *App) schemaAt(height int64) int { return a.listAt(height).roster.Members().SchemaAt(height) }

// Schema is the newest version of statements that the next block takes; 0 before the genesis is
// known.
func (a *App) Schema() int {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if len(a.lists) == 0 {
		return 0
	}
	next := a.meta.Header.Height + 1
	return a.listAt(next).roster.Members().SchemaAt(next)
}

// Ahead tells of a schema that this program does not know and that the members have agreed on for
// the next height (ErrSchema), or for a later one: then there is time to start the newer program.
func (a *App) Ahead() (now, later error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if len(a.lists) == 0 {
		return nil, nil
	}
	next := a.meta.Header.Height + 1
	for _, s := range a.lists[len(a.lists)-1].roster.Members().Schemas {
		if !a.opt.knownSchema(s.V) {
			later = fmt.Errorf("%w: version %d from height %d on", ErrSchema, s.V, s.From)
			break
		}
	}
	return a.knows(next), later
}

// warnOfSchema speaks up when a list is adopted, and again when the last height that this program
// can execute is committed.
func (a *App) warnOfSchema(adopted bool) {
	now, later := a.Ahead()
	if adopted && now == nil && later != nil {
		a.log.Error("ALARM: the members have agreed on a newer record schema; this node will stop before it",
			"err", later)
	}
	if now != nil {
		a.outdated(now)
	}
}

func (a *App) outdated(err error) {
	a.log.Error("ALARM: stopping before a height that this program cannot judge; nothing is lost", "err", err)
	if a.opt.OnSchema != nil {
		a.opt.OnSchema(err)
	}
}

func (o Options) knownSchema(v int) bool {
	if o.known != nil {
		return o.known(v)
	}
	return schemas.Known(v)
}
