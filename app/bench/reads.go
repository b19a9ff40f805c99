package bench

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/smart-hospital/hospital/app"
	"github.com/smart-hospital/hospital/app/bench/plans"
	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/demo"
	"github.com/smart-hospital/hospital/app/journey"
)

// op is one thing that somebody reads. {rx}, {visit}, {patient}, {login} and {day} stand for the
// largest there is, {search} for what ask gave.
type op struct {
	who, name, path string
	ask             map[string]any // a search of the access log that comes before
	post            map[string]any // body of a POST; nil: a GET
	after, next     string         // query parameter of the next page, and where the answer has it
}

// operations are every list and search of desk and mini-app whose size grows with the hospital, and
// the single records beside them.
var operations = []op{
	{who: "doctor", name: "queue",
		path: "/v1/consultations?order=waiting&state=requested&state=accepted&state=active"},
	{who: "doctor", name: "visits", path: "/v1/consultations?limit=50", after: "before", next: "next"},
	{who: "doctor", name: "visits, finished",
		path: "/v1/consultations?state=finished&limit=50", after: "before", next: "next"},
	{who: "doctor", name: "visits, cancelled", path: "/v1/consultations?state=cancelled"},
	{who: "doctor", name: "visits, active", path: "/v1/consultations?state=active"},
	{who: "doctor", name: "visit", path: "/v1/consultations/{visit}"},
	{who: "doctor", name: "visit's notes", path: "/v1/consultations/{visit}/notes"},
	{who: "doctor", name: "visit's messages", path: "/v1/consultations/{visit}/messages"},
	{who: "doctor", name: "visit's prescriptions", path: "/v1/prescriptions?visit={visit}"},
	{who: "doctor", name: "waiting patient's record", path: "/v1/consultations/{waiting}/patient"},
	{who: "doctor", name: "prescriptions", path: "/v1/prescriptions?limit=100", after: "cursor", next: "next"},
	{who: "doctor", name: "drafts", path: "/v1/prescriptions?status=draft"},
	{who: "doctor", name: "rejected",
		path: "/v1/prescriptions?status=rejected&limit=100", after: "cursor", next: "next"},
	{who: "doctor", name: "to do", path: "/v1/prescriptions?status=draft&status=rejected&limit=100", after: "cursor",
		next: "next"},
	{who: "doctor", name: "prescription", path: "/v1/prescriptions/{rx}"},
	{who: "doctor", name: "prescription's steps", path: "/v1/prescriptions/{rx}/events"},
	{who: "doctor", name: "ended without goods", after: "cursor", next: "next",
		path: "/v1/prescriptions?status=cancelled&status=expired&status=rejected&limit=100"},
	{who: "doctor", name: "own ratings", path: "/v1/practitioners/me/ratings"},
	{who: "doctor", name: "templates", path: "/v1/templates"},
	{who: "doctor", name: "inbox", path: "/v1/notices?limit=100", after: "before", next: "next"},
	{who: "doctor", name: "medicines by initials", path: "/v1/catalogue/drugs?q=AMXL"},
	{who: "doctor", name: "medicines by name", path: "/v1/catalogue/drugs?q=%E9%98%BF%E8%8E%AB"},
	{who: "doctor", name: "medicines by number", path: "/v1/catalogue/drugs?q=D0001"},
	{who: "doctor", name: "diagnoses", path: "/v1/catalogue/diagnoses?q=%E9%AB%98%E8%A1%80%E5%8E%8B"},
	{who: "doctor", name: "own hours", path: "/v1/practitioners/me/hours"},
	{who: "doctor", name: "keys", path: "/v1/keys"},
	{who: "doctor", name: "events", path: "/v1/events"},

	{who: "reviewer", name: "queue",
		path: "/v1/prescriptions?status=signed&limit=100", after: "cursor", next: "next"},
	{who: "reviewer", name: "approved",
		path: "/v1/prescriptions?status=approved&limit=100", after: "cursor", next: "next"},
	{who: "reviewer", name: "rejected",
		path: "/v1/prescriptions?status=rejected&limit=100", after: "cursor", next: "next"},
	{who: "reviewer", name: "decided", path: "/v1/prescriptions?status=approved&status=rejected&limit=100",
		after: "cursor", next: "next"},
	{who: "reviewer", name: "all", path: "/v1/prescriptions?limit=100", after: "cursor", next: "next"},
	{who: "reviewer", name: "all but drafts", after: "cursor", next: "next",
		path: "/v1/prescriptions?status=signed&status=approved&status=rejected&status=paid&status=claimed" +
			"&status=dispensed&status=cancelled&status=expired&limit=100"},
	{who: "reviewer", name: "prescription", path: "/v1/prescriptions/{rx}"},
	{who: "reviewer", name: "inbox", path: "/v1/notices?limit=100", after: "before", next: "next"},

	{who: "dispenser", name: "incoming", path: "/v1/incoming"},
	{who: "dispenser", name: "claimed",
		path: "/v1/prescriptions?status=claimed&limit=100", after: "cursor", next: "next"},
	{who: "dispenser", name: "handed out",
		path: "/v1/prescriptions?status=dispensed&limit=100", after: "cursor", next: "next"},
	{who: "dispenser", name: "claimed and paid", path: "/v1/prescriptions?status=claimed&status=paid&limit=100",
		after: "cursor", next: "next"},
	{who: "dispenser", name: "all", path: "/v1/prescriptions?limit=100", after: "cursor", next: "next"},
	{who: "dispenser", name: "stock", path: "/v1/stock?limit=100", after: "after", next: "next"},
	{who: "dispenser", name: "stock, short", path: "/v1/stock?short=true"},
	{who: "dispenser", name: "stock, searched", path: "/v1/stock?q=AMXL"},
	{who: "dispenser", name: "lots near their end", path: "/v1/stock/lots?within=365&limit=100", after: "after",
		next: "next"},
	{who: "dispenser", name: "movements", path: "/v1/stock/movements?limit=100", after: "after", next: "next"},
	{who: "dispenser", name: "a drug's movements", path: "/v1/stock/movements?drug={drug}&limit=100", after: "after",
		next: "next"},
	{who: "dispenser", name: "inbox", path: "/v1/notices?limit=100", after: "before", next: "next"},

	{who: "admin", name: "today", path: "/v1/admin/today"},
	{who: "admin", name: "who looked at a patient", path: "/v1/admin/access-searches/{search}/lines",
		ask: map[string]any{"patient": "{patient}"}, after: "after", next: "next"},
	{who: "admin", name: "what a doctor looked at", path: "/v1/admin/access-searches/{search}/lines",
		ask: map[string]any{"reader": "{login}"}, after: "after", next: "next"},
	{who: "admin", name: "what a doctor saw of a patient", path: "/v1/admin/access-searches/{search}/lines",
		ask: map[string]any{"reader": "{login}", "patient": "{patient}"}, after: "after", next: "next"},
	{who: "admin", name: "who looked, 31 days", path: "/v1/admin/access-searches/{search}/lines",
		ask: map[string]any{"from": "{month}", "to": "{day}"}, after: "after", next: "next"},
	{who: "admin", name: "searches", path: "/v1/admin/access-searches", after: "after", next: "searches.id"},
	{who: "admin", name: "searches, oldest first", path: "/v1/admin/access-searches?sort=at", after: "after",
		next: "searches.id"},
	{who: "admin", name: "an administrator's searches", path: "/v1/admin/access-searches?admin={login}",
		after: "after", next: "searches.id"},
	{who: "admin", name: "sessions", path: "/v1/admin/sessions", after: "after", next: "next"},
	{who: "admin", name: "a doctor's sessions", path: "/v1/admin/sessions?login={login}"},
	{who: "admin", name: "sessions, last name first", path: "/v1/admin/sessions?sort=-login", after: "after",
		next: "next"},
	{who: "admin", name: "sessions by part of a name", path: "/v1/admin/sessions?q=doctor-0&role=doctor",
		after: "after", next: "next"},
	{who: "admin", name: "sessions of a rare role", path: "/v1/admin/sessions?role=reviewer", after: "after",
		next: "next"},
	{who: "admin", name: "staff", path: "/v1/admin/staff", after: "after", next: "staff.login"},
	{who: "admin", name: "staff, newest first", path: "/v1/admin/staff?sort=-created", after: "after",
		next: "staff.login"},
	{who: "admin", name: "staff by part of a name", path: "/v1/admin/staff?q=zhou"},
	{who: "admin", name: "staff, suspended", path: "/v1/admin/staff?state=suspended&role=doctor"},
	{who: "admin", name: "security log", path: "/v1/admin/security-log", after: "before", next: "lines.seq"},
	{who: "admin", name: "security log, oldest first", path: "/v1/admin/security-log?sort=at", after: "before",
		next: "lines.seq"},
	{who: "admin", name: "security log, a rare kind", path: "/v1/admin/security-log?kind=account-suspended",
		after: "before", next: "lines.seq"},
	{who: "admin", name: "security log, a doctor", path: "/v1/admin/security-log?who={login}", after: "before",
		next: "lines.seq"},
	{who: "admin", name: "security log, a doctor, a rare kind",
		path: "/v1/admin/security-log?who={login}&kind=account-closed"},
	{who: "admin", name: "practitioners", path: "/v1/admin/practitioners"},
	{who: "admin", name: "practitioners, pending", path: "/v1/admin/practitioners?state=pending"},
	{who: "admin", name: "payments to decide", path: "/v1/admin/settlements/desk"},
	{who: "admin", name: "day's accounts", path: "/v1/admin/reconciliation/{yesterday}"},
	{who: "admin", name: "key requests", path: "/v1/admin/key-requests"},
	{who: "admin", name: "a patient's keys", path: "/v1/admin/people/{patient}/keys"},
	{who: "admin", name: "prices", path: "/v1/admin/prices", after: "after", next: "next"},
	{who: "admin", name: "prices, searched", path: "/v1/admin/prices?q=AMXL"},
	{who: "admin", name: "schedules", path: "/v1/admin/schedules"},
	{who: "admin", name: "photos", path: "/v1/admin/photos"},
	{who: "admin", name: "diagnostics", path: "/v1/admin/diagnostics"},

	{who: "patient", name: "papers", path: "/v1/prescriptions?limit=100", after: "cursor", next: "next"},
	{who: "patient", name: "papers, paid", path: "/v1/prescriptions?status=paid"},
	{who: "patient", name: "papers, rejected", path: "/v1/prescriptions?status=rejected"},
	{who: "patient", name: "papers to pay and to fetch", after: "cursor", next: "next",
		path: "/v1/prescriptions?status=approved&status=paid&status=claimed&limit=100"},
	{who: "patient", name: "own papers without the family's", path: "/v1/prescriptions?person={patient}&limit=100",
		after: "cursor", next: "next"},
	{who: "patient", name: "own visits without the family's", path: "/v1/consultations?person={patient}&limit=50",
		after: "before", next: "next"},
	{who: "patient", name: "pharmacies", path: "/v1/pharmacies"},
	{who: "patient", name: "keys", path: "/v1/keys"},
	{who: "patient", name: "events", path: "/v1/events"},
	{who: "patient", name: "visits", path: "/v1/consultations?limit=50", after: "before", next: "next"},
	{who: "patient", name: "visits, open", path: "/v1/consultations?state=requested&state=accepted&state=active"},
	{who: "patient", name: "who looked at me", path: "/v1/patients/me/accesses"},
	{who: "patient", name: "prescription", path: "/v1/prescriptions/{rx}"},
	{who: "patient", name: "prescription's readers", path: "/v1/prescriptions/{rx}/accesses"},
	{who: "patient", name: "prescription's payments", path: "/v1/prescriptions/{rx}/settlements"},
	{who: "patient", name: "profile", path: "/v1/patients/me"},
	{who: "patient", name: "family", path: "/v1/patients/me/family"},
	{who: "patient", name: "relatives", path: "/v1/relatives"},
	{who: "patient", name: "cards", path: "/v1/patients/me/cards"},
	{who: "patient", name: "devices", path: "/v1/me/devices"},
	{who: "patient", name: "what closing means", path: "/v1/me/closing"},
	{who: "patient", name: "inbox", path: "/v1/notices?limit=100", after: "before", next: "next"},
	{who: "patient", name: "doctors", path: "/v1/doctors?limit=50", after: "after", next: "next"},
	{who: "patient", name: "doctors, a department, free", path: "/v1/doctors?department=cardiology&free=true"},
	{who: "patient", name: "doctor", path: "/v1/doctors/{doctor}"},
	{who: "patient", name: "doctor's hours", path: "/v1/doctors/{doctor}/slots"},
	{who: "patient", name: "doctors, searched", path: "/v1/doctors/search", post: map[string]any{"word": "高血压"}},
}

