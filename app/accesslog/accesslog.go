// Package accesslog answers the hospital's administrators who looked at whom (查阅留痕). It reads what
// the rooms note of readings and shows nothing that was read. Each search has a reason and is noted
// itself: for the other administrators, in the security log, and for the patient it is about.
package accesslog

import (
	"cmp"
	"context"
	"crypto/rand"
	"embed"
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/patients/access"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/text"
	"github.com/smart-hospital/hospital/prescription"
	prescriptionstore "github.com/smart-hospital/hospital/prescription/gormstore"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings this room's table up to date.
func Migrate(ctx context.Context, db *sqlstore.DB) error {
	return db.Migrate(ctx, "accesslog", sqlstore.Sub(migrations))
}

// What holds of searches.
const (
	PageLines    = 100
	PageSearches = 100
	MaxReason    = 200           // characters
	minReason    = 4             // characters
	MaxDays      = 31            // of a search that names neither patient nor reader
	ReadFor      = 2 * time.Hour // a search is read for so long; afterwards a new one says its reason anew
)

// reReader is a log-in name, a person id, or a member id: a regulator reads as an organisation.
var reReader = regexp.MustCompile(`^[a-z0-9._-]{1,32}$`)

// ErrNotFound: no such search, another's, or one whose time is over.
var ErrNotFound = errors.New("accesslog: not found")

// Question is what an administrator asks.
type Question struct {
	Patient string `json:"patient,omitempty" maxLength:"64" doc:"Person id of the patient; absent: anybody" example:"u7k2mq4xw5zt3yb6nc2da"`
	Reader  string `json:"reader,omitempty" maxLength:"64" doc:"Log-in name of staff, or a person id; absent: anybody" example:"doctor7"`
	From    string `json:"from,omitempty" maxLength:"10" doc:"First day, in China" example:"2026-11-01"`
	To      string `json:"to,omitempty" maxLength:"10" doc:"Last day, in China" example:"2026-11-30"`
	Reason  string `json:"reason" minLength:"4" maxLength:"200" doc:"Why it is asked, for the other administrators to read" example:"患者投诉 2026-118"`
}

// Search is a question that was asked.
type Search struct {
	ID    string `json:"id" example:"AQ4MZ6Z7G3Z5X2J4YH6K8N1P3R5"`
	Admin string `json:"admin" doc:"Log-in name of who asked" example:"admin"`
	Question
	At time.Time `json:"at"`
}

// Line is one reading.
type Line struct {
	About   string    `json:"about" enum:"profile,prescription,identity,family,log" doc:"profile: name, allergies and history; identity: a step of whose number and record it is; family: what a relative read or did; log: a search like this one"`
	Subject string    `json:"subject" doc:"The visit that gave the right, or the prescription that was read; of a relative, the operation; else empty" example:"CN20261122012345678947"`
	Patient string    `json:"patient" doc:"Opaque id" example:"u7k2mq4xw5zt3yb6nc2da"`
	Reader  string    `json:"reader" doc:"Opaque id" example:"u7k2mq4xw5zt3yb6nc2db"`
	Login   string    `json:"login,omitempty" doc:"Log-in name of a reader who is staff here" example:"doctor7"`
	Role    string    `json:"role" example:"doctor"`
	Org     string    `json:"org" example:"h1"`
	Reason  string    `json:"reason" doc:"On what ground" example:"doctor of the visit"`
	At      time.Time `json:"at"`
}

// Accounts is what is asked of accounts.
type Accounts interface {
	Called(ctx context.Context, who string) ([]string, error)
	Logins(ctx context.Context, ids []string) (func(id string, role accounts.Role) string, error)
	Note(tx *gorm.DB, e securitylog.Event) error
}

// Service answers. It is safe for concurrent use.
type Service struct {
	DB       *sqlstore.DB
	Box      *keystore.Box
	Accounts Accounts
	Patients *patients.Service
	Now      func() time.Time
}

type row struct {
	ID, Org, Admin, Patient, Reader string
	Since, Until                    int64
	Reason                          []byte
	AskedAt                         int64
}

func (row) TableName() string { return "access_searches" }

func reasonContext(id string) string { return "access_searches.reason/" + id }

// check completes a question: the period in Unix milliseconds, until excluded.
func (q *Question) check(now time.Time) (since, until int64, err error) {
	var c invalid.Check
	c.That(text.Line(&q.Reason, minReason, MaxReason), "body.reason", text.LineRule(minReason, MaxReason))
	// These are kept as they came, for ever and in the clear: no patient's name or number may get
	// in.
	c.That(q.Patient == "" || accounts.IsPerson(q.Patient), "body.patient", "a person id: u and 20 characters a-z 2-7")
	c.That(q.Reader == "" || reReader.MatchString(q.Reader), "body.reader",
		"a log-in name, a person id or a member id: 1 to 32 characters a-z 0-9 . _ -")
	until = now.UnixMilli()
	if q.From != "" {
		from, err := time.ParseInLocation(time.DateOnly, q.From, china.Zone)
		c.That(err == nil, "body.from", "a day: YYYY-MM-DD")
		since = from.UnixMilli()
	}
	if q.To != "" {
		to, err := time.ParseInLocation(time.DateOnly, q.To, china.Zone)
		c.That(err == nil, "body.to", "a day: YYYY-MM-DD")
		until = min(until, to.AddDate(0, 0, 1).UnixMilli())
	}
	c.That(since < until, "body.to", "not before from, and from not in the future")
	if q.Patient == "" && q.Reader == "" {
		c.That(q.From != "" && until-since <= (MaxDays*24*time.Hour).Milliseconds(), "body.from",
			"at most 31 days for a search that names neither patient nor reader")
	}
	return since, until, c.Err()
}

// Ask keeps a question and who asked it; its lines are then read by Lines. It notes it in the
// security log and, when it is about a patient, in what that patient sees. invalid.ErrInput.
func (s *Service) Ask(ctx context.Context, cmd sqlstore.Command, admin accounts.Account, q Question) (Search, error) {
	now := s.Now()
	since, until, err := q.check(now)
	if err != nil {
		return Search{}, err
	}
	names, err := s.Accounts.Logins(ctx, []string{admin.Person})
	if err != nil {
		return Search{}, err
	}
	found, _, err := sqlstore.Answer[Search](s.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		r := row{ID: "A" + rand.Text(), Org: admin.Org, Admin: admin.Person, Patient: q.Patient, Reader: q.Reader,
			Since: since, Until: until, AskedAt: now.UnixMilli()}
		var err error
		if r.Reason, err = s.Box.Seal([]byte(q.Reason), reasonContext(r.ID)); err != nil {
			return nil, err
		}
		if err := tx.Create(&r).Error; err != nil {
			return nil, err
		}
		if q.Patient != "" {
			if err := s.Patients.NoteSearch(tx, admin, q.Patient); err != nil {
				return nil, err
			}
		}
		return Search{ID: r.ID, Admin: names(admin.Person, admin.Role), Question: q, At: now.UTC()},
			s.Accounts.Note(tx, securitylog.Event{Kind: securitylog.Searched, Org: admin.Org, Actor: admin.ID,
				Subject: cmp.Or(q.Patient, q.Reader), Detail: r.ID})
	}))
	return found, err
}

