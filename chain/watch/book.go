package watch

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/durable"
)

// Names and limits of the folder.
const (
	historyFile   = "history.json"
	clearedFolder = "cleared"
	suffix        = ".json"
	maxPast       = 200 // alarms that ended and are still told
)

// ErrNoAlarm: no lasting alarm of that id.
var ErrNoAlarm = errors.New("watch: no such alarm")

// book keeps the alarms. A lasting one is a file of its own in the folder and is open as long as
// the file is there; all others are known by this process, and what ended of them is in the
// history.
type book struct {
	dir string
	now func() time.Time

	mu    sync.Mutex
	open  map[string]Alarm
	past  []Alarm // oldest first
	dirty bool    // past is not on disk as it is
}

func openBook(dir string, now func() time.Time) (*book, error) {
	b := &book{dir: dir, now: now, open: map[string]Alarm{}}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("watch: %w", err)
	}
	text, err := os.ReadFile(b.path(historyFile))
	if err == nil {
		err = json.Unmarshal(text, &b.past)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("watch: %s: %w", historyFile, err)
	}
	return b, b.reload()
}

func (b *book) path(name string) string { return filepath.Join(b.dir, name) }

// reload makes the lasting alarms those whose files are there: an operator takes one away with its
// file.
func (b *book) reload() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	there, err := readLasting(b.dir)
	if err != nil {
		return err
	}
	for id, a := range there {
		if _, known := b.open[id]; !known {
			b.open[id] = a
		}
	}
	for id, a := range b.open {
		if _, still := there[id]; a.Kind.Lasting() && !still {
			b.end(a)
		}
	}
	return b.save()
}

func readLasting(dir string) (map[string]Alarm, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("watch: %w", err)
	}
	there := map[string]Alarm{}
	for _, e := range entries {
		id, ok := strings.CutSuffix(e.Name(), suffix)
		if !ok || e.Name() == historyFile || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		// damaged evidence is still an alarm
		a := Alarm{ID: id, Kind: KindFork, Text: "the evidence file cannot be read"}
		if text, err := os.ReadFile(filepath.Join(dir, e.Name())); err == nil {
			_ = json.Unmarshal(text, &a)
		}
		a.ID = id
		there[id] = a
	}
	return there, nil
}

// raise opens an alarm, or counts it once more; fresh tells that it was not open. A lasting one is
// on disk when raise returns.
func (b *book) raise(a Alarm) (fresh bool, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if old, open := b.open[a.ID]; open {
		old.Times++
		b.open[a.ID] = old
		return false, nil
	}
	a.Since, a.Times = b.now().UTC(), 1
	if a.Kind.Lasting() {
		text, err := json.MarshalIndent(a, "", "  ")
		if err != nil {
			return false, err
		}
		if err := durable.WriteFile(b.path(a.ID+suffix), text, 0o644); err != nil {
			return false, fmt.Errorf("watch: evidence of %s: %w", a.ID, err)
		}
	}
	b.open[a.ID] = a
	return true, nil
}

// clear ends an alarm that is over; a lasting one stays.
func (b *book) clear(k Kind, member string) (ended bool, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	a, open := b.open[newAlarm(k, member, 0, "").ID]
	if !open || a.Kind.Lasting() {
		return false, nil
	}
	b.end(a)
	return true, b.save()
}

// end moves an alarm to the past; mu is held.
func (b *book) end(a Alarm) {
	at := b.now().UTC()
	a.Until = &at
	delete(b.open, a.ID)
	b.past = append(b.past, a)
	b.past = b.past[max(0, len(b.past)-maxPast):]
	b.dirty = true
}

// save writes the past when it has changed: every round asks.
func (b *book) save() error {
	if !b.dirty {
		return nil
	}
	text, err := json.Marshal(b.past)
	if err != nil {
		return err
	}
	err = durable.WriteFile(b.path(historyFile), text, 0o644)
	b.dirty = err != nil
	return err
}

// list returns the open alarms, the worst first, and the past ones, the newest first.
func (b *book) list() (open, past []Alarm) {
	b.mu.Lock()
	defer b.mu.Unlock()
	open = make([]Alarm, 0, len(b.open))
	for _, a := range b.open {
		open = append(open, a)
	}
	slices.SortFunc(open, func(x, y Alarm) int {
		if d := slices.Index(Kinds, x.Kind) - slices.Index(Kinds, y.Kind); d != 0 {
			return d
		}
		return strings.Compare(x.ID, y.ID)
	})
	past = append([]Alarm{}, b.past...)
	slices.Reverse(past)
	return open, past
}

// Lasting lists the open lasting alarms of a node's folder; the node may be running.
func Lasting(dir string) ([]Alarm, error) {
	there, err := readLasting(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	list := make([]Alarm, 0, len(there))
	for _, a := range there {
		list = append(list, a)
	}
	slices.SortFunc(list, func(x, y Alarm) int { return strings.Compare(x.ID, y.ID) })
	return list, err
}

// Clear is the operator's word that a lasting alarm was dealt with: ErrNoAlarm. The evidence is
// kept, in the folder's "cleared"; the running node sees it within a round. What still contradicts
// is raised anew.
func Clear(dir, id string) error {
	there, err := readLasting(dir)
	if err != nil {
		return err
	}
	if _, ok := there[id]; !ok {
		return fmt.Errorf("%w: %s", ErrNoAlarm, id)
	}
	kept := filepath.Join(dir, clearedFolder)
	if err := os.MkdirAll(kept, 0o700); err != nil {
		return err
	}
	return os.Rename(filepath.Join(dir, id+suffix),
		filepath.Join(kept, id+"-"+time.Now().UTC().Format("20060102T150405.000")+suffix))
}
