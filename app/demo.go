package app

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/durable"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/insurersandbox"
)

const demoRegion = 310101 // first six digits of the made-up id numbers

// demoWard is what the demo tells its visitors: who there is and how to be them. It lives in
// demo.json (mode 0600) in the data folder; passwords and tokens are drawn at the first start.
type demoWard struct {
	ID       string            `json:"id"`
	Staff    []demoAccount     `json:"staff"`
	Patients []demoCardPatient `json:"patients"`
}

type demoAccount struct {
	Login    string        `json:"login"`
	Password string        `json:"password"`
	Role     accounts.Role `json:"role"`
	Org      string        `json:"org"`
	Name     string        `json:"name,omitempty"`
}

type demoCardPatient struct {
	User    string    `json:"user"`            // log in with this name at the WeChat sandbox
	Name    string    `json:"name"`            //
	ECToken string    `json:"ecToken"`         // token of the digital insurance card, to bind it
	Child   *demoCard `json:"child,omitempty"` // whom the patient is guardian of
}

// demoCard is what binds somebody's digital insurance card.
type demoCard struct {
	Name    string `json:"name"`
	ECToken string `json:"ecToken"`
}

// openDemo makes the ward at the first start. A start that is killed half way is finished by the
// next one: passwords are on disk before any account exists, and every step finds what is there
// already.
func (a *App) openDemo(ctx context.Context) error {
	if !a.cfg.Demo {
		return nil
	}
	ward, err := a.loadWard()
	if err != nil {
		return fmt.Errorf("demo ward: %w", err)
	}
	a.demo = ward
	// another instance may start at the same time
	return a.db.Alone(ctx, "demo", func() error { return a.seed(ctx, ward) })
}

func (a *App) seed(ctx context.Context, ward *demoWard) error {
	switch mark, err := a.mark(ctx); {
	case err != nil:
		return err
	case mark == "seeded:"+ward.ID:
		_, err := a.seedAccounts(ctx) // those that a newer program has more
		return err
	case mark != "" && mark != "seeding:"+ward.ID:
		return fmt.Errorf("%w of another data folder; give each its own database", ErrDemoData)
	}
	if err := a.setMark(ctx, "seeding:"+ward.ID); err != nil {
		return err
	}
	if err := a.seedStaff(ctx); err != nil {
		return fmt.Errorf("demo ward: staff: %w", err)
	}
	if err := a.seedPatients(ctx); err != nil {
		return fmt.Errorf("demo ward: patients: %w", err)
	}
	if err := a.seedStock(ctx); err != nil {
		return fmt.Errorf("demo ward: stock: %w", err)
	}
	return a.setMark(ctx, "seeded:"+ward.ID)
}

func (f *foundation) loadWard() (*demoWard, error) {
	path := f.path(demoFile)
	w := &demoWard{}
	text, err := os.ReadFile(path)
	switch {
	case err == nil:
		if err := json.Unmarshal(text, w); err != nil {
			return nil, err
		}
	case errors.Is(err, fs.ErrNotExist):
		w.ID = strings.ToLower(rand.Text()[:16])
		for _, p := range f.demoPatients() {
			card := demoCardPatient{User: p.user, Name: p.name, ECToken: "EC" + rand.Text()}
			if p.user == demoChild.parent {
				card.Child = &demoCard{Name: demoChild.name, ECToken: "EC" + rand.Text()}
			}
			w.Patients = append(w.Patients, card)
		}
	default:
		return nil, err
	}
	for _, s := range f.demoStaff() { // also those that a newer program has more
		if slices.ContainsFunc(w.Staff, func(d demoAccount) bool { return d.Login == s.login }) {
			continue
		}
		w.Staff = append(w.Staff, demoAccount{Login: s.login, Password: strings.ToLower(rand.Text()[:12]), Role: s.role,
			Org: s.org, Name: s.papers.Name})
	}
	if bytes.Equal(text, w.text()) {
		return w, nil
	}
	return w, durable.WriteFile(path, w.text(), 0o600)
}

func (w *demoWard) text() []byte {
	text, err := json.MarshalIndent(w, "", "  ")
	if err != nil {
		panic(err) // strings only
	}
	return append(text, '\n')
}

// seedAccounts makes the staff's accounts, administrators too, and returns them by log-in name.
func (a *App) seedAccounts(ctx context.Context) (map[string]accounts.Account, error) {
	made := map[string]accounts.Account{}
	for _, d := range a.demo.Staff {
		acc, err := a.accounts.ByLogin(ctx, d.Login)
		if errors.Is(err, accounts.ErrNotFound) {
			acc, err = a.accounts.CreateStaff(ctx, sqlstore.Command{},
				accounts.NewStaff{Login: d.Login, Password: d.Password, Role: d.Role, Org: d.Org, Settled: true})
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", d.Login, err)
		}
		made[d.Login] = acc
		if acc.Role == accounts.Admin {
			if err := a.identify(ctx, d.Login, acc); err != nil {
				return nil, fmt.Errorf("%s: %w", d.Login, err)
			}
		}
	}
	return made, nil
}

