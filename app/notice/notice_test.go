package notice_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/notice"
	"github.com/smart-hospital/hospital/app/wake"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

var noon = time.Date(2026, 11, 30, 4, 0, 0, 0, time.UTC)

var errDamaged = errors.New("test: a record that does not open")

// town knows everybody, but the family whose record is damaged: the account of person x is a-x; a
// family is its person and a guardian g; staff are two.
type town struct{}

func (town) AccountsOf(_ *gorm.DB, a notice.Audience) ([]string, error) {
	kind, name, _ := strings.Cut(string(a), ":")
	switch kind {
	case "family":
		if name == "damaged" {
			return nil, errDamaged
		}
		return []string{"a-" + name, "a-g"}, nil
	case "staff":
		return []string{"a-one", "a-two"}, nil
	case "account":
		return []string{name}, nil
	case "login":
		_, name, _ = strings.Cut(name, ":")
	}
	return []string{"a-" + name}, nil
}

func service(t *testing.T, db *sqlstore.DB) *notice.Service {
	t.Helper()
	if err := notice.Migrate(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	hub := wake.New(nil, "test", func(string) bool { return true })
	return notice.New(notice.Config{DB: db, People: town{}, Hub: hub, Now: func() time.Time { return noon }})
}

func tell(t *testing.T, s *notice.Service, db *sqlstore.DB, e notice.Event) {
	t.Helper()
	e.At = noon
	if err := db.Tx(t.Context(), func(tx *gorm.DB) error { return s.Tell(tx, e) }); err != nil {
		t.Fatal(err)
	}
}

func deliver(t *testing.T, s *notice.Service) {
	t.Helper()
	for {
		more, err := s.Deliver(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			return
		}
	}
}

func to(audience notice.Audience) []notice.Audience { return []notice.Audience{audience} }

func of(person string, wards ...string) notice.Reader {
	return notice.Reader{Account: "a-" + person, Person: person, Wards: wards}
}

// seen is a page in one word a notice.
func seen(t *testing.T, s *notice.Service, r notice.Reader, since int64) string {
	t.Helper()
	p, err := s.Since(t.Context(), r, since)
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, n := range p.Notices {
		word := fmt.Sprintf("%d:%s/%s", n.ID, n.Kind, n.Subject)
		if n.Quiet {
			word += "?"
		}
		words = append(words, word)
	}
	return fmt.Sprintf("%s last %d unread %v", strings.Join(words, " "), p.Last, p.Unread)
}

func TestTellAndRead(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		s := service(t, db)
		check := func(what, got, want string) {
			t.Helper()
			if got != want {
				t.Errorf("%s:\n got %s\nwant %s", what, got, want)
			}
		}
		check("nothing yet", seen(t, s, of("doc"), 0), " last 0 unread map[]")
		visit := func(kind notice.Kind, by string, to ...notice.Audience) {
			t.Helper()
			tell(t, s, db, notice.Event{Kind: kind, Subject: "V1", About: "pat", By: notice.Person(by), To: to})
			deliver(t, s)
		}
		visit(notice.VisitRequested, "pat", notice.Family("pat"), notice.Person("doc"))
		check("the doctor hears", seen(t, s, of("doc"), 0), "1:visit.requested/V1 last 1 unread map[visit:1]")
		check("who asked knows", seen(t, s, of("pat"), 0), "1:visit.requested/V1? last 1 unread map[]")
		check("the guardian hears", seen(t, s, of("g", "pat"), 0), "1:visit.requested/V1 last 1 unread map[visit:1]")
		check("guardian no more", seen(t, s, of("g"), 0), " last 1 unread map[]")
		check("a stranger", seen(t, s, of("str"), 0), " last 0 unread map[]")

		visit(notice.VisitMessage, "pat", notice.Person("doc"))
		visit(notice.VisitMessage, "pat", notice.Person("doc"))
		check("only the newest message stays, and settles the request", seen(t, s, of("doc"), 0),
			"1:visit.requested/V1 3:visit.message/V1 last 3 unread map[visit:1]")
		check("from 2 on", seen(t, s, of("doc"), 2), "3:visit.message/V1 last 3 unread map[visit:1]")
		check("from now on", seen(t, s, of("doc"), -1), " last 3 unread map[visit:1]")
		barred := of("doc")
		barred.Barred = true
		check("out of office", seen(t, s, barred, 0), " last 3 unread map[]")
		tell(t, s, db, notice.Event{Kind: notice.VisitRead, Subject: "V1", Quiet: to("person:doc")})
		deliver(t, s)
		check("read in the chat", seen(t, s, of("doc"), 3), "4:visit.read/V1? last 4 unread map[]")
		inbox, err := s.Inbox(t.Context(), of("doc"), 0, 50)
		if err != nil || len(inbox) != 2 || inbox[0].ID != 3 || !inbox[0].Read || !inbox[1].Read {
			t.Errorf("inbox %+v, %v", inbox, err)
		}

		for _, subject := range []string{"R1", "R2", "R3"} {
			tell(t, s, db, notice.Event{Kind: notice.RxIssued, Subject: subject, To: to("staff:reviewer:h1")})
		}
		deliver(t, s)
		tell(t, s, db, notice.Event{
			Kind: notice.RxApproved, Subject: "R1", By: notice.Login("one", "reviewer"), Quiet: to("staff:reviewer:h1"),
		})
		deliver(t, s)
		check("what one has done is no work for the other", seen(t, s, of("two"), 3),
			"4:rx.approved/R1? last 4 unread map[rx:2]")
		if err := s.MarkRead(t.Context(), of("two"), 0, "R2"); err != nil {
			t.Fatal(err)
		}
		check("one subject is read", seen(t, s, of("two"), 4), " last 4 unread map[rx:1]")
		if err := s.MarkRead(t.Context(), of("two"), 3, ""); err != nil {
			t.Fatal(err)
		}
		check("all are", seen(t, s, of("two"), 4), " last 4 unread map[]")
		check("of this account alone", seen(t, s, of("one"), 4), " last 4 unread map[rx:2]")

		if p, err := s.Since(t.Context(), of("doc"), 99); err != nil || !p.Reset || p.Last != 4 {
			t.Errorf("a number from another history: %+v, %v", p, err)
		}
		if err := s.Purge(t.Context(), noon.Add(notice.KeepFor+time.Hour)); err != nil {
			t.Fatal(err)
		}
		check("after a month", seen(t, s, of("doc"), 0), " last 4 unread map[]")
		visit(notice.VisitFinished, "doc", notice.Person("doc"), notice.Family("pat"))
		check("numbers go on", seen(t, s, of("doc"), 4), "5:visit.finished/V1? last 5 unread map[]")
	})
}

