package chain_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/membership"
)

const maxSafe = 1<<53 - 1

// keyed is a key of a node that no engine holds.
func keyed(name string) string {
	h := gm.Sum([]byte(name))
	return base64.Encode(h[:])
}

// founded is a list of one voter, with so many members in all. Their seals are of one CA, which
// saves half of the keys.
func founded(members int) *membership.Members {
	c := chaintest.New(refStart)
	m := &membership.Members{V: chain.Version, Chain: chaintest.ChainID, Root: c.Members.Root,
		Members: []membership.Member{c.Found("m000", chain.OrgHospital, 1)}}
	for i := 1; i < members; i++ {
		org := *c.Orgs["m000"]
		org.ID = fmt.Sprintf("m%03d", i)
		entry := m.Members[0]
		entry.ID, entry.Power, entry.Validator, entry.Seal = org.ID, 0, "",
			base64.Encode(org.Issue("seal", chain.RoleSeal).Cert.Raw())
		m.Members = append(m.Members, entry)
	}
	return m
}

// TestMembersToTheLimit: the last value that a members' list may have, and the first that it may
// not. rule is a part of the refusal's text; empty: the list is good.
func TestMembersToTheLimit(t *testing.T) {
	good := founded(3)
	schemas := func(s ...membership.Schema) func(*membership.Members) {
		return func(m *membership.Members) { m.Schemas = s }
	}
	ladder := func(n int) (all []membership.Schema) {
		for i := range n {
			all = append(all, membership.Schema{From: int64(i) + 1, V: i + 2})
		}
		return all
	}
	nodes := func(n int) (all []string) {
		for i := range n {
			all = append(all, keyed(fmt.Sprint("node ", i)))
		}
		return all
	}
	twin := chaintest.New(refStart)
	shared := &membership.Members{V: chain.Version, Chain: chaintest.ChainID, Root: twin.Members.Root}
	one, two := twin.Found("m000", chain.OrgHospital, 1), twin.Found("m001", chain.OrgHospital, 0)
	same := twin.Orgs["m001"].IssueFor("seal-m001", chain.RoleSeal, twin.Orgs["m000"].Seal.Key,
		refStart.AddDate(0, 0, -1), refStart.AddDate(1, 0, 0))
	two.Seal = base64.Encode(same.Cert.Raw())
	shared.Members = []membership.Member{one, two}
	posing := *twin.Orgs["m000"]
	posing.ID = "m009"
	stranger := posing.Issue("seal-m000", chain.RoleSeal)
	const shape, entry, keys, double, ladderRule = "v, chain, from or number", "id, name, power or validator",
		"32 bytes", "another member's", "must ascend"
	for name, c := range map[string]struct {
		list   *membership.Members
		change func(m *membership.Members)
		rule   string
	}{
		"as it is":       {good, func(*membership.Members) {}, ""},
		"version 0":      {good, func(m *membership.Members) { m.V = 0 }, shape},
		"no chain":       {good, func(m *membership.Members) { m.Chain = "" }, shape},
		"from below 0":   {good, func(m *membership.Members) { m.From = -1 }, shape},
		"greatest from":  {good, func(m *membership.Members) { m.From = maxSafe }, ""},
		"from beyond it": {good, func(m *membership.Members) { m.From = maxSafe + 1 }, shape},
		"no members":     {good, func(m *membership.Members) { m.Members = nil }, shape},
		"an id twice": {good, func(m *membership.Members) { m.Members[1].ID = m.Members[0].ID },
			"ascending"},
		"ids in another order": {good,
			func(m *membership.Members) { m.Members[0], m.Members[1] = m.Members[1], m.Members[0] }, "ascending"},
		"id with a capital": {good, func(m *membership.Members) { m.Members[0].ID = "M000" }, entry},
		"no name":           {good, func(m *membership.Members) { m.Members[0].Name = "" }, entry},
		"longest name": {good,
			func(m *membership.Members) { m.Members[0].Name = strings.Repeat("n", membership.MaxMemberName) }, ""},
		"longer": {good,
			func(m *membership.Members) { m.Members[0].Name = strings.Repeat("n", membership.MaxMemberName+1) }, entry},
		"a name's half character": {good,
			func(m *membership.Members) { m.Members[0].Name = "n\xe4\xbb" }, entry},
		"a name with no character": {good,
			func(m *membership.Members) { m.Members[0].Name = "n\U0001fffe" }, entry},
		"a name with a space that is not seen": {good, func(m *membership.Members) { m.Members[0].Name = "n\u200b" }, entry},
		"a name with markup":                   {good, func(m *membership.Members) { m.Members[0].Name = "<n" }, entry},
		"a name with an emoji": {good,
			func(m *membership.Members) { m.Members[0].Name = "n\U0001f600" }, ""},
		"power below 0": {good,
			func(m *membership.Members) { m.Members[0].Power, m.Members[0].Validator = -1, "" }, entry},
		"greatest power": {good,
			func(m *membership.Members) { m.Members[0].Power = membership.MaxPower }, ""},
		"power beyond it": {good,
			func(m *membership.Members) { m.Members[0].Power = membership.MaxPower + 1 }, entry},
		"power without a key": {good, func(m *membership.Members) { m.Members[1].Power = 1 }, entry},
		"a key without power": {good,
			func(m *membership.Members) { m.Members[1].Validator = keyed("v") }, entry},
		"a regulator votes": {good,
			func(m *membership.Members) { m.Members[0].Role = chain.OrgRegulator }, "have none"},
		"a suspended one votes": {good, func(m *membership.Members) { m.Members[0].Suspended = true },
			"have none"},
		"a regulator reads": {good,
			func(m *membership.Members) { m.Members[1].Role = chain.OrgRegulator }, ""},
		"a suspended one reads": {good, func(m *membership.Members) { m.Members[1].Suspended = true }, ""},
		"a validator's key of 31 bytes": {good,
			func(m *membership.Members) { m.Members[0].Validator = base64.Encode(make([]byte, 31)) }, keys},
		"of 33": {good,
			func(m *membership.Members) { m.Members[0].Validator = base64.Encode(make([]byte, 33)) }, keys},
		"of no base64": {good, func(m *membership.Members) { m.Members[0].Validator = "?" }, keys},
		"most nodes": {good,
			func(m *membership.Members) { m.Members[1].Nodes = nodes(membership.MaxNodes) }, ""},
		"one node more": {good,
			func(m *membership.Members) { m.Members[1].Nodes = nodes(membership.MaxNodes + 1) }, keys},
		"a node that is none": {good,
			func(m *membership.Members) { m.Members[1].Nodes = []string{keyed("n"), "?"} }, keys},
		"a node of two": {good,
			func(m *membership.Members) { m.Members[1].Nodes, m.Members[2].Nodes = nodes(1), nodes(1) }, double},
		"a seal's key of two": {shared, func(*membership.Members) {}, double},
		"nobody votes": {good,
			func(m *membership.Members) { m.Members[0].Power, m.Members[0].Validator = 0, "" }, "nobody has a vote"},
		"a seal of another": {shared, func(m *membership.Members) {
			m.Members = m.Members[:1]
			m.Members[0].Seal = base64.Encode(stranger.Cert.Raw())
		}, "as organisation"},
		"a person as seal": {shared, func(m *membership.Members) {
			m.Members[0].Seal = base64.Encode(twin.Orgs["m000"].Issue("doc-1", chain.RoleDoctor).Cert.Raw())
		}, "as organisation"},
		"first schema":              {good, schemas(membership.Schema{From: 1, V: 2}), ""},
		"a schema from the genesis": {good, schemas(membership.Schema{From: 0, V: 2}), ladderRule},
		"version 1 again":           {good, schemas(membership.Schema{From: 1, V: 1}), ladderRule},
		"greatest schema":           {good, schemas(membership.Schema{From: maxSafe, V: maxSafe}), ""},
		"from beyond the greatest":  {good, schemas(membership.Schema{From: maxSafe + 1, V: 2}), ladderRule},
		"beyond the greatest":       {good, schemas(membership.Schema{From: 1, V: maxSafe + 1}), ladderRule},
		"two schemas":               {good, schemas(ladder(2)...), ""},
		"two at a height": {good, schemas(membership.Schema{From: 5, V: 2}, membership.Schema{From: 5, V: 3}),
			ladderRule},
		"a schema twice": {good, schemas(membership.Schema{From: 5, V: 2}, membership.Schema{From: 6, V: 2}),
			ladderRule},
		"most schemas":    {good, schemas(ladder(membership.MaxSchemas)...), ""},
		"one schema more": {good, schemas(ladder(membership.MaxSchemas + 1)...), "at most 64 schemas"},
	} {
		m := *c.list
		m.Members = append([]membership.Member(nil), c.list.Members...)
		c.change(&m)
		_, err := m.Open()
		if c.rule == "" && err != nil ||
			c.rule != "" && (!errors.Is(err, membership.ErrMembers) || !strings.Contains(err.Error(), c.rule)) {
			t.Errorf("%s: %v, want %q", name, err, c.rule)
		}
	}
}

