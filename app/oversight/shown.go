package oversight

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/app/oversight/span"
	"github.com/smart-hospital/hospital/chain/platform/china"
)

// rowsAtOnce are the rows of one INSERT: 9 values each, of at most 32,766.
const rowsAtOnce = 500

// tally is what cells add up to once it is decided over them.
type tally struct{ N, Hidden, Few, Took, Timed int64 }

func tallyOf(c cell) tally {
	t := tally{N: c.N, Took: c.Took, Timed: c.Timed}
	if c.shown != exact {
		t.Hidden = 1
	}
	if c.shown == few {
		t.Few = 1
	}
	return t
}

func (t *tally) add(o tally) {
	*t = tally{t.N + o.N, t.Hidden + o.Hidden, t.Few + o.Few, t.Took + o.Took, t.Timed + o.Timed}
}

func (t tally) less(o tally) tally {
	return tally{t.N - o.N, t.Hidden - o.Hidden, t.Few - o.Few, t.Took - o.Took, t.Timed - o.Timed}
}

// cells are a month's days as publishMonth looks at them: how many are hidden, whether one is
// shown, and what those that are add up to. A cell that is shown has 11 persons, so it is no 0.
func (t tally) cells() []cell {
	days := slices.Repeat([]cell{{shown: few}}, int(t.Hidden))
	if t.N > 0 {
		days = append(days, cell{cellRow: cellRow{N: t.N, Took: t.Took, Timed: t.Timed}})
	}
	return days
}

// shownRow is what an organisation's cells of a kind show together, from the first period on.
type shownRow struct {
	Unit   string `gorm:"primaryKey"`
	Period string `gorm:"primaryKey"`
	Org    string `gorm:"primaryKey"` // empty: all organisations together
	Kind   string `gorm:"primaryKey"`
	Tally  tally  `gorm:"embedded"`
}

func (shownRow) TableName() string { return "oversight_shown" }

// tallyKey names a tally: of a period, or of an organisation.
type tallyKey struct{ of, kind string }

// decided is the newest period of a unit over which it is decided.
func (p *cellsPlace) decided(unit string) *string {
	if unit == Month {
		return &p.Month
	}
	return &p.Day
}

// Decide keeps what the cells of each period show that is over, once and for all: two answers about
// the same period can never be subtracted. A period is one transaction with the place, so a kill
// leaves it decided whole or not at all, and of two processes one decides. What the cells were
// before there were decisions is decided the same way.
func (s *Service) Decide(ctx context.Context) error {
	at, err := loadCellsPlace(s.cfg.DB.WithContext(ctx))
	if err != nil || at.Records == 0 {
		return err
	}
	newest := china.Day(time.UnixMilli(at.Last))
	for _, unit := range []string{Day, Month} { // a month rests on its days
		if at, err = s.decideTo(ctx, at, unit, span.Away(unit, span.Of(unit, newest), -1)); err != nil {
			return err
		}
	}
	return nil
}

// decideTo decides over the periods of a unit up to one, in order.
func (s *Service) decideTo(ctx context.Context, at cellsPlace, unit, over string) (cellsPlace, error) {
	if *at.decided(unit) >= over {
		return at, nil
	}
	sums, err := s.standing(ctx, unit, *at.decided(unit))
	for err == nil && *at.decided(unit) < over {
		next := at
		if *next.decided(unit), err = s.undecided(ctx, unit, *at.decided(unit), over); err != nil {
			return at, err
		}
		var rows []shownRow
		if rows, err = s.decision(ctx, at, unit, *next.decided(unit), sums); err != nil {
			return at, err
		}
		err = s.cfg.DB.Tx(ctx, func(tx *gorm.DB) error {
			if stands, err := loadCellsPlace(tx); err != nil || stands != at {
				return errors.Join(err, errCounted)
			}
			if err := tx.Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(rows, rowsAtOnce).
				Error; err != nil {
				return err
			}
			return next.save(tx)
		})
		if err == nil {
			at = next
		}
	}
	return at, err
}

// undecided is the first period behind one that has cells; without any it is the last one asked
// for.
func (s *Service) undecided(ctx context.Context, unit, behind, last string) (string, error) {
	var list []string
	err := s.cfg.DB.WithContext(ctx).Model(&cellRow{}).
		Where("unit = ? AND period > ? AND period <= ?", unit, behind, last).Order("period").Limit(1).
		Pluck("period", &list).Error
	return append(list, last)[0], err
}

// decision are a period's rows; sums are those of the period before and become its own.
func (s *Service) decision(ctx context.Context, at cellsPlace, unit, period string,
	sums map[tallyKey]tally) (rows []shownRow, err error) {
	cells, err := s.published(ctx, Asked{Unit: unit}, []string{period}, at)
	if err != nil || len(cells) == 0 {
		return nil, err
	}
	for _, c := range cells {
		for _, org := range []string{c.Org, ""} {
			k := tallyKey{org, c.Kind}
			sum := sums[k]
			sum.add(tallyOf(c))
			sums[k] = sum
		}
	}
	for k, sum := range sums {
		rows = append(rows, shownRow{unit, period, k.of, k.kind, sum})
	}
	slices.SortFunc(rows, func(a, b shownRow) int { // in the order of the key
		return strings.Compare(a.Org+" "+a.Kind, b.Org+" "+b.Kind)
	})
	return rows, nil
}

