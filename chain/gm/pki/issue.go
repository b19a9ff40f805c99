package pki

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/x509/pkix"
	"fmt"
	"io"
	"math/big"
	"time"

	esm2 "github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"
	tx509 "github.com/tjfoc/gmsm/x509"

	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/text"
)

// Limits of an issued certificate.
const (
	MaxNameLength = 64 // characters of CN, O and OU (RFC 5280 appendix A, ub-common-name)
	serialSize    = 16 // random bytes
	keyIDSize     = 20 // bytes of SM3(public key)
	maxPathLen    = 2  // CA levels below one; a chain has at most four certificates
)

// CertTemplate says what a certificate shall contain. Times are cut to seconds by the encoding. A
// certificate is either a CA (IsCA, with MaxPathLen further CA levels below it) or for use as
// TLS-style client (a person or service that signs), server (a node), or both; a leaf that is
// neither is refused.
type CertTemplate struct {
	CommonName   string // required: opaque subject id or organisation's name
	Organization string // O: organisation id
	Unit         string // OU: role
	NotBefore    time.Time
	NotAfter     time.Time
	IsCA         bool
	MaxPathLen   int // only for a CA, 0…2
	Client       bool
	Server       bool
}

// Issuer is a CA's key: a *PrivateKey (which then signs with SignTjfoc), or one that stays in a key
// store or an HSM. Either way both libraries verify the signature before the certificate or list
// leaves.
type Issuer interface {
	Public() *gm.PublicKey
	Sign(msg []byte) ([]byte, error) // strict DER over msg with the default id
}

// NewRoot issues a self-signed consortium root. ErrCert for a template that is not a CA or breaks a
// rule of Issue.
func NewRoot(key Issuer, tmpl CertTemplate) (*Certificate, error) {
	if key == nil || !tmpl.IsCA {
		return nil, fmt.Errorf("%w: a root needs a key and must be a CA", ErrCert)
	}
	x, err := tmpl.x509(key.Public())
	if err != nil {
		return nil, err
	}
	return sign(x, x, key, key.Public())
}

// Issue signs a certificate for pub. The caller must have seen proof that the subject holds the
// private key ([ParseRequest] or [gm.VerifyPossession]). It returns ErrCert when a name is empty or
// none of text.Line in its one form, of at most 64 characters, the validity is empty or leaves the
// issuer's, the issuer is no CA, has no level left or is not issuerKey's. The new certificate is
// parsed and its signature verified by both libraries before it is returned.
func Issue(issuer *Certificate, issuerKey Issuer, tmpl CertTemplate, pub *gm.PublicKey) (*Certificate, error) {
	switch {
	case pub == nil || issuer == nil || issuerKey == nil:
		return nil, fmt.Errorf("%w: issuer, its key and the subject's public key are required", ErrCert)
	case !issuer.pub.Equal(issuerKey.Public()):
		return nil, fmt.Errorf("%w: the key is not the issuer's", ErrCert)
	case !issuer.IsCA():
		return nil, fmt.Errorf("%w: the issuer is not a CA", ErrCert)
	case tmpl.IsCA && issuer.x.MaxPathLen >= 0 && tmpl.MaxPathLen >= issuer.x.MaxPathLen:
		return nil, fmt.Errorf("%w: MaxPathLen %d must be below the issuer's %d", ErrCert, tmpl.MaxPathLen,
			issuer.x.MaxPathLen)
	case tmpl.NotBefore.Truncate(time.Second).Before(issuer.x.NotBefore) ||
		tmpl.NotAfter.Truncate(time.Second).After(issuer.x.NotAfter):
		return nil, fmt.Errorf("%w: validity leaves the issuer's", ErrCert)
	}
	x, err := tmpl.x509(pub)
	if err != nil {
		return nil, err
	}
	return sign(x, issuer.x, issuerKey, pub)
}

func (t CertTemplate) check() error {
	if t.CommonName == "" {
		return fmt.Errorf("%w: CommonName is required", ErrCert)
	}
	for _, name := range []string{t.CommonName, t.Organization, t.Unit} {
		if clean := name; !text.Line(&clean, 0, MaxNameLength) || clean != name {
			return fmt.Errorf("%w: names must be %s, in NFC and trimmed", ErrCert, text.LineRule(0, MaxNameLength))
		}
	}
	switch {
	case !t.NotBefore.Before(t.NotAfter):
		return fmt.Errorf("%w: NotBefore must be before NotAfter", ErrCert)
	case t.IsCA && (t.MaxPathLen < 0 || t.MaxPathLen > maxPathLen):
		return fmt.Errorf("%w: MaxPathLen must be 0…%d", ErrCert, maxPathLen)
	case t.IsCA == (t.Client || t.Server):
		return fmt.Errorf("%w: a certificate is either a CA or for a Client or Server", ErrCert)
	}
	return nil
}

