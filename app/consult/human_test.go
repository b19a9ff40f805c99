package consult

import (
	"errors"
	"testing"
	"time"
)

// A doctor consulted by the own log-in as a patient, or for the own child, is nobody's doctor
// there.
func TestNobodyConsultsHimselfByAnotherLogIn(t *testing.T) {
	d := Doctor{Person: "u1", Also: []string{"u2"}, Open: true}
	for _, asks := range []Party{{Patient: "u1"}, {Patient: "u2"}, {Patient: "u3", Guardian: "u2"}} {
		if _, err := New("CN1", asks, d, Intake{Complaint: "咳嗽"}, time.Now()); !errors.Is(err, ErrOwn) ||
			!errors.Is(err, ErrDoctor) {
			t.Errorf("%+v: %v", asks, err)
		}
	}
	if _, err := New("CN1", Party{Patient: "u3"}, d, Intake{Complaint: "咳嗽"}, time.Now()); err != nil {
		t.Error(err)
	}
}
