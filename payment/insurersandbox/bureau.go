// Package insurersandbox is an insurance bureau (医保局) for demonstration and tests: it speaks
// payment/insurer's protocol over HTTP, has its own database, its own SM2 key and its own policy
// table, and can be told to misbehave ([Faults]). It is named sandbox everywhere and strict mode
// refuses to start with it. Every operation is idempotent by the hospital's order number.
package insurersandbox

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/insurer"
	"github.com/smart-hospital/hospital/payment/money"
	"github.com/smart-hospital/hospital/payment/policy"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Config is what a bureau is made of; everything but Hang is needed.
type Config struct {
	DB       *sqlstore.DB    // the bureau's own, not the hospital's
	Box      *keystore.Box   // seals names and fee lists
	Partner  insurer.Partner // from the bureau's side: Signer is the bureau's key, Peer the hospital's
	Policies *policy.Table
	Now      func() time.Time
	Hang     time.Duration // how long a silent bureau (see Faults) keeps a connection; zero is a minute
}

// Bureau is the sandbox. Safe for concurrent use.
type Bureau struct {
	Config
	Faults *Faults
	late   sync.RWMutex // read-locked by each order that a fault made late
}

// New migrates the database and returns the bureau.
func New(ctx context.Context, c Config) (*Bureau, error) {
	if err := c.Partner.Check(); err != nil {
		return nil, err
	}
	if c.DB == nil || c.Box == nil || c.Policies == nil || c.Now == nil {
		return nil, errors.New("insurersandbox: database, box, policies and clock are needed")
	}
	if c.Hang == 0 {
		c.Hang = hangTime
	}
	if err := c.DB.Migrate(ctx, "bureau", sqlstore.Sub(migrations)); err != nil {
		return nil, err
	}
	return &Bureau{Config: c, Faults: &Faults{}}, nil
}

// Close waits for orders that a fault made late. Call it before closing the database.
func (b *Bureau) Close() {
	b.late.Lock()
	defer b.late.Unlock()
}

// Person is somebody insured, for seeding.
type Person struct {
	Holder     bureau.Holder
	Insutype   bureau.Insutype
	ECToken    string
	Balance    money.Fen // personal account
	Deductible money.Fen // used up this year
	Fund       money.Fen // of the cap, used up this year
}

type personRow struct {
	ID       string `gorm:"primaryKey"`
	Token    string
	Person   []byte
	Insutype string
	Balance  int64
}

func (personRow) TableName() string { return "bureau_persons" }

type usageRow struct {
	Person     string `gorm:"primaryKey"`
	Year       string `gorm:"primaryKey"`
	Deductible int64
	Fund       int64
}

func (usageRow) TableName() string { return "bureau_usage" }

// AddPerson insures a person; one whose token is known already is left as it is, so seeding may be
// repeated. ErrInvalid, ErrAmount of payment.
func (b *Bureau) AddPerson(ctx context.Context, p Person) error {
	if err := bureau.CheckECToken(p.ECToken); err != nil {
		return err
	}
	if !p.Insutype.Known() || p.Holder.Name == "" || p.Holder.IDNumber == "" {
		return fmt.Errorf("%w: insutype and holder", payment.ErrInvalid)
	}
	if _, err := money.Sum(p.Balance, p.Deductible, p.Fund); err != nil {
		return err
	}
	token := b.token(p.ECToken)
	id := "psn-" + token[:16]
	plain, err := json.Marshal(p.Holder)
	if err != nil {
		return err
	}
	sealed, err := b.Box.Seal(plain, "bureau_persons.person/"+id)
	if err != nil {
		return err
	}
	return b.DB.Tx(ctx, func(tx *gorm.DB) error {
		made := tx.Clauses(clause.OnConflict{DoNothing: true}).
			Create(&personRow{id, token, sealed, string(p.Insutype), int64(p.Balance)})
		if made.Error != nil || made.RowsAffected == 0 {
			return made.Error
		}
		return tx.Create(&usageRow{id, b.year(), int64(p.Deductible), int64(p.Fund)}).Error
	})
}

// Usage is what the bureau holds of a token's person now: payment.ErrNotFound.
func (b *Bureau) Usage(ctx context.Context, ecToken string) (u policy.Usage, err error) {
	err = b.DB.Tx(ctx, func(tx *gorm.DB) error {
		p, err := b.person(tx, ecToken)
		if err != nil {
			return payment.ErrNotFound
		}
		u, err = b.usage(tx, p, b.year())
		return err
	})
	return u, err
}

func (b *Bureau) token(ecToken string) string { return b.Box.Index(ecToken, "bureau_persons.token") }

func (b *Bureau) year() string { return china.Day(b.Now())[:4] }

func (b *Bureau) person(tx *gorm.DB, ecToken string) (p personRow, err error) {
	res := tx.Where("token = ?", b.token(ecToken)).Limit(1).Find(&p)
	if res.Error == nil && res.RowsAffected == 0 {
		return p, refuse("the insurance token is unknown")
	}
	return p, res.Error
}

func (b *Bureau) usage(tx *gorm.DB, p personRow, year string) (policy.Usage, error) {
	var u usageRow
	err := tx.Where("person = ? AND year = ?", p.ID, year).Limit(1).Find(&u).Error
	return policy.Usage{Deductible: money.Fen(u.Deductible), Fund: money.Fen(u.Fund),
		Balance: money.Fen(p.Balance)}, err
}
