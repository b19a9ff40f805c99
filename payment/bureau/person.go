package bureau

import (
	"fmt"
	"regexp"

	"github.com/smart-hospital/hospital/payment/money"
)

// Insutype is the kind of insurance (险种) with the platform's code.
type Insutype string

// Kinds of insurance.
const (
	Employee Insutype = "310" // 职工基本医疗保险
	Resident Insutype = "390" // 城乡居民基本医疗保险
)

// Known tells whether i is a kind this hospital settles.
func (i Insutype) Known() bool { return i == Employee || i == Resident }

// Holder is a person as an identity document names them. The application fills it from the
// real-name registry, the insurer answers with its own; the two must be the same.
type Holder struct {
	Name     string
	IDNumber string // 18 characters (居民身份证)
}

// CardInfo is what the insurer says of an ecToken.
type CardInfo struct {
	Holder   Holder
	Insutype Insutype
}

var reToken = regexp.MustCompile(`^[A-Za-z0-9_-]{16,128}$`)

// CheckECToken returns ErrInvalid unless the token has the shape insurers issue. It does not repeat
// the token.
func CheckECToken(token string) error {
	if !reToken.MatchString(token) {
		return fmt.Errorf("%w: ecToken: 16 to 128 characters A-Z a-z 0-9 _ -", money.ErrInvalid)
	}
	return nil
}
