// Package securitylog keeps what happened to accounts, for ever: lines that each cover the one
// before them under a key of the installation, so that none can be changed or taken out unnoticed.
package securitylog

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/limit"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Kind is what a line of the security log says.
type Kind string

// Kinds of lines.
const (
	Login         Kind = "login"          // a member of staff logged in
	LoginFailed   Kind = "login-failed"   // wrong password or code; thinned out when they go on
	Password      Kind = "password"       // changed by its owner
	Reset         Kind = "password-reset" // by an administrator
	FactorSet     Kind = "factor-set"
	FactorRemoved Kind = "factor-removed"
	Created       Kind = "account-created"
	Suspended     Kind = "account-suspended"
	Resumed       Kind = "account-resumed"
	Closed        Kind = "account-closed"
	Lifted        Kind = "delay-lifted"
	// ClosingAsked: a patient asked to have the own account closed; ClosingOff: a log-in called
	// that off.
	ClosingAsked Kind = "closing-asked"
	ClosingOff   Kind = "closing-off"
	Role         Kind = "role-changed"
	KeyEnrolled  Kind = "key-enrolled"
	KeyRevoked   Kind = "key-revoked"
	KeyRequested Kind = "key-requested" // a practitioner's key waits for two administrators
	KeyApproved  Kind = "key-approved"
	KeyRefused   Kind = "key-refused"
	InOffice     Kind = "practitioner-approved"
	OutOfOffice  Kind = "practitioner-suspended"
	Scheduled    Kind = "practitioner-scheduled" // a doctor's week, set by an administrator
	StaffNumber  Kind = "staff-number"           // of a document, entered or replaced
	Proven       Kind = "identity-proven"        // of a patient, at the desk
	Freed        Kind = "identity-freed"         // a number that was only typed, at the desk
	Guardian     Kind = "guardian-settled"
	// Read: at a regulator's node somebody read figures, findings or evidence; the same once an
	// hour
	Read Kind = "oversight-read"
	// Exported: at a regulator's node somebody asked for the records of some days with their proofs
	Exported Kind = "oversight-export"
	// SessionEnded: an administrator ended one log-in of somebody; SessionsEnded: all of them.
	SessionEnded  Kind = "session-ended"
	SessionsEnded Kind = "sessions-ended"
	Searched      Kind = "access-searched" // who looked at whom was asked for
	// no line of the log: a log-in on a device that the account did not know
	Device Kind = "device"
	// no event: a line that does not fit its table stands at its place under this name
	Unreadable Kind = "unreadable"
)

// Event is one line of the security log.
type Event struct {
	Kind    Kind
	Org     string // whose administrators read it
	Actor   string // account that did it; empty: the operator at the machine, or nobody who logged in
	Subject string // account it was done to
	Origin  string // where from, by blind index: the same address has the same one
	Detail  string // a role, a key's id, a number: never a name
}

