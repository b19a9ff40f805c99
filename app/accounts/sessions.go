package accounts

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/smart-hospital/hospital/chain/gm"
)

// Life of a session.
const (
	SessionIdle = 12 * time.Hour     // it ends this long after its last use
	SessionLife = 7 * 24 * time.Hour // and in any case this long after the log-in
	tokenBytes  = 32
	tokenLen    = 43 // base64url without padding
)

// Session is what a log-in gives.
type Session struct {
	Token     string // shown once; the store keeps its SM3 only
	Account   Account
	ExpiresAt time.Time // latest end
	New       bool      // this log-in made the account
}

type storedSession struct {
	Account Account `json:"account"`
	Start   int64   `json:"start"` // Unix milliseconds
}

// SessionKeys is how the session store's keys begin.
const SessionKeys = "session"

// sessionKey: whoever reads Redis or a dump of it learns no token.
func sessionKey(token string) string {
	d := gm.Sum([]byte("session"), []byte(token))
	return SessionKeys + ":" + hex.EncodeToString(d[:])
}

func accountKey(id string) string { return SessionKeys + "s:" + id }

// Open starts a session for an account. ErrUnavailable when the session store does not answer.
func (s *Service) Open(ctx context.Context, a Account) (Session, error) {
	b := make([]byte, tokenBytes)
	_, _ = rand.Read(b)
	token, now := base64.RawURLEncoding.EncodeToString(b), s.Now()
	v, err := json.Marshal(storedSession{Account: a, Start: now.UnixMilli()})
	if err != nil {
		return Session{}, err
	}
	key := sessionKey(token)
	_, err = s.redis.TxPipelined(ctx, func(p redis.Pipeliner) error {
		// Listed before it exists, so that LogoutAll finds every session there is.
		p.SAdd(ctx, accountKey(a.ID), key)
		p.Expire(ctx, accountKey(a.ID), SessionLife)
		p.Set(ctx, key, v, SessionIdle)
		return nil
	})
	if err != nil {
		return Session{}, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return Session{Token: token, Account: a, ExpiresAt: now.Add(SessionLife)}, nil
}

// Resolve returns the account behind a token and prolongs its session: ErrUnauthenticated when there is none or it ended,
// ErrUnavailable when the session store does not answer.
func (s *Service) Resolve(ctx context.Context, token string) (Account, error) {
	if len(token) != tokenLen {
		return Account{}, ErrUnauthenticated
	}
	key := sessionKey(token)
	b, err := s.redis.GetEx(ctx, key, SessionIdle).Bytes()
	if errors.Is(err, redis.Nil) {
		return Account{}, ErrUnauthenticated
	}
	if err != nil {
		return Account{}, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	var v storedSession
	if err := json.Unmarshal(b, &v); err != nil {
		return Account{}, ErrUnauthenticated // written by another version: log in again
	}
	if s.Now().Sub(time.UnixMilli(v.Start)) >= SessionLife {
		return Account{}, errors.Join(ErrUnauthenticated, s.drop(ctx, v.Account.ID, key))
	}
	return v.Account, nil
}

// Logout ends the session of a token; ending one that is gone is no error.
func (s *Service) Logout(ctx context.Context, a Account, token string) error {
	return s.drop(ctx, a.ID, sessionKey(token))
}

func (s *Service) drop(ctx context.Context, account, key string) error {
	_, err := s.redis.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.Del(ctx, key)
		p.SRem(ctx, accountKey(account), key)
		return nil
	})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return nil
}

// LogoutAll ends every session of an account: after a lost phone, or when its rights change.
func (s *Service) LogoutAll(ctx context.Context, account string) error {
	keys, err := s.redis.SMembers(ctx, accountKey(account)).Result()
	if err == nil {
		err = s.redis.Del(ctx, append(keys, accountKey(account))...).Err()
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return nil
}
