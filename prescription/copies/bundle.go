package copies

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/evidence"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/bundle"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/view"
)

// Errors of bundles.
var (
	// ErrNoPharmacy: no pharmacy is served by this application, so nobody could hand out what a
	// bundle is for.
	ErrNoPharmacy = errors.New("prescription: no pharmacy is served here")
	// ErrBundleEarly: the chain's node here does not hold the prescription yet; it catches up by
	// itself.
	ErrBundleEarly error = early{}
	// ErrClaimLost: the pharmacy's claim came second on the chain, and was taken back.
	ErrClaimLost = errors.New("prescription: another step was first on the chain, and the claim was taken back")
)

type early struct{}

func (early) Error() string { return "prescription: not on this node's chain yet" }

// RetryAfter is in seconds.
func (early) RetryAfter() int { return 2 }

// unsealed is chain.ErrNotSealed with the time to wait.
type unsealed struct{}

func (unsealed) Error() string   { return chain.ErrNotSealed.Error() }
func (unsealed) Unwrap() error   { return chain.ErrNotSealed }
func (unsealed) RetryAfter() int { return 1 }

// Bundle makes what a patient carries to a pharmacy of another application, from the payment until
// the end: ErrBadID, ErrNotFound for everybody else, ErrStatus, chain.ErrNotSealed while its
// records are on their way. A new one is as good as the one before.
func (s *Copies) Bundle(ctx context.Context, a intent.Actor, id string) (*bundle.Bundle, error) {
	db := s.DB.WithContext(ctx)
	p, err := s.Load(db, id)
	if err != nil {
		return nil, err
	}
	if a.Role != chain.RolePatient || lifecycle.MaySee(a, p, "").Sight != lifecycle.Everything {
		return nil, prescription.ErrNotFound
	}
	if p.Status() != prescription.Paid && p.Status() != prescription.Claimed {
		return nil, fmt.Errorf("%w: a bundle is for one that is paid and not handed out", prescription.ErrStatus)
	}
	events, err := s.Store.Events(db, p.ID())
	if err != nil {
		return nil, err
	}
	b := &bundle.Bundle{V: bundle.Version, Prescription: p.ID(), AccessCode: p.State().AccessCode}
	for i, want := range bundle.Steps {
		head, err := lifecycle.Read[document.Head](events[i])
		if err != nil {
			return nil, err
		}
		if !slices.Contains(want.Schemas, head.Schema) {
			return nil, fmt.Errorf("%w: it was paid before bundles were known", prescription.ErrStatus)
		}
		r, err := s.Ledger.Receipt(ctx, events[i].Record)
		if errors.Is(err, chain.ErrNotFound) || errors.Is(err, chain.ErrNotSealed) {
			return nil, unsealed{}
		}
		if err != nil {
			return nil, err
		}
		b.Evidence = append(b.Evidence, evidence.Evidence{Receipt: r, Document: events[i].Document,
			Salt: events[i].Salt})
	}
	return b, nil
}

// PickupCodes are the access codes that the patient's own device keeps for the time when the
// hospital's server is away: that of the next claim and those of the claims after it, in the order
// in which they are revealed. Who has them may have the prescription claimed; no pharmacy is given
// more than the next one. Errors as Bundle's but chain.ErrNotSealed.
func (s *Copies) PickupCodes(ctx context.Context, a intent.Actor, id string) ([]string, error) {
	p, err := s.Load(s.DB.WithContext(ctx), id)
	if err != nil {
		return nil, err
	}
	if a.Role != chain.RolePatient || lifecycle.MaySee(a, p, "").Sight != lifecycle.Everything {
		return nil, prescription.ErrNotFound
	}
	if p.Status() != prescription.Paid && p.Status() != prescription.Claimed {
		return nil, fmt.Errorf("%w: codes are for one that is paid and not handed out", prescription.ErrStatus)
	}
	return p.Codes(), nil
}

// Received is what an application says of a prescription that a bundle brought.
type Received struct {
	ID           prescription.ID     `json:"id" example:"RX20261122012345678947"`
	Status       prescription.Status `json:"status" doc:"Where it stands; paid: a pharmacy served here may claim it now" example:"paid"`
	Hospital     string              `json:"hospital" doc:"Hospital's member id" example:"h1"`
	HospitalName string              `json:"hospitalName" example:"仁济智慧医院"`
	ExpiresAt    time.Time           `json:"expiresAt" doc:"End of its validity, exclusive"`
	Pickup       string              `json:"pickup" doc:"The pick-up code, which opens it at this application's pharmacies from now on" example:"RXP1:RX20261122012345678947:K7QM2XW5ZT3YB6NC2DAJ4HRLGPSFVGVEK7QM2XW5ZT3YB6NC2DAJ"`
}

