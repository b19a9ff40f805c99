// Package template keeps prescriptions to be written again: a doctor's own (模板), and those that a
// department agreed on (协定方), which a reviewing pharmacist has accepted.
//
// A template is an aid for typing. What is prescribed from it is checked like anything typed, and
// what the catalogue no longer has is left out by the page that takes it.
package template

import (
	"context"
	"crypto/rand"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/text"
	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/medicine"
	"github.com/smart-hospital/hospital/prescription/parties"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings this room's table up to date.
func Migrate(ctx context.Context, db *sqlstore.DB) error {
	return db.Migrate(ctx, "template", sqlstore.Sub(migrations))
}

// What holds of templates.
const (
	MaxItems     = 5   // as many as one prescription takes (处方管理办法 第六条)
	MaxDiagnoses = 5   // of one prescription
	MaxOwn       = 100 // of one doctor, those offered to the department among them
	// MaxDepartment is how many a department has, those not yet judged among them.
	MaxDepartment = 50
	MaxName       = 40  // characters
	MaxNotes      = 200 // characters
	MaxReason     = 500 // characters
	maxDays       = 84
	maxPackages   = 99
)

// State says whose a template is.
type State string

// The states. An agreed one cannot be changed, since others write by it; its author takes it back
// first.
const (
	Own      State = "own"      // its author's alone
	Proposed State = "proposed" // offered to the department, not judged yet
	Agreed   State = "agreed"   // every doctor of the department writes by it
	Declined State = "declined" // a pharmacist said no, and why
)

// Errors of this package, beside invalid.ErrInput, practitioners' and sqlstore.ErrConflict.
var (
	// ErrNotFound: no such template, or another's.
	ErrNotFound = errors.New("template: not found")
	// ErrState: the template's state does not allow the step.
	ErrState = errors.New("template: its state does not allow this")
	// ErrFull: the doctor or the department has as many as one may have.
	ErrFull = errors.New("template: no room for another")
	// ErrOwnAuthor: whoever wrote a template does not judge it.
	ErrOwnAuthor = errors.New("template: its author does not judge it")
)

// Item is one line of a template.
type Item struct {
	Drug string `json:"drug" minLength:"1" maxLength:"16" doc:"Catalogue code" example:"D0001"`
	Shown
	Dose      medicine.Amount `json:"dose" doc:"Single dose in the drug's dose unit" example:"0.5"`
	Frequency string          `json:"frequency" maxLength:"16" doc:"Frequency code" example:"tid"`
	Route     string          `json:"route" maxLength:"16" doc:"Route code" example:"po"`
	Days      int             `json:"days" minimum:"1" maximum:"84" example:"5"`
	Packages  int64           `json:"packages" minimum:"1" maximum:"99" example:"2"`
	Notes     string          `json:"notes,omitempty" maxLength:"200" example:"饭后服用"`
}

// Shown is what the catalogue said of a drug when the template was saved. What a client sends of it
// is not taken.
type Shown struct {
	Name        string `json:"name,omitempty" readOnly:"true" maxLength:"100" example:"阿莫西林胶囊"`
	EnglishName string `json:"englishName,omitempty" readOnly:"true" maxLength:"100" example:"Amoxicillin Capsules"`
	Strength    string `json:"strength,omitempty" readOnly:"true" maxLength:"40" example:"0.25g"`
	DoseUnit    string `json:"doseUnit,omitempty" readOnly:"true" maxLength:"16" example:"g"`
}

// Content is what a template holds.
type Content struct {
	Name      string   `json:"name" minLength:"1" maxLength:"40" example:"高血压续方"`
	Diagnoses []string `json:"diagnoses,omitempty" maxItems:"5" doc:"ICD-10 codes" example:"[\"I10.x00\"]"`
	Items     []Item   `json:"items" minItems:"1" maxItems:"5"`
}

// Template is one as its reader may see it.
type Template struct {
	ID string `json:"id" example:"TQ4MZ6Z7G3Z5X2J4YH6K8N1P3R5"`
	Content
	State      State     `json:"state" enum:"own,proposed,agreed,declined" example:"own"`
	Department string    `json:"department,omitempty" doc:"Code of the department that it is for; absent for an own one" example:"cardiology"`
	Mine       bool      `json:"mine" doc:"The caller wrote it"`
	Author     string    `json:"author,omitempty" doc:"Name of who wrote it" example:"王医生"`
	Judge      string    `json:"judge,omitempty" doc:"Name of the pharmacist who judged it" example:"孙药师"`
	Reason     string    `json:"reason,omitempty" doc:"Why it was declined" example:"剂量请按说明书"`
	Version    int64     `json:"version" example:"1"`
	ChangedAt  time.Time `json:"changedAt"`
}

// Register tells of staff; prescription/parties says what a Reviewer is.
type Register interface {
	Get(ctx context.Context, person string) (practitioners.Practitioner, error)
	InOffice(ctx context.Context, person string) error
	Reviewer(ctx context.Context, person string) (parties.Reviewer, error)
}

// Happened is what became of a template.
type Happened struct {
	ID, Org, Author string
	State           State  // its new one
	By              string // person id of who did it
	At              time.Time
}

// Service keeps the templates. It is safe for concurrent use.
type Service struct {
	DB        *sqlstore.DB
	Box       *keystore.Box
	Catalogue *catalogue.Catalogue
	Register  Register
	Now       func() time.Time
	// Notify is called with every offer, judgement and withdrawal, in its transaction; nil: nobody
	// listens.
	Notify func(tx *gorm.DB, h Happened) error
}

// row is a template in the database; stored is what its content holds sealed.
type row struct {
	ID, Org, Author, Department string
	State                       State
	Content                     []byte
	Version, ChangedAt          int64
}

func (row) TableName() string { return "rx_templates" }

type stored struct {
	Content
	Author, Judge, Reason string
}

func contentContext(id string) string { return "rx_templates.content/" + id }

// check puts a content into its form: invalid.ErrInput.
func (s *Service) check(in *Content) error {
	var c invalid.Check
	c.That(text.Line(&in.Name, 1, MaxName), "body.name", text.LineRule(1, MaxName))
	c.That(len(in.Diagnoses) <= MaxDiagnoses, "body.diagnoses", fmt.Sprintf("at most %d", MaxDiagnoses))
	for i, code := range in.Diagnoses {
		_, known := s.Catalogue.Diagnosis(code)
		c.That(known, fmt.Sprintf("body.diagnoses[%d]", i), "an ICD-10 code of the catalogue")
	}
	c.That(len(in.Items) >= 1 && len(in.Items) <= MaxItems, "body.items", fmt.Sprintf("1 to %d", MaxItems))
	for i := range in.Items {
		s.checkItem(&c, &in.Items[i], fmt.Sprintf("body.items[%d].", i))
	}
	return c.Err()
}

func (s *Service) checkItem(c *invalid.Check, it *Item, path string) {
	const ofCatalogue = "a code of the catalogue"
	d, known := s.Catalogue.Drug(it.Drug)
	c.That(known, path+"drug", ofCatalogue)
	it.Shown = Shown{d.Name, d.EnglishName, d.Strength, d.DoseUnit}
	_, known = s.Catalogue.Frequency(it.Frequency)
	c.That(known, path+"frequency", ofCatalogue)
	_, known = s.Catalogue.Route(it.Route)
	c.That(known, path+"route", ofCatalogue)
	c.That(it.Dose > 0, path+"dose", "more than 0")
	c.That(it.Days >= 1 && it.Days <= maxDays, path+"days", fmt.Sprintf("1 to %d", maxDays))
	c.That(it.Packages >= 1 && it.Packages <= maxPackages, path+"packages", fmt.Sprintf("1 to %d", maxPackages))
	c.That(text.Line(&it.Notes, 0, MaxNotes), path+"notes", text.LineRule(0, MaxNotes))
}

// Save stores a new template of a doctor: invalid.ErrInput, ErrFull.
func (s *Service) Save(ctx context.Context, cmd sqlstore.Command, person string, in Content) (Template, error) {
	author, err := s.Register.Get(ctx, person)
	if err != nil {
		return Template{}, err
	}
	return s.once(ctx, cmd, person, func(tx *gorm.DB) (row, stored, error) {
		if err := s.check(&in); err != nil {
			return row{}, stored{}, err
		}
		if err := room(tx, MaxOwn, "author = ?", person); err != nil {
			return row{}, stored{}, err
		}
		r := row{ID: "T" + rand.Text(), Org: author.Org, Author: person, State: Own}
		return r, stored{Content: in, Author: author.Name}, nil
	})
}

// Change writes an own template anew, when version is the stored one. One that was offered or
// declined is its author's alone again: invalid.ErrInput, ErrNotFound, ErrState (agreed),
// sqlstore.ErrConflict.
func (s *Service) Change(ctx context.Context, cmd sqlstore.Command, person, id string, version int64, in Content) (
	Template, error) {
	return s.step(ctx, cmd, person, id, version, func(_ *gorm.DB, r *row, kept *stored) error {
		if err := s.check(&in); err != nil {
			return err
		}
		if r.State == Agreed {
			return ErrState
		}
		r.State, r.Department = Own, ""
		kept.Content, kept.Judge, kept.Reason = in, "", ""
		return nil
	})
}

// Propose offers an own template to its author's department: ErrNotFound, ErrState, ErrFull,
// practitioners.ErrNotApproved, sqlstore.ErrConflict.
func (s *Service) Propose(ctx context.Context, cmd sqlstore.Command, person, id string, version int64) (Template,
	error) {
	doctor, err := s.doctor(ctx, person)
	if err != nil {
		return Template{}, err
	}
	return s.step(ctx, cmd, person, id, version, func(tx *gorm.DB, r *row, kept *stored) error {
		if r.State != Own && r.State != Declined {
			return ErrState
		}
		if err := room(tx, MaxDepartment, "org = ? AND department = ? AND state IN ?", doctor.Org,
			doctor.Department, []State{Proposed, Agreed}); err != nil {
			return err
		}
		r.State, r.Department = Proposed, doctor.Department
		kept.Author, kept.Judge, kept.Reason = doctor.Name, "", ""
		return nil
	})
}

// Withdraw makes an own template its author's alone again: ErrNotFound, ErrState,
// sqlstore.ErrConflict.
func (s *Service) Withdraw(ctx context.Context, cmd sqlstore.Command, person, id string, version int64) (Template,
	error) {
	return s.step(ctx, cmd, person, id, version, func(_ *gorm.DB, r *row, kept *stored) error {
		if r.State == Own {
			return ErrState
		}
		r.State, r.Department = Own, ""
		kept.Judge, kept.Reason = "", ""
		return nil
	})
}

// Delete throws an own template away: ErrNotFound.
func (s *Service) Delete(ctx context.Context, cmd sqlstore.Command, person, id string) error {
	_, _, err := s.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		res := tx.Where("id = ? AND author = ?", id, person).Delete(&row{})
		if res.Error == nil && res.RowsAffected == 0 {
			return nil, ErrNotFound
		}
		return nil, res.Error
	})
	return err
}

