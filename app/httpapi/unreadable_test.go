package httpapi_test

import (
	"testing"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/devices"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// One damaged row ended each of these lists. The others are shown, and it is told of.
func TestOneUnreadableRowEndsNoList(t *testing.T) {
	eachPeople(t, func(t *testing.T, p *people) {
		if p.DB.Dialect != sqlstore.SQLite {
			t.Skip("columns have types")
		}
		bad, good := p.doctor(t, "doctor.bad", "110110000000001"), p.doctor(t, "doctor.good", "110110000000002")
		badRequest, goodRequest := p.asked(t, bad, newKey(t)), p.asked(t, good, newKey(t))
		p.Play(t, decide("", p.admin, badRequest, "approve", 200, "", `"approvals":1`))
		hours := map[string]any{"hours": []any{
			map[string]any{"weekday": 1, "from": "09:00", "to": "12:00", "capacity": 6},
			map[string]any{"weekday": 2, "from": "14:00", "to": "17:00", "capacity": 7}}}
		p.Play(t, httpapitest.Scenario{Actor: good, Method: "PUT", Path: "/v1/practitioners/me/hours", Body: hours,
			Status: 200})
		for _, name := range []string{"first phone", "second phone"} {
			if _, err := p.Accounts.Login(t.Context(),
				accounts.Credentials{Name: "doctor.good", Password: httpapitest.Password, Address: "192.0.2.1",
					Device: devices.Device{Name: name}}); err != nil {
				t.Fatal(err)
			}
		}
		mother, father, stranger := p.Patient(t, "mother"), p.Patient(t, "father"), p.Patient(t, "stranger")
		id := typedIdentity("王小芳", 1990, 22)
		p.bind(t, mother, id)
		p.bind(t, father, typedIdentity("赵强", 1985, 31))
		p.bind(t, stranger, typedIdentity("孙二", 1985, 33))
		second := p.Patient(t, "second")
		p.bind(t, second, id)
		child := with(typedIdentity("王宝宝", 2018, 11), "relation", "parent")
		record := ""
		for _, a := range []*httpapitest.Actor{mother, father, stranger} {
			v := httpapitest.Scenario{Actor: a, Method: "POST", Path: "/v1/patients/me/family", Body: child,
				Status: 201}
			record = httpapitest.Decode[struct{ Person string }](t, p.Play(t, v)).Person
		}
		ann := p.Patient(t, "ann")
		key := p.enrolled(t, ann, nil)
		if err := p.DB.Exec("DROP TRIGGER security_log_stays").Error; err != nil {
			t.Fatal(err)
		}
		for _, d := range []*httpapitest.Actor{bad, good} {
			if err := p.DB.Exec("INSERT INTO doctor_photos (person, digest, state, body, sent_at, decided_by, decided_at) "+
				"VALUES (?, 'd', 'waiting', 'b', 1, '', 0)", d.Person).Error; err != nil {
				t.Fatal(err)
			}
		}
		find := httpapitest.Scenario{Actor: p.admin, Method: "POST", Path: "/v1/admin/identities/find",
			Body: number(id)}
		get := func(a *httpapitest.Actor, path string) httpapitest.Scenario {
			return httpapitest.Scenario{Actor: a, Method: "GET", Path: path}
		}
		for _, tt := range []struct {
			name, damage string
			args         []any
			list         httpapitest.Scenario
			want, hide   []string
			left         int // rows told of
		}{
			{"an approval", "UPDATE key_approvals SET approved_at = 'x' WHERE request = ?", []any{badRequest.ID},
				get(p.admin, "/v1/admin/key-requests"), []string{badRequest.ID, goodRequest.ID, `"approvals":0`},
				[]string{`"approvals":1`}, 1},
			{"a request for a key", "UPDATE key_requests SET created_at = 'x' WHERE id = ?", []any{badRequest.ID},
				get(p.admin, "/v1/admin/key-requests"), []string{goodRequest.ID}, []string{badRequest.ID}, 1},
			{"a key", "UPDATE certificates SET created_at = 'x' WHERE id = ?", []any{key.ID}, get(ann, "/v1/keys"),
				[]string{`"keys":[]`}, nil, 1},
			{"a member of staff", "UPDATE accounts SET created_at = 'x' WHERE person = ?", []any{bad.Person},
				get(p.admin, "/v1/admin/staff"), []string{good.Person, "deputy"}, []string{bad.Person}, 1},
			{"a device", "UPDATE devices SET first_at = 'x' WHERE name = ?", []any{"first phone"},
				get(good, "/v1/me/devices"), []string{"second phone"}, []string{"first phone"}, 1},
			{"a line of the log", "UPDATE security_log SET at = 'x' WHERE seq = ?", []any{2},
				get(p.admin, "/v1/admin/security-log"),
				[]string{`"seq":1,`, `"kind":"unreadable"`, `"seq":2,`, `"seq":3,`}, nil, 1},
			{"a guardian", "UPDATE guardians SET since = 'x' WHERE guardian = ?", []any{stranger.Person},
				get(mother, "/v1/patients/"+record), []string{"赵强", "王小芳"}, []string{"孙二"}, 1},
			{"what somebody asked for", "SELECT ?", []any{1}, get(stranger, "/v1/patients/me/family"),
				[]string{`"asking":[]`}, nil, 0},
			{"a guardian's profile", "UPDATE patients SET identity = 'damaged' WHERE person = ?", []any{father.Person},
				get(mother, "/v1/patients/"+record), []string{father.Person, "王小芳"}, []string{"赵强"}, 1},
			{"a claimant", "UPDATE patients SET version = 'x' WHERE person = ?", []any{second.Person}, find,
				[]string{mother.Person}, []string{second.Person}, 1},
			{"a photo", "UPDATE doctor_photos SET sent_at = 'x' WHERE person = ?", []any{bad.Person},
				get(p.admin, "/v1/admin/photos"), []string{good.Person}, []string{bad.Person}, 1},
			{"consulting hours", "UPDATE doctor_hours SET capacity = 'x' WHERE weekday = ?", []any{1},
				get(nil, "/v1/doctors/"+good.Person+"/slots"), []string{`"capacity":7`}, []string{`"capacity":6`}, 1},
		} {
			before := len(p.DB.Unreadable())
			if err := p.DB.Exec(tt.damage, tt.args...).Error; err != nil {
				t.Fatal(tt.name, err)
			}
			tt.list.Name, tt.list.Status, tt.list.Want, tt.list.Hide = tt.name, 200, tt.want, tt.hide
			p.Run(t, tt.list)
			if got := len(p.DB.Unreadable()) - before; got != tt.left {
				t.Errorf("%s: told of %d rows in %+v", tt.name, got, p.DB.Unreadable())
			}
		}
		if _, _, err := securitylog.Audit(t.Context(), p.DB.DB, p.Box); err == nil {
			t.Error("the audit of the log goes past a line that it cannot read")
		}
	})
}
