package app

import (
	"context"
	"fmt"
	"strings"

	"github.com/smart-hospital/hospital/chain"
)

// demoPackages is what each demo pharmacy has of a drug: enough for a load test.
const demoPackages = 20_000

// The third demo pharmacy has no refrigerator and so no insulins (ATC A10A), to show what a missing
// drug looks like.
const (
	warmPharmacy = "p3"
	insulins     = "A10A"
)

// seedStock fills the demo pharmacies, each in one transaction that leaves existing lines alone: a
// crash in between is finished at the next start.
func (a *App) seedStock(ctx context.Context) error {
	for _, pharmacy := range a.served(chain.OrgPharmacy) {
		packages := map[string]int64{}
		for _, d := range a.catalogue.Drugs() {
			if pharmacy != warmPharmacy || !strings.HasPrefix(d.ATC, insulins) {
				packages[d.Code] = demoPackages
			}
		}
		if err := a.prescriptions.FillStock(ctx, pharmacy, packages, "演示药店首次入库"); err != nil {
			return fmt.Errorf("%s: %w", pharmacy, err)
		}
	}
	return nil
}
