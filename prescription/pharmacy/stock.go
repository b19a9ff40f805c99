// Package pharmacy is what pharmacies have for prescriptions: stock, what is reserved of it, who
// means to come.
package pharmacy

import (
	"context"
	"errors"
	"slices"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/ground"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/rules"
	"github.com/smart-hospital/hospital/prescription/stock"
	"github.com/smart-hospital/hospital/prescription/trace"
)

// Shelves are the stocks of the pharmacies served here: what they have, what claims reserve of it,
// and which patients mean to come.
type Shelves struct {
	ground.Ground
	Stock         stock.Store
	Formulary     rules.Formulary
	Practitioners parties.Practitioners
	Pharmacies    func() []string // member ids of those served here at this moment
}

// Move moves what a step needs, of the lots that InStock picked: its errors.
func (s *Shelves) Move(tx *gorm.DB, p *lifecycle.Prescription, kind chain.Kind, pharmacy string,
	act lifecycle.Act, handed []trace.DispensedItem) error {
	picked, err := s.InStock(tx, p, kind, pharmacy, handed)
	if err != nil {
		return err
	}
	var list []stock.Movement
	for _, m := range stock.Movements(stock.Step{Kind: kind, Pharmacy: pharmacy, Record: act.Record,
		Person: act.Person, At: act.Taken}, p.State().Items) {
		if kind != chain.KindDispense {
			list = append(list, m)
			continue
		}
		for _, t := range picked[m.Drug] {
			m.OnHand, m.Reserved, m.Lot = -t.Packages, -t.Packages, t.Lot
			list = append(list, m)
		}
	}
	return s.Stock.Move(tx, list)
}

// InStock refuses a claim that the pharmacy cannot fill, and a hand-out for which only expired
// packages are left: *OutOfStockError with the prescription's items. A scanned package of a lot
// that has expired is ErrRefused. It returns the lots of a hand-out by drug; handed are its
// packages as scanned.
func (s *Shelves) InStock(tx *gorm.DB, p *lifecycle.Prescription, kind chain.Kind, pharmacy string,
	handed []trace.DispensedItem) (map[string][]stock.Take, error) {
	if kind != chain.KindClaim && kind != chain.KindDispense {
		return nil, nil
	}
	items := p.State().Items
	scanned := map[string][]string{} // the lots that codes named, by drug; one a package
	first := map[string]int{}
	var named []string
	for _, h := range handed {
		code := items[h.Item].Drug.Code
		if at, seen := first[code]; !seen || h.Item < at {
			first[code] = h.Item
		}
		for _, c := range h.TraceCodes {
			lot := trace.BatchOf(c, s.Time()).Lot
			scanned[code] = append(scanned[code], lot)
			named = append(named, lot) // one that was written off is known to have expired, too
		}
	}
	// fails on a line that cannot be read: nobody knows what it would reserve
	lines, lots, err := s.lines(tx, pharmacy, stock.Drugs(items), named...)
	if err != nil {
		return nil, err
	}
	if kind == chain.KindClaim {
		if missing := stock.Lacking(items, lines); len(missing) > 0 {
			return nil, &stock.OutError{Missing: missing}
		}
		return nil, nil
	}
	picked, today := map[string][]stock.Take{}, china.Day(s.Time())
	var missing []stock.Shortage
	for _, l := range lines {
		take, lacks, expired := stock.Pick(l, lots[l.Drug], scanned[l.Drug], today)
		if expired != "" {
			return nil, rules.RuleExpiredGoods.Refuse(prescription.Nth("items", first[l.Drug]),
				"批号 "+expired+" 已过有效期，不得发出", "lot "+expired+" has expired: do not hand it out")
		}
		if lacks > 0 {
			needed := int64(len(scanned[l.Drug]))
			missing = append(missing, stock.Shortage{Item: first[l.Drug], Needed: needed, Free: needed - lacks})
		}
		picked[l.Drug] = take
	}
	if len(missing) > 0 {
		slices.SortFunc(missing, func(a, b stock.Shortage) int { return a.Item - b.Item })
		return nil, &stock.OutError{Missing: missing}
	}
	return picked, nil
}

