package patients

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Notes of identity steps in the access log (谁看过我的记录). The mini-app has words for each.
const (
	NoteTyped             = "identity typed"
	NoteContested         = "identity typed by another"
	NoteWithdrawn         = "identity withdrawn"
	NoteCard              = "identity proven by the insurance bureau"
	NoteDesk              = "identity proven at the desk"
	NoteLost              = "identity proven by another"
	NoteKeyEnded          = "key ended with the identity"
	NoteFreed             = "identity freed at the desk"
	NotePassed            = "record passed to its owner"
	NoteSeen              = "identity looked up at the desk"
	NoteGuardianAsks      = "asks to be guardian"
	NoteGuardianConfirmed = "guardian confirmed"
	NoteGuardianEnded     = "guardian ended"
)

func (s *Service) noteSelf(tx *gorm.DB, person, actor, reason string) error {
	// The reason stands for the visit in the key, so that two steps of one moment are two lines.
	return s.store.note(tx, Access{Person: person, Visit: reason, Reader: actor, Role: accounts.Patient, Reason: reason,
		At: s.Now()})
}

// secure writes into the security log of the administrator's organisation.
func (s *Service) secure(tx *gorm.DB, kind accounts.EventKind, admin accounts.Account, person string) error {
	if s.Note == nil {
		return nil
	}
	return s.Note(tx, accounts.Event{Kind: kind, Org: admin.Org, Actor: admin.ID, Subject: person})
}

func (s *Service) noteDesk(tx *gorm.DB, person string, admin accounts.Account, reason string) error {
	return s.store.note(tx, Access{Person: person, Visit: reason, Reader: admin.Person, Role: admin.Role,
		Org: admin.Org, Reason: reason, At: s.Now()})
}

