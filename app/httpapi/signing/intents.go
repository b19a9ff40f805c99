// Package signing is the one operation that ends every prepared act, whichever room prepared it.
package signing

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/handover"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

var tagSigning = web.Tag{Name: "Signing", Office: true,
	Doc: "Every personal act is prepared, shown and signed on the device, and takes effect here."}

// Intents is where prepared acts wait.
type Intents struct {
	DB      *sqlstore.DB
	Store   *intent.Store
	Signers web.Signers
	// Handover passes acts from the desk to the phone; nil: none does.
	Handover *handover.Service
}

type signInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Signature string `json:"signature" doc:"Base64 of the strict-DER SM2 signature over the statement's bytes" minLength:"8" maxLength:"100" example:"MEUCIQC6m1vJ0z3nJw0mC9Yx2c8m1fQk1u8a7c0q3v5y9b2d4QIgTz5s8w1x4v7u0t3r6q9p2n5m8l1k4j7h0g3f6d9s2a5="`
	}
}

// signed is what the signature brought about: the record, and what it is about as it stands now,
// under the name that its room gave it.
type signed struct {
	record, name string
	result       any
}

// MarshalJSON implements json.Marshaler.
func (s signed) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]any{"record": s.record, s.name: s.result})
}

type signOutput struct{ Body signed }

// RegisterIntents registers the one operation that ends every personal act. Call it after the rooms
// whose acts are signed: it describes what each answers.
func RegisterIntents(a *web.API, in Intents) {
	web.Handle(a, web.Op{
		ID: "intent-sign", Method: http.MethodPost, Path: "/v1/intents/{id}/sign", Tag: tagSigning,
		Summary: "Sign a prepared act 签署", Command: true, Signs: true, Ends: true,
		Roles: []accounts.Role{accounts.Patient, accounts.Doctor, accounts.Reviewer, accounts.Dispenser},
		Doc:   "Takes the signature made on the person's device over the statement of an intent and carries the act out: state, event and outbox entry in one transaction. Repeating with the same Idempotency-Key returns the first answer. Whoever is shown a prescription in the answer is noted for the patient.",
		Codes: []string{"signature-refused", "intent-expired", "intent-used", "stale", "status", "rule-refused",
			"out-of-stock"},
	}, func(ctx context.Context, i *signInput) (*signOutput, error) { return in.sign(ctx, i, a.Acts) })
	describeSigned(a)
}

// describeSigned puts the rooms' results into the answer's description.
func describeSigned(a *web.API) {
	schemas := a.Huma.OpenAPI().Components.Schemas
	properties := map[string]*huma.Schema{"record": {
		Type:        huma.TypeString,
		Description: "Id of the record; its receipt follows at /v1/chain/records/{id}/receipt",
		Examples:    []any{"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"},
	}}
	for name, t := range a.Results {
		properties[name] = schemas.Schema(t, true, name)
	}
	schemas.Map()["Signed"] = &huma.Schema{Type: huma.TypeObject, Properties: properties, Required: []string{"record"},
		AdditionalProperties: false}
}

func (in Intents) sign(ctx context.Context, i *signInput, acts map[chain.Kind]web.Signing) (*signOutput, error) {
	// Without a live key nothing can be signed, but what was signed before the key ended must still
	// answer a repeated request.
	actor, keyErr := web.SigningActor(ctx, in.Signers)
	sig, err := decodeSignature(i.Body.Signature)
	if err != nil {
		return nil, err
	}
	prepared, err := in.Store.Load(in.DB.WithContext(ctx), i.ID)
	if err != nil {
		return nil, err
	}
	room, known := acts[prepared.Statement.Kind]
	if prepared.Person != actor.Person || !known {
		return nil, intent.ErrNotFound
	}
	if err := web.Caller(ctx).Due.Err(); err != nil && !room.Ends {
		return nil, err
	}
	out := &signOutput{signed{record: prepared.Statement.ID(), name: room.Name}}
	out.Body.result, err = room.Sign(ctx, actor, web.Command(ctx, "intent.sign"), i.ID, sig)
	if err != nil {
		if keyErr != nil && !errors.Is(err, sqlstore.ErrKeyReused) {
			err = keyErr // the reason behind whatever the room said of a missing certificate
		}
		return nil, err
	}
	if in.Handover != nil {
		// It has been signed: a desk that is not told looks by itself.
		_ = in.Handover.Done(ctx, web.Caller(ctx).ID, i.ID)
	}
	return out, nil
}

// decodeSignature reads base64 DER; the shape of the DER is chain/gm's business.
func decodeSignature(s string) ([]byte, error) {
	b, err := base64.Decode(s)
	if err != nil {
		return nil, intent.ErrSignature
	}
	return b, nil
}
