// Package chaintest makes a consortium of throw-away keys for tests and benchmarks: two hospitals,
// two pharmacies, an insurer and a regulator, people with certificates, and the records they write.
// Nothing of it belongs in a real chain.
package chaintest

import (
	"context"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/membership"
)

// ChainID of every consortium made here.
const ChainID = "ward-test"

// Consortium holds every private key of a chain: only a test may.
type Consortium struct {
	Members *membership.Members
	Root    *pki.Certificate
	Orgs    map[string]*Org // h1, h2, p1, p2, i1, r1
	Start   time.Time
	V       int // of the statements made here; New makes it 1
	rootKey *gm.PrivateKey
}

// Org is an organisation with its keys.
type Org struct {
	ID     string
	Role   chain.OrgRole
	CA     *pki.Certificate
	Seal   *Person
	caKey  *gm.PrivateKey
	people *Consortium
}

// Person is a holder of a certificate and its key.
type Person struct {
	Org  string
	Cert *pki.Certificate
	Key  *gm.PrivateKey
}

// Seal makes a Person a ledger.Sealer.
func (p *Person) Seal(_ context.Context, cert *pki.Certificate, msg []byte) ([]byte, error) {
	if !cert.PublicKey().Equal(p.Key.Public()) {
		return nil, gm.ErrSig
	}
	return p.Key.Sign(msg)
}

var founders = []struct {
	id   string
	role chain.OrgRole
	name string
}{
	{"h1", chain.OrgHospital, "测试第一医院"}, {"h2", chain.OrgHospital, "测试第二医院"},
	{"i1", chain.OrgInsurer, "测试医保局"},
	{"p1", chain.OrgPharmacy, "测试药房一"}, {"p2", chain.OrgPharmacy, "测试药房二"},
	{"r1", chain.OrgRegulator, "测试卫健委"},
}

// Must stops a test that cannot go on.
func Must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// New founds the consortium; certificates are valid from a day before start for ten years. No
// member votes yet.
func New(start time.Time) *Consortium {
	c := &Consortium{Orgs: map[string]*Org{}, Start: start, V: chain.Version, rootKey: Must(gm.GenerateKey())}
	c.Root = Must(pki.NewRoot(c.rootKey, pki.CertTemplate{
		CommonName: "Test Consortium Root", NotBefore: c.from(), NotAfter: c.until(), IsCA: true, MaxPathLen: 1,
	}))
	c.Members = &membership.Members{V: chain.Version, Chain: ChainID, Root: base64.Encode(c.Root.Raw())}
	for _, f := range founders {
		m := c.Found(f.id, f.role, 0)
		m.Name = f.name
		c.Members.Members = append(c.Members.Members, m)
	}
	return c
}

// Schema2 makes the list one of a chain that has schema 2 from its first height on, and the
// statements made from now on ones of version 2.
func (c *Consortium) Schema2() {
	c.V, c.Members.Schemas = chain.Schema2, []membership.Schema{{From: 1, V: chain.Schema2}}
}

func (c *Consortium) from() time.Time  { return c.Start.Add(-24 * time.Hour) }
func (c *Consortium) until() time.Time { return c.Start.AddDate(10, 0, 0) }

// Vote gives members voting power with validator keys that no engine holds: for ledgers without an
// engine.
func (c *Consortium) Vote(power map[string]int64) {
	for i := range c.Members.Members {
		m := &c.Members.Members[i]
		if m.Power = power[m.ID]; m.Power > 0 {
			key := gm.Sum([]byte("validator " + m.ID))
			m.Validator = base64.Encode(key[:])
		}
	}
}

// Issue makes a certificate for a new key.
func (o *Org) Issue(cn string, role chain.Role) *Person {
	return o.IssueFor(cn, role, Must(gm.GenerateKey()), o.people.from(), o.people.until())
}

// IssueFor makes a certificate for a key and a validity.
func (o *Org) IssueFor(cn string, role chain.Role, key *gm.PrivateKey, from, until time.Time) *Person {
	cert := Must(pki.Issue(o.CA, o.caKey, pki.CertTemplate{
		CommonName: cn, Organization: o.ID, Unit: string(role), NotBefore: from, NotAfter: until, Client: true,
	}, key.Public()))
	return &Person{Org: o.ID, Cert: cert, Key: key}
}

