package family

import (
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/smart-hospital/hospital/app/family/right"
)

// Limits of ties between adults.
const (
	// MaxRelatives of one record: the chain names a prescription's patient and three more people.
	MaxRelatives = 3
	MaxHelped    = 10               // records that one person is let into
	MaxInvites   = 5                // codes a day of one owner
	CodeLife     = 10 * time.Minute // of a code
	AskedLasts   = 24 * time.Hour   // until the owner confirms who typed the code
	MaxMisses    = 5                // wrong codes an hour of one person
	codeDigits   = 8
)

// Relation is what a relative is to the owner of the record.
type Relation string

// Relations.
const (
	Parent Relation = "parent"
	Spouse Relation = "spouse"
	Child  Relation = "child" // of age
	Other  Relation = "other"
)

// Known tells whether it is one of the relations.
func (r Relation) Known() bool { return r == Parent || r == Spouse || r == Child || r == Other }

// Errors of ties.
var (
	ErrNotFound = errors.New("family: no such tie")
	ErrNotBound = errors.New("family: an adult's real name must be bound first")
	ErrFull     = errors.New("family: as many relatives as there may be")
	ErrSelf     = errors.New("family: the own code")
	ErrCode     = errors.New("family: no such code, or its time is over")
	// ErrInvites: as many codes in this day as there may be. ErrMisses: too many wrong codes in
	// this hour.
	ErrInvites error = later{"family: too many codes in a day", int(day / time.Second)}
	ErrMisses  error = later{"family: too many wrong codes", int(time.Hour / time.Second)}
)

const day = 24 * time.Hour

// later knows when to ask again, in seconds.
type later struct {
	text  string
	after int
}

func (l later) Error() string   { return l.text }
func (l later) RetryAfter() int { return l.after }

// Tie lets an adult into another's record. The owner's own session begins and confirms it.
type Tie struct {
	ID       string
	Owner    string
	Relative string
	Relation Relation
	Acts     bool // false: reads only
	State    State
	Since    int64 // Unix milliseconds of its last step
}

// Holds tells whether the tie gives a right now.
func (t Tie) Holds(r right.Right) bool {
	return t.State == Confirmed && (r == right.Read || r == right.Act && t.Acts)
}

// over tells whether the owner took too long to confirm.
func (t Tie) over(now time.Time) bool {
	return t.State == Asked && now.Sub(time.UnixMilli(t.Since)) >= AskedLasts
}

func newTie() string { return "F" + rand.Text() }

var codeBound = new(big.Int).Exp(big.NewInt(10), big.NewInt(codeDigits), nil)

func drawCode() (string, error) {
	n, err := rand.Int(rand.Reader, codeBound)
	if err != nil {
		return "", fmt.Errorf("family: random source: %w", err)
	}
	return fmt.Sprintf("%0*d", codeDigits, n), nil
}
