package service

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/announce"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/rules"
)

// Bill is what a patient owes for a prescription.
type Bill struct {
	Prescription string
	Hospital     string
	Patient      string // person
	Guardian     string // person of the guardian who asked for the bill; empty: the patient did
	TotalFen     int64
	PayBefore    time.Time // end of validity
	Lines        []BillLine
	Seq          uint64 // of the last record: a payment is good for the prescription as it stood then
}

// BillLine is one drug of a bill.
type BillLine struct {
	Drug     string
	NameZH   string
	Class    medicine.InsuranceClass
	PriceFen int64 // of one package
	Packages int64
	TotalFen int64
}

// Payable returns the bill of an approved prescription that is still valid to its patient or a
// guardian: ErrBadID, ErrNotFound for everybody else whatever its status, ErrRole for a guardian
// whom it does not name, ErrStatus, ErrRefused (before the review; after the validity; the visit
// cancelled).
func (s *Service) Payable(ctx context.Context, rxID string, a intent.Actor) (Bill, error) {
	p, err := s.Load(s.DB.WithContext(ctx), rxID)
	if err == nil && (p.Status() == prescription.Draft || !p.OwnedBy(a)) {
		err = prescription.ErrNotFound
	}
	if err == nil && !p.Names(a) {
		err = prescription.ErrRole
	}
	if err != nil {
		return Bill{}, err
	}
	if !p.Foreign() {
		v, err := s.Visits.Visit(ctx, p.State().Visit)
		if err != nil {
			return Bill{}, err
		}
		if v.Cancelled {
			return Bill{}, rules.RuleVisit.Refuse("visit", "问诊已取消", "the visit was cancelled")
		}
	}
	pl, err := p.PlanPay("quote", lifecycle.At(s.Time()))
	if err != nil {
		return Bill{}, err
	}
	if _, err := p.May(pl, s.Time()); err != nil {
		return Bill{}, err
	}
	st := p.State()
	b := Bill{
		Prescription: string(st.ID), Hospital: st.Hospital, Patient: st.Patient.Person,
		TotalFen: p.TotalFen(), PayBefore: st.ExpiresAt.UTC(), Seq: p.Seq(),
	}
	if a.Person != b.Patient {
		b.Guardian = a.Person
	}
	for _, it := range st.Items {
		b.Lines = append(b.Lines, BillLine{it.Drug.Code, it.Drug.NameZH, it.Drug.Class, it.Drug.PriceFen, it.Packages,
			it.TotalFen()})
	}
	return b, nil
}

// MarkPaid notes that a settlement paid the prescription and signs that with the hospital's seal.
// Marking the same settlement again is fine. Call it only after the settlement's own record is in
// the outbox. ErrStatus or ErrRefused mean that it can no longer be paid (cancelled, expired, paid
// by another settlement): give the money back.
func (s *Service) MarkPaid(ctx context.Context, rxID, settlementID string) error {
	p, err := s.Load(s.DB.WithContext(ctx), rxID)
	if err != nil {
		return err
	}
	if p.State().Settlement == settlementID && settlementID != "" {
		return nil
	}
	return s.system(ctx, p.ID(), func(p *lifecycle.Prescription, t lifecycle.When) (lifecycle.Plan, error) {
		if p.State().Settlement == settlementID {
			return lifecycle.Plan{}, errDone
		}
		return p.PlanPay(settlementID, t)
	})
}

// errDone ends a system step that another call has done already.
var errDone = errors.New("prescription: done already")

// system carries out a step that nobody signs in person: the hospital's seal is the actor.
func (s *Service) system(ctx context.Context, id prescription.ID, planner func(p *lifecycle.Prescription,
	t lifecycle.When) (lifecycle.Plan,
	error)) error {
	p, err := s.Store.Load(s.DB.WithContext(ctx), id)
	if err != nil {
		return err
	}
	now, schema := s.Time(), s.schema(ctx)
	pl, err := planner(p, lifecycle.When{Stated: now, Now: now, Schema: schema})
	if errors.Is(err, errDone) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := p.May(pl, now); err != nil {
		return err
	}
	signed, err := s.room().Sealed(ctx, intent.Draft{
		Kind: pl.Kind, Subject: id.Subject(), Seq: p.Seq() + 1, Org: p.State().Hospital,
		Facts: pl.Facts, Document: pl.Document, V: schema,
	}, now)
	if err != nil {
		return err
	}
	var moved *lifecycle.Prescription
	_, err = s.room().Store(ctx, sqlstore.Command{}, func(tx *gorm.DB) error {
		p, err := s.Store.Load(tx, id)
		if err != nil {
			return err
		}
		pl, err := planner(p, lifecycle.When{Stated: now, Now: now, Schema: schema})
		if err != nil {
			return err
		}
		moved = p
		return s.carryOut(tx, p, pl, signed, "", chain.RoleSeal)
	}, nil)
	if errors.Is(err, errDone) {
		return nil
	}
	if err == nil {
		announce.Wake(s.Notices, moved)
	}
	return err
}

