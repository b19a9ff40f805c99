package totp

import (
	"crypto/rand"
	"encoding/base32"
	"strings"
)

// RecoveryLength is the length of a recovery code without its hyphens, in base32 characters: 80
// bits.
const RecoveryLength = 16

// NewRecovery draws a recovery code: four groups of four letters and digits, in capitals.
func NewRecovery() string {
	b := make([]byte, RecoveryLength*5/8)
	_, _ = rand.Read(b)
	text := base32.StdEncoding.EncodeToString(b)
	return text[:4] + "-" + text[4:8] + "-" + text[8:12] + "-" + text[12:]
}

// Plain is a code as typed, without spaces and hyphens.
func Plain(code string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(code))
}
