package ledger

import (
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
	"github.com/smart-hospital/hospital/chain/membership"
)

// list is a members' list with what the engine's calls ask of it. Immutable.
type list struct {
	roster     *membership.Roster
	validators map[string]string // consensus address -> member id
	nodes      map[string]string // engine's ids of the nodes that may connect -> member id
}

// openList opens a list that follows another; nil: it is the genesis list.
func openList(members *membership.Members, before *membership.Roster) (*list, error) {
	roster, err := members.OpenInForce(before)
	if err != nil {
		return nil, err
	}
	return newList(roster), nil
}

func newList(roster *membership.Roster) *list {
	l := &list{roster: roster, validators: map[string]string{}, nodes: map[string]string{}}
	for _, m := range roster.Members().Members {
		if m.Validator != "" {
			l.validators[string(ed25519Key(m.Validator).Address())] = m.ID
		}
		for _, node := range m.Nodes {
			l.nodes[hex.EncodeToString(ed25519Key(node).Address())] = m.ID
		}
	}
	return l
}

// ed25519Key reads a key that Members.Open has checked.
func ed25519Key(text string) ed25519.PubKey {
	key, err := base64.Decode(text)
	if err != nil {
		panic(err)
	}
	return key
}

func (l *list) from() int64 { return l.roster.Members().From }

// voter is the member whose validator has this consensus address.
func (l *list) voter(address []byte) (*membership.Org, bool) {
	return l.roster.Org(l.validators[string(address)])
}

// updates tells the engine how the voters of next differ from those of l. It puts them in force two
// heights after the block that says so, which is next's From: the seals over a height are always
// made by the list its header names.
func (l *list) updates(next *list) []abci.ValidatorUpdate { return VoterUpdates(l.roster, next.roster) }

// VoterUpdates tells how the voters of one members' list differ from those of the list before it,
// as the engine takes it.
func VoterUpdates(now, next *membership.Roster) []abci.ValidatorUpdate {
	before, after := power(now), power(next)
	change := map[string]int64{}
	for key := range before {
		change[key] = 0
	}
	maps.Copy(change, after)
	maps.DeleteFunc(change, func(key string, power int64) bool { return before[key] == power })
	return engineUpdates(change)
}

// power is the voters' by their validator keys.
func power(roster *membership.Roster) map[string]int64 {
	power := map[string]int64{}
	for _, m := range roster.Members().Members {
		if m.Validator != "" {
			power[m.Validator] = m.Power
		}
	}
	return power
}

func engineUpdates(power map[string]int64) []abci.ValidatorUpdate {
	out := make([]abci.ValidatorUpdate, 0, len(power))
	for _, key := range slices.Sorted(maps.Keys(power)) {
		out = append(out, abci.UpdateValidator(ed25519Key(key), power[key], ed25519.KeyType))
	}
	return out
}

// listAt is the list in force at a height. The consensus calls read it as they are: they alone
// change the lists.
func (a *App) listAt(height int64) *list { return listAt(a.lists, height) }

func listAt(lists []*list, height int64) *list {
	i := len(lists) - 1
	for i > 0 && lists[i].from() > height {
		i--
	}
	return lists[i]
}

// Roster returns the members in force for the next block; nil before the genesis block is known.
func (a *App) Roster() *membership.Roster {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if len(a.lists) == 0 {
		return nil
	}
	return a.listAt(a.meta.Header.Height + 1).roster
}

// MemberOf is the member of the newest list that a node belongs to, by the engine's id; empty:
// nobody's, it may not connect. A member that has been voted in may connect before its list is in
// force: it has blocks to fetch.
func (a *App) MemberOf(node string) string {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if len(a.lists) == 0 {
		return ""
	}
	return a.lists[len(a.lists)-1].nodes[strings.ToLower(node)]
}

// ListAdopted is closed when the next members' list is adopted.
func (a *App) ListAdopted() <-chan struct{} {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.adopted
}

// Validators are the voters in force at a height, as the engine takes them.
func (a *App) Validators(height int64) []abci.ValidatorUpdate {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return engineUpdates(power(a.listAt(height).roster))
}

// Timeline returns all members' lists so far with the heights they are in force at.
func (a *App) Timeline() *chain.Timeline {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.timeline()
}

func (a *App) timeline() *chain.Timeline {
	rosters := make([]*membership.Roster, len(a.lists))
	for i, l := range a.lists {
		rosters[i] = l.roster
	}
	return chain.NewTimeline(rosters...)
}

// loadLists reads the lists of a ledger that has begun.
func (a *App) loadLists() error {
	it, err := a.db.Iterator(storage.KeyMembers, []byte("N"))
	if err != nil {
		return err
	}
	defer it.Close()
	for ; it.Valid(); it.Next() {
		members, err := membership.ReadMembers(it.Value())
		if err != nil {
			return fmt.Errorf("ledger: stored members: %w", err)
		}
		l, err := a.openStored(members)
		if err != nil {
			return err
		}
		a.lists = append(a.lists, l)
	}
	return it.Error()
}

func (a *App) openStored(members *membership.Members) (*list, error) {
	if len(a.lists) == 0 {
		return openList(members, nil)
	}
	return openList(members, a.lists[len(a.lists)-1].roster)
}
