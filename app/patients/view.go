package patients

import "github.com/smart-hospital/hospital/prescription"

// View is a profile as its owner sees it: the id number is masked, because nobody needs to read it again.
type View struct {
	Person    string           `json:"person" doc:"Opaque id" example:"u7k2mq4xw5zt3yb6nc2da"`
	Guardian  string           `json:"guardian,omitempty" doc:"Person id of the guardian who manages it" example:"u7k2mq4xw5zt3yb6nc2da"`
	Relation  string           `json:"relation,omitempty" enum:"parent,other"`
	Bound     bool             `json:"bound" doc:"A real name is bound"`
	Name      string           `json:"name,omitempty" example:"陈晓燕"`
	Sex       prescription.Sex `json:"sex" enum:"male,female,unstated"`
	BirthDate string           `json:"birthDate,omitempty" example:"1990-03-07"`
	IDNumber  string           `json:"idNumber,omitempty" doc:"Masked" example:"110101********1234"`
	Phone     string           `json:"phone,omitempty" example:"13800138000"`
	Health    Health           `json:"health"`
	Prior     []Prior          `json:"prior" doc:"Diagnoses on file, the ground of a follow-up visit"`
	Version   int64            `json:"version" doc:"Send it back with a change" example:"3"`
}

// View returns what the owner is shown.
func (p Profile) View() View {
	v := View{Person: p.Person, Guardian: p.Guardian, Relation: p.Relation, Sex: p.sex(), Phone: p.Phone, Health: p.Health, Prior: p.Prior, Version: p.Version}
	if v.Health.Allergies == nil {
		v.Health.Allergies = []prescription.Allergy{}
	}
	if v.Health.Chronic == nil {
		v.Health.Chronic = []Condition{}
	}
	if v.Prior == nil {
		v.Prior = []Prior{}
	}
	if p.Identity != nil {
		v.Bound, v.Name, v.BirthDate, v.IDNumber = true, p.Identity.Name, p.Identity.BirthDate, MaskIDNumber(p.Identity.IDNumber)
	}
	return v
}
