package consult_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/consult/chat"
	"github.com/smart-hospital/hospital/app/family/right"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// parents says who is whose guardian.
type parents map[string]string

var errNoGuardian = errors.New("no guardian")

func (p parents) MayActFor(_ context.Context, guardian, child string) error {
	if p[child] != guardian {
		return errNoGuardian
	}
	return nil
}

func (p parents) Wards(_ *gorm.DB, guardian string) (list []string, err error) {
	for child, of := range p {
		if of == guardian {
			list = append(list, child)
		}
	}
	return list, nil
}

func (p parents) Birth(_ *gorm.DB, person string) (time.Time, error) {
	if p[person] != "" {
		return time.Now().AddDate(-4, 0, 0), nil
	}
	return bornForTest, nil
}

var bornForTest = time.Date(1990, 3, 7, 0, 0, 0, 0, time.FixedZone("CST", 8*60*60))

// family is a child with two guardians.
type family struct{ child, one, other string }

func (f family) MayActFor(_ context.Context, guardian, child string) error {
	if child != f.child || guardian != f.one && guardian != f.other {
		return errNoGuardian
	}
	return nil
}

func (f family) Wards(_ *gorm.DB, guardian string) ([]string, error) {
	if guardian == f.one || guardian == f.other {
		return []string{f.child}, nil
	}
	return nil, nil
}

func (f family) Birth(*gorm.DB, string) (time.Time, error) { return bornForTest, nil }

// readers hold nothing but the right to read.
type readers struct{ family }

func (r readers) Wards(tx *gorm.DB, person string) ([]string, error) {
	if person == r.other && right.Of(tx.Statement.Context) != right.Read {
		return nil, nil
	}
	return r.family.Wards(tx, person)
}

func (r readers) Birth(*gorm.DB, string) (time.Time, error) { return bornForTest, nil }

// TestADoctorIsNotAskedForARelative: who is let as much as read is not the doctor of who let it;
// and who asks for an adult is no guardian that is present.
func TestADoctorIsNotAskedForARelative(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		for _, who := range []string{doctor, doctorAsPatient, stranger} {
			w := newWardWith(t, db, nil, readers{family{child: "umother", one: patient, other: who}})
			v, err := w.RequestFor(t.Context(), w.cmd(), patient, "umother", consult.Wish{Doctor: doctor},
				consult.Intake{Complaint: "头晕", Guardian: true})
			if who == stranger && (err != nil || v.Guardian != patient || v.Intake.Guardian) {
				t.Errorf("for an adult: %+v %v", v, err)
			}
			if who != stranger && !errors.Is(err, consult.ErrOwn) {
				t.Errorf("the doctor's own relative %s: %v", who, err)
			}
			if err == nil {
				if _, err := w.Cancel(t.Context(), w.cmd(), patient, v.ID, ""); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

// TestWhatIsSaidIsNotedWithIt: the line of the access log is written in the transaction of the
// message or the read mark, or there is neither.
func TestWhatIsSaidIsNotedWithIt(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w := newWardWith(t, db, nil, family{child: "umother", one: patient, other: stranger})
		v, err := w.RequestFor(t.Context(), w.cmd(), patient, "umother", consult.Wish{Doctor: doctor},
			consult.Intake{Complaint: "头晕"})
		if err != nil {
			t.Fatal(err)
		}
		ctx, trace := right.Tracing(t.Context(), patient)
		killed, noted := errors.New("killed"), 0
		trace.Note = func(*gorm.DB) error { noted++; return killed }
		says := chat.Outgoing{ClientID: "message-1", Kind: chat.KindText, Text: "头还是晕"}
		if _, _, err := w.Post(ctx, patient, v.ID, says); !errors.Is(err, killed) {
			t.Errorf("said without its line: %v", err)
		}
		before, err := w.Messages(t.Context(), patient, v.ID, 0)
		if err != nil || before.LastSeq != v.LastSeq {
			t.Errorf("a message stays: %+v %v", before, err)
		}
		if _, err := w.MarkRead(ctx, patient, v.ID, v.LastSeq); v.LastSeq > 0 && !errors.Is(err, killed) {
			t.Errorf("marked without its line: %v", err)
		}
		killed = nil
		_, again, err := w.Post(ctx, patient, v.ID, says)
		if err != nil || again || !slices.Contains(trace.Seen(), "umother") {
			t.Errorf("said: again %v, %v, seen %v", again, err, trace.Seen())
		}
		was := noted
		if _, again, err := w.Post(ctx, patient, v.ID, says); err != nil || !again || noted != was || !trace.Kept() {
			t.Errorf("the same again: %v %v, %d lines more", again, err, noted-was)
		}
	})
}

// TestADoctorIsNotAskedForTheOwnWard: the other guardian asks a doctor for the child whose guardian
// the doctor is, at any of the doctor's log-ins.
func TestADoctorIsNotAskedForTheOwnWard(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		for _, who := range []string{doctor, doctorAsPatient} {
			w := newWardWith(t, db, nil, family{child: "uchild", one: patient, other: who})
			_, err := w.RequestFor(t.Context(), w.cmd(), patient, "uchild", consult.Wish{Doctor: doctor},
				consult.Intake{Complaint: "咳嗽"})
			if !errors.Is(err, consult.ErrOwn) {
				t.Errorf("guardian %s: %v", who, err)
			}
			if list, err := w.List(t.Context(), patient, consult.SidePatient, consult.Filter{}); err != nil ||
				len(list) != 0 {
				t.Errorf("%d visits, %v", len(list), err)
			}
		}
	})
}

