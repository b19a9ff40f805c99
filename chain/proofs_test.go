package chain_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/evidence"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// testdata/proofs.json has consistency proofs, forks, evidence files and bundles, good and bad,
// with the verdict of every verifier (the mini-app's side: frontend/test/unit/edges.test.ts). Made
// anew with -update.
type proved struct {
	History string  `json:"history"` // that all are checked by
	Proofs  []proof `json:"proofs"`
}

type proof struct {
	Name string            `json:"name"`
	Kind evidence.FileKind `json:"kind"`
	Text string            `json:"text"`
	Want string            `json:"want"`
}

func proofs() proved {
	r := newReference()
	world := string(chain.History{V: chain.Version, Genesis: *r.Members}.Bytes())
	return proved{world, slices.Concat(r.growths(), r.forks(), r.evidenceFiles(world))}
}

// under is a sealed header over the first records.
func (r *reference) under(height int64, size int, change func(*chain.Header)) chain.SealedHeader {
	h := r.header
	h.Height, h.LogSize, h.LogRoot = height, uint64(size), merkle.EmptyLogRoot().String()
	if size > 0 {
		h.LogRoot = r.root(0, size).String()
	}
	change(&h)
	return chain.SealedHeader{Header: h, Seals: r.seals(h, "h1", "h2", "p1")}
}

func asItIs(*chain.Header) {}

func (r *reference) growths() (out []proof) {
	grows := func(name, want string, was, is int, change func(*chain.Consistency)) {
		c := chain.Consistency{V: chain.Version, Old: r.under(int64(was)+1, was, asItIs),
			New: r.under(int64(is)+1, is, asItIs)}
		if 0 < was && was < is {
			c.Path = r.growth(was, 0, is, true)
		}
		change(&c)
		out = append(out, proof{name, evidence.FileConsistency, string(c.Bytes()), want})
	}
	same := func(*chain.Consistency) {}
	for _, sizes := range [][2]int{{0, 12}, {1, 12}, {3, 7}, {4, 12}, {6, 11}, {8, 12}, {12, 12}} {
		grows("grown", "ok", sizes[0], sizes[1], same)
	}
	grows("of a later version", "version", 3, 7, func(c *chain.Consistency) { c.V = 2 })
	grows("a root that is none", "malformed", 3, 7, func(c *chain.Consistency) { c.New.Header.LogRoot = "x" })
	grows("of two chains", "wrong-chain", 3, 7, func(c *chain.Consistency) { c.Old.Header.Chain = "other" })
	grows("backwards in height", "malformed", 3, 7, func(c *chain.Consistency) { c.Old.Header.Height = 9 })
	grows("backwards in size", "malformed", 3, 7,
		func(c *chain.Consistency) { c.Old, c.New = r.under(1, 7, asItIs), r.under(2, 3, asItIs) })
	grows("a path in capitals", "path", 3, 7, func(c *chain.Consistency) { c.Path[0] = strings.ToUpper(c.Path[0]) })
	grows("a path cut short", "path", 3, 7, func(c *chain.Consistency) { c.Path = c.Path[1:] })
	grows("a path too long", "path", 3, 7, func(c *chain.Consistency) { c.Path = append(c.Path, c.Path[0]) })
	grows("a path where none is needed", "path", 12, 12,
		func(c *chain.Consistency) { c.Path = []string{merkle.Hash{}.String()} })
	grows("no path", "path", 4, 12, func(c *chain.Consistency) { c.Path = nil })
	grows("nothing that is something", "path", 0, 12,
		func(c *chain.Consistency) { c.Old.Header.LogRoot = merkle.Hash{}.String() })
	grows("a path before the seals", "path", 3, 7, func(c *chain.Consistency) { c.Path, c.Old.Seals = nil, nil })
	grows("old unsealed", "quorum", 3, 7, func(c *chain.Consistency) { c.Old.Seals, c.New.Seals[0].Sig = nil, "AAAA" })
	grows("new unsealed", "seal-signature", 3, 7, func(c *chain.Consistency) { c.New.Seals[0].Sig = "AAAA" })
	grows("of another chain altogether", "wrong-chain", 3, 7,
		func(c *chain.Consistency) { c.Old.Header.Chain, c.New.Header.Chain = "other", "other" })
	grows("by another list", "members", 3, 7,
		func(c *chain.Consistency) { c.New.Header.MembersRoot = merkle.Hash{}.String() })
	return out
}

