package service

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/act"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/merkle"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/announce"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/rules"
	"github.com/smart-hospital/hospital/prescription/trace"
	"github.com/smart-hospital/hospital/prescription/view"
)

// IssueInput names the version of the draft the doctor has seen.
type IssueInput struct {
	Version int64 `json:"version" doc:"Version of the draft the doctor has seen" minimum:"1" example:"1"`
}

// issueInput is IssueInput as the intent keeps it, sealed: with the foot of the chain of codes to
// which the statement commits.
type issueInput struct {
	IssueInput
	Foot string `json:"foot,omitempty"`
}

// ReleaseInput gives a lock back.
type ReleaseInput struct {
	Secret string `json:"secret" doc:"Secret of the claim" minLength:"52" maxLength:"52" example:"K7QM2XW5ZT3YB6NC2DAJ4HRLGPSFVGVEK7QM2XW5ZT3YB6NC2DAJ"`
	Reason string `json:"reason,omitempty" maxLength:"500" example:"缺货"`
}

// CancelInput withdraws.
type CancelInput struct {
	Reason string `json:"reason" minLength:"4" maxLength:"500" example:"患者改为线下就诊"`
}

// PrepareIssue hands the doctor the exact document to sign: ErrRole, ErrNotFound, ErrStatus,
// sqlstore.ErrConflict for another version, ErrRefused with rule and citation.
func (s *Service) PrepareIssue(ctx context.Context, a intent.Actor, id string, in IssueInput) (*intent.Intent, error) {
	return s.prepare(ctx, a, chain.KindIssue, id, in)
}

// PrepareApprove hands the reviewing pharmacist the decision to sign: ErrRole, ErrNotFound,
// ErrStatus, ErrRefused.
func (s *Service) PrepareApprove(ctx context.Context, a intent.Actor, id string, in lifecycle.Decision) (*intent.Intent,
	error) {
	return s.prepare(ctx, a, chain.KindApprove, id, in)
}

// PrepareReject is PrepareApprove for a rejection; reasons are needed.
func (s *Service) PrepareReject(ctx context.Context, a intent.Actor, id string, in lifecycle.Decision) (*intent.Intent,
	error) {
	return s.prepare(ctx, a, chain.KindReject, id, in)
}

// PrepareClaim prepares a pharmacy's lock: ErrRole, ErrBadToken, ErrHeld (*HeldError), ErrStatus,
// ErrRefused, ErrOutOfStock (*OutOfStockError). The signature reserves the packages.
func (s *Service) PrepareClaim(ctx context.Context, a intent.Actor, id string, in lifecycle.ClaimInput) (*intent.Intent,
	error) {
	return s.prepare(ctx, a, chain.KindClaim, id, in)
}

// PrepareRelease prepares giving the lock back: ErrRole, ErrNotHolder, ErrStatus,
// ErrClaimUnconfirmed (try again soon), ErrClaimRefused.
func (s *Service) PrepareRelease(ctx context.Context, a intent.Actor, id string,
	in ReleaseInput) (*intent.Intent, error) {
	return s.prepare(ctx, a, chain.KindRelease, id, in)
}

// PrepareDispense prepares the handing out: ErrRole, ErrNotHolder, ErrRefused, ErrClaimUnconfirmed
// (try again soon), ErrClaimRefused, ErrOutOfStock (*OutOfStockError) when what is left has
// expired.
func (s *Service) PrepareDispense(ctx context.Context, a intent.Actor, id string, in lifecycle.HandOut) (*intent.Intent,
	error) {
	return s.prepare(ctx, a, chain.KindDispense, id, in)
}

// PrepareCancel prepares the withdrawal by doctor or patient: ErrRole, ErrNotFound, ErrHeld
// (*HeldError), ErrStatus.
func (s *Service) PrepareCancel(ctx context.Context, a intent.Actor, id string,
	in CancelInput) (*intent.Intent, error) {
	return s.prepare(ctx, a, chain.KindCancel, id, in)
}

