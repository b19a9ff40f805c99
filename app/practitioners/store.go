package practitioners

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// Migrate brings the room's tables up to date.
func Migrate(ctx context.Context, db *sqlstore.DB) error {
	return db.Migrate(ctx, "practitioners", sqlstore.Sub(migrationFiles))
}

// Humans knows which log-ins are one human's, and which members of staff showed a document;
// patients.Service does.
type Humans interface {
	Also(ctx context.Context, person string) ([]string, error)
	// StaffKnown are those of some members of staff whose number was entered, as the transaction
	// sees it.
	StaffKnown(tx *gorm.DB, people ...string) (map[string]bool, error)
	// LoginOf is the log-in of a human in a role, by its person id or its CN: accounts.ErrNotFound.
	LoginOf(ctx context.Context, name string, role accounts.Role) (accounts.Account, error)
}

// Service keeps the register. It is safe for concurrent use.
type Service struct {
	Now     func() time.Time
	OrgName func(org string) string // public name of a member organisation
	// Humans are set before the first request; nil: every log-in is a human of its own.
	Humans Humans
	// Bookings are set once all rooms stand; nil: no appointment was made.
	Bookings Bookings
	// Visits counts what doctors finished, set once all rooms stand; nil: nothing.
	Visits func(ctx context.Context, doctors []string) (map[string]int, error)
	// Ratings are what patients thought of doctors, of those with enough of them; nil: nothing.
	Ratings func(ctx context.Context, doctors []string) (map[string]Rating, error)
	// Diseases are the ICD-10 codes that a word may mean, the likelier first, n at most; nil: none.
	Diseases func(word string, n int) []string
	// Played tells who is played by the demo's sandbox; nil: nobody.
	Played func(person string) bool
	// PhotoSent hears of a photo that waits, in its transaction; nil: nobody does.
	PhotoSent func(tx *gorm.DB, p Practitioner) error
	// Signers are those of some people who may sign now, set before the first request; nil:
	// everybody.
	Signers func(ctx context.Context, people ...string) (map[string]bool, error)
	// Approver refuses an administrator whose word does not count, set before the first request;
	// nil: everybody's does.
	Approver func(tx *gorm.DB, person string) error
	// Note writes a line of the security log in the decision's transaction; nil: none is kept.
	Note func(tx *gorm.DB, e securitylog.Event) error
	// Applied hears of an application that waits, in its transaction; nil: nobody does.
	Applied func(tx *gorm.DB, p Practitioner) error

	everybody together[[]Card] // what searches look through

	db    *sqlstore.DB
	redis *redis.Client
	box   *keystore.Box
}

// New makes a service. orgName tells an organisation's public name.
func New(db *sqlstore.DB, client *redis.Client, box *keystore.Box, orgName func(org string) string) *Service {
	return &Service{Now: time.Now, OrgName: orgName, db: db, redis: client, box: box}
}

type row struct {
	Person        string `gorm:"primaryKey"`
	Role          string
	Org           string
	Name          string
	Title         string
	Licence       []byte
	LicenceIndex  string
	LicensedUntil string
	PracticeSince string
	Department    string
	Paediatric    bool
	FeeFen        int64
	State         string
	Version       int64
	CreatedAt     int64 `gorm:"autoCreateTime:false"`
}

func (row) TableName() string { return "practitioners" }

const licenceColumn = "practitioners.licence"

func (s *Service) row(p Practitioner) (row, error) {
	sealed, err := s.box.Seal([]byte(p.Licence), licenceColumn+"/"+p.Person)
	return row{
		Person: p.Person, Role: string(p.Role), Org: p.Org, Name: p.Name, Title: p.Title, Licence: sealed,
		LicenceIndex:  s.box.Index(p.Licence, licenceColumn),
		LicensedUntil: p.LicensedUntil, PracticeSince: p.PracticeSince, Department: p.Department,
		Paediatric: p.Paediatric, FeeFen: p.FeeFen,
		State: string(p.State), Version: p.Version,
	}, err
}

func (s *Service) practitioner(r row) (Practitioner, error) {
	licence, err := s.box.Open(r.Licence, licenceColumn+"/"+r.Person)
	if err != nil {
		return Practitioner{}, fmt.Errorf("practitioners: %s: %w", r.Person, err)
	}
	return Practitioner{
		Person: r.Person, Role: accounts.Role(r.Role), Org: r.Org, Name: r.Name, Title: r.Title,
		Licence: string(licence), LicensedUntil: r.LicensedUntil,
		PracticeSince: r.PracticeSince, Department: r.Department, Paediatric: r.Paediatric, FeeFen: r.FeeFen,
		State: State(r.State), Version: r.Version,
	}, nil
}

func isNotFound(err error) bool { return errors.Is(err, ErrNotFound) }

func (s *Service) load(tx *gorm.DB, person string) (Practitioner, error) {
	var r row
	res := tx.Where("person = ?", person).Limit(1).Find(&r)
	if res.Error != nil {
		return Practitioner{}, res.Error
	}
	if res.RowsAffected == 0 {
		return Practitioner{}, ErrNotFound
	}
	return s.practitioner(r)
}

func (s *Service) insert(tx *gorm.DB, p Practitioner, at time.Time) error {
	r, err := s.row(p)
	if err != nil {
		return err
	}
	r.CreatedAt = at.UnixMilli()
	return tx.Create(&r).Error
}

// save writes p over the version before it: sqlstore.ErrConflict when that is gone.
func (s *Service) save(tx *gorm.DB, p Practitioner) error {
	r, err := s.row(p)
	if err != nil {
		return err
	}
	res := tx.Model(&row{}).Where("person = ? AND version = ?", p.Person, p.Version-1).Select("*").
		Omit("created_at").Updates(&r)
	if res.Error == nil && res.RowsAffected != 1 {
		return sqlstore.ErrConflict
	}
	return res.Error
}

// Get returns a person's registration: ErrNotFound.
func (s *Service) Get(ctx context.Context, person string) (Practitioner, error) {
	return s.load(s.db.WithContext(ctx), person)
}

// MaxList bounds a list; a register of one hospital and its pharmacies is smaller.
const MaxList = 500

// List returns the registrations in a state, oldest first, with who has shown no document; the
// empty state means all. For administrators.
func (s *Service) List(ctx context.Context, org string, state State) ([]Practitioner, error) {
	q := s.db.WithContext(ctx).Where("org = ?", org).Order("created_at, person").Limit(MaxList)
	if state != "" {
		q = q.Where("state = ?", state)
	}
	list, err := s.find(q)
	if err != nil {
		return nil, err
	}
	return list, s.identify(s.db.WithContext(ctx), list)
}

// identify marks those for whom no number of a document was entered: who came into office before
// numbers were asked for is one.
func (s *Service) identify(tx *gorm.DB, list []Practitioner) error {
	if s.Humans == nil || len(list) == 0 {
		return nil
	}
	people := make([]string, len(list))
	for i, p := range list {
		people[i] = p.Person
	}
	known, err := s.Humans.StaffKnown(tx, people...)
	for i := range list {
		list[i].Unidentified = !known[list[i].Person]
	}
	return err
}

func (s *Service) find(q *gorm.DB) ([]Practitioner, error) {
	rows, err := sqlstore.Rows[row](q)
	if err != nil {
		return nil, err
	}
	return sqlstore.Readable(q, row{}.TableName(), rows, func(r row) string { return r.Person }, s.practitioner)
}
