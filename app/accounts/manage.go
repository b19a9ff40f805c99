package accounts

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts/attempts"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// mayManage: an administrator's word counts for the own organisation's accounts alone, and not for
// the own account, whose password would then be worth less than its session. ErrNotFound, so that a
// foreign account looks like none; ErrSelf.
func mayManage(by Account, row accountRow) error {
	switch {
	case by.Role != Admin || by.Org != row.Org:
		return ErrNotFound
	case by.ID == row.ID:
		return ErrSelf
	}
	return nil
}

// MayManage is mayManage for a person's account, for rooms that act on people: ErrNotFound,
// ErrSelf.
func (s *Service) MayManage(ctx context.Context, by Account, person string) error {
	row, ok, err := find(s.db.WithContext(ctx), "person = ?", person)
	if err == nil && !ok {
		err = ErrNotFound
	}
	if err != nil {
		return err
	}
	return mayManage(by, row)
}

// Independent tells whether two administrators are two: neither stands behind the other, and nobody
// stands behind both. Who made an account or gave it a password stands behind it, and so does
// whoever stands behind that one: an administrator who makes two puppets is one person, and so are
// two log-ins of one human.
func (s *Service) Independent(tx *gorm.DB, one, other string) (bool, error) {
	behind, err := vouchers(tx, one)
	if err != nil {
		return false, err
	}
	others, err := vouchers(tx, other)
	if err != nil {
		return false, err
	}
	for id := range behind {
		if others[id] {
			return false, nil
		}
	}
	return len(behind) > 0 && len(others) > 0, nil
}

// InCharge returns an administrator's account; ok tells whether it is one that is neither suspended
// nor closed, and whose own number was entered.
func (s *Service) InCharge(tx *gorm.DB, id string) (a Account, ok bool, err error) {
	row, ok, err := find(tx, "id = ?", id)
	if err == nil && ok {
		if err = s.Identified(tx, row.Person); errors.Is(err, ErrUnidentified) {
			ok, err = false, nil
		}
	}
	return s.account(row), ok && row.open() && Role(row.Role) == Admin, err
}

// Identified: an administrator whose own number nobody entered may be any other one by a second
// log-in, so that one's word on another person's key or office counts for nothing. ErrUnidentified.
func (s *Service) Identified(tx *gorm.DB, person string) error {
	if s.Known == nil {
		return nil
	}
	known, err := s.Known(tx, person)
	if err == nil && !known[person] {
		err = ErrUnidentified
	}
	return err
}

// Handed tells whether an administrator knew the password of a person's log-in, and when last, Unix
// milliseconds; 0: when it was made.
func (s *Service) Handed(tx *gorm.DB, person string) (at int64, handed bool, err error) {
	row, ok, err := find(tx, "person = ?", person)
	if err != nil || !ok || row.VouchedBy == "" {
		return 0, false, err
	}
	at, err = s.Last(tx, securitylog.Reset, row.ID)
	return at, true, err
}

// vouchers are an account, its human, and all who stand behind it; none for an account that is not
// there.
func vouchers(tx *gorm.DB, id string) (map[string]bool, error) {
	found := map[string]bool{}
	for id != "" && !found[id] { // two administrators may have reset each other
		row, ok, err := find(tx, "id = ?", id)
		if err != nil {
			return nil, err
		}
		if !ok {
			return found, nil
		}
		found[id], found[row.cn()] = true, true
		id = row.VouchedBy
	}
	return found, nil
}

// Suspend closes an account for log-in until Resume, and ends its sessions: ErrNotFound, ErrSelf,
// ErrDisabled for one that is closed, sqlstore.ErrKeyReused.
func (s *Service) Suspend(ctx context.Context, cmd sqlstore.Command, by Account, person string) error {
	return s.manage(ctx, cmd, by, person, securitylog.Suspended, map[string]any{"disabled": true})
}

// Resume opens a suspended account again: as Suspend, and ErrSelf also for another log-in of the
// administrator's own.
func (s *Service) Resume(ctx context.Context, cmd sqlstore.Command, by Account, person string) error {
	return s.manage(ctx, cmd, by, person, securitylog.Resumed, map[string]any{"disabled": false})
}