// CardPerson is whose card the actor's card would be, with the identity it must name: the profile's
// own, or, where the actor contests the record of a child that came of age, that record, which the
// card would prove to be the actor's. ErrNotFound, ErrNotBound.
func (s *Service) CardPerson(ctx context.Context, actor, person string) (string, Identity, error) {
	tx := s.db.WithContext(ctx)
	p, err := s.mine(tx, actor, person)
	if err != nil {
		return "", Identity{}, err
	}
	if p.Identity == nil || p.Claim == Lost {
		return "", Identity{}, ErrNotBound
	}
	if p.Claim != Contested {
		return person, *p.Identity, nil
	}
	holder, err := s.store.holder(tx, s.store.index(*p.Identity))
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
func (s *Service) ProveByCard(ctx context.Context, actor, person string, shown Identity) error {
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
		if p.Identity == nil || s.store.index(*p.Identity) != s.store.index(shown) {
			return fmt.Errorf("%w: another number was typed meanwhile", ErrClaim)
		}
		if p.Claim == Proven {
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
func (s *Service) prove(tx *gorm.DB, p Profile, desk bool, l loss,
	note func(person, reason string) error) (Profile, string, error) {
	reason := NoteCard
	if desk {
		reason = NoteDesk
	}
	next, err := p.Claim.then(actProve)
	if err != nil {
		return p, "", err
	}
	holder, err := s.store.holder(tx, s.store.index(*p.Identity))
	if err != nil {
		return p, "", err
	}
	if holder != "" && holder != p.Person {
		h, err := s.store.load(tx, holder)
		if err != nil {
			return p, "", err
		}
		if h.Claim == Proven && !desk {
			return p, "", ErrContested
		}
		has, err := accounts.HasAccount(tx, holder)
		if err != nil {
			return p, "", err
		}
		if !has {
			after, moved, err := s.passTo(tx, p, h, reason, note)
			if err == nil {
				err = s.join(tx, after.Person, s.store.index(*after.Identity))
			}
			return after, moved, err
		}
		if err := s.displace(tx, h, l, NoteLost, note); err != nil {
			return p, "", err
		}
	}
	p.Claim, p.Version = next, p.Version+1
	if err := s.store.save(tx, p, s.Now()); err != nil {
		return p, "", err
	}
	if err := s.join(tx, p.Person, s.store.index(*p.Identity)); err != nil {
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
	others, err := s.store.namesakes(tx, index, person)
	if err != nil {
		return err
	}
	return accounts.JoinHuman(tx, person, others, s.Named)
}

// loss is what a log-in may lose with a number, made ready before the transaction because it is
// signed for.
type loss struct {
	person string // who held the number then
	keys   func(tx *gorm.DB) error
}

// losing makes ready what the holder of a number loses when by takes it from him.
func (s *Service) losing(ctx context.Context, claimant string, id Identity, by accounts.Account) (loss, error) {
	holder, err := s.store.holder(s.db.WithContext(ctx), s.store.index(id))
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
func (s *Service) displace(tx *gorm.DB, h Profile, l loss, reason string,
	note func(person, reason string) error) (err error) {
	if h.Claim, err = h.Claim.then(actDisplace); err != nil {
		return err
	}
	h.Identity, h.Version = nil, h.Version+1
	if err := s.store.save(tx, h, s.Now()); err != nil {
		return err
	}
	shared, err := accounts.SharesName(tx, h.Person)
	switch {
	case err != nil:
		return err
	case !shared:
	case s.Ending == nil:
		err = accounts.JoinHuman(tx, h.Person, nil, s.Named)
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

// rename gives a log-in a name of its own, after the keys with the former one have ended. Unlike
// JoinHuman elsewhere it asks nothing of Named: two humans must not go by one name. A prescription
// that still runs under the former one is then ended by the staff, or by time.
func (s *Service) rename(tx *gorm.DB, person string, l loss, note func(person, reason string) error) error {
	if err := l.keys(tx); err != nil {
		return err
	}
	if err := accounts.JoinHuman(tx, person, nil, nil); err != nil {
		return err
	}
	return note(person, NoteKeyEnded)
}

// passTo gives record h to claimant p. What p said of the own health while waiting is kept where
// the record says nothing.
func (s *Service) passTo(tx *gorm.DB, p, h Profile, reason string, note func(person, reason string) error) (Profile,
	string, error) {
	var err error
	if h.Claim, err = h.Claim.then(actProve); err != nil {
		return p, "", err
	}
	h.Identity, h.Version = p.Identity, h.Version+1
	if h.Phone == "" {
		h.Phone = p.Phone
	}
	if !h.Health.AllergiesAsked {
		h.Health.AllergiesAsked, h.Health.Allergies = p.Health.AllergiesAsked, p.Health.Allergies
	}
	if h.ageAt(s.Now()) >= AdultAge {
		h.Guardian, h.Relation = "", ""
		for i, g := range h.Family {
			if g.State == Ended {
				continue
			}
			if g.State, err = g.State.then(wardEnd); err != nil {
				return p, "", err
			}
			g.Since = s.Now().UnixMilli()
			if err := s.saveGuardian(tx, g, ""); err != nil {
				return p, "", err
			}
			h.Family[i] = g
		}
	}
	if err := s.store.save(tx, h, s.Now()); err != nil {
		return p, "", err
	}
	if err := s.store.pass(tx, p.Person, h.Person); err != nil {
		return p, "", err
	}
	account, err := accounts.MovePerson(tx, p.Person, h.Person)
	if err != nil {
		return p, "", err
	}
	if err := note(h.Person, reason); err != nil {
		return p, "", err
	}
	return h, account, s.store.note(tx,
		Access{Person: h.Person, Visit: NotePassed, Reader: h.Person, Role: accounts.Patient, Reason: NotePassed,
			At: s.Now()})
}

// DeskRecord is one profile with a number, as the desk sees it: who it is and how sure that is,
// nothing of health.
type DeskRecord struct {
	Person    string         `json:"person" doc:"Opaque id; its last four characters are the sign on the patient's page" example:"u7k2mq4xw5zt3yb6nc2da"`
	Name      string         `json:"name" example:"陈晓燕"`
	BirthDate string         `json:"birthDate" example:"1990-03-07"`
	IDNumber  string         `json:"idNumber" doc:"Masked" example:"110101********1234"`
	Claim     Claim          `json:"claim" enum:"claimed,contested,proven,lost"`
	LogsIn    bool           `json:"logsIn" doc:"Somebody logs in as this person; false: a child's record"`
	Staff     bool           `json:"staff" doc:"The number is a member of staff's too: it is proven before anything rests on it"`
	Apart     bool           `json:"apart" doc:"This human's log-ins as patient and as staff have several names on the chain, because each had a key before the number was known"`
	Guardians []GuardianView `json:"guardians"`
}

// DeskFind lists the profiles with the number of a document that a person shows at the desk,
// whoever holds it first. Each is noted in its access log. invalid.ErrInput.
func (s *Service) DeskFind(ctx context.Context, admin accounts.Account, id Identity) ([]DeskRecord, error) {
	var c invalid.Check
	if id.checkNumber(&c, s.Now()); c.Err() != nil {
		return nil, c.Err()
	}
	var list []DeskRecord
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		list = []DeskRecord{}
		found, err := s.store.claimants(tx, s.store.index(id))
		if err != nil {
			return err
		}
		for _, p := range found {
			r, err := s.deskRecord(tx, p)
			if err != nil {
				return err
			}
			list = append(list, r)
			if err := s.noteDesk(tx, p.Person, admin, NoteSeen); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

func (s *Service) deskRecord(tx *gorm.DB, p Profile) (DeskRecord, error) {
	has, err := accounts.HasAccount(tx, p.Person)
	v := p.View()
	r := DeskRecord{Person: p.Person, Claim: p.Claim, LogsIn: has, Guardians: v.Guardians}
	if err != nil || p.Identity == nil {
		return r, err
	}
	r.Name, r.BirthDate, r.IDNumber = p.Identity.Name, p.Identity.BirthDate, p.Identity.masked()
	index := s.store.index(*p.Identity)
	staff, err := s.store.staffWith(tx, index, p.Person)
	if r.Staff = len(staff) > 0; err == nil && r.Staff && has && p.Claim == Proven {
		r.Apart, err = accounts.Apart(tx, p.Person, staff)
	}
	return r, err
}

// resting is a record that rests on a number: ErrNotFound for any other number.
func (s *Service) resting(tx *gorm.DB, person string, id Identity) (Profile, error) {
	p, err := s.store.load(tx, person)
	if err == nil && (p.Identity == nil || s.store.index(*p.Identity) != s.store.index(id)) {
		err = ErrNotFound
	}
	return p, err
}

// ProveAtDesk makes a number the claimant's whose document was seen at the desk, with the name, sex
// and date of birth as the document has them. Whoever held it, by a card even, loses it. The
// claimant's sessions end when a record passes to it. invalid.ErrInput, ErrNotFound when the
// claimant typed another number, ErrClaim.
func (s *Service) ProveAtDesk(ctx context.Context, cmd sqlstore.Command, admin accounts.Account, person string,
	id Identity) (DeskRecord, error) {
	var c invalid.Check
	if id.check(&c, s.Now()); c.Err() != nil {
		return DeskRecord{}, c.Err()
	}
	l, err := s.losing(ctx, person, id, admin)
	if err != nil {
		return DeskRecord{}, err
	}
	return s.desk(ctx, cmd, func(tx *gorm.DB) (DeskRecord, string, error) {
		p, err := s.resting(tx, person, id)
		if err != nil {
			return DeskRecord{}, "", err
		}
		p.Identity = &id
		after, moved, err := s.prove(tx, p, true, l,
			func(person, reason string) error { return s.noteDesk(tx, person, admin, reason) })
		if err != nil {
			return DeskRecord{}, "", err
		}
		if err := s.secure(tx, accounts.EventProven, admin, after.Person); err != nil {
			return DeskRecord{}, "", err
		}
		r, err := s.deskRecord(tx, after)
		return r, moved, err
	})
}

// FreeAtDesk takes a number from a log-in that typed it and never proved it, when it is shown at
// the desk not to be that person's: a child's, typed by a stranger. Its guardians enter it anew
// afterwards. invalid.ErrInput, ErrNotFound for another number, ErrClaim for a number that is
// proven, contested, or of a record without a log-in.
func (s *Service) FreeAtDesk(ctx context.Context, cmd sqlstore.Command, admin accounts.Account, person string,
	id Identity) (DeskRecord, error) {
	var c invalid.Check
	if id.checkNumber(&c, s.Now()); c.Err() != nil {
		return DeskRecord{}, c.Err()
	}
	l, err := s.losing(ctx, "", id, admin)
	if err != nil {
		return DeskRecord{}, err
	}
	return s.desk(ctx, cmd, func(tx *gorm.DB) (DeskRecord, string, error) {
		p, err := s.resting(tx, person, id)
		if err != nil {
			return DeskRecord{}, "", err
		}
		if has, err := accounts.HasAccount(tx, person); err != nil || !has || p.Claim != Claimed {
			return DeskRecord{}, "", cmp.Or(err, ErrClaim)
		}
		if err := s.displace(tx, p, l, NoteFreed,
			func(person, reason string) error { return s.noteDesk(tx, person, admin, reason) }); err != nil {
			return DeskRecord{}, "", err
		}
		if err := s.secure(tx, accounts.EventFreed, admin, person); err != nil {
			return DeskRecord{}, "", err
		}
		return DeskRecord{Person: person, Claim: Lost, LogsIn: true, Guardians: []GuardianView{}}, "", nil
	})
}

// ReplaceAtDesk puts another document in the place of the one a record rests on, both of one person
// and both seen at the desk: a renewed passport, a birth certificate once the child is registered,
// a number that was mistyped. The record, its visits and its guardians stay. The log-ins by which
// the same human works for the administrator's organisation take the new number too: with the
// former one they would be another's. invalid.ErrInput, ErrNotFound for another number than the
// record's, ErrClaim when somebody else holds the new number, or the record does not hold the
// former one; accounts.ErrTwice, and accounts.ErrSelf where the human is the administrator.
func (s *Service) ReplaceAtDesk(ctx context.Context, cmd sqlstore.Command, admin accounts.Account, person string,
	former, id Identity) (DeskRecord, error) {
	var c, formers invalid.Check
	if id.check(&c, s.Now()); c.Err() != nil {
		return DeskRecord{}, c.Err()
	}
	former.checkNumber(&formers, s.Now()) // brings it into its one form; a number that is none is nobody's
	return s.desk(ctx, cmd, func(tx *gorm.DB) (DeskRecord, string, error) {
		if formers.Err() != nil {
			return DeskRecord{}, "", ErrNotFound
		}
		p, err := s.resting(tx, person, former)
		if err != nil {
			return DeskRecord{}, "", err
		}
		holder, err := s.store.holder(tx, s.store.index(id))
		if err != nil || !p.Claim.holds() || (holder != "" && holder != p.Person) {
			return DeskRecord{}, "", cmp.Or(err, ErrClaim)
		}
		same := []string{p.Person} // log-ins of one human, which get one name
		if p.Claim == Proven {
			staff, err := s.renumber(tx, admin, s.store.index(former), s.store.index(id))
			if err != nil {
				return DeskRecord{}, "", err
			}
			same = append(same, staff...)
		}
		if p.Claim, err = p.Claim.then(actProve); err != nil {
			return DeskRecord{}, "", err
		}
		var c invalid.Check
		if p.Health.check(&c, id.Sex, s.Now()); c.Err() != nil {
			return DeskRecord{}, "", c.Err()
		}
		p.Identity, p.Version = &id, p.Version+1
		if err := s.store.save(tx, p, s.Now()); err != nil {
			return DeskRecord{}, "", err
		}
		for _, person := range same {
			if err := s.join(tx, person, s.store.index(id)); err != nil {
				return DeskRecord{}, "", err
			}
		}
		if err := s.noteDesk(tx, p.Person, admin, NoteDesk); err != nil {
			return DeskRecord{}, "", err
		}
		if err := s.secure(tx, accounts.EventProven, admin, p.Person); err != nil {
			return DeskRecord{}, "", err
		}
		r, err := s.deskRecord(tx, p)
		return r, "", err
	})
}

// renumber gives the log-ins of the administrator's organisation that have one number another, and
// says which they are.
func (s *Service) renumber(tx *gorm.DB, admin accounts.Account, former, index string) (moved []string, _ error) {
	staff, err := s.store.staffWith(tx, former, "")
	if err != nil || former == index {
		return nil, err
	}
	for _, person := range staff {
		if of, err := accounts.WorksFor(tx, person, admin.Org); err != nil || !of {
			if err != nil {
				return nil, err
			}
			continue
		}
		if err := s.notSelf(tx, admin, person); err != nil {
			return nil, err
		}
		if err := s.secure(tx, accounts.EventStaffNumber, admin, person); err != nil {
			return nil, err
		}
		if err := s.store.saveStaffNumber(tx, person, index, admin.Person, s.Now()); err != nil {
			return nil, err
		}
		moved = append(moved, person)
	}
	return moved, nil
}

// notSelf keeps administrators from replacing a number of their own, by whichever log-in they have
// it: with another one they would count as two people. accounts.ErrSelf.
func (s *Service) notSelf(tx *gorm.DB, admin accounts.Account, person string) error {
	if cn, err := accounts.CNOf(tx, person); err != nil || cn != admin.CN() {
		return err
	}
	known, err := s.store.numbered(tx, []string{person})
	if err == nil && known[person] {
		err = accounts.ErrSelf
	}
	return err
}

// DeskGuardian makes the holder of guardian's number a confirmed guardian of the child, both
// documents having been seen at the desk, or ends it: invalid.ErrInput, ErrNotFound, ErrIdentity
// for a child that came of age, ErrFull, ErrNotBound for a guardian under age, ErrClaim to be
// guardian of somebody who logs in with a number that is only typed: it is proven first, or freed.
func (s *Service) DeskGuardian(ctx context.Context, cmd sqlstore.Command, admin accounts.Account, child,
	guardian Identity, relation string, end bool) (DeskRecord, error) {
	var c invalid.Check
	c.That(relation == "parent" || relation == "other", "body.relation", "parent or other")
	child.checkNumber(&c, s.Now())
	guardian.checkNumber(&c, s.Now())
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
		act, reason := wardConfirm, NoteGuardianConfirmed
		if end {
			act, reason = wardEnd, NoteGuardianEnded
		} else if has, err := accounts.HasAccount(tx, of.Person); err != nil || has && of.Claim != Proven {
			return DeskRecord{}, "", cmp.Or(err, ErrClaim)
		}
		if err := s.ward(tx, &of, by, relation, act, ""); err != nil {
			return DeskRecord{}, "", err
		}
		if err := s.noteDesk(tx, of.Person, admin, reason); err != nil {
			return DeskRecord{}, "", err
		}
		if err := s.secure(tx, accounts.EventGuardian, admin, of.Person); err != nil {
			return DeskRecord{}, "", err
		}
		r, err := s.deskRecord(tx, of)
		return r, "", err
	})
}

func (s *Service) holderOf(tx *gorm.DB, id Identity) (Profile, error) {
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
	tx *gorm.DB, child *Profile, guardian Profile, relation string, act wardAct, actor string,
) error {
	now := s.Now()
	next, err := child.ward(guardian.Person).then(act)
	switch {
	case err != nil:
		return err
	case next == Confirmed && (child.ageAt(now) >= AdultAge || child.Person == guardian.Person):
		return ErrIdentity
	case next == Confirmed && (!guardian.Bound() || guardian.ageAt(now) < AdultAge):
		return ErrNotBound
	case next == Confirmed && child.ward(guardian.Person) != Confirmed && child.count(Confirmed) >= MaxGuardians:
		return ErrFull
	}
	g := Guardianship{Child: child.Person, Guardian: guardian.Person, Relation: relation, State: next,
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
	return s.guardianStep(ctx, cmd, actor, child, guardian, wardConfirm, NoteGuardianConfirmed)
}

// EndGuardian refuses somebody who asked, or gives up the actor's own guardianship or request. A
// confirmed guardian is ended by nobody but himself and the desk, and the last one by the desk
// alone: ErrNotFound, ErrClaim.
func (s *Service) EndGuardian(ctx context.Context, cmd sqlstore.Command, actor, child, guardian string) (View, error) {
	return s.guardianStep(ctx, cmd, actor, child, guardian, wardEnd, NoteGuardianEnded)
}

func (s *Service) guardianStep(ctx context.Context, cmd sqlstore.Command, actor, child, guardian string, act wardAct,
	reason string) (View, error) {
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
		case was == "", own && act == wardConfirm:
			return Profile{}, ErrNotFound
		case !own && was != Asked, own && was == Confirmed && p.count(Confirmed) == 1:
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
		}
		return p, s.noteSelf(tx, child, actor, reason)
	})
}

// Asking are the children somebody asks to be guardian of, without anything of them.
func (s *Service) Asking(ctx context.Context, actor string) ([]Guardianship, error) {
	return s.store.askedBy(s.db.WithContext(ctx), actor)
}

func (s *Service) desk(ctx context.Context, cmd sqlstore.Command,
	fn func(*gorm.DB) (DeskRecord, string, error)) (DeskRecord, error) {
	var moved string
	r, _, err := sqlstore.Answer[DeskRecord](s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		r, account, err := fn(tx)
		moved = account
		return r, err
	}))
	return r, s.ended(ctx, moved, err)
}

// EnterStaff notes the number of the document by which a member of staff is known; entering it
// again replaces it. Only its blind index is kept. The log-ins of one human get one CN by it
// (accounts.JoinHuman). The administrator must be of the same organisation: ErrNotFound otherwise.
// The own one is entered by oneself where it is missing, for the first administrator has nobody
// else, and replaced by another administrator: accounts.ErrSelf. invalid.ErrInput,
// accounts.ErrTwice.
func (s *Service) EnterStaff(ctx context.Context, cmd sqlstore.Command, admin accounts.Account, person string,
	id Identity) error {
	var c invalid.Check
	if id.checkNumber(&c, s.Now()); c.Err() != nil {
		return c.Err()
	}
	_, _, err := s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		if of, err := accounts.WorksFor(tx, person, admin.Org); err != nil || !of {
			return nil, cmp.Or(err, ErrNotFound)
		}
		if err := s.notSelf(tx, admin, person); err != nil {
			return nil, err
		}
		// The log is held from here on: two who enter one number for two log-ins come one after the
		// other.
		if err := s.secure(tx, accounts.EventStaffNumber, admin, person); err != nil {
			return nil, err
		}
		index := s.store.index(id)
		if err := s.store.saveStaffNumber(tx, person, index, admin.Person, s.Now()); err != nil {
			return nil, err
		}
		if err := s.doubt(tx, admin, index); err != nil {
			return nil, err
		}
		return struct{}{}, s.join(tx, person, index)
	})
	return err
}

// doubt asks who only typed a number that turns out to be a member of staff's to prove it: until
// then nobody knows whether the two are one human.
func (s *Service) doubt(tx *gorm.DB, admin accounts.Account, index string) error {
	holder, err := s.store.holder(tx, index)
	if err != nil || holder == "" {
		return err
	}
	p, err := s.store.load(tx, holder)
	if err != nil || p.Claim != Claimed {
		return err
	}
	if has, err := accounts.HasAccount(tx, holder); err != nil || !has {
		return err
	}
	if p.Claim, err = p.Claim.then(actDoubt); err != nil {
		return err
	}
	p.Version++
	if err := s.store.save(tx, p, s.Now()); err != nil {
		return err
	}
	return s.noteDesk(tx, holder, admin, NoteContested)
}

// StaffKnown are those of some members of staff whose number was entered, as the transaction sees
// it.
func (s *Service) StaffKnown(tx *gorm.DB, people ...string) (map[string]bool, error) {
	return s.store.numbered(tx, people)
}

// LoginOf is accounts.LoginOf outside a transaction.
func (s *Service) LoginOf(ctx context.Context, name string, role accounts.Role) (accounts.Account, error) {
	return accounts.LoginOf(s.db.WithContext(ctx), name, role)
}

// Also are the other person ids of one human, known by the number of a document: a doctor's, a
// reviewer's and a patient's log-in of one person are one person before every rule.
func (s *Service) Also(ctx context.Context, person string) ([]string, error) {
	return s.store.also(s.db.WithContext(ctx), person)
}

// checkNumber is check without what only the person's own profile has: name, sex and birth.
func (i *Identity) checkNumber(c *invalid.Check, now time.Time) {
	i.tidy()
	if _, err := i.facts(now); err != nil {
		c.Cited(false, "body.idNumber", err.Error(), i.standard())
	}
	c.That((i.kind() == Passport) == (i.Country != "") && (i.Country == "" || reCountry.MatchString(i.Country)),
		"body.country", ErrCountry.Error()+"; for passports only")
}
