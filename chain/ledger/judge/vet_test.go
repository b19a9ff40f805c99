package judge

import (
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
)

// TestVetBelievesNoUnconfirmedState: whose certificate is enrolled is asked of a confirmed state
// alone; only then is a forged actor's signature refused, and a good one never looked at again.
func TestVetBelievesNoUnconfirmedState(t *testing.T) {
	b := newBook(t)
	good := b.ward.Issued("A", b.ward.Start)
	forged := good
	forged.ActorSig = good.OrgSig
	forged = b.ward.Seal(forged)
	for name, c := range map[string]struct {
		rec       chain.Record
		confirmed bool
		code      chain.Code
		cleared   bool
	}{
		"good":                {good, true, chain.CodeOK, true},
		"good, unconfirmed":   {good, false, chain.CodeOK, false},
		"forged":              {forged, true, chain.CodeBadSignature, false},
		"forged, unconfirmed": {forged, false, chain.CodeOK, false},
	} {
		in := NewInspector(Options{})
		entry, err := in.Submitted(c.rec, nil)
		if err != nil {
			t.Fatal(err)
		}
		no := in.Vet(entry, b.block, func() storage.Reader {
			if !c.confirmed {
				return nil
			}
			return b.view
		})
		if no.Code != c.code || in.Cleared([]byte(entry.Raw), b.block.Roster) != c.cleared {
			t.Errorf("%s: %s (%s)", name, no.Code, no.Detail)
		}
		if again := in.Vet(entry, b.block, func() storage.Reader { return b.view }); (again == contract.Pass) !=
			(c.rec.ActorSig == good.ActorSig) {
			t.Errorf("%s, when all is confirmed: %s", name, again.Code)
		}
	}
}