// place is how far a search has been read, in each log by itself.
type place struct {
	Profile *profilePlace `json:"p,omitempty"`
	Rx      *rxPlace      `json:"r,omitempty"`
}

type profilePlace struct {
	At                    int64
	Person, Reader, Visit string
}

type rxPlace struct {
	At       int64
	Rx, Name string
}

func readPlace(cursor string) (p place, err error) {
	if cursor == "" {
		return p, nil
	}
	b, err := base64.Decode(cursor)
	if err != nil || text.Decode(b, &p) != nil {
		var c invalid.Check
		c.That(false, "query.after", "the text that came with the page before")
		return p, c.Err()
	}
	return p, nil
}

func (p place) cursor() string {
	b, _ := json.Marshal(p) // strings and integers
	return base64.Encode(b)
}

// Lines reads on in a search of the same administrator, newest first; next is empty at the end.
// ErrNotFound, invalid.ErrInput.
func (s *Service) Lines(ctx context.Context, admin accounts.Account, id, after string) (lines []Line, next string,
	err error) {
	at, err := readPlace(after)
	if err != nil {
		return nil, "", err
	}
	var found []row
	if err := s.DB.WithContext(ctx).Where("id = ? AND org = ? AND admin = ? AND asked_at > ?", id, admin.Org,
		admin.Person, s.Now().Add(-ReadFor).UnixMilli()).Limit(1).Find(&found).Error; err != nil {
		return nil, "", err
	}
	if len(found) == 0 {
		return nil, "", ErrNotFound
	}
	q := found[0]
	var readers []string
	if q.Reader != "" {
		if readers, err = s.Accounts.Called(ctx, q.Reader); err != nil {
			return nil, "", err
		}
	}
	opened, read, err := s.page(ctx, q, readers, at)
	if err != nil {
		return nil, "", err
	}
	lines, at = merge(opened, read, at)
	if len(opened)+len(read) > len(lines) {
		next = at.cursor()
	}
	return lines, next, s.name(ctx, lines)
}

