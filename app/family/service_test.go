package family_test

import (
	"context"
	"crypto/rand"
	"errors"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/family"
	"github.com/smart-hospital/hospital/app/family/right"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

const (
	mother   = "umother"
	daughter = "udaughter"
	son      = "uson"
	stranger = "ustranger"
	minor    = "uminor"
	again    = "uagain" // the mother's other log-in
)

// town knows everybody; all but the minor are of age.
type town struct{ notes []string }

func (*town) Who(_ *gorm.DB, person string) (family.Who, error) {
	return family.Who{Name: "name of " + person, Adult: person != minor}, nil
}

func (*town) One(_ *gorm.DB, a, b string) (bool, error) {
	return a == b || a == mother && b == again || a == again && b == mother, nil
}

func (n *town) NoteFamily(_ *gorm.DB, owner, actor, reason string) error {
	n.notes = append(n.notes, owner+" "+actor+" "+reason)
	return nil
}

type home struct {
	*family.Service
	t    *testing.T
	db   *sqlstore.DB
	now  time.Time
	told []string
	town *town
}

func newHome(t *testing.T, db *sqlstore.DB) *home {
	t.Helper()
	if err := family.Migrate(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	h := &home{t: t, db: db, now: time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC), town: &town{}}
	h.Service = family.New(db, sqlstoretest.Box(), h.town)
	h.Now = func() time.Time { return h.now }
	h.Notify = func(_ *gorm.DB, tie family.Tie, what, by string) error {
		h.told = append(h.told, what+" "+by)
		return nil
	}
	return h
}

func (h *home) cmd() sqlstore.Command {
	return sqlstore.Command{Key: rand.Text(), Actor: "a", Operation: "test"}
}

func (h *home) invite(acts bool) string {
	h.t.Helper()
	i, err := h.Invite(h.t.Context(), h.cmd(), mother, family.Wish{Relation: family.Child, Acts: acts})
	if err != nil {
		h.t.Fatal(err)
	}
	return i.Code
}

// tied is the daughter, let in.
func (h *home) tied(acts bool) family.View {
	h.t.Helper()
	ctx := h.t.Context()
	asked, err := h.Enter(ctx, h.cmd(), daughter, h.invite(acts))
	if err != nil {
		h.t.Fatal(err)
	}
	v, err := h.Confirm(ctx, h.cmd(), mother, asked.ID, acts)
	if err != nil {
		h.t.Fatal(err)
	}
	return v
}

// may is what everybody may do with the mother's record: read, act, own.
func (h *home) may(actor string) (rights string) {
	h.t.Helper()
	for _, r := range []right.Right{right.Read, right.Act, right.Own} {
		ok, err := family.May(h.db.WithContext(h.t.Context()), actor, mother, r)
		if err != nil {
			h.t.Fatal(err)
		}
		if ok {
			rights += string(r) + " "
		}
	}
	return rights
}

func (h *home) wants(what string, err, want error) {
	h.t.Helper()
	if !errors.Is(err, want) {
		h.t.Errorf("%s: %v, want %v", what, err, want)
	}
}

// TestTheOwnerLetsIn: code, request, confirmation, rights, end; nothing is open before the owner's
// own session has confirmed, and nothing after it took the right back.
func TestTheOwnerLetsIn(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		h, ctx := newHome(t, db), t.Context()
		code := h.invite(true)
		asked, err := h.Enter(ctx, h.cmd(), daughter, code)
		if err != nil || asked.State != family.Asked || asked.Name+asked.Person != "" {
			t.Fatalf("who asks learns of the owner: %+v %v", asked, err)
		}
		if got := h.may(daughter); got != "" {
			t.Errorf("before the owner confirms: %q", got)
		}
		_, err = h.Confirm(ctx, h.cmd(), daughter, asked.ID, true)
		h.wants("the relative confirms", err, family.ErrNotFound)
		_, err = h.Confirm(ctx, h.cmd(), stranger, asked.ID, true)
		h.wants("a stranger confirms", err, family.ErrNotFound)
		list, err := h.List(ctx, mother)
		if err != nil || len(list.Mine) != 1 || list.Mine[0].Name != "name of "+daughter {
			t.Errorf("the owner sees who asks: %+v %v", list, err)
		}
		v, err := h.Confirm(ctx, h.cmd(), mother, asked.ID, false)
		if err != nil || v.Acts {
			t.Fatalf("less than was meant: %+v %v", v, err)
		}
		if got := h.may(daughter); got != "read " {
			t.Errorf("reads: %q", got)
		}
		_, err = h.Allow(ctx, h.cmd(), daughter, asked.ID, true)
		h.wants("the relative widens", err, family.ErrNotFound)
		if _, err = h.Allow(ctx, h.cmd(), mother, asked.ID, true); err != nil || h.may(daughter) != "read act " {
			t.Errorf("acts: %q %v", h.may(daughter), err)
		}
		for _, who := range []string{son, stranger, mother} {
			if got := h.may(who); got != "" {
				t.Errorf("%s by a tie: %q", who, got)
			}
		}
		if _, err = h.End(ctx, h.cmd(), mother, asked.ID); err != nil || h.may(daughter) != "" {
			t.Errorf("taken back: %q %v", h.may(daughter), err)
		}
		_, err = h.Allow(ctx, h.cmd(), mother, asked.ID, true)
		h.wants("after the end", err, family.ErrNotFound)
		want := []string{"asked " + daughter, "confirmed " + mother, "rights " + mother, "ended " + mother}
		if len(h.told) != len(want) {
			t.Fatalf("told %v", h.told)
		}
		for i := range want {
			if h.told[i] != want[i] {
				t.Errorf("told %v, want %v", h.told, want)
			}
		}
		if len(h.town.notes) != 5 { // the code as well
			t.Errorf("noted %v", h.town.notes)
		}
	})
}

