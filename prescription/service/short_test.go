package service_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/pickup"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/service"
)

// The patient read 75 characters aloud at a counter whose scanner was broken.
func TestAShortCodeOpensAtTheChosenPharmacyAlone(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		tails := []string{"4021", "123X"}
		w := openWard(t, db, func(d *service.Deps) {
			d.Tails = func(_ *gorm.DB, persons ...string) ([]string, error) { return tails, nil }
		})
		id := w.paid()
		short := func() (*pickup.ShortCode, error) {
			return w.svc.ShortCode(ctx, actor("pat"), w.cmd("pat", "short"), string(id))
		}
		choose := func(pharmacy string) {
			t.Helper()
			if _, err := w.svc.Choose(ctx, actor("pat"), w.cmd("pat", "choose"), string(id), pharmacy); err != nil {
				t.Fatal(err)
			}
		}
		look := func(who, code, tail string) error {
			_, err := w.svc.LookupShort(ctx, actor(who), code, tail)
			return err
		}
		if _, err := short(); !errors.Is(err, pickup.ErrNoShort) {
			t.Errorf("without a pharmacy: %v", err)
		}
		choose("ph1")
		c, err := short()
		if err != nil || len(c.Code) != 8 || c.Pharmacy != "ph1" {
			t.Fatal(c, err)
		}
		if again, err := short(); err != nil || again.Code != c.Code {
			t.Errorf("asked again: %v %v", again, err)
		}
		_, err = w.svc.ShortCode(ctx, actor("pat2"), w.cmd("pat2", "short"), string(id))
		if !errors.Is(err, prescription.ErrNotFound) {
			t.Errorf("somebody else's: %v", err)
		}
		for _, bad := range []struct{ who, code, tail string }{
			{"dis2", c.Code, "4021"}, {"dis1", other(c.Code), "4021"}, {"dis1", c.Code, "4022"}, {"dis1", c.Code, ""},
		} {
			if err := look(bad.who, bad.code, bad.tail); !errors.Is(err, redemption.ErrBadToken) {
				t.Errorf("%v: %v", bad, err)
			}
		}
		if err := look("pat", c.Code, "4021"); !errors.Is(err, prescription.ErrRole) {
			t.Errorf("a patient looks: %v", err)
		}
		found, err := w.svc.LookupShort(ctx, actor("dis1"), c.Code, "123x")
		if err != nil || found.Prescription.ID != id || !strings.HasSuffix(found.Pickup, ":"+w.code(id)) {
			t.Fatal(found, err)
		}
		// the choice moved on: the first pharmacy's code is nothing any more
		choose("ph2")
		if err := look("dis1", c.Code, "4021"); !errors.Is(err, redemption.ErrBadToken) {
			t.Errorf("after another choice: %v", err)
		}
		choose("ph1")
		if err := look("dis1", c.Code, "4021"); err != nil {
			t.Errorf("chosen again: %v", err)
		}
		// single use: the claim ends it, and the release does not bring it back
		if _, err := w.claim("dis1", id); err != nil {
			t.Fatal(err)
		}
		if err := look("dis1", c.Code, "4021"); !errors.Is(err, redemption.ErrBadToken) {
			t.Errorf("after the claim: %v", err)
		}
		if _, err := short(); !errors.Is(err, prescription.ErrStatus) {
			t.Errorf("a code while it is held: %v", err)
		}
		if _, err := w.release("dis1", id); err != nil {
			t.Fatal(err)
		}
		if err := look("dis1", c.Code, "4021"); !errors.Is(err, redemption.ErrBadToken) {
			t.Errorf("after the release: %v", err)
		}
		choose("ph1")
		next, err := short()
		if err != nil || next.Code == c.Code {
			t.Fatal(next, err)
		}
		w.later(4 * 24 * time.Hour)
		if err := look("dis1", next.Code, "4021"); !errors.Is(err, redemption.ErrBadToken) {
			t.Errorf("after the validity: %v", err)
		}
	})
}

