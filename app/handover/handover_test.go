package handover_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/handover"
	"github.com/smart-hospital/hospital/app/redisstore"
	"github.com/smart-hospital/hospital/chain/intent"
)

// shelf is prepared acts by their ids.
type shelf map[string]*intent.Intent

func (s shelf) WithContext(context.Context) *gorm.DB { return nil }

func (s shelf) Load(_ *gorm.DB, id string) (*intent.Intent, error) {
	if in := s[id]; in != nil {
		return in, nil
	}
	return nil, intent.ErrNotFound
}

type desk struct {
	*handover.Service
	acts shelf
	now  time.Time
	told []handover.State
}

func open(t *testing.T) *desk {
	t.Helper()
	client, closeRedis, err := redisstore.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = closeRedis() })
	d := &desk{acts: shelf{}, now: time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC)}
	d.Service = &handover.Service{Redis: client, DB: d.acts, Intents: d.acts, Now: func() time.Time { return d.now },
		Notify: func(_ context.Context, account, id string, s handover.State) error {
			if account != "A1" || id == "" {
				t.Errorf("told %s of %s", account, id)
			}
			d.told = append(d.told, s)
			return nil
		}}
	for _, id := range []string{"one", "two"} {
		d.acts[id] = &intent.Intent{ID: id, Person: "li", ExpiresAt: d.now.Add(intent.TTL)}
	}
	return d
}

func (d *desk) offer(t *testing.T, id string) string {
	t.Helper()
	code, until, err := d.Offer(t.Context(), "li", "A1", id)
	if err != nil || len(code) != handover.CodeLen || !until.Equal(d.now.Add(handover.TTL)) {
		t.Fatalf("%s until %s: %v", code, until, err)
	}
	return code
}

func (d *desk) at(t *testing.T, id string, want handover.State) {
	t.Helper()
	if got, err := d.At(t.Context(), "li", "A1", id); err != nil || got != want {
		t.Fatalf("%s is %q, want %q: %v", id, got, want, err)
	}
}

func (d *desk) opens(t *testing.T, person, account, code, by string, want error) {
	t.Helper()
	in, err := d.Open(t.Context(), person, account, code, by)
	if !errors.Is(err, want) || (want == nil) != (in != nil) {
		t.Fatalf("%s with %s: %v, want %v", account, code, err, want)
	}
}

func TestOnePhoneOpensACodeOnce(t *testing.T) {
	d := open(t)
	code := d.offer(t, "one")
	d.at(t, "one", handover.Offered)
	d.opens(t, "wang", "A2", code, "k2", handover.ErrNoCode) // another person's phone
	d.opens(t, "li", "A1", code, "k1", nil)
	d.at(t, "one", handover.Opened)
	d.opens(t, "li", "A1", code, "k1", nil) // its answer was lost
	d.opens(t, "li", "A1", code, "k3", handover.ErrNoCode)
	d.acts["one"].UsedAt = d.now
	if err := d.Done(t.Context(), "A1", "one"); err != nil {
		t.Fatal(err)
	}
	d.at(t, "one", handover.Signed)
	d.opens(t, "li", "A1", code, "k1", handover.ErrNoCode)
	if fmt.Sprint(d.told) != "[opened opened signed]" {
		t.Fatalf("told %v", d.told)
	}
	// What no phone has opened is nothing to tell of.
	if err := d.Done(t.Context(), "A1", "two"); err != nil || len(d.told) != 3 {
		t.Fatalf("told %v: %v", d.told, err)
	}
}

