package gm

import (
	"fmt"
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// DERToRaw turns a strict DER signature (GB/T 35276-2017 7.3: SEQUENCE of INTEGER r, INTEGER s)
// into r‖s, 64 bytes. It returns ErrSig unless the bytes are at most 72, minimal, complete, and 1 ≤
// r, s < n: one signature, one encoding. Without that rule a signature could be re-spelled and its
// record's digest would no longer be stable.
func DERToRaw(der []byte) ([]byte, error) {
	r, s, err := parseDER(der)
	if err != nil {
		return nil, err
	}
	raw := make([]byte, RawSignatureSize)
	r.FillBytes(raw[:scalarSize])
	s.FillBytes(raw[scalarSize:])
	return raw, nil
}

// RawToDER turns r‖s (exactly 64 bytes, 1 ≤ r, s < n) into strict DER, or returns ErrSig.
func RawToDER(raw []byte) ([]byte, error) {
	if len(raw) != RawSignatureSize {
		return nil, fmt.Errorf("%w: raw signature must be %d bytes, got %d", ErrSig, RawSignatureSize, len(raw))
	}
	r, s := new(big.Int).SetBytes(raw[:scalarSize]), new(big.Int).SetBytes(raw[scalarSize:])
	if !inRange(r) || !inRange(s) {
		return nil, fmt.Errorf("%w: r or s outside 1…n-1", ErrSig)
	}
	return encodeDER(r, s)
}

func encodeDER(r, s *big.Int) ([]byte, error) {
	var b cryptobyte.Builder
	b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1BigInt(r)
		b.AddASN1BigInt(s)
	})
	return b.Bytes()
}

func parseDER(der []byte) (r, s *big.Int, err error) {
	if len(der) > MaxSignatureSize {
		return nil, nil, fmt.Errorf("%w: %d bytes, at most %d", ErrSig, len(der), MaxSignatureSize)
	}
	r, s = new(big.Int), new(big.Int)
	input, inner := cryptobyte.String(der), cryptobyte.String(nil)
	if !input.ReadASN1(&inner, asn1.SEQUENCE) || !input.Empty() ||
		!inner.ReadASN1Integer(r) || !inner.ReadASN1Integer(s) || !inner.Empty() {
		return nil, nil, fmt.Errorf("%w: not a strict DER SEQUENCE of two INTEGERs", ErrSig)
	}
	if !inRange(r) || !inRange(s) {
		return nil, nil, fmt.Errorf("%w: r or s outside 1…n-1", ErrSig)
	}
	return r, s, nil
}

func inRange(v *big.Int) bool { return v.Sign() > 0 && v.Cmp(curveN) < 0 }
