package insurer

import "github.com/smart-hospital/hospital/payment"

// Yuan is an amount as the platform writes it: a JSON number of yuan with exactly two decimal places.
type Yuan payment.Fen

// MarshalJSON writes 12.30.
func (y Yuan) MarshalJSON() ([]byte, error) {
	if err := payment.Fen(y).Check(); err != nil {
		return nil, err
	}
	return []byte(payment.Fen(y).Yuan()), nil
}

// UnmarshalJSON reads what MarshalJSON writes and nothing else: payment.ErrAmount.
func (y *Yuan) UnmarshalJSON(b []byte) error {
	f, err := payment.ParseYuan(string(b))
	*y = Yuan(f)
	return err
}
