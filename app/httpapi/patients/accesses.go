package patients

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/smart-hospital/hospital/app/family/right"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/patients/access"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/service"
)

// PatientAccess is one line of "who looked at my record", whichever part of it was read.
type PatientAccess struct {
	About   string    `json:"about" doc:"profile: name, allergies and history, as a visit's doctor sees them; identity: a step of whose number and record it is; family: what a relative read or did, as subject names the operation; log: an administrator asked who looked" enum:"profile,prescription,identity,family,log"`
	Subject string    `json:"subject" doc:"The visit that gave the right, or the prescription that was read; empty for an identity; of a relative, the operation" example:"CN20261122012345678947"`
	Person  string    `json:"person" doc:"Opaque id of the reader" example:"u7k2mq4xw5zt3yb6nc2da"`
	Role    string    `json:"role" example:"doctor"`
	Org     string    `json:"org" example:"h1"`
	Reason  string    `json:"reason" doc:"On what ground" example:"doctor of the visit"`
	At      time.Time `json:"at"`
}

type accessesOutput struct {
	Body struct {
		Accesses []PatientAccess `json:"accesses" doc:"Newest first; the last hundred of each kind"`
	}
}

// RegisterAccesses shows a patient, or a child's guardian, everybody else who read the patient's
// record (谁看过我的记录).
func RegisterAccesses(a *web.API, profiles *patients.Service, prescriptions *service.Service) {
	web.Handle(a, web.Op{ID: "patient-accesses", Method: http.MethodGet, Needs: right.Own,
		Path:    "/v1/patients/{person}/accesses",
		Summary: "Who looked at my record (谁看过我的记录)", Tag: tagPatients, Roles: web.PatientOnly},
		func(ctx context.Context, in *web.ProfilePath) (*accessesOutput, error) {
			me := web.Caller(ctx).Person
			opened, err := profiles.Accesses(ctx, me, in.Of(me)) // refuses whoever may not ask
			if err != nil {
				return nil, err
			}
			ids, err := profiles.Known(ctx, in.Of(me))
			if err != nil {
				return nil, err
			}
			read, err := prescriptions.AccessesOf(ctx, ids...)
			out := &accessesOutput{}
			out.Body.Accesses = merged(opened, read)
			return out, err
		})
}

func merged(opened []access.Line, read []lifecycle.AccessEntry) []PatientAccess {
	list := make([]PatientAccess, 0, len(opened)+len(read))
	for _, a := range opened {
		about, subject := a.About()
		list = append(list, PatientAccess{about, subject, a.Reader, string(a.Role), a.Org, a.Reason, a.At})
	}
	for _, a := range read {
		list = append(list, PatientAccess{"prescription", string(a.Prescription), a.Person, string(a.Role), a.Org,
			a.Reason, a.At})
	}
	slices.SortStableFunc(list, func(a, b PatientAccess) int { return b.At.Compare(a.At) })
	return list
}