// lines are StockOf with what of each has expired, and the lots by drug; those that are named also
// when none of them is left.
func (s *Shelves) lines(tx *gorm.DB, pharmacy string, drugs []string,
	named ...string) ([]stock.Line, map[string][]stock.Lot, error) {
	lines, err := s.Stock.StockOf(tx, pharmacy, drugs)
	if err != nil {
		return lines, nil, err
	}
	lots, err := s.lotsOf(tx, pharmacy, drugs, named...)
	return s.withExpired(lines, lots), lots, err
}

func (s *Shelves) lotsOf(tx *gorm.DB, pharmacy string, drugs []string,
	named ...string) (map[string][]stock.Lot, error) {
	of := map[string][]stock.Lot{}
	list, err := s.Stock.Lots(tx, pharmacy, drugs, named...)
	for _, l := range list {
		of[l.Drug] = append(of[l.Drug], l)
	}
	return of, err
}

func (s *Shelves) withExpired(lines []stock.Line, lots map[string][]stock.Lot) []stock.Line {
	for i := range lines {
		lines[i].Expired = stock.Expired(lots[lines[i].Drug], china.Day(s.Time()))
	}
	return lines
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
			lines, err := s.shelf(db, ph, stock.Drugs(p.State().Items))
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

// shelf is what a pharmacy has of some drugs, to look at. A line that cannot be read counts as
// empty, because no claim can reserve of it; a lot that cannot be read does as well.
func (s *Shelves) shelf(db *gorm.DB, pharmacy string, drugs []string) ([]stock.Line, error) {
	lines, err := s.Stock.StockOf(db, pharmacy, drugs)
	if err != nil && !errors.Is(err, lifecycle.ErrStored) {
		return nil, err
	}
	lots, err := s.lotsOf(db, pharmacy, drugs)
	if err != nil && !errors.Is(err, lifecycle.ErrStored) {
		return nil, err
	}
	return s.withExpired(lines, lots), nil
}

// StockView is a stock line as its pharmacy sees it.
type StockView struct {
	Drug     string    `json:"drug" doc:"Catalogue code" example:"D0001"`
	NameZH   string    `json:"nameZh" example:"阿莫西林胶囊"`
	NameEN   string    `json:"nameEn" example:"Amoxicillin"`
	Strength string    `json:"strength" example:"0.25g"`
	Unit     string    `json:"unit" doc:"Of a package" example:"盒"`
	OnHand   int64     `json:"onHand" doc:"Packages on the shelf" example:"40"`
	Reserved int64     `json:"reserved" doc:"Of these, promised to claimed prescriptions" example:"2"`
	Expired  int64     `json:"expired" doc:"Of onHand, past their last day of use: not to be handed out" example:"0"`
	Expires  string    `json:"expires,omitempty" doc:"The earliest last day of use of a lot here" example:"2027-06-30"`
	Lots     []LotView `json:"lots" doc:"Of known lots, the one to hand out first in front; what onHand has beyond them is of an unknown lot"`
	Free     int64     `json:"free" doc:"What another prescription may still claim" example:"38"`
	Minimum  int64     `json:"minimum" doc:"Free packages that the pharmacy wants to have at least; 0: it set none" example:"10"`
	Version  int64     `json:"version" doc:"Send it back with a change; 0: never had it" example:"3"`
}

func (s *Shelves) stockView(l stock.Line, lots []stock.Lot) StockView {
	v := StockView{Drug: l.Drug, OnHand: l.OnHand, Reserved: l.Reserved, Expired: l.Expired, Free: l.Free(),
		Version: l.Version, Lots: []LotView{}}
	for _, lot := range lots {
		v.Lots = append(v.Lots, LotView{lot.Lot, lot.Expires, lot.OnHand, lot.Expired(china.Day(s.Time()))})
	}
	if len(lots) > 0 {
		v.Expires = lots[0].Expires
	}
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
		lines, err := s.Stock.StockPage(db, a.Org, after, limit)
		if short {
			lines, err = s.Stock.ShortPage(db, a.Org, china.Day(s.Time()), after, limit)
		}
		if err != nil {
			return nil, err
		}
		codes := make([]string, len(lines))
		for i, l := range lines {
			codes[i] = l.Drug
		}
		lots, err := s.lotsOf(db, a.Org, codes)
		for _, l := range s.withExpired(lines, lots) {
			out = append(out, s.stockView(l, lots[l.Drug]))
		}
		return out, err
	}
	// fails on one that cannot be read: it must not look like a drug they never had
	lines, lots, err := s.lines(db, a.Org, drugs)
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
		out = append(out, s.stockView(l, lots[code]))
	}
	return out, nil
}

