package service

import (
	"fmt"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

// issued are the statuses of prescriptions that are issued and not over.
var issued = []prescription.Status{prescription.Signed, prescription.Approved, prescription.Paid,
	prescription.Claimed}

// Runs tells, in the caller's transaction, whether a prescription of one of some patients is issued
// and not over: the chain names who may act for it. One that cannot be read counts.
func (s *Service) Runs(tx *gorm.DB, patients ...string) (bool, error) {
	list, err := s.Store.Page(tx, lifecycle.Filter{Patients: patients, Statuses: issued, Limit: 1})
	return len(list.Items)+list.Unread > 0, err
}

// InForce are, in the caller's transaction, the prescriptions of some patients that are issued and
// not over and those whose money is to go back, at most limit of each. It fails when one of them
// cannot be read.
func (s *Service) InForce(tx *gorm.DB, limit int, patients ...string) (ids []prescription.ID, _ error) {
	for _, f := range []lifecycle.Filter{
		{Statuses: issued},
		{Refund: lifecycle.RefundDue},
	} {
		f.Patients, f.Limit = patients, limit
		list, err := s.Store.Page(tx, f)
		if err != nil {
			return nil, err
		}
		if list.Unread > 0 {
			return nil, fmt.Errorf("prescription: %d of a patient cannot be read", list.Unread)
		}
		for _, p := range list.Items {
			ids = append(ids, p.ID())
		}
	}
	return ids, nil
}
