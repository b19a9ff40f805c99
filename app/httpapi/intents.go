package httpapi

import (
	"context"
	"errors"
	"net/http"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/act"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/sqlstore"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/prescription"
)

const tagSigning = "Signing"

// Intents is where prepared acts wait.
type Intents struct {
	DB      *sqlstore.DB
	Store   *intent.Store
	Signers Signers
}

// signing has a room take the signature over one of its intents, and puts what came of it into the
// answer.
type signing func(ctx context.Context, by intent.Actor, cmd sqlstore.Command, id string, sig []byte, out *Signed) error

// signs has a room's Sign take the signatures over the kinds of its contract.
func signs[V any](a *API, prefix string,
	sign func(context.Context, intent.Actor, sqlstore.Command, string, []byte) (V, error), put func(*Signed, V)) {
	for _, kind := range act.Kinds(prefix) {
		a.acts[kind] = func(ctx context.Context, by intent.Actor, cmd sqlstore.Command, id string, sig []byte,
			out *Signed) error {
			v, err := sign(ctx, by, cmd, id, sig)
			put(out, v)
			return err
		}
	}
}

type signInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Signature string `json:"signature" doc:"Base64 of the strict-DER SM2 signature over the statement's bytes" minLength:"8" maxLength:"100" example:"MEUCIQC6m1vJ0z3nJw0mC9Yx2c8m1fQk1u8a7c0q3v5y9b2d4QIgTz5s8w1x4v7u0t3r6q9p2n5m8l1k4j7h0g3f6d9s2a5="`
	}
}

// Signed is what the signature brought about: the prescription or the settlement as it stands now.
type Signed struct {
	Record       string             `json:"record" doc:"Id of the record; its receipt follows at /v1/chain/records/{id}/receipt" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Prescription *prescription.View `json:"prescription,omitempty"`
	Settlement   *payment.View      `json:"settlement,omitempty"`
}

type signOutput struct{ Body Signed }

// signOperation is the operation whose signature somebody waits for: the last to stop when the disk
// fills.
const signOperation = "intent-sign"

// RegisterIntents registers the one operation that ends every personal act.
func RegisterIntents(a *API, in Intents) {
	Handle(a, Op{
		ID: signOperation, Method: http.MethodPost, Path: "/v1/intents/{id}/sign", Tag: tagSigning,
		Summary: "Sign a prepared act 签署", Command: true,
		Roles: []accounts.Role{accounts.Patient, accounts.Doctor, accounts.Reviewer, accounts.Dispenser},
		Doc:   "Takes the signature made on the person's device over the statement of an intent and carries the act out: state, event and outbox entry in one transaction. Repeating with the same Idempotency-Key returns the first answer. Whoever is shown a prescription in the answer is noted for the patient.",
		Codes: []string{"signature-refused", "intent-expired", "intent-used", "stale", "status", "rule-refused",
			"out-of-stock"},
	}, func(ctx context.Context, i *signInput) (*signOutput, error) { return in.sign(ctx, i, a.acts) })
}

func (in Intents) sign(ctx context.Context, i *signInput, acts map[chain.Kind]signing) (*signOutput, error) {
	// Without a live key nothing can be signed, but what was signed before the key ended must still
	// answer a repeated request.
	actor, keyErr := signer(ctx, in.Signers)
	sig, err := decodeSignature(i.Body.Signature)
	if err != nil {
		return nil, err
	}
	prepared, err := in.Store.Load(in.DB.WithContext(ctx), i.ID)
	if err != nil {
		return nil, err
	}
	room := acts[prepared.Statement.Kind]
	if prepared.Person != actor.Person || room == nil {
		return nil, intent.ErrNotFound
	}
	out := &signOutput{Signed{Record: prepared.Statement.ID()}}
	err = room(ctx, actor, Command(ctx, "intent.sign"), i.ID, sig, &out.Body)
	if err != nil {
		if keyErr != nil && !errors.Is(err, sqlstore.ErrKeyReused) {
			err = keyErr // the reason behind whatever the room said of a missing certificate
		}
		return nil, err
	}
	return out, nil
}
