package trace

import (
	"time"

	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/rules"
)

// Check holds what was scanned against the items: every item once, one code a package, no code
// twice, each code of the item's drug, no package whose code says that it has expired. It writes
// the codes in their normal form.
func Check(items []medicine.Item, got []DispensedItem, now time.Time) error {
	if len(got) != len(items) {
		return rules.RuleTraceCodes.Refuse("items", "每种药品都须扫码", "every item must be scanned")
	}
	seen := map[string]bool{}
	done := map[int]bool{}
	for n, g := range got {
		if g.Item < 0 || g.Item >= len(items) || done[g.Item] {
			return prescription.Invalid(prescription.Nth("items", n)+".item", "each item of the prescription once")
		}
		done[g.Item] = true
		it := items[g.Item]
		if int64(len(g.TraceCodes)) != it.Packages {
			return rules.RuleTraceCodes.Refuse(prescription.Nth("items", n)+".traceCodes", "追溯码数量须与发药数量一致",
				"one trace code for every package")
		}
		for k, scanned := range g.TraceCodes {
			field := prescription.Nth(prescription.Nth("items", n)+".traceCodes", k)
			code, ok := Normal(scanned)
			expires := BatchOf(scanned, now).Expires
			g.TraceCodes[k] = code
			switch {
			case !ok:
				return prescription.Invalid(field, Rule)
			case !Fits(code, it.Drug):
				return rules.RuleTraceCodes.Refuse(field, "追溯码与药品不符", "the code belongs to another drug")
			case expires != "" && expires < china.Day(now):
				return rules.RuleExpiredGoods.Refuse(field, "这一盒已过有效期（"+expires+"），不得发出",
					"this package expired on "+expires+": do not hand it out")
			case seen[code]:
				return rules.RuleTraceCodes.Refuse(field, "同一追溯码扫描两次", "the same code twice")
			}
			seen[code] = true
		}
	}
	return nil
}

// DispensedItem is what was handed out of one item: the trace code (追溯码) of every package.
type DispensedItem struct {
	Item       int      `json:"item" doc:"Index of the item, from 0" minimum:"0" example:"0"`
	TraceCodes []string `json:"traceCodes" doc:"Trace code of every package as scanned: 20 digits, letters and digits, or GS1; scanner prefixes, suffixes and full width are taken off" minItems:"1" maxItems:"99" example:"81234567890123456789"`
}
