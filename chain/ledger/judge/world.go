package judge

import (
	"errors"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/gm/pki"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
)

// world answers the guards of a step from the state that it finds.
type world Step

var _ contract.World = (*world)(nil)

// Subject implements contract.World.
func (w *world) Subject(name string) chain.SubjectState {
	s, _ := storage.SubjectState(w.view, name)
	return s
}

// Member implements contract.World.
func (w *world) Member(id string) chain.OrgRole {
	if org, ok := w.roster.Org(id); ok {
		return org.Role
	}
	return ""
}

// Used implements contract.World.
func (w *world) Used(tag string) bool { return w.view.Read(storage.KeyTag(tag)) != nil }

var errRole = errors.New("the organisation may not enrol this role")

// Enrols implements contract.World.
func (w *world) Enrols(c *pki.Certificate) error {
	check := w.roster.CheckEnrolment
	if w.Schema < chain.Schema2 {
		check = w.roster.CheckEnrolment1
	}
	if !contract.MayEnrol(w.org.Role, chain.Role(c.SubjectRole()), w.Schema) {
		return errRole
	}
	if err := check(w.org, c, w.At); err != nil {
		return err
	}
	w.enrols = c
	return nil
}

// KeyIsAnothers implements contract.World.
func (w *world) KeyIsAnothers(c *pki.Certificate) bool {
	owner := w.view.Read(storage.KeyPublic(c.PublicKey().Hex()))
	return owner != nil && string(owner) != ownerOf(w.st.Org, c)
}

func ownerOf(org string, c *pki.Certificate) string { return org + "\x00" + c.SubjectCN() }

// Ballot implements contract.World.
func (w *world) Ballot() (contract.Ballot, error) {
	change, err := w.st.Change()
	if err != nil {
		return nil, err
	}
	w.ballot = &ballot{s: (*Step)(w), change: change}
	return w.ballot, nil
}
