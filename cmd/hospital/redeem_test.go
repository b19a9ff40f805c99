package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/smart-hospital/hospital/app/journey"
)

// shire is a consortium in which three organisations run an application of their own: hospital A
// (h1) with its hosted pharmacies, hospital B (h2), and the pharmacy group P (g1). The insurer's
// and the regulator's nodes have none.
type shire struct {
	*city
	apps   map[string]*server
	others *server
}

func newShire(t *testing.T) *shire {
	c := newCity(t, 4)
	s := &shire{city: c, apps: map[string]*server{}, others: c.up("h1", "h2", "g1")}
	for _, member := range []string{"h1", "h2", "g1"} {
		app := newServer(t)
		app.data = c.path(member)
		app.env = []string{"HOSPITAL_MEMBER=" + member}
		app.begin("", "serve", "--data", app.data, "--listen", app.addr, "--log-level", "warn")
		s.apps[member] = app
	}
	for _, app := range s.apps {
		app.await()
	}
	return s
}

func (s *shire) enter(ctx context.Context, member string, visits int) *journey.Ward {
	s.t.Helper()
	w, err := journey.Enter(ctx, journey.Options{URL: s.apps[member].url(), Count: visits, Pharmacy: member == "g1",
		Out: io.Discard, Patience: 20 * time.Second})
	if err != nil {
		s.t.Fatalf("%s: %v", member, err)
	}
	return w
}

// Statuses of a prescription that the patient waits for.
const (
	paid      = "paid"
	claimed   = "claimed"
	dispensed = "dispensed"
	cancelled = "cancelled"
)

// paid leads the n-th visit at hospital A to a paid prescription and takes its bundle out.
func (s *shire) paid(ctx context.Context, w *journey.Ward, n int) (*journey.Visit, json.RawMessage) {
	s.t.Helper()
	v := w.Visit(n)
	if err := v.Lead(ctx, paid); err != nil {
		s.t.Fatal(err)
	}
	bundle, err := v.Bundle(ctx)
	if err != nil {
		s.t.Fatal(err)
	}
	return v, bundle
}

// settled waits until the patient sees one of these statuses.
func (s *shire) settled(ctx context.Context, v *journey.Visit, want ...string) journey.View {
	s.t.Helper()
	var seen journey.View
	err := v.Patient().Poll(ctx, "the chain's word", 20*time.Millisecond, func() (bool, error) {
		now, err := v.See(ctx)
		seen = now
		return slices.Contains(want, string(now.Status)), err
	})
	if err != nil {
		s.t.Fatalf("%v; it is %s", err, seen.Status)
	}
	return seen
}

// bring hands a bundle in and returns the refusal's code, empty when it is taken.
func (s *shire) bring(member string, bundle json.RawMessage) string {
	s.t.Helper()
	res, err := http.Post(s.apps[member].url()+"/v1/bundles", "application/json", bytes.NewReader(bundle))
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	var answer struct{ Code string }
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
		s.t.Fatal(err)
	}
	return answer.Code
}

