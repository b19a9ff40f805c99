package keys

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/sqlstore"
)

// Reason of a revocation.
type Reason string

// Reasons of a revocation.
const (
	ReasonLost     Reason = "lost"     // the device is lost or somebody else had it
	ReasonReplaced Reason = "replaced" // a renewal
	ReasonLeft     Reason = "left"     // the person left the organisation or its office
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
	if answer, err := s.answered(ctx, cmd); err != nil || answer != nil {
		return decodeKey(answer, err)
	}
	r, err := load(s.DB.WithContext(ctx), id)
	if err == nil && r.Person != acc.Person {
		if err = s.Accounts.MayManage(ctx, acc, r.Person); errors.Is(err, accounts.ErrNotFound) {
			err = ErrNotFound
		}
	}
	if err != nil {
		return Key{}, err
	}
	rev, err := s.revocation(ctx, r.Org, id, reason)
	if err != nil {
		return Key{}, err
	}
	answer, _, err := s.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		if err := s.storeRevocation(tx, r, *rev); err != nil {
			return nil, err
		}
		if r.Role != string(accounts.Patient) {
			if err := s.note(tx, accounts.EventKeyRevoked, acc.ID, r.Person, r.Org, r.ID); err != nil {
				return nil, err
			}
		}
		again, err := load(tx, id)
		if err != nil {
			return nil, err
		}
		return again.key(tx, s.Now())
	})
	if err == nil {
		s.Kick()
	}
	return decodeKey(answer, err)
}

// note writes a line of the security log. subject is an account's id, or a person's where the
// account is not at hand.
func (s *Service) note(tx *gorm.DB, kind accounts.EventKind, actor, subject, org, detail string) error {
	return s.Accounts.Note(tx, accounts.Event{Kind: kind, Org: org, Actor: actor, Subject: subject, Detail: detail})
}

// revocation is a signed cert.revoke, made before the transaction because signing is slow.
type revocation struct {
	cert   string
	reason Reason
	at     time.Time
	testimony
}

func (s *Service) revocation(ctx context.Context, org, cert string, reason Reason) (*revocation, error) {
	now := s.Now()
	document := struct {
		Certificate string     `json:"certificate"`
		Kind        chain.Kind `json:"kind"`
		Reason      Reason     `json:"reason"`
	}{cert, chain.KindRevoke, reason}
	t, err := s.sign(ctx, witness{org: org, cert: cert, kind: chain.KindRevoke, seq: 2, document: document}, now)
	return &revocation{cert: cert, reason: reason, at: now, testimony: t}, err
}

func (s *Service) storeRevocation(tx *gorm.DB, r row, rev revocation) error {
	res := tx.Model(&row{}).Where("id = ? AND revoked_at = 0", r.ID).Updates(map[string]any{
		"revoked_at": rev.at.UnixMilli(), "revoke_reason": rev.reason, "revoke_record": rev.record.ID(),
		"revoke_document": rev.document, "revoke_salt": rev.salt,
	})
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected == 0 {
		return ErrRevoked
	}
	return outbox.Append(tx, rev.record.Statement.Subject, rev.record, rev.at)
}

// witness is a certificate's step before the organisation's seal has signed it.
type witness struct {
	org, cert string
	kind      chain.Kind
	seq       uint64
	facts     chain.Facts
	document  any
}

// testimony is what opens and proves a step: the record, and the document and salt its digest
// commits to.
type testimony struct {
	record         chain.Record
	document, salt []byte
}

func (s *Service) sign(ctx context.Context, w witness, at time.Time) (testimony, error) {
	seal, err := s.Seals.Seal(w.org)
	if err != nil {
		return testimony{}, err
	}
	document, err := json.Marshal(w.document) // ASCII strings in key order: canonical as it is
	if err != nil {
		return testimony{}, err
	}
	salt := make([]byte, chain.SaltLen)
	_, _ = rand.Read(salt)
	record, err := intent.SystemRecord(ctx, seal, chain.Statement{
		V: chain.Version, Chain: s.ChainID, Kind: w.kind, Subject: chain.SubjectCert + w.cert, Seq: w.seq, Org: w.org,
		Actor:  seal.Cert.ID(),
		Digest: chain.Digest(salt, document), Facts: w.facts, Time: at.UnixMilli(),
	})
	if err != nil {
		return testimony{}, fmt.Errorf("keys: record of %s: %w", w.cert, err)
	}
	return testimony{record: record, document: document, salt: salt}, nil
}