// TestMostMembers stands alone because it takes as many keys.
func TestMostMembers(t *testing.T) {
	m := founded(membership.MaxMembers)
	if _, err := m.Open(); err != nil {
		t.Error(err)
	}
	m.Members = append(m.Members, membership.Member{ID: "m999"})
	if _, err := m.Open(); !errors.Is(err, membership.ErrMembers) ||
		!strings.Contains(err.Error(), "number of members") {
		t.Errorf("one more: %v", err)
	}
}

// TestLongestListIsRead: no list that Open takes is too long to be published.
func TestLongestListIsRead(t *testing.T) {
	text := func(n int) string { return strings.Repeat("x", n) }
	longest := membership.Member{
		CA: text(membership.MaxCertText), Seal: text(membership.MaxCertText), ID: text(chain.MaxOrgLen),
		Name: text(membership.MaxMemberName), Role: chain.OrgRegulator,
		Power: membership.MaxPower, Suspended: true, Validator: keyed("v"),
	}
	for range membership.MaxNodes {
		longest.Nodes = append(longest.Nodes, keyed("n"))
	}
	m := membership.Members{V: chain.Version, Chain: text(50), From: maxSafe, Root: text(membership.MaxCertText)}
	for range membership.MaxMembers {
		m.Members = append(m.Members, longest)
	}
	for range membership.MaxSchemas {
		m.Schemas = append(m.Schemas, membership.Schema{From: maxSafe, V: maxSafe})
	}
	if n := len(m.Bytes()); n > membership.MaxMembersBytes {
		t.Errorf("%d bytes, at most %d are read", n, membership.MaxMembersBytes)
	}
}

