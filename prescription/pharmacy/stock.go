// Package pharmacy is what pharmacies have for prescriptions: stock, what is reserved of it, who means
// to come.
package pharmacy

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/ground"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/rules"
	"github.com/smart-hospital/hospital/prescription/stock"
)

// Shelves are the stocks of the pharmacies served here: what they have, what claims reserve of it, and
// which patients mean to come.
type Shelves struct {
	ground.Ground
	Stock         stock.Store
	Formulary     rules.Formulary
	Practitioners parties.Practitioners
	Pharmacies    func() []string // member ids of those served here at this moment
}

// Move moves what a step needs: *OutOfStockError when a claim asks for more than is free.
func (s *Shelves) Move(tx *gorm.DB, p *lifecycle.Prescription, kind chain.Kind, pharmacy string,
	act lifecycle.Act) error {
	if err := s.InStock(tx, p, kind, pharmacy); err != nil {
		return err
	}
	return s.Stock.Move(tx, stock.Movements(stock.Step{Kind: kind, Pharmacy: pharmacy, Record: act.Record,
		Person: act.Person, At: act.Taken}, p.State().Items))
}

// InStock refuses a claim that the pharmacy cannot fill: *OutOfStockError with the prescription's
// items.
func (s *Shelves) InStock(tx *gorm.DB, p *lifecycle.Prescription, kind chain.Kind, pharmacy string) error {
	if kind != chain.KindClaim {
		return nil
	}
	// fails on a line that cannot be read: nobody knows what it would reserve
	lines, err := s.Stock.StockOf(tx, pharmacy, stock.Drugs(p.State().Items))
	if err != nil {
		return err
	}
	if missing := stock.Lacking(p.State().Items, lines); len(missing) > 0 {
		return &stock.OutError{Missing: missing}
	}
	return nil
}

// Unreserve gives back what a claim reserved in a pharmacy served here when somebody else ended it:
// the hospital, or the end of the validity.
func (s *Shelves) Unreserve(tx *gorm.DB, p *lifecycle.Prescription, held *lifecycle.Claim, act lifecycle.Act) error {
	if held == nil || held.Elsewhere() || p.State().Claim != nil || p.State().Former == nil {
		return nil
	}
	return s.Stock.Move(tx, stock.Movements(stock.Step{Kind: chain.KindRelease, Pharmacy: held.Pharmacy,
		Record: act.Record, Person: act.Person, At: act.Taken}, p.State().Items))
}

// Availability says whether a pharmacy could hand out a prescription now. It promises nothing: only
// a claim reserves.
type Availability struct {
	Pharmacy string `json:"pharmacy" doc:"Member id" example:"p1"`
	Complete bool   `json:"complete" doc:"Everything is in stock"`
	Missing  []int  `json:"missing" doc:"Indexes of the items it lacks" example:"[0]"`
}

// Availability looks into the stock of each pharmacy served here for who may see the prescription's
// contents: ErrBadID, ErrNotFound. The holder of a claim counts as complete, because the packages
// are reserved there. Of other applications' pharmacies nothing is known here.
func (s *Shelves) Availability(ctx context.Context, a intent.Actor, id string) ([]Availability, error) {
	db := s.DB.WithContext(ctx)
	p, err := s.Load(db, id)
	if err != nil {
		return nil, err
	}
	if lifecycle.MaySee(a, p, "").Sight != lifecycle.Everything {
		return nil, prescription.ErrNotFound
	}
	out := []Availability{}
	for _, ph := range s.Pharmacies() {
		v := Availability{Pharmacy: ph, Complete: true, Missing: []int{}}
		if p.State().Claim == nil || p.State().Claim.Pharmacy != ph {
			lines, err := s.shelf(db, ph, p)
			if err != nil {
				return nil, err
			}
			for _, m := range stock.Lacking(p.State().Items, lines) {
				v.Complete, v.Missing = false, append(v.Missing, m.Item)
			}
		}
		out = append(out, v)
	}
	return out, nil
}

// shelf is what a pharmacy has for a prescription, to look at. A line that cannot be read counts as
// empty, because no claim can reserve of it.
func (s *Shelves) shelf(db *gorm.DB, pharmacy string, p *lifecycle.Prescription) ([]stock.Line, error) {
	lines, err := s.Stock.StockOf(db, pharmacy, stock.Drugs(p.State().Items))
	if errors.Is(err, lifecycle.ErrStored) {
		err = nil
	}
	return lines, err
}

