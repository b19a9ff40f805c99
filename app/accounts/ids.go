package accounts

import (
	"regexp"

	"github.com/smart-hospital/hospital/app/accounts/opaque"
)

var rePerson = regexp.MustCompile(`^u[a-z2-7]{20}$`)

// NewPerson draws an opaque person id: "u" and 20 base32 characters. It says nothing of the person.
func NewPerson() string { return "u" + opaque.ID() }

// IsPerson tells whether s has the shape of a person id.
func IsPerson(s string) bool { return rePerson.MatchString(s) }

// IsAccount tells whether a text may be an account's id.
func IsAccount(s string) bool { return len(s) > 0 && s[0] == 'a' && IsPerson("u"+s[1:]) }

func newAccountID() string { return "a" + opaque.ID() }
