package keys

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// Migrate brings the room's tables up to date.
func Migrate(ctx context.Context, db *sqlstore.DB) error {
	return db.Migrate(ctx, "keys", sqlstore.Sub(migrationFiles))
}

type challengeRow struct {
	Nonce     string `gorm:"primaryKey"`
	Account   string
	ExpiresAt int64
}

func (challengeRow) TableName() string { return "key_challenges" }

type row struct {
	ID             string `gorm:"primaryKey"`
	Person         string
	Org            string
	Role           string
	PublicKey      string
	Der            []byte
	NotAfter       int64
	EnrolRecord    string
	EnrolDocument  []byte
	EnrolSalt      []byte
	RevokedAt      int64
	RevokeReason   string
	RevokeRecord   string
	RevokeDocument []byte
	RevokeSalt     []byte
	CreatedAt      int64 `gorm:"autoCreateTime:false"`
	Origin         string
}

func (row) TableName() string { return "certificates" }

// live: neither revoked nor run out. Whether the chain has it is another question.
func (r row) live(at time.Time) bool { return r.RevokedAt == 0 && at.UnixMilli() <= r.NotAfter }

// state is derived, so that no crash can leave a stale one.
func (r row) state(tx *gorm.DB, at time.Time) (State, error) {
	switch {
	case r.RevokedAt != 0:
		return Revoked, nil
	case !r.live(at):
		return Expired, nil
	}
	entry, err := outbox.Get(tx, r.EnrolRecord)
	if err != nil {
		return "", fmt.Errorf("keys: record of certificate %s: %w", r.ID, err)
	}
	switch entry.State {
	case outbox.Committed:
		return Active, nil
	case outbox.Dead:
		return Refused, nil
	}
	return Pending, nil
}

func (r row) key(tx *gorm.DB, at time.Time) (Key, error) {
	cert, err := pki.ParseCertificate(r.Der)
	if err != nil {
		return Key{}, fmt.Errorf("keys: stored certificate %s: %w", r.ID, err)
	}
	state, err := r.state(tx, at)
	return Key{
		ID: r.ID, Person: r.Person, Org: r.Org, Role: r.Role, PublicKey: r.PublicKey, Certificate: string(cert.PEM()),
		NotBefore: cert.NotBefore(),
		NotAfter:  cert.NotAfter(), RenewFrom: cert.NotAfter().Add(-RenewalPeriod), State: state, Record: r.EnrolRecord,
		Reason: r.RevokeReason,
	}, err
}

// rowsOf returns a person's certificates, newest first. None is enrolled beside a live one, so the
// newest alone can be live: when that one cannot be read, nobody knows what the person may sign
// with, and it fails. An older one that cannot be read is left out.
func rowsOf(tx *gorm.DB, person string) ([]row, error) {
	found, err := sqlstore.Rows[row](tx.Where("person = ?", person).Order("created_at DESC, id"))
	if err != nil {
		return nil, err
	}
	if len(found.Rows) > 0 && found.Err(0) != nil {
		return nil, fmt.Errorf("keys: newest certificate of %s: %w", person, found.Err(0))
	}
	return sqlstore.Fit(tx, row{}.TableName(), found, func(r row) string { return r.ID }), nil
}

// Enrolled tells, in the caller's transaction, whether a person ever enrolled a key.
func Enrolled(tx *gorm.DB, person string) (bool, error) {
	var n int64
	err := tx.Model(&row{}).Where("person = ?", person).Count(&n).Error
	return n > 0, err
}

func load(tx *gorm.DB, id string) (r row, err error) {
	res := tx.Where("id = ?", id).Limit(1).Find(&r)
	if res.Error == nil && res.RowsAffected == 0 {
		return r, ErrNotFound
	}
	return r, res.Error
}

// List returns a person's keys, newest first.
func (s *Service) List(ctx context.Context, person string) ([]Key, error) {
	tx := s.DB.WithContext(ctx)
	rows, err := sqlstore.Rows[row](tx.Where("person = ?", person).Order("created_at DESC, id"))
	if err != nil {
		return nil, err
	}
	return sqlstore.Readable(tx, row{}.TableName(), rows, func(r row) string { return r.ID },
		func(r row) (Key, error) { return r.key(tx, s.Now()) })
}

// ListFor is List for an administrator of the person's organisation: accounts.ErrNotFound also for
// another's.
func (s *Service) ListFor(ctx context.Context, admin accounts.Account, person string) ([]Key, error) {
	if err := s.Accounts.MayManage(ctx, admin, person); err != nil && !errors.Is(err, accounts.ErrSelf) {
		return nil, err
	}
	return s.List(ctx, person)
}

// Active returns the certificate a person may sign with now: ErrNoKey, or ErrKeyPending while the
// chain has not taken it.
func (s *Service) Active(ctx context.Context, person string) (*pki.Certificate, error) {
	tx := s.DB.WithContext(ctx)
	rows, err := rowsOf(tx, person)
	if err != nil {
		return nil, err
	}
	found := ErrNoKey
	for _, r := range rows {
		state, err := r.state(tx, s.Now())
		if err != nil {
			return nil, err
		}
		switch state {
		case Active:
			return pki.ParseCertificate(r.Der)
		case Pending:
			found = ErrKeyPending
		}
	}
	return nil, found
}

// Signers are those of some people who may sign now, as Active has it. With AtOnce who never had a
// key counts as well: a demo's practitioner gets one at the first log-in.
func (s *Service) Signers(ctx context.Context, people ...string) (map[string]bool, error) {
	tx := s.DB.WithContext(ctx)
	var able []string
	err := tx.Model(&row{}).Joins("JOIN outbox o ON o.id = certificates.enrol_record").
		Where("person IN ? AND revoked_at = 0 AND not_after >= ? AND o.state = ?", people, s.Now().UnixMilli(),
			outbox.Committed).Distinct().Pluck("person", &able).Error
	if err != nil {
		return nil, err
	}
	signs := map[string]bool{}
	for _, person := range able {
		signs[person] = true
	}
	if s.AtOnce == nil {
		return signs, nil
	}
	var keyed []string
	err = tx.Model(&row{}).Where("person IN ?", people).Distinct().Pluck("person", &keyed).Error
	for _, person := range people {
		signs[person] = signs[person] || !slices.Contains(keyed, person)
	}
	return signs, err
}

// Certificate returns a certificate by its id, whatever its state, so that old signatures can be
// checked: ErrNotFound.
func (s *Service) Certificate(ctx context.Context, id string) (*pki.Certificate, error) {
	r, err := load(s.DB.WithContext(ctx), id)
	if err != nil {
		return nil, err
	}
	return pki.ParseCertificate(r.Der)
}