// TestSchemaAtItsHeight: a schema is in force at its very height.
func TestSchemaAtItsHeight(t *testing.T) {
	m := membership.Members{Schemas: []membership.Schema{{From: 10, V: 2}, {From: 20, V: 3}}}
	for height, want := range map[int64]int{9: 1, 10: 2, 19: 2, 20: 3, 21: 3} {
		if got := m.SchemaAt(height); got != want {
			t.Errorf("height %d: schema %d, want %d", height, got, want)
		}
	}
}

// TestFormerSeals: a member's seals of all lists before are found, each once, and no other; so it
// is in the ledger, which takes a first list with nothing before it and no broken one.
func TestFormerSeals(t *testing.T) {
	c := chaintest.New(refStart)
	list := &membership.Members{V: chain.Version, Chain: chaintest.ChainID, Root: c.Members.Root,
		Members: []membership.Member{c.Found("m000", chain.OrgHospital, 1)}}
	roster := chaintest.Must(list.Open())
	seals := []*pki.Certificate{c.Orgs["m000"].Seal.Cert}
	for range 2 {
		next := c.Orgs["m000"].Issue("seal-m000", chain.RoleSeal).Cert
		entry := list.Members[0]
		entry.Seal = base64.Encode(next.Raw())
		list = &membership.Members{V: list.V, Chain: list.Chain, Root: list.Root, Members: []membership.Member{entry}}
		inForce := chaintest.Must(list.OpenInForce(roster))
		seals, roster = append(seals, next), chaintest.Must(list.OpenAfter(roster))
		if org, _ := inForce.Org("m000"); org.SealOf(seals[0].ID()) == nil {
			t.Error("the ledger does not find the first seal")
		}
	}
	roster = chaintest.Must(list.OpenAfter(roster)) // the same seal again
	org, _ := roster.Org("m000")
	for i, s := range seals {
		if got := org.SealOf(s.ID()); got == nil || got.ID() != s.ID() {
			t.Errorf("seal %d of 3 is not found", i+1)
		}
	}
	if org.SealOf(chaintest.Tag("x")) != nil {
		t.Error("a stranger's seal is found")
	}
	if org, _ := chaintest.Must(list.OpenInForce(nil)).Org("m000"); org.SealOf(seals[0].ID()) != nil {
		t.Error("a first list has former seals")
	}
	list.Members = nil
	if _, err := list.OpenInForce(roster); !errors.Is(err, membership.ErrMembers) {
		t.Errorf("a list of nobody: %v", err)
	}
}

