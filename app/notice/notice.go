// Package notice tells people what has happened. A room tells an event in the transaction of what
// happened (Tell); after the commit the event is delivered: every account that it is for gets a row
// with the next number of its own. A reader that knows the last number it has seen reads on from
// there, so nothing is lost and nothing is skipped. The rows are the inbox as well.
//
// An event holds no name, no drug and no text: what happened (Kind), the id of what it happened to,
// when, and which patient it concerns. Whoever is told asks for the rest, and is judged there.
package notice

import (
	"context"
	"crypto/rand"
	"embed"
	"errors"
	"log/slog"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/wake"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// What is kept of each account: both bounds hold.
const (
	KeepFor = 30 * 24 * time.Hour
	KeepMax = 500
)

// Pace and size of the delivery.
const (
	lookEvery = time.Second // for events whose own process died after the commit
	batch     = 100         // events of one transaction
	retry     = 200 * time.Millisecond
)

// MaxPage is how many notices one page has.
const MaxPage = 100

// ErrEvent: an event that no room may tell.
var ErrEvent = errors.New("notice: kind, subject and audience must be known")

// Audience names accounts; the delivery finds them.
type Audience string

// Person is who logs in as a person.
func Person(person string) Audience { return Audience("person:" + person) }

// Family is a patient, and who acts for the patient at the time of the delivery.
func Family(person string) Audience { return Audience("family:" + person) }

// Login is who works in a role under a name: a person id or the CN of a certificate.
func Login(name, role string) Audience { return Audience("login:" + role + ":" + name) }

// Account is an account by its id.
func Account(id string) Audience { return Audience("account:" + id) }

// Staff are all of an organisation in a role.
func Staff(role, org string) Audience { return Audience("staff:" + role + ":" + org) }

// quietly marks an audience of a stored post.
const quietly = "!"

// Event is something that happened.
type Event struct {
	Kind    Kind
	Subject string     // id of what it happened to: it leads there
	About   string     // person id of the patient whom it concerns, when it is told to the patient's side
	By      Audience   // who did it: told quietly, because it knows; empty: nobody
	To      []Audience // who is told
	Quiet   []Audience // whose lists move without a word
	At      time.Time
}

func (e Event) check() error {
	if !slices.Contains(Kinds, e.Kind) || e.Subject == "" || len(e.To)+len(e.Quiet) == 0 {
		return ErrEvent
	}
	return nil
}

// People finds the accounts of an audience, in the delivery's transaction.
type People interface {
	AccountsOf(tx *gorm.DB, a Audience) ([]string, error)
}

// Service tells, delivers and reads. Its zero value is not usable: New.
type Service struct {
	db     *sqlstore.DB
	people People
	hub    *wake.Hub
	log    *slog.Logger
	now    func() time.Time
	kick   chan struct{}
}

// Config is what a Service needs.
type Config struct {
	DB     *sqlstore.DB
	People People
	Hub    *wake.Hub
	Log    *slog.Logger     // nil: slog.Default
	Now    func() time.Time // nil: time.Now
}

// New builds the service; nothing is delivered until Run.
func New(c Config) *Service {
	s := &Service{db: c.DB, people: c.People, hub: c.Hub, log: c.Log, now: c.Now, kick: make(chan struct{}, 1)}
	if s.log == nil {
		s.log = slog.Default()
	}
	if s.now == nil {
		s.now = time.Now
	}
	return s
}

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings this room's tables up to date.
func Migrate(ctx context.Context, db *sqlstore.DB) error {
	return db.Migrate(ctx, "notice", sqlstore.Sub(migrations))
}

type postRow struct {
	ID       string `gorm:"primaryKey"`
	Kind     string
	Subject  string
	About    string
	Author   string
	Audience string
	At       int64
}

func (postRow) TableName() string { return "notice_posts" }

// idTime is how many digits of a post's id are its time: ids sort as they were told.
const idTime = 20

// Tell keeps an event in the transaction of what happened; it is delivered after the commit, and
// never when there is none. ErrEvent for what is none.
func (s *Service) Tell(tx *gorm.DB, e Event) error {
	if err := e.check(); err != nil {
		return err
	}
	var to []string // escaped: the CN in a certificate of another organisation may hold anything
	for _, a := range e.To {
		to = append(to, url.QueryEscape(string(a)))
	}
	for _, a := range e.Quiet {
		to = append(to, url.QueryEscape(string(a))+quietly)
	}
	told := strconv.FormatInt(time.Now().UnixNano(), 10)
	id := strings.Repeat("0", idTime-len(told)) + told + rand.Text()
	row := postRow{
		ID: id, Kind: string(e.Kind), Subject: e.Subject, About: e.About, Author: string(e.By),
		Audience: strings.Join(to, " "), At: e.At.UnixMilli(),
	}
	if err := tx.Create(&row).Error; err != nil {
		return err
	}
	sqlstore.AfterCommit(tx, s.ring)
	return nil
}

// ring asks for a delivery soon.
func (s *Service) ring() {
	select {
	case s.kick <- struct{}{}:
	default:
	}
}
