// Package telling says who is told what. Each room hands over what happened, in the transaction in
// which it happens; what follows from it is here.
package telling

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/human"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/family"
	"github.com/smart-hospital/hospital/app/handover"
	"github.com/smart-hospital/hospital/app/notice"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/app/template"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment"
)

// Telling hands what happens in the rooms to the room of notices.
type Telling struct {
	Notices  *notice.Service
	DB       *sqlstore.DB
	Hospital string // its member id
}

// Audiences finds the accounts of a notice.
type Audiences struct{ Patients *patients.Service }

// AccountsOf implements notice.People.
func (a Audiences) AccountsOf(tx *gorm.DB, to notice.Audience) ([]string, error) {
	kind, rest, _ := strings.Cut(string(to), ":")
	role, name, _ := strings.Cut(rest, ":")
	switch kind {
	case "account":
		return []string{rest}, nil
	case "person":
		return accounts.IDsOf(tx, rest)
	case "family":
		people, err := a.Patients.ActingFor(tx, rest)
		if err != nil {
			return nil, err
		}
		return accounts.IDsOf(tx, people...)
	case "login":
		acc, err := human.LoginOf(tx, name, accounts.Role(role))
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

// Visit says what happened to a visit.
func (t Telling) Visit(tx *gorm.DB, h consult.Happening) error {
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
	case e.Kind == notice.VisitNote: // its doctor may not have read yet what the patient wrote meanwhile
		e.To = []notice.Audience{patient}
	default:
		e.To = []notice.Audience{patient, doctor}
	}
	return t.Notices.Tell(tx, e)
}

// Handover tells an account's desk how far its phone has come. The phone's own list does not
// move.
func (t Telling) Handover(ctx context.Context, account, intent string, at handover.State) error {
	kind := notice.SignOpened
	if at == handover.Signed {
		kind = notice.SignDone
	}
	return t.DB.Tx(ctx, func(tx *gorm.DB) error {
		return t.Notices.Tell(tx, notice.Event{Kind: kind, Subject: intent,
			Quiet: []notice.Audience{notice.Account(account)}, At: time.Now()})
	})
}

// Settlements are what people are told of a settlement's steps. Who opens it sees so.
var Settlements = map[chain.Kind]notice.Kind{
	chain.KindPayOpen: "", chain.KindPaySettle: notice.PaySettled,
	chain.KindPayFail: notice.PayFailed, chain.KindPayRefund: notice.PayRefunded,
}

// Payment says what became of a settlement.
func (t Telling) Payment(tx *gorm.DB, r payment.Row, kind chain.Kind, at time.Time) error {
	e := notice.Event{Kind: Settlements[kind], Subject: r.Rx, About: r.Person, At: at}
	switch e.Kind {
	case "":
		return nil
	case notice.PaySettled: // that the prescription is paid follows, and is told aloud
		e.Quiet = []notice.Audience{notice.Family(r.Person)}
	default:
		e.To = []notice.Audience{notice.Family(r.Person)}
	}
	return t.Notices.Tell(tx, e)
}

// Desk says that a payment waits for an administrator of the hospital.
func (t Telling) Desk(tx *gorm.DB, r payment.Row) error {
	return t.Notices.Tell(tx, notice.Event{
		Kind: notice.PayDesk, Subject: r.ID, To: []notice.Audience{staff(accounts.Admin, t.Hospital)}, At: r.DeskAt,
	})
}

// Keys are what people are told of certificates, by the lines of the security log that stand
// beside them.
var Keys = map[chain.Kind]notice.Kind{
	chain.KindEnrol:  secured[securitylog.KeyEnrolled],
	chain.KindRevoke: secured[securitylog.KeyRevoked],
}

// secured are the lines of the security log whose subject hears of it, or the administrators.
var secured = map[securitylog.Kind]notice.Kind{
	securitylog.KeyRequested: notice.KeyRequested, securitylog.KeyApproved: notice.KeyApproved,
	securitylog.KeyRefused: notice.KeyRefused, securitylog.KeyEnrolled: notice.KeyEnrolled,
	securitylog.KeyRevoked: notice.KeyRevoked, securitylog.Reset: notice.AccountPassword,
	securitylog.Password: notice.AccountPassword, securitylog.Device: notice.AccountDevice,
	securitylog.InOffice: notice.OfficeApproved, securitylog.OutOfOffice: notice.OfficeSuspended,
	securitylog.Scheduled: notice.OfficeScheduled,
}

// Security says what happened to an account.
func (t Telling) Security(tx *gorm.DB, l securitylog.Event) error {
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
	return t.Notices.Tell(tx, e)
}

// Applied says that a practitioner waits to be put into office.
func (t Telling) Applied(tx *gorm.DB, p practitioners.Practitioner) error {
	return t.Notices.Tell(tx, notice.Event{
		Kind: notice.OfficeApplied, Subject: p.Person, At: time.Now(),
		To: []notice.Audience{staff(accounts.Admin, p.Org)},
	})
}

// Photo moves the administrators' lists when a doctor's photo waits; nobody is disturbed.
func (t Telling) Photo(tx *gorm.DB, p practitioners.Practitioner) error {
	return t.Notices.Tell(tx, notice.Event{Kind: notice.OfficeApplied, Subject: p.Person, At: time.Now(),
		Quiet: []notice.Audience{staff(accounts.Admin, p.Org)}})
}

// Template tells the hospital's pharmacists of one to be judged, and its author of the judgement.
func (t Telling) Template(tx *gorm.DB, h template.Happened) error {
	kind := notice.Kind("template." + string(h.State))
	e := notice.Event{Kind: kind, Subject: h.ID, At: h.At, By: notice.Person(h.By)}
	author, judges := []notice.Audience{notice.Person(h.Author)}, []notice.Audience{staff(accounts.Reviewer, h.Org)}
	switch h.State {
	case template.Proposed:
		e.To, e.Quiet = judges, author
	case template.Agreed, template.Declined:
		e.To, e.Quiet = author, judges
	default:
		return nil
	}
	return t.Notices.Tell(tx, e)
}

// Family says what became of a guardianship. Who asks learns nothing of the child.
func (t Telling) Family(tx *gorm.DB, g family.Guardianship, by string) error {
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
	return t.Notices.Tell(tx, e)
}

// Tie says what happened to a tie of two adults, to both. Who asks learns nothing of the owner, and
// what the owner decides is about the relative's own rights: neither line is about a patient.
func (t Telling) Tie(tx *gorm.DB, tie family.Tie, what, by string) error {
	owner, relative := []notice.Audience{notice.Person(tie.Owner)}, []notice.Audience{notice.Person(tie.Relative)}
	e := notice.Event{Kind: notice.Kind("relative." + what), Subject: tie.ID, At: time.UnixMilli(tie.Since),
		To: slices.Concat(owner, relative)}
	if what == family.HappenedAsked {
		e.To, e.Quiet = owner, relative
	}
	if by != "" {
		e.By = notice.Person(by)
	}
	return t.Notices.Tell(tx, e)
}
