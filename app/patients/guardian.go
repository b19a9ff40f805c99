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
	"github.com/smart-hospital/hospital/app/patients/access"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/app/patients/profile"
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
		act, reason := family.DoConfirm, access.NoteGuardianConfirmed
		if end {
			act, reason = family.DoEnd, access.NoteGuardianEnded
		} else if has, err := accounts.HasAccount(tx, of.Person); err != nil || has && of.Claim != profile.Proven {
			return DeskRecord{}, "", cmp.Or(err, profile.ErrClaim)
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

func (s *Service) holderOf(tx *gorm.DB, id identity.Identity) (profile.Profile, error) {
	person, err := s.store.Holder(tx, s.store.Index(id))
	if err == nil && person == "" {
		err = profile.ErrNotFound
	}
	if err != nil {
		return profile.Profile{}, err
	}
	return s.store.Load(tx, person)
}

// ward takes one step of a guardianship; actor is who does, empty for the desk.
func (s *Service) ward(
	tx *gorm.DB, child *profile.Profile, guardian profile.Profile, relation string, act family.Step, actor string,
) error {
	now := s.Now()
	next, err := child.Then(guardian.Person, act)
	switch {
	case err != nil:
		return err
	case next == family.Confirmed && (child.AgeAt(now) >= profile.AdultAge || child.Person == guardian.Person):
		return ErrIdentity
	case next == family.Confirmed && (!guardian.Bound() || guardian.AgeAt(now) < profile.AdultAge):
		return ErrNotBound
	case next == family.Confirmed && child.Ward(guardian.Person) != family.Confirmed &&
		child.Count(family.Confirmed) >= family.MaxGuardians:
		return ErrFull
	}
	g := family.Guardianship{Child: child.Person, Guardian: guardian.Person, Relation: relation, State: next,
		Since: now.UnixMilli()}
	if err := s.saveGuardian(tx, g, actor); err != nil {
		return err
	}
	child.Family, err = s.store.Guardians(tx, child.Person)
	return err
}

// ConfirmGuardian confirms somebody who asked to be guardian of a child the actor is guardian of:
// ErrNotFound, ErrClaim, ErrFull.
func (s *Service) ConfirmGuardian(ctx context.Context, cmd sqlstore.Command, actor, child,
	guardian string) (View, error) {
	return s.guardianStep(ctx, cmd, actor, child, guardian, family.DoConfirm, access.NoteGuardianConfirmed)
}

// EndGuardian refuses somebody who asked, or gives up the actor's own guardianship or request. A
// confirmed guardian is ended by nobody but himself and the desk, and the last one by the desk
// alone: ErrNotFound, ErrClaim.
func (s *Service) EndGuardian(ctx context.Context, cmd sqlstore.Command, actor, child, guardian string) (View, error) {
	return s.guardianStep(ctx, cmd, actor, child, guardian, family.DoEnd, access.NoteGuardianEnded)
}

func (s *Service) guardianStep(ctx context.Context, cmd sqlstore.Command, actor, child, guardian string,
	act family.Step, reason string) (View, error) {
	return s.once(ctx, cmd, func(tx *gorm.DB) (profile.Profile, error) {
		p, err := s.store.Load(tx, child)
		if err != nil {
			return profile.Profile{}, err
		}
		own := actor == guardian && actor != child
		if !own && (actor == child || !p.ManagedBy(actor, s.Now())) {
			return profile.Profile{}, profile.ErrNotFound
		}
		was := p.Ward(guardian)
		switch {
		case was == "", own && act == family.DoConfirm:
			return profile.Profile{}, profile.ErrNotFound
		case !own && was != family.Asked, own && was == family.Confirmed && p.Count(family.Confirmed) == 1:
			return profile.Profile{}, profile.ErrClaim
		}
		other, err := s.store.Load(tx, guardian)
		if err != nil {
			return profile.Profile{}, err
		}
		relation := ""
		for _, g := range p.Family {
			if g.Guardian == guardian {
				relation = g.Relation
			}
		}
		if err := s.ward(tx, &p, other, relation, act, actor); err != nil {
			return profile.Profile{}, err
		}
		if own {
			p = profile.Profile{Person: child} // nothing of the child for one who gave it up
		} else {
			right.Touch(tx.Statement.Context, actor, child)
		}
		return p, s.noteSelf(tx, child, actor, reason)
	})
}

// Asking are the children somebody asks to be guardian of, without anything of them.
func (s *Service) Asking(ctx context.Context, actor string) ([]family.Guardianship, error) {
	return family.AskedBy(s.db.WithContext(ctx), actor, profile.MaxFamily)
}
