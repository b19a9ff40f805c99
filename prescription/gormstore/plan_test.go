package gormstore_test

import (
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/gormstore"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
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

// TestAVisitsPrescriptionsAreFoundByVisit: the doctor's whole list was walked, because it is in the
// order that is asked for.
func TestAVisitsPrescriptionsAreFoundByVisit(t *testing.T) {
	db := sqlstoretest.Open(t, "sqlite:"+t.TempDir()+"/test.db")
	store := open(t, db)
	plan := strings.Join(sqlstoretest.Plan(t, db, "prescriptions", func() {
		if _, err := store.List(db.DB, lifecycle.Filter{Doctor: "u-1", Visit: "v-1", Limit: 50}); err != nil {
			t.Error(err)
		}
	}), "\n")
	if !strings.Contains(plan, "prescriptions_of_visit (visit=? AND doctor=?)") ||
		strings.Contains(plan, "TEMP B-TREE") {
		t.Errorf("\n%s", plan)
	}
}

// TestWhatAPharmacyHoldsIsFoundInOrder: neither the page nor the number goes through what it handed
// out.
func TestWhatAPharmacyHoldsIsFoundInOrder(t *testing.T) {
	db := sqlstoretest.Open(t, "sqlite:"+t.TempDir()+"/test.db")
	store := open(t, db)
	held := lifecycle.Filter{Pharmacy: "p1", Statuses: []prescription.Status{prescription.Claimed}, Limit: 50,
		ExcludeDrafts: true, OldestFirst: true}
	for _, plan := range sqlstoretest.Plans(t, db, "prescriptions", func() {
		if _, err := store.List(db.DB, held); err != nil {
			t.Error(err)
		}
		if _, err := store.Count(db.DB, held); err != nil {
			t.Error(err)
		}
	}) {
		if !strings.Contains(plan, "prescriptions_pharmacy_status (pharmacy=? AND status=?)") ||
			strings.Contains(plan, "TEMP B-TREE") {
			t.Errorf("\n%s", plan)
		}
	}
}

// TestForgettableIsFoundByReason: copies that pharmacies of elsewhere served are a small part of a
// table that may have a million of the hospital's own. All of it was read at each sweep.
func TestForgettableIsFoundByReason(t *testing.T) {
	db := sqlstoretest.Open(t, "sqlite:"+t.TempDir()+"/test.db")
	store := open(t, db)
	plans := sqlstoretest.Plans(t, db, "prescriptions", func() {
		if _, err := store.Forgettable(db.DB, time.Now(), time.Now(), 10); err != nil {
			t.Error(err)
		}
	})
	for i, index := range []string{"prescriptions_unserved (pharmacy=? AND expires_at<?)",
		"prescriptions_served (status=? AND updated_at<?)"} {
		if len(plans) != 2 || !strings.Contains(plans[i], index) {
			t.Errorf("not by %s:\n%s", index, strings.Join(plans, "\n\n"))
		}
	}
}

// TestWhatOneReaderSawOfAPatient: all that a doctor ever read was gone through for it. A patient
// and a reader may have had several ids.
func TestWhatOneReaderSawOfAPatient(t *testing.T) {
	db := sqlstoretest.Open(t, "sqlite:"+t.TempDir()+"/test.db")
	open(t, db)
	for _, behind := range []*lifecycle.AccessEntry{nil, {Prescription: "RX1", Person: "u-2", At: time.Now()}} {
		for _, ids := range [][]string{{"u-1"}, {"u-1", "u-former"}} {
			plan := strings.Join(sqlstoretest.Plan(t, db, "prescription_access", func() {
				if _, err := gormstore.Searched(t.Context(), db, gormstore.Looks{Patients: ids, Readers: ids,
					Until: time.Now().UnixMilli(), Behind: behind, Limit: 50}); err != nil {
					t.Error(err)
				}
			}), "\n")
			if !strings.Contains(plan, "prescription_access_pair (patient=? AND person=?") {
				t.Errorf("%v, behind %v:\n%s", ids, behind, plan)
			}
		}
	}
}