// TestWhoMayEnrol: each condition of an enrolment alone.
func TestWhoMayEnrol(t *testing.T) {
	w := chaintest.NewWard(refStart)
	roster := chaintest.Must(founderVotes(w).Open())
	h1, at := w.Orgs["h1"], refStart.UnixMilli()
	org, _ := roster.Org("h1")
	posing := *h1
	posing.ID = "h2"
	none := *org
	none.Role = ""
	for name, c := range map[string]struct {
		org  *membership.Org
		cert *pki.Certificate
		good bool
	}{
		"a doctor":                  {org, h1.Issue("doc-1", chain.RoleDoctor).Cert, true},
		"longest id":                {org, h1.Issue(strings.Repeat("d", 64), chain.RoleDoctor).Cert, true},
		"a CA":                      {org, h1.CA, false},
		"a name":                    {org, h1.Issue("王医生", chain.RoleDoctor).Cert, false},
		"a role of a pharmacy":      {org, h1.Issue("dis-1", chain.RoleDispenser).Cert, false},
		"a role that nobody enrols": {org, h1.Issue("seal-2", chain.RoleSeal).Cert, false},
		"by who has no role":        {&none, h1.Issue("seal-2", chain.RoleSeal).Cert, false},
		"another's organisation":    {org, posing.Issue("doc-1", chain.RoleDoctor).Cert, false},
		"by the root":               {org, w.IssueByRoot("h1", "doc-1", chain.RoleDoctor).Cert, false},
	} {
		if err := roster.CheckEnrolment(c.org, c.cert, at); (err == nil) != c.good {
			t.Errorf("%s: %v", name, err)
		}
		if err := roster.CheckEnrolment1(c.org, c.cert, at); (err == nil) != (c.good || name == "by the root") {
			t.Errorf("%s, in schema 1: %v", name, err)
		}
	}
}

func founderVotes(w *chaintest.Ward) *membership.Members {
	w.Vote(map[string]int64{"h1": 1})
	return w.Members
}

