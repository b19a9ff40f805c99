package chain

// DoubtKind is what the engine or the ledger noticed a member's node doing.
type DoubtKind string

// Kinds of doubts; an honest member's node does none of these.
const (
	DoubtOtherRoot  DoubtKind = "other-root"  // it sealed another state than ours for the very same block
	DoubtForgedSeal DoubtKind = "forged-seal" // its vote carried a seal that its certificate did not make
	DoubtDoubleVote DoubtKind = "double-vote" // the engine proved that it voted twice for one height
)

// Doubt names a member and what it did.
type Doubt struct {
	Kind   DoubtKind
	Member string
	Height int64
	Text   string // for people
}
