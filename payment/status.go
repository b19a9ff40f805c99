package payment

import (
	"fmt"
	"slices"

	"github.com/smart-hospital/hospital/chain"
)

// Status is where a settlement stands in the hospital's books.
type Status string

// Statuses. The chain knows opened, settled, failed and refunded; reversing is opened there,
// refunding is settled there.
const (
	Opened = Status(chain.StatusOpened) // the insurer moves next; Reconcile asks when it does not answer
	// nothing may stay paid at the insurer; Reconcile revokes or refunds there, then it failed
	Reversing Status = "reversing"
	Settled          = Status(chain.StatusSettled)  // final, unless the prescription is cancelled or expires
	Failed           = Status(chain.StatusFailed)   // final; no money moved, or all of it went back
	Refunding Status = "refunding"                  // the insurer moves next: money goes back
	Refunded         = Status(chain.StatusRefunded) // final; all money went back
)

// Statuses lists them in the order of a settlement's life.
var Statuses = []Status{Opened, Reversing, Settled, Failed, Refunding, Refunded}

// Blocks tells whether a settlement in this status keeps its prescription from being paid by
// another one. The unique index of the store has the same list.
func (s Status) Blocks() bool {
	return s == Opened || s == Reversing || s == Settled || s == Refunding
}

// InsurersTurn tells whether only the insurer can say how it goes on.
func (s Status) InsurersTurn() bool {
	return s == Opened || s == Reversing || s == Refunding
}

// action is a verb of a settlement.
type action string

const (
	actSettle   action = "settle"
	actFail     action = "fail"
	actReverse  action = "reverse"
	actRefund   action = "refund"   // decide to give the money back
	actRefunded action = "refunded" // the insurer gave it back
	actTell     action = "tell"     // the prescription room heard of it
	actPostpone action = "postpone"

	// A person's word in the insurer's place.
	actDecideSettled  action = "decide that it is settled:"
	actDecideFailed   action = "decide that it is not settled:"
	actDecideRefunded action = "decide that the money went back:"
)

// transitions are what happens to a settlement in the hospital's books; where the chain hears of
// it, it is a step of the contract.
var transitions = map[action]struct {
	from []Status
	to   Status // empty: the status stays
}{
	actSettle:   {[]Status{Opened}, Settled},
	actReverse:  {[]Status{Opened}, Reversing},
	actFail:     {[]Status{Opened, Reversing}, Failed},
	actRefund:   {[]Status{Settled}, Refunding},
	actRefunded: {[]Status{Refunding}, Refunded},
	actTell:     {[]Status{Settled, Refunded}, ""},

	actDecideSettled:  {[]Status{Opened, Reversing}, Settled},
	actDecideFailed:   {[]Status{Opened, Reversing}, Failed},
	actDecideRefunded: {[]Status{Refunding}, Refunded},

	actPostpone: {[]Status{Opened, Reversing, Settled, Refunding, Refunded}, ""},
}

func (s Status) after(a action) (Status, error) {
	t := transitions[a]
	if !slices.Contains(t.from, s) {
		return s, fmt.Errorf("%w: %s a settlement that is %s", ErrTransition, a, s)
	}
	if t.to == "" {
		return s, nil
	}
	return t.to, nil
}
