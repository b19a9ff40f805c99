package oversight

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/membership"
)

// Acts that are counted.
const (
	actPrescribe = "prescribe"
	actDispense  = "dispense"
)

// judge runs the rules over a record of the ledger. reviewed tells whether a pharmacist had
// approved the prescription before.
func (s *Service) judge(tx *gorm.DB, c seen, reviewed bool) error {
	st := c.Record.Statement
	if err := s.judgeClaim(tx, c); err != nil {
		return err
	}
	switch st.Kind {
	case chain.KindIssue:
		now := millis(s.cfg.Now())
		debt := debtRow{Record: c.ID, Subject: st.Subject, Hospital: st.Org, Since: now, NextTry: now}
		if _, err := insertOnce(tx, &debt); err != nil {
			return err
		}
		return s.volume(tx, c, actPrescribe, c.person, ruleDoctorHour, ruleDoctorDay)
	case chain.KindPay, chain.KindClaim, chain.KindDispense:
		// The ledger lets none of these pass without a review; a regulator does not take its word
		// for it.
		if !reviewed {
			if err := s.find(tx, ruleNoReview,
				finding{subject: st.Subject, of: c,
					detail: fmt.Sprintf("%[1]s 之前没有审方 · %[1]s was taken without a review before it",
						st.Kind)}); err != nil {
				return err
			}
		}
	default:
		return nil
	}
	if st.Kind != chain.KindDispense {
		return nil
	}
	if n := len(st.Facts.Tags); n > s.cfg.Limits.Packages {
		if err := s.find(tx, rulePackages,
			finding{subject: st.Subject, of: c,
				detail: fmt.Sprintf("发出 %[1]d 个包装 · %[1]d packages handed out", n)}); err != nil {
			return err
		}
	}
	return s.volume(tx, c, actDispense, st.Org, rulePharmacyHour, rulePharmacyDay)
}

// judgeClaim looks at how a pharmacy's claim ended, and at what the patient says of it.
func (s *Service) judgeClaim(tx *gorm.DB, c seen) error {
	st, was := c.Record.Statement, c.before
	// Each claim of a prescription is a case of its own.
	found := func(r Rule, detail string) error {
		return s.find(tx, r, finding{subject: st.Subject + "." + c.ID[:16], of: c,
			detail: fmt.Sprintf(detail, was.Holder)})
	}
	switch st.Kind {
	case chain.KindContest:
		if was.Status == chain.StatusDispensed {
			return found(ruleDespite, "%[1]s 已发药 · %[1]s has handed it out")
		}
		return found(ruleContested, "%[1]s 持有 · held by %[1]s")
	case chain.KindDispense:
		if was.Contested {
			if err := found(ruleDespite, "%[1]s 在异议之后发药 · %[1]s handed it out after the contest"); err != nil {
				return err
			}
		}
		if was.Until != 0 && millis(c.Time) >= was.Until {
			return found(ruleOverdue, "%[1]s 在锁定期满后发药 · %[1]s handed it out after the claim's end")
		}
	case chain.KindLapse:
		return found(ruleOverdue, "%[1]s 未在期内发药或退单 · %[1]s neither handed it out nor gave it back in time")
	case chain.KindExpire:
		if was.Status == chain.StatusClaimed {
			return found(ruleOverdue, "%[1]s 占用至处方失效 · %[1]s held it until its validity ended")
		}
	}
	return nil
}

// chinaOffset: a day is a day in China, where the rules are from.
const chinaOffset = 8 * time.Hour

const (
	hourMillis = int64(time.Hour / time.Millisecond)
	dayMillis  = 24 * hourMillis
)

