package accounts

import (
	"crypto/rand"
	"encoding/base32"
	"regexp"
)

// personDigits is the length of the random part of an opaque id: 20 base32 characters, 100 random
// bits.
const personDigits = 20

var (
	lowerBase32 = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)
	rePerson    = regexp.MustCompile(`^u[a-z2-7]{20}$`)
)

// NewPerson draws an opaque person id: "u" and 20 base32 characters. It says nothing of the person.
func NewPerson() string { return "u" + opaque() }

// IsPerson tells whether s has the shape of a person id.
func IsPerson(s string) bool { return rePerson.MatchString(s) }

// IsAccount tells whether a text may be an account's id.
func IsAccount(s string) bool { return len(s) > 0 && s[0] == 'a' && IsPerson("u"+s[1:]) }

func newAccountID() string { return "a" + opaque() }

func opaque() string {
	var b [13]byte // 104 bits make 21 characters; the last is dropped
	_, _ = rand.Read(b[:])
	return lowerBase32.EncodeToString(b[:])[:personDigits]
}
