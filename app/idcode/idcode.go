// Package idcode is the code by which a patient says who it is inside the hospital (身份码): a QR on
// the patient's screen that staff in office scan. It promises that a code says nothing to who
// merely sees it, that it is good for a minute and a half and for one reader, that no reader learns
// more than its role has of this very patient, and that each reading is a line of the patient's
// access log before anything is shown. It does not hand out medicine: a claim needs the pick-up
// code.
//
// A code is sealed under the installation's key and kept nowhere, so every instance reads every
// code, and who writes into Redis makes none. Redis counts attempts, and who was first to read.
package idcode

import (
	"context"
	"encoding/base32"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/patients/profile"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/prescription/pharmacy"
)

// Limits of a code.
const (
	TTL      = 90 * time.Second
	Renew    = 60 * time.Second // after which the patient's screen asks for the next one
	MaxWrong = 10               // codes that open nothing, of one account within WrongFor
	WrongFor = 15 * time.Minute

	// skew is how far the clocks of two instances may lie apart.
	skew = 10 * time.Second
	// scheme begins a code, so that a scanner knows it from a pick-up code.
	scheme = "HID1"
	// sealedFor binds the seal to this use of the installation's key.
	sealedFor = "idcode/1"
)

// Errors of a code. Only staff in office get to them. Expired and used say that the code was made
// here; foreign says what the code itself says in clear; anything else is unknown.
var (
	ErrUnknown = errors.New("idcode: no code of this hospital")
	ErrForeign = errors.New("idcode: another hospital's code")
	ErrExpired = errors.New("idcode: the code has expired")
	ErrUsed    = errors.New("idcode: somebody else has read this code")
	ErrRole    = errors.New("idcode: this role identifies nobody")
	// ErrTooMany: too many codes that opened nothing.
	ErrTooMany error = tooMany{}
)

// tooMany knows when to come again; after is in seconds.
type tooMany struct{ after int }

func (tooMany) Error() string        { return "idcode: too many codes that open nothing" }
func (r tooMany) RetryAfter() int    { return r.after }
func (tooMany) Is(target error) bool { _, ok := target.(tooMany); return ok }

// People is what the patients' room tells.
type People interface {
	// Get is the profile of a person for whom actor has the right of the context:
	// profile.ErrNotFound.
	Get(ctx context.Context, actor, person string) (profile.Profile, error)
	// Known are the ids by which a person is and was known, the one of now first.
	Known(ctx context.Context, person string) ([]string, error)
	// Identified notes that staff read a person's code, and says who it is.
	Identified(ctx context.Context, staff accounts.Account, person string) (patients.DeskRecord, error)
}

// Service gives and reads codes.
type Service struct {
	Box interface {
		Seal(plaintext []byte, context string) ([]byte, error)
		Open(box []byte, context string) ([]byte, error)
		Index(value, context string) string
	}
	Redis    *redis.Client
	Hospital string // member id
	People   People
	// Visit is the open visit of a doctor with one of the ids of a patient, and its state; empty:
	// none.
	Visit func(ctx context.Context, doctor string, patient []string) (id, state string, err error)
	// Ready are the prescriptions of a patient that wait at the reader's own pharmacy.
	Ready func(ctx context.Context, a intent.Actor, patient []string) ([]pharmacy.Ready, error)
	Now   func() time.Time
}

// Code is what the patient's screen shows. It counts by its own clock, which may be wrong: so how
// long it is good is said in seconds too.
type Code struct {
	Code      string    `json:"code" doc:"Text of the QR code; it says nothing by itself" example:"HID1:H1:MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43UOV3HO6DZPIYTEMZUGU3DOOBZ"`
	Name      string    `json:"name" doc:"Of whom it is, for the patient's own screen" example:"陈晓燕"`
	ExpiresAt time.Time `json:"expiresAt"`
	Seconds   int       `json:"seconds" doc:"It is good for so long" example:"90"`
	Renew     int       `json:"renew" doc:"Ask for the next one after so many seconds" example:"60"`
}

