package contract

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestLawIsWhole: every step is in its contract, its names are known ones, and its schemas are in
// order.
func TestLawIsWhole(t *testing.T) {
	facts := map[string]field{}
	for i, f := range fields {
		facts[f.name] = f
		at := reflect.TypeFor[Facts]().Field(i)
		if at.Tag.Get("json") != f.name+",omitempty" {
			t.Errorf("field %d is %s, in Facts %s", i, f.name, at.Tag.Get("json"))
		}
	}
	if len(facts) != reflect.TypeFor[Facts]().NumField() {
		t.Errorf("%d facts for the fields of Facts", len(facts))
	}
	for _, s := range Steps() {
		if prefix, _, _ := strings.Cut(string(s.Kind), "."); prefix+":" != s.Prefix {
			t.Errorf("%s stands in the contract of %s", s.Kind, s.Prefix)
		}
		if len(s.From) == 0 || len(s.Actors) == 0 || len(s.Orgs) == 0 {
			t.Errorf("%s: nobody may take it", s.Kind)
		}
		for _, r := range s.Actors {
			e, known := the.roles[r.Name]
			if !known || r.Since < e.Since || r.Since < s.Since {
				t.Errorf("%s: role %s of schema %d", s.Kind, r.Name, r.Since)
			}
		}
		for _, o := range s.Orgs {
			if !KnownOrg(o.Role, o.Since) || o.Since < s.Since {
				t.Errorf("%s: organisation %s of schema %d", s.Kind, o.Role, o.Since)
			}
		}
		for _, from := range s.From {
			if from.Since < s.Since {
				t.Errorf("%s: from %q of schema %d", s.Kind, from.Name, from.Since)
			}
		}
		for _, n := range s.Facts {
			f, known := facts[n.Fact]
			if !known || n.Since < s.Since || f.json() != n.Type.JSON || (n.Type == TypeSubject) != (len(n.Of) > 0) {
				t.Errorf("%s: fact %s of schema %d", s.Kind, n.Fact, n.Since)
			}
			goes := func(o Need) bool { return o.Fact == n.With && o.With == n.Fact }
			if n.With != "" && !slices.ContainsFunc(s.Facts, goes) {
				t.Errorf("%s: %s goes with %s, which does not go with it", s.Kind, n.Fact, n.With)
			}
			for _, prefix := range n.Of {
				if c := the.prefixes[prefix]; c == nil || c.Derived {
					t.Errorf("%s: a ref to %s, which no record may name", s.Kind, prefix)
				}
			}
		}
		for _, g := range s.Guards {
			if g.Since < s.Since {
				t.Errorf("%s: guard %s of schema %d", s.Kind, g.Name, g.Since)
			}
		}
	}
}

// TestEffectsKeepToTheContract: a step changes no attribute of a state that its contract does not
// name.
func TestEffectsKeepToTheContract(t *testing.T) {
	full := Facts{
		Cert: "c", Change: "c", Code: strings.Repeat("1", 64), Expires: 5, Parties: []string{"p"},
		Pickup: strings.Repeat("2", 64), Ref: "rx:1",
		Tags: []string{"t"}, Until: 6, Amount: 7, Class: "c", Lot: "lot:1", Price: 8, PriceLot: "lot:2",
		Root: strings.Repeat("4", 64), To: "p1",
	}
	for _, c := range the.contracts {
		for i := range Steps() {
			step := &Steps()[i]
			if step.Prefix != c.Prefix {
				continue
			}
			for _, before := range []SubjectState{{},
				{Seq: 1, Pickup: strings.Repeat("3", 64), Holder: "p1", Until: 4, Renewed: true, Contested: true}} {
				after := step.Advance(before, &Act{Kind: step.Kind, Subject: c.Prefix + "1", Org: "h1",
					Seq: before.Seq + 1, Facts: full}, "id", "person")
				was, is := reflect.ValueOf(before), reflect.ValueOf(after)
				for f := range was.NumField() {
					name, _, _ := strings.Cut(was.Type().Field(f).Tag.Get("json"), ",")
					if !reflect.DeepEqual(was.Field(f).Interface(), is.Field(f).Interface()) &&
						!slices.Contains(common, name) && !slices.Contains(c.State, name) {
						t.Errorf("%s changes %s", step.Kind, name)
					}
				}
			}
		}
	}
}

