package service_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/bundle"
	"github.com/smart-hospital/hospital/prescription/copies"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/service"
)

// A prescription of one application is handed out in another; the first learns of it, once, and
// where it stopped.
func TestRedeemedElsewhere(t *testing.T) {
	eachTown(t, func(c *town) {
		id, brought := c.paid()
		got, err := c.pharmacy.svc.Receive(ctx, brought)
		if err != nil || got.ID != id || got.Status != prescription.Paid || got.Hospital != "h1" {
			t.Fatalf("%+v %v", got, err)
		}
		seen, err := c.pharmacy.svc.Lookup(ctx, actor("dis2"), got.Pickup)
		if err != nil || len(seen.Content.Items) != 1 || seen.Content.Items[0].Drug != "D0001" ||
			seen.Content.Patient.Name != "张三" || seen.Content.Review == nil {
			t.Fatalf("the pharmacist sees %+v %v", seen, err)
		}
		if _, err := c.pharmacy.claim("dis2", id); err != nil {
			t.Fatal(err)
		}
		if _, err := c.pharmacy.dispense("dis2", id, tracecode(1)); !errors.Is(err, lifecycle.ErrClaimUnconfirmed) {
			t.Errorf("handed out before the chain knew: %v", err)
		}
		c.deliver(c.pharmacy)
		c.follow(c.hospital)
		if _, err := c.hospital.cancel("pat", id); !errors.Is(err, lifecycle.ErrHeld) {
			t.Errorf("withdrawn while it is held elsewhere: %v", err)
		}
		if _, err := c.hospital.claim("dis1", id); !errors.Is(err, lifecycle.ErrHeld) {
			t.Errorf("claimed while it is held elsewhere: %v", err)
		}
		if _, err := c.pharmacy.release("dis2", id); err != nil {
			t.Fatal(err)
		}
		if _, err := c.pharmacy.claim("dis2", id); err != nil {
			t.Fatal(err)
		}
		c.deliver(c.pharmacy)
		if _, err := c.pharmacy.dispense("dis2", id, tracecode(1)); err != nil {
			t.Fatal(err)
		}
		c.deliver(c.pharmacy)
		for range 2 { // the second time there is nothing new
			c.follow(c.hospital)
			c.follow(c.pharmacy)
		}
		c.stands(id, prescription.Dispensed)
		v, err := c.hospital.svc.Get(ctx, actor("pat"), string(id))
		if err != nil || v.Content.Dispensing == nil || v.Content.Dispensing.PharmacyName != "第二药店" ||
			v.Content.Dispensing.Record != v.Record || len(v.Content.Lost) > 0 {
			t.Errorf("the patient sees %+v %v", v, err)
		}
		events, err := c.hospital.svc.Events(ctx, actor("pat"), string(id))
		if err != nil || len(events) != 7 || events[2].Document == "" || events[6].Document != "" ||
			events[6].Person != "dis2" {
			t.Errorf("events: %+v %v", events, err)
		}
		if doc, salt, err := c.hospital.svc.Disclose(ctx, string(id), events[2].Record, "r1"); err != nil ||
			string(doc) != events[2].Document || len(salt) == 0 {
			t.Errorf("disclosed: %s %v", doc, err)
		}
		if _, _, err := c.hospital.svc.Disclose(ctx, string(id), events[6].Record, "r1"); !errors.Is(err,
			prescription.ErrNotFound) {
			t.Errorf("disclosed what is kept elsewhere: %v", err)
		}
		if n := count(c.hospital, "SELECT next FROM chain_followed"); n != int64(len(c.log)) {
			t.Errorf("looked as far as %d of %d", n, len(c.log))
		}
		if _, err := c.hospital.svc.Bundle(ctx, actor("pat"), string(id)); !errors.Is(err, prescription.ErrStatus) {
			t.Errorf("a bundle of what was handed out: %v", err)
		}
		if got, err := c.pharmacy.svc.Receive(ctx, brought); err != nil || got.Status != prescription.Dispensed {
			t.Errorf("brought again: %+v %v", got, err)
		}
		if _, err := c.pharmacy.claim("dis2", id); !errors.Is(err, redemption.ErrBadToken) &&
			!errors.Is(err, prescription.ErrStatus) {
			t.Errorf("claimed again: %v", err)
		}
		if s := c.pharmacy.stock("dis2"); s.OnHand != plenty-1 || s.Reserved != 0 {
			t.Errorf("the pharmacy's stock: %+v", s)
		}
	})
}

