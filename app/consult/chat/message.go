package chat

import (
	"cmp"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/app/triage"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/text"
)

// Limits of a stream.
const (
	MaxText       = 4000 // characters of one message
	MaxMessages   = 5000 // of one consultation
	MaxReplay     = 200  // messages of one page
	minClientID   = 8    // characters of a client message id, those of an Idempotency-Key
	maxClientID   = 128
	reservedSpace = 20 // messages of the system still fit into a full stream
)

// Kind is what a message is.
type Kind string

// Kinds of messages.
const (
	KindText  Kind = "text"
	KindImage Kind = "image" // Text is empty, File names the picture
	// KindSystem: Text is a state, or what became of a prescription of the visit and by whom:
	// "rx-claimed 康民大药房". The client says it in its own language.
	KindSystem Kind = "system"
)

// Message is one message of a consultation's stream.
type Message struct {
	Seq      int64     `json:"seq" doc:"1, 2, 3 … within the consultation, without gap" example:"7"`
	ClientID string    `json:"clientId" example:"6f1c2b9e-3b0f"`
	Sender   Side      `json:"sender" enum:"patient,doctor,system"`
	Kind     Kind      `json:"kind" enum:"text,image,system"`
	Text     string    `json:"text,omitempty" example:"您好，咳嗽三天了"`
	File     string    `json:"file,omitempty" doc:"Id of a picture of this consultation" example:"F7k2mq4xw5zt3yb6nc2da"`
	By       string    `json:"by,omitempty" doc:"Person id of who wrote it in the side's place: a guardian or relative. Left out where the patient or the visit's doctor wrote, and of messages older than this note" example:"u7k2mq4xw5zt3yb6nc2da"`
	ByName   string    `json:"byName,omitempty" doc:"Name of that one, as far as it is known now" example:"陈晓燕"`
	At       time.Time `json:"at"`
	// Sign is found at reading, and kept nowhere.
	Sign *triage.Sign `json:"sign,omitempty" doc:"While the visit waits: a sign of danger in what the patient wrote. No conclusion; left out once the visit has begun"`
}

// Outgoing is a message to send. ClientID is chosen by the sender, new for every message.
type Outgoing struct {
	ClientID string
	Kind     Kind
	Text     string
	File     string
}

func (o *Outgoing) check() error {
	var c invalid.Check
	c.That(text.Plain(o.ClientID) && inRange(o.ClientID, minClientID, maxClientID), "clientId",
		text.LineRule(minClientID, maxClientID))
	switch o.Kind {
	case KindText:
		c.That(text.Text(&o.Text, 1, MaxText), "text", text.LineRule(1, MaxText))
		c.That(o.File == "", "file", "only for an image")
	case KindImage:
		c.That(o.Text == "", "text", "only for a text")
		c.That(o.File != "", "file", "id of an uploaded picture")
	default:
		c.That(false, "kind", "text or image")
	}
	return c.Err()
}

// body is what is sealed of a message.
type body struct {
	Text string `json:"text,omitempty"`
	File string `json:"file,omitempty"`
	By   string `json:"by,omitempty"` // person who wrote it; empty: nobody noted it
}

// lockStream reads a stream's row and, in PostgreSQL, holds it: numbers are given out one after the
// other.
func lockStream(tx *gorm.DB, id string) (streamRow, error) {
	var row streamRow
	res := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("consultation_id = ?", id).Limit(1).Find(&row)
	if res.Error == nil && res.RowsAffected == 0 {
		return row, ErrNotFound
	}
	return row, res.Error
}

// append gives a person's message the stream's next number; the caller holds the stream. by is
// empty for the system's.
func (s *Streams) append(tx *gorm.DB, stream streamRow, sender Side, by string, out Outgoing, at time.Time) (Message,
	error) {
	m := Message{Seq: stream.LastSeq + 1, ClientID: out.ClientID, Sender: sender, Kind: out.Kind, Text: out.Text,
		File: out.File, By: by, At: at.UTC().Truncate(time.Millisecond)}
	sealed, err := s.box.SealJSON(body{m.Text, m.File, m.By}, bodyContext(stream.ConsultationID, m.Seq))
	if err != nil {
		return m, err
	}
	row := messageRow{ConsultationID: stream.ConsultationID, Seq: m.Seq, Sender: string(sender), ClientID: out.ClientID,
		Kind: string(out.Kind), Body: sealed, CreatedAt: at.UnixMilli()}
	if err := tx.Create(&row).Error; err != nil {
		return m, err
	}
	return m, tx.Model(&streamRow{}).Where("consultation_id = ?", stream.ConsultationID).Update("last_seq", m.Seq).Error
}

// sent finds a sender's message by its client id; nil when there is none.
func (s *Streams) sent(tx *gorm.DB, id string, sender Side, clientID string) (*Message, error) {
	var row messageRow
	res := tx.Where("consultation_id = ? AND sender = ? AND client_id = ?", id, sender, clientID).Limit(1).Find(&row)
	if res.Error != nil || res.RowsAffected == 0 {
		return nil, res.Error
	}
	m, err := s.message(row)
	return &m, err
}

