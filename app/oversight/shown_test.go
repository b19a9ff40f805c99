package oversight

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/oversight/span"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// madeUp writes the cells of a day, and adds them to its month's: none, few or many of each kind.
func madeUp(t *testing.T, db *sqlstore.DB, r *rand.Rand, day string) {
	t.Helper()
	for _, org := range []string{"h1", "h1-x", "p2"} {
		for _, kind := range (&Service{cfg: Config{Parts: countedParts}}).counted() {
			n := []int64{0, 1 + r.Int64N(10), 11 + r.Int64N(90)}[r.IntN(3)]
			if org == "p2" && r.IntN(3) > 0 {
				n = min(n, 10) // a small one
			}
			if n == 0 {
				continue
			}
			row := cellRow{Day, day, org, string(kind), n,
				min(n-r.Int64N(min(n, 10)), fewest), r.Int64N(90_000), r.Int64N(n + 1)}
			month := cellRow{Unit: Month, Period: day[:7], Org: org, Kind: string(kind)}
			k := cellKey{Month, day[:7], org, string(kind)}
			err := errors.Join(db.WithContext(t.Context()).Create(&row).Error,
				ofCell(db.WithContext(t.Context()), k).Limit(1).Find(&month).Error)
			month.N, month.Took, month.Timed = month.N+row.N, month.Took+row.Took, month.Timed+row.Timed
			month.People = min(max(month.People, row.People)+r.Int64N(3), fewest)
			if err = errors.Join(err, db.WithContext(t.Context()).Save(&month).Error); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// placed moves the cells' place to noon of a day, as counting does.
func placed(t *testing.T, db *sqlstore.DB, day time.Time) {
	t.Helper()
	at, err := loadCellsPlace(db.WithContext(t.Context()))
	at.Records, at.Last = at.Records+1, day.UnixMilli()
	if err = errors.Join(err, at.save(db.WithContext(t.Context()))); err != nil {
		t.Fatal(err)
	}
}

// sameFigures: what is told rests on no decision. The model decides over every cell on the way.
func sameFigures(t *testing.T, s *Service, r *rand.Rand, newest time.Time) {
	t.Helper()
	at, err := loadCellsPlace(s.cfg.DB.WithContext(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	for _, org := range []string{"", "h1", "p2", "nobody"} {
		for _, unit := range []string{Day, Month} {
			from := newest.AddDate(0, 0, -r.IntN(220))
			to := from.AddDate(0, 0, r.IntN(span.MaxDays))
			if r.IntN(3) == 0 {
				from, to = newest.AddDate(0, 0, -r.IntN(span.MaxDays)), newest
			}
			a := Asked{Unit: unit, From: from.Format(time.DateOnly), To: to.Format(time.DateOnly), Org: org}
			live := cellsPlace{Records: at.Records, Last: at.Last}
			want, err := s.figures(t.Context(), a, live)
			if err != nil {
				t.Fatal(err)
			}
			want.Series = recounted(t, s, a, want.Periods, live)
			got, err := s.Figures(t.Context(), a)
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Fatalf("%+v, decided up to %s and %s, %v:\n%+v, want\n%+v", a, at.Day, at.Month, err, got, want)
			}
		}
	}
}

// recount adds published cells up one after the other, as the words of Sum say.
func recount(cells []cell, of func(cell) bool) (s Sum) {
	var took, timed int64
	var last shown
	n := 0
	for _, c := range cells {
		if !of(c) {
			continue
		}
		if n, last = n+1, c.shown; c.shown != exact {
			s.Hidden++
		}
		s.N, took, timed = s.N+c.N, took+c.Took, timed+c.Timed
	}
	if s.Few = n == 1 && last == few; timed > 0 {
		mean := took / timed
		s.TookMS = &mean
	}
	return s
}

// recounted are the series of all cells, without a tally.
func recounted(t *testing.T, s *Service, a Asked, periods []string, place cellsPlace) (list []Series) {
	t.Helper()
	cells, err := s.published(t.Context(), a, periods, place)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range s.counted() {
		is := func(c cell) bool { return c.Kind == string(kind) }
		line := Series{Kind: kind, Total: recount(cells, is), Orgs: []OrgSum{}}
		for _, p := range periods {
			line.Periods = append(line.Periods, recount(cells, func(c cell) bool { return is(c) && c.Period == p }))
		}
		for _, c := range cells {
			if is(c) && !slices.ContainsFunc(line.Orgs, func(o OrgSum) bool { return o.Org == c.Org }) {
				line.Orgs = append(line.Orgs,
					OrgSum{c.Org, recount(cells, func(o cell) bool { return is(o) && o.Org == c.Org })})
			}
		}
		list = append(list, line)
	}
	return list
}

// decisions are all that is kept of them.
func decisions(t *testing.T, db *sqlstore.DB) (rows []shownRow) {
	t.Helper()
	if err := db.WithContext(t.Context()).Find(&rows).Error; err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(rows, func(a, b shownRow) int {
		return strings.Compare(fmt.Sprint(a.Unit, a.Period, a.Org, " ", a.Kind),
			fmt.Sprint(b.Unit, b.Period, b.Org, " ", b.Kind))
	})
	return rows
}

// undo leaves a database as it was before there were decisions.
func undo(t *testing.T, db *sqlstore.DB) {
	t.Helper()
	tx := db.WithContext(t.Context())
	at, err := loadCellsPlace(tx)
	at.Day, at.Month = "", ""
	if err = errors.Join(err, at.save(tx), tx.Where("1 = 1").Delete(&shownRow{}).Error); err != nil {
		t.Fatal(err)
	}
}

// tearing makes a part of all writes fail after they were done, as long as it is on.
func tearing(t *testing.T, db *sqlstore.DB, r *rand.Rand) (on *bool) {
	t.Helper()
	on = new(bool)
	tear := func(tx *gorm.DB) {
		if *on && r.IntN(6) == 0 {
			_ = tx.AddError(errTorn)
		}
	}
	if err := errors.Join(db.Callback().Create().After("gorm:create").Register("tear", tear),
		db.Callback().Update().After("gorm:update").Register("tear", tear)); err != nil {
		t.Fatal(err)
	}
	return on
}

// Figures are the same to the last bit with decisions and without, whenever these are made: day by
// day, with transactions that fail, or at once over a past that has none. The decisions are the
// same likewise.
func TestDecisionsChangeNoFigure(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		r := rand.New(rand.NewPCG(5, 17))
		s, torn := serviceOf(t, db, nil), tearing(t, db, r)
		day := time.Date(2026, 3, 20, 4, 0, 0, 0, time.UTC) // noon in China
		for range 70 {
			if day = day.AddDate(0, 0, 1+r.IntN(30)/28*r.IntN(50)); r.IntN(9) == 0 {
				day = day.AddDate(0, 0, 2) // days without a record
			}
			if r.IntN(9) > 0 { // else records that nobody counts
				madeUp(t, db, r, day.Format(time.DateOnly))
			}
			placed(t, db, day)
			for *torn = true; *torn; {
				err := s.Decide(t.Context())
				if err != nil && !errors.Is(err, errTorn) {
					t.Fatal(err)
				}
				if *torn = err != nil; *torn || r.IntN(4) == 0 {
					sameFigures(t, s, r, day)
				}
			}
		}
		want := decisions(t, db)
		if len(want) < 500 {
			t.Fatalf("only %d rows", len(want))
		}
		undo(t, db)
		sameFigures(t, s, r, day)
		for *torn = true; *torn; {
			err := s.Decide(t.Context())
			if err != nil && !errors.Is(err, errTorn) {
				t.Fatal(err)
			}
			*torn = err != nil
			sameFigures(t, s, r, day)
		}
		if !reflect.DeepEqual(decisions(t, db), want) {
			t.Error("a past is decided otherwise than day by day")
		}
	})
}

// Nothing is decided twice: neither by two processes at once, nor by a later round, nor when a
// program that knows no decisions has lost the place of them.
func TestDecidedOnce(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		r := rand.New(rand.NewPCG(3, 4))
		s := serviceOf(t, db, nil)
		day := time.Date(2026, 3, 20, 4, 0, 0, 0, time.UTC)
		for range 45 {
			day = day.AddDate(0, 0, 1)
			madeUp(t, db, r, day.Format(time.DateOnly))
		}
		placed(t, db, day)
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() {
				for err := errCounted; err != nil; {
					if err = s.Decide(t.Context()); err != nil && !errors.Is(err, errCounted) {
						t.Error(err)
						return
					}
				}
			})
		}
		both.Wait()
		want := decisions(t, db)
		at, err := loadCellsPlace(db.WithContext(t.Context()))
		if err != nil || at.Day != day.AddDate(0, 0, -1).Format(time.DateOnly) || at.Month != "2026-04" ||
			len(want) == 0 {
			t.Fatalf("%+v, %d rows, %v", at, len(want), err)
		}
		// Who read the place before another process decided changes nothing, not even the place.
		stale := cellsPlace{Records: at.Records, Last: at.Last}
		if _, err := s.decideTo(t.Context(), stale, Day, at.Day); !errors.Is(err, errCounted) {
			t.Errorf("a place that moved: %v", err)
		}
		if now, err := loadCellsPlace(db.WithContext(t.Context())); err != nil || now != at {
			t.Errorf("%+v, want %+v, %v", now, at, err)
		}
		if err := db.WithContext(t.Context()).Exec("UPDATE oversight_cells SET n = n + 1, people = 11").
			Error; err != nil {
			t.Fatal(err)
		}
		at.Day, at.Month = "", ""
		if err := at.save(db.WithContext(t.Context())); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := s.Decide(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if !reflect.DeepEqual(decisions(t, db), want) {
			t.Error("decided twice")
		}
	})
}