// StockView is a stock line as its pharmacy sees it.
type StockView struct {
	Drug     string `json:"drug" doc:"Catalogue code" example:"D0001"`
	NameZH   string `json:"nameZh" example:"阿莫西林胶囊"`
	NameEN   string `json:"nameEn" example:"Amoxicillin"`
	Strength string `json:"strength" example:"0.25g"`
	Unit     string `json:"unit" doc:"Of a package" example:"盒"`
	OnHand   int64  `json:"onHand" doc:"Packages on the shelf" example:"40"`
	Reserved int64  `json:"reserved" doc:"Of these, promised to claimed prescriptions" example:"2"`
	Free     int64  `json:"free" doc:"What another prescription may still claim" example:"38"`
	Minimum  int64  `json:"minimum" doc:"Free packages that the pharmacy wants to have at least; 0: it set none" example:"10"`
	Version  int64  `json:"version" doc:"Send it back with a change; 0: never had it" example:"3"`
}

func (s *Shelves) stockView(l stock.Line) StockView {
	v := StockView{Drug: l.Drug, OnHand: l.OnHand, Reserved: l.Reserved, Free: l.Free(), Version: l.Version}
	if d, ok := s.Formulary.Drug(l.Drug); ok {
		v.NameZH, v.NameEN, v.Strength, v.Unit = d.NameZH, d.NameEN, d.Strength, d.PackageUnit
	}
	return v
}

// StockList returns the actor's own pharmacy's lines: of the given drugs, with zeros for those it
// never had, or the page after a code when there are none; short: only those below their minimum.
// ErrRole.
func (s *Shelves) StockList(ctx context.Context, a intent.Actor, drugs []string, short bool, after string,
	limit int) ([]StockView, error) {
	list, err := s.stockList(ctx, a, drugs, short, after, limit)
	if err != nil {
		return nil, err
	}
	codes := make([]string, len(list))
	for i, v := range list {
		codes[i] = v.Drug
	}
	minimums, err := s.Stock.Minimums(s.DB.WithContext(ctx), a.Org, codes)
	for i := range list {
		list[i].Minimum = minimums[list[i].Drug]
	}
	return list, err
}

func (s *Shelves) stockList(ctx context.Context, a intent.Actor, drugs []string, short bool, after string,
	limit int) ([]StockView, error) {
	if a.Role != chain.RoleDispenser || a.Org == "" {
		return nil, prescription.ErrRole
	}
	db := s.DB.WithContext(ctx)
	if limit < 1 || limit > stock.MaxListed {
		limit = stock.MaxListed
	}
	out := []StockView{}
	if drugs == nil {
		page := s.Stock.StockPage
		if short {
			page = s.Stock.ShortPage
		}
		lines, err := page(db, a.Org, after, limit)
		for _, l := range lines {
			out = append(out, s.stockView(l))
		}
		return out, err
	}
	// fails on one that cannot be read: it must not look like a drug they never had
	lines, err := s.Stock.StockOf(db, a.Org, drugs)
	if err != nil {
		return nil, err
	}
	have := map[string]stock.Line{}
	for _, l := range lines {
		have[l.Drug] = l
	}
	for _, code := range drugs {
		l := have[code]
		l.Pharmacy, l.Drug = a.Org, code
		out = append(out, s.stockView(l))
	}
	return out, nil
}

// StockInput is a delivery or a correction.
type StockInput struct {
	Kind     stock.MovementKind `json:"kind" enum:"delivery,correction" doc:"delivery adds packages; correction says how many were counted on the shelf"`
	Packages int64              `json:"packages" minimum:"0" maximum:"1000000" example:"40"`
	Reason   string             `json:"reason" minLength:"4" maxLength:"500" doc:"Delivery note, or why the count differs" example:"盘点差异"`
	Version  int64              `json:"version" minimum:"0" doc:"Version of the line that was seen; 0 for a drug the pharmacy never had" example:"3"`
}

func (in *StockInput) check(line stock.Line) error {
	switch {
	case in.Kind != stock.MoveDelivery && in.Kind != stock.MoveCorrection:
		return prescription.Invalid("kind", "delivery or correction")
	case in.Packages < 0 || in.Packages > stock.MaxOnHand || (in.Kind == stock.MoveDelivery && in.Packages == 0):
		return prescription.Invalid("packages", "0 to 1000000; a delivery has at least 1")
	case in.Kind == stock.MoveDelivery && line.OnHand+in.Packages > stock.MaxOnHand:
		return prescription.Invalid("packages", "at most 1000000 together")
	case in.Kind == stock.MoveCorrection && in.Packages < line.Reserved:
		return prescription.Invalid("packages", "not fewer than are promised to claimed prescriptions: release those first")
	case !prescription.CleanReason(&in.Reason):
		return prescription.Invalid("reason", "4 to 500 characters")
	}
	return nil
}

