package practitioners

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/picture"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Limits of photos.
const (
	PhotoSide  = 320 // pixels of a side, as it is kept
	photoLeast = 160 // pixels of a side that is taken
	// MaxPhotoList bounds the photos that an administrator gets at once, with their bytes.
	MaxPhotoList = 20
	// MaxDayPhotos is how many one doctor may send in a day: each is work for an administrator.
	MaxDayPhotos = 5
)

// Errors of photos.
var (
	// ErrPhoto: the upload is no picture that can be kept. The rule stands behind it.
	ErrPhoto = errors.New("practitioners: not a picture this room takes")
	// ErrPhotoQuota: MaxDayPhotos were sent already.
	ErrPhotoQuota = errors.New("practitioners: too many photos of this doctor within a day")
)

// PhotoState is what became of a photo.
type PhotoState string

// States of a photo.
const (
	PhotoWaiting PhotoState = "waiting" // an administrator moves next; nobody else sees it
	PhotoShown   PhotoState = "shown"   // everybody sees it
	PhotoRefused PhotoState = "refused" // final
)

// Photo is a doctor's photo as its doctor and administrators see it.
type Photo struct {
	Person  string     `json:"person" example:"u7k2mq4xw5zt3yb6nc2da"`
	Name    string     `json:"name,omitempty" doc:"To administrators" example:"李明德"`
	Digest  string     `json:"digest" doc:"SM3 of the bytes, hex" example:"66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"`
	State   PhotoState `json:"state" enum:"waiting,shown,refused"`
	Picture []byte     `json:"picture" doc:"JPEG, 320 x 320 pixels" example:"/9j/4AAQSkZJRgABAQ=="`
	SentAt  time.Time  `json:"sentAt"`
}

type photoRow struct {
	Person    string `gorm:"primaryKey"`
	Digest    string `gorm:"primaryKey"`
	State     string
	Body      []byte
	SentAt    int64
	Times     int64 // it was sent within a day
	DecidedBy string
	DecidedAt int64
}

func (photoRow) TableName() string { return "doctor_photos" }

func (r photoRow) photo() Photo {
	return Photo{Person: r.Person, Digest: r.Digest, State: PhotoState(r.State), Picture: r.Body,
		SentAt: time.UnixMilli(r.SentAt).UTC()}
}

// SendPhoto keeps the middle of a picture as a doctor's photo, pixels alone; it is shown once an
// administrator has said so. A photo that waited is replaced: ErrNotApproved, ErrPhoto,
// ErrPhotoQuota.
func (s *Service) SendPhoto(ctx context.Context, cmd sqlstore.Command, person string, file []byte) (Photo, error) {
	if err := s.InOffice(ctx, person); err != nil {
		return Photo{}, err
	}
	// Asked before the work and once more in the transaction: what is refused costs no decoding. A
	// command that took effect already gets its answer.
	if refusal := s.mayPhoto(s.db.WithContext(ctx), person); refusal != nil {
		photo, _, err := sqlstore.Answer[Photo](
			s.db.Once(ctx, cmd, func(*gorm.DB) (any, error) { return nil, refusal }))
		return photo, err
	}
	small, err := picture.Square(ctx, file, PhotoSide, photoLeast)
	if errors.Is(err, picture.ErrRefused) {
		return Photo{}, fmt.Errorf("%w: %w", ErrPhoto, err)
	}
	if err != nil {
		return Photo{}, err
	}
	sum := gm.Sum(small)
	row := photoRow{Person: person, Digest: hex.EncodeToString(sum[:]), State: string(PhotoWaiting), Body: small,
		SentAt: s.Now().UnixMilli(), Times: 1}
	photo, _, err := sqlstore.Answer[Photo](s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		var same photoRow
		if err := tx.Where("person = ? AND digest = ?", person, row.Digest).Limit(1).Find(&same).Error; err != nil {
			return nil, err
		}
		again := same.State == string(PhotoRefused) && same.DecidedBy == "" // taken back, or another one came
		if same.Digest != "" && !again {
			return same.photo(), nil // whatever was decided on it holds
		}
		if err := s.mayPhoto(tx, person); err != nil {
			return nil, err
		}
		since := s.photoDay()
		if same.SentAt > since {
			row.Times = same.Times + 1
		}
		if err := tx.Where("person = ? AND state = ? AND sent_at <= ?", person, PhotoRefused, since).
			Delete(&photoRow{}).Error; err != nil {
			return nil, err
		}
		if err := tx.Model(&photoRow{}).Where("person = ? AND state = ?", person, PhotoWaiting).
			Update("state", PhotoRefused).Error; err != nil {
			return nil, err
		}
		if err := tx.Save(&row).Error; err != nil {
			return nil, err
		}
		p, err := s.load(tx, person)
		if err == nil && s.PhotoSent != nil {
			err = s.PhotoSent(tx, p)
		}
		return row.photo(), err
	}))
	return photo, err
}

