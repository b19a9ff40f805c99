package contract

import (
	"regexp"
	"slices"
)

// Kind names what happened. The set is closed: the ledger refuses a kind it does not know.
type Kind string

// Status is where a subject stands after its last record.
type Status string

// StatusNone is "no record yet".
const StatusNone Status = ""

// Role is what a certificate's holder may act as; it is the certificate's OU.
type Role string

// OrgRole is what a member organisation is.
type OrgRole string

// Roles of organisations.
const (
	OrgHospital  OrgRole = "hospital"
	OrgPharmacy  OrgRole = "pharmacy"
	OrgInsurer   OrgRole = "insurer"
	OrgRegulator OrgRole = "regulator"
	// Of schema 2.
	OrgMaker      OrgRole = "maker"      // 生产企业
	OrgWholesaler OrgRole = "wholesaler" // 批发企业
	OrgBank       OrgRole = "bank"       // 银行
	OrgArbiter    OrgRole = "arbiter"    // 仲裁机构
)

// Schemas: versions of statements and of the rules that judge them.
const (
	Schema1 = 1
	// Schema2 brought leases, pick-up codes, the prescription's parties and the book.
	Schema2 = 2
	// Newest is the newest that this code writes, and the one that a new chain begins with.
	Newest = Schema2
)

// Timed is a name with the schema it begins with.
type Timed[T ~string] struct {
	Name  T
	Since int // Schema1 and so on
}

// OrgKind is a role that organisations may have.
type OrgKind = Timed[OrgRole]

// Orgs are the roles of organisations.
var Orgs = []OrgKind{
	{OrgHospital, Schema1}, {OrgPharmacy, Schema1}, {OrgInsurer, Schema1}, {OrgRegulator, Schema1},
	{OrgMaker, Schema2}, {OrgWholesaler, Schema2}, {OrgBank, Schema2}, {OrgArbiter, Schema2},
}

// KnownOrg tells whether members of a list may have a role where a schema is in force.
func KnownOrg(r OrgRole, schema int) bool { return has(Orgs, r, schema) }

// since are names that begin with a schema.
func since[T ~string](schema int, names ...T) []Timed[T] {
	out := make([]Timed[T], len(names))
	for i, n := range names {
		out[i] = Timed[T]{n, schema}
	}
	return out
}

// has tells whether a schema has a name. Where it stands twice, the earlier of the two counts.
func has[T ~string](list []Timed[T], name T, schema int) bool {
	return slices.ContainsFunc(list, func(t Timed[T]) bool { return t.Name == name && t.Since <= schema })
}

// at are the names that a schema has, each once.
func at[T ~string](list []Timed[T], schema int) (out []T) {
	for _, t := range list {
		if t.Since <= schema && !slices.Contains(out, t.Name) {
			out = append(out, t.Name)
		}
	}
	return out
}

var (
	reOrg   = regexp.MustCompile(`^` + orgPattern + `$`)
	reChain = regexp.MustCompile(`^` + chainPattern + `$`)
)

// IsOrg tells whether a text can be a member's id.
func IsOrg(s string) bool { return reOrg.MatchString(s) }

// IsChain tells whether a text can be a chain's id.
func IsChain(s string) bool { return reChain.MatchString(s) }
