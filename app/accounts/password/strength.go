package password

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/trustelem/zxcvbn"

	"github.com/smart-hospital/hospital/app/invalid"
)

// Limits of a password.
const (
	MinLength = 12  // characters
	MaxLength = 128 // bytes
)

// minStrength of zxcvbn's 0 to 4: 3 means at least 10^8 guesses by one who knows how people choose.
const minStrength = 3

// maxRated: the estimate costs the more the longer the text; what stands beyond it only helps.
const maxRated = 64

// commonChinese are the beginnings and middles of passwords that Chinese lists have at their top,
// for zxcvbn's are English.
//
//go:embed common.txt
var commonChinese string

// hospitalWords are what anybody would try here.
var hospitalWords = []string{
	"hospital", "yiyuan", "zhihui", "zhihuiyiyuan", "smarthospital", "doctor", "yisheng", "pharmacy", "yaodian",
	"yaoshi", "reviewer", "admin",
	"guanliyuan", "regulator", "yiyao", "yibao", "chufang", "smart",
}

// checkStrength refuses a password that guessers try early: a common one, one made of the person's
// own words, a row or a repetition.
func checkStrength(c *invalid.Check, password string, words ...string) {
	rated := []rune(password)
	rated = rated[:min(len(rated), maxRated)]
	inputs := append(strings.Fields(commonChinese), hospitalWords...)
	for _, w := range words {
		inputs = append(inputs, w)
		inputs = append(inputs, strings.FieldsFunc(w, func(r rune) bool { return strings.ContainsRune("._-", r) })...)
	}
	c.That(zxcvbn.PasswordStrength(string(rated), inputs).Score >= minStrength, "body.password",
		"too easy to guess: use several words that do not belong together")
}

// CheckNew refuses a password that is too short, too long or too easy for a login of an
// organisation.
func CheckNew(c *invalid.Check, chosen, login, org string) {
	if utf8.RuneCountInString(chosen) < MinLength || len(chosen) > MaxLength {
		c.That(false, "body.password", fmt.Sprintf("at least %d characters, at most %d bytes", MinLength, MaxLength))
		return
	}
	checkStrength(c, chosen, login, org)
}
