package patients

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/human"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/family"
	"github.com/smart-hospital/hospital/app/patients/access"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/app/patients/profile"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

func (s *Service) noteSelf(tx *gorm.DB, person, actor, reason string) error {
	return access.Self(tx, person, actor, reason, s.Now())
}

// secure writes into the security log of the administrator's organisation.
func (s *Service) secure(tx *gorm.DB, kind securitylog.Kind, admin accounts.Account, person string) error {
	if s.Note == nil {
		return nil
	}
	return s.Note(tx, securitylog.Event{Kind: kind, Org: admin.Org, Actor: admin.ID, Subject: person})
}

func (s *Service) noteDesk(tx *gorm.DB, person string, admin accounts.Account, reason string) error {
	return access.Desk(tx, person, admin, reason, s.Now())
}

// CardPerson is whose card the actor's card would be, with the identity it must name: the profile's
// own, or, where the actor contests the record of a child that came of age, that record, which the
// card would prove to be the actor's. ErrNotFound, ErrNotBound.
func (s *Service) CardPerson(ctx context.Context, actor, person string) (string, identity.Identity, error) {
	tx := s.db.WithContext(ctx)
	p, err := s.mine(tx, actor, person)
	if err != nil {
		return "", identity.Identity{}, err
	}
	if p.Identity == nil || p.Claim == profile.Lost {
		return "", identity.Identity{}, ErrNotBound
	}
	if p.Claim != profile.Contested {
		return person, *p.Identity, nil
	}
	holder, err := s.store.Holder(tx, s.store.Index(*p.Identity))
	if err != nil || holder == "" {
		return person, *p.Identity, err
	}
	has, err := accounts.HasAccount(tx, holder)
	if err == nil && !has {
		return holder, *p.Identity, nil
	}
	return person, *p.Identity, err
}

// ProveByCard notes that the insurance bureau named a profile's person for a card the actor
// brought. It may move the actor's account to a record that passes to it; its sessions end then. A
// number that somebody else proved is not taken by a card: ErrContested. shown is the identity that
// CardPerson gave and the bureau confirmed: a number typed since is not proven by it (ErrClaim).
func (s *Service) ProveByCard(ctx context.Context, actor, person string, shown identity.Identity) error {
	l, err := s.losing(ctx, person, shown, accounts.Account{})
	if err != nil {
		return err
	}
	var moved string
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		moved = ""
		p, err := s.mine(tx, actor, person)
		if err != nil {
			return err
		}
		if p.Identity == nil || s.store.Index(*p.Identity) != s.store.Index(shown) {
			return fmt.Errorf("%w: another number was typed meanwhile", profile.ErrClaim)
		}
		if p.Claim == profile.Proven {
			return nil
		}
		_, moved, err = s.prove(tx, p, false, l,
			func(person, reason string) error { return s.noteSelf(tx, person, actor, reason) })
		return err
	})
	return s.ended(ctx, moved, err)
}

// ended ends the sessions of an account that moved: they name the old person.
func (s *Service) ended(ctx context.Context, moved string, err error) error {
	if err != nil || moved == "" || s.Logout == nil {
		return err
	}
	return s.Logout(ctx, moved)
}

// prove makes a number its claimant's. Whoever held it loses it, or, for a record without an
// account, the record passes to the claimant: its account becomes that person's, and at 18 the
// guardians end. note writes the access log.
func (s *Service) prove(tx *gorm.DB, p profile.Profile, desk bool, l loss,
	note func(person, reason string) error) (profile.Profile, string, error) {
	reason := access.NoteCard
	if desk {
		reason = access.NoteDesk
	}
	next, err := p.Claim.Then(profile.Prove)
	if err != nil {
		return p, "", err
	}
	holder, err := s.store.Holder(tx, s.store.Index(*p.Identity))
	if err != nil {
		return p, "", err
	}
	if holder != "" && holder != p.Person {
		h, err := s.store.Load(tx, holder)
		if err != nil {
			return p, "", err
		}
		if h.Claim == profile.Proven && !desk {
			return p, "", profile.ErrContested
		}
		has, err := accounts.HasAccount(tx, holder)
		if err != nil {
			return p, "", err
		}
		if !has {
			after, moved, err := s.passTo(tx, p, h, reason, note)
			if err == nil {
				err = s.join(tx, after.Person, s.store.Index(*after.Identity))
			}
			return after, moved, err
		}
		if err := s.displace(tx, h, l, access.NoteLost, note); err != nil {
			return p, "", err
		}
	}
	p.Claim, p.Version = next, p.Version+1
	if err := s.store.Save(tx, p, s.Now()); err != nil {
		return p, "", err
	}
	if err := s.join(tx, p.Person, s.store.Index(*p.Identity)); err != nil {
		return p, "", err
	}
	return p, "", note(p.Person, reason)
}

