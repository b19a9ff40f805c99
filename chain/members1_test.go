package chain_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/membership"
)

// A list that was made under schema 1 is in force for the ledger as it was then, or the blocks of
// an old chain would not replay. Whoever verifies a proof takes none of it, and neither does a
// ledger on which schema 2 was in force when the list was made.
func TestListsOfSchema1(t *testing.T) {
	var m membership.Members
	if err := json.Unmarshal(file(t, "v2/forged-lists/seal-issued-by-the-root.json"), &m); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		from    int64
		schemas []membership.Schema
		taken   bool
	}{
		{"the genesis list", 0, nil, true},
		{"the genesis list, with schema 2 from its first block", 0, []membership.Schema{{From: 1, V: 2}}, false},
		{"voted for in the block before schema 2", 11, []membership.Schema{{From: 10, V: 2}}, true},
		{"voted for in the first block of schema 2", 12, []membership.Schema{{From: 10, V: 2}}, false},
	} {
		m.From, m.Schemas = c.from, c.schemas
		if _, err := m.OpenInForce(nil); (err == nil) != c.taken ||
			(err != nil && !errors.Is(err, membership.ErrMembers)) {
			t.Errorf("%s: %v", c.name, err)
		}
		if _, err := m.Open(); !errors.Is(err, membership.ErrMembers) {
			t.Errorf("%s, by who verifies: %v", c.name, err)
		}
	}
	m.From, m.Schemas = 0, nil
	if got, err := membership.ParseGenesis(m.Bytes()); err != nil || got.Digest() != m.Digest() {
		t.Errorf("the genesis list is not read: %v", err)
	}
	if _, err := membership.ParseMembers(m.Bytes()); !errors.Is(err, membership.ErrMembers) {
		t.Errorf("the genesis list is read as one of today: %v", err)
	}
	nobody := m
	nobody.Members = nil
	for _, b := range [][]byte{nil, nobody.Bytes()} {
		if got, err := membership.ParseGenesis(b); err == nil || got != nil {
			t.Errorf("%s is read as a genesis list", b)
		}
	}
	change := membership.Change{Base: m.Digest().String(), Schema: &membership.Schema{From: 20, V: 2}, V: 1}
	next, err := m.Apply(&change, 10)
	if err != nil {
		t.Fatalf("its votes replay: %v", err)
	}
	// Under schema 2 a vote is judged by what it brings, not by what stood there before.
	change = membership.Change{Base: next.Digest().String(), Remove: "p2", V: 1}
	if _, err := next.Apply(&change, 22); err != nil {
		t.Errorf("a vote under schema 2: %v", err)
	}
}

// TestCertificatesThatStood: under schema 2 a member's certificates of before are judged as they
// were then, both together, and no others are.
func TestCertificatesThatStood(t *testing.T) {
	c := chaintest.New(refStart)
	good := c.Found("m000", chain.OrgHospital, 1)
	bad, otherCA := good, c.Found("m000", chain.OrgHospital, 1)
	bad.Seal = base64.Encode(c.IssueByRoot("m000", "seal-m000", chain.RoleSeal).Cert.Raw())
	otherCA.Seal = bad.Seal
	list := func(from int64, m membership.Member) *membership.Members {
		return &membership.Members{V: chain.Version, Chain: chaintest.ChainID, From: from, Root: c.Members.Root,
			Members: []membership.Member{m}, Schemas: []membership.Schema{{From: 10, V: 2}}}
	}
	for name, tt := range map[string]struct {
		was, is membership.Member
		from    int64
		taken   bool
	}{
		"as they stood":       {bad, bad, 12, true},
		"another seal":        {good, bad, 12, false},
		"another CA":          {otherCA, bad, 12, false},
		"good ones":           {bad, good, 12, true},
		"others, in schema 1": {good, bad, 11, true},
	} {
		before := chaintest.Must(list(0, tt.was).OpenInForce(nil))
		if _, err := list(tt.from, tt.is).OpenInForce(before); (err == nil) != tt.taken {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestOpenAlone: an organisation that asks to be a member shows a CA of its own, which nobody else
// can issue for.
func TestOpenAlone(t *testing.T) {
	w := chaintest.New(time.Now())
	for _, m := range w.Members.Members {
		if _, err := m.OpenAlone(); err == nil {
			t.Errorf("%s: a CA that the root has issued passes", m.ID)
		}
	}
}
