package insurer

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/money"
)

// Op is an operation's number (交易编号), the envelope's transType.
type Op string

// Operations.
const (
	OpCard      Op = "1101" // whose ecToken is it (人员信息获取)
	OpPresettle Op = "2206" // pre-settlement (预结算)
	OpUpload    Op = "6201" // uldFeeInfo: upload the fees (费用明细上传)
	OpPay       Op = "6202" // pay_order: settle (支付下单)
	OpRefund    Op = "6203" // refund_Order (退费)
	OpQuery     Op = "6301" // query_order_info (订单查询)
	OpRevoke    Op = "6401" // revoke_order (费用明细上传撤销)
	OpTotals    Op = "3201" // reconciliation of totals (对总账)
	OpDetails   Op = "3202" // reconciliation of details (对明细账)
)

// Ops lists them.
var Ops = []Op{OpCard, OpPresettle, OpUpload, OpPay, OpRefund, OpQuery, OpRevoke, OpTotals, OpDetails}

// Path is where an operation is posted to, below the insurer's base URL.
func (o Op) Path() string { return "/org/local/api/hos/" + string(o) }

// Request is the inner message to the insurer.
type Request[T any] struct {
	Infno Op     `json:"infno"` // repeated inside, so that a message cannot be posted to another operation
	Msgid string `json:"msgid"` // 32 hexadecimal digits, new for every message: what a replay is known by
	Input T      `json:"input"`
}

// Answer is the inner message back.
type Answer[T any] struct {
	Infno    Op     `json:"infno"`
	RefMsgid string `json:"inf_refmsgid"` // the request's Msgid: an old answer cannot pass for a new one
	Infcode  Code   `json:"infcode"`
	ErrMsg   string `json:"err_msg,omitempty"`
	Output   *T     `json:"output,omitempty"` // set when Infcode is CodeOK
}

// Code is an answer's verdict.
type Code int

// Verdicts. All but CodeOK say that nothing was done.
const (
	CodeOK           Code = 0
	CodeRefused      Code = -1 // by a rule; the same request will be refused again
	CodeUnknownOrder Code = -2
	CodeAgain        Code = -3 // a pay token is used up or too old: ask with a new one
)

// CardInput asks for the person behind a token.
type CardInput struct {
	ECToken string `json:"ecToken"`
}

// CardOutput names the person.
type CardOutput struct {
	Name     string          `json:"psn_name"`
	Certno   string          `json:"certno"` // resident id number
	Insutype bureau.Insutype `json:"insutype"`
}

// Fee is one line of feedetailList.
type Fee struct {
	Code   string `json:"medListCodg"`
	Name   string `json:"medListName"`
	Level  string `json:"chrgitmLv"` // 01 甲, 02 乙, 03 丙
	Price  Yuan   `json:"pric"`
	Count  int64  `json:"cnt"`
	Amount Yuan   `json:"detItemFeeSumamt"`
}

var levels = map[money.Class]string{money.ClassA: "01", money.ClassB: "02", money.ClassC: "03"}

// Fees turns a list into its wire form.
func Fees(fs money.Fees) []Fee {
	out := make([]Fee, len(fs))
	for i, f := range fs {
		out[i] = Fee{Code: f.Code, Name: f.Name, Level: levels[f.Class], Price: Yuan(f.Price), Count: f.Quantity,
			Amount: Yuan(f.Amount)}
	}
	return out
}

// FromFees reverses Fees; an unknown level becomes an unknown class, which Fees.Total refuses.
func FromFees(fs []Fee) money.Fees {
	out := make(money.Fees, len(fs))
	for i, f := range fs {
		out[i] = money.Fee{Code: f.Code, Name: f.Name, Price: money.Fen(f.Price), Quantity: f.Count,
			Amount: money.Fen(f.Amount)}
		for class, level := range levels {
			if level == f.Level {
				out[i].Class = class
			}
		}
	}
	return out
}

// OrderInput is 2206's and 6201's. Number is empty for a pre-settlement.
type OrderInput struct {
	Number  string `json:"medOrgOrd,omitempty"`
	ECToken string `json:"ecToken"`
	Total   Yuan   `json:"medfeeSumamt"`
	Fees    []Fee  `json:"feedetailList"`
}

// Setlinfo is a split.
type Setlinfo struct {
	Total      Yuan   `json:"medfee_sumamt"`
	OwnPay     Yuan   `json:"fulamt_ownpay_amt"`
	PreSelfPay Yuan   `json:"preselfpay_amt"`
	InScope    Yuan   `json:"inscp_scp_amt"`
	Deductible Yuan   `json:"act_pay_dedc"`
	Pooled     Yuan   `json:"hifp_pay"`
	Fund       Yuan   `json:"fund_pay_sumamt"`
	Account    Yuan   `json:"acct_pay"`
	Cash       Yuan   `json:"psn_cash_pay"`
	Hospital   Yuan   `json:"hosp_part_amt"`
	Person     Yuan   `json:"psn_part_amt"`
	Policy     string `json:"poli_ver"` // version of the bureau's policy

	Others money.Funds `json:"-"` // funds beside the pooled one, each in a field of its own on the wire
}

