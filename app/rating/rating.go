// Package rating keeps what patients thought of their visits (评价): one to five stars and a few
// words, once for each visit that the doctor finished.
//
// It promises that a doctor learns nothing about who rated: ratings wait until Least different
// patients have given some, and are then shown together, in average and words, without a name, a
// visit or a day, in an order that tells nothing. A rating that is changed waits anew.
package rating

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"math"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/text"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings this room's table up to date.
func Migrate(ctx context.Context, db *sqlstore.DB) error {
	return db.Migrate(ctx, "rating", sqlstore.Sub(migrations))
}

// What holds of ratings.
const (
	MaxStars = 5
	MaxWords = 500 // characters
	// Least is of how many patients ratings wait before anybody sees an average or a word of them.
	Least = 5
	// Within is how long after its end a visit can be rated; Editable is how long a rating can be
	// changed.
	Within   = 90 * 24 * time.Hour
	Editable = 7 * 24 * time.Hour
	// MaxWordsList is how many of the latest ratings a doctor reads.
	MaxWordsList = 100
)

// Errors of this package, beside invalid.ErrInput and what Visits refuse.
var (
	// ErrVisit: only a visit that its doctor has finished is rated, by its patient's side.
	ErrVisit = errors.New("rating: only a finished visit is rated, by the patient's side")
	// ErrClosed: the visit is too old to be rated, or its rating too old to be changed.
	ErrClosed = errors.New("rating: too late for this visit")
)

// Rating is what the patient's side thought of a visit.
type Rating struct {
	Stars int       `json:"stars" minimum:"0" maximum:"5" doc:"1 to 5; 0: the visit is not rated yet" example:"5"`
	Words string    `json:"words" maxLength:"500" doc:"The doctor reads them without a name; empty: none" example:"解释得很清楚"`
	At    time.Time `json:"at,omitzero" doc:"When it was given first"`
	Until time.Time `json:"until,omitzero" doc:"It can be changed before"`
}

// Said is a rating as its doctor reads it: without a name, a visit and a day.
type Said struct {
	Stars int    `json:"stars" example:"5"`
	Words string `json:"words" example:"解释得很清楚"`
}

// Heard is what a doctor reads of all ratings.
type Heard struct {
	Average float64 `json:"average,omitempty" doc:"1 to 5, one decimal" example:"4.8"`
	Count   int     `json:"count" doc:"Those that are shown" example:"23"`
	Least   int     `json:"least" doc:"Ratings are shown together as soon as this many patients have given new ones" example:"5"`
	Said    []Said  `json:"said" doc:"Of the latest hundred, in no order that tells who said it"`
}

// Visit is what this room must know of a visit.
type Visit struct {
	Doctor   string
	Of       string    // its patient
	Finished time.Time // zero: its doctor has not finished it
	Patient  bool      // the caller is on the patient's side
}

// Visits tells of a visit to somebody who is on one of its sides; what it refuses comes back.
type Visits interface {
	RatedVisit(ctx context.Context, person, visit string) (Visit, error)
}

// Service keeps the ratings. It is safe for concurrent use.
type Service struct {
	DB     *sqlstore.DB
	Box    *keystore.Box
	Visits Visits
	Now    func() time.Time
}

type row struct {
	Visit     string `gorm:"primaryKey"`
	Doctor    string
	Stars     int
	Words     []byte
	CreatedAt int64 `gorm:"autoCreateTime:false"`
	ChangedAt int64
	Rater     string
	Shown     int
}

func (row) TableName() string { return "visit_ratings" }

func wordsContext(visit string) string { return "visit_ratings.words/" + visit }

// Rate gives or changes a visit's rating: invalid.ErrInput, ErrVisit, ErrClosed and what Visits
// refuse.
func (s *Service) Rate(ctx context.Context, cmd sqlstore.Command, person, visit string, r Rating) (Rating, error) {
	var c invalid.Check
	c.That(r.Stars >= 1 && r.Stars <= MaxStars, "body.stars", "1 to 5")
	c.That(text.Text(&r.Words, 0, MaxWords), "body.words", text.LineRule(0, MaxWords))
	v, err := s.visit(ctx, person, visit)
	if err != nil {
		return Rating{}, err
	}
	if err := c.Err(); err != nil {
		return Rating{}, err
	}
	kept, _, err := sqlstore.Answer[Rating](s.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		at := s.Now()
		was, err := find(tx, visit)
		if err != nil {
			return nil, err
		}
		now := row{Visit: visit, Doctor: v.Doctor, Stars: r.Stars, CreatedAt: at.UnixMilli(), ChangedAt: at.UnixMilli(),
			Rater: s.Box.Index(v.Of, "visit_ratings.rater")}
		switch {
		case was == nil && !at.Before(v.Finished.Add(Within)):
			return nil, ErrClosed
		case was != nil && !at.Before(time.UnixMilli(was.CreatedAt).Add(Editable)):
			return nil, ErrClosed
		case was != nil:
			now.CreatedAt = was.CreatedAt
		}
		if now.Words, err = s.Box.Seal([]byte(r.Words), wordsContext(visit)); err != nil {
			return nil, err
		}
		if err := tx.Save(&now).Error; err != nil {
			return nil, err
		}
		return now.rating(r.Words), show(tx, v.Doctor)
	}))
	return kept, err
}

