// Package consult is visits over HTTP. What is said in them is its folders' chat and socket.
package consult

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/triage"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

var tagConsultations = web.Tag{Name: "Consultations", Office: true,
	Doc: "Online follow-up visits: requested, accepted, active, finished or cancelled."}

// BothSides are the roles with a side in a consultation.
var BothSides = []accounts.Role{accounts.Patient, accounts.Doctor}

// ConsultationID is the path parameter of every operation on one consultation.
type ConsultationID struct {
	ID string `path:"id" doc:"Consultation id: CN and twenty digits, the last two of them check digits" example:"CN20261122012345678947"`
}

// Resolve refuses a mistyped id before any look-up.
func (p *ConsultationID) Resolve(huma.Context) []error {
	if consult.ValidID(p.ID) {
		return nil
	}
	return []error{&huma.ErrorDetail{Location: "path.id", Message: "CN, twenty digits, and the check digits must fit"}}
}

type consultationOutput struct{ Body consult.View }

type requestInput struct {
	Body struct {
		Doctor    string `json:"doctor" minLength:"1" maxLength:"64" doc:"Person id of the doctor" example:"u7k2mq4xw5zt3yb6nc2da"`
		For       string `json:"for,omitempty" pattern:"^u[a-z2-7]{20}$" doc:"Person id of a child the caller manages; left out: for oneself" example:"u7k2mq4xw5zt3yb6nc2da"`
		Complaint string `json:"complaint" minLength:"1" maxLength:"500" doc:"Chief complaint (主诉)" example:"咳嗽三天"`
		Duration  string `json:"duration,omitempty" maxLength:"100" doc:"How long" example:"三天"`
		Prior     string `json:"prior,omitempty" maxLength:"300" doc:"Reference to a hospital's earlier diagnosis (复诊凭证)" example:"2026-08-03 市一医院 J06.9"`
		Guardian  bool   `json:"guardian,omitempty" doc:"The child's guardian is present (监护人陪伴)"`
		// A pointer, because a zero time is a time.
		Slot *time.Time `json:"slot,omitempty" doc:"Beginning of a session of /v1/doctors/{person}/slots: an appointment (预约). Left out: as soon as the doctor can"`
		// Answers are judged with the complaint, and not kept.
		Answers []triage.Answer `json:"answers,omitempty" maxItems:"12" doc:"Answers to the questions of /v1/triage"`
	}
}

