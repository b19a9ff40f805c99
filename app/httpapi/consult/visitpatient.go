package consult

import (
	"context"
	"net/http"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/patients/access"
	"github.com/smart-hospital/hospital/app/patients/profile"
	"github.com/smart-hospital/hospital/prescription/parties"
)

// VisitPatient is the person before the doctor, as far as the visit needs it: no id number, no
// phone, no address.
type VisitPatient struct {
	Bound    bool            `json:"bound" doc:"A real name is bound; nothing can be prescribed before"`
	Name     string          `json:"name" doc:"Empty until a real name is bound" example:"陈晓燕"`
	Sex      parties.Sex     `json:"sex" enum:"male,female,unstated"`
	Age      int             `json:"age" doc:"Completed years; 0 until a real name is bound" example:"36"`
	AgeOf    parties.Age     `json:"ageOf" doc:"The same with months and days, for infants"`
	Birth    string          `json:"birth,omitempty" doc:"Date of birth" example:"1990-03-07"`
	Weight   int64           `json:"weightGrams,omitempty" doc:"In grams, as far as it counts as known: a child's for three months" example:"9400"`
	Guardian string          `json:"guardian,omitempty" doc:"Name of the guardian who consults for a child" example:"陈晓燕"`
	Relative string          `json:"relative,omitempty" doc:"Name of the relative who consults for an adult, as long as that one lets it (家人代办)" example:"陈晓燕"`
	Health   profile.Health  `json:"health"`
	Prior    []profile.Prior `json:"prior" doc:"Earlier diagnoses, the ground of a follow-up visit (复诊)"`
}

type visitPatientOutput struct{ Body VisitPatient }

// RegisterVisitPatients shows a doctor the patient of a visit: name, age, allergies and history at
// hand (患者概况). To another doctor, and after a cancellation, the visit does not exist; some time
// after its end the record is closed to its doctor.
func RegisterVisitPatients(a *web.API, visits *consult.Service, profiles *patients.Service) {
	web.Handle(a, web.Op{ID: "get-visit-patient", Method: http.MethodGet, Path: "/v1/consultations/{id}/patient",
		Summary: "The patient before the doctor: name, age, allergies, history (患者概况)",
		Tag:     tagConsultations, Roles: []accounts.Role{accounts.Doctor}, Codes: []string{"consultation-over"},
		Doc: web.NotedDoc},
		func(ctx context.Context, in *ConsultationID) (*visitPatientOutput, error) {
			v, err := visits.Treated(ctx, web.Caller(ctx).Person, in.ID)
			if err != nil {
				return nil, err
			}
			p, err := visitPatient(ctx, profiles, v.Patient, v.Guardian)
			if err != nil {
				return nil, err
			}
			who := web.Caller(ctx)
			err = profiles.NoteAccess(ctx,
				access.Line{Person: v.Patient, Visit: v.ID, Reader: who.Person, Role: who.Role, Org: who.Org,
					Reason: "doctor of the visit"})
			return &visitPatientOutput{Body: p}, err
		})
}

// visitPatient reads the visit's patient, with the guardian who asked for it as long as that one is
// its guardian.
func visitPatient(ctx context.Context, profiles *patients.Service, person, guardian string) (VisitPatient, error) {
	asks := person
	if guardian != "" {
		asks = guardian
	}
	ids, err := profiles.Known(ctx, person) // the record may have passed to its owner since
	if err != nil {
		return VisitPatient{}, err
	}
	on, err := profiles.Get(ctx, ids[0], ids[0])
	if err != nil {
		return VisitPatient{}, err
	}
	view := patients.ViewOf(on)
	out := VisitPatient{Bound: view.Bound, Name: view.Name, Sex: view.Sex, Health: view.Health, Prior: view.Prior}
	if view.Bound {
		who, _, err := profiles.AtVisit(ctx, asks, person)
		if err != nil {
			return VisitPatient{}, err
		}
		now := profiles.Now()
		out.Age, out.AgeOf, out.Birth, out.Weight, out.Guardian = who.AgeAt(now), who.AgeOf(now), view.BirthDate,
			who.WeightAt(now), who.GuardianName
		for _, g := range who.Guardians {
			if who.Guardian == "" && g.Person == guardian {
				out.Relative = g.Name
			}
		}
	}
	return out, nil
}
