package consortium

import (
	"context"
	"encoding/base64"
	"fmt"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/keystore"
)

// Organisations are the members whose keys this installation holds: its own hospital and the pharmacies it hosts.
type Organisations struct {
	keys    *keystore.Dir
	members map[string]chain.Member
}

// Hosted returns the organisations of m; asking for one whose keys are not in keys fails when it is asked for.
func Hosted(keys *keystore.Dir, m *chain.Members) *Organisations {
	o := &Organisations{keys: keys, members: make(map[string]chain.Member, len(m.Members))}
	for _, member := range m.Members {
		o.members[member.ID] = member
	}
	return o
}

// Seal returns an organisation's seal. chain.ErrNotFound for no member, keystore.ErrNotFound for one that is not hosted here.
func (o *Organisations) Seal(org string) (intent.Seal, error) {
	m, ok := o.members[org]
	if !ok {
		return intent.Seal{}, fmt.Errorf("%w: member %s", chain.ErrNotFound, org)
	}
	cert, err := parse(m.Seal)
	if err != nil {
		return intent.Seal{}, err
	}
	signer, err := o.keys.Signer(sealKey + org)
	if err != nil {
		return intent.Seal{}, err
	}
	return intent.Seal{Org: org, Cert: cert, Signer: signer}, nil
}

// Issue makes a person's certificate under the organisation's CA.
func (o *Organisations) Issue(ctx context.Context, org string, tmpl gm.CertTemplate, pub *gm.PublicKey) (*gm.Certificate, error) {
	m, ok := o.members[org]
	if !ok {
		return nil, fmt.Errorf("%w: member %s", chain.ErrNotFound, org)
	}
	ca, err := parse(m.CA)
	if err != nil {
		return nil, err
	}
	signer, err := o.keys.Signer(caKey + org)
	if err != nil {
		return nil, err
	}
	return gm.Issue(ca, issuer{ctx, signer}, tmpl, pub)
}

func parse(b64 string) (*gm.Certificate, error) {
	der, err := base64.StdEncoding.DecodeString(b64)
	if err != nil {
		return nil, fmt.Errorf("consortium: members list: %w", err)
	}
	return gm.ParseCertificate(der)
}
