// Package keys is the enrolment of signing keys over HTTP.
package keys

import (
	"context"
	"encoding/hex"
	"net/http"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/app/keys"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

var tagKeys = web.Tag{Name: "Signing keys",
	Doc: "The SM2 key a person signs with: made on the device, enrolled with a proof of possession, certified by the organisation."}

type challengeOutput struct{ Body keys.Challenge }

type keyOutput struct{ Body keys.Key }

type keysOutput struct {
	Body struct {
		Keys []keys.Key `json:"keys" doc:"Newest first"`
	}
}

type enrolInput struct {
	web.ClientAddress
	Body struct {
		PublicKey string       `json:"publicKey,omitempty" pattern:"^04[0-9a-f]{128}$" doc:"Uncompressed SM2 point, lower hex" example:"04957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
		Nonce     string       `json:"nonce,omitempty" pattern:"^[0-9a-f]{64}$" doc:"The challenge" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
		Signature base64.Bytes `json:"signature,omitempty" encoding:"base64" maxLength:"100" doc:"Base64 of the strict-DER SM2 signature over the challenge's text, made with the key itself" example:"MEUCIQC6m1vJ0z3nJw0mC9Yx2c8m1fQk1u8a7c0q3v5y9b2d4QIgTz5s8w1x4v7u0t3r6q9p2n5m8l1k4j7h0g3f6d9s2a5="`
		CSR       base64.Bytes `json:"csr,omitempty" encoding:"base64" maxLength:"8192" doc:"Instead of the three above: base64 of a PKCS #10 request (DER), subject CN=person id, O=organisation, OU=role" example:"MIIBHjCBxQIBADAjMSEw…"`
		Replaces  string       `json:"replaces,omitempty" pattern:"^[0-9a-f]{64}$" doc:"Id of the live key this one takes the place of (renewal)" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
		Consent   base64.Bytes `json:"consent,omitempty" encoding:"base64" maxLength:"100" doc:"Practitioners: base64 of the live key's strict-DER signature over {\"publicKey\":\"…\",\"purpose\":\"replace\",\"replaces\":\"…\",\"v\":1}" example:"MEUCIQC6m1vJ0z3nJw0mC9Yx2c8m1fQk1u8a7c0q3v5y9b2d4QIgTz5s8w1x4v7u0t3r6q9p2n5m8l1k4j7h0g3f6d9s2a5="`
	}
}

func (in *enrolInput) proof() (keys.Proof, error) {
	b := in.Body
	var c invalid.Check
	if len(b.CSR) > 0 {
		c.That(b.PublicKey == "" && b.Nonce == "" && len(b.Signature) == 0, "body.csr",
			"either csr, or publicKey with nonce and signature")
	} else {
		c.That(b.PublicKey != "", "body.publicKey", "required without csr")
		c.That(b.Nonce != "", "body.nonce", "required without csr")
		c.That(len(b.Signature) > 0, "body.signature", "required without csr")
	}
	public, _ := hex.DecodeString(b.PublicKey) // both were held against their patterns
	nonce, _ := hex.DecodeString(b.Nonce)
	return keys.Proof{PublicKey: public, Nonce: nonce, Signature: b.Signature, Request: b.CSR, Replaces: b.Replaces,
		Consent: b.Consent, Address: in.Network()}, c.Err()
}

type revokeInput struct {
	ID   string `path:"id" pattern:"^[0-9a-f]{64}$"`
	Body struct {
		Reason keys.Reason `json:"reason" enum:"lost,left"`
	}
}

// RegisterKeys adds the enrolment of signing keys.
func RegisterKeys(a *web.API, svc *keys.Service) {
	web.Handle(a, web.Op{ID: "key-challenge", Method: http.MethodPost, Path: "/v1/keys/challenge",
		Summary: "Ask for an enrolment challenge", Tag: tagKeys, Roles: web.SigningRoles, Command: true,
		Status: http.StatusCreated,
		Doc:    "Good once, for five minutes, in this account."},
		func(ctx context.Context, _ *struct{}) (*challengeOutput, error) {
			c, err := svc.Challenge(ctx, web.Command(ctx, "keys.challenge"), web.Caller(ctx))
			return &challengeOutput{Body: c}, err
		})
	web.Handle(a, web.Op{ID: "enrol-key", Method: http.MethodPost, Path: "/v1/keys",
		Summary: "Enrol the device's public key (证书申请)", Tag: tagKeys, Roles: web.SigningRoles, Command: true,
		Status: http.StatusCreated,
		Doc:    "The private key stays on the device. The key is pending until the chain holds its certificate; then it is active. A practitioner's needs an approved request, or the live key's consent.",
		Codes: []string{"key-challenge", "key-possession", "key-invalid", "key-known", "has-key",
			"practitioner-not-approved", "identity-not-bound", "too-many-keys", "key-approval-required",
			"key-consent"}},
		func(ctx context.Context, in *enrolInput) (*keyOutput, error) {
			proof, err := in.proof()
			if err != nil {
				return nil, err
			}
			k, err := svc.Enrol(ctx, web.Command(ctx, "keys.enrol"), web.Caller(ctx), proof)
			return &keyOutput{Body: k}, err
		})
	web.Handle(a, web.Op{ID: "list-keys", Method: http.MethodGet, Path: "/v1/keys", Summary: "The caller's keys",
		Tag: tagKeys, Roles: web.SigningRoles},
		func(ctx context.Context, _ *struct{}) (*keysOutput, error) {
			return keysOf(ctx, svc, web.Caller(ctx).Person)
		})
	web.Handle(a, web.Op{ID: "revoke-key", Method: http.MethodPost, Path: "/v1/keys/{id}/revoke",
		Summary: "Revoke a key: its owner, or an administrator", Tag: tagKeys,
		Roles: append([]accounts.Role{accounts.Admin}, web.SigningRoles...), Command: true, Ends: true,
		Codes: []string{"key-revoked"}},
		func(ctx context.Context, in *revokeInput) (*keyOutput, error) {
			k, err := svc.Revoke(ctx, web.Command(ctx, "keys.revoke"), web.Caller(ctx), in.ID, in.Body.Reason)
			return &keyOutput{Body: k}, err
		})
	web.Handle(a, web.Op{ID: "list-person-keys", Method: http.MethodGet, Path: "/v1/admin/people/{person}/keys",
		Summary: "A person's keys", Tag: web.Administration, Roles: web.AdminOnly},
		func(ctx context.Context, in *web.PersonPath) (*keysOutput, error) {
			return keysOutputOf(svc.ListFor(ctx, web.Caller(ctx), in.Person))
		})
	registerKeyRequests(a, svc)
}

type requestKeyInput struct {
	Body struct {
		PublicKey string `json:"publicKey" pattern:"^04[0-9a-f]{128}$" doc:"Uncompressed SM2 point, lower hex" example:"04957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	}
}

type keyRequestPath struct {
	ID string `path:"id" pattern:"^r[a-z2-7]{20}$" example:"rk7qm2xw5zt3yb6nc2dab"`
}

type (
	keyRequestOutput  struct{ Body keys.KeyRequest }
	keyRequestsOutput struct {
		Body struct {
			Requests []keys.KeyRequest `json:"requests" doc:"What waits first, then the newest; at most a hundred"`
		}
	}
)

func keyRequestsOf(list []keys.KeyRequest, err error) (*keyRequestsOutput, error) {
	out := &keyRequestsOutput{}
	out.Body.Requests = list
	return out, err
}

// registerKeyRequests adds how a practitioner gets a key that no live one signs for, the first one
// too: two administrators approve it.
func registerKeyRequests(a *web.API, svc *keys.Service) {
	web.Handle(a, web.Op{ID: "request-key", Method: http.MethodPost, Path: "/v1/keys/requests",
		Summary: "Ask two administrators for a key (申请签名密钥)", Tag: tagKeys, Roles: web.PractitionerRoles,
		Command: true, Status: http.StatusCreated,
		Doc:   "For a practitioner's first key, and for one who cannot sign with the live one. Once two have approved this public key, enrol it. A demo's administrators approve a first one at once.",
		Codes: []string{"key-invalid", "key-known", "too-many-keys", "practitioner-not-approved"}},
		func(ctx context.Context, in *requestKeyInput) (*keyRequestOutput, error) {
			public, _ := hex.DecodeString(in.Body.PublicKey) // it was held against its pattern
			r, err := svc.Request(ctx, web.Command(ctx, "keys.request"), web.Caller(ctx), public)
			return &keyRequestOutput{Body: r}, err
		})
	web.Handle(a, web.Op{ID: "list-key-requests", Method: http.MethodGet, Path: "/v1/keys/requests",
		Summary: "The caller's requests for keys", Tag: tagKeys, Roles: web.PractitionerRoles},
		func(ctx context.Context, _ *struct{}) (*keyRequestsOutput, error) {
			return keyRequestsOf(svc.Requests(ctx, web.Caller(ctx).Person))
		})
	web.Handle(a, web.Op{ID: "list-admin-key-requests", Method: http.MethodGet, Path: "/v1/admin/key-requests",
		Summary: "Requests of the own organisation's practitioners for keys (签名密钥审批)", Tag: web.Administration,
		Roles: web.AdminOnly},
		func(ctx context.Context, _ *struct{}) (*keyRequestsOutput, error) {
			return keyRequestsOf(svc.RequestsOf(ctx, web.Caller(ctx)))
		})
	for _, v := range []struct {
		id, verb, summary string
		do                func(context.Context, sqlstore.Command, accounts.Account, string) (keys.KeyRequest, error)
	}{
		{"approve-key-request", "approve", "Approve a practitioner's key, as one of two administrators", svc.Approve},
		{"refuse-key-request", "refuse", "Refuse a practitioner's key", svc.Refuse},
	} {
		web.Handle(a, web.Op{ID: v.id, Method: http.MethodPost, Path: "/v1/admin/key-requests/{id}/" + v.verb,
			Summary: v.summary, Tag: web.Administration, Roles: web.AdminOnly, Command: true,
			Doc:   "Let the person read the key's fingerprint to you, face to face.",
			Codes: []string{"not-found", "not-independent", "approver-unidentified"}},
			func(ctx context.Context, in *keyRequestPath) (*keyRequestOutput, error) {
				r, err := v.do(ctx, web.Command(ctx, "keys."+v.verb), web.Caller(ctx), in.ID)
				return &keyRequestOutput{Body: r}, err
			})
	}
}

func keysOf(ctx context.Context, svc *keys.Service, person string) (*keysOutput, error) {
	return keysOutputOf(svc.List(ctx, person))
}

func keysOutputOf(list []keys.Key, err error) (*keysOutput, error) {
	out := &keysOutput{}
	out.Body.Keys = list
	return out, err
}
