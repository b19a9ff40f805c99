package consult

import (
	"context"
	"embed"
	"encoding/json"
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

type streamRow struct {
	ConsultationID string `gorm:"primaryKey"`
	Epoch          string
	LastSeq        int64
	PatientRead    int64
	DoctorRead     int64
	Files          int64
}

func (streamRow) TableName() string { return "chat_streams" }

type messageRow struct {
	ConsultationID string `gorm:"primaryKey"`
	Seq            int64  `gorm:"primaryKey;autoIncrement:false"`
	Sender         string
	ClientID       string
	Kind           string
	Body           []byte
	CreatedAt      int64 `gorm:"autoCreateTime:false"`
}

func (messageRow) TableName() string { return "chat_messages" }

type fileRow struct {
	ID             string `gorm:"primaryKey"`
	ConsultationID string
	Sender         string
	Person         string
	MediaType      string
	Size           int64
	Parts          int
	Body           []byte
	CreatedAt      int64 `gorm:"autoCreateTime:false"`
}

func (fileRow) TableName() string { return "chat_files" }

type partRow struct {
	File      string `gorm:"primaryKey"`
	N         int    `gorm:"primaryKey;autoIncrement:false"`
	Body      []byte
	CreatedAt int64 `gorm:"autoCreateTime:false"`
}

func (partRow) TableName() string { return "chat_file_parts" }

// Contexts of sealed columns: a value moved to another place does not open.
func intakeContext(id string) string      { return "consultations.intake/" + id }
func noteContext(id string, v int) string { return fmt.Sprintf("consultation_notes.note/%s/%d", id, v) }
func currentNoteContext(id string) string { return "consultations.note/" + id }
func reasonContext(id string) string      { return "consultations.reason/" + id }
func bodyContext(id string, seq int64) string {
	return fmt.Sprintf("chat_messages.body/%s/%d", id, seq)
}
func fileContext(id string) string { return "chat_files.body/" + id }

func sealJSON(box *keystore.Box, v any, place string) ([]byte, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return box.Seal(b, place)
}

func openJSON(box *keystore.Box, sealed []byte, place string, v any) error {
	b, err := box.Open(sealed, place)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, v)
}

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
	if row.Intake, err = sealJSON(box, s.Intake, intakeContext(s.ID)); err != nil {
		return row, err
	}
	if s.Note.Version > 0 {
		if row.Note, err = sealJSON(box, s.Note, currentNoteContext(s.ID)); err != nil {
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
	if err := openJSON(box, r.Intake, intakeContext(r.ID), &s.Intake); err != nil {
		return s, err
	}
	if len(r.Note) > 0 {
		if err := openJSON(box, r.Note, currentNoteContext(r.ID), &s.Note); err != nil {
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
