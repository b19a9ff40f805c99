// Package intent is the one way a person's act comes about: the server prepares a document and a
// statement that commits to it, the person's device shows the first and signs the second, and the
// server seals the signed statement into a record. It promises that what enters a record is what
// the device was given to show, and that an intent is used once. It does not judge whether the act
// is allowed: the aggregate does, again, when the signature arrives.
package intent

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
)

// TTL is how long a person may take to read and sign.
const TTL = 15 * time.Minute

const idBytes = 16 // random bytes of an intent's id: not guessable, never doubled

// Errors of this package.
var (
	ErrDocument  = errors.New("intent: document cannot be put into canonical form")
	ErrSignature = errors.New("intent: signature is not the actor's over this statement")
	ErrSeal      = errors.New("intent: seal does not belong to the statement's organisation")
	ErrNotFound  = errors.New("intent: not found")
	ErrExpired   = errors.New("intent: expired, prepare it anew")
	ErrUsed      = errors.New("intent: already signed")
)

// Actor is who acts, as the session or the certificate proves it.
type Actor struct {
	Person string           // opaque id
	CN     string           // common name of the actor's certificates; empty: Person
	Role   chain.Role       // what the person acts as
	Org    string           // member id of the organisation the person acts for
	Cert   *pki.Certificate // enrolled certificate; nil for a person who has none yet and so cannot sign
	// Wards are the other persons over whom a patient has the right of this request at this moment:
	// children whose guardian it is, until they come of age, adults who let it in, and the id it
	// had before a record passed to it. They are asked for anew with every request: what was true
	// at a visit gives no right later.
	Wards []string
	// ReadOnly are those of Wards whose records the actor may read and nothing else.
	ReadOnly []string
	// Let hears of a person among Wards in whose place the actor was let; nil: nobody does.
	Let func(person string)
	// Keep notes, in the transaction of what the actor does, in whose place it was let; nil: nobody
	// does. It runs again where the transaction does.
	Keep func(tx *gorm.DB) error
}

// Name is what the actor's certificates, and with them the chain, call the actor.
func (a Actor) Name() string { return cmp.Or(a.CN, a.Person) }

// ActsFor tells whether the actor is a person, or acts for it now; nobody is the empty one.
func (a Actor) ActsFor(person string) bool {
	if person == "" || person == a.Person {
		return person != ""
	}
	if !slices.Contains(a.Wards, person) {
		return false
	}
	if a.Let != nil {
		a.Let(person)
	}
	return true
}

// OnlyReads tells whether the actor may read a person's record and do nothing for it.
func (a Actor) OnlyReads(person string) bool { return slices.Contains(a.ReadOnly, person) }

// Intent is an act prepared and waiting for its signature.
type Intent struct {
	ID        string
	Person    string          // who must sign; to everybody else the intent does not exist
	Action    string          // the statement's kind, "rx.issue"
	Statement chain.Statement // what is signed: Statement.Bytes()
	Document  []byte          // RFC 8785 canonical JSON of what the person is shown
	Salt      []byte          // chain.SaltLen random bytes in Statement.Digest
	Input     []byte          // the preparer's own JSON, needed again when the signature arrives
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    time.Time // when it was signed; zero: not yet
}

// Draft is what New makes an intent of.
type Draft struct {
	Person   string
	Kind     chain.Kind
	Subject  string
	Seq      uint64 // the subject's next sequence
	Cert     *pki.Certificate
	Org      string
	V        int // version of the statement, chain.Node.Schema or lower; 0 for the first
	Facts    chain.Facts
	Document any // what the person is shown; marshalled with encoding/json
	Input    any // kept for the preparer; nil is fine
}

// New canonicalises the document, draws a salt and builds the statement. ErrDocument for a document
// without an exact canonical form, canonical.ErrMalformed when the statement breaks a limit.
func New(chainID string, d Draft, at time.Time) (*Intent, error) {
	if d.Cert == nil {
		return nil, fmt.Errorf("%w: the actor has no certificate", ErrSignature)
	}
	document, err := Canonical(d.Document)
	if err != nil {
		return nil, err
	}
	if document[0] != '{' {
		return nil, fmt.Errorf("%w: must be an object", ErrDocument) // a bare value says nothing of what it means
	}
	input, err := Canonical(d.Input)
	if err != nil {
		return nil, err
	}
	random := make([]byte, idBytes+chain.SaltLen)
	if _, err := rand.Read(random); err != nil {
		return nil, fmt.Errorf("intent: random source: %w", err)
	}
	salt := random[idBytes:]
	st := chain.Statement{
		V: max(d.V, chain.Version), Chain: chainID, Kind: d.Kind, Subject: d.Subject, Seq: d.Seq, Org: d.Org,
		Actor: d.Cert.ID(),
		Facts: d.Facts, Digest: chain.Digest(salt, document), Time: at.UnixMilli(),
	}
	if err := st.Check(); err != nil {
		return nil, err
	}
	at = at.UTC().Truncate(time.Millisecond)
	return &Intent{
		ID: hex.EncodeToString(random[:idBytes]), Person: d.Person, Action: string(d.Kind), Statement: st,
		Document: document, Salt: salt, Input: input, CreatedAt: at, ExpiresAt: at.Add(TTL),
	}, nil
}