// What is not committed is told to nobody.
// One patient's record that cannot be read, and one post, kept everybody from being told for ever.
func TestDamagedRowsKeepNobodyFromBeingTold(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		s := service(t, db)
		damaged := notice.Family("damaged")
		told := []notice.Audience{damaged, notice.Person("doc")}
		tell(t, s, db, notice.Event{Kind: notice.RxIssued, Subject: "R1", About: "damaged", By: damaged, To: told})
		const odd = `UPDATE notice_posts SET at = 'x' WHERE subject = 'V0'`
		if db.Name() == "sqlite" { // PostgreSQL keeps no such value
			tell(t, s, db, notice.Event{Kind: notice.VisitActive, Subject: "V0", To: told})
			if err := db.Tx(t.Context(), func(tx *gorm.DB) error { return tx.Exec(odd).Error }); err != nil {
				t.Fatal(err)
			}
		}
		for i := range 120 { // more than a batch behind them
			subject := fmt.Sprintf("V%d", i+1)
			tell(t, s, db, notice.Event{Kind: notice.VisitRequested, Subject: subject, To: to(notice.Person("doc"))})
		}
		deliver(t, s)
		p, err := s.Since(t.Context(), notice.Reader{Account: "a-doc", Person: "doc", Wards: []string{"damaged"}}, 0)
		if err != nil || p.Unread["visit"] != 120 || p.Unread["rx"] != 1 {
			t.Errorf("%v, %v", p, err)
		}
	})
}

