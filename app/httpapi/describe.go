package httpapi

import (
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/problem"
)

const problemMedia = "application/problem+json"

// huma's error constructors are variables of that package: they are set once, before any API
// exists.
func init() {
	huma.NewError = problem.FromStatus
	huma.NewErrorWithContext = func(c huma.Context, status int, msg string, errs ...error) huma.StatusError {
		return withInstance(problem.FromStatus(status, msg, errs...), c.Context())
	}
}

// tags group the operations in the order of a visit.
var tags = []*huma.Tag{
	{Name: tagSessions,
		Description: "Sessions of staff (password) and patients (WeChat). A session's token is sent as a bearer token."},
	{Name: tagKeys,
		Description: "The SM2 key a person signs with: made on the device, enrolled with a proof of possession, certified by the organisation."},
	{Name: tagPatients, Description: "Patients' own profiles and their children's."},
	{Name: tagIdentities,
		Description: "The desk: whose number it is, and who is guardian, by documents that were seen."},
	{Name: tagRegister, Description: "The register of doctors and pharmacists, and who is online."},
	{Name: tagConsultations,
		Description: "Online follow-up visits: requested, accepted, active, finished or cancelled."},
	{Name: tagChat, Description: "What is said during a consultation, over HTTP or a WebSocket."},
	{Name: tagNotices, Description: "What the caller is told as it happens, and the inbox."},
	{Name: tagCatalogue, Description: "Drugs, diagnoses and terms to write a prescription with."},
	{Name: tagPrescriptions, Description: "Drafts, and the prepared acts of a prescription's life."},
	{Name: tagSigning,
		Description: "Every personal act is prepared, shown and signed on the device, and takes effect here."},
	{Name: tagPayments, Description: "Insurance card, price, payment and refund; amounts are integer fen."},
	{Name: tagPharmacies, Description: "What a pharmacy has in stock."},
	{Name: tagChain, Description: "The consortium chain for everybody: no session, nothing personal."},
	{Name: tagOversight, Description: "The regulator's data port at a hospital."},
	{Name: tagAdmin, Description: "Staff accounts and the register's decisions."},
}

// codes are all the problem codes an operation may answer with: its own, and those of every
// operation like it.
func (op Op) codes() []string {
	list := slices.Clone(op.Codes)
	if op.AnyRole || len(op.Roles) > 0 {
		list = append(list, "unauthenticated")
	}
	if len(op.Roles) > 0 {
		list = append(list, "forbidden")
	}
	if slices.Contains(officeTags, op.Tag) &&
		slices.ContainsFunc(op.Roles, func(r accounts.Role) bool { return slices.Contains(practitionerRoles, r) }) {
		list = append(list, "practitioner-not-approved", "key-unproven")
	}
	if op.Command {
		list = append(list, "idempotency-key-missing", "idempotency-key-reused", "unavailable", "no-room")
	}
	if op.Outside || op.Upload {
		list = append(list, "rate-limited")
	}
	if op.Method == http.MethodPost || op.Method == http.MethodPut {
		list = append(list, "bad-encoding", "too-large")
	}
	if strings.Contains(op.Path, "{") {
		list = append(list, "not-found")
	}
	list = append(list, "invalid-input", "internal", "unavailable")
	slices.Sort(list)
	return slices.Compact(list)
}

// refusals documents the operation's problem codes, by status, each with an example.
func (a *API) refusals(op Op) map[string]*huma.Response {
	return a.problemResponses(op.codes()...)
}

func (a *API) bytesResponse(op Op) *huma.Response {
	schema := &huma.Schema{Type: huma.TypeString, Format: "binary"}
	if op.Bytes != nil {
		schema = a.Huma.OpenAPI().Components.Schemas.Schema(op.Bytes, true, "")
	}
	return &huma.Response{Content: map[string]*huma.MediaType{op.Media: {Schema: schema}}}
}

// problemResponses documents codes by their status.
func (a *API) problemResponses(codes ...string) map[string]*huma.Response {
	schema := a.Huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[problem.Problem](), true, "Problem")
	responses := map[string]*huma.Response{}
	for _, code := range codes {
		p := problem.New(code, problem.Do(code))
		status := strconv.Itoa(p.Status)
		r := responses[status]
		if r == nil {
			r = &huma.Response{Content: map[string]*huma.MediaType{
				problemMedia: {Schema: schema, Examples: map[string]*huma.Example{}}}}
			responses[status] = r
		}
		r.Content[problemMedia].Examples[code] = &huma.Example{Summary: p.Detail, Value: p}
		if r.Description != "" {
			r.Description += ", "
		}
		r.Description += code
	}
	return responses
}
