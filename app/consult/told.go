package consult

import (
	"time"

	"github.com/redis/go-redis/v9"
	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/wake"
)

// NewHub makes the hub that wakes the readers of consultations; client may be nil when there is one
// instance only.
func NewHub(client redis.UniversalClient) *wake.Hub {
	return wake.New(client, "hospital:chat", ValidID)
}

// What happens to a visit beside its states.
const (
	HappenedMessage = "message" // somebody wrote
	HappenedRead    = "read"    // a side has read what the other wrote
)

// Happening is something that happened to a visit, without a word of what was said.
type Happening struct {
	Visit   string
	Patient string // person ids
	Doctor  string
	What    string // a State, HappenedMessage or HappenedRead
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