// volume counts an act and compares the hour's and the day's number with the actor's own past.
func (s *Service) volume(tx *gorm.DB, c seen, what, who string, hourly, daily Rule) error {
	at := millis(c.Time)
	if _, err := insertOnce(tx, &actRow{Record: c.ID, What: what, Who: who, At: at}); err != nil {
		return err
	}
	shift := int64(chinaOffset / time.Millisecond)
	day := (at+shift)/dayMillis*dayMillis - shift
	hour := at / hourMillis * hourMillis
	past := day - int64(s.cfg.Limits.PastDays)*dayMillis
	if err := tx.Where("what = ? AND who = ? AND at < ?", what, who, past).Delete(&actRow{}).Error; err != nil {
		return err
	}
	l := s.cfg.Limits
	var before struct{ N, Days, Hours int64 }
	q := "SELECT COUNT(*) n, COUNT(DISTINCT (at + ?) / ?) days, COUNT(DISTINCT at / ?) hours FROM oversight_acts WHERE what = ? AND who = ? AND at >= ? AND at < ?"
	if err := tx.Raw(q, shift, dayMillis, hourMillis, what, who, past, day).Scan(&before).Error; err != nil {
		return err
	}
	for _, w := range []struct {
		rule         Rule
		from, until  int64
		floor, limit int
		active       int64
	}{
		{hourly, hour, hour + hourMillis, l.HourFloor, l.HourCap, before.Hours},
		{daily, day, day + dayMillis, l.DayFloor, l.DayCap, before.Days},
	} {
		in := tx.Model(&actRow{}).Where("what = ? AND who = ? AND at >= ? AND at < ?", what, who, w.from, w.until).
			Session(&gorm.Session{})
		var n int64
		if err := in.Count(&n).Error; err != nil {
			return err
		}
		limit, compared := w.limit, "无历史数据时的上限 · a limit for who has no past"
		if before.Days >= int64(l.MinPast) {
			limit = max(w.floor, int(int64(l.Factor)*before.N/w.active))
			compared = fmt.Sprintf("自身 %[2]d 天均值的 %[1]d 倍 · %[1]d times the own mean of %[2]d days", l.Factor,
				before.Days)
		}
		if n <= int64(limit) {
			continue
		}
		var ids []string
		if err := in.Order("at, record").Limit(maxRecords).Pluck("record", &ids).Error; err != nil {
			return err
		}
		f := finding{subject: who + "@" + time.UnixMilli(w.from).UTC().Format("20060102T15"), of: c,
			detail: fmt.Sprintf("%d > %d: %s", n, limit, compared), records: ids}
		if err := s.find(tx, w.rule, f); err != nil {
			return err
		}
	}
	return nil
}

// tried is a refused attempt with what was on the chain about it.
type tried struct {
	chain.Attempt
	person   string
	reviewed bool // the prescription had been approved
	taken    bool // it was claimed or dispensed by another record
}

// context looks up what the rules need to know about an attempt.
func (s *Service) context(ctx context.Context, a chain.Attempt) (t tried, err error) {
	t.Attempt = a
	st := a.Record.Statement
	if t.person, err = s.person(ctx, st); err != nil {
		return t, err
	}
	enrolled, err := s.cfg.Node.Records(ctx, chain.SubjectCert+st.Actor)
	if err == nil {
		t.ActorCert = enrolled[0].Record.Statement.Facts.Cert
	} else if !errors.Is(err, chain.ErrNotFound) {
		return t, err
	}
	before, err := s.cfg.Node.Records(ctx, st.Subject)
	if err != nil && !errors.Is(err, chain.ErrNotFound) {
		return t, err
	}
	for _, c := range before {
		if c.Height > a.Height {
			break
		}
		switch c.Record.Statement.Kind {
		case chain.KindApprove:
			t.reviewed = true
		case chain.KindClaim, chain.KindDispense:
			t.taken = true
		case chain.KindRelease, chain.KindLapse:
			t.taken = false
		}
	}
	return t, nil
}

// judgeAttempt runs the rules over a refused record: who tries what the ledger forbids is of
// interest although it failed.
func (s *Service) judgeAttempt(tx *gorm.DB, t tried) error {
	rule, ok := ruleOfAttempt(t)
	if !ok {
		return nil
	}
	return s.find(tx, rule, finding{
		subject: t.Record.Statement.Subject + "." + t.Record.ID()[:16], attempt: &t.Attempt, person: t.person,
		detail: fmt.Sprintf("%[1]s 被账本拒绝 · %[1]s was refused: %[2]s", t.Record.Statement.Kind, t.Code),
	})
}

func ruleOfAttempt(t tried) (Rule, bool) {
	kind := t.Record.Statement.Kind
	redeems := kind == chain.KindClaim || kind == chain.KindDispense
	switch t.Code {
	case chain.CodeTagUsed:
		return ruleReusedTrace, true
	case chain.CodeSelfReview:
		return ruleSelfReview, true
	case chain.CodeOwnParty:
		if kind == chain.KindIssue {
			return ruleSelfRx, true
		}
		return ruleSelfReview, true
	case chain.CodeCertRevoked, chain.CodeCertExpired:
		return ruleRevokedKey, true
	case chain.CodeRole:
		return ruleRole, true
	case chain.CodeBadCode:
		return ruleNoCode, true
	case chain.CodeNotParty:
		return ruleNotParty, true
	case chain.CodeSequence, chain.CodeTransition, chain.CodeNotHolder:
		if redeems && t.taken {
			return ruleTwiceClaimed, true
		}
		if (redeems || kind == chain.KindPay) && !t.reviewed {
			return ruleNoReview, true
		}
	}
	return Rule{}, false
}

// sealOf is the certificate of an attempt whose actor is the organisation's own seal.
func sealOf(r *membership.Roster, a chain.Attempt) string {
	org, ok := r.Org(a.Record.Statement.Org)
	if !ok || org.SealCert.ID() != a.Record.Statement.Actor {
		return ""
	}
	return base64.Encode(org.SealCert.Raw())
}
