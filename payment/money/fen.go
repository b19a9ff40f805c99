package money

import (
	"fmt"
	"math/big"
	"regexp"
)

// Fen is an amount of money in fen (分), one hundredth of a yuan. In JSON it is an integer.
type Fen int64

// MaxFen bounds every amount (ten thousand million yuan), so that sums of any list this program
// accepts cannot overflow and every amount is exact in a JSON reader that uses doubles.
const MaxFen Fen = 1_000_000_000_000

// BasisPoints is a share in ten-thousandths: 7000 is 70 %.
type BasisPoints int64

// Whole is a share of one.
const Whole BasisPoints = 10_000

// Check returns ErrAmount unless 0 <= f <= MaxFen. Nothing this room stores or sends is negative: a
// refund is a positive amount with its own name.
func (f Fen) Check() error {
	if f < 0 || f > MaxFen {
		return fmt.Errorf("%w: %d fen", ErrAmount, int64(f))
	}
	return nil
}

// Sum adds amounts; ErrAmount when one of them or the sum is out of range.
func Sum(amounts ...Fen) (Fen, error) {
	var sum Fen
	for _, a := range amounts {
		if err := a.Check(); err != nil {
			return 0, err
		}
		sum += a // both are at most MaxFen: no overflow
		if err := sum.Check(); err != nil {
			return 0, err
		}
	}
	return sum, nil
}

// Minus returns f - g; ErrAmount when it would be negative.
func (f Fen) Minus(g Fen) (Fen, error) {
	if err := g.Check(); err != nil {
		return 0, err
	}
	return f - g, (f - g).Check()
}

// Times returns f multiplied by a count; ErrAmount when out of range.
func (f Fen) Times(count int64) (Fen, error) {
	if err := f.Check(); err != nil {
		return 0, err
	}
	if count < 0 || (f > 0 && count > int64(MaxFen)/int64(f)) {
		return 0, fmt.Errorf("%w: %d fen times %d", ErrAmount, int64(f), count)
	}
	return f * Fen(count), nil
}

// ShareDown is the share of f rounded down to the fen. f must have passed Check and the share be
// 0..Whole.
func (f Fen) ShareDown(share BasisPoints) Fen { return f * Fen(share) / Fen(Whole) }

// ShareUp is the share of f rounded up to the fen; f.ShareUp(s) + f.ShareDown(Whole-s) == f.
func (f Fen) ShareUp(share BasisPoints) Fen {
	return (f*Fen(share) + Fen(Whole) - 1) / Fen(Whole)
}

// String is for people: "12.34 元".
func (f Fen) String() string { return f.Yuan() + " 元" }

// Yuan is the decimal form with exactly two places, as insurers write it: "12.34".
func (f Fen) Yuan() string {
	sign, n := "", int64(f)
	if n < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
}

// reYuan is a decimal number as any JSON or decimal library writes one; it bounds what is computed
// with.
var reYuan = regexp.MustCompile(`^-?[0-9]{1,20}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?$`)

// ParseYuan reads a decimal number of yuan that is exact in fen, however it is written: "12",
// "12.3", "12.30", "12.3000", "1.23e1". ErrAmount for a fraction of a fen, a negative amount, one
// above MaxFen, and for anything else.
func ParseYuan(s string) (Fen, error) {
	yuan, ok := new(big.Rat), reYuan.MatchString(s)
	if ok {
		_, ok = yuan.SetString(s)
	}
	fen := yuan.Mul(yuan, big.NewRat(100, 1))
	if !ok || !fen.IsInt() || !fen.Num().IsInt64() {
		return 0, fmt.Errorf("%w: an amount is a number of yuan, exact in fen", ErrAmount)
	}
	f := Fen(fen.Num().Int64())
	return f, f.Check()
}