func TestACodeDies(t *testing.T) {
	for name, kill := range map[string]func(d *desk){
		"of age":         func(d *desk) { d.now = d.now.Add(handover.TTL) },
		"withdrawn":      func(d *desk) { _ = d.Withdraw(context.Background(), "li", "A1", "one") },
		"by the next":    func(d *desk) { _, _, _ = d.Offer(context.Background(), "li", "A1", "two") },
		"with its act":   func(d *desk) { d.acts["one"].UsedAt = d.now },
		"with the row":   func(d *desk) { delete(d.acts, "one") },
		"act of another": func(d *desk) { d.acts["one"].Person = "wang" },
	} {
		d := open(t)
		code := d.offer(t, "one")
		kill(d)
		if _, err := d.Open(t.Context(), "li", "A1", code, "k1"); !errors.Is(err, handover.ErrNoCode) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestGuessesAreLimited(t *testing.T) {
	d := open(t)
	code := d.offer(t, "one")
	wrong := "00000000"
	if wrong == code {
		wrong = "00000001"
	}
	for range handover.MaxWrong {
		d.opens(t, "li", "A1", wrong, "k1", handover.ErrNoCode)
	}
	d.opens(t, "li", "A1", code, "k1", handover.ErrTooMany)
	if _, _, err := d.Offer(t.Context(), "li", "A1", "one"); !errors.Is(err, handover.ErrTooMany) {
		t.Fatalf("a new code: %v", err)
	}
	d.opens(t, "wang", "A2", code, "k1", handover.ErrNoCode) // nobody else is stopped by it
}

// Tries at the same moment, at two instances, are no more than those one after another; and the
// count ends, so that nobody is locked out for ever.
func TestGuessesAtTwoInstancesAreCountedTogether(t *testing.T) {
	d := open(t)
	code := d.offer(t, "one")
	wrong := "00000000"
	if wrong == code {
		wrong = "00000001"
	}
	other := *d.Service
	var looked atomic.Int64
	var group sync.WaitGroup
	for i := range 8 * handover.MaxWrong {
		group.Go(func() {
			_, err := []*handover.Service{d.Service, &other}[i%2].Open(t.Context(), "li", "A1", wrong, "k1")
			if errors.Is(err, handover.ErrNoCode) {
				looked.Add(1)
			}
		})
	}
	group.Wait()
	if looked.Load() != handover.MaxWrong {
		t.Errorf("%d tries were looked at", looked.Load())
	}
	if _, err := other.Open(t.Context(), "li", "A1", code, "k1"); !errors.Is(err, handover.ErrTooMany) {
		t.Errorf("the right one: %v", err)
	}
	left, err := d.Redis.PTTL(t.Context(), "handover-wrong:A1").Result()
	if err != nil || left <= 0 || left > handover.WrongFor {
		t.Errorf("it ends in %s: %v", left, err)
	}
}

func TestARightCodeGivesTheTriesBack(t *testing.T) {
	d := open(t)
	for range 3 {
		code := d.offer(t, "one")
		for range handover.MaxWrong - 1 {
			d.opens(t, "li", "A1", "none", "k1", handover.ErrNoCode)
		}
		d.opens(t, "li", "A1", code, "k1", nil)
	}
}

// An instance answers for the code that another one gave; a restart of the store inside the process
// ends it, and the desk hears that it has to ask for a new one.
func TestACodeIsTheStores(t *testing.T) {
	d := open(t)
	code := d.offer(t, "one")
	other := *d.Service
	if _, err := other.Open(t.Context(), "li", "A1", code, "k1"); err != nil {
		t.Fatal(err)
	}
	d.at(t, "one", handover.Opened)
	code = d.offer(t, "one")
	if err := d.Redis.FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	d.at(t, "one", handover.Ended)
	d.opens(t, "li", "A1", code, "k1", handover.ErrNoCode)
	d.offer(t, "one")
}

// A database that does not answer is no unknown code.
func TestALostDatabaseIsNoWrongCode(t *testing.T) {
	d := open(t)
	code, lost := d.offer(t, "one"), errors.New("the database is away")
	d.Intents = away{lost}
	d.opens(t, "li", "A1", code, "k1", lost)
}

type away struct{ err error }

func (a away) Load(*gorm.DB, string) (*intent.Intent, error) { return nil, a.err }

func TestNobodyElsesAct(t *testing.T) {
	d := open(t)
	if _, _, err := d.Offer(t.Context(), "wang", "A2", "one"); !errors.Is(err, intent.ErrNotFound) {
		t.Errorf("offered: %v", err)
	}
	if _, err := d.At(t.Context(), "wang", "A2", "one"); !errors.Is(err, intent.ErrNotFound) {
		t.Errorf("asked: %v", err)
	}
	if err := d.Withdraw(t.Context(), "wang", "A2", "one"); !errors.Is(err, intent.ErrNotFound) {
		t.Errorf("withdrawn: %v", err)
	}
}
