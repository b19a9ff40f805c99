package service

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

// Errors of taking a refused claim back.
var (
	// ErrClaimStands: the chain did not refuse the claim; there is nothing to take back.
	ErrClaimStands = errors.New("prescription: the chain did not refuse the claim")
	// ErrLedgerAhead: the chain does not stand where this database stood before the claim. Somebody
	// else wrote to the prescription; taking the claim back would not make both agree.
	ErrLedgerAhead = errors.New("prescription: the chain stands elsewhere than before the claim")
)

// ResolveDeadClaim is an operator's decision about a claim that the chain refused for good. The
// ledger's sequence did not advance, so the claim never was: status, sequence and last record
// become again what the ledger says, the reserved packages go back, the event and its record move
// to the refused ones, and the outbox lane is free. Afterwards the prescription is paid: it can be
// claimed, cancelled or expire as any other. Nothing can have been taken after the claim, because
// release and dispensing wait for its confirmation.
//
// The operator, of the organisation org, is the prescribing hospital's or the holding pharmacy's;
// to others the prescription does not exist.
//
// All of it is one transaction; a repeated command finds its first answer. ErrBadID, ErrNotFound,
// ErrStatus when it is not claimed, ErrClaimStands, ErrLedgerAhead, sqlstore.ErrConflict.
func (s *Service) ResolveDeadClaim(ctx context.Context, cmd sqlstore.Command, org, id string) error {
	at := s.Time()
	_, err := s.room().Store(ctx, cmd, func(tx *gorm.DB) error { return s.takeBack(tx, id, at) },
		s.refusedClaim(ctx, org, id))
	return err
}

// refusedClaim checks that the chain refused the claim and stands where the prescription stood
// before it.
func (s *Service) refusedClaim(ctx context.Context, org, id string) error {
	p, err := s.Load(s.DB.WithContext(ctx), id)
	if err != nil {
		return err
	}
	if holds := p.State().Claim != nil && p.State().Claim.Pharmacy == org; p.Status() == prescription.Draft ||
		p.State().Hospital != org && !holds {
		return prescription.ErrNotFound
	}
	if p.Status() != prescription.Claimed {
		return fmt.Errorf("%w: it is not claimed", prescription.ErrStatus)
	}
	fate, err := s.Confirmations.Fate(ctx, p.State().Claim.Record)
	if err != nil {
		return err
	}
	if fate != lifecycle.FateRefused {
		return ErrClaimStands
	}
	l, err := s.Ledger.Subject(ctx, p.ID().Subject())
	if err != nil {
		return err
	}
	if l.Status != chain.Status(prescription.Paid) || l.Seq != p.Seq()-1 {
		return ErrLedgerAhead
	}
	return nil
}

func (s *Service) takeBack(tx *gorm.DB, id string, at time.Time) error {
	p, err := s.Load(tx, id)
	if err != nil {
		return err
	}
	if p.Status() != prescription.Claimed {
		return fmt.Errorf("%w: it is not claimed", prescription.ErrStatus)
	}
	record := p.State().Claim.Record
	events, err := s.Store.Events(tx, p.ID())
	if err != nil {
		return err
	}
	if len(events) == 0 || events[len(events)-1].Record != record {
		return fmt.Errorf("%w: the claim is not its last step", prescription.ErrStatus)
	}
	entry, err := outbox.Withdraw(tx, record)
	if errors.Is(err, outbox.ErrNotDead) || errors.Is(err, outbox.ErrNotFound) {
		return ErrClaimStands
	}
	if err != nil {
		return err
	}
	return s.Withdraw(tx, p, events[len(events)-1], entry.Record, at)
}