// fundSuffix ends the names of the platform's fund fields (hifes_pay 企业补充, hifmi_pay 大病,
// hifob_pay 大额, cvlserv_pay 公务员, maf_pay 医疗救助, oth_pay 其他 and those of the regions).
const fundSuffix = "_pay"

// notFunds end like funds and are none: the personal account, also a relative's, and cash.
var notFunds = []string{"hifp_pay", "acct_pay", "psn_cash_pay", "acct_mulaid_pay"}

// setlinfoFields is Setlinfo without its methods.
type setlinfoFields Setlinfo

// UnmarshalJSON reads the fields that are known, and as funds those of the others that are named
// like one and hold an amount. Without a difference between all funds and the pooled one no field
// of another name can be a fund.
func (s *Setlinfo) UnmarshalJSON(b []byte) error {
	if err := unmarshal(b, (*setlinfoFields)(s)); err != nil {
		return err
	}
	if s.Others = ""; s.Fund == s.Pooled {
		return nil
	}
	var all map[string]json.RawMessage
	if err := unmarshal(b, &all); err != nil {
		return err
	}
	others := map[string]money.Fen{}
	for name, value := range all {
		var amount Yuan
		if strings.HasSuffix(name, fundSuffix) && !slices.Contains(notFunds, name) &&
			amount.UnmarshalJSON(value) == nil {
			others[name] = money.Fen(amount)
		}
	}
	var err error
	s.Others, err = money.NewFunds(others)
	return err
}

// MarshalJSON writes the other funds beside the known fields.
func (s Setlinfo) MarshalJSON() ([]byte, error) {
	b, err := json.Marshal(setlinfoFields(s))
	if err != nil {
		return nil, err
	}
	amounts, err := s.Others.Amounts()
	if err != nil {
		return nil, err
	}
	all := map[string]any{}
	for name, amount := range amounts {
		all[name] = Yuan(amount)
	}
	var known map[string]json.RawMessage
	if err := unmarshal(b, &known); err != nil {
		return nil, err
	}
	for name, value := range known {
		all[name] = value
	}
	return json.Marshal(all)
}

// NewSetlinfo is a split's wire form.
func NewSetlinfo(s money.Split, policy string) *Setlinfo {
	return &Setlinfo{
		Total: Yuan(s.Total), OwnPay: Yuan(s.OwnPay), PreSelfPay: Yuan(s.PreSelfPay), InScope: Yuan(s.InScope),
		Deductible: Yuan(s.Deductible),
		Pooled:     Yuan(s.Pooled), Fund: Yuan(s.Fund), Account: Yuan(s.Account), Cash: Yuan(s.Cash),
		Hospital: Yuan(s.Hospital), Person: Yuan(s.Person), Policy: policy, Others: s.OtherFunds,
	}
}

// Split reverses NewSetlinfo, unchecked.
func (s Setlinfo) Split() money.Split {
	return money.Split{
		Total: money.Fen(s.Total), OwnPay: money.Fen(s.OwnPay), PreSelfPay: money.Fen(s.PreSelfPay),
		InScope:    money.Fen(s.InScope),
		Deductible: money.Fen(s.Deductible), Pooled: money.Fen(s.Pooled), Fund: money.Fen(s.Fund),
		Account: money.Fen(s.Account),
		Cash:    money.Fen(s.Cash), Hospital: money.Fen(s.Hospital), Person: money.Fen(s.Person),
		OtherFunds: s.Others,
	}
}

// UploadOutput is 6201's: where the order stands, and the token that pays it.
type UploadOutput struct {
	PayOrdID string `json:"payOrdId"`
	// lives minutes, used once; empty when the order is not to be paid any more
	PayToken string   `json:"payToken,omitempty"`
	State    OrdState `json:"ordStas"`
}

// PayInput is 6202's. The four amounts are what the patient authorised; the bureau settles exactly
// them or refuses.
type PayInput struct {
	PayOrdID string `json:"payOrdId"`
	PayToken string `json:"payToken"`
	Total    Yuan   `json:"feeSumamt"` // = Cash + Account + Fund
	Cash     Yuan   `json:"ownPayAmt"`
	Account  Yuan   `json:"psnAcctPay"`
	Fund     Yuan   `json:"fundPay"`
	Policy   string `json:"poli_ver"`
}

