package chain

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/membership"
)

// Limits of a history.
const (
	MaxAdoptions    = 4096
	MaxHistoryBytes = 64 << 20
)

// History is every members' list of a chain, each with the votes that made it out of the one
// before. Who trusts the genesis list can check all others with it, and with them any receipt, for
// ever and offline.
type History struct {
	Adoptions []Adoption         `json:"adoptions"` // in order
	Genesis   membership.Members `json:"genesis"`
	V         int                `json:"v" example:"1"`
}

// Adoption is one step: the list adopted and the votes for it.
type Adoption struct {
	List  membership.Members `json:"list"`
	Votes []Record           `json:"votes"` // gov.vote, by members with more than two thirds of the power of the list before
}

// Bytes are the history's canonical bytes (RFC 8785).
func (h History) Bytes() []byte { return canonical.Bytes(h) }

// MarshalJSON writes empty lists as [], also in a history that is part of something else: no reader
// takes null.
func (h History) MarshalJSON() ([]byte, error) {
	type fields History
	h.Adoptions = slices.Clone(canonical.OrEmpty(h.Adoptions))
	for i := range h.Adoptions {
		h.Adoptions[i].Votes = canonical.OrEmpty(h.Adoptions[i].Votes)
		h.Adoptions[i].List.Members = canonical.OrEmpty(h.Adoptions[i].List.Members)
	}
	h.Genesis.Members = canonical.OrEmpty(h.Genesis.Members)
	return json.Marshal(fields(h))
}

// Until is the history of the lists in force up to a height. It shares what it holds with h.
func (h History) Until(height int64) History {
	n := 0
	for n < len(h.Adoptions) && h.Adoptions[n].List.From <= height {
		n++
	}
	h.Adoptions = canonical.OrEmpty(h.Adoptions[:n])
	return h
}

// ParseHistory reads a published history strictly (see ParseReceipt) and checks it as Open does.
func ParseHistory(b []byte) (*Timeline, error) {
	h, err := canonical.DecodeFile[History](b, MaxHistoryBytes)
	if err != nil {
		return nil, err
	}
	return h.Open()
}

// Timeline is a history opened: the members' lists with the heights they are in force at.
// Immutable.
type Timeline struct {
	lists []*membership.Roster // ascending by From
}

// NewTimeline is the timeline of lists that are known to be the chain's: at least the genesis list,
// the others after it in order. It keeps the slice.
func NewTimeline(lists ...*membership.Roster) *Timeline { return &Timeline{lists: lists} }

// Open checks every step from the genesis list on: each list is what its change makes of the one
// before, and members with more than two thirds of that one's power voted for that very change.
// Errors wrap ErrMembers or a Reason.
func (h *History) Open() (*Timeline, error) {
	if h.V != Version || len(h.Adoptions) > MaxAdoptions {
		return nil, fmt.Errorf("%w: v or number of adoptions", membership.ErrMembers)
	}
	if h.Genesis.From != 0 {
		return nil, fmt.Errorf("%w: genesis.from: must be absent", membership.ErrMembers)
	}
	genesis, err := h.Genesis.Open()
	if err != nil {
		return nil, err
	}
	t := NewTimeline(genesis)
	for i := range h.Adoptions {
		next, err := follow(t.Newest(), &h.Adoptions[i])
		if err != nil {
			return nil, fmt.Errorf("adoption %d: %w", i+1, err)
		}
		t.lists = append(t.lists, next)
	}
	return t, nil
}

// follow checks one step.
func follow(r *membership.Roster, a *Adoption) (*membership.Roster, error) {
	if len(a.Votes) == 0 || len(a.Votes) > membership.MaxMembers {
		return nil, Because(ReasonQuorum, "number of votes")
	}
	change, err := a.Votes[0].Statement.Change()
	if err != nil {
		return nil, err
	}
	var power int64
	voted := map[string]bool{}
	for _, vote := range a.Votes {
		st := vote.Statement
		if err := vote.Check(); err != nil {
			return nil, err
		}
		if _, err := st.Change(); err != nil {
			return nil, err
		}
		org, ok := r.Org(st.Org)
		switch {
		case st.Chain != r.Chain():
			return nil, Because(ReasonWrongChain, "vote is of chain %q", st.Chain)
		case st.Subject != a.Votes[0].Statement.Subject:
			return nil, Because(ReasonQuorum, "votes are for several changes")
		case !ok || org.Power == 0:
			return nil, Because(ReasonOrg, "%q has no vote", st.Org)
		case voted[st.Org]:
			return nil, Because(ReasonQuorum, "%q voted twice", st.Org)
		case st.Actor != org.SealCert.ID() || vote.OrgCert != org.SealCert.ID():
			return nil, Because(ReasonOrgCert, "vote is not by the seal of %s", st.Org)
		}
		if err := vote.VerifySignatures(org.SealCert, org.SealCert); err != nil {
			return nil, err
		}
		voted[st.Org], power = true, power+org.Power
	}
	if all, _ := r.Power(); !r.Quorum(power) {
		return nil, Because(ReasonQuorum, "votes have %d of %d", power, all)
	}
	if a.List.From <= r.Members().From {
		return nil, fmt.Errorf("%w: from: must ascend", membership.ErrMembers)
	}
	next, err := r.Members().Apply(change, a.List.From)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", membership.ErrMembers, err)
	}
	if next.Digest() != a.List.Digest() {
		return nil, fmt.Errorf("%w: the list is not what was voted for", membership.ErrMembers)
	}
	return next.OpenAfter(r)
}

// At is the list in force at a height.
func (t *Timeline) At(height int64) *membership.Roster { return t.lists[t.at(height)] }

func (t *Timeline) at(height int64) int {
	i := len(t.lists) - 1
	for i > 0 && t.lists[i].Members().From > height {
		i--
	}
	return i
}

// Newest is the list adopted last; it may not be in force yet.
func (t *Timeline) Newest() *membership.Roster { return t.lists[len(t.lists)-1] }

// Lists are all of them in order, the genesis list first.
func (t *Timeline) Lists() []*membership.Roster { return slices.Clone(t.lists) }

// VerifyReceipt checks a receipt with nothing but the members' lists: the record's two signatures
// and certificates, its place in the log, and the seals over the root. Every error wraps one
// Reason.
//
// What it does not say: that the actor's certificate was not revoked (the ledger checked that when
// it took the record; the seals vouch for it), or that the record is the subject's newest (that is
// VerifyStatus).
func (t *Timeline) VerifyReceipt(c *Receipt) error {
	i := t.at(c.Header.Height)
	return verifyReceipt(t.lists[i], c, t.writers(i, c.OrgCert, c.Record.Statement.Org))
}

// writers is the newest list up to i in which the organisation has that seal. It is an older one
// than the header's when a record was sealed by the members only after its organisation had left or
// changed its seal: the ledger took the record before, and the seals vouch for that.
func (t *Timeline) writers(i int, seal, org string) *membership.Roster {
	for j := i; j >= 0; j-- {
		if o, ok := t.lists[j].Org(org); ok && o.Seal == seal {
			return t.lists[j]
		}
	}
	return t.lists[i]
}

// VerifyStatus checks where a subject stood at a sealed height, or that it had no record then (an
// empty status).
func (t *Timeline) VerifyStatus(c *StatusReceipt) error {
	return verifyStatus(t.At(c.Header.Height), c)
}
