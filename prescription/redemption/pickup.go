package redemption

import (
	"encoding/hex"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// Pickup is what opens a prescription at the counter: one code for its whole life, or, since record
// schema 2, a chain of codes of which each claim reveals the next, so that who knew the last one
// cannot claim again.
type Pickup struct {
	Code string      // what the patient shows first
	Foot merkle.Hash // of the chain; zero: one code
}

// OneCode is a code for a prescription's whole life.
func OneCode(code string) Pickup { return Pickup{Code: code} }

// CodeChain is the chain of codes over a foot.
func CodeChain(foot merkle.Hash) Pickup {
	code, _ := chain.PickupCode(foot, 0)
	return Pickup{Code: Code(code), Foot: foot}
}

// Chained tells whether there is a chain.
func (p Pickup) Chained() bool { return p.Foot != merkle.Hash{} }

// Head is the chain's head in hex, to which the issue commits; empty without a chain.
func (p Pickup) Head() string {
	if !p.Chained() {
		return ""
	}
	return chain.PickupHead(p.Foot, chain.PickupCodes).String()
}

// Link reads an access code as the link of a chain that it is.
func Link(code string) (h merkle.Hash, ok bool) {
	raw, err := SecretText.DecodeString(code)
	if err != nil || len(raw) != len(h) || SecretText.EncodeToString(raw) != code {
		return h, false
	}
	copy(h[:], raw)
	return h, true
}

// Hex is an access code as a claim reveals it.
func Hex(code string) string {
	h, _ := Link(code)
	return hex.EncodeToString(h[:])
}

// Code is the access code that a link of a chain is.
func Code(h merkle.Hash) string { return SecretText.EncodeToString(h[:]) }

// Follows tells whether a code is the next one of the chain whose last revealed link, or head, is
// given in hex.
func Follows(last, code string) bool {
	h, ok := Link(code)
	return ok && SameSecret(last, chain.PickupNext(h).String())
}
