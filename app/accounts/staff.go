package accounts

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts/attempts"
	"github.com/smart-hospital/hospital/app/accounts/devices"
	"github.com/smart-hospital/hospital/app/accounts/password"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/platform/limit"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// StaffRoles are the roles that log in with a password.
var StaffRoles = []Role{Doctor, Reviewer, Dispenser, Regulator, Analyst, Admin}

// HospitalRoles are those of them that staff accounts have at a hospital.
var HospitalRoles = []Role{Doctor, Reviewer, Dispenser, Regulator, Admin}

// RegulatorRoles are those at a regulator's own node: who reads figures, who looks into cases as
// well, and who keeps the accounts.
var RegulatorRoles = []Role{Analyst, Regulator, Admin}

var reLogin = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{2,31}$`)

// NewStaff is a staff account to be made.
type NewStaff struct {
	Login    string // 3 to 32 characters a-z 0-9 . _ -; a pseudonym, not the person's name
	Password string // password.MinLength characters to password.MaxLength bytes
	Role     Role
	Org      string
	By       Account // the administrator who makes it; zero: the operator at the machine
	Settled  bool    // the password need not be changed: a demo's, whose visitors are shown it
}

func (n NewStaff) check(roles []Role) error {
	var c invalid.Check
	c.That(reLogin.MatchString(n.Login), "body.login", "3 to 32 characters a-z 0-9 . _ -")
	password.CheckNew(&c, n.Password, n.Login, n.Org)
	c.That(slices.Contains(roles, n.Role), "body.role", fmt.Sprintf("one of %v", roles))
	c.That(contract.IsOrg(n.Org), "body.org", "a member id: 1 to 32 characters a-z 0-9 -")
	return c.Err()
}

// CreateStaff makes a staff account with a new person id; its first log-in has to change the
// password. invalid.ErrInput, ErrForeign for another organisation than the administrator's,
// ErrLoginTaken, sqlstore.ErrKeyReused.
func (s *Service) CreateStaff(ctx context.Context, cmd sqlstore.Command, n NewStaff) (Account, error) {
	if err := n.check(s.roles); err != nil {
		return Account{}, err
	}
	if n.By.ID != "" && n.By.Org != n.Org {
		return Account{}, ErrForeign
	}
	password, err := s.hash.Hash(ctx, "own:"+n.By.ID, n.Password) // outside the transaction: it takes long
	if err != nil {
		return Account{}, err
	}
	row := accountRow{
		ID: newAccountID(), Person: NewPerson(), Role: string(n.Role), Org: n.Org, Login: &n.Login, Password: &password,
		CreatedAt:  s.Now().UnixMilli(),
		MustChange: !n.Settled, VouchedBy: n.By.ID,
	}
	a, _, err := sqlstore.Answer[Account](s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		if _, taken, err := find(tx, "login = ?", n.Login); err != nil || taken {
			return nil, orTaken(err)
		}
		if err := tx.Create(&row).Error; err != nil {
			return nil, err
		}
		return s.account(row), s.Note(tx,
			securitylog.Event{Kind: securitylog.Created, Org: n.Org, Actor: n.By.ID, Subject: row.ID, Detail: row.Role})
	}))
	if sqlstore.IsDuplicate(err) { // two at once
		err = ErrLoginTaken
	}
	return a, err
}

func orTaken(err error) error {
	if err != nil {
		return err
	}
	return ErrLoginTaken
}

// Credentials are what a member of staff logs in with.
type Credentials struct {
	Name, Password string
	Code           string // of the second factor, or a recovery code
	Address        string
	Device         devices.Device
}

// Login checks a staff member's password and second factor and opens a session. ErrCredentials for
// a wrong name or password, which look and take the same; ErrFactorNeeded and ErrFactorWrong after
// a right password; *attempts.RetryError with attempts.ErrLocked or attempts.ErrRate; turns.ErrBusy
// and ErrUnavailable.
func (s *Service) Login(ctx context.Context, c Credentials) (Session, error) {
	if err := s.allow(ctx, c.Address); err != nil {
		return Session{}, err
	}
	row, err := s.tryLogin(ctx, c)
	if err != nil {
		return Session{}, err
	}
	return s.open(ctx, row, c.Device,
		securitylog.Event{Kind: securitylog.Login, Org: row.Org, Actor: row.ID, Subject: row.ID,
			Origin: s.Origin(c.Address)})
}

// tryLogin is one guess at a name's password and code.
func (s *Service) tryLogin(ctx context.Context, c Credentials) (accountRow, error) {
	row, known, err := find(s.db.WithContext(ctx), "login = ?", c.Name)
	if err != nil {
		return accountRow{}, err
	}
	g, err := s.guess(ctx, row, c)
	if err != nil {
		return accountRow{}, err
	}
	failures, err := s.tries.Count(ctx, g)
	if err != nil {
		return accountRow{}, err
	}
	ok, err := s.checkPassword(ctx, row, known, c)
	if err != nil {
		return accountRow{}, errors.Join(err, s.tries.Uncount(ctx, g, false))
	}
	if !ok {
		return accountRow{}, errors.Join(ErrCredentials, s.noteFailure(ctx, row, failures, c.Address))
	}
	if row.SecondFactorAt == 0 {
		return row, s.tries.Uncount(ctx, g, true)
	}
	err = s.db.Tx(ctx, func(tx *gorm.DB) error { return s.useFactor(tx, row, c.Code) })
	switch {
	case errors.Is(err, ErrFactorWrong):
		return accountRow{}, errors.Join(err, s.noteFailure(ctx, row, failures, c.Address))
	case err != nil: // asking for the code is no guess, but it is no proof either: earlier guesses stay counted
		return accountRow{}, errors.Join(err, s.tries.Uncount(ctx, g, false))
	}
	return row, s.tries.Uncount(ctx, g, true)
}

// guess counts for the known device, or for the address.
func (s *Service) guess(ctx context.Context, row accountRow, c Credentials) (attempts.Guess, error) {
	login := s.loginIndex(c.Name)
	if row.ID != "" {
		d, err := devices.Find(s.db.WithContext(ctx), row.ID, c.Device.Token)
		if err != nil {
			return attempts.Guess{}, err
		}
		if d != "" {
			return attempts.At(login, "device:"+d, true), nil
		}
	}
	return attempts.At(login, s.box.Index(limit.Network(c.Address), "login.address"), false), nil
}

// noteFailure writes the first failures of a place into the security log, and then ever fewer:
// guessing must not fill it.
func (s *Service) noteFailure(ctx context.Context, row accountRow, failures int64, address string) error {
	if row.ID == "" || failures > attempts.MaxFailures && failures&(failures-1) != 0 {
		return nil
	}
	return s.db.Tx(context.WithoutCancel(ctx), func(tx *gorm.DB) error {
		return s.Note(tx, securitylog.Event{Kind: securitylog.LoginFailed, Org: row.Org, Subject: row.ID,
			Origin: s.Origin(address), Detail: strconv.FormatInt(failures, 10)})
	})
}

// checkPassword takes as long for an unknown name as for a known one.
func (s *Service) checkPassword(ctx context.Context, row accountRow, known bool, c Credentials) (bool, error) {
	encoded := s.hash.Nobodys
	if known = known && row.Password != nil; known {
		encoded = *row.Password
	}
	password := cut(c.Password)
	ok, stale, err := s.hash.Check(ctx, limit.Network(c.Address), password, encoded)
	if err != nil || !ok || !known || !row.open() {
		return false, err
	}
	if stale {
		err = s.rehash(ctx, row, password)
	}
	return true, err
}

// rehash stores a password under today's cost; the old hash is a condition, so that a password
// changed meanwhile stays.
func (s *Service) rehash(ctx context.Context, row accountRow, password string) error {
	encoded, err := s.hash.Hash(ctx, "own:"+row.ID, password)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Model(&accountRow{}).Where("id = ? AND password = ?", row.ID, *row.Password).
			Update("password", encoded).Error
	})
}
