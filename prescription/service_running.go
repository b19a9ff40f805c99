package prescription

import (
	"context"
	"slices"
	"strings"
	"time"
)

// runningSpan is how far back a prescription may have been drafted and its medicine still be taken: the longest supply, fetched on the
// last day of validity.
const runningSpan = (MaxDays + MaxValidDays + 1) * 24 * time.Hour

// running looks for what a patient has at home or may fetch: approved, paid and claimed prescriptions, and dispensed ones whose days of
// supply are not over.
func (s *Service) running(ctx context.Context, patient string) (Running, error) {
	at := s.now()
	list, err := s.Store.List(s.DB.WithContext(ctx), Filter{
		Patient: patient, Statuses: []Status{Approved, Paid, Claimed, Dispensed}, DraftedSince: at.Add(-runningSpan), Limit: MaxListed,
	})
	if err != nil {
		return Running{}, err
	}
	r := Running{Unknown: len(list) == MaxListed}
	for _, p := range list {
		if p.s.Patient.Person != patient { // the filter also finds those of a guardian's children
			continue
		}
		for _, it := range p.s.Items {
			known := slices.ContainsFunc(r.Drugs, func(d Drug) bool { return d.Code == it.Drug.Code })
			if p.runs(it, at) && !known {
				r.Drugs = append(r.Drugs, it.Drug)
			}
		}
	}
	slices.SortFunc(r.Drugs, func(a, b Drug) int { return strings.Compare(a.Code, b.Code) })
	return r, nil
}

// runs tells whether an item is still being taken or may still be fetched.
func (p *Prescription) runs(it Item, at time.Time) bool {
	if d := p.s.Dispensing; d != nil {
		return at.Before(d.At.AddDate(0, 0, it.Days))
	}
	return p.s.Status == Claimed || at.Before(p.s.ExpiresAt)
}
