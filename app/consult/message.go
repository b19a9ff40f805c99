package consult

import (
	"cmp"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/text"
)

// Limits of a stream.
const (
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
	At       time.Time `json:"at"`
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

// append gives a message the stream's next number; the caller holds the stream.
func (st store) append(tx *gorm.DB, stream streamRow, sender Side, out Outgoing, at time.Time) (Message, error) {
	m := Message{Seq: stream.LastSeq + 1, ClientID: out.ClientID, Sender: sender, Kind: out.Kind, Text: out.Text,
		File: out.File, At: instant(millis(at))}
	sealed, err := sealJSON(st.box, body{m.Text, m.File}, bodyContext(stream.ConsultationID, m.Seq))
	if err != nil {
		return m, err
	}
	row := messageRow{ConsultationID: stream.ConsultationID, Seq: m.Seq, Sender: string(sender), ClientID: out.ClientID,
		Kind: string(out.Kind), Body: sealed, CreatedAt: millis(at)}
	if err := tx.Create(&row).Error; err != nil {
		return m, err
	}
	return m, tx.Model(&streamRow{}).Where("consultation_id = ?", stream.ConsultationID).Update("last_seq", m.Seq).Error
}

// sent finds a sender's message by its client id; nil when there is none.
func (st store) sent(tx *gorm.DB, id string, sender Side, clientID string) (*Message, error) {
	var row messageRow
	res := tx.Where("consultation_id = ? AND sender = ? AND client_id = ?", id, sender, clientID).Limit(1).Find(&row)
	if res.Error != nil || res.RowsAffected == 0 {
		return nil, res.Error
	}
	m, err := st.message(row)
	return &m, err
}

func (st store) message(r messageRow) (Message, error) {
	var b body
	err := openJSON(st.box, r.Body, bodyContext(r.ConsultationID, r.Seq), &b)
	return Message{Seq: r.Seq, ClientID: r.ClientID, Sender: Side(r.Sender), Kind: Kind(r.Kind), Text: b.Text,
		File: b.File, At: instant(r.CreatedAt)}, err
}

// unreadableText stands in the place of a message that cannot be read.
const unreadableText = "（此消息已损坏，无法读取 · this message is damaged and cannot be read）"

// after lists at most n messages above a number, in order.
func (st store) after(tx *gorm.DB, id string, since int64, n int) ([]Message, error) {
	found, err := sqlstore.Rows[messageRow](
		tx.Where("consultation_id = ? AND seq > ?", id, since).Order("seq").Limit(n))
	if err != nil {
		return nil, err
	}
	list := make([]Message, len(found.Rows))
	for i, r := range found.Rows {
		m, err := st.message(r)
		if err = cmp.Or(found.Err(i), err); err != nil { // it keeps its number: readers wait for one that is missing
			sqlstore.Skip(tx, messageRow{}.TableName(), fmt.Sprintf("%s/%d", id, r.Seq), err)
			m.Kind, m.Text, m.File = KindText, unreadableText, ""
		}
		list[i] = m
	}
	return list, nil
}

// announceState puts the consultation's new state into its stream, in the same transaction.
func (s *Service) announceState(tx *gorm.DB, c *Consultation, person string, at time.Time) error {
	v := c.Snapshot()
	stream, err := lockStream(tx, v.ID)
	if err != nil {
		return err
	}
	_, err = s.store.append(tx, stream, SideSystem,
		Outgoing{ClientID: "state-" + string(v.State), Kind: KindSystem, Text: string(v.State)}, at)
	if err != nil {
		return err
	}
	return s.happened(tx, c, string(v.State), person, at)
}

// Notice puts a message of another room into a visit's stream, within tx, once for each key;
// Noticed wakes its readers after the commit. ErrNotFound.
func (s *Service) Notice(tx *gorm.DB, id, key, text string, at time.Time) error {
	stream, err := lockStream(tx, id)
	if err != nil {
		return err
	}
	if old, err := s.store.sent(tx, id, SideSystem, key); old != nil || err != nil {
		return err
	}
	_, err = s.store.append(tx, stream, SideSystem, Outgoing{ClientID: key, Kind: KindSystem, Text: text}, at)
	return err
}

// Noticed wakes the readers of a visit's stream.
func (s *Service) Noticed(id string) { s.hub.Wake(id, 0) }

func streamsOf(tx *gorm.DB, ids []string) (map[string]streamRow, error) {
	found, err := sqlstore.Rows[streamRow](tx.Where("consultation_id IN ?", ids))
	if err != nil {
		return nil, err
	}
	out := make(map[string]streamRow, len(ids))
	for _, r := range sqlstore.Fit(tx, streamRow{}.TableName(), found,
		func(r streamRow) string { return r.ConsultationID }) {
		out[r.ConsultationID] = r
	}
	return out, nil
}

// unreadOf counts, per consultation, what the other side wrote above the person's read mark. Steps
// of the visit are not counted: its state tells them, and a doctor who ends a visit would leave
// himself something unread.
func unreadOf(tx *gorm.DB, ids []string, person string) (map[string]int64, error) {
	var rows []struct {
		ID string
		N  int64
	}
	err := tx.Raw(`SELECT c.id AS id, COUNT(m.seq) AS n FROM consultations c
		JOIN chat_streams s ON s.consultation_id = c.id
		JOIN chat_messages m ON m.consultation_id = c.id
			AND m.sender = (CASE WHEN c.doctor = @person THEN 'patient' ELSE 'doctor' END)
			AND m.seq > (CASE WHEN c.doctor = @person THEN s.doctor_read ELSE s.patient_read END)
		WHERE c.id IN @ids GROUP BY c.id`, map[string]any{"person": person, "ids": ids}).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	out := make(map[string]int64, len(rows))
	for _, r := range rows {
		out[r.ID] = r.N
	}
	return out, nil
}

// errSeen stops a transaction that found its message sent already.
var errSeen = errors.New("consult: message seen before")

func inRange(s string, low, high int) bool {
	n := utf8.RuneCountInString(s)
	return n >= low && n <= high
}