// What the doctor notes of an earlier diagnosis is judged by the patient's birth, as what the
// patient types is.
func TestNoDiagnosisBeforeBirth(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWardWith(t, db, nil, parents{}), t.Context()
		id := w.active()
		note := func(day time.Time) error {
			_, err := w.WriteNote(ctx, w.cmd(), doctor, id,
				consult.Note{Complaint: "咳嗽", Plan: "多饮水",
					Prior: []consult.PriorDiagnosis{{Code: "J06.9", Hospital: "市一医院", Date: day}}})
			return err
		}
		if err := note(bornForTest.AddDate(0, 0, -1)); !errors.Is(err, invalid.ErrInput) ||
			!strings.Contains(err.Error(), "body.prior[0].date") {
			t.Errorf("the day before: %v", err)
		}
		if err := note(bornForTest); err != nil {
			t.Errorf("the day itself: %v", err)
		}
	})
}

// TestGuardianSpeaksForTheChild: the child is the patient, the guardian its side's voice, and
// nobody else gets in.
func TestGuardianSpeaksForTheChild(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		guardians := parents{}
		w, ctx := newWardWith(t, db, nil, guardians), t.Context()
		const child = "uchild"
		guardians[child], guardians["uother"] = patient, doctor
		for who, want := range map[string]error{stranger: errNoGuardian, doctor: errNoGuardian} {
			if _, err := w.RequestFor(ctx, w.cmd(), who, child, consult.Wish{Doctor: doctor},
				consult.Intake{Complaint: "咳嗽"}); !errors.Is(err, want) {
				t.Errorf("%s asks: %v", who, err)
			}
		}
		if _, err := w.RequestFor(ctx, w.cmd(), doctor, "uother", consult.Wish{Doctor: doctor},
			consult.Intake{Complaint: "咳嗽"}); !errors.Is(err, consult.ErrDoctor) {
			t.Errorf("a doctor asks himself for his child: %v", err)
		}
		v, err := w.RequestFor(ctx, w.cmd(), patient, child, consult.Wish{Doctor: doctor},
			consult.Intake{Complaint: "咳嗽"})
		if err != nil || v.Patient != child || v.Guardian != patient || !v.Intake.Guardian || len(v.Next) == 0 {
			t.Fatalf("%+v %v", v, err)
		}
		own, err := w.Request(ctx, w.cmd(), patient, consult.Wish{Doctor: doctor},
			consult.Intake{Complaint: "我也咳嗽"})
		if err != nil {
			t.Fatalf("the guardian's own visit beside it: %v", err)
		}
		// A second request hears which one is open: the own, or the child's. A stranger hears of
		// neither.
		again := consult.Intake{Complaint: "又咳嗽"}
		_, mine := w.Request(ctx, w.cmd(), patient, consult.Wish{Doctor: doctor}, again)
		_, childs := w.RequestFor(ctx, w.cmd(), patient, child, consult.Wish{Doctor: doctor}, again)
		for id, err := range map[string]error{own.ID: mine, v.ID: childs} {
			open, ok := errors.AsType[*consult.Occupied](err)
			if !ok || open.ID != id || !errors.Is(err, consult.ErrOpen) {
				t.Errorf("%v names %+v, not %s", err, open, id)
			}
		}
		_, foreign := w.RequestFor(ctx, w.cmd(), stranger, child, consult.Wish{Doctor: doctor}, again)
		if !errors.Is(foreign, errNoGuardian) || errors.Is(foreign, consult.ErrOpen) {
			t.Errorf("a stranger learns that the child has one: %v", foreign)
		}
		for _, do := range []func(context.Context, sqlstore.Command, string, string) (*consult.View,
			error){w.Accept, w.Start} {
			if _, err := do(ctx, w.cmd(), doctor, v.ID); err != nil {
				t.Fatal(err)
			}
		}
		if _, _, err := w.Post(ctx, patient, v.ID,
			chat.Outgoing{ClientID: "message-1", Kind: chat.KindText, Text: "孩子咳嗽"}); err != nil {
			t.Errorf("the guardian writes: %v", err)
		}
		if got, err := w.Get(ctx, doctor, v.ID); err != nil || got.Unread < 1 {
			t.Errorf("the doctor sees %+v %v", got, err)
		}
		if _, err := w.MarkRead(ctx, patient, v.ID, v.LastSeq+10); err != nil {
			t.Errorf("the guardian reads: %v", err)
		}
		if got, err := w.Get(ctx, patient, v.ID); err != nil || got.Unread != 0 {
			t.Errorf("the guardian sees %+v %v", got, err)
		}
		if _, err := w.Get(ctx, stranger, v.ID); !errors.Is(err, consult.ErrNotFound) {
			t.Errorf("a stranger: %v", err)
		}
		list, err := w.List(ctx, patient, consult.SidePatient, consult.Filter{})
		if err != nil || len(list) != 2 {
			t.Errorf("the guardian's list: %d %v", len(list), err)
		}
		visit, err := w.Visit(w.db.WithContext(ctx), v.ID)
		if err != nil || visit.Patient != child || visit.Guardian != patient || !visit.GuardianPresent || !visit.Begun {
			t.Errorf("%+v %v", visit, err)
		}
		guardians[child] = "uanother" // a second guardian speaks as well, and the first one's right has ended
		if _, _, err := w.Post(ctx, "uanother", v.ID,
			chat.Outgoing{ClientID: "message-2", Kind: chat.KindText, Text: "我是孩子父亲"}); err != nil {
			t.Errorf("the second guardian writes: %v", err)
		}
		for name, try := range map[string]func() error{
			"read":   func() error { _, err := w.Get(ctx, patient, v.ID); return err },
			"chat":   func() error { _, err := w.Messages(ctx, patient, v.ID, 0); return err },
			"notes":  func() error { _, err := w.Notes(ctx, patient, v.ID); return err },
			"mark":   func() error { _, err := w.MarkRead(ctx, patient, v.ID, 1); return err },
			"cancel": func() error { _, err := w.Cancel(ctx, w.cmd(), patient, v.ID, ""); return err },
			"write": func() error {
				_, _, err := w.Post(ctx, patient, v.ID,
					chat.Outgoing{ClientID: "message-3", Kind: chat.KindText, Text: "还在吗"})
				return err
			},
		} {
			if err := try(); !errors.Is(err, consult.ErrNotFound) {
				t.Errorf("%s by who is guardian no longer: %v", name, err)
			}
		}
		if list, err := w.List(ctx, patient, consult.SidePatient, consult.Filter{}); err != nil || len(list) != 1 {
			t.Errorf("the former guardian's list: %d %v", len(list), err)
		}
	})
}

