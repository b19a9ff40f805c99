package member

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/password"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/oversight"
	"github.com/smart-hospital/hospital/app/oversight/exports"
	"github.com/smart-hospital/hospital/app/redisstore"
	"github.com/smart-hospital/hospital/app/views"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/evidence"
	"github.com/smart-hospital/hospital/chain/evidence/period"
	"github.com/smart-hospital/hospital/chain/platform/clockwatch"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// found answers as a regulator's service with nothing in it.
type found struct{}

func (found) Rules() []oversight.Rule                                 { return []oversight.Rule{} }
func (found) Status(context.Context) (st oversight.Status, err error) { return st, nil }
func (found) Findings(context.Context, oversight.FindingsQuery) ([]oversight.Finding, string, error) {
	return []oversight.Finding{}, "", nil
}
func (found) Evidence(context.Context, string) (*evidence.Dossier, error) {
	return &evidence.Dossier{Finding: []byte(`{}`), Evidence: []evidence.Evidence{}, Attempts: []chain.Attempt{}}, nil
}
func (found) Figures(_ context.Context, a oversight.Asked) (oversight.Figures, error) {
	return oversight.Figures{Unit: a.Unit, Periods: []string{}, Series: []oversight.Series{}}, nil
}

// days begins exports of a chain without a record.
func days(ctx context.Context, from, to string) (exports.Period, error) {
	x, err := period.New(ctx, oneHeader{}, from, to)
	if errors.Is(err, period.ErrDays) {
		return nil, period.ErrTooLarge // any refusal will do
	}
	return x, err
}

// oneHeader is a chain of a sealed header and no record.
type oneHeader struct{ period.Node }

func (oneHeader) SealedHeader(context.Context, int64) (*chain.SealedHeader, error) {
	return &chain.SealedHeader{Header: chain.Header{Height: 1, Time: 1}}, nil
}
func (oneHeader) History(context.Context) (*chain.History, error) {
	c := chaintest.New(time.Now())
	c.Vote(map[string]int64{"h1": 1})
	return &chain.History{Genesis: *c.Members, V: chain.Version}, nil
}

// office is a regulator's node without its chain, and a clock.
type office struct {
	*testing.T
	api   *web.API
	staff *accounts.Service
	reads *reads
	keys  int
}

const (
	secret  = "a secret of this test"
	another = "another secret of it"
	machine = "0123456789abcdef0123456789abcdef"
)

func eachOffice(t *testing.T, fn func(o *office)) {
	t.Helper()
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		for _, migrate := range []func(context.Context, *sqlstore.DB) error{accounts.Migrate, views.Migrate} {
			if err := migrate(t.Context(), db); err != nil {
				t.Fatal(err)
			}
		}
		client, end, err := redisstore.Open(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = end() })
		o := &office{T: t}
		o.staff, err = accounts.New(db, client, sqlstoretest.Box(), nil, accounts.Options{Hospital: "r1",
			Roles: accounts.RegulatorRoles, Cost: password.CheapCost})
		if err != nil {
			t.Fatal(err)
		}
		o.api = web.New(slog.New(slog.DiscardHandler), o.staff, "test")
		o.reads = &reads{db: db, box: sqlstoretest.Box(), staff: o.staff, member: "r1"}
		kept, err := exports.Open(exports.Config{Dir: t.TempDir(), Begin: days, Log: slog.New(slog.DiscardHandler),
			Now: func() time.Time { return o.staff.Now() }})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = kept.Close() })
		registerStaff(o.api, o.reads, found{}, kept, machine)
		for login, role := range map[string]accounts.Role{"reader": accounts.Regulator, "counter": accounts.Analyst,
			"chief": accounts.Admin} {
			if _, err := o.staff.CreateStaff(t.Context(), sqlstore.Command{}, accounts.NewStaff{Login: login,
				Password: secret, Role: role, Org: "r1", Settled: true}); err != nil {
				t.Fatal(err)
			}
		}
		fn(o)
	})
}

