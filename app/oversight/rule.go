package oversight

import (
	"slices"
	"time"
)

// Level is how much of a person's time a finding deserves.
type Level string

// Levels.
const (
	Alarm  Level = "alarm"  // somebody should look at it today
	Notice Level = "notice" // of interest together with others
)

// Citation names the law or the source of a rule.
type Citation struct {
	ZH string `json:"zh" doc:"Law or source in Chinese" example:"《处方管理办法》第六条"`
	EN string `json:"en" doc:"Law or source in English" example:"Prescription Administration art. 6"`
}

// Rule is one reason to look at somebody. IDs are append-only.
type Rule struct {
	ID       string   `json:"id" example:"five-drugs"`
	Level    Level    `json:"level" enum:"alarm,notice"`
	Citation Citation `json:"citation"`
	ZH       string   `json:"zh" doc:"What was found, in Chinese" example:"处方药品超过五种"`
	EN       string   `json:"en" doc:"The same in English" example:"more than five drugs on one prescription"`
}

// Sources of rules that more than one room has.
var (
	FromLedger   = Citation{ZH: "联盟链规则", EN: "the ledger's rules"}
	FromPractice = Citation{ZH: "监管方设定的阈值", EN: "a threshold the regulator set"}
	fromDataPort = Citation{ZH: "《互联网诊疗监管细则（试行）》",
		EN: "Supervision of Internet Diagnosis and Treatment: data port to the regulator"}
)

// Rules that hold of every kind.
var (
	ruleRevokedKey = Rule{"revoked-key", Alarm, FromLedger, "使用已注销或过期的签名证书",
		"signed with a revoked or expired certificate"}
	ruleRole = Rule{"wrong-role", Alarm, FromLedger, "越权：该角色或机构无权写入此类记录",
		"this role or organisation may not write such a record"}
	ruleGap = Rule{"gap", Alarm, FromLedger, "记录序列有缺口，或与成员签章的根不符",
		"a sequence has a gap, or the records do not give the sealed root"}
	ruleWithheld = Rule{"withheld", Alarm, fromDataPort, "机构逾期未向监管方提供文书",
		"the organisation has not given the document within the time set"}
	// FalseDocument: what was given is not what the record commits to, or not of a form that the
	// record's room knows.
	FalseDocument = Rule{"false-document", Alarm, fromDataPort, "机构提供的文书与链上摘要不符",
		"the organisation gave another document than the chain commits to"}
)

var general = []Rule{ruleRevokedKey, ruleRole, ruleGap, ruleWithheld, FalseDocument}

// Rules are all that are run: those of the rooms in their order, then those of every kind.
func Rules(parts []Part) (list []Rule) {
	for _, p := range parts {
		list = append(list, p.Rules...)
	}
	return slices.Concat(list, general)
}

// Rules lists what the service runs.
func (s *Service) Rules() []Rule { return s.rules }

// rule finds one by its id. Of a rule that no room offers any more its id is all that is left.
func (s *Service) rule(id string) Rule {
	for _, r := range s.rules {
		if r.ID == id {
			return r
		}
	}
	return Rule{ID: id, Level: Notice}
}

// Limits are what counts as unusual. They are from practice, not from a text.
type Limits struct {
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
var DefaultLimits = Limits{HourFloor: 20, DayFloor: 80, Factor: 3, HourCap: 60, DayCap: 300, PastDays: 30,
	MinPast: 5, WithheldWait: 24 * time.Hour}
