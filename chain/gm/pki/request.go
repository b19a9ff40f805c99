package pki

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/emmansun/gmsm/smx509"

	"github.com/smart-hospital/hospital/chain/gm"
)

// Request is a certificate request whose sender has proved to hold the private key. The names in it
// are wishes: the CA decides what it writes into the certificate.
type Request struct {
	PublicKey    *gm.PublicKey
	CommonName   string
	Organization string
	Unit         string
}

// NewRequest makes a PKCS #10 request (RFC 2986), DER, signed by key. ErrCert for names that Issue
// would refuse.
func NewRequest(key *gm.PrivateKey, commonName, org, unit string) (der []byte, err error) {
	defer gm.Caught(&err, ErrCert)
	anyTime := CertTemplate{CommonName: commonName, Organization: org, Unit: unit, Client: true,
		NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1, 0)}
	if err := anyTime.check(); err != nil {
		return nil, err
	}
	template := &smx509.CertificateRequest{Subject: subject(commonName, org, unit),
		SignatureAlgorithm: smx509.SM2WithSM3}
	by, err := signedBy(key)
	if err != nil {
		return nil, err
	}
	if der, err = smx509.CreateCertificateRequest(rand.Reader, template, by); err != nil {
		return nil, fmt.Errorf("%w: request: %w", ErrCert, err)
	}
	return der, nil
}

// ParseRequest reads a PKCS #10 request of at most 16 KiB and verifies its signature by its own key
// (proof of possession). ErrFormat when malformed or of another algorithm, ErrKey for a bad key,
// ErrSig or ErrSplit for the signature. A request carries no nonce: the caller must see to it that
// the sender is the person it names.
func ParseRequest(der []byte) (req *Request, err error) {
	defer gm.Caught(&err, gm.ErrFormat)
	if len(der) > MaxCertificateSize {
		return nil, fmt.Errorf("%w: request over %d bytes", gm.ErrFormat, MaxCertificateSize)
	}
	x, err := smx509.ParseCertificateRequest(bytes.Clone(der))
	if err != nil {
		return nil, fmt.Errorf("%w: request: %w", gm.ErrFormat, err)
	}
	if x.SignatureAlgorithm != smx509.SM2WithSM3 {
		return nil, fmt.Errorf("%w: request is not signed with SM2-SM3", gm.ErrFormat)
	}
	pub, err := gm.ParseSPKI(x.RawSubjectPublicKeyInfo)
	if err != nil {
		return nil, err
	}
	if err := pub.VerifyBoth(x.RawTBSCertificateRequest, x.Signature); err != nil {
		return nil, err
	}
	return &Request{PublicKey: pub, CommonName: x.Subject.CommonName,
		Organization: only(x.Subject.Organization), Unit: only(x.Subject.OrganizationalUnit)}, nil
}
