package consult

import (
	"context"
	"embed"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings this room's tables up to date.
func Migrate(ctx context.Context, db *sqlstore.DB) error {
	return db.Migrate(ctx, "consult", sqlstore.Sub(migrations))
}

type consultationRow struct {
	ID         string `gorm:"primaryKey"`
	Patient    string
	Guardian   string
	Doctor     string
	Department string
	FeeFen     int64
	State      string
	Intake     []byte
	Note       []byte
	Reason     []byte
	Version    int
	CreatedAt  int64 `gorm:"autoCreateTime:false"`
	AcceptedAt int64
	StartedAt  int64
	ClosedAt   int64
	SlotStart  int64
	SlotEnd    int64
	SlotNumber int
	WaitsFrom  int64
}

func (consultationRow) TableName() string { return "consultations" }

type noteRow struct {
	ConsultationID string `gorm:"primaryKey"`
	Version        int    `gorm:"primaryKey"`
	Note           []byte
	CreatedAt      int64 `gorm:"autoCreateTime:false"`
}

func (noteRow) TableName() string { return "consultation_notes" }

// Contexts of sealed columns: a value moved to another place does not open.
func intakeContext(id string) string      { return "consultations.intake/" + id }
func noteContext(id string, v int) string { return fmt.Sprintf("consultation_notes.note/%s/%d", id, v) }
func currentNoteContext(id string) string { return "consultations.note/" + id }
func reasonContext(id string) string      { return "consultations.reason/" + id }
func rowOf(box *keystore.Box, s Snapshot) (consultationRow, error) {
	row := consultationRow{
		ID: s.ID, Patient: s.Patient, Guardian: s.Guardian, Doctor: s.Doctor, Department: s.Department,
		FeeFen: s.FeeFen, State: string(s.State),
		Version: s.Version, CreatedAt: millis(s.CreatedAt), AcceptedAt: millis(s.AcceptedAt),
		StartedAt: millis(s.StartedAt), ClosedAt: millis(s.ClosedAt), WaitsFrom: millis(s.waitsFrom()),
	}
	if a := s.Appointment; a != nil {
		row.SlotStart, row.SlotEnd, row.SlotNumber = millis(a.Start), millis(a.End), a.Number
	}
	var err error
	if row.Intake, err = box.SealJSON(s.Intake, intakeContext(s.ID)); err != nil {
		return row, err
	}
	if s.Note.Version > 0 {
		if row.Note, err = box.SealJSON(s.Note, currentNoteContext(s.ID)); err != nil {
			return row, err
		}
	}
	if s.Reason != "" {
		row.Reason, err = box.Seal([]byte(s.Reason), reasonContext(s.ID))
	}
	return row, err
}

func (r consultationRow) snapshot(box *keystore.Box) (Snapshot, error) {
	s := Snapshot{
		ID: r.ID, Patient: r.Patient, Guardian: r.Guardian, Doctor: r.Doctor, Department: r.Department,
		FeeFen: r.FeeFen, State: State(r.State),
		Version: r.Version, CreatedAt: instant(r.CreatedAt), AcceptedAt: instant(r.AcceptedAt),
		StartedAt: instant(r.StartedAt), ClosedAt: instant(r.ClosedAt),
	}
	if r.SlotStart > 0 {
		s.Appointment = &Appointment{Start: instant(r.SlotStart), End: instant(r.SlotEnd), Number: r.SlotNumber}
	}
	if err := box.OpenJSON(r.Intake, intakeContext(r.ID), &s.Intake); err != nil {
		return s, err
	}
	if len(r.Note) > 0 {
		if err := box.OpenJSON(r.Note, currentNoteContext(r.ID), &s.Note); err != nil {
			return s, err
		}
	}
	if len(r.Reason) > 0 {
		reason, err := box.Open(r.Reason, reasonContext(r.ID))
		if err != nil {
			return s, err
		}
		s.Reason = string(reason)
	}
	return s, nil
}

// millis and instant keep "never" as 0 and the zero time.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