func (r *reference) forks() (out []proof) {
	fork := func(name, want string, ours, theirs chain.SealedHeader, change func(string) string) {
		text := `{"theirs":` + string(theirs.Bytes()) + `,"kind":"fork","ours":` + string(ours.Bytes()) + `}`
		out = append(out, proof{name, evidence.FileFork, change(text), want})
	}
	read := func(s string) string { return s }
	one, other := r.under(5, 7, asItIs), r.under(5, 6, asItIs)
	fork("a fork", "ok", one, other, read)
	fork("a fork with words of any kind", "ok", one, other,
		func(s string) string { return strings.Replace(s, `"fork"`, `[null,"\u533b",-1.5e9, {"a":"<"}]`, 1) })
	fork("a fork whose names have escapes", "ok", one, other,
		func(s string) string { return strings.Replace(s, `"ours"`, `"\u006furs"`, 1) })
	fork("a fork with spaces", "ok", one, other, func(s string) string { return strings.ReplaceAll(s, `":`, "\" :\n") })
	fork("a fork with a name twice", "malformed", one, other,
		func(s string) string { return strings.Replace(s, `"kind"`, `"ours"`, 1) })
	fork("a fork with null", "malformed", one, other,
		func(s string) string { return `{"ours":null,"theirs":` + string(other.Bytes()) + `}` })
	fork("a fork whose header has members in another order", "malformed", one, other, func(s string) string {
		return strings.Replace(s, `"chain":"ward-test","height":5`, `"height":5,"chain":"ward-test"`, 1)
	})
	fork("a fork of one header", "malformed", one, one, read)
	fork("a fork of two heights", "malformed", one, r.under(6, 6, asItIs), read)
	fork("a fork of two chains", "malformed", one, r.under(5, 6, func(h *chain.Header) { h.Chain = "other" }), read)
	fork("a fork of two times", "ok", one, r.under(5, 7, func(h *chain.Header) { h.Time++ }), read)
	bare, forged := one, r.under(5, 6, asItIs)
	bare.Seals = bare.Seals[:2]
	forged.Seals[0].Sig = "AAAA"
	fork("a fork with ours of two seals, theirs forged", "quorum", bare, forged, read)
	fork("a fork with theirs forged", "seal-signature", one, forged, read)
	fork("a fork by another list", "members",
		r.under(5, 7, func(h *chain.Header) { h.MembersRoot = merkle.Hash{}.String() }), other, read)
	return out
}

// growth is SUBPROOF of RFC 6962 2.1.2.
func (r *reference) growth(m, lo, hi int, whole bool) []string {
	if m == hi-lo {
		if whole {
			return nil
		}
		return []string{r.root(lo, hi).String()}
	}
	k := below(hi - lo)
	if m <= k {
		return append(r.growth(m, lo, lo+k, whole), r.root(lo+k, hi).String())
	}
	return append(r.growth(m-k, lo+k, hi, false), r.root(lo, lo+k).String())
}