// toy is a law with subjects that no record names.
var toy = newLaw(
	Contract{Prefix: "lot:", Name: `[a-z0-9]{1,30}`, Steps: []Transition{{Kind: "lot.open", Since: 3}}},
	Contract{Prefix: "own:", Name: `[a-z0-9-]{1,32}:[a-z0-9]{1,30}`, Derived: true},
)

// TestDerivedNames: a state may be called what no record may name.
func TestDerivedNames(t *testing.T) {
	for name, want := range map[string]struct{ named, recorded bool }{
		"lot:a1": {true, true}, "own:h1:a1": {true, false}, "own:h1": {}, "lot:": {}, "lot:h1:a1": {},
		"own:h1:a1\n": {}, "rx:1": {}, "lot": {}, "": {}, "lot:A": {},
	} {
		_, named := toy.of(name)
		if recorded := toy.records(name); named != want.named || recorded != want.recorded {
			t.Errorf("%q: named %v, recorded %v", name, named, recorded)
		}
	}
	if toy.subjects != `^(lot:[a-z0-9]{1,30})$` ||
		toy.states != `^(lot:[a-z0-9]{1,30}|own:[a-z0-9-]{1,32}:[a-z0-9]{1,30})$` {
		t.Errorf("patterns %s, %s", toy.subjects, toy.states)
	}
	for _, name := range []string{"rx:RX1", "cert:" + strings.Repeat("a", 64), "gov:1", "pay:x-Y",
		"lot:" + strings.Repeat("a", 30), "move:M1"} {
		if !Recorded(name) || !Named(name) {
			t.Errorf("%s is refused", name)
		}
	}
	for _, name := range []string{"own:h1:L", "own:USED:L", "own:LOST:" + strings.Repeat("a", 30),
		"own:" + strings.Repeat("a", 32) + ":L"} {
		if Recorded(name) || !Named(name) {
			t.Errorf("%s is no derived one", name)
		}
	}
	for _, name := range []string{"rx:", "rx:" + strings.Repeat("a", 65), "rx:a:b", "RX:1",
		"lot:" + strings.Repeat("a", 31), "own:H1:L", "own:USED", "own:h1:", "own:USEDLOST:L", "own:h1:a:b",
		"rx:王", "rx:1\n"} {
		if Recorded(name) || Named(name) {
			t.Errorf("%s passes", name)
		}
	}
}

// TestLawsThatContradictThemselves: a program whose contracts cannot be does not start.
func TestLawsThatContradictThemselves(t *testing.T) {
	step := func(k Kind, since int, guards ...Guard) []Transition {
		return []Transition{{Kind: k, Since: since, Guards: guards}}
	}
	for name, c := range map[string]struct {
		law  []Contract
		good bool
	}{
		"one":                 {[]Contract{{Prefix: "a:", Steps: step("a.b", Schema1)}}, true},
		"without steps":       {[]Contract{{Prefix: "a:"}}, true},
		"derived":             {[]Contract{{Prefix: "a:", Derived: true}}, true},
		"derived, with steps": {[]Contract{{Prefix: "a:", Derived: true, Steps: step("a.b", Schema1)}}, false},
		"a prefix twice":      {[]Contract{{Prefix: "a:"}, {Prefix: "a:"}}, false},
		"no prefix":           {[]Contract{{Prefix: "a"}}, false},
		"a kind twice": {[]Contract{{Prefix: "a:", Steps: append(step("a.b", 1), step("a.b", 1)...)}},
			false},
		"a step before all schemas": {[]Contract{{Prefix: "a:", Steps: step("a.b", Schema1-1)}}, false},
		"guards in order": {[]Contract{{Prefix: "a:", Steps: step("a.b", 1, Guard{Since: 1}, Guard{Since: 1},
			Guard{Since: 2})}}, true},
		"guards in disorder": {[]Contract{{Prefix: "a:", Steps: step("a.b", 1, Guard{Since: 2}, Guard{Since: 1})}},
			false},
	} {
		func() {
			defer func() {
				if refused := recover() != nil; refused == c.good {
					t.Errorf("%s: refused %v", name, refused)
				}
			}()
			newLaw(c.law...)
		}()
	}
}

