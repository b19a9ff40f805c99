// Package handover passes a prepared act from the desk that shows it to the phone that signs it
// (扫码签). The desk asks for a code, which the phone of the same account scans or types; the phone
// is then shown the very intent that waits at the server, and signs it as any other. A code opens
// nothing for another account: there it looks like one that was never given out. It is good for one
// phone and three minutes, and the desk takes it back when its dialog closes or the desk is locked.
//
// What is kept may be lost, and lies in Redis: nothing here decides whose an act is. That stands in
// the intent, and is compared at every step.
package handover

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/intent"
)

// Limits of a code.
const (
	CodeLen  = 8               // digits
	TTL      = 3 * time.Minute // of a code that no phone has opened
	MaxWrong = 5               // wrong codes of one account, within WrongFor; then its code is dead as well
	WrongFor = 15 * time.Minute
)

// Errors of this package.
var (
	ErrNoCode  = errors.New("handover: no such code")
	ErrTooMany = errors.New("handover: too many wrong codes")
)

// State is how far a hand-over has come.
type State string

// States.
const (
	Offered State = "offered" // the desk shows a code
	Opened  State = "opened"  // the phone shows the document
	Signed  State = "signed"
	Ended   State = "ended" // the code was taken back, replaced or is too old
)

// Intents is where prepared acts wait.
type Intents interface {
	Load(tx *gorm.DB, id string) (*intent.Intent, error)
}

// Service hands acts over.
type Service struct {
	Redis *redis.Client
	DB    interface {
		WithContext(context.Context) *gorm.DB
	}
	Intents Intents
	Now     func() time.Time
	// Notify tells the account's other devices that an intent was opened or signed; nil: nobody.
	Notify func(ctx context.Context, account, intent string, s State) error
}

// An offer is one key of the account: a new one ends the one before.
func offerKey(account string) string { return "handover:" + account }
func wrongKey(account string) string { return "handover-wrong:" + account }
func openedKey(id string) string     { return "handover-opened:" + id }

// mine is an intent of this person that can still be signed: intent.ErrNotFound, ErrUsed,
// ErrExpired.
func (s *Service) mine(ctx context.Context, person, id string) (*intent.Intent, error) {
	in, err := s.Intents.Load(s.DB.WithContext(ctx), id)
	switch {
	case err != nil:
		return nil, err
	case in.Person != person:
		return nil, intent.ErrNotFound
	case !in.UsedAt.IsZero():
		return nil, intent.ErrUsed
	case !s.Now().Before(in.ExpiresAt):
		return nil, intent.ErrExpired
	}
	return in, nil
}

// gone: the act is nobody's to sign any more, or not this person's.
func gone(err error) bool {
	return errors.Is(err, intent.ErrNotFound) || errors.Is(err, intent.ErrUsed) || errors.Is(err, intent.ErrExpired)
}

// Offer makes a code for an intent, and ends the account's code before it. Errors:
// intent.ErrNotFound for somebody else's, ErrUsed, ErrExpired; ErrTooMany.
func (s *Service) Offer(ctx context.Context, person, account, id string) (code string, until time.Time, err error) {
	in, err := s.mine(ctx, person, id)
	if err != nil {
		return "", until, err
	}
	if err = s.blocked(ctx, account); err != nil {
		return "", until, err
	}
	n, err := rand.Int(rand.Reader, big.NewInt(1e8))
	if err != nil {
		return "", until, fmt.Errorf("handover: random source: %w", err)
	}
	code = fmt.Sprintf("%0*d", CodeLen, n)
	until = s.Now().Add(TTL)
	if until.After(in.ExpiresAt) {
		until = in.ExpiresAt
	}
	_, err = s.Redis.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.Del(ctx, openedKey(id))
		p.Set(ctx, offerKey(account), code+" "+strconv.FormatInt(until.UnixMilli(), 10)+" "+id, TTL)
		return nil
	})
	return code, until.UTC().Truncate(time.Millisecond), err
}

// offer is the code that an account's desk shows now, and the intent behind it; empty: none.
func (s *Service) offer(ctx context.Context, account string) (code, id string, err error) {
	kept, err := s.Redis.Get(ctx, offerKey(account)).Result()
	if errors.Is(err, redis.Nil) {
		return "", "", nil
	}
	parts := strings.Split(kept, " ")
	if err != nil || len(parts) != 3 {
		return "", "", err
	}
	until, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return "", "", fmt.Errorf("handover: a code's time: %w", err)
	}
	if s.Now().UnixMilli() >= until {
		return "", "", nil
	}
	return parts[0], parts[2], nil
}

