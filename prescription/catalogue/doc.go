// Package catalogue is the hospital's reference data, embedded in the binary: drugs, diagnoses,
// frequencies, routes, dosage forms and the clinical facts taken from public drug labels (说明书).
//
// Load parses every table strictly: a row that breaks a rule is an error naming file, line, column
// and rule, and no catalogue comes back, because a silently dropped interaction would look like "no
// finding". A loaded Catalogue never changes and may be shared by any number of goroutines; what it
// hands out are copies.
//
// What it does not promise: prices are plausible demo prices, trace prefixes are made up for the
// demo, and the facts are a selection. "No fact found" never means "safe": it means that this table
// holds none. Insurance classes of western drugs follow the national catalogue (国家医保药品目录),
// ATC codes are WHO's; classes of patent medicines and all default doses are typical values, to be
// checked against the hospital's own list before real use.
package catalogue

import "embed"

//go:embed data/*.csv
var files embed.FS
