package identity

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/prescription/parties"
)

// Errors of a resident id number; none of them repeats it.
var (
	ErrIDShape = errors.New("must be 17 digits and a digit or X")
	ErrIDDate  = errors.New("holds no possible date of birth")
	ErrIDArea  = errors.New("begins with no region of China")
	ErrIDCheck = errors.New("check digit does not fit, please read it again")
)

const (
	idModulus  = 11 // ISO 7064:2003 MOD 11-2
	checkChars = "0123456789X"
	// DateLayout of every date without a time.
	DateLayout = "2006-01-02"
)

var reIDNumber = regexp.MustCompile(`^[1-9][0-9]{16}[0-9X]$`)

// provinces are the first two digits of a region (GB/T 2260). 71, 81, 82 and 83 are those of
// residents from Taiwan, Hong Kong and Macao, who have a residence permit with such a number (81 to
// 83 since 2018). The digits behind them are not looked up: counties come and go, and a number
// keeps the region of its first issue. The mini-app has the same list
// (frontend/lib/idnumber.ts).
var provinces = map[string]bool{
	"11": true, "12": true, "13": true, "14": true, "15": true, "21": true, "22": true, "23": true,
	"31": true, "32": true, "33": true, "34": true, "35": true, "36": true, "37": true, "41": true, "42": true,
	"43": true, "44": true, "45": true, "46": true,
	"50": true, "51": true, "52": true, "53": true, "54": true, "61": true, "62": true, "63": true, "64": true,
	"65": true, "71": true, "81": true, "82": true, "83": true,
}

// FirstBirth is older than any living person.
var FirstBirth = time.Date(1900, 1, 1, 0, 0, 0, 0, china.Zone)

// IDFacts are what a resident id number says of its holder.
type IDFacts struct {
	Birth time.Time // midnight China time
	Sex   parties.Sex
}

// ParseIDNumber checks a resident id number (公民身份号码, GB 11643-1999): six digits of region,
// date of birth, three digits whose last is odd for men, and a check character after ISO 7064 MOD
// 11-2. ErrIDShape, ErrIDCheck, ErrIDArea, ErrIDDate.
func ParseIDNumber(s string, now time.Time) (IDFacts, error) {
	if !reIDNumber.MatchString(s) {
		return IDFacts{}, ErrIDShape
	}
	if idCheck(s[:17]) != s[17] {
		return IDFacts{}, ErrIDCheck
	}
	if !provinces[s[:2]] {
		return IDFacts{}, ErrIDArea
	}
	return birthAndSex(s, now)
}

// birthAndSex reads what digits 7 to 17 say.
func birthAndSex(s string, now time.Time) (IDFacts, error) {
	birth, err := time.ParseInLocation("20060102", s[6:14], china.Zone)
	if err != nil || birth.Before(FirstBirth) || birth.After(now) {
		return IDFacts{}, ErrIDDate
	}
	sex := parties.Female
	if (s[16]-'0')%2 == 1 {
		sex = parties.Male
	}
	return IDFacts{Birth: birth, Sex: sex}, nil
}

// idCheck is the check character of seventeen digits: the number times 2 plus it is 1 modulo 11
// (pure system, radix 2).
func idCheck(digits string) byte {
	p := 0
	for i := range len(digits) {
		p = (p + int(digits[i]-'0')) * 2 % idModulus
	}
	return checkChars[(idModulus+1-p)%idModulus]
}

// MaskIDNumber hides the date of birth ("110101********1234"): enough for a person to see which
// number is on file.
func MaskIDNumber(s string) string {
	if len(s) != 18 {
		return ""
	}
	return s[:6] + strings.Repeat("*", 8) + s[14:]
}

// MakeIDNumber composes a valid number for made-up people of demos and tests: region of six digits,
// date of birth, serial 0 to 999.
func MakeIDNumber(region int, birth time.Time, serial int) string {
	digits := strconv.Itoa(region) + birth.In(china.Zone).Format("20060102") + strconv.Itoa(1000 + serial%1000)[1:]
	return digits + string(idCheck(digits))
}