// IssueByRoot makes a certificate in an organisation's name that the root issued itself, past the
// organisation's CA: the notary's misdeed.
func (c *Consortium) IssueByRoot(org, cn string, role chain.Role) *Person {
	key := Must(gm.GenerateKey())
	cert := Must(pki.Issue(c.Root, c.rootKey, pki.CertTemplate{
		CommonName: cn, Organization: org, Unit: string(role), NotBefore: c.from(), NotAfter: c.until(), Client: true,
	}, key.Public()))
	return &Person{Org: org, Cert: cert, Key: key}
}

// Statement makes a statement with a digest of its own place.
func (c *Consortium) Statement(by *Person, kind chain.Kind, subject string, seq uint64, at time.Time,
	facts chain.Facts) chain.Statement {
	return chain.Statement{
		Actor: by.Cert.ID(), Chain: c.Members.Chain,
		Digest: chain.Digest(make([]byte, chain.SaltLen), fmt.Appendf(nil, "%s %d", subject, seq)),
		Facts:  facts, Kind: kind, Org: by.Org, Seq: seq, Subject: subject, Time: at.UnixMilli(), V: c.V,
	}
}

// Sign signs a statement by a person and seals it by the statement's organisation.
func (c *Consortium) Sign(by *Person, st chain.Statement) chain.Record {
	r := chain.Record{Statement: st, ActorSig: base64.Encode(Must(by.Key.Sign(st.Bytes())))}
	return c.Seal(r)
}

// Seal puts the organisation's certificate and signature on a record.
func (c *Consortium) Seal(r chain.Record) chain.Record {
	seal := c.Orgs[r.Statement.Org].Seal
	r.OrgCert = seal.Cert.ID()
	r.OrgSig = base64.Encode(Must(seal.Key.Sign(r.SealBytes())))
	return r
}

// SealBatch puts the organisation's one seal under records.
func (c *Consortium) SealBatch(recs []chain.Record) []chain.Record {
	seal := c.Orgs[recs[0].Statement.Org].Seal
	return Must(chain.SealBatch(seal.Cert.ID(), recs, func(message []byte) (string, error) {
		return base64.Encode(Must(seal.Key.Sign(message))), nil
	}))
}

// Record is Statement and Sign.
func (c *Consortium) Record(by *Person, kind chain.Kind, subject string, seq uint64, at time.Time,
	facts chain.Facts) chain.Record {
	return c.Sign(by, c.Statement(by, kind, subject, seq, at, facts))
}

// Enrol is the record that puts a person's certificate on the chain.
func (c *Consortium) Enrol(p *Person, at time.Time) chain.Record {
	return c.Record(c.Orgs[p.Org].Seal, chain.KindEnrol, chain.SubjectCert+p.Cert.ID(), 1, at,
		chain.Facts{Cert: base64.Encode(p.Cert.Raw())})
}

// Ballot is a member's vote for a change.
func (c *Consortium) Ballot(member string, change membership.Change, seq uint64, at time.Time) chain.Record {
	return c.Record(c.Orgs[member].Seal, chain.KindVote, chain.SubjectGov+change.Digest().String(), seq, at,
		chain.Facts{Change: base64.Encode(change.Bytes())})
}

// Found makes an organisation that is no member yet, and its entry for the list; its validator key
// is one that no engine holds.
func (c *Consortium) Found(id string, role chain.OrgRole, power int64) membership.Member {
	o := &Org{ID: id, Role: role, caKey: Must(gm.GenerateKey()), people: c}
	o.CA = Must(pki.Issue(c.Root, c.rootKey, pki.CertTemplate{
		CommonName: id + " CA", Organization: id, NotBefore: c.from(), NotAfter: c.until(), IsCA: true,
	}, o.caKey.Public()))
	o.Seal = o.Issue("seal-"+id, chain.RoleSeal)
	c.Orgs[id] = o
	m := membership.Member{ID: id, Name: "机构" + id, Role: role, Power: power, CA: base64.Encode(o.CA.Raw()),
		Seal: base64.Encode(o.Seal.Cert.Raw())}
	if power > 0 {
		key := gm.Sum([]byte("validator " + id))
		m.Validator = base64.Encode(key[:])
	}
	return m
}

// Tag is a use-once tag.
func Tag(s string) string {
	h := gm.Sum([]byte(s))
	return hex.EncodeToString(h[:])
}
