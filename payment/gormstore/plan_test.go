package gormstore_test

import (
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/payment"
)

// TestADaysBooksAreFoundByTime: what was settled and refunded on a day comes from the two indexes
// by time. The whole table, from the first number on, was read for it.
func TestADaysBooksAreFoundByTime(t *testing.T) {
	db := sqlstoretest.Open(t, "sqlite:"+t.TempDir()+"/test.db")
	store := open(t, db)
	day := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	plan := strings.Join(sqlstoretest.Plan(t, db, "payment_settlements", func() {
		if err := store.Read(t.Context(), func(tx payment.Tx) error {
			_, _, _, err := tx.Settlements.Booked(day, day.AddDate(0, 0, 1), "", 500)
			return err
		}); err != nil {
			t.Error(err)
		}
	}), "\n")
	for _, index := range []string{"payment_settlements_settled_at (settled_at>? AND settled_at<?)",
		"payment_settlements_refunded_at (refunded_at>? AND refunded_at<?)"} {
		if !strings.Contains(plan, index) {
			t.Errorf("not by %s:\n%s", index, plan)
		}
	}
	if strings.Contains(plan, "(id>?)") || strings.Contains(plan, "SCAN payment_settlements") {
		t.Errorf("reads the table:\n%s", plan)
	}
}