// Judgement is what a reviewing pharmacist thinks of a template that a department wants.
type Judgement struct {
	Agree   bool   `json:"agree"`
	Reason  string `json:"reason,omitempty" maxLength:"500" doc:"Needed to decline" example:"剂量请按说明书"`
	Version int64  `json:"version" minimum:"1" doc:"Version that was seen" example:"2"`
}

// Judge accepts a proposed template, or declines a proposed or an agreed one: invalid.ErrInput,
// ErrNotFound, ErrOwnAuthor, ErrState, practitioners.ErrNotApproved, sqlstore.ErrConflict.
func (s *Service) Judge(ctx context.Context, cmd sqlstore.Command, person, id string, j Judgement) (Template, error) {
	if err := s.Register.InOffice(ctx, person); err != nil {
		return Template{}, err
	}
	judge, err := s.Register.Reviewer(ctx, person)
	if err != nil {
		return Template{}, err
	}
	least := 1
	if j.Agree {
		least = 0
	}
	var c invalid.Check
	c.That(text.Text(&j.Reason, least, MaxReason), "body.reason", text.LineRule(least, MaxReason))
	return s.once(ctx, cmd, person, func(tx *gorm.DB) (row, stored, error) {
		r, kept, err := s.load(tx, "id = ? AND org = ? AND state <> ?", id, judge.Hospital, Own)
		switch {
		case err != nil:
			return r, kept, err
		case judge.Is(r.Author):
			return r, kept, ErrOwnAuthor
		case c.Err() != nil:
			return r, kept, c.Err()
		case r.Version != j.Version:
			return r, kept, sqlstore.ErrConflict
		case j.Agree && r.State != Proposed, !j.Agree && r.State == Declined:
			return r, kept, ErrState
		}
		kept.Judge = judge.Name
		if r.State, kept.Reason = Agreed, ""; !j.Agree {
			r.State, kept.Reason = Declined, j.Reason
		}
		return r, kept, nil
	})
}

