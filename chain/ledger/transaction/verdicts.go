package transaction

import (
	"fmt"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
)

// Verdict is a record as a block held it, and what the ledger said of it.
type Verdict struct {
	Record []byte // as it was sent; it may be no record at all
	Code   chain.Code
}

// Verdicts reads a decided transaction with the data of its result: none for one that holds no
// records. ErrMalformed.
func Verdicts(tx, data []byte) ([]Verdict, error) {
	if IsSeals(tx) {
		return nil, nil
	}
	raws, err := ParseBatch(tx)
	if err != nil {
		return nil, err
	}
	out := make([]Verdict, len(raws))
	for i, raw := range raws {
		code, rest, ok := storage.Uvarint(data)
		if !ok {
			return nil, fmt.Errorf("%w: %d verdicts on %d records", ErrMalformed, i, len(raws))
		}
		out[i], data = Verdict{raw, chain.Code(code)}, rest
	}
	return out, nil
}
