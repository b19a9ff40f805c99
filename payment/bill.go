package payment

import (
	"fmt"

	"github.com/smart-hospital/hospital/payment/money"
)

// Bill is what a prescription costs, as the prescription room tells it.
type Bill struct {
	Rx       string // prescription id
	Person   string // the patient: pays, with the card of this person
	Guardian string // pays in the patient's place, with the patient's card (监护人); empty: nobody
	Fees     money.Fees
	Total    money.Fen // must be the sum of Fees
	Seq      uint64    // of the prescription's last record, when it was found payable
}

// payableBy tells whether a person may pay it.
func (b Bill) payableBy(person string) bool {
	return person != "" && (person == b.Person || person == b.Guardian)
}

// Check returns ErrInvalid unless the lines sum to the total.
func (b Bill) Check() error {
	total, err := b.Fees.Total()
	if err != nil {
		return err
	}
	if total != b.Total {
		return fmt.Errorf("%w: total: the lines sum to another amount", ErrInvalid)
	}
	if b.Rx == "" || b.Person == "" {
		return fmt.Errorf("%w: bill without prescription or patient", ErrInvalid)
	}
	return nil
}