// Seal is an organisation's seal: its certificate and the key behind it.
type Seal struct {
	Org    string // member id
	Cert   *pki.Certificate
	Signer keystore.Signer
}

// Sign checks the person's signature (strict DER, over Statement.Bytes()) and makes the record; of
// a statement of version 1 with its seal, of a later one without: that is put under the batch in
// which it travels (Pack). cert is the actor's enrolled certificate and must be the one the
// statement names. ErrSignature, ErrSeal. It keeps no state: only Store.Consume makes the intent
// used, and judges whether it expired.
func (i *Intent) Sign(ctx context.Context, cert *pki.Certificate, sig []byte, seal Seal) (chain.Record, error) {
	if cert == nil || cert.ID() != i.Statement.Actor {
		return chain.Record{}, fmt.Errorf("%w: another certificate", ErrSignature)
	}
	if err := cert.PublicKey().Verify(i.Statement.Bytes(), sig); err != nil {
		return chain.Record{}, fmt.Errorf("%w: %w", ErrSignature, err)
	}
	return record(ctx, seal, i.Statement, sig)
}

// SystemRecord makes the record of a step nobody signs in person: the organisation's seal is the
// actor. The statement must name the seal's certificate and organisation, as New does when
// Draft.Cert is Seal.Cert. Its actor's signature serves as long as it waits: under a batch of that
// very seal it goes. Else as Sign. ErrSeal.
func SystemRecord(ctx context.Context, seal Seal, st chain.Statement) (chain.Record, error) {
	if seal.Cert == nil || st.Actor != seal.Cert.ID() {
		return chain.Record{}, fmt.Errorf("%w: another actor", ErrSeal)
	}
	sig, err := seal.Signer.Sign(ctx, st.Bytes())
	if err != nil {
		return chain.Record{}, fmt.Errorf("intent: sign: %w", err)
	}
	return record(ctx, seal, st, sig)
}

// Reseal puts the organisation's seal on a record that bears an earlier one, or none: its actor and
// what was signed stay. ErrSeal.
func Reseal(ctx context.Context, seal Seal, rec chain.Record) (chain.Record, error) {
	if err := seal.of(rec.Statement.Org); err != nil {
		return chain.Record{}, err
	}
	rec = rec.Unsealed()
	rec.OrgCert = seal.Cert.ID()
	sig, err := seal.Signer.Sign(ctx, rec.SealBytes())
	if err != nil {
		return chain.Record{}, fmt.Errorf("intent: seal: %w", err)
	}
	rec.OrgSig = base64.Encode(sig)
	return rec, rec.Check()
}

// Pack puts one seal under records of the organisation. ErrSeal, chain.ErrBatch.
func Pack(ctx context.Context, seal Seal, recs []chain.Record) ([]chain.Record, error) {
	for _, rec := range recs {
		if err := seal.of(rec.Statement.Org); err != nil {
			return nil, err
		}
	}
	return chain.SealBatch(seal.Cert.ID(), recs, func(message []byte) (string, error) {
		sig, err := seal.Signer.Sign(ctx, message)
		return base64.Encode(sig), err
	})
}

// of is ErrSeal when the seal is not the organisation's, or its key not the certificate's: the
// ledger would refuse it only after the database has committed.
func (s Seal) of(org string) error {
	if s.Cert == nil || s.Org != org || !s.Signer.Public().Equal(s.Cert.PublicKey()) {
		return ErrSeal
	}
	return nil
}

func record(ctx context.Context, seal Seal, st chain.Statement, actorSig []byte) (chain.Record, error) {
	rec := chain.Record{Statement: st, ActorSig: base64.Encode(actorSig)}
	if st.V < chain.Schema2 {
		return Reseal(ctx, seal, rec)
	}
	if err := seal.of(st.Org); err != nil {
		return chain.Record{}, err
	}
	return rec, rec.CheckWaiting()
}
