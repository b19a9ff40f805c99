package explorer

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// receiptRetry is how many seconds a client should wait for a receipt: a block and its seals take
// less than one.
const receiptRetry = 1

// Backlog knows records that are on their way to the chain.
type Backlog interface {
	// Waiting returns the state of a record in the outbox and, of a dead one, the ledger's verdict;
	// ok is false for a record that never was in it.
	Waiting(ctx context.Context, recordID string) (state, verdict string, ok bool, err error)
}

// OutboxBacklog is the Backlog of an application's database.
type OutboxBacklog struct{ DB *sqlstore.DB }

// Waiting implements Backlog.
func (b OutboxBacklog) Waiting(ctx context.Context, recordID string) (state, verdict string, ok bool, err error) {
	entry, err := outbox.Get(b.DB.WithContext(ctx), recordID)
	if errors.Is(err, outbox.ErrNotFound) {
		return "", "", false, nil
	}
	if err != nil {
		return "", "", false, err
	}
	return entry.State, entry.Code.String(), true, nil
}

type recordInput struct {
	ID string `path:"id" pattern:"^[0-9a-f]{64}$" doc:"Record id: SM3 of the statement's canonical bytes, lower hex"`
}

type recordOutput struct {
	Body struct {
		State   string           `json:"state" enum:"pending,committed,dead" doc:"pending: waits in the outbox; dead: the ledger refused it, an operator has been told"`
		Verdict string           `json:"verdict,omitempty" doc:"Of a dead one: the ledger's code" example:"transition"`
		Record  *chain.Committed `json:"record,omitempty" doc:"Once committed"`
	}
}

type receiptOutput struct{ Body chain.Receipt }

type verifyInput struct {
	web.ClientAddress
	Body json.RawMessage `doc:"A receipt, or a subject's proof, as this API or \"hospital journey\" wrote it"`
}

type verdictOutput struct {
	Body Verdict
}

