package consult_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

const (
	patient  = "upatient"
	doctor   = "udoctor"
	stranger = "ustranger"

	doctorAsPatient = "udoctorspatient" // another log-in of every doctor here
)

type register struct{}

func (register) ConsultDoctor(_ context.Context, person string) (consult.Doctor, error) {
	if !strings.HasPrefix(person, doctor) {
		return consult.Doctor{}, consult.ErrDoctor
	}
	return consult.Doctor{Person: person, Department: "resp", FeeFen: 3000, Open: person != doctor+"-closed",
		Also: []string{doctorAsPatient}}, nil
}

// session is the one session every doctor of these tests has: tomorrow, two hours, three patients.
var session = consult.Session{Start: time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC),
	End: time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC), Capacity: 3}

func (register) ConsultSession(_ context.Context, _ string, start time.Time) (consult.Session, error) {
	if !start.Equal(session.Start) {
		return consult.Session{}, consult.ErrNoSlot
	}
	return session, nil
}

type catalogue map[string]string

func (c catalogue) DiagnosisName(code string) (string, bool) { name, ok := c[code]; return name, ok }

// ward is one instance of the service and its clock.
type ward struct {
	db *sqlstore.DB
	*consult.Service
	t   *testing.T
	now atomic.Int64
	key atomic.Int64
}

func newWard(t *testing.T, db *sqlstore.DB, client redis.UniversalClient) *ward {
	t.Helper()
	return newWardWith(t, db, client, nil)
}

func newWardWith(t *testing.T, db *sqlstore.DB, client redis.UniversalClient, guardians consult.Guardians) *ward {
	t.Helper()
	w := &ward{t: t, db: db}
	w.now.Store(time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC).UnixMilli())
	if err := consult.Migrate(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	w.Service = consult.NewService(consult.Config{
		DB: db, Box: sqlstoretest.Box(), Doctors: register{}, Diagnoses: catalogue{"J06.900": "急性上呼吸道感染"},
		Guardians: guardians,
		Hub:       consult.NewHub(client), Now: func() time.Time { return time.UnixMilli(w.now.Load()).UTC() },
	})
	return w
}

func (w *ward) cmd() sqlstore.Command {
	return sqlstore.Command{Key: fmt.Sprintf("key-%s-%d", w.t.Name(), w.key.Add(1)), Actor: "account",
		Operation: "test"}
}

func (w *ward) request() *consult.View {
	w.t.Helper()
	v, err := w.Request(w.t.Context(), w.cmd(), patient, consult.Wish{Doctor: doctor},
		consult.Intake{Complaint: "咳嗽三天", Prior: "市一院门诊"})
	if err != nil {
		w.t.Fatal(err)
	}
	return v
}

// steps lead from a request to an active visit.
func (w *ward) steps() []func(context.Context, sqlstore.Command, string, string) (*consult.View, error) {
	return []func(context.Context, sqlstore.Command, string, string) (*consult.View, error){w.Accept, w.Start}
}

// active is a consultation that both sides may write in.
func (w *ward) active() string {
	w.t.Helper()
	id := w.request().ID
	for _, do := range w.steps() {
		if _, err := do(w.t.Context(), w.cmd(), doctor, id); err != nil {
			w.t.Fatal(err)
		}
	}
	return id
}

func text(clientID, s string) consult.Outgoing {
	return consult.Outgoing{ClientID: clientID, Kind: consult.KindText, Text: s}
}

func (w *ward) all(person, id string) []consult.Message {
	w.t.Helper()
	var list []consult.Message
	for since := int64(0); ; since = list[len(list)-1].Seq {
		p, err := w.Messages(w.t.Context(), person, id, since)
		if err != nil {
			w.t.Fatal(err)
		}
		if list = append(list, p.Messages...); len(p.Messages) == 0 {
			return list
		}
	}
}

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

func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func timeout(t *testing.T, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

func eventually(t *testing.T, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(15 * time.Second); !ok(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("waited 15 s in vain")
		}
	}
}

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

func (p parents) Birth(*gorm.DB, string) (time.Time, error) { return bornForTest, nil }

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
			consult.Outgoing{ClientID: "message-1", Kind: consult.KindText, Text: "孩子咳嗽"}); err != nil {
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
			consult.Outgoing{ClientID: "message-2", Kind: consult.KindText, Text: "我是孩子父亲"}); err != nil {
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
					consult.Outgoing{ClientID: "message-3", Kind: consult.KindText, Text: "还在吗"})
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