// StockInput is a change of the pharmacy's own: goods received, counted, written off or sent back.
type StockInput struct {
	Kind     stock.MovementKind `json:"kind" enum:"delivery,correction,writeoff,return" doc:"delivery adds packages; correction says how many were counted; writeoff and return take packages away"`
	Packages int64              `json:"packages" minimum:"0" maximum:"1000000" example:"40"`
	Lot      string             `json:"lot,omitempty" maxLength:"20" doc:"Lot (批号) of the packages; empty: not known, and of a correction the whole shelf" example:"B20260713"`
	Expires  string             `json:"expires,omitempty" maxLength:"10" doc:"The lot's last day of use; needed for a lot that the pharmacy does not have" example:"2028-06-30"`
	Reason   string             `json:"reason" minLength:"4" maxLength:"500" doc:"Delivery note, or why the count differs, or why goods leave" example:"盘点差异"`
	Version  int64              `json:"version" minimum:"0" doc:"Version of the line that was seen; 0 for a drug the pharmacy never had" example:"3"`
}

// change is what the input moves of a line: ErrInvalid.
func (in *StockInput) change(line stock.Line, lots []stock.Lot, today string) (int64, error) {
	has, known := stock.Unknown(line, lots), false
	for _, l := range lots {
		if in.Lot != "" && l.Lot == in.Lot {
			has, known = l.OnHand, true
			if in.Expires == "" {
				in.Expires = l.Expires
			}
		}
	}
	if in.Lot != "" && !known {
		has = 0
	}
	if err := in.check(!known && len(lots) >= stock.MaxLots, today); err != nil {
		return 0, err
	}
	change := in.Packages
	switch in.Kind {
	case stock.MoveCorrection:
		if change -= has; in.Lot == "" { // the whole shelf
			change = in.Packages - line.OnHand
		}
	case stock.MoveWriteOff, stock.MoveReturn:
		change = -in.Packages
	}
	leaves := in.Kind == stock.MoveWriteOff || in.Kind == stock.MoveReturn
	good := in.Lot == "" || in.Expires >= today
	switch after := line.OnHand + change; {
	case has+change < 0 && in.Kind == stock.MoveCorrection:
		return 0, prescription.Invalid("packages", "not fewer than the known lots have together: count each lot")
	case has+change < 0:
		return 0, prescription.Invalid("packages", "not more than there are of this lot")
	case after < line.Reserved, leaves && good && after-line.Expired < line.Reserved:
		return 0, prescription.Invalid("packages",
			"not fewer than are promised to claimed prescriptions: release those first")
	case after > stock.MaxOnHand:
		return 0, prescription.Invalid("packages", "at most 1000000 together")
	}
	return change, nil
}

