package contract

import "time"

// Limits of time, kept where schema 2 is in force.
const (
	// MaxLease is the longest time a claim may hold a prescription before it is renewed or lapses.
	MaxLease = 72 * time.Hour
	// MaxValidity is the longest time between a prescription's issue and its end, and the longest
	// between its issue and the block that takes it. It is wider than the law's, which the
	// application keeps.
	MaxValidity = 31 * 24 * time.Hour
	// MaxAhead is how far a statement's time may be ahead of its block's. A quiet chain's block
	// time lags, so what is further ahead is not refused for good: the block that holds the refusal
	// moves the time on.
	MaxAhead = 24 * time.Hour
)

// commonGuards judge the statements of every kind, after its own.
var commonGuards = []Guard{{"dated", Schema2, dated}}

// dated: nobody writes years ahead. A quiet chain's block time lags, so the refusal is not for
// good: the block that holds it moves the time on.
func dated(s *Step) Verdict {
	if s.Time-s.Block > MaxAhead.Milliseconds() {
		return Refuse(CodeNotYet, "dated too far ahead of the block's time")
	}
	return Pass
}
