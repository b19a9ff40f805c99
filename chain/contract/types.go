package contract

import "regexp"

// Forms of a fact in JSON.
const (
	jsonText  = "text"
	jsonWhole = "whole"
	jsonTexts = "texts"
)

// Orders of texts.
const (
	ascending = "ascending" // strictly
	distinct  = "distinct"
)

// Type is what is asked of a fact. It is data: contract.json has it, and other languages check by
// it.
type Type struct {
	Name    string
	JSON    string // text, whole or texts
	Pattern string // of the whole of a text, or of each of several
	MaxLen  int    // characters of a text; 0: the pattern says
	Min     int64  // whole: the least
	Max     int64  // whole: the largest
	Items   int    // texts: the most
	Order   string // texts: ascending or distinct
	Rule    string // in words

	is func(string) bool // the pattern as a quick function
}

const (
	hashPattern   = `[0-9a-f]{64}`
	base64Pattern = `[A-Za-z0-9+/]+={0,2}`
	personPattern = `[A-Za-z0-9._-]{1,64}`
	orgPattern    = `[a-z0-9-]{1,32}`
	chainPattern  = `[a-zA-Z0-9-]{1,50}`
)

// Types of facts.
var (
	TypeCertificate = &Type{Name: "certificate", JSON: jsonText, Pattern: base64Pattern, MaxLen: MaxCertText,
		Rule: "base64 DER", is: IsBase64}
	TypeChange = &Type{Name: "change", JSON: jsonText, Pattern: base64Pattern, MaxLen: maxChangeText,
		Rule: "base64 of a change's canonical bytes", is: IsBase64}
	TypeDigest = &Type{Name: "digest", JSON: jsonText, Pattern: hashPattern, Rule: "64 lower hex digits", is: IsHash}
	TypeTags   = &Type{Name: "tags", JSON: jsonTexts, Pattern: hashPattern, Items: MaxTags, Order: distinct,
		Rule: "1 to 200, 64 lower hex digits each, no two alike", is: IsHash}
	TypePeople = &Type{Name: "people", JSON: jsonTexts, Pattern: personPattern, Items: MaxParties, Order: ascending,
		Rule: "1 to 4, ascending, of 1-64 characters A-Z a-z 0-9 . _ - each", is: IsPerson}
	TypeMoment = &Type{Name: "moment", JSON: jsonWhole, Min: 1, Max: maxSafe, Rule: "Unix milliseconds"}
	TypeAmount = &Type{Name: "amount", JSON: jsonWhole, Min: 1, Max: MaxAmount, Rule: "1 to 1,000,000,000,000"}
	// TypeSubject is a subject that records may name, of the prefixes that the need says.
	TypeSubject = &Type{Name: "subject", JSON: jsonText, Rule: "another subject"}
)

var rePerson = regexp.MustCompile(`^` + personPattern + `$`)

// IsPerson tells whether a text can be the CN of a person's certificate: it is an opaque id, never
// a name.
func IsPerson(cn string) bool { return rePerson.MatchString(cn) }

// oneOf is a type of texts that are few and short: IsHash and IsBase64 have no use for a regular
// expression, such as these have.
func oneOf(name, pattern, rule string) *Type {
	return &Type{Name: name, JSON: jsonText, Pattern: pattern, Rule: rule,
		is: regexp.MustCompile(`^(?:` + pattern + `)$`).MatchString}
}

func (t *Type) holdsText(s string) bool { return (t.MaxLen == 0 || len(s) <= t.MaxLen) && t.is(s) }

func (t *Type) holdsWhole(n int64) bool { return n >= t.Min && n <= t.Max }

func (t *Type) holdsTexts(list []string) bool {
	if len(list) > t.Items {
		return false
	}
	seen := map[string]bool{}
	for i, s := range list {
		if !t.is(s) || t.Order == ascending && i > 0 && list[i-1] >= s || seen[s] {
			return false
		}
		if t.Order == distinct {
			seen[s] = true
		}
	}
	return true
}
