package httpapi_test

import (
	"context"
	"slices"
	"testing"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/family"
	accountsapi "github.com/smart-hospital/hospital/app/httpapi/accounts"
	familyapi "github.com/smart-hospital/hospital/app/httpapi/family"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	keysapi "github.com/smart-hospital/hospital/app/httpapi/keys"
	patientsapi "github.com/smart-hospital/hospital/app/httpapi/patients"
	practitionersapi "github.com/smart-hospital/hospital/app/httpapi/practitioners"
	"github.com/smart-hospital/hospital/app/keys"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// people is a ward with everything that is about people: log-in, register, profiles, keys,
// administration.
type people struct {
	*httpapitest.Ward
	register  *practitioners.Service
	profiles  *patients.Service
	keys      *keys.Service
	admin     *httpapitest.Actor
	deputy    *httpapitest.Actor // the second one, whom the first did not make
	strangers strangers
}

// strangers are those who have bound no real name; everybody else has.
type strangers map[string]bool

func (s strangers) Bound(_ context.Context, person string) (bool, error) { return !s[person], nil }

func eachPeople(t *testing.T, fn func(t *testing.T, p *people)) {
	httpapitest.Each(t, func(t *testing.T, w *httpapitest.Ward) { fn(t, newPeople(t, w)) })
}

func newPeople(t *testing.T, w *httpapitest.Ward) *people {
	t.Helper()
	for _, migrate := range []func(context.Context, *sqlstore.DB) error{outbox.Migrate, practitioners.Migrate,
		patients.Migrate, family.Migrate, keys.Migrate} {
		if err := migrate(t.Context(), w.DB); err != nil {
			t.Fatal(err)
		}
	}
	dir, err := keystore.Open(t.TempDir(), make([]byte, keystore.MasterSize))
	if err != nil {
		t.Fatal(err)
	}
	members, err := consortium.Found(t.Context(), dir, "test-chain", []consortium.Spec{
		{ID: "h1", Name: "First Hospital", Role: chain.OrgHospital, Power: 1},
		{ID: "p1", Name: "First Pharmacy", Role: chain.OrgPharmacy},
	}, httpapitest.Start)
	if err != nil {
		t.Fatal(err)
	}
	orgs := consortium.Hosted(dir, members)
	p := &people{
		Ward:     w,
		register: practitioners.New(w.DB, w.Redis, w.Box, func(org string) string { return "name of " + org }),
		profiles: patients.New(w.DB, w.Box),
		admin:    w.Staff(t, "admin", accounts.Admin, "h1"),
		deputy:   w.Staff(t, "deputy", accounts.Admin, "h1"),

		strangers: strangers{},
	}
	p.profiles.Logout, p.profiles.Note = w.Accounts.LogoutAll, w.Accounts.Note
	p.profiles.Named = keys.Enrolled
	p.register.Now, p.profiles.Now, p.register.Note = w.Clock.Now, w.Clock.Now, w.Accounts.Note
	p.keys = keys.New(keys.Config{DB: w.DB, ChainID: "test-chain", CA: orgs, Seals: orgs, Register: p.register,
		Now: w.Clock.Now, Accounts: w.Accounts, People: p.strangers})
	p.profiles.Ending = p.keys.Ending
	w.API.Refuses(slices.Concat(keysapi.Refusals, familyapi.Refusals, patientsapi.Refusals, practitionersapi.Refusals))
	practitionersapi.RegisterPractitioners(w.API, p.register)
	patientsapi.RegisterPatients(w.API, p.profiles)
	patientsapi.RegisterIdentities(w.API, p.profiles, "h1")
	familyapi.Register(w.API, family.New(w.DB, w.Box, p.profiles))
	keysapi.RegisterKeys(w.API, p.keys)
	accountsapi.RegisterStaff(w.API, w.Accounts)
	return p
}

// commit does what the relay does when the chain has taken everything.
func (p *people) commit(t *testing.T) {
	t.Helper()
	err := p.DB.Tx(t.Context(), func(tx *gorm.DB) error {
		return tx.Exec(
			"UPDATE outbox SET state = 'committed', height = 1, committed_at = 1 WHERE state = 'pending'").Error
	})
	if err != nil {
		t.Fatal(err)
	}
}

// application is a doctor's.
func application(licence string) map[string]any {
	return map[string]any{
		"name": "李明", "title": "attending", "licence": licence, "licensedUntil": "2030-12-31",
		"practiceSince": "2012-07-01",
		"department":    "cardiology", "feeFen": 3000,
	}
}

// doctor is an approved one.
func (p *people) doctor(t *testing.T, login, licence string) *httpapitest.Actor {
	t.Helper()
	d := p.Staff(t, login, accounts.Doctor, "h1")
	p.Play(t, httpapitest.Scenario{Actor: d, Method: "POST", Path: "/v1/practitioners/me", Body: application(licence),
		Status: 201})
	p.Play(t, httpapitest.Scenario{Actor: p.admin, Method: "POST",
		Path: "/v1/admin/practitioners/" + d.Person + "/approve", Body: map[string]any{"version": 1}, Status: 200})
	return d
}

func TestRolesOfPeopleOperations(t *testing.T) {
	everybody := httpapitest.AllRoles
	licensed := []accounts.Role{accounts.Doctor, accounts.Reviewer, accounts.Dispenser}
	signing := append([]accounts.Role{accounts.Patient}, licensed...)
	admin, patient, anyone := []accounts.Role{accounts.Admin}, []accounts.Role{accounts.Patient},
		[]accounts.Role{httpapitest.Anyone}
	eachPeople(t, func(t *testing.T, p *people) {
		p.Roles(t, map[string][]accounts.Role{
			"login-staff": anyone, "login-wechat": anyone, "me": everybody, "logout": everybody,
			"logout-everywhere": everybody,
			"list-departments":  anyone, "list-slots": anyone, "set-hours": {accounts.Doctor},
			"my-hours": {accounts.Doctor}, "set-about": {accounts.Doctor}, "my-about": {accounts.Doctor},
			"list-doctors": anyone, "search-doctors": anyone, "get-doctor": anyone, "get-photo": anyone,
			"send-photo": {accounts.Doctor}, "my-photo": {accounts.Doctor}, "remove-photo": {accounts.Doctor},
			"list-photos": admin, "decide-photo": admin, "list-schedules": admin, "set-schedule": admin,
			"close-session": {accounts.Doctor}, "my-sessions": {accounts.Doctor}, "close-session-for": admin,
			"apply-practitioner": licensed, "my-registration": licensed, "presence": {accounts.Doctor},
			"get-profile": patient, "update-profile": patient, "bind-identity": patient, "add-diagnosis": patient,
			"list-family": patient, "add-child": patient,
			"withdraw-identity": patient, "confirm-guardian": patient, "end-guardian": patient,
			"list-relatives": patient, "invite-relative": patient, "enter-relative-code": patient,
			"confirm-relative": patient, "set-relative-rights": patient, "end-relative": patient,
			"desk-find-identity": admin, "desk-prove-identity": admin, "desk-replace-identity": admin,
			"desk-guardian": admin, "desk-free-identity": admin, "staff-number": admin,
			"key-challenge": signing, "enrol-key": signing, "list-keys": signing,
			"revoke-key":       append([]accounts.Role{accounts.Admin}, signing...),
			"list-person-keys": admin, "list-practitioners": admin, "approve-practitioner": admin,
			"suspend-practitioner": admin, "create-staff": admin, "reset-password": admin,
			"change-password": accounts.StaffRoles,
			"list-staff":      admin, "suspend-account": admin, "resume-account": admin, "close-account": admin,
			"lift-delay": admin, "remove-account-factor": admin,
			"list-sessions": admin, "end-session": admin, "end-sessions": admin,
			"security-log": admin, "request-key": licensed, "list-key-requests": licensed,
			"list-admin-key-requests": admin, "approve-key-request": admin, "refuse-key-request": admin,
		})
	})
}
