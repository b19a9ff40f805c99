// Package act is the one way in which a step comes about that is written to the chain. It promises
// that a step, its event, its record in the outbox, the used-up intent and the answer to a repeated
// command are stored in one transaction or not at all. What every step has in common is here; a
// room supplies what it judges by.
//
// A person's step has two commands. Prepare keeps an intent: for whom it is, until when, and the
// statement that commits, by a salted digest, to the document the device shows. Sign takes the
// device's signature:
//
//  1. The intent is its person's, and the person's role may sign its kind by the contract.
//     Otherwise it does not exist, whatever its state.
//  2. Signature and certificate hold, and the seal in force of the organisation is put on.
//  3. The room judges the step anew, by the facts of this moment. It may ask other rooms, the chain
//     or a bureau, because no transaction is open yet.
//  4. One transaction: the intent is used up, the day in China is still that of the preparation,
//     and the room loads its subject again, plans the step (a pure function of subject and facts),
//     stores it by the version it loaded, adds the event and appends the record to its lane.
//  5. After the commit the relay is woken.
//
// A step of the organisation's own has no intent: Sealed makes its record by the seal alone, and Do
// stores it, with a person's command or with none.
//
// A refusal of 2 and 3 is raised inside the transaction, so that a repeated command gets its first
// answer whatever changed since. When subject, facts or day are not those of the preparation any
// more, the room's error for that says so, and the act is prepared anew. That the certificate is
// not revoked meanwhile is judged inside the transaction as well: the append holds the row of its
// enrolment until the commit (outbox.Append).
package act

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Room is what a room brings. T is what one of its transactions reaches. Where nobody signs in
// person, Prefix, Stale and Read may be left out.
type Room[T any] struct {
	Chain  string // chain id
	Prefix string // of its subjects: the contract's
	Seal   func(ctx context.Context, org string) (intent.Seal, error)
	Now    func() time.Time
	Kick   func() // wakes the relay
	Stale  error  // what was prepared is not what is true now

	Log func(tx T) Log
	// Read runs fn outside any transaction.
	Read func(ctx context.Context, fn func(tx T) error) error
	// Once is sqlstore.DB.Once over the room's transactions.
	Once func(ctx context.Context, cmd sqlstore.Command, fn func(tx T) (any, error)) ([]byte, bool, error)
}

// On is a room over a database, whose transactions are gorm's own; the caller fills in the rest.
// intents may be nil where nobody signs in person.
func On(db *sqlstore.DB, intents *intent.Store) Room[*gorm.DB] {
	return Room[*gorm.DB]{
		Log:  func(tx *gorm.DB) Log { return NewLog(tx, intents) },
		Read: func(ctx context.Context, fn func(*gorm.DB) error) error { return fn(db.WithContext(ctx)) },
		Once: db.Once,
	}
}

// Log is what a transaction reaches of intents and outbox.
type Log interface {
	// Append puts a step's record into a lane: errors of outbox.Append.
	Append(lane string, s Signed) error
	// LastSeq is the sequence of the last record appended of a subject, 0 for none.
	LastSeq(subject string) (uint64, error)
	// Save, Load and Consume are intent.Store's.
	Save(in *intent.Intent) error
	Load(id string) (*intent.Intent, error)
	Consume(id string) error
}

type log struct {
	tx      *gorm.DB
	intents *intent.Store
}

// NewLog returns a transaction's log; intents may be nil where nobody signs in person.
func NewLog(tx *gorm.DB, intents *intent.Store) Log { return log{tx, intents} }

func (l log) Append(lane string, s Signed) error     { return outbox.Append(l.tx, lane, s.Record, s.Taken) }
func (l log) LastSeq(subject string) (uint64, error) { return outbox.LastSeq(l.tx, subject) }
func (l log) Save(in *intent.Intent) error           { return l.intents.Save(l.tx, in) }
func (l log) Load(id string) (*intent.Intent, error) { return l.intents.Load(l.tx, id) }
func (l log) Consume(id string) error                { return l.intents.Consume(l.tx, id) }

// Signed is a step that is signed and sealed, and not stored yet.
type Signed struct {
	*intent.Intent // the statement, and document and salt that it commits to
	Record         chain.Record
	Taken          time.Time // when the server takes it; deadlines count by this
}

// Take stores a judged step in a transaction and returns the answer to its command. It may run more
// than once, and has no effect outside tx.
type Take[T, A any] func(tx T) (A, error)

// Do stores a step that was judged before; refused is why it must not be. With an empty command no
// answer is kept. Errors: refused, those of take, sqlstore.ErrKeyReused.
func Do[T, A any](ctx context.Context, r Room[T], cmd sqlstore.Command, take Take[T, A],
	refused error) (answer A, replayed bool, err error) {
	answer, replayed, err = sqlstore.Answer[A](r.Once(ctx, cmd, func(tx T) (any, error) {
		if refused != nil {
			return nil, refused
		}
		return take(tx)
	}))
	if err == nil && !replayed {
		r.Kick()
	}
	return answer, replayed, err
}

