package contract

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write contract.json, the phone's copies of it and RECEIPT.md's parts anew")

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

// page is a text of which some parts are written from the table.
type page struct {
	t    *testing.T
	text string
}

// put writes what stands between two texts, of which the first is there once.
func (p *page) put(begin, end, is string) {
	p.t.Helper()
	before, after, _ := strings.Cut(p.text, begin)
	old := strings.Index(after, end)
	if old < 0 || strings.Contains(after, begin) {
		p.t.Fatalf("%q is not there once, with %q behind it", begin, end)
	}
	p.text = before + begin + is + after[old:]
}

// TestReceiptTable: what RECEIPT.md says of kinds, statuses, subjects, facts, states and roles is
// what the table says: in section 2 the names and facts of records, in section 3 the roles of
// members, in section 5 those of certificates, in section 6 what states have and are called, and
// section 7.
func TestReceiptTable(t *testing.T) {
	const file = "../RECEIPT.md"
	is, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	p := &page{t, string(is)}
	p.record()
	p.roles()
	p.state()
	var rows strings.Builder
	last := ""
	for _, s := range Steps() {
		rows.WriteString(row(s, s.Prefix != last) + "\n")
		last = s.Prefix
	}
	p.put("\n|---|---|---|---|---|\n", "\n\n", strings.TrimSuffix(rows.String(), "\n"))
	same(t, file, p.text)
}

// record is section 2.
func (p *page) record() {
	p.t.Helper()
	var versions, facts []string
	for v := range Newest {
		versions = append(versions, fmt.Sprint(v+1))
	}
	for _, f := range fields {
		if f.means == "" {
			p.t.Errorf("%s has no words", f.name)
		}
		facts = append(facts, fmt.Sprintf("| `facts.%s` | %s only: %s |\n", f.name, carriers(f.name), asked(f)))
	}
	subject := "its prefix and `" + plainName + "`"
	for _, c := range the.contracts {
		if !c.Derived && c.Name != plainName {
			subject += ", after `" + c.Prefix + "` `" + c.Name + "`"
		}
	}
	p.put("\n| `statement.v` | ", ". ", anyOf(versions))
	p.put("\n| `statement.chain` | ", " |\n", "`"+chainPattern+"`")
	p.put("\n| `statement.kind`, `statement.subject` | a kind of section 7's table; subject is ", " |\n", subject)
	p.put("\n| `statement.org` | member id, ", " |\n", "`"+orgPattern+"`")
	p.put("\n| `facts` | ", "| `actorSig` |", "a fact below must be there in the kinds it is named for, unless it says "+
		`"(optional)" behind them, and in no other; behind a 2 they carry it in statements of version 2 only. `+
		"Without any, `{}` |\n"+strings.Join(facts, ""))
}

// asked is what is asked of a fact, and what it is.
func asked(f field) string {
	var forms []string
	kinds, with := map[string][]string{}, ""
	for _, s := range Steps() {
		for _, n := range s.Facts {
			if n.Fact != f.name {
				continue
			}
			form := n.form()
			if kinds[form] == nil {
				forms = append(forms, form)
			}
			kinds[form] = append(kinds[form], string(s.Kind))
			if n.With != "" {
				with = "; there where `" + n.With + "` is, and nowhere else"
			}
		}
	}
	if len(forms) > 1 {
		for i, form := range forms {
			forms[i] = "in " + joined(quoted(kinds[form]), "and") + " " + form
		}
	}
	return strings.Join(forms, ", ") + with + "; " + f.means
}

