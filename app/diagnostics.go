package app

import (
	"context"

	"github.com/smart-hospital/hospital/app/httpapi"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/outbox"
)

// maxShownDead bounds the dead letters one page shows.
const maxShownDead = 20

// diagnostics gathers what an administrator asks first when something is wrong.
func (a *App) diagnostics(ctx context.Context) (d httpapi.Diagnostics, err error) {
	db := a.db.WithContext(ctx)
	backlog, err := outbox.Stats(db)
	if err != nil {
		return d, err
	}
	dead, err := outbox.DeadLetters(db, maxShownDead)
	if err != nil {
		return d, err
	}
	keys, err := a.keys.List()
	if err != nil {
		return d, err
	}
	d = httpapi.Diagnostics{Version: a.version, Demo: a.cfg.Demo, Chain: a.node.Health(ctx), Member: a.cfg.Hospital,
		Keys: keys, Splits: gm.Splits(), Checks: a.ready(ctx),
		Outbox: httpapi.OutboxHealth{Pending: backlog.Pending, Dead: backlog.Dead,
			DeadLetters: []httpapi.OutboxDeadLetter{}}}
	if !backlog.Oldest.IsZero() {
		d.Outbox.Oldest = &backlog.Oldest
	}
	d.Damaged = []httpapi.DamagedRow{}
	damaged := a.db.Unreadable()
	for _, r := range damaged[:min(len(damaged), maxShownDead)] {
		d.Damaged = append(d.Damaged, httpapi.DamagedRow{Table: r.Table, Row: r.Key, Since: r.Since})
	}
	for _, e := range dead {
		d.Outbox.DeadLetters = append(d.Outbox.DeadLetters,
			httpapi.OutboxDeadLetter{Record: e.ID, Subject: e.Subject, Kind: string(e.Kind), Code: e.Code.String()})
	}
	return d, nil
}