func (s *Service) prepare(ctx context.Context, a intent.Actor, kind chain.Kind, id string,
	input any) (*intent.Intent, error) {
	if !act.MaySign(a.Role, kind) {
		return nil, prescription.ErrRole
	}
	p, err := s.Load(s.DB.WithContext(ctx), id)
	if err == nil && !p.Concerns(kind, a, input) {
		err = prescription.ErrNotFound
	}
	if errors.Is(err, prescription.ErrNotFound) {
		return nil, s.stranger(ctx, kind, a, id)
	}
	// Follow passes what is not stored yet: who died while receiving may lack a step
	if err == nil && kind == chain.KindClaim && p.Foreign() {
		if err = s.CatchUp(ctx, p.ID(), 0); err == nil {
			p, err = s.Load(s.DB.WithContext(ctx), id)
		}
	}
	if err != nil {
		return nil, err
	}
	schema := s.schema(ctx)
	if in, ok := input.(IssueInput); ok && schema >= chain.Schema2 {
		input = issueInput{in, lifecycle.NewFoot().String()}
	}
	raw, err := json.Marshal(input)
	if err != nil {
		return nil, fmt.Errorf("prescription: input: %w", err)
	}
	now := s.Time()
	known, err := s.gather(ctx, kind, a, p)
	if err != nil {
		return nil, err
	}
	pl, err := s.plan(s.DB.WithContext(ctx), kind, a, p, known, raw,
		lifecycle.When{Stated: now, Now: now, Schema: schema})
	if err != nil {
		return nil, err
	}
	if _, err := p.May(pl, now); err != nil {
		return nil, err
	}
	handed, err := handedOut(kind, raw)
	if err != nil {
		return nil, err
	}
	if _, err := s.InStock(s.DB.WithContext(ctx), p, kind, a.Org, handed); err != nil {
		return nil, err
	}
	in, err := intent.New(s.ChainID, intent.Draft{
		Person: a.Person, Kind: kind, Subject: p.ID().Subject(), Seq: p.Seq() + 1,
		Cert: a.Cert, Org: a.Org, Facts: pl.Facts, Document: pl.Document, Input: json.RawMessage(raw),
		V: schema,
	}, now)
	if err != nil {
		return nil, err
	}
	return s.room().Prepare(ctx, sqlstore.Command{Done: a.Keep}, in, func(tx *gorm.DB) error {
		return s.NoteIn(tx, a, p, lifecycle.MaySee(a, p, "")) // the document tells of the contents
	}, nil)
}

// handedOut are the packages of a hand-out as they were scanned: their codes may name a lot, which
// the document leaves out.
func handedOut(kind chain.Kind, raw []byte) ([]trace.DispensedItem, error) {
	if kind != chain.KindDispense {
		return nil, nil
	}
	h, err := read[lifecycle.HandOut](raw)
	return h.Items, err
}

// stranger is what a number answers to whom it does not concern, whether it exists or not.
func (s *Service) stranger(ctx context.Context, kind chain.Kind, a intent.Actor, id string) error {
	switch kind {
	case chain.KindClaim:
		return redemption.ErrBadToken // as with a wrong code: a number alone opens nothing
	case chain.KindRelease, chain.KindDispense, chain.KindRenew:
		return s.LostClaim(ctx, prescription.ID(id), a.Org)
	}
	return prescription.ErrNotFound
}

// known is what a step needs from outside the prescription. It is gathered before the transaction,
// which must not wait for other rooms.
type known struct {
	doctor    parties.Doctor
	taker     parties.Patient // whom the step was judged for; nobody: it was not
	running   rules.Running   // what the taker takes already
	visit     parties.Visit
	reviewer  parties.Reviewer
	dispenser parties.Dispenser
	now       lifecycle.Present // what the checks say at this step
	fate      lifecycle.Fate    // of the claim
}

func (s *Service) gather(ctx context.Context, kind chain.Kind, a intent.Actor, p *lifecycle.Prescription) (k known,
	err error) {
	switch kind {
	case chain.KindIssue:
		if k.doctor, err = s.Practitioners.Doctor(ctx, a.Person); err == nil {
			k.visit, err = s.Visits.Visit(ctx, p.State().Visit)
		}
		if err == nil {
			k.taker = k.visit.Patient
			k.running, err = s.checks.Running(s.DB.WithContext(ctx), k.taker, p.ID())
		}
	case chain.KindApprove, chain.KindReject:
		if k.reviewer, err = s.Practitioners.Reviewer(ctx, a.Person); err == nil {
			k.visit, err = s.Visits.Visit(ctx, p.State().Visit)
		}
		if err == nil {
			err = s.judgeFor(ctx, p, &k)
		}
	case chain.KindClaim, chain.KindRelease, chain.KindDispense, chain.KindRenew:
		if k.dispenser, err = s.Practitioners.Dispenser(ctx, a.Person); err == nil && k.dispenser.Pharmacy != a.Org {
			err = prescription.ErrRole
		}
		if err == nil && !p.Foreign() && kind != chain.KindRelease && kind != chain.KindRenew {
			k.visit, err = s.Visits.Visit(ctx, p.State().Visit)
		}
		if err == nil && kind != chain.KindRelease && kind != chain.KindRenew {
			err = s.judgeFor(ctx, p, &k)
		}
		if err == nil && kind != chain.KindClaim && p.Status() == prescription.Claimed {
			k.fate, err = s.Confirmations.Fate(ctx, p.State().Claim.Record)
		}
	}
	return k, err
}