func (t CertTemplate) x509(pub *gm.PublicKey) (*smx509.Certificate, error) {
	if err := t.check(); err != nil {
		return nil, err
	}
	serial := make([]byte, serialSize)
	if _, err := rand.Read(serial); err != nil {
		return nil, fmt.Errorf("%w: random source: %w", ErrCert, err)
	}
	serial[0] = serial[0]&0x7f | 0x40 // positive, and always sixteen bytes
	keyID := gm.Sum(pub.Bytes())
	x := &smx509.Certificate{
		SerialNumber: new(big.Int).SetBytes(serial), Subject: subject(t.CommonName, t.Organization, t.Unit),
		NotBefore: t.NotBefore, NotAfter: t.NotAfter,
		SignatureAlgorithm: smx509.SM2WithSM3, SubjectKeyId: keyID[:keyIDSize], BasicConstraintsValid: true,
	}
	t.usage(x)
	return x, nil
}

func (t CertTemplate) usage(x *smx509.Certificate) {
	if t.IsCA {
		x.IsCA, x.MaxPathLen, x.MaxPathLenZero = true, t.MaxPathLen, t.MaxPathLen == 0
		x.KeyUsage = smx509.KeyUsageCertSign | smx509.KeyUsageCRLSign
		return
	}
	x.KeyUsage = smx509.KeyUsageDigitalSignature | smx509.KeyUsageContentCommitment
	if t.Client {
		x.ExtKeyUsage = append(x.ExtKeyUsage, smx509.ExtKeyUsageClientAuth)
	}
	if t.Server {
		x.ExtKeyUsage = append(x.ExtKeyUsage, smx509.ExtKeyUsageServerAuth)
	}
}

func subject(commonName, org, unit string) pkix.Name {
	name := pkix.Name{CommonName: commonName}
	if org != "" {
		name.Organization = []string{org}
	}
	if unit != "" {
		name.OrganizationalUnit = []string{unit}
	}
	return name
}

func sign(x, parent *smx509.Certificate, key Issuer, pub *gm.PublicKey) (c *Certificate, err error) {
	defer gm.Caught(&err, ErrCert)
	certified, err := emmansuns(pub)
	if err != nil {
		return nil, err
	}
	by, err := signedBy(key)
	if err != nil {
		return nil, err
	}
	der, err := smx509.CreateCertificate(rand.Reader, x, parent, certified, by)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCert, err)
	}
	if c, err = ParseCertificate(der); err != nil {
		return nil, err
	}
	second, err := tx509.ParseCertificate(der)
	if err != nil || !c.pub.Equal(pub) || second.SerialNumber.Cmp(x.SerialNumber) != 0 {
		return nil, fmt.Errorf("%w: the libraries read the new certificate differently", ErrCert)
	}
	if err := key.Public().VerifyBoth(c.x.RawTBSCertificate, c.x.Signature); err != nil {
		return nil, err
	}
	return c, nil
}

// signer lets smx509 sign certificates, requests and lists. smx509 hands an SM2 signer the whole
// message, not a digest (crypto.MessageSigner); Sign must therefore never be called with one.
type signer struct {
	key    Issuer
	public *ecdsa.PublicKey
}

func signedBy(key Issuer) (signer, error) {
	public, err := emmansuns(key.Public())
	return signer{key, public}, err
}

// emmansuns is the key as smx509 takes it.
func emmansuns(pub *gm.PublicKey) (*ecdsa.PublicKey, error) {
	key, err := esm2.NewPublicKey(pub.Bytes())
	if err != nil {
		return nil, fmt.Errorf("%w: %w", gm.ErrKey, err)
	}
	return key, nil
}

func (s signer) Public() crypto.PublicKey { return s.public }

func (s signer) SignMessage(_ io.Reader, msg []byte, _ crypto.SignerOpts) ([]byte, error) {
	if key, ok := s.key.(*gm.PrivateKey); ok {
		return key.SignTjfoc(msg)
	}
	return s.key.Sign(msg)
}

func (s signer) Sign(io.Reader, []byte, crypto.SignerOpts) ([]byte, error) {
	return nil, fmt.Errorf("%w: an SM2 key signs messages, not digests", gm.ErrSig)
}
