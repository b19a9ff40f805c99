package service

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/rules"
	"github.com/smart-hospital/hospital/prescription/view"
)

// idTries bounds drawing another id when one is taken.
const idTries = 3

// CreateDraft reserves an id and stores a draft. With Supersedes it reworks a rejected prescription
// of the same doctor and links both. Errors: ErrRole, ErrInvalid, ErrNotFound (visit), ErrStatus,
// ErrStale, sqlstore.ErrKeyReused.
func (s *Service) CreateDraft(ctx context.Context, a intent.Actor, cmd sqlstore.Command, in DraftInput) (*view.View,
	error) {
	for try := 0; ; try++ {
		v, err := s.createDraft(ctx, a, cmd, in)
		if !errors.Is(err, lifecycle.ErrExists) || try == idTries {
			return v, err
		}
	}
}

func (s *Service) createDraft(ctx context.Context, a intent.Actor, cmd sqlstore.Command, in DraftInput) (*view.View,
	error) {
	p, rep, unfit := s.newDraft(ctx, a, in)
	v, _, err := sqlstore.Answer[*view.View](s.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		if unfit != nil { // judged in here, so that a repeated request gets its first answer whatever changed since
			return nil, unfit
		}
		if old := p.State().Supersedes; old != "" {
			if err := s.link(tx, old, p.ID()); err != nil {
				return nil, err
			}
		}
		if err := s.Store.Insert(tx, p); err != nil {
			return nil, err
		}
		return view.Of(p, a, lifecycle.MaySee(a, p, ""), &rep, p.State().DraftedAt), nil
	}))
	return v, err
}

func (s *Service) newDraft(ctx context.Context, a intent.Actor, in DraftInput) (*lifecycle.Prescription, rules.Report,
	error) {
	old, in, err := s.rework(ctx, a, in)
	if err != nil {
		return nil, rules.Report{}, err
	}
	o, err := s.order(ctx, a, in)
	if err != nil {
		return nil, rules.Report{}, err
	}
	id, err := prescription.RandomID(o.At)
	if err != nil {
		return nil, rules.Report{}, err
	}
	p, err := lifecycle.NewDraft(id, o.Doctor, o.Visit, lifecycle.ContentOf(o), old, o.At)
	if err != nil {
		return nil, rules.Report{}, err
	}
	o.ValidDays = p.State().ValidDays
	return p, rules.Check(o), nil
}

// rework fills an input from the rejected prescription it supersedes.
func (s *Service) rework(ctx context.Context, a intent.Actor, in DraftInput) (prescription.ID, DraftInput, error) {
	if in.Supersedes == "" {
		return "", in, nil
	}
	old, err := s.Load(s.DB.WithContext(ctx), in.Supersedes)
	if err != nil {
		return "", in, err
	}
	if lifecycle.MaySee(a, old, "").Sight != lifecycle.Everything {
		return "", in, prescription.ErrNotFound
	}
	if len(in.Items) == 0 {
		in = inputOf(old)
	}
	if in.Visit == "" {
		in.Visit = old.State().Visit
	}
	return old.ID(), in, nil
}

func (s *Service) link(tx *gorm.DB, old, id prescription.ID) error {
	p, err := s.Store.Load(tx, old)
	if err != nil {
		return err
	}
	if err := p.SupersededBy(id); err != nil {
		return err
	}
	return s.Store.Save(tx, p, nil, nil)
}

