package measure_test

import (
	"bytes"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/triage"
	"github.com/smart-hospital/hospital/app/triage/measure"
)

func TestVignettes(t *testing.T) {
	list, err := measure.Vignettes()
	if err != nil {
		t.Fatal(err)
	}
	n, ids := map[string]int{}, map[string]bool{}
	for _, v := range list {
		n[v.Urgency]++
		if ids[v.ID] {
			t.Errorf("%s twice", v.ID)
		}
		ids[v.ID] = true
		if v.Urgency != "emergency" && len(v.Departments) == 0 {
			t.Errorf("%s names no department", v.ID)
		}
	}
	if len(n) != 3 || n["emergency"] != 50 || n["soon"] != 50 || n["wait"] != 50 {
		t.Errorf("%v", n)
	}
}

func TestWilson(t *testing.T) {
	low, high := measure.Part{Of: 38, All: 40}.Wilson()
	if math.Abs(low-0.8350) > 0.0005 || math.Abs(high-0.9862) > 0.0005 {
		t.Errorf("%.4f to %.4f", low, high)
	}
}

func report(t *testing.T) measure.Report {
	t.Helper()
	tb, err := triage.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	r, err := measure.Run(tb)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestReport(t *testing.T) {
	r := report(t)
	var b bytes.Buffer
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"with answers", "of 50", "of 100", "gate", r.Version} {
		if !strings.Contains(b.String(), words) {
			t.Errorf("the report lacks %q", words)
		}
	}
	if r.Examples.Of != r.Examples.All {
		t.Errorf("examples: %v", r.Examples)
	}
}

// TestSwitchesFollowTheGates: what fails its gate is off where nobody has said otherwise.
func TestSwitchesFollowTheGates(t *testing.T) {
	r := report(t)
	for field, passes := range map[string]bool{"TriageFlags": r.FlagsPass(), "TriageDepartments": r.DepartmentsPass()} {
		f, found := reflect.TypeFor[config.Config]().FieldByName(field)
		if on := f.Tag.Get("default") == "true"; !found || on && !passes {
			t.Errorf("%s: on by default %v, its gate passes %v", field, on, passes)
		}
	}
}
