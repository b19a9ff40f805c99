package redemption

import (
	"encoding/hex"
	"github.com/smart-hospital/hospital/chain"
)

// pickup is what opens a prescription at the counter: one code for its whole life, or, since record
// schema 2, a chain of codes of which each claim reveals the next, so that who knew the last one
// cannot claim again.
type Pickup struct {
	Code string     // what the patient shows first
	Foot chain.Hash // of the chain; zero: one code
}

func OneCode(code string) Pickup { return Pickup{Code: code} }

func CodeChain(foot chain.Hash) Pickup {
	code, _ := chain.PickupCode(foot, 0)
	return Pickup{Code: Code(code), Foot: foot}
}

func (p Pickup) Chained() bool { return p.Foot != chain.Hash{} }

func (p Pickup) Head() string {
	if !p.Chained() {
		return ""
	}
	return chain.PickupHead(p.Foot, chain.PickupCodes).String()
}

// codeHash reads an access code as the link of a chain that it is.
func Link(code string) (h chain.Hash, ok bool) {
	raw, err := SecretText.DecodeString(code)
	if err != nil || len(raw) != len(h) || SecretText.EncodeToString(raw) != code {
		return h, false
	}
	copy(h[:], raw)
	return h, true
}

// hexOf is an access code as a claim reveals it.
func Hex(code string) string {
	h, _ := Link(code)
	return hex.EncodeToString(h[:])
}

// codeText is the access code that a link of a chain is.
func Code(h chain.Hash) string { return SecretText.EncodeToString(h[:]) }
