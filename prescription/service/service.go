// Package service is the prescription room as people use it: every step as an actor takes it, what
// each may read, and what the hospital does by itself.
package service

import (
	"context"
	"encoding/hex"
	"errors"
	"sync"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/act"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/announce"
	"github.com/smart-hospital/hospital/prescription/copies"
	"github.com/smart-hospital/hospital/prescription/ground"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/pharmacy"
	"github.com/smart-hospital/hospital/prescription/pickup"
	"github.com/smart-hospital/hospital/prescription/pricelist"
	"github.com/smart-hospital/hospital/prescription/reading"
	"github.com/smart-hospital/hospital/prescription/recheck"
	"github.com/smart-hospital/hospital/prescription/rules"
	"github.com/smart-hospital/hospital/prescription/stock"
)

// Deps is what a Service is built from; all but Kick, Pharmacies, Notices, Prices and Tails are
// needed.
type Deps struct {
	ground.Ground
	Stock         stock.Store
	Intents       *intent.Store
	Formulary     rules.Formulary
	Practitioners parties.Practitioners
	Visits        parties.Visits
	Confirmations ground.Confirmations
	Ledger        copies.Ledger
	Verify        func(ctx context.Context, r *chain.Receipt) error          // offline, by the members' lists
	Seal          func(ctx context.Context, org string) (intent.Seal, error) // an organisation's seal; ErrNotFound
	ChainID       string
	TraceKey      []byte // consortium key of the use-once tags, at least 32 bytes
	// member ids of those served here at this moment; without any no bundle is taken
	Pharmacies func() []string
	// version of statements the chain takes: chain.Node.Schema; nil: the first
	Schema  func(ctx context.Context) int
	Lease   time.Duration  // how long a claim holds; 0: DefaultLease
	Kick    func()         // wakes the relay after a commit
	Notices announce.Board // nil: nobody is told
	// Prices are what the hospital decided of the formulary's drugs; nil: the formulary's hold.
	Prices *pricelist.List
	// Tails are the last four characters of these persons' phone and document numbers; nil: there
	// are no short codes.
	Tails func(tx *gorm.DB, persons ...string) ([]string, error)
}

// Service is the room's door: every method checks what its actor may do, runs one command in one
// transaction, and returns what that actor may see. Methods are safe for concurrent use. What it
// does beside the signed steps is in its parts, whose methods are its own. A method without an
// actor serves another room or the hospital's own upkeep; what it may do is its caller's to judge.
type Service struct {
	Deps
	parts
	checks    *recheck.Checks
	unexpired sqlstore.PutOff // those whose expiry failed
	unlapsed  sqlstore.PutOff // those whose lock could not be given back
	refunds   struct {
		sync.Mutex
		from lifecycle.Cursor // where RefundsDue goes on
	}
}

// parts stand below the service, each with what it needs of Deps.
type parts struct {
	*pharmacy.Shelves
	*copies.Copies
	*reading.Reading
	*pickup.Shorts
}

const minTraceKey = 32

// New checks that nothing is missing.
func New(d Deps) (*Service, error) {
	switch {
	case d.DB == nil || d.Store == nil || d.Stock == nil || d.Intents == nil:
		return nil, errors.New("prescription: needs database, store, stock and intents")
	case d.Formulary == nil || d.Practitioners == nil || d.Visits == nil || d.Confirmations == nil || d.Ledger == nil:
		return nil, errors.New("prescription: needs formulary, practitioners, visits, confirmations and ledger")
	case d.Seal == nil || d.Verify == nil || d.ChainID == "" || d.Now == nil:
		return nil, errors.New("prescription: needs seal, verification, chain id and clock")
	case len(d.TraceKey) < minTraceKey:
		return nil, errors.New("prescription: the trace key has at least 32 bytes")
	}
	if d.Lease == 0 {
		d.Lease = lifecycle.DefaultLease
	}
	if d.Kick == nil {
		d.Kick = func() {}
	}
	if d.Pharmacies == nil {
		d.Pharmacies = func() []string { return nil }
	}
	s := &Service{Deps: d}
	s.checks = &recheck.Checks{Ground: d.Ground, Formulary: d.Formulary, Visits: d.Visits}
	s.Shelves = &pharmacy.Shelves{Ground: d.Ground, Stock: d.Stock, Formulary: d.Formulary,
		Practitioners: d.Practitioners, Pharmacies: d.Pharmacies}
	s.Copies = &copies.Copies{Ground: d.Ground, Shelves: s.Shelves, Ledger: d.Ledger, Formulary: d.Formulary,
		Verify: d.Verify, Seal: d.Seal, Notices: d.Notices, Kick: d.Kick}
	s.Reading = &reading.Reading{Ground: d.Ground, Confirmations: d.Confirmations, Checks: s.checks, Shelves: s.Shelves,
		Copies: s.Copies, Report: s.report}
	s.Shorts = &pickup.Shorts{Ground: d.Ground, Reading: s.Reading, Pharmacies: d.Pharmacies, Tails: d.Tails}
	return s, nil
}

