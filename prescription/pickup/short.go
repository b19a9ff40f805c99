// Package pickup is the short pick-up code that a patient reads out where nothing can be scanned.
package pickup

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/ground"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/reading"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/view"
)

// A short code (短取药码) stands for the long one where nothing can be scanned: eight digits, good at
// the one pharmacy that the patient chose, together with the last four characters of a phone or
// document number. This application resolves it to the access code of the next claim. The ledger
// never hears of it: it checks the access code, as for a scanned one.

// Shorts gives and opens short codes.
type Shorts struct {
	ground.Ground
	Reading    *reading.Reading
	Pharmacies func() []string // member ids of those served here at this moment
	// Tails are the last four characters of these persons' phone and document numbers; nil: there
	// are no short codes.
	Tails func(tx *gorm.DB, persons ...string) ([]string, error)
}

// Limits of short codes.
const (
	// personMisses and pharmacyMisses bound wrong codes of an hour: of one pharmacist, so that
	// nobody's mistakes are the colleagues', and of the pharmacy.
	personMisses   = 20
	pharmacyMisses = 100
	// shortTries is how often a code is drawn until no other patient of that pharmacy has it.
	shortTries = 5
)

// Errors of short codes.
var (
	// ErrNoShort: a short code needs a chosen pharmacy that is served here, and a number of the
	// patient's on file.
	ErrNoShort = errors.New("prescription: no short code without a chosen pharmacy served here and a number on file")
	// ErrShortRate: too many wrong short codes in this hour.
	ErrShortRate error = shortRate{}
)

// shortRate knows when to ask again; After is in seconds.
type shortRate struct{ after int }

func (shortRate) Error() string        { return "prescription: too many wrong short codes" }
func (r shortRate) RetryAfter() int    { return r.after }
func (shortRate) Is(target error) bool { _, ok := target.(shortRate); return ok }

// ShortCode is what the patient is given.
type ShortCode struct {
	Code      string    `json:"code" doc:"Eight digits" example:"40718263"`
	Pharmacy  string    `json:"pharmacy" doc:"Member id; it is good there alone" example:"p1"`
	ExpiresAt time.Time `json:"expiresAt" doc:"End of the prescription's validity, exclusive; a claim ends it earlier"`
}

// ShortCode gives the patient the short code for the chosen pharmacy, the same one as long as it is
// good: ErrNotFound, ErrStatus while it is not paid or held, ErrNoShort.
func (s *Shorts) ShortCode(ctx context.Context, a intent.Actor, cmd sqlstore.Command, id string) (*ShortCode, error) {
	for try := 1; ; try++ {
		c, _, err := sqlstore.Answer[*ShortCode](s.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
			return s.shortCode(tx, a, id)
		}))
		if !sqlstore.IsDuplicate(err) || try == shortTries {
			return c, err
		}
	}
}

func (s *Shorts) shortCode(tx *gorm.DB, a intent.Actor, id string) (*ShortCode, error) {
	p, err := s.Load(tx, id)
	if err != nil {
		return nil, err
	}
	if a.Role != chain.RolePatient || lifecycle.MaySee(a, p, "").Sight != lifecycle.Everything {
		return nil, prescription.ErrNotFound
	}
	if p.Status() != prescription.Paid || p.Lapsed(s.Time()) {
		return nil, fmt.Errorf("%w: a short code is for one that is paid and not claimed", prescription.ErrStatus)
	}
	choice, err := s.Store.Choice(tx, p.ID())
	if err != nil {
		return nil, err
	}
	if choice == nil || !slices.Contains(s.Pharmacies(), choice.Pharmacy) || s.Tails == nil {
		return nil, ErrNoShort
	}
	c, err := s.Store.Short(tx, p.ID())
	if err != nil {
		return nil, err
	}
	tails, err := s.Tails(tx, p.State().Patient.Person, a.Person)
	if err != nil {
		return nil, err
	}
	if c == nil || !c.Good(p.Status(), p.Seq(), choice.Pharmacy, s.Time()) {
		c = &redemption.Short{ID: p.ID(), Pharmacy: choice.Pharmacy, Code: redemption.DrawShort(), Seq: p.Seq(),
			Ends: p.State().ExpiresAt.UTC()}
	}
	if c.Learn(tails) {
		if err := s.Store.KeepShort(tx, *c, s.Time()); err != nil {
			return nil, err
		}
	}
	if len(c.Tails) == 0 {
		return nil, ErrNoShort
	}
	return &ShortCode{Code: c.Code, Pharmacy: c.Pharmacy, ExpiresAt: c.Ends}, nil
}

// Found is what a short code opened.
type Found struct {
	Prescription *view.View `json:"prescription"`
	Pickup       string     `json:"pickup" doc:"The long code, for the claim" example:"RXP1:RX20261122012345678947:K7QM2XW5ZT3YB6NC2DAJ4HRLGPSFVGVEK7QM2XW5ZT3YB6NC2DAJ"`
}

// LookupShort is Lookup by a short code and the last four characters of a number: ErrRole,
// ErrBadToken whatever does not fit, ErrShortRate. An attempt is counted before it is judged, so
// that parallel ones cannot pass together.
func (s *Shorts) LookupShort(ctx context.Context, a intent.Actor, code, tail string) (*Found, error) {
	if a.Role != chain.RoleDispenser || a.Org == "" {
		return nil, prescription.ErrRole
	}
	var token redemption.Token
	var refused error
	err := s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		token, refused, err = s.resolveShort(tx, a, code, tail)
		return err
	})
	if err == nil {
		err = refused // what was counted stays
	}
	if err != nil {
		return nil, err
	}
	v, err := s.Reading.Show(ctx, a, string(token.ID), token.AccessCode)
	if errors.Is(err, prescription.ErrNotFound) {
		err = redemption.ErrBadToken
	}
	if err != nil {
		return nil, err
	}
	return &Found{Prescription: v, Pickup: token.String()}, nil
}

// resolveShort counts and judges one attempt; refused is an answer that commits what was counted.
func (s *Shorts) resolveShort(tx *gorm.DB, a intent.Actor, code, tail string) (t redemption.Token, refused,
	err error) {
	now := s.Time()
	hour := now.Unix() / 3600
	scopes := []struct {
		name string
		most int
	}{{"person/" + a.Person, personMisses}, {"pharmacy/" + a.Org, pharmacyMisses}}
	for _, scope := range scopes {
		n, err := s.Store.CountMiss(tx, scope.name, hour, 1)
		if err != nil {
			return t, nil, err
		}
		if n > scope.most {
			return t, shortRate{int((hour+1)*3600 - now.Unix())}, nil
		}
	}
	c, err := s.Store.ShortBy(tx, a.Org, code)
	if err != nil || c == nil {
		return t, redemption.ErrBadToken, err
	}
	p, err := s.Store.Load(tx, c.ID)
	if err != nil {
		return t, nil, err
	}
	choice, err := s.Store.Choice(tx, c.ID)
	if err != nil || choice == nil || !c.Good(p.Status(), p.Seq(), choice.Pharmacy, now) {
		return t, redemption.ErrBadToken, err
	}
	if !c.Fits(tail) {
		return t, redemption.ErrBadToken, s.Store.MissShort(tx, c.ID)
	}
	for _, scope := range scopes { // it was right
		if _, err := s.Store.CountMiss(tx, scope.name, hour, -1); err != nil {
			return t, nil, err
		}
	}
	return redemption.Token{ID: p.ID(), AccessCode: p.State().AccessCode}, nil, nil
}