// OrdState is ordStas. 0-2 processing, 3-5 settlement candidate (not paid), 6 settled, 7-13
// cancelled, 14-16 failed.
type OrdState int

// The states the sandbox uses of each range.
const (
	StateUploaded  OrdState = 0
	StateSettled   OrdState = 6
	StateCancelled OrdState = 7
	StateRefunded  OrdState = 8
	StateFailed    OrdState = 14
)

var stateRanges = []struct {
	last  OrdState
	state bureau.OrderState
}{
	{5, bureau.OrderProcessing}, {StateSettled, bureau.OrderSettled}, {StateCancelled, bureau.OrderCancelled},
	{StateRefunded, bureau.OrderRefunded},
	{13, bureau.OrderCancelled}, {16, bureau.OrderFailed},
}

// meaning is empty for a state this version does not know.
func (s OrdState) meaning() bureau.OrderState {
	for _, r := range stateRanges {
		if s >= 0 && s <= r.last {
			return r.state
		}
	}
	return ""
}

// OrderRef names an order by the hospital's number: 6301's and 6401's input.
type OrderRef struct {
	Number string `json:"medOrgOrd"`
}

// Order is an order as 6202, 6203, 6301 and 6401 answer it.
type Order struct {
	Number   string    `json:"medOrgOrd"`
	PayOrdID string    `json:"payOrdId,omitempty"` // empty for a number revoked before it was uploaded
	State    OrdState  `json:"ordStas"`
	SetlTime int64     `json:"setl_time,omitempty"` // Unix milliseconds
	Setlinfo *Setlinfo `json:"setlinfo,omitempty"`
	Refund   *Refund   `json:"refdinfo,omitempty"`
}

// Refund is what went back.
type Refund struct {
	Number  string `json:"refdSn"`
	Time    int64  `json:"refd_time"` // Unix milliseconds
	Fund    Yuan   `json:"fundRefdAmt"`
	Account Yuan   `json:"acctRefdAmt"`
	Cash    Yuan   `json:"cashRefdAmt"`
}

// refunds tells whether money went back: a refund of nothing, or without a time, is none.
func (o *Order) refunds() bool {
	return o.Refund != nil && o.Refund.Time > 0
}

// RefundAll is the only refund type in use; the platform also knows CASH and HI.
const RefundAll = "ALL"

// RefundInput is 6203's. Amounts is nil for "whatever was taken".
type RefundInput struct {
	Number  string   `json:"medOrgOrd"`
	Refund  string   `json:"refdSn"`
	Type    string   `json:"refdType"`
	Amounts *Amounts `json:"refdAmts,omitempty"`
}

// Amounts are the three components.
type Amounts struct {
	Fund    Yuan `json:"fundPay"`
	Account Yuan `json:"acctPay"`
	Cash    Yuan `json:"psnCashPay"`
}

// NewAmounts is the wire form of parts; nil stays nil.
func NewAmounts(p *money.Parts) *Amounts {
	if p == nil {
		return nil
	}
	return &Amounts{Yuan(p.Fund), Yuan(p.Account), Yuan(p.Cash)}
}

// Parts reverses NewAmounts; nil stays nil.
func (a *Amounts) Parts() *money.Parts {
	if a == nil {
		return nil
	}
	return &money.Parts{Fund: money.Fen(a.Fund), Account: money.Fen(a.Account), Cash: money.Fen(a.Cash)}
}

// Days is 3201's and 3202's input, both included; 3202 takes one day, and answers a page at a time.
type Days struct {
	First string `json:"begndate"`
	Last  string `json:"enddate"`
	After string `json:"afterOrd,omitempty"` // 3202: the last number of the page before
	Size  int    `json:"pageSize,omitempty"` // 3202: the most that one answer may list, at most DetailsPage
}

// DetailsPage is how many settlements one answer to 3202 lists: some 220 KiB of the MaxMessage that
// an envelope may have.
const DetailsPage = 1000

// TotalsOutput is 3201's.
type TotalsOutput struct {
	Settled   Amounts `json:"setl"`
	Settleds  int     `json:"setl_cnt"`
	Refunded  Amounts `json:"refd"`
	Refundeds int     `json:"refd_cnt"`
}

// DetailsOutput is 3202's, in order of numbers; the last page may be in any. More says that another
// page follows.
type DetailsOutput struct {
	List []Detail `json:"list"`
	More bool     `json:"more,omitempty"`
}

// Detail is one line of 3202.
type Detail struct {
	Number   string   `json:"medOrgOrd"`
	Settled  *Amounts `json:"setl,omitempty"`
	Refunded *Amounts `json:"refd,omitempty"`
}

func millis(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
