package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"github.com/smart-hospital/hospital/app"
	"github.com/smart-hospital/hospital/app/bench/plans"
	"github.com/smart-hospital/hospital/app/oversight"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// foundEvery is how many prescriptions there are for a finding of the regulator's.
const foundEvery = 20

// regulator is the regulator's service over the same database. In life it has its own, at its own
// node.
func regulator(ctx context.Context, db *sqlstore.DB, box *keystore.Box) (*oversight.Service, error) {
	return oversight.New(ctx, oversight.Config{DB: db, Box: box, Parts: app.Oversight(), Now: time.Now,
		Log: slog.New(slog.DiscardHandler)})
}

// overseen fills what the regulator keeps: findings by few rules of many, and the cells of every
// day and month by organisation and kind. What they show the service decides afterwards.
func (f *filler) overseen(ctx context.Context) error {
	rules := oversight.Rules(app.Oversight())
	n := f.size.Prescriptions / foundEvery
	for i := range n {
		at := f.now.Add(-time.Duration(float64(days*24*time.Hour) * (1 - float64(i)/float64(n))))
		rule := rules[f.rnd.IntN(max(len(rules)-1, 1))] // the last one is rare
		if i%(n/3+1) == 0 {
			rule = rules[len(rules)-1]
		}
		subject := fmt.Sprintf("rx:RX%020d", i)
		org := "h1"
		if i%3 == 0 {
			org = f.pharmacies[f.rnd.IntN(len(f.pharmacies))]
		}
		if err := f.put(ctx, plain("oversight_findings", []string{"id", "rule", "subject", "record", "org", "person",
			"height", "at", "detail", "found_at", "records"}, rule.ID+":"+subject, rule.ID, subject, randomHex(32), org,
			f.doctors.persons[0], int64(i+1), at.UnixMilli(), "6 种药品 · 6 drugs", at.Add(time.Second).UnixMilli(),
			`["`+randomHex(32)+`"]`), nil); err != nil {
			return err
		}
	}
	for _, part := range app.Oversight() {
		for _, kind := range part.Counted {
			for _, org := range append([]string{"h1"}, f.pharmacies...) {
				for day := range days {
					on := china.Day(f.now.AddDate(0, 0, -day))
					if err := f.cell(ctx, "day", on, org, string(kind)); err != nil {
						return err
					}
				}
				for month := range days/30 + 1 {
					now := f.now.In(china.Zone)
					first := time.Date(now.Year(), now.Month()-time.Month(month), 1, 0, 0, 0, 0, time.UTC)
					if err := f.cell(ctx, "month", first.Format("2006-01"), org, string(kind)); err != nil {
						return err
					}
				}
			}
		}
	}
	return f.put(ctx, plain("oversight_place", []string{"name", "value"}, "cells",
		fmt.Sprintf(`{"records":%d,"last":%d}`, f.size.Prescriptions, f.now.UnixMilli())), nil)
}

func (f *filler) cell(ctx context.Context, unit, period, org, kind string) error {
	n := 1 + f.rnd.Int64N(400)
	return f.put(ctx, plain("oversight_cells", []string{"unit", "period", "org", "kind", "n", "people", "took",
		"timed"}, unit, period, org, kind, n, min(n, 11), n*60_000, n), nil)
}

// look is one thing that the regulator reads: behind the cursor of the page before it.
type look struct {
	name string
	read func(ctx context.Context, s *oversight.Service, before string) (answer any, next string, err error)
}

// looks are the regulator's lists and searches, and the figures of the longest periods.
func looks(now time.Time) (list []look) {
	findings := func(name string, q oversight.FindingsQuery) {
		q.Limit = 100
		list = append(list, look{name, func(ctx context.Context, s *oversight.Service,
			before string) (any, string, error) {
			q.Before = before
			return result(s.Findings(ctx, q))
		}})
	}
	figures := func(name string, a oversight.Asked) {
		list = append(list, look{name, func(ctx context.Context, s *oversight.Service, _ string) (any, string, error) {
			answer, err := s.Figures(ctx, a)
			return answer, "", err
		}})
	}
	rules := oversight.Rules(app.Oversight())
	findings("findings", oversight.FindingsQuery{})
	findings("findings, oldest by block time", oversight.FindingsQuery{Happened: true, Oldest: true})
	findings("findings of a common rule", oversight.FindingsQuery{Rule: rules[0].ID})
	findings("findings of a rare rule", oversight.FindingsQuery{Rule: rules[len(rules)-1].ID, Happened: true})
	findings("findings at an organisation", oversight.FindingsQuery{Org: "h1"})
	findings("findings of a rare rule at an organisation", oversight.FindingsQuery{Rule: rules[len(rules)-1].ID, Org: "h1"})
	findings("findings of a common rule at a small one", oversight.FindingsQuery{Rule: rules[0].ID, Org: "px01"})
	figures("figures of 62 days", oversight.Asked{Unit: oversight.Day,
		From: china.Day(now.AddDate(0, 0, -61)), To: china.Day(now)})
	figures("figures of 13 months", oversight.Asked{Unit: oversight.Month,
		From: china.Day(now.AddDate(-1, 0, 0)), To: china.Day(now)})
	return list
}

func result[T any](answer T, next string, err error) (any, string, error) { return answer, next, err }

// oversee measures the regulator's service, without HTTP.
func (h *house) oversee(ctx context.Context, p *plans.Plans, rounds int) (list []Figure, err error) {
	s, err := regulator(ctx, h.app.DB, nil)
	if err == nil {
		err = s.Decide(ctx) // of what was filled before there were decisions
	}
	if err != nil {
		return nil, err
	}
	for _, l := range looks(time.Now()) {
		p.During("regulator: " + l.name)
		before, page := "", "first"
		for range 2 {
			f := Figure{Who: "regulator", Name: l.name, Page: page}
			took, next := make([]time.Duration, rounds), ""
			for i := range took {
				start := time.Now()
				answer, after, err := l.read(ctx, s, before)
				b, _ := json.Marshal(answer) // for its length
				took[i], next, f.Bytes = time.Since(start), after, len(b)
				if err != nil {
					f.Fault = err.Error()
				}
			}
			f.sum(took)
			list = append(list, f)
			n := 1
			for ; n < farPages && next != ""; n++ {
				before = next
				if _, next, _ = l.read(ctx, s, before); next == "" {
					break
				}
			}
			if page = fmt.Sprint(n); before == "" {
				break
			}
		}
	}
	return list, nil
}
