package family

import (
	"errors"
	"fmt"
	"time"
)

// State is where a guardianship or a tie stands.
type State string

// States. At 18 all guardianships end.
const (
	Asked     State = "asked"     // a child's first guardian or the desk, or the record's owner, moves next
	Confirmed State = "confirmed" // it gives its rights
	Ended     State = "ended"     // refused, given up, taken back, or the child came of age
)

// Limits of guardianships.
const (
	MaxGuardians = 2 // of one child: its parents (民法典 art. 27)
	MaxAsking    = 5 // people who ask to be guardian of one child
)

// AskingLasts is how long a request to be guardian keeps its place before others, unless who asks
// has proven the own number.
const AskingLasts = 7 * 24 * time.Hour

// ErrStep: a guardianship or tie does not stand so that this step is possible.
var ErrStep = errors.New("family: not possible as it stands")

// Step is what can happen to a guardianship or tie.
type Step string

// Steps.
const (
	DoAsk     Step = "ask"     // by whoever types the child's number, or the owner's code
	DoConfirm Step = "confirm" // by a confirmed guardian or at the desk; of a tie, by its owner
	DoEnd     Step = "end"     // by either side, at the desk, at 18, with an account or a number
)

// steps is the whole state machine; the empty state is nobody's.
var steps = map[State]map[Step]State{
	"":        {DoAsk: Asked, DoConfirm: Confirmed},
	Asked:     {DoConfirm: Confirmed, DoEnd: Ended},
	Confirmed: {DoConfirm: Confirmed, DoEnd: Ended},
	Ended:     {DoAsk: Asked, DoConfirm: Confirmed},
}

// Then is the state after a step: ErrStep.
func (s State) Then(do Step) (State, error) {
	next, ok := steps[s][do]
	if !ok {
		return s, fmt.Errorf("%w: %s, %s", ErrStep, s, do)
	}
	return next, nil
}

// Guardianship is one guardian of a child.
type Guardianship struct {
	Child    string
	Guardian string
	Name     string // as it is on file; empty: none is
	Relation string // parent or other
	State    State
	Since    int64 // Unix milliseconds of its last step
}
