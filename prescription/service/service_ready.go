package service

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
)

// MarkReady tells the patient that the holding pharmacy has the medicine prepared (可取药). It
// promises nothing that the chain has to keep: the handing out does, so nobody signs here, and
// telling it again changes nothing. A claim the chain has not taken may turn out to be another
// pharmacy's, and nobody is called to the counter for it: ErrClaimUnconfirmed, ErrClaimRefused.
// ErrNotHolder, ErrStatus.
func (s *Service) MarkReady(ctx context.Context, a intent.Actor, cmd sqlstore.Command, id string) error {
	record, refused := s.mayCall(ctx, a, id)
	_, _, err := s.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		// judged in here: a repeated command gets its first answer although the medicine has been
		// handed out since
		if refused != nil {
			return nil, refused
		}
		p, err := s.load(tx, id)
		if err != nil {
			return nil, err
		}
		if err := p.ready(a.Org, record, s.now()); err != nil {
			return nil, err
		}
		return nil, s.Store.Save(tx, p, nil, nil)
	})
	return err
}

// mayCall returns the record of the claim that the chain has taken. It asks the chain, so it works
// outside the transaction.
func (s *Service) mayCall(ctx context.Context, a intent.Actor, id string) (record string, err error) {
	p, err := s.load(s.DB.WithContext(ctx), id)
	if errors.Is(err, prescription.ErrNotFound) {
		err = ErrNotHolder // as for one that another pharmacy holds
	}
	if err != nil {
		return "", err
	}
	if err := p.holds(a.Org); err != nil {
		return "", err
	}
	fate, err := s.Confirmations.Fate(ctx, p.s.Claim.Record)
	if err != nil {
		return "", err
	}
	return p.s.Claim.Record, fate.stands()
}

// heldBy tells whether the last claim is a pharmacy's, whatever came of it.
func (p *Prescription) heldBy(pharmacy string) bool {
	return p.s.Claim != nil && p.s.Claim.Pharmacy == pharmacy
}

// holds tells whether a pharmacy holds the lock now. Whatever the status, who never held it learns
// nothing.
func (p *Prescription) holds(pharmacy string) error {
	if !p.heldBy(pharmacy) {
		return ErrNotHolder
	}
	if p.s.Status != prescription.Claimed {
		return fmt.Errorf("%w: it is not held any more", prescription.ErrStatus)
	}
	return nil
}

// ready is for the claim that was seen: given back and taken again, it is another one.
func (p *Prescription) ready(pharmacy, record string, at time.Time) error {
	if err := p.holds(pharmacy); err != nil {
		return err
	}
	if p.s.Claim.Record != record {
		return prescription.ErrStale
	}
	if p.s.Claim.ReadyAt.IsZero() {
		claim := *p.s.Claim
		claim.ReadyAt = at
		p.s.Claim = &claim
	}
	return nil
}
