package payment

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/payment/bureau"
)

// TestWhatTheInsurerSaysDecides: one step from each status in which the insurer is asked, for each
// answer: what else it is asked, where the settlement then stands, and who hears of it.
func TestWhatTheInsurerSaysDecides(t *testing.T) {
	const fresh, late = "fresh", "late" // asked for the first time; a millisecond after OpenLimit
	const amounts, lies, noRefund = "insurer-other-amounts", "insurer-dishonest", "refund-refused"
	kinds := map[Status]chain.Kind{Settled: chain.KindPaySettle, Failed: chain.KindPayFail,
		Refunded: chain.KindPayRefund}
	otherPolicy := with(settled, func(a *bureau.Answer) { a.Policy = "w" })
	fenLess := with(settled, func(a *bureau.Answer) { a.Split.Cash-- })
	odd := with(cancelled, func(a *bureau.Answer) { a.Refunded = benchSplit.Parts() })
	for name, c := range map[string]struct {
		from        Status
		when        string
		query, then reply
		asked       string
		end         Status
		alarm       string
	}{
		"paid at once":                   {Opened, fresh, none, settled, "pay", Settled, ""},
		"paid before":                    {Opened, "", settled, none, "query", Settled, ""},
		"paid, it is said in an error":   {Opened, "", unsaid(settled), none, "query", Opened, ""},
		"paid by another policy":         {Opened, "", otherPolicy, none, "query", Reversing, amounts},
		"paid a fen less":                {Opened, "", fenLess, none, "query", Reversing, amounts},
		"never seen":                     {Opened, "", neverSeen, settled, "query pay", Settled, ""},
		"never seen, late":               {Opened, late, neverSeen, settled, "query", Reversing, ""},
		"processing":                     {Opened, "", processing, processing, "query pay", Opened, ""},
		"processing, late":               {Opened, late, processing, settled, "query", Reversing, ""},
		"processing, in an error":        {Opened, "", unsaid(processing), settled, "query", Opened, ""},
		"silent":                         {Opened, "", silent, settled, "query", Opened, ""},
		"silent, late":                   {Opened, late, silent, settled, "query", Reversing, ""},
		"the query is refused":           {Opened, "", refused, settled, "query", Opened, ""},
		"refused":                        {Opened, fresh, none, refused, "pay", Reversing, ""},
		"dishonest":                      {Opened, "", dishonest, none, "query", Reversing, lies},
		"forged":                         {Opened, "", forged, none, "query", Opened, "insurer-forged"},
		"cancelled":                      {Opened, "", cancelled, none, "query", Failed, ""},
		"gone back":                      {Opened, "", wentBack, none, "query", Failed, ""},
		"a part gone back":               {Opened, "", partBack, none, "query", Reversing, amounts},
		"a part, it is said in an error": {Opened, "", unsaid(partBack), none, "query", Opened, ""},

		"to close, and settled":                 {Reversing, "", settled, wentBack, "query refund", Failed, ""},
		"to close, and dishonest":               {Reversing, "", dishonest, wentBack, "query refund", Failed, ""},
		"to close, and nothing back":            {Reversing, "", settled, silent, "query refund", Reversing, ""},
		"to close, and refused":                 {Reversing, "", settled, refused, "query refund", Reversing, noRefund},
		"to close, and a part back":             {Reversing, "", settled, partBack, "query refund", Reversing, lies},
		"to close, and a part was back":         {Reversing, "", partBack, none, "query", Reversing, lies},
		"to close, and a part, in an error":     {Reversing, "", unsaid(partBack), none, "query", Reversing, ""},
		"to close, and all was back":            {Reversing, "", wentBack, none, "query", Failed, ""},
		"to close, and cancelled":               {Reversing, "", cancelled, none, "query", Failed, ""},
		"to close, and settled, in an error":    {Reversing, "", unsaid(settled), wentBack, "query", Reversing, ""},
		"to close, and never seen":              {Reversing, "", neverSeen, none, "query revoke", Failed, ""},
		"to close, and processing":              {Reversing, "", processing, none, "query revoke", Failed, ""},
		"to close, and processing, in an error": {Reversing, "", unsaid(processing), none, "query", Reversing, ""},
		"to close, and settled meanwhile": {Reversing, "", processing, refused, "query revoke",
			Reversing, noRefund},
		"to close, and forged": {Reversing, "", forged, none, "query", Reversing, "insurer-forged"},

		"to give back":                  {Refunding, "", settled, wentBack, "query refund of 1.00", Refunded, ""},
		"given back before":             {Refunding, "", wentBack, none, "query", Refunded, ""},
		"given back, in an error":       {Refunding, "", unsaid(wentBack), none, "query", Refunding, ""},
		"to give back, it is in error":  {Refunding, "", unsaid(settled), wentBack, "query", Refunding, ""},
		"a part given back":             {Refunding, "", partBack, none, "query", Refunding, amounts},
		"cancelled, and all of it back": {Refunding, "", odd, none, "query", Refunding, amounts},
		"no refund, and refused":        {Refunding, "", settled, refused, "query refund of 1.00", Refunding, noRefund},
		"no refund, and never seen":     {Refunding, "", neverSeen, none, "query", Refunding, noRefund},
		"no refund, and dishonest":      {Refunding, "", settled, dishonest, "query refund of 1.00", Refunding, lies},
		"no refund, and forged":         {Refunding, "", forged, none, "query", Refunding, "insurer-forged"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, inStatus(t, c.from).Row())
			b.query, b.paid, b.back, b.revoked = c.query, c.then, c.then, c.then.err
			if b.now = at.Add(OpenLimit); c.when == late {
				b.now = b.now.Add(time.Millisecond)
			}
			st, err := FromStoreOnly(b.rows[0])
			if err != nil {
				t.Fatal(err)
			}
			more, err := b.service.step(t.Context(), st, c.when == fresh)
			goesOn := c.end != c.from && c.end != Failed
			if got := b.rows[0]; err != nil || got.Status != c.end || more != goesOn {
				t.Errorf("%s, goes on %v, %v; want %s", got.Status, more, err, c.end)
			}
			if got := strings.Join(b.asked, " "); got != c.asked {
				t.Errorf("asked: %s; want %s", got, c.asked)
			}
			if got := strings.Join(b.alarms, " "); got != c.alarm {
				t.Errorf("alarms: %q, want %q", got, c.alarm)
			}
			var booked []chain.Kind
			if kind, ok := kinds[c.end]; ok {
				booked = []chain.Kind{kind}
			}
			if others := Differences(b.rows[0], b.events); !slices.Equal(b.booked, booked) || len(others) > 0 ||
				b.kicks != len(booked) {
				t.Errorf("records: %v, want %v; other than the row: %v; %d kicks", b.booked, booked, others, b.kicks)
			}
		})
	}
}