// A prescription issued and paid at hospital A is handed out by the pharmacy group's own
// application while A's server is dead. It works once. A learns of it when it is back, and whatever
// races is won by exactly one, and both sides say so.
func TestRedeemElsewhere(t *testing.T) {
	t.Parallel()
	ctx, s := t.Context(), newShire(t)
	a, p := s.enter(ctx, "h1", 4), s.enter(ctx, "g1", 1)
	group := p.Pharmacy(0)

	v, bundle := s.paid(ctx, a, 0)
	s.apps["h1"].kill()
	kept := filepath.Join(t.TempDir(), "bundle.json")
	if err := os.WriteFile(kept, bundle, 0o600); err != nil {
		t.Fatal(err)
	}
	if out := s.must("verify", kept, "--members", s.path("i1", "members.json")); !strings.Contains(out,
		"3 good, 0 bad") {
		t.Errorf("the bundle, offline: %s", out)
	}
	brought, err := group.Bring(ctx, bundle)
	if err != nil {
		t.Fatalf("the bundle at the pharmacy group: %v", err)
	}
	// Once: a further claim would need the next pick-up code (lapsedAndContested).
	if err := brought.Claim(ctx); err != nil {
		t.Fatal(err)
	}
	if err := brought.Dispense(ctx); err != nil {
		t.Fatal(err)
	}
	if again, err := group.Bring(ctx, bundle); err != nil || again.Received.Status != dispensed {
		t.Errorf("brought again: %v %v", again, err)
	}
	if err := brought.Claim(ctx); err == nil {
		t.Error("claimed a second time at the pharmacy group")
	}
	if code := s.bring("h2", bundle); code != "no-pharmacy" {
		t.Errorf("at a hospital without a pharmacy: %q", code)
	}

	s.apps["h1"].start()
	seen := s.settled(ctx, v, dispensed)
	if d := seen.Content.Dispensing; d == nil || d.Pharmacy != "g1" || d.PharmacyName == "" {
		t.Errorf("the patient sees %+v", d)
	}
	if err := a.Pharmacy(0).Login(ctx); err != nil {
		t.Fatal(err)
	}
	if err := v.Claim(ctx, a.Pharmacy(0)); err == nil {
		t.Error("claimed a second time at hospital A's own pharmacy")
	}

	s.claimedTwice(ctx, a, group)
	s.cancelledAndClaimed(ctx, a, group)
	s.lapsedAndContested(ctx, a, group)
	s.together(0, s.apps["h1"].addr, s.apps["h2"].addr, s.apps["g1"].addr, s.addr["i1"], s.addr["r1"])
	for _, app := range s.apps {
		app.stop()
	}
	s.others.stop()
	for member, app := range s.apps {
		if out, err := app.run("audit", "--data", app.data); err != nil {
			t.Errorf("audit of %s: %v\n%s", member, err, out)
		}
	}
}

// claimedTwice: hospital A's own pharmacy and the group's claim the same prescription at the same
// moment.
func (s *shire) claimedTwice(ctx context.Context, a *journey.Ward, group *journey.Person) {
	t := s.t
	t.Helper()
	v, bundle := s.paid(ctx, a, 1)
	brought, err := group.Bring(ctx, bundle)
	if err != nil {
		t.Fatal(err)
	}
	own := a.Pharmacy(0)
	errs := race(func() error {
		if err := v.Claim(ctx, own); err != nil {
			return err
		}
		return v.Dispense(ctx, own)
	}, func() error {
		if err := brought.Claim(ctx); err != nil {
			return err
		}
		return brought.Dispense(ctx)
	})
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Fatalf("own pharmacy: %v; the group: %v", errs[0], errs[1])
	}
	winner := map[bool]string{true: "p1", false: "g1"}[errs[0] == nil]
	lost := errors.Join(errs[0], errs[1])
	t.Logf("%s handed it out; the other: %v", winner, lost)
	seen := s.settled(ctx, v, dispensed)
	if seen.Content.Dispensing.Pharmacy != winner {
		t.Errorf("the patient sees %s", seen.Content.Dispensing.Pharmacy)
	}
	err = group.Poll(ctx, "the group's word", 20*time.Millisecond, func() (bool, error) {
		there, err := brought.See(ctx)
		return err == nil && there.Status == dispensed, err
	})
	if err != nil {
		t.Error(err)
	}
}