// judgeFor notes what judge says and what it was told.
func (s *Service) judgeFor(ctx context.Context, p *lifecycle.Prescription, k *known) (err error) {
	k.now, err = s.checks.Judge(ctx, p, k.visit)
	k.taker, k.running = k.now.Taker, k.now.Running
	return err
}

// plan makes the plan of a step from its input: the same when preparing and when the signature
// arrives.
func (s *Service) plan(db *gorm.DB, kind chain.Kind, a intent.Actor, p *lifecycle.Prescription, k known, raw []byte,
	t lifecycle.When) (lifecycle.Plan, error) {
	switch kind {
	case chain.KindIssue:
		return s.planIssue(db, a, p, k, raw, t)
	case chain.KindApprove, chain.KindReject:
		in, err := read[lifecycle.Decision](raw)
		if err != nil {
			return lifecycle.Plan{}, err
		}
		return p.PlanReview(k.reviewer, k.visit, k.now, in, kind, t)
	case chain.KindClaim:
		in, err := read[lifecycle.ClaimInput](raw)
		if err != nil {
			return lifecycle.Plan{}, err
		}
		if k.visit.Cancelled {
			return lifecycle.Plan{}, rules.RuleVisit.Refuse("visit", "问诊已取消", "the visit was cancelled")
		}
		return p.PlanClaim(k.dispenser, in, k.now, redemption.NewSecret(), s.Lease, t)
	case chain.KindRelease:
		in, err := read[ReleaseInput](raw)
		if err != nil {
			return lifecycle.Plan{}, err
		}
		return p.PlanRelease(k.dispenser, in.Secret, in.Reason, k.fate, t)
	case chain.KindRenew:
		in, err := read[RenewInput](raw)
		if err != nil {
			return lifecycle.Plan{}, err
		}
		return p.PlanRenew(k.dispenser, in.Secret, k.fate, s.Lease, t)
	case chain.KindContest:
		return p.PlanContest(a, t)
	case chain.KindDispense:
		in, err := read[lifecycle.HandOut](raw)
		if err != nil {
			return lifecycle.Plan{}, err
		}
		if k.visit.Cancelled {
			return lifecycle.Plan{}, rules.RuleVisit.Refuse("visit", "问诊已取消", "the visit was cancelled")
		}
		return p.PlanDispense(k.dispenser, in, k.now, k.fate, s.tag, t)
	case chain.KindCancel:
		in, err := read[CancelInput](raw)
		if err != nil {
			return lifecycle.Plan{}, err
		}
		return p.PlanCancel(lifecycle.Canceller{Actor: a, Reason: in.Reason}, t)
	}
	return lifecycle.Plan{}, prescription.ErrRole
}

func read[T any](raw []byte) (v T, err error) {
	if err := json.Unmarshal(raw, &v); err != nil {
		return v, fmt.Errorf("prescription: stored input: %w", err)
	}
	return v, nil
}

// visitStands makes sure that neither the visit a step rests on nor what is recorded about its
// patient has moved since it was judged, which nobody's transaction guards but this one's.
func (s *Service) visitStands(tx *gorm.DB, judged parties.Visit) error {
	if judged.ID == "" { // the step rests on none
		return nil
	}
	now, err := s.Visits.VisitIn(tx, judged.ID)
	if err == nil && !reflect.DeepEqual(now, judged) {
		err = fmt.Errorf("%w: the visit, or the patient's record, has moved", prescription.ErrStale)
	}
	return err
}

// planIssue takes the draft as stored, with the catalogue's facts and the hospital's prices of now.
func (s *Service) planIssue(db *gorm.DB, a intent.Actor, p *lifecycle.Prescription, k known, raw []byte,
	t lifecycle.When) (lifecycle.Plan, error) {
	in, err := read[issueInput](raw)
	if err != nil {
		return lifecycle.Plan{}, err
	}
	if in.Version != p.Version() {
		return lifecycle.Plan{}, sqlstore.ErrConflict
	}
	c, err := s.resolve(inputOf(p))
	if err != nil {
		return lifecycle.Plan{}, err
	}
	withdrawn, err := s.Prices.Price(db, c.Items)
	if err != nil {
		return lifecycle.Plan{}, err
	}
	key := redemption.OneCode(redemption.NewSecret())
	if in.Foot != "" {
		foot, err := merkle.ParseHash(in.Foot)
		if err != nil {
			return lifecycle.Plan{}, fmt.Errorf("prescription: stored input: %w", err)
		}
		key = redemption.CodeChain(foot)
	}
	return p.PlanSign(rules.Order{
		Doctor: k.doctor, Certificate: parties.CertificateOf(a.Cert), Visit: k.visit, Formulary: s.Formulary,
		Running:   k.running,
		Diagnoses: c.Diagnoses, Items: c.Items, ValidDays: p.State().ValidDays, LongTerm: p.State().LongTerm,
		Overrides: p.State().Overrides, Withdrawn: withdrawn,
	}, t, key)
}

