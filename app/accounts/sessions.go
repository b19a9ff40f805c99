package accounts

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"

	"github.com/smart-hospital/hospital/app/accounts/devices"
	"github.com/smart-hospital/hospital/app/accounts/opaque"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Life of a session.
const (
	SessionIdle  = 12 * time.Hour     // it ends this long after its last use
	SessionLife  = 7 * 24 * time.Hour // and in any case this long after the log-in
	sessionTouch = 10 * time.Minute   // a use is written down this often, not every time
)

// Session is what a log-in gives.
type Session struct {
	Token string // shown once; the store keeps its SM3 only
	// token of the device, to be sent at its next log-in; empty when the one that was sent is still
	// good
	Device    string
	Account   Account
	ExpiresAt time.Time // latest end
	New       bool      // this log-in made the account
	Stays     bool      // this log-in called off the account's closing
}

type sessionRow struct {
	Digest  string `gorm:"primaryKey"`
	Account string
	Device  string
	Sealed  []byte
	UsedAt  int64
}

func (sessionRow) TableName() string { return "sessions" }

// sealedSession is what a session stands for. Its seal is bound to the token's digest.
type sealedSession struct {
	Account string `json:"account"`
	Epoch   int64  `json:"epoch"`
	Start   int64  `json:"start"` // Unix milliseconds
}

// Open starts a session for an account as it stands now: ErrNotFound, ErrDisabled.
func (s *Service) Open(ctx context.Context, a Account) (Session, error) {
	row, ok, err := find(s.db.WithContext(ctx), "id = ?", a.ID)
	switch {
	case err != nil:
		return Session{}, err
	case !ok:
		return Session{}, ErrNotFound
	case !row.open():
		return Session{}, ErrDisabled
	}
	return s.open(ctx, row, devices.Device{}, securitylog.Event{})
}

// open starts a session under the epoch that row was read with. When password or rights changed
// since, the session that comes of it is over before its first use. A log-in that is worth a line
// in the security log brings it as done.
func (s *Service) open(ctx context.Context, row accountRow, d devices.Device, done securitylog.Event) (Session, error) {
	token, now := opaque.Token(), s.Now()
	session := sessionRow{Digest: opaque.Digest("session", token), Account: row.ID, UsedAt: now.UnixMilli()}
	text, err := json.Marshal(sealedSession{Account: row.ID, Epoch: row.Epoch, Start: now.UnixMilli()})
	if err != nil {
		return Session{}, err
	}
	if session.Sealed, err = s.box.Seal(text, "sessions/"+session.Digest); err != nil {
		return Session{}, err
	}
	var device string
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		if err := tx.Where("used_at <= ?", now.Add(-SessionIdle).UnixMilli()).Delete(&sessionRow{}).Error; err != nil {
			return err
		}
		var err error
		if session.Device, device, err = s.remember(tx, row.ID, d); err != nil {
			return err
		}
		if done.Kind != "" {
			if err := s.Note(tx, done); err != nil {
				return err
			}
		}
		return tx.Create(&session).Error
	})
	if err != nil {
		return Session{}, err
	}
	return Session{Token: token, Device: device, Account: s.account(row), ExpiresAt: now.Add(SessionLife)}, nil
}

// Resolve returns the account behind a token, as it stands now, and prolongs its session. The
// account is read at each use, so that a reset, a suspension or another role count from the next
// request on. ErrUnauthenticated when there is no session or it ended, ErrUnavailable when the
// database does not answer.
func (s *Service) Resolve(ctx context.Context, token string) (Account, error) {
	return s.resolve(ctx, token, true)
}

// Standing is Resolve for what a device does by itself, such as holding a stream open: it does not
// prolong the session.
func (s *Service) Standing(ctx context.Context, token string) (Account, error) {
	return s.resolve(ctx, token, false)
}

// standingAtOnce is how many sessions one query of StandingAll asks for.
const standingAtOnce = 500

// StandingAll is Standing of many tokens, in two queries for each standingAtOnce of them. A token
// that is not in the answer has no session, or one that has ended. ErrUnavailable when the database
// does not answer.
func (s *Service) StandingAll(ctx context.Context, tokens []string) (map[string]Account, error) {
	out := make(map[string]Account, len(tokens))
	for some := range slices.Chunk(tokens, standingAtOnce) {
		byDigest := make(map[string]string, len(some))
		for _, token := range some {
			byDigest[opaque.Digest("session", token)] = token
		}
		db := s.db.WithContext(ctx)
		found, err := sqlstore.Rows[sessionRow](db.Where("digest IN ?", slices.Collect(maps.Keys(byDigest))))
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrUnavailable, err)
		}
		sessions := sqlstore.Fit(db, sessionRow{}.TableName(), found, func(r sessionRow) string { return r.Account })
		ids := make([]string, len(sessions))
		for i, session := range sessions {
			ids[i] = session.Account
		}
		owners, err := sqlstore.Rows[accountRow](db.Where("id IN ?", ids))
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrUnavailable, err)
		}
		byID := map[string]accountRow{}
		id := func(r accountRow) string { return r.ID }
		for _, r := range sqlstore.Fit(db, accountRow{}.TableName(), owners, id) {
			byID[r.ID] = r
		}
		for _, session := range sessions {
			v, err := s.unseal(session)
			if row, ok := byID[v.Account]; err == nil && ok && v.opens(row) {
				out[byDigest[session.Digest]] = s.account(row)
			}
		}
	}
	return out, nil
}

