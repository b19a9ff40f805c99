package consult_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/consult/chat"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// TestPicturesLoseWhereTheyWereTaken: what the other side and the database get holds no EXIF, and
// stands upright.
func TestPicturesLoseWhereTheyWereTaken(t *testing.T) {
	w, ctx := newWard(t, sqlstoretest.Open(t, "sqlite::memory:"), nil), t.Context()
	id := w.active()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 20)), nil); err != nil {
		t.Fatal(err)
	}
	exif := "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00GPS 39.9042N"
	file := append([]byte{0xFF, 0xD8, 0xFF, 0xE1, 0, byte(len(exif) + 2)}, exif...)
	file = append(file, b.Bytes()[2:]...)
	f, err := w.Upload(ctx, w.cmd(), patient, id, file)
	if err != nil {
		t.Fatal(err)
	}
	_, got, err := w.Picture(ctx, doctor, id, f.ID)
	if err != nil || bytes.Contains(got, []byte("GPS")) || int64(len(got)) != f.Size {
		t.Fatalf("%d bytes of %d, %v", len(got), f.Size, err)
	}
	if c, err := jpeg.DecodeConfig(bytes.NewReader(got)); err != nil || c.Width != 20 || c.Height != 40 {
		t.Fatalf("%+v, %v", c, err)
	}
	for name, file := range map[string]string{"empty": "", "text": "hello",
		"svg": `<svg xmlns="http://www.w3.org/2000/svg"/>`, "cut": string(got[:len(got)-30])} {
		if _, err := w.Upload(ctx, w.cmd(), patient, id, []byte(file)); !errors.Is(err, chat.ErrPicture) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// noise is a picture that packs badly: some 1.4 MB.
func noise(t *testing.T) []byte {
	m := image.NewRGBA(image.Rect(0, 0, 1200, 1000))
	for i := range 1200 * 1000 {
		m.Set(i%1200, i/1200, color.RGBA{R: byte(i * i * 31), G: byte(i >> 7 * 17), B: byte(i * 13 >> 3), A: 255})
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 100}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestPicturesAreWrittenInParts: no transaction writes a whole picture, and what a refused or dead
// upload left behind goes away.
func TestPicturesAreWrittenInParts(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w, ctx := newWard(t, db, nil), t.Context()
		id, file := w.active(), noise(t)
		f, err := w.Upload(ctx, w.cmd(), patient, id, file)
		if err != nil {
			t.Fatal(err)
		}
		var sizes []int
		if err := db.WithContext(ctx).Raw("SELECT length(body) FROM chat_file_parts WHERE file = ?", f.ID).
			Scan(&sizes).Error; err != nil {
			t.Fatal(err)
		}
		for _, n := range sizes {
			if n > 256<<10 {
				t.Errorf("a transaction of %d bytes", n)
			}
		}
		if len(sizes) < 3 {
			t.Errorf("%d parts", len(sizes))
		}
		_, got, err := w.Picture(ctx, patient, id, f.ID)
		if err != nil || int64(len(got)) != f.Size {
			t.Fatalf("%d bytes of %d, %v", len(got), f.Size, err)
		}
		// A picture that an earlier version kept in one row is still there.
		small := picture(t)
		old, err := sqlstoretest.Box().Seal(small, "chat_files.body/Fold")
		if err != nil {
			t.Fatal(err)
		}
		card := map[string]any{"id": "Fold", "consultation_id": id, "sender": "patient", "media_type": "image/png",
			"size": len(small), "body": old, "created_at": w.now.Load()}
		if err := db.WithContext(ctx).Table("chat_files").Create(card).Error; err != nil {
			t.Fatal(err)
		}
		if _, got, err := w.Picture(ctx, doctor, id, "Fold"); err != nil || !bytes.Equal(got, small) {
			t.Errorf("an older row: %d bytes, %v", len(got), err)
		}
		// What a process that died before the card left behind.
		row := map[string]any{"file": "Fdead", "n": 0, "body": []byte("sealed"),
			"created_at": w.now.Load() - 2*time.Hour.Milliseconds()}
		if err := db.WithContext(ctx).Table("chat_file_parts").Create(row).Error; err != nil {
			t.Fatal(err)
		}
		if err := w.DropOrphans(ctx); err != nil {
			t.Fatal(err)
		}
		var left []string
		if err := db.WithContext(ctx).Raw("SELECT DISTINCT file FROM chat_file_parts").Scan(&left).Error; err != nil ||
			fmt.Sprint(left) != fmt.Sprint([]string{f.ID}) {
			t.Errorf("left: %v, %v", left, err)
		}
	})
}

