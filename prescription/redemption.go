package prescription

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Errors of redemption.
var (
	// ErrHeld: another pharmacy holds the lock. Use errors.As with *HeldError for the time.
	ErrHeld = errors.New("prescription: locked by a pharmacy")
	// ErrBadToken: the pick-up code is malformed or does not open the prescription.
	ErrBadToken = errors.New("prescription: pick-up code not valid")
	// ErrNotHolder: the secret or the pharmacy is not the lock's.
	ErrNotHolder = errors.New("prescription: not the holder of the lock")
	// ErrClaimUnconfirmed: the claim is not on the chain yet; medicine is handed out only after
	// that.
	ErrClaimUnconfirmed error = unconfirmed{}
	// ErrClaimRefused: the chain refused the claim for good; nothing is handed out on it, and an
	// operator takes it back.
	ErrClaimRefused = errors.New("prescription: the chain refused the claim")
	// ErrTraceUsed: a package's trace code was dispensed before.
	ErrTraceUsed = errors.New("prescription: trace code was dispensed before")
)

// unconfirmed knows when to ask again: a block takes about a second.
type unconfirmed struct{}

func (unconfirmed) Error() string { return "prescription: the claim is not confirmed by the chain yet" }

// RetryAfter is in seconds.
func (unconfirmed) RetryAfter() int { return 1 }

// HeldError says since when, and not by whom: who holds it is for the patient's eyes.
type HeldError struct{ Since time.Time }

// Error names the moment only.
func (e *HeldError) Error() string { return fmt.Sprintf("%v since %s", ErrHeld, stamp(e.Since)) }

// Is makes every HeldError an ErrHeld.
func (e *HeldError) Is(target error) bool { return target == ErrHeld }

// secretBytes is the strength of access codes and claim secrets: 256 bits, as gematik's E-Rezept
// has them.
const secretBytes = 32

var secretText = base32.StdEncoding.WithPadding(base32.NoPadding)

// NewSecret draws an access code or claim secret; 52 characters A-Z 2-7.
func NewSecret() string {
	var b [secretBytes]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return secretText.EncodeToString(b[:])
}

// sameSecret compares in constant time.
func sameSecret(have, given string) bool {
	return have != "" && subtle.ConstantTimeCompare([]byte(have), []byte(given)) == 1
}

const pickupScheme = "RXP1" // version 1 of the pick-up text

// PickupToken is what the patient shows as a QR code: the number and the access code. Its text
// keeps to the QR alphanumeric set, so the code stays small: "RXP1:RX…:…".
type PickupToken struct {
	ID         ID
	AccessCode string
}

// String is the QR code's text.
func (t PickupToken) String() string {
	return pickupScheme + ":" + string(t.ID) + ":" + t.AccessCode
}

// ParsePickup reads a scanned or typed text: ErrBadToken, ErrBadID.
func ParsePickup(s string) (PickupToken, error) {
	parts := strings.Split(s, ":")
	if len(parts) != 3 || parts[0] != pickupScheme {
		return PickupToken{}, fmt.Errorf("%w: must start with RXP1 and have three parts", ErrBadToken)
	}
	id, err := ParseID(parts[1])
	if err != nil {
		return PickupToken{}, err
	}
	raw, err := secretText.DecodeString(parts[2])
	if err != nil || len(raw) != secretBytes || secretText.EncodeToString(raw) != parts[2] {
		return PickupToken{}, fmt.Errorf("%w: access code", ErrBadToken)
	}
	return PickupToken{ID: id, AccessCode: parts[2]}, nil
}

// Checklist is 四查十对 (处方管理办法 art. 37): the dispensing pharmacist confirms each point.
type Checklist struct {
	Department  bool `json:"department" doc:"查处方: 科别"`
	Name        bool `json:"name" doc:"查处方: 姓名"`
	Age         bool `json:"age" doc:"查处方: 年龄"`
	DrugName    bool `json:"drugName" doc:"查药品: 药名"`
	Form        bool `json:"form" doc:"查药品: 剂型"`
	Strength    bool `json:"strength" doc:"查药品: 规格"`
	Quantity    bool `json:"quantity" doc:"查药品: 数量"`
	Appearance  bool `json:"appearance" doc:"查配伍禁忌: 药品性状"`
	DosageUsage bool `json:"dosageUsage" doc:"查配伍禁忌: 用法用量"`
	Diagnosis   bool `json:"diagnosis" doc:"查用药合理性: 临床诊断"`
}

// AllChecked is the list with every point confirmed.
var AllChecked = Checklist{true, true, true, true, true, true, true, true, true, true}

// checkTraces holds what was scanned against the items: every item once, one code a package, no
// code twice, each code of the item's drug. It writes the codes in their normal form.
func checkTraces(items []Item, got []DispensedItem) error {
	if len(got) != len(items) {
		return ruleTraceCodes.refuse("items", "每种药品都须扫码", "every item must be scanned")
	}
	seen := map[string]bool{}
	done := map[int]bool{}
	for n, g := range got {
		if g.Item < 0 || g.Item >= len(items) || done[g.Item] {
			return invalid(nth("items", n)+".item", "each item of the prescription once")
		}
		done[g.Item] = true
		it := items[g.Item]
		if int64(len(g.TraceCodes)) != it.Packages {
			return ruleTraceCodes.refuse(nth("items", n)+".traceCodes", "追溯码数量须与发药数量一致",
				"one trace code for every package")
		}
		for k, scanned := range g.TraceCodes {
			field := nth(nth("items", n)+".traceCodes", k)
			code, ok := NormalTraceCode(scanned)
			g.TraceCodes[k] = code
			switch {
			case !ok:
				return invalid(field, ruleTraceNotOne)
			case !traceFits(code, it.Drug):
				return ruleTraceCodes.refuse(field, "追溯码与药品不符", "the code belongs to another drug")
			case seen[code]:
				return ruleTraceCodes.refuse(field, "同一追溯码扫描两次", "the same code twice")
			}
			seen[code] = true
		}
	}
	return nil
}
