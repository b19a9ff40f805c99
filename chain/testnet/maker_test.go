package testnet

import (
	"context"
	"path/filepath"
	"slices"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
)

// maker is a 生产企业 that asks to join. Its role begins with schema 2.
type maker struct {
	dir   string // its folder
	entry *membership.Member
}

// newMaker makes its keys; the notary of the founding certifies its CA.
func (u *upgrade) newMaker() maker {
	u.t.Helper()
	must := func(err error) {
		u.t.Helper()
		if err != nil {
			u.t.Fatal(err)
		}
	}
	dir, now := filepath.Join(u.t.TempDir(), "m1"), time.Now()
	own, err := consortium.MakeFolder(dir, "")
	must(err)
	asked, _, err := own.Ask(context.Background(), consortium.Spec{ID: "m1", Name: "测试药厂", Role: contract.OrgMaker},
		"", now)
	must(err)
	notary, err := consortium.OpenFolder(filepath.Join(u.dir, consortium.NotaryFolder), "")
	must(err)
	entry, err := notary.Admit(context.Background(), asked, now)
	must(err)
	return maker{dir, entry}
}

// votes has three of the four voters vote for the maker's admission to a list: the outcomes in
// order, one after the other.
func (u *upgrade) votes(m maker, list *membership.Members, seq func(i int) uint64) (out []chain.Outcome) {
	u.t.Helper()
	change := &membership.Change{V: chain.Version, Base: list.Digest().String(), Member: m.entry}
	for i, id := range []string{"h1", "p1", "p2"} {
		folder, err := consortium.OpenFolder(u.one(id).dir, "")
		if err != nil {
			u.t.Fatal(err)
		}
		vote, err := folder.Vote(context.Background(), list, id, change, seq(i), time.Now())
		if err != nil {
			u.t.Fatal(err)
		}
		out = append(out, u.offer(u.one(id), vote))
	}
	return out
}

// refused: before schema 2 is in force, no vote for the maker counts, whoever casts it.
func (u *upgrade) refused(m maker) {
	u.t.Helper()
	for _, o := range u.votes(m, u.members, func(int) uint64 { return 1 }) {
		if o.Code != chain.CodeBadChange {
			u.t.Errorf("a vote for a maker before schema 2: %s %s", o.Code, o.Detail)
		}
	}
}

// joins: with schema 2 in force the same votes admit it, and it issues a lot of packages, which
// nobody but a maker may.
func (u *upgrade) joins(m maker) {
	u.t.Helper()
	history := u.chainHistory()
	list := &history.Adoptions[len(history.Adoptions)-1].List
	for _, o := range u.votes(m, list, func(i int) uint64 { return uint64(i) + 1 }) {
		if o.Code != chain.CodeOK {
			u.t.Fatalf("a vote for a maker under schema 2: %s %s", o.Code, o.Detail)
		}
	}
	// Whose history is asked for may still execute the block that the last voter answered by.
	u.until("the maker is in the list", func(context.Context) error {
		history = u.chainHistory()
		list = &history.Adoptions[len(history.Adoptions)-1].List
		if !slices.ContainsFunc(list.Members, func(e membership.Member) bool { return e.ID == m.entry.ID }) {
			return chain.ErrNotFound
		}
		return nil
	})
	by := u.organisationIn(m.dir, m.entry.ID, list).itself()
	lot, err := by.recordOf(chain.Schema2, contract.KindLotOpen, contract.SubjectLot+"M1", 1,
		chain.Facts{Amount: 100, Class: contract.ClassPackages})
	if err != nil {
		u.t.Fatal(err)
	}
	for limit := time.Now().Add(patience); ; time.Sleep(pause) {
		o := u.offer(u.one("h1"), lot)
		if o.Code == chain.CodeOK {
			break
		}
		// until the new list is in force, two heights after the vote
		if o.Code != chain.CodeUnknownOrg || time.Now().After(limit) {
			u.t.Fatalf("the maker's lot: %s %s", o.Code, o.Detail)
		}
	}
	// p1 may still execute the block that h1 answered by.
	for limit := time.Now().Add(patience); ; time.Sleep(pause) {
		s, err := u.one("p1").subject(context.Background(), contract.SubjectOwn+m.entry.ID+":M1")
		if err == nil && s.Balance == 100 {
			return
		}
		if time.Now().After(limit) {
			u.t.Errorf("what the maker has: %+v %v", s, err)
			return
		}
	}
}

// organisationIn is an organisation of a list by its folder.
func (w *network) organisationIn(dir, id string, list *membership.Members) *organisation {
	w.t.Helper()
	master, err := keystore.ReadMaster(filepath.Join(dir, "master.key"))
	if err != nil {
		w.t.Fatal(err)
	}
	keys, err := keystore.Open(filepath.Join(dir, "keys"), master)
	if err != nil {
		w.t.Fatal(err)
	}
	hosts := consortium.Hosted(keys, list)
	seal, err := hosts.Seal(id)
	if err != nil {
		w.t.Fatal(err)
	}
	return &organisation{id, list.Chain, seal, hosts}
}
