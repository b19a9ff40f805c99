package intent_test

import (
	"context"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
)

var (
	ctx = context.Background()
	at  = time.Date(2026, 3, 1, 8, 0, 0, 123_456_789, time.UTC)
)

// person is a key with a certificate.
type person struct {
	key  *gm.PrivateKey
	cert *pki.Certificate
}

func newPerson(t *testing.T, name, org, role string) person {
	t.Helper()
	key, err := gm.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	cert, err := pki.NewRoot(key, pki.CertTemplate{
		CommonName: name, Organization: org, Unit: role, NotBefore: at.Add(-time.Hour),
		NotAfter: at.Add(time.Hour), IsCA: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	return person{key, cert}
}

func (p person) sign(t *testing.T, msg []byte) []byte {
	t.Helper()
	sig, err := p.key.Sign(msg)
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

// Signer of a person's key, as a key store would give it.
type signer struct{ person }

func (signer) KeyID() string           { return "test" }
func (s signer) Public() *gm.PublicKey { return s.key.Public() }
func (s signer) Sign(ctx context.Context, msg []byte) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return s.key.Sign(msg)
}

var _ keystore.Signer = signer{}

func seal(p person, org string) intent.Seal {
	return intent.Seal{Org: org, Cert: p.cert, Signer: signer{p}}
}

type document struct {
	Name string `json:"name"`
	Drug string `json:"drug"`
	Fen  int64  `json:"fen"`
}

func draft(p person) intent.Draft {
	return intent.Draft{
		Person: "p1", Kind: chain.KindIssue, Subject: "rx:RX1", Seq: 1, Cert: p.cert, Org: "h1",
		Facts:    chain.Facts{Expires: at.Add(72 * time.Hour).UnixMilli()},
		Document: document{"张三", "阿莫西林 <0.5 g>", 1250}, Input: map[string]int{"version": 3},
	}
}

func TestNew(t *testing.T) {
	doctor := newPerson(t, "p1", "h1", "doctor")
	i, err := intent.New("chain-1", draft(doctor), at)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(i.Document), `{"drug":"阿莫西林 <0.5 g>","fen":1250,"name":"张三"}`; got != want {
		t.Errorf("document %s, want %s", got, want)
	}
	st := i.Statement
	if st.Digest != chain.Digest(i.Salt, i.Document) || st.Actor != doctor.cert.ID() || st.Chain != "chain-1" ||
		st.Time != at.UnixMilli() {
		t.Errorf("statement %+v", st)
	}
	if len(i.Salt) != chain.SaltLen || len(i.ID) != 32 || string(i.Input) != `{"version":3}` {
		t.Errorf("salt %d, id %q, input %s", len(i.Salt), i.ID, i.Input)
	}
	if !i.ExpiresAt.Equal(i.CreatedAt.Add(intent.TTL)) || i.CreatedAt.UnixMilli() != at.UnixMilli() {
		t.Errorf("from %v to %v", i.CreatedAt, i.ExpiresAt)
	}
	none := draft(doctor)
	none.Input = nil
	if i, err := intent.New("chain-1", none, at); err != nil || string(i.Input) != "null" {
		t.Errorf("no input: %v", err)
	}
	again, err := intent.New("chain-1", draft(doctor), at)
	if err != nil || again.ID == i.ID || string(again.Salt) == string(i.Salt) ||
		again.Statement.ID() == i.Statement.ID() {
		t.Errorf("the same draft gave the same intent (%v)", err)
	}
}

func TestNewRefuses(t *testing.T) {
	doctor := newPerson(t, "p1", "h1", "doctor")
	for name, tt := range map[string]struct {
		change func(*intent.Draft)
		want   error
	}{
		"no certificate":      {func(d *intent.Draft) { d.Cert = nil }, intent.ErrSignature},
		"sequence 0":          {func(d *intent.Draft) { d.Seq = 0 }, canonical.ErrMalformed},
		"subject of another":  {func(d *intent.Draft) { d.Subject = "pay:1" }, canonical.ErrMalformed},
		"fact missing":        {func(d *intent.Draft) { d.Facts = chain.Facts{} }, canonical.ErrMalformed},
		"cannot be marshaled": {func(d *intent.Draft) { d.Document = func() {} }, intent.ErrDocument},
		"would be rounded":    {func(d *intent.Draft) { d.Document = document{Fen: 1 << 53} }, intent.ErrDocument},
		"too long": {
			func(d *intent.Draft) { d.Document = document{Name: strings.Repeat("x", intent.MaxDocumentBytes)} },
			intent.ErrDocument},
		"turned around": {func(d *intent.Draft) { d.Document = document{Name: "每日 1 片\u202e片 01 日每"} },
			intent.ErrDocument},
		"a bare string": {func(d *intent.Draft) { d.Document = "signed" }, intent.ErrDocument},
		"nothing":       {func(d *intent.Draft) { d.Document = nil }, intent.ErrDocument},
	} {
		d := draft(doctor)
		tt.change(&d)
		if _, err := intent.New("chain-1", d, at); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
}

func TestSign(t *testing.T) {
	doctor, other := newPerson(t, "p1", "h1", "doctor"), newPerson(t, "p2", "h1", "doctor")
	hospital := newPerson(t, "seal", "h1", "seal")
	i, err := intent.New("chain-1", draft(doctor), at)
	if err != nil {
		t.Fatal(err)
	}
	good := doctor.sign(t, i.Statement.Bytes())
	rec, err := i.Sign(ctx, doctor.cert, good, seal(hospital, "h1"))
	if err != nil {
		t.Fatal(err)
	}
	orgSig, err := base64.StdEncoding.DecodeString(rec.OrgSig)
	if err != nil || hospital.cert.PublicKey().Verify(rec.SealBytes(), orgSig) != nil {
		t.Errorf("seal does not verify (%v)", err)
	}
	if rec.ID() != i.Statement.ID() || rec.OrgCert != hospital.cert.ID() ||
		rec.ActorSig != base64.StdEncoding.EncodeToString(good) {
		t.Errorf("record %+v", rec)
	}
	stopped, stop := context.WithCancel(ctx)
	stop()
	for name, tt := range map[string]struct {
		ctx  context.Context
		cert *pki.Certificate
		sig  []byte
		seal intent.Seal
		want error
	}{
		"no certificate": {ctx, nil, good, seal(hospital, "h1"), intent.ErrSignature},
		"another's certificate": {ctx, other.cert, other.sign(t, i.Statement.Bytes()), seal(hospital, "h1"),
			intent.ErrSignature},
		"another's key": {ctx, doctor.cert, other.sign(t, i.Statement.Bytes()), seal(hospital, "h1"),
			intent.ErrSignature},
		"over the document": {ctx, doctor.cert, doctor.sign(t, i.Document), seal(hospital, "h1"),
			intent.ErrSignature},
		"a byte behind": {ctx, doctor.cert, append(append([]byte(nil), good...), 0), seal(hospital, "h1"),
			intent.ErrSignature},
		"empty":                {ctx, doctor.cert, nil, seal(hospital, "h1"), intent.ErrSignature},
		"another organisation": {ctx, doctor.cert, good, seal(hospital, "h2"), intent.ErrSeal},
		"seal of another key": {ctx, doctor.cert, good,
			intent.Seal{Org: "h1", Cert: hospital.cert, Signer: signer{other}}, intent.ErrSeal},
		"context ended": {stopped, doctor.cert, good, seal(hospital, "h1"), context.Canceled},
	} {
		if _, err := i.Sign(tt.ctx, tt.cert, tt.sig, tt.seal); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
}

func TestSystemRecord(t *testing.T) {
	hospital, other := newPerson(t, "seal", "h1", "seal"), newPerson(t, "seal", "h2", "seal")
	d := draft(hospital)
	d.Kind, d.Facts, d.Seq = chain.KindExpire, chain.Facts{}, 3
	i, err := intent.New("chain-1", d, at)
	if err != nil {
		t.Fatal(err)
	}
	rec, err := intent.SystemRecord(ctx, seal(hospital, "h1"), i.Statement)
	if err != nil {
		t.Fatal(err)
	}
	sig, err := base64.StdEncoding.DecodeString(rec.ActorSig)
	if err != nil || hospital.cert.PublicKey().Verify(i.Statement.Bytes(), sig) != nil {
		t.Errorf("actor's signature does not verify (%v)", err)
	}
	if _, err := intent.SystemRecord(ctx, seal(other, "h2"), i.Statement); !errors.Is(err, intent.ErrSeal) {
		t.Errorf("another's seal: %v", err)
	}
}