// Close ends an account for good. It is kept: what its person did must stay theirs. As Suspend.
func (s *Service) Close(ctx context.Context, cmd sqlstore.Command, by Account, person string) error {
	return s.manage(ctx, cmd, by, person, securitylog.Closed, map[string]any{"closed_at": s.Now().UnixMilli()})
}

// RemoveFactorOf takes somebody's second factor away who lost phone and codes: as Suspend.
func (s *Service) RemoveFactorOf(ctx context.Context, cmd sqlstore.Command, by Account, person string) error {
	return s.manage(ctx, cmd, by, person, securitylog.FactorRemoved, nil)
}

func (s *Service) manage(ctx context.Context, cmd sqlstore.Command, by Account, person string, kind securitylog.Kind,
	change map[string]any) error {
	_, _, err := s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		row, ok, err := find(tx, "person = ?", person)
		if err == nil && !ok {
			err = ErrNotFound
		}
		if err != nil {
			return nil, err
		}
		if err := mayManage(by, row); err != nil {
			return nil, err
		}
		if kind == securitylog.Resumed && row.cn() == by.CN() {
			return nil, ErrSelf // whom another administrator suspended does not come back by a second log-in
		}
		if row.ClosedAt != 0 {
			return nil, ErrDisabled
		}
		switch {
		case kind == securitylog.FactorRemoved:
			err = dropFactor(tx, row.ID)
		case len(change) > 0:
			err = tx.Model(&accountRow{}).Where("id = ?", row.ID).Updates(change).Error
		}
		if err != nil {
			return nil, err
		}
		if err := endSessions(tx, row.ID); err != nil {
			return nil, err
		}
		return row.ID, s.Note(tx, securitylog.Event{Kind: kind, Org: row.Org, Actor: by.ID, Subject: row.ID,
			Detail: row.Role})
	})
	return err
}

// Lift forgets wrong guesses at a name: an administrator's for a member of the own staff, or one's
// own from an open session. ErrNotFound.
func (s *Service) Lift(ctx context.Context, cmd sqlstore.Command, by Account, person string) error {
	_, _, err := s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		row, ok, err := find(tx, "person = ?", person)
		if err == nil && (!ok || row.Login == nil || by.ID != row.ID && mayManage(by, row) != nil) {
			err = ErrNotFound
		}
		if err != nil {
			return nil, err
		}
		if err := attempts.Lift(tx, s.loginIndex(*row.Login)); err != nil {
			return nil, err
		}
		return row.ID, s.Note(tx, securitylog.Event{Kind: securitylog.Lifted, Org: row.Org, Actor: by.ID,
			Subject: row.ID})
	})
	return err
}

// StaffState is where a staff account stands.
type StaffState string

// States of staff accounts.
const (
	StaffOpen      StaffState = "open"
	StaffFirst     StaffState = "first-password" // its owner has to choose a password
	StaffSuspended StaffState = "suspended"      // an administrator moves next
	StaffClosed    StaffState = "closed"
)

// Staff is a staff account as the organisation's administrators see it.
type Staff struct {
	Person    string     `json:"person" example:"u7k2mq4xw5zt3yb6nc2da"`
	Login     string     `json:"login" example:"doctor7"`
	Role      Role       `json:"role" enum:"doctor,reviewer,dispenser,regulator,analyst,admin"`
	State     StaffState `json:"state" enum:"open,first-password,suspended,closed"`
	Factor    bool       `json:"factor" doc:"It has a second factor"`
	Delayed   bool       `json:"delayed" doc:"Wrong guesses at its name are being delayed"`
	CreatedAt time.Time  `json:"createdAt"`

	Unidentified bool `json:"unidentified,omitempty" doc:"The number of a document is not entered yet: as an administrator it approves no key and puts nobody into office"`
}

// MaxStaff is how many accounts one page has.
const MaxStaff = 200

