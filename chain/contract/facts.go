package contract

import (
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
	MaxAmount      = 1_000_000_000_000 // of a lot: money.MaxFen where it is money
	maxSafe        = 1<<53 - 1         // the largest integer a JSON reader in another language keeps exactly
)

// Facts are the few contents the ledger itself rules on. None of them is personal.
type Facts struct {
	// how much of a lot; money in fen: lot.open, move.pay, move.open, move.take. Schema 2
	Amount int64 `json:"amount,omitempty" example:"1200"`
	// base64 (std) DER of the enrolled certificate: cert.enrol
	Cert string `json:"cert,omitempty" example:"MIIB…"`
	// base64 (std) canonical bytes of a Change: gov.vote
	Change string `json:"change,omitempty" example:"eyJiYXNl…"`
	// what a lot is of: lot.open. Schema 2
	Class string `json:"class,omitempty" example:"packages"`
	// lower hex, the pick-up code: rx.claim of version 2, where the prescription has a Pickup
	Code string `json:"code,omitempty" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	// Unix milliseconds: rx.issue, lot.open
	Expires int64 `json:"expires,omitempty" example:"1795617201391"`
	// subject of the lot that moves: move.pay, move.open. Schema 2
	Lot string `json:"lot,omitempty" example:"lot:L7Q2M"`
	// CNs of the certificates of those who may act for the patient, ascending: rx.issue of version
	// 2
	Parties []string `json:"parties,omitempty" example:"pat-7Q2M"`
	// lower hex, head of the pick-up chain: rx.issue of version 2
	Pickup string `json:"pickup,omitempty" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	// how much of PriceLot goes back to the giver when the move is taken: move.open. Schema 2
	Price int64 `json:"price,omitempty" example:"88000"`
	// subject of the lot that the price is in: move.open. Schema 2
	PriceLot string `json:"priceLot,omitempty" example:"lot:D1"`
	// another subject: rx.pay, pay.open, lot.open
	Ref string `json:"ref,omitempty" example:"pay:ST20261122170838139661"`
	// lower hex, root of a list of what the lot is made of (chain/list): lot.open. Schema 2
	Root string `json:"root,omitempty" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	// lower hex, 64 digits, use-once: rx.dispense, lot.open
	Tags []string `json:"tags,omitempty" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	// who receives: a member, or USED or LOST: move.pay, move.open. Schema 2
	To string `json:"to,omitempty" example:"p1"`
	// Unix milliseconds: end of the claim's lease in rx.claim and rx.renew of version 2; last
	// moment before which it is taken in move.open
	Until int64 `json:"until,omitempty" example:"1795617201391"`
}

// Need is a fact that the statements of a kind carry.
type Need struct {
	Fact     string // its name in JSON
	Type     *Type
	Since    int      // version of statements that carries it; none before does
	Optional bool     // it may be left out
	Of       []string // TypeSubject: the prefixes of the subjects that it may name
	With     string   // another fact of the kind: both are there, or neither is
}

// field is where a fact stands in Facts; one of the three functions is there.
type field struct {
	name  string
	means string // in words; in markdown, for RECEIPT.md
	text  func(*Facts) string
	whole func(*Facts) int64
	texts func(*Facts) []string
}

// fields are all facts, in key order.
var fields = []field{
	{name: "amount", means: "how much of a lot, in fen where it is money",
		whole: func(f *Facts) int64 { return f.Amount }},
	{name: "cert", means: "the certificate. A receipt's check does not read it",
		text: func(f *Facts) string { return f.Cert }},
	{name: "change", means: "the change (section 8)",
		text: func(f *Facts) string { return f.Change }},
	{name: "class", means: "what a lot is of",
		text: func(f *Facts) string { return f.Class }},
	{name: "code", means: "the pick-up code, where the prescription has one",
		text: func(f *Facts) string { return f.Code }},
	{name: "expires", means: "end of the validity",
		whole: func(f *Facts) int64 { return f.Expires }},
	{name: "lot", means: "what moves",
		text: func(f *Facts) string { return f.Lot }},
	{name: "parties", means: "the CNs of the certificates of those who may act for the patient",
		texts: func(f *Facts) []string { return f.Parties }},
	{name: "pickup", means: "head of the pick-up chain",
		text: func(f *Facts) string { return f.Pickup }},
	{name: "price", means: "how much of `priceLot` comes back for it",
		whole: func(f *Facts) int64 { return f.Price }},
	{name: "priceLot", means: "what the price is in",
		text: func(f *Facts) string { return f.PriceLot }},
	{name: "ref", means: "what it is for",
		text: func(f *Facts) string { return f.Ref }},
	{name: "root", means: "root of a list of what the lot is made of (section 14)",
		text: func(f *Facts) string { return f.Root }},
	{name: "tags", means: "packages, each handed out once",
		texts: func(f *Facts) []string { return f.Tags }},
	{name: "to", means: "who receives",
		text: func(f *Facts) string { return f.To }},
	{name: "until", means: "end of the claim's lease, or of the offer",
		whole: func(f *Facts) int64 { return f.Until }},
}

// json is the fact's form in JSON.
func (d *field) json() string {
	switch {
	case d.text != nil:
		return jsonText
	case d.whole != nil:
		return jsonWhole
	}
	return jsonTexts
}

// there tells whether the facts have it.
func (d *field) there(f *Facts) bool {
	switch {
	case d.text != nil:
		return d.text(f) != ""
	case d.whole != nil:
		return d.whole(f) != 0
	}
	return len(d.texts(f)) != 0
}

// holds tells whether what is there is of the need's type.
func (d *field) holds(f *Facts, n *Need) bool {
	switch {
	case d.whole != nil:
		return n.Type.holdsWhole(d.whole(f))
	case d.texts != nil:
		return n.Type.holdsTexts(d.texts(f))
	case n.Type == TypeSubject:
		return refers(d.text(f), n.Of)
	}
	return n.Type.holdsText(d.text(f))
}

// CheckFacts holds a statement's facts against the kind's, in a version of statements. fact is
// empty when all is well; else it is the first that is missing, misshapen or another kind's, and
// rule says what is asked.
func (t *Transition) CheckFacts(f *Facts, version int) (fact, rule string) {
	for i := range fields {
		d := &fields[i]
		n := t.need(d.name, version)
		switch there := d.there(f); {
		case there && n == nil:
			return d.name, "not a fact of " + string(t.Kind) + " in this version"
		case !there && n != nil && !n.Optional, there && !d.holds(f, n):
			return d.name, n.Type.Rule
		case there && n.With != "" && !t.has(f, n.With):
			return n.With, "goes with " + d.name
		}
	}
	return "", ""
}

func (t *Transition) has(f *Facts, fact string) bool {
	i := slices.IndexFunc(fields, func(d field) bool { return d.name == fact })
	return fields[i].there(f)
}

// need is what a version of statements asks of a fact; nil: it is none of theirs. Where the fact
// stands several times, the newest schema of them counts.
func (t *Transition) need(fact string, version int) (found *Need) {
	for i := range t.Facts {
		if n := &t.Facts[i]; n.Fact == fact && n.Since <= version && (found == nil || n.Since > found.Since) {
			found = n
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

// refers: a subject that records may name, of one of the prefixes.
func refers(ref string, prefixes []string) bool {
	c, ok := the.of(ref)
	return ok && slices.Contains(prefixes, c.Prefix)
}
