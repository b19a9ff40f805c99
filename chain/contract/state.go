package contract

import "encoding/json"

// SubjectState is where a subject stands. Its fields are declared in key order: its canonical bytes
// are a leaf of the status tree. What is marked with a claim describes the claim that stands, and
// is empty without one.
type SubjectState struct {
	// lot: what was issued; move: what moves, or moved
	Amount int64 `json:"amount,omitempty" example:"1200"`
	// own: what the holder has, held or free
	Balance int64 `json:"balance,omitempty" example:"1200"`
	// rx: claims so far, where it has a pick-up chain
	Claims uint64 `json:"claims,omitempty" example:"1"`
	// lot: what it is of
	Class string `json:"class,omitempty" example:"packages"`
	// claim: the patient has said that it is not theirs
	Contested bool `json:"contested,omitempty"`
	// Unix milliseconds
	Expires int64 `json:"expires,omitempty" example:"1795617201391"`
	// lot: the organisation that froze it
	Freezer string `json:"freezer,omitempty" example:"r1"`
	// own: how much of the balance pending moves hold
	Held int64 `json:"held,omitempty" example:"200"`
	// pharmacy holding the claim
	Holder string `json:"holder,omitempty" example:"p1"`
	// id of its last record
	Last string `json:"last" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	// move: subject of the lot that moves
	Lot string `json:"lot,omitempty" example:"lot:L7Q2M"`
	// organisation that wrote its first record
	Org string `json:"org" example:"h1"`
	// rx: CNs of who may act for the patient, as committed
	Parties []string `json:"parties,omitempty" example:"pat-7Q2M"`
	// subject CN of the certificate of its first record's actor; cert: the holder's CN
	Person string `json:"person,omitempty" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	// rx: what the code of the next claim is hashed to
	Pickup string `json:"pickup,omitempty" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	// move: what comes back to the giver, of PriceLot
	Price int64 `json:"price,omitempty" example:"88000"`
	// move: subject of the lot that the price is in
	PriceLot string `json:"priceLot,omitempty" example:"lot:D1"`
	// rx: the settlement that paid; pay: the prescription; lot: what it is for
	Ref string `json:"ref,omitempty" example:"pay:ST20261122170838139661"`
	// claim: it was renewed
	Renewed bool `json:"renewed,omitempty"`
	// lot: root of a list of what it is made of
	Root    string `json:"root,omitempty" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Seq     uint64 `json:"seq" example:"1"`
	Status  Status `json:"status" example:"paid"`
	Subject string `json:"subject" example:"rx:RX20261122442427997927"`
	// move: who receives
	To string `json:"to,omitempty" example:"p1"`
	// claim: Unix milliseconds, end of its lease; none for one of version 1. move: it is taken
	// before
	Until int64 `json:"until,omitempty" example:"1795617201391"`
}

// Bytes are the canonical bytes, which the status tree commits to.
func (s SubjectState) Bytes() []byte {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // no field can fail to marshal
	}
	return b
}

// common are the attributes that every subject has; a contract names its further ones.
var common = []string{"last", "org", "person", "seq", "status", "subject"}

// LeaseEnd is the first moment (Unix milliseconds) at which anybody may lapse the claim: a claim of
// version 1 has no lease and stands until the prescription's validity ends.
func (s SubjectState) LeaseEnd() int64 {
	if s.Until == 0 {
		return s.Expires
	}
	return s.Until
}