// photoDay is when the day began whose photos count, in milliseconds.
func (s *Service) photoDay() int64 { return s.Now().Add(-24 * time.Hour).UnixMilli() }

// mayPhoto refuses a photo more than a day has: ErrPhotoQuota. What was replaced while it waited
// stays a row until its day is over, so that it counts.
func (s *Service) mayPhoto(tx *gorm.DB, person string) error {
	var sent int64
	err := tx.Model(&photoRow{}).Where("person = ? AND sent_at > ?", person, s.photoDay()).
		Select("COALESCE(sum(times), 0)").Scan(&sent).Error
	if err == nil && sent >= MaxDayPhotos {
		err = ErrPhotoQuota
	}
	return err
}

// PhotoOf is the newest photo that a doctor has sent, whatever became of it; nil: none.
func (s *Service) PhotoOf(ctx context.Context, person string) (*Photo, error) {
	var r photoRow
	err := s.db.WithContext(ctx).Where("person = ?", person).Order("sent_at DESC, digest").Limit(1).Find(&r).Error
	if err != nil || r.Digest == "" {
		return nil, err
	}
	p := r.photo()
	return &p, nil
}

// TakePhotoBack removes all photos of a doctor.
func (s *Service) TakePhotoBack(ctx context.Context, cmd sqlstore.Command, person string) error {
	_, _, err := s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		// rows stay for the count of their day; what an administrator refused stays refused
		return struct{}{}, tx.Model(&photoRow{}).Where("person = ? AND state <> ?", person, PhotoRefused).
			Updates(map[string]any{"state": PhotoRefused, "decided_by": ""}).Error
	})
	return err
}

// Photos are those of an organisation's doctors that wait for an administrator, the oldest first,
// MaxPhotoList at most.
func (s *Service) Photos(ctx context.Context, org string) ([]Photo, error) {
	tx := s.db.WithContext(ctx)
	own := tx.Model(&row{}).Select("person").Where("org = ?", org)
	rows, err := sqlstore.Rows[photoRow](tx.Where("state = ? AND person IN (?)", PhotoWaiting, own).
		Order("sent_at, person").Limit(MaxPhotoList))
	if err != nil {
		return nil, err
	}
	return sqlstore.Readable(tx, photoRow{}.TableName(), rows, func(r photoRow) string { return r.Person },
		func(r photoRow) (Photo, error) {
			p, err := s.load(tx, r.Person)
			photo := r.photo()
			photo.Name = p.Name
			return photo, err
		})
}

// DecidePhoto shows a photo that waits or is shown, or refuses it; the one shown before goes. To an
// administrator of another organisation it looks like none: ErrNotFound, ErrState.
func (s *Service) DecidePhoto(ctx context.Context, cmd sqlstore.Command, admin accounts.Account, person, digest string,
	show bool) error {
	_, _, err := s.db.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		p, err := s.load(tx, person)
		if err != nil {
			return nil, err
		}
		var r photoRow
		if err := tx.Where("person = ? AND digest = ?", person, digest).Limit(1).Find(&r).Error; err != nil {
			return nil, err
		}
		if p.Org != admin.Org || r.Digest == "" {
			return nil, ErrNotFound
		}
		if r.State == string(PhotoRefused) {
			return nil, fmt.Errorf("%w: %s", ErrState, r.State)
		}
		to := PhotoRefused
		if show {
			to = PhotoShown
			err := tx.Model(&photoRow{}).Where("person = ? AND state = ? AND digest <> ?", person, PhotoShown, digest).
				Updates(map[string]any{"state": PhotoRefused, "decided_by": ""}).Error
			if err != nil {
				return nil, err
			}
		}
		decided := tx.Model(&photoRow{}).Where("person = ? AND digest = ?", person, digest)
		return struct{}{}, decided.Updates(map[string]any{"state": to, "decided_by": admin.Person,
			"decided_at": s.Now().UnixMilli()}).Error
	})
	return err
}

// ShownPhoto is the JPEG that everybody may see under its digest: ErrNotFound.
func (s *Service) ShownPhoto(ctx context.Context, person, digest string) ([]byte, error) {
	var r photoRow
	err := s.db.WithContext(ctx).Where("person = ? AND digest = ? AND state = ?", person, digest, PhotoShown).
		Limit(1).Find(&r).Error
	if err == nil && r.Digest == "" {
		err = ErrNotFound
	}
	return r.Body, err
}

// photosOf are the addresses of the photos shown of some doctors, by person.
func (s *Service) photosOf(ctx context.Context, people []string) (map[string]string, error) {
	var rows []photoRow
	err := s.db.WithContext(ctx).Select("person, digest").Where("person IN ? AND state = ?", people, PhotoShown).
		Find(&rows).Error
	list := make(map[string]string, len(rows))
	for _, r := range rows {
		list[r.Person] = "/v1/doctors/" + r.Person + "/photo/" + r.Digest
	}
	return list, err
}
