package app

import (
	"strings"
	"testing"
	"unicode"

	"github.com/smart-hospital/hospital/app/audit"
	"github.com/smart-hospital/hospital/app/oversight"
	"github.com/smart-hospital/hospital/app/room"
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

// Whatever a room writes of its subjects is judged by rules of its own, and the documents that its
// records commit to can be asked for. The walk over the rooms leaves out none.
func TestEverySubjectIsOverseen(t *testing.T) {
	judged, shown, ids := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, part := range Oversight() {
		if judged[part.Subjects] || len(part.Rules) == 0 || (part.Step == nil && part.Attempt == nil) {
			t.Errorf("%s: judged twice, or by nothing", part.Subjects)
		}
		judged[part.Subjects] = true
	}
	for _, rule := range oversight.Rules(Oversight()) {
		if ids[rule.ID] || (rule.Level != oversight.Alarm && rule.Level != oversight.Notice) {
			t.Errorf("rule %s: there twice, or without a level", rule.ID)
		}
		ids[rule.ID] = true
	}
	for _, part := range room.Disclosures[*App](nil, rooms) {
		if shown[part.Subjects] || len(part.To) == 0 {
			t.Errorf("%s: shown by two rooms, or to nobody", part.Subjects)
		}
		shown[part.Subjects] = true
	}
	prefixes := map[string]bool{}
	for _, prefix := range contract.Prefixes() {
		prefixes[prefix] = true
		_, none := audit.Roomless[prefix]
		if judged[prefix] == none {
			t.Errorf("subjects of %s: a room's rules %v, without a room %v", prefix, judged[prefix], none)
		}
		if shown[prefix] == none {
			t.Errorf("subjects of %s: a room's documents %v, without a room %v", prefix, shown[prefix], none)
		}
	}
	for _, r := range rooms {
		for _, prefix := range []string{r.Oversight.Subjects, r.Disclosure.Subjects} {
			if prefix != "" && (!prefixes[prefix] || prefix != r.Audit.Subjects) {
				t.Errorf("%s: %s is no contract's, or another room's", r.Name, prefix)
			}
		}
	}
}

// A finding is read in either language.
func TestRulesSpeakBothLanguages(t *testing.T) {
	han := func(text string) bool {
		return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	}
	for _, r := range oversight.Rules(Oversight()) {
		if r.EN == "" || r.Citation.EN == "" || han(r.EN+r.Citation.EN) || !han(r.ZH) || !han(r.Citation.ZH) {
			t.Errorf("%s: %q, %q, %q", r.ID, r.ZH, r.EN, r.Citation.EN)
		}
	}
}