// asShown makes sure that what is stored of an issue is what its doctor was shown and signed: the
// facts of the statement say nothing of drugs and prices, which may have changed since.
func asShown(pl lifecycle.Plan, signed act.Signed) error {
	now, ok := pl.Document.(document.IssueDocument)
	if !ok {
		return nil // no issue
	}
	shown, err := read[document.IssueDocument](signed.Document)
	if err == nil && !slices.Equal(shown.Items, now.Items) {
		err = fmt.Errorf("%w: a drug or its price has changed since it was shown", prescription.ErrStale)
	}
	return err
}

// Sign carries out a prepared step with the person's signature, in one transaction with its event,
// its outbox entry, the used-up intent and the answer to a repeated request. Errors: those of the
// step's Prepare and of act.Sign, ErrStale and sqlstore.ErrConflict when somebody was faster,
// ErrTraceUsed, outbox.ErrBacklog.
func (s *Service) Sign(ctx context.Context, a intent.Actor, cmd sqlstore.Command, intentID string,
	sig []byte) (*view.View, error) {
	var moved *lifecycle.Prescription
	v, replayed, err := act.Sign(ctx, s.room(), a, cmd, intentID, sig,
		func(ctx context.Context, signed act.Signed) (act.Take[*gorm.DB, *view.View], error) {
			p, err := s.Load(s.DB.WithContext(ctx), numberIn(signed))
			if err != nil {
				return nil, err
			}
			k, err := s.gather(ctx, signed.Statement.Kind, a, p)
			return func(tx *gorm.DB) (*view.View, error) {
				p, err := s.step(tx, a, signed, k)
				if err != nil {
					return nil, err
				}
				moved = p
				access := lifecycle.MaySee(a, p, "")
				// the answer shows the contents
				return view.Of(p, a, access, nil, signed.Taken), s.NoteIn(tx, a, p, access)
			}, err
		})
	if err == nil && !replayed {
		announce.Wake(s.Notices, moved)
	}
	return v, err
}

// numberIn is the prescription's that a step is of.
func numberIn(signed act.Signed) string {
	return strings.TrimPrefix(signed.Statement.Subject, chain.SubjectRx)
}

// step is the verb and everything that must stand or fall with it.
func (s *Service) step(tx *gorm.DB, a intent.Actor, signed act.Signed, k known) (*lifecycle.Prescription, error) {
	p, err := s.Load(tx, numberIn(signed))
	if err != nil {
		return nil, err
	}
	if err := s.visitStands(tx, k.visit); err != nil {
		return nil, err
	}
	if err := s.checks.TakesStill(tx, p.ID(), k.taker, k.running); err != nil {
		return nil, err
	}
	pl, err := s.plan(tx, signed.Statement.Kind, a, p, k, signed.Input,
		lifecycle.When{Stated: signed.CreatedAt, Now: signed.Taken, Schema: signed.Statement.V})
	if err != nil {
		return nil, err
	}
	return p, s.carryOut(tx, p, pl, signed, a.Name(), a.Role)
}

func (s *Service) carryOut(tx *gorm.DB, p *lifecycle.Prescription, pl lifecycle.Plan, signed act.Signed, by string,
	role chain.Role) error {
	st := signed.Statement
	if !reflect.DeepEqual(pl.Facts, st.Facts) {
		return fmt.Errorf("%w: the signed facts are not those of now", prescription.ErrStale)
	}
	if err := asShown(pl, signed); err != nil {
		return err
	}
	made := lifecycle.Act{
		Seq: st.Seq, Record: signed.Record.ID(), Person: by, Org: st.Org, Role: role, At: signed.CreatedAt,
		Taken: signed.Taken, Document: signed.Document, Salt: signed.Salt, Schema: st.V,
	}
	held := p.State().Claim
	ev, err := p.Take(pl, made)
	if err != nil {
		return err
	}
	if err := s.Store.Save(tx, p, &ev, pl.Facts.Tags); err != nil {
		return err
	}
	handed, err := handedOut(pl.Kind, signed.Input)
	if err != nil {
		return err
	}
	if err := s.Move(tx, p, pl.Kind, made.Org, made, handed); err != nil {
		return err
	}
	if err := s.Unreserve(tx, p, held, made); err != nil {
		return err
	}
	if err := announce.Tell(s.Notices, tx, p, pl.Kind, held, made.Record, made.Taken); err != nil {
		return err
	}
	return s.room().Log(tx).Append(st.Subject, signed)
}

// IsConflict tells whether an error means that somebody was faster: read again and decide anew.
func IsConflict(err error) bool {
	return errors.Is(err, prescription.ErrStale) || errors.Is(err, prescription.ErrStatus) ||
		errors.Is(err, lifecycle.ErrHeld) ||
		errors.Is(err, sqlstore.ErrConflict)
}
