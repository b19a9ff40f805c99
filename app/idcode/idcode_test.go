package idcode_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/idcode"
	"github.com/smart-hospital/hospital/app/patients"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/app/patients/profile"
	"github.com/smart-hospital/hospital/app/redisstore"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/pharmacy"
)

// hall is a hospital of two instances with one Redis and one key: chen, and her son who may act for
// her as long as the tie stands.
type hall struct {
	one, two *idcode.Service
	now      time.Time
	tie      bool
	mu       sync.Mutex
	seen     []string // who was told of whom
	fails    error    // of the noting
}

const chen, son = "u7k2mq4xw5zt3yb6nc2da", "u2222mq4xw5zt3yb6nc2d"

func (h *hall) Get(_ context.Context, actor, person string) (profile.Profile, error) {
	if person == "uunbound" {
		return profile.Profile{Person: person}, nil
	}
	if person != chen || actor != chen && (actor != son || !h.tie) {
		return profile.Profile{}, profile.ErrNotFound
	}
	return profile.Profile{Person: chen, Claim: profile.Proven,
		Identity: &identity.Identity{Name: "陈晓燕", IDNumber: "11010519491231002X"}}, nil
}

func (h *hall) Known(_ context.Context, person string) ([]string, error) {
	return []string{person, "uformer"}, nil
}

func (h *hall) Identified(_ context.Context, staff accounts.Account, person string) (patients.DeskRecord, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.fails != nil {
		return patients.DeskRecord{}, h.fails
	}
	h.seen = append(h.seen, staff.ID+" "+person)
	return patients.DeskRecord{Person: person, Name: "陈晓燕", Claim: profile.Proven}, nil
}

func open(t *testing.T) *hall {
	t.Helper()
	h := &hall{now: time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC), tie: true}
	key := make([]byte, keystore.BoxKeySize) // of its own: on a shared Redis no two tests count together
	_, _ = rand.Read(key)
	client, closeRedis, err := redisstore.Open(t.Context(), os.Getenv("HOSPITAL_TEST_REDIS_URL"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = closeRedis() })
	instance := func() *idcode.Service {
		return &idcode.Service{Box: keystore.NewBox(key), Redis: client, Hospital: "h1", People: h,
			Visit: func(_ context.Context, doctor string, patient []string) (id, state string, err error) {
				if doctor == "uli" && slices.Contains(patient, "uformer") {
					return "CN1", "active", nil
				}
				return "", "", nil
			},
			Ready: func(_ context.Context, a intent.Actor, _ []string) ([]pharmacy.Ready, error) {
				if a.Org == "p1" {
					return []pharmacy.Ready{{ID: "RX1", Status: prescription.Paid}}, nil
				}
				return nil, nil
			},
			Now: func() time.Time { return h.now }}
	}
	h.one, h.two = instance(), instance()
	return h
}

func (h *hall) give(t *testing.T, actor string) string {
	t.Helper()
	c, err := h.one.Give(t.Context(), actor, chen)
	if err != nil || c.Name != "陈晓燕" || !c.ExpiresAt.Equal(h.now.Add(idcode.TTL)) {
		t.Fatalf("%+v %v", c, err)
	}
	return c.Code
}

// staff is a reader; ids are the test's own, as one Redis may serve several.
func staff(t *testing.T, name string, role accounts.Role, org string) (accounts.Account, intent.Actor) {
	return accounts.Account{ID: t.Name() + name, Person: "u" + name, Role: role, Org: org},
		intent.Actor{Person: "u" + name, Role: chain.Role(role), Org: org}
}

func (h *hall) read(t *testing.T, at *idcode.Service, name string, role accounts.Role, org, code string,
	want error) idcode.Shown {
	t.Helper()
	account, actor := staff(t, name, role, org)
	got, err := at.Read(t.Context(), account, actor, code)
	if !errors.Is(err, want) || want == nil && err != nil {
		t.Fatalf("%s: %v, want %v", name, err, want)
	}
	if want != nil && (got.Name != "" || got.Ready != nil || got.Record != nil || got.Visit != nil) {
		t.Fatalf("%s is shown %+v with a refusal", name, got)
	}
	return got
}

