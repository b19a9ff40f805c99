package consult

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/invalid"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

var zhang = Doctor{Person: "doctor-a", Department: "resp", FeeFen: 3000, Open: true}

func fresh(t *testing.T, state State, noted bool) *Consultation {
	t.Helper()
	id, err := newID(noon)
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(id, Party{Patient: "patient-a"}, zhang, Intake{Complaint: "咳嗽三天"}, noon)
	if err != nil {
		t.Fatal(err)
	}
	s := c.Snapshot()
	s.State = state
	if noted {
		s.Note = Note{Complaint: "咳嗽", Plan: "休息", Version: 1}
	}
	return ReloadFromStore(s)
}

// TestTransitionMatrix walks every state × action × side; what is not written here must be refused.
func TestTransitionMatrix(t *testing.T) {
	type cell struct {
		from State
		do   Action
		by   Side
	}
	legal := map[cell]State{
		{Requested, DoAccept, SideDoctor}: Accepted, {Accepted, DoStart, SideDoctor}: Active,
		{Active, DoFinish, SideDoctor}:     Finished,
		{Requested, DoCancel, SidePatient}: Cancelled, {Accepted, DoCancel, SidePatient}: Cancelled,
		{Requested, DoCancel, SideDoctor}: Cancelled, {Accepted, DoCancel, SideDoctor}: Cancelled,
		{Active, DoCancel, SideDoctor}:    Cancelled,
		{Requested, DoExpire, SideSystem}: Cancelled, {Active, DoNote, SideDoctor}: Active,
		{Requested, DoWrite, SidePatient}: Requested, {Accepted, DoWrite, SidePatient}: Accepted,
		{Active, DoWrite, SidePatient}:  Active,
		{Accepted, DoWrite, SideDoctor}: Accepted, {Active, DoWrite, SideDoctor}: Active,
	}
	later := noon.Add(RequestTTL)
	verbs := map[Action]func(*Consultation, Side) error{
		DoAccept: func(c *Consultation, by Side) error { return c.Accept(by, later) },
		DoStart:  func(c *Consultation, by Side) error { return c.Start(by, later) },
		DoFinish: func(c *Consultation, by Side) error { return c.Finish(by, later) },
		DoCancel: func(c *Consultation, by Side) error { return c.Cancel(by, "改约", later) },
		DoNote: func(c *Consultation, by Side) error {
			return c.WriteNote(by, Note{Complaint: "咳嗽", Plan: "休息", Version: c.s.Note.Version}, time.Time{}, later)
		},
		DoWrite:  func(c *Consultation, by Side) error { return c.May(DoWrite, by) },
		DoExpire: func(c *Consultation, by Side) error { return c.move(DoExpire, by) },
	}
	for _, from := range []State{Requested, Accepted, Active, Finished, Cancelled} {
		for do, verb := range verbs {
			for _, by := range []Side{SidePatient, SideDoctor, SideSystem} {
				c := fresh(t, from, true)
				err := verb(c, by)
				to, ok := legal[cell{from, do, by}]
				switch {
				case ok && err != nil:
					t.Errorf("%s %s by %s: refused: %v", from, do, by, err)
				case ok && c.Snapshot().State != to:
					t.Errorf("%s %s by %s: now %s, want %s", from, do, by, c.Snapshot().State, to)
				case !ok && !errors.Is(err, ErrState) && !errors.Is(err, ErrForbidden):
					t.Errorf("%s %s by %s: %v, want a refusal", from, do, by, err)
				case !ok && c.Snapshot().State != from:
					t.Errorf("%s %s by %s: refused, yet now %s", from, do, by, c.Snapshot().State)
				}
			}
		}
	}
}

func TestConditionsBeyondTheTable(t *testing.T) {
	tests := []struct {
		name string
		do   func() error
		want error
	}{
		{"finish without a note", func() error { return fresh(t, Active, false).Finish(SideDoctor, noon) }, ErrNote},
		{"doctor cancels without a reason",
			func() error { return fresh(t, Active, true).Cancel(SideDoctor, " ", noon) }, invalid.ErrInput},
		{"patient cancels without a reason",
			func() error { return fresh(t, Accepted, true).Cancel(SidePatient, "", noon) }, nil},
		{"reason too long", func() error {
			return fresh(t, Accepted, true).Cancel(SideDoctor, strings.Repeat("长", MaxReason+1), noon)
		}, invalid.ErrInput},
		{"expire a moment early", func() error { return fresh(t, Requested, false).Expire(noon.Add(RequestTTL - 1)) },
			ErrState},
		{"expire in time", func() error { return fresh(t, Requested, false).Expire(noon.Add(RequestTTL)) }, nil},
		{"note over an unseen version", func() error {
			return fresh(t, Active, true).WriteNote(SideDoctor, Note{Complaint: "咳", Plan: "休息"}, time.Time{}, noon)
		}, ErrNoteVersion},
		{"note without a plan", func() error {
			return fresh(t, Active, false).WriteNote(SideDoctor, Note{Complaint: "咳"}, time.Time{}, noon)
		}, invalid.ErrInput},
		{"diagnosis twice", func() error {
			return fresh(t, Active, false).
				WriteNote(SideDoctor, Note{Complaint: "咳", Plan: "休息",
					Diagnoses: []Diagnosis{{Code: "J06.900"}, {Code: "J06.900"}}}, time.Time{}, noon)
		}, invalid.ErrInput},
		{"diagnosis of no shape", func() error {
			return fresh(t, Active, false).
				WriteNote(SideDoctor, Note{Complaint: "咳", Plan: "休息", Diagnoses: []Diagnosis{{Code: "flu"}}},
					time.Time{}, noon)
		}, invalid.ErrInput},
		{"earlier diagnosis of tomorrow", func() error {
			n := Note{Complaint: "咳", Plan: "休息",
				Prior: []PriorDiagnosis{{Code: "J06.900", Hospital: "市一院", Date: noon.Add(time.Hour)}}}
			return fresh(t, Active, false).WriteNote(SideDoctor, n, time.Time{}, noon)
		}, invalid.ErrInput},
		{"a doctor asks himself", func() error {
			_, err := New("CN", Party{Patient: zhang.Person}, zhang, Intake{Complaint: "咳"}, noon)
			return err
		}, ErrDoctor},
		{"a closed doctor", func() error {
			_, err := New("CN", Party{Patient: "patient-a"}, Doctor{Person: "x"}, Intake{Complaint: "咳"}, noon)
			return err
		}, ErrDoctor},
		{"no complaint", func() error {
			_, err := New("CN", Party{Patient: "patient-a"}, zhang, Intake{Complaint: "\t "}, noon)
			return err
		}, invalid.ErrInput},
		{"control character", func() error {
			_, err := New("CN", Party{Patient: "patient-a"}, zhang, Intake{Complaint: "咳\x00"}, noon)
			return err
		}, invalid.ErrInput},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := tt.do(); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

func TestIDs(t *testing.T) {
	id, err := newID(noon)
	if err != nil || !ValidID(id) || !strings.HasPrefix(id, "CN20261122") {
		t.Fatalf("%q, %v", id, err)
	}
	for i := 2; i < len(id); i++ { // every single wrong digit is found
		wrong := id[:i] + string('0'+(id[i]-'0'+1)%10) + id[i+1:]
		if ValidID(wrong) {
			t.Errorf("%s counts as valid", wrong)
		}
	}
	for _, bad := range []string{"", "CN", "RX" + id[2:], id + "0", strings.ToLower(id)} {
		if ValidID(bad) {
			t.Errorf("%q counts as valid", bad)
		}
	}
}