// Two applications take a step from the same place. The chain's first one stands in both databases;
// the other is taken back, with what it reserved or owed, whether its record was refused already or
// had not even been sent, and who took it is told.
func TestLostRaces(t *testing.T) {
	claimHere := func(c *town, id prescription.ID) error { _, err := c.hospital.claim("dis1", id); return err }
	claimThere := func(c *town, id prescription.ID) error { _, err := c.pharmacy.claim("dis2", id); return err }
	cancel := func(c *town, id prescription.ID) error { _, err := c.hospital.cancel("pat", id); return err }
	expire := func(c *town, _ prescription.ID) error {
		c.hospital.later(4 * 24 * time.Hour)
		n, err := c.hospital.svc.ExpireDue(ctx, c.hospital.now(), 10)
		if n != 1 {
			return errors.New("nothing expired")
		}
		return err
	}
	for _, race := range []struct {
		name        string
		here        func(*town, prescription.ID) error
		first, then prescription.Status // where it ends when the hospital is first, and when the pharmacy is
		lost        chain.Kind
	}{
		{"two claims", claimHere, prescription.Claimed, prescription.Claimed, chain.KindClaim},
		{"withdrawal", cancel, prescription.Cancelled, prescription.Claimed, chain.KindCancel},
		{"expiry", expire, prescription.Expired, prescription.Claimed, chain.KindExpire},
	} {
		for _, hospitalFirst := range []bool{true, false} {
			for _, sent := range []bool{true, false} {
				t.Run(
					strings.Join([]string{race.name,
						map[bool]string{true: "hospital first", false: "pharmacy first"}[hospitalFirst],
						map[bool]string{true: "refused", false: "not sent"}[sent]}, ", "), func(t *testing.T) {
						eachTown(t, func(c *town) {
							c.t = t
							id := c.brought()
							if err := errors.Join(claimThere(c, id), race.here(c, id)); err != nil {
								t.Fatal(err)
							}
							if owed, err := c.hospital.svc.RefundsDue(ctx, 10); err != nil || len(owed) > 0 {
								t.Errorf("refunded before the chain's word: %v %v", owed, err)
							}
							winner, loser, want, lost := c.pharmacy, c.hospital, race.then, race.lost
							if hospitalFirst {
								winner, loser, want, lost = c.hospital, c.pharmacy, race.first, chain.KindClaim
							}
							c.deliver(winner)
							if sent {
								c.deliver(loser)
							}
							c.follow(c.hospital)
							c.follow(c.pharmacy)
							c.stands(id, want)
							c.told(id, hospitalFirst, lost)
							owed, err := c.hospital.svc.RefundsDue(ctx, 10)
							if ended := want != prescription.Claimed; err != nil || (len(owed) == 1) != ended {
								t.Errorf("refunds of what is %s: %v %v", want, owed, err)
							}
							if hospitalFirst {
								if s := c.pharmacy.stock("dis2"); s.Reserved != 0 {
									t.Errorf("still reserved: %+v", s)
								}
							}
						})
					})
			}
		}
	}
}

// told: the patient reads what was taken back at the hospital, and a pharmacy that lost is not
// called a stranger.
func (c *town) told(id prescription.ID, hospitalFirst bool, lost chain.Kind) {
	c.t.Helper()
	if hospitalFirst {
		in := service.ReleaseInput{Secret: redemption.NewSecret()}
		if _, err := c.pharmacy.svc.PrepareRelease(ctx, actor("dis2"), string(id), in); !errors.Is(err,
			copies.ErrClaimLost) {
			c.t.Errorf("the pharmacy that lost: %v", err)
		}
		return
	}
	v, err := c.hospital.svc.Get(ctx, actor("pat"), string(id))
	if err != nil || len(v.Content.Lost) != 1 || v.Content.Lost[0].Kind != lost ||
		v.Content.Refund != lifecycle.NoRefund {
		c.t.Errorf("the patient is told %+v %v", v.Content, err)
	}
}

