package gormstore

import (
	"cmp"
	"context"
	"fmt"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
)

// auditPage is how many prescriptions one read of an audit takes, with their events: some 2 MB.
const auditPage = 100

// Stored is a prescription as it lies in the database, with everything that hangs on it. Nothing is
// hidden by an error: what cannot be read says so and the rest is there all the same.
type Stored struct {
	ID      string
	State   lifecycle.State
	Err     error    // why State is not to be had; prescription.ErrNotFound for events or tags without a prescription
	Columns []string // columns that do not say what the sealed state says
	Events  []StoredEvent
	Tags    []StoredTag
}

// StoredEvent is an event, or why it cannot be read; its plain columns are there in either case.
type StoredEvent struct {
	lifecycle.Event
	Err error
}

// StoredTag is a use-once tag.
type StoredTag struct{ Tag, Record string }

// Each calls fn with everything stored, for audits: in one pass over each table, a page at a time.
func (s *Store) Each(ctx context.Context, db *gorm.DB, fn func([]Stored) error) error {
	db = db.WithContext(ctx)
	for after := ""; ; {
		found, err := sqlstore.Rows[row](db.Where("id > ?", after).Order("id").Limit(auditPage))
		if err != nil {
			return err
		}
		rows := found.Rows
		p := auditedPage{at: map[string]int{}}
		for i, r := range rows {
			if err := found.Err(i); err != nil {
				p.add(Stored{ID: r.ID, Err: err})
				continue
			}
			p.add(s.stored(r))
		}
		span := db.Where("prescription > ?", after)
		last := len(rows) < auditPage
		if !last {
			after = rows[len(rows)-1].ID
			span = span.Where("prescription <= ?", after)
		}
		if err := s.hang(span, &p); err != nil {
			return err
		}
		if err := fn(p.list); err != nil || last {
			return err
		}
	}
}

// auditedPage collects a page by prescription.
type auditedPage struct {
	list []Stored
	at   map[string]int
}

func (p *auditedPage) add(s Stored) {
	p.at[s.ID] = len(p.list)
	p.list = append(p.list, s)
}

func (p *auditedPage) of(id string) *Stored {
	if _, known := p.at[id]; !known {
		p.add(Stored{ID: id, Err: prescription.ErrNotFound})
	}
	return &p.list[p.at[id]]
}

func (s *Store) stored(r row) Stored {
	out := Stored{ID: r.ID}
	p, err := s.restore(r)
	if err != nil {
		out.Err = err
		return out
	}
	out.State = p.State()
	want, err := s.row(p, r.Version)
	if err != nil {
		out.Err = err
		return out
	}
	for _, c := range []struct {
		name  string
		equal bool
	}{
		{"hospital", r.Hospital == want.Hospital}, {"patient", r.Patient == want.Patient},
		{"guardian", r.Guardian == want.Guardian},
		{"doctor", r.Doctor == want.Doctor}, {"pharmacy", r.Pharmacy == want.Pharmacy},
		{"refund", r.Refund == want.Refund},
		{"drafted_at", r.DraftedAt == want.DraftedAt}, {"updated_at", r.UpdatedAt == want.UpdatedAt},
		{"expires_at", r.ExpiresAt == want.ExpiresAt},
		{"received_at", r.ReceivedAt == want.ReceivedAt},
		{"visit", r.Visit == "" || r.Visit == want.Visit}, // empty: an older installation that was not started since
	} {
		if !c.equal {
			out.Columns = append(out.Columns, c.name)
		}
	}
	return out
}

// hang reads the events and tags of a span.
func (s *Store) hang(span *gorm.DB, p *auditedPage) error {
	span = span.Session(&gorm.Session{})
	events, err := sqlstore.Rows[eventRow](span.Order("prescription, seq"))
	if err != nil {
		return fmt.Errorf("events: %w", err)
	}
	for i, r := range events.Rows {
		ev, err := s.event(r)
		if err = cmp.Or(events.Err(i), err); err != nil {
			ev = r.plain()
		}
		of := p.of(r.Prescription)
		of.Events = append(of.Events, StoredEvent{ev, err})
	}
	var tags []tagRow
	if err := span.Order("prescription, tag").Find(&tags).Error; err != nil {
		return fmt.Errorf("trace codes: %w", err)
	}
	for _, r := range tags {
		of := p.of(r.Prescription)
		of.Tags = append(of.Tags, StoredTag{r.Tag, r.Record})
	}
	return nil
}

// Absent returns those of ids that the database has no prescription of.
func Absent(db *gorm.DB, ids []string) ([]string, error) {
	return sqlstore.Absent(db.Model(&row{}), "id", ids)
}