// TestTheInsurerAfterAPersonsWord: what is asked and done at the insurer once a person has decided,
// who hears of it, and whether it is asked again.
func TestTheInsurerAfterAPersonsWord(t *testing.T) {
	const contradicted = "desk-contradicted"
	otherOrder := with(settled, func(a *bureau.Answer) { a.Order = "ORD2" })
	otherSplit := with(settled, func(a *bureau.Answer) { a.Split.Account++ })
	for name, c := range map[string]struct {
		said        Decision
		query, back reply
		after       time.Duration // above watchFor
		asked       string
		alarm       string
		again       bool
	}{
		"settled, and so it was":         {DecidedSettled, settled, none, 0, "query", "", false},
		"settled, under another number":  {DecidedSettled, otherOrder, none, 0, "query", contradicted, false},
		"settled, of other amounts":      {DecidedSettled, otherSplit, none, 0, "query", contradicted, false},
		"settled, and back again":        {DecidedSettled, wentBack, none, 0, "query", contradicted, false},
		"settled, and cancelled":         {DecidedSettled, cancelled, none, 0, "query", contradicted, false},
		"settled, and failed":            {DecidedSettled, failed, none, 0, "query", contradicted, false},
		"settled, and never seen":        {DecidedSettled, neverSeen, none, 0, "query", contradicted, false},
		"settled, and cancelled, unsaid": {DecidedSettled, unsaid(cancelled), none, 0, "query", "", true},
		"settled, and failed, unsaid":    {DecidedSettled, unsaid(failed), none, 0, "query", "", true},
		"settled, and processing":        {DecidedSettled, processing, none, 0, "query", "", true},
		"settled, and silent":            {DecidedSettled, silent, none, 0, "query", "", true},
		"settled, and silent for long": {DecidedSettled, silent, none, time.Millisecond, "query", "desk-unconfirmed",
			false},
		"settled, and confirmed late": {DecidedSettled, settled, none, time.Millisecond, "query", "", false},
		"settled, and forged":         {DecidedSettled, forged, none, 0, "query", "insurer-forged", true},

		"not settled, and so it was": {DecidedNotSettled, neverSeen, none, 0, "query revoke", "", false},
		"not settled, but it was": {DecidedNotSettled, settled, wentBack, 0, "query refund",
			contradicted, false},
		"not settled, and given back before": {DecidedNotSettled, wentBack, none, 0, "query", "", false},
		"not settled, and nothing back":      {DecidedNotSettled, settled, silent, 0, "query refund", "", true},

		"refunded, and so it was": {DecidedRefunded, wentBack, none, 0, "query", "", false},
		"refunded, but a part":    {DecidedRefunded, partBack, none, 0, "query", contradicted, false},
		"refunded, but it was not": {DecidedRefunded, settled, wentBack, 0, "query refund of 1.00",
			contradicted, false},
		"refunded, and not even now": {DecidedRefunded, settled, silent, 0, "query refund of 1.00", "", true},
		"refunded, and cancelled":    {DecidedRefunded, cancelled, none, 0, "query", contradicted, false},
		"refunded, and failed":       {DecidedRefunded, failed, none, 0, "query", contradicted, false},
		"refunded, and processing":   {DecidedRefunded, processing, none, 0, "query", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			status := map[Decision]Status{DecidedSettled: Opened, DecidedNotSettled: Opened, DecidedRefunded: Refunding}
			st := inStatus(t, status[c.said])
			st.row.DeskAt, st.row.Order = at, "ORD"
			if _, err := st.decide(Ruling{Decision: c.said, Order: "ORD"}, at); err != nil {
				t.Fatal(err)
			}
			st.row.Told = st.row.Status != Failed // of which nobody is told
			b := newBench(t, st.row)
			b.query, b.back, b.now = c.query, c.back, at.Add(watchFor+c.after)
			more, err := b.service.step(t.Context(), st, false)
			next := time.Time{}
			if c.again {
				next = b.now.Add(watchEvery)
			}
			if got := b.rows[0]; err != nil || more || got.Watch != c.again || !got.NextTry.Equal(next) ||
				(b.kept > 0) != c.again {
				t.Errorf("asked again: %v at %v, kept %d times, %v", got.Watch, got.NextTry, b.kept, err)
			}
			if got := strings.Join(b.asked, " "); got != c.asked {
				t.Errorf("asked: %s; want %s", got, c.asked)
			}
			if got := strings.Join(b.alarms, " "); got != c.alarm {
				t.Errorf("alarms: %q, want %q", got, c.alarm)
			}
		})
	}
}

