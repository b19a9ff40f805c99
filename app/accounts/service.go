package accounts

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts/attempts"
	"github.com/smart-hospital/hospital/app/accounts/password"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/accounts/turns"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// Migrate brings the room's tables up to date.
func Migrate(ctx context.Context, db *sqlstore.DB) error {
	return db.Migrate(ctx, "accounts", sqlstore.Sub(migrationFiles))
}

// WeChat exchanges a log-in code for an openid; wechat.Client does.
type WeChat interface {
	Exchange(ctx context.Context, code string) (openID string, err error)
}

// Options of a Service. Zero values mean the defaults.
type Options struct {
	Cost       password.Cost // of a password hash: password.DefaultCost
	PerAddress int           // log-ins of one address within attempts.AddressWindow: attempts.DefaultPerAddress
	Hospital   string        // member id of the organisation patients belong to; required
	Roles      []Role        // that staff accounts may have here; nil: HospitalRoles
	// AdminFactor keeps administrators from everything but setting up a second factor until they
	// have one.
	AdminFactor bool
}

// Service keeps accounts and sessions. It is safe for concurrent use, also by several instances on
// one database and Redis.
type Service struct {
	Now func() time.Time
	*securitylog.Log
	// Consent names the versions of the papers that patients must agree to now; set before the
	// first request. nil: none.
	Consent func() string
	// Known are those of some members of staff whose number of a document was entered, as a
	// transaction sees it; set before the first request. nil: everybody's was.
	Known func(tx *gorm.DB, people ...string) (map[string]bool, error)

	db        *sqlstore.DB
	addresses attempts.Addresses
	box       *keystore.Box
	wechat    WeChat
	hash      *password.Hasher
	tries     *attempts.Counter
	asking    *turns.Queue // of WeChat
	hospital  string

	adminFactor bool
	roles       []Role
}

// maxAsking bounds the questions to WeChat at a time.
const maxAsking = 16

// New makes a service. box makes the blind indexes of names, openids and addresses; it must be the
// same on every instance and for ever.
func New(db *sqlstore.DB, client *redis.Client, box *keystore.Box, wechat WeChat, o Options) (*Service, error) {
	if o.Hospital == "" {
		return nil, fmt.Errorf("accounts: Options.Hospital is required")
	}
	if o.Cost == (password.Cost{}) {
		o.Cost = password.DefaultCost
	}
	if o.PerAddress == 0 {
		o.PerAddress = attempts.DefaultPerAddress
	}
	if o.Roles == nil {
		o.Roles = HospitalRoles
	}
	h, err := password.NewHasher(o.Cost)
	if err != nil {
		return nil, err
	}
	s := &Service{
		Now: time.Now, db: db, box: box, wechat: wechat, hash: h, asking: turns.New(maxAsking),
		addresses: attempts.Addresses{Redis: client, Box: box, Max: o.PerAddress},
		hospital:  o.Hospital, adminFactor: o.AdminFactor, roles: o.Roles,
	}
	now := func() time.Time { return s.Now() } // tests set it later
	s.Log = securitylog.New(db, box, now, s.pseudonyms)
	s.tries = &attempts.Counter{DB: db, Now: now}
	return s, nil
}

// allow counts a log-in of an address: *attempts.RetryError with attempts.ErrRate, ErrUnavailable.
func (s *Service) allow(ctx context.Context, address string) error {
	err := s.addresses.Allow(ctx, address)
	if _, counted := errors.AsType[*attempts.RetryError](err); err != nil && !counted {
		err = fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return err
}
