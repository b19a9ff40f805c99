// Package canonical is JSON with one spelling (RFC 8785, over the alphabet of chain/RECEIPT.md
// section 1): what is signed, hashed and shown to strangers is written and read by it, so that no
// two programs take the same bytes for different things.
package canonical
