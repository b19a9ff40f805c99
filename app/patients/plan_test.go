package patients_test

import (
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/patients/access"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// TestWhatOneReaderSawOfAProfile: all that a doctor ever opened was gone through for it.
func TestWhatOneReaderSawOfAProfile(t *testing.T) {
	db := sqlstoretest.Open(t, "sqlite:"+t.TempDir()+"/test.db")
	if err := patients.Migrate(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	plan := strings.Join(sqlstoretest.Plan(t, db, "profile_access", func() {
		if _, err := access.Searched(db.WithContext(t.Context()), access.Looks{Persons: []string{"u-1"},
			Readers: []string{"u-2"}, Until: time.Now().UnixMilli(), Limit: 50}); err != nil {
			t.Error(err)
		}
	}), "\n")
	if !strings.Contains(plan, "profile_access_pair (person=? AND reader=? AND read_at>? AND read_at<?)") {
		t.Errorf("\n%s", plan)
	}
}