func (s *Service) resolve(ctx context.Context, token string, used bool) (Account, error) {
	if len(token) != opaque.TokenLen {
		return Account{}, ErrUnauthenticated
	}
	digest := opaque.Digest("session", token)
	session, row, ok, err := withAccount(s.db.WithContext(ctx), digest)
	if err != nil {
		return Account{}, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	if !ok {
		return Account{}, ErrUnauthenticated
	}
	if v, err := s.unseal(session); err != nil || row.ID != v.Account || !v.opens(row) {
		return Account{}, errors.Join(ErrUnauthenticated, s.drop(ctx, digest))
	}
	if now := s.Now(); used && now.Sub(time.UnixMilli(session.UsedAt)) >= sessionTouch {
		// A use that cannot be written down, on a full disk perhaps, is no reason to turn anybody
		// away; the next one is.
		_ = s.db.Tx(ctx, func(tx *gorm.DB) error {
			return tx.Model(&sessionRow{}).Where("digest = ?", digest).Update("used_at", now.UnixMilli()).Error
		})
	}
	return s.account(row), nil
}

// standing is a session and its account, as one statement sees them. An account that is gone has no
// ID.
type standing struct {
	Session sessionRow `gorm:"embedded;embeddedPrefix:session_"`
	Account accountRow `gorm:"embedded;embeddedPrefix:account_"`
}

// standingColumns names every column of a standing.
var standingColumns = append(columnsOf(sessionRow{}, "session_"), columnsOf(accountRow{}, "account_")...)

func columnsOf(row schema.Tabler, prefix string) (list []string) {
	shape, err := schema.Parse(row, &sync.Map{}, schema.NamingStrategy{})
	if err != nil {
		panic(err) // the type is constant
	}
	for _, name := range shape.DBNames {
		list = append(list, row.TableName()+"."+name+" AS "+prefix+name)
	}
	return list
}

// withAccount reads a session together with its account: every call of everybody begins with it. ok
// is false when there is no session.
func withAccount(tx *gorm.DB, digest string) (session sessionRow, account accountRow, ok bool, err error) {
	var rows []standing
	err = tx.Table("sessions").Select(standingColumns).Joins("LEFT JOIN accounts ON accounts.id = sessions.account").
		Where("sessions.digest = ?", digest).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return sessionRow{}, accountRow{}, false, err
	}
	return rows[0].Session, rows[0].Account, true, nil
}

// unseal is what a session stands for while its time lasts: ErrUnauthenticated.
func (s *Service) unseal(session sessionRow) (v sealedSession, err error) {
	text, err := s.box.Open(session.Sealed, "sessions/"+session.Digest)
	if err != nil || json.Unmarshal(text, &v) != nil || v.Account != session.Account {
		return v, ErrUnauthenticated // nobody here wrote this row
	}
	now := s.Now()
	if now.Sub(time.UnixMilli(v.Start)) >= SessionLife || now.Sub(time.UnixMilli(session.UsedAt)) >= SessionIdle {
		return v, ErrUnauthenticated
	}
	return v, nil
}

// opens tells whether the account is still as it was when the session began.
func (v sealedSession) opens(row accountRow) bool { return row.open() && row.Epoch == v.Epoch }

// Logout ends the session of a token; ending one that is gone is no error.
func (s *Service) Logout(ctx context.Context, _ Account, token string) error {
	return s.drop(ctx, opaque.Digest("session", token))
}

func (s *Service) drop(ctx context.Context, digest string) error {
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Where("digest = ?", digest).Delete(&sessionRow{}).Error
	})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return nil
}

// LogoutAll ends every session of an account: after a lost phone, or when its rights change.
func (s *Service) LogoutAll(ctx context.Context, account string) error {
	err := s.db.Tx(ctx, func(tx *gorm.DB) error { return endSessions(tx, account) })
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return nil
}

// endSessions begins a new epoch: whatever was opened before it, or is being opened now, is over.
func endSessions(tx *gorm.DB, account string) error {
	if err := tx.Model(&accountRow{}).Where("id = ?", account).
		Update("epoch", gorm.Expr("epoch + 1")).Error; err != nil {
		return err
	}
	return tx.Where("account = ?", account).Delete(&sessionRow{}).Error
}
