package consult

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"image"
	_ "image/jpeg" // registers the format for DecodeConfig
	_ "image/png"  // the same
	"net/http"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/sqlstore"
)

// Limits of pictures.
const (
	MaxPicture  = 5 << 20 // bytes
	MaxPictures = 100     // of one consultation
	MaxPixels   = 50 << 20
)

// File is a picture's card.
type File struct {
	ID        string `json:"id" example:"F7k2mq4xw5zt3yb6nc2da"`
	MediaType string `json:"mediaType" enum:"image/jpeg,image/png,image/webp"`
	Size      int64  `json:"size" doc:"Bytes" example:"184320"`
}

// Upload keeps a picture for an image message; it may be shown in this consultation only. The type is taken from the
// bytes, never from what the client says. ErrPicture, ErrNotFound, ErrForbidden, ErrState, ErrFull.
func (s *Service) Upload(ctx context.Context, cmd sqlstore.Command, person, id string, picture []byte) (*File, error) {
	mediaType, err := sniff(picture)
	if err != nil {
		return nil, err
	}
	if !ValidID(id) {
		return nil, ErrNotFound
	}
	f := File{ID: "F" + rand.Text(), MediaType: mediaType, Size: int64(len(picture))}
	sealed, err := s.box.Seal(picture, fileContext(f.ID))
	if err != nil {
		return nil, err
	}
	at := s.now()
	answer, _, err := s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		stream, err := lockStream(tx, id)
		if err != nil {
			return nil, err
		}
		c, side, err := s.sided(tx, person, id)
		if err != nil {
			return nil, err
		}
		if err := c.May(DoWrite, side); err != nil {
			return nil, err
		}
		if stream.Files >= MaxPictures {
			return nil, ErrFull
		}
		row := fileRow{ID: f.ID, ConsultationID: id, Sender: string(side), MediaType: f.MediaType, Size: f.Size, Body: sealed, CreatedAt: millis(at)}
		if err := tx.Create(&row).Error; err != nil {
			return nil, err
		}
		return f, tx.Model(&streamRow{}).Where("consultation_id = ?", id).Update("files", stream.Files+1).Error
	})
	if err != nil {
		return nil, err
	}
	return &f, json.Unmarshal(answer, &f)
}

// Picture returns a picture's card and bytes to either side: ErrNotFound.
func (s *Service) Picture(ctx context.Context, person, id, file string) (File, []byte, error) {
	tx := s.db.WithContext(ctx)
	if _, _, err := s.sided(tx, person, id); err != nil {
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
	picture, err := s.box.Open(row.Body, fileContext(row.ID))
	return File{ID: row.ID, MediaType: row.MediaType, Size: row.Size}, picture, err
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

// sniff returns the picture's type: ErrPicture for anything but a JPEG, PNG or WebP of a bearable size.
func sniff(picture []byte) (string, error) {
	if len(picture) == 0 || len(picture) > MaxPicture {
		return "", fmt.Errorf("%w: 1 to %d bytes", ErrPicture, MaxPicture)
	}
	mediaType := http.DetectContentType(picture)
	switch mediaType {
	case "image/webp": // the standard library reads no WebP: its signature must do, browsers bound the rest
		return mediaType, nil
	case "image/jpeg", "image/png":
	default:
		return "", fmt.Errorf("%w: JPEG, PNG or WebP", ErrPicture)
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(picture))
	if err != nil || c.Width*c.Height > MaxPixels {
		return "", fmt.Errorf("%w: a readable picture of at most %d pixels", ErrPicture, MaxPixels)
	}
	return mediaType, nil
}
