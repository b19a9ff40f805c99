package demo

import (
	"context"
	"fmt"
	"strings"

	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/service"
)

// packagesOfADrug is what each demo pharmacy has of a drug: enough for a load test.
const packagesOfADrug = 20_000

// The third demo pharmacy has no refrigerator and so no insulins (ATC A10A), to show what a missing
// drug looks like.
const (
	warmPharmacy = "p3"
	insulins     = "A10A"
)

// SeedStock fills the demo pharmacies, each in one transaction that leaves existing lines alone: a
// crash in between is finished at the next start.
func (w *Ward) SeedStock(ctx context.Context, s *service.Service, drugs *catalogue.Catalogue) error {
	for _, pharmacy := range w.served.Pharmacies {
		packages := map[string]int64{}
		for _, d := range drugs.Drugs() {
			if pharmacy != warmPharmacy || !strings.HasPrefix(d.ATC, insulins) {
				packages[d.Code] = packagesOfADrug
			}
		}
		if err := s.FillStock(ctx, pharmacy, packages, "演示药店首次入库"); err != nil {
			return fmt.Errorf("%s: %w", pharmacy, err)
		}
	}
	return nil
}
