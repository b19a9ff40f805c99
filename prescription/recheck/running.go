package recheck

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/rules"
)

// runningSpan is how far back a prescription may have been drafted and its medicine still be taken:
// the longest supply, fetched on the last day of validity.
const runningSpan = (medicine.MaxDays + rules.MaxValidDays + 1) * 24 * time.Hour

// Running looks for what a patient takes or may still fetch, whoever wrote it: signed, approved,
// paid and claimed prescriptions within their validity, and dispensed ones whose days of supply are
// not over, under every id the patient had; also copies from other applications' hospitals, which
// know the patient under another id: by name, sex and date of birth, and marked as such. The
// prescription except is left out: it is the one judged.
func (s *Checks) Running(tx *gorm.DB, patient parties.Patient, except prescription.ID) (rules.Running, error) {
	at, ids := s.Time(), patient.IDs()
	var r rules.Running
	for _, whose := range []lifecycle.Filter{{Patients: ids}, {Alike: &patient}} {
		whose.Statuses, whose.DraftedSince, whose.Limit = lifecycle.Unfinished, at.Add(-runningSpan),
			lifecycle.MaxListed
		list, err := s.Store.Page(tx, whose)
		if err != nil {
			return rules.Running{}, err
		}
		r.Unknown = r.Unknown || list.Next.ID != "" || list.Unread > 0
		for _, p := range list.Items {
			same := slices.Contains(ids, p.State().Patient.Person)
			alike := whose.Alike != nil && !same
			if (same && whose.Alike == nil || alike) && p.ID() != except {
				r.Items = append(r.Items, p.RunningAt(at, alike)...)
			}
		}
	}
	slices.SortStableFunc(r.Items, func(a, b rules.RunningItem) int {
		return cmp.Or(strings.Compare(a.Drug.Code, b.Drug.Code),
			strings.Compare(string(a.Prescription), string(b.Prescription)))
	})
	return r, nil
}

// TakesStill makes sure, in a step's transaction, that the patient takes what the step was judged
// by. The transaction is serialisable and writes one of the rows that it reads here of the others,
// so that of two steps on two prescriptions of one patient, at two counters, the later one always
// sees the earlier: ErrStale.
func (s *Checks) TakesStill(tx *gorm.DB, p prescription.ID, taker parties.Patient,
	judged rules.Running) error {
	if taker.Person == "" { // nothing was judged
		return nil
	}
	now, err := s.Running(tx, taker, p)
	if err == nil && !reflect.DeepEqual(now, judged) {
		err = fmt.Errorf("%w: the patient's other prescriptions have moved", prescription.ErrStale)
	}
	return err
}
