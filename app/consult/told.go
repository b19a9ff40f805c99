package consult

import (
	"context"
	"time"

	"gorm.io/gorm"
)

// HappenedNote is what happened when the doctor saved a version of the note.
const HappenedNote = "note"

// Happening is something that happened to a visit, without a word of what was said.
type Happening struct {
	Visit   string
	Patient string // person ids
	Doctor  string
	What    string // a State, HappenedNote, chat.HappenedMessage or chat.HappenedRead
	By      string // person id; empty: nobody, its time was over
	At      time.Time
}

// Tell hears of a visit's happenings, in their transactions.
type Tell func(tx *gorm.DB, h Happening) error

// happened tells whoever is to hear of it, in the transaction in which it happens.
func (s *Service) happened(tx *gorm.DB, c *Consultation, what, by string, at time.Time) error {
	if s.tell == nil {
		return nil
	}
	return s.tell(tx, Happening{Visit: c.s.ID, Patient: c.s.Patient, Doctor: c.s.Doctor, What: what, By: by, At: at})
}

// announceState puts the consultation's new state into its stream, in the same transaction.
func (s *Service) announceState(tx *gorm.DB, c *Consultation, person string, at time.Time) error {
	state := string(c.s.State)
	if err := s.Notice(tx, c.s.ID, "state-"+state, state, at); err != nil {
		return err
	}
	return s.happened(tx, c, state, person, at)
}

// streamed is what the streams ask of their visits.
type streamed struct{ *Service }

// Reads is chat.Visits.
func (s streamed) Reads(tx *gorm.DB, person, visit string) (Side, string, error) {
	c, side, err := s.sided(tx, person, visit)
	if err != nil {
		return "", "", err
	}
	return side, string(c.s.State), nil
}

// Writes is chat.Visits.
func (s streamed) Writes(tx *gorm.DB, person, visit string) (Side, error) {
	c, side, err := s.sided(tx, person, visit)
	if err != nil {
		return "", err
	}
	return side, c.May(DoWrite, side)
}

// WroteFor is chat.Visits.
func (s streamed) WroteFor(ctx context.Context, visit, by string) (bool, string, error) {
	c, err := s.store.load(s.db.WithContext(ctx), visit)
	if err != nil || by == c.s.Patient || by == c.s.Doctor {
		return false, "", err
	}
	if s.writers == nil {
		return true, "", nil
	}
	return s.writers(ctx, c.s.Patient, by)
}

// Happened is chat.Visits.
func (s streamed) Happened(tx *gorm.DB, visit, what, by string, at time.Time) error {
	c, err := s.store.load(tx, visit)
	if err != nil {
		return err
	}
	return s.happened(tx, c, what, by, at)
}
