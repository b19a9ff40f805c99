package consult

import "testing"

// TestWakeUpsFromOutside: whoever can write to Redis can at most make readers look.
func TestWakeUpsFromOutside(t *testing.T) {
	id, err := newID(noon)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{id + " 7": true, id: false, id + " x": false, "CN1 7": false, "": false, " ": false, id + " 7 8": false} {
		if _, ok := parseWake(text); ok != want {
			t.Errorf("%q: %v", text, ok)
		}
	}
}

func TestWatchesRingOnceAndGoAway(t *testing.T) {
	h := NewHub(nil)
	a, b, other := h.Watch("x"), h.Watch("x"), h.Watch("y")
	h.Wake("x", 1)
	h.Wake("x", 2) // rings already: nobody waits
	for name, w := range map[string]*Watch{"a": a, "b": b} {
		if len(w.C) != 1 {
			t.Errorf("%s has %d rings", name, len(w.C))
		}
	}
	if len(other.C) != 0 {
		t.Error("a stranger was woken")
	}
	a.Stop()
	b.Stop()
	other.Stop()
	if len(h.watchers) != 0 {
		t.Errorf("%d watched consultations are left", len(h.watchers))
	}
}
