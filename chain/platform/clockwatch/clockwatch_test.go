package clockwatch

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// machine is a machine whose clocks the test moves.
type machine struct {
	wall  time.Time
	since time.Duration
	start string
}

func newMachine() *machine {
	return &machine{wall: time.Date(2026, 11, 30, 6, 0, 0, 0, time.UTC), since: time.Hour, start: "boot-1"}
}

func (m *machine) pass(d time.Duration) { m.wall, m.since = m.wall.Add(d), m.since+d }
func (m *machine) set(by time.Duration) { m.wall = m.wall.Add(by) }

func (m *machine) reboot(off time.Duration) {
	m.wall, m.since, m.start = m.wall.Add(off), time.Minute, m.start+"+"
}

func (m *machine) watch(file string) *Watch { return m.watchAfter(file, time.Time{}) }

func (m *machine) watchAfter(file string, last time.Time) *Watch {
	return New(Config{File: file, Last: last, Log: slog.New(slog.DiscardHandler),
		Now:   func() time.Time { return m.wall },
		Since: func() (string, time.Duration, bool) { return m.start, m.since, true }})
}

func TestJumps(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(m *machine, w *Watch)
		want time.Duration // of the doubt; 0: none
	}{
		{"an hour passes", func(m *machine, _ *Watch) { m.pass(time.Hour) }, 0},
		{"a year of slow correction", func(m *machine, w *Watch) {
			for range 1000 {
				m.pass(time.Hour)
				m.set(20 * time.Second)
				w.Look()
			}
		}, 0},
		{"four days ahead", func(m *machine, _ *Watch) { m.set(96 * time.Hour) }, 96 * time.Hour},
		{"just beyond", func(m *machine, _ *Watch) { m.set(Tolerance + 1) }, Tolerance + 1},
		{"just not", func(m *machine, _ *Watch) { m.set(Tolerance) }, 0},
		{"five minutes back", func(m *machine, _ *Watch) { m.set(-5 * time.Minute) }, -5 * time.Minute},
		{"ahead and right again", func(m *machine, w *Watch) {
			m.set(96 * time.Hour)
			w.Look()
			m.pass(time.Minute)
			m.set(-96 * time.Hour)
		}, 0},
		{"ahead and half of it back", func(m *machine, w *Watch) {
			m.set(96 * time.Hour)
			w.Look()
			m.set(-48 * time.Hour)
		}, 48 * time.Hour},
		{"back, and time has passed", func(m *machine, w *Watch) {
			m.set(-5 * time.Minute)
			w.Look()
			m.pass(5 * time.Minute)
		}, 0},
		{"back, and not enough of it", func(m *machine, w *Watch) {
			m.set(-5 * time.Minute)
			w.Look()
			m.pass(4 * time.Minute)
		}, -5 * time.Minute},
		{"ahead, and time alone confirms nothing", func(m *machine, w *Watch) {
			m.set(time.Hour)
			w.Look()
			m.pass(100 * time.Hour)
		}, time.Hour},
		{"ahead, and others say the same", func(m *machine, w *Watch) {
			m.set(time.Hour)
			w.Look()
			w.Heard(m.wall.Add(-Tolerance))
		}, 0},
		{"ahead, and others say otherwise", func(m *machine, w *Watch) {
			m.set(time.Hour)
			w.Heard(m.wall.Add(-time.Hour))
		}, time.Hour},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := newMachine()
			w := m.watch(filepath.Join(t.TempDir(), "clock.json"))
			c.do(m, w)
			var got time.Duration
			if d := w.Doubt(); d != nil {
				got = d.By
			}
			if got != c.want {
				t.Errorf("doubt by %s, want %s", got, c.want)
			}
		})
	}
}

// A process that was not running when the clock jumped notices at its start; a doubt outlives a
// start.
func TestStartAfterAJump(t *testing.T) {
	for _, c := range []struct {
		name  string
		while func(m *machine)
		want  bool
	}{
		{"the machine ran on for a week", func(m *machine) { m.pass(7 * 24 * time.Hour) }, false},
		{"and its clock jumped", func(m *machine) { m.pass(time.Minute); m.set(96 * time.Hour) }, true},
		{"and its clock was set back", func(m *machine) { m.pass(time.Minute); m.set(-5 * time.Minute) }, true},
		{"off over the weekend", func(m *machine) { m.reboot(64 * time.Hour) }, false},
		{"off for four days, or so it says", func(m *machine) { m.reboot(96 * time.Hour) }, true},
		{"its battery is empty", func(m *machine) { m.reboot(-10000 * time.Hour) }, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, file := newMachine(), filepath.Join(t.TempDir(), "clock.json")
			m.watch(file)
			c.while(m)
			if d := m.watch(file).Doubt(); (d != nil) != c.want {
				t.Errorf("doubt: %v", d)
			}
			m.pass(time.Second)
			if d := m.watch(file).Doubt(); (d != nil) != c.want {
				t.Errorf("after one more start: %v", d)
			}
		})
	}
	m := newMachine()
	if d := m.watchAfter("", m.wall.Add(5*time.Minute)).Doubt(); d == nil || d.Ahead() {
		t.Errorf("behind the newest block: %v", d)
	}
	if d := m.watchAfter("", m.wall.Add(-time.Hour)).Doubt(); d != nil {
		t.Errorf("an hour after the newest block: %v", d)
	}
}

func TestAPersonConfirms(t *testing.T) {
	m, file := newMachine(), filepath.Join(t.TempDir(), "clock.json")
	w := m.watch(file)
	if err := Confirm(file); !errors.Is(err, ErrNoDoubt) {
		t.Errorf("without a doubt: %v", err)
	}
	m.set(96 * time.Hour)
	if d := w.Doubt(); d == nil || !d.Ahead() {
		t.Fatalf("doubt: %v", d)
	}
	if d, err := Open(file); err != nil || d == nil || d.By != 96*time.Hour {
		t.Errorf("on file: %v, %v", d, err)
	}
	if err := Confirm(file); err != nil {
		t.Fatal(err)
	}
	if d := w.Doubt(); d != nil {
		t.Errorf("after a person's word: %v", d)
	}
	m.set(time.Hour)
	if d := w.Doubt(); d == nil {
		t.Error("one word is for one jump")
	}
	if err := os.WriteFile(file, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if d := m.watch(file).Doubt(); d != nil {
		t.Errorf("a broken file is no evidence: %v", d)
	}
}
