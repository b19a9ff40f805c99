// Package number makes and checks the numbers that people read to each other: two letters, the day
// in China, ten random digits and two check digits after ISO 7064:2003 MOD 97-10 over the digits,
// which find every single wrong digit and every swap of neighbours. The letters say what the number
// is of (RX a prescription, CN a consultation, ST a settlement) and are not under the check digits.
// A number tells neither volume nor neighbours.
package number

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/china"
)

// Errors of Check; none of them repeats the number.
var (
	ErrShape = errors.New("must be two letters and twenty digits")
	ErrDate  = errors.New("no such date")
	ErrCheck = errors.New("check digits do not fit, please read it again")
)

// MaxSerial is the largest serial: ten digits.
const MaxSerial = 9_999_999_999

const (
	prefixLen = 2
	dayLen    = 8
	length    = prefixLen + dayLen + 10 + 2
	day       = "20060102"
)

// Make is the number of a day and a serial of at most MaxSerial.
func Make(prefix string, at time.Time, serial uint64) (string, error) {
	if len(prefix) != prefixLen || serial > MaxSerial {
		return "", ErrShape
	}
	digits := at.In(china.Zone).Format(day) + fmt.Sprintf("%010d", serial)
	return fmt.Sprintf("%s%s%02d", prefix, digits, check(digits)), nil
}

// Draw is Make with a random serial. Two equal draws on one day meet a primary key; the caller
// draws again. The error is the random source's.
func Draw(prefix string, at time.Time) (string, error) {
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", err
	}
	return Make(prefix, at, binary.BigEndian.Uint64(b[:])%(MaxSerial+1))
}

// Check tells whether s is a number of that prefix: ErrShape, ErrDate, ErrCheck.
func Check(prefix, s string) error {
	if len(s) != length || s[:prefixLen] != prefix {
		return ErrShape
	}
	digits := s[prefixLen:]
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return ErrShape
		}
	}
	if _, err := time.Parse(day, digits[:dayLen]); err != nil {
		return ErrDate
	}
	if fmt.Sprintf("%02d", check(digits[:len(digits)-2])) != digits[len(digits)-2:] {
		return ErrCheck
	}
	return nil
}

// check is ISO 7064:2003 MOD 97-10: 98 minus the number times 100, modulo 97.
func check(digits string) uint64 {
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil {
		panic(err) // eighteen digits fit 64 bits
	}
	return 98 - n%97*100%97
}
