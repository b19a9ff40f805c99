// Package closing ends a patient's account by its owner's wish (注销账号, PIPL art. 47): it says what
// is under way, what is deleted and what is kept, waits a cooling-off period in which a log-in
// calls it off, and then does all of it in one transaction. Accounts of staff are ended by their
// administrator alone.
package closing

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// ErrHindered: something is under way that must come to an end first.
var ErrHindered = errors.New("closing: something is under way")

// Kind is what keeps an account from being closed.
type Kind string

// Kinds of hindrances. Behind each: what its id is, and who moves next.
const (
	Visit        Kind = "visit"        // an open consultation: either side
	Prescription Kind = "prescription" // one that is in force: the patient fetches or withdraws it, or it expires
	Payment      Kind = "payment"      // a settlement whose money is under way: the insurer
	Guardian     Kind = "guardian"     // a child's record: another guardian, or the desk
)

// Hindrance is one thing under way.
type Hindrance struct {
	Kind Kind   `json:"kind" enum:"visit,prescription,payment,guardian"`
	ID   string `json:"id" doc:"Of the consultation, prescription or settlement; of the child's record" example:"RX20261122442427997927"`
}

// MaxHindrances is how many of a kind are named.
const MaxHindrances = 20

// Kept is what the law has the hospital keep, and how long at least. The years are settings.
type Kept struct {
	What  string `json:"what" enum:"records,prescriptions,payments,accesses,chain" doc:"records: visits, notes, chat and the profile; accesses: who read it; chain: proofs without personal data"`
	Years int    `json:"years" doc:"At least; 0: for ever" example:"15"`
}

// Config is what a Service needs.
type Config struct {
	DB         *sqlstore.DB
	Accounts   *accounts.Service
	CoolingOff time.Duration // between the wish and the deed
	Keeps      []Kept
	// Hindrances of a person, as a transaction sees them, at most MaxHindrances of a kind.
	Hindrances func(tx *gorm.DB, person string) ([]Hindrance, error)
	// Keys makes ready, outside a transaction, what ends the account's live keys in one:
	// keys.Service.Leaving.
	Keys func(ctx context.Context, a accounts.Account) (func(tx *gorm.DB) error, error)
	// Leave deletes what the rooms hold of an account beside its record, in the transaction that
	// ends it.
	Leave func(tx *gorm.DB, a accounts.Account) error
	Log   *slog.Logger
	Now   func() time.Time
}

// Service closes accounts. It is safe for concurrent use, also by several instances.
type Service struct{ Config }

// New makes a service.
func New(c Config) *Service { return &Service{c} }

// State is where the closing of an account stands, and what it means.
type State struct {
	ClosingAt      *time.Time  `json:"closingAt,omitempty" doc:"The account is closed then, unless somebody logs in before"`
	CoolingOffDays int         `json:"coolingOffDays" doc:"Days between the wish and the deed, rounded up" example:"7"`
	Hindrances     []Hindrance `json:"hindrances" doc:"What must come to an end first"`
	Keeps          []Kept      `json:"keeps" doc:"What the law has the hospital keep, under the patient's number; the account no longer opens it"`
}

// Look tells what closing would mean now.
func (s *Service) Look(ctx context.Context, a accounts.Account) (State, error) {
	return s.state(s.DB.WithContext(ctx), a)
}

func (s *Service) state(tx *gorm.DB, a accounts.Account) (State, error) {
	const day = 24 * time.Hour
	st := State{CoolingOffDays: int((s.CoolingOff + day - 1) / day), Keeps: s.Keeps}
	at, err := accounts.ClosingAt(tx, a.ID)
	if err != nil {
		return st, err
	}
	if !at.IsZero() {
		st.ClosingAt = &at
	}
	st.Hindrances, err = s.Hindrances(tx, a.Person)
	if st.Hindrances == nil {
		st.Hindrances = []Hindrance{}
	}
	return st, err
}

// Ask has the caller's account closed when the cooling-off period is over, and ends its sessions
// now: ErrHindered, accounts.ErrNotFound for a member of staff, sqlstore.ErrKeyReused.
func (s *Service) Ask(ctx context.Context, cmd sqlstore.Command, a accounts.Account) (State, error) {
	st, _, err := sqlstore.Answer[State](s.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		st, err := s.state(tx, a)
		if err != nil {
			return nil, err
		}
		if len(st.Hindrances) > 0 {
			return nil, ErrHindered
		}
		at := s.Now().Add(s.CoolingOff).UTC().Truncate(time.Millisecond)
		st.ClosingAt = &at
		return st, s.Accounts.PlanClosing(tx, a.ID, at)
	}))
	return st, err
}

// perRun is how many accounts are read at a time.
const perRun = 50

// Run closes the accounts whose time has come, each in one transaction, so that a process that dies
// leaves none half closed. One for which something came under way meanwhile waits for the next run.
func (s *Service) Run(ctx context.Context, now time.Time) error {
	var errs error
	for after := ""; ; {
		due, err := accounts.ClosingDue(s.DB.WithContext(ctx), now, after, perRun)
		if err != nil || len(due) == 0 {
			return errors.Join(errs, err)
		}
		for _, a := range due {
			if err := s.end(ctx, a); err != nil && !errors.Is(err, ErrHindered) {
				errs = errors.Join(errs, err)
			}
			after = a.ID
		}
	}
}

func (s *Service) end(ctx context.Context, a accounts.Account) error {
	keys, err := s.Keys(ctx, a)
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		st, err := s.state(tx, a)
		if err != nil {
			return err
		}
		if len(st.Hindrances) > 0 {
			s.Log.Info("an account that is to be closed waits", "account", a.ID, "hindrances", len(st.Hindrances))
			return ErrHindered
		}
		// Keys and belongings are found by the account's person, which it loses last.
		if err := keys(tx); err != nil {
			return err
		}
		if err := s.Leave(tx, a); err != nil {
			return err
		}
		closed, err := s.Accounts.Retire(tx, a)
		if err == nil && !closed {
			err = sqlstore.ErrConflict // its owner logged in: nothing of this happens
		}
		return err
	})
}
