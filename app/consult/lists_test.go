package consult_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

func TestStrangersFindNothing(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWard(t, db, nil), t.Context()
		id := w.active()
		f, err := w.Upload(ctx, w.cmd(), patient, id, picture(t))
		if err != nil {
			t.Fatal(err)
		}
		tries := map[string]func(person, id string) error{
			"get":    func(p, id string) error { _, err := w.Get(ctx, p, id); return err },
			"notes":  func(p, id string) error { _, err := w.Notes(ctx, p, id); return err },
			"accept": func(p, id string) error { _, err := w.Accept(ctx, w.cmd(), p, id); return err },
			"cancel": func(p, id string) error { _, err := w.Cancel(ctx, w.cmd(), p, id, "x"); return err },
			"note": func(p, id string) error {
				_, err := w.WriteNote(ctx, w.cmd(), p, id, consult.Note{Complaint: "x", Plan: "x"})
				return err
			},
			"read": func(p, id string) error { _, err := w.Messages(ctx, p, id, 0); return err },
			"mark": func(p, id string) error { _, err := w.MarkRead(ctx, p, id, 1); return err },
			"post": func(p, id string) error {
				_, _,
					err := w.Post(ctx, p, id, text("stranger-1", "hi"))
				return err
			},
			"upload": func(p, id string) error { _, err := w.Upload(ctx, w.cmd(), p, id, picture(t)); return err },
			"see":    func(p, id string) error { _, _, err := w.Picture(ctx, p, id, f.ID); return err },
			"list": func(p, id string) error {
				_, err := w.List(ctx, p, consult.SidePatient, consult.Filter{Before: id})
				return err
			},
		}
		for name, try := range tries {
			foreign, unknown := try(stranger, id), try(stranger, "CN20261122000000000000")
			if !errors.Is(foreign, consult.ErrNotFound) || !errors.Is(unknown, consult.ErrNotFound) ||
				foreign.Error() != unknown.Error() {
				t.Errorf("%s: foreign %v, unknown %v: they must look alike", name, foreign, unknown)
			}
		}
	})
}

func TestSweepCancelsWhatNobodyAccepts(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWard(t, db, nil), t.Context()
		waiting := w.request().ID
		taken, err := w.Request(ctx, w.cmd(), patient, consult.Wish{Doctor: doctor + "-2"},
			consult.Intake{Complaint: "咳嗽"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Accept(ctx, w.cmd(), doctor+"-2", taken.ID); err != nil {
			t.Fatal(err)
		}
		w.now.Add(consult.RequestTTL.Milliseconds() - 1)
		if n, err := w.Sweep(ctx); n != 0 || err != nil {
			t.Fatalf("early: %d, %v", n, err)
		}
		w.now.Add(1)
		if n, err := w.Sweep(ctx); n != 1 || err != nil {
			t.Fatalf("%d, %v", n, err)
		}
		v, err := w.Get(ctx, patient, waiting)
		if err != nil || v.State != consult.Cancelled || v.Reason != "expired" {
			t.Fatalf("%+v, %v", v, err)
		}
		if v, _ := w.Get(ctx, patient, taken.ID); v.State != consult.Accepted {
			t.Fatalf("accepted one is %s", v.State)
		}
	})
}

func TestListsAndUnread(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWard(t, db, nil), t.Context()
		id := w.active()
		for i := range 3 {
			if _, _, err := w.Post(ctx, patient, id, text(fmt.Sprintf("client-%d", i), "你好")); err != nil {
				t.Fatal(err)
			}
		}
		if _, _, err := w.Post(ctx, doctor, id, text("client-d", "您好")); err != nil {
			t.Fatal(err)
		}
		unread := func(person string, side consult.Side) int64 {
			t.Helper()
			list, err := w.List(ctx, person, side, consult.Filter{States: []consult.State{consult.Active}})
			if err != nil || len(list) != 1 {
				t.Fatalf("%v, %v", list, err)
			}
			return list[0].Unread
		}
		// the visit's three steps are no messages to read
		if p, d := unread(patient, consult.SidePatient), unread(doctor, consult.SideDoctor); p != 1 || d != 3 {
			t.Fatalf("unread: patient %d, doctor %d", p, d)
		}
		marks, err := w.MarkRead(ctx, doctor, id, 5)
		if err != nil || marks.Doctor != 5 || unread(doctor, consult.SideDoctor) != 1 {
			t.Fatalf("%+v, %v", marks, err)
		}
		if marks, _ = w.MarkRead(ctx, doctor, id, 2); marks.Doctor != 5 {
			t.Fatal("a mark went back")
		}
		if marks, _ = w.MarkRead(ctx, doctor, id, 1<<40); marks.Doctor != 7 {
			t.Fatalf("mark %d is beyond the newest message", marks.Doctor)
		}
		if list, _ := w.List(ctx, doctor, consult.SidePatient, consult.Filter{}); len(list) != 0 {
			t.Fatal("a doctor's patients are not his own visits")
		}
		if ok, err := w.Treats(ctx, doctor, patient, time.Time{}); !ok || err != nil {
			t.Fatal(ok, err)
		}
		if ok, _ := w.Treats(ctx, doctor, stranger, time.Time{}); ok {
			t.Fatal("treats a stranger")
		}
	})
}

