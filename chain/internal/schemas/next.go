//go:build nextschema

package schemas

// A program built with the tag nextschema is the newer one: it knows the next version as well. Only
// chain/testnet builds one, to show an upgrade before there is one.
func init() { known[3] = true }
