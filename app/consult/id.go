package consult

import (
	"time"

	"github.com/smart-hospital/hospital/chain/platform/number"
)

// idPrefix starts a consultation's id; see package number for the rest.
const idPrefix = "CN"

// newID draws an id for a consultation requested at that moment.
func newID(at time.Time) (string, error) { return number.Draw(idPrefix, at) }

// ValidID tells whether s has the shape and the check digits of a consultation id, so that a
// mistyped one is refused before any look-up.
func ValidID(s string) bool { return number.Check(idPrefix, s) == nil }
