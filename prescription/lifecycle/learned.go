package lifecycle

import (
	"errors"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/prescription"
)

// ErrDiverged: the chain holds a step that does not fit what stands here, and no lost race explains
// it. Somebody must look: hospital audit.
var ErrDiverged = errors.New("prescription: the chain and this database tell different histories")

// Learned is a step that another application wrote to the chain. Its document stays there; here is
// only what the record says.
type Learned struct {
	Record  chain.Committed
	Person  string // opaque id of the certificate's holder; empty for an organisation's seal
	OrgName string
}

// Learn takes over what the chain holds as the next step. The ledger has judged it: no rule is
// asked again but the order of statuses. ErrDiverged.
func (p *Prescription) Learn(l Learned, now time.Time) (Event, error) {
	st := l.Record.Record.Statement
	to, err := p.s.Status.After(st.Kind)
	if err != nil || st.Seq != p.s.Seq+1 {
		return Event{}, fmt.Errorf("%w: %s #%d after %s #%d", ErrDiverged, st.Kind, st.Seq, p.s.Status, p.s.Seq)
	}
	at := time.UnixMilli(st.Time).UTC()
	role := chain.RoleDispenser
	switch st.Kind {
	case chain.KindClaim:
		p.s.Claim = &Claim{Pharmacy: st.Org, PharmacyName: l.OrgName, Person: l.Person, At: at, Record: l.Record.ID}
		if st.Facts.Until > 0 {
			p.s.Claim.Until = time.UnixMilli(st.Facts.Until).UTC()
		}
		p.s.Former = nil
		p.s.revealed(st.Facts.Code)
	case chain.KindRenew:
		claim := *p.s.Claim
		claim.Until, claim.Renewed = time.UnixMilli(st.Facts.Until).UTC(), true
		p.s.Claim = &claim
	case chain.KindContest:
		claim := *p.s.Claim
		claim.ContestedAt = at
		p.s.Claim, role = &claim, chain.RolePatient
	case chain.KindLapse:
		if l.Person == "" {
			role = chain.RoleSeal
		}
		p.s.unclaim()
	case chain.KindRelease:
		p.s.Claim = nil
	case chain.KindDispense:
		p.s.Dispensing = &Dispensing{Pharmacy: st.Org, PharmacyName: l.OrgName, Person: l.Person, At: at,
			Record: l.Record.ID}
	case chain.KindCancel:
		if role = chain.RolePatient; l.Person == p.s.Doctor.Person {
			role = chain.RoleDoctor
		}
		p.s.Cancellation = &Cancellation{Person: l.Person, Role: role, At: at}
		p.s.oweRefund()
	case chain.KindExpire:
		role = chain.RoleSeal
		p.s.unclaim()
		p.s.oweRefund()
	default:
		return Event{}, fmt.Errorf("%w: %s by another application", ErrDiverged, st.Kind)
	}
	ev := Event{Kind: st.Kind, Prescription: p.s.ID, Previous: p.s.LastRecord, Act: Act{
		Seq: st.Seq, Record: l.Record.ID, Person: l.Person, Org: st.Org, Role: role, At: at, Taken: now,
	}}
	p.s.Status, p.s.Seq, p.s.LastRecord, p.s.UpdatedAt = to, st.Seq, l.Record.ID, now
	return ev, nil
}

// Losing are the kinds of steps that Undo takes back.
var Losing = []chain.Kind{chain.KindClaim, chain.KindCancel, chain.KindExpire, chain.KindLapse}

// Undo takes the last step back, which the chain does not hold and never will: a claim it refused,
// or a claim, a withdrawal or an expiry whose place another application's step has taken. Nothing
// else can lose: only the holder moves a claimed prescription. ErrDiverged.
func (p *Prescription) Undo(last Event, at time.Time) error {
	if last.Record != p.s.LastRecord {
		return fmt.Errorf("%w: a step lost its place and is not the last", ErrDiverged)
	}
	switch last.Kind {
	case chain.KindClaim:
		p.s.Claim, p.s.Status = nil, prescription.Paid
		p.s.concealed()
	case chain.KindLapse:
		p.s.Claim, p.s.Former, p.s.Status = p.s.Former, nil, prescription.Claimed
	case chain.KindCancel, chain.KindExpire:
		if p.s.Refund == RefundDone {
			return fmt.Errorf("%w: its money went back already", ErrDiverged)
		}
		p.s.Cancellation, p.s.Refund, p.s.Status = nil, NoRefund, p.s.beforeEnd()
		if last.Kind == chain.KindExpire && p.s.Former != nil {
			p.s.Claim, p.s.Former, p.s.Status = p.s.Former, nil, prescription.Claimed
		}
	default:
		return fmt.Errorf("%w: %s cannot lose its place", ErrDiverged, last.Kind)
	}
	p.s.Seq, p.s.LastRecord, p.s.UpdatedAt = p.s.Seq-1, last.Previous, at
	return nil
}

// beforeEnd is where a prescription stood before it was withdrawn or expired.
func (s *State) beforeEnd() prescription.Status {
	switch {
	case s.Settlement != "":
		return prescription.Paid
	case s.Review != nil:
		return prescription.Approved
	}
	return prescription.Signed
}