// room is the service as the pipeline of all steps sees it.
func (s *Service) room() act.Room[*gorm.DB] {
	r := act.On(s.DB, s.Intents)
	r.Chain, r.Prefix, r.Seal, r.Now, r.Kick, r.Stale = s.ChainID, chain.SubjectRx, s.Seal, s.Now, s.Kick,
		prescription.ErrStale
	return r
}

// tag is the use-once tag of a trace code: equal for all members, useless to who lacks the key.
func (s *Service) tag(code string) string {
	return hex.EncodeToString(gm.HMAC(s.TraceKey, []byte(code)))
}

// DraftInput is what a doctor's page sends.
type DraftInput struct {
	Visit      string           `json:"visit,omitempty" doc:"Consultation; may be left out when it supersedes a rejected prescription" example:"c-01JD"`
	Diagnoses  []string         `json:"diagnoses,omitempty" doc:"ICD-10 codes" maxItems:"5" example:"[\"J20.9\"]"`
	Items      []ItemInput      `json:"items,omitempty" maxItems:"20"`
	ValidDays  int              `json:"validDays,omitempty" doc:"1 to 3; 3 when left out" minimum:"0" maximum:"3" example:"3"`
	LongTerm   rules.LongTerm   `json:"longTerm,omitzero"`
	Overrides  []rules.Override `json:"overrides,omitempty" maxItems:"50"`
	Supersedes string           `json:"supersedes,omitempty" doc:"A rejected prescription to rework; its contents are copied when items are left out" example:"RX20261122442427997927"`
}

// ItemInput is one line as written.
type ItemInput struct {
	Drug      string          `json:"drug" doc:"Catalogue code" example:"D0001"`
	Dose      medicine.Amount `json:"dose" doc:"Single dose in the drug's dose unit" example:"0.5"`
	Frequency string          `json:"frequency" doc:"Frequency code" example:"tid"`
	Route     string          `json:"route" doc:"Route code" example:"po"`
	Days      int             `json:"days" minimum:"1" maximum:"84" example:"5"`
	Packages  int64           `json:"packages" minimum:"1" maximum:"99" example:"2"`
	Notes     string          `json:"notes,omitempty" maxLength:"200" example:"饭后服用"`
}

// resolve looks every code up: ErrInvalid names the first that is unknown.
func (s *Service) resolve(in DraftInput) (lifecycle.Content, error) {
	c := lifecycle.Content{ValidDays: in.ValidDays, LongTerm: in.LongTerm, Overrides: in.Overrides}
	for i, code := range in.Diagnoses {
		d, ok := s.Formulary.Diagnosis(code)
		if !ok {
			return lifecycle.Content{}, prescription.Invalid(prescription.Nth("diagnoses", i),
				"an ICD-10 code of the catalogue")
		}
		c.Diagnoses = append(c.Diagnoses, d)
	}
	for i, line := range in.Items {
		it, err := s.item(line, prescription.Nth("items", i))
		if err != nil {
			return lifecycle.Content{}, err
		}
		c.Items = append(c.Items, it)
	}
	return c, nil
}

func (s *Service) item(in ItemInput, path string) (medicine.Item, error) {
	d, ok := s.Formulary.Drug(in.Drug)
	if !ok {
		return medicine.Item{}, prescription.Invalid(path+".drug", "a code of the catalogue")
	}
	f, ok := s.Formulary.Frequency(in.Frequency)
	if !ok {
		return medicine.Item{}, prescription.Invalid(path+".frequency", "a code of the catalogue")
	}
	r, ok := s.Formulary.Route(in.Route)
	if !ok {
		return medicine.Item{}, prescription.Invalid(path+".route", "a code of the catalogue")
	}
	return medicine.Item{Drug: d, Dose: in.Dose, Frequency: f, Route: r, Days: in.Days, Packages: in.Packages,
			Notes: in.Notes},
		nil
}

// inputOf is the reverse of resolve, to take a prescription up again.
func inputOf(p *lifecycle.Prescription) DraftInput {
	in := DraftInput{Visit: p.State().Visit, ValidDays: p.State().ValidDays, LongTerm: p.State().LongTerm}
	for _, d := range p.State().Diagnoses {
		in.Diagnoses = append(in.Diagnoses, d.Code)
	}
	for _, it := range p.State().Items {
		in.Items = append(in.Items, ItemInput{
			Drug: it.Drug.Code, Dose: it.Dose, Frequency: it.Frequency.Code, Route: it.Route.Code, Days: it.Days,
			Packages: it.Packages, Notes: it.Notes,
		})
	}
	return in
}
