package reading

import (
	"context"
	"maps"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

// noteAccess keeps who read whose contents. The patient's own readings and a doctor's on his own
// draft are nobody's news.
func (s *Reading) noteAccess(ctx context.Context, a intent.Actor, p *lifecycle.Prescription,
	access lifecycle.Access) error {
	if !noted(a, p, access) {
		return nil
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error { return s.NoteIn(tx, a, p, access) })
}

// NoteIn is noteAccess within the caller's transaction.
func (s *Reading) NoteIn(tx *gorm.DB, a intent.Actor, p *lifecycle.Prescription, access lifecycle.Access) error {
	if !noted(a, p, access) {
		return nil
	}
	return s.Store.LogAccess(tx, lifecycle.AccessEntry{Prescription: p.ID(), Person: a.Person, Role: a.Role, Org: a.Org,
		Reason: access.Reason, At: s.Time()})
}

func noted(a intent.Actor, p *lifecycle.Prescription, access lifecycle.Access) bool {
	return access.Sight == lifecycle.Everything && a.Role != chain.RolePatient && p.Status() != prescription.Draft
}

// listedEvery is how often the same reader's look at the same line of a list is noted: a work list
// asks again all day long.
const listedEvery = time.Hour

// noteListed keeps who saw whose name and diagnosis in a list. A regulator's lines have neither.
func (s *Reading) noteListed(ctx context.Context, a intent.Actor, list []*lifecycle.Prescription) error {
	if a.Role == chain.RolePatient {
		for _, p := range list { // whoever acts for a patient is let in line by line
			p.OwnedBy(a)
		}
		return nil
	}
	if a.Role == prescription.RoleRegulator {
		return nil
	}
	at, fresh := s.Time(), map[prescription.ID]lifecycle.AccessEntry{}
	for _, p := range list {
		if p.Status() != prescription.Draft {
			fresh[p.ID()] = lifecycle.AccessEntry{Prescription: p.ID(), Person: a.Person, Role: a.Role, Org: a.Org,
				Reason: "line of a work list", At: at}
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	known, err := s.Store.ReadSince(s.DB.WithContext(ctx), a.Person, slices.Collect(maps.Keys(fresh)),
		at.Add(-listedEvery))
	if err != nil {
		return err
	}
	for _, id := range known {
		delete(fresh, id)
	}
	if len(fresh) == 0 {
		return nil
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		for _, id := range slices.Sorted(maps.Keys(fresh)) {
			if err := s.Store.LogAccess(tx, fresh[id]); err != nil {
				return err
			}
		}
		return nil
	})
}

// AccessView is one line of "who looked at my record".
type AccessView struct {
	Person string     `json:"person" doc:"Opaque id of the reader" example:"u7k2mq4xw5zt3yb6nc2da"`
	Role   chain.Role `json:"role" example:"reviewer"`
	Org    string     `json:"org" example:"h1"`
	Reason string     `json:"reason" doc:"On what ground" example:"reviewer of the hospital"`
	At     time.Time  `json:"at"`
}

// Accesses shows the patient who read the prescription, newest first: ErrNotFound for anybody else.
func (s *Reading) Accesses(ctx context.Context, a intent.Actor, id string) ([]AccessView, error) {
	db := s.DB.WithContext(ctx)
	p, err := s.Load(db, id)
	if err != nil {
		return nil, err
	}
	if a.Role != chain.RolePatient || lifecycle.MaySee(a, p, "").Sight != lifecycle.Everything {
		return nil, prescription.ErrNotFound
	}
	list, err := s.Store.Accesses(db, p.ID(), lifecycle.MaxListed)
	if err != nil {
		return nil, err
	}
	out := []AccessView{}
	for _, e := range list {
		out = append(out, AccessView{e.Person, e.Role, e.Org, e.Reason, e.At.UTC()})
	}
	return out, nil
}

// AccessesOf shows who read any of a patient's prescriptions, by all its ids, newest first, at most
// MaxListed. The caller has made sure that this is for the patient or its guardian.
func (s *Reading) AccessesOf(ctx context.Context, patient ...string) ([]lifecycle.AccessEntry, error) {
	return s.Store.AccessesOf(s.DB.WithContext(ctx), patient, lifecycle.MaxListed)
}
