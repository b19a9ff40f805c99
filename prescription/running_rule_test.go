package prescription

import "testing"

func TestRunning(t *testing.T) {
	other := amoxicillin().Drug
	other.Code = "D9"
	kin, stranger, unclassed := other, other, other
	kin.ATC, stranger.ATC, unclassed.ATC = "J01CA01", "C08CA01", ""
	for _, tt := range []struct {
		name     string
		with     Running
		hits     int
		unjudged bool
	}{
		{"nothing", Running{}, 0, false},
		{"same substance", Running{Items: []RunningItem{{Item: Item{Drug: other}}}}, 1, false},
		{"same chemical group", Running{Items: []RunningItem{{Item: Item{Drug: kin}}}}, 1, false},
		{"another group", Running{Items: []RunningItem{{Item: Item{Drug: stranger}}}}, 0, false},
		{"without classification", Running{Items: []RunningItem{{Item: Item{Drug: unclassed}}}}, 1, true},
		{"too many to look at", Running{Unknown: true}, 1, true},
	} {
		o := goodOrder()
		o.Running = tt.with
		hits := running(o)
		if len(hits) != tt.hits || (tt.hits > 0 && hits[0].NotChecked != tt.unjudged) {
			t.Errorf("%s: %+v", tt.name, hits)
		}
		if err := Check(o).Err(nil); err != nil {
			t.Errorf("%s: asks for a reason: %v", tt.name, err)
		}
	}
}
