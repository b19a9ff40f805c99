package app

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts/human"
	"github.com/smart-hospital/hospital/app/consult"
	pharmaciesapi "github.com/smart-hospital/hospital/app/httpapi/pharmacies"
	"github.com/smart-hospital/hospital/app/keys"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/app/rating"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/money"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/announce"
	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/service"
)

// The rooms do not know each other; these few types are all that joins them.

// visits shows consultations to the prescription room.
type visits struct {
	consultations *consult.Service
	patients      *patients.Service
	db            *sqlstore.DB
	orgName       func(org string) string
	hospital      string
}

func (v visits) Visit(ctx context.Context, id string) (parties.Visit, error) {
	return v.visit(v.db.WithContext(ctx), id, v.patients.AtVisitIn)
}

func (v visits) VisitIn(tx *gorm.DB, id string) (parties.Visit, error) {
	return v.visit(tx, id, v.patients.HeldAtVisit)
}

// maxOpen bounds how many open visits of one patient are looked through.
const maxOpen = 50

// openWith is a doctor's open visit with a patient, and its state; empty: none.
func (v visits) openWith(ctx context.Context, doctor string, patient []string) (id, state string, err error) {
	tx := v.db.WithContext(ctx)
	open, err := v.consultations.OpenOf(tx, maxOpen, patient...)
	for _, id := range open {
		c, err := v.consultations.Visit(tx, id)
		if err != nil {
			return "", "", err
		}
		if c.Doctor == doctor {
			return c.ID, string(c.State), nil
		}
	}
	return "", "", err
}

// taker is who a visit is for, as the patients' room knows the person now.
type taker func(tx *gorm.DB, asks, person string) (parties.Patient, []parties.PriorDiagnosis, error)

func (v visits) visit(tx *gorm.DB, id string, of taker) (parties.Visit, error) {
	c, err := v.consultations.Visit(tx, id)
	if errors.Is(err, consult.ErrNotFound) {
		return parties.Visit{}, prescription.ErrNotFound
	}
	if err != nil {
		return parties.Visit{}, err
	}
	asks := c.Patient
	if c.Guardian != "" {
		asks = c.Guardian
	}
	patient, prior, err := of(tx, asks, c.Patient)
	if err != nil {
		return parties.Visit{}, err
	}
	// Either proof makes a follow-up: what the hospital itself has on record, or what the doctor
	// saw and wrote down.
	for _, p := range c.Prior {
		prior = append(prior, parties.PriorDiagnosis{Code: p.Code, Hospital: p.Hospital, Date: p.Date})
	}
	persons := []string{c.Doctor, patient.Person}
	for _, g := range patient.Guardians {
		persons = append(persons, g.Person)
	}
	names, err := human.CNsOf(tx, persons...)
	if err != nil {
		return parties.Visit{}, err
	}
	patient.CN = names[1]
	for i := range patient.Guardians {
		patient.Guardians[i].CN = names[2+i]
	}
	department, _ := practitioners.DepartmentOf(c.Department)
	return parties.Visit{
		ID: c.ID, Version: c.Version, Begun: c.Begun, Noted: c.Noted, Cancelled: c.State == consult.Cancelled,
		TakesUntil: c.TakesUntil,
		Hospital:   v.hospital, HospitalName: v.orgName(v.hospital), Department: c.Department,
		DepartmentName: department.NameZH,
		Doctor:         names[0], Patient: patient, Prior: prior,
	}, nil
}

// office lets a practitioner look at patients' records: one in office, who is not an administrator
// in disguise.
type office struct {
	register *practitioners.Service
	keys     *keys.Service
}

func (o office) InOffice(ctx context.Context, person string) error {
	if err := o.register.InOffice(ctx, person); err != nil {
		return err
	}
	return o.keys.Proven(ctx, person)
}

// notices puts what pharmacies do into the chat of the visit, where the patient reads it.
type notices struct{ consultations *consult.Service }

func (n notices) Tell(tx *gorm.DB, what announce.Notice) error {
	kind := "rx-" + string(what.Kind)
	err := n.consultations.Notice(tx, what.Visit, kind+"-"+what.Record, kind+" "+what.Pharmacy, what.At)
	if errors.Is(err, consult.ErrNotFound) {
		return nil // written before visits were kept here
	}
	return err
}

func (n notices) Wake(visit string) { n.consultations.Noticed(visit) }

// seals shows the organisations' seals in force to the relay.
type seals struct {
	orgs *consortium.Organisations
	node interface{ Roster() *membership.Roster }
}

func (s seals) InForce(org string) string {
	if o, ok := s.node.Roster().Org(org); ok {
		return o.SealCert.ID()
	}
	return ""
}

func (s seals) Pack(ctx context.Context, org string, recs []chain.Record) ([]chain.Record, error) {
	seal, err := s.orgs.Seal(org)
	if err != nil {
		return nil, err
	}
	return intent.Pack(ctx, seal, recs)
}

func (s seals) Reseal(ctx context.Context, rec chain.Record) (chain.Record, error) {
	seal, err := s.orgs.Seal(rec.Statement.Org)
	if err != nil {
		return chain.Record{}, err
	}
	return intent.Reseal(ctx, seal, rec)
}

// register shows doctors to the consultation room.
type register struct{ practitioners *practitioners.Service }

func (r register) ConsultDoctor(ctx context.Context, person string) (consult.Doctor, error) {
	card, err := r.practitioners.DoctorCard(ctx, person)
	if errors.Is(err, practitioners.ErrNotFound) {
		return consult.Doctor{}, consult.ErrDoctor
	}
	if err != nil {
		return consult.Doctor{}, err
	}
	also, err := r.practitioners.Humans.Also(ctx, person)
	return consult.Doctor{Person: card.Person, Department: card.Department, FeeFen: card.FeeFen, Open: card.Able,
		Also: also}, err
}