// form is what a need asks of the fact.
func (n Need) form() string {
	k := n.Type
	switch {
	case k == TypeSubject:
		var of []string
		for _, prefix := range n.Of {
			of = append(of, prefix+"…")
		}
		return "a subject " + anyOf(quoted(of))
	case k == TypeMoment:
		return fmt.Sprintf("%s, > %d", k.Rule, k.Min-1)
	case k.JSON == jsonWhole:
		return "a number from " + thousands(k.Min) + " to " + thousands(k.Max)
	case k.JSON == jsonTexts:
		of := "texts `" + k.Pattern + "`"
		if k.Pattern == hashPattern {
			of = "hex digests"
		}
		if k.Order == distinct {
			of = "different " + of
		} else {
			of += ", strictly " + k.Order
		}
		return fmt.Sprintf("1 to %d %s", k.Items, of)
	case k.Pattern == hashPattern:
		return "hex"
	case k.Pattern == base64Pattern:
		return k.Rule + ", at most " + thousands(int64(k.MaxLen)) + " characters"
	}
	var out []string
	for word := range strings.SplitSeq(k.Pattern, "|") {
		if word == orgPattern {
			out = append(out, "a member id as in `statement.org`")
		} else {
			out = append(out, "`"+word+"`")
		}
	}
	return anyOf(out)
}

// roles are those of sections 3 and 5.
func (p *page) roles() {
	p.t.Helper()
	later := at(Orgs, Schema2)[len(at(Orgs, Schema1)):]
	p.put("`role` is ", "; in a list", anyOf(quoted(plain(at(Orgs, Schema1)))))
	p.put("(at height `from` − 2, at least 1) ", " as well.", anyOf(quoted(plain(later))))
	var by, out []string
	of := map[string][]string{}
	for _, c := range the.contracts {
		for _, r := range c.Roles {
			var orgs []string
			for _, o := range r.By {
				orgs = append(orgs, article(string(o)))
			}
			if len(orgs) == 0 {
				continue
			}
			who := anyOf(orgs)
			if of[who] == nil {
				by = append(by, who)
			}
			of[who] = append(of[who], string(r.Role))
		}
	}
	for _, who := range by {
		out = append(out, anyOf(quoted(of[who]))+" for "+who)
	}
	p.put("CN matches `", "`", personPattern)
	p.put("and OU is ", ". Else", strings.Join(out, ", "))
}

// state is section 6.
func (p *page) state() {
	p.t.Helper()
	var all []string
	of := map[string][]string{}
	known := attributes()
	for _, name := range slices.Sorted(maps.Keys(known)) {
		bare := strings.TrimSuffix(name, "?")
		all = append(all, `"`+bare+`"`+name[len(bare):])
		of[known[name]] = append(of[known[name]], bare)
	}
	p.put("\nstate: ", "      (? = optional)", "{"+strings.Join(all, ",")+"}")
	verb := func(form, one, several string) string {
		if len(of[form]) == 1 {
			return joined(quoted(of[form]), "and") + " " + one
		}
		return joined(quoted(of[form]), "and") + " " + several
	}
	p.put("      (? = optional)\n```\n\n", ", the rest are texts.", strings.Join([]string{
		verb(jsonWhole, "is a number", "are numbers"),
		verb(jsonTexts, "is a list of texts", "are lists of texts"),
		verb("true", "is `true` or left out", "are `true` or left out"),
	}, ", "))
	var usual, names []string
	for _, c := range the.contracts {
		if c.Name == plainName {
			usual = append(usual, strings.TrimSuffix(c.Prefix, ":"))
		} else {
			names = append(names, strings.ReplaceAll(c.Prefix+c.Name, "(?:", "("))
		}
	}
	p.put("\n`state.subject` is ", ", else `malformed`",
		anyOf(quoted(append([]string{"(" + strings.Join(usual, "|") + "):" + plainName}, names...))))
}

func quoted(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = "`" + s + "`"
	}
	return out
}

func anyOf(list []string) string { return joined(list, "or") }

// joined are words with commas, and the last with another word.
func joined(list []string, last string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	end := len(list) - 1
	return strings.Join(list[:end], ", ") + " " + last + " " + list[end]
}

func article(word string) string {
	if strings.ContainsAny(word[:1], "aeiou") {
		return "an " + word
	}
	return "a " + word
}

// thousands is a number with commas.
func thousands(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
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