// What does not fit a lost race, or cannot be read, is left alone, said, and holds nobody else up.
func TestDivergedHistory(t *testing.T) {
	eachTown(t, func(c *town) {
		id, spoilt, other := c.brought(), c.brought(), c.brought()
		if err := c.hospital.db.Exec("UPDATE prescriptions SET body = ? WHERE id = ?", []byte("spoilt"),
			string(spoilt)).Error; err != nil {
			t.Fatal(err)
		}
		for _, rx := range []prescription.ID{id, spoilt, other} {
			if _, err := c.pharmacy.claim("dis2", rx); err != nil {
				t.Fatal(err)
			}
		}
		c.log[1].ID = strings.Repeat("0", 64)
		c.deliver(c.pharmacy)
		var alarms []prescription.ID
		_ = c.hospital.svc.Follow(ctx, c, func(id prescription.ID, err error) {
			if alarms = append(alarms, id); !errors.Is(err, lifecycle.ErrDiverged) &&
				!errors.Is(err, lifecycle.ErrStored) {
				t.Errorf("alarm: %v", err)
			}
		})
		if !slices.Equal(alarms, []prescription.ID{id, spoilt}) || c.hospital.state(id).Status != prescription.Paid ||
			c.hospital.state(other).Status != prescription.Claimed {
			t.Errorf("alarms %v; %s, %s", alarms, c.hospital.state(id).Status, c.hospital.state(other).Status)
		}
	})
}

// Follow passes a step to a prescription that is not stored yet. Whoever died while receiving it
// catches up when it is brought again, or claimed.
func TestDiedWhileReceiving(t *testing.T) {
	for _, again := range []bool{true, false} {
		eachTown(t, func(c *town) {
			id, brought := c.paid()
			if _, err := c.pharmacy.svc.Receive(ctx, brought); err != nil {
				t.Fatal(err)
			}
			if _, err := c.hospital.claim("dis1", id); err != nil {
				t.Fatal(err)
			}
			c.deliver(c.hospital)
			if err := c.pharmacy.db.Exec("UPDATE chain_followed SET next = ?", len(c.log)).Error; err != nil {
				t.Fatal(err)
			}
			c.follow(c.pharmacy)
			if s := c.pharmacy.state(id); s.Status != prescription.Paid {
				t.Fatalf("the step was not missed: %s", s.Status)
			}
			if again {
				if got, err := c.pharmacy.svc.Receive(ctx, brought); err != nil || got.Status != prescription.Claimed {
					t.Errorf("brought again: %+v %v", got, err)
				}
			} else if _, err := c.pharmacy.claim("dis2", id); !errors.Is(err, lifecycle.ErrHeld) {
				t.Errorf("claimed: %v", err)
			}
			c.stands(id, prescription.Claimed)
		})
	}
}

// Who has only a number does not learn from a bundle's refusal whether the prescription was brought
// here.
func TestBundleTellsNothing(t *testing.T) {
	eachTown(t, func(c *town) {
		_, known := c.paid()
		_, unknown := c.paid()
		if _, err := c.pharmacy.svc.Receive(ctx, known); err != nil {
			t.Fatal(err)
		}
		code := redemption.NewSecret()
		guess := func(brought []byte) string {
			var b bundle.Bundle
			if err := json.Unmarshal(brought, &b); err != nil {
				t.Fatal(err)
			}
			b.AccessCode = code
			_, err := c.pharmacy.svc.Receive(ctx, must(json.Marshal(b)))
			if !errors.Is(err, bundle.ErrBundle) {
				t.Errorf("a guessed code: %v", err)
			}
			return err.Error()
		}
		if a, b := guess(known), guess(unknown); a != b {
			t.Errorf("here: %q, not here: %q", a, b)
		}
	})
}

