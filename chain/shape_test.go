package chain_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/gowebpki/jcs"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// TestCanonicalBytesAreRFC8785 holds our bytes against a library that knows nothing of our types.
func TestCanonicalBytesAreRFC8785(t *testing.T) {
	r := newReference()
	all := map[string][]byte{
		"members": r.Members.Bytes(), "status": r.status("rx:RX3", voters...).Bytes(),
		"absent": r.status("rx:NO", voters...).Bytes(),
		"state":  r.states[0].Bytes(), "empty state": chain.SubjectState{}.Bytes(),
		"empty receipt": chain.Receipt{}.Bytes(),
	}
	for i, rec := range r.records {
		all[fmt.Sprintf("record %d", i)] = rec.Bytes()
		all[fmt.Sprintf("statement %d", i)] = rec.Statement.Bytes()
		all[fmt.Sprintf("sealed bytes %d", i)] = rec.SealBytes()
		all[fmt.Sprintf("receipt %d", i)] = r.receipt(i, voters...).Bytes()
	}
	_, seal, _ := bytes.Cut(r.header.SealBytes(), []byte("\n"))
	all["seal"] = seal
	for name, got := range all {
		want, err := jcs.Transform(got)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %v\n got %s\nwant %s", name, err, got, want)
		}
	}
}

// TestShapes: every field's rule, one broken at a time.
func TestShapes(t *testing.T) {
	r := newReference()
	dispense := r.records[11]
	for name, c := range map[string]struct {
		from   chain.Record
		change func(*chain.Record)
		field  string
	}{
		"version": {r.records[5], func(x *chain.Record) { x.Statement.V = 3 }, "v:"},
		"kind":    {r.records[5], func(x *chain.Record) { x.Statement.Kind = "rx.sell" }, "kind:"},
		"chain":   {r.records[5], func(x *chain.Record) { x.Statement.Chain = "a b" }, "chain:"},
		"actor": {r.records[5],
			func(x *chain.Record) { x.Statement.Actor = strings.ToUpper(x.Statement.Actor) }, "actor:"},
		"digest": {r.records[5], func(x *chain.Record) { x.Statement.Digest = "" }, "digest:"},
		"org": {r.records[5],
			func(x *chain.Record) { x.Statement.Org = strings.Repeat("h", 33) }, "org:"},
		"subject prefix": {r.records[5], func(x *chain.Record) { x.Statement.Subject = "pay:1" }, "subject:"},
		"subject empty":  {r.records[5], func(x *chain.Record) { x.Statement.Subject = "rx:" }, "subject:"},
		"subject long": {r.records[5],
			func(x *chain.Record) { x.Statement.Subject = "rx:" + strings.Repeat("a", 65) }, "subject:"},
		"subject a name":   {r.records[5], func(x *chain.Record) { x.Statement.Subject = "rx:王" }, "subject:"},
		"sequence zero":    {r.records[5], func(x *chain.Record) { x.Statement.Seq = 0 }, "seq:"},
		"sequence huge":    {r.records[5], func(x *chain.Record) { x.Statement.Seq = 1 << 53 }, "seq:"},
		"time":             {r.records[5], func(x *chain.Record) { x.Statement.Time = -1 }, "time:"},
		"no expiry":        {r.records[5], func(x *chain.Record) { x.Statement.Facts.Expires = 0 }, "facts.expires:"},
		"expiry elsewhere": {r.records[6], func(x *chain.Record) { x.Statement.Facts.Expires = 1 }, "facts.expires:"},
		"certificate":      {r.records[0], func(x *chain.Record) { x.Statement.Facts.Cert = "" }, "facts.cert:"},
		"certificate big": {r.records[0],
			func(x *chain.Record) { x.Statement.Facts.Cert = strings.Repeat("A", 2*chain.MaxCertBytes) },
			"facts.cert:"},
		"reference":         {r.records[9], func(x *chain.Record) { x.Statement.Facts.Ref = "cert:a" }, "facts.ref:"},
		"reference nowhere": {r.records[5], func(x *chain.Record) { x.Statement.Facts.Ref = "pay:1" }, "facts.ref:"},
		"no tags":           {dispense, func(x *chain.Record) { x.Statement.Facts.Tags = nil }, "facts.tags:"},
		"tag twice": {dispense, func(x *chain.Record) {
			x.Statement.Facts.Tags = append(x.Statement.Facts.Tags, x.Statement.Facts.Tags...)
		}, "facts.tags:"},
		"tag not a digest": {dispense,
			func(x *chain.Record) { x.Statement.Facts.Tags = []string{"81000000000000000001"} }, "facts.tags:"},
		"too many tags": {dispense, func(x *chain.Record) { x.Statement.Facts.Tags = tags(chain.MaxTags + 1) },
			"facts.tags:"},
		"actor's signature": {r.records[5], func(x *chain.Record) { x.ActorSig = "" }, "actorSig:"},
		"seal's signature":  {r.records[5], func(x *chain.Record) { x.OrgSig = strings.Repeat("A", 104) }, "orgSig:"},
		"seal certificate":  {r.records[5], func(x *chain.Record) { x.OrgCert = "h1" }, "orgCert:"},
	} {
		rec := c.from
		c.change(&rec)
		_, err := chain.ParseRecord(rec.Bytes())
		if !errors.Is(err, canonical.ErrMalformed) || !strings.Contains(err.Error(), c.field) {
			t.Errorf("%s: %v", name, err)
		}
	}
	most := dispense
	most.Statement.Facts.Tags = tags(chain.MaxTags)
	if _, err := chain.ParseRecord(most.Bytes()); err != nil {
		t.Errorf("the largest dispensing: %v", err)
	}
	if _, err := chain.ParseRecord(make([]byte, chain.MaxRecordBytes+1)); !errors.Is(err, canonical.ErrTooLarge) {
		t.Errorf("too many bytes: %v", err)
	}
}

