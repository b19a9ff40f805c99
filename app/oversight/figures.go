package oversight

import (
	"context"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/app/oversight/span"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// fewest is the number of persons from which on a cell is shown: below it a person might be known
// again.
const fewest = 11

// shown is what becomes of a cell when it is published.
type shown int

const (
	exact    shown = iota
	few            // of 1 to 10 persons
	withheld       // it would tell another one by subtraction
	part           // a month of which some days are hidden: n is what the others add up to
)

// cell is a number on its way out. Only what exact and part cells have in n, took and timed ever
// enters a sum: every published number is a function of published cells, so that no two totals can
// be subtracted to learn a hidden one.
type cell struct {
	cellRow
	shown shown
}

func (c *cell) hide(as shown) { c.shown, c.N, c.Took, c.Timed = as, 0, 0, 0 }

// publish decides over the cells of one organisation in one period. A cell of 1 to 10 persons is
// hidden; and of the outcomes of the same thing the smallest others as well, until at least two are
// hidden and these have 11 persons: what the whole and the rest are tells what the hidden ones add
// up to.
func publish(cells []cell, outcomes [][]chain.Kind) {
	for i := range cells {
		if cells[i].People < fewest {
			cells[i].hide(few)
		}
	}
	complement(cells, outcomes)
}

// complement is publish's second part. A cell that is a part of its number is shown no more than it
// is, and hides the rest by itself.
func complement(cells []cell, outcomes [][]chain.Kind) {
	for changed := true; changed; {
		changed = false
		for _, whole := range outcomes {
			hidden, people, smallest := 0, int64(0), -1
			for i, c := range cells {
				switch {
				case !slices.Contains(whole, chain.Kind(c.Kind)):
				case c.shown == part:
					hidden, people = hidden+2, people+fewest
				case c.shown != exact:
					hidden, people = hidden+1, people+c.People
				case smallest < 0 || c.N < cells[smallest].N:
					smallest = i
				}
			}
			if hidden > 0 && (hidden < 2 || people < fewest) && smallest >= 0 {
				cells[smallest].hide(withheld)
				changed = true
			}
		}
	}
}

// publishMonth decides over a month's cell by what its days show. Its own number is told when it is
// over, every day of it that has records is hidden, and there are two of them at least: then no sum
// of days comes near it. Else it is the sum of the days that are shown.
func publishMonth(month cell, days []cell, over bool) cell {
	hidden := 0
	sum := cell{cellRow: cellRow{Unit: Month, Period: month.Period, Org: month.Org, Kind: month.Kind}}
	for _, d := range days {
		if d.shown != exact {
			hidden++
		}
		sum.N, sum.Took, sum.Timed = sum.N+d.N, sum.Took+d.Took, sum.Timed+d.Timed
	}
	switch {
	case hidden == 0:
		return sum
	case hidden < len(days):
		sum.shown = part
		return sum
	case month.People < fewest:
		month.hide(few)
	case !over || hidden < 2:
		month.hide(withheld)
	}
	return month
}

// Sum is what published cells add up to.
type Sum struct {
	N      int64  `json:"n" doc:"Records of the cells that are shown" example:"120"`
	Hidden int64  `json:"hidden" doc:"Cells with records that are left out of n: of 1 to 10 persons, or such that one of those could be told by subtraction" example:"1"`
	Few    bool   `json:"few" doc:"It is one hidden cell, of 1 to 10 persons" example:"false"`
	TookMS *int64 `json:"tookMs,omitempty" doc:"Mean time since the subject's record before, of the cells that are shown, in milliseconds" example:"432000"`
}

// sum is what is told of a tally.
func (t tally) sum() (s Sum) {
	s = Sum{N: t.N, Hidden: t.Hidden, Few: t.Few == 1 && t.Hidden == 1 && t.N == 0}
	if t.Timed > 0 {
		mean := t.Took / t.Timed
		s.TookMS = &mean
	}
	return s
}

// OrgSum is one organisation's.
type OrgSum struct {
	Org string `json:"org" example:"h1"`
	Sum Sum    `json:"sum"`
}

// Series are the figures of one kind of record.
type Series struct {
	Kind    chain.Kind `json:"kind" example:"rx.issue"`
	Total   Sum        `json:"total"`
	Periods []Sum      `json:"periods" doc:"One for each of the periods"`
	Orgs    []OrgSum   `json:"orgs" doc:"Of the organisations with such records in these periods"`
}

// Figures are what the chain's records add up to. It carries no visits, no drugs and no amounts.
type Figures struct {
	Unit    string     `json:"unit" enum:"day,month"`
	Periods []string   `json:"periods" doc:"Civil days or months in China, ascending" example:"[\"2026-11-30\",\"2026-12-01\"]"`
	Series  []Series   `json:"series" doc:"One for each kind that is counted, those without records as well"`
	Records uint64     `json:"records" doc:"Records of the log that are counted; the rest is on its way" example:"33"`
	Until   *time.Time `json:"until,omitempty" doc:"Time of the newest of them"`
}

// Asked says which figures are wanted.
type Asked struct {
	Unit     string
	From, To string // days; of a month any day
	Org      string // empty: all
}

// Figures adds published cells up: invalid.ErrInput.
func (s *Service) Figures(ctx context.Context, a Asked) (Figures, error) {
	place, err := loadCellsPlace(s.cfg.DB.WithContext(ctx))
	if err != nil {
		return Figures{}, err
	}
	return s.figures(ctx, a, place)
}

// figures are the same whatever of a place is decided: what is not is decided on the way.
func (s *Service) figures(ctx context.Context, a Asked, place cellsPlace) (out Figures, err error) {
	out.Unit = a.Unit
	if out.Periods, err = span.List(a.Unit, a.From, a.To); err != nil {
		return out, err
	}
	if out.Records = place.Records; place.Records > 0 {
		at := time.UnixMilli(place.Last).UTC()
		out.Until = &at
	}
	told, err := s.told(ctx, a, out.Periods, place)
	if err != nil {
		return out, err
	}
	for _, kind := range s.counted() {
		line := Series{Kind: kind, Periods: make([]Sum, len(out.Periods)), Orgs: []OrgSum{}}
		var total tally
		for i, p := range out.Periods {
			t := told.byPeriod[tallyKey{p, string(kind)}]
			line.Periods[i] = t.sum()
			total.add(t)
		}
		line.Total = total.sum()
		for _, org := range told.orgs(string(kind)) {
			line.Orgs = append(line.Orgs, OrgSum{org, told.byOrg[tallyKey{org, string(kind)}].sum()})
		}
		out.Series = append(out.Series, line)
	}
	return out, nil
}

// counted are the kinds of all rooms.
func (s *Service) counted() (list []chain.Kind) {
	for _, p := range s.cfg.Parts {
		list = append(list, p.Counted...)
	}
	return list
}

func (s *Service) outcomes() (list [][]chain.Kind) {
	for _, p := range s.cfg.Parts {
		list = append(list, p.Outcomes...)
	}
	return list
}

// published are the cells of some periods as everybody may see them, by organisation and period.
func (s *Service) published(ctx context.Context, a Asked, periods []string, place cellsPlace) ([]cell, error) {
	first, last := periods[0], periods[len(periods)-1]
	from := first
	if a.Unit == Month {
		from = max(first, span.Away(Day, place.Day, 1)) // those before are taken from what is decided
	}
	days, err := s.cells(ctx, a, Day, from, last+"-99") // behind the last day of a month; no day is between
	if err != nil {
		return nil, err
	}
	for _, group := range groups(days, func(c cell) string { return c.Org + " " + c.Period }) {
		publish(group, s.outcomes())
	}
	if a.Unit == Day {
		return days, nil
	}
	months, err := s.cells(ctx, a, Month, first, last)
	if err != nil {
		return nil, err
	}
	byMonth := map[string][]cell{}
	key := func(org, month, kind string) string { return strings.Join([]string{org, month, kind}, " ") }
	for _, d := range days {
		k := key(d.Org, d.Period[:len("2006-01")], d.Kind)
		byMonth[k] = append(byMonth[k], d)
	}
	for _, m := range periods {
		decided, err := s.between(ctx, Day, a.Org, m, min(m+"-99", place.Day))
		if err != nil {
			return nil, err
		}
		for k, t := range decided {
			k := key(k.of, m, k.kind)
			byMonth[k] = append(byMonth[k], t.cells()...)
		}
	}
	newest := china.Day(time.UnixMilli(place.Last))[:len("2006-01")]
	for i, m := range months {
		months[i] = publishMonth(m, byMonth[key(m.Org, m.Period, m.Kind)], m.Period < newest)
	}
	for _, group := range groups(months, func(c cell) string { return c.Org + " " + c.Period }) {
		complement(group, s.outcomes())
	}
	return months, nil
}

// cells reads a range in the order of organisation and period.
func (s *Service) cells(ctx context.Context, a Asked, unit, first, last string) ([]cell, error) {
	db := s.cfg.DB.WithContext(ctx)
	q := db.Where("unit = ? AND period >= ? AND period <= ?", unit, first, last)
	if a.Org != "" {
		q = q.Where("org = ?", a.Org)
	}
	found, err := sqlstore.Rows[cellRow](q)
	if err != nil {
		return nil, err
	}
	name := func(r cellRow) string { return r.Period + " " + r.Org + " " + r.Kind }
	rows := sqlstore.Fit(db, cellRow{}.TableName(), found, name)
	list := make([]cell, len(rows))
	for i, r := range rows {
		list[i] = cell{cellRow: r}
	}
	sort.Slice(list, func(i, j int) bool {
		a, b := list[i], list[j]
		return a.Org+" "+a.Period+" "+a.Kind < b.Org+" "+b.Period+" "+b.Kind
	})
	return list, nil
}

// groups cuts a sorted list where the key changes; the groups share the list's memory.
func groups(list []cell, key func(cell) string) (out [][]cell) {
	for from := 0; from < len(list); {
		to := from + 1
		for to < len(list) && key(list[to]) == key(list[from]) {
			to++
		}
		out, from = append(out, list[from:to]), to
	}
	return out
}
