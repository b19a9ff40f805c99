package patients

import (
	"cmp"
	"context"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/family"
	"github.com/smart-hospital/hospital/app/family/right"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// DeskGuardian makes the holder of guardian's number a confirmed guardian of the child, both
// documents having been seen at the desk, or ends it: invalid.ErrInput, ErrNotFound, ErrIdentity
// for a child that came of age, ErrFull, ErrNotBound for a guardian under age, ErrClaim to be
// guardian of somebody who logs in with a number that is only typed: it is proven first, or freed.
func (s *Service) DeskGuardian(ctx context.Context, cmd sqlstore.Command, admin accounts.Account, child,
	guardian identity.Identity, relation string, end bool) (DeskRecord, error) {
	var c invalid.Check
	c.That(relation == "parent" || relation == "other", "body.relation", "parent or other")
	child.CheckNumber(&c, s.Now())
	guardian.CheckNumber(&c, s.Now())
	if c.Err() != nil {
		return DeskRecord{}, c.Err()
	}
	return s.desk(ctx, cmd, func(tx *gorm.DB) (DeskRecord, string, error) {
		of, err := s.holderOf(tx, child)
		if err != nil {
			return DeskRecord{}, "", err
		}
		by, err := s.holderOf(tx, guardian)
		if err != nil {
			return DeskRecord{}, "", err
		}
		act, reason := family.DoConfirm, NoteGuardianConfirmed
		if end {
			act, reason = family.DoEnd, NoteGuardianEnded
		} else if has, err := accounts.HasAccount(tx, of.Person); err != nil || has && of.Claim != Proven {
			return DeskRecord{}, "", cmp.Or(err, ErrClaim)
		}
		if err := s.ward(tx, &of, by, relation, act, ""); err != nil {
			return DeskRecord{}, "", err
		}
		if err := s.noteDesk(tx, of.Person, admin, reason); err != nil {
			return DeskRecord{}, "", err
		}
		if err := s.secure(tx, securitylog.Guardian, admin, of.Person); err != nil {
			return DeskRecord{}, "", err
		}
		r, err := s.deskRecord(tx, of)
		return r, "", err
	})
}

func (s *Service) holderOf(tx *gorm.DB, id identity.Identity) (Profile, error) {
	person, err := s.store.holder(tx, s.store.index(id))
	if err == nil && person == "" {
		err = ErrNotFound
	}
	if err != nil {
		return Profile{}, err
	}
	return s.store.load(tx, person)
}

// ward takes one step of a guardianship; actor is who does, empty for the desk.
func (s *Service) ward(
	tx *gorm.DB, child *Profile, guardian Profile, relation string, act family.Step, actor string,
) error {
	now := s.Now()
	next, err := child.then(guardian.Person, act)
	switch {
	case err != nil:
		return err
	case next == family.Confirmed && (child.ageAt(now) >= AdultAge || child.Person == guardian.Person):
		return ErrIdentity
	case next == family.Confirmed && (!guardian.Bound() || guardian.ageAt(now) < AdultAge):
		return ErrNotBound
	case next == family.Confirmed && child.ward(guardian.Person) != family.Confirmed &&
		child.count(family.Confirmed) >= family.MaxGuardians:
		return ErrFull
	}
	g := family.Guardianship{Child: child.Person, Guardian: guardian.Person, Relation: relation, State: next,
		Since: now.UnixMilli()}
	if err := s.saveGuardian(tx, g, actor); err != nil {
		return err
	}
	child.Family, err = s.store.guardians(tx, child.Person)
	return err
}

// ConfirmGuardian confirms somebody who asked to be guardian of a child the actor is guardian of:
// ErrNotFound, ErrClaim, ErrFull.
func (s *Service) ConfirmGuardian(ctx context.Context, cmd sqlstore.Command, actor, child,
	guardian string) (View, error) {
	return s.guardianStep(ctx, cmd, actor, child, guardian, family.DoConfirm, NoteGuardianConfirmed)
}

// EndGuardian refuses somebody who asked, or gives up the actor's own guardianship or request. A
// confirmed guardian is ended by nobody but himself and the desk, and the last one by the desk
// alone: ErrNotFound, ErrClaim.
func (s *Service) EndGuardian(ctx context.Context, cmd sqlstore.Command, actor, child, guardian string) (View, error) {
	return s.guardianStep(ctx, cmd, actor, child, guardian, family.DoEnd, NoteGuardianEnded)
}

func (s *Service) guardianStep(ctx context.Context, cmd sqlstore.Command, actor, child, guardian string,
	act family.Step, reason string) (View, error) {
	return s.once(ctx, cmd, func(tx *gorm.DB) (Profile, error) {
		p, err := s.store.load(tx, child)
		if err != nil {
			return Profile{}, err
		}
		own := actor == guardian && actor != child
		if !own && (actor == child || !p.managedBy(actor, s.Now())) {
			return Profile{}, ErrNotFound
		}
		was := p.ward(guardian)
		switch {
		case was == "", own && act == family.DoConfirm:
			return Profile{}, ErrNotFound
		case !own && was != family.Asked, own && was == family.Confirmed && p.count(family.Confirmed) == 1:
			return Profile{}, ErrClaim
		}
		other, err := s.store.load(tx, guardian)
		if err != nil {
			return Profile{}, err
		}
		relation := ""
		for _, g := range p.Family {
			if g.Guardian == guardian {
				relation = g.Relation
			}
		}
		if err := s.ward(tx, &p, other, relation, act, actor); err != nil {
			return Profile{}, err
		}
		if own {
			p = Profile{Person: child, asked: true} // nothing of the child for one who gave it up
		} else {
			right.Touch(tx.Statement.Context, actor, child)
		}
		return p, s.noteSelf(tx, child, actor, reason)
	})
}

// Asking are the children somebody asks to be guardian of, without anything of them.
func (s *Service) Asking(ctx context.Context, actor string) ([]family.Guardianship, error) {
	return family.AskedBy(s.db.WithContext(ctx), actor, MaxFamily)
}
