package rules

// What the tests of this package, which stand outside it, look at.
const Clinical = clinical

var (
	Graver    = graver
	KindNames = kindNames
)
