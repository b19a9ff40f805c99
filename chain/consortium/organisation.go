package consortium

import (
	"context"
	"fmt"
	"strconv"
	"sync"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
)

// Organisations are the members whose keys this installation holds: its own hospital and the
// pharmacies it hosts.
type Organisations struct {
	keys *keystore.Dir
	mu   sync.RWMutex
	list func() *membership.Members
}

// Hosted returns the organisations of m; asking for one whose keys are not in keys fails when it is
// asked for.
func Hosted(keys *keystore.Dir, m *membership.Members) *Organisations {
	return &Organisations{keys: keys, list: func() *membership.Members { return m }}
}

// Follow takes the members from where the list in force is known, once there is a node to ask.
func (o *Organisations) Follow(inForce func() *membership.Members) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.list = inForce
}

func (o *Organisations) member(id string) (membership.Member, error) {
	o.mu.RLock()
	defer o.mu.RUnlock()
	for _, m := range o.list().Members {
		if m.ID == id {
			return m, nil
		}
	}
	return membership.Member{}, fmt.Errorf("%w: member %s", chain.ErrNotFound, id)
}

// Seal returns an organisation's seal. chain.ErrNotFound for no member, keystore.ErrNotFound for
// one that is not hosted here.
func (o *Organisations) Seal(org string) (intent.Seal, error) {
	m, err := o.member(org)
	if err != nil {
		return intent.Seal{}, err
	}
	cert, err := parse(m.Seal)
	if err != nil {
		return intent.Seal{}, err
	}
	signer, err := keyOf(o.keys, sealKey+org, cert)
	if err != nil {
		return intent.Seal{}, err
	}
	return intent.Seal{Org: org, Cert: cert, Signer: signer}, nil
}

// Hosts tells whether a seal key of an organisation is here, whatever the list says: it may join
// later, or come back with new keys. keystore.ErrNotFound.
func (o *Organisations) Hosts(org string) error {
	_, err := o.keys.Signer(sealKey + org)
	return err
}

// Sealer seals state roots for one of the organisations.
func (o *Organisations) Sealer(org string) comet.Sealer { return sealer{o.keys, org} }

// Issue makes a person's certificate under the organisation's CA.
func (o *Organisations) Issue(ctx context.Context, org string, tmpl pki.CertTemplate,
	pub *gm.PublicKey) (*pki.Certificate, error) {
	m, err := o.member(org)
	if err != nil {
		return nil, err
	}
	ca, err := parse(m.CA)
	if err != nil {
		return nil, err
	}
	signer, err := keyOf(o.keys, caKey+org, ca)
	if err != nil {
		return nil, err
	}
	return pki.Issue(ca, issuer{ctx, signer}, tmpl, pub)
}

func parse(text string) (*pki.Certificate, error) {
	der, err := base64.Decode(text)
	if err != nil {
		return nil, fmt.Errorf("consortium: members list: %w", err)
	}
	return pki.ParseCertificate(der)
}

// sealer finds the key each time: the member may have a new one from some height on.
type sealer struct {
	keys *keystore.Dir
	org  string
}

// Seal implements comet.Sealer.
func (s sealer) Seal(ctx context.Context, cert *pki.Certificate, msg []byte) ([]byte, error) {
	signer, err := keyOf(s.keys, sealKey+s.org, cert)
	if err != nil {
		return nil, err
	}
	return signer.Sign(ctx, msg)
}

// keyOf finds the private key of a certificate among those of that name: "seal-h1", and "seal-h1.2"
// and on when it was replaced. keystore.ErrNotFound.
func keyOf(keys *keystore.Dir, name string, cert *pki.Certificate) (keystore.Signer, error) {
	for n := 1; ; n++ {
		signer, err := keys.Signer(numbered(name, n))
		if err != nil || signer.Public().Equal(cert.PublicKey()) {
			return signer, err
		}
	}
}

func numbered(name string, n int) string {
	if n == 1 {
		return name
	}
	return name + "." + strconv.Itoa(n)
}
