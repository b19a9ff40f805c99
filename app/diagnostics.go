package app

import (
	"context"

	installationapi "github.com/smart-hospital/hospital/app/httpapi/installation"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/outbox"
)

// maxShownDead bounds the dead letters one page shows.
const maxShownDead = 20

// diagnostics gathers what an administrator asks first when something is wrong.
func (a *App) diagnostics(ctx context.Context) (d installationapi.Diagnostics, err error) {
	db := a.DB.WithContext(ctx)
	backlog, err := outbox.Stats(db)
	if err != nil {
		return d, err
	}
	dead, err := outbox.DeadLetters(db, maxShownDead)
	if err != nil {
		return d, err
	}
	keys, err := a.Keys.List()
	if err != nil {
		return d, err
	}
	d = installationapi.Diagnostics{Version: a.version, Demo: a.Cfg.Demo, Chain: a.node.Health(ctx),
		Member: a.Cfg.Hospital, Keys: keys, Splits: gm.Splits(), Checks: a.ready(ctx),
		Outbox: installationapi.OutboxHealth{Pending: backlog.Pending, Dead: backlog.Dead,
			DeadLetters: []installationapi.OutboxDeadLetter{}}}
	if !backlog.Oldest.IsZero() {
		d.Outbox.Oldest = &backlog.Oldest
	}
	d.Damaged = []installationapi.DamagedRow{}
	damaged := a.DB.Unreadable()
	for _, r := range damaged[:min(len(damaged), maxShownDead)] {
		d.Damaged = append(d.Damaged, installationapi.DamagedRow{Table: r.Table, Row: r.Key, Since: r.Since})
	}
	for _, e := range dead {
		d.Outbox.DeadLetters = append(d.Outbox.DeadLetters,
			installationapi.OutboxDeadLetter{Record: e.ID, Subject: e.Subject, Kind: string(e.Kind),
				Code: e.Code.String()})
	}
	return d, nil
}
