// Package demoward plays a few doctors of the demo: they are at work, accept whoever asks them,
// greet, ask two questions and end the visit, by a script whose every message begins with Mark.
//
// It promises that nothing is signed: these doctors have no key, write no note and prescribe
// nothing. They act through the verbs and rights of every doctor. Strict mode has none of them.
package demoward

import (
	"context"
	"log/slog"
	"time"

	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/consult/chat"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription/parties"
)

// Mark begins every message of a played doctor.
const Mark = "【演示 Demo】"

// Pace of the players.
const (
	every    = 2 * time.Second
	signOf   = practitioners.PresenceTTL / 3
	patience = 30 * time.Minute // after this long without a word a visit is ended
)

// Doctor is one played doctor; licence and person are made up.
type Doctor struct {
	Login  string
	Papers practitioners.Application
	About  practitioners.About
}

// Doctors are all played doctors. Nobody else in the demo is one of them.
var Doctors = []Doctor{
	{"played.an", practitioners.Application{Name: "安宁远", Title: string(parties.Attending),
		Licence: "110310000000901", LicensedUntil: "2036-12-31", PracticeSince: "2014-07-01",
		Department: "general-practice"},
		practitioners.About{Specialties: []string{"问诊流程体验"}, Languages: []string{"zh", "en"},
			Introduction: "演示医生：由沙箱按脚本回答，不是真人，不提供医疗建议，也不开处方。"}},
	{"played.le", practitioners.Application{Name: "乐知行", Title: string(parties.AssociateChief),
		Licence: "110310000000902", LicensedUntil: "2036-12-31", PracticeSince: "2009-07-01",
		Department: "neurology"},
		practitioners.About{Specialties: []string{"问诊流程体验", "失眠"}, Languages: []string{"zh", "en"},
			Introduction: "演示医生：由沙箱按脚本回答，不是真人，不提供医疗建议，也不开处方。"}},
}

// line is one message of the script; its id makes it one message, however often it is sent.
type line struct{ id, text string }

// opening is said at once, questions one after the other when the patient has answered.
var (
	opening = line{"demoward-greeting", Mark + "您好，我是演示医生，由沙箱按脚本回答，不是真人，也不提供医疗建议。您可以借此体验问诊的流程。\n" +
		"A script answers here; nobody reads what you write."}
	questions = []line{
		{"demoward-question-1", Mark + "这种不适有多久了？是一直这样，还是时好时坏？\nHow long has this lasted?"},
		{"demoward-question-2", Mark + "您目前在服用其他药物吗？有没有药物过敏？\nDo you take other medicine? Any allergies?"},
	}
	closing = line{"demoward-closing", Mark + "谢谢。演示到此结束，这次问诊将由系统取消。如需看诊，请选择其他医生。\n" +
		"The demo ends here. Please choose another doctor for a visit."}
)

// reason is why a played visit is cancelled.
const reason = Mark + "演示结束"

// Visits are the consultations as their doctors use them; consult.Service has them.
type Visits interface {
	List(ctx context.Context, person string, side consult.Side, f consult.Filter) ([]consult.View, error)
	Accept(ctx context.Context, cmd sqlstore.Command, person, id string) (*consult.View, error)
	Start(ctx context.Context, cmd sqlstore.Command, person, id string) (*consult.View, error)
	Cancel(ctx context.Context, cmd sqlstore.Command, person, id, reason string) (*consult.View, error)
	Messages(ctx context.Context, person, id string, since int64) (*chat.Page, error)
	Post(ctx context.Context, person, id string, out chat.Outgoing) (chat.Message, bool, error)
}

// Presence takes the doctors' signs of life; practitioners.Service does.
type Presence interface {
	SetPresence(ctx context.Context, person string, p practitioners.Presence) error
}

// Ward plays some doctors.
type Ward struct {
	People   []string // person ids of the played doctors
	Visits   Visits
	Presence Presence
	Now      func() time.Time
	Log      *slog.Logger
}

