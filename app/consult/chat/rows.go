package chat

import "fmt"

// The tables are made by the migrations of package consult: streams are as old as visits.

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
func bodyContext(id string, seq int64) string {
	return fmt.Sprintf("chat_messages.body/%s/%d", id, seq)
}
func fileContext(id string) string { return "chat_files.body/" + id }