// TestWhoAndWhence: a role, a writer and a status count from their schema on, and no other does.
func TestWhoAndWhence(t *testing.T) {
	step := Transition{From: []Timed[Status]{{"a", 2}}, Actors: []Timed[Role]{{"doctor", 2}},
		Orgs: []Writer{{Role: "shop", Since: 2}, {Role: "inn", Since: 2, Visits: true}}}
	role := Enrolment{By: []OrgRole{"shop"}, Since: 2}
	for schema, there := range map[int]bool{1: false, 2: true, 3: true} {
		for name, got := range map[string]bool{
			"the status": step.AllowsFrom("a", schema), "statuses": len(step.Froms(schema)) == 1,
			"the role": step.AllowsActor("doctor", schema), "roles": len(step.Roles(schema)) == 1,
			"a writer": step.AllowsOrg("shop", schema), "a visitor": step.Visits("inn", schema),
			"an enrolment": role.enrols("shop", schema),
		} {
			if got != there {
				t.Errorf("schema %d, %s: %v", schema, name, got)
			}
		}
		if step.AllowsFrom("b", schema) || step.AllowsActor("nurse", schema) || step.AllowsOrg("bank", schema) ||
			step.Visits("shop", schema) || step.Visits("bank", schema) || role.enrols("inn", schema) {
			t.Errorf("schema %d: a stranger", schema)
		}
	}
	tie := Transition{Orgs: []Writer{{Role: "inn", Since: 2}, {Role: "inn", Since: 2, Visits: true}},
		Facts: []Need{{Fact: "ref", Type: TypeSubject, Since: 2, Of: []string{"rx:"}},
			{Fact: "ref", Type: TypeSubject, Since: 2, Of: []string{"pay:"}}}}
	if fact, _ := tie.CheckFacts(&Facts{Ref: "rx:1"}, 2); fact != "" || tie.Visits("inn", 2) {
		t.Errorf("of two of one schema the first does not count: %q", fact)
	}
	if stays, moves := (&Transition{}).Next("a"), (&Transition{To: "b"}).Next("a"); stays != "a" || moves != "b" {
		t.Errorf("next: %s, %s", stays, moves)
	}
}

// TestLeaving: a step that stays where it is leads nowhere; one of a later schema counts.
func TestLeaving(t *testing.T) {
	for _, c := range []struct {
		prefix string
		from   Status
		want   []Kind
	}{
		{SubjectRx, StatusNone, []Kind{KindIssue}},
		{SubjectRx, StatusClaimed, []Kind{KindRelease, KindLapse, KindDispense, KindExpire}},
		{SubjectRx, StatusDispensed, nil},
		{SubjectPay, StatusOpened, []Kind{KindPaySettle, KindPayFail}},
		{SubjectPay, StatusSigned, nil},
		{SubjectLot, StatusFrozen, []Kind{KindLotThaw, KindLotClose}},
	} {
		if got := Leaving(c.prefix, c.from); !slices.Equal(got, c.want) {
			t.Errorf("%s %q: %v, want %v", c.prefix, c.from, got, c.want)
		}
	}
}

// TestPlainNames holds the loop over a usual name against its pattern.
func TestPlainNames(t *testing.T) {
	pattern := regexp.MustCompile("^" + plainName + "$")
	names := []string{"", "a", strings.Repeat("a", 64), strings.Repeat("a", 65), "\n", "a\n", "王"}
	for b := range 256 {
		names = append(names, string([]byte{byte(b)}), "a"+string([]byte{byte(b)})+"b")
	}
	for _, n := range names {
		if (&Contract{}).calls(n) != pattern.MatchString(n) {
			t.Errorf("%q", n)
		}
	}
}

// TestSchemasBegin: what begins with a schema is not there before it.
func TestSchemasBegin(t *testing.T) {
	expire := Of(KindExpire)
	if expire.AllowsFrom(StatusClaimed, Schema1) || !expire.AllowsFrom(StatusClaimed, Schema2) ||
		!expire.AllowsFrom(StatusPaid, Schema1) {
		t.Error("rx.expire from claimed is of schema 2")
	}
	issue := Of(KindIssue)
	if fact, _ := issue.CheckFacts(&Facts{Expires: 1}, Schema1); fact != "" {
		t.Errorf("version 1: %s", fact)
	}
	if fact, _ := issue.CheckFacts(&Facts{Expires: 1}, Schema2); fact != "parties" {
		t.Errorf("version 2 without parties: %s", fact)
	}
	s := &Step{Act: Act{Kind: KindCancel}, Role: RoleDoctor, Person: "doc-2", State: SubjectState{Person: "doc-1"},
		Schema: Schema1}
	if v := Of(KindCancel).Judge(s); v != Pass {
		t.Errorf("schema 1 asks who cancels: %v", v)
	}
	s.Schema = Schema2
	if v := Of(KindCancel).Judge(s); v.Code != CodeNotParty {
		t.Errorf("schema 2 does not ask who cancels: %v", v)
	}
}

