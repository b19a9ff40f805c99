package pki

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math/big"
	"time"

	"github.com/emmansun/gmsm/smx509"

	"github.com/smart-hospital/hospital/chain/gm"
)

// MaxCertificateSize limits a certificate or request in DER, in bytes.
const MaxCertificateSize = 16 << 10

const pemCertificate = "CERTIFICATE" // PEM block type (RFC 7468)

// Certificate is an X.509 v3 certificate (RFC 5280, GB/T 20518) for an SM2 key, signed with
// SM2-with-SM3. Having one says nothing about trust: that is [VerifyChain]. Immutable, safe for
// concurrent use.
type Certificate struct {
	x   *smx509.Certificate
	pub *gm.PublicKey
	id  string
}

// ParseCertificate reads one DER certificate of at most 16 KiB. ErrFormat when it is malformed,
// trailed by anything, not SM2-with-SM3, or when its signature is not strict DER: a signature that
// can be re-spelled would change ID. ErrKey for a bad key.
func ParseCertificate(der []byte) (c *Certificate, err error) {
	defer gm.Caught(&err, gm.ErrFormat)
	if len(der) > MaxCertificateSize {
		return nil, fmt.Errorf("%w: certificate over %d bytes", gm.ErrFormat, MaxCertificateSize)
	}
	x, err := smx509.ParseCertificate(bytes.Clone(der))
	if err != nil {
		return nil, fmt.Errorf("%w: certificate: %w", gm.ErrFormat, err)
	}
	if x.Version != 3 || x.SignatureAlgorithm != smx509.SM2WithSM3 {
		return nil, fmt.Errorf("%w: certificate is not X.509 v3 signed with SM2-SM3", gm.ErrFormat)
	}
	if _, err := gm.DERToRaw(x.Signature); err != nil {
		return nil, fmt.Errorf("%w: certificate signature is not strict DER", gm.ErrFormat)
	}
	pub, err := gm.ParseSPKI(x.RawSubjectPublicKeyInfo)
	if err != nil {
		return nil, err
	}
	digest := gm.Sum(der)
	return &Certificate{x: x, pub: pub, id: hex.EncodeToString(digest[:])}, nil
}

// ParseCertificatePEM reads exactly one "CERTIFICATE" block. Errors as ParseCertificate.
func ParseCertificatePEM(text []byte) (*Certificate, error) {
	der, err := gm.DecodePEM(pemCertificate, text)
	if err != nil {
		return nil, err
	}
	return ParseCertificate(der)
}

// Raw returns the DER bytes.
func (c *Certificate) Raw() []byte { return bytes.Clone(c.x.Raw) }

// PEM returns the certificate as a "CERTIFICATE" block.
func (c *Certificate) PEM() []byte { return gm.EncodePEM(pemCertificate, c.x.Raw) }

// ID names the certificate everywhere in the hospital: SM3 of the DER in lower-case hexadecimal, 64
// characters.
func (c *Certificate) ID() string { return c.id }

// PublicKey returns the subject's key.
func (c *Certificate) PublicKey() *gm.PublicKey { return c.pub }

// SubjectCN returns the subject's common name, "" when there is none.
func (c *Certificate) SubjectCN() string { return c.x.Subject.CommonName }

// SubjectOrg returns the subject's organisation (O), "" unless there is exactly one.
func (c *Certificate) SubjectOrg() string { return only(c.x.Subject.Organization) }

// SubjectRole returns the subject's organisational unit (OU), which carries the role, "" unless
// there is exactly one.
func (c *Certificate) SubjectRole() string { return only(c.x.Subject.OrganizationalUnit) }

// only refuses to choose: a subject with two organisations must not pass as either.
func only(values []string) string {
	if len(values) != 1 {
		return ""
	}
	return values[0]
}

// IssuerCN returns the issuer's common name; a label, not a proof.
func (c *Certificate) IssuerCN() string { return c.x.Issuer.CommonName }

// NotBefore is the first second of validity, UTC.
func (c *Certificate) NotBefore() time.Time { return c.x.NotBefore.UTC() }

// NotAfter is the last second of validity, UTC.
func (c *Certificate) NotAfter() time.Time { return c.x.NotAfter.UTC() }

// ValidAt reports whether at lies within NotBefore and NotAfter, both included.
func (c *Certificate) ValidAt(at time.Time) bool {
	return !at.Before(c.x.NotBefore) && !at.After(c.x.NotAfter)
}

// SerialHex returns the serial number as lower-case hexadecimal of its big-endian bytes.
func (c *Certificate) SerialHex() string { return serialHex(c.x.SerialNumber) }

// IsCA reports whether the certificate may issue others (basicConstraints and keyCertSign).
func (c *Certificate) IsCA() bool {
	return c.x.BasicConstraintsValid && c.x.IsCA && c.x.KeyUsage&smx509.KeyUsageCertSign != 0
}

// SelfSigned tells whether the certificate is a CA's that names itself as its issuer and is signed
// by its own key.
func (c *Certificate) SelfSigned() bool {
	return c.IsCA() && bytes.Equal(c.x.RawIssuer, c.x.RawSubject) && c.x.CheckSignatureFrom(c.x) == nil
}

// Equal reports whether both are the same bytes.
func (c *Certificate) Equal(other *Certificate) bool {
	return c != nil && other != nil && c.id == other.id
}

func serialHex(serial *big.Int) string { return hex.EncodeToString(serial.Bytes()) }
