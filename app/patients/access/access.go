// Package access is the log in which a patient sees who looked at the record (谁看过我的记录), each step
// of its identity and what relatives did. It promises a line in the transaction of what it tells
// of, or neither. Who may read it is decided by package patients.
package access

import (
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/family/right"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Max bounds what one look into the access log returns.
const Max = 100

// Notes of identity steps in the access log (谁看过我的记录). The mini-app has words for each.
const (
	NoteTyped             = "identity typed"
	NoteContested         = "identity typed by another"
	NoteWithdrawn         = "identity withdrawn"
	NoteCard              = "identity proven by the insurance bureau"
	NoteDesk              = "identity proven at the desk"
	NoteLost              = "identity proven by another"
	NoteKeyEnded          = "key ended with the identity"
	NoteFreed             = "identity freed at the desk"
	NotePassed            = "record passed to its owner"
	NoteClosed            = "account closed by its owner"
	NoteSeen              = "identity looked up at the desk"
	NoteShown             = "identity code read"
	NoteGuardianAsks      = "asks to be guardian"
	NoteGuardianConfirmed = "guardian confirmed"
	NoteGuardianEnded     = "guardian ended"
)

// Notes of what relatives do, in the owner's access log; which operation it was stands where else
// the visit does.
const (
	NoteRelativeRead = "relative read"
	NoteRelativeActs = "relative acted"
)

// NoteSearched is the line that a search of the access log leaves in it.
const NoteSearched = "access log searched"

// readEvery is how often the same reader's same look is noted: a page asks again all day long.
const readEvery = time.Hour

// Line is one reading of a profile by somebody who is neither the person nor its guardian, or one
// step of its identity.
type Line struct {
	Person string // whose profile
	Visit  string // consultation that gave the right; a step of its identity: its Reason
	Reader string // person id
	Role   accounts.Role
	Org    string
	Reason string
	At     time.Time
}

// About is which part of the record a line is about, and the visit, or a relative's operation, that
// it names; empty: none.
func (a Line) About() (about, subject string) {
	switch {
	case a.Reason == NoteSearched:
		return "log", ""
	case a.Visit == a.Reason:
		return "identity", ""
	case a.Reason == NoteRelativeRead, a.Reason == NoteRelativeActs:
		return "family", a.Visit
	}
	return "profile", a.Visit
}

type lineRow struct {
	Person string `gorm:"primaryKey"`
	Visit  string `gorm:"primaryKey"`
	Reader string `gorm:"primaryKey"`
	Role   string
	Org    string
	Reason string
	ReadAt int64 `gorm:"primaryKey;autoIncrement:false"`
}

func (lineRow) TableName() string { return "profile_access" }

// Note keeps a line in the caller's transaction. Two with the same person, visit, reader and
// millisecond are one.
func Note(tx *gorm.DB, a Line) error {
	return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&lineRow{
		Person: a.Person, Visit: a.Visit, Reader: a.Reader, Role: string(a.Role), Org: a.Org, Reason: a.Reason,
		ReadAt: a.At.UnixMilli(),
	}).Error
}

// Self notes a step of a person's identity by a person: the reason stands for the visit in the key,
// so that two steps of one moment are two lines.
func Self(tx *gorm.DB, person, actor, reason string, at time.Time) error {
	return Note(tx, Line{Person: person, Visit: reason, Reader: actor, Role: accounts.Patient, Reason: reason,
		At: at})
}

// Desk notes a step of a person's identity by an administrator at the desk.
func Desk(tx *gorm.DB, person string, admin accounts.Account, reason string, at time.Time) error {
	return Note(tx, Line{Person: person, Visit: reason, Reader: admin.Person, Role: admin.Role, Org: admin.Org,
		Reason: reason, At: at})
}

// Relative notes what a relative read or did in others' records by an operation, in the caller's
// transaction. The same reading within the hour is one line; what was done is always one.
func Relative(tx *gorm.DB, actor string, owners []string, operation string, r right.Right, at time.Time) error {
	a := Line{Visit: operation, Reader: actor, Role: accounts.Patient, Reason: NoteRelativeActs, At: at}
	for _, owner := range owners {
		if a.Person = owner; r == right.Read {
			a.Reason = NoteRelativeRead
			var n int64
			err := tx.Model(&lineRow{}).Where("person = ? AND reader = ? AND visit = ? AND read_at > ?", owner, actor,
				operation, at.Add(-readEvery).UnixMilli()).Limit(1).Count(&n).Error
			if err != nil {
				return err
			}
			if n > 0 {
				continue
			}
		}
		if err := Note(tx, a); err != nil {
			return err
		}
	}
	return nil
}

// Of lists who opened a profile, newest first, at most Max. persons are the ids by which it is and
// was known.
func Of(tx *gorm.DB, persons ...string) ([]Line, error) {
	found, err := sqlstore.Rows[lineRow](
		tx.Where("person IN ?", persons).Order("read_at DESC, reader DESC, visit DESC").Limit(Max))
	if err != nil {
		return nil, err
	}
	rows := sqlstore.Fit(tx, lineRow{}.TableName(), found, func(r lineRow) string { return r.Visit })
	list := make([]Line, len(rows))
	for i, r := range rows {
		list[i] = r.line()
	}
	return list, nil
}

// Pass gives one person's lines to another, whose record it is from now on. A step noted for both
// at one moment is one line.
func Pass(tx *gorm.DB, from, to string) error {
	if err := tx.Exec(`UPDATE profile_access SET person = ? WHERE person = ? AND NOT EXISTS (
		SELECT 1 FROM profile_access o WHERE o.person = ? AND o.read_at = profile_access.read_at
			AND o.reader = profile_access.reader AND o.visit = profile_access.visit)`,
		to, from, to).Error; err != nil {
		return err
	}
	return tx.Where("person = ?", from).Delete(&lineRow{}).Error
}
