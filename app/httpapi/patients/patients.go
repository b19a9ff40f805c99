// Package patients is profiles over HTTP: real names, families, the desk that knows whose number it
// is, and who read a record.
package patients

import (
	"context"
	"net/http"

	"github.com/smart-hospital/hospital/app/family/right"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/app/patients/profile"
	"github.com/smart-hospital/hospital/prescription/parties"
)

var tagPatients = web.Tag{Name: "Patients", Doc: "Patients' own profiles and their children's."}

type profileOutput struct{ Body patients.View }

type familyOutput struct {
	Body struct {
		Family []patients.View `json:"family"`
		Asking []string        `json:"asking" example:"[\"u7k2mq4xw5zt3yb6nc2da\"]" doc:"Person ids of children the caller asked to be guardian of; a guardian of theirs or the desk confirms"`
	}
}

type updateProfileInput struct {
	web.ProfilePath
	Body struct {
		Phone   string         `json:"phone,omitempty" maxLength:"20" doc:"Mainland mobile number" example:"13800138000"`
		Health  profile.Health `json:"health"`
		Version int64          `json:"version" minimum:"0" doc:"The version that was read" example:"3"`
	}
}

// IdentityBody is a real-name identity as it is entered.
type IdentityBody struct {
	Name      string      `json:"name" minLength:"1" maxLength:"50" example:"陈晓燕"`
	Sex       parties.Sex `json:"sex" enum:"male,female"`
	BirthDate string      `json:"birthDate" format:"date" example:"1985-04-12"`
	NumberBody
}

func (b IdentityBody) identity() identity.Identity {
	id := b.NumberBody.identity()
	id.Name, id.Sex, id.BirthDate = b.Name, b.Sex, b.BirthDate
	return id
}

type bindInput struct{ Body IdentityBody }

type childInput struct {
	Body struct {
		Relation string `json:"relation" enum:"parent,other" doc:"What the caller is to the child"`
		IdentityBody
	}
}

type priorInput struct {
	web.ProfilePath
	Body struct {
		Code     string `json:"code" maxLength:"20" doc:"ICD-10" example:"I10"`
		Hospital string `json:"hospital" minLength:"1" maxLength:"100" doc:"Hospital that made the diagnosis face to face" example:"市第一人民医院"`
		Date     string `json:"date" format:"date" example:"2026-08-03"`
	}
}

// RegisterPatients adds patients' profiles. Only a patient sees them here; a doctor sees a patient
// through a consultation.
func RegisterPatients(a *web.API, svc *patients.Service) {
	web.Handle(a, web.Op{ID: "get-profile", Method: http.MethodGet, Path: "/v1/patients/{person}",
		Summary: "A profile: one's own or a child's", Tag: tagPatients, Roles: web.PatientOnly},
		func(ctx context.Context, in *web.ProfilePath) (*profileOutput, error) {
			me := web.Caller(ctx).Person
			p, err := svc.Get(ctx, me, in.Of(me))
			return &profileOutput{Body: patients.ViewOf(p)}, err
		})
	web.Handle(a, web.Op{ID: "update-profile", Method: http.MethodPut, Needs: right.Own,
		Path:    "/v1/patients/{person}",
		Summary: "Change phone and health", Tag: tagPatients, Roles: web.PatientOnly, Command: true,
		Codes: []string{"version-conflict"}},
		func(ctx context.Context, in *updateProfileInput) (*profileOutput, error) {
			me := web.Caller(ctx).Person
			v, err := svc.Update(ctx, web.Command(ctx, "patients.update"), me, in.Of(me),
				patients.Update{Phone: in.Body.Phone, Health: in.Body.Health, Version: in.Body.Version})
			return &profileOutput{Body: v}, err
		})
	web.Handle(a, web.Op{ID: "bind-identity", Method: http.MethodPost, Path: "/v1/patients/me/identity",
		Summary: "Bind the real name, once (实名认证)", Tag: tagPatients, Roles: web.PatientOnly, Command: true,
		Status: http.StatusCreated,
		Codes:  []string{"identity-bound", "identity-claim", "version-conflict"},
		Doc:    "A number that another profile holds, or that is a member of staff's, is contested: nothing rests on it until it is proven, by binding the insurance card in that name or at the hospital's desk."},
		func(ctx context.Context, in *bindInput) (*profileOutput, error) {
			v, err := svc.Bind(ctx, web.Command(ctx, "patients.bind"), web.Caller(ctx).Person, in.Body.identity())
			return &profileOutput{Body: v}, err
		})
	web.Handle(a, web.Op{ID: "add-diagnosis", Method: http.MethodPost, Needs: right.Own,
		Path:    "/v1/patients/{person}/diagnoses",
		Summary: "Declare an earlier diagnosis of a hospital (既往诊断)",
		Doc:     "For the doctor to ask about: no prescription rests on it until the doctor has seen its proof and written it into the note.", Tag: tagPatients, Roles: web.PatientOnly, Command: true, Status: http.StatusCreated,
		Codes: []string{"profile-full"}},
		func(ctx context.Context, in *priorInput) (*profileOutput, error) {
			me, b := web.Caller(ctx).Person, in.Body
			v, err := svc.AddPrior(ctx, web.Command(ctx, "patients.prior"), me, in.Of(me),
				profile.Prior{Code: b.Code, Hospital: b.Hospital, Date: b.Date})
			return &profileOutput{Body: v}, err
		})
	registerFamily(a, svc)
	registerGuardians(a, svc)
}

func registerFamily(a *web.API, svc *patients.Service) {
	web.Handle(a, web.Op{ID: "list-family", Method: http.MethodGet, Path: "/v1/patients/me/family",
		Summary: "The children the caller manages (家庭成员)", Tag: tagPatients, Roles: web.PatientOnly},
		func(ctx context.Context, _ *struct{}) (*familyOutput, error) {
			list, err := svc.Family(ctx, web.Caller(ctx).Person)
			if err != nil {
				return nil, err
			}
			asking, err := svc.Asking(ctx, web.Caller(ctx).Person)
			out := &familyOutput{}
			out.Body.Family, out.Body.Asking = list, []string{}
			for _, g := range asking {
				out.Body.Asking = append(out.Body.Asking, g.Child)
			}
			return out, err
		})
	web.Handle(a, web.Op{ID: "add-child", Method: http.MethodPost, Path: "/v1/patients/me/family",
		Summary: "Add a child under 18 as its guardian (监护人)", Tag: tagPatients, Roles: web.PatientOnly, Command: true,
		Status: http.StatusCreated,
		Codes:  []string{"identity-not-bound", "identity-refused", "profile-full", "version-conflict"},
		Doc:    "A child that is on file already gets the caller as another guardian (at most two), once a guardian of it or the desk has confirmed that; until then nothing of the child is shown."},
		func(ctx context.Context, in *childInput) (*profileOutput, error) {
			v, err := svc.AddChild(ctx, web.Command(ctx, "patients.child"), web.Caller(ctx).Person,
				patients.Child{Relation: in.Body.Relation, Identity: in.Body.identity()})
			return &profileOutput{Body: v}, err
		})
}
