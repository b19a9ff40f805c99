package journey

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/prescription/view"
)

// ErrSurprise: the server did something no honest server does.
var ErrSurprise = errors.New("surprise")

// person is somebody of the ward with a session and an SM2 key that was made here and never leaves
// this process.
type person struct {
	*client
	label   string // "patient-01", for the log
	id      string // person id
	key     *gm.PrivateKey
	ecToken string // patients: token of the digital insurance card
	record  func(step string, id string, took time.Duration)
	kept    *proofs
}

// proofs collects what was signed, for the receipts at the end.
type proofs struct {
	mu   sync.Mutex
	list []signedAct
}

type signedAct struct {
	record   string
	document []byte
	salt     []byte
}

func (e *proofs) add(a signedAct) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.list = append(e.list, a)
}

type session struct {
	Token   string `json:"token"`
	Account struct {
		Person string `json:"person"`
		Role   string `json:"role"`
	} `json:"account"`
}

func (p *person) loginStaff(ctx context.Context, login, password string) error {
	var s session
	if err := p.once(ctx, http.MethodPost, "/v1/sessions", "", map[string]string{"login": login, "password": password},
		&s); err != nil {
		return err
	}
	p.token, p.id = s.Token, s.Account.Person
	return nil
}

// loginPatient does what the mini-program does, with the sandbox in the place of wx.login.
func (p *person) loginPatient(ctx context.Context, user string) error {
	var code struct{ Code string }
	if err := p.once(ctx, http.MethodPost, "/sandbox/login", "", map[string]string{"user": user}, &code); err != nil {
		return err
	}
	var papers struct {
		Papers []struct {
			Name    string
			Version int
		}
	}
	if err := p.once(ctx, http.MethodGet, "/v1/papers", "", nil, &papers); err != nil {
		return err
	}
	agree := map[string]int{}
	for _, paper := range papers.Papers {
		agree[paper.Name] = paper.Version
	}
	var s session
	if err := p.once(ctx, http.MethodPost, "/v1/sessions/wechat", "", map[string]any{"code": code.Code, "agree": agree},
		&s); err != nil {
		return err
	}
	p.token, p.id = s.Token, s.Account.Person
	return nil
}

type keyView struct {
	ID    string `json:"id"`
	State string `json:"state"`
}

// enrol makes a key, proves that it is here, and waits until the chain holds its certificate. A
// live key of an earlier journey is replaced: its private half died with that process.
func (p *person) enrol(ctx context.Context) error {
	key, err := gm.GenerateKey()
	if err != nil {
		return err
	}
	p.key = key
	var old struct {
		Keys []keyView `json:"keys"`
	}
	if err := p.get(ctx, "/v1/keys", &old); err != nil {
		return err
	}
	replaces := ""
	for _, k := range old.Keys {
		if k.State == "active" || k.State == "pending" {
			replaces = k.ID
		}
	}
	var challenge struct {
		Nonce string `json:"nonce"`
	}
	if err := p.command(ctx, http.MethodPost, "/v1/keys/challenge", nil, &challenge); err != nil {
		return err
	}
	nonce, err := hex.DecodeString(challenge.Nonce)
	if err != nil {
		return err
	}
	text, err := gm.NewEnrolment(key.Public(), nonce)
	if err != nil {
		return err
	}
	sig, err := key.Sign(text)
	if err != nil {
		return err
	}
	in := map[string]string{"publicKey": key.Public().Hex(), "nonce": challenge.Nonce, "signature": base64.Encode(sig)}
	if replaces != "" {
		in["replaces"] = replaces
	}
	var made keyView
	err = p.command(ctx, http.MethodPost, "/v1/keys", in, &made)
	if refusal, ok := errors.AsType[*Refused](err); ok && refusal.Code == "key-approval-required" {
		if err := p.approved(ctx, key.Public().Hex()); err != nil {
			return err
		}
		err = p.command(ctx, http.MethodPost, "/v1/keys", in, &made)
	}
	if err != nil {
		return err
	}
	return p.poll(ctx, "key active", func() (bool, error) {
		var now struct {
			Keys []keyView `json:"keys"`
		}
		err := p.get(ctx, "/v1/keys", &now)
		return err == nil && len(now.Keys) > 0 && now.Keys[0].ID == made.ID && now.Keys[0].State == "active", err
	})
}