// TestStrangersUploadsCostNothing: who may not upload leaves no parts, and a repeated upload none
// twice.
func TestStrangersUploadsCostNothing(t *testing.T) {
	w, ctx := newWard(t, sqlstoretest.Open(t, "sqlite::memory:"), nil), t.Context()
	id, file := w.active(), picture(t)
	if _, err := w.Upload(ctx, w.cmd(), stranger, id, file); !errors.Is(err, consult.ErrNotFound) {
		t.Fatal(err)
	}
	cmd := w.cmd()
	first, err := w.Upload(ctx, cmd, patient, id, file)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := w.Upload(ctx, cmd, patient, id, file); err != nil || *again != *first {
		t.Fatalf("%+v, %v", again, err)
	}
	if n := countParts(t, w.db); n != 1 {
		t.Errorf("%d parts of one picture", n)
	}
	if _, err := w.Cancel(ctx, w.cmd(), doctor, id, "改日再来"); err != nil {
		t.Fatal(err)
	}
	if again, err := w.Upload(ctx, cmd, patient, id, file); err != nil || *again != *first {
		t.Errorf("repeated after the end: %+v, %v", again, err)
	}
	if _, err := w.Upload(ctx, w.cmd(), patient, id, file); !errors.Is(err, consult.ErrState) {
		t.Errorf("after the end: %v", err)
	}
}

// TestPicturesOfADay: one account cannot fill the disk, whatever number of visits it opens; others
// still can upload.
func TestPicturesOfADay(t *testing.T) {
	w, ctx := newWard(t, sqlstoretest.Open(t, "sqlite::memory:"), nil), t.Context()
	id, file := w.active(), picture(t)
	w.pretend(t, id, patient, chat.MaxDayPictures-1, 10)
	if _, err := w.Upload(ctx, w.cmd(), patient, id, file); err != nil {
		t.Fatalf("the last one of the day: %v", err)
	}
	second, err := w.Request(ctx, w.cmd(), patient, consult.Wish{Doctor: doctor + "-2"},
		consult.Intake{Complaint: "咳嗽"})
	if err != nil {
		t.Fatal(err)
	}
	for _, visit := range []string{id, second.ID} {
		if _, err := w.Upload(ctx, w.cmd(), patient, visit, file); !errors.Is(err, chat.ErrQuota) {
			t.Errorf("one more: %v", err)
		}
	}
	if _, err := w.Upload(ctx, w.cmd(), doctor, id, file); err != nil {
		t.Errorf("the other side: %v", err)
	}
	w.now.Add((24*time.Hour + time.Second).Milliseconds())
	if _, err := w.Upload(ctx, w.cmd(), patient, id, file); err != nil {
		t.Errorf("the next day: %v", err)
	}
}

// TestPicturesByBytes: the quota counts bytes as well as pictures, of the day and of the visit.
func TestPicturesByBytes(t *testing.T) {
	w, ctx := newWard(t, sqlstoretest.Open(t, "sqlite::memory:"), nil), t.Context()
	id, file := w.active(), picture(t)
	w.pretend(t, id, patient, 1, chat.MaxDayBytes)
	if _, err := w.Upload(ctx, w.cmd(), patient, id, file); !errors.Is(err, chat.ErrQuota) {
		t.Errorf("day's bytes: %v", err)
	}
	w.pretend(t, id, doctor, 1, chat.MaxVisitBytes-chat.MaxDayBytes)
	if _, err := w.Upload(ctx, w.cmd(), patient, id, file); !errors.Is(err, chat.ErrFull) {
		t.Errorf("visit's bytes: %v", err)
	}
}

func countParts(t *testing.T, db *sqlstore.DB) (n int64) {
	t.Helper()
	if err := db.WithContext(t.Context()).Table("chat_file_parts").Count(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

// pretend enters cards of pictures without their pixels.
func (w *ward) pretend(t *testing.T, id, person string, n int, size int64) {
	t.Helper()
	err := w.db.Tx(t.Context(), func(tx *gorm.DB) error {
		for i := range n {
			row := map[string]any{"id": strings.Join([]string{"Fpretend", person, fmt.Sprint(i, size)}, "-"),
				"consultation_id": id, "sender": "patient", "person": person,
				"media_type": "image/png", "size": size, "parts": 0, "body": []byte{}, "created_at": w.now.Load()}
			if err := tx.Table("chat_files").Create(row).Error; err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