// Of are the templates that a doctor may write by: the own ones, and those that the own department
// agreed on, the latest changed first. One that cannot be read hides no other.
func (s *Service) Of(ctx context.Context, person string) ([]Template, error) {
	doctor, err := s.Register.Get(ctx, person)
	if err != nil {
		return nil, err
	}
	return s.list(ctx, person, func(tx *gorm.DB) *gorm.DB {
		return tx.Where("author = ? OR (org = ? AND department = ? AND state = ?)", person, doctor.Org,
			doctor.Department, Agreed).Order("changed_at DESC, id").Limit(MaxOwn + MaxDepartment)
	})
}

// Wanted are those that the pharmacist's hospital has or wants: what has waited longest for a
// judgement comes first, and what is agreed behind it. practitioners.ErrNotApproved.
func (s *Service) Wanted(ctx context.Context, person string) ([]Template, error) {
	if err := s.Register.InOffice(ctx, person); err != nil {
		return nil, err
	}
	judge, err := s.Register.Reviewer(ctx, person)
	if err != nil {
		return nil, err
	}
	return s.list(ctx, person, func(tx *gorm.DB) *gorm.DB {
		return tx.Where("org = ? AND state IN ?", judge.Hospital, []State{Proposed, Agreed}).
			Order("state DESC, changed_at, id").Limit(MaxDepartment * len(practitioners.Departments))
	})
}

