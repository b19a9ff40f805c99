package consult_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// TestAskedAndCancelledAgainAndAgain: a patient who asks and cancels in a loop fills no doctor's
// inbox; another patient is not kept out, and the next day is another one.
func TestAskedAndCancelledAgainAndAgain(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWard(t, db, nil), t.Context()
		ask := func(who string) (*consult.View, error) {
			return w.Request(ctx, w.cmd(), who, consult.Wish{Doctor: doctor}, consult.Intake{Complaint: "咳嗽"})
		}
		for range consult.MaxDayCancelled {
			v, err := ask(patient)
			if err == nil {
				_, err = w.Cancel(ctx, w.cmd(), patient, v.ID, "不看了")
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if _, err := ask(patient); !errors.Is(err, consult.ErrGivenUp) {
			t.Errorf("one more: %v", err)
		}
		if _, err := ask(stranger); err != nil {
			t.Errorf("another patient: %v", err)
		}
		w.now.Add((25 * time.Hour).Milliseconds())
		if _, err := ask(patient); err != nil {
			t.Errorf("the next day: %v", err)
		}
	})
}

func TestAVisitFromRequestToFinish(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWard(t, db, nil), t.Context()
		v := w.request()
		if v.State != consult.Requested || v.FeeFen != 3000 || v.LastSeq != 1 || v.Epoch == "" {
			t.Fatalf("%+v", v)
		}
		if _, err := w.Request(ctx, w.cmd(), patient, consult.Wish{Doctor: doctor},
			consult.Intake{Complaint: "again"}); !errors.Is(err, consult.ErrOpen) {
			t.Fatalf("second open one: %v", err)
		}
		for _, do := range []func(context.Context, sqlstore.Command, string, string) (*consult.View,
			error){w.Accept, w.Start} {
			if _, err := do(ctx, w.cmd(), patient, v.ID); !errors.Is(err, consult.ErrForbidden) {
				t.Fatalf("patient: %v", err)
			}
			if _, err := do(ctx, w.cmd(), doctor, v.ID); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := w.Finish(ctx, w.cmd(), doctor, v.ID); !errors.Is(err, consult.ErrNote) {
			t.Fatalf("finish without note: %v", err)
		}
		note := consult.Note{Complaint: "咳嗽三天", History: "低热", Plan: "对症",
			Diagnoses: []consult.Diagnosis{{Code: "J06.900", Name: "made up"}}}
		if _, err := w.WriteNote(ctx, w.cmd(), doctor, v.ID,
			consult.Note{Complaint: "x", Plan: "x", Diagnoses: []consult.Diagnosis{{Code: "Z99.999"}}}); !errors.Is(err,
			invalid.ErrInput) {
			t.Fatalf("unknown code: %v", err)
		}
		v, err := w.WriteNote(ctx, w.cmd(), doctor, v.ID, note)
		if err != nil || v.Note.Version != 1 || v.Note.Diagnoses[0].Name != "急性上呼吸道感染" {
			t.Fatalf("%+v, %v", v, err)
		}
		if _, err := w.WriteNote(ctx, w.cmd(), doctor, v.ID, note); !errors.Is(err, consult.ErrNoteVersion) {
			t.Fatalf("over an unseen version: %v", err)
		}
		note.Version, note.Plan = 1, "对症，多饮水"
		if _, err := w.WriteNote(ctx, w.cmd(), doctor, v.ID, note); err != nil {
			t.Fatal(err)
		}
		notes, err := w.Notes(ctx, patient, v.ID)
		if err != nil || len(notes) != 2 || notes[0].Plan != "对症" || notes[1].Plan != "对症，多饮水" {
			t.Fatalf("%+v, %v", notes, err)
		}
		if v, err = w.Finish(ctx, w.cmd(), doctor, v.ID); err != nil || v.State != consult.Finished ||
			v.ClosedAt == nil || len(v.Next) != 0 {
			t.Fatalf("%+v, %v", v, err)
		}
		if _, _, err := w.Post(ctx, patient, v.ID, text("after-the-end", "谢谢")); !errors.Is(err, consult.ErrState) {
			t.Fatalf("after the end: %v", err)
		}
		states := ""
		for _, m := range w.all(patient, v.ID) {
			states += m.Text + " "
		}
		if states != "requested accepted active finished " {
			t.Fatalf("stream: %q", states)
		}
		visit, err := w.Visit(w.db.WithContext(ctx), v.ID)
		if err != nil || !visit.Begun || !visit.Noted || !visit.TakesUntil.Equal(v.ClosedAt.Add(consult.DefaultTail)) ||
			visit.Diagnoses[0].Code != "J06.900" || visit.PriorReference != "市一院门诊" {
			t.Fatalf("%+v, %v", visit, err)
		}
		w.request() // the pair may ask again now
	})
}

// A database of before the cells is given them when it is brought up to date.
func TestTalliesOfAnOldDatabase(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWard(t, db, nil), t.Context()
		for range 2 {
			id := w.active()
			note := consult.Note{Complaint: "咳嗽", Plan: "对症", Diagnoses: []consult.Diagnosis{{Code: "J06.900"}}}
			if _, err := w.WriteNote(ctx, w.cmd(), doctor, id, note); err != nil {
				t.Fatal(err)
			}
			if _, err := w.Finish(ctx, w.cmd(), doctor, id); err != nil {
				t.Fatal(err)
			}
		}
		w.active()
		for _, before := range []string{"DROP TABLE consultation_tallies", "DROP INDEX consultations_pair",
			"DELETE FROM migrations_consult WHERE version_id >= 8"} {
			if err := db.WithContext(ctx).Exec(before).Error; err != nil {
				t.Fatal(err)
			}
		}
		if err := consult.Migrate(ctx, db); err != nil {
			t.Fatal(err)
		}
		if got, err := w.Finished(ctx, []string{doctor}); err != nil || got[doctor] != 2 {
			t.Errorf("%v, %v", got, err)
		}
	})
}

