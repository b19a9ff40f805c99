package sqlstore

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// KeepAnswers is how long a repeated command gets its first answer; after that the key is unknown
// again.
const KeepAnswers = 7 * 24 * time.Hour

// maxAbout is how many bytes Command.About may come to: an account is let into some 20 records.
const maxAbout = 4096

// answerContext binds a sealed answer to its place (see keystore.Box).
const answerContext = "idempotency.answer/"

// Command identifies one request of one actor.
type Command struct {
	Key       string   // Idempotency-Key; empty for an internal step that needs no answer kept
	Actor     string   // opaque account id: keys of different actors never meet
	Operation string   // "rx.claim": the same key for another operation is refused
	Hash      [32]byte // gm.Sum of the request's body: the same key with another body is refused
	// Before is judged inside the transaction, before what the command does; Done keeps what goes
	// with it. nil: nothing. Neither runs for a repeated command.
	Before, Done func(tx *gorm.DB) error
	// About are the opaque ids, without spaces, of the persons beside the actor of whom the answer
	// may tell, 4 KB of them at most; it is asked once the command is done. Again is asked about
	// them before that answer is given to a repeated command, whose actor may have lost the right
	// meanwhile; its error is given instead. nil: nobody; nothing.
	About func() []string
	Again func(tx *gorm.DB, about []string) error
}

type answerRow struct {
	Actor     string `gorm:"primaryKey"`
	Key       string `gorm:"primaryKey"`
	Operation string
	Hash      []byte
	Answer    []byte
	About     string
	CreatedAt int64 `gorm:"autoCreateTime:false"`
}

func (answerRow) TableName() string { return "idempotency" }

// Once runs fn in one transaction together with the note that cmd is done and what it answered. A
// command seen before is not run: its stored answer comes back with replayed true, or ErrKeyReused
// when operation or hash differ, or the error of cmd.Again. Of concurrent callers with one key
// exactly one takes effect and the others get its answer. An error of fn leaves no trace, so the
// command may be tried again with the same key. fn may run more than once and MUST have no effect
// outside tx. The answer is what fn returned, as JSON.
func (db *DB) Once(ctx context.Context, cmd Command, fn func(tx *gorm.DB) (answer any, err error)) (answerJSON []byte,
	replayed bool, err error) {
	err = db.Tx(ctx, func(tx *gorm.DB) error {
		replayed = false
		if cmd.Key == "" {
			answerJSON, err = cmd.run(tx, fn)
			return err
		}
		found, err := db.stored(tx, cmd)
		if err != nil || found != nil {
			answerJSON, replayed = found, found != nil
			return err
		}
		// The row comes first: a second caller waits on it instead of doing the work twice.
		row := answerRow{Actor: cmd.Actor, Key: cmd.Key, Operation: cmd.Operation, Hash: db.mark(cmd),
			CreatedAt: db.Now().UnixMilli()}
		// DO NOTHING makes PostgreSQL report its conflict as a serialisation failure, and Tx looks
		// again.
		if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
			return err
		}
		if answerJSON, err = cmd.run(tx, fn); err != nil {
			return err
		}
		sealed, err := db.sealAnswer(cmd, answerJSON)
		if err != nil {
			return err
		}
		about, err := cmd.about()
		if err != nil {
			return err
		}
		return tx.Model(&row).Updates(map[string]any{"answer": sealed, "about": about}).Error
	})
	if err != nil {
		return nil, false, err
	}
	return answerJSON, replayed, nil
}

// Answer reads what Once returned: Answer[Key](db.Once(…)).
func Answer[A any](answerJSON []byte, replayed bool, err error) (answer A, _ bool, _ error) {
	if err != nil {
		return answer, false, err
	}
	if err := json.Unmarshal(answerJSON, &answer); err != nil {
		return answer, false, fmt.Errorf("sqlstore: stored answer: %w", err)
	}
	return answer, replayed, nil
}

func (c Command) run(tx *gorm.DB, fn func(tx *gorm.DB) (any, error)) ([]byte, error) {
	if c.Before != nil {
		if err := c.Before(tx); err != nil {
			return nil, err
		}
	}
	answer, err := fn(tx)
	if err == nil && c.Done != nil {
		err = c.Done(tx)
	}
	if err != nil {
		return nil, err
	}
	b, err := json.Marshal(answer)
	if err != nil {
		return nil, fmt.Errorf("sqlstore: answer: %w", err)
	}
	return b, nil
}

// about is what is kept of About. Nobody is left out of it: a command about more is not done.
func (c Command) about() (string, error) {
	if c.About == nil {
		return "", nil
	}
	about := strings.Join(c.About(), " ")
	if len(about) > maxAbout {
		return "", fmt.Errorf("sqlstore: %s is about too many: %d bytes of ids", c.Operation, len(about))
	}
	return about, nil
}

// stored returns the kept answer, nil when the key is new.
func (db *DB) stored(tx *gorm.DB, cmd Command) ([]byte, error) {
	var row answerRow
	res := tx.Where("actor = ? AND key = ?", cmd.Actor, cmd.Key).Limit(1).Find(&row)
	if res.Error != nil || res.RowsAffected == 0 {
		return nil, res.Error
	}
	if row.Operation != cmd.Operation || !bytes.Equal(row.Hash, db.mark(cmd)) {
		return nil, ErrKeyReused
	}
	if about := strings.Fields(row.About); len(about) > 0 && cmd.Again != nil {
		if err := cmd.Again(tx, about); err != nil {
			return nil, err
		}
	}
	if db.box == nil {
		return row.Answer, nil
	}
	answer, err := db.box.Open(row.Answer, answerContext+cmd.Actor+"/"+cmd.Key)
	if err != nil {
		return nil, fmt.Errorf("sqlstore: stored answer: %w", err)
	}
	return answer, nil
}

// mark is what tells another body under the same key. It is keyed: bodies hold passwords and
// diagnoses, which their plain digest would let a reader of the table guess.
func (db *DB) mark(cmd Command) []byte {
	if db.box == nil {
		return cmd.Hash[:]
	}
	return []byte(db.box.Index(string(cmd.Hash[:]), "idempotency.hash/"+cmd.Actor+"/"+cmd.Key))
}

func (db *DB) sealAnswer(cmd Command, answer []byte) ([]byte, error) {
	if db.box == nil {
		return answer, nil
	}
	return db.box.Seal(answer, answerContext+cmd.Actor+"/"+cmd.Key)
}

// PurgeAnswers deletes answers older than KeepAnswers and says how many; a sweeper calls it.
func (db *DB) PurgeAnswers(ctx context.Context, now time.Time) (int64, error) {
	var gone int64
	err := db.Tx(ctx, func(tx *gorm.DB) error {
		res := tx.Where("created_at < ?", now.Add(-KeepAnswers).UnixMilli()).Delete(&answerRow{})
		gone = res.RowsAffected
		return res.Error
	})
	return gone, err
}