// farPages is how many pages on the far page lies, or the last one when there are fewer.
const farPages = 40

// Figure is what one operation took.
type Figure struct {
	Who, Name     string
	Page          string // "first" or the number of a far one
	P50, P99, Max time.Duration
	Bytes         int // of the answer
	Fault         string
}

// sum takes the percentiles of what each round took.
func (f *Figure) sum(took []time.Duration) {
	slices.Sort(took)
	n := len(took)
	f.P50, f.P99, f.Max = took[n/2], took[(n*99+99)/100-1], took[n-1]
}

// reader is somebody who is logged in.
type reader struct {
	base, token string
	client      *http.Client
}

// do asks once. Anything but 2xx is an error.
func (r *reader) do(ctx context.Context, method, path string, body, into any) (n int, took time.Duration, err error) {
	var in io.Reader = http.NoBody
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return 0, 0, err
		}
		in = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, method, r.base+path, in)
	if err != nil {
		return 0, 0, err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Idempotency-Key", rand.Text())
	}
	if r.token != "" {
		req.Header.Set("Authorization", "Bearer "+r.token)
	}
	start := time.Now()
	res, err := r.client.Do(req)
	if err != nil {
		return 0, 0, err
	}
	b, err := io.ReadAll(res.Body)
	took = time.Since(start)
	if err = errors.Join(err, res.Body.Close()); err != nil {
		return 0, 0, err
	}
	if res.StatusCode/100 != 2 {
		return 0, 0, fmt.Errorf("%s %s: %d %.200s", method, path, res.StatusCode, b)
	}
	if into != nil {
		err = json.Unmarshal(b, into)
	}
	return len(b), took, err
}

