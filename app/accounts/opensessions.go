package accounts

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts/opaque"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/accounts/sitting"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// MaxOpen is how many rows one page of open sessions reads.
const MaxOpen = 100

// OpenSession is a log-in of a member of staff that stands.
type OpenSession struct {
	ID      string    `json:"id" doc:"Names the session; opens nothing" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Person  string    `json:"person" example:"u7k2mq4xw5zt3yb6nc2da"`
	Login   string    `json:"login" example:"doctor7"`
	Role    Role      `json:"role" enum:"doctor,reviewer,dispenser,regulator,analyst,admin"`
	Device  string    `json:"device" doc:"As the device called itself; empty: it said nothing" example:"Chrome, Windows"`
	Since   time.Time `json:"since" doc:"When it began"`
	UsedAt  time.Time `json:"usedAt" doc:"Last use, to ten minutes"`
	Current bool      `json:"current" doc:"It is the one that asks"`
}

// OpenSessions lists who of an organisation's staff is logged in. token is the session that asks.
// more tells that there are others behind next.
func (s *Service) OpenSessions(ctx context.Context, org string, ask sitting.Query,
	token string) (list []OpenSession, next sitting.After, more bool, err error) {
	tx := s.db.WithContext(ctx)
	rows, err := ask.Find(tx, org, s.Now().Add(-SessionIdle), MaxOpen+1)
	if err != nil {
		return nil, next, false, err
	}
	owners, err := s.owners(tx, rows)
	if err != nil {
		return nil, next, false, err
	}
	list, mine := []OpenSession{}, opaque.Digest("session", token)
	if more = len(rows) > MaxOpen; more {
		rows = rows[:MaxOpen]
	}
	for _, r := range rows {
		row := owners[r.Account]
		if row.Login == nil {
			continue
		}
		next = sitting.After{Login: *row.Login, ID: r.Digest}
		v, err := s.unseal(sessionRow{r.Digest, r.Account, r.Device, r.Sealed, r.UsedAt})
		if err != nil || !v.opens(row) {
			continue // ended, and not yet taken away
		}
		list = append(list, OpenSession{ID: r.Digest, Person: row.Person, Login: *row.Login, Role: Role(row.Role),
			Device: r.Name, Since: time.UnixMilli(v.Start).UTC(), UsedAt: time.UnixMilli(r.UsedAt).UTC(),
			Current: r.Digest == mine})
	}
	return list, next, more, nil
}

func (s *Service) owners(tx *gorm.DB, rows []sitting.Row) (map[string]accountRow, error) {
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.Account
	}
	found, err := sqlstore.Rows[accountRow](tx.Where("id IN ?", ids))
	if err != nil {
		return nil, err
	}
	of := map[string]accountRow{}
	for _, r := range sqlstore.Fit(tx, accountRow{}.TableName(), found, func(r accountRow) string { return r.ID }) {
		of[r.ID] = r
	}
	return of, nil
}

// EndSession ends one session of a member of the administrator's own staff, the administrator's
// other ones among them: ErrNotFound, sqlstore.ErrKeyReused.
func (s *Service) EndSession(ctx context.Context, cmd sqlstore.Command, by Account, id string) error {
	_, _, err := s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		var of []string
		if err := tx.Model(&sessionRow{}).Where("digest = ?", id).Limit(1).Pluck("account", &of).Error; err != nil {
			return nil, err
		}
		if len(of) == 0 {
			return nil, ErrNotFound
		}
		row, ok, err := find(tx, "id = ?", of[0])
		if err == nil && (!ok || row.Login == nil || by.ID != row.ID && mayManage(by, row) != nil) {
			err = ErrNotFound
		}
		if err != nil {
			return nil, err
		}
		if err := tx.Where("digest = ?", id).Delete(&sessionRow{}).Error; err != nil {
			return nil, err
		}
		return row.ID, s.Note(tx, securitylog.Event{Kind: securitylog.SessionEnded, Org: row.Org, Actor: by.ID,
			Subject: row.ID, Detail: row.Role})
	})
	return err
}

// EndSessions ends every session of a member of the own staff; its password stays good: as Suspend.
func (s *Service) EndSessions(ctx context.Context, cmd sqlstore.Command, by Account, person string) error {
	return s.manage(ctx, cmd, by, person, securitylog.SessionsEnded, nil)
}
