// Package exports keeps a regulator's exports of periods (证据导出) as files for a day. A file that is
// whole can be fetched from any byte on, so who was cut off goes on where it ended: in a browser,
// which writes it to its disk by itself, or by any program. Kept files outlive a restart; one that
// was being made does not.
package exports

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/smart-hospital/hospital/app/disk"
	"github.com/smart-hospital/hospital/chain/evidence/period"
	"github.com/smart-hospital/hospital/chain/platform/durable"
)

// Limits of exports; a file has at most period.MaxBytes.
const (
	Life     = 24 * time.Hour // from when it was asked for
	MaxKept  = 6              // of the node: the oldest whole one goes for another
	MaxOwn   = 2              // of an account, as above
	AtOnce   = 2              // made at once at the node; of an account one
	makeTime = time.Hour
	lookFor  = 10 * time.Minute // how often what has ended is deleted
)

// Errors of this package, beside those of a period.
var (
	ErrBusy     = errors.New("exports: another export is being made")
	ErrNotFound = errors.New("exports: not found")
	ErrNotReady = errors.New("exports: the file is not whole yet")
	ErrNoRoom   = errors.New("exports: too little room on the disk")
	ErrTicket   = errors.New("exports: the ticket is unknown, over or used")
)

// State is how far an export is.
type State string

// States. Failed ones stay until the account asks for another.
const (
	Making State = "making"
	Ready  State = "ready"
	Failed State = "failed"
)

// Export is one that is kept, as its account sees it.
type Export struct {
	ID      string    `json:"id" example:"E3MZ6Z7G3Z5X2J4YH6K8N1P3R5A"`
	From    string    `json:"from" doc:"First day in China" example:"2026-11-02"`
	To      string    `json:"to" doc:"Last day" example:"2026-12-01"`
	Records uint64    `json:"records" example:"48211"`
	Height  int64     `json:"height" doc:"Of the block that closes it" example:"91822"`
	State   State     `json:"state" enum:"making,ready,failed"`
	Why     string    `json:"why,omitempty" enum:"export-too-large,no-room,interrupted" doc:"Of one that failed"`
	Bytes   int64     `json:"bytes" doc:"Of the file; while it is made, so far" example:"73400320"`
	MadeAt  time.Time `json:"madeAt" doc:"When it was asked for"`
	EndsAt  time.Time `json:"endsAt" doc:"When the node deletes it"`
}

// Period is what is to be written; *period.Export is one.
type Period interface {
	Count() uint64
	Height() int64
	Write(ctx context.Context, w io.Writer) error
}

// Config is what the service stands on.
type Config struct {
	Dir   string // of the files; nothing else lies there
	Begin func(ctx context.Context, from, to string) (Period, error)
	Room  *disk.Guard // nil: any room will do
	Log   *slog.Logger
	Now   func() time.Time
}

// Service makes and keeps the files. It is safe for concurrent use.
type Service struct {
	cfg  Config
	ctx  context.Context //nolint:containedctx // the life of what is made in the background
	end  context.CancelFunc
	work sync.WaitGroup

	mu      sync.Mutex
	kept    []*kept // the oldest first
	tickets map[string]*ticket
}

type kept struct {
	Export
	Owner string `json:"owner"` // account; empty: machines with the token
	stop  context.CancelFunc
}

// Open reads what is kept and deletes what is not whole or has ended.
func Open(cfg Config) (*Service, error) {
	s := &Service{cfg: cfg, tickets: map[string]*ticket{}}
	if err := os.MkdirAll(cfg.Dir, 0o700); err != nil {
		return nil, err
	}
	files, err := os.ReadDir(cfg.Dir)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if id, is := strings.CutSuffix(f.Name(), metaSuffix); is {
			s.read(id)
		}
	}
	slices.SortFunc(s.kept, func(a, b *kept) int { return a.MadeAt.Compare(b.MadeAt) })
	for _, f := range files {
		id, _, _ := strings.Cut(f.Name(), ".")
		if s.find(id) < 0 {
			if err := os.RemoveAll(filepath.Join(cfg.Dir, f.Name())); err != nil {
				return nil, err
			}
		}
	}
	s.ctx, s.end = context.WithCancel(context.Background())
	s.work.Go(s.clean)
	return s, nil
}