// Store is Do for a step whose command gets no answer.
func (r Room[T]) Store(ctx context.Context, cmd sqlstore.Command, save func(tx T) error,
	refused error) (replayed bool, err error) {
	_, replayed, err = Do(ctx, r, cmd, func(tx T) (any, error) { return nil, save(tx) }, refused)
	return replayed, err
}

// Sign takes a person's signature (strict DER, over the statement's bytes) over a prepared act and
// stores the step as judge says, which runs outside any transaction. Errors: intent.ErrNotFound,
// ErrSignature, ErrUsed, ErrExpired, the room's Stale on another day in China than it was prepared
// on, those of judge and Do.
func Sign[T, A any](ctx context.Context, r Room[T], a intent.Actor, cmd sqlstore.Command, id string, sig []byte,
	judge func(context.Context, Signed) (Take[T, A], error)) (answer A, replayed bool, err error) {
	in, err := r.load(ctx, id)
	if err != nil {
		return answer, false, err
	}
	if in.Person != a.Person || !strings.HasPrefix(in.Statement.Subject, r.Prefix) ||
		!MaySign(a.Role, in.Statement.Kind) {
		return answer, false, intent.ErrNotFound
	}
	var take Take[T, A]
	s, refused := r.signed(ctx, a, in, sig)
	if refused == nil {
		take, refused = judge(ctx, s)
	}
	return Do(ctx, r, cmd, func(tx T) (none A, err error) {
		if err := r.Log(tx).Consume(id); err != nil {
			return none, err
		}
		if china.Day(in.CreatedAt) != china.Day(s.Taken) {
			return none, fmt.Errorf("%w: it was prepared on another day", r.Stale)
		}
		return take(tx)
	}, refused)
}

// signed checks the person's signature and puts the organisation's seal on.
func (r Room[T]) signed(ctx context.Context, a intent.Actor, in *intent.Intent, sig []byte) (s Signed, err error) {
	s.Intent, s.Taken = in, r.Now().UTC().Truncate(time.Millisecond)
	// the ledger would refuse the record after the step has had its effects
	if a.Cert == nil || !a.Cert.ValidAt(s.Taken) {
		return s, fmt.Errorf("%w: no certificate that is valid now", intent.ErrSignature)
	}
	seal, err := r.Seal(ctx, in.Statement.Org)
	if err != nil {
		return s, err
	}
	s.Record, err = in.Sign(ctx, a.Cert, sig, seal)
	return s, err
}

// Sealed makes a step that nobody signs in person, of this moment: the seal of the draft's
// organisation is the actor.
func (r Room[T]) Sealed(ctx context.Context, d intent.Draft, at time.Time) (s Signed, err error) {
	seal, err := r.Seal(ctx, d.Org)
	if err != nil {
		return s, err
	}
	d.Cert, s.Taken = seal.Cert, at.UTC().Truncate(time.Millisecond)
	if s.Intent, err = intent.New(r.Chain, d, s.Taken); err != nil {
		return s, err
	}
	s.Record, err = intent.SystemRecord(ctx, seal, s.Statement)
	return s, err
}

type prepared struct {
	Intent string `json:"intent"`
}

// Prepare keeps an act for its person to sign, together with what also stores; a repeated command
// gets the intent it got first. refused is why the act must not be, as in Do.
func (r Room[T]) Prepare(ctx context.Context, cmd sqlstore.Command, in *intent.Intent, also func(tx T) error,
	refused error) (*intent.Intent, error) {
	first, replayed, err := sqlstore.Answer[prepared](r.Once(ctx, cmd, func(tx T) (any, error) {
		if refused != nil {
			return nil, refused
		}
		if err := also(tx); err != nil {
			return nil, err
		}
		return prepared{in.ID}, r.Log(tx).Save(in)
	}))
	if err != nil || !replayed {
		return in, err
	}
	return r.load(ctx, first.Intent)
}

func (r Room[T]) load(ctx context.Context, id string) (in *intent.Intent, err error) {
	err = r.Read(ctx, func(tx T) error {
		in, err = r.Log(tx).Load(id)
		return err
	})
	return in, err
}

// offices are the roles by whose certificates each kind is signed. What an organisation's seal may
// write as well is the system's step.
var offices = func() map[chain.Kind][]chain.Role {
	out := map[chain.Kind][]chain.Role{}
	for _, law := range chain.Transitions {
		if !law.AllowsActor(chain.RoleSeal, chain.Newest) {
			out[law.Kind] = law.Roles(chain.Newest)
		}
	}
	return out
}()

// MaySign tells whether persons of a role sign a kind, by the contract.
func MaySign(r chain.Role, k chain.Kind) bool { return slices.Contains(offices[k], r) }

// Kinds are those of a contract, named by its prefix, that persons sign.
func Kinds(prefix string) (list []chain.Kind) {
	for _, law := range chain.Transitions {
		if law.Prefix == prefix && offices[law.Kind] != nil {
			list = append(list, law.Kind)
		}
	}
	return list
}
