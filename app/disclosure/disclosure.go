// Package disclosure lets the regulator see single documents. The chain holds digests; what was
// signed stands in a document, which stays with the hospital. A regulator of the consortium asks
// for the document of one record, by a request signed with its organisation's seal; the hospital
// checks by the members' list in force that it is one, and the record's room gives document and
// salt. A room says which roles it shows its documents (Part); this package knows no kind. The
// basis is the regulator's data port that 《互联网诊疗监管细则（试行）》 demands of internet hospitals.
//
// It promises that a request is good once, for a few minutes, for one record and one hospital. It
// does not hide the answer from the line: the client refuses plain HTTP to another machine.
package disclosure

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/membership"
)

// Path is where a hospital's application takes requests.
const Path = "/v1/disclosures"

// Window is how far a request's time may be from the hospital's clock.
const Window = 5 * time.Minute

// tag begins what is signed: such a signature can never be taken for a record's or a seal over a
// header.
const tag = "hospital/disclosure/v1\n"

// Errors of a request.
var (
	// ErrRefused: not from a member whom such documents are for, by the list in force, or not for
	// this hospital; the text says which rule.
	ErrRefused = errors.New("disclosure: refused")
	// ErrReplayed: this request was answered before.
	ErrReplayed = errors.New("disclosure: the request was used before")
	// ErrNotHere: the hospital has no document of that record.
	ErrNotHere = errors.New("disclosure: no such document here")
)

// Request asks one hospital for the document of one record.
type Request struct {
	Chain    string `json:"chain" doc:"Chain id" example:"demo-ppk7scfuqg"`
	Hospital string `json:"hospital" doc:"Member id of whom it asks" example:"h1"`
	Member   string `json:"member" doc:"Member id of the regulator" example:"r1"`
	Nonce    string `json:"nonce" doc:"32 lower hex digits, new for every request" pattern:"^[0-9a-f]{32}$" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e"`
	Record   string `json:"record" doc:"Record id" pattern:"^[0-9a-f]{64}$" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Sig      string `json:"sig" doc:"base64 strict-DER SM2 signature of the regulator's seal over \"hospital/disclosure/v1\\n\" and the canonical JSON of the other fields" maxLength:"200" example:"MEUCIQC6m1vJ0z3nJw0mC9Yx2c8m1fQk1u8a7c0q3v5y9b2d4QIgTz5s8w1x4v7u0t3r6q9p2n5m8l1k4j7h0g3f6d9s2a5="`
	Time     int64  `json:"time" doc:"Unix milliseconds; at most five minutes off the hospital's clock" example:"1795358001391"`
}

// Answer is a document with its salt: together they give the record's digest.
type Answer struct {
	Document []byte `json:"document" doc:"base64 of the signed document's bytes" example:"eyJzY2hlbWEiOiJob3NwaXRhbC5yeC5pc3N1ZS8xIn0="`
	Salt     []byte `json:"salt" doc:"base64" example:"q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA="`
}

// message is what is signed.
func (r Request) message() []byte {
	return append([]byte(tag), canonical.Bytes(struct {
		Chain    string `json:"chain"`
		Hospital string `json:"hospital"`
		Member   string `json:"member"`
		Nonce    string `json:"nonce"`
		Record   string `json:"record"`
		Time     int64  `json:"time"`
	}{r.Chain, r.Hospital, r.Member, r.Nonce, r.Record, r.Time})...)
}

// New makes and signs a request.
func New(ctx context.Context, chainID, hospital, record string, by intent.Seal, at time.Time) (Request, error) {
	var nonce [16]byte
	if _, err := rand.Read(nonce[:]); err != nil {
		return Request{}, err
	}
	r := Request{Chain: chainID, Hospital: hospital, Member: by.Org, Nonce: hex.EncodeToString(nonce[:]),
		Record: record, Time: at.UnixMilli()}
	sig, err := by.Signer.Sign(ctx, r.message())
	if err != nil {
		return Request{}, fmt.Errorf("disclosure: seal of %s: %w", by.Org, err)
	}
	r.Sig = base64.Encode(sig)
	return r, nil
}

var (
	reNonce  = regexp.MustCompile(`^[0-9a-f]{32}$`)
	reRecord = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

// Check tells whether a request is for this hospital, of now, and of a member with one of the
// roles, and which it is: ErrRefused with the rule. It does not know what was used before.
func (r Request) Check(roster *membership.Roster, hospital string, now time.Time,
	roles []chain.OrgRole) (chain.OrgRole, error) {
	refuse := func(why string) (chain.OrgRole, error) { return "", fmt.Errorf("%w: %s", ErrRefused, why) }
	if !reNonce.MatchString(r.Nonce) || !reRecord.MatchString(r.Record) {
		return refuse("nonce and record are 32 and 64 lower hex digits")
	}
	if r.Chain != roster.Chain() || r.Hospital != hospital {
		return refuse("it is for another chain or another hospital")
	}
	org, ok := roster.Org(r.Member)
	if !ok || !slices.Contains(roles, org.Role) || org.Suspended {
		return refuse("member is no regulator of the consortium, or suspended")
	}
	if off := now.Sub(time.UnixMilli(r.Time)); off > Window || off < -Window {
		return refuse("time is more than five minutes off")
	}
	if !org.SealCert.ValidAt(now) {
		return refuse("the regulator's seal certificate is not valid now")
	}
	der, err := base64.Decode(r.Sig)
	if err != nil || org.SealCert.PublicKey().Verify(r.message(), der) != nil {
		return refuse("not the regulator's signature")
	}
	return org.Role, nil
}