// TestAListOfOnePerson: who reads for several narrows the list to one at the server, and the pages
// go on with it; nobody learns so of a stranger's.
func TestAListOfOnePerson(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		guardians := parents{}
		w, ctx := newWardWith(t, db, nil, guardians), t.Context()
		const child, former = "uchild", "uformer" // an id that the patient had is one of the wards
		guardians[child], guardians[former] = patient, patient
		own := w.request().ID
		hers, err := w.RequestFor(ctx, w.cmd(), patient, child, consult.Wish{Doctor: doctor},
			consult.Intake{Complaint: "咳嗽"})
		if err != nil {
			t.Fatal(err)
		}
		before, err := w.RequestFor(ctx, w.cmd(), patient, former, consult.Wish{Doctor: doctor},
			consult.Intake{Complaint: "复诊"})
		if err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			who     string
			people  []string
			side    consult.Side
			want    []string
			refused error
		}{
			{patient, nil, consult.SidePatient, []string{before.ID, hers.ID, own}, nil},
			{patient, []string{patient, former}, consult.SidePatient, []string{before.ID, own}, nil},
			{patient, []string{child}, consult.SidePatient, []string{hers.ID}, nil},
			{stranger, []string{child}, consult.SidePatient, nil, consult.ErrNotFound},
			{doctor, []string{child}, consult.SideDoctor, []string{hers.ID}, nil},
			{doctor, []string{patient, former}, consult.SideDoctor, []string{before.ID, own}, nil},
			{doctor, []string{"unobody"}, consult.SideDoctor, nil, nil},
			{doctor + "-other", []string{child}, consult.SideDoctor, nil, nil},
		} {
			var got []string
			list, err := w.List(ctx, tt.who, tt.side, consult.Filter{People: tt.people})
			for _, v := range list {
				got = append(got, v.ID)
			}
			slices.Sort(got)
			slices.Sort(tt.want)
			if !errors.Is(err, tt.refused) || !slices.Equal(got, tt.want) {
				t.Errorf("%s asks for %q: %v %v", tt.who, tt.people, got, err)
			}
		}
		page, err := w.List(ctx, patient, consult.SidePatient,
			consult.Filter{People: []string{patient}, Before: own, Limit: 1})
		if err != nil || len(page) != 0 {
			t.Errorf("the page behind the only one: %v %v", page, err)
		}
	})
}

