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
	lots, err := lotFaults(db)
	if err != nil {
		return nil, err
	}
	faults = append(faults, lots...)
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

// lotFaults names every lot that is not the sum of its movements, and every line with less than its
// lots.
func lotFaults(db *gorm.DB) (faults []string, err error) {
	var lots []lotRow
	if err := db.Raw(`SELECT m.pharmacy, m.drug, m.lot FROM (SELECT pharmacy, drug, lot, SUM(on_hand) AS on_hand
			FROM stock_movements WHERE lot <> '' GROUP BY pharmacy, drug, lot) m
		LEFT JOIN stock_lots l ON l.pharmacy = m.pharmacy AND l.drug = m.drug AND l.lot = m.lot
		WHERE COALESCE(l.on_hand, 0) <> m.on_hand
		UNION SELECT l.pharmacy, l.drug, l.lot FROM stock_lots l WHERE NOT EXISTS (SELECT 1 FROM stock_movements m
			WHERE m.pharmacy = l.pharmacy AND m.drug = l.drug AND m.lot = l.lot)
		ORDER BY 1, 2, 3`).Scan(&lots).Error; err != nil {
		return nil, err
	}
	for _, l := range lots {
		faults = append(faults, fmt.Sprintf("%s %s lot %s: it is not the sum of its movements", l.Pharmacy, l.Drug,
			l.Lot))
	}
	var lines []stockRow
	if err := db.Raw(`SELECT s.pharmacy, s.drug FROM pharmacy_stock s
		JOIN (SELECT pharmacy, drug, SUM(on_hand) AS on_hand FROM stock_lots GROUP BY pharmacy, drug) l
			ON l.pharmacy = s.pharmacy AND l.drug = s.drug
		WHERE l.on_hand > s.on_hand ORDER BY s.pharmacy, s.drug`).Scan(&lines).Error; err != nil {
		return nil, err
	}
	for _, l := range lines {
		faults = append(faults, fmt.Sprintf("%s %s: the lots are more than the stock", l.Pharmacy, l.Drug))
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