var (
	letters = base32.StdEncoding.WithPadding(base32.NoPadding)
	reCode  = regexp.MustCompile(`^HID1:([A-Z0-9._-]{1,32}):([A-Z2-7]{40,400})$`)
)

// ticket is what a code seals: who shows it, whose it is and from when on.
type ticket struct {
	person, by string
	at         time.Time
}

// Give makes a code of a person for whom actor may act: profile.ErrNotFound, patients.ErrNotBound
// for one without a real name.
func (s *Service) Give(ctx context.Context, actor, person string) (Code, error) {
	p, err := s.People.Get(ctx, actor, person)
	if err != nil {
		return Code{}, err
	}
	if !p.Bound() {
		return Code{}, patients.ErrNotBound
	}
	now := s.Now()
	text := strings.Join([]string{person, actor, strconv.FormatInt(now.UnixMilli(), 10)}, "\n")
	sealed, err := s.Box.Seal([]byte(text), sealedFor+"/"+s.Hospital)
	if err != nil {
		return Code{}, err
	}
	return Code{Code: scheme + ":" + strings.ToUpper(s.Hospital) + ":" + letters.EncodeToString(sealed),
		Name: patients.ViewOf(p).Name, ExpiresAt: now.Add(TTL).UTC().Truncate(time.Millisecond),
		Seconds: int(TTL / time.Second), Renew: int(Renew / time.Second)}, nil
}

// open reads what a code seals: ErrUnknown, ErrForeign.
func (s *Service) open(code string) (t ticket, err error) {
	m := reCode.FindStringSubmatch(code)
	if m == nil {
		return t, ErrUnknown
	}
	if m[1] != strings.ToUpper(s.Hospital) {
		return t, ErrForeign
	}
	sealed, err := letters.DecodeString(m[2])
	if err != nil || letters.EncodeToString(sealed) != m[2] { // one text a code: no bits to turn behind the last one
		return t, ErrUnknown
	}
	text, err := s.Box.Open(sealed, sealedFor+"/"+s.Hospital)
	if err != nil {
		return t, ErrUnknown
	}
	parts := strings.Split(string(text), "\n")
	if len(parts) != 3 {
		return t, ErrUnknown
	}
	ms, err := strconv.ParseInt(parts[2], 10, 64)
	if err != nil {
		return t, ErrUnknown
	}
	return ticket{person: parts[0], by: parts[1], at: time.UnixMilli(ms)}, nil
}

// Shown is what a code opens to its reader: of a patient that has nothing to do with the reader's
// work, no more than that.
type Shown struct {
	Name   string           `json:"name,omitempty" doc:"Absent where nothing of this patient waits at the reader's" example:"陈晓燕"`
	Proven bool             `json:"proven" doc:"The name was proven, by the insurance bureau or at the desk; false: it was typed, or none is shown"`
	Visit  *Visit           `json:"visit,omitempty" doc:"A doctor's: the visit that is open between the two"`
	Ready  []pharmacy.Ready `json:"ready,omitempty" doc:"A pharmacy's: what waits there. A claim still needs the pick-up code"`
	Record *DeskRecord      `json:"record,omitempty" doc:"The hospital's desk: who it is and how sure that is"`
}

// DeskRecord is patients.DeskRecord.
type DeskRecord = patients.DeskRecord

// Visit is a doctor's open visit with the patient.
type Visit struct {
	ID    string `json:"id" example:"CN20261122012345678947"`
	State string `json:"state" enum:"requested,accepted,active"`
}