// TestANameListedTwice: what a schema adds to a name counts from that schema on, wherever it stands
// in the list, and what the name had before stays as it was until then.
func TestANameListedTwice(t *testing.T) {
	for _, turned := range []bool{false, true} {
		step := Transition{
			Kind: "lot.open", Since: Schema1,
			From:   []Timed[Status]{{"open", Schema2}, {"open", Schema1}, {"shut", Schema2}},
			Actors: []Timed[Role]{{RoleDoctor, 3}, {RoleDoctor, Schema2}},
			Orgs:   append(home(Schema1, OrgPharmacy), visitors(Schema2, OrgPharmacy)...),
			Facts: []Need{{Fact: "ref", Type: TypeSubject, Since: Schema1, Of: []string{"rx:"}},
				{Fact: "ref", Type: TypeSubject, Since: Schema2, Of: []string{"rx:", "pay:"}}},
		}
		if turned {
			slices.Reverse(step.From)
			slices.Reverse(step.Actors)
			slices.Reverse(step.Orgs)
			slices.Reverse(step.Facts)
		}
		if !step.AllowsFrom("open", Schema1) || step.AllowsFrom("shut", Schema1) || !step.AllowsFrom("shut", Schema2) {
			t.Errorf("turned %v: statuses", turned)
		}
		if got := step.Froms(Schema2); len(got) != 2 {
			t.Errorf("turned %v: statuses %v", turned, got)
		}
		if step.AllowsActor(RoleDoctor, Schema1) || !step.AllowsActor(RoleDoctor, Schema2) {
			t.Errorf("turned %v: actors", turned)
		}
		if !step.AllowsOrg(OrgPharmacy, Schema1) || step.Visits(OrgPharmacy, Schema1) ||
			!step.Visits(OrgPharmacy, Schema2) {
			t.Errorf("turned %v: organisations", turned)
		}
		for version, want := range map[int]string{Schema1: "ref", Schema2: ""} {
			if fact, _ := step.CheckFacts(&Facts{Ref: "pay:1"}, version); fact != want {
				t.Errorf("turned %v: version %d refuses %q", turned, version, fact)
			}
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("two entries say who enrols a role")
		}
	}()
	newLaw(Contract{Prefix: "lot:", Roles: []Enrolment{{Role: RoleDoctor, Since: Schema1},
		{Role: RoleDoctor, Since: Schema2}}})
}

