package ledger

import (
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
)

// The chain stands still over the end of a prescription's validity. What the hospital's people
// signed in time waits in its outbox and comes late: it is taken, and the prescription expires
// after it. Medicine is another matter: nobody claims after the validity, whatever the claim's own
// time says. (A record that came late was refused for good, and every prescription under way at
// midnight stood still.)
func TestSignedInTimeComesLate(t *testing.T) {
	n := newNetwork(t, "h1")
	n.block()
	w := n.ward
	n.write(w.Enrolments()...)
	at, seal := n.now(), w.Orgs["h1"].Seal
	n.write(w.Paid("P", at)...)
	late := w.Paid("L", at)
	n.time += (96 * time.Hour).Milliseconds()
	n.write(late...)
	for _, id := range []string{"P", "L"} {
		if got := n.try(w.Record(w.Dispenser1, chain.KindClaim, "rx:"+id, 4, at,
			chain.Facts{}))[0]; got.Code != chain.CodeExpired {
			t.Errorf("claim of %s, backdated: %s, want %s", id, got.Code, chain.CodeExpired)
		}
		n.write(w.Record(seal, chain.KindExpire, "rx:"+id, 4, n.now(), chain.Facts{}))
	}
}
