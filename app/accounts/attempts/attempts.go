// Package attempts slows down who guesses at a secret, and never locks its owner out.
package attempts

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Wrong guesses are answered by growing delays, never by a lock: who waits may try again, and
// nobody keeps an account's owner out by guessing. A guess is counted before it is checked, so that
// parallel ones cannot pass together, and uncounted when it was right. Counts are in the database:
// losing Redis hands out no new tries.
const (
	// guesses at one name from one address, or from one known device, before the first delay
	MaxFailures   = 5
	MaxOfName     = 100              // guesses at one name from everywhere but its known devices
	MaxOfAddress  = 100              // guesses from one address at whatever names
	FirstDelay    = time.Second      // doubled with each further guess
	MaxDelay      = 15 * time.Minute // between guesses at one name from one place
	MaxWideDelay  = 30 * time.Second // between guesses at one name from everywhere, or of one address
	FailureWindow = 24 * time.Hour   // guesses at one name from one place count until so long after the last one
	// of the others one is forgotten each time: a whole hospital behind one address mistypes every
	// day
	ForgetWide = MaxWideDelay
)

// ErrLocked: too many wrong guesses.
var ErrLocked = errors.New("attempts: too many wrong guesses")

// RetryError says why to wait, and how long.
type RetryError struct {
	Reason error         // ErrLocked, or what another limit says
	After  time.Duration // until the next try makes sense
}

// Error names the reason.
func (e *RetryError) Error() string {
	return fmt.Sprintf("%v; try again in %d s", e.Reason, e.RetryAfter())
}

// Unwrap gives the reason to errors.Is.
func (e *RetryError) Unwrap() error { return e.Reason }

// RetryAfter is After rounded up, as the Retry-After header wants it (RFC 9110 section 10.2.3).
func (e *RetryError) RetryAfter() int { return int((e.After + time.Second - 1) / time.Second) }

// Counter keeps the counts. Every instance on one database counts together.
type Counter struct {
	DB  *sqlstore.DB
	Now func() time.Time
}

type attemptRow struct {
	Name     string `gorm:"primaryKey"`
	Login    string
	Failures int64
	LastAt   int64
	NextAt   int64 // 0: the next guess need not wait
}

func (attemptRow) TableName() string { return "login_attempts" }

// Guess is one try at the secret behind a name.
type Guess struct {
	login string   // blind index of the name
	rows  []string // what it counts under
}

// bound is what a row bears.
type bound struct {
	free    int64
	longest time.Duration
	forgets time.Duration // one guess each time; 0: none before FailureWindow
}

// At counts a name, given by its blind index, together with where the guess comes from. A known
// device answers for itself alone, so that strangers' guesses do not delay it.
func At(login, place string, known bool) Guess {
	g := Guess{login: login, rows: []string{"p:" + login + ":" + place}}
	if !known {
		g.rows = append(g.rows, "n:"+login, "a:"+place)
	}
	return g
}

func boundOf(row string) bound {
	switch row[0] {
	case 'n':
		return bound{MaxOfName, MaxWideDelay, ForgetWide}
	case 'a':
		return bound{MaxOfAddress, MaxWideDelay, ForgetWide}
	}
	return bound{MaxFailures, MaxDelay, 0}
}

// add counts a guess at a moment, after what is forgotten by then. Where guesses are forgotten one
// by one LastAt is the time up to which that has been done.
func (r *attemptRow) add(now time.Time) {
	b := boundOf(r.Name)
	if every := b.forgets.Milliseconds(); every > 0 && r.Failures > 0 {
		n := max(0, (now.UnixMilli()-r.LastAt)/every)
		r.Failures, r.LastAt = r.Failures-n, r.LastAt+n*every
	}
	if b.forgets == 0 || r.Failures <= 0 {
		r.Failures, r.LastAt = max(0, r.Failures), now.UnixMilli()
	}
	r.Failures++
	r.wait(now)
}

// wait sets when the next guess may come, counted from a moment. Where there is no delay there is
// no moment either: another log-in that began a little earlier would find it in its future.
func (r *attemptRow) wait(from time.Time) {
	r.NextAt = 0
	if d := boundOf(r.Name).delay(r.Failures); d > 0 {
		r.NextAt = from.Add(d).UnixMilli()
	}
}

// delay after so many wrong guesses.
func (l bound) delay(failures int64) time.Duration {
	over := failures - l.free
	switch {
	case over < 0:
		return 0
	case over > 30: // beyond every limit, and a shift must not overflow
		return l.longest
	}
	return min(FirstDelay<<over, l.longest)
}

// Count notes a guess before it is checked: *RetryError with ErrLocked when it comes too early;
// then it is not counted.
func (c *Counter) Count(ctx context.Context, g Guess) (failures int64, err error) {
	now := c.Now()
	err = c.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := tx.Where("last_at <= ?", now.Add(-FailureWindow).UnixMilli()).
			Delete(&attemptRow{}).Error; err != nil {
			return err
		}
		rows := make([]attemptRow, len(g.rows))
		var wait time.Duration
		for i, name := range g.rows {
			rows[i] = attemptRow{Name: name}
			if name[0] != 'a' { // an address is nobody's, and lifting a name's delays leaves it alone
				rows[i].Login = g.login
			}
			found, err := attempts(tx.Where("name = ?", name).Limit(1))
			if err != nil {
				return err
			}
			if len(found) > 0 {
				rows[i] = found[0]
			}
			wait = max(wait, time.UnixMilli(rows[i].NextAt).Sub(now))
		}
		if wait > 0 {
			return &RetryError{Reason: ErrLocked, After: wait}
		}
		for i := range rows {
			rows[i].add(now)
		}
		failures = rows[0].Failures
		return tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&rows).Error
	})
	return failures, err
}

// attempts reads counts. One that does not fit its table counts as none and begins anew with the
// next guess: the count of an address is everybody's who logs in from there, and none of them may
// be kept out by it.
func attempts(q *gorm.DB) ([]attemptRow, error) {
	found, err := sqlstore.Rows[attemptRow](q)
	if err != nil {
		return nil, err
	}
	return sqlstore.Fit(q, attemptRow{}.TableName(), found, func(r attemptRow) string { return r.Name }), nil
}

// Uncount takes a guess back that was right, or was never checked. With anew the place starts anew.
func (c *Counter) Uncount(ctx context.Context, g Guess, anew bool) error {
	return c.DB.Tx(context.WithoutCancel(ctx), func(tx *gorm.DB) error {
		rows, err := attempts(tx.Where("name IN ? AND failures > 0", g.rows))
		if err != nil {
			return err
		}
		for _, r := range rows {
			r.Failures--
			if anew && r.Name == g.rows[0] {
				r.Failures = 0
			}
			r.wait(time.UnixMilli(r.LastAt))
			if err := tx.Save(&r).Error; err != nil {
				return err
			}
		}
		return nil
	})
}

// Lift forgets all guesses at a name.
func Lift(tx *gorm.DB, login string) error {
	return tx.Where("login = ?", login).Delete(&attemptRow{}).Error
}

// Delayed are those of some names at which the next guess has to wait.
func (c *Counter) Delayed(tx *gorm.DB, logins []string) (map[string]bool, error) {
	var list []string
	err := tx.Model(&attemptRow{}).Where("login IN ? AND next_at > ?", logins, c.Now().UnixMilli()).Distinct().
		Pluck("login", &list).Error
	slow := map[string]bool{}
	for _, login := range list {
		slow[login] = true
	}
	return slow, err
}
