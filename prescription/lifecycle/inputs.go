package lifecycle

import (
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/document"
	"github.com/smart-hospital/hospital/prescription/rules"
	"github.com/smart-hospital/hospital/prescription/trace"
	"time"
) // ClaimInput is what a pharmacy got from the patient.
type ClaimInput struct {
	AccessCode string           `json:"accessCode" doc:"Access code from the pick-up QR text" minLength:"52" maxLength:"52" example:"K7QM2XW5ZT3YB6NC2DAJ4HRLGPSFVGVEK7QM2XW5ZT3YB6NC2DAJ"`
	Overrides  []rules.Override `json:"overrides,omitempty" doc:"A written reason for every serious finding that is new since issue and review" maxItems:"50"`
}

// HandOut is what a dispensing pharmacist confirms.
type HandOut struct {
	Secret    string                `json:"secret" doc:"Secret of the claim" minLength:"52" maxLength:"52" example:"K7QM2XW5ZT3YB6NC2DAJ4HRLGPSFVGVEK7QM2XW5ZT3YB6NC2DAJ"`
	Checklist document.Checklist    `json:"checklist" doc:"四查十对; every point must be confirmed"`
	Items     []trace.DispensedItem `json:"items" doc:"Every item with the trace codes of its packages" minItems:"1" maxItems:"20"`
	Overrides []rules.Override      `json:"overrides,omitempty" doc:"A written reason for every warning that is new since issue and review and that the claim did not answer" maxItems:"50"`

	// Contact answers critical findings that are new since issue and review.
	Contact *PrescriberContact `json:"contact,omitempty" doc:"The prescriber's answer, needed for a critical finding that is new since issue and review"`
}

// Decision is a review's input.
type Decision struct {
	Reasons   []string         `json:"reasons,omitempty" doc:"Reasons; at least one for a rejection" maxItems:"10" example:"[\"剂量超过说明书最大用量\"]"`
	Overrides []rules.Override `json:"overrides,omitempty" doc:"For an approval: a written reason for every serious finding that is new since the issue" maxItems:"50"`
}

const maxReasons = 10

func (d Decision) check(needed bool) error {
	if needed && len(d.Reasons) == 0 {
		return rules.RuleReason.Refuse("reasons", "审方不通过须写明理由", "a rejection states its reasons")
	}
	if len(d.Reasons) > maxReasons {
		return prescription.Invalid("reasons", "at most 10")
	}
	for i := range d.Reasons {
		if !prescription.CleanReason(&d.Reasons[i]) {
			return prescription.Invalid(prescription.Nth("reasons", i), "4 to 500 characters")
		}
	}
	return nil
}

// Choice is the pharmacy a patient means to go to. It binds nobody: whoever is shown the pick-up
// code may claim.
type Choice struct {
	Pharmacy string    `json:"pharmacy" doc:"Member id" example:"p1"`
	At       time.Time `json:"at"`
}

// Chosen is a prescription whose patient chose the pharmacy that asks, and when.
type Chosen struct {
	ID prescription.ID
	At time.Time
}
