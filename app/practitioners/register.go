package practitioners

import (
	"context"
	"fmt"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/prescription"
)

// The register as the prescription room asks it.
var _ prescription.Practitioners = (*Service)(nil)

// also are the other person ids of one human. Without a registry of humans a log-in is all there is.
func (s *Service) also(ctx context.Context, person string) ([]string, error) {
	if s.Humans == nil {
		return nil, nil
	}
	return s.Humans.Also(ctx, person)
}

func (s *Service) inOffice(ctx context.Context, person string, role accounts.Role) (Practitioner, error) {
	p, err := s.Get(ctx, person)
	if isNotFound(err) || (err == nil && p.Role != role) {
		return Practitioner{}, fmt.Errorf("%w: %s", prescription.ErrNotFound, role)
	}
	return p, err
}

// Doctor implements prescription.Practitioners. One who is not approved has no LicensedUntil and no prescribing right.
func (s *Service) Doctor(ctx context.Context, person string) (prescription.Doctor, error) {
	p, err := s.inOffice(ctx, person, accounts.Doctor)
	if err != nil {
		return prescription.Doctor{}, err
	}
	also, err := s.also(ctx, person)
	if err != nil {
		return prescription.Doctor{}, err
	}
	return prescription.Doctor{
		Person: p.Person, Name: p.Name, Hospital: p.Org, Title: prescription.Title(p.Title), Licence: p.Licence, LicensedUntil: p.validUntil(),
		PracticeSince: startOfDay(p.PracticeSince), MayPrescribe: p.State == Approved, Paediatric: p.Paediatric, Also: also,
	}, nil
}

// Reviewer implements prescription.Practitioners.
func (s *Service) Reviewer(ctx context.Context, person string) (prescription.Reviewer, error) {
	p, err := s.inOffice(ctx, person, accounts.Reviewer)
	if err != nil {
		return prescription.Reviewer{}, err
	}
	also, err := s.also(ctx, person)
	return prescription.Reviewer{Person: p.Person, Name: p.Name, Hospital: p.Org, LicensedUntil: p.validUntil(), Also: also}, err
}

// Dispenser implements prescription.Practitioners.
func (s *Service) Dispenser(ctx context.Context, person string) (prescription.Dispenser, error) {
	p, err := s.inOffice(ctx, person, accounts.Dispenser)
	if err != nil {
		return prescription.Dispenser{}, err
	}
	return prescription.Dispenser{Person: p.Person, Name: p.Name, Pharmacy: p.Org, PharmacyName: s.OrgName(p.Org), LicensedUntil: p.validUntil()}, nil
}

// InOffice returns nil for an approved practitioner whose licence has not run out, else ErrNotApproved.
func (s *Service) InOffice(ctx context.Context, person string) error {
	p, err := s.Get(ctx, person)
	if isNotFound(err) || (err == nil && !s.Now().Before(p.validUntil())) {
		return ErrNotApproved
	}
	return err
}
