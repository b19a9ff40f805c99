package web

import (
	"context"
	"encoding/hex"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/intent"
)

// Signers finds the certificate a person may sign with now: keys.ErrNoKey, keys.ErrKeyPending.
type Signers interface {
	Active(ctx context.Context, person string) (*pki.Certificate, error)
}

// Actor is the caller as the rooms of signed acts know people: staff by the CN, a patient by the
// person id, under which its record, cards and prescriptions are kept whatever its certificates
// call it. Good for everything that needs no signature.
func Actor(ctx context.Context) intent.Actor {
	a := Caller(ctx)
	l := letOf(ctx)
	person := a.CN()
	if a.Role == accounts.Patient {
		person = a.Person
	}
	by := intent.Actor{Person: person, CN: a.CN(), Role: chain.Role(a.Role), Org: a.Org, Wards: l.wards,
		ReadOnly: l.readOnly, Let: l.trace.Touch}
	if len(l.helped) > 0 {
		by.Keep = l.keep
	}
	return by
}

// SigningActor is the caller with the certificate that an act prepared now would be signed with.
func SigningActor(ctx context.Context, signers Signers) (intent.Actor, error) {
	a := Actor(ctx)
	cert, err := signers.Active(ctx, Caller(ctx).Person) // keys are a log-in's
	a.Cert = cert
	return a, err
}

// IntentView is an act prepared for its signature. The device shows the document, checks that the
// statement commits to it (digest = SM3(0x02 ‖ salt ‖ document)) and signs the statement's bytes.
type IntentView struct {
	ID        string    `json:"id" doc:"Where to send the signature: /v1/intents/{id}/sign" example:"k7qm2xw5zt3yb6nc2daj4hrl8p"`
	Action    string    `json:"action" example:"rx.issue"`
	Document  string    `json:"document" doc:"Canonical JSON (RFC 8785) of what the person is shown; sign nothing that is not in it" example:"{\"diagnoses\":[\"J06.9\"],\"schema\":\"rx.issue/1\"}"`
	Salt      string    `json:"salt" doc:"Lower hex, 32 bytes" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Statement string    `json:"statement" doc:"Canonical JSON; its UTF-8 bytes are what is signed (SM2 with SM3, id 1234567812345678)" example:"{\"actor\":\"957d…\",\"kind\":\"rx.issue\",\"seq\":1,\"subject\":\"rx:RX20261122442427997927\",\"v\":1}"`
	Record    string    `json:"record" doc:"Id the record will have on the chain" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	ExpiresAt time.Time `json:"expiresAt"`
}

// IntentOutput is the answer of every prepare operation.
type IntentOutput struct{ Body IntentView }

// ToSign is the answer that shows an intent to the device that is to sign it.
func ToSign(i *intent.Intent) *IntentOutput {
	return &IntentOutput{IntentView{ID: i.ID, Action: i.Action, Document: string(i.Document),
		Salt:      hex.EncodeToString(i.Salt),
		Statement: string(i.Statement.Bytes()), Record: i.Statement.ID(), ExpiresAt: i.ExpiresAt}}
}
