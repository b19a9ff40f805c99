package service_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/ground"
	"github.com/smart-hospital/hospital/prescription/rules"
	"github.com/smart-hospital/hospital/prescription/service"
)

// town is one chain with two applications, each over a database of its own: the hospital's, which
// serves pharmacy ph1 as well, and that of pharmacy ph2. The test decides when a waiting record
// reaches the chain.
type town struct {
	t        *testing.T
	log      []chain.Committed
	distrust error // what verifying a receipt says
	own      bool  // the pharmacy's own base says more of D0001 than the hospital's
	hospital *ward
	pharmacy *ward
}

func eachTown(t *testing.T, fn func(c *town)) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		other, err := sqlstore.Open(ctx, "sqlite:"+t.TempDir()+"/ph2.db", sqlstore.WithBox(sqlstoretest.Box()))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = other.Close() })
		c := &town{t: t}
		c.hospital, c.pharmacy = c.open(db, "h1", "ph1"), c.open(other, "ph2")
		fn(c)
	})
}

// open is an application that holds the keys of these organisations.
func (c *town) open(db *sqlstore.DB, orgs ...string) *ward {
	return openWard(c.t, db, func(d *service.Deps) {
		d.Ledger, d.Confirmations = c, ground.OutboxConfirmations{DB: db}
		d.Verify = func(context.Context, *chain.Receipt) error { return c.distrust }
		d.Seal = func(ctx context.Context, org string) (intent.Seal, error) {
			if !slices.Contains(orgs, org) {
				return intent.Seal{}, prescription.ErrNotFound
			}
			return seal(ctx, org)
		}
		if !slices.Contains(orgs, "h1") {
			d.Formulary = ownBase{d.Formulary, &c.own}
		}
		d.Pharmacies = func() []string {
			return slices.DeleteFunc(slices.Clone(orgs), func(org string) bool { return org == "h1" })
		}
	})
}

// ownBase is another application's table of facts.
type ownBase struct {
	rules.Formulary
	on *bool
}

func (b ownBase) Facts(drugs []string, c rules.Condition) ([]rules.Fact, error) {
	list, err := b.Formulary.Facts(drugs, c)
	if *b.on && slices.Contains(drugs, "D0001") {
		list = append(list, rules.Fact{ID: "OWN1", Kind: rules.FactAge, Drug: "D0001",
			Severity: rules.Critical, ZH: "本药店规则", EN: "this pharmacy's own rule"})
	}
	return list, err
}

// deliver takes everything that waits in an application's outbox to the chain, which refuses what
// is not a subject's next step.
func (c *town) deliver(w *ward) {
	c.t.Helper()
	err := outbox.Each(ctx, w.db.DB, func(e outbox.Entry) error {
		if e.State != outbox.Pending {
			return nil
		}
		rec := must(chain.ParseWaiting(e.Record))
		st := rec.Statement
		now, err := c.Subject(ctx, st.Subject)
		law, _ := chain.TransitionOf(st.Kind)
		if err != nil && !errors.Is(err, chain.ErrNotFound) {
			return err
		}
		if st.Seq != now.Seq+1 || !law.AllowsFrom(now.Status, chain.Version) {
			return w.db.Exec("UPDATE outbox SET state = 'dead', code = ? WHERE id = ?", chain.CodeSequence, e.ID).Error
		}
		c.log = append(c.log, chain.Committed{Record: rec, ID: e.ID, Height: int64(len(c.log) + 1),
			Index: uint64(len(c.log)), Time: w.now()})
		return w.db.Exec("UPDATE outbox SET state = 'committed', height = ? WHERE id = ?", len(c.log), e.ID).Error
	})
	if err != nil {
		c.t.Fatal(err)
	}
}

// follow lets an application read the log to its end.
func (c *town) follow(w *ward) {
	c.t.Helper()
	err := w.svc.Follow(ctx, c, func(id prescription.ID, err error) { c.t.Errorf("%s: %v", id, err) })
	if err == nil || ctx.Err() != nil {
		c.t.Fatalf("followed: %v", err) // it ends with the stream
	}
}

func (c *town) Subscribe(_ context.Context, from uint64) (<-chan chain.Committed, error) {
	out := make(chan chain.Committed, len(c.log))
	for _, r := range c.log[from:] {
		out <- r
	}
	close(out)
	return out, nil
}

func (c *town) Records(_ context.Context, subject string) (list []chain.Committed, err error) {
	for _, r := range c.log {
		if r.Record.Statement.Subject == subject {
			list = append(list, r)
		}
	}
	if list == nil {
		err = chain.ErrNotFound
	}
	return list, err
}

func (c *town) Subject(ctx context.Context, subject string) (s chain.SubjectState, err error) {
	for name, p := range staff() {
		if chain.SubjectCert+p.actor.Cert.ID() == subject && p.actor.Role != chain.RoleSeal {
			return chain.SubjectState{Subject: subject, Person: name}, nil
		}
	}
	list, err := c.Records(ctx, subject)
	for _, r := range list {
		st := r.Record.Statement
		law, _ := chain.TransitionOf(st.Kind)
		s.Seq, s.Status, s.Last = st.Seq, law.To, r.ID
		if st.Kind == chain.KindClaim {
			s.Holder = st.Org
		}
	}
	return s, err
}

func (c *town) Receipt(_ context.Context, id string) (*chain.Receipt, error) {
	for _, r := range c.log {
		if r.ID != id {
			continue
		}
		for _, p := range staff() {
			if p.actor.Cert.ID() == r.Record.Statement.Actor {
				return &chain.Receipt{Record: r.Record,
					ActorCert: base64.StdEncoding.EncodeToString(p.actor.Cert.Raw()), Path: []string{},
					Seals: []chain.Seal{}, V: 1}, nil
			}
		}
	}
	return nil, chain.ErrNotFound
}

func (c *town) Members(context.Context) (*membership.Members, error) {
	return &membership.Members{Members: []membership.Member{{ID: "ph1", Name: "第一药店"}, {ID: "ph2", Name: "第二药店"}}}, nil
}

// paid is a prescription paid at the hospital and on the chain, with its bundle as the patient's
// device has it.
func (c *town) paid() (prescription.ID, []byte) {
	c.t.Helper()
	id := c.hospital.paid()
	c.deliver(c.hospital)
	b, err := c.hospital.svc.Bundle(ctx, actor("pat"), string(id))
	if err != nil {
		c.t.Fatal(err)
	}
	return id, must(json.Marshal(b))
}

// brought is paid, and the bundle received at the pharmacy.
func (c *town) brought() prescription.ID {
	c.t.Helper()
	id, bundle := c.paid()
	if _, err := c.pharmacy.svc.Receive(ctx, bundle); err != nil {
		c.t.Fatal(err)
	}
	return id
}

// stands checks where both databases and the chain have the prescription, and that no lane is held
// up.
func (c *town) stands(id prescription.ID, want prescription.Status) {
	c.t.Helper()
	state, _ := c.Subject(ctx, id.Subject())
	for name, w := range map[string]*ward{"hospital": c.hospital, "pharmacy": c.pharmacy} {
		if s := w.state(id); s.Status != want || s.Seq != state.Seq || s.LastRecord != state.Last ||
			state.Status != chain.Status(want) {
			c.t.Errorf("%s: %s #%d, chain: %s #%d, want %s", name, s.Status, s.Seq, state.Status, state.Seq, want)
		}
		if b, err := outbox.Stats(w.db.DB); err != nil || b.Dead > 0 || b.Pending > 0 {
			c.t.Errorf("%s: outbox %+v %v", name, b, err)
		}
		w.balanced()
	}
}
