// Package opaque draws ids that say nothing and tokens that nobody guesses.
package opaque

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"

	"github.com/smart-hospital/hospital/chain/gm"
)

// TokenLen is the length of a token, in characters: base64url of 32 bytes, without padding.
const TokenLen = 43

// idDigits are 100 random bits in base32.
const idDigits = 20

var lowerBase32 = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Token draws one: 256 random bits.
func Token() string {
	var b [32]byte
	_, _ = rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// Digest is what is kept of a token for one purpose, SM3 in hex: whoever reads the database or a
// dump of it learns no token.
func Digest(purpose, token string) string {
	d := gm.Sum([]byte(purpose), []byte(token))
	return hex.EncodeToString(d[:])
}

// ID draws the random part of an opaque id: 20 characters of a-z and 2-7.
func ID() string {
	var b [13]byte // 104 bits make 21 characters; the last is dropped
	_, _ = rand.Read(b[:])
	return lowerBase32.EncodeToString(b[:])[:idDigits]
}