// ExpireDue ends at most limit prescriptions whose validity is over at now and says how many; those
// that a pharmacy holds as well, where the chain knows leases. One that moved meanwhile is left to
// its mover. The caller repeats it, say every minute.
func (s *Service) ExpireDue(ctx context.Context, now time.Time, limit int) (int, error) {
	// one that is claimed too, since schema 2: nobody handed it out in time, and the money goes
	// back
	endable := prescription.StartsFrom(chain.KindExpire, s.schema(ctx))
	f := lifecycle.Filter{Statuses: endable, Own: true, ExpiredBy: now}
	return s.sweep(ctx, f, now, limit, &s.unexpired,
		func(p *lifecycle.Prescription, t lifecycle.When) (lifecycle.Plan, error) { return p.PlanExpire(t) })
}

// sweep takes a system's step with at most limit of the prescriptions that a filter finds, oldest
// first, and says how many took it. It goes past those that cannot be read, and past those that
// failed lately, to the pages behind them. One that moved meanwhile is left to its mover.
func (s *Service) sweep(ctx context.Context, f lifecycle.Filter, now time.Time, limit int, failed *sqlstore.PutOff,
	planner func(*lifecycle.Prescription, lifecycle.When) (lifecycle.Plan, error)) (int, error) {
	f.OldestFirst, f.Limit = true, min(limit, lifecycle.MaxListed)
	done, tried := 0, 0
	var errs []error
	for tried < limit {
		page, err := s.Store.Page(s.DB.WithContext(ctx), f)
		if err != nil {
			return done, errors.Join(append(errs, err)...)
		}
		err = sqlstore.Each(ctx, page.Items, func(p *lifecycle.Prescription) error {
			if tried >= limit || !failed.Due(string(p.ID()), now) {
				return nil
			}
			tried++
			err := s.system(ctx, p.ID(), planner)
			switch {
			case err == nil:
				done++
			case IsConflict(err):
				err = nil
			default:
				err = fmt.Errorf("sweep %s: %w", p.ID(), err)
			}
			failed.Note(string(p.ID()), now, err)
			return err
		})
		errs = append(errs, err)
		if f.Before = page.Next; f.Before.ID == "" || ctx.Err() != nil || errors.Is(err, sqlstore.ErrUnavailable) {
			break
		}
	}
	return done, errors.Join(errs...)
}

// RefundOwed is a paid prescription that ended without medicine.
type RefundOwed struct {
	Prescription string
	Settlement   string
}

// RefundsDue lists at most limit of them, longest waiting first, also with an error; the payment
// room refunds and calls MarkRefunded. The next call goes on behind them and at the end begins
// anew, so that those whose refund takes long do not hold back the others. One whose end the chain
// has not confirmed is not among them: a pharmacy of another application may have been faster, and
// then the medicine is handed out.
func (s *Service) RefundsDue(ctx context.Context, limit int) ([]RefundOwed, error) {
	s.refunds.Lock()
	defer s.refunds.Unlock()
	page, err := s.Store.Page(s.DB.WithContext(ctx),
		lifecycle.Filter{Refund: lifecycle.RefundDue, OldestFirst: true, Limit: min(limit, lifecycle.MaxListed),
			Before: s.refunds.from})
	if err != nil {
		return nil, err
	}
	s.refunds.from = page.Next
	out := make([]RefundOwed, 0, len(page.Items))
	err = sqlstore.Each(ctx, page.Items, func(p *lifecycle.Prescription) error {
		fate, err := s.Confirmations.Fate(ctx, p.LastRecord())
		if err == nil && fate == lifecycle.FateCommitted {
			out = append(out, RefundOwed{string(p.ID()), p.State().Settlement})
		}
		return err
	})
	return out, err
}

// MarkRefunded notes that the settlement's money went back; noting it again is fine. ErrStatus when
// none is owed.
func (s *Service) MarkRefunded(ctx context.Context, rxID, settlementID string) error {
	at := s.Time()
	_, _, err := s.DB.Once(ctx, sqlstore.Command{}, func(tx *gorm.DB) (any, error) {
		p, err := s.Load(tx, rxID)
		if err != nil {
			return nil, err
		}
		if p.State().Refund == lifecycle.RefundDone && p.State().Settlement == settlementID {
			return nil, nil
		}
		if err := p.Refunded(settlementID, at); err != nil {
			return nil, err
		}
		return nil, s.Store.Save(tx, p, nil, nil)
	})
	return err
}
