package contract

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write contract.json, the phone's copies of it and RECEIPT.md's table anew")

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
		Type     string   `json:"type"`
		Optional bool     `json:"optional"`
		Of       []string `json:"of"`
		With     string   `json:"with"`
	}
	kindOfFact struct {
		JSON    string `json:"json"`
		Pattern string `json:"pattern,omitempty"`
		MaxLen  int    `json:"maxLen,omitempty"`
		Min     int64  `json:"min,omitempty"`
		Max     int64  `json:"max,omitempty"`
		Items   int    `json:"items,omitempty"`
		Order   string `json:"order,omitempty"`
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
		Contracts  map[string]room       `json:"contracts"`
		Subjects   string                `json:"subjects"` // what records name
		States     string                `json:"states"`   // what states are called
		State      []string              `json:"state"`
		Attributes map[string]string     `json:"attributes"` // of states; with ? where it may be missing
		Facts      map[string]string     `json:"facts"`
		Types      map[string]kindOfFact `json:"types"`
		Kinds      map[Kind]step         `json:"kinds"`
		Guards     []named               `json:"guards"` // of every kind
		Roles      map[Role]role         `json:"roles"`
		Orgs       []named               `json:"orgs"`
		Codes      []string              `json:"codes"`
		Newest     int                   `json:"newest"` // schema
		Names      map[string]string     `json:"names"`  // patterns, of the whole of a text
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
		Attributes: attributes(), Facts: map[string]string{}, Types: map[string]kindOfFact{}, Kinds: map[Kind]step{},
		Guards: guarded(commonGuards), Roles: map[Role]role{}, Orgs: timed(Orgs), Codes: codeNames[:],
		Newest: Newest, Names: map[string]string{"chain": chainPattern, "org": orgPattern, "person": personPattern},
	}
	for _, c := range the.contracts {
		d.Contracts[c.Prefix] = room{c.Name, c.Derived, plain(c.State)}
		for _, r := range c.Roles {
			d.Roles[r.Role] = role{plain(r.By), r.Since}
		}
	}
	for _, f := range fields {
		d.Facts[f.name] = f.json()
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
			out.Facts = append(out.Facts, need{named{n.Fact, n.Since}, n.Type.Name, n.Optional, plain(n.Of), n.With})
			k := n.Type
			d.Types[k.Name] = kindOfFact{k.JSON, k.Pattern, k.MaxLen, k.Min, k.Max, k.Items, k.Order}
		}
		d.Kinds[s.Kind] = out
	}
	return d
}

// attributes are those of SubjectState, in their forms.
func attributes() map[string]string {
	out := map[string]string{}
	for f := range reflect.TypeFor[SubjectState]().Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if options == "omitempty" {
			name += "?"
		}
		switch f.Type.Kind() {
		case reflect.String:
			out[name] = jsonText
		case reflect.Bool:
			out[name] = "true"
		case reflect.Slice:
			out[name] = jsonTexts
		default:
			out[name] = jsonWhole
		}
	}
	return out
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
	same(t, "../../frontend/lib/steps.ts", head+
		"//\n// Of it, what a page asks before it offers a step: from which statuses to which, in the newest\n// schema.\n"+
		"export const steps = {\n"+ways()+"} as const\n")
}

// ways are the steps as the pages read them; "" is no record before, and no other status after.
func ways() string {
	var out strings.Builder
	for _, s := range Steps() {
		from := []string{}
		for _, f := range s.Froms(Newest) {
			from = append(from, "'"+string(f)+"'")
		}
		fmt.Fprintf(&out, "  '%s': { from: [%s], to: '%s' },\n", s.Kind, strings.Join(from, ", "), s.To)
	}
	return out.String()
}

// TestWords: every kind has words in both languages, and the app's copies of them are written from
// the contracts.
func TestWords(t *testing.T) {
	zh, en := map[string]string{}, map[string]string{}
	for _, s := range Steps() {
		zh["kind."+string(s.Kind)], en["kind."+string(s.Kind)] = s.Words.ZH, s.Words.EN
	}
	for _, c := range the.contracts {
		for status, w := range c.Called {
			key := "status." + c.Prefix[:len(c.Prefix)-1] + "." + string(status)
			zh[key], en[key] = w.ZH, w.EN
		}
	}
	for language, words := range map[string]map[string]string{"zh-Hans": zh, "en": en} {
		for key, w := range words {
			if w == "" {
				t.Errorf("%s has no words in %s", key, language)
			}
		}
		text, err := json.MarshalIndent(words, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		same(t, "../../frontend/src/words/law."+language+".json", string(text)+"\n")
	}
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
	text = text[:at] + strings.TrimSuffix(rows.String(), "\n") + text[stop:]

	head := regexp.MustCompile("(?m)^\\| `facts.([a-zA-Z]+)` \\| (.*?) only:")
	var seen []string
	same(t, receipt, head.ReplaceAllStringFunc(text, func(line string) string {
		fact := head.FindStringSubmatch(line)[1]
		seen = append(seen, fact)
		return "| `facts." + fact + "` | " + carriers(fact) + " only:"
	}))
	for i, f := range fields {
		if i >= len(seen) || seen[i] != f.name {
			t.Fatalf("section 2 has lines for %v; %s is missing or not in its place", seen, f.name)
		}
	}
}

// carriers are the kinds whose statements have a fact, as section 2 writes them.
func carriers(fact string) string {
	type group struct {
		since    int
		optional bool
	}
	var order []group
	kinds := map[group][]string{}
	for _, s := range Steps() {
		for _, n := range s.Facts {
			if n.Fact != fact {
				continue
			}
			g := group{n.Since, n.Optional}
			if kinds[g] == nil {
				order = append(order, g)
			}
			kinds[g] = append(kinds[g], "`"+string(s.Kind)+"`")
		}
	}
	var out []string
	for _, g := range order {
		text := strings.Join(kinds[g], ", ")
		if g.since > Schema1 {
			text = fmt.Sprintf("%d, %s", g.since, text)
		}
		if g.optional {
			text += " (optional)"
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
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
	orgs := ""
	for i, o := range s.Orgs {
		sep := ", "
		switch {
		case i == 0:
			sep = ""
		case o.Since > s.Orgs[i-1].Since:
			sep = fmt.Sprintf("; where schema %d is in force ", o.Since)
		}
		orgs += sep + string(o.Role)
	}
	actors := []string{}
	for _, a := range s.Actors {
		actors = append(actors, string(a.Name))
	}
	return fmt.Sprintf("| `%s`%s | %s | %s → %s | %s | %s |", s.Kind, mark, subject, from, to,
		strings.Join(actors, ", "), orgs)
}
