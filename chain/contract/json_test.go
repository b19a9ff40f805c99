package contract

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write contract.json, the phone's copy of it and RECEIPT.md's table anew")

type (
	named struct {
		Name  string `json:"name"`
		Since int    `json:"since"`
	}
	writer struct {
		named
		Visits bool `json:"visits"`
	}
	need struct {
		named
		Optional bool     `json:"optional"`
		Of       []string `json:"of"`
	}
	step struct {
		Prefix      string   `json:"prefix"`
		Since       int      `json:"since"`
		From        []named  `json:"from"`
		To          string   `json:"to"`
		Or          string   `json:"or"`
		Actors      []named  `json:"actors"`
		Orgs        []writer `json:"orgs"`
		Facts       []need   `json:"facts"`
		Guards      []named  `json:"guards"`
		SealInForce bool     `json:"sealInForce"`
	}
	room struct {
		Name    string   `json:"name"`
		Derived bool     `json:"derived"`
		State   []string `json:"state"`
	}
	role struct {
		By    []string `json:"by"`
		Since int      `json:"since"`
	}
	document struct {
		Contracts map[string]room   `json:"contracts"`
		Subjects  string            `json:"subjects"` // what records name
		States    string            `json:"states"`   // what states are called
		State     []string          `json:"state"`
		Facts     map[string]string `json:"facts"`
		Kinds     map[Kind]step     `json:"kinds"`
		Guards    []named           `json:"guards"` // of every kind
		Roles     map[Role]role     `json:"roles"`
		Orgs      []named           `json:"orgs"`
		Codes     []string          `json:"codes"`
	}
)

func plain[T ~string](list []T) []string {
	out := []string{}
	for _, t := range list {
		out = append(out, string(t))
	}
	return out
}

func timed[T ~string](list []Timed[T]) []named {
	out := []named{}
	for _, t := range list {
		out = append(out, named{string(t.Name), t.Since})
	}
	return out
}

func guarded(list []Guard) []named {
	out := []named{}
	for _, g := range list {
		out = append(out, named{g.Name, g.Since})
	}
	return out
}

func written() document {
	d := document{
		Contracts: map[string]room{}, Subjects: the.subjects, States: the.states, State: common,
		Facts: map[string]string{}, Kinds: map[Kind]step{},
		Guards: guarded(commonGuards), Roles: map[Role]role{}, Orgs: timed(Orgs), Codes: codeNames[:],
	}
	for _, c := range the.contracts {
		d.Contracts[c.Prefix] = room{c.Name, c.Derived, plain(c.State)}
		for _, r := range c.Roles {
			d.Roles[r.Role] = role{plain(r.By), r.Since}
		}
	}
	for _, s := range shapes {
		d.Facts[s.fact] = s.json
	}
	for _, s := range Steps() {
		out := step{
			Prefix: s.Prefix, Since: s.Since, From: timed(s.From), To: string(s.To), Or: string(s.Or),
			Actors: timed(s.Actors), Orgs: []writer{}, Facts: []need{},
			Guards: guarded(s.Guards), SealInForce: s.SealInForce,
		}
		for _, o := range s.Orgs {
			out.Orgs = append(out.Orgs, writer{named{string(o.Role), o.Since}, o.Visits})
		}
		for _, n := range s.Facts {
			out.Facts = append(out.Facts, need{named{n.Fact, n.Since}, n.Optional, plain(n.Of)})
		}
		d.Kinds[s.Kind] = out
	}
	return d
}

// TestContractFiles: the law's copies in other languages are written from it.
func TestContractFiles(t *testing.T) {
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(written()); err != nil {
		t.Fatal(err)
	}
	const head = "// The law of the chain (chain/contract). Written by: go test ./chain/contract -update\n"
	same(t, "contract.json", text.String())
	same(t, "../../frontend/lib/contract.ts",
		head+"export const contract = "+strings.TrimSpace(text.String())+" as const\n")
}

func same(t *testing.T, file, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if is, err := os.ReadFile(file); err != nil || string(is) != want {
		t.Errorf("%s is not what the table says (go test ./chain/contract -update): %v", file, err)
	}
}

const receipt = "../RECEIPT.md"

// TestReceiptTable: section 7 of RECEIPT.md is the table of steps, and section 2 names each fact's
// kinds.
func TestReceiptTable(t *testing.T) {
	is, err := os.ReadFile(receipt)
	if err != nil {
		t.Fatal(err)
	}
	const begin, end = "|---|---|---|---|---|\n| `cert.enrol`", "\n\n"
	text := string(is)
	at := strings.Index(text, begin)
	if at < 0 {
		t.Fatal("no table of kinds")
	}
	at += len("|---|---|---|---|---|\n")
	stop := at + strings.Index(text[at:], end)
	var rows strings.Builder
	last := ""
	for _, s := range Steps() {
		rows.WriteString(row(s, s.Prefix != last) + "\n")
		last = s.Prefix
	}
	same(t, receipt, text[:at]+strings.TrimSuffix(rows.String(), "\n")+text[stop:])

	for _, shape := range shapes {
		line := regexp.MustCompile("(?m)^\\| `facts." + shape.fact + "` \\| (2, )?(.*?) only(, optional)?:").
			FindStringSubmatch(text)
		if line == nil {
			t.Errorf("section 2 has no line for %s", shape.fact)
			continue
		}
		var kinds []string
		since, optional := 0, false // the first
		for _, s := range Steps() {
			for _, n := range s.Facts {
				if n.Fact == shape.fact {
					if kinds = append(kinds, "`"+string(s.Kind)+"`"); since == 0 || n.Since < since {
						since, optional = n.Since, n.Optional
					}
				}
			}
		}
		if got := regexp.MustCompile("`[a-z.]+`").FindAllString(line[2], -1); !slices.Equal(got, kinds) ||
			(line[1] != "") != (since > Schema1) || (line[3] != "") != optional {
			t.Errorf("section 2 on %s: %s, the table says %v since %d, optional %v", shape.fact, line[0], kinds,
				since, optional)
		}
	}
}

// row is a step as section 7 writes it.
func row(s Transition, first bool) string {
	mark, subject, from, to := "", "`"+s.Prefix+"`", "", string(s.To)
	if s.Since > Schema1 {
		mark = fmt.Sprintf(" (%d)", s.Since)
	}
	if c, _ := the.prefixes[s.Prefix]; first && c.Of != "" {
		subject += "+" + c.Of
	}
	for i, f := range s.From {
		sep := ", "
		if f.Since > s.Since {
			sep = fmt.Sprintf("; where schema %d is in force ", f.Since)
		}
		if i > 0 {
			from += sep
		}
		if f.Name == StatusNone {
			from += "–"
		}
		from += string(f.Name)
	}
	if to == "" {
		to = "the same"
	}
	if s.Or != "" {
		to += " or " + string(s.Or)
	}
	orgs := []string{}
	for _, o := range s.Orgs {
		orgs = append(orgs, string(o.Role))
	}
	actors := []string{}
	for _, a := range s.Actors {
		actors = append(actors, string(a.Name))
	}
	return fmt.Sprintf("| `%s`%s | %s | %s → %s | %s | %s |", s.Kind, mark, subject, from, to,
		strings.Join(actors, ", "), strings.Join(orgs, ", "))
}
