package payment

import (
	"context"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/act"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/payment/bureau"
)

// Store is the database as this room needs it; payment/gormstore is one, payment/storetest says
// what every one must do.
type Store interface {
	// Read runs fn over a view; it must not write.
	Read(ctx context.Context, fn func(Tx) error) error
	// Write runs fn in one transaction. fn may run more than once; nothing of it stays when it
	// returns an error.
	Write(ctx context.Context, fn func(Tx) error) error
	// Once is Write for a person's command: a command seen before gives its first answer, and
	// sqlstore.ErrKeyReused when its content differs.
	Once(ctx context.Context, cmd sqlstore.Command, fn func(Tx) (any, error)) (answer []byte, replayed bool, err error)
}

// Tx is what one transaction can reach. It must not be kept after the function it was given to.
type Tx struct {
	Cards       Cards
	Codes       Codes
	Settlements Settlements
	Events      Events
	Evidence    Evidence
	Log         act.Log
}

// Cards keeps bound cards, one a person.
type Cards interface {
	// Bind stores the person's card in place of an earlier one: ErrCardBound when another person
	// has the token.
	Bind(c Card) error
	// Of is the person's card: ErrNotFound.
	Of(person string) (Card, error)
	// Get finds by id: ErrNotFound.
	Get(id string) (Card, error)
}

// CodeRow is a pay code as stored: only its digest.
type CodeRow struct {
	Digest  string // lower hex SM3
	Person  string
	Card    string
	Expires time.Time
}

// Codes keeps pay codes.
type Codes interface {
	Add(c CodeRow) error
	// Peek looks without using: ErrCodeSpent unless the code is this person's, unused and not
	// expired.
	Peek(digest, person string, now time.Time) (CodeRow, error)
	// Use spends the code. Of any number of racing transactions one gets nil, the others
	// ErrCodeSpent.
	Use(digest, person string, now time.Time) error
}

// Settlements keeps settlements.
type Settlements interface {
	// Insert adds one: ErrPaidAlready when the prescription has one in a blocking status.
	Insert(r Row) error
	// Update stores r when the stored version is r.Version, and counts the version up: ErrConflict.
	Update(r Row) error
	// Get finds by number: ErrNotFound.
	Get(id string) (Row, error)
	// Of lists a prescription's settlements, newest first.
	Of(rx string) ([]Row, error)
	// Due lists at most limit with NextTry at or before now, longest due first. It opens nothing,
	// so that a row that cannot be read is due as well.
	Due(now time.Time, limit int) ([]Due, error)
	// Lease puts the next look of a due settlement off and counts the version up: ErrConflict when
	// it is another by now.
	Lease(d Due, until time.Time) error
	// Opened counts what a payer has opened since a moment.
	Opened(payer string, since time.Time) (int, error)
	// AtDesk lists those that wait for a person, longest first, at most limit.
	AtDesk(limit int) ([]Row, error)
	// Booked lists those settled or refunded from one instant on and before another, by number,
	// after the number after, at most limit. Rows that cannot be read are left out (sqlstore.Skip)
	// and counted as unread; next is what after takes for the next page, empty at the end.
	Booked(from, to time.Time, after string, limit int) (rows []Row, unread int, next string, err error)
}

// Evidence keeps what a person needs to end an unknown outcome, and what the person decided.
// Contents are sealed at rest.
type Evidence interface {
	// Add keeps exchanges of a settlement, and of all its exchanges only the newest.
	Add(settlement string, list []bureau.Exchange, keep int) error
	// Of lists a settlement's exchanges, oldest first.
	Of(settlement string) ([]bureau.Exchange, error)
	// Note keeps a person's decision.
	Note(n Noted) error
	// Notes lists a settlement's decisions, oldest first.
	Notes(settlement string) ([]Noted, error)
}

// Due names a settlement that wants a look.
type Due struct {
	ID      string
	Version uint64
	Status  Status
}

// Event is one record of a settlement with what it commits to, for checking offline.
type Event struct {
	Settlement string     `json:"-"`
	Seq        uint64     `json:"seq"`
	Kind       chain.Kind `json:"kind"`
	Record     string     `json:"record"` // record id
	Document   []byte     `json:"document"`
	Salt       []byte     `json:"salt"`
	At         time.Time  `json:"at"`
}

// Events keeps them; documents are sealed at rest.
type Events interface {
	Add(e Event) error
	// Opening is the record id of the patient's authorisation, empty when there is none.
	Opening(settlement string) (string, error)
	// Of lists a settlement's events by sequence.
	Of(settlement string) ([]Event, error)
}
