package service

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

// A claim is a lease: it ends by itself, is renewed once at most, and a patient who did not give
// the code says so. On a chain of record schema 1 only the application knows the lease: it stops
// the handing out after its end, and the pharmacy gives the claim back.

// RenewInput goes on holding.
type RenewInput struct {
	Secret string `json:"secret" doc:"Secret of the claim" minLength:"52" maxLength:"52" example:"K7QM2XW5ZT3YB6NC2DAJ4HRLGPSFVGVEK7QM2XW5ZT3YB6NC2DAJ"`
}

// ContestInput is empty: the patient's signature says it all.
type ContestInput struct{}

// PrepareRenew prepares that the holding pharmacy goes on holding, once a claim: ErrRole,
// ErrNotHolder, ErrStatus, ErrRefused, ErrClaimUnconfirmed.
func (s *Service) PrepareRenew(ctx context.Context, a intent.Actor, id string, in RenewInput) (*intent.Intent, error) {
	return s.prepare(ctx, a, chain.KindRenew, id, in)
}

// PrepareContest prepares the patient's word that the claim, or the handing out, was not theirs:
// ErrRole, ErrNotFound, ErrStatus.
func (s *Service) PrepareContest(ctx context.Context, a intent.Actor, id string,
	in ContestInput) (*intent.Intent, error) {
	return s.prepare(ctx, a, chain.KindContest, id, in)
}

// AskRelease tells the holding pharmacy that the patient wants the prescription back. Nobody signs:
// it binds nobody, and after the lease's end the hospital gives the lock back by itself. Asking
// again changes nothing. ErrRole, ErrNotFound, ErrStatus.
func (s *Service) AskRelease(ctx context.Context, a intent.Actor, cmd sqlstore.Command, id string) error {
	if a.Role != chain.RolePatient {
		return prescription.ErrRole
	}
	_, _, err := s.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		p, err := s.Load(tx, id)
		if err != nil {
			return nil, err
		}
		if lifecycle.MaySee(a, p, "").Sight != lifecycle.Everything {
			return nil, prescription.ErrNotFound
		}
		if changed, err := p.AskBack(s.Time()); err != nil || !changed {
			return nil, err
		}
		return nil, s.Store.Save(tx, p, nil, nil)
	})
	return err
}

// LapseDue gives back at most limit locks whose claim's time is over at now, and says how many. The
// caller repeats it, say every minute.
func (s *Service) LapseDue(ctx context.Context, now time.Time, limit int) (int, error) {
	if s.schema(ctx) < chain.Schema2 {
		return 0, nil
	}
	f := lifecycle.Filter{Statuses: []prescription.Status{prescription.Claimed}, Own: true, LeasedUntil: now}
	return s.sweep(ctx, f, now, limit, &s.unlapsed,
		func(p *lifecycle.Prescription, t lifecycle.When) (lifecycle.Plan, error) { return p.PlanLapse(t) })
}

// schema is the newest version of statements that the chain takes and this program writes.
func (s *Service) schema(ctx context.Context) int {
	if s.Schema == nil {
		return chain.Version
	}
	return min(s.Schema(ctx), chain.Newest)
}
