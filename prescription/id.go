package prescription

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/smart-hospital/hospital/chain"
)

// ErrBadID is returned for a text that is no prescription id, before any look-up.
var ErrBadID = errors.New("prescription: malformed prescription id")

// ID is a prescription's number: "RX", the day of drafting (YYYYMMDD, China time), ten digits, and two check
// digits after ISO 7064 MOD 97-10, which find every single wrong digit and every swap of neighbours. It says
// nothing of the patient; its ten digits are random, so that a number tells neither volume nor neighbours.
type ID string

const (
	idPrefix    = "RX"
	idDateLen   = 8
	idSerialLen = 10
	idLen       = len(idPrefix) + idDateLen + idSerialLen + 2
	maxSerial   = 9_999_999_999
)

// china is the civil time of every date the law counts in; it has had no summer time since 1991.
var china = time.FixedZone("UTC+8", 8*60*60)

// day is the civil day of a moment in China.
func day(at time.Time) string { return at.In(china).Format(time.DateOnly) }

// NewID makes an id for a day and a serial of at most ten digits.
func NewID(at time.Time, serial uint64) (ID, error) {
	if serial > maxSerial {
		return "", fmt.Errorf("%w: serial has more than ten digits", ErrBadID)
	}
	digits := at.In(china).Format("20060102") + fmt.Sprintf("%010d", serial)
	return ID(fmt.Sprintf("%s%s%02d", idPrefix, digits, checkDigits(digits))), nil
}

// RandomID draws the serial. Two equal draws on one day meet the store's primary key; the caller draws again.
func RandomID(at time.Time) (ID, error) {
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", err
	}
	return NewID(at, binary.BigEndian.Uint64(b[:])%(maxSerial+1))
}

// ParseID checks shape, date and check digits: ErrBadID.
func ParseID(s string) (ID, error) {
	if len(s) != idLen || s[:len(idPrefix)] != idPrefix {
		return "", fmt.Errorf("%w: must be RX and twenty digits", ErrBadID)
	}
	digits := s[len(idPrefix):]
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return "", fmt.Errorf("%w: must be RX and twenty digits", ErrBadID)
		}
	}
	if _, err := time.Parse("20060102", digits[:idDateLen]); err != nil {
		return "", fmt.Errorf("%w: no such date", ErrBadID)
	}
	if want := fmt.Sprintf("%02d", checkDigits(digits[:len(digits)-2])); digits[len(digits)-2:] != want {
		return "", fmt.Errorf("%w: check digits do not fit, please read it again", ErrBadID)
	}
	return ID(s), nil
}

// Subject is the id's name on the chain.
func (id ID) Subject() string { return chain.SubjectRx + string(id) }

// checkDigits is ISO 7064:2003 MOD 97-10: 98 minus the number times 100, modulo 97.
func checkDigits(digits string) uint64 {
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil {
		panic(err) // eighteen digits fit 64 bits
	}
	return 98 - n%97*100%97
}
