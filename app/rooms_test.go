package app

import (
	"testing"

	"github.com/smart-hospital/hospital/app/audit"
	"github.com/smart-hospital/hospital/chain/contract"
)

// Whatever records can name, and whatever is derived from them, has a room whose tables the audit
// holds against the chain, or stands among those that have none.
func TestEverySubjectHasARoom(t *testing.T) {
	homes, names := map[string]string{}, map[string]bool{}
	for _, r := range rooms {
		if names[r.Name] {
			t.Errorf("two rooms are called %s", r.Name)
		}
		names[r.Name] = true
		if (r.Audit.Subjects == "") != (r.Audit.Absent == nil) || homes[r.Audit.Subjects] != "" {
			t.Errorf("%s: subjects %q without a look-up, or another room's", r.Name, r.Audit.Subjects)
		}
		if r.Audit.Subjects != "" {
			homes[r.Audit.Subjects] = r.Name
		}
	}
	prefixes := map[string]bool{}
	for _, prefix := range contract.Prefixes() {
		prefixes[prefix] = true
		if _, none := audit.Roomless[prefix]; none != (homes[prefix] == "") {
			t.Errorf("subjects of %s: room %q, among those without one: %v", prefix, homes[prefix], none)
		}
	}
	for prefix := range audit.Roomless {
		homes[prefix] = "roomless"
	}
	for prefix, home := range homes {
		if !prefixes[prefix] {
			t.Errorf("%s: no contract's subjects begin with %s", home, prefix)
		}
	}
}