// identify enters an administrator's own number where it is missing. It is made of the log-in's
// name: a newer program's list has other places.
func (a *App) identify(ctx context.Context, login string, admin accounts.Account) error {
	sum := gm.Sum([]byte(login))
	days, serial := int(binary.BigEndian.Uint16(sum[:])%7000), int(binary.BigEndian.Uint16(sum[2:])%998)+1
	number := identity.MakeIDNumber(demoRegion,
		time.Date(1960, 1, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, days), serial)
	err := a.patients.EnterStaff(ctx, sqlstore.Command{}, admin, admin.Person, identity.Identity{IDNumber: number})
	if errors.Is(err, accounts.ErrSelf) { // it is there
		return nil
	}
	return err
}

// demoAdministrators approve a first key at once, so that a visitor can be a doctor without being
// two administrators before. It goes through the door that people's approvals go through, and
// strict mode has no such administrators.
func (a *App) demoAdministrators(org string) (list []accounts.Account) {
	for _, d := range a.demo.Staff {
		if d.Role != accounts.Admin || d.Org != org {
			continue
		}
		if acc, err := a.accounts.ByLogin(context.Background(), d.Login); err == nil {
			list = append(list, acc)
		}
	}
	return list
}

func (a *App) seedStaff(ctx context.Context) error {
	made, err := a.seedAccounts(ctx)
	if err != nil {
		return err
	}
	admins := map[string]accounts.Account{} // by organisation
	for _, acc := range made {
		if acc.Role == accounts.Admin {
			admins[acc.Org] = acc
		}
	}
	for i, s := range a.demoStaff() {
		if s.papers.Name == "" {
			continue
		}
		acc := made[s.login]
		p, err := a.practitioners.Apply(ctx, sqlstore.Command{}, acc, s.papers)
		if errors.Is(err, practitioners.ErrRegistered) {
			err = nil
		} else if err == nil {
			if err = a.patients.EnterStaff(ctx, sqlstore.Command{}, admins[acc.Org], acc.Person,
				identity.Identity{IDNumber: demoStaffNumber(i)}); err != nil {
				return fmt.Errorf("%s: %w", s.login, err)
			}
			_, err = a.practitioners.Approve(ctx, sqlstore.Command{}, admins[acc.Org], acc.Person, p.Version)
		}
		if err == nil && s.role == accounts.Doctor {
			_, err = a.practitioners.SetHours(ctx, sqlstore.Command{}, acc.Person, demoHours(i))
			if about, ok := demoAbout[s.login]; ok && err == nil && p.State != practitioners.Approved {
				_, err = a.practitioners.SetAbout(ctx, sqlstore.Command{}, acc.Person, about)
			}
		}
		if err != nil {
			return fmt.Errorf("%s: %w", s.login, err)
		}
	}
	return nil
}

func (a *App) seedPatients(ctx context.Context) error {
	for i, p := range a.demoPatients() {
		session, err := a.accounts.LoginWeChat(ctx, a.wechatSandbox.Code(p.user), "demo", accounts.Device{Name: "demo"})
		if err != nil {
			return fmt.Errorf("%s: %w", p.user, err)
		}
		if err := a.seedProfile(ctx, session.Account.Person, p); err != nil {
			return fmt.Errorf("%s: %w", p.user, err)
		}
		if card := a.demo.Patients[i].Child; card != nil {
			if err := a.seedChild(ctx, session.Account.Person, card.ECToken); err != nil {
				return fmt.Errorf("child of %s: %w", p.user, err)
			}
		}
		if err := a.accounts.Logout(ctx, session.Account, session.Token); err != nil {
			return err
		}
		holder := payment.Holder{Name: p.name, IDNumber: identity.MakeIDNumber(demoRegion, p.born(), p.serial)}
		err = a.bureau.AddPerson(ctx, insurersandbox.Person{Holder: holder, Insutype: p.insutype,
			ECToken: a.demo.Patients[i].ECToken, Balance: p.balance, Deductible: p.spent})
		if err != nil {
			return fmt.Errorf("%s at the bureau: %w", p.user, err)
		}
	}
	return nil
}

func (a *App) seedProfile(ctx context.Context, person string, p demoPatient) error {
	_, err := a.patients.Bind(ctx, sqlstore.Command{}, person,
		identity.Identity{Name: p.name, Sex: p.sex(), BirthDate: p.birth,
			IDNumber: identity.MakeIDNumber(demoRegion, p.born(), p.serial)})
	if err != nil && !errors.Is(err, patients.ErrBound) {
		return err
	}
	profile, err := a.patients.Get(ctx, person, person)
	if err != nil {
		return err
	}
	health := profile.Health
	health.AllergiesAsked, health.Allergies = true, p.allergies
	if _, err := a.patients.Update(ctx, sqlstore.Command{}, person, person,
		patients.Update{Health: health, Version: profile.Version}); err != nil {
		return err
	}
	for _, code := range p.prior[min(len(profile.Prior), len(p.prior)):] {
		if err := a.seedPrior(ctx, person, code); err != nil {
			return err
		}
	}
	return nil
}

// seedPrior puts a diagnosis on the hospital's own record.
func (a *App) seedPrior(ctx context.Context, person, code string) error {
	_, err := a.patients.Record(ctx, sqlstore.Command{}, person,
		patients.Prior{Code: code, Hospital: a.practitioners.OrgName(a.cfg.Hospital), Date: "2026-05-18"})
	return err
}
