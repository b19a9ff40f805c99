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

// A record waits in its own subject's lane, or in one that its room names.
func TestLanes(t *testing.T) {
	w := &Walk{parts: []Part{{Subjects: chain.SubjectRx}, {Subjects: chain.SubjectPay, Lanes: chain.SubjectRx}}}
	for _, c := range []struct {
		subject, lane string
		own           bool
	}{
		{"rx:1", "rx:1", true}, {"rx:1", "rx:2", false}, {"rx:1", "pay:1", false},
		{"pay:1", "pay:1", true}, {"pay:1", "rx:1", true}, {"pay:1", "pay:2", false}, {"pay:1", "cert:1", false},
		{"toy:1", "rx:1", false}, {"toy:1", "toy:1", true},
	} {
		if got := w.ownLane(chain.Statement{Subject: c.subject}, c.lane); got != c.own {
			t.Errorf("%s in %s: %v", c.subject, c.lane, got)
		}
	}
}
