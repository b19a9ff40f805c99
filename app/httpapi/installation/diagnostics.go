// Package installation is how the installation is, for its administrator.
package installation

import (
	"context"
	"net/http"
	"time"

	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/chain"
)

// Diagnostics is how the installation is, for its administrator. It holds counts and ids, nothing
// personal.
type Diagnostics struct {
	Version string       `json:"version" example:"1.0.0"`
	Demo    bool         `json:"demo" doc:"Sandboxes and demo accounts are on"`
	Outbox  OutboxHealth `json:"outbox"`
	Chain   chain.Health `json:"chain"`
	Member  string       `json:"member" doc:"Member id of this hospital" example:"h1"`
	Keys    []string     `json:"keys" doc:"Ids of the keys this installation holds; never the keys" example:"seal-h1"`
	Splits  uint64       `json:"splits" doc:"Signatures the two SM libraries disagreed on; above 0 is an alarm" example:"0"`
	Checks  Readiness    `json:"checks"`
	Damaged []DamagedRow `json:"damaged" doc:"Rows of the database that could not be read in the last hour and were left out; each needs a person"`
}

// DamagedRow is a row that does not open or does not make sense.
type DamagedRow struct {
	Table string    `json:"table" example:"payment_settlements"`
	Row   string    `json:"row" doc:"Its key" example:"ST20261122170838139661"`
	Since time.Time `json:"since" doc:"When this process first met it"`
}

// OutboxHealth counts the records on their way to the chain.
type OutboxHealth struct {
	Pending     int64              `json:"pending" doc:"Waiting" example:"0"`
	Oldest      *time.Time         `json:"oldest,omitempty" doc:"When the oldest of them was written"`
	Dead        int64              `json:"dead" doc:"Refused for good; each stops its lane until an operator acts" example:"0"`
	DeadLetters []OutboxDeadLetter `json:"deadLetters" doc:"The first of them"`
}

// OutboxDeadLetter is one record the ledger refused for good.
type OutboxDeadLetter struct {
	Record  string `json:"record" doc:"Record id" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Subject string `json:"subject" example:"rx:RX20261122012345678947"`
	Kind    string `json:"kind" example:"rx.claim"`
	Code    string `json:"code" doc:"The ledger's verdict" example:"transition"`
}

// Readiness says of each part "ok", "ok; " and what somebody has to do soon, or what is wrong with
// it.
type Readiness map[string]string

type diagnosticsOutput struct{ Body Diagnostics }

// RegisterDiagnostics adds the administrator's look at the installation.
func RegisterDiagnostics(a *web.API, look func(ctx context.Context) (Diagnostics, error)) {
	web.Handle(a, web.Op{ID: "diagnostics", Method: http.MethodGet, Path: "/v1/admin/diagnostics",
		Summary: "How the installation is (系统健康)", Tag: web.Administration, Roles: web.AdminOnly},
		func(ctx context.Context, _ *struct{}) (*diagnosticsOutput, error) {
			d, err := look(ctx)
			return &diagnosticsOutput{d}, err
		})
}

type settingsOutput struct {
	Body struct {
		Settings []config.Setting `json:"settings"`
	}
}

// RegisterSettings adds the settings in force. They are changed where the program is started, never
// here.
func RegisterSettings(a *web.API, inForce []config.Setting) {
	web.Handle(a, web.Op{Home: true, ID: "settings", Method: http.MethodGet, Path: "/v1/admin/settings",
		Summary: "Settings in force, and where each comes from (生效设置)", Tag: web.Administration,
		Roles: web.AdminOnly, Doc: "Secrets are never here: of databases the address, of secrets the name of their file."},
		func(context.Context, *struct{}) (*settingsOutput, error) {
			out := &settingsOutput{}
			out.Body.Settings = append([]config.Setting{}, inForce...)
			return out, nil
		})
}
