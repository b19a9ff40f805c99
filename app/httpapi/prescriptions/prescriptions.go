// Package prescriptions is prescriptions over HTTP: drafts, prepared steps, readings, and the
// bundles that carry one to another application.
package prescriptions

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/family/right"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/pickup"
	"github.com/smart-hospital/hospital/prescription/reading"
	"github.com/smart-hospital/hospital/prescription/rules"
	"github.com/smart-hospital/hospital/prescription/service"
	"github.com/smart-hospital/hospital/prescription/view"
)

var tagPrescriptions = web.Tag{Name: "Prescriptions", Office: true,
	Doc: "Drafts, and the prepared acts of a prescription's life."}

// PrescriptionID is the path parameter of every operation on one prescription.
type PrescriptionID struct {
	ID string `path:"id" doc:"Prescription number: RX and twenty digits, the last two of them check digits (ISO 7064 MOD 97-10)" example:"RX20261122012345678947"`
}

// Resolve refuses a mistyped number before any look-up.
func (p *PrescriptionID) Resolve(huma.Context) []error {
	if _, err := prescription.ParseID(p.ID); err != nil {
		return []error{&huma.ErrorDetail{Location: "path.id",
			Message: "RX, twenty digits, and the check digits must fit"}}
	}
	return nil
}

type draftInput struct{ Body service.DraftInput }

type editInput struct {
	PrescriptionID
	Body struct {
		service.DraftInput
		Version int64 `json:"version" minimum:"1" doc:"Version that was seen" example:"3"`
	}
}

type lookupInput struct {
	Body struct {
		Pickup string `json:"pickup" minLength:"1" maxLength:"200" doc:"Text of the patient's pick-up QR code" example:"RXP1:RX20261122012345678947:…"`
	}
}

type shortLookupInput struct {
	Body struct {
		Code string `json:"code" pattern:"^[0-9]{8}$" doc:"The eight digits that the patient says" example:"40718263"`
		Tail string `json:"tail" pattern:"^[0-9A-Za-z]{4}$" doc:"Last four characters of the patient's phone or document number" example:"4021"`
	}
}

type (
	shortOutput struct{ Body *pickup.ShortCode }
	foundOutput struct{ Body *pickup.Found }
)

