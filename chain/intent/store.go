package intent

import (
	"context"
	"embed"
	"fmt"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings the package's table up to date.
func Migrate(ctx context.Context, db *sqlstore.DB) error {
	return db.Migrate(ctx, "intent", sqlstore.Sub(migrations))
}

// Store keeps intents in the database, their contents sealed.
type Store struct {
	db  *sqlstore.DB
	box *keystore.Box
}

// NewStore returns a store over a migrated database; box must not be nil.
func NewStore(db *sqlstore.DB, box *keystore.Box) *Store { return &Store{db: db, box: box} }

type row struct {
	ID        string `gorm:"primaryKey"`
	Person    string
	Action    string
	Statement []byte
	Document  []byte
	Salt      []byte
	Input     []byte
	CreatedAt int64 `gorm:"autoCreateTime:false"`
	ExpiresAt int64
	UsedAt    *int64
}

func (row) TableName() string { return "intents" }

// Save stores a new intent.
func (s *Store) Save(tx *gorm.DB, i *Intent) error {
	r := row{
		ID: i.ID, Person: i.Person, Action: i.Action, Statement: i.Statement.Bytes(),
		CreatedAt: i.CreatedAt.UnixMilli(), ExpiresAt: i.ExpiresAt.UnixMilli(),
	}
	for _, part := range parts(i, &r) {
		sealed, err := s.box.Seal(*part.plain, "intents."+part.name+"/"+i.ID)
		if err != nil {
			return fmt.Errorf("intent %s: %w", i.ID, err)
		}
		*part.sealed = sealed
	}
	return tx.Create(&r).Error
}

// Load returns an intent, also a used or expired one, so that a repeated request still finds whom
// it is for; Consume tells those. The caller MUST compare Person and answer ErrNotFound for
// somebody else's. ErrNotFound.
func (s *Store) Load(tx *gorm.DB, id string) (*Intent, error) {
	var r row
	if res := tx.Where("id = ?", id).Limit(1).Find(&r); res.Error != nil {
		return nil, res.Error
	} else if res.RowsAffected == 0 {
		return nil, ErrNotFound
	}
	st, err := chain.ParseStatement(r.Statement)
	if err != nil {
		return nil, fmt.Errorf("intent %s: %w", id, err)
	}
	i := &Intent{
		ID: r.ID, Person: r.Person, Action: r.Action, Statement: st,
		CreatedAt: time.UnixMilli(r.CreatedAt).UTC(), ExpiresAt: time.UnixMilli(r.ExpiresAt).UTC(),
	}
	if r.UsedAt != nil {
		i.UsedAt = time.UnixMilli(*r.UsedAt).UTC()
	}
	for _, part := range parts(i, &r) {
		plain, err := s.box.Open(*part.sealed, "intents."+part.name+"/"+id)
		if err != nil {
			return nil, fmt.Errorf("intent %s: %w", id, err)
		}
		*part.plain = plain
	}
	return i, nil
}

type sealedPart struct {
	name          string
	plain, sealed *[]byte
}

func parts(i *Intent, r *row) []sealedPart {
	return []sealedPart{{"document", &i.Document, &r.Document}, {"salt", &i.Salt, &r.Salt},
		{"input", &i.Input, &r.Input}}
}

// Consume marks an intent used, in the transaction that does what it asks for. ErrUsed when it was,
// ErrExpired when its time is over by the database's clock function, ErrNotFound.
func (s *Store) Consume(tx *gorm.DB, id string) error {
	now := s.db.Now().UnixMilli()
	res := tx.Model(&row{}).Where("id = ? AND used_at IS NULL AND expires_at > ?", id, now).Update("used_at", now)
	if res.Error != nil || res.RowsAffected == 1 {
		return res.Error
	}
	var r row
	switch res := tx.Select("id", "used_at").Where("id = ?", id).Limit(1).Find(&r); {
	case res.Error != nil:
		return res.Error
	case res.RowsAffected == 0:
		return ErrNotFound
	case r.UsedAt != nil:
		return ErrUsed
	}
	return ErrExpired
}

// Purge deletes intents that expired longer ago than a repeated request may come, and says how
// many.
func (s *Store) Purge(ctx context.Context, now time.Time) (int64, error) {
	var gone int64
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		res := tx.Where("expires_at < ?", now.Add(-sqlstore.KeepAnswers).UnixMilli()).Delete(&row{})
		gone = res.RowsAffected
		return res.Error
	})
	return gone, err
}