// Plays tells whether a doctor is played; of a nil Ward, which strict mode has, nobody is.
func (w *Ward) Plays(person string) bool {
	if w == nil {
		return false
	}
	for _, p := range w.People {
		if p == person {
			return true
		}
	}
	return false
}

// Run plays until ctx ends. Several instances may play at once: what one of them has done the
// others find done.
func (w *Ward) Run(ctx context.Context) error {
	t := time.NewTicker(every)
	defer t.Stop()
	var signed time.Time
	for {
		if now := w.Now(); now.Sub(signed) >= signOf || now.Before(signed) {
			signed = now
			for _, p := range w.People {
				if err := w.Presence.SetPresence(ctx, p, practitioners.Online); err != nil && ctx.Err() == nil {
					w.Log.Warn("demo ward: presence", "error", err)
				}
			}
		}
		if err := w.Play(ctx); err != nil && ctx.Err() == nil {
			w.Log.Warn("demo ward", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-t.C:
		}
	}
}

// Play takes every open visit of the played doctors one step further.
func (w *Ward) Play(ctx context.Context) error {
	for _, doctor := range w.People {
		open, err := w.Visits.List(ctx, doctor, consult.SideDoctor, consult.Filter{Queue: true,
			States: []consult.State{consult.Requested, consult.Accepted, consult.Active}})
		if err != nil {
			return err
		}
		for _, v := range open {
			if err := w.step(ctx, doctor, v); err != nil {
				// another instance was first, or the patient has gone: the next look tells
				w.Log.Info("demo ward: a step waits", "visit", v.ID, "error", err)
			}
		}
	}
	return nil
}

func (w *Ward) step(ctx context.Context, doctor string, v consult.View) (err error) {
	switch v.State {
	case consult.Requested:
		_, err = w.Visits.Accept(ctx, sqlstore.Command{}, doctor, v.ID)
		return err
	case consult.Accepted:
		_, err = w.Visits.Start(ctx, sqlstore.Command{}, doctor, v.ID)
		return err
	}
	heard, err := w.listen(ctx, doctor, v.ID)
	if err != nil {
		return err
	}
	idle := !w.Now().Before(heard.last.Add(patience))
	switch {
	case heard.said[closing.id]:
		_, err = w.Visits.Cancel(ctx, sqlstore.Command{}, doctor, v.ID, reason)
		return err
	case idle:
		return w.say(ctx, doctor, v.ID, closing)
	case !heard.said[opening.id]:
		return w.say(ctx, doctor, v.ID, opening)
	}
	for i, q := range questions {
		if !heard.said[q.id] {
			if i > 0 && !heard.answered {
				return nil
			}
			return w.say(ctx, doctor, v.ID, q)
		}
	}
	if heard.answered {
		return w.say(ctx, doctor, v.ID, closing)
	}
	return nil
}

// heard is what was said in a visit.
type heard struct {
	said     map[string]bool // of the script, by id
	answered bool            // the patient spoke after the script's last line
	last     time.Time
}

func (w *Ward) listen(ctx context.Context, doctor, visit string) (heard, error) {
	h := heard{said: map[string]bool{}}
	for since := int64(0); ; {
		page, err := w.Visits.Messages(ctx, doctor, visit, since)
		if err != nil || len(page.Messages) == 0 {
			return h, err
		}
		for _, m := range page.Messages {
			since, h.last = m.Seq, m.At
			switch m.Sender {
			case consult.SideDoctor:
				h.said[m.ClientID], h.answered = true, false
			case consult.SidePatient:
				h.answered = true
			}
		}
	}
}

func (w *Ward) say(ctx context.Context, doctor, visit string, l line) error {
	_, _, err := w.Visits.Post(ctx, doctor, visit, chat.Outgoing{ClientID: l.id, Kind: chat.KindText, Text: l.text})
	return err
}