// doctor is one in office.
func (s *Service) doctor(ctx context.Context, person string) (practitioners.Practitioner, error) {
	if err := s.Register.InOffice(ctx, person); err != nil {
		return practitioners.Practitioner{}, err
	}
	return s.Register.Get(ctx, person)
}

// room is ErrFull when as many rows as most are there.
func room(tx *gorm.DB, most int64, where string, args ...any) error {
	var n int64
	err := tx.Model(&row{}).Where(where, args...).Count(&n).Error
	if err == nil && n >= most {
		err = ErrFull
	}
	return err
}

// step changes one of the author's own templates.
func (s *Service) step(ctx context.Context, cmd sqlstore.Command, person, id string, version int64,
	change func(*gorm.DB, *row, *stored) error) (Template, error) {
	return s.once(ctx, cmd, person, func(tx *gorm.DB) (row, stored, error) {
		r, kept, err := s.load(tx, "id = ? AND author = ?", id, person)
		if err == nil && r.Version != version {
			err = sqlstore.ErrConflict
		}
		if err == nil {
			err = change(tx, &r, &kept)
		}
		return r, kept, err
	})
}

// once runs a command that makes or changes one template, which it stores as the next version.
func (s *Service) once(ctx context.Context, cmd sqlstore.Command, person string,
	fn func(*gorm.DB) (row, stored, error)) (Template, error) {
	t, _, err := sqlstore.Answer[Template](s.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		r, kept, err := fn(tx)
		if err != nil {
			return nil, err
		}
		plain, err := json.Marshal(kept)
		if err != nil {
			return nil, err
		}
		if r.Content, err = s.Box.Seal(plain, contentContext(r.ID)); err != nil {
			return nil, err
		}
		was, at := r.Version, s.Now()
		r.Version, r.ChangedAt = was+1, at.UnixMilli()
		if was == 0 {
			return view(r, kept, person), tx.Create(&r).Error
		}
		res := tx.Model(&row{}).Where("id = ? AND version = ?", r.ID, was).Select("*").Updates(&r)
		if res.Error == nil && res.RowsAffected == 0 {
			return nil, sqlstore.ErrConflict
		}
		if res.Error == nil && s.Notify != nil {
			res.Error = s.Notify(tx, Happened{r.ID, r.Org, r.Author, r.State, person, at})
		}
		return view(r, kept, person), res.Error
	}))
	return t, err
}

func (s *Service) load(tx *gorm.DB, where string, args ...any) (r row, kept stored, err error) {
	res := tx.Where(where, args...).Limit(1).Find(&r)
	if res.Error == nil && res.RowsAffected == 0 {
		return r, kept, ErrNotFound
	}
	if res.Error != nil {
		return r, kept, res.Error
	}
	kept, err = s.open(r)
	return r, kept, err
}

func (s *Service) open(r row) (kept stored, err error) {
	plain, err := s.Box.Open(r.Content, contentContext(r.ID))
	if err == nil {
		err = json.Unmarshal(plain, &kept)
	}
	return kept, err
}

func (s *Service) list(ctx context.Context, person string, query func(*gorm.DB) *gorm.DB) ([]Template, error) {
	tx := s.DB.WithContext(ctx)
	found, err := sqlstore.Rows[row](query(tx))
	if err != nil {
		return nil, err
	}
	return sqlstore.Readable(tx, row{}.TableName(), found, func(r row) string { return r.ID },
		func(r row) (Template, error) {
			kept, err := s.open(r)
			return view(r, kept, person), err
		})
}

func view(r row, kept stored, person string) Template {
	return Template{ID: r.ID, Content: kept.Content, State: r.State, Department: r.Department,
		Mine: r.Author == person, Author: kept.Author, Judge: kept.Judge, Reason: kept.Reason, Version: r.Version,
		ChangedAt: time.UnixMilli(r.ChangedAt).UTC()}
}