// A certificate of another organisation may call its holder anything.
func TestAnyNameIsAnAudience(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		s := service(t, db)
		odd := "a b!%20\u3000+"
		tell(t, s, db, notice.Event{Kind: notice.RxIssued, Subject: "R1", By: notice.Login(odd, "doctor"),
			To: to(notice.Account(odd)), Quiet: to(notice.Person(odd))})
		deliver(t, s)
		for account, want := range map[string]string{odd: "1:rx.issued/R1 last 1 unread map[rx:1]",
			"a-" + odd: "1:rx.issued/R1? last 1 unread map[]"} {
			if got := seen(t, s, notice.Reader{Account: account}, 0); got != want {
				t.Errorf("%q: got %s", account, got)
			}
		}
	})
}

// TestOnlyWhatIsSeenIsRead: a doctor out of office, or a guardian whose rights have ended, marks
// nothing as read that is kept from it.
func TestOnlyWhatIsSeenIsRead(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		s := service(t, db)
		tell(t, s, db, notice.Event{Kind: notice.VisitRequested, Subject: "V1", To: to("person:doc")})
		tell(t, s, db, notice.Event{Kind: notice.KeyApproved, Subject: "K1", To: to("person:doc")})
		deliver(t, s)
		barred := of("doc")
		barred.Barred = true
		for _, subject := range []string{"", "V1"} {
			if err := s.MarkRead(t.Context(), barred, 2, subject); err != nil {
				t.Fatal(err)
			}
		}
		p, err := s.Since(t.Context(), of("doc"), 0)
		if err != nil || p.Unread["visit"] != 1 || p.Unread["key"] != 0 {
			t.Errorf("back in office: %v, %v", p.Unread, err)
		}
	})
}

func TestNothingWithoutACommit(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		s := service(t, db)
		no := errors.New("no")
		err := db.Tx(t.Context(), func(tx *gorm.DB) error {
			e := notice.Event{Kind: notice.RxPaid, Subject: "R", To: to("person:pat"), At: noon}
			return errors.Join(s.Tell(tx, e), no)
		})
		deliver(t, s)
		if got := seen(t, s, of("pat"), 0); !errors.Is(err, no) || got != " last 0 unread map[]" {
			t.Errorf("%v, %s", err, got)
		}
		for _, e := range []notice.Event{
			{Subject: "R", To: to("person:x")},
			{Kind: "rx.gift", Subject: "R", To: to("person:x")},
			{Kind: notice.RxPaid, To: to("person:x")}, {Kind: notice.RxPaid, Subject: "R"},
		} {
			err := db.Tx(t.Context(), func(tx *gorm.DB) error { return s.Tell(tx, e) })
			if !errors.Is(err, notice.ErrEvent) {
				t.Errorf("%+v: %v", e, err)
			}
		}
	})
}

func TestAnAccountKeepsSoMany(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		s := service(t, db)
		const extra = 30
		err := db.Tx(t.Context(), func(tx *gorm.DB) error {
			for i := range notice.KeepMax + extra {
				e := notice.Event{Kind: notice.RxPaid, Subject: fmt.Sprint("R", i), To: to("person:pat"), At: noon}
				if err := s.Tell(tx, e); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		deliver(t, s)
		var kept []int64
		for since, more := int64(extra), true; more; {
			p, err := s.Since(t.Context(), of("pat"), since)
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range p.Notices {
				kept = append(kept, n.ID)
			}
			since, more = p.Last, p.More()
		}
		if len(kept) != notice.KeepMax || kept[0] != extra+1 || !slices.IsSorted(kept) {
			t.Errorf("%d kept, from %d", len(kept), kept[0])
		}
	})
}

// TestOrderUnderConcurrency: a reader that goes on from the last number it has seen misses nothing,
// although commands commit in any order and three instances deliver at once.
// TestAReaderBehindWhatIsKept: who comes back after more than is kept of an account is told to read
// everything anew, because something may have gone that it never saw.
func TestAReaderBehindWhatIsKept(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		s := service(t, db)
		for i := range notice.KeepMax + 2 {
			tell(t, s, db, notice.Event{Kind: notice.KeyRequested, Subject: fmt.Sprint("K", i), To: to("person:x")})
		}
		deliver(t, s)
		for since, lost := range map[int64]bool{0: true, 1: true, 2: false, notice.KeepMax + 2: false} {
			p, err := s.Since(t.Context(), of("x"), since)
			if err != nil || p.Reset != lost {
				t.Errorf("since %d: %+v, %v", since, p.Reset, err)
			}
		}
	})
}

