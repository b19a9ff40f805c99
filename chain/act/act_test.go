package act_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/act"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

var (
	errStale   = errors.New("test: stale")
	errRefused = errors.New("test: refused")
	// six minutes before midnight in China
	evening = time.Date(2026, 3, 1, 15, 54, 0, 0, time.UTC)
)

const lane = "rx:RX20261122442427997927"

type key struct{ *gm.PrivateKey }

func (key) KeyID() string                                        { return "test" }
func (k key) Sign(_ context.Context, msg []byte) ([]byte, error) { return k.PrivateKey.Sign(msg) }

// world is a room of payments that stores nothing but its records.
type world struct {
	t       *testing.T
	db      *sqlstore.DB
	now     time.Time
	kicks   int
	judged  error // what the room says when it judges
	stored  error // what it says in the transaction
	patient intent.Actor
	device  key
	room    act.Room[*gorm.DB]
}

func each(t *testing.T, fn func(w *world)) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w := &world{t: t, db: db, now: evening}
		db.Now = func() time.Time { return w.now }
		for _, migrate := range []func(context.Context, *sqlstore.DB) error{intent.Migrate, outbox.Migrate} {
			if err := migrate(t.Context(), db); err != nil {
				t.Fatal(err)
			}
		}
		seal, sealCert := w.person("seal", "seal")
		w.device, w.patient.Cert = w.person("p1", "patient")
		w.patient.Person, w.patient.Role, w.patient.Org = "p1", chain.RolePatient, "h1"
		w.room = act.On(db, intent.NewStore(db, sqlstoretest.Box()))
		w.room.Chain, w.room.Prefix, w.room.Stale, w.room.Now = "chain-1", chain.SubjectPay, errStale, db.Now
		w.room.Kick = func() { w.kicks++ }
		w.room.Seal = func(_ context.Context, org string) (intent.Seal, error) {
			return intent.Seal{Org: org, Cert: sealCert, Signer: seal}, nil
		}
		fn(w)
	})
}

func (w *world) person(name, role string) (key, *pki.Certificate) {
	w.t.Helper()
	k, err := gm.GenerateKey()
	if err != nil {
		w.t.Fatal(err)
	}
	cert, err := pki.NewRoot(k, pki.CertTemplate{CommonName: name, Organization: "h1", Unit: role, IsCA: true,
		NotBefore: evening.Add(-time.Hour), NotAfter: evening.Add(time.Hour)})
	if err != nil {
		w.t.Fatal(err)
	}
	return key{k}, cert
}

func command(name string) sqlstore.Command {
	return sqlstore.Command{Key: name, Actor: "p1", Operation: "test", Hash: gm.Sum([]byte(name))}
}

// prepare has the act wait for its signature.
func (w *world) prepare(cmd sqlstore.Command, refused error) (*intent.Intent, error) {
	w.t.Helper()
	in, err := intent.New("chain-1", intent.Draft{Person: "p1", Kind: chain.KindPayOpen,
		Subject: "pay:ST20261122170838139661", Seq: 1, Cert: w.patient.Cert, Org: "h1",
		Facts: chain.Facts{Ref: lane}, Document: map[string]string{"a": "b"}}, w.now)
	if err != nil {
		w.t.Fatal(err)
	}
	return w.room.Prepare(w.t.Context(), cmd, in, func(*gorm.DB) error { return nil }, refused)
}

func (w *world) sign(a intent.Actor, cmd sqlstore.Command, in *intent.Intent, sig []byte) (string, bool, error) {
	return act.Sign(w.t.Context(), w.room, a, cmd, in.ID, sig,
		func(_ context.Context, s act.Signed) (act.Take[*gorm.DB, string], error) {
			return func(tx *gorm.DB) (string, error) {
				if w.stored != nil {
					return "", w.stored
				}
				return s.Record.ID(), w.room.Log(tx).Append(lane, s)
			}, w.judged
		})
}

func (w *world) signature(in *intent.Intent) []byte {
	w.t.Helper()
	sig, err := w.device.PrivateKey.Sign(in.Statement.Bytes())
	if err != nil {
		w.t.Fatal(err)
	}
	return sig
}

// waiting is how many records are in the outbox.
func (w *world) waiting() int64 {
	w.t.Helper()
	b, err := outbox.Stats(w.db.DB)
	if err != nil {
		w.t.Fatal(err)
	}
	return b.Pending
}