func (r register) ConsultSession(ctx context.Context, person string, start time.Time) (consult.Session, error) {
	slot, ok, err := r.practitioners.SlotAt(ctx, person, start)
	if err == nil && !ok {
		err = consult.ErrNoSlot
	}
	return consult.Session{Start: slot.Start, End: slot.End, Capacity: slot.Capacity}, err
}

func (r register) NotHeld(ctx context.Context, after time.Time) (map[string][]time.Time, error) {
	return r.practitioners.Closures(ctx, after)
}

// bookings shows appointments to the directory of doctors.
type bookings struct{ consultations *consult.Service }

func (b bookings) Stop(ctx context.Context) { b.consultations.StopNow(ctx) }

func (b bookings) Booked(ctx context.Context, doctors []string, from, to time.Time) ([]practitioners.Booking, error) {
	list, err := b.consultations.Booked(ctx, doctors, from, to)
	out := make([]practitioners.Booking, len(list))
	for i, x := range list {
		out[i] = practitioners.Booking(x)
	}
	return out, err
}

// icd shows the catalogue's diagnoses to the consultation room.
type icd struct{ catalogue *catalogue.Catalogue }

func (i icd) DiagnosisName(code string) (string, bool) {
	d, ok := i.catalogue.Diagnosis(code)
	return d.Name, ok
}

// Diseases are the codes of diagnoses that a word may mean.
func (i icd) Diseases(word string, n int) []string {
	var codes []string
	for _, d := range i.catalogue.SearchDiagnoses(word, n) {
		codes = append(codes, d.Code)
	}
	return codes
}

// rated shows visits to the room of ratings.
type rated struct{ consultations *consult.Service }

func (r rated) RatedVisit(ctx context.Context, person, visit string) (rating.Visit, error) {
	v, err := r.consultations.Get(ctx, person, visit)
	if err != nil {
		return rating.Visit{}, err
	}
	out := rating.Visit{Doctor: v.Doctor, Of: v.Patient, Patient: person != v.Doctor}
	if v.State == consult.Finished && v.ClosedAt != nil {
		out.Finished = *v.ClosedAt
	}
	return out, nil
}

// bills shows prescriptions to the payment room.
type bills struct{ prescriptions *service.Service }

func (b bills) Payable(ctx context.Context, rx string, a intent.Actor) (payment.Bill, error) {
	bill, err := b.prescriptions.Payable(ctx, rx, a)
	if err != nil {
		return payment.Bill{}, notPayable(err)
	}
	out := payment.Bill{Rx: bill.Prescription, Person: bill.Patient, Guardian: bill.Guardian,
		Total: money.Fen(bill.TotalFen), Seq: bill.Seq}
	for _, l := range bill.Lines {
		out.Fees = append(out.Fees, money.Fee{Code: l.Drug, Name: l.NameZH, Class: money.Class(l.Class),
			Price: money.Fen(l.PriceFen), Quantity: l.Packages, Amount: money.Fen(l.TotalFen)})
	}
	return out, nil
}

func (b bills) MarkPaid(ctx context.Context, rx, settlement string) error {
	return notPayable(b.prescriptions.MarkPaid(ctx, rx, settlement))
}

func (b bills) MarkRefunded(ctx context.Context, rx, settlement string) error {
	return b.prescriptions.MarkRefunded(ctx, rx, settlement)
}

func (b bills) RefundDue(ctx context.Context, limit int) ([]string, error) {
	owed, err := b.prescriptions.RefundsDue(ctx, limit)
	ids := make([]string, len(owed))
	for i, o := range owed {
		ids[i] = o.Prescription
	}
	return ids, err
}

// notPayable translates the prescription room's reasons why no money is taken.
func notPayable(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, prescription.ErrNotFound), errors.Is(err, prescription.ErrBadID):
		return errors.Join(payment.ErrNotFound, err)
	case errors.Is(err, prescription.ErrStatus), errors.Is(err, prescription.ErrRefused):
		return errors.Join(payment.ErrNotPayable, err)
	case errors.Is(err, prescription.ErrRole):
		return errors.Join(payment.ErrRole, err)
	}
	return err
}

// orgName is a member's public name, by the list in force.
func (a *App) orgName(org string) string {
	for _, m := range a.node.InForce().Members {
		if m.ID == org {
			return m.Name
		}
	}
	return ""
}

// servedPharmacies are the pharmacies of this moment whose keys are here.
func (a *App) servedPharmacies() []string {
	var list []string
	for _, p := range a.pharmacies() {
		if a.Holds(p.ID) {
			list = append(list, p.ID)
		}
	}
	return list
}

// verifyReceipt checks a receipt offline by the members' list in force at its height.
func (a *App) verifyReceipt(_ context.Context, r *chain.Receipt) error {
	return a.node.Timeline().VerifyReceipt(r)
}

// pharmacies are the members that patients choose from, by the list in force: who was admitted
// since the start is one, who is suspended is none.
func (a *App) pharmacies() []pharmaciesapi.Pharmacy {
	list := []pharmaciesapi.Pharmacy{}
	for _, m := range a.node.InForce().Members {
		if m.Role == chain.OrgPharmacy && !m.Suspended {
			list = append(list, pharmaciesapi.Pharmacy{ID: m.ID, Name: m.Name})
		}
	}
	return list
}
