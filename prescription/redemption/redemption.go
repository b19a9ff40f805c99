// Package redemption is what opens a prescription at a counter: access codes and their chain, the
// QR text, and short codes. Secrets are compared in constant time.
package redemption

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/prescription"
	"strings"
) // ErrBadToken: the pick-up code is malformed or does not open the prescription.
var ErrBadToken = errors.New("prescription: pick-up code not valid")

// secretBytes is the strength of access codes and claim secrets: 256 bits, as gematik's E-Rezept
// has them.
const secretBytes = 32

var SecretText = base32.StdEncoding.WithPadding(base32.NoPadding)

// NewSecret draws an access code or claim secret; 52 characters A-Z 2-7.
func NewSecret() string {
	var b [secretBytes]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return SecretText.EncodeToString(b[:])
}

// SameSecret compares in constant time.
func SameSecret(have, given string) bool {
	return have != "" && subtle.ConstantTimeCompare([]byte(have), []byte(given)) == 1
}

const pickupScheme = "RXP1" // version 1 of the pick-up text

// Token is what the patient shows as a QR code: the number and the access code. Its text
// keeps to the QR alphanumeric set, so the code stays small: "RXP1:RX…:…".
type Token struct {
	ID         prescription.ID
	AccessCode string
}

// String is the QR code's text.
func (t Token) String() string {
	return pickupScheme + ":" + string(t.ID) + ":" + t.AccessCode
}

// Parse reads a scanned or typed text: ErrBadToken, ErrBadID.
func Parse(s string) (Token, error) {
	parts := strings.Split(s, ":")
	if len(parts) != 3 || parts[0] != pickupScheme {
		return Token{}, fmt.Errorf("%w: must start with RXP1 and have three parts", ErrBadToken)
	}
	id, err := prescription.ParseID(parts[1])
	if err != nil {
		return Token{}, err
	}
	raw, err := SecretText.DecodeString(parts[2])
	if err != nil || len(raw) != secretBytes || SecretText.EncodeToString(raw) != parts[2] {
		return Token{}, fmt.Errorf("%w: access code", ErrBadToken)
	}
	return Token{ID: id, AccessCode: parts[2]}, nil
}

// Digest is what the payment's document says of the access code, so that a pharmacy that
// never met the hospital can tell the true one. The code has 256 random bits: its digest gives
// nothing away.
func Digest(accessCode string) string {
	d := gm.Sum([]byte("hospital/pickup/v1\n"), []byte(accessCode))
	return hex.EncodeToString(d[:])
}
