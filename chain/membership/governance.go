package membership

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// MaxChangeBytes limits a change's canonical bytes.
const MaxChangeBytes = contract.MaxChangeBytes

// Deed says what a change does to the list it is for.
type Deed string

// Deeds. A change of several kinds at once has the first of them that fits.
const (
	DeedJoins      Deed = "joins"
	DeedLeaves     Deed = "leaves"
	DeedSuspended  Deed = "suspended"
	DeedReinstated Deed = "reinstated"
	DeedPower      Deed = "power"
	DeedKeys       Deed = "keys"
	DeedDetails    Deed = "details"
	DeedSchema     Deed = "schema"
)

// OpenChange is a change of the members' list that members have begun to vote on and that can still
// be adopted.
type OpenChange struct {
	Subject string    `json:"subject" example:"gov:957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f" doc:"Its votes are the subject's records"`
	Change  Change    `json:"change"`
	Deed    Deed      `json:"deed" enum:"joins,leaves,suspended,reinstated,power,keys,details,schema" doc:"What it does"`
	Votes   []Ballot  `json:"votes" doc:"In the order in which they came"`
	Voted   int64     `json:"voted" example:"2" doc:"Power of who has voted"`
	Needed  int64     `json:"needed" example:"3" doc:"Power that adopts it: more than two thirds"`
	Power   int64     `json:"power" example:"4" doc:"Power of all members"`
	Since   time.Time `json:"since" doc:"Block time of the first vote"`
}

// Ballot is one member's vote as it stands on the chain.
type Ballot struct {
	Member string    `json:"member" example:"h1"`
	Power  int64     `json:"power" example:"1"`
	Record string    `json:"record" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f" doc:"Id of the vote's record"`
	Height int64     `json:"height" example:"18"`
	Time   time.Time `json:"time" doc:"Block time"`
}

// ErrChange is a change that cannot be made; the text names the field and the rule.
var ErrChange = errors.New("chain: bad change of the members' list")

// Change is what members vote on: one step from one members' list to the next. Exactly one of
// Member, Remove and Schema is there. It names the list it changes, so a vote is good for one step
// of one chain only.
type Change struct {
	// lower hex, Members.Digest of the list it changes
	Base string `json:"base" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	// the member as it shall be listed: joins, has new keys, another power, is suspended
	Member *Member `json:"member,omitempty"`
	// id of the member that leaves or is expelled
	Remove string `json:"remove,omitempty" example:"p2"`
	// upgrade of the record schema at an agreed height
	Schema *Schema `json:"schema,omitempty"`
	V      int     `json:"v" example:"1"`
}

// Bytes are the change's canonical bytes.
func (c Change) Bytes() []byte { return canonical.Bytes(c) }

// Digest names the change: SM3(0x07 ‖ canonical bytes). Its subject on the chain is SubjectGov and
// this.
func (c Change) Digest() merkle.Hash { return gm.Sum([]byte{merkle.TagChange}, c.Bytes()) }

// ParseChange reads a change's canonical bytes strictly: ErrMalformed, ErrTooLarge.
func ParseChange(b []byte) (*Change, error) {
	c, err := canonical.Decode[Change](b, MaxChangeBytes)
	if err != nil {
		return nil, err
	}
	given := 0
	for _, there := range []bool{c.Member != nil, c.Remove != "", c.Schema != nil} {
		if there {
			given++
		}
	}
	switch {
	case c.V != contract.Schema1:
		return nil, canonical.Malformed("v", "must be 1")
	case !contract.IsHash(c.Base):
		return nil, canonical.Malformed("base", "64 lower hex digits")
	case given != 1:
		return nil, canonical.Malformed("change", "exactly one of member, remove and schema")
	}
	return &c, nil
}

// Bytes are the entry's canonical bytes.
func (m Member) Bytes() []byte { return canonical.Bytes(m) }

// ParseMember reads a member's entry strictly (see ParseReceipt). What it says is checked when it
// is put into a list.
func ParseMember(b []byte) (*Member, error) {
	m, err := canonical.DecodeFile[Member](b, MaxChangeBytes)
	if err != nil {
		return nil, err
	}
	return &m, nil
}

// Apply makes the list that the change leads to, in force from a height on: ErrChange, ErrMembers.
// Its certificates are judged as OpenInForce does.
func (m *Members) Apply(c *Change, from int64) (*Members, error) {
	if c.Base != m.Digest().String() {
		return nil, fmt.Errorf("%w: base: another list is in force", ErrChange)
	}
	next := *m
	next.From, next.Members, next.Schemas = from, slices.Clone(m.Members), slices.Clone(m.Schemas)
	at, listed := slices.BinarySearchFunc(m.Members, c.id(),
		func(m Member, id string) int { return strings.Compare(m.ID, id) })
	switch {
	case c.Schema != nil:
		if c.Schema.From <= from {
			return nil, fmt.Errorf("%w: schema.from: must come after height %d", ErrChange, from)
		}
		next.Schemas = append(next.Schemas, *c.Schema)
	case c.Member != nil && listed:
		next.Members[at] = *c.Member
	case c.Member != nil:
		next.Members = slices.Insert(next.Members, at, *c.Member)
	case listed:
		next.Members = slices.Delete(next.Members, at, at+1)
	default:
		return nil, fmt.Errorf("%w: remove: no member has this id", ErrChange)
	}
	if _, err := next.openInForce(m); err != nil {
		return nil, err
	}
	return &next, nil
}

func (c *Change) id() string {
	if c.Member != nil {
		return c.Member.ID
	}
	return c.Remove
}

// Deed tells what a change does to this list.
func (r *Roster) Deed(c *Change) Deed {
	was, listed := r.Org(c.id())
	switch next := c.Member; {
	case c.Schema != nil:
		return DeedSchema
	case next == nil:
		return DeedLeaves
	case !listed:
		return DeedJoins
	case was.Suspended && !next.Suspended:
		return DeedReinstated
	case !was.Suspended && next.Suspended:
		return DeedSuspended
	case was.Power != next.Power:
		return DeedPower
	case was.CA != next.CA || was.Seal != next.Seal || was.Validator != next.Validator ||
		!slices.Equal(was.Nodes, next.Nodes):
		return DeedKeys
	}
	return DeedDetails
}