func (o *office) ask(method, path, token, body string) (int, string) {
	o.Helper()
	r := httptest.NewRequestWithContext(o.Context(), method, path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	o.keys++
	r.Header.Set("Idempotency-Key", fmt.Sprintf("key-%08d", o.keys))
	rec := httptest.NewRecorder()
	o.api.Echo.ServeHTTP(rec, r)
	return rec.Code, rec.Body.String()
}

func (o *office) login(name, password string) (token string, status int, body string) {
	o.Helper()
	status, body = o.ask(http.MethodPost, "/v1/sessions", "", fmt.Sprintf(`{"login":%q,"password":%q}`, name, password))
	var s struct{ Token string }
	if status == http.StatusCreated {
		if err := json.Unmarshal([]byte(body), &s); err != nil {
			o.Fatal(err)
		}
	}
	return s.Token, status, body
}

func (o *office) in(name, password string) string {
	o.Helper()
	token, status, body := o.login(name, password)
	if status != http.StatusCreated {
		o.Fatalf("%s: %d %s", name, status, body)
	}
	return token
}

func (o *office) expect(want int, method, path, token, body string) string {
	o.Helper()
	status, text := o.ask(method, path, token, body)
	if status != want {
		o.Errorf("%s %s: %d, want %d: %s", method, path, status, want, text)
	}
	return text
}

var (
	figures  = []string{"/v1/oversight", "/v1/oversight/figures?from=2026-12-01&to=2026-12-01"}
	cases    = []string{"/v1/oversight/findings", "/v1/oversight/findings/x/evidence", exporting}
	readings = []string{figures[0], cases[0], cases[1], figures[1], exporting}
)

const (
	exporting = "/v1/oversight/exports"
	november  = `{"from":"2026-11-01","to":"2026-11-30"}`
)

// TestRegulatorsViews: a regulator's staff keep their views at the node, each the own ones.
func TestRegulatorsViews(t *testing.T) {
	eachOffice(t, func(o *office) {
		reader, chief := o.in("reader", secret), o.in("chief", secret)
		o.expect(http.StatusCreated, http.MethodPost, "/v1/desk/views", reader,
			`{"table":"findings","name":"本月","view":{"columns":["rule"],"filter":"","chosen":{"rule":"five-drugs"}}}`)
		got := o.expect(http.StatusOK, http.MethodGet, "/v1/desk/views?table=findings", reader, "")
		if !strings.Contains(got, "本月") {
			o.Error(got)
		}
		if got := o.expect(http.StatusOK, http.MethodGet, "/v1/desk/views", chief, ""); strings.Contains(got, "本月") {
			o.Error(got)
		}
		o.expect(http.StatusUnauthorized, http.MethodGet, "/v1/desk/views", "", "")
	})
}

// An analyst reads figures and no case; a reader reads all and keeps no accounts; an administrator
// keeps accounts and reads nothing; a machine has the token, which opens no account; a stranger has
// nothing.
func TestWhoMayWhatAtARegulator(t *testing.T) {
	eachOffice(t, func(o *office) {
		reader, chief, counter := o.in("reader", secret), o.in("chief", secret), o.in("counter", secret)
		for _, path := range figures {
			o.expect(http.StatusOK, http.MethodGet, path, counter, "")
		}
		for _, path := range cases {
			o.expect(http.StatusForbidden, http.MethodGet, path, counter, "")
		}
		for _, of := range []string{"", "/E1", "/E1/file", "/E1/ticket"} {
			method := map[string]string{"/E1": http.MethodDelete, "/E1/file": http.MethodGet}[of]
			if method == "" {
				method = http.MethodPost
			}
			body := map[string]string{"": november}[of]
			for _, other := range []string{counter, chief} {
				o.expect(http.StatusForbidden, method, exporting+of, other, body)
			}
			o.expect(http.StatusUnauthorized, method, exporting+of, "", body)
			if of != "" {
				o.expect(http.StatusNotFound, method, exporting+of, reader, body)
			}
		}
		for _, path := range readings {
			o.expect(http.StatusOK, http.MethodGet, path, reader, "")
			o.expect(http.StatusOK, http.MethodGet, path, machine, "")
			o.expect(http.StatusForbidden, http.MethodGet, path, chief, "")
			for _, stranger := range []string{"", "x", strings.Repeat("x", 43), machine[1:]} {
				o.expect(http.StatusUnauthorized, http.MethodGet, path, stranger, "")
			}
		}
		for _, path := range []string{"/v1/admin/staff", "/v1/admin/security-log"} {
			o.expect(http.StatusOK, http.MethodGet, path, chief, "")
			o.expect(http.StatusForbidden, http.MethodGet, path, reader, "")
			o.expect(http.StatusForbidden, http.MethodGet, path, counter, "")
			o.expect(http.StatusUnauthorized, http.MethodGet, path, machine, "")
		}
		staff := func(role, org string) string {
			return fmt.Sprintf(`{"login":"new-%s","password":%q,"role":%q,"org":%q}`, role, secret, role, org)
		}
		const all = "/v1/admin/staff"
		o.expect(http.StatusUnprocessableEntity, http.MethodPost, all, chief, staff("doctor", "r1"))
		o.expect(http.StatusForbidden, http.MethodPost, all, chief, staff("regulator", "h1"))
		o.expect(http.StatusCreated, http.MethodPost, all, chief, staff("analyst", "r1"))
		o.expect(http.StatusCreated, http.MethodPost, all, chief, staff("regulator", "r1"))
		// Who was given a password chooses another one before anything else.
		for _, name := range []string{"new-regulator", "new-analyst"} {
			given := o.in(name, secret)
			o.expect(http.StatusForbidden, http.MethodGet, readings[0], given, "")
			o.expect(http.StatusNoContent, http.MethodPut, "/v1/me/password", given,
				fmt.Sprintf(`{"old":%q,"password":%q}`, secret, another))
			in := o.in(name, another)
			o.expect(http.StatusOK, http.MethodGet, readings[0], in, "")
			o.expect(http.StatusOK, http.MethodGet, "/v1/desk/views", in, "")
			o.expect(http.StatusOK, http.MethodGet, "/v1/me/second-factor", in, "")
		}
	})
}

// A session ends at once with a log-out, a reset and a suspension.
func TestRegulatorsSessionsEnd(t *testing.T) {
	eachOffice(t, func(o *office) {
		chief := o.in("chief", secret)
		ended := func(token string) { o.expect(http.StatusUnauthorized, http.MethodGet, readings[1], token, "") }

		token := o.in("reader", secret)
		o.expect(http.StatusNoContent, http.MethodDelete, "/v1/sessions/current", token, "")
		ended(token)

		token = o.in("reader", secret)
		o.expect(http.StatusNoContent, http.MethodPut, "/v1/admin/staff/reader/password", chief,
			fmt.Sprintf(`{"password":%q}`, another))
		ended(token)

		token = o.in("reader", another)
		var me struct{ Person string }
		text := o.expect(http.StatusOK, http.MethodGet, "/v1/me", token, "")
		if err := json.Unmarshal([]byte(text), &me); err != nil {
			t.Fatal(err)
		}
		o.expect(http.StatusNoContent, http.MethodPost, "/v1/admin/accounts/"+me.Person+"/suspend", chief, "")
		ended(token)
		if _, status, _ := o.login("reader", another); status != http.StatusUnauthorized {
			t.Errorf("a suspended reader logs in: %d", status)
		}
	})
}

// Wrong guesses are delayed, at a name that exists as at one that does not.
func TestRegulatorsLogInIsLimited(t *testing.T) {
	eachOffice(t, func(o *office) {
		now := time.Now()
		o.staff.Now = func() time.Time { return now }
		for _, name := range []string{"reader", "nobody"} {
			for range 5 {
				if _, status, body := o.login(name, "a wrong password"); status != http.StatusUnauthorized {
					t.Fatalf("%s: %d %s", name, status, body)
				}
			}
			if _, status, body := o.login(name, secret); status != http.StatusTooManyRequests ||
				!strings.Contains(body, "login-locked") {
				t.Errorf("%s: %d %s", name, status, body)
			}
		}
	})
}

// Every reading stands in the log before it is shown, the same of the same person once an hour.
func TestRegulatorsReadingsAreNoted(t *testing.T) {
	eachOffice(t, func(o *office) {
		now := time.Now()
		o.staff.Now = func() time.Time { return now }
		reader, chief := o.in("reader", secret), o.in("chief", secret)
		lines := func() (list []string) {
			var page struct {
				Lines []struct{ Kind, Actor, Detail string }
			}
			text := o.expect(http.StatusOK, http.MethodGet, "/v1/admin/security-log", chief, "")
			if err := json.Unmarshal([]byte(text), &page); err != nil {
				t.Fatal(err)
			}
			for _, l := range page.Lines {
				if l.Kind == "oversight-read" {
					list = append(list, l.Actor+": "+l.Detail)
				}
			}
			return list
		}
		for range 3 {
			for _, path := range readings {
				o.expect(http.StatusOK, http.MethodGet, path, reader, "")
			}
		}
		o.expect(http.StatusOK, http.MethodGet, readings[1], machine, "")
		o.expect(http.StatusForbidden, http.MethodGet, readings[1], chief, "")
		want := ": findings (token)|reader: figures|reader: evidence x|reader: findings|reader: status"
		if got := strings.Join(lines(), "|"); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		now = now.Add(readAgain)
		o.expect(http.StatusOK, http.MethodGet, readings[1], reader, "")
		if got := lines(); len(got) != 6 || got[0] != "reader: findings" {
			t.Errorf("an hour later: %q", got)
		}
		for i := range maxLines {
			o.reads.lines[strconv.Itoa(i)] = now
		}
		o.expect(http.StatusOK, http.MethodGet, readings[2], reader, "")
		if got := lines(); len(got) != 7 || len(o.reads.lines) != 1 {
			t.Errorf("%d lines, %d remembered", len(got), len(o.reads.lines))
		}
	})
}

// Every export is a line of the log, the same days asked for twice as well, and one that is refused
// is none.
func TestExportsAreNoted(t *testing.T) {
	eachOffice(t, func(o *office) {
		reader, chief := o.in("reader", secret), o.in("chief", secret)
		for range 2 {
			o.expect(http.StatusOK, http.MethodPost, exporting, reader, november)
		}
		o.expect(http.StatusOK, http.MethodPost, exporting, machine, november)
		o.expect(http.StatusForbidden, http.MethodPost, exporting, chief, november)
		o.expect(http.StatusUnprocessableEntity, http.MethodPost, exporting, reader,
			strings.ReplaceAll(november, "30", "31"))
		var page struct {
			Lines []struct{ Kind, Actor, Detail string }
		}
		text := o.expect(http.StatusOK, http.MethodGet, "/v1/admin/security-log", chief, "")
		if err := json.Unmarshal([]byte(text), &page); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, l := range page.Lines {
			if l.Kind == "oversight-export" {
				got = append(got, l.Actor+": "+l.Detail)
			}
		}
		const days = "2026-11-01 2026-11-30, 0 records"
		if want := ": " + days + " (token)|reader: " + days + "|reader: " + days; strings.Join(got, "|") != want {
			t.Errorf("got %q\nwant %q", got, want)
		}
	})
}

// What a repeated command would get is kept for its time, not for ever.
func TestRegulatorForgetsAnswers(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		for key, age := range map[string]time.Duration{"old": sqlstore.KeepAnswers + time.Minute, "new": time.Minute} {
			db.Now = func() time.Time { return time.Now().Add(-age) }
			if _, _, err := db.Once(t.Context(), sqlstore.Command{Key: key, Actor: "chief", Operation: "test"},
				func(*gorm.DB) (any, error) { return key, nil }); err != nil {
				t.Fatal(err)
			}
		}
		log := slog.New(slog.DiscardHandler)
		m := &Node{clock: clockwatch.New(clockwatch.Config{Log: log})}
		m.DB, m.Log = db, log
		over, end := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- m.forgetAnswers(over) }()
		kept := func() (keys []string) {
			if err := db.WithContext(t.Context()).Table("idempotency").Pluck("key", &keys).Error; err != nil {
				t.Fatal(err)
			}
			return keys
		}
		for len(kept()) > 1 && t.Context().Err() == nil {
			time.Sleep(time.Millisecond)
		}
		end()
		if err := <-ended; err != nil || len(kept()) != 1 || kept()[0] != "new" {
			t.Errorf("%v: kept %v", err, kept())
		}
	})
}