type cancelInput struct {
	ConsultationID
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"500" doc:"The doctor must give one" example:"患者要求取消"`
	}
}

type noteInput struct {
	ConsultationID
	Body struct {
		Version   int         `json:"version" minimum:"0" doc:"Version that was seen; 0 for the first note" example:"0"`
		Complaint string      `json:"complaint" minLength:"1" maxLength:"500" doc:"主诉" example:"咳嗽三天，无发热"`
		History   string      `json:"history,omitempty" maxLength:"4000" doc:"现病史" example:"三天前受凉后咳嗽，夜间明显"`
		Plan      string      `json:"plan" minLength:"1" maxLength:"2000" doc:"处理意见" example:"对症用药，多饮水，三天后随访"`
		Diagnoses []string    `json:"diagnoses" maxItems:"10" doc:"ICD-10 codes, the main diagnosis first" example:"[\"J06.900\"]"`
		Prior     []priorBody `json:"prior,omitempty" maxItems:"10" doc:"A hospital's earlier diagnoses whose proof the doctor saw"`
	}
}

type priorBody struct {
	Code     string    `json:"code" doc:"ICD-10 code" example:"J06.9"`
	Hospital string    `json:"hospital" maxLength:"100" example:"市第一人民医院"`
	Date     time.Time `json:"date"`
}

func (in *noteInput) note() consult.Note {
	b := in.Body
	n := consult.Note{Version: b.Version, Complaint: b.Complaint, History: b.History, Plan: b.Plan}
	for _, code := range b.Diagnoses {
		n.Diagnoses = append(n.Diagnoses, consult.Diagnosis{Code: code})
	}
	for _, p := range b.Prior {
		n.Prior = append(n.Prior, consult.PriorDiagnosis(p))
	}
	return n
}

type listInput struct {
	State  []consult.State `query:"state" enum:"requested,accepted,active,finished,cancelled" doc:"Only these states; a doctor's queue is requested"`
	Person string          `query:"person" pattern:"^u[a-z2-7]{20}$" doc:"Only visits of this person. A patient's list: oneself or whose record one reads. A doctor's: whom that doctor has or had; the list of anybody else is empty" example:"u7k2mq4xw5zt3yb6nc2da"`
	Order  string          `query:"order" enum:"newest,waiting" default:"newest" doc:"waiting: who waits longest first, and the queue's true size"`
	Before string          `query:"before" maxLength:"32" doc:"Id of the last one of the page before"`
	Limit  int             `query:"limit" minimum:"1" maximum:"50" default:"20"`
}

type listOutput struct {
	Body struct {
		Consultations []consult.View `json:"consultations" doc:"In the order asked for"`
		Next          string         `json:"next,omitempty" doc:"Give it as before for the next page; empty: the end" example:"CN7k2mq4xw5zt3yb6nc2da"`
		Queue         *consult.Queue `json:"queue,omitempty" doc:"For a doctor who asks for the waiting"`
	}
}

type notesOutput struct {
	Body struct {
		Notes []consult.Note `json:"notes" doc:"Oldest first; none is ever lost"`
	}
}

// RegisterConsultations adds the consultation's life: request, queue, accept, start, note, finish,
// cancel.
func RegisterConsultations(a *web.API, svc *consult.Service, known web.Known) {
	web.Handle(a, web.Op{ID: "request-consultation", Method: http.MethodPost, Path: "/v1/consultations",
		Summary: "Ask a doctor for a consultation (申请问诊)", Tag: tagConsultations,
		Roles: []accounts.Role{accounts.Patient}, Status: http.StatusCreated, Command: true,
		Codes: []string{"consultation-open", "doctor-not-available", "own-doctor", "invalid-input", "not-found",
			"no-such-slot", "slot-full", "period-taken", "visits-cancelled", "emergency"}},
		func(ctx context.Context, in *requestInput) (*consultationOutput, error) {
			b := in.Body
			intake := consult.Intake{Complaint: b.Complaint, Duration: b.Duration, Prior: b.Prior, Guardian: b.Guardian}
			wish := consult.Wish{Doctor: b.Doctor, Answers: b.Answers}
			if b.Slot != nil {
				wish.Slot = *b.Slot
			}
			cmd, me := web.Command(ctx, "consult.request"), web.Caller(ctx).Person
			if b.For == "" || b.For == me {
				v, err := svc.Request(ctx, cmd, me, wish, intake)
				return one(v, err)
			}
			v, err := svc.RequestFor(ctx, cmd, me, b.For, wish, intake)
			return one(v, err)
		})
	web.Handle(a, web.Op{ID: "list-consultations", Method: http.MethodGet, Path: "/v1/consultations",
		Summary: "The caller's consultations: the patient's own, or the doctor's", Tag: tagConsultations,
		Roles: BothSides, Codes: []string{"consultation-not-found"}},
		func(ctx context.Context, in *listInput) (*listOutput, error) {
			return listConsultations(ctx, svc, known, in)
		})
	web.Handle(a, web.Op{ID: "get-consultation", Method: http.MethodGet, Path: "/v1/consultations/{id}",
		Summary: "One consultation", Tag: tagConsultations, Roles: BothSides},
		func(ctx context.Context, in *ConsultationID) (*consultationOutput, error) {
			v, err := svc.Get(ctx, web.Caller(ctx).Person, in.ID)
			return one(v, err)
		})
	registerSteps(a, svc)
	registerNotes(a, svc)
}

func registerSteps(a *web.API, svc *consult.Service) {
	type verb func(context.Context, sqlstore.Command, string, string) (*consult.View, error)
	for _, s := range []struct {
		name, summary string
		do            verb
		codes         []string
	}{
		{"accept", "The doctor accepts (接诊)", svc.Accept, []string{"consultation-state"}},
		{"start", "The doctor begins the visit", svc.Start, []string{"consultation-state"}},
		{"finish", "The doctor ends the visit; the note must be written", svc.Finish,
			[]string{"consultation-state", "note-missing"}},
	} {
		web.Handle(a, web.Op{ID: s.name + "-consultation", Method: http.MethodPost,
			Path: "/v1/consultations/{id}/" + s.name, Summary: s.summary, Tag: tagConsultations,
			Roles: []accounts.Role{accounts.Doctor}, Command: true, Codes: s.codes},
			func(ctx context.Context, in *ConsultationID) (*consultationOutput, error) {
				v, err := s.do(ctx, web.Command(ctx, "consult."+s.name), web.Caller(ctx).Person, in.ID)
				return one(v, err)
			})
	}
	web.Handle(a, web.Op{ID: "cancel-consultation", Method: http.MethodPost, Path: "/v1/consultations/{id}/cancel",
		Summary: "The patient before it is active, or the doctor with a reason, cancels", Tag: tagConsultations,
		Roles: BothSides, Command: true, Ends: true,
		Codes: []string{"consultation-state", "consultation-prescribed", "invalid-input"}},
		func(ctx context.Context, in *cancelInput) (*consultationOutput, error) {
			v, err := svc.Cancel(ctx, web.Command(ctx, "consult.cancel"), web.Caller(ctx).Person, in.ID, in.Body.Reason)
			return one(v, err)
		})
}

func registerNotes(a *web.API, svc *consult.Service) {
	web.Handle(a, web.Op{ID: "write-note", Method: http.MethodPut, Path: "/v1/consultations/{id}/note",
		Summary: "The doctor's note and diagnoses (病历), as a new version", Tag: tagConsultations,
		Roles: []accounts.Role{accounts.Doctor}, Command: true,
		Codes: []string{"consultation-state", "note-version", "invalid-input"}},
		func(ctx context.Context, in *noteInput) (*consultationOutput, error) {
			v, err := svc.WriteNote(ctx, web.Command(ctx, "consult.note"), web.Caller(ctx).Person, in.ID, in.note())
			return one(v, err)
		})
	web.Handle(a, web.Op{ID: "list-notes", Method: http.MethodGet, Path: "/v1/consultations/{id}/notes",
		Summary: "Every version of the note", Tag: tagConsultations, Roles: BothSides},
		func(ctx context.Context, in *ConsultationID) (*notesOutput, error) {
			list, err := svc.Notes(ctx, web.Caller(ctx).Person, in.ID)
			out := &notesOutput{}
			out.Body.Notes = list
			return out, err
		})
}

func listConsultations(ctx context.Context, svc *consult.Service, known web.Known, in *listInput) (*listOutput,
	error) {
	who := web.Caller(ctx)
	side := consult.SidePatient
	if who.Role == accounts.Doctor {
		side = consult.SideDoctor
	}
	people, err := known.Of(ctx, in.Person)
	if err != nil {
		return nil, err
	}
	list, err := svc.List(ctx, who.Person, side, consult.Filter{States: in.State, People: people,
		Before: in.Before, Limit: in.Limit, Queue: in.Order == "waiting"})
	if err != nil {
		return nil, err
	}
	out := &listOutput{}
	out.Body.Consultations = list
	if len(list) == in.Limit {
		out.Body.Next = list[len(list)-1].ID
	}
	if in.Order == "waiting" && side == consult.SideDoctor {
		q, err := svc.Queue(ctx, who.Person)
		if err != nil {
			return nil, err
		}
		out.Body.Queue = &q
	}
	return out, nil
}

func one(v *consult.View, err error) (*consultationOutput, error) {
	if err != nil {
		return nil, err
	}
	return &consultationOutput{Body: *v}, nil
}