// house is a hospital that runs over a filled database, with a reader of each role.
type house struct {
	app     *app.App
	readers map[string]*reader
	largest map[string]string // by what stands in a path
}

// open starts the hospital and runs fn in it. Statements that it sends go to sent.
func open(ctx context.Context, cfg config.Config, sent *plans.Plans, fn func(context.Context, *house) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	a, err := app.New(ctx, cfg, app.NewLogger(cfg, io.Discard), "bench")
	if err != nil {
		return err
	}
	if sent != nil {
		a.DB.Logger = sent
	}
	served := make(chan error, 1)
	go func() { served <- a.Serve(ctx) }()
	h := &house{app: a, readers: map[string]*reader{}, largest: map[string]string{}}
	if err = h.enter(ctx); err == nil {
		err = fn(ctx, h)
	}
	cancel()
	return errors.Join(err, <-served)
}

// first reads one text.
func (h *house) first(ctx context.Context, sql string, args ...any) (s string, err error) {
	err = h.app.DB.WithContext(ctx).Session(&gorm.Session{Logger: logger.Discard}).Raw(sql, args...).Scan(&s).Error
	if err == nil && s == "" {
		err = fmt.Errorf("bench: nothing found: %s", sql)
	}
	return s, err
}

// enter finds who has most, and logs one of each role in.
func (h *house) enter(ctx context.Context) (err error) {
	find := func(name, sql string, args ...any) {
		if err == nil {
			h.largest[name], err = h.first(ctx, sql, args...)
		}
	}
	find("doctor", "SELECT doctor FROM consultations WHERE state = 'requested' GROUP BY doctor ORDER BY count(*) DESC LIMIT 1")
	find("patient", "SELECT patient FROM prescriptions GROUP BY patient ORDER BY count(*) DESC LIMIT 1")
	doctor, patient := h.largest["doctor"], h.largest["patient"]
	find("login", "SELECT login FROM accounts WHERE person = ?", doctor)
	find("rx", "SELECT id FROM prescriptions WHERE doctor = ? AND patient = ? AND status = 'dispensed' "+
		"ORDER BY drafted_at DESC LIMIT 1", doctor, patient)
	find("visit", "SELECT visit FROM prescriptions WHERE id = ?", h.largest["rx"])
	find("drug", "SELECT drug FROM pharmacy_stock WHERE pharmacy = 'p1' ORDER BY version DESC LIMIT 1")
	find("waiting", "SELECT id FROM consultations WHERE doctor = ? AND state = 'requested' LIMIT 1", doctor)
	if err != nil {
		return err
	}
	now := time.Now()
	h.largest["day"] = now.Format(time.DateOnly)
	h.largest["yesterday"] = now.AddDate(0, 0, -1).Format(time.DateOnly)
	h.largest["month"] = now.AddDate(0, 0, -29).Format(time.DateOnly)
	return h.logIn(ctx)
}