// ChangeStock takes a delivery or a correction into the actor's own pharmacy's stock: ErrRole also
// when the licence has run out, ErrNotFound for one not in the register, ErrInvalid (also for an
// unknown drug), sqlstore.ErrConflict for another version.
func (s *Shelves) ChangeStock(ctx context.Context, a intent.Actor, cmd sqlstore.Command, drug string,
	in StockInput) (*StockView, error) {
	if err := s.mayChange(ctx, a, drug); err != nil {
		return nil, err
	}
	v, _, err := sqlstore.Answer[*StockView](s.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		line := stock.Line{Pharmacy: a.Org, Drug: drug}
		lines, err := s.Stock.StockOf(tx, a.Org, []string{drug})
		if err != nil {
			return nil, err
		}
		if len(lines) == 1 {
			line = lines[0]
		}
		if line.Version != in.Version {
			return nil, sqlstore.ErrConflict
		}
		if err := in.check(line); err != nil {
			return nil, err
		}
		m := stock.Movement{Pharmacy: a.Org, Drug: drug, Kind: in.Kind, OnHand: in.Packages, Version: line.Version,
			Person: a.Person, Reason: in.Reason, At: s.Time()}
		if in.Kind == stock.MoveCorrection {
			m.OnHand -= line.OnHand
		}
		if err := s.Stock.Move(tx, []stock.Movement{m}); err != nil {
			return nil, err
		}
		line.OnHand, line.Version = line.OnHand+m.OnHand, line.Version+1
		return s.withMinimum(tx, line)
	}))
	return v, err
}

func (s *Shelves) withMinimum(tx *gorm.DB, line stock.Line) (StockView, error) {
	v := s.stockView(line)
	minimums, err := s.Stock.Minimums(tx, line.Pharmacy, []string{line.Drug})
	v.Minimum = minimums[line.Drug]
	return v, err
}

// mayChange refuses whoever may not change the own pharmacy's line of a drug, and an unknown drug.
func (s *Shelves) mayChange(ctx context.Context, a intent.Actor, drug string) error {
	if err := s.inOffice(ctx, a); err != nil {
		return err
	}
	if _, ok := s.Formulary.Drug(drug); !ok {
		return prescription.Invalid("drug", "a code of the catalogue")
	}
	return nil
}

// inOffice refuses whoever may not change the own pharmacy's stock: ErrRole.
func (s *Shelves) inOffice(ctx context.Context, a intent.Actor) error {
	if a.Role != chain.RoleDispenser || a.Org == "" {
		return prescription.ErrRole
	}
	if who, err := s.Practitioners.Dispenser(ctx, a.Person); err != nil {
		return err
	} else if who.Pharmacy != a.Org || lifecycle.Licensed(who, s.Time()) != nil {
		return prescription.ErrRole
	}
	return nil
}

// SetMinimum says below how many free packages of a drug the actor's own pharmacy is warned; 0: never,
// also of a drug that has left the catalogue since. Errors as of ChangeStock, but for the version: a
// minimum changes no stock.
func (s *Shelves) SetMinimum(ctx context.Context, a intent.Actor, cmd sqlstore.Command, drug string,
	minimum int64) (*StockView, error) {
	err := s.inOffice(ctx, a)
	if minimum != 0 {
		err = s.mayChange(ctx, a, drug)
	}
	if err != nil {
		return nil, err
	}
	if minimum < 0 || minimum > stock.MaxOnHand {
		return nil, prescription.Invalid("minimum", "0 to 1000000")
	}
	v, _, err := sqlstore.Answer[*StockView](s.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		if err := s.Stock.SetMinimum(tx, a.Org, drug, minimum, a.Person, s.Time()); err != nil {
			return nil, err
		}
		line := stock.Line{Pharmacy: a.Org, Drug: drug}
		lines, err := s.Stock.StockOf(tx, a.Org, []string{drug})
		if err != nil {
			return nil, err
		}
		if len(lines) == 1 {
			line = lines[0]
		}
		return s.withMinimum(tx, line)
	}))
	return v, err
}

// FillStock gives a pharmacy a first delivery of drugs it never had, and leaves every line that
// exists alone: calling it again finishes what a crash left. It is for setting a pharmacy up, not
// for its daily work.
func (s *Shelves) FillStock(ctx context.Context, pharmacy string, packages map[string]int64, reason string) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		var codes []string
		for code := range packages {
			codes = append(codes, code)
		}
		lines, err := s.Stock.StockOf(tx, pharmacy, codes)
		if err != nil {
			return err
		}
		known := map[string]bool{}
		for _, l := range lines {
			known[l.Drug] = true
		}
		var list []stock.Movement
		for code, n := range packages {
			if !known[code] {
				list = append(list, stock.Movement{Pharmacy: pharmacy, Drug: code, Kind: stock.MoveDelivery, OnHand: n,
					Reason: reason, At: s.Time()})
			}
		}
		return s.Stock.Move(tx, list)
	})
}
