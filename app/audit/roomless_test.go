package audit

import (
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/contract"
)

// TestSubjectsOfNoRoom: an organisation of this application began a lot or has a holding that this
// program did not write: the audit says so. Votes are an operator's.
func TestSubjectsOfNoRoom(t *testing.T) {
	for prefix, fault := range map[string]bool{chain.SubjectGov: false, contract.SubjectLot: true,
		contract.SubjectMove: true, contract.SubjectOwn: true, "toy:": true} {
		if got := strayed(prefix); (got != "") != fault {
			t.Errorf("%s: %q", prefix, got)
		}
	}
}
