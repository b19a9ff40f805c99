package patients

import (
	"cmp"
	"context"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/human"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/app/patients/access"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/app/patients/profile"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// DeskRecord is one profile with a number, as the desk sees it: who it is and how sure that is,
// nothing of health.
type DeskRecord struct {
	Person    string         `json:"person" doc:"Opaque id; its last four characters are the sign on the patient's page" example:"u7k2mq4xw5zt3yb6nc2da"`
	Name      string         `json:"name" example:"陈晓燕"`
	BirthDate string         `json:"birthDate" example:"1990-03-07"`
	IDNumber  string         `json:"idNumber" doc:"Masked" example:"110101********1234"`
	Claim     profile.Claim  `json:"claim" enum:"claimed,contested,proven,lost"`
	LogsIn    bool           `json:"logsIn" doc:"Somebody logs in as this person; false: a child's record"`
	Staff     bool           `json:"staff" doc:"The number is a member of staff's too: it is proven before anything rests on it"`
	Apart     bool           `json:"apart" doc:"This human's log-ins as patient and as staff have several names on the chain, because each had a key before the number was known"`
	Guardians []GuardianView `json:"guardians"`
}

// DeskFind lists the profiles with the number of a document that a person shows at the desk,
// whoever holds it first. Each is noted in its access log. invalid.ErrInput.
func (s *Service) DeskFind(ctx context.Context, admin accounts.Account, id identity.Identity) ([]DeskRecord, error) {
	var c invalid.Check
	if id.CheckNumber(&c, s.Now()); c.Err() != nil {
		return nil, c.Err()
	}
	var list []DeskRecord
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		list = []DeskRecord{}
		found, err := s.store.Claimants(tx, s.store.Index(id))
		if err != nil {
			return err
		}
		for _, p := range found {
			r, err := s.deskRecord(tx, p)
			if err != nil {
				return err
			}
			list = append(list, r)
			if err := s.noteDesk(tx, p.Person, admin, access.NoteSeen); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

// Identified is who a person is whose code a member of staff read, noted in its access log in the
// same transaction: profile.ErrNotFound.
func (s *Service) Identified(ctx context.Context, staff accounts.Account, person string) (r DeskRecord, err error) {
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		p, err := s.store.Load(tx, person)
		if err != nil {
			return err
		}
		if r, err = s.deskRecord(tx, p); err != nil {
			return err
		}
		return s.noteDesk(tx, person, staff, access.NoteShown)
	})
	return r, err
}

func (s *Service) deskRecord(tx *gorm.DB, p profile.Profile) (DeskRecord, error) {
	has, err := accounts.HasAccount(tx, p.Person)
	v := ViewOf(p)
	r := DeskRecord{Person: p.Person, Claim: p.Claim, LogsIn: has, Guardians: v.Guardians}
	if err != nil || p.Identity == nil {
		return r, err
	}
	r.Name, r.BirthDate, r.IDNumber = p.Identity.Name, p.Identity.BirthDate, p.Identity.Masked()
	index := s.store.Index(*p.Identity)
	staff, err := s.store.StaffWith(tx, index, p.Person)
	if r.Staff = len(staff) > 0; err == nil && r.Staff && has && p.Claim == profile.Proven {
		r.Apart, err = human.Apart(tx, p.Person, staff)
	}
	return r, err
}

// resting is a record that rests on a number: ErrNotFound for any other number.
func (s *Service) resting(tx *gorm.DB, person string, id identity.Identity) (profile.Profile, error) {
	p, err := s.store.Load(tx, person)
	if err == nil && (p.Identity == nil || s.store.Index(*p.Identity) != s.store.Index(id)) {
		err = profile.ErrNotFound
	}
	return p, err
}

// ProveAtDesk makes a number the claimant's whose document was seen at the desk, with the name, sex
// and date of birth as the document has them. Whoever held it, by a card even, loses it. The
// claimant's sessions end when a record passes to it. invalid.ErrInput, ErrNotFound when the
// claimant typed another number, ErrClaim.
func (s *Service) ProveAtDesk(ctx context.Context, cmd sqlstore.Command, admin accounts.Account, person string,
	id identity.Identity) (DeskRecord, error) {
	var c invalid.Check
	if id.Check(&c, s.Now()); c.Err() != nil {
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
		if err := s.secure(tx, securitylog.Proven, admin, after.Person); err != nil {
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
	id identity.Identity) (DeskRecord, error) {
	var c invalid.Check
	if id.CheckNumber(&c, s.Now()); c.Err() != nil {
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
		if has, err := accounts.HasAccount(tx, person); err != nil || !has || p.Claim != profile.Claimed {
			return DeskRecord{}, "", cmp.Or(err, profile.ErrClaim)
		}
		if err := s.displace(tx, p, l, access.NoteFreed,
			func(person, reason string) error { return s.noteDesk(tx, person, admin, reason) }); err != nil {
			return DeskRecord{}, "", err
		}
		if err := s.secure(tx, securitylog.Freed, admin, person); err != nil {
			return DeskRecord{}, "", err
		}
		return DeskRecord{Person: person, Claim: profile.Lost, LogsIn: true, Guardians: []GuardianView{}}, "", nil
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
	former, id identity.Identity) (DeskRecord, error) {
	var c, formers invalid.Check
	if id.Check(&c, s.Now()); c.Err() != nil {
		return DeskRecord{}, c.Err()
	}
	former.CheckNumber(&formers, s.Now()) // brings it into its one form; a number that is none is nobody's
	return s.desk(ctx, cmd, func(tx *gorm.DB) (DeskRecord, string, error) {
		if formers.Err() != nil {
			return DeskRecord{}, "", profile.ErrNotFound
		}
		p, err := s.resting(tx, person, former)
		if err != nil {
			return DeskRecord{}, "", err
		}
		holder, err := s.store.Holder(tx, s.store.Index(id))
		if err != nil || !p.Claim.Holds() || (holder != "" && holder != p.Person) {
			return DeskRecord{}, "", cmp.Or(err, profile.ErrClaim)
		}
		same := []string{p.Person} // log-ins of one human, which get one name
		if p.Claim == profile.Proven {
			staff, err := s.renumber(tx, admin, s.store.Index(former), s.store.Index(id))
			if err != nil {
				return DeskRecord{}, "", err
			}
			same = append(same, staff...)
		}
		if p.Claim, err = p.Claim.Then(profile.Prove); err != nil {
			return DeskRecord{}, "", err
		}
		var c invalid.Check
		if p.Health.Check(&c, id.Sex, s.Now()); c.Err() != nil {
			return DeskRecord{}, "", c.Err()
		}
		p.Identity, p.Version = &id, p.Version+1
		if err := s.store.Save(tx, p, s.Now()); err != nil {
			return DeskRecord{}, "", err
		}
		for _, person := range same {
			if err := s.join(tx, person, s.store.Index(id)); err != nil {
				return DeskRecord{}, "", err
			}
		}
		if err := s.noteDesk(tx, p.Person, admin, access.NoteDesk); err != nil {
			return DeskRecord{}, "", err
		}
		if err := s.secure(tx, securitylog.Proven, admin, p.Person); err != nil {
			return DeskRecord{}, "", err
		}
		r, err := s.deskRecord(tx, p)
		return r, "", err
	})
}

// renumber gives the log-ins of the administrator's organisation that have one number another, and
// says which they are.
func (s *Service) renumber(tx *gorm.DB, admin accounts.Account, former, index string) (moved []string, _ error) {
	staff, err := s.store.StaffWith(tx, former, "")
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
		if err := s.secure(tx, securitylog.StaffNumber, admin, person); err != nil {
			return nil, err
		}
		if err := s.store.SaveStaffNumber(tx, person, index, admin.Person, s.Now()); err != nil {
			return nil, err
		}
		moved = append(moved, person)
	}
	return moved, nil
}

// notSelf keeps administrators from replacing a number of their own, by whichever log-in they have
// it: with another one they would count as two people. accounts.ErrSelf.
func (s *Service) notSelf(tx *gorm.DB, admin accounts.Account, person string) error {
	if cn, err := human.CNOf(tx, person); err != nil || cn != admin.CN() {
		return err
	}
	known, err := s.store.Numbered(tx, []string{person})
	if err == nil && known[person] {
		err = accounts.ErrSelf
	}
	return err
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
