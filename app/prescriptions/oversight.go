package prescriptions

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/smart-hospital/hospital/app/oversight"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/rules"
)

// Acts that are counted.
const (
	actPrescribe = "prescribe"
	actDispense  = "dispense"
)

// manyPackages is how many packages of one dispensing are not unusual yet: from practice.
const manyPackages = 30

var fromUseOnce = oversight.Citation{ZH: "联盟链规则：一方一次核销",
	EN: "the ledger's rule: a prescription is redeemed once"}

// Rules of the regulator. Those of the first group look at the chain alone, those of the second at
// disclosed documents.
var (
	ruleReusedTrace = oversight.Rule{ID: "reused-trace-code", Level: oversight.Alarm, Citation: cited("rx.trace-codes"),
		ZH: "重复使用追溯码：该包装此前已发药", EN: "a package's trace code was to be dispensed a second time"}
	ruleTwiceClaimed = oversight.Rule{ID: "double-redemption", Level: oversight.Alarm, Citation: fromUseOnce,
		ZH: "企图重复核销已被接单或已发药的处方", EN: "tried to redeem a prescription that another redemption had taken"}
	ruleNoReview = oversight.Rule{ID: "no-review", Level: oversight.Alarm, Citation: cited("rx.review-first"),
		ZH: "处方未经药师审核即推进",
		EN: "a prescription went on, or was to go on, without a pharmacist's review"}
	ruleSelfReview = oversight.Rule{ID: "self-review", Level: oversight.Alarm, Citation: cited("rx.other-reviewer"),
		ZH: "审方药师与开方医师、患者或其监护人为同一人",
		EN: "the prescriber, the patient or a guardian tried to review the prescription"}
	ruleNoCode = oversight.Rule{ID: "claim-without-code", Level: oversight.Alarm, Citation: fromUseOnce,
		ZH: "企图在没有患者取药码的情况下接单", EN: "tried to claim a prescription without the patient's pick-up code"}
	ruleNotParty = oversight.Rule{ID: "not-a-party", Level: oversight.Alarm, Citation: oversight.FromLedger,
		ZH: "非开方医师、非处方患者的人企图作废或提出异议",
		EN: "somebody who is neither its prescriber nor its patient tried to withdraw or contest a prescription"}
	ruleContested = oversight.Rule{ID: "contested-claim", Level: oversight.Alarm, Citation: fromUseOnce,
		ZH: "患者称接单并非本人所为", EN: "the patient says that a pharmacy's claim is not theirs"}
	ruleDespite = oversight.Rule{ID: "dispensed-despite-contest", Level: oversight.Alarm, Citation: fromUseOnce,
		ZH: "患者提出异议后仍发药，或发药后被提出异议",
		EN: "handed out although the patient contested the claim, or contested after it was handed out"}
	ruleOverdue = oversight.Rule{ID: "claim-run-out", Level: oversight.Notice, Citation: fromUseOnce,
		ZH: "药店占用处方直至锁定期满，或期满后才发药",
		EN: "a pharmacy held a prescription until its claim ran out, or handed it out after that"}
	rulePackages = oversight.Rule{ID: "many-packages", Level: oversight.Notice, Citation: oversight.FromPractice,
		ZH: "一次发药包装数异常", EN: "unusually many packages in one dispensing"}
	ruleDoctorHour = oversight.Rule{ID: "doctor-volume-hour", Level: oversight.Alarm, Citation: oversight.FromPractice,
		ZH: "医师一小时内开方量异常", EN: "a doctor's prescriptions within an hour, against his own past"}
	ruleDoctorDay = oversight.Rule{ID: "doctor-volume-day", Level: oversight.Alarm, Citation: oversight.FromPractice,
		ZH: "医师当日开方量异常", EN: "a doctor's prescriptions within a day, against his own past"}
	rulePharmacyHour = oversight.Rule{ID: "pharmacy-volume-hour", Level: oversight.Alarm,
		Citation: oversight.FromPractice,
		ZH:       "药店一小时内发药量异常", EN: "a pharmacy's dispensings within an hour, against its own past"}
	rulePharmacyDay = oversight.Rule{ID: "pharmacy-volume-day", Level: oversight.Alarm,
		Citation: oversight.FromPractice,
		ZH:       "药店当日发药量异常", EN: "a pharmacy's dispensings within a day, against its own past"}

	ruleFiveDrugs = oversight.Rule{ID: "five-drugs", Level: oversight.Alarm, Citation: cited("rx.five-drugs"),
		ZH: "处方药品超过五种", EN: "more than five drugs on one prescription"}
	ruleSevenDays = oversight.Rule{ID: "seven-days", Level: oversight.Alarm, Citation: cited("rx.seven-days"),
		ZH: "超过七日用量且未注明理由", EN: "more than seven days' supply without a reason"}
	ruleSelfRx = oversight.Rule{ID: "self-prescribing", Level: oversight.Alarm,
		Citation: cited("rx.no-self-prescribing"), ZH: "医师为自己或其监护的儿童开具处方",
		EN: "the doctor prescribed, or tried to prescribe, for himself or a child in his care"}
)