// Line is a line as it is read.
type Line struct {
	Seq     int64     `json:"seq" example:"17"`
	At      time.Time `json:"at"`
	Kind    Kind      `json:"kind" example:"password-reset"`
	Org     string    `json:"org" example:"h1"`
	Actor   string    `json:"actor,omitempty" doc:"Log-in name, or the account's id; empty: the operator at the machine" example:"admin"`
	Subject string    `json:"subject,omitempty" example:"doctor7"`
	Origin  string    `json:"origin,omitempty" doc:"Same address, same text" example:"3f9a1c"`
	Detail  string    `json:"detail,omitempty" example:"doctor"`
	Hash    string    `json:"hash" doc:"Covers this line and the hash of the one before it" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
}

// Log keeps the lines.
type Log struct {
	// Notify is called with every line, and with what is worth telling its owner beside them, in
	// the transaction of what happened; set it before the first one. nil: nobody is.
	Notify func(tx *gorm.DB, e Event) error

	db     *sqlstore.DB
	box    *keystore.Box
	now    func() time.Time
	logins func(ctx context.Context, ids []string) (map[string]string, error)
}

// New makes a log. box must be the same on every instance and for ever; logins gives the pseudonyms
// by which the accounts and persons of some ids log in.
func New(db *sqlstore.DB, box *keystore.Box, now func() time.Time,
	logins func(ctx context.Context, ids []string) (map[string]string, error)) *Log {
	return &Log{db: db, box: box, now: now, logins: logins}
}

// ErrBroken: a line of the security log was changed, taken out or put in.
var ErrBroken = errors.New("securitylog: the security log is broken")

const (
	originDigits = 12
	logPage      = 500
	// MaxLines is how many lines one page of the log has.
	MaxLines = 100
)

type lineRow struct {
	Seq     int64 `gorm:"primaryKey;autoIncrement:false"`
	At      int64
	Kind    string
	Org     string
	Actor   string
	Subject string
	Origin  string
	Detail  string
	Prev    string
	Hash    string
}

func (lineRow) TableName() string { return "security_log" }

type headRow struct {
	ID   int64 `gorm:"primaryKey"`
	Seq  int64
	Hash string
}

func (headRow) TableName() string { return "security_head" }

// hash is HMAC-SM3 under a key of the installation over the line and the hash before it: who can
// write the database and does not have the key cannot write a line that fits.
func (r lineRow) hash(box *keystore.Box) string {
	r.Hash = ""
	text, _ := json.Marshal(r) // strings and integers
	return box.Index(string(text), "security_log")
}

// Note appends a line in the transaction of what it tells of. Lines wait for each other on the
// head's row.
func (l *Log) Note(tx *gorm.DB, e Event) error {
	if l.Notify != nil {
		if err := l.Notify(tx, e); err != nil {
			return err
		}
	}
	if err := tx.Model(&headRow{}).Where("id = 1").Update("seq", gorm.Expr("seq + 1")).Error; err != nil {
		return err
	}
	var head headRow
	if err := tx.Where("id = 1").Take(&head).Error; err != nil {
		return err
	}
	row := lineRow{Seq: head.Seq, At: l.now().UnixMilli(), Kind: string(e.Kind), Org: e.Org, Actor: e.Actor,
		Subject: e.Subject,
		Origin:  e.Origin, Detail: e.Detail, Prev: head.Hash}
	row.Hash = row.hash(l.box)
	if err := tx.Create(&row).Error; err != nil {
		return err
	}
	return tx.Model(&headRow{}).Where("id = 1").Update("hash", row.Hash).Error
}

// Last is when a line of a kind was last written about one of subjects, Unix milliseconds; 0:
// never. It fails on a line that cannot be read: a key may rest on there being none.
func (l *Log) Last(tx *gorm.DB, kind Kind, subjects ...string) (at int64, err error) {
	var rows []lineRow
	err = tx.Where("subject IN ? AND kind = ?", subjects, string(kind)).Order("seq DESC").Limit(1).Find(&rows).Error
	for _, r := range rows {
		at = r.At
	}
	return at, err
}

// Origin is an address as the log and the limits know it: the same network has the same one, and it
// names none.
func (l *Log) Origin(address string) string {
	if address == "" {
		return ""
	}
	return l.box.Index(limit.Network(address), "security_log.origin")[:originDigits]
}

// Query is which lines are asked for.
type Query struct {
	Behind int64    // number of the last line that the caller has; 0: from the beginning of the order
	Oldest bool     // the oldest first, else the newest
	Kind   Kind     // empty: any
	Who    []string // ids of one account: what it did, and what was done to it; empty: anybody
}

// where puts the conditions and the order to a query.
func (q Query) where(tx *gorm.DB, org string) *gorm.DB {
	tx = tx.Where("org = ?", org)
	if q.Kind != "" {
		tx = tx.Where("kind = ?", string(q.Kind))
	}
	var behind []any
	if q.Behind > 0 {
		behind = []any{q.Behind}
	}
	return sqlstore.Seek(tx, !q.Oldest, []string{"seq"}, behind...).Limit(MaxLines)
}

// ofWho are the numbers of the first lines about an account. Each id in each column is a walk of
// its own along an index: what they find together has the first lines of all.
func (q Query) ofWho(tx *gorm.DB, org string) ([]int64, error) {
	all := []int64{}
	for _, column := range []string{"actor", "subject"} {
		for _, id := range q.Who {
			var some []int64
			if err := q.where(tx.Model(&lineRow{}).Where(column+" = ?", id), org).Pluck("seq", &some).
				Error; err != nil {
				return nil, err
			}
			all = append(all, some...)
		}
	}
	return all, nil
}

// SecurityLog returns an organisation's lines, at most MaxLines. A line that cannot be read stays
// at its place, as Unreadable with its number and hash: one that vanished would be what the log is
// there to prevent.
func (l *Log) SecurityLog(ctx context.Context, org string, ask Query) ([]Line, error) {
	tx := l.db.WithContext(ctx)
	q := ask.where(tx, org)
	if len(ask.Who) > 0 {
		of, err := ask.ofWho(tx, org)
		if err != nil {
			return nil, err
		}
		q = q.Where("seq IN ?", of)
	}
	found, err := sqlstore.Rows[lineRow](q)
	if err != nil {
		return nil, err
	}
	rows := found.Rows
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.Actor, r.Subject)
	}
	names, err := l.logins(ctx, ids)
	if err != nil {
		return nil, err
	}
	list := make([]Line, len(rows))
	for i, r := range rows {
		if err := found.Err(i); err != nil {
			sqlstore.Skip(q, lineRow{}.TableName(), strconv.FormatInt(r.Seq, 10), err)
			list[i] = Line{Seq: r.Seq, Kind: Unreadable, Org: r.Org, Hash: r.Hash}
			continue
		}
		list[i] = Line{Seq: r.Seq, At: time.UnixMilli(r.At).UTC(), Kind: Kind(r.Kind), Org: r.Org,
			Actor:   named(names, r.Actor),
			Subject: named(names, r.Subject), Origin: r.Origin, Detail: r.Detail, Hash: r.Hash}
	}
	return list, nil
}

func named(names map[string]string, id string) string {
	if name := names[id]; name != "" {
		return name
	}
	return id
}

// Audit reads the whole security log and returns how many lines it has and the hash of the last
// one, which an auditor who wrote it down compares next time: ErrBroken with the number of the
// first line that does not fit.
func Audit(ctx context.Context, db *gorm.DB, box *keystore.Box) (lines int64, last string, err error) {
	var before int64
	if err := db.WithContext(ctx).Model(&lineRow{}).Where("seq < 1").Count(&before).Error; err != nil {
		return 0, "", err
	}
	if before > 0 {
		return 0, "", fmt.Errorf("%w: %d lines stand before the first", ErrBroken, before)
	}
	for {
		rows, err := sqlstore.Rows[lineRow](db.WithContext(ctx).Where("seq > ?", lines).Order("seq").Limit(logPage))
		if err != nil {
			return lines, last, err
		}
		for i, r := range rows.Rows {
			if err := rows.Err(i); err != nil {
				return lines, last, fmt.Errorf("%w at line %d: %w", ErrBroken, lines+1, err)
			}
			if r.Seq != lines+1 || r.Prev != last || r.Hash != r.hash(box) {
				return lines, last, fmt.Errorf("%w at line %d", ErrBroken, lines+1)
			}
			lines, last = r.Seq, r.Hash
		}
		if len(rows.Rows) < logPage {
			break
		}
	}
	var head headRow
	if err := db.WithContext(ctx).Where("id = 1").Take(&head).Error; err != nil {
		return lines, last, err
	}
	if head.Seq != lines || head.Hash != last {
		return lines, last, fmt.Errorf("%w: it ends at line %d, not %d", ErrBroken, lines, head.Seq)
	}
	return lines, last, nil
}
