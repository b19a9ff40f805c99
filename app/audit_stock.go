package app

import "context"

// stock holds the pharmacies' stock against its movements and against what claimed prescriptions
// reserve.
func (a *auditor) stock(ctx context.Context) error {
	faults, err := a.rx.StockFaults(ctx, a.db.DB)
	for _, f := range faults {
		a.report.fault("stock", "stock.balance", f)
	}
	return err
}
