package keys

import (
	"context"
	"errors"
	"slices"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/act"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Reason of a revocation.
type Reason string

// Reasons of a revocation.
const (
	ReasonLost     Reason = "lost"     // the device is lost or somebody else had it
	ReasonReplaced Reason = "replaced" // a renewal
	ReasonLeft     Reason = "left"     // the person left the organisation or its office
	ReasonIdentity Reason = "identity" // the number of a document turned out to be another human's
)

// Revoke ends a key at once: its owner may, also a member of staff who lost a device, for waiting
// would leave a thief time; an administrator may end everybody's of the own organisation.
// invalid.ErrInput, ErrNotFound also for somebody else's, ErrRevoked.
func (s *Service) Revoke(ctx context.Context, cmd sqlstore.Command, acc accounts.Account, id string,
	reason Reason) (Key, error) {
	var c invalid.Check
	if c.That(slices.Contains([]Reason{ReasonLost, ReasonLeft}, reason), "body.reason",
		"lost or left"); c.Err() != nil {
		return Key{}, c.Err()
	}
	r, rev, refused := s.revocable(ctx, acc, id, reason)
	k, _, err := act.Do(ctx, s.room(), cmd, func(tx *gorm.DB) (Key, error) {
		if err := s.storeRevocation(tx, r, rev); err != nil {
			return Key{}, err
		}
		if r.Role != string(accounts.Patient) {
			if err := s.note(tx, securitylog.KeyRevoked, acc.ID, r.Person, r.Org, r.ID); err != nil {
				return Key{}, err
			}
		}
		again, err := load(tx, id)
		if err != nil {
			return Key{}, err
		}
		return again.key(tx, s.Now())
	}, refused)
	return k, err
}

func (s *Service) revocable(ctx context.Context, acc accounts.Account, id string, reason Reason) (r row,
	rev *revocation, err error) {
	r, err = load(s.DB.WithContext(ctx), id)
	if err == nil && r.Person != acc.Person {
		if err = s.Accounts.MayManage(ctx, acc, r.Person); errors.Is(err, accounts.ErrNotFound) {
			err = ErrNotFound
		}
	}
	if err == nil {
		rev, err = s.revocation(ctx, r.Org, id, reason)
	}
	return r, rev, err
}

// Ending makes ready what ends a person's live keys: patients.Service.Ending.
func (s *Service) Ending(ctx context.Context, by accounts.Account, person string) (func(tx *gorm.DB) error, error) {
	return s.ending(ctx, by, person, ReasonIdentity)
}

// Leaving makes ready what ends the live keys of an account that is being closed:
// closing.Config.Keys.
func (s *Service) Leaving(ctx context.Context, a accounts.Account) (func(tx *gorm.DB) error, error) {
	return s.ending(ctx, a, a.Person, ReasonLeft)
}

func (s *Service) ending(ctx context.Context, by accounts.Account, person string,
	reason Reason) (func(tx *gorm.DB) error, error) {
	rows, err := rowsOf(s.DB.WithContext(ctx), person)
	if err != nil {
		return nil, err
	}
	ready := map[string]*revocation{}
	for _, r := range rows {
		if r.live(s.Now()) {
			if ready[r.ID], err = s.revocation(ctx, r.Org, r.ID, reason); err != nil {
				return nil, err
			}
		}
	}
	return func(tx *gorm.DB) error {
		rows, err := rowsOf(tx, person)
		if err != nil {
			return err
		}
		sqlstore.AfterCommit(tx, s.Kick)
		for _, r := range rows {
			switch rev := ready[r.ID]; {
			case !r.live(s.Now()):
				continue
			case rev == nil: // enrolled since
				return sqlstore.ErrConflict
			default:
				err = s.storeRevocation(tx, r, rev)
			}
			if err == nil {
				err = s.note(tx, securitylog.KeyRevoked, by.ID, person, r.Org, r.ID)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// note writes a line of the security log. subject is an account's id, or a person's where the
// account is not at hand.
func (s *Service) note(tx *gorm.DB, kind securitylog.Kind, actor, subject, org, detail string) error {
	return s.Accounts.Note(tx, securitylog.Event{Kind: kind, Org: org, Actor: actor, Subject: subject, Detail: detail})
}

// revocation is a signed cert.revoke, made before the transaction because signing is slow.
type revocation struct {
	cert   string
	reason Reason
	act.Signed
}

func (s *Service) revocation(ctx context.Context, org, cert string, reason Reason) (*revocation, error) {
	document := struct {
		Certificate string     `json:"certificate"`
		Kind        chain.Kind `json:"kind"`
		Reason      Reason     `json:"reason"`
	}{cert, chain.KindRevoke, reason}
	signed, err := s.sealed(ctx, cert, intent.Draft{Kind: chain.KindRevoke, Seq: 2, Org: org, Document: document},
		s.Now())
	return &revocation{cert, reason, signed}, err
}

func (s *Service) storeRevocation(tx *gorm.DB, r row, rev *revocation) error {
	res := tx.Model(&row{}).Where("id = ? AND revoked_at = 0", r.ID).Updates(map[string]any{
		"revoked_at": rev.Taken.UnixMilli(), "revoke_reason": rev.reason, "revoke_record": rev.Record.ID(),
		"revoke_document": rev.Document, "revoke_salt": rev.Salt,
	})
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected == 0 {
		return ErrRevoked
	}
	return s.append(tx, rev.Signed)
}
