package accounts

import (
	"context"
	"encoding/json"
	"regexp"
	"slices"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/sqlstore"
)

// Limits of staff accounts.
const (
	MinPassword = 12  // characters
	MaxPassword = 128 // bytes
)

// StaffRoles are the roles that log in with a password.
var StaffRoles = []Role{Doctor, Reviewer, Dispenser, Regulator, Admin}

var (
	reLogin = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{2,31}$`)
	reOrg   = regexp.MustCompile(`^[a-z0-9-]{1,32}$`)
)

// NewStaff is a staff account to be made.
type NewStaff struct {
	Login    string // 3 to 32 characters a-z 0-9 . _ -; a pseudonym, not the person's name
	Password string // MinPassword characters to MaxPassword bytes
	Role     Role
	Org      string
}

func (n NewStaff) check() error {
	var c invalid.Check
	c.That(reLogin.MatchString(n.Login), "body.login", "3 to 32 characters a-z 0-9 . _ -")
	checkPasswordRule(&c, n.Password)
	c.That(slices.Contains(StaffRoles, n.Role), "body.role", "doctor, reviewer, dispenser, regulator or admin")
	c.That(reOrg.MatchString(n.Org), "body.org", "a member id: 1 to 32 characters a-z 0-9 -")
	return c.Err()
}

// CreateStaff makes a staff account with a new person id: invalid.ErrInput, ErrLoginTaken, sqlstore.ErrKeyReused.
func (s *Service) CreateStaff(ctx context.Context, cmd sqlstore.Command, n NewStaff) (Account, error) {
	if err := n.check(); err != nil {
		return Account{}, err
	}
	password, err := s.hash.hash(ctx, n.Password) // outside the transaction: it takes long
	if err != nil {
		return Account{}, err
	}
	row := accountRow{ID: newAccountID(), Person: NewPerson(), Role: string(n.Role), Org: n.Org, Login: &n.Login, Password: &password, CreatedAt: s.Now().UnixMilli()}
	answer, _, err := s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		if _, taken, err := find(tx, "login = ?", n.Login); err != nil || taken {
			return nil, orTaken(err)
		}
		return row.account(), tx.Create(&row).Error
	})
	if sqlstore.IsDuplicate(err) { // two at once
		err = ErrLoginTaken
	}
	if err != nil {
		return Account{}, err
	}
	var a Account
	return a, json.Unmarshal(answer, &a)
}

func orTaken(err error) error {
	if err != nil {
		return err
	}
	return ErrLoginTaken
}

// Login checks a staff member's password and opens a session. ErrCredentials for a wrong name or password, which look and
// take the same; *RetryError with ErrLocked or ErrRate; ErrBusy and ErrUnavailable.
func (s *Service) Login(ctx context.Context, name, password, address string) (Session, error) {
	if err := s.allow(ctx, address); err != nil {
		return Session{}, err
	}
	row, err := s.tryPassword(ctx, name, password)
	if err != nil {
		return Session{}, err
	}
	return s.Open(ctx, row.account())
}

// tryPassword is one guess at a name's password; a wrong one counts towards its lock.
func (s *Service) tryPassword(ctx context.Context, name, password string) (accountRow, error) {
	nameIndex := s.box.Index(name, "accounts.login")
	unlock, err := s.names.lock(ctx, nameIndex)
	if err != nil {
		return accountRow{}, err
	}
	defer unlock()
	until, err := s.lockedUntil(ctx, nameIndex)
	if err != nil {
		return accountRow{}, err
	}
	if !until.IsZero() {
		return accountRow{}, &RetryError{Reason: ErrLocked, After: until.Sub(s.Now())}
	}
	row, ok, err := s.checkPassword(ctx, name, password)
	if err != nil {
		return accountRow{}, err
	}
	if !ok {
		if err := s.countFailure(ctx, nameIndex); err != nil {
			return accountRow{}, err
		}
		return accountRow{}, ErrCredentials
	}
	return row, s.clearFailures(ctx, nameIndex)
}

// checkPassword takes as long for an unknown name as for a known one.
func (s *Service) checkPassword(ctx context.Context, name, password string) (accountRow, bool, error) {
	row, known, err := find(s.db.WithContext(ctx), "login = ?", name)
	if err != nil {
		return accountRow{}, false, err
	}
	encoded := s.hash.fake
	if known = known && row.Password != nil; known {
		encoded = *row.Password
	}
	if len(password) > MaxPassword {
		password = "" // no stored password is this long, and none is empty
	}
	ok, stale, err := s.hash.check(ctx, password, encoded)
	if err != nil || !ok || !known || row.Disabled {
		return accountRow{}, false, err
	}
	if stale {
		err = s.rehash(ctx, row, password)
	}
	return row, true, err
}

// rehash stores a password under today's cost; the old hash is a condition, so that a password changed meanwhile stays.
func (s *Service) rehash(ctx context.Context, row accountRow, password string) error {
	encoded, err := s.hash.hash(ctx, password)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Model(&accountRow{}).Where("id = ? AND password = ?", row.ID, *row.Password).Update("password", encoded).Error
	})
}
