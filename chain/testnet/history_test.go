package testnet

import (
	"fmt"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/smart-hospital/hospital/chain"
)

// step is what a client asked for.
type step struct {
	subject string
	kind    chain.Kind // claim, release, dispense; empty: where does it stand?
	by      string     // pharmacy
	seq     uint64
}

// verdict is what it was told.
type verdict int

const (
	unknown verdict = iota // no answer: taken or not
	taken
	refused
	tagUsed // refused for a package that another prescription had; says nothing of this one
)

func verdictOf(o chain.Outcome, known bool) verdict {
	switch {
	case !known:
		return unknown
	case o.Code == chain.CodeOK:
		return taken
	case o.Code == chain.CodeTagUsed:
		return tagUsed
	}
	return refused
}

// standing is a prescription as a single pharmacist with a single sheet of paper would keep it.
type standing struct {
	seq    uint64
	status chain.Status
	holder string
}

// after is where the step leads; false: it is not legal from here.
func (s standing) after(in step) (standing, bool) {
	if in.seq != s.seq+1 {
		return s, false
	}
	held := s.status == chain.StatusClaimed && s.holder == in.by
	switch {
	case in.kind == chain.KindClaim && s.status == chain.StatusPaid:
		return standing{in.seq, chain.StatusClaimed, in.by}, true
	case in.kind == chain.KindRelease && held:
		return standing{in.seq, chain.StatusPaid, ""}, true
	case in.kind == chain.KindDispense && held:
		return standing{in.seq, chain.StatusDispensed, in.by}, true
	}
	return s, false
}

// answer is a verdict, or the standing that was read.
type answer struct {
	verdict verdict
	read    standing
}

// operation is one step of one client with its times since the load began.
type operation struct {
	client           int
	in               step
	out              answer
	called, returned time.Duration
}

// model is one prescription's law, for porcupine.
var model = porcupine.NondeterministicModel{
	Partition: func(all []porcupine.Operation) [][]porcupine.Operation {
		by := map[string][]porcupine.Operation{}
		for _, o := range all {
			subject := o.Input.(step).subject
			by[subject] = append(by[subject], o)
		}
		var out [][]porcupine.Operation
		for _, part := range by {
			out = append(out, part)
		}
		return out
	},
	Init: func() []any { return []any{standing{seq: paidSeq, status: chain.StatusPaid}} },
	Step: func(state, input, output any) []any {
		s, in, out := state.(standing), input.(step), output.(answer)
		if in.kind == "" {
			return when(s == out.read, s)
		}
		next, legal := s.after(in)
		switch out.verdict {
		case taken:
			return when(legal, next)
		case refused:
			return when(!legal, s)
		case tagUsed:
			return when(in.kind == chain.KindDispense && legal, s)
		}
		return append(when(legal, next), s)
	},
}

func when(ok bool, s standing) []any {
	if !ok {
		return nil
	}
	return []any{s}
}

// linearizable checks a history to whose end every prescription was read, when nothing ran any
// more.
func linearizable(history []operation, final map[string]standing) error {
	var end time.Duration
	for _, o := range history {
		end = max(end, o.called, o.returned)
	}
	var all []porcupine.Operation
	for _, o := range history {
		returned := o.returned
		if o.out.verdict == unknown {
			returned = end // it may take effect as long as anything runs
		}
		all = append(all, porcupine.Operation{ClientId: o.client, Input: o.in, Output: o.out, Call: int64(o.called),
			Return: int64(returned)})
	}
	for subject, s := range final {
		all = append(all, porcupine.Operation{Input: step{subject: subject}, Output: answer{read: s},
			Call: int64(end) + 1, Return: int64(end) + 2})
	}
	if result := porcupine.CheckOperationsTimeout(model.ToModel(), all, time.Minute); result != porcupine.Ok {
		return fmt.Errorf("claims and redemptions are not linearizable: %s, %d operations", result, len(all))
	}
	return nil
}

// The model says no to what must never be: without this the check would prove nothing.
func TestModel(t *testing.T) {
	const subject = "rx:N0"
	do := func(client int, kind chain.Kind, by string, seq uint64, v verdict, called,
		returned time.Duration) operation {
		return operation{client, step{subject, kind, by, seq}, answer{verdict: v}, called, returned}
	}
	for name, c := range map[string]struct {
		history []operation
		final   standing
		want    bool
	}{
		"one of two claims": {[]operation{do(1, chain.KindClaim, "p1", 4, taken, 1, 9),
			do(2, chain.KindClaim, "p2", 4, refused, 2, 8)}, standing{4, chain.StatusClaimed, "p1"}, true},
		"two winners": {[]operation{do(1, chain.KindClaim, "p1", 4, taken, 1, 9),
			do(2, chain.KindClaim, "p2", 4, taken, 2, 8)}, standing{4, chain.StatusClaimed, "p1"}, false},
		"nobody wins": {[]operation{do(1, chain.KindClaim, "p1", 4, refused, 1, 9),
			do(2, chain.KindClaim, "p2", 4, refused, 2, 8)}, standing{3, chain.StatusPaid, ""}, false},
		"refused before the winner began": {
			[]operation{do(1, chain.KindClaim, "p1", 4, refused, 1, 2), do(2, chain.KindClaim, "p2", 4, taken, 3, 4)},
			standing{4, chain.StatusClaimed, "p2"}, false},
		"an acknowledged claim is lost": {[]operation{do(1, chain.KindClaim, "p1", 4, taken, 1, 2)},
			standing{3, chain.StatusPaid, ""}, false},
		"an unknown claim was taken": {
			[]operation{do(1, chain.KindClaim, "p1", 4, unknown, 1, 2), do(2, chain.KindClaim, "p2", 4, refused, 5, 6)},
			standing{4, chain.StatusClaimed, "p1"}, true},
		"an unknown claim was not taken": {
			[]operation{do(1, chain.KindClaim, "p1", 4, unknown, 1, 2), do(2, chain.KindClaim, "p2", 4, taken, 5, 6)},
			standing{4, chain.StatusClaimed, "p2"}, true},
		"an unknown claim takes effect later": {
			[]operation{do(1, chain.KindClaim, "p1", 4, unknown, 1, 2),
				do(2, chain.KindDispense, "p1", 5, taken, 5, 6)}, standing{5, chain.StatusDispensed, "p1"}, true},
		"dispensed by another": {
			[]operation{do(1, chain.KindClaim, "p1", 4, taken, 1, 2), do(2, chain.KindDispense, "p2", 5, taken, 5, 6)},
			standing{5, chain.StatusDispensed, "p2"}, false},
		"dispensed twice": {[]operation{do(1, chain.KindClaim, "p1", 4, taken, 1, 2),
			do(1, chain.KindDispense, "p1", 5, taken, 3, 4), do(2, chain.KindDispense, "p1", 5, taken, 3, 6)},
			standing{5, chain.StatusDispensed, "p1"}, false},
		"a package refused, another taken": {
			[]operation{do(1, chain.KindClaim, "p1", 4, taken, 1, 2), do(1, chain.KindDispense, "p1", 5, tagUsed, 3, 4),
				do(1, chain.KindDispense, "p1", 5, taken, 5, 6)},
			standing{5, chain.StatusDispensed, "p1"}, true},
	} {
		if err := linearizable(c.history, map[string]standing{subject: c.final}); (err == nil) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}
