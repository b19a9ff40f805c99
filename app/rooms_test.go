package app

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/smart-hospital/hospital/app/audit"
	"github.com/smart-hospital/hospital/app/closing"
	"github.com/smart-hospital/hospital/app/notice"
	"github.com/smart-hospital/hospital/app/oversight"
	"github.com/smart-hospital/hospital/app/room"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
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
		if r.Audit.Subjects != "" && r.Audit.Compare == nil {
			t.Errorf("%s: the audit compares nothing of its rows", r.Name)
		}
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

// Whoever writes a kind has said what people are told of it, be it nothing.
func TestEveryKindIsThoughtOfByWhoTells(t *testing.T) {
	for _, r := range rooms {
		said := maps.Clone(r.Tells)
		for _, step := range contract.Steps() {
			kind, ok := said[step.Kind]
			if r.Audit.Subjects != "" && step.Prefix == r.Audit.Subjects && !ok {
				t.Errorf("%s says of no %s who is told: room.Tells", r.Name, step.Kind)
			}
			if ok && step.Prefix != r.Audit.Subjects {
				t.Errorf("%s tells of %s, which is another room's", r.Name, step.Kind)
			}
			if kind != "" && !slices.Contains(notice.Kinds, kind) {
				t.Errorf("%s: %s is told as %s, which nobody knows", r.Name, step.Kind, kind)
			}
			delete(said, step.Kind)
		}
		for kind := range said {
			t.Errorf("%s tells of %s, which no contract has", r.Name, kind)
		}
	}
}

// aboutPeople are the columns that name a person or an account.
var aboutPeople = []string{"account", "author", "child", "guardian", "login", "owner", "patient", "person",
	"reader", "relative", "subject"}

// A room that keeps rows about people has said what becomes of them when an account is closed.
func TestEveryRoomThinksOfClosing(t *testing.T) {
	hinders := map[closing.Kind]bool{}
	for _, r := range rooms {
		c := r.Closing
		if (c.Hinders == "") != (c.UnderWay == nil) || hinders[c.Hinders] && c.Hinders != "" {
			t.Errorf("%s: %q without a look-up, or another room's", r.Name, c.Hinders)
		}
		hinders[c.Hinders] = true
		named := columnsAboutPeople(t, r)
		if len(named) > 0 && c.Rest == "" {
			t.Errorf("%s: what becomes of %v when an account is closed? room.Closing", r.Name, named)
		}
	}
}

// columnsAboutPeople are those of the tables that a room makes, in a database of its own.
func columnsAboutPeople(t *testing.T, r room.Room[*App]) (named []string) {
	t.Helper()
	if r.Migrate == nil {
		return nil
	}
	db, err := sqlstore.Open(t.Context(), "sqlite::memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := r.Migrate(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	if err := db.Raw(`SELECT t.name || '.' || c.name FROM sqlite_master t, pragma_table_info(t.name) c
		WHERE t.type = 'table' AND c.name IN ? ORDER BY 1`, aboutPeople).Scan(&named).Error; err != nil {
		t.Fatal(err)
	}
	return named
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
