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

// EnterStaff notes the number of the document by which a member of staff is known; entering it
// again replaces it. Only its blind index is kept. The log-ins of one human get one CN by it
// (accounts.JoinHuman). The administrator must be of the same organisation: ErrNotFound otherwise.
// The own one is entered by oneself where it is missing, for the first administrator has nobody
// else, and replaced by another administrator: accounts.ErrSelf. invalid.ErrInput,
// accounts.ErrTwice.
func (s *Service) EnterStaff(ctx context.Context, cmd sqlstore.Command, admin accounts.Account, person string,
	id identity.Identity) error {
	var c invalid.Check
	if id.CheckNumber(&c, s.Now()); c.Err() != nil {
		return c.Err()
	}
	_, _, err := s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		if of, err := accounts.WorksFor(tx, person, admin.Org); err != nil || !of {
			return nil, cmp.Or(err, profile.ErrNotFound)
		}
		if err := s.notSelf(tx, admin, person); err != nil {
			return nil, err
		}
		// The log is held from here on: two who enter one number for two log-ins come one after the
		// other.
		if err := s.secure(tx, securitylog.StaffNumber, admin, person); err != nil {
			return nil, err
		}
		index := s.store.Index(id)
		if err := s.store.SaveStaffNumber(tx, person, index, admin.Person, s.Now()); err != nil {
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
	holder, err := s.store.Holder(tx, index)
	if err != nil || holder == "" {
		return err
	}
	p, err := s.store.Load(tx, holder)
	if err != nil || p.Claim != profile.Claimed {
		return err
	}
	if has, err := accounts.HasAccount(tx, holder); err != nil || !has {
		return err
	}
	if p.Claim, err = p.Claim.Then(profile.Doubt); err != nil {
		return err
	}
	p.Version++
	if err := s.store.Save(tx, p, s.Now()); err != nil {
		return err
	}
	if err := s.endTies(tx, holder); err != nil { // whose record this is nobody knows until it is proven
		return err
	}
	return s.noteDesk(tx, holder, admin, access.NoteContested)
}

// StaffKnown are those of some members of staff whose number was entered, as the transaction sees
// it.
func (s *Service) StaffKnown(tx *gorm.DB, people ...string) (map[string]bool, error) {
	return s.store.Numbered(tx, people)
}

// LoginOf is accounts.LoginOf outside a transaction.
func (s *Service) LoginOf(ctx context.Context, name string, role accounts.Role) (accounts.Account, error) {
	return human.LoginOf(s.db.WithContext(ctx), name, role)
}

// Also are the other person ids of one human, known by the number of a document: a doctor's, a
// reviewer's and a patient's log-in of one person are one person before every rule.
func (s *Service) Also(ctx context.Context, person string) ([]string, error) {
	return s.store.Also(s.db.WithContext(ctx), person)
}
