package consult

import (
	"fmt"
	"slices"

	"github.com/smart-hospital/hospital/app/consult/chat"
)

// State is where a consultation stands. Each constant says who moves next.
type State string

// States of a consultation.
const (
	// the doctor accepts or cancels; the patient may cancel; nobody for RequestTTL: cancelled
	Requested State = "requested"
	Accepted  State = "accepted"  // the doctor starts or cancels; the patient may cancel
	Active    State = "active"    // the doctor finishes or, with a reason, cancels
	Finished  State = "finished"  // final; nobody moves
	Cancelled State = "cancelled" // final; nobody moves
)

// States are all of them.
var States = []State{Requested, Accepted, Active, Finished, Cancelled}

// Open tells whether somebody still has to move.
func (s State) Open() bool { return s == Requested || s == Accepted || s == Active }

// Side is who acts in a consultation.
type Side = chat.Side

// Sides of a consultation.
const (
	SidePatient = chat.SidePatient
	SideDoctor  = chat.SideDoctor
	SideSystem  = chat.SideSystem // the sweep
)

// Action is what somebody does to a consultation.
type Action string

// Actions on a consultation.
const (
	DoAccept Action = "accept"
	DoStart  Action = "start"
	DoFinish Action = "finish"
	DoCancel Action = "cancel"
	DoNote   Action = "note"
	DoWrite  Action = "write" // a chat message or a picture
	DoExpire Action = "expire"
	DoStop   Action = "stop" // its session is not held (停诊)
)

// rule is one legal move; To equal to the state it starts from means that the state stays.
type rule struct {
	Action Action
	By     Side
	From   []State
	To     State // empty: the state stays
}

// rules is the whole life of a consultation as data; whatever is not here is refused.
var rules = []rule{
	{DoAccept, SideDoctor, []State{Requested}, Accepted},
	{DoStart, SideDoctor, []State{Accepted}, Active},
	{DoFinish, SideDoctor, []State{Active}, Finished},
	{DoCancel, SidePatient, []State{Requested, Accepted}, Cancelled},
	{DoCancel, SideDoctor, []State{Requested, Accepted, Active}, Cancelled},
	{DoExpire, SideSystem, []State{Requested}, Cancelled},
	{DoStop, SideSystem, []State{Requested, Accepted}, Cancelled},
	{DoNote, SideDoctor, []State{Active}, ""},
	// The patient may add to the request, say a picture of the earlier diagnosis, before the doctor
	// accepts.
	{DoWrite, SidePatient, []State{Requested, Accepted, Active}, ""},
	{DoWrite, SideDoctor, []State{Accepted, Active}, ""},
}

// next returns the state after an action: ErrForbidden when that side never may, ErrState when not
// from here.
func next(from State, do Action, by Side) (State, error) {
	known := false
	for _, r := range rules {
		if r.Action != do || r.By != by {
			continue
		}
		known = true
		if !slices.Contains(r.From, from) {
			continue
		}
		if r.To == "" {
			return from, nil
		}
		return r.To, nil
	}
	if !known {
		return "", fmt.Errorf("%w: %s may not %s", ErrForbidden, by, do)
	}
	return "", fmt.Errorf("%w: %s is not possible while it is %s", ErrState, do, from)
}