// The second guardian was shown the code that the first one had asked for, and the pharmacy refused
// the second one's number; so it was for the patient after a change of the phone's number.
func TestAShortCodeKnowsWhoeverWasShownIt(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		numbers := map[string]string{"mum": "1111", "dad": "2222"}
		w := openWard(t, db, func(d *service.Deps) {
			d.Tails = func(_ *gorm.DB, persons ...string) (list []string, _ error) {
				for _, p := range persons {
					if n := numbers[p]; n != "" {
						list = append(list, n)
					}
				}
				return list, nil
			}
		})
		id, child := w.paid(), actor("pat").Person
		if _, err := w.svc.Choose(ctx, actor("pat"), w.cmd("pat", "choose"), string(id), "ph1"); err != nil {
			t.Fatal(err)
		}
		codes := map[string]bool{}
		show := func(who string) {
			t.Helper()
			a := intent.Actor{Person: who, Role: chain.RolePatient, Org: "h1", Wards: []string{child}}
			c, err := w.svc.ShortCode(ctx, a, w.cmd(who, "short"), string(id))
			if err != nil {
				t.Fatal(err)
			}
			codes[c.Code] = true
		}
		show("mum")
		show("dad")
		numbers["mum"] = "3333"
		show("mum")
		if len(codes) != 1 {
			t.Fatalf("they were shown different codes: %v", codes)
		}
		for code := range codes {
			for _, tail := range []string{"1111", "2222", "3333"} {
				if _, err := w.svc.LookupShort(ctx, actor("dis1"), code, tail); err != nil {
					t.Errorf("%s: %v", tail, err)
				}
			}
		}
	})
}

// Guessing is bounded for the pharmacy and for the code, and never for the patient.
func TestShortCodesBearNoGuessing(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w := openWard(t, db, func(d *service.Deps) {
			d.Tails = func(*gorm.DB, ...string) ([]string, error) { return []string{"4021"}, nil }
		})
		id := w.paid()
		if _, err := w.svc.Choose(ctx, actor("pat"), w.cmd("pat", "choose"), string(id), "ph1"); err != nil {
			t.Fatal(err)
		}
		short := func() string {
			t.Helper()
			c, err := w.svc.ShortCode(ctx, actor("pat"), w.cmd("pat", "short"), string(id))
			if err != nil {
				t.Fatal(err)
			}
			return c.Code
		}
		look := func(code, tail string) error {
			_, err := w.svc.LookupShort(ctx, actor("dis1"), code, tail)
			return err
		}
		code := short()
		for n := range 5 {
			if err := look(code, fmt.Sprintf("000%d", n)); !errors.Is(err, redemption.ErrBadToken) {
				t.Fatal(err)
			}
		}
		if err := look(code, "4021"); !errors.Is(err, redemption.ErrBadToken) {
			t.Errorf("the sixth number opened it: %v", err)
		}
		fresh := short()
		if fresh == code {
			t.Fatal("the patient is given the dead code again")
		}
		if err := look(fresh, "4021"); err != nil {
			t.Errorf("the patient's next code: %v", err)
		}
		for n := 0; !errors.Is(look(other(fresh), "4021"), pickup.ErrShortRate); n++ {
			if n > 20 {
				t.Fatal("nobody stops the guessing")
			}
		}
		if err := look(fresh, "4021"); !errors.Is(err, pickup.ErrShortRate) {
			t.Errorf("the right one within the guesses: %v", err)
		}
		// the long code is not touched by it, and an hour later all is well
		if _, err := w.svc.Lookup(ctx, actor("dis1"), "RXP1:"+string(id)+":"+w.code(id)); err != nil {
			t.Errorf("the scanned code: %v", err)
		}
		w.later(time.Hour)
		for n := range 30 { // right ones are not counted
			if err := look(fresh, "4021"); err != nil {
				t.Fatalf("%d: %v", n, err)
			}
		}
	})
}

// other is a code that is not this one.
func other(code string) string {
	if code[0] == '9' {
		return "0" + code[1:]
	}
	return string(code[0]+1) + code[1:]
}