// approved asks for a key. A demo's administrators approve a first one by themselves; they are
// asked to approve a further one here: the old one's private half died with an earlier journey.
func (p *person) approved(ctx context.Context, publicKey string) error {
	var asked struct {
		ID    string `json:"id"`
		Org   string `json:"org"`
		State string `json:"state"`
	}
	err := p.command(ctx, http.MethodPost, "/v1/keys/requests", map[string]string{"publicKey": publicKey}, &asked)
	if err != nil || asked.State == "approved" {
		return err
	}
	var demo demoWard
	if err := p.get(ctx, "/sandbox/ward", &demo); err != nil {
		return err
	}
	for _, s := range demo.Staff {
		if s.Role != "admin" || s.Org != asked.Org {
			continue
		}
		admin := &person{client: p.stranger(), label: s.Login}
		if err := admin.loginStaff(ctx, s.Login, s.Password); err != nil {
			return err
		}
		if err := admin.command(ctx, http.MethodPost, "/v1/admin/key-requests/"+asked.ID+"/approve", nil,
			nil); err != nil {
			return err
		}
	}
	return nil
}

// Signed is what the hospital answers to a signature: what it brought about as it stands now.
type Signed struct {
	Record       string
	Prescription *view.View
	Settlement   *payment.View
}

// act prepares something, checks what is to be signed as a careful device does, signs it here and
// sends the signature.
func (p *person) act(ctx context.Context, step, path string, in any, want chain.Kind) (*Signed, error) {
	start := time.Now()
	prepared, err := p.prepare(ctx, path, in)
	if err != nil {
		return nil, fmt.Errorf("%s: prepare: %w", step, err)
	}
	statement, kept, err := inspect(*prepared, want)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", step, err)
	}
	sig, err := p.key.Sign(statement)
	if err != nil {
		return nil, err
	}
	var done Signed
	if err := p.command(ctx, http.MethodPost, signPath(prepared.ID), signatureBody(sig), &done); err != nil {
		return nil, fmt.Errorf("%s: sign: %w", step, err)
	}
	if done.Record != kept.record {
		return nil, fmt.Errorf("%s: %w: the record is not the one signed", step, ErrSurprise)
	}
	p.record(step, kept.record, time.Since(start))
	p.kept.add(kept)
	return &done, nil
}

func (p *person) prepare(ctx context.Context, path string, in any) (*web.IntentView, error) {
	var prepared web.IntentView
	return &prepared, p.command(ctx, http.MethodPost, path, in, &prepared)
}

func signPath(intent string) string { return "/v1/intents/" + intent + "/sign" }

func signatureBody(der []byte) map[string]string {
	return map[string]string{"signature": base64.Encode(der)}
}

// inspect holds what a server wants signed against itself: the statement is canonical, says what
// was asked for, and commits to the very document that would be shown.
func inspect(v web.IntentView, want chain.Kind) (statement []byte, kept signedAct, err error) {
	st, err := chain.ParseStatement([]byte(v.Statement))
	if err != nil {
		return nil, kept, fmt.Errorf("%w: statement: %w", ErrSurprise, err)
	}
	salt, err := hex.DecodeString(v.Salt)
	if err != nil || len(salt) != chain.SaltLen {
		return nil, kept, fmt.Errorf("%w: salt", ErrSurprise)
	}
	if err := st.VerifyDocument(salt, []byte(v.Document)); err != nil {
		return nil, kept, fmt.Errorf("%w: %w", ErrSurprise, err)
	}
	if st.Kind != want || st.ID() != v.Record || !json.Valid([]byte(v.Document)) ||
		!bytes.Equal(st.Bytes(), []byte(v.Statement)) {
		return nil, kept, fmt.Errorf("%w: asked for %s, got %s", ErrSurprise, want, st.Kind)
	}
	return st.Bytes(), signedAct{record: st.ID(), document: []byte(v.Document), salt: salt}, nil
}

const (
	pollPause    = 20 * time.Millisecond
	pollPatience = 6 // times the client's patience with a server that does not answer: the insurer has its own pace
)

// poll asks until something is so.
func (p *person) poll(ctx context.Context, what string, ask func() (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, pollPatience*p.patience)
	defer cancel()
	for {
		done, err := ask()
		if done || (err != nil && ctx.Err() == nil) {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("waiting for %s: %w", what, ctx.Err())
		case <-time.After(pollPause):
		}
	}
}
