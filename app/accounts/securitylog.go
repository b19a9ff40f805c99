package accounts

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

// EventKind is what a line of the security log says.
type EventKind string

// Kinds of lines.
const (
	EventLogin         EventKind = "login"          // a member of staff logged in
	EventLoginFailed   EventKind = "login-failed"   // wrong password or code; thinned out when they go on
	EventPassword      EventKind = "password"       // changed by its owner
	EventReset         EventKind = "password-reset" // by an administrator
	EventFactorSet     EventKind = "factor-set"
	EventFactorRemoved EventKind = "factor-removed"
	EventCreated       EventKind = "account-created"
	EventSuspended     EventKind = "account-suspended"
	EventResumed       EventKind = "account-resumed"
	EventClosed        EventKind = "account-closed"
	EventLifted        EventKind = "delay-lifted"
	EventRole          EventKind = "role-changed"
	EventKeyEnrolled   EventKind = "key-enrolled"
	EventKeyRevoked    EventKind = "key-revoked"
	EventKeyRequested  EventKind = "key-requested" // a practitioner's key waits for two administrators
	EventKeyApproved   EventKind = "key-approved"
	EventKeyRefused    EventKind = "key-refused"
	EventInOffice      EventKind = "practitioner-approved"
	EventOutOfOffice   EventKind = "practitioner-suspended"
	EventStaffNumber   EventKind = "staff-number"    // of a document, entered or replaced
	EventProven        EventKind = "identity-proven" // of a patient, at the desk
	EventFreed         EventKind = "identity-freed"  // a number that was only typed, at the desk
	EventGuardian      EventKind = "guardian-settled"
	// no line of the log: a log-in on a device that the account did not know
	EventDevice EventKind = "device"
	// no event: a line that does not fit its table stands at its place under this name
	EventUnreadable EventKind = "unreadable"
)

// Event is one line of the security log.
type Event struct {
	Kind    EventKind
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
	Kind    EventKind `json:"kind" example:"password-reset"`
	Org     string    `json:"org" example:"h1"`
	Actor   string    `json:"actor,omitempty" doc:"Log-in name, or the account's id; empty: the operator at the machine" example:"admin"`
	Subject string    `json:"subject,omitempty" example:"doctor7"`
	Origin  string    `json:"origin,omitempty" doc:"Same address, same text" example:"3f9a1c"`
	Detail  string    `json:"detail,omitempty" example:"doctor"`
	Hash    string    `json:"hash" doc:"Covers this line and the hash of the one before it" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
}

// ErrLogBroken: a line of the security log was changed, taken out or put in.
var ErrLogBroken = errors.New("accounts: the security log is broken")

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
func (s *Service) Note(tx *gorm.DB, e Event) error {
	if s.Told != nil {
		if err := s.Told(tx, e); err != nil {
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
	row := lineRow{Seq: head.Seq, At: s.Now().UnixMilli(), Kind: string(e.Kind), Org: e.Org, Actor: e.Actor,
		Subject: e.Subject,
		Origin:  e.Origin, Detail: e.Detail, Prev: head.Hash}
	row.Hash = row.hash(s.box)
	if err := tx.Create(&row).Error; err != nil {
		return err
	}
	return tx.Model(&headRow{}).Where("id = 1").Update("hash", row.Hash).Error
}

// Last is when a line of a kind was last written about one of subjects, Unix milliseconds; 0:
// never. It fails on a line that cannot be read: a key may rest on there being none.
func (s *Service) Last(tx *gorm.DB, kind EventKind, subjects ...string) (at int64, err error) {
	var rows []lineRow
	err = tx.Where("subject IN ? AND kind = ?", subjects, string(kind)).Order("seq DESC").Limit(1).Find(&rows).Error
	for _, r := range rows {
		at = r.At
	}
	return at, err
}

// Origin is an address as the log and the limits know it: the same network has the same one, and it
// names none.
func (s *Service) Origin(address string) string {
	if address == "" {
		return ""
	}
	return s.box.Index(limit.Network(address), "security_log.origin")[:originDigits]
}

// SecurityLog returns an organisation's lines before a number, newest first, at most MaxLines;
// before 0: from the end. A line that cannot be read stays at its place, as EventUnreadable with
// its number and hash: one that vanished would be what the log is there to prevent.
func (s *Service) SecurityLog(ctx context.Context, org string, before int64) ([]Line, error) {
	q := s.db.WithContext(ctx).Where("org = ?", org).Order("seq DESC").Limit(MaxLines)
	if before > 0 {
		q = q.Where("seq < ?", before)
	}
	found, err := sqlstore.Rows[lineRow](q)
	if err != nil {
		return nil, err
	}
	rows := found.Rows
	names, err := s.logins(ctx, rows)
	if err != nil {
		return nil, err
	}
	list := make([]Line, len(rows))
	for i, r := range rows {
		if err := found.Err(i); err != nil {
			sqlstore.Skip(q, lineRow{}.TableName(), strconv.FormatInt(r.Seq, 10), err)
			list[i] = Line{Seq: r.Seq, Kind: EventUnreadable, Org: r.Org, Hash: r.Hash}
			continue
		}
		list[i] = Line{Seq: r.Seq, At: time.UnixMilli(r.At).UTC(), Kind: EventKind(r.Kind), Org: r.Org,
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

// logins finds the pseudonyms of the accounts that lines name.
func (s *Service) logins(ctx context.Context, rows []lineRow) (map[string]string, error) {
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.Actor, r.Subject)
	}
	var found []accountRow
	if err := s.db.WithContext(ctx).Select("id", "person", "login").
		Where("(id IN ? OR person IN ?) AND login IS NOT NULL", ids, ids).Find(&found).Error; err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, f := range found {
		names[f.ID], names[f.Person] = *f.Login, *f.Login
	}
	return names, nil
}

// AuditLog reads the whole security log and returns how many lines it has and the hash of the last
// one, which an auditor who wrote it down compares next time: ErrLogBroken with the number of the
// first line that does not fit.
func AuditLog(ctx context.Context, db *gorm.DB, box *keystore.Box) (lines int64, last string, err error) {
	for {
		rows, err := sqlstore.Rows[lineRow](db.WithContext(ctx).Where("seq > ?", lines).Order("seq").Limit(logPage))
		if err != nil {
			return lines, last, err
		}
		for i, r := range rows.Rows {
			if err := rows.Err(i); err != nil {
				return lines, last, fmt.Errorf("%w at line %d: %w", ErrLogBroken, lines+1, err)
			}
			if r.Seq != lines+1 || r.Prev != last || r.Hash != r.hash(box) {
				return lines, last, fmt.Errorf("%w at line %d", ErrLogBroken, lines+1)
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
		return lines, last, fmt.Errorf("%w: it ends at line %d, not %d", ErrLogBroken, lines, head.Seq)
	}
	return lines, last, nil
}
