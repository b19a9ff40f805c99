package gm

import (
	"crypto/hmac"
	"hash"

	esm3 "github.com/emmansun/gmsm/sm3"
)

// HashSize is the length of an SM3 digest in bytes (GB/T 32905).
const HashSize = 32

// Sum returns the SM3 digest (by emmansun, twice as fast and without copying; the self-test holds
// tjfoc against it) of the parts one after the other. The boundaries between parts are not hashed:
// the caller whose parts have variable length must frame them.
func Sum(parts ...[]byte) [HashSize]byte {
	if len(parts) == 1 {
		return esm3.Sum(parts[0])
	}
	h, out := esm3.New(), [HashSize]byte{}
	for _, part := range parts {
		h.Write(part)
	}
	h.Sum(out[:0])
	return out
}

// NewHash returns SM3 as a hash.Hash (emmansun's; tjfoc's breaks the contract of Sum).
func NewHash() hash.Hash { return esm3.New() }

// HMAC returns HMAC-SM3 (RFC 2104, GB/T 15852.2) over the parts one after the other, 32 bytes.
// Compare the result with hmac.Equal, never with bytes.Equal.
func HMAC(key []byte, parts ...[]byte) []byte {
	mac := hmac.New(esm3.New, key)
	for _, part := range parts {
		mac.Write(part)
	}
	return mac.Sum(nil)
}
