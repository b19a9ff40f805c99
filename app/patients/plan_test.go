package patients_test

import (
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/patients/access"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// TestWhatOneReaderSawOfAProfile: all that a doctor ever opened was gone through for it. A
// patient and a reader may have had several ids.
func TestWhatOneReaderSawOfAProfile(t *testing.T) {
	db := sqlstoretest.Open(t, "sqlite:"+t.TempDir()+"/test.db")
	if err := patients.Migrate(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	for _, behind := range []*access.Line{nil, {Person: "u-1", Reader: "u-2", Visit: "v-1", At: time.Now()}} {
		for _, ids := range [][]string{{"u-1"}, {"u-1", "u-former"}} {
			plan := strings.Join(sqlstoretest.Plan(t, db, "profile_access", func() {
				if _, err := access.Searched(db.WithContext(t.Context()), access.Looks{Persons: ids, Readers: ids,
					Until: time.Now().UnixMilli(), Behind: behind, Limit: 50}); err != nil {
					t.Error(err)
				}
			}), "\n")
			if !strings.Contains(plan, "profile_access_pair (person=? AND reader=?") {
				t.Errorf("%v, behind %v:\n%s", ids, behind, plan)
			}
		}
	}
}
