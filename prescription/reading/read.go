// Package reading is what each reader may see of a prescription, and the access log that its
// patient sees.
package reading

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/copies"
	"github.com/smart-hospital/hospital/prescription/ground"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/pharmacy"
	"github.com/smart-hospital/hospital/prescription/recheck"
	"github.com/smart-hospital/hospital/prescription/redemption"
	"github.com/smart-hospital/hospital/prescription/rules"
	"github.com/smart-hospital/hospital/prescription/view"
)

// Reading shows prescriptions and keeps who read them.
type Reading struct {
	ground.Ground
	Confirmations ground.Confirmations
	Checks        *recheck.Checks
	Shelves       *pharmacy.Shelves
	Copies        *copies.Copies
	// Report is what the rules say of a draft now, to its doctor
	Report func(ctx context.Context, a intent.Actor, p *lifecycle.Prescription) (*rules.Report, error)
}

// Get shows a prescription to an actor and notes the reading for the patient: ErrBadID, ErrNotFound
// also for one that is not the actor's to see.
func (s *Reading) Get(ctx context.Context, a intent.Actor, id string) (*view.View, error) {
	return s.Show(ctx, a, id, "")
}

// Lookup shows a pharmacy the prescription of a scanned pick-up text, before it claims. While
// another pharmacy holds it only the status is shown. ErrRole, ErrBadToken, ErrBadID.
func (s *Reading) Lookup(ctx context.Context, a intent.Actor, pickup string) (*view.View, error) {
	if a.Role != chain.RoleDispenser {
		return nil, prescription.ErrRole
	}
	t, err := redemption.Parse(pickup)
	if err != nil {
		return nil, err
	}
	v, err := s.Show(ctx, a, string(t.ID), t.AccessCode)
	if errors.Is(err, prescription.ErrNotFound) {
		return nil, redemption.ErrBadToken
	}
	return v, err
}

// Show is Get for an actor with the access code of a claim; without one it is empty.
func (s *Reading) Show(ctx context.Context, a intent.Actor, id, accessCode string) (*view.View, error) {
	p, err := s.Load(s.DB.WithContext(ctx), id)
	if err != nil {
		return nil, err
	}
	access := lifecycle.MaySee(a, p, accessCode)
	if access.Sight == lifecycle.Nothing {
		return nil, prescription.ErrNotFound
	}
	if err := s.noteAccess(ctx, a, p, access); err != nil {
		return nil, err
	}
	var rep *rules.Report
	if p.Status() == prescription.Draft {
		if rep, err = s.Report(ctx, a, p); err != nil {
			return nil, err
		}
	}
	v := view.Of(p, a, access, rep, s.Time())
	if err := s.Shelves.AddChoice(s.DB.WithContext(ctx), p, v); err != nil {
		return nil, err
	}
	if err := s.Copies.AddLost(s.DB.WithContext(ctx), p, a, v); err != nil {
		return nil, err
	}
	if err := s.Checks.AddTo(ctx, p, a, v); err != nil {
		return nil, err
	}
	if p.Status() != prescription.Claimed || v.Partial {
		return v, nil
	}
	fate, err := s.Confirmations.Fate(ctx, p.State().Claim.Record)
	return v.WithFate(fate), err
}

// ListInput narrows a list.
type ListInput struct {
	Statuses []prescription.Status
	Visit    string   // only those of this consultation
	People   []string // a patient's: only those of these ids of one person, if the actor may read them; nil: all
	Cursor   string   // of the page before
	Limit    int      // 1 to MaxListed; 0 is MaxListed
}

// Page is one page of a list.
type Page struct {
	Items []view.Summary `json:"items"`
	Total *int           `json:"total,omitempty" doc:"Of a reviewer's queue and of what a pharmacy holds (claimed alone): how many there are in all" example:"7"`
	Next  string         `json:"next,omitempty" doc:"Cursor of the next page; empty at the end" example:"RX20261122442427997927"`
}

// List shows what is the actor's: a patient's own, a doctor's own, a reviewer's hospital (of those
// to be reviewed the longest waiting first, and how many there are), a pharmacy's claims (of those
// it holds the oldest first, and how many there are), and to a regulator every status without
// names. ErrRole, ErrInvalid for a bad cursor and for a person whom anybody but a patient names,
// ErrNotFound for one whose record the patient does not read.
func (s *Reading) List(ctx context.Context, a intent.Actor, in ListInput) (*Page, error) {
	f, err := filterFor(a, in)
	if err != nil {
		return nil, err
	}
	list, err := s.Store.Page(s.DB.WithContext(ctx), f)
	if err != nil {
		return nil, err
	}
	if err := s.noteListed(ctx, a, list.Items); err != nil {
		return nil, err
	}
	page := &Page{Items: []view.Summary{}}
	if f.Waiting || f.OldestFirst {
		n, err := s.Store.Count(s.DB.WithContext(ctx), f)
		if err != nil {
			return nil, err
		}
		page.Total = &n
	}
	for _, p := range list.Items {
		line := view.Line(p)
		if a.Role == chain.RolePatient {
			line.Person = p.State().Patient.Person
		}
		if a.Role == prescription.RoleRegulator {
			line = view.Summary{ID: line.ID, Status: line.Status, Hospital: line.Hospital, DraftedAt: line.DraftedAt,
				UpdatedAt: line.UpdatedAt, ExpiresAt: line.ExpiresAt}
		}
		page.Items = append(page.Items, line)
	}
	if next := list.Next; next.ID != "" {
		page.Next = strconv.FormatInt(next.At.UnixMilli(), 10) + "." + string(next.ID)
	}
	return page, nil
}

