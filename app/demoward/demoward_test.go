package demoward_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/consult/chat"
	"github.com/smart-hospital/hospital/app/demoward"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

type register struct{}

func (register) ConsultDoctor(_ context.Context, person string) (consult.Doctor, error) {
	return consult.Doctor{Person: person, Department: "neurology", Open: true}, nil
}

func (register) ConsultSession(context.Context, string, time.Time) (consult.Session, error) {
	return consult.Session{}, consult.ErrNoSlot
}

func (register) NotHeld(context.Context, time.Time) (map[string][]time.Time, error) { return nil, nil }

type diagnoses struct{}

func (diagnoses) DiagnosisName(string) (string, bool) { return "", false }

// TestTheScript plays two visits to their ends: one whose patient answers, one whose patient says
// nothing. Two instances play at once, and every line is said once.
func TestTheScript(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		ctx := t.Context()
		if err := consult.Migrate(ctx, db); err != nil {
			t.Fatal(err)
		}
		at := time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)
		now := func() time.Time { return at }
		visits := consult.NewService(consult.Config{DB: db, Box: sqlstoretest.Box(), Doctors: register{},
			Diagnoses: diagnoses{}, Hub: chat.NewHub(nil, consult.ValidID), Now: now})
		w := &demoward.Ward{People: []string{"uplayed"}, Visits: visits, Now: now, Log: slog.New(slog.DiscardHandler)}
		play := func() {
			t.Helper()
			for range 8 {
				if err := w.Play(ctx); err != nil {
					t.Fatal(err)
				}
			}
		}
		ask := func(patient, doctor string) string {
			t.Helper()
			v, err := visits.Request(ctx, sqlstore.Command{}, patient, consult.Wish{Doctor: doctor},
				consult.Intake{Complaint: "头晕"})
			if err != nil {
				t.Fatal(err)
			}
			return v.ID
		}
		said := func(patient, visit string) (n int) {
			t.Helper()
			page, err := visits.Messages(ctx, patient, visit, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range page.Messages {
				if m.Sender != consult.SideDoctor {
					continue
				}
				n++
				if !strings.HasPrefix(m.Text, demoward.Mark) {
					t.Errorf("not marked: %s", m.Text)
				}
			}
			return n
		}
		answers, silent, other := ask("upatient", "uplayed"), ask("uother", "uplayed"), ask("upatient", "ureal")
		play()
		if said("upatient", answers) != 2 || said("uother", silent) != 2 {
			t.Fatalf("said %d and %d lines, want a greeting and a question", said("upatient", answers),
				said("uother", silent))
		}
		for i, want := range []int{3, 4} {
			if _, _, err := visits.Post(ctx, "upatient", answers, chat.Outgoing{Kind: chat.KindText, Text: "三天了",
				ClientID: "answer-0" + string(rune('a'+i))}); err != nil {
				t.Fatal(err)
			}
			play()
			if got := said("upatient", answers); got != want {
				t.Fatalf("%d lines after answer %d, want %d", got, i+1, want)
			}
		}
		v, err := visits.Get(ctx, "upatient", answers)
		if err != nil || v.State != consult.Cancelled || !strings.HasPrefix(v.Reason, demoward.Mark) {
			t.Fatalf("%+v, %v", v, err)
		}
		at = at.Add(31 * time.Minute)
		play()
		if v, err := visits.Get(ctx, "uother", silent); err != nil || v.State != consult.Cancelled {
			t.Fatalf("%+v, %v", v, err)
		}
		if v, err := visits.Get(ctx, "upatient", other); err != nil || v.State != consult.Requested {
			t.Fatalf("another doctor's visit was played: %+v, %v", v, err)
		}
	})
}

// TestNobodyPlaysWithoutAWard: strict mode has no ward.
func TestNobodyPlaysWithoutAWard(t *testing.T) {
	if (*demoward.Ward)(nil).Plays("uplayed") || !(&demoward.Ward{People: []string{"uplayed"}}).Plays("uplayed") {
		t.Error("who is played is not told")
	}
}
