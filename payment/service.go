package payment

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/act"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment/bureau"
)

// Prescriptions is what this room needs of the prescription room.
type Prescriptions interface {
	// Payable is the bill of a prescription that the actor may pay and that can be paid now:
	// ErrNotFound for everybody else, whatever its status, ErrRole for a guardian whose signature
	// it does not take, and ErrNotPayable.
	Payable(ctx context.Context, rx string, actor intent.Actor) (Bill, error)
	// MarkPaid tells that a settlement paid it; repeating is harmless. ErrNotPayable when it was
	// cancelled or expired meanwhile: the money then goes back. Any other error is tried again.
	MarkPaid(ctx context.Context, rx, settlement string) error
	// MarkRefunded tells that the money went back; repeating is harmless.
	MarkRefunded(ctx context.Context, rx, settlement string) error
	// RefundDue lists at most limit prescriptions that were paid, are cancelled or expired, and not
	// marked refunded.
	RefundDue(ctx context.Context, limit int) ([]string, error)
}

// Alarm is something a person must look at. It holds no personal data.
type Alarm struct {
	// stable: "insurer-dishonest", "insurer-other-amounts", "insurer-forged", "refund-refused",
	// "books-differ", "stuck", "unreadable", "desk", "desk-decided", "desk-contradicted",
	// "desk-unconfirmed"
	Kind       string
	Settlement string
	Detail     string
}

// Config is what a Service is made of. Kick and Alarm may be nil, everything else is needed.
type Config struct {
	Chain         string // chain id
	Store         Store
	Insurer       bureau.Insurer
	Prescriptions Prescriptions
	Hospital      string                      // its member id
	Seal          func() (intent.Seal, error) // the hospital's in force
	Now           func() time.Time
	Kick          func()      // called after a commit that appended a record: wakes the relay
	Alarm         func(Alarm) // called for each alarm; must return quickly
}

// Service is the payment room's door. Methods are safe for concurrent use, also by several
// processes on one database.
type Service struct {
	Config
	unrefunded sqlstore.PutOff // prescriptions whose refund could not be begun
}

// New checks the configuration.
func New(c Config) (*Service, error) {
	if c.Chain == "" || c.Store == nil || c.Insurer == nil || c.Prescriptions == nil || c.Hospital == "" ||
		c.Seal == nil || c.Now == nil {
		return nil, errors.New("payment: chain, store, insurer, prescriptions, hospital, seal and clock are needed")
	}
	if c.Kick == nil {
		c.Kick = func() {}
	}
	if c.Alarm == nil {
		c.Alarm = func(Alarm) {}
	}
	return &Service{Config: c}, nil
}

// room is the service as the pipeline of all steps sees it.
func (s *Service) room() act.Room[Tx] {
	return act.Room[Tx]{
		Chain: s.Chain, Prefix: chain.SubjectPay, Now: s.Now, Kick: s.Kick, Stale: ErrStale,
		Seal: func(context.Context, string) (intent.Seal, error) { return s.Seal() },
		Read: s.Store.Read, Once: s.Store.Once, Log: func(tx Tx) act.Log { return tx.Log },
	}
}

const idBytes = 12 // random bytes of a card's id

func newID(prefix string) (string, error) {
	b := make([]byte, idBytes)
	if _, err := rand.Read(b); err != nil {
		return "", fmt.Errorf("payment: random source: %w", err)
	}
	return prefix + hex.EncodeToString(b), nil
}