func (h *house) logIn(ctx context.Context) error {
	stranger := &reader{base: h.app.URL(), client: &http.Client{Timeout: time.Minute}}
	var ward demo.Ward
	if _, _, err := stranger.do(ctx, http.MethodGet, "/sandbox/ward", nil, &ward); err != nil {
		return err
	}
	wanted := map[string]string{"doctor": h.largest["login"], "reviewer": "reviewer.zhou", "dispenser": "pharmacy.p1",
		"admin": "admin"}
	for _, s := range ward.Staff {
		if wanted[string(s.Role)] != s.Login {
			continue
		}
		token, _, err := journey.LogInStaff(ctx, journey.Options{URL: stranger.base}, s.Login, s.Password)
		if err != nil {
			return err
		}
		h.readers[string(s.Role)] = &reader{stranger.base, token, stranger.client}
	}
	for _, p := range ward.Patients {
		token, person, err := journey.LogInPatient(ctx, journey.Options{URL: stranger.base}, p.User)
		if err != nil {
			return err
		}
		if person == h.largest["patient"] {
			h.readers["patient"] = &reader{stranger.base, token, stranger.client}
			break
		}
	}
	for _, o := range operations {
		if h.readers[o.who] == nil {
			return fmt.Errorf("bench: nobody of the demo is the busiest %s", o.who)
		}
	}
	return nil
}

