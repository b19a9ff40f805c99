package gormstore_test

import (
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// TestWhoLookedIsFoundByPatient: the newest lines of a patient come from an index in their order.
// All lines of each of the patient's prescriptions were read for them, and put in order.
func TestWhoLookedIsFoundByPatient(t *testing.T) {
	db := sqlstoretest.Open(t, "sqlite:"+t.TempDir()+"/test.db")
	store := open(t, db)
	plan := strings.Join(sqlstoretest.Plan(t, db, "prescription_access", func() {
		if _, err := store.AccessesOf(db.DB, []string{"u-1"}, 100); err != nil {
			t.Error(err)
		}
	}), "\n")
	if !strings.Contains(plan, "prescription_access_patient (patient=?)") || strings.Contains(plan, "TEMP B-TREE") {
		t.Errorf("\n%s", plan)
	}
}