// TestFactsToTheLetter: the last fact that is taken, and the first that is not.
func TestFactsToTheLetter(t *testing.T) {
	hash := strings.Repeat("0", 64)
	hashes := func(n int) (out []string) {
		for i := range n {
			out = append(out, fmt.Sprintf("%064x", i))
		}
		return out
	}
	base64 := func(n int) string { return strings.Repeat("A", n) }
	step, types := &Transition{}, map[string]*Type{}
	for _, s := range Steps() {
		for _, n := range s.Facts {
			types[n.Fact] = n.Type
		}
	}
	for _, f := range fields {
		step.Facts = append(step.Facts, Need{Fact: f.name, Type: types[f.name], Since: Schema2, Optional: true,
			Of: []string{SubjectRx}})
	}
	for name, c := range map[string]struct {
		facts Facts
		good  bool
	}{
		"nothing":               {Facts{}, true},
		"longest certificate":   {Facts{Cert: base64(MaxCertText)}, true},
		"a longer one":          {Facts{Cert: base64(MaxCertText + 1)}, false},
		"longest change":        {Facts{Change: base64(maxChangeText)}, true},
		"a longer change":       {Facts{Change: base64(maxChangeText + 1)}, false},
		"a change in no base64": {Facts{Change: "A-A"}, false},
		"a millisecond":         {Facts{Expires: 1}, true},
		"before all time":       {Facts{Expires: -1}, false},
		"one":                   {Facts{Amount: 1}, true},
		"the largest amount":    {Facts{Amount: MaxAmount, Price: MaxAmount}, true},
		"a fen more":            {Facts{Amount: MaxAmount + 1}, false},
		"less than nothing":     {Facts{Price: -1}, false},
		"packages":              {Facts{Class: ClassPackages}, true},
		"no class":              {Facts{Class: "package"}, false},
		"classes":               {Facts{Class: "packagesdeposit"}, false},
		"the last millisecond":  {Facts{Until: maxSafe}, true},
		"the one after it":      {Facts{Until: maxSafe + 1}, false},
		"most parties":          {Facts{Parties: []string{"a", "b", "c", "d"}}, true},
		"one more":              {Facts{Parties: []string{"a", "b", "c", "d", "e"}}, false},
		"a party twice":         {Facts{Parties: []string{"a", "a"}}, false},
		"parties out of order":  {Facts{Parties: []string{"b", "a"}}, false},
		"a party's name":        {Facts{Parties: []string{"王"}}, false},
		"most tags":             {Facts{Tags: hashes(MaxTags)}, true},
		"a tag more":            {Facts{Tags: hashes(MaxTags + 1)}, false},
		"a tag twice":           {Facts{Tags: []string{hash, hash}}, false},
		"a prescription":        {Facts{Ref: "rx:1"}, true},
		"a misnamed one":        {Facts{Ref: "rx:王"}, false},
		"another contract's":    {Facts{Ref: "pay:1"}, false},
		"no contract's":         {Facts{Ref: "no:1"}, false},
		"a tag in capitals":     {Facts{Tags: []string{"A" + hash[1:]}}, false},
		"a certificate in DER":  {Facts{Cert: "0\x82"}, false},
		"a code too short":      {Facts{Code: hash[1:]}, false},
		"a code too long":       {Facts{Pickup: hash + "0"}, false},
		"a code in capitals":    {Facts{Pickup: "A" + hash[1:]}, false},
		"the code of a pick-up": {Facts{Code: hash, Pickup: hash}, true},
	} {
		if fact, rule := step.CheckFacts(&c.facts, Schema2); (fact == "") != c.good || (rule == "") != c.good {
			t.Errorf("%s: %s: %s", name, fact, rule)
		}
		if fact, _ := step.CheckFacts(&c.facts, Schema1); (fact == "") != (name == "nothing") {
			t.Errorf("%s, before it was a fact: %s", name, fact)
		}
	}
	step.Facts = []Need{{Fact: "cert", Type: TypeCertificate, Since: Schema1}}
	if fact, _ := step.CheckFacts(&Facts{}, Schema1); fact != "cert" {
		t.Errorf("a fact that must be there: %q", fact)
	}
	if TypeMoment.holdsWhole(0) || TypeAmount.holdsWhole(0) {
		t.Error("nothing is a moment or an amount")
	}
	pair := Transition{Facts: Of(KindMoveOpen).Facts}
	offer := Facts{Amount: 1, Lot: "lot:A", To: "p1", Price: 1, PriceLot: "lot:B"}
	if fact, _ := pair.CheckFacts(&offer, Schema2); fact != "" {
		t.Errorf("a price and its lot: %s", fact)
	}
	alone, lotAlone := offer, offer
	alone.PriceLot, lotAlone.Price = "", 0
	if fact, _ := pair.CheckFacts(&alone, Schema2); fact != "priceLot" {
		t.Errorf("a price without its lot: %q", fact)
	}
	if fact, _ := pair.CheckFacts(&lotAlone, Schema2); fact != "price" {
		t.Errorf("a price's lot alone: %q", fact)
	}
	hex, alphabet := regexp.MustCompile(`^[0-9a-f]{64}$`), regexp.MustCompile(`^[A-Za-z0-9+/]+={0,2}$`)
	for b := range 256 {
		c := string([]byte{byte(b)})
		for _, s := range []string{c, c + "A==", "A" + c + "=", hash[1:] + c, "=" + c, c + "==="} {
			if IsHash(s) != hex.MatchString(s) || IsBase64(s) != alphabet.MatchString(s) {
				t.Errorf("%q: a hash %v, base64 %v", s, IsHash(s), IsBase64(s))
			}
		}
	}
}

// TestStatuses: they stand in the order in which a subject comes to them. The lists are by hand.
func TestStatuses(t *testing.T) {
	for prefix, want := range map[string][]Status{
		SubjectCert: {"enrolled", "revoked"},
		SubjectGov:  {"voted", "adopted"},
		SubjectRx:   {"signed", "approved", "rejected", "paid", "claimed", "dispensed", "cancelled", "expired"},
		SubjectPay:  {"opened", "settled", "failed", "refunded"},
		SubjectLot:  {"open", "frozen", "closed"},
		SubjectMove: {"done", "pending", "void"},
		SubjectOwn:  nil,
	} {
		if is := Statuses(prefix); !slices.Equal(is, want) {
			t.Errorf("%s %v, want %v", prefix, is, want)
		}
	}
}
