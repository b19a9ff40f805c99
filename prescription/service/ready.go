package service

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
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
		p, err := s.Load(tx, id)
		if err != nil {
			return nil, err
		}
		if err := p.Ready(a.Org, record, s.Time()); err != nil {
			return nil, err
		}
		return nil, s.Store.Save(tx, p, nil, nil)
	})
	return err
}

// mayCall returns the record of the claim that the chain has taken. It asks the chain, so it works
// outside the transaction.
func (s *Service) mayCall(ctx context.Context, a intent.Actor, id string) (record string, err error) {
	p, err := s.Load(s.DB.WithContext(ctx), id)
	if errors.Is(err, prescription.ErrNotFound) {
		err = lifecycle.ErrNotHolder // as for one that another pharmacy holds
	}
	if err != nil {
		return "", err
	}
	if err := p.Holds(a.Org); err != nil {
		return "", err
	}
	fate, err := s.Confirmations.Fate(ctx, p.State().Claim.Record)
	if err != nil {
		return "", err
	}
	return p.State().Claim.Record, fate.Stands()
}