// cancelledAndClaimed: the patient withdraws at hospital A while the group claims.
func (s *shire) cancelledAndClaimed(ctx context.Context, a *journey.Ward, group *journey.Person) {
	t := s.t
	t.Helper()
	v, bundle := s.paid(ctx, a, 2)
	brought, err := group.Bring(ctx, bundle)
	if err != nil {
		t.Fatal(err)
	}
	errs := race(func() error { return v.Cancel(ctx) }, func() error {
		if err := brought.Claim(ctx); err != nil {
			return err
		}
		return brought.Dispense(ctx)
	})
	t.Logf("withdrawn: %v; handed out: %v", errs[0], errs[1])
	want := dispensed
	if errs[1] != nil {
		want = cancelled
	}
	seen := s.settled(ctx, v, want)
	switch {
	case want == cancelled && errs[0] != nil:
		t.Errorf("neither happened: %v", errs)
	case want == dispensed && errs[0] == nil && len(seen.Content.Lost) != 1:
		t.Errorf("a withdrawal that came second is not told: %+v", seen.Content.Lost)
	case want == dispensed && seen.Content.Refund != "":
		t.Errorf("medicine and money: refund %s", seen.Content.Refund)
	}
	if want == cancelled {
		err := v.Patient().Poll(ctx, "the refund", 20*time.Millisecond, func() (bool, error) {
			now, err := v.See(ctx)
			return err == nil && now.Content.Refund == "done", err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// withCode is a bundle with another of its codes, as the patient's phone makes it.
func withCode(t *testing.T, bundle json.RawMessage, code string) json.RawMessage {
	t.Helper()
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(bundle, &parts); err != nil {
		t.Fatal(err)
	}
	parts["accessCode"], _ = json.Marshal(code)
	changed, err := json.Marshal(parts)
	if err != nil {
		t.Fatal(err)
	}
	return changed
}

// lapsedAndContested: hospital A's own pharmacy claims and lets the claim lapse. Then A's server
// dies, and the group claims with the next code, which the patient's phone has kept; the code that
// A's pharmacy was shown opens nothing any more. When A is back the patient contests that claim,
// the group learns of it and hands nothing out.
func (s *shire) lapsedAndContested(ctx context.Context, a *journey.Ward, group *journey.Person) {
	t := s.t
	t.Helper()
	hospital := s.apps["h1"]
	hospital.stop()
	hospital.env = append(hospital.env, "HOSPITAL_CLAIM_LEASE=3s")
	hospital.start()
	if err := a.Pharmacy(0).Login(ctx); err != nil {
		t.Fatal(err)
	}
	v, bundle := s.paid(ctx, a, 3)
	codes, err := v.PickupCodes(ctx)
	if err != nil || len(codes) < 2 {
		t.Fatalf("%d codes, %v", len(codes), err)
	}
	if err := v.Claim(ctx, a.Pharmacy(0)); err != nil {
		t.Fatal(err)
	}
	lapse := s.settled(ctx, v, paid).Record
	err = group.Poll(ctx, "the lapse on the chain", 20*time.Millisecond, func() (bool, error) {
		res, err := http.Get(s.apps["g1"].url() + "/v1/chain/records/" + lapse)
		if err != nil {
			return false, err
		}
		return res.StatusCode == http.StatusOK, res.Body.Close()
	})
	if err != nil {
		t.Fatal(err)
	}
	hospital.kill()
	if brought, err := group.Bring(ctx, bundle); err == nil && brought.Claim(ctx) == nil {
		t.Error("claimed with a code that was used")
	}
	brought, err := group.Bring(ctx, withCode(t, bundle, codes[1]))
	if err != nil {
		t.Fatalf("with the next code: %v", err)
	}
	if err := brought.Claim(ctx); err != nil {
		t.Fatal(err)
	}
	hospital.start()
	if seen := s.settled(ctx, v, claimed); seen.Content.Claim.Pharmacy != "g1" {
		t.Errorf("the patient sees %s", seen.Content.Claim.Pharmacy)
	}
	if err := v.Contest(ctx); err != nil {
		t.Fatal(err)
	}
	err = group.Poll(ctx, "the patient's word", 20*time.Millisecond, func() (bool, error) {
		there, err := brought.See(ctx)
		return err == nil && there.Content != nil && there.Content.Claim != nil &&
			there.Content.Claim.ContestedAt != nil, err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := brought.Dispense(ctx); err == nil {
		t.Error("handed out against the patient's word")
	}
}

func race(fns ...func() error) []error {
	errs := make([]error, len(fns))
	var g errgroup.Group
	for i, fn := range fns {
		g.Go(func() error { errs[i] = fn(); return nil })
	}
	_ = g.Wait()
	return errs
}
