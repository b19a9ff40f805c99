package payment

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/money"
)

// TestDifferencesNameTheField: each field of a row that says otherwise than its documents is named.
func TestDifferencesNameTheField(t *testing.T) {
	refunded := inStatus(t, Refunded).Row()
	refunded.Order, refunded.RefundedAt = "ORD", at.Add(time.Hour)
	failed := inStatus(t, Failed).Row()
	failed.Reason = "refused"
	events := func(r Row) (list []Event) {
		parts := r.Split.Parts()
		result := outcome{Settlement: r.ID, Rx: r.Rx, Policy: r.Policy, Order: r.Order, Split: r.Split,
			Reason: r.Reason, InsurerAt: r.SettledAt}
		back := result
		back.Refund, back.Refunded, back.InsurerAt = RefundNumber(r.ID), &parts, r.RefundedAt
		for _, e := range []struct {
			kind chain.Kind
			doc  any
		}{
			{chain.KindPayOpen, authorisation{Settlement: r.ID, Rx: r.Rx, Card: r.Card, Policy: r.Policy, Fees: r.Fees,
				Split: r.Split}},
			{chain.KindPaySettle, result}, {chain.KindPayFail, result}, {chain.KindPayRefund, back},
		} {
			if ended := e.kind == chain.KindPayFail; e.kind != chain.KindPayOpen && ended != (r.Status == Failed) {
				continue
			}
			document, err := json.Marshal(e.doc)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, Event{Kind: e.kind, Document: document})
		}
		return list
	}
	all := func(what string) []string { return []string{"pay.settle: " + what, "pay.refund: " + what} }
	for name, c := range map[string]struct {
		row    Row
		change func(*Row)
		want   []string
	}{
		"nothing, refunded": {refunded, func(*Row) {}, nil},
		"nothing, failed":   {failed, func(*Row) {}, nil},
		"number": {refunded, func(r *Row) { r.ID = "ST" },
			append([]string{"pay.open: authorisation"}, append(all("outcome"), "pay.refund: amounts")...)},
		"prescription": {refunded, func(r *Row) { r.Rx = "RX2" }, append([]string{"pay.open: authorisation"},
			all("outcome")...)},
		"card": {refunded, func(r *Row) { r.Card = "d" }, []string{"pay.open: authorisation"}},
		"policy": {refunded, func(r *Row) { r.Policy = "w" }, append([]string{"pay.open: authorisation"},
			all("outcome")...)},
		"fees": {refunded, func(r *Row) { r.Fees = nil }, []string{"pay.open: fees"}},
		"another split": {refunded, func(r *Row) { r.Split.Deductible++ }, append([]string{"pay.open: split"},
			all("split")...)},
		"other parts": {refunded, func(r *Row) { r.Split.Cash-- }, []string{"pay.open: split", "pay.settle: split",
			"pay.refund: split", "pay.refund: amounts"}},
		"order": {refunded, func(r *Row) { r.Order = "ORD2" }, all("outcome")},
		"time settled": {refunded, func(r *Row) { r.SettledAt = at.Add(time.Millisecond) },
			[]string{"pay.settle: time"}},
		"time refunded":  {refunded, func(r *Row) { r.RefundedAt = at }, []string{"pay.refund: time"}},
		"reason, failed": {failed, func(r *Row) { r.Reason = "other" }, []string{"pay.fail: reason"}},
		"reason":         {refunded, func(r *Row) { r.Reason = "other" }, nil},
	} {
		list := events(c.row)
		c.change(&c.row)
		got := Differences(c.row, list)
		slices.Sort(got)
		if slices.Sort(c.want); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	for name, document := range map[string]string{
		"no JSON": "x", "no refund": `{"refund":"` + RefundNumber(refunded.ID) + `"}`,
		"no refund's number": `{"refunded":{"fund":0,"account":0,"cash":100}}`,
	} {
		got := Differences(refunded, []Event{{Kind: chain.KindPayRefund, Document: []byte(document)}})
		if !slices.Contains(got, "pay.refund: outcome") || !slices.Contains(got, "pay.refund: amounts") {
			t.Errorf("%s: %q", name, got)
		}
	}
	for _, e := range events(refunded) {
		e.Document = bytes.Replace(e.Document, []byte(`"unit":""`), []byte(`"unit":1`), 1)
		if got := Differences(refunded, []Event{e}); len(got) != 1 {
			t.Errorf("a document of another type: %q", got)
		}
	}
}

// TestServiceNeedsAll: each part that a service cannot do without.
func TestServiceNeedsAll(t *testing.T) {
	whole := newBench(t).service.Config
	for _, name := range []string{"Chain", "Store", "Insurer", "Prescriptions", "Hospital", "Seal", "Now"} {
		c := whole
		reflect.ValueOf(&c).Elem().FieldByName(name).SetZero()
		if _, err := New(c); err == nil {
			t.Errorf("a service without %s", name)
		}
	}
}

