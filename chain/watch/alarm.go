// Package watch tells when a consortium's nodes stop having one history, or stop making it. A node
// asks the explorers of the other members for what they have sealed, checks the seals, and compares
// with its own; and it notices when something waits and the chain does not move. It promises that
// two sealed histories are never silently overlooked: the evidence goes to disk before the alarm is
// raised and stays until an operator takes it away. It changes nothing on the chain and knows
// nothing personal.
package watch

import (
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain"
)

// Kind names what is wrong. The set is append-only: it travels to clients.
type Kind string

// Kinds of alarms. The lasting ones never clear by themselves.
const (
	// KindFork (lasting): two headers of one height contradict each other and more than two thirds
	// of the votes sealed each.
	KindFork Kind = "fork"
	// KindOtherRoot (lasting): a member sealed another state than this node's for the very same
	// block, or shows a contradicting header that too few have sealed.
	KindOtherRoot = Kind(chain.DoubtOtherRoot)
	// KindForgedSeal (lasting): a member's vote carried a seal that its certificate did not make.
	KindForgedSeal = Kind(chain.DoubtForgedSeal)
	// KindDoubleVote (lasting): the engine proved that a member's node voted twice for one height.
	KindDoubleVote = Kind(chain.DoubtDoubleVote)
	// KindSilence: something waits and no block has come for the set time.
	KindSilence Kind = "silence"
	// KindNoQuorum: the connected members have no more than two thirds of the votes; nothing new
	// can be taken.
	KindNoQuorum Kind = "no-quorum"
	// KindUnreachable (a warning): a member's explorer does not answer.
	KindUnreachable Kind = "unreachable"
	// KindLagging (a warning): a member's node is behind this one.
	KindLagging Kind = "lagging"
	// KindUnproven (a warning): a member's explorer shows something whose seals do not hold.
	KindUnproven Kind = "unproven"
)

// Kinds are all of them, the worst first, and a cause before what follows from it: without a quorum
// there is silence.
var Kinds = []Kind{KindFork, KindOtherRoot, KindForgedSeal, KindDoubleVote, KindNoQuorum, KindSilence, KindUnproven,
	KindUnreachable, KindLagging}

// Lasting alarms are proofs of a member's deed: they end when an operator says so, not when things
// look well again.
func (k Kind) Lasting() bool {
	switch k {
	case KindFork, KindOtherRoot, KindForgedSeal, KindDoubleVote:
		return true
	}
	return false
}

// Warning tells a nuisance from an alarm: nothing is lost or halted yet.
func (k Kind) Warning() bool {
	return k == KindUnreachable || k == KindLagging || k == KindUnproven
}

// Alarm is one thing that is or was wrong. It holds nothing personal and everybody may see it.
type Alarm struct {
	ID      string              `json:"id" doc:"Kind, and the member it names" example:"fork-p2"`
	Kind    Kind                `json:"kind" enum:"fork,other-root,forged-seal,double-vote,silence,no-quorum,unproven,unreachable,lagging" example:"fork"`
	Warning bool                `json:"warning" doc:"A nuisance: nothing is lost and nothing halted"`
	Member  string              `json:"member,omitempty" doc:"Member id it names; empty: no one in particular" example:"p2"`
	Height  int64               `json:"height,omitempty" doc:"Height it is about" example:"18"`
	Since   time.Time           `json:"since" doc:"When this node first saw it, by its own clock"`
	Until   *time.Time          `json:"until,omitempty" doc:"When it ended; absent: it is open"`
	Times   int                 `json:"times" doc:"How often it was seen" example:"1"`
	Text    string              `json:"text" doc:"The same in words" example:"p2 shows another sealed history than ours at height 18"`
	Members []string            `json:"members,omitempty" doc:"Of a fork: who sealed both headers, which no honest node does" example:"p2"`
	Ours    *chain.SealedHeader `json:"ours,omitempty" doc:"Evidence: this node's header"`
	Theirs  *chain.SealedHeader `json:"theirs,omitempty" doc:"Evidence: the contradicting header with its seals"`
}

// Proves checks the evidence of a fork offline: both headers sealed by more than two thirds of the
// votes, and contradicting each other. Every error wraps a chain.Reason.
func (a Alarm) Proves(t *chain.Timeline) error {
	if a.Ours == nil || a.Theirs == nil {
		return fmt.Errorf("%w: a header is missing", chain.ReasonMalformed)
	}
	_, err := (&chain.Fork{Ours: a.Ours, Theirs: a.Theirs}).Verify(t)
	return err
}

// newAlarm names an alarm by kind and member, so that one cause is one alarm and a member cannot
// fill the disk with them.
func newAlarm(k Kind, member string, height int64, text string) Alarm {
	id := string(k)
	if member != "" {
		id += "-" + member
	}
	return Alarm{ID: id, Kind: k, Warning: k.Warning(), Member: member, Height: height, Text: text}
}