func TestEachReaderSeesItsOwn(t *testing.T) {
	h := open(t)
	if got := h.read(t, h.two, "wang", accounts.Dispenser, "p1", h.give(t, chen), nil); got.Name != "陈晓燕" ||
		!got.Proven || len(got.Ready) != 1 || got.Record != nil || got.Visit != nil {
		t.Errorf("the pharmacy where it waits: %+v", got)
	}
	if got := h.read(t, h.two, "li", accounts.Doctor, "h1", h.give(t, son), nil); got.Visit == nil ||
		got.Visit.ID != "CN1" || got.Ready != nil || got.Record != nil {
		t.Errorf("her doctor: %+v", got)
	}
	if got := h.read(t, h.one, "root", accounts.Admin, "h1", h.give(t, chen), nil); got.Record == nil ||
		got.Record.Person != chen {
		t.Errorf("the desk: %+v", got)
	}
	for name, role := range map[string]accounts.Role{"zhao": accounts.Doctor, "sun": accounts.Dispenser} {
		if got := h.read(t, h.one, name, role, "p2", h.give(t, chen), nil); fmt.Sprintf("%+v", got) !=
			fmt.Sprintf("%+v", idcode.Shown{Ready: got.Ready}) || len(got.Ready) > 0 {
			t.Errorf("%s has nothing to do with her, and is shown %+v", name, got)
		}
	}
	if len(h.seen) != 5 { // the last two as well: that they looked is hers to know
		t.Errorf("noted %v", h.seen)
	}
	before := len(h.seen)
	h.read(t, h.one, "qian", accounts.Reviewer, "h1", h.give(t, chen), idcode.ErrRole)
	h.read(t, h.one, "pat", accounts.Patient, "", h.give(t, chen), idcode.ErrRole)
	h.fails = errors.New("the log cannot be written")
	h.read(t, h.one, "li", accounts.Doctor, "h1", h.give(t, chen), h.fails)
	if len(h.seen) != before {
		t.Errorf("noted %v", h.seen)
	}
}

func TestACodeSaysNothing(t *testing.T) {
	h := open(t)
	one, two := h.give(t, chen), h.give(t, chen)
	if one == two || len(one) != len(two) || len(one) != len(h.give(t, son)) {
		t.Errorf("codes of one person are alike, or tell by their length who shows them:\n%s\n%s", one, two)
	}
	for _, word := range []string{chen, strings.ToUpper(chen), "11010519491231002X", "陈"} {
		if strings.Contains(one, word) {
			t.Errorf("%s is in %s", word, one)
		}
	}
	if strings.Trim(one, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:.-") != "" {
		t.Errorf("%s has letters that make the QR code larger", one)
	}
	if _, err := h.one.Give(t.Context(), son, son); !errors.Is(err, profile.ErrNotFound) {
		t.Errorf("a stranger: %v", err)
	}
	if _, err := h.one.Give(t.Context(), "uunbound", "uunbound"); !errors.Is(err, patients.ErrNotBound) {
		t.Errorf("without a real name: %v", err)
	}
	h.tie = false
	if _, err := h.one.Give(t.Context(), son, chen); !errors.Is(err, profile.ErrNotFound) {
		t.Errorf("without the right: %v", err)
	}
}

// One code is one reader's, at whatever instance, and nobody's after its time: a photograph of it
// is worth nothing.
func TestACodeIsReadOnce(t *testing.T) {
	h := open(t)
	code := h.give(t, chen)
	h.read(t, h.one, "wang", accounts.Dispenser, "p1", code, nil)
	h.read(t, h.two, "wang", accounts.Dispenser, "p1", strings.ToLower(code)+"\r\n", nil) // the answer was lost
	h.read(t, h.two, "sun", accounts.Dispenser, "p2", code, idcode.ErrUsed)
	h.read(t, h.two, "sun", accounts.Dispenser, "p2", strings.ToLower(code)+" ", idcode.ErrUsed)
	h.now = h.now.Add(idcode.TTL)
	h.read(t, h.two, "wang", accounts.Dispenser, "p1", code, idcode.ErrExpired)
	h.read(t, h.two, "sun", accounts.Dispenser, "p2", code, idcode.ErrExpired)

	code = h.give(t, chen)
	h.now = h.now.Add(idcode.TTL - time.Millisecond)
	h.read(t, h.two, "wang", accounts.Dispenser, "p1", code, nil)
	early := h.give(t, chen)
	h.now = h.now.Add(-time.Minute) // a clock that was set back makes no code that lasts
	h.read(t, h.two, "wang", accounts.Dispenser, "p1", early, idcode.ErrExpired)

	code = h.give(t, son)
	h.tie = false
	h.read(t, h.one, "wang", accounts.Dispenser, "p1", code, idcode.ErrExpired)
}

