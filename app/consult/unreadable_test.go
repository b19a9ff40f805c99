package consult_test

import (
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// A damaged request ended the sweep and every list it was in; a damaged message ended the chat.
func TestUnreadableRowsStopNobody(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWard(t, db, nil), t.Context()
		ask := func(who string) string {
			v, err := w.Request(ctx, w.cmd(), who, consult.Wish{Doctor: doctor}, consult.Intake{Complaint: "咳嗽三天"})
			if err != nil {
				t.Fatal(err)
			}
			w.now.Add(time.Second.Milliseconds())
			return v.ID
		}
		first, bad, last := ask(patient), ask("uother1"), ask("uother2")
		if err := db.Exec("UPDATE consultations SET intake = ? WHERE id = ?", []byte("damaged"),
			bad).Error; err != nil {
			t.Fatal(err)
		}
		list, err := w.List(ctx, doctor, consult.SideDoctor, consult.Filter{Limit: 2})
		if err != nil || len(list) != 2 || list[0].ID != last || list[1].ID != first {
			t.Errorf("a page of two: %+v, %v", list, err)
		}
		w.now.Add((consult.RequestTTL + time.Minute).Milliseconds())
		if n, err := w.Sweep(ctx); n != 2 || err == nil {
			t.Errorf("swept %d, %v", n, err)
		}
		if n, err := w.Sweep(ctx); n != 0 || err != nil {
			t.Errorf("tried again at once: %d, %v", n, err)
		}
		id := w.active()
		for _, s := range []string{"一", "二", "三"} {
			if _, _, err := w.Post(ctx, patient, id, text("client-"+s+"-0001", s)); err != nil {
				t.Fatal(err)
			}
		}
		before := w.all(patient, id)
		damaged := before[len(before)-2].Seq
		if err := db.Exec("UPDATE chat_messages SET body = ? WHERE consultation_id = ? AND seq = ?", []byte("damaged"),
			id, damaged).Error; err != nil {
			t.Fatal(err)
		}
		after := w.all(patient, id)
		if len(after) != len(before) || after[len(after)-1].Text != "三" || after[len(after)-2].Seq != damaged ||
			after[len(after)-2].Text == "二" {
			t.Errorf("%+v", after)
		}
		if got := len(db.Unreadable()); got != 2 {
			t.Errorf("told of %d rows", got)
		}
	})
}

// A value of another type in the row of one request, or of one visit's stream, ended the sweep and
// the lists.
func TestAnotherTypeStopsNobody(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		if db.Dialect != sqlstore.SQLite {
			t.Skip("columns have types")
		}
		w, ctx := newWard(t, db, nil), t.Context()
		var ids []string
		for _, who := range []string{patient, "uother1"} {
			v, err := w.Request(ctx, w.cmd(), who, consult.Wish{Doctor: doctor}, consult.Intake{Complaint: "咳嗽三天"})
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, v.ID)
		}
		if err := db.Exec("UPDATE chat_streams SET last_seq = 'x' WHERE consultation_id = ?",
			ids[0]).Error; err != nil {
			t.Fatal(err)
		}
		list, err := w.List(ctx, doctor, consult.SideDoctor, consult.Filter{})
		if err != nil || len(list) != 2 {
			t.Errorf("%+v, %v", list, err)
		}
		if err := db.Exec("UPDATE consultations SET created_at = 'x', slot_start = 1, slot_end = 2 WHERE id = ?",
			ids[0]).Error; err != nil {
			t.Fatal(err)
		}
		w.now.Add((consult.RequestTTL + time.Minute).Milliseconds())
		if n, err := w.Sweep(ctx); n != 1 || err != nil {
			t.Errorf("swept %d, %v", n, err)
		}
		if got := len(db.Unreadable()); got != 2 {
			t.Errorf("told of %+v", db.Unreadable())
		}
	})
}
