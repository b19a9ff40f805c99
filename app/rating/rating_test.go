package rating_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/app/rating"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

var errStranger = errors.New("no such visit")

// visits are finished at the beginning, but for those that say otherwise.
type visits struct{ finished time.Time }

func (v visits) RatedVisit(_ context.Context, person, visit string) (rating.Visit, error) {
	out := rating.Visit{Doctor: "udoctor", Of: "of-" + visit, Finished: v.finished, Patient: person == "upatient"}
	if strings.HasPrefix(visit, "again") {
		out.Of = "of-the-same"
	}
	if person != "upatient" && person != "udoctor" {
		return out, errStranger
	}
	if strings.HasPrefix(visit, "open") {
		out.Finished = time.Time{}
	}
	return out, nil
}

func open(t *testing.T, db *sqlstore.DB) (*rating.Service, *time.Time) {
	t.Helper()
	if err := rating.Migrate(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)
	now := func() time.Time { return at }
	return &rating.Service{DB: db, Box: sqlstoretest.Box(), Visits: visits{at}, Now: now}, &at
}

// TestRatings: who may rate what and until when, and what doctor and public get to know.
func TestRatings(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		s, at := open(t, db)
		ctx := t.Context()
		rate := func(person, visit string, stars int, words string) error {
			_, err := s.Rate(ctx, sqlstore.Command{}, person, visit, rating.Rating{Stars: stars, Words: words})
			return err
		}
		for _, x := range []struct {
			name, person, visit string
			stars               int
			words               string
			want                error
		}{
			{"a stranger", "ustranger", "v0", 5, "", errStranger},
			{"the doctor", "udoctor", "v0", 5, "", rating.ErrVisit},
			{"a visit that goes on", "upatient", "open", 5, "", rating.ErrVisit},
			{"no star", "upatient", "v0", 0, "", invalid.ErrInput},
			{"six stars", "upatient", "v0", 6, "", invalid.ErrInput},
			{"too many words", "upatient", "v0", 5, strings.Repeat("好", rating.MaxWords+1), invalid.ErrInput},
		} {
			if err := rate(x.person, x.visit, x.stars, x.words); !errors.Is(err, x.want) {
				t.Errorf("%s: %v", x.name, err)
			}
		}
		if r, err := s.Of(ctx, "upatient", "v0"); err != nil || r != (rating.Rating{}) {
			t.Errorf("not rated: %+v %v", r, err)
		}
		for i := range rating.Least - 1 {
			if err := rate("upatient", fmt.Sprint("v", i), 5, "很好"); err != nil {
				t.Fatal(err)
			}
		}
		silent := func() {
			t.Helper()
			all, err := s.Averages(ctx, []string{"udoctor"})
			h, err2 := s.Heard(ctx, "udoctor")
			if err != nil || err2 != nil || len(all) != 0 || h.Average != 0 || len(h.Said) != 0 ||
				h.Count != 0 {
				t.Errorf("below the least: %v %+v %v %v", all, h, err, err2)
			}
		}
		silent()
		if err := rate("upatient", "v0", 3, "改一下"); err != nil {
			t.Fatal(err)
		}
		silent() // changed, not counted twice
		if r, err := s.Of(ctx, "upatient", "v0"); err != nil || r.Stars != 3 || r.Words != "改一下" ||
			!r.Until.Equal(r.At.Add(rating.Editable)) {
			t.Errorf("%+v, %v", r, err)
		}
		if err := rate("upatient", "v9", 4, ""); err != nil {
			t.Fatal(err)
		}
		all, err := s.Averages(ctx, []string{"udoctor", "uother"})
		if err != nil || len(all) != 1 || all["udoctor"].Average != 4.4 || all["udoctor"].Count != 5 {
			t.Errorf("%v, %v", all, err)
		}
		h, err := s.Heard(ctx, "udoctor")
		if err != nil || h.Average != 4.4 || len(h.Said) != 5 || h.Said[4] != (rating.Said{Stars: 3, Words: "改一下"}) {
			t.Errorf("%+v, %v", h, err)
		}
		*at = at.Add(rating.Editable)
		if err := rate("upatient", "v0", 1, ""); !errors.Is(err, rating.ErrClosed) {
			t.Errorf("changed after seven days: %v", err)
		}
		if err := rate("upatient", "v10", 5, ""); err != nil {
			t.Errorf("a late first one: %v", err)
		}
		*at = at.Add(rating.Within)
		if err := rate("upatient", "v11", 5, ""); !errors.Is(err, rating.ErrClosed) {
			t.Errorf("rated after ninety days: %v", err)
		}
	})
}

// TestADoctorWhoLooksAfterEveryVisit learns nothing of it: one patient's ratings never stand alone,
// however many visits they are of, what is shown moves by Least patients at a time, and a change
// waits as well.
func TestADoctorWhoLooksAfterEveryVisit(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		s, _ := open(t, db)
		ctx := t.Context()
		rate := func(visit string, stars int) {
			t.Helper()
			if _, err := s.Rate(ctx, sqlstore.Command{}, "upatient", visit, rating.Rating{Stars: stars}); err != nil {
				t.Fatal(err)
			}
		}
		shown := func(want int, average float64) {
			t.Helper()
			h, err := s.Heard(ctx, "udoctor")
			all, err2 := s.Averages(ctx, []string{"udoctor"})
			if err != nil || err2 != nil || h.Count != want || len(h.Said) != want || h.Average != average ||
				all["udoctor"].Count != want || all["udoctor"].Average != average {
				t.Errorf("%+v %v %v %v, want %d of %.1f", h, all, err, err2, want, average)
			}
		}
		for i := range 2 * rating.Least {
			rate(fmt.Sprint("again", i), 1)
		}
		shown(0, 0)
		for i := range rating.Least - 1 {
			shown(0, 0)
			rate(fmt.Sprint("v", i), 5)
		}
		shown(14, 2.1)
		for i := range rating.Least - 1 {
			rate(fmt.Sprint("w", i), 1)
			shown(14, 2.1)
		}
		rate("w0", 5) // changed while it waits
		shown(14, 2.1)
		rate("w9", 5)
		shown(19, 2.3)
		rate("w9", 1) // changed when it is shown: it waits anew
		shown(18, 2.1)
	})
}

// TestWordsAreSealed looks into the database's file.
func TestWordsAreSealed(t *testing.T) {
	path := t.TempDir() + "/test.db"
	s, _ := open(t, sqlstoretest.Open(t, "sqlite:"+path))
	if _, err := s.Rate(t.Context(), sqlstore.Command{}, "upatient", "v1",
		rating.Rating{Stars: 2, Words: "等了很久才回复"}); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{path, path + "-wal"} {
		if b, err := os.ReadFile(file); err != nil || bytes.Contains(b, []byte("等了很久")) {
			t.Errorf("%s: readable, or %v", file[len(path):], err)
		}
	}
}