// Close ends what is being made, and waits for it.
func (s *Service) Close() error {
	s.mu.Lock() // nothing begins behind it
	s.end()
	s.mu.Unlock()
	s.work.Wait()
	return nil
}

const (
	fileSuffix = ".zip"
	metaSuffix = ".json"
	partSuffix = ".part"
)

func (s *Service) path(id, suffix string) string { return filepath.Join(s.cfg.Dir, id+suffix) }

// read takes one up whose file is whole.
func (s *Service) read(id string) {
	var k kept
	text, err := os.ReadFile(s.path(id, metaSuffix))
	if err != nil || json.Unmarshal(text, &k) != nil || k.ID != id || k.State != Ready {
		return
	}
	info, err := os.Stat(s.path(id, fileSuffix))
	if err == nil && info.Size() == k.Bytes && s.cfg.Now().Before(k.EndsAt) {
		s.kept = append(s.kept, &k)
	}
}

// find is the place of an export; -1: it is not here. The caller holds mu.
func (s *Service) find(id string) int {
	return slices.IndexFunc(s.kept, func(k *kept) bool { return k.ID == id })
}

// clean deletes what has ended, until the service does.
func (s *Service) clean() {
	tick := time.NewTicker(lookFor)
	defer tick.Stop()
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-tick.C:
			s.mu.Lock()
			s.forget()
			s.mu.Unlock()
		}
	}
}

// forget deletes what has ended. The caller holds mu.
func (s *Service) forget() {
	now := s.cfg.Now()
	for _, k := range slices.Clone(s.kept) {
		if !now.Before(k.EndsAt) {
			s.drop(k)
		}
	}
	for word, t := range s.tickets {
		if !now.Before(t.ends) {
			delete(s.tickets, word)
		}
	}
}

// drop deletes one; who reads its file reads it to the end. The caller holds mu.
func (s *Service) drop(k *kept) {
	if k.stop != nil {
		k.stop()
	}
	s.kept = slices.DeleteFunc(s.kept, func(x *kept) bool { return x == k })
	for _, suffix := range []string{metaSuffix, fileSuffix} { // in this order: no list of a file that is gone
		if err := os.Remove(s.path(k.ID, suffix)); err != nil && !errors.Is(err, os.ErrNotExist) {
			s.cfg.Log.Error("an export that has ended is still on the disk", "export", k.ID, "error", err.Error())
		}
	}
}

// Make begins the export of some days for an account; the same days up to the same block are not
// made twice. note is called before anything is written or answered, for nothing that is refused,
// and its error ends it. ErrBusy, ErrNoRoom, those of period.New.
func (s *Service) Make(ctx context.Context, owner, from, to string, note func(Export) error) (Export, error) {
	p, err := s.cfg.Begin(ctx, from, to)
	if err != nil {
		return Export{}, err
	}
	noted := make(chan error, 1)
	k, e, err := s.reserve(owner, from, to, p, noted)
	if err != nil {
		return Export{}, err
	}
	if k == nil {
		if err := note(e); err != nil {
			return Export{}, err
		}
		return e, nil
	}
	answer := errNotNoted // also when note panics
	defer func() {
		if answer != nil {
			s.mu.Lock()
			s.drop(k)
			s.mu.Unlock()
		}
		noted <- answer
	}()
	if answer = note(e); answer != nil {
		return Export{}, answer
	}
	return e, nil
}

var errNotNoted = errors.New("exports: not noted")

// reserve takes a place for an export, whose file is written once noted says so. Where it is made
// already there is no new one.
func (s *Service) reserve(owner, from, to string, p Period, noted <-chan error) (k *kept, e Export, err error) {
	now := s.cfg.Now().UTC()
	k = &kept{Owner: owner, Export: Export{ID: "E" + rand.Text(), From: from, To: to, Records: p.Count(),
		Height: p.Height(), State: Making, MadeAt: now, EndsAt: now.Add(Life)}}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget()
	if s.ctx.Err() != nil {
		return nil, Export{}, s.ctx.Err()
	}
	making, own := 0, false
	for _, x := range slices.Clone(s.kept) {
		switch mine := x.Owner == owner; {
		case mine && x.State == Failed:
			s.drop(x)
		case mine && x.From == from && x.To == to && x.Height == k.Height:
			return nil, x.Export, nil
		case x.State == Making:
			making, own = making+1, own || mine
		}
	}
	if own || making >= AtOnce {
		return nil, Export{}, ErrBusy
	}
	if !s.cfg.Room.Allows(disk.Uploads) {
		return nil, Export{}, ErrNoRoom
	}
	s.trim(func(x *kept) bool { return x.Owner == owner }, MaxOwn-1)
	s.trim(func(*kept) bool { return true }, MaxKept-1)
	var work context.Context
	work, k.stop = context.WithTimeout(s.ctx, makeTime)
	s.kept = append(s.kept, k)
	s.work.Go(func() {
		defer k.stop()
		if <-noted == nil {
			s.write(work, k, p)
		}
	})
	return k, k.Export, nil
}

