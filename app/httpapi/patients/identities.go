package patients

import (
	"context"
	"net/http"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/app/problem"
)

var tagIdentities = web.Tag{Name: "Identities",
	Doc: "The desk: whose number it is, and who is guardian, by documents that were seen."}

// NumberBody is the number of a document as it is shown at the desk.
type NumberBody struct {
	Document identity.Document `json:"document,omitempty" enum:"resident,passport,hk-macao-permit,taiwan-permit,foreigner-card,birth-certificate" doc:"Left out: a resident id card"`
	Country  string            `json:"country,omitempty" maxLength:"3" doc:"Of a passport: three letters (ISO 3166-1)" example:"FRA"`
	IDNumber string            `json:"idNumber" minLength:"5" maxLength:"32" example:"11010519491231002X"`
}

func (b NumberBody) identity() identity.Identity {
	return identity.Identity{Document: b.Document, Country: b.Country, IDNumber: b.IDNumber}
}

type findInput struct{ Body NumberBody }

type windowListOutput struct {
	Body struct {
		Records []patients.DeskRecord `json:"records" doc:"Who holds the number first"`
	}
}

type windowOutput struct{ Body patients.DeskRecord }

type proveInput struct {
	web.PersonPath
	Body IdentityBody
}

type freeInput struct {
	web.PersonPath
	Body NumberBody
}

type replaceInput struct {
	web.PersonPath
	Body struct {
		IdentityBody
		Former NumberBody `json:"former" doc:"The document that the record rests on until now"`
	}
}

type windowGuardianInput struct {
	Body struct {
		Child    NumberBody `json:"child"`
		Guardian NumberBody `json:"guardian"`
		Relation string     `json:"relation" enum:"parent,other" doc:"What the guardian is to the child"`
		End      bool       `json:"end,omitempty" doc:"End it instead"`
	}
}

type staffNumberInput struct {
	web.PersonPath
	Body NumberBody
}

// RegisterIdentities adds the desk (窗口核验): an administrator of the hospital compares a document
// with the person who shows it.
func RegisterIdentities(a *web.API, svc *patients.Service, hospital string) {
	desk := func(ctx context.Context) (accounts.Account, error) {
		who := web.Caller(ctx)
		if who.Org != hospital {
			return who, problem.New("forbidden", "the desk is the hospital's")
		}
		return who, nil
	}
	web.Handle(a, web.Op{ID: "desk-find-identity", Method: http.MethodPost, Path: "/v1/admin/identities/find",
		Summary: "Who has a number, by the document shown at the desk", Tag: tagIdentities, Roles: web.AdminOnly,
		Doc: "Names, and how sure each claim is; nothing of anybody's health. Every look is in the access log of those it showed."},
		func(ctx context.Context, in *findInput) (*windowListOutput, error) {
			who, err := desk(ctx)
			if err != nil {
				return nil, err
			}
			list, err := svc.DeskFind(ctx, who, in.Body.identity())
			out := &windowListOutput{}
			out.Body.Records = list
			return out, err
		})
	web.Handle(a, web.Op{ID: "desk-prove-identity", Method: http.MethodPost,
		Path:    "/v1/admin/identities/{person}/prove",
		Summary: "A person proved the number at the desk (身份核验)", Tag: tagIdentities, Roles: web.AdminOnly,
		Command: true,
		Codes:   []string{"identity-claim"},
		Doc:     "Whoever held the number loses it, and the keys that bear the name of the human whose number it is. A record without a log-in, of a child that came of age, passes to the person; its guardians end."},
		func(ctx context.Context, in *proveInput) (*windowOutput, error) {
			who, err := desk(ctx)
			if err != nil {
				return nil, err
			}
			r, err := svc.ProveAtDesk(ctx, web.Command(ctx, "identities.prove"), who, in.Person, in.Body.identity())
			return &windowOutput{r}, err
		})
	web.Handle(a, web.Op{ID: "desk-free-identity", Method: http.MethodPost, Path: "/v1/admin/identities/{person}/free",
		Summary: "Take a number from a log-in that only typed it (释放证件号码)", Tag: tagIdentities, Roles: web.AdminOnly,
		Command: true,
		Codes:   []string{"identity-claim"},
		Doc:     "For a child's number that a stranger typed: its guardian, whose documents were seen, enters it anew."},
		func(ctx context.Context, in *freeInput) (*windowOutput, error) {
			who, err := desk(ctx)
			if err != nil {
				return nil, err
			}
			r, err := svc.FreeAtDesk(ctx, web.Command(ctx, "identities.free"), who, in.Person, in.Body.identity())
			return &windowOutput{r}, err
		})
	web.Handle(a, web.Op{ID: "desk-replace-identity", Method: http.MethodPost,
		Path:    "/v1/admin/identities/{person}/replace",
		Summary: "Another document of the same person (换证)", Tag: tagIdentities, Roles: web.AdminOnly, Command: true,
		Codes: []string{"identity-claim", "staff-twice", "own-account"},
		Doc:   "Both documents were seen at the desk: a renewed passport, a child's number after its birth certificate, a number that was mistyped. The record stays as it is. Where the person works here, the log-in for that takes the new number too."},
		func(ctx context.Context, in *replaceInput) (*windowOutput, error) {
			who, err := desk(ctx)
			if err != nil {
				return nil, err
			}
			r, err := svc.ReplaceAtDesk(ctx, web.Command(ctx, "identities.replace"), who, in.Person,
				in.Body.Former.identity(), in.Body.identity())
			return &windowOutput{r}, err
		})
	web.Handle(a, web.Op{ID: "desk-guardian", Method: http.MethodPost, Path: "/v1/admin/identities/guardians",
		Summary: "Confirm or end a guardian whose documents were seen at the desk (监护关系核验)", Tag: tagIdentities,
		Roles: web.AdminOnly, Command: true,
		Codes: []string{"identity-claim", "identity-refused", "identity-not-bound", "profile-full"}},
		func(ctx context.Context, in *windowGuardianInput) (*windowOutput, error) {
			who, err := desk(ctx)
			if err != nil {
				return nil, err
			}
			r, err := svc.DeskGuardian(ctx, web.Command(ctx, "identities.guardian"), who, in.Body.Child.identity(),
				in.Body.Guardian.identity(), in.Body.Relation, in.Body.End)
			return &windowOutput{r}, err
		})
	web.Handle(a, web.Op{ID: "staff-number", Method: http.MethodPut, Path: "/v1/admin/practitioners/{person}/identity",
		Summary: "Enter the number of a member of staff's document", Tag: tagIdentities, Roles: web.AdminOnly,
		Command: true, Status: http.StatusNoContent,
		Doc:   "One human is one person before every rule, whatever the log-in: nobody reviews, treats or prescribes for himself. Log-ins without a key yet get one name for their certificates, so that the chain sees one person as well. Only a keyed digest of the number is kept. Needed before a practitioner is put into office.",
		Codes: []string{"staff-twice", "own-account"}},
		func(ctx context.Context, in *staffNumberInput) (*struct{}, error) {
			return nil, svc.EnterStaff(ctx, web.Command(ctx, "staff.number"), web.Caller(ctx), in.Person,
				in.Body.identity())
		})
}