// Counting from the first record again, because the place is lost, makes the same cells and the
// same decisions.
func TestCountedAnewIsDecidedAnew(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		node := &logOf{log: history(rand.New(rand.NewPCG(2, 9)), 200)}
		s := serviceOf(t, db, node)
		count := func() (cells []cellRow, decided []shownRow) {
			followed(t, s, len(node.log))
			err := errors.Join(s.followCells(t.Context()),
				db.WithContext(t.Context()).Order("unit, period, org, kind").Find(&cells).Error)
			if err != nil {
				t.Fatal(err)
			}
			return cells, decisions(t, db)
		}
		cells, decided := count()
		if err := db.WithContext(t.Context()).Where("name = ?", cellsName).Delete(&placeRow{}).Error; err != nil {
			t.Fatal(err)
		}
		again, anew := count()
		if len(decided) == 0 || !slices.Equal(again, cells) || !slices.Equal(anew, decided) {
			t.Errorf("%d cells and %d rows, want %d and %d", len(again), len(anew), len(cells), len(decided))
		}
	})
}

// A record that is dated before the one in front of it would change a cell over which it is
// decided: it is not counted, nor what comes behind it.
func TestTimeThatGoesBackIsNotCounted(t *testing.T) {
	db := sqlstoretest.Open(t, "sqlite:"+t.TempDir()+"/test.db")
	node := &logOf{log: history(rand.New(rand.NewPCG(2, 9)), 20)}
	s := serviceOf(t, db, node)
	followed(t, s, 30)
	if err := s.followCells(t.Context()); err != nil {
		t.Fatal(err)
	}
	before, err := loadCellsPlace(db.WithContext(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	node.log[30].Time = node.log[29].Time.Add(-time.Second)
	followed(t, s, 40)
	if err := s.followCells(t.Context()); !errors.Is(err, errBack) {
		t.Error(err)
	}
	if at, err := loadCellsPlace(db.WithContext(t.Context())); err != nil || at != before {
		t.Errorf("%+v, want %+v, %v", at, before, err)
	}
}

// A tally tells publishMonth what the days themselves do.
func TestTallyStandsForItsDays(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 2000 {
		days, sum := make([]cell, 1+r.IntN(4)), tally{}
		for i := range days {
			days[i] = cell{cellRow: cellRow{N: 11 + r.Int64N(9), People: fewest, Took: r.Int64N(9), Timed: r.Int64N(9)}}
			if as := shown(r.IntN(3)); as != exact {
				days[i].hide(as)
			}
			sum.add(tallyOf(days[i]))
		}
		month := cell{cellRow: cellRow{Month, "2026-11", "h1", string(chain.KindIssue), 60, r.Int64N(12), 7, 8}}
		for _, over := range []bool{false, true} {
			if got, want := publishMonth(month, sum.cells(), over), publishMonth(month, days, over); got != want {
				t.Fatalf("%+v: %+v, want %+v", days, got, want)
			}
		}
	}
}
