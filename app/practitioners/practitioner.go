// Package practitioners is the register of doctors and pharmacists (医务人员): who applied with
// which licence, who was approved, who is suspended, and who is at work now. It promises that
// nobody is in office before an administrator's recorded decision. It does not judge what a
// practitioner may prescribe; the prescription room's rules do.
package practitioners

import (
	"errors"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
)

// State of a registration.
type State string

// States of a registration.
const (
	Pending   State = "pending"   // an administrator moves next
	Approved  State = "approved"  // in office
	Suspended State = "suspended" // out of office; an administrator may approve again
)

// Errors of this package, beside invalid.ErrInput.
var (
	ErrNotFound     = errors.New("practitioners: not registered")
	ErrRegistered   = errors.New("practitioners: registration was decided already")
	ErrLicenceTaken = errors.New("practitioners: licence is registered for somebody else")
	ErrState        = errors.New("practitioners: not possible in this state")
	ErrNotApproved  = errors.New("practitioners: not in office")
	ErrUnidentified = errors.New("practitioners: the number of a document was not entered")
)

// Practitioner is one line of the register.
type Practitioner struct {
	Person        string        `json:"person" example:"u7k2mq4xw5zt3yb6nc2da"`
	Role          accounts.Role `json:"role" example:"doctor"` // doctor, reviewer or dispenser
	Org           string        `json:"org" example:"h1"`
	Name          string        `json:"name" example:"李明德"`
	Title         string        `json:"title" example:"attending"`
	Licence       string        `json:"licence" example:"110310100012345"`
	LicensedUntil string        `json:"licensedUntil" example:"2031-12-31"` // last day, YYYY-MM-DD
	// first day of independent practice, YYYY-MM-DD
	PracticeSince string `json:"practiceSince" example:"2012-07-01"`
	Department    string `json:"department" example:"respiratory"` // code, doctors only
	Paediatric    bool   `json:"paediatric"`
	FeeFen        int64  `json:"feeFen" example:"2000"` // of one consultation
	State         State  `json:"state" example:"approved"`
	Version       int64  `json:"version" example:"3"`
	Unidentified  bool   `json:"unidentified,omitempty" doc:"To administrators: the number of a document is not entered yet"`
}

// Titles of pharmacists (药学专业技术职务). The lowest one, 药士, is missing: reviewing and handing
// out need at least a pharmacist (处方管理办法 art. 31).
const (
	Pharmacist               = "pharmacist"                 // 药师
	PharmacistInCharge       = "pharmacist-in-charge"       // 主管药师
	AssociateChiefPharmacist = "associate-chief-pharmacist" // 副主任药师
	ChiefPharmacist          = "chief-pharmacist"           // 主任药师
)

// titlesOf lists the titles of a role, ascending.
var titlesOf = map[accounts.Role][]string{
	accounts.Doctor: {string(parties.Resident), string(parties.Attending),
		string(parties.AssociateChief), string(parties.Chief)},
	accounts.Reviewer:  {Pharmacist, PharmacistInCharge, AssociateChiefPharmacist, ChiefPharmacist},
	accounts.Dispenser: {Pharmacist, PharmacistInCharge, AssociateChiefPharmacist, ChiefPharmacist},
}

// AntibioticRight is the highest antibiotic grade a title may prescribe (抗菌药物临床应用管理办法
// art. 24), for display; the prescription room's rule decides.
func AntibioticRight(title string) medicine.Grade {
	switch parties.Title(title) {
	case parties.Chief, parties.AssociateChief:
		return medicine.SpecialUse
	case parties.Attending:
		return medicine.Restricted
	case parties.Resident:
		return medicine.Unrestricted
	}
	return medicine.NoAntibiotic
}

const dateLayout = "2006-01-02"

func startOfDay(date string) time.Time {
	t, err := time.ParseInLocation(dateLayout, date, china.Zone)
	if err != nil {
		return time.Time{} // the store holds checked dates only
	}
	return t
}

// validUntil is the first moment after the licence's last day; zero unless in office.
func (p Practitioner) validUntil() time.Time {
	if p.State != Approved {
		return time.Time{}
	}
	return startOfDay(p.LicensedUntil).AddDate(0, 0, 1)
}
