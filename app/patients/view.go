package patients

import (
	"github.com/smart-hospital/hospital/app/family"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/app/patients/profile"
	"github.com/smart-hospital/hospital/prescription/parties"
)

// View is a profile as its owner sees it: the id number is masked, because nobody needs to read it
// again.
type View struct {
	Person    string            `json:"person" doc:"Opaque id" example:"u7k2mq4xw5zt3yb6nc2da"`
	Guardian  string            `json:"guardian,omitempty" doc:"Person id of the guardian who manages it" example:"u7k2mq4xw5zt3yb6nc2da"`
	Relation  string            `json:"relation,omitempty" enum:"parent,other"`
	Bound     bool              `json:"bound" doc:"A real name is bound: the number is this profile's"`
	Claim     profile.Claim     `json:"claim" enum:",claimed,contested,proven,lost" doc:"What the number is worth. contested: another profile holds it, or it is a member of staff's; prove it at the desk or by the insurance card; lost: somebody else proved it; proven: seen at the desk or named by the bureau"`
	Guardians []GuardianView    `json:"guardians" doc:"Of a child: who may act for it, and who asks to"`
	Name      string            `json:"name,omitempty" example:"陈晓燕"`
	Sex       parties.Sex       `json:"sex" enum:"male,female,unstated"`
	BirthDate string            `json:"birthDate,omitempty" example:"1990-03-07"`
	Document  identity.Document `json:"document,omitempty" enum:"resident,passport,hk-macao-permit,taiwan-permit,foreigner-card,birth-certificate"`
	IDNumber  string            `json:"idNumber,omitempty" doc:"Masked" example:"110101********1234"`
	Phone     string            `json:"phone,omitempty" example:"13800138000"`
	Health    profile.Health    `json:"health"`
	Prior     []profile.Prior   `json:"prior" doc:"Diagnoses on file, the ground of a follow-up visit"`
	Version   int64             `json:"version" doc:"Send it back with a change" example:"3"`
}

// GuardianView is one guardian of a child, or somebody who asks to be.
type GuardianView struct {
	Person   string       `json:"person" example:"u7k2mq4xw5zt3yb6nc2da"`
	Name     string       `json:"name,omitempty" doc:"As it is on file" example:"陈晓燕"`
	Relation string       `json:"relation" enum:"parent,other"`
	State    family.State `json:"state" enum:"asked,confirmed" doc:"asked: a guardian or the desk confirms"`
}

// ViewOf is what the owner is shown.
func ViewOf(p profile.Profile) View {
	v := View{Person: p.Person, Guardian: p.Guardian, Relation: p.Relation, Sex: p.Sex(), Phone: p.Phone,
		Health: p.Health, Prior: p.Prior, Claim: p.Claim, Version: p.Version, Guardians: []GuardianView{}}
	for _, g := range p.Family {
		if g.State != family.Ended {
			v.Guardians = append(v.Guardians,
				GuardianView{Person: g.Guardian, Name: g.Name, Relation: g.Relation, State: g.State})
		}
	}
	if v.Health.Allergies == nil {
		v.Health.Allergies = []parties.Allergy{}
	}
	if v.Health.Chronic == nil {
		v.Health.Chronic = []profile.Condition{}
	}
	if v.Prior == nil {
		v.Prior = []profile.Prior{}
	}
	if p.Identity != nil {
		v.Name, v.BirthDate, v.IDNumber, v.Document = p.Identity.Name, p.Identity.BirthDate, p.Identity.Masked(),
			p.Identity.Kind()
		v.Bound = p.Bound()
	}
	return v
}
