package judge

import (
	"encoding/hex"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
	"github.com/smart-hospital/hospital/chain/ledger/transaction"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// Sizes of the caches; each holds between one and two times as many entries.
const (
	cachedRecords = 1 << 14 // at most about 1 KiB each as a rule
	cachedCerts   = 1 << 12
	cachedBatches = 1 << 7 // under one seal, at most some 600 KiB each
	cachedSeals   = 1 << 12
)

// Checked is a record parsed and hashed once, with what is known of its signatures. Its exported
// fields are not to be changed.
type Checked struct {
	Raw     string // canonical bytes
	Record  chain.Record
	ID      string
	leaf    merkle.Hash                       // in the log of all records
	place   merkle.Hash                       // of its subject in the status tree
	under   []byte                            // what its seal is over, where its whole batch was read; else nil
	sealed  atomic.Int32                      // the organisation's signature: 0 not known, 1 good, 2 bad
	acted   atomic.Int32                      // the actor's
	cleared atomic.Pointer[membership.Roster] // the members under which Vet has passed it, signatures included
}

const (
	sigGood = 1
	sigBad  = 2
)

// check makes the entry of a record that is well formed and whose canonical bytes are raw.
func check(rec chain.Record, raw string) *Checked {
	text := []byte(raw)
	id := gm.Sum(rec.SignedByActor(text))
	return &Checked{
		Raw: raw, Record: rec, ID: hex.EncodeToString(id[:]), leaf: merkle.LeafHash(text),
		place: merkle.StatusKey(rec.Statement.Subject),
	}
}

// Inspector parses records and checks signatures once per node. Everything it answers is a pure
// function of the bytes and of certificates named in them by digest, so the cache cannot make nodes
// differ.
type Inspector struct {
	records  *storage.Cache[string, *Checked]    // by canonical bytes: a look costs less than a digest of them
	batches  *storage.Cache[string, [][]byte]    // under one seal, by the transaction: the records with their places
	seals    *storage.Cache[string, func() bool] // whether it holds, by certificate, signature and what it is over
	certs    *storage.Cache[string, *pki.Certificate]
	enrolled *storage.Cache[string, enrolled] // committed ones
	issued   *storage.Cache[string, bool]     // by certificate and CA
	opt      Options
}

// Options of an Inspector.
type Options struct {
	NoSignatures bool   // they pass unseen: of a stream whose end the members' votes confirm
	Verifying    func() // called before each signature that is really verified; nil: nobody counts
}

// NewInspector is one that has seen nothing.
func NewInspector(opt Options) *Inspector {
	return &Inspector{
		records:  storage.NewCache[string, *Checked](cachedRecords),
		batches:  storage.NewCache[string, [][]byte](cachedBatches),
		seals:    storage.NewCache[string, func() bool](cachedSeals),
		certs:    storage.NewCache[string, *pki.Certificate](cachedCerts),
		enrolled: storage.NewCache[string, enrolled](cachedCerts),
		issued:   storage.NewCache[string, bool](cachedCerts), opt: opt,
	}
}

// Record parses canonical bytes; errors are chain's.
func (in *Inspector) Record(raw []byte) (*Checked, error) {
	if c, ok := storage.Lookup(in.records, raw); ok {
		return c, nil
	}
	text := string(raw)
	return in.records.Get(text, func() (*Checked, error) {
		rec, err := chain.ParseRecord(raw)
		if err != nil {
			return nil, err
		}
		return check(rec, text), nil
	})
}

// Split is transaction.ParseBatch. The records of a batch under one seal are read here, once, and
// Record finds them.
func (in *Inspector) Split(tx []byte) ([][]byte, error) {
	if !transaction.IsWhole(tx) {
		return transaction.ParseBatch(tx)
	}
	if raws, ok := storage.Lookup(in.batches, tx); ok {
		return raws, nil
	}
	return in.batches.Get(string(tx), func() ([][]byte, error) {
		o, err := transaction.OpenWhole(tx)
		for i, raw := range o.Raws {
			if err != nil {
				break
			}
			text := string(raw)
			_, err = in.records.Get(text, func() (*Checked, error) {
				c := check(o.Records[i], text)
				c.under = o.Message
				return c, nil
			})
		}
		return o.Raws, err
	})
}

// written is Record for what writing this one gives, without reading it again.
func (in *Inspector) written(rec chain.Record) (*Checked, error) {
	if err := rec.Check(); err != nil {
		return nil, err
	}
	text := string(rec.Bytes())
	if len(text) > chain.MaxRecordBytes {
		return nil, fmt.Errorf("%w: %d bytes, at most %d", canonical.ErrTooLarge, len(text), chain.MaxRecordBytes)
	}
	return in.records.Get(text, func() (*Checked, error) { return check(rec, text), nil })
}

// Submitted is the entry of a record that this program holds, with the errors that reading its
// bytes would give. read are the bytes that its transaction was read to, or nil; they are not read
// again, unless they give the record another place: a transaction under one seal says none.
func (in *Inspector) Submitted(rec chain.Record, read []byte) (*Checked, error) {
	if read != nil {
		c, err := in.Record(read)
		if err == nil && c.Record.Batch != nil && rec.Batch != nil &&
			slices.Equal(c.Record.Batch.Path, rec.Batch.Path) {
			return c, nil
		}
	}
	return in.written(rec)
}

// certificate parses a DER certificate known by its id.
func (in *Inspector) certificate(id string, der []byte) (*pki.Certificate, error) {
	return in.certs.Get(id, func() (*pki.Certificate, error) { return pki.ParseCertificate(der) })
}

// issuedBy tells whether an enrolled certificate comes from the CA that the organisation is listed
// with now. It was so when it was enrolled, so under the genesis list the answer is known.
func (in *Inspector) issuedBy(org *membership.Org, c *pki.Certificate) bool {
	ok, _ := in.issued.Get(c.ID()+org.CACert.ID(), func() (bool, error) {
		from := c.NotBefore()
		if ca := org.CACert.NotBefore(); ca.After(from) { // certified anew since
			from = ca
		}
		return pki.VerifyChain(c, nil, []*pki.Certificate{org.CACert}, from, nil) == nil, nil
	})
	return ok
}

// sealed tells whether the organisation's signature holds; the certificate must be the one the
// record names. It is asked first: what has no seal is nobody's record, and costs no more than
// this.
func (in *Inspector) sealed(c *Checked, seal *pki.Certificate) bool {
	if in.opt.NoSignatures || c.Record.Batch == nil {
		return in.holds(&c.sealed, func() error { return c.Record.VerifySealRaw([]byte(c.Raw), seal) })
	}
	if v := c.sealed.Load(); v != 0 {
		return v == sigGood
	}
	message := c.under
	if message == nil {
		_, message = c.Record.Signed([]byte(c.Raw))
	}
	holds, _ := in.seals.Get(seal.ID()+c.Record.OrgSig+string(message), func() (func() bool, error) {
		return sync.OnceValue(func() bool {
			in.verifying()
			return c.Record.VerifySealRaw([]byte(c.Raw), seal) == nil
		}), nil
	})
	if !holds() {
		c.sealed.Store(sigBad)
		return false
	}
	c.sealed.Store(sigGood)
	return true
}

// signed tells whether the actor's signature holds; the certificate must be the one the record
// names.
func (in *Inspector) signed(c *Checked, actor *pki.Certificate) bool {
	if c.Record.ActorSig == "" { // the seal is the actor's word, and is always asked for
		return c.Record.VerifyActorRaw(nil, actor) == nil
	}
	return in.holds(&c.acted, func() error { return c.Record.VerifyActorRaw([]byte(c.Raw), actor) })
}

func (in *Inspector) holds(known *atomic.Int32, verify func() error) bool {
	if in.opt.NoSignatures {
		known.Store(sigGood)
		return true
	}
	if v := known.Load(); v != 0 {
		return v == sigGood
	}
	in.verifying()
	if verify() != nil {
		known.Store(sigBad)
		return false
	}
	known.Store(sigGood)
	return true
}

func (in *Inspector) verifying() {
	if in.opt.Verifying != nil {
		in.opt.Verifying()
	}
}