// Oversight is what the regulator judges of prescriptions.
var Oversight = oversight.Part{
	Subjects: chain.SubjectRx,
	Rules: []oversight.Rule{
		ruleReusedTrace, ruleTwiceClaimed, ruleNoReview, ruleSelfReview, ruleNoCode, ruleNotParty, ruleContested,
		ruleDespite, ruleOverdue, rulePackages, ruleDoctorHour, ruleDoctorDay, rulePharmacyHour, rulePharmacyDay,
		ruleFiveDrugs, ruleSevenDays, ruleSelfRx,
	},
	Ask: []chain.Kind{chain.KindPay, chain.KindClaim, chain.KindDispense, chain.KindContest, chain.KindLapse,
		chain.KindExpire},
	Step: judgeStep, Attempt: judgeAttempt, Document: judgeDocument,
	Counted: []chain.Kind{chain.KindIssue, chain.KindApprove, chain.KindReject, chain.KindPay, chain.KindClaim,
		chain.KindRelease, chain.KindLapse, chain.KindContest, chain.KindDispense, chain.KindCancel, chain.KindExpire},
	Outcomes: [][]chain.Kind{
		contract.Leaving(chain.SubjectRx, chain.StatusSigned),
		contract.Leaving(chain.SubjectRx, chain.StatusApproved),
		contract.Leaving(chain.SubjectRx, chain.StatusClaimed),
	},
}

// cited is the citation of one of the prescription's own rules: the regulator and the hospital go
// by the same text.
func cited(id string) oversight.Citation {
	for _, r := range rules.Rules {
		if r.ID == id {
			return oversight.Citation(r.Citation)
		}
	}
	panic("prescriptions: no rule " + id) // at the start of any process: a rule's id is append-only
}

func judgeStep(c *oversight.Case) error {
	if err := judgeClaim(c); err != nil {
		return err
	}
	st := c.Statement()
	switch st.Kind {
	case chain.KindIssue:
		if err := c.Owe(); err != nil {
			return err
		}
		return c.Count(actPrescribe, c.Person, ruleDoctorHour, ruleDoctorDay)
	case chain.KindPay, chain.KindClaim, chain.KindDispense:
		// The ledger lets none of these pass without a review; a regulator does not take its word
		// for it.
		if !reviewed(c.Earlier) {
			if err := c.Find(ruleNoReview, st.Subject,
				fmt.Sprintf("%[1]s 之前没有审方 · %[1]s was taken without a review before it", st.Kind)); err != nil {
				return err
			}
		}
	}
	if st.Kind != chain.KindDispense {
		return nil
	}
	if n := len(st.Facts.Tags); n > manyPackages {
		if err := c.Find(rulePackages, st.Subject,
			fmt.Sprintf("发出 %[1]d 个包装 · %[1]d packages handed out", n)); err != nil {
			return err
		}
	}
	return c.Count(actDispense, st.Org, rulePharmacyHour, rulePharmacyDay)
}

// judgeClaim looks at how a pharmacy's claim ended, and at what the patient says of it.
func judgeClaim(c *oversight.Case) error {
	st, was := c.Statement(), c.Before()
	// Each claim of a prescription is a case of its own.
	found := func(r oversight.Rule, detail string) error {
		return c.Find(r, st.Subject+"."+c.ID[:16], fmt.Sprintf(detail, was.Holder))
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
		if was.Until != 0 && c.Time.UnixMilli() >= was.Until {
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

// reviewed tells whether a pharmacist had approved the prescription.
func reviewed(before []chain.Committed) bool {
	return slices.ContainsFunc(before, func(c chain.Committed) bool {
		return c.Record.Statement.Kind == chain.KindApprove
	})
}

// taken tells whether another record had claimed or dispensed the prescription.
func taken(before []chain.Committed) (is bool) {
	for _, c := range before {
		switch c.Record.Statement.Kind {
		case chain.KindClaim, chain.KindDispense:
			is = true
		case chain.KindRelease, chain.KindLapse:
			is = false
		}
	}
	return is
}

func judgeAttempt(t oversight.Tried) (oversight.Rule, bool) {
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
	case chain.CodeBadCode:
		return ruleNoCode, true
	case chain.CodeNotParty:
		return ruleNotParty, true
	case chain.CodeSequence, chain.CodeTransition, chain.CodeNotHolder:
		if redeems && taken(t.Earlier) {
			return ruleTwiceClaimed, true
		}
		if (redeems || kind == chain.KindPay) && !reviewed(t.Earlier) {
			return ruleNoReview, true
		}
	}
	return oversight.Rule{}, false
}

// judgeDocument runs the rules that need the prescription itself.
func judgeDocument(c *oversight.Case, text []byte) error {
	found := func(r oversight.Rule, detail string) error { return c.Find(r, c.Statement().Subject, detail) }
	var rx document.IssueDocument
	if err := json.Unmarshal(text, &rx); err != nil || !slices.Contains(document.IssueSchemas, rx.Schema) {
		return found(oversight.FalseDocument, "文书不是已知格式的处方 · the document is no prescription of a known form")
	}
	var errs []error
	// decoction pieces (中药饮片) would not count; the catalogue has none
	if n := len(rx.Items); n > medicine.MaxItems {
		errs = append(errs, found(ruleFiveDrugs, fmt.Sprintf("%[1]d 种药品 · %[1]d drugs", n)))
	}
	longest, packages := 0, int64(0)
	for _, item := range rx.Items {
		longest, packages = max(longest, item.Days), packages+item.Packages
	}
	if longest > rules.OrdinaryDays && rx.LongTerm.Reason == "" {
		errs = append(errs, found(ruleSevenDays, fmt.Sprintf("%[1]d 天用量 · %[1]d days", longest)))
	}
	if packages > manyPackages {
		errs = append(errs, found(rulePackages, fmt.Sprintf("开具 %[1]d 个包装 · %[1]d packages prescribed", packages)))
	}
	if rx.Person == rx.Patient.Person {
		errs = append(errs, found(ruleSelfRx, "开方者与患者是同一人 · prescriber and patient are one person"))
	}
	return errors.Join(errs...)
}
