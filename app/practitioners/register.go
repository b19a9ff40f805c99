package practitioners

import (
	"context"
	"errors"
	"fmt"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/parties"
)

// The register as the prescription room asks it.
var _ parties.Practitioners = (*Service)(nil)

// also are the other person ids of one human. Without a registry of humans a log-in is all there
// is.
func (s *Service) also(ctx context.Context, person string) ([]string, error) {
	if s.Humans == nil {
		return nil, nil
	}
	return s.Humans.Also(ctx, person)
}

// inOffice is the registration of a human in a role, with the name that the certificates give the
// person (accounts.Account.CN). name is that one or the person id of the log-in.
func (s *Service) inOffice(ctx context.Context, name string, role accounts.Role) (p Practitioner, cn string,
	err error) {
	acc := accounts.Account{Person: name}
	if s.Humans != nil {
		if acc, err = s.Humans.LoginOf(ctx, name, role); errors.Is(err, accounts.ErrNotFound) {
			acc, err = accounts.Account{Person: name}, nil // of an account that is no more
		}
		if err != nil {
			return Practitioner{}, "", err
		}
	}
	p, err = s.Get(ctx, acc.Person)
	if isNotFound(err) || (err == nil && p.Role != role) {
		return Practitioner{}, "", fmt.Errorf("%w: %s", prescription.ErrNotFound, role)
	}
	return p, acc.CN(), err
}

// Doctor implements parties.Practitioners. One who is not approved has no LicensedUntil and no
// prescribing right.
func (s *Service) Doctor(ctx context.Context, person string) (parties.Doctor, error) {
	p, cn, err := s.inOffice(ctx, person, accounts.Doctor)
	if err != nil {
		return parties.Doctor{}, err
	}
	also, err := s.also(ctx, p.Person)
	if err != nil {
		return parties.Doctor{}, err
	}
	return parties.Doctor{
		Person: cn, Name: p.Name, Hospital: p.Org, Title: parties.Title(p.Title), Licence: p.Licence,
		LicensedUntil: p.validUntil(),
		PracticeSince: startOfDay(p.PracticeSince), MayPrescribe: p.State == Approved,
		Paediatric: p.Paediatric, Also: also,
	}, nil
}

// Reviewer implements parties.Practitioners.
func (s *Service) Reviewer(ctx context.Context, person string) (parties.Reviewer, error) {
	p, cn, err := s.inOffice(ctx, person, accounts.Reviewer)
	if err != nil {
		return parties.Reviewer{}, err
	}
	also, err := s.also(ctx, p.Person)
	return parties.Reviewer{Person: cn, Name: p.Name, Hospital: p.Org, LicensedUntil: p.validUntil(), Also: also},
		err
}

// Dispenser implements parties.Practitioners.
func (s *Service) Dispenser(ctx context.Context, person string) (parties.Dispenser, error) {
	p, cn, err := s.inOffice(ctx, person, accounts.Dispenser)
	if err != nil {
		return parties.Dispenser{}, err
	}
	return parties.Dispenser{Person: cn, Name: p.Name, Pharmacy: p.Org, PharmacyName: s.OrgName(p.Org),
		LicensedUntil: p.validUntil()}, nil
}

// InOffice returns nil for an approved practitioner whose licence has not run out, else
// ErrNotApproved.
func (s *Service) InOffice(ctx context.Context, person string) error {
	p, err := s.Get(ctx, person)
	if isNotFound(err) || (err == nil && !s.Now().Before(p.validUntil())) {
		return ErrNotApproved
	}
	return err
}
