package chain_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/contract"
)

// factsCase is a kind's facts and whether a statement may have them. testdata/facts.json holds
// them; the mini-app's check says the same (frontend/test/unit/facts.test.ts).
type factsCase struct {
	Kind  chain.Kind     `json:"kind"`
	V     int            `json:"v"`
	Facts map[string]any `json:"facts"`
	Good  bool           `json:"good"`
	Why   string         `json:"why"`
}

type sample struct {
	value any
	good  bool
}

// samples are values of each type of facts: the first is a good one.
func samples(t *testing.T, n contract.Need) []sample {
	t.Helper()
	hash, long := strings.Repeat("0a", 32), strings.Repeat("A", 20_000)
	hashes := func(n int) (out []any) {
		for i := range n {
			out = append(out, fmt.Sprintf("%064x", i))
		}
		return out
	}
	switch n.Type {
	case contract.TypeDigest:
		return []sample{{hash, true}, {hash[1:], false}, {hash + "0", false}, {strings.ToUpper(hash), false}}
	case contract.TypeMoment:
		return []sample{{1, true}, {int64(1)<<53 - 1, true}, {-1, false}}
	case contract.TypeAmount:
		return []sample{{1, true}, {contract.MaxAmount, true}, {contract.MaxAmount + 1, false}, {-1, false},
			{int64(1)<<53 - 1, false}}
	case contract.TypeCertificate, contract.TypeChange:
		return []sample{{"QQ==", true}, {"Q-==", false}, {"====", false}, {long, false}}
	case contract.TypePeople:
		return []sample{{[]any{"a", "b"}, true}, {[]any{"b", "a"}, false}, {[]any{"a", "a"}, false},
			{[]any{"a", "b", "c", "d"}, true}, {[]any{"a", "b", "c", "d", "e"}, false}, {[]any{"a b"}, false},
			{[]any{""}, false}}
	case contract.TypeTags:
		return []sample{{hashes(2), true}, {hashes(contract.MaxTags), true}, {hashes(contract.MaxTags + 1), false},
			{[]any{hash, hash}, false}, {[]any{hash[1:]}, false}}
	case contract.TypeClass:
		return []sample{{"packages", true}, {"deposit", true}, {"receivable", true}, {"package", false},
			{"token", false}}
	case contract.TypeMember:
		return []sample{{"p1", true}, {strings.Repeat("a", 32), true}, {strings.Repeat("a", 33), false}, {"P1", false},
			{"USED", false}, {"LOST", false}}
	case contract.TypeHolder:
		return []sample{{"p1", true}, {"USED", true}, {"LOST", true}, {"LOSTUSED", false}, {"used:", false}}
	case contract.TypeSubject:
		out := []sample{{n.Of[0] + "1", true}, {n.Of[0], false}, {"own:h1:L1", false}, {"cert:1", false}, {"1", false},
			{n.Of[0] + "1:2", false}}
		for _, prefix := range n.Of {
			out = append(out, sample{prefix + strings.Repeat("a", 30), true},
				sample{prefix + strings.Repeat("a", 31), prefix != contract.SubjectLot})
		}
		return out
	}
	t.Fatalf("no samples of type %s", n.Type.Name)
	return nil
}

// factsCases are, for each kind and version: all its facts, each value of each, each fact missing,
// and each fact that is another kind's.
func factsCases(t *testing.T) (out []factsCase) {
	t.Helper()
	others := map[string]any{}
	for _, step := range contract.Steps() {
		for _, n := range step.Facts {
			if others[n.Fact] == nil {
				others[n.Fact] = samples(t, n)[0].value
			}
		}
	}
	for _, step := range contract.Steps() {
		for v := step.Since; v <= chain.Newest; v++ {
			needs := map[string]contract.Need{}
			for _, n := range step.Facts {
				if n.Since <= v {
					needs[n.Fact] = n
				}
			}
			with := func(change func(map[string]any), good bool, why string) {
				facts := map[string]any{}
				for name, n := range needs {
					facts[name] = samples(t, n)[0].value
				}
				change(facts)
				out = append(out, factsCase{step.Kind, v, facts, good, why})
			}
			with(func(map[string]any) {}, true, "all its facts")
			for fact, value := range others {
				n, its := needs[fact]
				if !its {
					with(func(f map[string]any) { f[fact] = value }, false,
						fact+" is another kind's, or a later version's")
					continue
				}
				with(func(f map[string]any) { delete(f, fact) }, n.Optional && n.With == "", "without "+fact)
				for i, s := range samples(t, n) {
					with(func(f map[string]any) { f[fact] = s.value }, s.good, fmt.Sprintf("%s, %d", fact, i))
				}
			}
		}
	}
	return out
}

// TestFacts holds the check of facts against the cases that every verifier shares.
//
//	go test ./chain -run TestFacts -update
func TestFacts(t *testing.T) {
	if *update {
		var text bytes.Buffer
		text.WriteString("[")
		for i, c := range factsCases(t) {
			if i > 0 {
				text.WriteString(",")
			}
			line, err := json.Marshal(c)
			if err != nil {
				t.Fatal(err)
			}
			text.WriteString("\n" + string(line))
		}
		text.WriteString("\n]\n")
		write(t, "facts.json", text.Bytes())
	}
	var all []struct {
		factsCase
		Facts chain.Facts `json:"facts"`
	}
	if err := json.Unmarshal(file(t, "facts.json"), &all); err != nil {
		t.Fatal(err)
	}
	if want := len(factsCases(t)); len(all) != want {
		t.Fatalf("%d cases in the file, the contracts make %d", len(all), want)
	}
	for _, c := range all {
		step, _ := chain.TransitionOf(c.Kind)
		st := chain.Statement{Actor: strings.Repeat("0", 64), Chain: "c", Digest: strings.Repeat("0", 64),
			Facts: c.Facts, Kind: c.Kind, Org: "h1", Seq: 1, Subject: step.Prefix + "1", Time: 1, V: c.V}
		if err := st.Check(); (err == nil) != c.Good {
			t.Errorf("%s of version %d, %s: %v", c.Kind, c.V, c.Why, err)
		}
	}
}
