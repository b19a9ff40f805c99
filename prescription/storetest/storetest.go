// Package storetest is the contract of service.Store as a suite of tests: every store runs it,
// over every database. It is imported by tests only.
package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
	"github.com/smart-hospital/hospital/prescription/redemption"
)

var day = time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)

// Run holds a store against the contract. open returns a fresh store over db, migrated.
func Run(t *testing.T, db *sqlstore.DB, store lifecycle.Store) {
	s := suite{db, store}
	t.Run("insert and load", s.insertAndLoad)
	t.Run("version", s.version)
	t.Run("events", s.events)
	t.Run("trace codes", s.traceCodes)
	t.Run("filters", s.filters)
	t.Run("pages", s.pages)
	t.Run("access log", s.accessLog)
	t.Run("choices", s.choices)
	t.Run("rollback", s.rollback)
	t.Run("delete a draft", s.deleteDraft)
	t.Run("take back", s.takeBack)
	t.Run("received copies", s.received)
	t.Run("place in the log", s.followed)
}

type suite struct {
	db    *sqlstore.DB
	store lifecycle.Store
}

func (s suite) tx(t *testing.T, fn func(tx *gorm.DB) error) error {
	t.Helper()
	return s.db.Tx(context.Background(), fn)
}

func (s suite) must(t *testing.T, fn func(tx *gorm.DB) error) {
	t.Helper()
	if err := s.tx(t, fn); err != nil {
		t.Fatal(err)
	}
}

// State is a prescription in a status, with its names in the given hospital so that tests do not
// meet.
func State(serial uint64, hospital string, status prescription.Status) lifecycle.State {
	id, err := prescription.NewID(day, serial)
	if err != nil {
		panic(err) // serials of tests are small
	}
	st := lifecycle.State{
		ID: id, Status: status, Hospital: hospital, Visit: "v1", ValidDays: 3,
		Patient: parties.Patient{Person: hospital + "-pat", Name: "张三", Birth: day.AddDate(-40, 0, 0),
			Guardian: hospital + "-mum"},
		Doctor:    parties.Doctor{Person: hospital + "-doc", Name: "李医生"},
		Diagnoses: []medicine.Diagnosis{{Code: "J20.9", NameZH: "急性支气管炎"}},
		Items: []medicine.Item{
			{Drug: medicine.Drug{Code: "D0001", NameZH: "阿莫西林胶囊", PriceFen: 980}, Dose: 500, Days: 4,
				Packages: 1}},
		DraftedAt: day.Add(time.Duration(serial) * time.Minute), UpdatedAt: day,
	}
	if status == prescription.Draft {
		return st
	}
	st.Seq, st.LastRecord, st.AccessCode = 1, string(id)+"-1", redemption.NewSecret()
	st.IssuedAt, st.ExpiresAt = day, day.Add(time.Duration(serial)*time.Hour)
	if status == prescription.Signed {
		return st
	}
	st.Review = &lifecycle.Review{Person: "rev", Approved: status != prescription.Rejected}
	if status == prescription.Approved || status == prescription.Rejected {
		return st
	}
	st.Settlement = "S-" + string(id)
	switch status {
	case prescription.Claimed, prescription.Dispensed:
		st.Claim = &lifecycle.Claim{Pharmacy: hospital + "-ph", Record: "c", Secret: "s"}
		if status == prescription.Dispensed {
			st.Dispensing = &lifecycle.Dispensing{Pharmacy: hospital + "-ph"}
		}
	case prescription.Cancelled, prescription.Expired:
		st.Refund = lifecycle.RefundDue
		if status == prescription.Cancelled {
			st.Cancellation = &lifecycle.Cancellation{Reason: "不需要了"}
		}
	}
	return st
}

func (s suite) add(t *testing.T, st lifecycle.State) *lifecycle.Prescription {
	t.Helper()
	p, err := lifecycle.RestoreFromDatabase(st)
	if err != nil {
		t.Fatal(err)
	}
	s.must(t, func(tx *gorm.DB) error { return s.store.Insert(tx, p) })
	return p
}