// TestRefundFindsItsSettlement: which of a prescription's settlements is given back or told of
// again, and when there is nothing to do.
func TestRefundFindsItsSettlement(t *testing.T) {
	toldOf := func(s Status) Row {
		r := inStatus(t, s).Row()
		r.Told = true
		return r
	}
	for name, c := range map[string]struct {
		rows    []Row
		failing int
		asked   string
		told    int
		end     []Status
		err     error
	}{
		"nothing was paid":    {nil, 0, "", 0, nil, nil},
		"the last one failed": {[]Row{toldOf(Failed)}, 0, "", 0, []Status{Failed}, nil},
		"the one before is paid": {[]Row{toldOf(Failed), toldOf(Settled)}, 0, "query refund of 1.00", 1,
			[]Status{Failed, Refunded}, nil},
		"still open":           {[]Row{toldOf(Opened)}, 0, "query refund", 0, []Status{Failed}, nil},
		"under way":            {[]Row{toldOf(Refunding)}, 0, "", 0, []Status{Refunding}, nil},
		"being reversed":       {[]Row{toldOf(Reversing)}, 0, "", 0, []Status{Reversing}, nil},
		"given back, and told": {[]Row{toldOf(Refunded)}, 0, "", 1, []Status{Refunded}, nil},
		"not committed":        {[]Row{toldOf(Settled)}, 1, "", 0, []Status{Settled}, errFailing},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, c.rows...)
			b.query, b.back, b.failing = settled, wentBack, c.failing
			err := b.service.Refund(t.Context(), "RX1", "cancelled")
			var end []Status
			for _, r := range b.rows {
				end = append(end, r.Status)
			}
			if got := strings.Join(b.asked, " "); !errors.Is(err, c.err) || got != c.asked || b.told != c.told ||
				!slices.Equal(end, c.end) {
				t.Errorf("asked: %s; told %d times; %v, %v", got, b.told, end, err)
			}
		})
	}
}

// TestADatabaseThatDoesNotCommit: a step that was not stored is an error, also where another could
// follow at once.
func TestADatabaseThatDoesNotCommit(t *testing.T) {
	for name, answer := range map[string]reply{"reversed": dishonest, "settled": settled} {
		b := newBench(t, inStatus(t, Opened).Row())
		b.query, b.failing = answer, 1
		err := b.service.advance(t.Context(), b.rows[0].ID, false)
		if !errors.Is(err, errFailing) || len(b.asked) != 1 || b.kicks != 0 {
			t.Errorf("%s: %v, asked %v, %d kicks", name, err, b.asked, b.kicks)
		}
	}
}

// TestOneAlarmAtTheDesk: a person is called when a settlement begins to wait for one, and not
// again.
func TestOneAlarmAtTheDesk(t *testing.T) {
	row := inStatus(t, Opened).Row()
	row.Attempts = deskAttempts - 2
	b := newBench(t, row)
	b.query = silent
	for i, want := range []int{0, 1, 1} {
		if err := b.service.advance(t.Context(), row.ID, false); err != nil || len(b.alarms) != want {
			t.Errorf("attempt %d: alarms %v, %v", i, b.alarms, err)
		}
	}
}