// What is shown of how many visits a doctor has finished is what a count of them says; a command
// that comes twice finishes one.
func TestFinishedVisitsAreTallied(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWard(t, db, nil), t.Context()
		for want := range 3 {
			var n int64
			got, err := w.Finished(ctx, []string{doctor, doctor + "-2"})
			if err == nil {
				err = db.WithContext(ctx).Table("consultations").Where("state = 'finished'").Count(&n).Error
			}
			if err != nil || got[doctor] != want || n != int64(want) || got[doctor+"-2"] != 0 {
				t.Fatalf("%v, counted %d, want %d; %v", got, n, want, err)
			}
			id := w.active()
			note := consult.Note{Complaint: "咳嗽", Plan: "对症", Diagnoses: []consult.Diagnosis{{Code: "J06.900"}}}
			if _, err := w.WriteNote(ctx, w.cmd(), doctor, id, note); err != nil {
				t.Fatal(err)
			}
			cmd := w.cmd()
			for range 2 {
				if _, err := w.Finish(ctx, cmd, doctor, id); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

func TestCommandsAreIdempotent(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWard(t, db, nil), t.Context()
		cmd := w.cmd()
		first, err := w.Request(ctx, cmd, patient, consult.Wish{Doctor: doctor}, consult.Intake{Complaint: "咳嗽"})
		if err != nil {
			t.Fatal(err)
		}
		second, err := w.Request(ctx, cmd, patient, consult.Wish{Doctor: doctor}, consult.Intake{Complaint: "咳嗽"})
		if err != nil || second.ID != first.ID {
			t.Fatalf("%v, %v", second, err)
		}
		cmd.Hash[0]++
		if _, err := w.Request(ctx, cmd, patient, consult.Wish{Doctor: doctor},
			consult.Intake{Complaint: "other"}); !errors.Is(err, sqlstore.ErrKeyReused) {
			t.Fatalf("other body: %v", err)
		}
	})
}

func TestAcceptAndCancelRace(t *testing.T) {
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		a, b := newWard(t, sqlstoretest.Open(t, dsn), nil), newWard(t, sqlstoretest.Open(t, dsn), nil)
		for range 10 {
			id := a.request().ID
			var wg sync.WaitGroup
			wg.Go(func() { _, _ = a.Accept(t.Context(), a.cmd(), doctor, id) })
			wg.Go(func() { _, _ = b.Cancel(t.Context(), sqlstore.Command{}, patient, id, "") })
			wg.Wait()
			v, err := a.Get(t.Context(), patient, id)
			if err != nil || v.State != consult.Cancelled {
				// Cancel may meet an accepted one and still holds; accept after cancel must not.
				t.Fatalf("%+v, %v", v, err)
			}
		}
	})
}

// prescribed says whether a consultation has a prescription in effect.
type prescribed struct{ live bool }

func (p *prescribed) InEffect(*gorm.DB, string) (bool, error) { return p.live, nil }

// TestNoVisitIsCancelledUnderItsPrescription: a prescription in effect does not survive its visit,
// because the visit stays until it is withdrawn.
func TestNoVisitIsCancelledUnderItsPrescription(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWard(t, db, nil), t.Context()
		rx := &prescribed{live: true}
		w.Prescriptions = rx
		id := w.active()
		if _, err := w.Cancel(ctx, w.cmd(), doctor, id, "转线下"); !errors.Is(err, consult.ErrPrescribed) {
			t.Errorf("cancelled: %v", err)
		}
		if _, err := w.Cancel(ctx, w.cmd(), stranger, id, "转线下"); !errors.Is(err, consult.ErrNotFound) {
			t.Errorf("a stranger learns of a prescription: %v", err)
		}
		if _, err := w.Cancel(ctx, w.cmd(), patient, id, ""); !errors.Is(err, consult.ErrState) {
			t.Errorf("the state is judged before it: %v", err)
		}
		rx.live = false
		if _, err := w.Cancel(ctx, w.cmd(), doctor, id, "转线下"); err != nil {
			t.Error(err)
		}
	})
}

// TestLiveRecordClosesAfterTheVisit: a day after the end, to the millisecond, the doctor reads no
// more of the patient.
func TestLiveRecordClosesAfterTheVisit(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWard(t, db, nil), t.Context()
		id := w.active()
		note := consult.Note{Complaint: "咳嗽", Plan: "对症", Diagnoses: []consult.Diagnosis{{Code: "J06.900"}}}
		if _, err := w.WriteNote(ctx, w.cmd(), doctor, id, note); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Finish(ctx, w.cmd(), doctor, id); err != nil {
			t.Fatal(err)
		}
		w.now.Add(consult.DefaultTail.Milliseconds() - 1)
		if _, err := w.Treated(ctx, doctor, id); err != nil {
			t.Errorf("a millisecond before: %v", err)
		}
		w.now.Add(1)
		if _, err := w.Treated(ctx, doctor, id); !errors.Is(err, consult.ErrOver) {
			t.Errorf("a day after: %v", err)
		}
		for _, who := range []string{patient, stranger} {
			if _, err := w.Treated(ctx, who, id); !errors.Is(err, consult.ErrNotFound) {
				t.Errorf("%s: %v", who, err)
			}
		}
		if _, err := w.Get(ctx, doctor, id); err != nil {
			t.Errorf("the doctor keeps the visit itself: %v", err)
		}
	})
}
