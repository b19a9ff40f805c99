package oversight_test

import (
	"log/slog"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/oversight"
	"github.com/smart-hospital/hospital/app/payments"
	"github.com/smart-hospital/hospital/app/prescriptions"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// What the rooms' own kinds tell of each other: at one hospital 42 settlements were opened and 2 of
// them failed, so that 40 were settled and 40 prescriptions paid; at another of 39 prescriptions 37
// were approved, 1 rejected, 1 cancelled.
func TestOneKindTellsNoOther(t *testing.T) {
	const insert = "INSERT INTO oversight_cells (unit, period, org, kind, n, people, took, timed) " +
		"VALUES ('day', '2026-11-30', ?, ?, ?, ?, 0, 0)"
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		s, err := oversight.New(t.Context(), oversight.Config{DB: db, Log: slog.New(slog.DiscardHandler), Now: time.Now,
			Parts: []oversight.Part{prescriptions.Oversight, payments.Oversight}})
		if err != nil {
			t.Fatal(err)
		}
		for org, records := range map[string]map[chain.Kind]int64{
			"h1": {chain.KindPayOpen: 42, chain.KindPaySettle: 40, chain.KindPayFail: 2, chain.KindPay: 40},
			"h2": {chain.KindIssue: 39, chain.KindApprove: 37, chain.KindReject: 1, chain.KindCancel: 1},
		} {
			for kind, n := range records {
				if err := db.WithContext(t.Context()).Exec(insert, org, kind, n, min(n, 11)).Error; err != nil {
					t.Fatal(err)
				}
			}
		}
		f, err := s.Figures(t.Context(), oversight.Asked{Unit: oversight.Day, From: "2026-11-30", To: "2026-11-30"})
		if err != nil {
			t.Fatal(err)
		}
		told := map[chain.Kind]int64{}
		for _, line := range f.Series {
			if line.Total.N > 0 {
				told[line.Kind] = line.Total.N
			}
		}
		if len(told) != 2 || told[chain.KindPayOpen] != 42 || told[chain.KindIssue] != 39 {
			t.Errorf("told: %v", told)
		}
	})
}