type rxListInput struct {
	Status []prescription.Status `query:"status" doc:"Only these statuses; a reviewer's queue is signed"`
	Visit  string                `query:"visit" maxLength:"22" doc:"Only those of this consultation" example:"CN20261122012345678947"`
	Person string                `query:"person" pattern:"^u[a-z2-7]{20}$" doc:"A patient's list: only those of this person, oneself or whose record one reads" example:"u7k2mq4xw5zt3yb6nc2da"`
	Cursor string                `query:"cursor" maxLength:"64" doc:"next of the page before"`
	Limit  int                   `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

// Resolve refuses a mistyped visit, which would look like one without prescriptions.
func (in *rxListInput) Resolve(huma.Context) []error {
	if in.Visit == "" || consult.ValidID(in.Visit) {
		return nil
	}
	return []error{&huma.ErrorDetail{Location: "query.visit",
		Message: "CN, twenty digits, and the check digits must fit"}}
}

// stepInput is the input of one prepare operation.
type stepInput[B any] struct {
	PrescriptionID
	Body B
}

type (
	rxOutput       struct{ Body *view.View }
	rxReportOutput struct{ Body rules.Report }
	rxListOutput   struct{ Body *reading.Page }
	rxEventsOutput struct {
		Body struct {
			Events []reading.EventView `json:"events" doc:"In order; the chain's record of each says the same digest"`
		}
	}
	rxAccessesOutput struct {
		Body struct {
			Accesses []reading.AccessView `json:"accesses" doc:"Newest first"`
		}
	}
)

// RegisterPrescriptions adds drafting, reading and the prepare operation of every personal act; the
// signature itself goes to /v1/intents/{id}/sign.
func RegisterPrescriptions(a *web.API, svc *service.Service, signers web.Signers, known web.Known) {
	web.Described[prescription.Status, statusText](a)
	web.Values[view.CancellationView](a, "role", contract.Of(chain.KindCancel).Roles(contract.Newest))
	web.Values[lifecycle.LostStep](a, "kind", lifecycle.Losing)
	registerDrafts(a, svc, signers)
	registerPrescriptionReads(a, svc, known)
	registerRxSteps(a, svc, signers)
	registerUpkeep(a, svc)
	registerReady(a, svc)
	web.Signs(a, chain.SubjectRx, "prescription", svc.Sign, chain.KindCancel)
}

// statusText describes a prescription's status.
type statusText string

// Schema implements huma.SchemaProvider.
func (statusText) Schema(huma.Registry) *huma.Schema { return web.OneOf(prescription.Statuses) }

func registerDrafts(a *web.API, svc *service.Service, signers web.Signers) {
	doctor := []accounts.Role{accounts.Doctor}
	codes := []string{"invalid-input", "no-key", "key-pending", "not-found"}
	web.Handle(a, web.Op{ID: "create-draft", Method: http.MethodPost, Path: "/v1/prescriptions",
		Summary: "Draft a prescription (开方草稿)", Tag: tagPrescriptions, Roles: doctor,
		Status: http.StatusCreated, Command: true, Codes: append(codes, "status", "stale"),
		Doc: "Reserves the number. The answer lists what stands against signing: refusals of hard rules with their law, and findings; a critical or warning one needs a written override. With supersedes a rejected prescription is reworked."},
		func(ctx context.Context, in *draftInput) (*rxOutput, error) {
			actor, err := web.SigningActor(ctx, signers)
			if err != nil {
				return nil, err
			}
			v, err := svc.CreateDraft(ctx, actor, web.Command(ctx, "rx.draft"), in.Body)
			return &rxOutput{v}, err
		})
	web.Handle(a, web.Op{ID: "update-draft", Method: http.MethodPut, Path: "/v1/prescriptions/{id}",
		Summary: "Replace a draft's contents", Tag: tagPrescriptions, Roles: doctor,
		Command: true, Codes: append(codes, "status", "version-conflict")},
		func(ctx context.Context, in *editInput) (*rxOutput, error) {
			actor, err := web.SigningActor(ctx, signers)
			if err != nil {
				return nil, err
			}
			v, err := svc.UpdateDraft(ctx, actor, web.Command(ctx, "rx.edit"), in.ID, in.Body.Version,
				in.Body.DraftInput)
			return &rxOutput{v}, err
		})
	web.Handle(a, web.Op{ID: "discard-draft", Method: http.MethodDelete, Path: "/v1/prescriptions/{id}",
		Summary: "Throw one's own draft away", Tag: tagPrescriptions, Roles: doctor,
		Command: true, Status: http.StatusNoContent, Codes: []string{"not-found", "status"},
		Doc: "Nothing of a draft is on the chain. A signed prescription is cancelled instead."},
		func(ctx context.Context, in *PrescriptionID) (*struct{}, error) {
			return nil, svc.DiscardDraft(ctx, web.Actor(ctx), web.Command(ctx, "rx.discard"), in.ID)
		})
	web.Handle(a, web.Op{ID: "check-draft", Method: http.MethodPost, Path: "/v1/prescriptions/check",
		Summary: "Run the rules while typing", Tag: tagPrescriptions, Roles: doctor,
		Doc: "Stores nothing. A finding with notChecked says that a check could not run: nothing may be concluded from its silence.", Codes: codes},
		func(ctx context.Context, in *draftInput) (*rxReportOutput, error) {
			actor, err := web.SigningActor(ctx, signers)
			if err != nil {
				return nil, err
			}
			rep, err := svc.CheckDraft(ctx, actor, in.Body)
			return &rxReportOutput{rep}, err
		})
}

func registerUpkeep(a *web.API, svc *service.Service) {
	web.Handle(a, web.Op{ID: "resolve-claim", Method: http.MethodPost,
		Path:    "/v1/admin/prescriptions/{id}/resolve-claim",
		Summary: "Take back a claim that the chain refused", Tag: web.Administration, Roles: web.AdminOnly,
		Command: true, Status: http.StatusNoContent,
		Codes: []string{"not-found", "status", "claim-stands", "ledger-ahead"},
		Doc:   "An operator's decision after the alarm of a dead record. The prescription is paid again, as the ledger has it, the reserved packages go back, and the refused step is kept as evidence."},
		func(ctx context.Context, in *PrescriptionID) (*struct{}, error) {
			return nil, svc.ResolveDeadClaim(ctx, web.Command(ctx, "rx.resolve-claim"), web.Caller(ctx).Org, in.ID)
		})
}

func registerReady(a *web.API, svc *service.Service) {
	web.Handle(a, web.Op{ID: "ask-release", Method: http.MethodPost, Path: "/v1/prescriptions/{id}/ask-release",
		Summary: "Ask the holding pharmacy to give it back (请求退回)", Tag: tagPrescriptions,
		Roles: []accounts.Role{accounts.Patient}, Command: true, Ends: true, Status: http.StatusNoContent,
		Codes: []string{"not-found", "status"},
		Doc:   "Shown to the pharmacy; binds nobody. After the lease's end the hospital gives the lock back by itself."},
		func(ctx context.Context, in *PrescriptionID) (*struct{}, error) {
			return nil, svc.AskRelease(ctx, web.Actor(ctx), web.Command(ctx, "rx.ask-release"), in.ID)
		})
	web.Handle(a, web.Op{ID: "mark-ready", Method: http.MethodPost, Path: "/v1/prescriptions/{id}/ready",
		Summary: "Tell the patient that it can be fetched (可取药)", Tag: tagPrescriptions,
		Roles: []accounts.Role{accounts.Dispenser}, Command: true, Status: http.StatusNoContent,
		Codes: []string{"not-found", "not-holder", "claim-unconfirmed", "claim-refused", "status"},
		Doc:   "By the holding pharmacy, any time before the handing out. Not signed: the handing out is."},
		func(ctx context.Context, in *PrescriptionID) (*struct{}, error) {
			return nil, svc.MarkReady(ctx, web.Actor(ctx), web.Command(ctx, "rx.ready"), in.ID)
		})
}

func registerPrescriptionReads(a *web.API, svc *service.Service, known web.Known) {
	readers := []accounts.Role{accounts.Patient, accounts.Doctor, accounts.Reviewer, accounts.Dispenser,
		accounts.Regulator}
	web.Handle(a, web.Op{ID: "list-prescriptions", Method: http.MethodGet, Path: "/v1/prescriptions",
		Summary: "The caller's prescriptions", Tag: tagPrescriptions, Roles: readers,
		Codes: []string{"not-found"},
		Doc:   "A patient's and a doctor's own (newest first), a reviewer's hospital (the queue, which is signed, longest waiting first), a pharmacy's claims (claimed alone: the oldest first); a regulator sees statuses without names. The lines that staff see are noted for the patient, once an hour."},
		func(ctx context.Context, in *rxListInput) (*rxListOutput, error) {
			people, err := known.Of(ctx, in.Person)
			if err != nil {
				return nil, err
			}
			page, err := svc.List(ctx, web.Actor(ctx),
				reading.ListInput{Statuses: in.Status, Visit: in.Visit, People: people, Cursor: in.Cursor,
					Limit: in.Limit})
			return &rxListOutput{page}, err
		})
	web.Handle(a, web.Op{ID: "get-prescription", Method: http.MethodGet, Path: "/v1/prescriptions/{id}",
		Summary: "One prescription, as far as the caller may see it", Tag: tagPrescriptions,
		Roles: readers, Codes: []string{"not-found"},
		Doc: "The patient finds the pick-up text here, the holding pharmacy its secret, again and again until it is dispensed. " + web.NotedDoc},
		func(ctx context.Context, in *PrescriptionID) (*rxOutput, error) {
			v, err := svc.Get(ctx, web.Actor(ctx), in.ID)
			return &rxOutput{v}, err
		})
	web.Handle(a, web.Op{ID: "prescription-events", Method: http.MethodGet, Path: "/v1/prescriptions/{id}/events",
		Summary: "Signed documents and salts, for checking offline", Tag: tagPrescriptions,
		Roles: readers, Codes: []string{"not-found"}, Doc: web.NotedDoc},
		func(ctx context.Context, in *PrescriptionID) (*rxEventsOutput, error) {
			events, err := svc.Events(ctx, web.Actor(ctx), in.ID)
			out := &rxEventsOutput{}
			out.Body.Events = events
			return out, err
		})
	web.Handle(a, web.Op{ID: "prescription-accesses", Method: http.MethodGet, Needs: right.Own,
		Path:    "/v1/prescriptions/{id}/accesses",
		Summary: "Who looked at my record", Tag: tagPrescriptions,
		Roles: []accounts.Role{accounts.Patient}, Codes: []string{"not-found"}},
		func(ctx context.Context, in *PrescriptionID) (*rxAccessesOutput, error) {
			list, err := svc.Accesses(ctx, web.Actor(ctx), in.ID)
			out := &rxAccessesOutput{}
			out.Body.Accesses = list
			return out, err
		})
	web.Handle(a, web.Op{ID: "lookup-pickup", Method: http.MethodPost, Path: "/v1/prescriptions/lookup",
		Summary: "What a scanned pick-up code opens", Tag: tagPrescriptions,
		Roles: []accounts.Role{accounts.Dispenser}, Codes: []string{"pickup-refused", "prescription-number"},
		Doc: "While another pharmacy holds it, only the status and since when it is held. " + web.NotedDoc},
		func(ctx context.Context, in *lookupInput) (*rxOutput, error) {
			v, err := svc.Lookup(ctx, web.Actor(ctx), in.Body.Pickup)
			return &rxOutput{v}, err
		})
	web.Handle(a, web.Op{ID: "short-code", Method: http.MethodPost, Path: "/v1/prescriptions/{id}/short-code",
		Summary: "The short pick-up code for the chosen pharmacy (短取药码)", Tag: tagPrescriptions, Roles: web.PatientOnly,
		Command: true, Codes: []string{"not-found", "status", "no-short-code"},
		Doc: "Eight digits, good at that pharmacy alone and together with the last four characters of a phone or document number. A claim ends it."},
		func(ctx context.Context, in *PrescriptionID) (*shortOutput, error) {
			c, err := svc.ShortCode(ctx, web.Actor(ctx), web.Command(ctx, "rx.short"), in.ID)
			return &shortOutput{c}, err
		})
	web.Handle(a, web.Op{ID: "lookup-short", Method: http.MethodPost, Path: "/v1/prescriptions/lookup-short",
		Summary: "What a short pick-up code opens", Tag: tagPrescriptions,
		Roles: []accounts.Role{accounts.Dispenser}, Codes: []string{"pickup-refused", "rate-limited"},
		Doc: "Answers with the long code, which the claim needs. Wrong ones are counted, of the account and of the pharmacy. " + web.NotedDoc},
		func(ctx context.Context, in *shortLookupInput) (*foundOutput, error) {
			found, err := svc.LookupShort(ctx, web.Actor(ctx), in.Body.Code, in.Body.Tail)
			return &foundOutput{found}, err
		})
}

// registerRxSteps: each prepares an act and changes nothing, so none needs an Idempotency-Key; the
// signature does.
func registerRxSteps(a *web.API, svc *service.Service, signers web.Signers) {
	pharmacy, reviewer := []accounts.Role{accounts.Dispenser}, []accounts.Role{accounts.Reviewer}
	step(a, signers, web.Op{ID: "prepare-issue", Path: "issue", Summary: "Prepare issuing (开具)",
		Roles: []accounts.Role{accounts.Doctor},
		Codes: []string{"rule-refused", "status", "version-conflict"}}, svc.PrepareIssue)
	step(a, signers, web.Op{ID: "prepare-approve", Path: "approve", Summary: "Prepare approval (审方通过)", Roles: reviewer,
		Codes: []string{"rule-refused", "status"}}, svc.PrepareApprove)
	step(a, signers, web.Op{ID: "prepare-reject", Path: "reject", Summary: "Prepare rejection (审方不通过)",
		Roles: reviewer, Codes: []string{"rule-refused", "status"}}, svc.PrepareReject)
	step(a, signers, web.Op{ID: "prepare-claim", Path: "claim", Summary: "Prepare taking the exclusive lock (接单)",
		Roles: pharmacy,
		Codes: []string{"pickup-refused", "claim-held", "rule-refused", "status", "out-of-stock"}}, svc.PrepareClaim)
	step(a, signers, web.Op{ID: "prepare-release", Path: "release", Summary: "Prepare giving the lock back (退单)",
		Roles: pharmacy, Codes: []string{"not-holder", "claim-unconfirmed", "claim-refused", "status"}},
		svc.PrepareRelease)
	step(a, signers, web.Op{ID: "prepare-renew", Path: "renew", Summary: "Prepare to go on holding, once a claim (续期)",
		Roles: pharmacy,
		Codes: []string{"not-holder", "claim-unconfirmed", "claim-refused", "rule-refused", "status"}},
		svc.PrepareRenew)
	step(a, signers, web.Op{ID: "prepare-contest", Path: "contest",
		Summary: "Prepare the patient's word that a claim is not theirs (异议)",
		Roles:   []accounts.Role{accounts.Patient},
		Codes:   []string{"status"}}, svc.PrepareContest)
	step(a, signers, web.Op{ID: "prepare-dispense", Path: "dispense", Summary: "Prepare handing out (发药)",
		Roles: pharmacy,
		Codes: []string{"not-holder", "claim-unconfirmed", "claim-refused", "rule-refused", "status", "out-of-stock"}},
		svc.PrepareDispense)
	step(a, signers, web.Op{ID: "prepare-cancel", Path: "cancel", Summary: "Prepare withdrawal (作废)",
		Roles: []accounts.Role{accounts.Doctor, accounts.Patient}, Ends: true,
		Codes: []string{"claim-held", "status"}}, svc.PrepareCancel)
}

func step[B any](a *web.API, signers web.Signers, op web.Op,
	prepare func(context.Context, intent.Actor, string, B) (*intent.Intent, error)) {
	op.Method, op.Path, op.Tag = http.MethodPost, "/v1/prescriptions/{id}/"+op.Path, tagPrescriptions
	op.Doc = "Answers with the exact document to sign; send the signature to /v1/intents/{id}/sign within fifteen minutes. " + web.NotedDoc
	op.Codes = append(op.Codes, "not-found", "no-key", "key-pending")
	web.Handle(a, op, func(ctx context.Context, in *stepInput[B]) (*web.IntentOutput, error) {
		actor, err := web.SigningActor(ctx, signers)
		if err != nil {
			return nil, err
		}
		i, err := prepare(ctx, actor, in.ID, in.Body)
		if err != nil {
			return nil, err
		}
		return web.ToSign(i), nil
	})
}
