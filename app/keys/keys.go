// Package keys enrols people's signing keys: the key is made on the person's device, proves that
// the device holds it, gets a certificate of the person's organisation, and is good once the chain
// holds that certificate. It promises that no private key comes here, that no certificate is issued
// without proof of possession, that a person has at most one live key, and that certificate and
// chain record are stored together or not at all. The certificate names an opaque person id,
// nobody's name.
package keys

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/act"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Times of a key.
const (
	ChallengeTTL = 5 * time.Minute
	ValidYears   = 2
	// the chain's block time may lag behind this clock; less than what an organisation's CA
	// backdates itself
	Backdate      = 30 * time.Minute
	RenewalPeriod = 60 * 24 * time.Hour
)

const (
	nonceBytes = 32
	day        = 24 * time.Hour
	// MaxPerDay is how many keys one person enrols in a day: each stays on the chain for ever.
	MaxPerDay = 20
)

// Errors of this package, beside invalid.ErrInput and gm's.
var (
	ErrNoKey      = errors.New("keys: no key is enrolled")
	ErrKeyPending = errors.New("keys: the key waits for the chain")
	ErrChallenge  = errors.New("keys: challenge is unknown, used or expired")
	ErrPossession = errors.New("keys: no proof that the device holds this key")
	ErrBadKey     = errors.New("keys: not a key of the SM2 curve, or not a request for one")
	ErrKeyKnown   = errors.New("keys: this key was enrolled before")
	ErrHasKey     = errors.New("keys: there is a live key; name it as replaced, or revoke it")
	ErrNotFound   = errors.New("keys: no such key")
	ErrRevoked    = errors.New("keys: key is revoked already")
	ErrTooMany    = errors.New("keys: too many keys in one day")
	ErrUnknown    = errors.New("keys: a real name must be bound first")
	ErrUnproven   = errors.New("keys: an administrator knew the password, and no key was enrolled since")
	ErrRole       = errors.New("keys: accounts of this role do not sign")
)

// State of a key.
type State string

// States of a key.
const (
	Pending State = "pending" // the chain moves next
	Active  State = "active"  // it may sign
	Refused State = "refused" // the chain refused it; an administrator must look
	Revoked State = "revoked"
	Expired State = "expired"
)

// Key is an enrolled key and its certificate.
type Key struct {
	ID          string    `json:"id" doc:"Id of the certificate: lower hex SM3 of its DER" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Person      string    `json:"person" example:"u7k2mq4xw5zt3yb6nc2da"`
	Org         string    `json:"org" example:"h1"`
	Role        string    `json:"role" example:"doctor"`
	PublicKey   string    `json:"publicKey" doc:"Uncompressed point, 130 hex digits" example:"04957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Certificate string    `json:"certificate" doc:"PEM" example:"-----BEGIN CERTIFICATE-----\nMIIB…\n-----END CERTIFICATE-----\n"`
	NotBefore   time.Time `json:"notBefore"`
	NotAfter    time.Time `json:"notAfter"`
	RenewFrom   time.Time `json:"renewFrom" doc:"From then on the device should offer to renew"`
	State       State     `json:"state" enum:"pending,active,refused,revoked,expired"`
	Record      string    `json:"record" doc:"Id of the enrolment's chain record" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Reason      string    `json:"reason,omitempty" doc:"Why it was revoked" example:"device lost"`
}

// Proof shows that a device holds the private key: either a signature over
// gm.NewEnrolment(publicKey, nonce), or a PKCS #10 request.
type Proof struct {
	PublicKey []byte // 65 bytes, uncompressed
	Nonce     []byte // the challenge
	Signature []byte // strict DER
	Request   []byte // DER; then the three above are empty
	Replaces  string // id of the live key that this one replaces (renewal)
	Consent   []byte // that live key's signature over ConsentText; strict DER
	Address   string // where the request comes from
}

// CA issues certificates in an organisation's name; consortium.Organisations does.
type CA interface {
	Issue(ctx context.Context, org string, tmpl pki.CertTemplate, pub *gm.PublicKey) (*pki.Certificate, error)
}

// Seals gives an organisation's seal; consortium.Organisations does.
type Seals interface {
	Seal(org string) (intent.Seal, error)
}

// Register tells whether a practitioner is in office; practitioners.Service does.
type Register interface {
	InOffice(ctx context.Context, person string) error
}

// Accounts knows administrators and keeps the security log; accounts.Service does.
type Accounts interface {
	MayManage(ctx context.Context, by accounts.Account, person string) error
	Independent(tx *gorm.DB, one, other string) (bool, error)
	// InCharge returns an administrator's account, and whether it is one whose word counts now;
	// Identified is accounts.ErrUnidentified for one whose own number was not entered.
	Identified(tx *gorm.DB, person string) error
	InCharge(tx *gorm.DB, id string) (accounts.Account, bool, error)
	Note(tx *gorm.DB, e securitylog.Event) error
	// Last is when something was last done to one of subjects, Unix milliseconds.
	Last(tx *gorm.DB, kind securitylog.Kind, subjects ...string) (int64, error)
	Origin(address string) string
	// Handed tells whether an administrator knew the password of a person's log-in, and when last;
	// 0: when it was made.
	Handed(tx *gorm.DB, person string) (at int64, handed bool, err error)
}

// People tells whether a patient has bound a real name; patients.Service does.
type People interface {
	Bound(ctx context.Context, person string) (bool, error)
}

// Config is what a Service needs.
type Config struct {
	DB       *sqlstore.DB
	ChainID  string
	CA       CA
	Seals    Seals
	Register Register
	Accounts Accounts
	People   People
	// PerAddress bounds the keys enrolled from one network in a day; 0: not bounded.
	PerAddress int
	// AtOnce are an organisation's administrators who approve a first key as soon as it is asked
	// for: a demo's. nil: nobody does.
	AtOnce func(org string) []accounts.Account
	Kick   func()           // wakes the relay after a commit; nil: it looks by itself
	Now    func() time.Time // nil: time.Now
}

// Service enrols and revokes keys. It is safe for concurrent use.
type Service struct{ Config }

// New makes a service.
func New(c Config) *Service {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Kick == nil {
		c.Kick = func() {}
	}
	return &Service{Config: c}
}

// room is the service as the pipeline of all steps sees it.
func (s *Service) room() act.Room[*gorm.DB] {
	r := act.On(s.DB, nil)
	r.Chain, r.Now, r.Kick = s.ChainID, s.Now, s.Kick
	r.Seal = func(_ context.Context, org string) (intent.Seal, error) { return s.Seals.Seal(org) }
	return r
}

// sealed makes a certificate's step; nobody signs these in person.
func (s *Service) sealed(ctx context.Context, cert string, d intent.Draft, at time.Time) (act.Signed, error) {
	d.Subject = chain.SubjectCert + cert
	signed, err := s.room().Sealed(ctx, d, at)
	if err != nil {
		err = fmt.Errorf("keys: record of %s: %w", cert, err)
	}
	return signed, err
}

// append puts a certificate's step into the outbox.
func (s *Service) append(tx *gorm.DB, signed act.Signed) error {
	return s.room().Log(tx).Append(signed.Statement.Subject, signed)
}

// signers are the roles that sign; their certificates carry the role of the same name.
var signers = []accounts.Role{accounts.Patient, accounts.Doctor, accounts.Reviewer, accounts.Dispenser}