// filled puts the largest into a text.
func (h *house) filled(s string) string {
	for name, v := range h.largest {
		s = strings.ReplaceAll(s, "{"+name+"}", v)
	}
	return s
}

// measure runs an operation so many times on its first page, and as often on a far one.
func (h *house) measure(ctx context.Context, o op, rounds int) (list []Figure) {
	r := h.readers[o.who]
	fail := func(err error) []Figure { return append(list, Figure{Who: o.who, Name: o.name, Fault: err.Error()}) }
	if o.ask != nil {
		q := map[string]any{"reason": "measuring what a search takes"}
		for k, v := range o.ask {
			q[k] = h.filled(v.(string))
		}
		var search struct{ ID string }
		if _, _, err := r.do(ctx, http.MethodPost, "/v1/admin/access-searches", q, &search); err != nil {
			return fail(err)
		}
		h.largest["search"] = search.ID
	}
	page := func(path, name string) (answer map[string]any, err error) {
		f := Figure{Who: o.who, Name: o.name, Page: name}
		method, body := http.MethodGet, any(nil)
		if o.post != nil {
			method, body = http.MethodPost, o.post
		}
		took := make([]time.Duration, rounds)
		for i := range took {
			if f.Bytes, took[i], err = r.do(ctx, method, path, body, &answer); err != nil {
				return nil, err
			}
		}
		f.sum(took)
		list = append(list, f)
		return answer, nil
	}
	path := h.filled(o.path)
	answer, err := page(path, "first")
	if err != nil {
		return fail(err)
	}
	if o.after == "" {
		return list
	}
	far, n := "", 1
	for ; n < farPages; n++ {
		next := follow(answer, o.next)
		if next == "" {
			break
		}
		sep := "?"
		if strings.Contains(path, "?") {
			sep = "&"
		}
		far = path + sep + o.after + "=" + url.QueryEscape(next)
		answer = nil
		if _, _, err := r.do(ctx, http.MethodGet, far, nil, &answer); err != nil {
			return fail(err)
		}
	}
	if far != "" {
		if _, err := page(far, fmt.Sprint(n)); err != nil {
			return fail(err)
		}
	}
	return list
}

