package gormstore_test

import (
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/gormstore"
	"github.com/smart-hospital/hospital/prescription/storetest"
)

func TestTodayCountsPrescriptions(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		store := open(t, db)
		for i, status := range []prescription.Status{prescription.Signed, prescription.Signed, prescription.Paid,
			prescription.Rejected} {
			add(t, db, store, storetest.State(uint64(i+1), "h1", status))
		}
		add(t, db, store, storetest.State(9, "h2", prescription.Signed))
		drafted := storetest.State(1, "h1", prescription.Signed).DraftedAt
		counts := func(from time.Time) (today, open map[string]int64) {
			t.Helper()
			lists := [2]map[string]int64{{}, {}}
			one, two, err := gormstore.Today(t.Context(), db, "h1", from)
			if err != nil {
				t.Fatal(err)
			}
			for i, list := range [][]gormstore.Standing{one, two} {
				for _, s := range list {
					if s.First == nil || s.First.IsZero() {
						t.Errorf("%s: first %v", s.Status, s.First)
					}
					lists[i][s.Status] = s.Count
				}
			}
			return lists[0], lists[1]
		}
		today, standing := counts(drafted.Add(-time.Hour))
		if len(today) != 3 || today["signed"] != 2 || today["paid"] != 1 || today["rejected"] != 1 {
			t.Errorf("today %v", today)
		}
		if len(standing) != 2 || standing["signed"] != 2 || standing["paid"] != 1 {
			t.Errorf("open %v", standing)
		}
		if today, standing = counts(drafted.AddDate(1, 0, 0)); len(today) != 0 || len(standing) != 2 {
			t.Errorf("a year later: %v, %v", today, standing)
		}
	})
}
