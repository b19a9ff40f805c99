package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/family"
	"github.com/smart-hospital/hospital/app/handover"
	"github.com/smart-hospital/hospital/app/notice"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/prescription"
	prescriptionstore "github.com/smart-hospital/hospital/prescription/gormstore"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

// noticeChannel is the Redis channel on which instances wake the readers of notices.
const noticeChannel = "hospital:notices"

// Who is told what. Each room hands over what happened, in the transaction in which it happens;
// what follows from it is here.

// audiences finds the accounts of a notice.
type audiences struct{ patients *patients.Service }

// AccountsOf implements notice.People.
func (a audiences) AccountsOf(tx *gorm.DB, to notice.Audience) ([]string, error) {
	kind, rest, _ := strings.Cut(string(to), ":")
	role, name, _ := strings.Cut(rest, ":")
	switch kind {
	case "account":
		return []string{rest}, nil
	case "person":
		return accounts.IDsOf(tx, rest)
	case "family":
		people, err := a.patients.ActingFor(tx, rest)
		if err != nil {
			return nil, err
		}
		return accounts.IDsOf(tx, people...)
	case "login":
		acc, err := accounts.LoginOf(tx, name, accounts.Role(role))
		if errors.Is(err, accounts.ErrNotFound) {
			return nil, nil
		}
		return []string{acc.ID}, err
	case "staff":
		return accounts.IDsOfStaff(tx, accounts.Role(role), name)
	}
	return nil, nil
}

func staff(role accounts.Role, org string) notice.Audience { return notice.Staff(string(role), org) }

// tellVisit says what happened to a visit.
func (a *App) tellVisit(tx *gorm.DB, h consult.Happening) error {
	e := notice.Event{Kind: notice.Kind("visit." + h.What), Subject: h.Visit, About: h.Patient, At: h.At}
	if h.By != "" {
		e.By = notice.Person(h.By)
	}
	patient, doctor := notice.Family(h.Patient), notice.Person(h.Doctor)
	switch {
	case e.Kind == notice.VisitRead && h.By == h.Doctor:
		e.Quiet = []notice.Audience{doctor}
	case e.Kind == notice.VisitRead:
		e.Quiet = []notice.Audience{patient}
	case e.Kind == notice.VisitMessage && h.By != h.Doctor: // another guardian need not hear what this one wrote
		e.To, e.Quiet = []notice.Audience{doctor}, []notice.Audience{patient}
	default:
		e.To = []notice.Audience{patient, doctor}
	}
	return a.notices.Tell(tx, e)
}

// tellHandover tells an account's desk how far its phone has come. The phone's own list does not
// move.
func (a *App) tellHandover(ctx context.Context, account, intent string, at handover.State) error {
	kind := notice.SignOpened
	if at == handover.Signed {
		kind = notice.SignDone
	}
	return a.DB.Tx(ctx, func(tx *gorm.DB) error {
		return a.notices.Tell(tx, notice.Event{Kind: kind, Subject: intent,
			Quiet: []notice.Audience{notice.Account(account)}, At: time.Now()})
	})
}

// shelves are the prescriptions' store. Every step of a prescription is saved here, whoever took
// it, so here it is told.
type shelves struct {
	*prescriptionstore.Store
	told *notice.Service
}

var steps = map[chain.Kind]notice.Kind{
	chain.KindIssue: notice.RxIssued, chain.KindApprove: notice.RxApproved, chain.KindReject: notice.RxRejected,
	chain.KindPay: notice.RxPaid, chain.KindClaim: notice.RxClaimed, chain.KindRenew: notice.RxRenewed,
	chain.KindRelease: notice.RxReleased, chain.KindLapse: notice.RxLapsed,
	chain.KindContest: notice.RxContested, chain.KindDispense: notice.RxDispensed, chain.KindCancel: notice.RxCancelled,
	chain.KindExpire: notice.RxExpired,
}