// TestCodes: a code is good once, for ten minutes, for another adult, until the next one; wrong
// ones are counted, and so are codes of a day.
func TestCodes(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		h, ctx := newHome(t, db), t.Context()
		enter := func(who, code string) error {
			_, err := h.Enter(ctx, h.cmd(), who, code)
			return err
		}
		_, err := h.Invite(ctx, h.cmd(), minor, family.Wish{Relation: family.Other})
		h.wants("a minor invites", err, family.ErrNotBound)
		first := h.invite(false)
		code := h.invite(false)
		h.wants("the one before", enter(daughter, first), family.ErrCode)
		h.wants("by a minor", enter(minor, code), family.ErrNotBound)
		h.wants("by the owner", enter(mother, code), family.ErrSelf)
		h.wants("by the owner's other log-in", enter(again, code), family.ErrSelf)
		h.now = h.now.Add(family.CodeLife)
		h.wants("late", enter(daughter, code), family.ErrCode)
		code = h.invite(false)
		h.wants("in time", enter(daughter, code), nil)
		h.wants("twice", enter(son, code), family.ErrCode)
		for range family.MaxMisses - 1 {
			h.wants("wrong", enter(son, "00000000"), family.ErrCode)
		}
		code = h.invite(false)
		h.wants("right, after too many wrong ones", enter(son, code), family.ErrMisses)
		h.now = h.now.Add(time.Hour)
		code = h.invite(false)
		h.wants("an hour later", enter(son, code), nil)
		_, err = h.Invite(ctx, h.cmd(), mother, family.Wish{Relation: family.Other})
		h.wants("a sixth code", err, family.ErrInvites)
		h.now = h.now.Add(24 * time.Hour)
		list, err := h.List(ctx, mother)
		if err != nil || len(list.Mine) != 0 {
			t.Errorf("requests outlive their day: %+v %v", list, err)
		}
		if err := h.Forget(ctx, h.now.Add(48*time.Hour)); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"family_invites", "family_misses"} {
			var n int64
			if err := db.WithContext(ctx).Table(table).Count(&n).Error; err != nil || n != 0 {
				t.Errorf("%s keeps %d, %v", table, n, err)
			}
		}
	})
}