// A refusal leaves the act signable; a repeated command gets its first answer whatever the room
// would say by now.
func TestSign(t *testing.T) {
	each(t, func(w *world) {
		in, err := w.prepare(command("prepare"), nil)
		if err != nil {
			t.Fatal(err)
		}
		good := w.signature(in)
		with := func(change func(*intent.Actor)) intent.Actor {
			a := w.patient
			change(&a)
			return a
		}
		foreign := w.room
		foreign.Prefix = chain.SubjectRx
		for _, step := range []struct {
			name string
			by   intent.Actor
			sig  []byte
			set  func()
			want error
		}{
			{"somebody else", with(func(a *intent.Actor) { a.Person = "p2" }), good, nil, intent.ErrNotFound},
			{"another office", with(func(a *intent.Actor) { a.Role = chain.RoleDoctor }), good, nil,
				intent.ErrNotFound},
			{"another room", w.patient, good, func() { w.room, foreign = foreign, w.room }, intent.ErrNotFound},
			{"no certificate", with(func(a *intent.Actor) { a.Cert = nil }), good,
				func() { w.room, foreign = foreign, w.room }, intent.ErrSignature},
			{"another signature", w.patient, append(slices.Clone(good), 0), nil, intent.ErrSignature},
			{"judged", w.patient, good, func() { w.judged = errRefused }, errRefused},
			{"stored", w.patient, good, func() { w.judged, w.stored = nil, errRefused }, errRefused},
			{"after midnight", w.patient, good, func() { w.stored, w.now = nil, evening.Add(7*time.Minute) }, errStale},
			{"at the end of its time", w.patient, good, func() { w.now = in.ExpiresAt }, intent.ErrExpired},
			{"of a certificate that ended", w.patient, good, func() { w.now = evening.Add(2 * time.Hour) },
				intent.ErrSignature},
		} {
			if step.set != nil {
				step.set()
			}
			if _, _, err := w.sign(step.by, command("sign"), in, step.sig); !errors.Is(err, step.want) {
				t.Errorf("%s: %v, want %v", step.name, err, step.want)
			}
		}
		w.now = evening
		if n := w.waiting(); n != 0 || w.kicks != 0 {
			t.Fatalf("refused, and %d records, %d kicks", n, w.kicks)
		}
		first, replayed, err := w.sign(w.patient, command("sign"), in, good)
		if err != nil || replayed || first != in.Statement.ID() {
			t.Fatalf("%q %v %v", first, replayed, err)
		}
		w.judged = errRefused
		again, replayed, err := w.sign(w.patient, command("sign"), in, good)
		if err != nil || !replayed || again != first {
			t.Errorf("repeated: %q %v %v", again, replayed, err)
		}
		w.judged = nil
		if _, _, err := w.sign(w.patient, command("another"), in, good); !errors.Is(err, intent.ErrUsed) {
			t.Errorf("another command: %v", err)
		}
		if n := w.waiting(); n != 1 || w.kicks != 1 {
			t.Errorf("%d records, %d kicks", n, w.kicks)
		}
	})
}

// TestPrepare: a repeated command gets the intent it got first, also when the act is refused by
// now.
func TestPrepare(t *testing.T) {
	each(t, func(w *world) {
		if _, err := w.prepare(command("prepare"), errRefused); !errors.Is(err, errRefused) {
			t.Errorf("refused: %v", err)
		}
		first, err := w.prepare(command("prepare"), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, refused := range []error{nil, errRefused} {
			if again, err := w.prepare(command("prepare"), refused); err != nil || again.ID != first.ID {
				t.Errorf("repeated: %+v %v", again, err)
			}
		}
		if w.kicks != 0 {
			t.Errorf("%d kicks", w.kicks)
		}
	})
}

// TestSealed: what nobody signs in person is signed by the organisation's seal, and verifies.
func TestSealed(t *testing.T) {
	each(t, func(w *world) {
		s, err := w.room.Sealed(t.Context(), intent.Draft{Kind: chain.KindPayFail,
			Subject: "pay:ST20261122170838139661", Seq: 2, Org: "h1", Document: map[string]string{"a": "b"}}, w.now)
		if err != nil {
			t.Fatal(err)
		}
		if s.Statement.Actor != s.Record.OrgCert || s.Statement.Digest != chain.Digest(s.Salt, s.Document) ||
			s.Statement.Time != s.Taken.UnixMilli() {
			t.Errorf("%+v", s)
		}
		store := func(refused error) error {
			_, err := w.room.Store(t.Context(), sqlstore.Command{}, func(tx *gorm.DB) error {
				return w.room.Log(tx).Append(lane, s)
			}, refused)
			return err
		}
		if err := store(errRefused); !errors.Is(err, errRefused) || w.waiting() != 0 {
			t.Errorf("refused: %v, %d records", err, w.waiting())
		}
		if err := store(nil); err != nil || w.waiting() != 1 || w.kicks != 1 {
			t.Errorf("%v, %d records, %d kicks", err, w.waiting(), w.kicks)
		}
	})
}

func TestOffices(t *testing.T) {
	if got := act.Kinds(chain.SubjectPay); !slices.Equal(got, []chain.Kind{chain.KindPayOpen}) {
		t.Errorf("kinds of a payment that persons sign: %v", got)
	}
	for _, c := range []struct {
		role chain.Role
		kind chain.Kind
		want bool
	}{
		{chain.RolePatient, chain.KindPayOpen, true}, {chain.RoleDoctor, chain.KindPayOpen, false},
		{chain.RoleSeal, chain.KindPaySettle, false}, {chain.RoleDoctor, chain.KindIssue, true},
		{chain.RoleDoctor, "unknown", false},
	} {
		if got := act.MaySign(c.role, c.kind); got != c.want {
			t.Errorf("%s signs %s: %v", c.role, c.kind, got)
		}
	}
}
