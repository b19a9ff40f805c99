package prescription

import (
	"errors"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/number"
)

// ErrBadID is returned for a text that is no prescription id, before any look-up.
var ErrBadID = errors.New("prescription: malformed prescription id")

// ID is a prescription's number: "RX", the day of drafting (YYYYMMDD, China time), ten digits, and
// two check digits after ISO 7064 MOD 97-10, which find every single wrong digit and every swap of
// neighbours. It says nothing of the patient; its ten digits are random, so that a number tells
// neither volume nor neighbours.
type ID string

const (
	idPrefix  = "RX"
	maxSerial = number.MaxSerial
)

// NewID makes an id for a day and a serial of at most ten digits.
func NewID(at time.Time, serial uint64) (ID, error) {
	s, err := number.Make(idPrefix, at, serial)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrBadID, err)
	}
	return ID(s), nil
}

// RandomID draws the serial. Two equal draws on one day meet the store's primary key; the caller
// draws again.
func RandomID(at time.Time) (ID, error) {
	s, err := number.Draw(idPrefix, at)
	return ID(s), err
}

// ParseID checks shape, date and check digits: ErrBadID.
func ParseID(s string) (ID, error) {
	if err := number.Check(idPrefix, s); err != nil {
		return "", fmt.Errorf("%w: %w", ErrBadID, err)
	}
	return ID(s), nil
}

// Subject is the id's name on the chain.
func (id ID) Subject() string { return chain.SubjectRx + string(id) }
