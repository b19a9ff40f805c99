package gm

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"math/big"

	esm2 "github.com/emmansun/gmsm/sm2"
	tsm2 "github.com/tjfoc/gmsm/sm2"
)

// PrivateKey is an SM2 private key with 1 ≤ d ≤ n-2 whose public key was recomputed from d. Safe
// for concurrent use. It has no text, JSON or log form: formatting one prints a fixed word.
type PrivateKey struct {
	pub *PublicKey
	emm *esm2.PrivateKey
	tj  *tsm2.PrivateKey
}

// GenerateKey makes a key from the operating system's random source (tjfoc's generator, rebuilt in
// emmansun).
func GenerateKey() (key *PrivateKey, err error) {
	defer Caught(&err, ErrKey)
	made, err := tsm2.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("%w: generate: %w", ErrKey, err)
	}
	var d [scalarSize]byte
	key, err = NewPrivateKey(made.D.FillBytes(d[:]))
	clear(d[:])
	if err != nil {
		return nil, err
	}
	if made.X.Cmp(key.tj.X) != 0 || made.Y.Cmp(key.tj.Y) != 0 {
		return nil, fmt.Errorf("%w: the libraries derive different public keys", ErrKey)
	}
	return key, nil
}

// newPrivateKey takes d as exactly 32 big-endian bytes. The public key comes from d alone, never
// from outside.
func NewPrivateKey(d []byte) (key *PrivateKey, err error) {
	defer Caught(&err, ErrKey)
	scalar := new(big.Int).SetBytes(d)
	if len(d) != scalarSize || scalar.Sign() == 0 || scalar.Cmp(maxPrivate) > 0 {
		return nil, fmt.Errorf("%w: private key must be 32 bytes with 1 ≤ d ≤ n-2", ErrKey)
	}
	emm, err := esm2.NewPrivateKey(d)
	if err != nil {
		return nil, fmt.Errorf("%w: private key refused", ErrKey)
	}
	pub, err := newPublicKey(emm.X, emm.Y)
	if err != nil {
		return nil, err
	}
	return &PrivateKey{pub: pub, emm: emm, tj: &tsm2.PrivateKey{PublicKey: *pub.tj, D: scalar}}, nil
}

// Public returns the public half.
func (k *PrivateKey) Public() *PublicKey { return k.pub }

// Equal reports whether both are the same key. Comparing the public halves says the same and
// touches no secret.
func (k *PrivateKey) Equal(other *PrivateKey) bool {
	return k != nil && other != nil && k.pub.Equal(other.pub)
}

// Format implements fmt.Formatter so that no verb, not even %+v of a surrounding struct, prints the
// secret.
func (k *PrivateKey) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("gm.PrivateKey(hidden)")) }

// scalar returns d as 32 bytes; the caller clears it.
func (k *PrivateKey) scalar() []byte { return k.tj.D.FillBytes(make([]byte, scalarSize)) }

// hedgedReader feeds tjfoc's nonce: HMAC-SM3(d, fresh random ‖ message) in counter mode. tjfoc
// takes its nonce straight from the reader, and two signatures with the same nonce give the key
// away; bound to key and message, a random source that repeats itself repeats only identical
// signatures.
type hedgedReader struct {
	key, seed []byte
	counter   byte
	buffer    bytes.Buffer
}

func newHedgedReader(d, msg []byte) (*hedgedReader, error) {
	fresh := make([]byte, scalarSize)
	if _, err := rand.Read(fresh); err != nil {
		return nil, err
	}
	return &hedgedReader{key: d, seed: HMAC(d, fresh, msg)}, nil
}

func (h *hedgedReader) Read(p []byte) (int, error) {
	for h.buffer.Len() < len(p) {
		h.buffer.Write(HMAC(h.key, h.seed, []byte{h.counter}))
		h.counter++
	}
	return h.buffer.Read(p)
}
