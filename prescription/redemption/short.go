package redemption

import (
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"github.com/smart-hospital/hospital/prescription"
	"math/big"
	"slices"
	"strings"
	"time"
)

const (
	// shortMisses is how many wrong numbers beside the right code end it. Only the chosen pharmacy
	// can spend them, and the patient's next code has them anew.
	shortMisses = 5
	// shortTails is how many last fours a code knows at most; the oldest goes first.
	shortTails = 8
)

// Short is a short code as the store keeps it.
type Short struct {
	ID       prescription.ID
	Pharmacy string
	Code     string
	Tails    []string // any one of them is asked for beside the code
	Seq      uint64   // of the prescription's last step when it was made: good until the next one
	Misses   int
	Ends     time.Time // with the prescription
}

// Good tells whether a code still opens its prescription, which stands in a status after a number
// of steps, at the pharmacy that is chosen now.
func (c *Short) Good(status prescription.Status, seq uint64, chosen string, now time.Time) bool {
	return status == prescription.Paid && seq == c.Seq && now.Before(c.Ends) && c.Misses < shortMisses &&
		chosen == c.Pharmacy
}

// Learn takes up who asks for the code: another guardian, or the patient with a new number. The
// answer tells whether anything was new.
func (c *Short) Learn(tails []string) (changed bool) {
	for _, t := range tails {
		if !slices.Contains(c.Tails, t) {
			c.Tails, changed = append(c.Tails, t), true
		}
	}
	c.Tails = c.Tails[max(0, len(c.Tails)-shortTails):]
	return changed
}

// Fits compares in constant time.
func (c *Short) Fits(tail string) bool {
	ok := 0
	for _, t := range c.Tails {
		ok |= subtle.ConstantTimeCompare([]byte(t), []byte(strings.ToUpper(tail)))
	}
	return ok == 1
}

// DrawShort draws eight digits.
func DrawShort() string {
	n, err := rand.Int(rand.Reader, big.NewInt(1e8))
	if err != nil {
		panic(err) // never happens (crypto/rand)
	}
	return fmt.Sprintf("%08d", n)
}
