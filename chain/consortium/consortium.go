// Package consortium founds a consortium: the root, every organisation's CA and seal, and the
// members' list that is published. It promises that private keys never leave the key store and that
// a founding which was cut short can be run again with the same result for every key that exists
// already.
//
// There are two ways. [Found] makes all keys in one key store: the organisations are hosted by one
// installation. In the ceremony every organisation makes its own: it writes a public [Request]
// (Ask), the notary who holds the root's key makes the [Founding] out of all of them (Establish),
// and every organisation checks that it stands in there as it asked (Join).
package consortium

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/text"
)

// Validity of the certificates made here.
const (
	rootYears = 30
	caYears   = 20
	sealYears = 10
	backdate  = time.Hour // clocks of members differ a little
)

// Key names in a key store.
const (
	rootKey = "consortium-root"
	caKey   = "ca-"
	sealKey = "seal-"
)

var reID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)

// caUnit is the OU of an organisation's CA certificate.
const caUnit = "ca"

// ErrSpec is a founding that cannot be: it names the field and the rule.
var ErrSpec = errors.New("consortium: bad specification")

// Spec is one organisation to found.
type Spec struct {
	ID    string        `yaml:"id" json:"id"`
	Name  string        `yaml:"name" json:"name"`
	Role  chain.OrgRole `yaml:"role" json:"role"`
	Power int64         `yaml:"power" json:"power"` // voting power of its node; 0: no vote
}

// Found makes the keys in keys and returns the list of members without their consensus keys, which
// the engine's own files hold (chain/comet adds them).
func Found(ctx context.Context, keys *keystore.Dir, chainID string, specs []Spec,
	at time.Time) (*membership.Members, error) {
	if err := check(specs); err != nil {
		return nil, err
	}
	root, rootSigner, err := foundRoot(ctx, keys, at)
	if err != nil {
		return nil, err
	}
	m := &membership.Members{V: chain.Version, Chain: chainID, Root: encode(root), Schemas: firstSchemas()}
	for _, s := range specs {
		ca, err := keys.Ensure(caKey + s.ID)
		if err != nil {
			return nil, err
		}
		caCert, err := pki.Issue(root, issuer{ctx, rootSigner}, caTemplate(s, at), ca.Public())
		if err != nil {
			return nil, fmt.Errorf("CA of %s: %w", s.ID, err)
		}
		seal, err := keys.Ensure(sealKey + s.ID)
		if err != nil {
			return nil, err
		}
		sealCert, err := pki.Issue(caCert, issuer{ctx, ca}, sealTemplate(s, at), seal.Public())
		if err != nil {
			return nil, fmt.Errorf("seal of %s: %w", s.ID, err)
		}
		m.Members = append(m.Members, membership.Member{ID: s.ID, Name: s.Name, Role: s.Role, CA: encode(caCert),
			Seal: encode(sealCert), Power: s.Power})
	}
	return m, nil
}

// firstSchemas: a new chain takes the newest statements from its first height on.
func firstSchemas() []membership.Schema { return []membership.Schema{{From: 1, V: chain.Newest}} }

func foundRoot(ctx context.Context, keys *keystore.Dir, at time.Time) (*pki.Certificate, keystore.Signer, error) {
	signer, err := keys.Ensure(rootKey)
	if err != nil {
		return nil, nil, err
	}
	t := template("Consortium Root", "consortium", "root", at, rootYears, true)
	t.MaxPathLen = 1
	cert, err := pki.NewRoot(issuer{ctx, signer}, t)
	return cert, signer, err
}

func caTemplate(s Spec, at time.Time) pki.CertTemplate {
	return template(s.Name, s.ID, caUnit, at, caYears, true)
}

func sealTemplate(s Spec, at time.Time) pki.CertTemplate {
	return template("seal-"+s.ID, s.ID, string(chain.RoleSeal), at, sealYears, false)
}

func template(name, org, unit string, at time.Time, years int, ca bool) pki.CertTemplate {
	return pki.CertTemplate{CommonName: name, Organization: org, Unit: unit, NotBefore: at.Add(-backdate),
		NotAfter: at.Add(-backdate).AddDate(years, 0, 0), IsCA: ca, Client: !ca, Server: false}
}

func check(specs []Spec) error {
	seen := map[string]bool{}
	var power int64
	for i, s := range specs {
		if seen[s.ID] {
			return fmt.Errorf("%w: members[%d].id: must be unlike the others", ErrSpec, i)
		}
		if err := s.check(); err != nil {
			return fmt.Errorf("members[%d]: %w", i, err)
		}
		seen[s.ID], power = true, power+s.Power
	}
	if power == 0 {
		return fmt.Errorf("%w: members: at least one must have voting power", ErrSpec)
	}
	return nil
}

// check tells what the list of members would not: it speaks to who writes a specification.
func (s Spec) check() error {
	name := s.Name
	switch {
	case !reID.MatchString(s.ID): // it names a folder and keys as well
		return fmt.Errorf("%w: id: 1-32 characters a-z 0-9 -, the first no -", ErrSpec)
	case !text.Line(&name, 1, pki.MaxNameLength) || name != s.Name:
		return fmt.Errorf("%w: name: %s, in NFC and trimmed", ErrSpec, text.LineRule(1, pki.MaxNameLength))
	case s.Power < 0:
		return fmt.Errorf("%w: power: must not be negative", ErrSpec)
	case s.Role == chain.OrgRegulator && s.Power > 0:
		return fmt.Errorf("%w: power: a regulator sees everything and votes on nothing: 0", ErrSpec)
	}
	return nil
}

func encode(c *pki.Certificate) string { return base64.Encode(c.Raw()) }

// issuer lets a key of the store issue certificates.
type issuer struct {
	ctx context.Context
	s   keystore.Signer
}

func (i issuer) Public() *gm.PublicKey           { return i.s.Public() }
func (i issuer) Sign(msg []byte) ([]byte, error) { return i.s.Sign(i.ctx, msg) }
