package oversight

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/oversight/span"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// logOf is a node that has nothing but a log, and fails at times.
type logOf struct {
	Node
	log  []chain.Committed
	fail func() bool
}

var errTorn = errors.New("torn")

func (n *logOf) At(_ context.Context, i uint64) (chain.Committed, error) {
	if n.fail != nil && n.fail() {
		return chain.Committed{}, errTorn
	}
	return n.log[i], nil
}

func (n *logOf) Records(_ context.Context, subject string) (list []chain.Committed, err error) {
	for _, c := range n.log {
		if c.Record.Statement.Subject == subject {
			list = append(list, c)
		}
	}
	if list == nil {
		err = chain.ErrNotFound
	}
	return list, err
}

var countedParts = []Part{
	{Subjects: chain.SubjectRx,
		Counted:  []chain.Kind{chain.KindIssue, chain.KindApprove, chain.KindReject, chain.KindCancel},
		Outcomes: [][]chain.Kind{{chain.KindApprove, chain.KindReject, chain.KindCancel}}},
	{Subjects: chain.SubjectPay, Counted: []chain.Kind{chain.KindPayOpen, chain.KindPaySettle}},
}

// history is a log of some months: busy days and quiet ones, patients who come again, guardians of
// two children, records that nobody counts.
func history(r *rand.Rand, n int) (log []chain.Committed) {
	at := time.Date(2026, 8, 20, 12, 0, 0, 0, time.UTC)
	add := func(subject, org string, kind chain.Kind, f chain.Facts) {
		log = append(log, chain.Committed{Index: uint64(len(log)), ID: fmt.Sprint(len(log)), Time: at,
			Record: chain.Record{Statement: chain.Statement{Subject: subject, Org: org, Kind: kind, Facts: f}}})
	}
	wait := func(most time.Duration) { at = at.Add(time.Duration(r.Int64N(int64(most)))) }
	for i := range n {
		org, rx, pay := fmt.Sprintf("h%d", 1+r.IntN(3)/2), fmt.Sprintf("rx:%d", i), fmt.Sprintf("pay:%d", i)
		var parties []string
		switch r.IntN(12) {
		case 0: // of version 1
		case 1:
			parties = []string{fmt.Sprintf("child-%d", r.IntN(30)), "guardian"}
		default:
			parties = []string{fmt.Sprintf("pat-%d", r.IntN(60))}
		}
		add(rx, org, chain.KindIssue, chain.Facts{Parties: parties})
		wait(time.Hour)
		switch r.IntN(10) {
		case 0:
			add(rx, org, chain.KindReject, chain.Facts{})
		case 1:
			add(rx, org, chain.KindCancel, chain.Facts{})
		default:
			add(rx, org, chain.KindApprove, chain.Facts{})
			add(pay, org, chain.KindPayOpen, chain.Facts{Ref: rx})
			wait(time.Minute)
			add(pay, org, chain.KindPaySettle, chain.Facts{})
		}
		add(chain.SubjectCert+rx, org, chain.KindEnrol, chain.Facts{})
		if r.IntN(40) == 0 {
			wait(6 * 24 * time.Hour)
		}
	}
	return log
}

// naive counts as the words of the tables say, in one go over a list.
func naive(log []chain.Committed) map[cellKey]cellRow {
	out, seen, first, last := map[cellKey]cellRow{}, map[cellKey]map[string]bool{}, map[string]chain.Facts{},
		map[string]time.Time{}
	for _, c := range log {
		st := c.Record.Statement
		before, timed := last[st.Subject]
		if !timed {
			first[st.Subject] = st.Facts
		}
		last[st.Subject] = c.Time
		if st.Kind == chain.KindEnrol {
			continue
		}
		parties := first[st.Subject].Parties
		if ref := first[st.Subject].Ref; ref != "" {
			parties = first[ref].Parties
		}
		day := china.Day(c.Time)
		for unit, period := range map[string]string{Day: day, Month: day[:7]} {
			k := cellKey{unit, period, st.Org, string(st.Kind)}
			row := out[k]
			row.Unit, row.Period, row.Org, row.Kind = k.Unit, k.Period, k.Org, k.Kind
			if row.N++; timed {
				row.Took, row.Timed = row.Took+c.Time.Sub(before).Milliseconds(), row.Timed+1
			}
			if seen[k] == nil {
				seen[k] = map[string]bool{}
			}
			known := func(p string) bool { return seen[k][p] }
			if row.People < fewest && len(parties) > 0 && !slices.ContainsFunc(parties, known) {
				row.People++
				for _, p := range parties {
					seen[k][p] = true
				}
			}
			out[k] = row
		}
	}
	return out
}

