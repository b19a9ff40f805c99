// Package outbox takes records to the chain. A record is appended in the transaction of the step it
// tells of, so the two happen together or not at all; the relay submits it until the chain has
// given its verdict. It promises that every appended record reaches the chain at least once and has
// effect there exactly once (a record's id is its identity), in the order of its lane, through
// crashes at any moment; and that nothing is skipped: a lane whose record is refused for good
// stands still until an operator has it sent again. It does not promise when.
package outbox

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings the package's tables up to date.
func Migrate(ctx context.Context, db *sqlstore.DB) error {
	return db.Migrate(ctx, "outbox", sqlstore.Sub(migrations))
}

// States of an entry.
const (
	Pending   = "pending"   // the relay moves next
	Committed = "committed" // on the chain
	Dead      = "dead"      // refused for good; an operator moves next (Requeue)
)

// MaxBacklog is the number of waiting records from which Append refuses: better a step that cannot
// be taken now than a ward that runs for days ahead of its chain. A record takes about 2 KB, so
// this is some 200 MB.
const MaxBacklog = 100_000

// maxLaneLen bounds a lane's name: a lane is a subject.
const maxLaneLen = chain.MaxSubjectLen

// Errors of this package.
var (
	ErrBacklog  = errors.New("outbox: too many records wait for the chain, try again later")
	ErrLane     = errors.New("outbox: lane must be 1 to 64 bytes")
	ErrNotFound = errors.New("outbox: entry not found")
	ErrNotDead  = errors.New("outbox: only a dead entry can be sent again")
	ErrRevoked  = errors.New("outbox: the actor's certificate is revoked")
)

// Entry is a record and what became of it.
type Entry struct {
	ID          string // the record's id
	Lane        string
	Subject     string
	Kind        chain.Kind
	Seq         uint64
	Record      []byte // canonical bytes as appended, with or without a seal: chain.ParseWaiting
	State       string // Pending, Committed or Dead
	Attempts    int    // times it was put off or refused
	Code        chain.Code
	Detail      string // the ledger's words for Code; no personal data
	Height      int64  // 0 unless Committed
	CreatedAt   time.Time
	CommittedAt time.Time // block time; zero unless Committed
}

type row struct {
	Pos         int64 `gorm:"primaryKey;autoIncrement"`
	ID          string
	Lane        string
	Subject     string
	Kind        string
	Seq         int64
	Actor       string // certificate that signed it
	Record      []byte
	State       string
	Attempts    int
	Code        int64
	Detail      string
	Height      int64
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
	NotBefore   int64 // the relay leaves the lane alone until then
	RefusedAt   int64 // first transient refusal in a row, 0 for none
	CommittedAt int64
	Resealed    bool // under a newer seal than it was appended with
}

func (row) TableName() string { return "outbox" }

func (r row) entry() Entry {
	e := Entry{
		ID: r.ID, Lane: r.Lane, Subject: r.Subject, Kind: chain.Kind(r.Kind), Seq: uint64(r.Seq), Record: r.Record,
		State: r.State, Attempts: r.Attempts, Code: chain.Code(r.Code), Detail: r.Detail, Height: r.Height,
		CreatedAt: time.UnixMilli(r.CreatedAt).UTC(),
	}
	if r.CommittedAt != 0 {
		e.CommittedAt = time.UnixMilli(r.CommittedAt).UTC()
	}
	return e
}

// Append puts a record, which need not have its seal yet, into its lane, inside the caller's
// transaction: it is sent when, and only when, that transaction commits (call Relay.Kick then).
// Records of one lane go to the chain in the order of their appending. A record that is there
// already is left as it is. After a certificate's revocation nothing of that certificate is taken
// any more, whatever its caller knew when it looked: the chain would refuse it for good. ErrLane,
// canonical.ErrMalformed, ErrBacklog, ErrRevoked.
func Append(tx *gorm.DB, lane string, rec chain.Record, at time.Time) error {
	if lane == "" || len(lane) > maxLaneLen {
		return ErrLane
	}
	if err := rec.CheckWaiting(); err != nil {
		return err
	}
	b := rec.Bytes()
	if len(b) > chain.MaxRecordBytes {
		return fmt.Errorf("%w: %d bytes, at most %d", canonical.ErrTooLarge, len(b), chain.MaxRecordBytes)
	}
	if err := admit(tx, lane, rec); err != nil {
		return err
	}
	st := rec.Statement
	return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoNothing: true}).Create(&row{
		ID: rec.ID(), Lane: lane, Subject: st.Subject, Kind: string(st.Kind), Seq: int64(st.Seq),
		Actor: st.Actor, Record: b,
		State: Pending, CreatedAt: at.UnixMilli(),
	}).Error
}