// trim lets the oldest of some go until so many are left; what is being made stays. The caller
// holds mu.
func (s *Service) trim(of func(*kept) bool, most int) {
	list := slices.DeleteFunc(slices.Clone(s.kept), func(k *kept) bool { return !of(k) })
	for _, k := range list {
		if len(list) <= most {
			return
		}
		if k.State != Making {
			s.drop(k)
			list = list[:len(list)-1] // only its length counts
		}
	}
}

// write makes a file: whole under its name, or not at all.
func (s *Service) write(ctx context.Context, k *kept, p Period) {
	part := s.path(k.ID, partSuffix)
	err := s.fill(ctx, part, k, p)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil && s.find(k.ID) < 0 {
		err = context.Canceled // it was dropped meanwhile
	}
	if err == nil {
		k.State = Ready
		err = s.keep(part, k)
	}
	if err == nil {
		return
	}
	k.State, k.Why = Failed, whyOf(err)
	for _, suffix := range []string{metaSuffix, fileSuffix, partSuffix} {
		_ = os.Remove(s.path(k.ID, suffix)) // the next start looks again
	}
	if ctx.Err() == nil {
		s.cfg.Log.Warn("an export was not made", "export", k.ID, "error", err.Error())
	}
}

func whyOf(err error) string {
	switch {
	case errors.Is(err, period.ErrTooLarge):
		return "export-too-large"
	case errors.Is(err, ErrNoRoom):
		return "no-room"
	}
	return "interrupted"
}

func (s *Service) fill(ctx context.Context, part string, k *kept, p Period) error {
	f, err := os.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	err = p.Write(ctx, &counter{f, s, k})
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// keep gives a whole file its name and its entry, which makes it last. The caller holds mu.
func (s *Service) keep(part string, k *kept) error {
	if err := os.Rename(part, s.path(k.ID, fileSuffix)); err != nil {
		return err
	}
	text, err := json.Marshal(k)
	if err != nil {
		return err
	}
	return durable.WriteFile(s.path(k.ID, metaSuffix), text, 0o600)
}

// counter counts what was written, and stops where others would lack room.
type counter struct {
	io.Writer
	s *Service
	k *kept
}

func (c *counter) Write(b []byte) (int, error) {
	if !c.s.cfg.Room.Allows(disk.Uploads) {
		return 0, ErrNoRoom
	}
	n, err := c.Writer.Write(b)
	c.s.mu.Lock()
	c.k.Bytes += int64(n)
	c.s.mu.Unlock()
	return n, err
}

// Of lists an account's exports, the newest first.
func (s *Service) Of(owner string) []Export {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget()
	list := []Export{}
	for _, k := range slices.Backward(s.kept) {
		if k.Owner == owner {
			list = append(list, k.Export)
		}
	}
	return list
}

// own is an account's export. The caller holds mu.
func (s *Service) own(owner, id string) (*kept, error) {
	s.forget()
	at := s.find(id)
	if at < 0 || s.kept[at].Owner != owner {
		return nil, ErrNotFound
	}
	return s.kept[at], nil
}

// Drop deletes an account's export, also one that is being made: ErrNotFound.
func (s *Service) Drop(owner, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, err := s.own(owner, id)
	if err == nil {
		s.drop(k)
	}
	return err
}

// File opens an account's export; the caller closes it. ErrNotFound, ErrNotReady.
func (s *Service) File(owner, id string) (*os.File, Export, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, err := s.own(owner, id)
	if err != nil {
		return nil, Export{}, err
	}
	if k.State != Ready {
		return nil, k.Export, fmt.Errorf("%w: %s", ErrNotReady, k.State)
	}
	f, err := os.Open(s.path(id, fileSuffix))
	return f, k.Export, err
}