// StaffQuery is which staff accounts are asked for, and in which order.
type StaffQuery struct {
	After   string     // log-in name of the last one that the caller has; empty: from the beginning
	Created bool       // by the moment of the account, else by log-in name
	Down    bool       // the last first
	Login   string     // part of the log-in name; empty: any
	Role    Role       // empty: any
	State   StaffState // empty: any
}

// StaffOf lists an organisation's staff accounts, at most MaxStaff. invalid.ErrInput when it is
// asked to go on by moment behind an account that is not there.
func (s *Service) StaffOf(ctx context.Context, org string, ask StaffQuery) ([]Staff, error) {
	tx := s.db.WithContext(ctx)
	after, err := ask.place(tx, org)
	if err != nil {
		return nil, err
	}
	rows, err := sqlstore.Page(tx, accountRow{}.TableName(), MaxStaff, func(r accountRow) string { return r.ID },
		func(behind *accountRow, n int) *gorm.DB {
			if behind != nil {
				after = ask.at(*behind)
			}
			return sqlstore.Seek(ask.filter(tx.Where("org = ? AND login IS NOT NULL", org)), ask.Down,
				ask.columns(), after...).Limit(n)
		})
	if err != nil {
		return nil, err
	}
	indexes := make([]string, len(rows))
	for i, r := range rows {
		indexes[i] = s.loginIndex(*r.Login)
	}
	slow, err := s.tries.Delayed(tx, indexes)
	if err != nil {
		return nil, err
	}
	people := make([]string, len(rows))
	for i, r := range rows {
		people[i] = r.Person
	}
	var known map[string]bool
	if s.Known != nil && len(people) > 0 {
		if known, err = s.Known(tx, people...); err != nil {
			return nil, err
		}
	}
	list := make([]Staff, len(rows))
	for i, r := range rows {
		list[i] = Staff{Person: r.Person, Login: *r.Login, Role: Role(r.Role), State: r.staffState(),
			Factor:  r.SecondFactorAt != 0,
			Delayed: slow[indexes[i]], CreatedAt: time.UnixMilli(r.CreatedAt).UTC(),
			Unidentified: s.Known != nil && !known[r.Person]}
	}
	return list, nil
}

func (q StaffQuery) columns() []string {
	if q.Created {
		return []string{"created_at", "login"}
	}
	return []string{"login"}
}

// at is where a row stands in the order of columns.
func (q StaffQuery) at(r accountRow) []any {
	if q.Created {
		return []any{r.CreatedAt, *r.Login}
	}
	return []any{*r.Login}
}

func (q StaffQuery) place(tx *gorm.DB, org string) ([]any, error) {
	switch {
	case q.After == "":
		return nil, nil
	case !q.Created:
		return []any{q.After}, nil
	}
	var found []accountRow
	if err := tx.Select("created_at", "login").Where("login = ? AND org = ?", q.After, org).Limit(1).Find(&found).
		Error; err != nil {
		return nil, err
	}
	if len(found) == 0 {
		var c invalid.Check
		c.That(false, "query.after", "log-in name of the last one of the page before")
		return nil, c.Err()
	}
	return q.at(found[0]), nil
}

func (q StaffQuery) filter(tx *gorm.DB) *gorm.DB {
	if q.Login != "" {
		tx = sqlstore.Contains(tx, "login", q.Login)
	}
	if q.Role != "" {
		tx = tx.Where("role = ?", string(q.Role))
	}
	switch q.State {
	case StaffClosed:
		return tx.Where("closed_at <> 0")
	case StaffSuspended:
		return tx.Where("closed_at = 0 AND disabled")
	case StaffFirst:
		return tx.Where("closed_at = 0 AND NOT disabled AND must_change")
	case StaffOpen:
		return tx.Where("closed_at = 0 AND NOT disabled AND NOT must_change")
	}
	return tx
}

func (r accountRow) staffState() StaffState {
	switch {
	case r.ClosedAt != 0:
		return StaffClosed
	case r.Disabled:
		return StaffSuspended
	case r.MustChange:
		return StaffFirst
	}
	return StaffOpen
}