func text(t *testing.T, st lifecycle.State) string {
	t.Helper()
	b, err := json.Marshal(st)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func (s suite) insertAndLoad(t *testing.T) {
	for n, status := range prescription.Statuses {
		p := s.add(t, State(uint64(n), "a", status))
		got, err := s.store.Load(s.db.DB, p.ID())
		if err != nil {
			t.Fatal(err)
		}
		if got.Version() != 1 || text(t, got.State()) != text(t, p.State()) {
			t.Errorf("%s came back as\n%s\nwas\n%s", status, text(t, got.State()), text(t, p.State()))
		}
	}
	again, err := lifecycle.RestoreFromDatabase(State(0, "a", prescription.Draft))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.tx(t, func(tx *gorm.DB) error { return s.store.Insert(tx, again) }); !errors.Is(err,
		lifecycle.ErrExists) {
		t.Errorf("taken id: %v", err)
	}
	free, _ := prescription.NewID(day, 999999)
	if _, err := s.store.Load(s.db.DB, free); !errors.Is(err, prescription.ErrNotFound) {
		t.Errorf("free id: %v", err)
	}
}

func (s suite) version(t *testing.T) {
	p := s.add(t, State(100, "b", prescription.Signed))
	one, err := s.store.Load(s.db.DB, p.ID())
	if err != nil {
		t.Fatal(err)
	}
	two, err := s.store.Load(s.db.DB, p.ID())
	if err != nil {
		t.Fatal(err)
	}
	s.must(t, func(tx *gorm.DB) error { return s.store.Save(tx, one, nil, nil) })
	if one.Version() != 2 {
		t.Errorf("version %d after saving", one.Version())
	}
	if err := s.tx(t, func(tx *gorm.DB) error { return s.store.Save(tx, two, nil, nil) }); !errors.Is(err,
		sqlstore.ErrConflict) {
		t.Errorf("a stale save: %v", err)
	}
	s.must(t, func(tx *gorm.DB) error { return s.store.Save(tx, one, nil, nil) })
}

func event(p *lifecycle.Prescription, seq uint64) *lifecycle.Event {
	return &lifecycle.Event{
		Kind: chain.KindIssue, Prescription: p.ID(), Previous: fmt.Sprint("before ", seq),
		Act: lifecycle.Act{
			Seq: seq, Record: fmt.Sprintf("%s-%d", p.ID(), seq), Person: "doc", Org: "h1", Role: chain.RoleDoctor,
			At: day.Add(time.Millisecond), Taken: day.Add(time.Second), Document: []byte(`{"name":"张三"}`),
			Salt: []byte("salt"),
		},
	}
}

func (s suite) events(t *testing.T) {
	p := s.add(t, State(200, "c", prescription.Signed))
	if got, err := s.store.Events(s.db.DB, p.ID()); err != nil || len(got) != 0 {
		t.Errorf("events of a new one: %v %v", got, err)
	}
	for seq := range uint64(3) {
		s.must(t, func(tx *gorm.DB) error { return s.store.Save(tx, p, event(p, seq+1), nil) })
	}
	got, err := s.store.Events(s.db.DB, p.ID())
	if err != nil || len(got) != 3 {
		t.Fatalf("%d events, %v", len(got), err)
	}
	for n, ev := range got {
		if want := event(p, uint64(n)+1); !reflect.DeepEqual(ev, *want) {
			t.Errorf("event %d:\n%+v\n%+v", n, ev, *want)
		}
	}
	if err := s.tx(t, func(tx *gorm.DB) error { return s.store.Save(tx, p, event(p, 3), nil) }); err == nil {
		t.Error("the same record twice")
	}
}

func (s suite) traceCodes(t *testing.T) {
	one, two := s.add(t, State(300, "d", prescription.Claimed)), s.add(t, State(301, "d", prescription.Claimed))
	s.must(t, func(tx *gorm.DB) error { return s.store.Save(tx, one, event(one, 1), []string{"t1", "t2"}) })
	err := s.tx(t, func(tx *gorm.DB) error { return s.store.Save(tx, two, event(two, 1), []string{"t3", "t2"}) })
	if !errors.Is(err, lifecycle.ErrTraceUsed) {
		t.Errorf("a code used before: %v", err)
	}
	// The refused one left nothing behind, not even its other code.
	two, err = s.store.Load(s.db.DB, two.ID())
	if err != nil {
		t.Fatal(err)
	}
	s.must(t, func(tx *gorm.DB) error { return s.store.Save(tx, two, event(two, 1), []string{"t3"}) })
}

func (s suite) filters(t *testing.T) {
	ids := map[prescription.ID]prescription.Status{}
	for n, status := range prescription.Statuses {
		p := s.add(t, State(400+uint64(n), "e", status))
		ids[p.ID()] = status
	}
	s.add(t, State(420, "f", prescription.Paid))
	tests := []struct {
		name string
		f    lifecycle.Filter
		want int
	}{
		{"hospital", lifecycle.Filter{Hospital: "e"}, 9},
		{"without drafts", lifecycle.Filter{Hospital: "e", ExcludeDrafts: true}, 8},
		{"statuses", lifecycle.Filter{Hospital: "e",
			Statuses: []prescription.Status{prescription.Paid, prescription.Claimed}}, 2},
		{"a status twice", lifecycle.Filter{Hospital: "e", Limit: 2,
			Statuses: []prescription.Status{prescription.Paid, prescription.Claimed, prescription.Paid}}, 2},
		{"patient", lifecycle.Filter{Patients: []string{"e-pat", "another"}}, 9},
		{"of one status of two patients", lifecycle.Filter{Patients: []string{"another", "e-pat", "e-pat"},
			Statuses: []prescription.Status{prescription.Paid}}, 1},
		{"who was guardian at the visit", lifecycle.Filter{Patients: []string{"e-mum"}}, 0},
		{"doctor", lifecycle.Filter{Doctor: "e-doc"}, 9},
		{"somebody else", lifecycle.Filter{Doctor: "e-pat"}, 0},
		{"pharmacy", lifecycle.Filter{Pharmacy: "e-ph"}, 2},
		{"refund due", lifecycle.Filter{Hospital: "e", Refund: lifecycle.RefundDue}, 2},
		{"expired by then", lifecycle.Filter{Hospital: "e", ExpiredBy: day.Add(403 * time.Hour)}, 3},
		{"limit", lifecycle.Filter{Hospital: "e", Limit: 4}, 4},
		{"visit", lifecycle.Filter{Hospital: "e", Visit: "v1"}, 9},
		{"another visit", lifecycle.Filter{Hospital: "e", Visit: "v2"}, 0},
	}
	for _, tt := range tests {
		got, err := s.store.List(s.db.DB, tt.f)
		if err != nil || len(got) != tt.want {
			t.Errorf("%s: %d, want %d (%v)", tt.name, len(got), tt.want, err)
		}
	}
}

func (s suite) pages(t *testing.T) {
	for n := range uint64(7) {
		s.add(t, State(500+n, "g", prescription.Paid))
	}
	for _, oldest := range []bool{false, true} {
		var seen []prescription.ID
		f := lifecycle.Filter{Hospital: "g", Limit: 3, OldestFirst: oldest}
		for {
			got, err := s.store.List(s.db.DB, f)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range got {
				seen = append(seen, p.ID())
			}
			if len(got) < f.Limit {
				break
			}
			last := got[len(got)-1].State()
			f.Before = lifecycle.Cursor{At: last.DraftedAt, ID: last.ID}
		}
		if len(seen) != 7 {
			t.Fatalf("oldest first %v: saw %v", oldest, seen)
		}
		for i := range seen[1:] {
			if (seen[i] < seen[i+1]) != oldest {
				t.Errorf("oldest first %v: order %v", oldest, seen)
			}
		}
	}
	// A draft that lay for a day and was signed last waits shortest.
	for n := range uint64(4) {
		st := State(520+n, "q", prescription.Signed)
		st.UpdatedAt = st.UpdatedAt.Add(-time.Duration(n) * time.Hour)
		s.add(t, st)
	}
	var seen []prescription.ID
	f := lifecycle.Filter{Hospital: "q", Statuses: []prescription.Status{prescription.Signed}, Limit: 3,
		Waiting: true}
	for {
		page, err := s.store.Page(s.db.DB, f)
		n, err2 := s.store.Count(s.db.DB, f)
		if err != nil || err2 != nil || n != 4 {
			t.Fatal(n, err, err2)
		}
		for _, p := range page.Items {
			seen = append(seen, p.ID())
		}
		if f.Before = page.Next; f.Before.ID == "" {
			break
		}
	}
	if len(seen) != 4 || seen[0] < seen[1] || seen[1] < seen[2] || seen[2] < seen[3] {
		t.Errorf("longest waiting first: %v", seen)
	}
}

func (s suite) accessLog(t *testing.T) {
	p := s.add(t, State(600, "i", prescription.Paid))
	for n := range 3 {
		a := lifecycle.AccessEntry{Prescription: p.ID(), Person: fmt.Sprint("p", n), Role: chain.RoleReviewer,
			Org: "h1", Reason: "reviewer", At: day.Add(time.Duration(n) * time.Second)}
		for range 2 { // the same reading noted twice is one line
			s.must(t, func(tx *gorm.DB) error { return s.store.LogAccess(tx, a) })
		}
	}
	other := s.add(t, State(601, "i", prescription.Paid))
	stranger := s.add(t, State(602, "i", prescription.Paid))
	s.must(t, func(tx *gorm.DB) error {
		return s.store.LogAccess(tx, lifecycle.AccessEntry{Prescription: other.ID(), Person: "p1",
			Role: chain.RoleReviewer, Org: "h1", Reason: "reviewer", At: day.Add(time.Minute)})
	})
	of, err := s.store.AccessesOf(s.db.DB, []string{"former", p.State().Patient.Person}, 3)
	if err != nil || len(of) != 3 || of[0].Prescription != other.ID() || of[1].Prescription != p.ID() ||
		of[1].Person != "p2" {
		t.Errorf("of the patient: %+v %v", of, err)
	}
	if of, err := s.store.AccessesOf(s.db.DB, []string{"nobody"}, 3); err != nil || len(of) != 0 {
		t.Errorf("of nobody: %+v %v", of, err)
	}
	ids := []prescription.ID{p.ID(), other.ID(), stranger.ID()}
	if read, err := s.store.ReadSince(s.db.DB, "p1", ids, day.Add(time.Minute)); err != nil || len(read) != 1 ||
		read[0] != other.ID() {
		t.Errorf("read since: %v %v", read, err)
	}
	got, err := s.store.Accesses(s.db.DB, p.ID(), 2)
	if err != nil || len(got) != 2 || got[0].Person != "p2" || got[1].Person != "p1" ||
		!got[0].At.Equal(day.Add(2*time.Second)) {
		t.Errorf("%+v %v", got, err)
	}
}

func (s suite) choices(t *testing.T) {
	early, late, claimed := s.add(t, State(650, "c", prescription.Paid)), s.add(t, State(651, "c", prescription.Paid)),
		s.add(t, State(652, "c", prescription.Claimed))
	if c, err := s.store.Choice(s.db.DB, early.ID()); c != nil || err != nil {
		t.Errorf("nothing chosen: %+v %v", c, err)
	}
	choose := func(p *lifecycle.Prescription, pharmacy string, minute int) {
		s.must(t, func(tx *gorm.DB) error {
			return s.store.Choose(tx, p.ID(),
				lifecycle.Choice{Pharmacy: pharmacy, At: day.Add(time.Duration(minute) * time.Minute)})
		})
	}
	choose(early, "c-ph2", 0)
	choose(late, "c-ph", 2)
	choose(early, "c-ph", 1) // changed
	choose(claimed, "c-ph", 0)
	if c, err := s.store.Choice(s.db.DB, early.ID()); err != nil || c.Pharmacy != "c-ph" ||
		!c.At.Equal(day.Add(time.Minute)) {
		t.Errorf("%+v %v", c, err)
	}
	for _, tt := range []struct {
		name, pharmacy string
		at             time.Time
		limit          int
		want           []lifecycle.Chosen
	}{
		{"in order, without the claimed one", "c-ph", day, 9,
			[]lifecycle.Chosen{{ID: early.ID(), At: day.Add(time.Minute)},
				{ID: late.ID(), At: day.Add(2 * time.Minute)}}},
		{"limit", "c-ph", day, 1, []lifecycle.Chosen{{ID: early.ID(), At: day.Add(time.Minute)}}},
		{"after a change", "c-ph2", day, 9, nil},
		{"expired", "c-ph", late.State().ExpiresAt, 9, nil},
	} {
		if got, err := s.store.ChosenBy(s.db.DB, tt.pharmacy, tt.at, tt.limit); err != nil ||
			!slices.Equal(got, tt.want) {
			t.Errorf("%s: %v %v", tt.name, got, err)
		}
	}
}

func (s suite) rollback(t *testing.T) {
	p := s.add(t, State(700, "j", prescription.Signed))
	boom := errors.New("boom")
	err := s.tx(t, func(tx *gorm.DB) error {
		if err := s.store.Save(tx, p, event(p, 1), []string{"t9"}); err != nil {
			return err
		}
		return boom
	})
	if !errors.Is(err, boom) {
		t.Fatal(err)
	}
	got, err := s.store.Load(s.db.DB, p.ID())
	if err != nil || got.Version() != 1 {
		t.Errorf("version %d, %v", got.Version(), err)
	}
	if events, err := s.store.Events(s.db.DB, p.ID()); err != nil || len(events) != 0 {
		t.Errorf("%v %v", events, err)
	}
}

func (s suite) deleteDraft(t *testing.T) {
	p, issued := s.add(t, State(800, "k", prescription.Draft)), s.add(t, State(801, "k", prescription.Signed))
	stale, err := s.store.Load(s.db.DB, p.ID())
	if err != nil {
		t.Fatal(err)
	}
	s.must(t, func(tx *gorm.DB) error { return s.store.Save(tx, p, nil, nil) })
	for name, gone := range map[string]*lifecycle.Prescription{"a stale version": stale, "a signed one": issued} {
		if err := s.tx(t, func(tx *gorm.DB) error { return s.store.Delete(tx, gone) }); !errors.Is(err,
			sqlstore.ErrConflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
	s.must(t, func(tx *gorm.DB) error { return s.store.Delete(tx, p) })
	if _, err := s.store.Load(s.db.DB, p.ID()); !errors.Is(err, prescription.ErrNotFound) {
		t.Errorf("deleted, and still: %v", err)
	}
}

func (s suite) takeBack(t *testing.T) {
	p, other := s.add(t, State(900, "l", prescription.Signed)), s.add(t, State(901, "l", prescription.Signed))
	for seq := range uint64(2) {
		s.must(t, func(tx *gorm.DB) error { return s.store.Save(tx, p, event(p, seq+1), nil) })
	}
	last, before := event(p, 2).Record, p.Version()
	back := func(p *lifecycle.Prescription) error {
		return s.tx(t, func(tx *gorm.DB) error { return s.store.TakeBack(tx, p, last, []byte("sent"), day) })
	}
	if err := back(other); !errors.Is(err, prescription.ErrNotFound) {
		t.Errorf("another's event: %v", err)
	}
	if err := back(p); err != nil || p.Version() != before+1 {
		t.Fatalf("version %d, %v", p.Version(), err)
	}
	if got, err := s.store.Events(s.db.DB, p.ID()); err != nil || len(got) != 1 || got[0].Seq != 1 {
		t.Errorf("left: %+v %v", got, err)
	}
	s.must(t, func(tx *gorm.DB) error { return s.store.Save(tx, p, event(p, 2), nil) }) // its sequence is free again
}

// received: a copy comes with its events, is no prescription of one's own, learns steps with
// packages that are known already, and goes with everything that hangs on it.
func (s suite) received(t *testing.T) {
	own, st := s.add(t, State(950, "m", prescription.Paid)), State(951, "m", prescription.Paid)
	st.ReceivedAt = day
	p, err := lifecycle.RestoreFromDatabase(st)
	if err != nil {
		t.Fatal(err)
	}
	s.must(t, func(tx *gorm.DB) error {
		return s.store.Receive(tx, p, []lifecycle.Event{*event(p, 1), *event(p, 2)})
	})
	if err := s.tx(t, func(tx *gorm.DB) error { return s.store.Receive(tx, p, nil) }); !errors.Is(err,
		lifecycle.ErrExists) {
		t.Errorf("received twice: %v", err)
	}
	list, err := s.store.List(s.db.DB, lifecycle.Filter{Hospital: "m", Own: true})
	if err != nil || len(list) != 1 || list[0].ID() != own.ID() {
		t.Errorf("own: %v %v", list, err)
	}
	for seq := range uint64(2) { // the second names a package that the first used
		s.must(t, func(tx *gorm.DB) error { return s.store.Learn(tx, p, *event(p, seq+3), []string{"tag-of-m"}) })
	}
	if got, err := s.store.Events(s.db.DB, p.ID()); err != nil || len(got) != 4 {
		t.Errorf("events: %+v %v", got, err)
	}
	s.must(t, func(tx *gorm.DB) error { return s.store.TakeBack(tx, p, event(p, 4).Record, []byte("sent"), day) })
	if lost, err := s.store.Lost(s.db.DB, p.ID()); err != nil || len(lost) != 1 ||
		lost[0].Record != event(p, 4).Record {
		t.Errorf("lost: %+v %v", lost, err)
	}
	// whose columns take values of any type; the step in its row does not open then
	if s.db.Dialect == sqlstore.SQLite {
		s.must(t, func(tx *gorm.DB) error { return tx.Exec("UPDATE refused_events SET refused_at = 'x'").Error })
		if lost, err := s.store.Lost(s.db.DB, p.ID()); err != nil || len(lost) != 0 || len(s.db.Unreadable()) != 1 {
			t.Errorf("one that cannot be read: %+v %v", lost, err)
		}
	}
	for when, want := range map[time.Time]int{st.ExpiresAt.Add(-time.Second): 0, st.ExpiresAt: 1} {
		if ids, err := s.store.Forgettable(s.db.DB, when, when, 10); err != nil || len(ids) != want {
			t.Errorf("forgettable at %s: %v %v", when, ids, err)
		}
	}
	if err := s.tx(t, func(tx *gorm.DB) error { return s.store.Forget(tx, own.ID()) }); !errors.Is(err,
		prescription.ErrNotFound) {
		t.Errorf("forgot one's own: %v", err)
	}
	s.must(t, func(tx *gorm.DB) error { return s.store.Forget(tx, p.ID()) })
	if _, err := s.store.Load(s.db.DB, p.ID()); !errors.Is(err, prescription.ErrNotFound) {
		t.Errorf("not forgotten: %v", err)
	}
}

func (s suite) followed(t *testing.T) {
	// another instance may be behind: the place never goes back
	for _, step := range []struct{ keep, want uint64 }{{7, 7}, {3, 7}, {9, 9}} {
		s.must(t, func(tx *gorm.DB) error { return s.store.KeepFollowed(tx, step.keep) })
		if got, err := s.store.Followed(s.db.DB); err != nil || got != step.want {
			t.Errorf("kept %d: at %d, want %d (%v)", step.keep, got, step.want, err)
		}
	}
}