// TestWhoseCardItIs: the insurer's holder is the hospital's, by name and by number, and only
// patients bind cards and ask for codes.
func TestWhoseCardItIs(t *testing.T) {
	of := func(name, number string) bureau.Holder { return bureau.Holder{Name: name, IDNumber: number} }
	holder := of("李样例", "11010519491231002X")
	for name, c := range map[string]struct {
		role     chain.Role
		theirs   bureau.Holder
		insutype bureau.Insutype
		want     error
	}{
		"the patient's": {chain.RolePatient, holder, bureau.Employee, nil},
		"a resident's":  {chain.RolePatient, holder, bureau.Resident, nil},
		"a small x":     {chain.RolePatient, of(holder.Name, "11010519491231002x"), bureau.Employee, nil},
		"another name":  {chain.RolePatient, of("韩样例", holder.IDNumber), bureau.Employee, ErrNotYourCard},
		"another number": {chain.RolePatient, of(holder.Name, "11010519800101001X"), bureau.Employee,
			ErrNotYourCard},
		"another insurance": {chain.RolePatient, holder, "340", bureau.ErrRefused},
		"a doctor's":        {chain.RoleDoctor, holder, bureau.Employee, ErrRole},
	} {
		b := newBench(t)
		b.info = bureau.CardInfo{Holder: c.theirs, Insutype: c.insutype}
		actor := intent.Actor{Person: "p", Role: c.role}
		_, err := b.service.BindCard(t.Context(), actor, sqlstore.Command{}, "p", "ec-token-of-li-0001", holder)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		_, err = b.service.CreatePayCode(t.Context(), actor, sqlstore.Command{}, "p")
		if errors.Is(err, ErrRole) != errors.Is(c.want, ErrRole) {
			t.Errorf("%s, a code: %v", name, err)
		}
	}
}

// TestRefusedBeforeTheIntent: why no payment is prepared or opened, each reason alone.
func TestRefusedBeforeTheIntent(t *testing.T) {
	actor := intent.Actor{Person: "p", Role: chain.RolePatient}
	row := inStatus(t, Opened).Row()
	good := func() *bench {
		b := newBench(t)
		b.bill = Bill{Rx: "RX1", Person: "p", Fees: row.Fees, Total: 100}
		b.card, b.pre = Card{ID: "c"}, settled
		return b
	}
	prepare := func(b *bench) error {
		_, err := b.service.prepare(t.Context(), actor, OrderInput{Rx: "RX1", Card: "c"})
		return err
	}
	limits := func(b *bench) error { return withinLimits(Tx{Settlements: benchRows{bench: b}}, row) }
	for name, c := range map[string]struct {
		do     func(*bench) error
		change func(*bench)
		want   error
		alarm  bool
	}{
		"a split of another total": {prepare, func(b *bench) { b.pre.ans.Split.Total++ }, money.ErrDishonest, true},
		"no split":                 {prepare, func(b *bench) { b.pre = refused }, bureau.ErrRefused, false},
		"another card":             {prepare, func(b *bench) { b.card.ID = "d" }, ErrNotFound, false},
		"no database": {prepare, func(b *bench) { b.card, b.cardErr = Card{}, errFailing }, errFailing,
			false},
		"paid already":         {prepare, func(b *bench) { b.rows = []Row{row} }, ErrPaidAlready, false},
		"somebody else's bill": {prepare, func(b *bench) { b.bill.Person = "q" }, ErrNotFound, false},

		"the last payment":    {limits, func(b *bench) { b.rows = make([]Row, MaxPerPrescription-1) }, nil, false},
		"one more":            {limits, func(b *bench) { b.rows = make([]Row, MaxPerPrescription) }, ErrTooMany, false},
		"the payer's last":    {limits, func(b *bench) { b.today = MaxPerPayer - 1 }, nil, false},
		"one more of a payer": {limits, func(b *bench) { b.today = MaxPerPayer }, ErrTooMany, false},
	} {
		b := good()
		c.change(b)
		err := c.do(b)
		for _, other := range []error{money.ErrDishonest, bureau.ErrRefused, ErrNotFound, errFailing,
			ErrPaidAlready, ErrTooMany} {
			if errors.Is(err, other) != errors.Is(c.want, other) {
				t.Errorf("%s: %v, want %v", name, err, c.want)
			}
		}
		if (len(b.alarms) > 0) != c.alarm {
			t.Errorf("%s: alarms %v", name, b.alarms)
		}
	}
}
