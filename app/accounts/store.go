package accounts

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"
)

type accountRow struct {
	ID               string `gorm:"primaryKey"`
	Person           string
	Role             string
	Org              string
	Login            *string
	Password         *string
	OpenidIndex      *string
	Disabled         bool
	CreatedAt        int64 `gorm:"autoCreateTime:false"`
	Epoch            int64
	MustChange       bool
	ClosedAt         int64
	VouchedBy        string
	SecondFactor     []byte
	SecondFactorAt   int64
	SecondFactorStep int64
	Human            string
	Consent          string
	ClosingAt        int64
}

func (accountRow) TableName() string { return "accounts" }

// open: neither suspended nor closed.
func (r accountRow) open() bool { return !r.Disabled && r.ClosedAt == 0 }

func (r accountRow) cn() string { return Account{Person: r.Person, Human: r.Human}.CN() }

func (s *Service) account(r accountRow) Account {
	a := Account{ID: r.ID, Person: r.Person, Human: r.Human, Role: Role(r.Role), Org: r.Org}
	switch {
	case r.MustChange:
		a.Due = DuePassword
	case s.factorRequired(r) && r.SecondFactorAt == 0:
		a.Due = DueFactor
	case Role(r.Role) == Patient && s.Consent != nil && r.Consent != s.Consent():
		a.Due = DueConsent
	}
	return a
}

func (s *Service) factorRequired(r accountRow) bool { return s.adminFactor && Role(r.Role) == Admin }

// find returns the row a condition names; ok is false when there is none.
func find(tx *gorm.DB, where string, value any) (row accountRow, ok bool, err error) {
	res := tx.Where(where, value).Limit(1).Find(&row)
	return row, res.RowsAffected == 1, res.Error
}

// ByPerson returns a person's account: ErrNotFound.
func (s *Service) ByPerson(ctx context.Context, person string) (Account, error) {
	return s.one(ctx, "person = ?", person)
}

// ByLogin returns a member of staff's account: ErrNotFound.
func (s *Service) ByLogin(ctx context.Context, login string) (Account, error) {
	return s.one(ctx, "login = ?", login)
}

// LoginName is the pseudonym by which a person's account logs in; empty for a patient's:
// ErrNotFound.
func (s *Service) LoginName(ctx context.Context, person string) (string, error) {
	row, ok, err := find(s.db.WithContext(ctx), "person = ?", person)
	if err == nil && !ok {
		err = ErrNotFound
	}
	if err != nil || row.Login == nil {
		return "", err
	}
	return *row.Login, nil
}

func (s *Service) one(ctx context.Context, where, value string) (Account, error) {
	row, ok, err := find(s.db.WithContext(ctx), where, value)
	if err == nil && !ok {
		err = ErrNotFound
	}
	return s.account(row), err
}

// pseudonyms are the log-in names of some accounts or persons; patients have none.
func (s *Service) pseudonyms(ctx context.Context, ids []string) (map[string]string, error) {
	var found []accountRow
	if err := s.db.WithContext(ctx).Select("id", "person", "login").
		Where("(id IN ? OR person IN ?) AND login IS NOT NULL", ids, ids).Find(&found).Error; err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, f := range found {
		names[f.ID], names[f.Person] = *f.Login, *f.Login
	}
	return names, nil
}

// Noted are the ids under which the security log names one account: by a log-in name of staff, or
// by an id as it is.
func (s *Service) Noted(ctx context.Context, who string) ([]string, error) {
	row, ok, err := find(s.db.WithContext(ctx), "login = ?", strings.ToLower(who))
	if err != nil || !ok {
		return []string{who}, err
	}
	return []string{row.ID, row.Person}, nil
}

// Called are the ids under which one human may stand as the reader of something: by a log-in name
// of staff, or by a person id as it is.
func (s *Service) Called(ctx context.Context, who string) ([]string, error) {
	var found []accountRow
	if err := s.db.WithContext(ctx).Select("person", "human").Where("login = ? OR person = ?", who, who).
		Limit(2).Find(&found).Error; err != nil {
		return nil, err
	}
	ids := []string{}
	for _, f := range found {
		ids = append(ids, f.Person)
		if f.Human != "" {
			ids = append(ids, f.Human)
		}
	}
	if len(ids) == 0 {
		ids = append(ids, who)
	}
	return slices.Compact(ids), nil
}

// Logins are the log-in names of staff by person id or common name; of one human's log-ins that in
// the role comes first, then the id's own. Patients have none.
func (s *Service) Logins(ctx context.Context, ids []string) (func(id string, role Role) string, error) {
	var found []accountRow
	if err := s.db.WithContext(ctx).Select("person", "human", "role", "login").
		Where("(person IN ? OR human <> '' AND human IN ?) AND login IS NOT NULL", ids, ids).
		Order("login").Find(&found).Error; err != nil {
		return nil, err
	}
	return func(id string, role Role) (login string) {
		best := 0
		for _, f := range found {
			fits := 0
			switch id {
			case "":
			case f.Person:
				fits = 2
			case f.Human:
				fits = 1
			}
			if fits > 0 && Role(f.Role) == role {
				fits += 2
			}
			if fits > best {
				best, login = fits, *f.Login
			}
		}
		return login
	}, nil
}

func (s *Service) loginIndex(name string) string { return s.box.Index(name, "accounts.login") }