// standing are the sums up to a period.
func (s *Service) standing(ctx context.Context, unit, period string) (map[tallyKey]tally, error) {
	latest, err := s.latest(ctx, unit, "<=", period)
	if err != nil {
		return nil, err
	}
	return s.sums(ctx, unit, latest, "")
}

// latest is the last period with rows that is before another one, or that one; empty: there is
// none.
func (s *Service) latest(ctx context.Context, unit, before, period string) (string, error) {
	var list []string
	err := s.cfg.DB.WithContext(ctx).Model(&shownRow{}).Where("unit = ? AND period "+before+" ?", unit, period).
		Order("period DESC").Limit(1).Pluck("period", &list).Error
	return append(list, "")[0], err
}

// sums are a period's rows, of one organisation or, when org is empty, of each and all together. A
// row that does not fit its columns is an error: without it a difference is a wrong number.
func (s *Service) sums(ctx context.Context, unit, period, org string) (map[tallyKey]tally, error) {
	q := s.cfg.DB.WithContext(ctx).Where("unit = ? AND period = ?", unit, period)
	if org != "" {
		q = q.Where("org = ?", org)
	}
	var rows []shownRow
	err := q.Find(&rows).Error
	out := make(map[tallyKey]tally, len(rows))
	for _, r := range rows {
		out[tallyKey{r.Org, r.Kind}] = r.Tally
	}
	return out, err
}

// between is what organisations show in the periods of a range over which it is decided.
func (s *Service) between(ctx context.Context, unit, org, from, to string) (map[tallyKey]tally, error) {
	if to < from {
		return nil, nil
	}
	before, err := s.latest(ctx, unit, "<", from)
	if err != nil {
		return nil, err
	}
	last, err := s.latest(ctx, unit, "<=", to)
	if err != nil || last == before {
		return nil, err
	}
	less, err := s.sums(ctx, unit, before, org)
	if err != nil {
		return nil, err
	}
	sums, err := s.sums(ctx, unit, last, org)
	for k, t := range sums {
		if sums[k] = t.less(less[k]); k.of == "" || sums[k] == (tally{}) {
			delete(sums, k)
		}
	}
	return sums, err
}

// told are the tallies that figures are made of.
type told struct{ byPeriod, byOrg map[tallyKey]tally }

func (t told) add(c cell) {
	for k, list := range map[tallyKey]map[tallyKey]tally{
		{c.Period, c.Kind}: t.byPeriod, {c.Org, c.Kind}: t.byOrg,
	} {
		sum := list[k]
		sum.add(tallyOf(c))
		list[k] = sum
	}
}

// orgs are those with cells of a kind, in order.
func (t told) orgs(kind string) (list []string) {
	for k := range t.byOrg {
		if k.kind == kind {
			list = append(list, k.of)
		}
	}
	slices.Sort(list)
	return list
}

// told takes the periods over which it is decided as they are kept, and decides over the rest.
func (s *Service) told(ctx context.Context, a Asked, periods []string, place cellsPlace) (told, error) {
	out := told{map[tallyKey]tally{}, map[tallyKey]tally{}}
	n, known := slices.BinarySearch(periods, *place.decided(a.Unit))
	if known {
		n++
	}
	if n > 0 {
		if err := s.kept(ctx, a, periods[:n], out); err != nil {
			return out, err
		}
	}
	if n == len(periods) {
		return out, nil
	}
	cells, err := s.published(ctx, a, periods[n:], place)
	for _, c := range cells {
		out.add(c)
	}
	return out, err
}

// kept are the tallies of periods over which it is decided.
func (s *Service) kept(ctx context.Context, a Asked, periods []string, out told) error {
	byOrg, err := s.between(ctx, a.Unit, a.Org, periods[0], periods[len(periods)-1])
	if err != nil {
		return err
	}
	for k, t := range byOrg {
		out.byOrg[k] = t
	}
	before, err := s.latest(ctx, a.Unit, "<", periods[0])
	if err != nil {
		return err
	}
	var rows []shownRow
	err = s.cfg.DB.WithContext(ctx).Where("unit = ? AND period IN ? AND org = ?", a.Unit,
		append([]string{before}, periods...), a.Org).Order("period").Find(&rows).Error
	last := map[string]tally{}
	for _, r := range rows {
		if r.Period != before {
			out.byPeriod[tallyKey{r.Period, r.Kind}] = r.Tally.less(last[r.Kind])
		}
		last[r.Kind] = r.Tally
	}
	return err
}
