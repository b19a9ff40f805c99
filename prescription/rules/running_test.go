package rules_test

import (
	"github.com/smart-hospital/hospital/prescription/prescriptiontest"
	"github.com/smart-hospital/hospital/prescription/rules"
	"testing"
	"time"
)

// TestRunning: another prescription of the patient counts as this one does. Only the same drug near
// its end is a renewal.
func TestRunning(t *testing.T) {
	twin := func(change func(*rules.RunningItem)) rules.Running {
		r := rules.RunningItem{Item: prescriptiontest.Amoxicillin()}
		change(&r)
		return rules.Running{Items: []rules.RunningItem{r}}
	}
	ends := func(hours int) func(*rules.RunningItem) {
		return func(r *rules.RunningItem) {
			r.Until, r.Days = prescriptiontest.Noon.Add(time.Duration(hours)*time.Hour), 7
		}
	}
	for _, tt := range []struct {
		name     string
		with     rules.Running
		rule     string
		severity rules.Severity // empty: no finding
		unjudged bool
	}{
		{"nothing", rules.Running{}, "clinical.duplicate", "", false},
		{"the same drug, not fetched yet", twin(func(*rules.RunningItem) {}), "clinical.duplicate", rules.Critical,
			false},
		{"the same drug, just fetched", twin(ends(160)), "clinical.duplicate", rules.Critical, false},
		{"the same drug, in its last quarter", twin(ends(48)), "clinical.duplicate", rules.Info, false},
		{"the same drug, an hour before", twin(ends(49)), "clinical.duplicate", rules.Critical, false},
		{"same substance", twin(func(r *rules.RunningItem) { r.Drug.Code = "D9" }), "clinical.duplicate", rules.Critical, false},
		{"same substance near its end is no renewal", twin(func(r *rules.RunningItem) { r.Drug.Code = "D9"; ends(1)(r) }),
			"clinical.duplicate", rules.Critical, false},
		{"same chemical group", twin(func(r *rules.RunningItem) { r.Drug.Code, r.Drug.ATC = "D9", "J01CA01" }),
			"clinical.duplicate", rules.Warning, false},
		{"another group", twin(func(r *rules.RunningItem) { r.Drug.Code, r.Drug.ATC = "D9", "C08CA01" }),
			"clinical.duplicate", "", false},
		{"without classification", twin(func(r *rules.RunningItem) { r.Drug.Code, r.Drug.ATC = "D9", "" }),
			"clinical.duplicate", rules.Info, true},
		{"too many to look at", rules.Running{Unknown: true}, "clinical.running", rules.Info, true},
	} {
		o := prescriptiontest.GoodOrder()
		o.Running = tt.with
		var found []rules.Finding
		for _, f := range rules.Check(o).Findings {
			if f.Rule == tt.rule {
				found = append(found, f)
			}
		}
		switch {
		case tt.severity == "" && len(found) != 0:
			t.Errorf("%s: %+v", tt.name, found)
		case tt.severity != "" && (len(found) != 1 || found[0].Severity != tt.severity ||
			found[0].NotChecked != tt.unjudged):
			t.Errorf("%s: %+v", tt.name, found)
		}
	}
}