// Verdict is what the verification of a receipt or proof says.
type Verdict struct {
	Valid   bool       `json:"valid"`
	Reason  string     `json:"reason,omitempty" doc:"Stable code of what is wrong; RECEIPT.md lists them" example:"path"`
	Detail  string     `json:"detail,omitempty" doc:"The same in words" example:"every signature, the path and the seals hold"`
	Type    string     `json:"type,omitempty" enum:"receipt,status" doc:"What was handed in"`
	ID      string     `json:"id,omitempty" doc:"Record id, of a receipt" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Kind    chain.Kind `json:"kind,omitempty" example:"rx.issue"`
	Subject string     `json:"subject,omitempty" example:"rx:RX20261122442427997927"`
	Status  string     `json:"status,omitempty" doc:"Of a proof: where the subject stood" example:"paid"`
	Height  int64      `json:"height,omitempty" example:"18"`
	Time    time.Time  `json:"time,omitzero" doc:"Block time"`
	Sealed  []string   `json:"sealed,omitempty" doc:"Members whose seals it bears" example:"h1"`
}

func (e *Explorer) registerReceipts() {
	web.Handle(e.api, web.Op{ID: "chain-record", Method: http.MethodGet, Path: "/v1/chain/records/{id}",
		Summary: "A record and its place, or that it is on its way", Tag: tagChain,
		Codes: []string{"record-not-found"}}, e.record)
	web.Handle(e.api, web.Op{ID: "chain-receipt", Method: http.MethodGet, Path: "/v1/chain/records/{id}/receipt",
		Summary: "The record's receipt, to be checked offline with members.json", Tag: tagChain,
		Doc:   "409 receipt-not-sealed with Retry-After while the record is on its way or its block not yet sealed.",
		Codes: []string{"record-not-found", "receipt-not-sealed", "record-refused"}}, e.receipt)
	web.Handle(e.api, web.Op{ID: "chain-verify", Method: http.MethodPost, Path: "/v1/chain/verify",
		Summary: "Check a receipt or a proof", Tag: tagChain,
		Doc: "A convenience: who trusts nobody runs `hospital verify` with the published members.json instead."},
		e.verify)
	// The handler parses the body itself, strictly; the description says what it takes.
	schemas := e.api.Huma.OpenAPI().Components.Schemas
	e.api.Huma.OpenAPI().Paths["/v1/chain/verify"].Post.RequestBody.Content["application/json"].Schema = &huma.Schema{
		OneOf: []*huma.Schema{schemas.Schema(reflect.TypeFor[chain.Receipt](), true, ""),
			schemas.Schema(reflect.TypeFor[chain.StatusReceipt](), true, "")},
		Description: "A receipt, or a subject's proof, as this API or \"hospital journey\" wrote it",
	}
}

func (e *Explorer) record(ctx context.Context, in *recordInput) (*recordOutput, error) {
	out := &recordOutput{}
	c, err := e.node.Record(ctx, in.ID)
	if err == nil {
		out.Body.State, out.Body.Record = outbox.Committed, &c
		return out, nil
	}
	state, verdict, ok, err := e.waiting(ctx, in.ID, err)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, chain.ErrNotFound
	}
	if out.Body.State = state; state == outbox.Dead {
		out.Body.Verdict = verdict
	}
	return out, nil
}

// waiting asks the outbox about a record that the chain does not have; any other answer of the
// chain stands.
func (e *Explorer) waiting(ctx context.Context, id string, err error) (state, verdict string, ok bool, _ error) {
	if !errors.Is(err, chain.ErrNotFound) {
		return "", "", false, err
	}
	if e.backlog == nil {
		return "", "", false, nil
	}
	return e.backlog.Waiting(ctx, id)
}

func (e *Explorer) receipt(ctx context.Context, in *recordInput) (*receiptOutput, error) {
	r, err := e.node.Receipt(ctx, in.ID)
	if err == nil {
		return &receiptOutput{*r}, nil
	}
	if errors.Is(err, chain.ErrNotSealed) {
		return nil, notYet{}
	}
	state, verdict, ok, err := e.waiting(ctx, in.ID, err)
	switch {
	case err != nil:
		return nil, err
	case !ok:
		return nil, chain.ErrNotFound
	case state == outbox.Dead:
		return nil, recordRefused.New("the ledger refused this record: " + verdict)
	}
	return nil, notYet{}
}

// notYet is chain.ErrNotSealed with the time to wait.
type notYet struct{}

func (notYet) Error() string   { return chain.ErrNotSealed.Error() }
func (notYet) Unwrap() error   { return chain.ErrNotSealed }
func (notYet) RetryAfter() int { return receiptRetry }

func (e *Explorer) verify(ctx context.Context, in *verifyInput) (out *verdictOutput, err error) {
	err = e.api.Verification(ctx, in.ClientAddress, len(in.Body), func() error {
		out = e.verdict(in.Body)
		return nil
	})
	return out, err
}

func (e *Explorer) verdict(body json.RawMessage) *verdictOutput {
	var shape map[string]json.RawMessage // exact names: a struct would take "State" as well
	check, members := verifyReceipt, e.node.Timeline()
	if json.Unmarshal(body, &shape) == nil && shape["state"] != nil {
		check = verifyStatus
	}
	v, err := check(members, body)
	if v.Valid = err == nil; !v.Valid {
		v.Reason, v.Detail = string(chain.ReasonOf(err)), err.Error()
	}
	return &verdictOutput{v}
}

func verifyReceipt(m *chain.Timeline, b []byte) (Verdict, error) {
	r, err := chain.ParseReceipt(bytes.TrimSpace(b))
	if err != nil {
		return Verdict{}, err
	}
	st := r.Record.Statement
	return Verdict{
		Type: "receipt", ID: r.Record.ID(), Kind: st.Kind, Subject: st.Subject,
		Height: r.Header.Height, Time: time.UnixMilli(r.Header.Time).UTC(), Sealed: sealers(r.Seals),
	}, m.VerifyReceipt(r)
}

func verifyStatus(m *chain.Timeline, b []byte) (Verdict, error) {
	r, err := chain.ParseStatusReceipt(bytes.TrimSpace(b))
	if err != nil {
		return Verdict{}, err
	}
	return Verdict{
		Type: "status", Subject: r.State.Subject, Status: string(r.State.Status),
		Height: r.Header.Height, Time: time.UnixMilli(r.Header.Time).UTC(), Sealed: sealers(r.Seals),
	}, m.VerifyStatus(r)
}

func sealers(seals []chain.Seal) []string {
	names := make([]string, len(seals))
	for i, s := range seals {
		names[i] = s.Member
	}
	return names
}
