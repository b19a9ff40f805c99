package consult_test

import (
	"slices"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/consult/chat"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// TestANoteIsTold: every version of a note that is saved is told in its transaction and wakes who
// reads the visit's stream; one that is refused is not.
func TestANoteIsTold(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWard(t, db, nil), t.Context()
		id := w.active()
		var told []string
		s := consult.NewService(consult.Config{DB: db, Box: sqlstoretest.Box(), Doctors: register{},
			Diagnoses: catalogue{"J06.900": "急性上呼吸道感染"}, Hub: chat.NewHub(nil, consult.ValidID),
			Tell: func(_ *gorm.DB, h consult.Happening) error {
				told = append(told, h.What+" "+h.By)
				if h.Visit != id || h.Patient != patient || h.Doctor != doctor {
					t.Errorf("told of another: %+v", h)
				}
				return nil
			}})
		watch := s.Watch(id)
		defer watch.Stop()
		note := consult.Note{Complaint: "咳嗽", Plan: "对症"}
		for version := range 2 {
			note.Version = version
			if _, err := s.WriteNote(ctx, w.cmd(), doctor, id, note); err != nil {
				t.Fatal(err)
			}
			select {
			case <-watch.C:
			case <-time.After(10 * time.Second):
				t.Fatal("the stream's reader was not woken")
			}
		}
		if _, err := s.WriteNote(ctx, w.cmd(), doctor, id, note); err == nil {
			t.Fatal("written over a version nobody saw")
		}
		if want := []string{"note " + doctor, "note " + doctor}; !slices.Equal(told, want) {
			t.Fatalf("told %q, want %q", told, want)
		}
	})
}