// order gathers what the rules need for a content of a doctor: ErrRole, ErrInvalid, ErrNotFound.
func (s *Service) order(ctx context.Context, a intent.Actor, in DraftInput) (rules.Order, error) {
	if a.Role != chain.RoleDoctor {
		return rules.Order{}, prescription.ErrRole
	}
	c, err := s.resolve(in)
	if err != nil {
		return rules.Order{}, err
	}
	withdrawn, err := s.Prices.Price(s.DB.WithContext(ctx), c.Items)
	if err != nil {
		return rules.Order{}, err
	}
	d, err := s.Practitioners.Doctor(ctx, a.Person)
	if err != nil {
		return rules.Order{}, err
	}
	v, err := s.Visits.Visit(ctx, in.Visit)
	if err != nil {
		return rules.Order{}, err
	}
	if v.Doctor != a.Person {
		return rules.Order{}, prescription.ErrNotFound // somebody else's visit
	}
	// the rules would tell of the patient as recorded now, which is no longer this doctor's to read
	if over := rules.VisitOver(v, s.Time()); over != nil {
		return rules.Order{}, over
	}
	running, err := s.checks.Running(s.DB.WithContext(ctx), v.Patient, "")
	if err != nil {
		return rules.Order{}, err
	}
	return rules.Order{
		Running: running,
		At:      s.Time(), Doctor: d, Certificate: parties.CertificateOf(a.Cert), Visit: v, Formulary: s.Formulary,
		Diagnoses: c.Diagnoses, Items: c.Items, ValidDays: c.ValidDays, LongTerm: c.LongTerm, Overrides: c.Overrides,
		Withdrawn: withdrawn,
	}, nil
}

// CheckDraft runs the rules without storing anything: for the doctor's page while typing. Errors as
// CreateDraft.
func (s *Service) CheckDraft(ctx context.Context, a intent.Actor, in DraftInput) (rules.Report, error) {
	o, err := s.order(ctx, a, in)
	if err != nil {
		return rules.Report{}, err
	}
	if o.ValidDays == 0 {
		o.ValidDays = rules.DefaultValidDays
	}
	c := lifecycle.ContentOf(o)
	if err := c.Check(); err != nil {
		return rules.Report{}, err
	}
	o.LongTerm = c.LongTerm
	return rules.Check(o), nil
}

// UpdateDraft replaces a draft's contents when version is still the stored one:
// sqlstore.ErrConflict otherwise; further errors as CreateDraft.
func (s *Service) UpdateDraft(ctx context.Context, a intent.Actor, cmd sqlstore.Command, id string, version int64,
	in DraftInput) (*view.View, error) {
	p, err := s.Load(s.DB.WithContext(ctx), id)
	if err != nil {
		return nil, err
	}
	if lifecycle.MaySee(a, p, "").Sight != lifecycle.Everything {
		return nil, prescription.ErrNotFound
	}
	in.Visit = p.State().Visit
	o, unfit := s.order(ctx, a, in)
	v, _, err := sqlstore.Answer[*view.View](s.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		if unfit != nil {
			return nil, unfit
		}
		p, err := s.Store.Load(tx, p.ID())
		if err != nil {
			return nil, err
		}
		if p.Version() != version {
			return nil, sqlstore.ErrConflict
		}
		if err := p.Revise(o.Doctor, o.Visit, lifecycle.ContentOf(o), o.At); err != nil {
			return nil, err
		}
		if err := s.Store.Save(tx, p, nil, nil); err != nil {
			return nil, err
		}
		fresh := o
		fresh.ValidDays = p.State().ValidDays
		rep := rules.Check(fresh)
		return view.Of(p, a, lifecycle.MaySee(a, p, ""), &rep, o.At), nil
	}))
	return v, err
}

// report is what the rules say of a draft now.
func (s *Service) report(ctx context.Context, a intent.Actor, p *lifecycle.Prescription) (*rules.Report, error) {
	in := inputOf(p)
	in.Overrides = p.State().Overrides
	o, err := s.order(ctx, a, in)
	var over *prescription.Refusal
	switch {
	case errors.As(err, &over): // its visit is over, and with it the doctor's sight of the patient's live record
		return &rules.Report{Refusals: []*prescription.Refusal{over}, Findings: []rules.Finding{}}, nil
	case err != nil:
		return nil, err
	}
	o.ValidDays = p.State().ValidDays
	fresh := rules.Check(o)
	return &fresh, nil
}