// TestChanges: what each change does to a list, what it is called, and which one is none.
func TestChanges(t *testing.T) {
	w := chaintest.NewWard(refStart)
	list := founderVotes(w)
	list.Schemas = []membership.Schema{{From: 5, V: 2}}
	list.Members[4].Suspended = true // p2
	roster := chaintest.Must(list.Open())
	base := roster.Digest().String()
	const from = 12
	entry := func(i int, change func(m *membership.Member)) *membership.Member {
		m := list.Members[i]
		change(&m)
		return &m
	}
	fresh := w.Found("h1", chain.OrgHospital, 1)
	joins := w.Found("h9", chain.OrgHospital, 0)
	for name, c := range map[string]struct {
		change membership.Change
		deed   membership.Deed
		err    error
	}{
		"joins":  {membership.Change{Member: &joins}, membership.DeedJoins, nil},
		"leaves": {membership.Change{Remove: "p1"}, membership.DeedLeaves, nil},
		"nobody": {membership.Change{Remove: "p9"}, membership.DeedLeaves, membership.ErrChange},
		"suspended": {membership.Change{Member: entry(1, func(m *membership.Member) { m.Suspended = true })},
			membership.DeedSuspended, nil},
		"reinstated": {membership.Change{Member: entry(4, func(m *membership.Member) { m.Suspended = false })},
			membership.DeedReinstated, nil},
		"still suspended": {membership.Change{Member: entry(4, func(m *membership.Member) { m.Name = "n" })},
			membership.DeedDetails, nil},
		"power": {membership.Change{Member: entry(0, func(m *membership.Member) { m.Power = 2 })},
			membership.DeedPower, nil},
		"the last vote": {membership.Change{Member: entry(0, func(m *membership.Member) { m.Power, m.Validator = 0, "" })},
			membership.DeedPower, membership.ErrMembers},
		"a CA": {membership.Change{
			Member: entry(0, func(m *membership.Member) { m.CA, m.Seal = fresh.CA, fresh.Seal })},
			membership.DeedKeys, nil},
		"a CA alone": {membership.Change{Member: entry(0, func(m *membership.Member) { m.CA = fresh.CA })},
			membership.DeedKeys, membership.ErrMembers},
		"a seal": {membership.Change{Member: entry(1, func(m *membership.Member) {
			m.Seal = base64.Encode(w.Orgs["h2"].Issue("seal-h2", chain.RoleSeal).Cert.Raw())
		})}, membership.DeedKeys, nil},
		"a validator": {membership.Change{Member: entry(0, func(m *membership.Member) { m.Validator = keyed("v") })},
			membership.DeedKeys, nil},
		"nodes": {membership.Change{Member: entry(0, func(m *membership.Member) { m.Nodes = []string{keyed("n")} })},
			membership.DeedKeys, nil},
		"a name": {membership.Change{Member: entry(0, func(m *membership.Member) { m.Name = "n" })},
			membership.DeedDetails, nil},
		"schema": {membership.Change{Schema: &membership.Schema{From: from + 1, V: 3}}, membership.DeedSchema, nil},
		"schema at once": {membership.Change{Schema: &membership.Schema{From: from, V: 3}}, membership.DeedSchema,
			membership.ErrChange},
		"schema again": {membership.Change{Schema: &membership.Schema{From: from + 1, V: 2}}, membership.DeedSchema,
			membership.ErrMembers},
		"another list": {membership.Change{Remove: "p1", Base: chaintest.Tag("x")}, membership.DeedLeaves,
			membership.ErrChange},
	} {
		if c.change.V = chain.Version; c.change.Base == "" {
			c.change.Base = base
		}
		if got := roster.Deed(&c.change); got != c.deed {
			t.Errorf("%s: %s, want %s", name, got, c.deed)
		}
		next, err := list.Apply(&c.change, from)
		if !errors.Is(err, c.err) {
			t.Errorf("%s: %v, want %v", name, err, c.err)
		}
		if err == nil && (next.From != from || list.From != 0) {
			t.Errorf("%s: from %d", name, next.From)
		}
		if m := c.change.Member; m != nil {
			if read, err := membership.ParseMember(m.Bytes()); err != nil || string(read.Bytes()) != string(m.Bytes()) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if read, err := membership.ParseChange(c.change.Bytes()); err != nil || read.Digest() != c.change.Digest() {
			t.Errorf("%s: %v", name, err)
		}
	}
	if m, err := membership.ParseMember([]byte("{}")); !errors.Is(err, canonical.ErrMalformed) {
		t.Errorf("an entry of nothing: %+v %v", m, err)
	}
	for name, c := range map[string]membership.Change{
		"version 2": {Base: base, V: 2, Remove: "p1"}, "no base": {V: 1, Remove: "p1"}, "nothing": {Base: base, V: 1},
		"member and remove": {Base: base, V: 1, Member: &joins, Remove: "p1"},
		"remove and schema": {Base: base, V: 1, Remove: "p1", Schema: &membership.Schema{From: 20, V: 3}},
		"all three":         {Base: base, V: 1, Member: &joins, Remove: "p1", Schema: &membership.Schema{From: 20, V: 3}},
	} {
		if _, err := membership.ParseChange(c.Bytes()); !errors.Is(err, canonical.ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	vote := w.Ballot("h1", membership.Change{Base: base, V: 1, Remove: "p1"}, 1, refStart).Statement
	if c, err := vote.Change(); err != nil || c.Remove != "p1" {
		t.Errorf("a vote's change: %+v %v", c, err)
	}
	other, kind := vote, vote
	other.Subject, kind.Kind = chain.SubjectGov+chaintest.Tag("x"), chain.KindIssue
	for name, st := range map[string]chain.Statement{"another subject": other, "another kind": kind} {
		if _, err := st.Change(); !errors.Is(err, canonical.ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAdvance: where a prescription stands after each step, without a ledger.
func TestAdvance(t *testing.T) {
	var s chain.SubjectState
	step := func(k chain.Kind, org string, f chain.Facts) chain.SubjectState {
		st := chain.Statement{Kind: k, Subject: "rx:A", Org: org, Seq: s.Seq + 1, Facts: f}
		return chain.Advance(s, st, "id-"+string(k), "by-"+string(k))
	}
	s = step(chain.KindIssue, "h1", chain.Facts{Expires: 100, Pickup: "c2", Parties: []string{"pat-1"}})
	if s.Seq != 1 || s.Org != "h1" || s.Person != "by-rx.issue" || s.Last != "id-rx.issue" || s.Expires != 100 ||
		s.LeaseEnd() != 100 || s.Status != chain.StatusSigned {
		t.Errorf("issued: %+v", s)
	}
	s = step(chain.KindApprove, "h1", chain.Facts{})
	s = step(chain.KindPay, "h1", chain.Facts{Ref: "pay:A"})
	if s.Person != "by-rx.issue" || s.Ref != "pay:A" || s.Subject != "rx:A" || s.Seq != 3 {
		t.Errorf("paid: %+v", s)
	}
	s = step(chain.KindClaim, "p1", chain.Facts{Code: "c1", Until: 50})
	if s.Holder != "p1" || s.Org != "h1" || s.Pickup != "c1" || s.Claims != 1 || s.LeaseEnd() != 50 {
		t.Errorf("claimed: %+v", s)
	}
	s.Pickup = "" // one of version 1 counts no claims
	if again := step(chain.KindClaim, "p2", chain.Facts{Code: "x"}); again.Pickup != "" || again.Claims != 1 ||
		again.LeaseEnd() != 100 {
		t.Errorf("claimed without a chain of codes: %+v", again)
	}
}