// A bundle is refused as a whole when any part of it is not what the chain and the hospital said.
func TestForgedBundles(t *testing.T) {
	eachTown(t, func(c *town) {
		_, brought := c.paid()
		_, foreign := c.paid()
		altered := func(change func(b, other *bundle.Bundle)) []byte {
			var b, other bundle.Bundle
			if err := errors.Join(json.Unmarshal(brought, &b), json.Unmarshal(foreign, &other)); err != nil {
				t.Fatal(err)
			}
			change(&b, &other)
			return must(json.Marshal(b))
		}
		for name, raw := range map[string][]byte{
			"no JSON":             []byte("RXP1:"),
			"something behind it": append(slices.Clone(brought), '1'),
			"an unknown field":    []byte(strings.Replace(string(brought), `{"v":1`, `{"x":1,"v":1`, 1)),
			"too large":           append(slices.Clone(brought), make([]byte, bundle.MaxBytes)...),
			"another version":     altered(func(b, _ *bundle.Bundle) { b.V = 2 }),
			"a guessed access code": altered(
				func(b, _ *bundle.Bundle) { b.AccessCode = redemption.NewSecret() }),
			"another's access code": altered(func(b, o *bundle.Bundle) { b.AccessCode = o.AccessCode }),
			"another's number":      altered(func(b, o *bundle.Bundle) { b.Prescription = o.Prescription }),
			"another's review":      altered(func(b, o *bundle.Bundle) { b.Evidence[1] = o.Evidence[1] }),
			"another's document": altered(
				func(b, o *bundle.Bundle) { b.Evidence[0].Document = o.Evidence[0].Document }),
			"a document changed": altered(func(b, _ *bundle.Bundle) {
				b.Evidence[0].Document = []byte(
					strings.Replace(string(b.Evidence[0].Document), `"packages":1`, `"packages":9`, 1))
			}),
			"no document": altered(
				func(b, _ *bundle.Bundle) { b.Evidence[0].Document, b.Evidence[0].Salt = nil, nil }),
			"steps in another order": altered(
				func(b, _ *bundle.Bundle) { b.Evidence[0], b.Evidence[1] = b.Evidence[1], b.Evidence[0] }),
			"without the payment": altered(func(b, _ *bundle.Bundle) { b.Evidence = b.Evidence[:2] }),
			"the actor's name changed": altered(
				func(b, _ *bundle.Bundle) { b.Evidence[0].Receipt.ActorCert = b.Evidence[1].Receipt.ActorCert }),
		} {
			if got, err := c.pharmacy.svc.Receive(ctx, raw); !errors.Is(err, bundle.ErrBundle) {
				t.Errorf("%s: %+v %v", name, got, err)
			}
		}
		c.distrust = chain.ReasonQuorum
		if _, err := c.pharmacy.svc.Receive(ctx, brought); !errors.Is(err, bundle.ErrBundle) ||
			!errors.Is(err, chain.ReasonQuorum) {
			t.Errorf("a receipt that does not verify: %v", err)
		}
		c.distrust = nil
		if n := count(c.pharmacy, "SELECT count(*) FROM prescriptions"); n != 0 {
			t.Errorf("%d copies kept of refused bundles", n)
		}
	})
}

// The refusal of what is not the JSON of a bundle names the field, and nothing that stands in one.
func TestUnreadableBundles(t *testing.T) {
	for raw, want := range map[string]string{
		`{"patient":"zhangsan"}`:            "patient: unexpected property",
		`{"zhang san 13800000000":1}`:       "*: unexpected property",
		`{"V":1}`:                           "V: unexpected property",
		`{"v":"zhangsan"}`:                  "v: must be an integer in its range",
		`{"v":13800000000.5}`:               "v: must be an integer in its range",
		`{"v":1,"accessCode":["zhangsan"]}`: "accessCode: must be a text",
		`["zhangsan"]`:                      "must be an object",
		`zhangsan`:                          "not JSON (RFC 8259)",
		whole(
			`[{"receipt":{},"patient":"zhangsan"}]`): "chain: malformed record: evidence: patient: unexpected property",
		whole(`[{"receipt":{"zhang san":1}}]`): "evidence 0: chain: malformed record: *: unexpected property",
		whole(
			`[{"receipt":{"v":"zhangsan"}}]`): "evidence 0: chain: malformed record: v: a JSON string does not fit here",
		whole(
			`["zhangsan"]`): "chain: malformed record: evidence: a JSON string does not fit here",
	} {
		_, err := bundle.Parse([]byte(raw))
		if !errors.Is(err, bundle.ErrBundle) {
			t.Errorf("%s: %v", raw, err)
		}
		if text := err.Error(); text != bundle.ErrBundle.Error()+": "+want {
			t.Errorf("%s: %q, want %q", raw, text, want)
		}
	}
}