func serviceOf(t *testing.T, db *sqlstore.DB, node Node) *Service {
	t.Helper()
	s, err := New(t.Context(), Config{DB: db, Node: node, Parts: countedParts, Log: slog.New(slog.DiscardHandler),
		Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// followed says that so many records of the log were followed.
func followed(t *testing.T, s *Service, n int) {
	t.Helper()
	if err := (Place{Records: uint64(n), Peaks: []string{}}).save(s.cfg.DB.WithContext(t.Context())); err != nil {
		t.Fatal(err)
	}
}

// However the work is cut, by new records, by a node that fails in the middle and by a lost
// database, the cells are those of a naive recount.
func TestCellsAreARecount(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		for seed := range uint64(3) {
			r := rand.New(rand.NewPCG(seed, 11))
			node := &logOf{log: history(r, 400)}
			s := serviceOf(t, db, node)
			for _, lost := range []string{"oversight_cells", "oversight_cell_people", "oversight_place"} {
				if err := db.WithContext(t.Context()).Exec("DELETE FROM " + lost).Error; err != nil {
					t.Fatal(err)
				}
			}
			node.fail = func() bool { return r.IntN(300) == 0 }
			for n := 0; n < len(node.log); {
				n = min(len(node.log), n+r.IntN(700))
				followed(t, s, n)
				for err := errTorn; err != nil; {
					if err = s.followCells(t.Context()); err != nil && !errors.Is(err, errTorn) {
						t.Fatal(err)
					}
				}
			}
			var rows []cellRow
			if err := db.WithContext(t.Context()).Find(&rows).Error; err != nil {
				t.Fatal(err)
			}
			got := map[cellKey]cellRow{}
			for _, row := range rows {
				got[cellKey{row.Unit, row.Period, row.Org, row.Kind}] = row
			}
			if want := naive(node.log); !maps.Equal(got, want) {
				t.Fatalf("seed %d: %d cells, want %d", seed, len(got), len(want))
			}
		}
	})
}

// What is published of random logs: no number of 1 to 10 persons, no lone hidden outcome, no month
// that its days give away, and every sum is one over published cells.
func TestNothingSmallIsTold(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		node := &logOf{log: history(rand.New(rand.NewPCG(7, 7)), 900)}
		s := serviceOf(t, db, node)
		followed(t, s, len(node.log))
		if err := s.followCells(t.Context()); err != nil {
			t.Fatal(err)
		}
		truth := naive(node.log)
		newest := china.Day(node.log[len(node.log)-1].Time)
		place, err := loadCellsPlace(db.WithContext(t.Context()))
		if err != nil {
			t.Fatal(err)
		}
		seen := map[shown]int{}
		days := map[cellKey]cell{}
		for _, unit := range []string{Day, Month} {
			a := Asked{Unit: unit, From: "2026-08-01", To: newest}
			if unit == Day {
				end, _ := time.Parse(time.DateOnly, newest)
				a.From = end.AddDate(0, 0, 1-span.MaxDays).Format(time.DateOnly)
			}
			periods, err := span.List(a.Unit, a.From, a.To)
			if err != nil {
				t.Fatal(err)
			}
			cells, err := s.published(t.Context(), a, periods, place)
			if err != nil {
				t.Fatal(err)
			}
			totals := map[string]int64{}
			hidden := map[string][]string{}
			outcomes, persons := map[string]int{}, map[string]int64{}
			for _, c := range cells {
				seen[c.shown]++
				k := cellKey{c.Unit, c.Period, c.Org, c.Kind}
				row := truth[k]
				totals[c.Kind] += c.N
				switch {
				case c.shown == exact && (c.N != row.N || row.People < fewest):
					t.Errorf("%v shows %d of %d persons, true are %d", k, c.N, row.People, row.N)
				case (c.shown == few || c.shown == withheld) && c.N+c.Took+c.Timed != 0:
					t.Errorf("%v is hidden and tells %+v", k, c)
				case c.shown == few && row.People >= fewest, c.shown == part && unit == Day:
					t.Errorf("%v: %v", k, c.shown)
				}
				if slices.Contains(countedParts[0].Outcomes[0], chain.Kind(c.Kind)) {
					group := c.Org + c.Period
					outcomes[group]++
					if c.shown != exact {
						hidden[group] = append(hidden[group], c.Kind)
						persons[group] += row.People
					}
					if c.shown == part {
						hidden[group] = append(hidden[group], c.Kind)
						persons[group] += fewest
					}
				}
				if unit == Day {
					days[k] = c
				} else {
					monthHolds(t, c, days, row, c.Period < newest[:7])
				}
			}
			for group, kinds := range hidden {
				if len(kinds) == 1 && outcomes[group] > 1 {
					t.Errorf("%s: %v alone is hidden", group, kinds)
				}
				if persons[group] < fewest && outcomes[group] > len(kinds) {
					t.Errorf("%s: %v of %d persons are told by the rest", group, kinds, persons[group])
				}
			}
			f, err := s.Figures(t.Context(), a)
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range f.Series {
				var byPeriod, byOrg int64
				for _, p := range line.Periods {
					byPeriod += p.N
				}
				for _, o := range line.Orgs {
					byOrg += o.Sum.N
				}
				if n := totals[string(line.Kind)]; line.Total.N != n || byPeriod != n || byOrg != n {
					t.Errorf("%s: %+v, want %d", line.Kind, line.Total, n)
				}
			}
		}
		for _, state := range []shown{exact, few, withheld, part} {
			if seen[state] == 0 {
				t.Errorf("the log has no case of %d", state)
			}
		}
	})
}

