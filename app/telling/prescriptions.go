package telling

import (
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/notice"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/prescription"
	prescriptionstore "github.com/smart-hospital/hospital/prescription/gormstore"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

// Prescriptions is their store. Every step of a prescription is saved here, whoever took it,
// so here it is told.
type Prescriptions struct {
	*prescriptionstore.Store
	Notices *notice.Service
}

// Steps are what people are told of a prescription's steps.
var Steps = map[chain.Kind]notice.Kind{
	chain.KindIssue: notice.RxIssued, chain.KindApprove: notice.RxApproved, chain.KindReject: notice.RxRejected,
	chain.KindPay: notice.RxPaid, chain.KindClaim: notice.RxClaimed, chain.KindRenew: notice.RxRenewed,
	chain.KindRelease: notice.RxReleased, chain.KindLapse: notice.RxLapsed,
	chain.KindContest: notice.RxContested, chain.KindDispense: notice.RxDispensed, chain.KindCancel: notice.RxCancelled,
	chain.KindExpire: notice.RxExpired,
}

// Save implements lifecycle.Store.
func (s Prescriptions) Save(tx *gorm.DB, p *lifecycle.Prescription, ev *lifecycle.Event, tags []string) error {
	if ev != nil {
		if err := s.Store.Save(tx, p, ev, tags); err != nil {
			return err
		}
		return s.step(tx, p, ev)
	}
	if p.Status() != prescription.Claimed {
		return s.Store.Save(tx, p, nil, tags)
	}
	before, err := s.Load(tx, p.ID())
	if err != nil {
		return err
	}
	if err := s.Store.Save(tx, p, nil, tags); err != nil {
		return err
	}
	was, is := before.State(), p.State()
	holder := staff(accounts.Dispenser, is.Claim.Pharmacy)
	switch {
	case was.Claim == nil:
		return nil
	case was.Claim.AskedAt != is.Claim.AskedAt:
		e := notice.Event{To: []notice.Audience{holder}, Quiet: patientSide(is), At: is.Claim.AskedAt}
		return s.tell(tx, notice.RxAsked, is, e)
	case was.Claim.ReadyAt != is.Claim.ReadyAt:
		e := notice.Event{To: patientSide(is), Quiet: []notice.Audience{holder}, At: is.Claim.ReadyAt}
		return s.tell(tx, notice.RxReady, is, e)
	}
	return nil
}

// Learn implements lifecycle.Store.
func (s Prescriptions) Learn(tx *gorm.DB, p *lifecycle.Prescription, ev lifecycle.Event, tags []string) error {
	if err := s.Store.Learn(tx, p, ev, tags); err != nil {
		return err
	}
	return s.step(tx, p, &ev)
}

// TakeBack implements lifecycle.Store.
func (s Prescriptions) TakeBack(tx *gorm.DB, p *lifecycle.Prescription, record string, sent []byte,
	at time.Time) error {
	before, err := s.Load(tx, p.ID())
	if err != nil {
		return err
	}
	if err := s.Store.TakeBack(tx, p, record, sent, at); err != nil {
		return err
	}
	to := slices.Concat(patientSide(p.State()), holderOf(before))
	return s.tell(tx, notice.RxRefused, p.State(), notice.Event{To: to, At: at})
}

// Choose implements lifecycle.Store.
func (s Prescriptions) Choose(tx *gorm.DB, id prescription.ID, c lifecycle.Choice) error {
	before, err := s.Choice(tx, id)
	if err != nil {
		return err
	}
	if err := s.Store.Choose(tx, id, c); err != nil {
		return err
	}
	to := []notice.Audience{staff(accounts.Dispenser, c.Pharmacy)}
	e := notice.Event{Kind: notice.RxChosen, Subject: string(id), To: to, At: c.At}
	if before != nil && before.Pharmacy != c.Pharmacy {
		e.Quiet = []notice.Audience{staff(accounts.Dispenser, before.Pharmacy)}
	}
	p, err := s.Load(tx, id)
	if err != nil || p.Status() != prescription.Paid {
		return err // a pharmacy hears of it when there is something to hand out
	}
	return s.Notices.Tell(tx, e)
}

// holderOf is the pharmacy that holds a prescription.
func holderOf(p *lifecycle.Prescription) []notice.Audience {
	if c := p.State().Claim; c != nil {
		return []notice.Audience{staff(accounts.Dispenser, c.Pharmacy)}
	}
	return nil
}

// patientSide is the patient's side; a copy of another hospital's prescription has none here.
func patientSide(is lifecycle.State) []notice.Audience {
	if !is.ReceivedAt.IsZero() {
		return nil
	}
	return []notice.Audience{notice.Family(is.Patient.Person)}
}

func (s Prescriptions) tell(tx *gorm.DB, kind notice.Kind, is lifecycle.State, e notice.Event) error {
	e.Kind, e.Subject = kind, string(is.ID)
	if is.ReceivedAt.IsZero() {
		e.About = is.Patient.Person
	}
	if len(e.To)+len(e.Quiet) == 0 {
		return nil
	}
	return s.Notices.Tell(tx, e)
}

// step tells of a signed step. Whoever has it in a list is told quietly, so that the list moves.
func (s Prescriptions) step(tx *gorm.DB, p *lifecycle.Prescription, ev *lifecycle.Event) error {
	is := p.State()
	kind, ok := Steps[ev.Kind]
	if !ok {
		return nil
	}
	patient := patientSide(is)
	var doctor, reviewers, pharmacy []notice.Audience
	if is.ReceivedAt.IsZero() {
		doctor = []notice.Audience{notice.Login(is.Doctor.Person, string(accounts.Doctor))}
		reviewers = []notice.Audience{staff(accounts.Reviewer, is.Hospital)}
	}
	for _, c := range []*lifecycle.Claim{is.Claim, is.Former} {
		if c != nil {
			pharmacy = append(pharmacy, staff(accounts.Dispenser, c.Pharmacy))
		}
	}
	if ev.Kind == chain.KindRelease || ev.Kind == chain.KindDispense {
		pharmacy = append(pharmacy, staff(accounts.Dispenser, ev.Org))
	}
	chosen, err := s.Choice(tx, is.ID)
	if err != nil {
		return err
	}
	if chosen != nil {
		pharmacy = append(pharmacy, staff(accounts.Dispenser, chosen.Pharmacy))
	}
	e := notice.Event{At: ev.Taken, To: patient, Quiet: slices.Concat(doctor, pharmacy)}
	switch ev.Kind {
	case chain.KindIssue:
		e.To, e.Quiet = slices.Concat(patient, reviewers), doctor
	case chain.KindApprove, chain.KindReject:
		e.To, e.Quiet = slices.Concat(patient, doctor), reviewers
	case chain.KindLapse, chain.KindContest:
		e.To, e.Quiet = slices.Concat(patient, doctor, pharmacy), nil
	case chain.KindCancel, chain.KindExpire:
		e.To, e.Quiet = slices.Concat(patient, doctor), slices.Concat(reviewers, pharmacy)
	case chain.KindPay:
		if chosen != nil {
			e.To, e.Quiet = slices.Concat(patient, pharmacy), doctor
		}
	}
	if ev.Role != chain.RoleSeal && ev.Person != "" {
		e.By = notice.Login(ev.Person, string(ev.Role))
	}
	return s.tell(tx, kind, is, e)
}
