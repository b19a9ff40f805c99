package payment

import (
	"encoding/json"
	"reflect"

	"github.com/smart-hospital/hospital/chain"
)

// Differences names what a stored settlement says otherwise than the documents of its records;
// events are in order. It is for audits: documents are proved by the chain, the row is only the
// database's word. Names of fields, no contents.
func Differences(r Row, events []Event) []string {
	var list []string
	that := func(equal bool, field string) {
		if !equal {
			list = append(list, field)
		}
	}
	for _, e := range events {
		if e.Kind == chain.KindPayOpen {
			var doc authorisation
			that(json.Unmarshal(e.Document, &doc) == nil && doc.Settlement == r.ID && doc.Rx == r.Rx &&
				doc.Card == r.Card && doc.Policy == r.Policy, "pay.open: authorisation")
			that(doc.Split == r.Split, "pay.open: split")
			that(reflect.DeepEqual(doc.Fees, r.Fees), "pay.open: fees")
			continue
		}
		var doc outcome
		that(json.Unmarshal(e.Document, &doc) == nil && doc.Settlement == r.ID && doc.Rx == r.Rx &&
			doc.Policy == r.Policy && doc.Order == r.Order, string(e.Kind)+": outcome")
		that(doc.Split == r.Split, string(e.Kind)+": split")
		switch e.Kind {
		case chain.KindPaySettle:
			that(doc.InsurerAt.UnixMilli() == r.SettledAt.UnixMilli(), "pay.settle: time")
		case chain.KindPayRefund:
			parts := r.Split.Parts()
			that(doc.InsurerAt.UnixMilli() == r.RefundedAt.UnixMilli(), "pay.refund: time")
			that(doc.Refunded != nil && *doc.Refunded == parts && doc.Refund == RefundNumber(r.ID),
				"pay.refund: amounts")
		case chain.KindPayFail:
			that(doc.Reason == r.Reason, "pay.fail: reason")
		}
	}
	return list
}

// OnChain is the chain's status of a settlement in this status: the chain does not hear of work
// under way.
func (s Status) OnChain() chain.Status {
	switch s {
	case Opened, Reversing:
		return chain.StatusOpened
	case Settled, Refunding:
		return chain.StatusSettled
	}
	return chain.Status(s)
}