type guardianInput struct {
	web.ProfilePath
	Guardian string `path:"guardian" pattern:"^(me|u[a-z2-7]{20})$" doc:"me, or the person id of another guardian"`
}

func (in guardianInput) guardian(caller string) string {
	if in.Guardian == "me" {
		return caller
	}
	return in.Guardian
}

// registerGuardians adds what a child's guardians and its owner do with its record themselves.
func registerGuardians(a *web.API, svc *patients.Service) {
	web.Handle(a, web.Op{ID: "withdraw-identity", Method: http.MethodDelete, Path: "/v1/patients/me/identity",
		Summary: "Take back a number that another profile holds", Tag: tagPatients, Roles: web.PatientOnly,
		Command: true, Ends: true, Codes: []string{"identity-claim"}},
		func(ctx context.Context, _ *struct{}) (*profileOutput, error) {
			v, err := svc.Withdraw(ctx, web.Command(ctx, "patients.withdraw"), web.Caller(ctx).Person)
			return &profileOutput{Body: v}, err
		})
	web.Handle(a, web.Op{ID: "confirm-guardian", Method: http.MethodPost,
		Path:    "/v1/patients/{person}/guardians/{guardian}/confirm",
		Summary: "Confirm a second guardian of a child (监护人确认)", Tag: tagPatients, Roles: web.PatientOnly,
		Command: true,
		Codes:   []string{"identity-claim", "profile-full", "identity-not-bound"}},
		func(ctx context.Context, in *guardianInput) (*profileOutput, error) {
			me := web.Caller(ctx).Person
			v, err := svc.ConfirmGuardian(ctx, web.Command(ctx, "patients.guardian"), me, in.Of(me), in.guardian(me))
			return &profileOutput{Body: v}, err
		})
	web.Handle(a, web.Op{ID: "end-guardian", Method: http.MethodDelete,
		Path:    "/v1/patients/{person}/guardians/{guardian}",
		Summary: "Refuse somebody who asks to be guardian, or give it up oneself", Tag: tagPatients,
		Roles: web.PatientOnly, Command: true, Ends: true,
		Codes: []string{"identity-claim"}},
		func(ctx context.Context, in *guardianInput) (*profileOutput, error) {
			me := web.Caller(ctx).Person
			v, err := svc.EndGuardian(ctx, web.Command(ctx, "patients.guardian.end"), me, in.Of(me), in.guardian(me))
			return &profileOutput{Body: v}, err
		})
}
