package exports

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/disk"
	"github.com/smart-hospital/hospital/chain/evidence/period"
)

// days is a period that is written when the test lets it be.
type days struct {
	height int64
	let    chan error // closed: at once
	text   string
}

func (d days) Count() uint64 { return 1 }
func (d days) Height() int64 { return d.height }
func (d days) Write(ctx context.Context, w io.Writer) error {
	if _, err := io.WriteString(w, d.text[:1]); err != nil {
		return err
	}
	select {
	case err := <-d.let:
		if err != nil {
			return err
		}
	case <-ctx.Done():
		return ctx.Err()
	}
	_, err := io.WriteString(w, d.text[1:])
	return err
}

type shelf struct {
	*testing.T
	*Service
	dir  string
	now  time.Time
	next days
	free int64
}

var atOnce = func() chan error { c := make(chan error); close(c); return c }()

func newShelf(t *testing.T) *shelf {
	s := &shelf{T: t, dir: filepath.Join(t.TempDir(), "exports"), now: time.Date(2026, 12, 1, 4, 0, 0, 0, time.UTC),
		next: days{height: 7, let: atOnce, text: "PK whole"}, free: 1000}
	s.open()
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func (s *shelf) open() {
	s.Helper()
	room := &disk.Guard{Reserve: 100, Free: func() (int64, error) { return s.free, nil }, Now: time.Now}
	var err error
	s.Service, err = Open(Config{Dir: s.dir, Room: room, Log: slog.New(slog.DiscardHandler),
		Begin: func(context.Context, string, string) (Period, error) { return s.next, nil },
		Now:   func() time.Time { return s.now }})
	if err != nil {
		s.Fatal(err)
	}
}

func (s *shelf) ask(owner, from string) (Export, error) {
	s.now = s.now.Add(time.Second)
	return s.Make(s.Context(), owner, from, "2026-11-30", func(Export) error { return nil })
}

// until waits for an export to be in a state.
func (s *shelf) until(owner, id string, want State) Export {
	s.Helper()
	for s.Context().Err() == nil {
		list := s.Of(owner)
		if at := slices.IndexFunc(list, func(e Export) bool { return e.ID == id }); at >= 0 && list[at].State == want {
			return list[at]
		}
		time.Sleep(time.Millisecond)
	}
	s.Fatalf("%s: never %s", id, want)
	return Export{}
}

func (s *shelf) make(owner, from string) Export {
	s.Helper()
	e, err := s.ask(owner, from)
	if err != nil {
		s.Fatal(err)
	}
	return s.until(owner, e.ID, Ready)
}

func (s *shelf) read(owner, id string) string {
	s.Helper()
	f, _, err := s.File(owner, id)
	if err != nil {
		s.Fatal(err)
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		s.Fatal(err)
	}
	return string(text)
}

func (s *shelf) files() (names []string) {
	list, err := os.ReadDir(s.dir)
	if err != nil {
		s.Fatal(err)
	}
	for _, f := range list {
		names = append(names, f.Name())
	}
	return names
}

// TestKept: a whole file is its account's until it ends, over a restart as well; what was half made
// is not.
func TestKept(t *testing.T) {
	s := newShelf(t)
	e := s.make("a", "2026-11-01")
	if e.Bytes != 8 || s.read("a", e.ID) != "PK whole" {
		t.Errorf("%+v", e)
	}
	if again := s.make("a", "2026-11-01"); again.ID != e.ID {
		t.Error("the same days up to the same block were made twice")
	}
	for owner, id := range map[string]string{"b": e.ID, "": e.ID, "a": "../x"} {
		if _, _, err := s.File(owner, id); !errors.Is(err, ErrNotFound) {
			t.Errorf("%q reads %s: %v", owner, id, err)
		}
		if err := s.Drop(owner, id); !errors.Is(err, ErrNotFound) {
			t.Errorf("%q drops %s: %v", owner, id, err)
		}
	}
	s.next.let = make(chan error)
	half, err := s.ask("a", "2026-11-02")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.File("a", half.ID); !errors.Is(err, ErrNotReady) {
		t.Errorf("half a file: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.dir, "stray.zip.part"), []byte("PK"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.open()
	if list := s.Of("a"); len(list) != 1 || list[0] != e || s.read("a", e.ID) != "PK whole" {
		t.Errorf("after a restart: %+v", list)
	}
	if names := s.files(); len(names) != 2 {
		t.Errorf("on the disk: %q", names)
	}
	s.now = e.EndsAt
	if list, names := s.Of("a"), s.files(); len(list)+len(names) != 0 {
		t.Errorf("after its end: %+v, %q", list, names)
	}
}

// TestFew: one is made at a time for an account and two for all, and the oldest go.
func TestFew(t *testing.T) {
	s := newShelf(t)
	s.next.let = make(chan error)
	first, err := s.ask("a", "2026-11-01")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.ask("a", "2026-11-02"); !errors.Is(err, ErrBusy) {
		t.Errorf("a second of one account: %v", err)
	}
	if same, err := s.ask("a", "2026-11-01"); err != nil || same.ID != first.ID {
		t.Errorf("the same days: %v", err)
	}
	var noted []string // asked for again is noted again; refused is not
	for _, from := range []string{"2026-11-01", "2026-11-02"} {
		_, _ = s.Make(t.Context(), "a", from, "2026-11-30", func(e Export) error {
			noted = append(noted, e.From)
			return nil
		})
	}
	if len(noted) != 1 || noted[0] != "2026-11-01" {
		t.Errorf("noted: %v", noted)
	}
	full := errors.New("the log is full")
	e, err := s.Make(t.Context(), "a", "2026-11-01", "2026-11-30", func(Export) error { return full })
	if !errors.Is(err, full) || e.ID != "" {
		t.Errorf("what could not be noted was answered: %+v, %v", e, err)
	}
	second, err := s.ask("b", "2026-11-01")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.ask("c", "2026-11-01"); !errors.Is(err, ErrBusy) {
		t.Errorf("a third of the node: %v", err)
	}
	if err := s.Drop("b", second.ID); err != nil {
		t.Fatal(err)
	}
	close(s.next.let)
	s.until("a", first.ID, Ready)
	s.next.let = atOnce
	for _, from := range []string{"2026-11-02", "2026-11-03"} {
		s.make("a", from)
	}
	if list := s.Of("a"); len(list) != MaxOwn || list[0].From != "2026-11-03" {
		t.Errorf("kept of one account: %+v", list)
	}
	for _, owner := range strings.Split("bcdefgh", "") {
		s.make(owner, "2026-11-01")
	}
	total := 0
	for _, owner := range strings.Split("abcdefgh", "") {
		total += len(s.Of(owner))
	}
	if names := s.files(); total != MaxKept || len(names) != 2*MaxKept || len(s.Of("a")) != 0 {
		t.Errorf("kept of all: %d, %q", total, names)
	}
}

// TestNotMade: what fails says why, leaves nothing on the disk, and is made anew.
func TestNotMade(t *testing.T) {
	s := newShelf(t)
	for why, fault := range map[string]error{"export-too-large": period.ErrTooLarge,
		"interrupted": errors.New("torn out")} {
		s.next.let = make(chan error, 1)
		s.next.let <- fault
		e, err := s.ask("a", "2026-11-01")
		if err != nil {
			t.Fatal(err)
		}
		if e = s.until("a", e.ID, Failed); e.Why != why {
			t.Errorf("%v: %s", fault, e.Why)
		}
		if names := s.files(); len(names) != 0 {
			t.Errorf("%v left %q", fault, names)
		}
	}
	refused := errors.New("the log is full")
	_, err := s.Make(t.Context(), "a", "2026-11-01", "2026-11-30", func(Export) error { return refused })
	if !errors.Is(err, refused) || len(s.files()) != 0 || len(s.Of("a")) != 0 {
		t.Errorf("made without a line of the log: %v", err)
	}
	s.next.let = atOnce
	if s.make("a", "2026-11-01"); len(s.Of("a")) != 1 {
		t.Error("the failed one is still there")
	}
	s.free = 1
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s.open() // its guard has not looked yet
	if _, err := s.ask("a", "2026-11-09"); !errors.Is(err, ErrNoRoom) {
		t.Errorf("on a full disk: %v", err)
	}
}

// TestTickets: one begins one download and lets that one go on; no other file, no second beginning.
func TestTickets(t *testing.T) {
	s := newShelf(t)
	e, other := s.make("a", "2026-11-01"), s.make("a", "2026-11-02")
	word, err := s.Ticket("a", e.ID, "Bearer x")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Ticket("b", e.ID, "Bearer y"); !errors.Is(err, ErrNotFound) {
		t.Errorf("another's: %v", err)
	}
	for _, wrong := range []struct{ word, id string }{{"", e.ID}, {word + "x", e.ID}, {word, other.ID}} {
		if _, err := s.Redeem(wrong.word, wrong.id, 0); !errors.Is(err, ErrTicket) {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
	for _, from := range []int64{0, 3, 5} {
		if session, err := s.Redeem(word, e.ID, from); err != nil || session != "Bearer x" {
			t.Errorf("from %d: %q, %v", from, session, err)
		}
	}
	if _, err := s.Redeem(word, e.ID, 0); !errors.Is(err, ErrTicket) {
		t.Errorf("a second beginning: %v", err)
	}
	late, err := s.Ticket("a", e.ID, "Bearer x")
	if err != nil {
		t.Fatal(err)
	}
	s.now = s.now.Add(TicketTime)
	if _, err := s.Redeem(late, e.ID, 0); !errors.Is(err, ErrTicket) {
		t.Errorf("too late: %v", err)
	}
	if _, err := s.Redeem(word, e.ID, 4); err != nil {
		t.Errorf("what has begun does not go on: %v", err)
	}
	if err := s.Drop("a", e.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Redeem(word, e.ID, 4); !errors.Is(err, ErrTicket) {
		t.Errorf("of a file that is gone: %v", err)
	}
	for range maxTickets + 5 {
		if _, err := s.Ticket("a", other.ID, "Bearer x"); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.tickets) > maxTickets {
		t.Errorf("%d tickets", len(s.tickets))
	}
}