// Open is the intent behind a code, for the phone that comes first; by names its command, so that
// the same phone may ask again when the answer was lost. Errors: ErrNoCode, ErrTooMany.
func (s *Service) Open(ctx context.Context, person, account, code, by string) (*intent.Intent, error) {
	n, err := s.count(ctx, account)
	if err != nil {
		return nil, err
	}
	if n > MaxWrong {
		return nil, ErrTooMany
	}
	want, id, err := s.offer(ctx, account)
	if err != nil {
		return nil, err
	}
	if want == "" || subtle.ConstantTimeCompare([]byte(want), []byte(code)) != 1 {
		if n == MaxWrong { // the last wrong one takes the right one along
			err = s.Redis.Del(ctx, offerKey(account)).Err()
		}
		return nil, errors.Join(ErrNoCode, err)
	}
	in, err := s.mine(ctx, person, id)
	if gone(err) {
		return nil, ErrNoCode
	}
	if err != nil {
		return nil, err
	}
	first, err := s.Redis.SetNX(ctx, openedKey(id), by, intent.TTL).Result()
	if err != nil {
		return nil, err
	}
	if !first {
		if was, err := s.Redis.Get(ctx, openedKey(id)).Result(); err != nil || was != by {
			return nil, errors.Join(ErrNoCode, err)
		}
	}
	if err = s.Redis.Del(ctx, wrongKey(account)).Err(); err != nil {
		return nil, err
	}
	return in, s.tell(ctx, account, id, Opened)
}

// count takes a try before it is looked at, so that tries at the same moment, also at two
// instances, are no more than those one after another; a right one gives all of them back. The
// count and its end are written at once: a count without an end would lock the account out for
// ever.
func (s *Service) count(ctx context.Context, account string) (int64, error) {
	var n *redis.IntCmd
	_, err := s.Redis.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.SetNX(ctx, wrongKey(account), 0, WrongFor)
		n = p.Incr(ctx, wrongKey(account))
		return nil
	})
	return n.Val(), err
}

func (s *Service) blocked(ctx context.Context, account string) error {
	n, err := s.Redis.Get(ctx, wrongKey(account)).Int()
	if err != nil && !errors.Is(err, redis.Nil) {
		return err
	}
	if n >= MaxWrong {
		return ErrTooMany
	}
	return nil
}

// At is how far the hand-over of an intent has come. intent.ErrNotFound for somebody else's.
func (s *Service) At(ctx context.Context, person, account, id string) (State, error) {
	_, err := s.mine(ctx, person, id)
	switch {
	case errors.Is(err, intent.ErrUsed):
		return Signed, nil
	case errors.Is(err, intent.ErrExpired):
		return Ended, nil
	case err != nil:
		return "", err
	}
	if n, err := s.Redis.Exists(ctx, openedKey(id)).Result(); err != nil || n > 0 {
		return Opened, err
	}
	if _, offered, err := s.offer(ctx, account); err != nil || offered == id {
		return Offered, err
	}
	return Ended, nil
}

// Withdraw takes the code of an intent back, when the desk still shows one for it.
// intent.ErrNotFound for somebody else's.
func (s *Service) Withdraw(ctx context.Context, person, account, id string) error {
	if _, err := s.mine(ctx, person, id); err != nil && !errors.Is(err, intent.ErrUsed) &&
		!errors.Is(err, intent.ErrExpired) {
		return err
	}
	_, offered, err := s.offer(ctx, account)
	if err != nil || offered != id {
		return err
	}
	return s.Redis.Del(ctx, offerKey(account)).Err()
}

// Done tells the desk that an intent was signed, when a phone had opened it. The signature has had
// its effect before: when this fails, or the process dies first, the desk finds it at its next
// look.
func (s *Service) Done(ctx context.Context, account, id string) error {
	n, err := s.Redis.Del(ctx, openedKey(id)).Result()
	if err != nil || n == 0 {
		return err
	}
	s.Redis.Del(ctx, offerKey(account))
	return s.tell(ctx, account, id, Signed)
}

func (s *Service) tell(ctx context.Context, account, id string, at State) error {
	if s.Notify == nil {
		return nil
	}
	return s.Notify(ctx, account, id, at)
}