// TestAStepIsWholeOrNotAtAll: a process that dies within a step leaves the tie as it was, the code
// good and the guess uncounted; the same command then takes effect. The right code, sent again and
// again, is no guess.
func TestAStepIsWholeOrNotAtAll(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		h, ctx := newHome(t, db), t.Context()
		killed := errors.New("killed")
		live := h.Notify
		die := func(on bool) {
			if h.Notify = live; on {
				h.Notify = func(*gorm.DB, family.Tie, string, string) error { return killed }
			}
		}
		code, cmd := h.invite(true), h.cmd()
		die(true)
		_, err := h.Enter(ctx, cmd, daughter, code)
		h.wants("asks, and dies", err, killed)
		if list, err := h.List(ctx, mother); err != nil || len(list.Mine) != 0 {
			t.Errorf("half asked: %+v %v", list, err)
		}
		die(false)
		var asked family.View
		for range family.MaxMisses + 2 {
			asked, err = h.Enter(ctx, cmd, daughter, code)
			h.wants("asks, and again", err, nil)
		}
		steps := []struct {
			name          string
			do            func(sqlstore.Command) (family.View, error)
			before, after string
		}{
			{"confirmed", func(c sqlstore.Command) (family.View, error) {
				return h.Confirm(ctx, c, mother, asked.ID, false)
			}, "", "read "},
			{"widened", func(c sqlstore.Command) (family.View, error) {
				return h.Allow(ctx, c, mother, asked.ID, true)
			}, "read ", "read act "},
			{"ended", func(c sqlstore.Command) (family.View, error) { return h.End(ctx, c, daughter, asked.ID) },
				"read act ", ""},
		}
		for _, step := range steps {
			cmd := h.cmd()
			die(true)
			_, err := step.do(cmd)
			h.wants(step.name+", and dies", err, killed)
			if got := h.may(daughter); got != step.before {
				t.Errorf("half %s: %q", step.name, got)
			}
			die(false)
			_, err = step.do(cmd)
			h.wants(step.name, err, nil)
			if got := h.may(daughter); got != step.after {
				t.Errorf("%s: %q, want %q", step.name, got, step.after)
			}
		}
	})
}

// TestFull: three relatives of a record, the number that the chain can name.
func TestFull(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		h, ctx := newHome(t, db), t.Context()
		for _, who := range []string{daughter, son, stranger} {
			if _, err := h.Enter(ctx, h.cmd(), who, h.invite(true)); err != nil {
				t.Fatal(err)
			}
		}
		_, err := h.Invite(ctx, h.cmd(), mother, family.Wish{Relation: family.Other})
		h.wants("a fourth", err, family.ErrFull)
		h.told = nil
		if err := db.Tx(ctx, func(tx *gorm.DB) error { return h.EndAll(tx, mother) }); err != nil || len(h.told) != 3 {
			t.Errorf("the account closes: %v, told %v", err, h.told)
		}
	})
}

// TestACodeTypedTwiceAtOnce: of two who type one code at the same moment one is let ask.
func TestACodeTypedTwiceAtOnce(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		h, ctx := newHome(t, db), t.Context()
		h.Notify, h.town.notes = nil, nil
		code := h.invite(true)
		var all sync.WaitGroup
		errs := make([]error, 4)
		for i, who := range []string{daughter, son, stranger, "uother"} {
			all.Go(func() { _, errs[i] = h.Enter(ctx, h.cmd(), who, code) })
		}
		all.Wait()
		good := 0
		for _, err := range errs {
			if err == nil {
				good++
			} else if !errors.Is(err, family.ErrCode) {
				t.Error(err)
			}
		}
		if list, err := h.List(ctx, mother); good != 1 || err != nil || len(list.Mine) != 1 {
			t.Errorf("%d were let, %+v %v", good, list, err)
		}
	})
}

// TestARightTakenBackBesideACommand: a command that was let in looks again in its transaction;
// whichever comes first, none takes effect after the right was taken back.
func TestARightTakenBackBesideACommand(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		h, ctx := newHome(t, db), t.Context()
		tie := h.tied(true)
		h.Notify = nil
		standing := func(ctx context.Context) error {
			return db.Tx(ctx, func(tx *gorm.DB) error {
				return family.Standing(tx, daughter, []string{mother}, right.Act)
			})
		}
		h.wants("while it stands", standing(ctx), nil)
		began, ended := make(chan struct{}), make(chan error, 1)
		go func() {
			<-began
			_, err := h.End(ctx, h.cmd(), mother, tie.ID)
			ended <- err
		}()
		var once sync.Once
		err := db.Tx(ctx, func(tx *gorm.DB) error {
			if err := family.Standing(tx, daughter, []string{mother}, right.Act); err != nil {
				return err
			}
			once.Do(func() { close(began) })
			select {
			case err := <-ended:
				return errors.Join(errors.New("it was taken back under a command"), err)
			case <-time.After(300 * time.Millisecond): // it waits for this transaction
				return nil
			}
		})
		h.wants("the command", err, nil)
		h.wants("the end", <-ended, nil)
		h.wants("afterwards", standing(ctx), family.ErrNotFound)
	})
}