func tags(n int) (out []string) {
	for i := range n {
		out = append(out, chaintest.Tag(fmt.Sprint(i)))
	}
	return out
}

func TestMembersLists(t *testing.T) {
	r := newReference()
	other := chaintest.NewWard(refStart)
	for name, change := range map[string]func(m *membership.Members){
		"version":            func(m *membership.Members) { m.V = 2 },
		"no members":         func(m *membership.Members) { m.Members = nil },
		"order":              func(m *membership.Members) { m.Members[0], m.Members[1] = m.Members[1], m.Members[0] },
		"member twice":       func(m *membership.Members) { m.Members[1] = m.Members[0] },
		"role":               func(m *membership.Members) { m.Members[0].Role = "bank" },
		"name with markup":   func(m *membership.Members) { m.Members[0].Name = "<b>" },
		"name not UTF-8":     func(m *membership.Members) { m.Members[0].Name = "\xff" },
		"negative power":     func(m *membership.Members) { m.Members[0].Power = -1 },
		"power without node": func(m *membership.Members) { m.Members[0].Validator = "" },
		"node without power": func(m *membership.Members) { m.Members[0].Power = 0 },
		"nobody votes": func(m *membership.Members) {
			for i := range m.Members {
				m.Members[i].Power, m.Members[i].Validator = 0, ""
			}
		},
		"validator key short":  func(m *membership.Members) { m.Members[0].Validator = "AAAA" },
		"validator key shared": func(m *membership.Members) { m.Members[0].Validator = m.Members[1].Validator },
		"another's seal":       func(m *membership.Members) { m.Members[0].Seal = m.Members[1].Seal },
		"a person as seal":     func(m *membership.Members) { m.Members[0].Seal = b64(r.Doctor.Cert.Raw()) },
		"seal of a rogue CA":   func(m *membership.Members) { m.Members[0].Seal = other.Members.Members[0].Seal },
		"CA of another root": func(m *membership.Members) {
			m.Members[0].CA, m.Members[0].Seal = other.Members.Members[0].CA, other.Members.Members[0].Seal
		},
		"seal by the root": func(m *membership.Members) {
			m.Members[0].Seal = b64(r.IssueByRoot("h1", "seal-h1", chain.RoleSeal).Cert.Raw())
		},
		"root as CA": func(m *membership.Members) {
			m.Members[0].CA, m.Members[0].Seal = m.Root, b64(r.IssueByRoot("h1", "seal-h1", chain.RoleSeal).Cert.Raw())
		},
		"root broken": func(m *membership.Members) { m.Root = "AAAA" },
	} {
		m := *r.Members
		m.Members = append([]membership.Member(nil), r.Members.Members...)
		change(&m)
		if _, err := m.Open(); !errors.Is(err, membership.ErrMembers) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := membership.ParseMembers(r.Members.Bytes()); err != nil {
		t.Error(err)
	}
}

func TestCodesHaveNames(t *testing.T) {
	seen := map[string]bool{}
	for c := chain.CodeOK; c <= chain.CodeOwnParty; c++ {
		if name := c.String(); name == "unknown" || seen[name] {
			t.Errorf("code %d is named %q", c, name)
		} else {
			seen[name] = true
		}
	}
	if got := chain.Code(99).String(); got != "unknown" {
		t.Error(got)
	}
}

func FuzzParseRecord(f *testing.F) {
	r := newReference()
	f.Add(r.records[0].Bytes())
	f.Add(r.records[11].Bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		if rec, err := chain.ParseRecord(b); err == nil && !bytes.Equal(rec.Bytes(), b) {
			t.Fatalf("a second encoding of the same record: %q", b)
		}
	})
}

func FuzzParseReceipt(f *testing.F) {
	r := newReference()
	f.Add(r.receipt(5, voters...).Bytes())
	f.Add(r.status("rx:RX3", voters...).Bytes())
	f.Add(r.Members.Bytes())
	roster, err := r.Members.Open()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if c, err := chain.ParseReceipt(b); err == nil {
			_ = chain.NewTimeline(roster).VerifyReceipt(c) // must not panic
		}
		if c, err := chain.ParseStatusReceipt(b); err == nil {
			_ = chain.NewTimeline(roster).VerifyStatus(c)
		}
		if m, err := membership.ParseMembers(b); err == nil && m.Digest() == (merkle.Hash{}) {
			t.Fatal("empty digest")
		}
	})
}