// monthHolds: a month's own number is told only where its days tell none.
func monthHolds(t *testing.T, c cell, days map[cellKey]cell, row cellRow, over bool) {
	t.Helper()
	var all, hidden int
	var sum int64
	for k, d := range days {
		if k.Org == c.Org && k.Kind == c.Kind && k.Period[:7] == c.Period {
			if all++; d.shown != exact {
				hidden++
			}
			sum += d.N
		}
	}
	if c.Period < "2026-10" { // not all of its days were asked for
		return
	}
	own := c.shown == exact && hidden > 0
	if own && (hidden < all || hidden < 2 || !over) || c.shown == part && c.N != sum {
		t.Errorf("%s %s %s: %d of %d days hidden, %d shown of %d", c.Period, c.Org, c.Kind, hidden, all, c.N, row.N)
	}
}

// The rule itself, case by case.
func TestPublish(t *testing.T) {
	wholes := [][]chain.Kind{{"a", "b", "c"}, {"c", "d"}}
	type people map[string]int64
	type want map[string]shown
	for name, c := range map[string]struct {
		people people
		want   want
	}{
		"all large":                 {people{"a": 11, "b": 20}, want{"a": exact, "b": exact}},
		"ten are few, eleven not":   {people{"x": 10, "a": 11}, want{"x": few, "a": exact}},
		"the smallest other hides":  {people{"a": 3, "b": 30, "c": 20}, want{"a": few, "b": exact, "c": withheld}},
		"two few, eleven together":  {people{"a": 3, "b": 30, "c": 8}, want{"a": few, "b": exact, "c": few}},
		"two few, ten together":     {people{"a": 3, "b": 30, "c": 7}, want{"a": few, "b": withheld, "c": few}},
		"nothing else to hide":      {people{"a": 3}, want{"a": few}},
		"what is withheld goes on":  {people{"a": 3, "c": 20, "d": 40}, want{"a": few, "c": withheld, "d": withheld}},
		"outside any whole, itself": {people{"x": 1, "a": 50}, want{"x": few, "a": exact}},
	} {
		var cells []cell
		for kind, people := range c.people {
			cells = append(cells, cell{cellRow: cellRow{Kind: kind, N: people, People: min(people, fewest)}})
		}
		publish(cells, wholes)
		for _, got := range cells {
			if got.shown != c.want[got.Kind] {
				t.Errorf("%s: %s is %d", name, got.Kind, got.shown)
			}
		}
	}
}

func TestFiguresAreBounded(t *testing.T) {
	for _, a := range []Asked{
		{Day, "2026-12-01", "2026-11-30", ""}, {Day, "2026-02-30", "2026-03-01", ""}, {Day, "", "", ""},
		{Day, "2026-01-01", "2026-03-04", ""}, {Month, "2025-01-31", "2026-02-01", ""},
		{Day, "0001-01-01", "9999-12-31", ""},
	} {
		if list, err := span.List(a.Unit, a.From, a.To); err == nil {
			t.Errorf("%+v: %d periods", a, len(list))
		}
	}
	list, err := span.List(Month, "2025-12-31", "2026-02-28")
	if err != nil || !slices.Equal(list, []string{"2025-12", "2026-01", "2026-02"}) {
		t.Error(list, err)
	}
}