// evidenceFiles are evidence files and bundles whose form or version a reader might take for
// another.
func (r *reference) evidenceFiles(world string) (out []proof) {
	documents := r.document()
	document := documents[0].Document
	receipt := string(r.receipt(issued, "h1", "h2", "p1").Bytes())
	item := func(parts ...string) string { return "{" + strings.Join(parts, ",") + "}" }
	s, d, c := `"salt":"`+b64(goldenSalt)+`"`, `"document":"`+b64([]byte(document))+`"`, `"receipt":`+receipt
	now, former := item(d, c, s), item(c, d, s)
	file := func(name, want, items, rest string) {
		out = append(out, proof{name, evidence.FileEvidence,
			`{"evidence":[` + items + `],"history":` + world + rest + `}`, want})
	}
	file("evidence of now", "ok ok", now+","+now, `,"v":1`)
	file("evidence of before", "ok ok", former+","+former, `,"v":1`)
	file("evidence of now and of before", "malformed", now+","+former, `,"v":1`)
	file("evidence in a third order", "malformed", item(s, c, d), `,"v":1`)
	file("evidence without a version", "version", now, ``)
	file("evidence with its version as a text", "version", now, `,"v":"1"`)
	file("evidence with its version as a fraction", "version", now, `,"v":1.0`)
	file("evidence of version 2 with another member", "version", now, `,"v":2,"w":null`)
	file("evidence with another member", "malformed", now, `,"v":1,"w":1`)
	file("evidence with a salt alone", "digest", item(c, s), `,"v":1`)
	file("evidence with a document alone", "digest", item(d, c), `,"v":1`)
	file("evidence with a short salt", "digest", item(d, c, `"salt":"AAAA"`), `,"v":1`)
	file("evidence with a salt in another spelling", "malformed", item(d, c, `"salt":"AAB="`), `,"v":1`)
	out = append(out,
		proof{"evidence with its members in another order", evidence.FileEvidence,
			`{"v":1,"evidence":[` + now + `],"history":` + world + `}`, "malformed"},
		proof{"evidence whose name has an escape", evidence.FileEvidence,
			`{"\u0065vidence":[` + now + `],"history":` + world + `,"v":1}`, "malformed"},
	)
	bundle := func(name, want, items, rest string) {
		out = append(out, proof{name, evidence.FileBundle,
			`{"prescription":"RX1","accessCode":"K",` + rest + `"evidence":[` + items + `]}`, want})
	}
	bundle("a bundle in any order", "ok ok", item(s, d, c)+","+former, `"v":1,`)
	bundle("a bundle whose names have escapes", "ok", item(strings.Replace(s, "salt", `\u0073alt`, 1), d, c),
		`"\u0076":1,`)
	bundle("a bundle whose salt has an escape", "malformed",
		item(strings.Replace(s, `:"M`, `:"\u004d`, 1), d, c), `"v":1,`)
	bundle("a bundle of version 2 with another member", "version", "null", `"v":2,"w":1,`)
	bundle("a bundle with its version twice", "malformed", now, `"v":2,"v":1,`)
	return out
}

func TestProofs(t *testing.T) {
	if *update {
		write(t, "proofs.json", text(proofs()))
	}
	var all proved
	if err := json.Unmarshal(file(t, "proofs.json"), &all); err != nil || len(all.Proofs) < 50 {
		t.Fatalf("%d proofs, %v", len(all.Proofs), err)
	}
	by := chaintest.Must(chain.ParseHistory([]byte(all.History)))
	for _, e := range all.Proofs {
		if got := judgeProof(e, by); got != e.Want {
			t.Errorf("%s: %s, want %s", e.Name, got, e.Want)
		}
		if !slices.Contains([]evidence.FileKind{e.Kind, ""}, evidence.KindOfFile([]byte(e.Text))) {
			t.Errorf("%s: taken for a %s", e.Name, evidence.KindOfFile([]byte(e.Text)))
		}
	}
}

func judgeProof(e proof, by *chain.Timeline) string {
	switch e.Kind {
	case evidence.FileConsistency:
		c, err := chain.ParseConsistency([]byte(e.Text))
		if err == nil {
			err = c.Verify(by)
		}
		return verdict(err)
	case evidence.FileFork:
		f, err := chain.ParseFork([]byte(e.Text))
		if err == nil {
			_, err = f.Verify(by)
		}
		return verdict(err)
	}
	return judge(e.Kind, []byte(e.Text), by)
}
