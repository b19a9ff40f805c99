package consult_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// TestADoctorsPastIsNotRead: what a doctor's next patients ask for comes from indexes over a part
// of the visits. All that the doctor ever had were read for it, tens of thousands.
func TestADoctorsPastIsNotRead(t *testing.T) {
	db := sqlstoretest.Open(t, "sqlite:"+t.TempDir()+"/test.db")
	w, ctx := newWard(t, db, nil), t.Context()
	for _, x := range []struct {
		name, index string
		fn          func() error
	}{
		{"appointments of many doctors", "consultations_slot (doctor=? AND slot_start>? AND slot_start<?)", func() error {
			_, err := w.Booked(ctx, []string{doctor, "uother"}, session.Start, session.End)
			return err
		}},
		{"a number of a session", "consultations_slot (doctor=? AND slot_start=?)", func() error {
			_, err := w.book(ctx, patient)
			return err
		}},
		{"what a place is measured by", "consultations_started (doctor=? AND started_at>?)", func() error {
			_, err := w.Request(ctx, w.cmd(), "uwaiting", consult.Wish{Doctor: doctor}, consult.Intake{Complaint: "复诊"})
			if err == nil {
				_, err = w.List(ctx, "uwaiting", consult.SidePatient, consult.Filter{})
			}
			return err
		}},
		{"a doctor's visits with a patient", "consultations_pair (doctor=? AND patient=? AND state=?)", func() error {
			_, err := w.List(ctx, doctor, consult.SideDoctor, consult.Filter{People: []string{"uwaiting"}})
			return err
		}},
	} {
		plans := sqlstoretest.Plans(t, db, "consultations", func() {
			if err := x.fn(); err != nil {
				t.Error(err)
			}
		})
		if !slices.ContainsFunc(plans, func(p string) bool { return strings.Contains(p, x.index) }) {
			t.Errorf("%s:\n%s", x.name, strings.Join(plans, "\n\n"))
		}
	}
}
