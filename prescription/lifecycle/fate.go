package lifecycle

// Fate is what the chain made of a record.
type Fate string

// Stands tells whether a claim is sure enough to act on.
func (f Fate) Stands() error {
	switch f {
	case FateCommitted:
		return nil
	case FateRefused:
		return ErrClaimRefused
	}
	return ErrClaimUnconfirmed
}

// Fates.
const (
	FatePending   Fate = "pending"   // no verdict yet, or nobody here knows the record
	FateCommitted Fate = "committed" // the chain holds it
	FateRefused   Fate = "refused"   // for good; an operator moves next
)