// follow is where the next page begins: a field of the answer, or of the last one in its list.
func follow(answer map[string]any, where string) string {
	list, field, nested := strings.Cut(where, ".")
	v := answer[list]
	if nested {
		rows, _ := v.([]any)
		if len(rows) == 0 {
			return ""
		}
		last, _ := rows[len(rows)-1].(map[string]any)
		v = last[field]
	}
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return fmt.Sprintf("%.0f", v)
	}
	return ""
}

// Reads starts a hospital over what Fill made and asks everything so many times. With plans it also
// says which statements read a large table from end to end.
func Reads(ctx context.Context, cfg config.Config, rounds int, wantPlans bool, out io.Writer) error {
	var p *plans.Plans
	if wantPlans {
		p = plans.New(cfg)
	}
	return open(ctx, cfg, p, func(ctx context.Context, h *house) error {
		var list []Figure
		for _, o := range operations {
			p.During(o.who + ": " + o.name)
			list = append(list, h.measure(ctx, o, rounds)...)
		}
		looked, err := h.oversee(ctx, p, rounds)
		if err != nil {
			return err
		}
		list = append(list, looked...)
		_, _ = fmt.Fprintf(out, "%s, %d rounds, load average %s\n", h.app.DB.Dialect, rounds, loadAverage())
		if err := writeTable(out, list); err != nil || p == nil {
			return err
		}
		found, err := p.Explain(ctx, h.app.DB)
		for _, f := range found {
			_, _ = fmt.Fprintf(out, "\n%s: %s\n  %s\n", f.During, f.Fault, f.Shape)
		}
		return err
	})
}

// loadAverage is the machine's, of the last 1, 5 and 15 minutes: figures of a busy one are no
// better than its scheduler.
func loadAverage() string {
	b, err := os.ReadFile("/proc/loadavg")
	if words := strings.Fields(string(b)); err == nil && len(words) > 3 {
		return strings.Join(words[:3], " ")
	}
	return "unknown"
}

func writeTable(out io.Writer, list []Figure) error {
	w := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "who\treads\tpage\tp50 ms\tp99 ms\tmax ms\tbytes")
	for _, f := range list {
		if f.Fault != "" {
			_, _ = fmt.Fprintf(w, "%s\t%s\tFAILED\t%s\n", f.Who, f.Name, f.Fault)
			continue
		}
		ms := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%.1f\t%.1f\t%.1f\t%d\n", f.Who, f.Name, f.Page, ms(f.P50), ms(f.P99),
			ms(f.Max), f.Bytes)
	}
	return w.Flush()
}