// whole is a bundle with this evidence.
func whole(evidence string) string {
	return `{"v":1,"prescription":"RX20261122012345678947","accessCode":"` + redemption.NewSecret() +
		`","evidence":` + evidence + `}`
}

// The own node's ledger has the last word on a bundle that proves itself.
func TestBundleByTheLedger(t *testing.T) {
	eachTown(t, func(c *town) {
		id, brought := c.paid()
		whole := c.log
		c.log = c.log[:2]
		if _, err := c.pharmacy.svc.Receive(ctx, brought); !errors.Is(err, copies.ErrBundleEarly) {
			t.Errorf("ahead of this node: %v", err)
		}
		c.log = whole
		if _, err := c.hospital.svc.Receive(ctx, brought); err != nil {
			t.Errorf("at the hospital's own: %v", err)
		}
		if _, err := c.hospital.claim("dis1", id); err != nil {
			t.Fatal(err)
		}
		c.deliver(c.hospital)
		if _, err := c.pharmacy.svc.Receive(ctx, brought); !errors.Is(err, lifecycle.ErrHeld) {
			t.Errorf("held elsewhere: %v", err)
		}
		if _, err := c.hospital.release("dis1", id); err != nil {
			t.Fatal(err)
		}
		c.deliver(c.hospital)
		if got, err := c.pharmacy.svc.Receive(ctx, brought); err != nil || got.Status != prescription.Paid ||
			c.pharmacy.state(id).Seq != 5 {
			t.Errorf("given back: %+v %v", got, err)
		}
		id, brought = c.paid()
		if _, err := c.hospital.cancel("pat", id); err != nil {
			t.Fatal(err)
		}
		c.deliver(c.hospital)
		if _, err := c.pharmacy.svc.Receive(ctx, brought); !errors.Is(err, prescription.ErrStatus) {
			t.Errorf("withdrawn: %v", err)
		}
		_, brought = c.paid()
		c.pharmacy.later(4 * 24 * time.Hour)
		if _, err := c.pharmacy.svc.Receive(ctx, brought); !errors.Is(err, prescription.ErrRefused) {
			t.Errorf("after its validity: %v", err)
		}
	})
}

