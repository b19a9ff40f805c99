package rating_test

import (
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// TestAveragesAreAddedUpInTheIndex: the stars beside fifty names touch no row.
func TestAveragesAreAddedUpInTheIndex(t *testing.T) {
	db := sqlstoretest.Open(t, "sqlite:"+t.TempDir()+"/test.db")
	s, _ := open(t, db)
	plan := strings.Join(sqlstoretest.Plan(t, db, "visit_ratings", func() {
		if _, err := s.Averages(t.Context(), []string{"u1", "u2"}); err != nil {
			t.Error(err)
		}
	}), "\n")
	if plan != "SEARCH visit_ratings USING COVERING INDEX visit_ratings_shown (doctor=? AND shown=?)" {
		t.Errorf("\n%s", plan)
	}
}
