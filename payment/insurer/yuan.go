package insurer

import (
	"bytes"

	"github.com/smart-hospital/hospital/payment"
)

// Yuan is an amount. It is written as a JSON number of yuan with exactly two decimal places.
type Yuan payment.Fen

// MarshalJSON writes 12.30.
func (y Yuan) MarshalJSON() ([]byte, error) {
	if err := payment.Fen(y).Check(); err != nil {
		return nil, err
	}
	return []byte(payment.Fen(y).Yuan()), nil
}

// UnmarshalJSON reads a number or a text of one, with any count of decimals that is exact in fen;
// null and "" are nothing: payment.ErrAmount.
func (y *Yuan) UnmarshalJSON(b []byte) error {
	text := string(bytes.Trim(b, `"`)) // what is escaped in it is no number
	if text == "" || text == "null" {
		*y = 0
		return nil
	}
	f, err := payment.ParseYuan(text)
	*y = Yuan(f)
	return err
}
