package chat

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/app/picture"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Limits of pictures. What an account may put on the disk is bounded by visit and by day.
const (
	MaxPicture      = picture.MaxBytes
	MaxPictures     = 100       // of one consultation
	MaxDayPictures  = 60        // of one person in pictureDay
	MaxDayBytes     = 120 << 20 // the same, as they are kept
	MaxVisitBytes   = 150 << 20 // of one consultation, both sides together
	pictureDay      = 24 * time.Hour
	picturePart     = 256 << 10 // sealed bytes that one transaction writes: others write in between
	pictureOrphaned = time.Hour // parts without a card are thrown away after this long
)

// File is a picture's card.
type File struct {
	ID        string `json:"id" example:"F7k2mq4xw5zt3yb6nc2da"`
	MediaType string `json:"mediaType" enum:"image/jpeg,image/png,image/webp"`
	Size      int64  `json:"size" doc:"Bytes, as it is kept: without metadata, upright" example:"184320"`
}

// Upload keeps a picture for an image message; it may be shown in this consultation only. Kept are
// its pixels and nothing else (package picture). ErrFull, ErrQuota, ErrPicture and what Visits
// refuse.
func (s *Streams) Upload(ctx context.Context, cmd sqlstore.Command, person, id string, file []byte) (*File, error) {
	// Asked before the work and once more in the transaction: a stranger costs no decoding and no
	// disk.
	if _, refusal := s.mayUpload(s.db.WithContext(ctx), person, id, 0); refusal != nil {
		return s.uploadedBefore(ctx, cmd, refusal)
	}
	clean, mediaType, err := picture.Clean(ctx, file)
	if errors.Is(err, picture.ErrRefused) {
		return nil, fmt.Errorf("%w: %w", ErrPicture, err)
	}
	if err != nil {
		return nil, err
	}
	f := File{ID: "F" + rand.Text(), MediaType: mediaType, Size: int64(len(clean))}
	sealed, err := s.box.Seal(clean, fileContext(f.ID))
	if err != nil {
		return nil, err
	}
	at := s.now()
	parts, err := s.writeParts(ctx, f.ID, sealed, at)
	if err != nil {
		return nil, err
	}
	kept, _, err := sqlstore.Answer[File](s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		stream, err := lockStream(tx, id)
		if err != nil {
			return nil, err
		}
		side, err := s.mayUpload(tx, person, id, f.Size)
		if err != nil {
			return nil, err
		}
		row := fileRow{ID: f.ID, ConsultationID: id, Sender: string(side), Person: person, MediaType: f.MediaType,
			Size: f.Size, Parts: parts, Body: []byte{}, CreatedAt: at.UnixMilli()}
		if err := tx.Create(&row).Error; err != nil {
			return nil, err
		}
		return f, tx.Model(&streamRow{}).Where("consultation_id = ?", id).Update("files", stream.Files+1).Error
	}))
	if kept.ID != f.ID { // refused, or this command's answer is an earlier picture
		err = errors.Join(err, s.db.WithContext(context.WithoutCancel(ctx)).Where("file = ?", f.ID).
			Delete(&partRow{}).Error)
	}
	if err != nil {
		return nil, err
	}
	return &kept, nil
}

// uploadedBefore answers a command that took effect already although its visit has ended since; any
// other gets the refusal.
func (s *Streams) uploadedBefore(ctx context.Context, cmd sqlstore.Command, refusal error) (*File, error) {
	f, _, err := sqlstore.Answer[*File](
		s.db.Once(ctx, cmd, func(*gorm.DB) (any, error) { return nil, refusal }))
	return f, err
}

// mayUpload judges side, state and quotas, and tells the side; more is the size of what comes:
// ErrFull, ErrQuota and what Visits refuse.
func (s *Streams) mayUpload(tx *gorm.DB, person, id string, more int64) (Side, error) {
	side, err := s.visits.Writes(tx, person, id)
	if err != nil {
		return "", err
	}
	type sum struct{ N, Bytes int64 }
	var visit, day sum
	files := func() *gorm.DB { return tx.Model(&fileRow{}).Select("count(*) AS n, COALESCE(sum(size), 0) AS bytes") }
	if err := files().Where("consultation_id = ?", id).Scan(&visit).Error; err != nil {
		return "", err
	}
	if visit.N >= MaxPictures || visit.Bytes+more > MaxVisitBytes {
		return "", ErrFull
	}
	since := s.now().Add(-pictureDay).UnixMilli()
	if err := files().Where("person = ? AND created_at > ?", person, since).Scan(&day).Error; err != nil {
		return "", err
	}
	if day.N >= MaxDayPictures || day.Bytes+more > MaxDayBytes {
		return "", ErrQuota
	}
	return side, nil
}

// writeParts keeps a sealed picture in pieces, each in a transaction of its own: in SQLite, where
// one writes at a time, nobody waits for five megabytes. Parts without a card are nothing, and are
// swept.
func (s *Streams) writeParts(ctx context.Context, file string, sealed []byte, at time.Time) (n int, err error) {
	for part := range slices.Chunk(sealed, picturePart) {
		row := partRow{File: file, N: n, Body: part, CreatedAt: at.UnixMilli()}
		if err := s.db.Tx(ctx, func(tx *gorm.DB) error { return tx.Create(&row).Error }); err != nil {
			return 0, err
		}
		n++
	}
	return n, nil
}

// DropOrphans throws away parts whose card was never written: the process died, or the command was
// refused.
func (s *Streams) DropOrphans(ctx context.Context) error {
	before := s.now().Add(-pictureOrphaned).UnixMilli()
	return s.db.WithContext(ctx).
		Where("created_at < ? AND NOT EXISTS (SELECT 1 FROM chat_files WHERE chat_files.id = chat_file_parts.file)",
			before).
		Delete(&partRow{}).Error
}

// Picture returns a picture's card and bytes to either side: ErrNotFound.
func (s *Streams) Picture(ctx context.Context, person, id, file string) (File, []byte, error) {
	tx := s.db.WithContext(ctx)
	if _, _, err := s.visits.Reads(tx, person, id); err != nil {
		return File{}, nil, err
	}
	var row fileRow
	res := tx.Where("id = ? AND consultation_id = ?", file, id).Limit(1).Find(&row)
	if res.Error != nil {
		return File{}, nil, res.Error
	}
	if res.RowsAffected == 0 {
		return File{}, nil, ErrNotFound
	}
	sealed := row.Body // as earlier versions kept it
	if row.Parts > 0 {
		var parts []partRow
		if err := tx.Where("file = ?", row.ID).Order("n").Find(&parts).Error; err != nil {
			return File{}, nil, err
		}
		sealed = nil
		for _, p := range parts {
			sealed = append(sealed, p.Body...)
		}
	}
	clear, err := s.box.Open(sealed, fileContext(row.ID))
	return File{ID: row.ID, MediaType: row.MediaType, Size: row.Size}, clear, err
}

// ownFile checks that an image message shows a picture that its sender put into this consultation.
func ownFile(tx *gorm.DB, id string, side Side, file string) error {
	var n int64
	err := tx.Model(&fileRow{}).Where("id = ? AND consultation_id = ? AND sender = ?", file, id, side).Count(&n).Error
	if err == nil && n == 0 {
		var c invalid.Check
		c.That(false, "file", "a picture that the sender uploaded to this consultation")
		return c.Err()
	}
	return err
}
