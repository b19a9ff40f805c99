package prescription

import (
	"testing"
	"time"
)

// TestRunning: another prescription of the patient counts as this one does. Only the same drug near
// its end is a renewal.
func TestRunning(t *testing.T) {
	twin := func(change func(*RunningItem)) Running {
		r := RunningItem{Item: amoxicillin()}
		change(&r)
		return Running{Items: []RunningItem{r}}
	}
	ends := func(hours int) func(*RunningItem) {
		return func(r *RunningItem) { r.Until, r.Days = noon.Add(time.Duration(hours)*time.Hour), 7 }
	}
	for _, tt := range []struct {
		name     string
		with     Running
		rule     string
		severity Severity // empty: no finding
		unjudged bool
	}{
		{"nothing", Running{}, "clinical.duplicate", "", false},
		{"the same drug, not fetched yet", twin(func(*RunningItem) {}), "clinical.duplicate", Critical, false},
		{"the same drug, just fetched", twin(ends(160)), "clinical.duplicate", Critical, false},
		{"the same drug, in its last quarter", twin(ends(48)), "clinical.duplicate", Info, false},
		{"the same drug, an hour before", twin(ends(49)), "clinical.duplicate", Critical, false},
		{"same substance", twin(func(r *RunningItem) { r.Drug.Code = "D9" }), "clinical.duplicate", Critical, false},
		{"same substance near its end is no renewal", twin(func(r *RunningItem) { r.Drug.Code = "D9"; ends(1)(r) }),
			"clinical.duplicate", Critical, false},
		{"same chemical group", twin(func(r *RunningItem) { r.Drug.Code, r.Drug.ATC = "D9", "J01CA01" }),
			"clinical.duplicate", Warning, false},
		{"another group", twin(func(r *RunningItem) { r.Drug.Code, r.Drug.ATC = "D9", "C08CA01" }),
			"clinical.duplicate", "", false},
		{"without classification", twin(func(r *RunningItem) { r.Drug.Code, r.Drug.ATC = "D9", "" }),
			"clinical.duplicate", Info, true},
		{"too many to look at", Running{Unknown: true}, "clinical.running", Info, true},
	} {
		o := goodOrder()
		o.Running = tt.with
		var found []Finding
		for _, f := range Check(o).Findings {
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
