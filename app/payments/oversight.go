package payments

import (
	"github.com/smart-hospital/hospital/app/oversight"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/contract"
)

var (
	ruleNotPayer = oversight.Rule{ID: "not-the-payer", Level: oversight.Alarm, Citation: oversight.FromLedger,
		ZH: "非处方患者的人企图支付处方",
		EN: "somebody who is not its patient tried to pay a prescription"}
	ruleNotPayable = oversight.Rule{ID: "pay-unapproved", Level: oversight.Alarm, Citation: oversight.FromLedger,
		ZH: "企图为未经审核或其他医院的处方收费",
		EN: "tried to take money for a prescription that is not approved, or another hospital's"}
	ruleNotRefundable = oversight.Rule{ID: "refund-standing", Level: oversight.Alarm, Citation: oversight.FromLedger,
		ZH: "处方仍然有效，却企图退费",
		EN: "tried to give the money back while the prescription it paid still stands"}
)

// Oversight is what the regulator judges of settlements: what was tried. Which amounts were settled
// stands on no chain.
var Oversight = oversight.Part{
	Subjects: chain.SubjectPay,
	Rules:    []oversight.Rule{ruleNotPayer, ruleNotPayable, ruleNotRefundable},
	Attempt: func(t oversight.Tried) (oversight.Rule, bool) {
		switch kind := t.Record.Statement.Kind; {
		case t.Code == chain.CodeNotParty:
			return ruleNotPayer, true
		case t.Code == chain.CodeReference && kind == chain.KindPayOpen:
			return ruleNotPayable, true
		case t.Code == chain.CodeReference && kind == chain.KindPayRefund:
			return ruleNotRefundable, true
		}
		return oversight.Rule{}, false
	},
	Counted: []chain.Kind{chain.KindPayOpen, chain.KindPaySettle, chain.KindPayFail, chain.KindPayRefund},
	Outcomes: [][]chain.Kind{
		contract.Leaving(chain.SubjectPay, chain.StatusOpened),
		{chain.KindPaySettle, chain.KindPay}, // one for one: a prescription is paid when its settlement is settled
	},
}
