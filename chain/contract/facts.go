package contract

import (
	"regexp"
	"slices"
	"strings"
)

// Limits of facts.
const (
	MaxTags        = 200                  // use-once tags of one dispensing
	MaxParties     = 4                    // people who may act for a prescription's patient, the patient included
	MaxCertBytes   = 2 << 10              // DER bytes of an enrolled certificate
	MaxCertText    = MaxCertBytes*4/3 + 4 // of a certificate in base64
	MaxChangeBytes = 12 << 10             // canonical bytes of a change: one member's entry, with its two certificates
	maxChangeText  = MaxChangeBytes*4/3 + 4
	maxSafe        = 1<<53 - 1 // the largest integer a JSON reader in another language keeps exactly
)

// Facts are the few contents the ledger itself rules on. None of them is personal.
type Facts struct {
	// base64 (std) DER of the enrolled certificate: cert.enrol
	Cert string `json:"cert,omitempty" example:"MIIB…"`
	// base64 (std) canonical bytes of a Change: gov.vote
	Change string `json:"change,omitempty" example:"eyJiYXNl…"`
	// lower hex, the pick-up code: rx.claim of version 2, where the prescription has a Pickup
	Code string `json:"code,omitempty" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	// Unix milliseconds: rx.issue
	Expires int64 `json:"expires,omitempty" example:"1795617201391"`
	// CNs of the certificates of those who may act for the patient, ascending: rx.issue of version
	// 2
	Parties []string `json:"parties,omitempty" example:"pat-7Q2M"`
	// lower hex, head of the pick-up chain: rx.issue of version 2
	Pickup string `json:"pickup,omitempty" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	// another subject: rx.pay, pay.open
	Ref string `json:"ref,omitempty" example:"pay:ST20261122170838139661"`
	// lower hex, 64 digits, use-once: rx.dispense
	Tags []string `json:"tags,omitempty" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	// Unix milliseconds, end of the claim's lease: rx.claim and rx.renew of version 2
	Until int64 `json:"until,omitempty" example:"1795617201391"`
}

// Need is a fact that the statements of a kind carry.
type Need struct {
	Fact     string   // its name in JSON
	Since    int      // version of statements that carries it; none before does
	Optional bool     // it may be left out
	Of       []string // ref: the prefixes of the subjects that it may name
}

// shape is what is asked of a fact wherever it stands.
type shape struct {
	fact  string
	json  string // text, whole or texts
	there func(*Facts) bool
	holds func(*Facts, Need) bool
	rule  string // in words
}

// shapes are all facts, in key order.
var shapes = []shape{
	{"cert", "text", func(f *Facts) bool { return f.Cert != "" },
		func(f *Facts, _ Need) bool { return IsBase64(f.Cert) && len(f.Cert) <= MaxCertText }, "base64 DER"},
	{
		"change", "text", func(f *Facts) bool { return f.Change != "" },
		func(f *Facts, _ Need) bool { return IsBase64(f.Change) && len(f.Change) <= maxChangeText },
		"base64 of a change's canonical bytes",
	},
	{"code", "text", func(f *Facts) bool { return f.Code != "" }, func(f *Facts, _ Need) bool { return IsHash(f.Code) },
		"64 lower hex digits"},
	{"expires", "whole", func(f *Facts) bool { return f.Expires != 0 },
		func(f *Facts, _ Need) bool { return isTime(f.Expires) }, "Unix milliseconds"},
	{
		"parties", "texts", func(f *Facts) bool { return len(f.Parties) != 0 },
		func(f *Facts, _ Need) bool { return areParties(f.Parties) },
		"1 to 4, ascending, of 1-64 characters A-Z a-z 0-9 . _ - each",
	},
	{"pickup", "text", func(f *Facts) bool { return f.Pickup != "" },
		func(f *Facts, _ Need) bool { return IsHash(f.Pickup) }, "64 lower hex digits"},
	{"ref", "text", func(f *Facts) bool { return f.Ref != "" },
		func(f *Facts, n Need) bool { return refers(f.Ref, n.Of) }, "another subject"},
	{"tags", "texts", func(f *Facts) bool { return len(f.Tags) != 0 },
		func(f *Facts, _ Need) bool { return areTags(f.Tags) }, "1 to 200, 64 lower hex digits each, no two alike"},
	{"until", "whole", func(f *Facts) bool { return f.Until != 0 },
		func(f *Facts, _ Need) bool { return isTime(f.Until) }, "Unix milliseconds"},
}

// CheckFacts holds a statement's facts against the kind's, in a version of statements. fact is
// empty when all is well; else it is the first that is missing, misshapen or another kind's, and
// rule says what is asked.
func (t *Transition) CheckFacts(f *Facts, version int) (fact, rule string) {
	for i := range shapes {
		s := &shapes[i]
		n := t.need(s.fact, version)
		switch there := s.there(f); {
		case there && n < 0:
			return s.fact, "not a fact of " + string(t.Kind) + " in this version"
		case !there && n >= 0 && !t.Facts[n].Optional, there && !s.holds(f, t.Facts[n]):
			return s.fact, s.rule
		}
	}
	return "", ""
}

// need is where the list says what a version of statements asks of a fact; -1: nothing. Where the
// fact stands several times, the newest schema of them counts.
func (t *Transition) need(fact string, version int) int {
	found := -1
	for i, n := range t.Facts {
		if n.Fact == fact && n.Since <= version && (found < 0 || n.Since > t.Facts[found].Since) {
			found = i
		}
	}
	return found
}

// IsHash: 64 lower hex digits. A record has half a dozen of these and of base64, and is checked at
// every node: no regular expressions here.
func IsHash(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return len(s) == 64
}

// IsBase64: letters of the standard alphabet, at least one, and at most two fill characters.
func IsBase64(s string) bool {
	s = strings.TrimSuffix(strings.TrimSuffix(s, "="), "=")
	for i := range len(s) {
		if c := s[i]; (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '+' && c != '/' {
			return false
		}
	}
	return s != ""
}

func isTime(ms int64) bool { return ms > 0 && ms <= maxSafe }

func areTags(tags []string) bool {
	seen := make(map[string]bool, len(tags))
	for _, t := range tags {
		if !IsHash(t) || seen[t] {
			return false
		}
		seen[t] = true
	}
	return len(tags) <= MaxTags
}

// rePerson: a certificate's CN is an opaque id, never a name.
var rePerson = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// IsPerson tells whether a text can be the CN of a person's certificate.
func IsPerson(cn string) bool { return rePerson.MatchString(cn) }

func areParties(parties []string) bool {
	for i, p := range parties {
		if !IsPerson(p) || (i > 0 && parties[i-1] >= p) {
			return false
		}
	}
	return len(parties) <= MaxParties
}

// refers: a subject that records may name, of one of the prefixes.
func refers(ref string, prefixes []string) bool {
	c, ok := the.of(ref)
	return ok && slices.Contains(prefixes, c.Prefix)
}