// TestWhoWroteForThePatient: a message says who wrote it in the patient's place, to both sides;
// what the patient and the doctor wrote says nothing.
func TestWhoWroteForThePatient(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWardWith(t, db, nil, family{child: "umother", one: patient, other: stranger}), t.Context()
		v, err := w.RequestFor(ctx, w.cmd(), patient, "umother", consult.Wish{Doctor: doctor},
			consult.Intake{Complaint: "头晕"})
		if err != nil {
			t.Fatal(err)
		}
		for _, do := range w.steps()[:2] {
			if _, err := do(ctx, w.cmd(), doctor, v.ID); err != nil {
				t.Fatal(err)
			}
		}
		for i, who := range []string{"umother", patient, stranger, doctor} {
			m, _, err := w.Post(ctx, who, v.ID, text("message-"+strconv.Itoa(i), who))
			if err != nil {
				t.Fatal(err)
			}
			want := who
			if who == "umother" || who == doctor {
				want = ""
			}
			if m.By != want {
				t.Errorf("%s is answered %q", who, m.By)
			}
		}
		for _, reader := range []string{"umother", patient, doctor} {
			for _, m := range w.all(reader, v.ID) {
				want := map[string]string{patient: patient, stranger: stranger}[m.Text]
				if m.Kind == chat.KindText && m.By != want {
					t.Errorf("%s reads %+v, want by %q", reader, m, want)
				}
			}
		}
	})
}
