package consult_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/consult/chat"
	"github.com/smart-hospital/hospital/app/triage"
	"github.com/smart-hospital/hospital/app/triage/intake"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

const (
	patient  = "upatient"
	doctor   = "udoctor"
	stranger = "ustranger"

	wideDoctor      = "udoctor-wide"    // takes thirty in a session
	doctorAsPatient = "udoctorspatient" // another log-in of every doctor here
)

type register struct{ notHeld *map[string][]time.Time }

func (register) ConsultDoctor(_ context.Context, person string) (consult.Doctor, error) {
	if !strings.HasPrefix(person, doctor) {
		return consult.Doctor{}, consult.ErrDoctor
	}
	return consult.Doctor{Person: person, Department: "resp", FeeFen: 3000, Open: person != doctor+"-closed",
		Also: []string{doctorAsPatient}}, nil
}

// session is one that every doctor of these tests has: tomorrow, two hours, three patients. One
// begins within it, and one at its end.
var session = consult.Session{Start: time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC),
	End: time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC), Capacity: 3}

func (register) ConsultSession(_ context.Context, person string, start time.Time) (consult.Session, error) {
	after := start.Sub(session.Start)
	if after != 0 && after != time.Hour && after != 2*time.Hour {
		return consult.Session{}, consult.ErrNoSlot
	}
	s := consult.Session{Start: start, End: start.Add(2 * time.Hour), Capacity: session.Capacity}
	if person == wideDoctor {
		s.Capacity = 30
	}
	return s, nil
}

func (r register) NotHeld(context.Context, time.Time) (map[string][]time.Time, error) {
	return *r.notHeld, nil
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
	// notHeld are sessions that doctors do not hold
	notHeld map[string][]time.Time
	// triage has no switch on, and knows nobody's age
	triage intake.Service
}

// ageless knows nobody's age and sex.
type ageless struct{}

func (ageless) MayActFor(context.Context, string, string) error { return nil }

func (ageless) Born(*gorm.DB, string) (time.Time, string, error) { return time.Time{}, "", nil }

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
	tables, err := triage.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	w.triage = intake.Service{Tables: tables, People: ageless{}, DB: db.WithContext, Now: time.Now}
	w.Service = consult.NewService(consult.Config{
		DB: db, Box: sqlstoretest.Box(), Doctors: register{&w.notHeld}, Diagnoses: catalogue{"J06.900": "急性上呼吸道感染"},
		Guardians: guardians,
		Triage:    &w.triage,
		Hub:       chat.NewHub(client, consult.ValidID),
		Now:       func() time.Time { return time.UnixMilli(w.now.Load()).UTC() },
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

func text(clientID, s string) chat.Outgoing {
	return chat.Outgoing{ClientID: clientID, Kind: chat.KindText, Text: s}
}

func (w *ward) all(person, id string) []chat.Message {
	w.t.Helper()
	var list []chat.Message
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