// admit refuses what may not be appended now.
func admit(tx *gorm.DB, lane string, rec chain.Record) error {
	if err := shareCertificate(tx, rec); err != nil {
		return err
	}
	var no struct{ Shut, Revoked bool }
	err := tx.Raw(`SELECT shut, EXISTS (SELECT 1 FROM outbox WHERE subject = ? AND kind = ?) AND NOT EXISTS (SELECT 1 FROM outbox WHERE id = ?) AS revoked
		FROM outbox_gate WHERE name = 'append'`, chain.SubjectCert+rec.Statement.Actor, chain.KindRevoke, rec.ID()).Scan(&no).Error
	switch {
	case err != nil:
		return err
	case no.Shut:
		return ErrBacklog
	case no.Revoked:
		return ErrRevoked
	}
	return inLine(tx, lane)
}

// shareCertificate makes a revocation wait for the transactions that append what the certificate
// signed, and them for it. Without that a revocation could commit and reach the chain while a
// signature from before it is not committed yet: the relay cannot see that one, so nothing would
// hold the revocation back, and the signature would be a dead letter after its effects. Every
// certificate's enrolment is an entry here, so its row is there for that; a revocation writes the
// same row as the first of its lane (inLine). An organisation's seal has no such row and no
// revocation: it is replaced by a vote. It is asked for before the lane's row, always in this
// order. SQLite has one writer anyway.
func shareCertificate(tx *gorm.DB, rec chain.Record) error {
	if tx.Name() != string(sqlstore.Postgres) || rec.Statement.Kind == chain.KindRevoke {
		return nil
	}
	return tx.Exec("SELECT 1 FROM outbox WHERE subject = ? AND seq = 1 FOR SHARE",
		chain.SubjectCert+rec.Statement.Actor).Error
}

// inLine makes concurrent transactions of one lane wait for each other: PostgreSQL numbers entries
// when they are written, not when they are committed, and only a row that both write makes the
// later one run again and look anew. A lane is a subject, so its first record is there for that.
// SQLite has one writer anyway.
func inLine(tx *gorm.DB, lane string) error {
	if tx.Name() != string(sqlstore.Postgres) {
		return nil
	}
	return tx.Exec("UPDATE outbox SET lane = lane WHERE subject = ? AND seq = 1", lane).Error
}

// LastSeq is the sequence of the last record appended of a subject, 0 for none.
func LastSeq(tx *gorm.DB, subject string) (seq uint64, err error) {
	return seq, tx.Raw("SELECT coalesce(max(seq), 0) FROM outbox WHERE subject = ?", subject).Scan(&seq).Error
}

// Get returns an entry by its record's id: ErrNotFound.
func Get(db *gorm.DB, id string) (Entry, error) {
	var r row
	switch res := db.Where("id = ?", id).Limit(1).Find(&r); {
	case res.Error != nil:
		return Entry{}, res.Error
	case res.RowsAffected == 0:
		return Entry{}, ErrNotFound
	}
	return r.entry(), nil
}

// BySubject returns a subject's entries in order of sequence; none is no error.
func BySubject(db *gorm.DB, subject string) ([]Entry, error) {
	return entries(db.Where("subject = ?", subject).Order("seq"))
}

// DeadLetters returns at most limit dead entries, oldest first.
func DeadLetters(db *gorm.DB, limit int) ([]Entry, error) {
	return entries(db.Where("state = 'dead'").Order("pos").Limit(limit))
}

func entries(q *gorm.DB) ([]Entry, error) {
	found, err := sqlstore.Rows[row](q) // a row that does not fit is in the list with what fits: a person deals with it
	if err != nil {
		return nil, err
	}
	list := make([]Entry, len(found.Rows))
	for i, r := range found.Rows {
		list[i] = r.entry()
	}
	return list, nil
}

// Backlog is how the outbox stands.
type Backlog struct {
	Pending int64
	Dead    int64
	Oldest  time.Time // creation of the oldest pending entry; zero when none waits
}

// Stats counts what waits and what is dead. The states are literals so that both databases use
// their partial indexes.
func Stats(db *gorm.DB) (Backlog, error) {
	var sum struct{ Pending, Oldest, Dead int64 }
	err := db.Raw(
		"SELECT count(*) AS pending, coalesce(min(created_at), 0) AS oldest FROM outbox WHERE state = 'pending'").
		Scan(&sum).Error
	if err != nil {
		return Backlog{}, err
	}
	b := Backlog{Pending: sum.Pending}
	if sum.Oldest != 0 {
		b.Oldest = time.UnixMilli(sum.Oldest).UTC()
	}
	return b, db.Raw("SELECT count(*) FROM outbox WHERE state = 'dead'").Scan(&b.Dead).Error
}

// Requeue has a dead entry sent again, after its cause is mended: its lane moves on from it. There
// is no way to drop one, because the steps after it were taken on its strength. ErrNotFound,
// ErrNotDead.
func Requeue(tx *gorm.DB, id string) error {
	res := tx.Model(&row{}).Where("id = ? AND state = ?", id, Dead).
		Updates(map[string]any{"state": Pending, "not_before": 0, "refused_at": 0})
	if res.Error != nil || res.RowsAffected == 1 {
		return res.Error
	}
	if _, err := Get(tx, id); err != nil {
		return err
	}
	return ErrNotDead
}