// page reads one line more of each log than a page holds: whether there is another.
func (s *Service) page(ctx context.Context, q row, readers []string, at place) ([]access.Line,
	[]prescriptionstore.Look, error) {
	var patient []string // by every id that it had: a line bears the one of then
	if q.Patient != "" {
		var err error
		if patient, err = s.Patients.Known(ctx, q.Patient); err != nil {
			return nil, nil, err
		}
	}
	profile := access.Looks{Persons: patient, Readers: readers, Since: q.Since, Until: q.Until,
		Limit: PageLines + 1}
	if b := at.Profile; b != nil {
		profile.Behind = &access.Line{Person: b.Person, Reader: b.Reader, Visit: b.Visit, At: time.UnixMilli(b.At)}
	}
	rx := prescriptionstore.Looks{Patients: patient, Readers: readers, Since: q.Since, Until: q.Until,
		Limit: PageLines + 1}
	if b := at.Rx; b != nil {
		rx.Behind = &lifecycle.AccessEntry{Prescription: prescription.ID(b.Rx), Person: b.Name,
			At: time.UnixMilli(b.At)}
	}
	opened, err := s.Patients.Searched(ctx, profile)
	if err != nil {
		return nil, nil, err
	}
	read, err := prescriptionstore.Searched(ctx, s.DB, rx)
	return opened, read, err
}

// merge takes the newest lines of both, and how far it came in each.
func merge(opened []access.Line, read []prescriptionstore.Look, at place) ([]Line, place) {
	lines := []Line{}
	for len(lines) < PageLines && len(opened)+len(read) > 0 {
		if len(read) == 0 || len(opened) > 0 && !opened[0].At.Before(read[0].At) {
			a := opened[0]
			lines, opened = append(lines, ofProfile(a)), opened[1:]
			at.Profile = &profilePlace{a.At.UnixMilli(), a.Person, a.Reader, a.Visit}
			continue
		}
		a := read[0]
		lines, read = append(lines, Line{"prescription", string(a.Prescription), a.Patient, a.Person, "",
			string(a.Role), a.Org, a.Reason, a.At}), read[1:]
		at.Rx = &rxPlace{a.At.UnixMilli(), string(a.Prescription), a.Person}
	}
	return lines, at
}

func ofProfile(a access.Line) Line {
	about, subject := a.About()
	return Line{about, subject, a.Person, a.Reader, "", string(a.Role), a.Org, a.Reason, a.At}
}

func (s *Service) name(ctx context.Context, lines []Line) error {
	ids := make([]string, len(lines))
	for i, l := range lines {
		ids[i] = l.Reader
	}
	slices.Sort(ids)
	names, err := s.Accounts.Logins(ctx, slices.Compact(ids))
	if err != nil {
		return err
	}
	for i, l := range lines {
		lines[i].Login = names(l.Reader, accounts.Role(l.Role))
	}
	return nil
}

// SearchesQuery is which searches are asked for.
type SearchesQuery struct {
	After  string // id of the last one that the caller has; empty: from the beginning of the order
	Oldest bool   // the oldest first, else the newest
	Admin  string // log-in name of who asked; empty: anybody
}

// Searches lists what was asked in an organisation, at most PageSearches: ErrNotFound for an After
// that is none of them.
func (s *Service) Searches(ctx context.Context, org string, ask SearchesQuery) ([]Search, error) {
	tx, after := s.DB.WithContext(ctx), ask.After
	of := []string{}
	if ask.Admin != "" {
		var err error
		if of, err = s.Accounts.Called(ctx, ask.Admin); err != nil {
			return nil, err
		}
	}
	var last []row
	if after != "" {
		if err := tx.Select("id", "asked_at").Where("id = ? AND org = ?", after, org).Limit(1).Find(&last).
			Error; err != nil {
			return nil, err
		}
		if len(last) == 0 {
			return nil, ErrNotFound
		}
	}
	var admins []string
	rows, err := sqlstore.Page(tx, row{}.TableName(), PageSearches, func(r row) string { return r.ID },
		func(behind *row, n int) *gorm.DB {
			if behind != nil {
				last = []row{*behind}
			}
			q := tx.Where("org = ?", org).Limit(n)
			var place []any
			if ask.Admin != "" {
				q = q.Where("admin IN ?", of)
			}
			if len(last) > 0 {
				place = []any{last[0].AskedAt, last[0].ID}
			}
			return sqlstore.Seek(q, !ask.Oldest, []string{"asked_at", "id"}, place...)
		})
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		admins = append(admins, r.Admin)
	}
	names, err := s.Accounts.Logins(ctx, admins)
	if err != nil {
		return nil, err
	}
	return sqlstore.Readable(tx, row{}.TableName(), sqlstore.Found[row]{Rows: rows},
		func(r row) string { return r.ID }, func(r row) (Search, error) { return s.open(r, names) })
}

func (s *Service) open(r row, names func(string, accounts.Role) string) (Search, error) {
	reason, err := s.Box.Open(r.Reason, reasonContext(r.ID))
	if err != nil {
		return Search{}, err
	}
	q := Question{Patient: r.Patient, Reader: r.Reader, Reason: string(reason),
		To: china.Day(time.UnixMilli(r.Until - 1))}
	if r.Since > 0 {
		q.From = china.Day(time.UnixMilli(r.Since))
	}
	return Search{ID: r.ID, Admin: cmp.Or(names(r.Admin, accounts.Admin), r.Admin), Question: q,
		At: time.UnixMilli(r.AskedAt).UTC()}, nil
}
