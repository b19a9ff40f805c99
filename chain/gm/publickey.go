package gm

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"encoding/hex"
	"fmt"
	"math/big"

	esm2 "github.com/emmansun/gmsm/sm2"
	tsm2 "github.com/tjfoc/gmsm/sm2"
)

// PublicKey is a point of the SM2 curve (GB/T 32918.5) that both libraries agree lies on it. It is
// immutable and safe for concurrent use. The zero value is not usable; make one with
// [NewPublicKey], [ParseSPKI] or [PrivateKey.Public].
type PublicKey struct {
	raw    [PublicKeySize]byte
	emm    *ecdsa.PublicKey
	tj     *tsm2.PublicKey
	signer string // id that signatures are asked for; empty: ID
}

// NewPublicKey reads a point in SEC 1 form: exactly 65 bytes (04‖x‖y) or 33 bytes (02 or 03‖x). It
// returns ErrKey for any other length or prefix, a coordinate of p or more, and a point off the
// curve.
func NewPublicKey(sec1 []byte) (pub *PublicKey, err error) {
	defer Caught(&err, ErrKey)
	var x, y *big.Int
	switch {
	case len(sec1) == PublicKeySize && sec1[0] == 4:
		x, y = new(big.Int).SetBytes(sec1[1:33]), new(big.Int).SetBytes(sec1[33:])
	case len(sec1) == compressedSize && (sec1[0] == 2 || sec1[0] == 3):
		// Neither library decompresses safely (tjfoc returns the other root, emmansun's
		// NewPublicKey y=0); the standard library's generic routine over the curve's parameters
		// does.
		if x, y = elliptic.UnmarshalCompressed(esm2.P256(), sec1); x == nil {
			return nil, fmt.Errorf("%w: compressed point is not on the curve", ErrKey)
		}
	default:
		return nil, fmt.Errorf("%w: a public key is 65 bytes (04) or 33 bytes (02, 03), got %d", ErrKey, len(sec1))
	}
	return newPublicKey(x, y)
}

func newPublicKey(x, y *big.Int) (*PublicKey, error) {
	if x.Cmp(curveP) >= 0 || y.Cmp(curveP) >= 0 {
		return nil, fmt.Errorf("%w: coordinate not below p", ErrKey)
	}
	pub := &PublicKey{tj: &tsm2.PublicKey{Curve: tsm2.P256Sm2(), X: x, Y: y}}
	pub.raw[0] = 4
	x.FillBytes(pub.raw[1:33])
	y.FillBytes(pub.raw[33:])
	var err error
	if pub.emm, err = esm2.NewPublicKey(pub.raw[:]); err != nil || !pub.tj.IsOnCurve(x, y) {
		return nil, fmt.Errorf("%w: point is not on the curve", ErrKey)
	}
	return pub, nil
}

// Bytes returns the uncompressed point, 65 bytes: 04‖x‖y.
func (p *PublicKey) Bytes() []byte { return bytes.Clone(p.raw[:]) }

// Hex returns Bytes in lower-case hexadecimal, the form JavaScript's sm-crypto packages take.
func (p *PublicKey) Hex() string { return hex.EncodeToString(p.raw[:]) }

// Equal reports whether both keys are the same point. A nil key equals nothing.
func (p *PublicKey) Equal(other *PublicKey) bool {
	return p != nil && other != nil && p.raw == other.raw
}