// The patient alone takes a bundle out, while it is of use and its records are on the chain.
func TestWhoGetsABundle(t *testing.T) {
	eachTown(t, func(c *town) {
		id := c.hospital.paid()
		if _, err := c.hospital.svc.Bundle(ctx, actor("pat"), string(id)); !errors.Is(err, chain.ErrNotSealed) {
			t.Errorf("before the chain has it: %v", err)
		}
		c.deliver(c.hospital)
		for _, who := range []string{"pat2", "doc", "rev", "dis1"} {
			if _, err := c.hospital.svc.Bundle(ctx, actor(who), string(id)); !errors.Is(err, prescription.ErrNotFound) {
				t.Errorf("%s: %v", who, err)
			}
		}
		v, err := c.hospital.draft()
		if err == nil {
			v, err = c.hospital.issue(v)
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.hospital.svc.Bundle(ctx, actor("pat"), string(v.ID)); !errors.Is(err, prescription.ErrStatus) {
			t.Errorf("before it is paid: %v", err)
		}
	})
}

// A copy leaves no trace of the patient once nobody needs it: a day after its validity, or five
// years after it was handed out here.
func TestCopiesAreForgotten(t *testing.T) {
	eachTown(t, func(c *town) {
		used, unused, elsewhere := c.brought(), c.brought(), c.brought()
		if _, err := c.pharmacy.claim("dis2", used); err != nil {
			t.Fatal(err)
		}
		if _, err := c.hospital.claim("dis1", elsewhere); err != nil {
			t.Fatal(err)
		}
		c.deliver(c.pharmacy)
		c.deliver(c.hospital)
		c.follow(c.pharmacy)
		if _, err := c.pharmacy.dispense("dis2", used, tracecode(7)); err != nil {
			t.Fatal(err)
		}
		c.deliver(c.pharmacy)
		left := func(after time.Duration, want ...prescription.ID) {
			t.Helper()
			for _, w := range []*ward{c.pharmacy, c.hospital} {
				w.at.Store(noon.Add(after).UnixMilli())
				if _, err := w.svc.ForgetReceived(ctx, w.now(), 10); err != nil {
					t.Fatal(err)
				}
			}
			var got []prescription.ID
			if err := c.pharmacy.db.Raw("SELECT id FROM prescriptions ORDER BY id").Scan(&got).Error; err != nil {
				t.Fatal(err)
			}
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("after %s: %v, want %v", after, got, want)
			}
		}
		left(3*24*time.Hour, used, unused, elsewhere)
		if n, err := c.pharmacy.svc.ExpireDue(ctx, noon.AddDate(0, 0, 5), 10); err != nil || n != 0 {
			t.Errorf("the pharmacy ended the hospital's prescription: %d %v", n, err)
		}
		left(5*24*time.Hour, used)
		left(4*365*24*time.Hour, used)
		left(6 * 365 * 24 * time.Hour)
		for _, table := range []string{"prescription_events", "prescription_access", "trace_codes"} {
			if n := count(c.pharmacy, "SELECT count(*) FROM "+table); n != 0 {
				t.Errorf("%d rows left in %s", n, table)
			}
		}
		if list, err := outbox.BySubject(c.pharmacy.db.DB, used.Subject()); err != nil || len(list) != 2 {
			t.Errorf("what the chain holds is gone here: %v %v", list, err)
		}
		if n := count(c.hospital, "SELECT count(*) FROM prescriptions"); n != 3 {
			t.Errorf("the hospital has %d of its own 3", n)
		}
	})
}

// TestPharmacyChecksWithItsOwnBase: what the hospital's base did not say and the pharmacy's own
// says is new there, and what the reviewing pharmacist answered travels with the bundle.
func TestPharmacyChecksWithItsOwnBase(t *testing.T) {
	eachTown(t, func(c *town) {
		h := c.hospital
		id := h.issued()
		h.allergic()
		if err := h.approveWith(id, reasons(h.news("rev", id))); err != nil {
			t.Fatal(err)
		}
		if err := h.svc.MarkPaid(ctx, string(id), "S-"+string(id)); err != nil {
			t.Fatal(err)
		}
		c.deliver(h)
		b, err := h.svc.Bundle(ctx, actor("pat"), string(id))
		if err != nil {
			t.Fatal(err)
		}
		raw := must(json.Marshal(b))
		got, err := c.pharmacy.svc.Receive(ctx, raw)
		if err != nil {
			t.Fatal(err)
		}
		seen, err := c.pharmacy.svc.Lookup(ctx, actor("dis2"), got.Pickup)
		if err != nil || len(seen.Content.Recheck.New) != 0 || len(seen.Content.Review.Findings) != 1 ||
			len(seen.Content.Review.Overrides) != 1 {
			t.Fatalf("answered already: %+v %v", seen.Content, err)
		}
		c.own = true
		if _, err := c.pharmacy.claim("dis2", id); !refusedBy(err, "rx.override") {
			t.Errorf("claimed against its own base: %v", err)
		}
		c.own = false
		if _, err := c.pharmacy.claim("dis2", id); err != nil {
			t.Fatal(err)
		}
		c.deliver(c.pharmacy)
		c.own = true
		if _, err := c.pharmacy.dispense("dis2", id, tracecode(1)); !refusedBy(err, "rx.prescriber-contact") {
			t.Errorf("handed out against its own base: %v", err)
		}
	})
}
