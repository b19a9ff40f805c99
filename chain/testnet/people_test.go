package testnet

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/intent"
)

// person holds an enrolled certificate and its key.
type person struct {
	org  *organisation
	cert *pki.Certificate
	key  *gm.PrivateKey // nil: the organisation's seal acts
}

// organisation writes records with the keys of its folder.
type organisation struct {
	id    string
	chain string
	seal  intent.Seal
	hosts *consortium.Organisations
}

func (w *network) organisation(id string) *organisation {
	w.t.Helper()
	return w.organisationIn(w.named([]string{id})[0].dir, id, w.members)
}

// itself acts by its own seal.
func (o *organisation) itself() *person { return &person{o, o.seal.Cert, nil} }

// hire issues a certificate to a new person; enrol puts it on the chain.
func (o *organisation) hire(cn string, role chain.Role) (*person, error) {
	key, err := gm.GenerateKey()
	if err != nil {
		return nil, err
	}
	from := time.Now().Add(-time.Hour)
	cert, err := o.hosts.Issue(context.Background(), o.id, pki.CertTemplate{
		CommonName: cn, Organization: o.id, Unit: string(role), NotBefore: from, NotAfter: from.AddDate(5, 0, 0),
		Client: true,
	}, key.Public())
	return &person{o, cert, key}, err
}

func (p *person) enrol() (chain.Record, error) {
	return p.org.itself().record(chain.KindEnrol, chain.SubjectCert+p.cert.ID(), 1,
		chain.Facts{Cert: b64(p.cert.Raw())})
}

// record signs and seals a statement about a document of its own: no two records have the same id.
func (p *person) record(kind chain.Kind, subject string, seq uint64, facts chain.Facts) (chain.Record, error) {
	return p.recordOf(chain.Version, kind, subject, seq, facts)
}

// recordOf is record with a version of the statement.
func (p *person) recordOf(v int, kind chain.Kind, subject string, seq uint64, facts chain.Facts) (r chain.Record,
	err error) {
	salt := make([]byte, chain.SaltLen)
	if _, err := rand.Read(salt); err != nil {
		return r, err
	}
	r = chain.Record{OrgCert: p.org.seal.Cert.ID(), Statement: chain.Statement{
		Actor: p.cert.ID(), Chain: p.org.chain, Digest: chain.Digest(salt, []byte(subject)), Facts: facts, Kind: kind,
		Org: p.org.id, Seq: seq, Subject: subject, Time: time.Now().UnixMilli(), V: v,
	}}
	sig, err := p.sign(r.Statement.Bytes())
	if err != nil {
		return r, err
	}
	r.ActorSig = b64(sig)
	if sig, err = p.org.seal.Signer.Sign(context.Background(), r.SealBytes()); err != nil {
		return r, err
	}
	r.OrgSig = b64(sig)
	return r, nil
}

func (p *person) sign(msg []byte) ([]byte, error) {
	if p.key == nil {
		return p.org.seal.Signer.Sign(context.Background(), msg)
	}
	return p.key.Sign(msg)
}

func b64(b []byte) string { return base64.StdEncoding.EncodeToString(b) }
