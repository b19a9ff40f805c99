package consult

import (
	"strings"
	"time"

	"github.com/smart-hospital/hospital/prescription"
)

// idPrefix starts a consultation's id; the rest has the shape of a prescription's: the day in China, ten random
// digits and two check digits (ISO 7064 mod 97-10).
const (
	idPrefix = "CN"
	rxPrefix = "RX"
)

// newID draws an id for a consultation requested at that moment.
func newID(at time.Time) (string, error) {
	id, err := prescription.RandomID(at)
	if err != nil {
		return "", err
	}
	return idPrefix + strings.TrimPrefix(string(id), rxPrefix), nil
}

// ValidID tells whether s has the shape and the check digits of a consultation id, so that a mistyped one is
// refused before any look-up.
func ValidID(s string) bool {
	digits, ok := strings.CutPrefix(s, idPrefix)
	if !ok {
		return false
	}
	_, err := prescription.ParseID(rxPrefix + digits)
	return err == nil
}