func TestTwoReadAtOnce(t *testing.T) {
	h := open(t)
	code := h.give(t, chen)
	var wg sync.WaitGroup
	results := make([]error, 20)
	for i := range results {
		account, actor := staff(t, fmt.Sprint("s", i), accounts.Dispenser, "p1")
		wg.Go(func() {
			_, results[i] = []*idcode.Service{h.one, h.two}[i%2].Read(context.Background(), account, actor, code)
		})
	}
	wg.Wait()
	read := 0
	for _, err := range results {
		if err == nil {
			read++
		} else if !errors.Is(err, idcode.ErrUsed) {
			t.Error(err)
		}
	}
	if read != 1 {
		t.Errorf("%d have read one code", read)
	}
}

func TestForgedAndForeign(t *testing.T) {
	h, elsewhere := open(t), open(t)
	code := h.give(t, chen)
	flipped := []byte(code)
	for i := len("HID1:H1:"); i < len(code); i += 7 { // whatever letter is turned
		was := flipped[i]
		flipped[i] = 'A' + (was-'A'+1)%26
		h.read(t, h.one, fmt.Sprint("forger", i), accounts.Dispenser, "p1", string(flipped), idcode.ErrUnknown)
		flipped[i] = was
	}
	h.read(t, h.one, "a", accounts.Dispenser, "p1", elsewhere.give(t, chen), idcode.ErrUnknown) // calls itself h1
	h.read(t, h.one, "a", accounts.Dispenser, "p1", strings.Replace(code, ":H1:", ":H2:", 1), idcode.ErrForeign)
	for _, text := range []string{"", "HID1", "HID1:H1:", "RXP1:RX20261122012345678947:AAAA", code + "A", code[:60],
		"HID1:H1:" + strings.Repeat("A", 400), "HID2" + code[4:]} {
		h.read(t, h.one, "b"+text, accounts.Dispenser, "p1", text, idcode.ErrUnknown)
	}
	if len(h.seen) > 0 {
		t.Errorf("noted %v", h.seen)
	}
}

func TestAttemptsAreLimited(t *testing.T) {
	h := open(t)
	for range idcode.MaxWrong { // a good one between them gives none of them back
		h.read(t, h.one, "eve", accounts.Dispenser, "p1", "HID1:H1:"+strings.Repeat("A", 136), idcode.ErrUnknown)
	}
	code := h.give(t, chen)
	h.read(t, h.two, "eve", accounts.Dispenser, "p1", code, idcode.ErrTooMany)
	account, actor := staff(t, "eve", accounts.Dispenser, "p1")
	_, err := h.two.Read(t.Context(), account, actor, code)
	if w, ok := err.(interface{ RetryAfter() int }); !ok || w.RetryAfter() < 1 ||
		w.RetryAfter() > int(idcode.WrongFor/time.Second) {
		t.Errorf("%v says not when to come again", err)
	}
	h.read(t, h.one, "wang", accounts.Dispenser, "p1", code, nil) // nobody's mistakes are a colleague's

	for range 3 * idcode.MaxWrong { // slow patients are no attack, and leave no count behind
		old := h.give(t, chen)
		h.now = h.now.Add(idcode.TTL)
		h.read(t, h.one, "bob", accounts.Dispenser, "p1", old, idcode.ErrExpired)
	}
	for range idcode.MaxWrong - 1 {
		h.read(t, h.one, "bob", accounts.Dispenser, "p1", "nothing", idcode.ErrUnknown)
		h.read(t, h.one, "bob", accounts.Dispenser, "p1", h.give(t, chen), nil)
	}
	h.read(t, h.one, "bob", accounts.Dispenser, "p1", "nothing", idcode.ErrUnknown)
	h.read(t, h.one, "bob", accounts.Dispenser, "p1", h.give(t, chen), idcode.ErrTooMany)
}
