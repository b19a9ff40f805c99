package practitioners

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/text"
)

// Limits of what a doctor says of the own work.
const (
	MaxSpecialties   = 10
	maxSpecialty     = 30
	maxIntroduction  = 1000
	maxLanguagesSpok = 6
)

// languages are those a doctor may say that a visit can be held in, by ISO 639.
var languages = []string{"zh", "yue", "en", "ug", "bo", "mn"}

// About is what a doctor says to patients of the own work. It is public, and nobody certifies it.
type About struct {
	Specialties  []string `json:"specialties" maxItems:"10" doc:"What the doctor treats (擅长)" example:"[\"高血压\",\"冠心病\"]"`
	Introduction string   `json:"introduction" maxLength:"1000" doc:"简介" example:"从事心血管内科临床工作二十余年"`
	Languages    []string `json:"languages" maxItems:"6" doc:"In which a visit can be held, ISO 639: zh, yue, en, ug, bo, mn" example:"[\"zh\",\"en\"]"`
}

type aboutRow struct {
	Person string `gorm:"primaryKey"`
	About  string
}

func (aboutRow) TableName() string { return "doctor_about" }

func (a *About) check() error {
	var c invalid.Check
	c.That(len(a.Specialties) <= MaxSpecialties, "body.specialties", fmt.Sprintf("at most %d", MaxSpecialties))
	for i := range a.Specialties {
		c.That(text.Line(&a.Specialties[i], 1, maxSpecialty), fmt.Sprintf("body.specialties[%d]", i),
			text.LineRule(1, maxSpecialty))
	}
	c.That(text.Text(&a.Introduction, 0, maxIntroduction), "body.introduction", text.LineRule(0, maxIntroduction))
	c.That(len(a.Languages) <= maxLanguagesSpok, "body.languages", fmt.Sprintf("at most %d", maxLanguagesSpok))
	for i, l := range a.Languages {
		c.That(slices.Contains(languages, l), fmt.Sprintf("body.languages[%d]", i), "zh, yue, en, ug, bo or mn")
	}
	return c.Err()
}

// SetAbout replaces what a doctor says of the own work: invalid.ErrInput, ErrNotApproved.
func (s *Service) SetAbout(ctx context.Context, cmd sqlstore.Command, person string, a About) (About, error) {
	if err := s.InOffice(ctx, person); err != nil {
		return About{}, err
	}
	if err := a.check(); err != nil {
		return About{}, err
	}
	stored, _, err := sqlstore.Answer[About](s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		b, err := json.Marshal(a)
		if err != nil {
			return nil, err
		}
		return a, tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&aboutRow{person, string(b)}).Error
	}))
	return stored, err
}

// AboutOf is what doctors say of their work, by person; who said nothing is missing. A row that
// cannot be read hides no doctor.
func (s *Service) AboutOf(ctx context.Context, people ...string) (map[string]About, error) {
	tx := s.db.WithContext(ctx)
	found, err := sqlstore.Rows[aboutRow](tx.Where("person IN ?", people))
	if err != nil {
		return nil, err
	}
	list := map[string]About{}
	for _, r := range sqlstore.Fit(tx, aboutRow{}.TableName(), found, func(r aboutRow) string { return r.Person }) {
		var a About
		if err := json.Unmarshal([]byte(r.About), &a); err != nil {
			sqlstore.Skip(tx, aboutRow{}.TableName(), r.Person, err)
			continue
		}
		list[r.Person] = a
	}
	return list, nil
}
