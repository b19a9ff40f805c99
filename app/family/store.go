package family

import (
	"context"
	"embed"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/app/family/right"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// Migrate brings the room's tables up to date.
func Migrate(ctx context.Context, db *sqlstore.DB) error {
	return db.Migrate(ctx, "family", sqlstore.Sub(migrationFiles))
}

type tieRow struct {
	ID       string `gorm:"primaryKey"`
	Owner    string
	Relative string
	Relation string
	Acts     bool
	State    string
	Since    int64
}

func (tieRow) TableName() string { return "family_ties" }

func (r tieRow) tie() Tie {
	return Tie{ID: r.ID, Owner: r.Owner, Relative: r.Relative, Relation: Relation(r.Relation), Acts: r.Acts,
		State: State(r.State), Since: r.Since}
}

type inviteRow struct {
	ID        string `gorm:"primaryKey"`
	Owner     string
	Relation  string
	Acts      bool
	CodeIndex string
	CreatedAt int64 `gorm:"autoCreateTime:false"`
	ExpiresAt int64
	UsedAt    int64
}

func (inviteRow) TableName() string { return "family_invites" }

type missRow struct {
	Person string `gorm:"primaryKey"`
	Hour   int64  `gorm:"primaryKey;autoIncrement:false"`
	N      int64
}

func (missRow) TableName() string { return "family_misses" }

// ties reads a query's; one that cannot be read is left out, and so gives nobody a right.
func ties(tx, q *gorm.DB) ([]Tie, error) {
	found, err := sqlstore.Rows[tieRow](q)
	if err != nil {
		return nil, err
	}
	rows := sqlstore.Fit(tx, tieRow{}.TableName(), found, func(r tieRow) string { return r.ID })
	list := make([]Tie, len(rows))
	for i, r := range rows {
		list[i] = r.tie()
	}
	return list, nil
}

// Relatives are the adults whom an owner has let into the own record, as a transaction sees them,
// longest first.
func Relatives(tx *gorm.DB, owner string) ([]Tie, error) {
	return ties(tx, tx.Where("owner = ? AND state = ?", owner, string(Confirmed)).Order("since, id"))
}

// Helped are the ties by which somebody is let into others' records.
func Helped(tx *gorm.DB, relative string) ([]Tie, error) {
	return ties(tx, tx.Where("relative = ? AND state = ?", relative, string(Confirmed)).Order("since, id"))
}

// May tells whether a tie gives an actor a right in a person's record. It is where all of them are
// decided; what was decided in the actor's favour is in the trace.
func May(tx *gorm.DB, actor, person string, r right.Right) (bool, error) {
	if actor == "" || person == "" || actor == person {
		return false, nil
	}
	list, err := ties(tx,
		tx.Where("owner = ? AND relative = ? AND state = ?", person, actor, string(Confirmed)).Limit(1))
	if err != nil || len(list) == 0 || !list[0].Holds(r) {
		return false, err
	}
	right.Touch(tx.Statement.Context, actor, person)
	return true, nil
}

// Standing fails when one of the ties by which a command was let in gives its right no more. It
// holds those rows until the end of the transaction: whoever takes a right back waits for it, so a
// command that comes in effect later has seen it.
func Standing(tx *gorm.DB, actor string, owners []string, r right.Right) error {
	if len(owners) == 0 {
		return nil
	}
	q := tx.Where("relative = ? AND owner IN ? AND state = ?", actor, owners, string(Confirmed))
	if tx.Name() == string(sqlstore.Postgres) {
		q = q.Clauses(clause.Locking{Strength: clause.LockingStrengthShare})
	}
	list, err := ties(tx, q)
	if err != nil {
		return err
	}
	n := 0
	for _, t := range list {
		if t.Holds(r) {
			n++
		}
	}
	if n < len(owners) {
		return ErrNotFound
	}
	return nil
}

// EndAll ends every tie of a person, on either side, and every code, in the caller's transaction:
// the account closes, or the number by which others know the person is another's.
func (s *Service) EndAll(tx *gorm.DB, person string) error {
	list, err := ties(tx, tx.Where("(owner = ? OR relative = ?) AND state <> ?", person, person, string(Ended)))
	if err != nil {
		return err
	}
	for _, t := range list {
		if err := s.step(tx, &t, DoEnd, "", NoteEnded); err != nil {
			return err
		}
	}
	return s.dropCodes(tx, person)
}

func (s *Service) dropCodes(tx *gorm.DB, owner string) error {
	return tx.Model(&inviteRow{}).Where("owner = ? AND used_at = 0", owner).
		Update("used_at", s.Now().UnixMilli()).Error
}

// live are the ties of a record that give a right or may come to.
func (s *Service) live(tx *gorm.DB, column, person string) ([]Tie, error) {
	list, err := ties(tx, tx.Where(column+" = ? AND state <> ?", person, string(Ended)).Order("since, id"))
	if err != nil {
		return nil, err
	}
	out := list[:0]
	for _, t := range list {
		if !t.over(s.Now()) {
			out = append(out, t)
		}
	}
	return out, nil
}

// one is a tie of which somebody is a side: ErrNotFound.
func (s *Service) one(tx *gorm.DB, actor, id string) (Tie, error) {
	list, err := ties(tx, tx.Where("id = ? AND (owner = ? OR relative = ?)", id, actor, actor))
	switch {
	case err != nil:
		return Tie{}, err
	case len(list) == 0, list[0].State == Ended, list[0].over(s.Now()):
		return Tie{}, ErrNotFound
	}
	return list[0], nil
}

func save(tx *gorm.DB, t Tie) error {
	r := tieRow{ID: t.ID, Owner: t.Owner, Relative: t.Relative, Relation: string(t.Relation), Acts: t.Acts,
		State: string(t.State), Since: t.Since}
	return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "owner"}, {Name: "relative"}},
		DoUpdates: clause.AssignmentColumns([]string{"id", "relation", "acts", "state", "since"})}).Create(&r).Error
}

// count adds to a person's wrong codes of this hour, and says how many there are.
func count(tx *gorm.DB, person string, now time.Time, by int64) (n int64, err error) {
	hour := now.Unix() / int64(time.Hour/time.Second)
	err = tx.Raw(`INSERT INTO family_misses (person, hour, n) VALUES (?, ?, ?)
		ON CONFLICT (person, hour) DO UPDATE SET n = family_misses.n + excluded.n RETURNING n`, person, hour, by).
		Scan(&n).Error
	return n, err
}

// Forget deletes codes that count against nothing any more, and old wrong ones.
func (s *Service) Forget(ctx context.Context, now time.Time) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		return errors.Join(
			tx.Where("created_at < ?", now.Add(-2*day).UnixMilli()).Delete(&inviteRow{}).Error,
			tx.Where("hour < ?", now.Add(-day).Unix()/int64(time.Hour/time.Second)).Delete(&missRow{}).Error)
	})
}
