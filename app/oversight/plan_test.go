package oversight

import (
	"strings"
	"testing"

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