func TestPagesOfAList(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWard(t, db, nil), t.Context()
		var want []string
		for i := range 5 {
			v, err := w.Request(ctx, w.cmd(), patient, consult.Wish{Doctor: fmt.Sprintf("%s-%d", doctor, i)},
				consult.Intake{Complaint: "咳嗽"})
			if err != nil {
				t.Fatal(err)
			}
			want = append([]string{v.ID}, want...)
			w.now.Add(int64(i % 2)) // some at the very same millisecond
		}
		var got []string
		for before := ""; ; before = got[len(got)-1] {
			page, err := w.List(ctx, patient, consult.SidePatient, consult.Filter{Before: before, Limit: 2})
			if err != nil {
				t.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			for _, v := range page {
				got = append(got, v.ID)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

// TestPagesOfADoctorsVisitsWithOnePatient: one whom a doctor saw long ago is found among everybody
// since, a page at a time, and a page goes on from one's own visit alone.
func TestPagesOfADoctorsVisitsWithOnePatient(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWard(t, db, nil), t.Context()
		visit := func(who, with string) string {
			v, err := w.Request(ctx, w.cmd(), who, consult.Wish{Doctor: with}, consult.Intake{Complaint: "咳嗽"})
			if err == nil {
				_, err = w.Cancel(ctx, w.cmd(), who, v.ID, "")
			}
			if err != nil {
				t.Fatal(err)
			}
			w.now.Add(1)
			return v.ID
		}
		want := []string{visit(patient, doctor), visit(patient, doctor), visit(patient, doctor)}
		foreign := visit(patient, doctor+"-2")
		for i := range 5 {
			visit(fmt.Sprintf("%s-%d", patient, i), doctor)
		}
		slices.Reverse(want)
		var got []string
		for before := ""; ; before = got[len(got)-1] {
			page, err := w.List(ctx, doctor, consult.SideDoctor,
				consult.Filter{People: []string{patient}, Before: before, Limit: 2})
			if err != nil {
				t.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			for _, v := range page {
				got = append(got, v.ID)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
		_, err := w.List(ctx, doctor, consult.SideDoctor, consult.Filter{People: []string{patient}, Before: foreign})
		if !errors.Is(err, consult.ErrNotFound) {
			t.Errorf("behind another doctor's visit: %v", err)
		}
	})
}

// TestNothingReadableAtRest looks into the database file for what was said.
func TestNothingReadableAtRest(t *testing.T) {
	path := t.TempDir() + "/test.db"
	w := newWard(t, sqlstoretest.Open(t, "sqlite:"+path), nil)
	id := w.active()
	secrets := []string{"咳嗽三天", "市一院门诊", "秘密主诉", "秘密处理", "秘密消息", "秘密理由"}
	if _, err := w.WriteNote(t.Context(), w.cmd(), doctor, id,
		consult.Note{Complaint: "秘密主诉", Plan: "秘密处理"}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.Post(t.Context(), patient, id, text("client-id-1", "秘密消息")); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Cancel(t.Context(), w.cmd(), doctor, id, "秘密理由"); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{path, path + "-wal"} {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range secrets {
			if bytes.Contains(b, []byte(s)) {
				t.Errorf("%s is readable in %s", s, file[len(path):])
			}
		}
	}
}