// TestTheSameAgainIsOneLine: what one side can do again and again, such as choosing a pharmacy,
// fills nobody's inbox and drives nothing else out of it.
func TestTheSameAgainIsOneLine(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		s := service(t, db)
		told := []notice.Kind{notice.RxChosen, notice.FamilyAsked, notice.FamilyEnded, notice.AccountDevice}
		for range 3 {
			for _, kind := range told {
				tell(t, s, db, notice.Event{Kind: kind, Subject: "S", To: to("person:x")})
			}
		}
		deliver(t, s)
		list, err := s.Inbox(t.Context(), of("x"), 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		got := map[notice.Kind]int{}
		for _, n := range list {
			got[n.Kind]++
		}
		if got[notice.RxChosen] != 1 || got[notice.FamilyAsked] != 1 || got[notice.FamilyEnded] != 1 {
			t.Errorf("%v", got)
		}
		if got[notice.AccountDevice] != 3 {
			t.Errorf("each log-in on a new device is a line of its own: %v", got)
		}
	})
}

func TestOrderUnderConcurrency(t *testing.T) {
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		const instances, writers, each = 3, 8, 25
		var services []*notice.Service
		var dbs []*sqlstore.DB
		for range instances {
			db := sqlstoretest.Open(t, dsn)
			services, dbs = append(services, service(t, db)), append(dbs, db)
		}
		ctx, stop := context.WithCancel(t.Context())
		var running, telling sync.WaitGroup
		for _, s := range services {
			running.Go(func() { _ = s.Run(ctx) })
		}
		var told atomic.Int64
		for w := range writers {
			telling.Go(func() {
				i := w % instances
				for n := range each {
					subject := fmt.Sprintf("R%d-%d", w, n)
					e := notice.Event{Kind: notice.RxIssued, Subject: subject, To: to("person:pat"), At: noon}
					err := dbs[i].Tx(ctx, func(tx *gorm.DB) error {
						if err := services[i].Tell(tx, e); err != nil {
							return err
						}
						time.Sleep(time.Duration(n%3) * time.Millisecond) // so that the earlier of two commits later
						return nil
					})
					if err != nil {
						t.Error(err)
						return
					}
					told.Add(1)
				}
			})
		}
		got := map[string]int{}
		last := int64(0)
		for end := time.Now().Add(3 * time.Minute); len(got) < writers*each && time.Now().Before(end) && !t.Failed(); {
			p, err := services[0].Since(ctx, of("pat"), last)
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range p.Notices {
				if n.ID <= last {
					t.Fatalf("%d after %d", n.ID, last)
				}
				last = n.ID
				got[n.Subject]++
			}
			last = max(last, p.Last)
		}
		telling.Wait()
		stop()
		running.Wait()
		for subject, n := range got {
			if n != 1 {
				t.Errorf("%s came %d times", subject, n)
			}
		}
		if len(got) != writers*each || last != writers*each {
			t.Errorf("%d of %d came, the last is %d", len(got), told.Load(), last)
		}
	})
}

// TestDeliveredAfterADeath: what was committed by a process that died before its delivery comes by
// another one's look.
func TestDeliveredAfterADeath(t *testing.T) {
	dsn := "sqlite:" + filepath.Join(t.TempDir(), "test.db")
	db := sqlstoretest.Open(t, dsn)
	paid := notice.Event{Kind: notice.RxPaid, Subject: "R", To: to("person:pat")}
	tell(t, service(t, db), db, paid) // and dies
	s := service(t, sqlstoretest.Open(t, dsn))
	watch := s.Watch("a-pat")
	defer watch.Stop()
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); _ = s.Run(ctx) }()
	select {
	case <-watch.C:
	case <-time.After(time.Minute):
		t.Error("nobody was woken")
	}
	stop()
	<-done
	if got := seen(t, s, of("pat"), 0); got != "1:rx.paid/R last 1 unread map[rx:1]" {
		t.Error(got)
	}
}