// Read opens a code for a member of staff, who is in office. The reading is noted for the patient
// first. Errors: ErrRole, ErrTooMany, ErrUnknown, ErrForeign, ErrExpired, ErrUsed.
func (s *Service) Read(ctx context.Context, staff accounts.Account, a intent.Actor, code string) (Shown, error) {
	switch staff.Role {
	case accounts.Doctor, accounts.Dispenser, accounts.Admin:
	default:
		return Shown{}, ErrRole
	}
	if err := s.count(ctx, staff.ID); err != nil {
		return Shown{}, err
	}
	code = strings.ToUpper(strings.Join(strings.Fields(code), "")) // one form: whoever was first read whatever spelling
	t, err := s.open(code)
	if err != nil {
		return Shown{}, err // and the attempt stays counted
	}
	if err := s.good(ctx, staff.ID, code, t); err != nil {
		return Shown{}, err
	}
	known, err := s.People.Known(ctx, t.person)
	if err != nil {
		return Shown{}, err
	}
	record, err := s.People.Identified(ctx, staff, known[0])
	if err != nil {
		return Shown{}, err
	}
	return s.shown(ctx, staff, a, record, known)
}

// good tells whether a code that was made here may be read by this account now. Neither an expired
// nor a used one counts as a wrong attempt: a slow patient is not an attack.
func (s *Service) good(ctx context.Context, account, code string, t ticket) error {
	if err := s.giveBack(ctx, account); err != nil {
		return err
	}
	age := s.Now().Sub(t.at)
	if age >= TTL || age < -skew {
		return ErrExpired
	}
	key := "idcode-read:" + s.Box.Index(code, sealedFor)
	first, err := s.Redis.SetNX(ctx, key, account, TTL+skew).Result()
	if err != nil {
		return err
	}
	if !first { // the same reader may ask again when the answer was lost
		if was, err := s.Redis.Get(ctx, key).Result(); err != nil || was != account {
			return errors.Join(ErrUsed, err)
		}
	}
	// A right that was taken back meanwhile takes its codes along.
	if _, err = s.People.Get(ctx, t.by, t.person); errors.Is(err, profile.ErrNotFound) {
		return ErrExpired
	}
	return err
}

func (s *Service) shown(ctx context.Context, staff accounts.Account, a intent.Actor, record patients.DeskRecord,
	known []string) (out Shown, err error) {
	switch staff.Role {
	case accounts.Admin:
		out.Record = &record
	case accounts.Doctor:
		id, state, err := s.Visit(ctx, staff.Person, known)
		if err != nil || id == "" {
			return out, err
		}
		out.Visit = &Visit{ID: id, State: state}
	default:
		if out.Ready, err = s.Ready(ctx, a, known); err != nil || len(out.Ready) == 0 {
			return out, err
		}
	}
	out.Name, out.Proven = record.Name, record.Claim == profile.Proven
	return out, nil
}

func (s *Service) wrongKey(account string) string {
	return "idcode-wrong:" + s.Box.Index(account, "idcode.wrong")
}

// giveBack takes an attempt off the count. One whose count has ended meanwhile leaves none.
func (s *Service) giveBack(ctx context.Context, account string) error {
	n, err := s.Redis.Decr(ctx, s.wrongKey(account)).Result()
	if err != nil || n > 0 {
		return err
	}
	return s.Redis.Del(ctx, s.wrongKey(account)).Err()
}

// count takes an attempt before it is looked at, so that those of one moment, also at two
// instances, are no more than those one after another. The count and its end are written at once: a
// count without an end would lock the account out for ever.
func (s *Service) count(ctx context.Context, account string) error {
	var n *redis.IntCmd
	var left *redis.DurationCmd
	_, err := s.Redis.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.SetNX(ctx, s.wrongKey(account), 0, WrongFor)
		n = p.Incr(ctx, s.wrongKey(account))
		left = p.TTL(ctx, s.wrongKey(account))
		return nil
	})
	if err != nil {
		return err
	}
	if n.Val() > MaxWrong {
		return tooMany{after: max(1, int(left.Val()/time.Second))}
	}
	return nil
}
