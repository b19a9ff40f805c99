package app

import (
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/contract"
)

// Whatever records can name has a room whose tables the audit holds against the chain. Votes have
// none: they are an operator's and stand in no table.
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
	prefixes := map[string]bool{chain.SubjectGov: true}
	for _, s := range contract.Steps() {
		if prefixes[s.Prefix] = true; homes[s.Prefix] == "" && s.Prefix != chain.SubjectGov {
			t.Errorf("%s: subjects of %s have no room", s.Kind, s.Prefix)
		}
	}
	for prefix, home := range homes {
		if !prefixes[prefix] {
			t.Errorf("%s: no contract's subjects begin with %s", home, prefix)
		}
	}
}