func (s *Streams) message(r messageRow) (Message, error) {
	var b body
	err := s.box.OpenJSON(r.Body, bodyContext(r.ConsultationID, r.Seq), &b)
	return Message{Seq: r.Seq, ClientID: r.ClientID, Sender: Side(r.Sender), Kind: Kind(r.Kind), Text: b.Text,
		File: b.File, By: b.By, At: time.UnixMilli(r.CreatedAt).UTC()}, err
}

// unreadableText stands in the place of a message that cannot be read.
const unreadableText = "（此消息已损坏，无法读取 · this message is damaged and cannot be read）"

// after lists at most n messages above a number, in order.
func (s *Streams) after(tx *gorm.DB, id string, since int64, n int) ([]Message, error) {
	found, err := sqlstore.Rows[messageRow](
		tx.Where("consultation_id = ? AND seq > ?", id, since).Order("seq").Limit(n))
	if err != nil {
		return nil, err
	}
	list := make([]Message, len(found.Rows))
	for i, r := range found.Rows {
		m, err := s.message(r)
		if err = cmp.Or(found.Err(i), err); err != nil { // it keeps its number: readers wait for one that is missing
			sqlstore.Skip(tx, messageRow{}.TableName(), fmt.Sprintf("%s/%d", id, r.Seq), err)
			m.Kind, m.Text, m.File, m.By = KindText, unreadableText, "", ""
		}
		list[i] = m
	}
	return list, nil
}

// Notice puts a message of another room into a visit's stream, within tx, once for each key;
// Noticed wakes its readers after the commit. ErrNotFound.
func (s *Streams) Notice(tx *gorm.DB, id, key, text string, at time.Time) error {
	stream, err := lockStream(tx, id)
	if err != nil {
		return err
	}
	if old, err := s.sent(tx, id, SideSystem, key); old != nil || err != nil {
		return err
	}
	_, err = s.append(tx, stream, SideSystem, "", Outgoing{ClientID: key, Kind: KindSystem, Text: text}, at)
	return err
}

// Noticed wakes the readers of a visit's stream.
func (s *Streams) Noticed(id string) { s.hub.Wake(id, 0) }

// Heads are the streams of visits, with what a side has not read yet, by visit. Unread counts what
// the other side wrote above the side's read mark. Steps of the visit are not counted: its state
// tells them, and a doctor who ends a visit would leave himself something unread.
func (s *Streams) Heads(tx *gorm.DB, ids []string, side Side) (map[string]Head, error) {
	found, err := sqlstore.Rows[streamRow](tx.Where("consultation_id IN ?", ids))
	if err != nil {
		return nil, err
	}
	out := make(map[string]Head, len(ids))
	for _, r := range sqlstore.Fit(tx, streamRow{}.TableName(), found,
		func(r streamRow) string { return r.ConsultationID }) {
		out[r.ConsultationID] = Head{Epoch: r.Epoch, LastSeq: r.LastSeq}
	}
	other, mark := SideDoctor, "patient_read"
	if side == SideDoctor {
		other, mark = SidePatient, "doctor_read"
	}
	var rows []struct {
		ID string
		N  int64
	}
	err = tx.Table("chat_streams AS s").Select("s.consultation_id AS id, COUNT(m.seq) AS n").
		Joins("JOIN chat_messages m ON m.consultation_id = s.consultation_id AND m.sender = ? AND m.seq > s."+mark, other).
		Where("s.consultation_id IN ?", ids).Group("s.consultation_id").Scan(&rows).Error
	for _, r := range rows {
		h := out[r.ID]
		h.Unread = r.N
		out[r.ID] = h
	}
	return out, err
}

// Said are the texts that the patient's side wrote among the last n messages of each visit, the
// newest first, by visit. What cannot be read is left out.
func (s *Streams) Said(tx *gorm.DB, visits []string, n int) (map[string][]string, error) {
	found, err := sqlstore.Rows[messageRow](tx.
		Where("consultation_id IN ? AND sender = ? AND kind = ?", visits, SidePatient, KindText).
		Where("seq > (SELECT last_seq FROM chat_streams s WHERE s.consultation_id = chat_messages.consultation_id) - ?", n).
		Order("consultation_id, seq DESC"))
	if err != nil {
		return nil, err
	}
	out := map[string][]string{}
	for i, r := range found.Rows {
		m, err := s.message(r)
		if err = cmp.Or(found.Err(i), err); err != nil {
			sqlstore.Skip(tx, messageRow{}.TableName(), fmt.Sprintf("%s/%d", r.ConsultationID, r.Seq), err)
			continue
		}
		out[r.ConsultationID] = append(out[r.ConsultationID], m.Text)
	}
	return out, nil
}

// errSeen stops a transaction that found its message sent already.
var errSeen = errors.New("chat: message seen before")

func inRange(s string, low, high int) bool {
	n := utf8.RuneCountInString(s)
	return n >= low && n <= high
}
