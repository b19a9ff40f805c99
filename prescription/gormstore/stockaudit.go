package gormstore

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

// StockFaults names every stock line that is not the sum of its movements, whose movements have a
// gap, or whose reservations are not those of the pharmacy's claimed prescriptions; none means that
// the books balance. It reads only.
func (s *Store) StockFaults(ctx context.Context, db *gorm.DB) ([]string, error) {
	db = db.WithContext(ctx)
	var faults []string
	var unbalanced []stockRow
	err := db.Raw(`SELECT s.pharmacy, s.drug FROM pharmacy_stock s
		LEFT JOIN (SELECT pharmacy, drug, SUM(on_hand) AS on_hand, SUM(reserved) AS reserved, COUNT(*) AS n,
			MAX(version) AS last
			FROM stock_movements GROUP BY pharmacy, drug) m ON m.pharmacy = s.pharmacy AND m.drug = s.drug
		WHERE m.n IS NULL OR m.on_hand <> s.on_hand OR m.reserved <> s.reserved OR m.n <> s.version
			OR m.last <> s.version
		ORDER BY s.pharmacy, s.drug`).Scan(&unbalanced).Error
	if err != nil {
		return nil, err
	}
	for _, r := range unbalanced {
		faults = append(faults, fmt.Sprintf("%s %s: the stock is not the sum of its movements", r.Pharmacy, r.Drug))
	}
	promised, err := s.promised(db)
	if err != nil {
		return nil, err
	}
	lines, err := sqlstore.Rows[stockRow](db.Order("pharmacy, drug"))
	if err != nil {
		return nil, err
	}
	for i, l := range lines.Rows {
		key := stockKey{l.Pharmacy, l.Drug}
		if err := lines.Err(i); err != nil {
			faults = append(faults, fmt.Sprintf("%s %s: %v", l.Pharmacy, l.Drug, err))
		} else if promised[key] != l.Reserved {
			faults = append(faults, fmt.Sprintf("%s %s: %d reserved, %d in claimed prescriptions", l.Pharmacy, l.Drug,
				l.Reserved, promised[key]))
		}
		delete(promised, key)
	}
	for key := range promised {
		faults = append(faults, fmt.Sprintf("%s %s: claimed without a stock line", key.pharmacy, key.drug))
	}
	return faults, nil
}

type stockKey struct{ pharmacy, drug string }

// promised sums the packages of all claimed prescriptions, a page at a time.
func (s *Store) promised(db *gorm.DB) (map[stockKey]int64, error) {
	sum := map[stockKey]int64{}
	for f := (lifecycle.Filter{Statuses: []prescription.Status{prescription.Claimed}, OldestFirst: true,
		Limit: lifecycle.MaxListed}); ; {
		list, err := s.Page(db, f)
		if err != nil {
			return nil, err
		}
		for _, p := range list.Items {
			st := p.State()
			if st.Claim.Elsewhere() { // reserved in the stock of another application
				continue
			}
			for _, it := range st.Items {
				sum[stockKey{st.Claim.Pharmacy, it.Drug.Code}] += it.Packages
			}
		}
		if f.Before = list.Next; f.Before.ID == "" {
			return sum, nil
		}
	}
}