// show shows what waits of a doctor once Least patients stand behind it.
func show(tx *gorm.DB, doctor string) error {
	var raters int64
	err := tx.Model(&row{}).Where("doctor = ? AND shown = 0", doctor).Distinct("rater").Count(&raters).Error
	if err != nil || raters < Least {
		return err
	}
	return tx.Model(&row{}).Where("doctor = ? AND shown = 0", doctor).Update("shown", 1).Error
}

// Of is a finished visit's rating, for its patient's side, without stars while there is none:
// ErrVisit and what Visits refuse.
func (s *Service) Of(ctx context.Context, person, visit string) (Rating, error) {
	if _, err := s.visit(ctx, person, visit); err != nil {
		return Rating{}, err
	}
	r, err := find(s.DB.WithContext(ctx), visit)
	if err != nil || r == nil {
		return Rating{}, err
	}
	words, err := s.Box.Open(r.Words, wordsContext(visit))
	return r.rating(string(words)), err
}

func (s *Service) visit(ctx context.Context, person, visit string) (Visit, error) {
	v, err := s.Visits.RatedVisit(ctx, person, visit)
	if err == nil && (!v.Patient || v.Finished.IsZero()) {
		err = ErrVisit
	}
	return v, err
}

func (r row) rating(words string) Rating {
	at := time.UnixMilli(r.CreatedAt).UTC()
	return Rating{Stars: r.Stars, Words: words, At: at, Until: at.Add(Editable)}
}

func find(tx *gorm.DB, visit string) (*row, error) {
	var r row
	res := tx.Where("visit = ?", visit).Limit(1).Find(&r)
	if res.Error != nil || res.RowsAffected == 0 {
		return nil, res.Error
	}
	return &r, nil
}

// Averages are those of doctors of whom Least ratings or more are shown, by doctor.
func (s *Service) Averages(ctx context.Context, doctors []string) (map[string]practitioners.Rating, error) {
	var rows []struct {
		Doctor string
		Sum    int64
		N      int
	}
	err := s.DB.WithContext(ctx).Model(&row{}).Select("doctor, sum(stars) AS sum, count(*) AS n").
		Where("doctor IN ? AND shown = 1", doctors).Group("doctor").Having("count(*) >= ?", Least).Scan(&rows).Error
	list := make(map[string]practitioners.Rating, len(rows))
	for _, r := range rows {
		list[r.Doctor] = practitioners.Rating{Average: math.Round(float64(r.Sum)*10/float64(r.N)) / 10, Count: r.N}
	}
	return list, err
}

// Heard is what a doctor reads. A row that cannot be opened hides no other.
func (s *Service) Heard(ctx context.Context, doctor string) (Heard, error) {
	tx := s.DB.WithContext(ctx)
	heard := Heard{Least: Least, Said: []Said{}}
	var n int64
	err := tx.Model(&row{}).Where("doctor = ? AND shown = 1", doctor).Count(&n).Error
	if err != nil || n < Least {
		return heard, err
	}
	heard.Count = int(n)
	averages, err := s.Averages(ctx, []string{doctor})
	if err != nil {
		return heard, err
	}
	heard.Average = averages[doctor].Average
	found, err := sqlstore.Rows[row](tx.Where("doctor = ? AND shown = 1", doctor).Order("created_at DESC, visit").
		Limit(MaxWordsList))
	if err != nil {
		return heard, err
	}
	said, err := sqlstore.Readable(tx, row{}.TableName(), found, func(r row) string { return r.Visit },
		func(r row) (Said, error) {
			words, err := s.Box.Open(r.Words, wordsContext(r.Visit))
			return Said{r.Stars, string(words)}, err
		})
	// by what is said, so that the order tells no day
	slices.SortFunc(said, func(a, b Said) int { return cmp.Or(b.Stars-a.Stars, cmp.Compare(a.Words, b.Words)) })
	heard.Said = append(heard.Said, said...)
	return heard, err
}
