package money

import "fmt"

// Class is a drug's class in the insurance catalogue (医保目录).
type Class string

// Classes of the catalogue; domain.md 4.4.
const (
	ClassA Class = "A" // 甲: wholly within the insurance's scope
	ClassB Class = "B" // 乙: the person first pays a share (先行自付)
	ClassC Class = "C" // 丙: wholly at the person's own expense
)

// Known tells whether c is one of the three classes.
func (c Class) Known() bool { return c == ClassA || c == ClassB || c == ClassC }

// Limits of a fee list.
const (
	MaxFees     = 100     // lines; a prescription has at most five drugs, other bills come later
	MaxQuantity = 100_000 // packages on one line
	maxText     = 200     // bytes of a code or a name
)

// Fee is one line of a bill (费用明细).
type Fee struct {
	Code     string `json:"code" example:"D0001"`  // code in the insurance catalogue (medListCodg)
	Name     string `json:"name" example:"阿莫西林胶囊"` // generic name, as the patient reads it
	Class    Class  `json:"class" example:"甲"`
	Price    Fen    `json:"price" example:"640"`  // of one package
	Quantity int64  `json:"quantity" example:"1"` // packages
	Amount   Fen    `json:"amount" example:"640"` // Price times Quantity
}

// Fees is the list of a bill.
type Fees []Fee

// Total checks every line and returns the exact sum; ErrInvalid or ErrAmount name the line and the
// rule, not the drug.
func (fs Fees) Total() (Fen, error) {
	if len(fs) == 0 || len(fs) > MaxFees {
		return 0, fmt.Errorf("%w: fees: 1 to %d lines", ErrInvalid, MaxFees)
	}
	amounts := make([]Fen, len(fs))
	for i, f := range fs {
		if err := f.check(); err != nil {
			return 0, fmt.Errorf("fees[%d]: %w", i, err)
		}
		amounts[i] = f.Amount
	}
	return Sum(amounts...)
}

func (f Fee) check() error {
	switch {
	case f.Code == "" || len(f.Code) > maxText || f.Name == "" || len(f.Name) > maxText:
		return fmt.Errorf("%w: code and name: 1 to %d bytes", ErrInvalid, maxText)
	case !f.Class.Known():
		return fmt.Errorf("%w: class: A, B or C", ErrInvalid)
	case f.Quantity < 1 || f.Quantity > MaxQuantity:
		return fmt.Errorf("%w: quantity: 1 to %d", ErrInvalid, MaxQuantity)
	case f.Price < 1:
		return fmt.Errorf("%w: price: at least one fen", ErrInvalid)
	}
	amount, err := f.Price.Times(f.Quantity)
	if err != nil {
		return err
	}
	if amount != f.Amount {
		return fmt.Errorf("%w: amount: must be price times quantity", ErrInvalid)
	}
	return nil
}
