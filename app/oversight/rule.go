package oversight

import (
	"time"

	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/rules"
)

// Level is how much of a person's time a finding deserves.
type Level string

// Levels.
const (
	Alarm  Level = "alarm"  // somebody should look at it today
	Notice Level = "notice" // of interest together with others
)

// Rule is one reason to look at somebody. IDs are append-only.
type Rule struct {
	ID       string                `json:"id" example:"five-drugs"`
	Level    Level                 `json:"level" enum:"alarm,notice"`
	Citation prescription.Citation `json:"citation"`
	ZH       string                `json:"zh" doc:"What was found, in Chinese" example:"处方药品超过五种"`
	EN       string                `json:"en" doc:"The same in English" example:"more than five drugs on one prescription"`
}

// Citations beyond those of the prescription's own rules.
var (
	citeUseOnce = prescription.Citation{ZH: "联盟链规则：一方一次核销",
		EN: "the ledger's rule: a prescription is redeemed once"}
	citeLedger   = prescription.Citation{ZH: "联盟链规则", EN: "the ledger's rules"}
	citeUnusual  = prescription.Citation{ZH: "监管方设定的阈值", EN: "a threshold the regulator set"}
	citeDataPort = prescription.Citation{ZH: "《互联网诊疗监管细则（试行）》",
		EN: "Supervision of Internet Diagnosis and Treatment: data port to the regulator"}
)

// Rules of the regulator. Those of the first group look at the chain alone, those of the second at
// disclosed documents.
var (
	ruleReusedTrace = Rule{"reused-trace-code", Alarm, cited("rx.trace-codes"), "重复使用追溯码：该包装此前已发药",
		"a package's trace code was to be dispensed a second time"}
	ruleTwiceClaimed = Rule{"double-redemption", Alarm, citeUseOnce, "企图重复核销已被接单或已发药的处方",
		"tried to redeem a prescription that another redemption had taken"}
	ruleNoReview = Rule{"no-review", Alarm, cited("rx.review-first"), "处方未经药师审核即推进",
		"a prescription went on, or was to go on, without a pharmacist's review"}
	ruleSelfReview = Rule{"self-review", Alarm, cited("rx.other-reviewer"),
		"审方药师与开方医师、患者或其监护人为同一人",
		"the prescriber, the patient or a guardian tried to review the prescription"}
	ruleRevokedKey = Rule{"revoked-key", Alarm, citeLedger, "使用已注销或过期的签名证书",
		"signed with a revoked or expired certificate"}
	ruleRole = Rule{"wrong-role", Alarm, citeLedger, "越权：该角色或机构无权写入此类记录",
		"this role or organisation may not write such a record"}
	ruleNoCode = Rule{"claim-without-code", Alarm, citeUseOnce, "企图在没有患者取药码的情况下接单",
		"tried to claim a prescription without the patient's pick-up code"}
	ruleNotParty = Rule{"not-a-party", Alarm, citeLedger, "非开方医师、非处方患者的人企图作废、支付或提出异议",
		"somebody who is neither its prescriber nor its patient tried to withdraw, pay or contest a prescription"}
	ruleContested = Rule{"contested-claim", Alarm, citeUseOnce, "患者称接单并非本人所为",
		"the patient says that a pharmacy's claim is not theirs"}
	ruleDespite = Rule{"dispensed-despite-contest", Alarm, citeUseOnce, "患者提出异议后仍发药，或发药后被提出异议",
		"handed out although the patient contested the claim, or contested after it was handed out"}
	ruleOverdue = Rule{"claim-run-out", Notice, citeUseOnce, "药店占用处方直至锁定期满，或期满后才发药",
		"a pharmacy held a prescription until its claim ran out, or handed it out after that"}
	rulePackages = Rule{"many-packages", Notice, citeUnusual, "一次发药包装数异常",
		"unusually many packages in one dispensing"}
	ruleDoctorHour = Rule{"doctor-volume-hour", Alarm, citeUnusual, "医师一小时内开方量异常",
		"a doctor's prescriptions within an hour, against his own past"}
	ruleDoctorDay = Rule{"doctor-volume-day", Alarm, citeUnusual, "医师当日开方量异常",
		"a doctor's prescriptions within a day, against his own past"}
	rulePharmacyHour = Rule{"pharmacy-volume-hour", Alarm, citeUnusual, "药店一小时内发药量异常",
		"a pharmacy's dispensings within an hour, against its own past"}
	rulePharmacyDay = Rule{"pharmacy-volume-day", Alarm, citeUnusual, "药店当日发药量异常",
		"a pharmacy's dispensings within a day, against its own past"}
	ruleGap = Rule{"gap", Alarm, citeLedger, "记录序列有缺口，或与成员签章的根不符",
		"a sequence has a gap, or the records do not give the sealed root"}

	ruleFiveDrugs = Rule{"five-drugs", Alarm, cited("rx.five-drugs"), "处方药品超过五种",
		"more than five drugs on one prescription"}
	ruleSevenDays = Rule{"seven-days", Alarm, cited("rx.seven-days"), "超过七日用量且未注明理由",
		"more than seven days' supply without a reason"}
	ruleSelfRx = Rule{"self-prescribing", Alarm, cited("rx.no-self-prescribing"), "医师为自己或其监护的儿童开具处方",
		"the doctor prescribed, or tried to prescribe, for himself or a child in his care"}
	ruleWithheld = Rule{"withheld", Alarm, citeDataPort, "医院逾期未向监管方提供处方文书",
		"the hospital has not given the document within the time set"}
	ruleFalse = Rule{"false-document", Alarm, citeDataPort, "医院提供的文书与链上摘要不符",
		"the hospital gave another document than the chain commits to"}
)

// Rules lists all of them.
var Rules = []Rule{
	ruleReusedTrace, ruleTwiceClaimed, ruleNoReview, ruleSelfReview, ruleRevokedKey, ruleRole,
	ruleNoCode, ruleNotParty, ruleContested, ruleDespite, ruleOverdue, rulePackages,
	ruleDoctorHour, ruleDoctorDay, rulePharmacyHour, rulePharmacyDay, ruleGap,
	ruleFiveDrugs, ruleSevenDays, ruleSelfRx, ruleWithheld, ruleFalse,
}

// cited is the citation of one of the prescription's own rules: the regulator and the hospital go
// by the same text.
func cited(id string) prescription.Citation {
	for _, r := range rules.Rules {
		if r.ID == id {
			return r.Citation
		}
	}
	panic("oversight: no rule " + id) // at the start of any process: a rule's id is append-only
}

// RuleOf finds a rule by its id; ok is false for an unknown one.
func RuleOf(id string) (Rule, bool) {
	for _, r := range Rules {
		if r.ID == id {
			return r, true
		}
	}
	return Rule{}, false
}

// Limits are what counts as unusual. They are from practice, not from a text.
type Limits struct {
	Packages     int           // of one dispensing
	HourFloor    int           // so many acts in an hour are never unusual
	DayFloor     int           // nor so many in a day
	Factor       int           // times the own mean of an active hour or day
	HourCap      int           // unusual for who has no past
	DayCap       int           //
	PastDays     int           // how far the past goes back
	MinPast      int           // active days before there is a past to compare with
	WithheldWait time.Duration // for a document, before it is withheld
}

// DefaultLimits hold where the operator sets nothing else.
var DefaultLimits = Limits{Packages: 30, HourFloor: 20, DayFloor: 80, Factor: 3, HourCap: 60, DayCap: 300, PastDays: 30,
	MinPast: 5, WithheldWait: 24 * time.Hour}