func filterFor(a intent.Actor, in ListInput) (lifecycle.Filter, error) {
	f := lifecycle.Filter{Statuses: in.Statuses, Visit: in.Visit, Limit: in.Limit, ExcludeDrafts: true}
	if f.Limit < 1 || f.Limit > lifecycle.MaxListed {
		f.Limit = lifecycle.MaxListed
	}
	if in.People != nil && a.Role != chain.RolePatient { // a regulator would read by it whose they are
		return lifecycle.Filter{}, prescription.Invalid("person", "only a patient's list")
	}
	switch a.Role {
	case chain.RolePatient:
		if a.Person != "" {
			f.Patients = append([]string{a.Person}, a.Wards...)
		}
		if in.People != nil {
			f.Patients = slices.DeleteFunc(f.Patients, func(p string) bool { return !slices.Contains(in.People, p) })
			if len(f.Patients) == 0 {
				return lifecycle.Filter{}, prescription.ErrNotFound
			}
		}
	case chain.RoleDoctor:
		f.Doctor, f.ExcludeDrafts = a.Person, false
	case chain.RoleReviewer:
		f.Hospital, f.Waiting = a.Org, slices.Equal(in.Statuses, []prescription.Status{prescription.Signed})
	case chain.RoleDispenser:
		f.Pharmacy, f.OldestFirst = a.Org, slices.Equal(in.Statuses, []prescription.Status{prescription.Claimed})
	case prescription.RoleRegulator:
	default:
		return lifecycle.Filter{}, prescription.ErrRole
	}
	if f.Doctor+f.Hospital+f.Pharmacy == "" && len(f.Patients) == 0 && a.Role != prescription.RoleRegulator {
		return lifecycle.Filter{}, prescription.ErrRole // an empty field would name everybody's
	}
	var err error
	f.Before, err = parseCursor(in.Cursor)
	return f, err
}

func parseCursor(c string) (lifecycle.Cursor, error) {
	if c == "" {
		return lifecycle.Cursor{}, nil
	}
	ms, id, _ := strings.Cut(c, ".")
	n, err := strconv.ParseInt(ms, 10, 64)
	rx, badID := prescription.ParseID(id)
	if err != nil || badID != nil {
		return lifecycle.Cursor{}, prescription.Invalid("cursor", "the text of the page before")
	}
	return lifecycle.Cursor{At: time.UnixMilli(n).UTC(), ID: rx}, nil
}

// EventView is one step with everything needed to check it offline: SM3(0x02 ‖ salt ‖ document) is
// the digest in the record's statement.
type EventView struct {
	Kind     chain.Kind `json:"kind" example:"rx.issue"`
	Seq      uint64     `json:"seq" example:"1"`
	Record   string     `json:"record" doc:"Record id on the chain" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Previous string     `json:"previous" doc:"Record id of the step before" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Person   string     `json:"person" doc:"Opaque id of the signer; empty: the organisation" example:"u7k2mq4xw5zt3yb6nc2da"`
	Role     chain.Role `json:"role" example:"doctor"`
	Org      string     `json:"org" example:"h1"`
	At       time.Time  `json:"at"`
	Document string     `json:"document" doc:"The signed document, byte for byte (RFC 8785 JSON); empty: taken in another organisation's application, which keeps it" example:"{\"diagnoses\":[\"J06.9\"],\"schema\":\"rx.issue/1\"}"`
	Salt     string     `json:"salt" doc:"base64; empty without a document" example:"q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA="`
}

// Events shows the signed documents with their salts to who may see the contents: ErrNotFound,
// ErrBadID.
func (s *Reading) Events(ctx context.Context, a intent.Actor, id string) ([]EventView, error) {
	db := s.DB.WithContext(ctx)
	p, err := s.Load(db, id)
	if err != nil {
		return nil, err
	}
	access := lifecycle.MaySee(a, p, "")
	if access.Sight != lifecycle.Everything {
		return nil, prescription.ErrNotFound
	}
	if err := s.noteAccess(ctx, a, p, access); err != nil {
		return nil, err
	}
	events, err := s.Store.Events(db, p.ID())
	if err != nil {
		return nil, err
	}
	out := []EventView{}
	for _, e := range events {
		out = append(out, EventView{
			Kind: e.Kind, Seq: e.Seq, Record: e.Record, Previous: e.Previous, Person: e.Person,
			Role: e.Role, Org: e.Org,
			At: e.At.UTC(), Document: string(e.Document), Salt: base64.Encode(e.Salt),
		})
	}
	return out, nil
}

// inEffect are the statuses in which a prescription has an effect or has had it: its visit is not
// cancelled under it.
var inEffect = []prescription.Status{prescription.Signed, prescription.Approved, prescription.Paid,
	prescription.Claimed, prescription.Dispensed}

// InEffect tells whether a visit has a prescription in effect, as the caller's transaction sees it.
func (s *Reading) InEffect(tx *gorm.DB, visit string) (bool, error) {
	list, err := s.Store.Page(tx, lifecycle.Filter{Visit: visit, Statuses: inEffect, Own: true, Limit: 1})
	return len(list.Items)+list.Unread > 0, err // of one that cannot be read nobody knows that it has none
}
