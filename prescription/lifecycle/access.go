package lifecycle

import (
	"slices"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/prescription"
)

// Sight is how much of a prescription somebody may see.
type Sight int

// Sights. Nothing looks like "not found" outside.
const (
	Nothing Sight = iota
	StatusOnly
	Everything
)

// Access is a decision with its reason, shown in the access log.
type Access struct {
	Sight  Sight
	Reason string
}

// MaySee decides what an actor sees of a prescription; accessCode is what he showed, empty for
// none. It is pure.
func MaySee(a intent.Actor, p *Prescription, accessCode string) Access {
	s := &p.s
	switch a.Role {
	case chain.RoleDoctor:
		if a.Person == s.Doctor.Person {
			return Access{Everything, "treating doctor"}
		}
	case chain.RolePatient:
		if s.Status != prescription.Draft && s.ownedBy(a) {
			return Access{Everything, "own prescription"}
		}
	case chain.RoleReviewer:
		if s.Status != prescription.Draft && a.Org == s.Hospital {
			return Access{Everything, "reviewer of the hospital"}
		}
	case chain.RoleDispenser:
		return s.pharmacySees(a.Org, accessCode)
	case prescription.RoleRegulator:
		if s.Status != prescription.Draft {
			return Access{StatusOnly, "regulator"}
		}
	}
	return Access{Nothing, "not yours"}
}

// ownedBy: the patient, or who is its guardian now. A guardian's rights end at 18, whoever was with
// the child at the visit.
func (s *State) ownedBy(a intent.Actor) bool {
	return a.Role == chain.RolePatient && a.ActsFor(s.Patient.Person)
}

// names tells whether the chain takes an owner's signature: the patient's, and those of its
// guardians when it was issued. One who became guardian later sees everything and signs nothing of
// it.
func (s *State) names(a intent.Actor) bool { return slices.Contains(s.Patient.Parties(), a.Name()) }

func (s *State) pharmacySees(org, accessCode string) Access {
	switch {
	case s.Status == prescription.Draft || org == "":
		return Access{Nothing, "not yours"}
	case s.Claim != nil && s.Claim.Pharmacy == org:
		return Access{Everything, "holder of the claim"}
	case s.Claim == nil && s.opens(accessCode):
		return Access{Everything, "patient's access code"}
	case s.knows(accessCode):
		return Access{StatusOnly, "locked by another pharmacy"}
	}
	return Access{Nothing, "neither access code nor claim"}
}
