// Package clockwatch notices that the wall clock jumped. Much here ends by time: prescriptions
// expire, money goes back, locks and visits end. A clock that is four days ahead for a minute would
// end them all, for good.
//
// A Watch compares the wall clock with the time since the machine started, which no one can set,
// from one look to the next: slow corrections pass, a jump is a Doubt. It remembers both in a file,
// so that a jump while the process was not running is noticed at the next start. A doubt ends when
// the clock is set right again, when others confirm the new time (Heard), or when a person does
// (Confirm). What ends by time waits for that: ask Doubt just before.
package clockwatch

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/durable"
)

const (
	// Tolerance is the largest difference between two looks that is no jump.
	Tolerance = 30 * time.Second
	// Away is how long a machine may have been switched off before its clock is believed without a
	// word.
	Away = 72 * time.Hour
	// lookEvery is how often Run looks, and saveEvery how old the file may be.
	lookEvery = time.Second
	saveEvery = 10 * time.Second
	// confirmed is appended to the file's name: the word of a person, for the process that runs.
	confirmed = ".confirmed"
)

// Doubt is a jump that nobody has confirmed.
type Doubt struct {
	Since time.Time     `json:"since"` // by the clock that jumped
	By    time.Duration `json:"by"`    // how far the clock is from where it was; above 0: ahead
}

// Ahead tells a clock that jumped ahead from one that was set back. While it is ahead, nothing may
// be dated by it.
func (d Doubt) Ahead() bool { return d.By > 0 }

// String says it in words, for operators.
func (d Doubt) String() string {
	if d.Ahead() {
		return fmt.Sprintf("the clock jumped %s ahead at %s", d.By.Round(time.Second),
			d.Since.UTC().Format(time.RFC3339))
	}
	return fmt.Sprintf("the clock was set back by %s at %s", (-d.By).Round(time.Second),
		d.Since.UTC().Format(time.RFC3339))
}

// Config of a Watch.
type Config struct {
	File string           // where it remembers; empty: nowhere
	Now  func() time.Time // nil: time.Now
	// Since is the time since the machine started, and what tells this start from others; ok is
	// false where the system does not tell. nil: this system's.
	Since func() (start string, since time.Duration, ok bool)
	// Last is the time of the newest block that the ledger holds; zero: none. A clock behind it was
	// set back.
	Last time.Time
	// OffFor is how long the machine may have been switched off; 0: Away. Negative: as long as it
	// likes (a demo's).
	OffFor time.Duration
	Log    *slog.Logger // nil: slog.Default
}

// saved is what the file holds.
type saved struct {
	Wall  time.Time     `json:"wall"`
	Start string        `json:"start,omitempty"`
	Since time.Duration `json:"since,omitempty"`
	Doubt *Doubt        `json:"doubt,omitempty"`
}

// Watch watches one machine's clock. Make it with New.
type Watch struct {
	cfg Config

	mu    sync.Mutex
	last  saved // of the last look; its Doubt is the one that is open
	wrote time.Time
	mono  time.Time // the process's own monotonic clock, where the system tells nothing better
}

