package oversight

import (
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// TestARareRuleAtAnOrganisationIsFound: all findings of the organisation, or of the rule, were
// walked for those of both.
func TestARareRuleAtAnOrganisationIsFound(t *testing.T) {
	db := sqlstoretest.Open(t, "sqlite:"+t.TempDir()+"/test.db")
	s := serviceOf(t, db, nil)
	for _, ask := range []FindingsQuery{{}, {Oldest: true}, {Happened: true}, {Happened: true, Oldest: true}} {
		ask.Rule, ask.Org, ask.Limit = "five-drugs", "h1", 100
		for _, ask.Before = range []string{"", "1~x"} {
			plan := strings.Join(sqlstoretest.Plan(t, db, "oversight_findings", func() {
				if _, _, err := s.Findings(t.Context(), ask); err != nil {
					t.Error(err)
				}
			}), "\n")
			index := "oversight_findings_rule_org_found (rule=? AND org=?"
			if ask.Happened {
				index = "oversight_findings_rule_org_at (rule=? AND org=?"
			}
			if !strings.Contains(plan, index) || strings.Contains(plan, "TEMP B-TREE") {
				t.Errorf("%+v\n%s", ask, plan)
			}
		}
	}
}

// TestFiguresAreFoundByPeriod: what is decided is found by the table's key, and of the cells only
// those of the newest day and month are read.
func TestFiguresAreFoundByPeriod(t *testing.T) {
	db := sqlstoretest.Open(t, "sqlite:"+t.TempDir()+"/test.db")
	s := serviceOf(t, db, nil)
	at := cellsPlace{Records: 1, Last: time.Date(2026, 12, 2, 4, 0, 0, 0, time.UTC).UnixMilli(), Day: "2026-12-01",
		Month: "2026-11"}
	if err := at.save(db.WithContext(t.Context())); err != nil {
		t.Fatal(err)
	}
	for _, a := range []Asked{{Day, "2026-10-02", "2026-12-02", ""}, {Month, "2025-12-02", "2026-12-02", ""},
		{Day, "2026-10-02", "2026-12-02", "h1"}, {Month, "2025-12-02", "2026-12-02", "h1"}} {
		for _, table := range []string{"oversight_shown", "oversight_cells"} {
			for _, plan := range sqlstoretest.Plans(t, db, table, func() {
				if _, err := s.Figures(t.Context(), a); err != nil {
					t.Error(err)
				}
			}) {
				if !strings.HasPrefix(plan, "SEARCH "+table+" USING ") ||
					!strings.Contains(plan, "(unit=? AND period") ||
					strings.Contains(plan, "SCAN") || strings.Contains(plan, "TEMP B-TREE") {
					t.Errorf("%+v\n%s", a, plan)
				}
			}
		}
	}
}
