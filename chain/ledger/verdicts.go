package ledger

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
// records. ErrTx.
func Verdicts(tx, data []byte) ([]Verdict, error) {
	if isSeals(tx) {
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
			return nil, fmt.Errorf("%w: %d verdicts on %d records", ErrTx, i, len(raws))
		}
		out[i], data = Verdict{raw, chain.Code(code)}, rest
	}
	return out, nil
}

// Genuine tells whether a record that a block of that height held is its organisation's: its seal
// by the list in force then holds, and so does the signature of an actor whose certificate is
// known. Everything else is bytes that somebody put into a block in another's name.
func (a *App) Genuine(rec chain.Record, raw []byte, height int64) bool {
	a.mu.RLock()
	roster := a.listAt(height).roster
	a.mu.RUnlock()
	org, member := roster.Org(rec.Statement.Org)
	if !member || rec.OrgCert != org.SealCert.ID() || rec.VerifySealRaw(raw, org.SealCert) != nil {
		return false
	}
	actor, _, known := findActor(a.db, a.inspector, roster, rec.Statement)
	return !known || rec.VerifyActorRaw(raw, actor) == nil
}
