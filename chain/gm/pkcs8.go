package gm

import (
	"bytes"
	stdasn1 "encoding/asn1"
	"fmt"

	"github.com/emmansun/gmsm/smx509"
	tx509 "github.com/tjfoc/gmsm/x509"
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// PKCS8 returns the unencrypted PKCS #8 form (RFC 5208, with RFC 5915 inside), DER. Whoever holds
// it can sign as this person: prefer SealKey. The caller clears it after use. ErrKey when it cannot
// be encoded.
func (k *PrivateKey) PKCS8() (der []byte, err error) {
	defer Caught(&err, ErrKey)
	if k.tj.D.BitLen() > 8*(scalarSize-1) {
		der, err = tx509.MarshalSm2UnecryptedPrivateKey(k.tj)
	} else { // tjfoc strips leading zeros, and RFC 5915 wants 32 bytes
		der, err = smx509.MarshalPKCS8PrivateKey(k.emm)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: encode PKCS #8: %w", ErrKey, err)
	}
	return der, nil
}

// PEM returns PKCS8 as a "PRIVATE KEY" block.
func (k *PrivateKey) PEM() ([]byte, error) {
	der, err := k.PKCS8()
	if err != nil {
		return nil, err
	}
	defer clear(der)
	return EncodePEM(pemPrivateKey, der), nil
}

// ParsePrivatePEM reads one unencrypted "PRIVATE KEY" block and nothing else. ErrFormat or ErrKey.
func ParsePrivatePEM(text []byte) (*PrivateKey, error) {
	der, err := DecodePEM(pemPrivateKey, text)
	if err != nil {
		return nil, err
	}
	defer clear(der)
	return ParsePKCS8(der)
}

// ParsePKCS8 reads an unencrypted PKCS #8 SM2 key. It returns ErrKey for another curve, a scalar
// that is not 32 bytes or outside 1…n-2, a stored public key that does not belong to it, anything
// trailing, or when tjfoc reads another scalar.
func ParsePKCS8(der []byte) (key *PrivateKey, err error) {
	defer Caught(&err, ErrKey)
	if len(der) > maxKeySize {
		return nil, fmt.Errorf("%w: private key over %d bytes", ErrKey, maxKeySize)
	}
	var version int
	input, body, inner := cryptobyte.String(der), cryptobyte.String(nil), cryptobyte.String(nil)
	if !input.ReadASN1(&body, asn1.SEQUENCE) || !input.Empty() ||
		!body.ReadASN1Integer(&version) || version != 0 || !readSM2Algorithm(&body) ||
		!body.ReadASN1(&inner, asn1.OCTET_STRING) || !body.Empty() {
		return nil, fmt.Errorf("%w: not the PKCS #8 form of an SM2 key", ErrKey)
	}
	if key, err = parseECPrivateKey(inner); err != nil {
		return nil, err
	}
	second, err := tx509.ParsePKCS8UnecryptedPrivateKey(der)
	if err != nil || second.D.Cmp(key.tj.D) != 0 {
		return nil, fmt.Errorf("%w: the libraries read different private keys", ErrKey)
	}
	return key, nil
}

// parseECPrivateKey reads RFC 5915 3: version 1, 32 bytes, optional [0] curve, optional [1] public
// key.
func parseECPrivateKey(s cryptobyte.String) (*PrivateKey, error) {
	var body, scalar, curveField, pointField cryptobyte.String
	var version int
	var hasCurve, hasPoint bool
	if !s.ReadASN1(&body, asn1.SEQUENCE) || !s.Empty() || !body.ReadASN1Integer(&version) || version != 1 ||
		!body.ReadASN1(&scalar, asn1.OCTET_STRING) ||
		!body.ReadOptionalASN1(&curveField, &hasCurve, asn1.Tag(0).Constructed().ContextSpecific()) ||
		!body.ReadOptionalASN1(&pointField, &hasPoint, asn1.Tag(1).Constructed().ContextSpecific()) || !body.Empty() {
		return nil, fmt.Errorf("%w: malformed EC private key", ErrKey)
	}
	if hasCurve {
		var curve stdasn1.ObjectIdentifier
		if !curveField.ReadASN1ObjectIdentifier(&curve) || !curveField.Empty() || !curve.Equal(oidSM2Curve) {
			return nil, fmt.Errorf("%w: private key of another curve", ErrKey)
		}
	}
	key, err := NewPrivateKey(scalar)
	if err != nil || !hasPoint {
		return key, err
	}
	var point []byte
	if !pointField.ReadASN1BitStringAsBytes(&point) || !pointField.Empty() || !bytes.Equal(point, key.pub.raw[:]) {
		return nil, fmt.Errorf("%w: stored public key does not belong to the private key", ErrKey)
	}
	return key, nil
}
