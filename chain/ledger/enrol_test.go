package ledger

import (
	"testing"

	"github.com/smart-hospital/hospital/chain"
)

// TestNobodyPastTheOrganisation: a certificate that the root issued in an organisation's name
// enrols nobody. Schema 1 took it, and old blocks come out as they did.
func TestNobodyPastTheOrganisation(t *testing.T) {
	for schema, want := range map[int]chain.Code{1: chain.CodeOK, 2: chain.CodeBadCert} {
		n := newNetwork(t, "h1")
		if schema == 2 {
			n = newNetwork2(t, "h1")
		}
		n.block()
		rec := n.ward.Enrol(n.ward.IssueByRoot("h1", "doc-7", chain.RoleDoctor), n.now())
		if got := n.try(rec)[0]; got.Code != want {
			t.Errorf("schema %d: %s (%s), want %s", schema, got.Code, got.Detail, want)
		}
	}
}
