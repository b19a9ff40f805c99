package gm

import (
	stdasn1 "encoding/asn1"
	"encoding/pem"
	"fmt"

	tx509 "github.com/tjfoc/gmsm/x509"
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// Object identifiers of an SM2 key's algorithm (GB/T 35276-2017 7.1, RFC 5480): ecPublicKey on the
// named curve sm2p256v1.
var (
	oidECPublicKey = stdasn1.ObjectIdentifier{1, 2, 840, 10045, 2, 1}
	oidSM2Curve    = stdasn1.ObjectIdentifier{1, 2, 156, 10197, 1, 301}
)

// PEM block types (RFC 7468).
const (
	pemPublicKey  = "PUBLIC KEY"
	pemPrivateKey = "PRIVATE KEY"
)

// maxKeySize limits the DER of one key, maxPEMSize the PEM text of anything, in bytes; checked
// before any parser runs.
const (
	maxKeySize = 4 << 10
	maxPEMSize = 8 << 20
)

// SPKI returns the key as a SubjectPublicKeyInfo (RFC 5280 4.1.2.7), DER, 91 bytes.
func (p *PublicKey) SPKI() []byte {
	der, err := tx509.MarshalSm2PublicKey(p.tj)
	if err != nil {
		panic("gm: a checked key has no encoding: " + err.Error()) // tjfoc fails only for another curve
	}
	return der
}

// ParseSPKI reads a SubjectPublicKeyInfo. ErrKey unless it is exactly one ecPublicKey on the SM2
// curve with a valid point, and nothing follows it; a NIST P-256 key is refused.
func ParseSPKI(der []byte) (*PublicKey, error) {
	if len(der) > maxKeySize {
		return nil, fmt.Errorf("%w: public key over %d bytes", ErrKey, maxKeySize)
	}
	var point []byte
	input, body := cryptobyte.String(der), cryptobyte.String(nil)
	if !input.ReadASN1(&body, asn1.SEQUENCE) || !input.Empty() || !readSM2Algorithm(&body) ||
		!body.ReadASN1BitStringAsBytes(&point) || !body.Empty() {
		return nil, fmt.Errorf("%w: not the SubjectPublicKeyInfo of an SM2 key", ErrKey)
	}
	return NewPublicKey(point)
}

func readSM2Algorithm(s *cryptobyte.String) bool {
	var algorithm cryptobyte.String
	var key, curve stdasn1.ObjectIdentifier
	return s.ReadASN1(&algorithm, asn1.SEQUENCE) &&
		algorithm.ReadASN1ObjectIdentifier(&key) && key.Equal(oidECPublicKey) &&
		algorithm.ReadASN1ObjectIdentifier(&curve) && curve.Equal(oidSM2Curve) && algorithm.Empty()
}

// EncodePEM writes one block (RFC 7468) of the given type.
func EncodePEM(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}

// DecodePEM takes exactly one block of the given type, without headers and with nothing but white
// space around it, of at most 8 MiB as text. ErrFormat.
func DecodePEM(kind string, text []byte) ([]byte, error) {
	if len(text) > maxPEMSize {
		return nil, fmt.Errorf("%w: PEM over %d bytes", ErrFormat, maxPEMSize)
	}
	block, rest := pem.Decode(text)
	if block == nil || block.Type != kind || len(block.Headers) != 0 || !isSpace(rest) {
		return nil, fmt.Errorf("%w: want exactly one PEM block %q", ErrFormat, kind)
	}
	return block.Bytes, nil
}

func isSpace(text []byte) bool {
	for _, c := range text {
		if c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return true
}

// PEM returns the SubjectPublicKeyInfo as PEM text (RFC 7468 section 13).
func (p *PublicKey) PEM() []byte { return EncodePEM(pemPublicKey, p.SPKI()) }

// ParsePublicPEM reads exactly one PUBLIC KEY block: ErrFormat, ErrKey.
func ParsePublicPEM(text []byte) (*PublicKey, error) {
	der, err := DecodePEM(pemPublicKey, text)
	if err != nil {
		return nil, err
	}
	return ParseSPKI(der)
}
