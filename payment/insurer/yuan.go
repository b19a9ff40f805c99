package insurer

import (
	"bytes"

	"github.com/smart-hospital/hospital/payment/money"
)

// Yuan is an amount. It is written as a JSON number of yuan with exactly two decimal places.
type Yuan money.Fen

// MarshalJSON writes 12.30.
func (y Yuan) MarshalJSON() ([]byte, error) {
	if err := money.Fen(y).Check(); err != nil {
		return nil, err
	}
	return []byte(money.Fen(y).Yuan()), nil
}

// UnmarshalJSON reads a number or a text of one, with any count of decimals that is exact in fen;
// null and "" are nothing: money.ErrAmount.
func (y *Yuan) UnmarshalJSON(b []byte) error {
	text := string(bytes.Trim(b, `"`)) // what is escaped in it is no number
	if text == "" || text == "null" {
		*y = 0
		return nil
	}
	f, err := money.ParseYuan(text)
	*y = Yuan(f)
	return err
}