// join gives all log-ins of one human one name on the chain (accounts.JoinHuman): those of staff
// with a number, and the patient's that has proven it. Who only typed it is joined to nobody.
// person is one of them, whose number just became known; a record without a log-in has no
// certificate to name.
func (s *Service) join(tx *gorm.DB, person, index string) error {
	if has, err := accounts.HasAccount(tx, person); err != nil || !has {
		return err
	}
	others, err := s.store.Namesakes(tx, index, person)
	if err != nil {
		return err
	}
	return human.Join(tx, person, others, s.Named)
}

// loss is what a log-in may lose with a number, made ready before the transaction because it is
// signed for.
type loss struct {
	person string // who held the number then
	keys   func(tx *gorm.DB) error
}

// losing makes ready what the holder of a number loses when by takes it from him.
func (s *Service) losing(ctx context.Context, claimant string, id identity.Identity,
	by accounts.Account) (loss, error) {
	holder, err := s.store.Holder(s.db.WithContext(ctx), s.store.Index(id))
	if err != nil || holder == "" || holder == claimant || s.Ending == nil {
		return loss{}, err
	}
	l := loss{person: holder}
	l.keys, err = s.Ending(ctx, by, holder)
	return l, err
}

// displace takes the number from its holder. Where its certificates bear a name that another log-in
// has as well, the holder was taken for that human: the keys end in the same step, with a line of
// the security log and one of the person's own access log, and the log-in gets another name.
func (s *Service) displace(tx *gorm.DB, h profile.Profile, l loss, reason string,
	note func(person, reason string) error) (err error) {
	if h.Claim, err = h.Claim.Then(profile.Displace); err != nil {
		return err
	}
	h.Identity, h.Version = nil, h.Version+1
	if err := s.store.Save(tx, h, s.Now()); err != nil {
		return err
	}
	if err := s.endTies(tx, h.Person); err != nil {
		return err
	}
	shared, err := human.SharesName(tx, h.Person)
	switch {
	case err != nil:
		return err
	case !shared:
	case s.Ending == nil:
		err = human.Join(tx, h.Person, nil, s.Named)
	case l.person != h.Person: // another one held it when the keys were looked for
		err = sqlstore.ErrConflict
	default:
		err = s.rename(tx, h.Person, l, note)
	}
	if err != nil {
		return err
	}
	return note(h.Person, reason)
}

// endTies ends what lets others into a person's record, and the person into others'.
func (s *Service) endTies(tx *gorm.DB, person string) error {
	if s.Ties == nil {
		return nil
	}
	return s.Ties.EndAll(tx, person)
}

// rename gives a log-in a name of its own, after the keys with the former one have ended. Unlike
// JoinHuman elsewhere it asks nothing of Named: two humans must not go by one name. A prescription
// that still runs under the former one is then ended by the staff, or by time.
func (s *Service) rename(tx *gorm.DB, person string, l loss, note func(person, reason string) error) error {
	if err := l.keys(tx); err != nil {
		return err
	}
	if err := human.Join(tx, person, nil, nil); err != nil {
		return err
	}
	return note(person, access.NoteKeyEnded)
}

// passTo gives record h to claimant p. What p said of the own health while waiting is kept where
// the record says nothing.
func (s *Service) passTo(tx *gorm.DB, p, h profile.Profile, reason string,
	note func(person, reason string) error) (profile.Profile, string, error) {
	var err error
	if h.Claim, err = h.Claim.Then(profile.Prove); err != nil {
		return p, "", err
	}
	h.Identity, h.Version = p.Identity, h.Version+1
	if h.Phone == "" {
		h.Phone = p.Phone
	}
	if !h.Health.AllergiesAsked {
		h.Health.AllergiesAsked, h.Health.Allergies = p.Health.AllergiesAsked, p.Health.Allergies
	}
	if h.AgeAt(s.Now()) >= profile.AdultAge {
		h.Guardian, h.Relation = "", ""
		for i, g := range h.Family {
			if g.State == family.Ended {
				continue
			}
			if g.State, err = g.State.Then(family.DoEnd); err != nil {
				return p, "", err
			}
			g.Since = s.Now().UnixMilli()
			if err := s.saveGuardian(tx, g, ""); err != nil {
				return p, "", err
			}
			h.Family[i] = g
		}
	}
	if err := s.store.Save(tx, h, s.Now()); err != nil {
		return p, "", err
	}
	if err := s.store.Pass(tx, p.Person, h.Person); err != nil {
		return p, "", err
	}
	if err := access.Pass(tx, p.Person, h.Person); err != nil {
		return p, "", err
	}
	if err := s.endTies(tx, p.Person); err != nil {
		return p, "", err
	}
	account, err := accounts.MovePerson(tx, p.Person, h.Person)
	if err != nil {
		return p, "", err
	}
	if err := note(h.Person, reason); err != nil {
		return p, "", err
	}
	return h, account, s.noteSelf(tx, h.Person, h.Person, access.NotePassed)
}