// Save implements service.Store.
func (s shelves) Save(tx *gorm.DB, p *lifecycle.Prescription, ev *lifecycle.Event, tags []string) error {
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

// Learn implements service.Store.
func (s shelves) Learn(tx *gorm.DB, p *lifecycle.Prescription, ev lifecycle.Event, tags []string) error {
	if err := s.Store.Learn(tx, p, ev, tags); err != nil {
		return err
	}
	return s.step(tx, p, &ev)
}

// TakeBack implements service.Store.
func (s shelves) TakeBack(tx *gorm.DB, p *lifecycle.Prescription, record string, sent []byte, at time.Time) error {
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

// Choose implements service.Store.
func (s shelves) Choose(tx *gorm.DB, id prescription.ID, c lifecycle.Choice) error {
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
	return s.told.Tell(tx, e)
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

func (s shelves) tell(tx *gorm.DB, kind notice.Kind, is lifecycle.State, e notice.Event) error {
	e.Kind, e.Subject = kind, string(is.ID)
	if is.ReceivedAt.IsZero() {
		e.About = is.Patient.Person
	}
	if len(e.To)+len(e.Quiet) == 0 {
		return nil
	}
	return s.told.Tell(tx, e)
}

// step tells of a signed step. Whoever has it in a list is told quietly, so that the list moves.
func (s shelves) step(tx *gorm.DB, p *lifecycle.Prescription, ev *lifecycle.Event) error {
	is := p.State()
	kind, ok := steps[ev.Kind]
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

// tellPayment says what became of a settlement.
func (a *App) tellPayment(tx *gorm.DB, r payment.Row, kind chain.Kind, at time.Time) error {
	e := notice.Event{Subject: r.Rx, About: r.Person, At: at}
	patient := []notice.Audience{notice.Family(r.Person)}
	switch kind {
	case chain.KindPaySettle: // that the prescription is paid follows, and is told aloud
		e.Kind, e.Quiet = notice.PaySettled, patient
	case chain.KindPayFail:
		e.Kind, e.To = notice.PayFailed, patient
	case chain.KindPayRefund:
		e.Kind, e.To = notice.PayRefunded, patient
	default:
		return nil
	}
	return a.notices.Tell(tx, e)
}

// tellDesk says that a payment waits for an administrator of the hospital.
func (a *App) tellDesk(tx *gorm.DB, r payment.Row) error {
	return a.notices.Tell(tx, notice.Event{
		Kind: notice.PayDesk, Subject: r.ID, To: []notice.Audience{staff(accounts.Admin, a.Cfg.Hospital)}, At: r.DeskAt,
	})
}

// secured are the lines of the security log whose subject hears of it, or the administrators.
var secured = map[securitylog.Kind]notice.Kind{
	securitylog.KeyRequested: notice.KeyRequested, securitylog.KeyApproved: notice.KeyApproved,
	securitylog.KeyRefused: notice.KeyRefused, securitylog.KeyEnrolled: notice.KeyEnrolled,
	securitylog.KeyRevoked: notice.KeyRevoked, securitylog.Reset: notice.AccountPassword,
	securitylog.Password: notice.AccountPassword, securitylog.Device: notice.AccountDevice,
	securitylog.InOffice: notice.OfficeApproved, securitylog.OutOfOffice: notice.OfficeSuspended,
}

// tellSecurity says what happened to an account.
func (a *App) tellSecurity(tx *gorm.DB, l securitylog.Event) error {
	kind, ok := secured[l.Kind]
	if !ok {
		return nil
	}
	subject := notice.Account(l.Subject)
	if accounts.IsPerson(l.Subject) {
		subject = notice.Person(l.Subject)
	}
	e := notice.Event{Kind: kind, Subject: l.Subject, To: []notice.Audience{subject}, At: time.Now()}
	if l.Actor != "" {
		e.By = notice.Account(l.Actor)
	}
	switch admins := []notice.Audience{staff(accounts.Admin, l.Org)}; l.Kind {
	case securitylog.KeyRequested:
		e.To, e.Quiet = admins, e.To
	case securitylog.Device, securitylog.Password, securitylog.Reset:
		e.By = "" // the owner hears of what somebody else may have done in the owner's name
	default:
		e.Quiet = admins
	}
	return a.notices.Tell(tx, e)
}

// tellApplied says that a practitioner waits to be put into office.
func (a *App) tellApplied(tx *gorm.DB, p practitioners.Practitioner) error {
	return a.notices.Tell(tx, notice.Event{
		Kind: notice.OfficeApplied, Subject: p.Person, At: time.Now(),
		To: []notice.Audience{staff(accounts.Admin, p.Org)},
	})
}

// tellPhoto moves the administrators' lists when a doctor's photo waits; nobody is disturbed.
func (a *App) tellPhoto(tx *gorm.DB, p practitioners.Practitioner) error {
	return a.notices.Tell(tx, notice.Event{Kind: notice.OfficeApplied, Subject: p.Person, At: time.Now(),
		Quiet: []notice.Audience{staff(accounts.Admin, p.Org)}})
}

// tellFamily says what became of a guardianship. Who asks learns nothing of the child.
func (a *App) tellFamily(tx *gorm.DB, g family.Guardianship, by string) error {
	e := notice.Event{Subject: g.Child + "." + g.Guardian, About: g.Child, At: time.UnixMilli(g.Since)}
	child, guardian := []notice.Audience{notice.Family(g.Child)}, []notice.Audience{notice.Person(g.Guardian)}
	switch g.State {
	case family.Asked:
		e.Kind, e.To, e.Quiet = notice.FamilyAsked, child, guardian
	case family.Confirmed:
		e.Kind, e.To, e.Quiet = notice.FamilyConfirmed, guardian, child
	default:
		e.Kind, e.To = notice.FamilyEnded, slices.Concat(guardian, child)
	}
	if by != "" {
		e.By = notice.Person(by)
	}
	return a.notices.Tell(tx, e)
}

// tellTie says what happened to a tie of two adults, to both. Who asks learns nothing of the owner, and
// what the owner decides is about the relative's own rights: neither line is about a patient.
func (a *App) tellTie(tx *gorm.DB, t family.Tie, what, by string) error {
	owner, relative := []notice.Audience{notice.Person(t.Owner)}, []notice.Audience{notice.Person(t.Relative)}
	e := notice.Event{Kind: notice.Kind("relative." + what), Subject: t.ID, At: time.UnixMilli(t.Since),
		To: slices.Concat(owner, relative)}
	if what == family.HappenedAsked {
		e.To, e.Quiet = owner, relative
	}
	if by != "" {
		e.By = notice.Person(by)
	}
	return a.notices.Tell(tx, e)
}