func (in *StockInput) check(full bool, today string) error {
	takes := in.Kind == stock.MoveWriteOff || in.Kind == stock.MoveReturn
	adds := in.Kind == stock.MoveDelivery
	switch {
	case !takes && !adds && in.Kind != stock.MoveCorrection:
		return prescription.Invalid("kind", "delivery, correction, writeoff or return")
	case in.Packages < 0 || in.Packages > stock.MaxOnHand || (in.Packages == 0 && (takes || adds)):
		return prescription.Invalid("packages", "0 to 1000000; only a count may be 0")
	case in.Lot != "" && !stock.IsLot(in.Lot):
		return prescription.Invalid("lot", "1 to 20 letters, digits and signs, without blanks")
	case in.Lot == "" && in.Expires != "":
		return prescription.Invalid("lot", "needed with a last day of use")
	case in.Lot != "" && !china.IsDay(in.Expires):
		return prescription.Invalid("expires", "the lot's last day of use, YYYY-MM-DD")
	case adds && in.Lot != "" && in.Expires < today:
		return prescription.Invalid("expires", "expired goods are not taken in")
	case in.Lot != "" && full:
		return prescription.Invalid("lot", "at most 200 lots of one drug: count those that are used up as 0")
	case !prescription.CleanReason(&in.Reason):
		return prescription.Invalid("reason", "4 to 500 characters")
	}
	return nil
}

// ChangeStock takes goods received, counted, written off or sent back into the actor's own
// pharmacy's stock: ErrRole also when the licence has run out, ErrNotFound for one not in the
// register, ErrInvalid (also for an unknown drug), sqlstore.ErrConflict for another version.
func (s *Shelves) ChangeStock(ctx context.Context, a intent.Actor, cmd sqlstore.Command, drug string,
	in StockInput) (*StockView, error) {
	if err := s.mayChange(ctx, a, drug); err != nil {
		return nil, err
	}
	v, _, err := sqlstore.Answer[*StockView](s.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		line, lots, err := s.line(tx, a.Org, drug)
		if err != nil {
			return nil, err
		}
		if line.Version != in.Version {
			return nil, sqlstore.ErrConflict
		}
		change, err := in.change(line, lots, china.Day(s.Time()))
		if err != nil {
			return nil, err
		}
		m := stock.Movement{Pharmacy: a.Org, Drug: drug, Kind: in.Kind, OnHand: change, Version: line.Version,
			Person: a.Person, Reason: in.Reason, Lot: in.Lot, Expires: in.Expires, At: s.Time()}
		moves := []stock.Movement{m}
		// What is counted of a lot stood in the books as of no known lot, as far as there is some.
		named := min(change, stock.Unknown(line, lots))
		if in.Kind == stock.MoveCorrection && in.Lot != "" && named > 0 {
			m.OnHand, m.Lot, m.Expires, m.Version = -named, "", "", stock.AnyVersion
			moves = append(moves, m)
		}
		err = s.Stock.Move(tx, moves)
		if errors.Is(err, stock.ErrOtherExpiry) {
			err = prescription.Invalid("expires", "not the last day that this lot was received with")
		}
		if err != nil {
			return nil, err
		}
		return s.viewOf(tx, a.Org, drug)
	}))
	return v, err
}

// line is one line with its lots; zeros for a drug that the pharmacy never had.
func (s *Shelves) line(tx *gorm.DB, pharmacy, drug string) (stock.Line, []stock.Lot, error) {
	lines, lots, err := s.lines(tx, pharmacy, []string{drug})
	if err != nil || len(lines) == 0 {
		return stock.Line{Pharmacy: pharmacy, Drug: drug}, nil, err
	}
	return lines[0], lots[drug], nil
}

func (s *Shelves) viewOf(tx *gorm.DB, pharmacy, drug string) (StockView, error) {
	line, lots, err := s.line(tx, pharmacy, drug)
	if err != nil {
		return StockView{}, err
	}
	v := s.stockView(line, lots)
	minimums, err := s.Stock.Minimums(tx, pharmacy, []string{drug})
	v.Minimum = minimums[drug]
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

// SetMinimum says below how many free packages of a drug the actor's own pharmacy is warned; 0:
// never, also of a drug that has left the catalogue since. Errors as of ChangeStock, but for the
// version: a minimum changes no stock.
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
		return s.viewOf(tx, a.Org, drug)
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
