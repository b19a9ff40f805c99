package consult_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/app/triage"
	"github.com/smart-hospital/hospital/app/triage/intake"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// Nobody waits a day for a doctor with a heart attack: the request is refused and nothing of it is
// kept. With the switch off it is taken, and marked.
func TestAnEmergencyIsNoRequest(t *testing.T) {
	w, ctx := newWard(t, sqlstoretest.Open(t, "sqlite::memory:"), nil), t.Context()
	ask := func(complaint string, answers ...triage.Answer) (*consult.View, error) {
		return w.Request(ctx, w.cmd(), patient, consult.Wish{Doctor: doctor, Answers: answers},
			consult.Intake{Complaint: complaint})
	}
	w.triage.Flags = true
	_, err := ask("吐血了，今天吐了两次")
	sign, ok := errors.AsType[*intake.Emergency](err)
	if !ok || !errors.Is(err, intake.ErrEmergency) || sign.Sign.Code != "gi-bleed" {
		t.Fatal(err)
	}
	field, rule, cite := sign.Broken()
	if field != "body.complaint" || rule != "gi-bleed: 呕血或黑便 / Vomiting blood or black stool" || cite != "" {
		t.Error(field, rule, cite)
	}
	yes := triage.Answer{Question: "chest-pain-cardiac", Reply: triage.Yes}
	if _, err := ask("胸口有点不舒服", yes); !errors.Is(err, intake.ErrEmergency) {
		t.Errorf("an answer that says so: %v", err)
	}
	no := triage.Answer{Question: "gi-bleed", Reply: triage.No}
	if _, err := ask("吐血了", no); !errors.Is(err, intake.ErrEmergency) {
		t.Errorf("an answer against the words: %v", err)
	}
	if _, err := ask("咳嗽", triage.Answer{Question: "no-such", Reply: triage.No}); !errors.Is(err, invalid.ErrInput) {
		t.Errorf("an unknown question: %v", err)
	}
	list, err := w.List(ctx, patient, consult.SidePatient, consult.Filter{})
	if err != nil || len(list) != 0 {
		t.Fatalf("%d were kept, %v", len(list), err)
	}
	no.Sure = true
	v, err := ask("吐血了？是吃了红心火龙果，吐出来是红的", no)
	if err != nil {
		t.Fatalf("who is sure: %v", err)
	}
	if _, err := w.Cancel(ctx, w.cmd(), patient, v.ID, ""); err != nil {
		t.Fatal(err)
	}
	w.triage.Flags = false
	if v, err = ask("吐血了"); err != nil {
		t.Fatalf("switched off: %v", err)
	}
	if v, err = w.Get(ctx, doctor, v.ID); err != nil || len(v.Urgent) != 1 || v.Urgent[0].Level != 2 ||
		v.Urgent[0].Word != "吐血" || v.Urgent[0].Sign == nil {
		t.Errorf("%+v, %v", v, err)
	}
}

// unreadable is somebody whose age and sex cannot be read.
type unreadable struct{ ageless }

func (unreadable) Born(*gorm.DB, string) (time.Time, string, error) {
	return time.Time{}, "", errors.New("unreadable")
}

// What is a hint hides nothing when it cannot be made; a request is not let in unseen.
func TestSignsOfAnUnreadableRecord(t *testing.T) {
	w, ctx := newWard(t, sqlstoretest.Open(t, "sqlite::memory:"), nil), t.Context()
	id := w.request().ID
	w.triage.Flags, w.triage.People = true, unreadable{}
	if _, _, err := w.Post(ctx, patient, id, text("client-id-1", "发烧38.5度")); err != nil {
		t.Fatal(err)
	}
	if p, err := w.Messages(ctx, doctor, id, 0); err != nil || len(p.Messages) == 0 {
		t.Errorf("%+v, %v", p, err)
	}
	if _, err := w.Get(ctx, doctor, id); err != nil {
		t.Error(err)
	}
	_, err := w.Request(ctx, w.cmd(), "uother", consult.Wish{Doctor: doctor}, consult.Intake{Complaint: "发烧38.5度"})
	if err == nil || errors.Is(err, intake.ErrEmergency) || errors.Is(err, invalid.ErrInput) {
		t.Errorf("a request: %v", err)
	}
}

// A sign in a chat message of a visit that waits is shown to both sides; nothing is closed, and
// once the visit has begun the doctor judges.
func TestSignsInTheChatOfWhoWaits(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWard(t, db, nil), t.Context()
		w.triage.Flags = true
		id := w.request().ID
		post := func(key, said string) *triage.Sign {
			t.Helper()
			for range 2 { // a repeated message is answered alike
				m, _, err := w.Post(ctx, patient, id, text(key, said))
				if err != nil {
					t.Fatal(err)
				}
				if key == "client-id-1" && (m.Sign == nil || m.Sign.Words != "喘不上气") {
					t.Errorf("the sender reads %+v", m.Sign)
				}
			}
			return nil
		}
		post("client-id-1", "我现在喘不上气")
		post("client-id-2", "没有喘不上气，只是累")
		signs := func(who string) (n int) {
			t.Helper()
			p, err := w.Messages(ctx, who, id, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range p.Messages {
				if m.Sign != nil {
					n++
				}
			}
			return n
		}
		if a, b := signs(patient), signs(doctor); a != 1 || b != 1 {
			t.Errorf("the patient reads %d, the doctor %d", a, b)
		}
		if v, err := w.Get(ctx, patient, id); err != nil || v.State != consult.Requested || v.Note != nil {
			t.Errorf("%+v, %v", v, err)
		}
		words := func(who string, side consult.Side) string {
			t.Helper()
			list, err := w.List(ctx, who, side, consult.Filter{})
			if err != nil || len(list) != 1 {
				t.Fatal(len(list), err)
			}
			if len(list[0].Urgent) == 0 {
				return ""
			}
			return list[0].Urgent[0].Word
		}
		if got := words(doctor, consult.SideDoctor); got != "喘不上气" {
			t.Errorf("the queue says %q of it", got)
		}
		if got := words(patient, consult.SidePatient); got != "" {
			t.Errorf("the patient's own list says %q", got)
		}
		for i := range 40 { // what lies far back is not what happens now
			post(fmt.Sprintf("client-id-2%02d", i), "咳嗽")
		}
		if got := words(doctor, consult.SideDoctor); got != "" {
			t.Errorf("forty messages later the queue says %q", got)
		}
		post("client-id-29x", "呕血了")
		if got := words(doctor, consult.SideDoctor); got != "呕血" {
			t.Errorf("the queue says %q", got)
		}
		if _, err := w.Accept(ctx, w.cmd(), doctor, id); err != nil {
			t.Fatal(err)
		}
		if _, _, err := w.Post(ctx, doctor, id, text("client-id-3", "喘不上气请打120")); err != nil {
			t.Fatal(err)
		}
		if n := signs(doctor); n != 2 {
			t.Errorf("%d: what the doctor writes is no sign", n)
		}
		w.triage.Flags = false
		if n := signs(patient); n != 0 {
			t.Errorf("%d with the switch off", n)
		}
		w.triage.Flags = true
		if _, err := w.Start(ctx, w.cmd(), doctor, id); err != nil {
			t.Fatal(err)
		}
		w.now.Add(time.Minute.Milliseconds())
		if n := signs(doctor); n != 0 {
			t.Errorf("%d after it began", n)
		}
	})
}