// Receive takes a bundle: it checks every part offline, asks the own node's ledger where the
// prescription stands now, and keeps a copy that the pick-up code opens for the pharmacies served
// here. Whoever brings the bundle needs no account: it proves itself. Bringing it again is fine.
// ErrBundle, ErrNoPharmacy, ErrBundleEarly, ErrHeld (*HeldError), ErrStatus once it has ended,
// ErrRefused after its validity.
func (s *Copies) Receive(ctx context.Context, raw []byte) (*Received, error) {
	if len(s.Shelves.Pharmacies()) == 0 {
		return nil, ErrNoPharmacy
	}
	b, err := bundle.Parse(raw)
	if err != nil {
		return nil, err
	}
	p, err := s.Store.Load(s.DB.WithContext(ctx), b.Prescription)
	if err != nil && !errors.Is(err, prescription.ErrNotFound) {
		return nil, err
	}
	// with another code nobody learns that it is here: the payment's document refuses it
	if err != nil || !p.Knows(b.AccessCode) {
		fresh, events, err := s.examine(ctx, b, s.Time())
		if err != nil {
			return nil, err
		}
		err = s.DB.Tx(ctx, func(tx *gorm.DB) error { return s.Store.Receive(tx, fresh, events) })
		if err != nil && !errors.Is(err, lifecycle.ErrExists) { // brought twice at once
			return nil, err
		}
	}
	if err := s.CatchUp(ctx, b.Prescription, 0); err != nil { // what the ledger took since it was asked
		return nil, err
	}
	if p, err = s.Store.Load(s.DB.WithContext(ctx), b.Prescription); err != nil {
		return nil, err
	}
	return &Received{
		ID: p.ID(), Status: p.Status(), Hospital: p.State().Hospital, HospitalName: p.State().HospitalName,
		ExpiresAt: p.State().ExpiresAt.UTC(),
		Pickup:    redemption.Token{ID: b.Prescription, AccessCode: b.AccessCode}.String(),
	}, nil
}

// examine makes the copy of a bundle that holds and whose prescription can be claimed now.
func (s *Copies) examine(ctx context.Context, b *bundle.Bundle, now time.Time) (*lifecycle.Prescription,
	[]lifecycle.Event, error) {
	o, err := b.Open(func(r *chain.Receipt) error { return s.Verify(ctx, r) }, now)
	if err != nil {
		return nil, nil, err
	}
	if _, err := s.Seal(ctx, o.Issue.Org); err == nil {
		return nil, nil, bundle.Bad("of a hospital served here, which does not know it")
	}
	p, err := bundle.Copy(b, o, s.Formulary, now)
	if err != nil {
		return nil, nil, err
	}
	live, err := s.Ledger.Records(ctx, p.ID().Subject())
	if err != nil && !errors.Is(err, chain.ErrNotFound) {
		return nil, nil, err
	}
	if len(live) < len(o.Events) {
		return nil, nil, ErrBundleEarly
	}
	for i, ev := range o.Events {
		if live[i].ID != ev.Record {
			return nil, nil, bundle.Bad("evidence[%d]: not the record on the chain", i)
		}
	}
	state, err := s.Ledger.Subject(ctx, p.ID().Subject())
	if err != nil {
		return nil, nil, err
	}
	switch {
	case state.Status == chain.StatusClaimed && !slices.Contains(s.Shelves.Pharmacies(), state.Holder):
		return nil, nil, &lifecycle.HeldError{Since: live[len(live)-1].Time}
	case state.Status != chain.StatusPaid && state.Status != chain.StatusClaimed:
		return nil, nil, fmt.Errorf("%w: %s by the chain", prescription.ErrStatus, state.Status)
	case state.Status == chain.StatusPaid && state.Pickup != "" && !redemption.Follows(state.Pickup, b.AccessCode):
		return nil, nil, bundle.Bad("accessCode: used already; take a new bundle")
	case p.Lapsed(now):
		return nil, nil, p.TooLate()
	}
	return p, o.Events, nil
}

// Keeping of received copies.
const (
	// keepUnused is how long a copy that no pharmacy served here took stays after its validity:
	// long enough to answer the patient who asks why.
	keepUnused = 24 * time.Hour
	// keepDispensed is how long the dispenser keeps a prescription sold online: five years
	// (药品网络销售监督管理办法, 2022, art. 18).
	keepDispensed = 5 * 366 * 24 * time.Hour
)

// ForgetReceived deletes at most limit received copies that are no longer needed and says how many.
// What the chain and the outbox hold stays: there is nothing personal in it.
func (s *Copies) ForgetReceived(ctx context.Context, now time.Time, limit int) (int, error) {
	list, err := s.Store.Forgettable(s.DB.WithContext(ctx), now.Add(-keepUnused), now.Add(-keepDispensed), limit)
	if err != nil {
		return 0, err
	}
	done := 0
	err = sqlstore.Each(ctx, list, func(id prescription.ID) error {
		if err := s.DB.Tx(ctx, func(tx *gorm.DB) error { return s.Store.Forget(tx, id) }); err != nil {
			return fmt.Errorf("forget %s: %w", id, err)
		}
		done++
		return nil
	})
	return done, err
}

// AddLost adds the steps that lost their place to the view of those who may have taken one of
// them.
func (s *Copies) AddLost(db *gorm.DB, p *lifecycle.Prescription, a intent.Actor, v *view.View) (err error) {
	if v.Content != nil && a.Role != chain.RoleDispenser {
		v.Content.Lost, err = s.Store.Lost(db, p.ID())
	}
	return err
}

// LostClaim tells a pharmacy that is not the holder, but had claimed, why: ErrClaimLost; otherwise
// ErrNotHolder.
func (s *Copies) LostClaim(ctx context.Context, id prescription.ID, pharmacy string) error {
	lost, err := s.Store.Lost(s.DB.WithContext(ctx), id)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(lost, func(l lifecycle.LostStep) bool {
		return l.Kind == chain.KindClaim &&
			l.Org == pharmacy
	}) {
		return ErrClaimLost
	}
	return lifecycle.ErrNotHolder
}
