package service

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

// DiscardDraft throws the actor's own draft away; nothing of it is on the chain. The rejected
// prescription it was to replace can be reworked again. ErrBadID, ErrNotFound, ErrStatus for one
// that is signed.
func (s *Service) DiscardDraft(ctx context.Context, a intent.Actor, cmd sqlstore.Command, id string) error {
	_, _, err := s.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		p, err := s.Load(tx, id)
		if err != nil {
			return nil, err
		}
		if lifecycle.MaySee(a, p, "").Sight != lifecycle.Everything {
			return nil, prescription.ErrNotFound
		}
		if p.Status() != prescription.Draft {
			return nil, fmt.Errorf("%w: a signed prescription is cancelled, not discarded", prescription.ErrStatus)
		}
		if old := p.State().Supersedes; old != "" {
			if err := s.unlink(tx, old, p.ID()); err != nil {
				return nil, err
			}
		}
		return nil, s.Store.Delete(tx, p)
	})
	return err
}

func (s *Service) unlink(tx *gorm.DB, old, id prescription.ID) error {
	p, err := s.Store.Load(tx, old)
	if err != nil {
		return err
	}
	if !p.NotSupersededBy(id) {
		return nil
	}
	return s.Store.Save(tx, p, nil, nil)
}