// New makes a watch and looks for the first time. A file that cannot be read is begun anew: it is
// no evidence.
func New(cfg Config) *Watch {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Since == nil {
		cfg.Since = sinceStart
	}
	if cfg.OffFor == 0 {
		cfg.OffFor = Away
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	w := &Watch{cfg: cfg}
	now := w.reading()
	before := w.read()
	w.last = now
	if before.Doubt != nil {
		w.last.Doubt = before.Doubt
	}
	switch off := now.Wall.Sub(before.Wall); {
	case before.Wall.IsZero():
	case now.Start != "" && now.Start == before.Start: // the machine ran on
		w.moved(off - (now.Since - before.Since))
	case off < -Tolerance:
		w.moved(off)
	case cfg.OffFor > 0 && off > cfg.OffFor:
		w.moved(off)
	}
	if behind := now.Wall.Sub(cfg.Last); !cfg.Last.IsZero() && behind < -Tolerance && w.last.Doubt == nil {
		w.moved(behind)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.save()
	return w
}

func (w *Watch) reading() saved {
	now := w.cfg.Now()
	s := saved{Wall: now}
	if start, since, ok := w.cfg.Since(); ok {
		s.Start, s.Since = start, since
		return s
	}
	if w.mono.IsZero() {
		w.mono = now
	}
	s.Since = now.Sub(w.mono) // by the monotonic reading inside, where there is one
	return s
}

func (w *Watch) read() (s saved) {
	if w.cfg.File == "" {
		return s
	}
	text, err := os.ReadFile(w.cfg.File)
	if err == nil {
		err = json.Unmarshal(text, &s)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		w.cfg.Log.Warn("clock: what was remembered cannot be read", "error", err.Error())
		return saved{}
	}
	return s
}

// save writes what is known; a disk that takes no write must not keep the watch from watching.
func (w *Watch) save() {
	w.wrote = w.last.Wall
	if w.cfg.File == "" {
		return
	}
	s := w.last
	s.Wall = s.Wall.Round(0)
	text, err := json.Marshal(s)
	if err == nil {
		err = durable.WriteFile(w.cfg.File, text, 0o600)
	}
	if err != nil {
		w.cfg.Log.Warn("clock: cannot remember", "error", err.Error())
	}
}

// moved takes a difference between wall clock and true time into the doubt.
func (w *Watch) moved(by time.Duration) bool {
	if by.Abs() <= Tolerance {
		return false
	}
	d := Doubt{Since: w.last.Wall.Round(0)}
	if w.last.Doubt != nil {
		d = *w.last.Doubt
	} else {
		w.personConfirmed() // a word that came after its doubt had ended is for no other
	}
	d.By += by
	if d.By.Abs() <= Tolerance {
		w.last.Doubt = nil
		w.cfg.Log.Warn("clock: set right again", "by", by.Round(time.Second).String())
		return true
	}
	w.last.Doubt = &d
	w.cfg.Log.Error("ALARM: clock: "+d.String()+"; what ends by time waits until the clock is set right, or confirmed",
		"by", by.Round(time.Second).String())
	return true
}

// Look compares the clock with the last look.
func (w *Watch) Look() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.look()
}

func (w *Watch) look() {
	before, now := w.last, w.reading()
	now.Doubt = before.Doubt
	w.last = now
	changed := w.moved(now.Wall.Round(0).Sub(before.Wall.Round(0)) - (now.Since - before.Since))
	if d := w.last.Doubt; d != nil && w.personConfirmed() {
		w.end("a person")
		changed = true
	} else if d != nil && !d.Ahead() && !now.Wall.Before(d.Since.Add(-d.By)) {
		w.end("time") // as late as it was before the clock was set back: nothing can come early any more
		changed = true
	}
	if changed || now.Wall.Sub(w.wrote).Abs() >= saveEvery {
		w.save()
	}
}

func (w *Watch) end(by string) {
	w.cfg.Log.Warn("clock: confirmed", "by", by, "doubt", w.last.Doubt.String())
	w.last.Doubt = nil
}

// personConfirmed takes a person's word, once.
func (w *Watch) personConfirmed() bool {
	return w.cfg.File != "" && os.Remove(w.cfg.File+confirmed) == nil
}

// Doubt looks, and returns the open doubt; nil: the clock can be trusted.
func (w *Watch) Doubt() *Doubt {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.look()
	if w.last.Doubt == nil {
		return nil
	}
	d := *w.last.Doubt
	return &d
}

// Heard is a time that others vouch for, such as that of a block whose voters are mostly others.
// One that agrees with the clock ends a doubt that began before it was heard.
func (w *Watch) Heard(at time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.look()
	if d := w.last.Doubt; d != nil && w.last.Wall.Sub(at).Abs() <= Tolerance {
		w.end("others")
		w.save()
	}
}

// Run looks again and again until done is closed.
func (w *Watch) Run(done <-chan struct{}) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		w.Look()
		select {
		case <-done:
			return
		case <-tick.C:
		}
	}
}

// ErrNoDoubt: there is no doubt to confirm.
var ErrNoDoubt = errors.New("the clock is not in doubt")

// Open reads the doubt that a file remembers, of a process that may be running; nil: none.
func Open(file string) (*Doubt, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil //nolint:nilnil // none is an answer
	}
	if err != nil {
		return nil, err
	}
	var s saved
	if err := json.Unmarshal(text, &s); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return s.Doubt, nil
}

// Confirm is a person's word that the clock is right as it is. The process that runs takes it
// within a second, one that does not at its start: ErrNoDoubt.
func Confirm(file string) error {
	switch d, err := Open(file); {
	case err != nil:
		return err
	case d == nil:
		return ErrNoDoubt
	}
	return durable.WriteFile(file+confirmed, nil, 0o600)
}
