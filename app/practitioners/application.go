package practitioners

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/text"
)

// Limits of an application.
const (
	MaxNameRunes = 50
	MaxFeeFen    = 100_000 // 1,000 yuan: beyond every public price list
)

// Application is what a doctor or pharmacist says of himself; an administrator compares it with the
// papers.
type Application struct {
	Name          string
	Title         string
	Licence       string
	LicensedUntil string
	PracticeSince string
	Department    string
	Paediatric    bool
	FeeFen        int64
}

func (a *Application) check(role accounts.Role, today time.Time) error {
	var c invalid.Check
	c.That(text.Name(&a.Name, MaxNameRunes), "body.name", text.NameRule(MaxNameRunes))
	c.Cited(slices.Contains(titlesOf[role], a.Title), "body.title", "a title of the account's role",
		"处方管理办法 第三十一条")
	c.That(text.Licence(a.Licence), "body.licence", "8 to 30 characters A-Z 0-9")
	until, since := startOfDay(a.LicensedUntil), startOfDay(a.PracticeSince)
	c.That(!until.IsZero() && !until.Before(today), "body.licensedUntil", "a date YYYY-MM-DD, not past")
	c.That(!since.IsZero() && !since.After(today), "body.practiceSince", "a date YYYY-MM-DD, not in the future")
	_, known := DepartmentOf(a.Department)
	isDoctor := role == accounts.Doctor
	c.That(known == isDoctor && (isDoctor || a.Department == ""), "body.department",
		"a department's code for doctors, empty for pharmacists")
	c.That(isDoctor || !a.Paediatric, "body.paediatric", "doctors only")
	c.That(a.FeeFen >= 0 && a.FeeFen <= MaxFeeFen && (isDoctor || a.FeeFen == 0), "body.feeFen",
		fmt.Sprintf("0 to %d fen, 0 for pharmacists", MaxFeeFen))
	return c.Err()
}

// Apply enters an application, or replaces one that is still pending: invalid.ErrInput,
// ErrNotApproved for a role without licence, ErrRegistered once it was decided, ErrLicenceTaken.
func (s *Service) Apply(ctx context.Context, cmd sqlstore.Command, acc accounts.Account,
	a Application) (Practitioner, error) {
	if titlesOf[acc.Role] == nil {
		return Practitioner{}, fmt.Errorf("%w: the role %s needs no licence", ErrNotApproved, acc.Role)
	}
	now := s.Now()
	if err := a.check(acc.Role, startOfDay(now.In(china.Zone).Format(dateLayout))); err != nil {
		return Practitioner{}, err
	}
	p := Practitioner{
		Person: acc.Person, Role: acc.Role, Org: acc.Org, Name: a.Name, Title: a.Title, Licence: a.Licence,
		LicensedUntil: a.LicensedUntil,
		PracticeSince: a.PracticeSince, Department: a.Department, Paediatric: a.Paediatric, FeeFen: a.FeeFen,
		State: Pending, Version: 1,
	}
	return s.once(ctx, cmd, func(tx *gorm.DB) (Practitioner, error) {
		was, err := s.load(tx, acc.Person)
		switch {
		case err == nil && was.State != Pending:
			return Practitioner{}, ErrRegistered
		case err == nil:
			p.Version = was.Version + 1
			return p, errors.Join(s.save(tx, p), s.applied(tx, p))
		case !isNotFound(err):
			return Practitioner{}, err
		}
		return p, errors.Join(s.insert(tx, p, now), s.applied(tx, p))
	})
}

func (s *Service) applied(tx *gorm.DB, p Practitioner) error {
	if s.Applied == nil {
		return nil
	}
	return s.Applied(tx, p)
}

// once runs a command whose answer is a Practitioner.
func (s *Service) once(ctx context.Context, cmd sqlstore.Command,
	fn func(tx *gorm.DB) (Practitioner, error)) (Practitioner, error) {
	p, _, err := sqlstore.Answer[Practitioner](
		s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) { return fn(tx) }))
	if sqlstore.IsDuplicate(err) {
		err = ErrLicenceTaken // the only unique column beside the person, who has one account
	}
	return p, err
}
