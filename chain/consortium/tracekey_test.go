package consortium_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
)

// traceKey is what an application started on the folder would make its tags with, without making
// one.
func traceKey(t *testing.T, dir string) ([]byte, error) {
	t.Helper()
	keys := must(keystore.Open(filepath.Join(dir, "keys"), must(keystore.ReadMaster(filepath.Join(dir, "master.key")))))
	return keys.ExistingSecret(consortium.TraceSecret, consortium.TraceKeySize)
}

// All who dispense have one key after the founding, and nobody else has it: a package's tag is the
// same whoever computes it.
func TestOneTraceKey(t *testing.T) {
	dir := t.TempDir()
	if _, err := consortium.Init(t.Context(), dir, "city", founders, consortium.Loopback(basePort),
		time.Now()); err != nil {
		t.Fatal(err)
	}
	h1, err1 := traceKey(t, filepath.Join(dir, "h1"))
	p2, err2 := traceKey(t, filepath.Join(dir, "p2"))
	if err1 != nil || err2 != nil || !bytes.Equal(h1, p2) {
		t.Errorf("hospital and pharmacy have different keys, or none: %v %v", err1, err2)
	}
	for _, other := range []string{"i1", "r1"} {
		if _, err := traceKey(t, filepath.Join(dir, other)); !errors.Is(err, keystore.ErrNotFound) {
			t.Errorf("%s dispenses nothing: %v", other, err)
		}
	}
	p2Dir := filepath.Join(dir, "p2")
	p2Keys := must(keystore.Open(filepath.Join(p2Dir, "keys"),
		must(keystore.ReadMaster(filepath.Join(p2Dir, "master.key")))))
	if key, err := consortium.TraceSecretOf(p2Dir, p2Keys); err != nil || !bytes.Equal(key, h1) {
		t.Errorf("what the pharmacy's application uses: %v", err)
	}
	empty := must(keystore.Open(t.TempDir(), make([]byte, keystore.MasterSize)))
	if _, err := consortium.TraceSecretOf(p2Dir, empty); !errors.Is(err, consortium.ErrTraceKey) {
		t.Errorf("an application in the consortium without its key: %v", err)
	}
	if _, err := consortium.TraceSecretOf(t.TempDir(), empty); err != nil {
		t.Errorf("an installation that is alone: %v", err)
	}
	if _, err := consortium.TraceSecretOf(p2Dir, empty); !errors.Is(err, consortium.ErrTraceKey) {
		t.Errorf("with a key of its own: %v", err)
	}
	made := must(consortium.ReadFounding(filepath.Join(dir, "notary", "founding.json")))
	altered := *made
	trace := *made.Trace
	trace.Keys = trace.Keys[1:]
	altered.Trace = &trace
	if _, err := consortium.ParseFounding(altered.Bytes()); !errors.Is(err, consortium.ErrFounding) {
		t.Errorf("a founding that leaves a pharmacy out: %v", err)
	}
	if !strings.Contains(string(made.Bytes()), made.Trace.Check) || bytes.Contains(made.Bytes(), h1) {
		t.Error("the founding does not carry the check, or carries the key")
	}
}

// A pharmacy that joins later gets the key from a member that has it; nobody else can open it, and
// another key is not taken over the first.
func TestGrantTraceKey(t *testing.T) {
	dir := t.TempDir()
	if _, err := consortium.Init(t.Context(), dir, "city", founders, consortium.Loopback(basePort),
		time.Now()); err != nil {
		t.Fatal(err)
	}
	h1, i1 := open(t, filepath.Join(dir, "h1")), open(t, filepath.Join(dir, "i1"))
	late, asked, lateDir := ask(t, consortium.Spec{ID: "p9", Name: "新药房", Role: chain.OrgPharmacy},
		"127.0.0.1:26690")
	inForce := must(consortium.ReadFounding(filepath.Join(dir, "notary", "founding.json"))).Members
	if _, err := h1.GrantTraceKey(&inForce, "p9"); !errors.Is(err, chain.ErrNotFound) {
		t.Errorf("for one that the members have not let in: %v", err)
	}
	inForce.Members = append(inForce.Members, asked.Member)
	grant, err := h1.GrantTraceKey(&inForce, "p9")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := i1.GrantTraceKey(&inForce, "p9"); !errors.Is(err, keystore.ErrNotFound) {
		t.Errorf("from one without the key: %v", err)
	}
	if _, err := i1.TakeTraceGrant(grant.Bytes()); !errors.Is(err, consortium.ErrTraceKey) {
		t.Errorf("taken by another member: %v", err)
	}
	for range 2 {
		if _, err := late.TakeTraceGrant(grant.Bytes()); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(must(traceKey(t, lateDir)), must(traceKey(t, filepath.Join(dir, "h1")))) {
		t.Error("the late pharmacy has another key")
	}
	other := t.TempDir()
	if _, err := consortium.Init(t.Context(), other, "town", founders, consortium.Loopback(basePort),
		time.Now()); err != nil {
		t.Fatal(err)
	}
	foreign := must(open(t, filepath.Join(other, "p2")).GrantTraceKey(&inForce, "p9"))
	if _, err := late.TakeTraceGrant(foreign.Bytes()); !errors.Is(err, consortium.ErrTraceKey) {
		t.Errorf("another consortium's key over the first: %v", err)
	}
	lying := *grant
	lying.Check = foreign.Check
	if _, err := late.TakeTraceGrant(lying.Bytes()); !errors.Is(err, consortium.ErrTraceKey) {
		t.Errorf("a check that is not the key's: %v", err)
	}
	if _, err := h1.GrantTraceKey(&inForce, "r1"); !errors.Is(err, consortium.ErrTraceKey) {
		t.Errorf("for a regulator: %v", err)
	}
	inForce.Members[len(inForce.Members)-1].Suspended = true
	if _, err := h1.GrantTraceKey(&inForce, "p9"); !errors.Is(err, consortium.ErrTraceKey) {
		t.Errorf("for a suspended member: %v", err)
	}
	joined, p2Dir := t.TempDir(), filepath.Join(dir, "p2")
	if err := os.CopyFS(joined, os.DirFS(p2Dir)); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(joined, "keys", "secret", consortium.TraceSecret+".key")); err != nil {
		t.Fatal(err)
	}
	wrong := must(open(t, filepath.Join(other, "p2")).GrantTraceKey(&inForce, "p2"))
	if _, err := open(t, joined).TakeTraceGrant(wrong.Bytes()); !errors.Is(err, consortium.ErrTraceKey) {
		t.Errorf("another key than the consortium's: %v", err)
	}
	right := must(h1.GrantTraceKey(&inForce, "p2"))
	if _, err := open(t, joined).TakeTraceGrant(right.Bytes()); err != nil {
		t.Errorf("the consortium's after the wrong one: %v", err)
	}
}
