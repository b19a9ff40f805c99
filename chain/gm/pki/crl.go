package pki

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"math/big"
	"time"

	"github.com/emmansun/gmsm/smx509"

	"github.com/smart-hospital/hospital/chain/gm"
)

// MaxCRLSize limits a revocation list in DER, in bytes; maxSerial a serial number (RFC 5280
// 4.1.2.2).
const (
	MaxCRLSize = 4 << 20
	maxSerial  = 20
)

const pemCRL = "X509 CRL" // PEM block type (RFC 7468)

// RevokedEntry is one revoked certificate.
type RevokedEntry struct {
	SerialHex string    // as Certificate.SerialHex
	At        time.Time // when it was revoked, not after the list's ThisUpdate
}

// CRL is a certificate revocation list (RFC 5280 5). Parsing does not verify it: VerifyChain does,
// with the issuer.
type CRL struct {
	x       *smx509.RevocationList
	revoked map[string]time.Time
}

// NewCRL issues a list signed by the CA. number must grow with every list of this issuer. ErrCert
// when the issuer is not key's or may not sign lists, a serial is malformed or named twice, an
// entry lies after thisUpdate, or the times are reversed.
func NewCRL(issuer *Certificate, key Issuer, number int64, revoked []RevokedEntry, thisUpdate,
	nextUpdate time.Time) (crl *CRL, err error) {
	defer gm.Caught(&err, ErrCert)
	if issuer == nil || key == nil || !issuer.pub.Equal(key.Public()) || !issuer.IsCA() {
		return nil, fmt.Errorf("%w: the key is not a CA's that may sign lists", ErrCert)
	}
	if number < 0 || !thisUpdate.Before(nextUpdate) {
		return nil, fmt.Errorf("%w: CRL number must not be negative and thisUpdate must precede nextUpdate", ErrCert)
	}
	entries, err := crlEntries(revoked, thisUpdate)
	if err != nil {
		return nil, err
	}
	template := &smx509.RevocationList{SignatureAlgorithm: smx509.SM2WithSM3, Number: big.NewInt(number),
		ThisUpdate: thisUpdate, NextUpdate: nextUpdate, RevokedCertificateEntries: entries}
	by, err := signedBy(key)
	if err != nil {
		return nil, err
	}
	der, err := smx509.CreateRevocationList(rand.Reader, template, issuer.x, by)
	if err != nil {
		return nil, fmt.Errorf("%w: CRL: %w", ErrCert, err)
	}
	if crl, err = ParseCRL(der); err != nil {
		return nil, err
	}
	if err := issuer.pub.VerifyBoth(crl.x.RawTBSRevocationList, crl.x.Signature); err != nil {
		return nil, err
	}
	return crl, nil
}

func crlEntries(revoked []RevokedEntry, thisUpdate time.Time) ([]smx509.RevocationListEntry, error) {
	entries, seen := make([]smx509.RevocationListEntry, 0, len(revoked)), make(map[string]bool, len(revoked))
	for _, r := range revoked {
		raw, err := hex.DecodeString(r.SerialHex)
		serial := new(big.Int).SetBytes(raw)
		if err != nil || len(raw) > maxSerial || serial.Sign() == 0 || serialHex(serial) != r.SerialHex ||
			seen[r.SerialHex] {
			return nil, fmt.Errorf("%w: revoked serial must be 1…%d bytes of hexadecimal, each named once",
				ErrCert, maxSerial)
		}
		if r.At.IsZero() || r.At.After(thisUpdate) {
			return nil, fmt.Errorf("%w: revocation time must be set and not after thisUpdate", ErrCert)
		}
		seen[r.SerialHex] = true
		entries = append(entries, smx509.RevocationListEntry{SerialNumber: serial, RevocationTime: r.At})
	}
	return entries, nil
}

// ParseCRL reads one DER list of at most 4 MiB. ErrFormat when malformed, trailed by anything, not
// SM2-with-SM3, without a number or nextUpdate, or with a critical extension this package does not
// know (it might narrow what the list covers).
func ParseCRL(der []byte) (crl *CRL, err error) {
	defer gm.Caught(&err, gm.ErrFormat)
	if len(der) > MaxCRLSize {
		return nil, fmt.Errorf("%w: CRL over %d bytes", gm.ErrFormat, MaxCRLSize)
	}
	x, err := smx509.ParseRevocationList(bytes.Clone(der))
	if err != nil {
		return nil, fmt.Errorf("%w: CRL: %w", gm.ErrFormat, err)
	}
	if len(x.Raw) != len(der) || x.SignatureAlgorithm != smx509.SM2WithSM3 || x.Number == nil || x.NextUpdate.IsZero() {
		return nil, fmt.Errorf("%w: CRL must be one SM2-SM3 list with number and nextUpdate", gm.ErrFormat)
	}
	if _, err := gm.DERToRaw(x.Signature); err != nil {
		return nil, fmt.Errorf("%w: CRL signature is not strict DER", gm.ErrFormat)
	}
	for _, extension := range x.Extensions {
		if extension.Critical {
			return nil, fmt.Errorf("%w: CRL has a critical extension", gm.ErrFormat)
		}
	}
	crl = &CRL{x: x, revoked: make(map[string]time.Time, len(x.RevokedCertificateEntries))}
	for _, entry := range x.RevokedCertificateEntries {
		crl.revoked[serialHex(entry.SerialNumber)] = entry.RevocationTime.UTC()
	}
	return crl, nil
}

// ParseCRLPEM reads exactly one "X509 CRL" block. Errors as ParseCRL.
func ParseCRLPEM(text []byte) (*CRL, error) {
	der, err := gm.DecodePEM(pemCRL, text)
	if err != nil {
		return nil, err
	}
	return ParseCRL(der)
}

// Raw returns the DER bytes.
func (l *CRL) Raw() []byte { return bytes.Clone(l.x.Raw) }

// PEM returns the list as an "X509 CRL" block.
func (l *CRL) PEM() []byte { return gm.EncodePEM(pemCRL, l.x.Raw) }

// Number returns the list's number.
func (l *CRL) Number() *big.Int { return new(big.Int).Set(l.x.Number) }

// ThisUpdate is when the list was made, UTC.
func (l *CRL) ThisUpdate() time.Time { return l.x.ThisUpdate.UTC() }

// NextUpdate is when the list stops being fresh, UTC.
func (l *CRL) NextUpdate() time.Time { return l.x.NextUpdate.UTC() }

// RevokedAt returns when the serial was revoked, and whether it is on the list.
func (l *CRL) RevokedAt(serialHex string) (time.Time, bool) {
	at, ok := l.revoked[serialHex]
	return at, ok
}
