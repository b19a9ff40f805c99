package practitioners_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// face is a PNG of one colour.
func face(t *testing.T, w, h int, grey uint8) []byte {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = grey
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestPhotos: pixels alone are kept, nobody sees a photo before an administrator of the own
// organisation shows it, the address is the digest of what it shows, and what is refused stays so.
func TestPhotos(t *testing.T) {
	each(t, func(t *testing.T, s *practitioners.Service, at *time.Time) {
		ctx := t.Context()
		doctor := inOffice(t, s, "李明德", "cardiology", 1, practitioners.About{})
		send := func(file []byte) (practitioners.Photo, error) {
			return s.SendPhoto(ctx, sqlstore.Command{}, doctor, file)
		}
		shown := func() string {
			t.Helper()
			c, err := s.DoctorCard(ctx, doctor)
			if err != nil {
				t.Fatal(err)
			}
			return c.Photo
		}
		for name, file := range map[string][]byte{"no picture": []byte("GIF89a"), "too small": face(t, 159, 400, 1)} {
			if _, err := send(file); !errors.Is(err, practitioners.ErrPhoto) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := s.SendPhoto(ctx, sqlstore.Command{}, accounts.NewPerson(), face(t, 200, 200, 1)); !errors.Is(err,
			practitioners.ErrNotApproved) {
			t.Errorf("somebody out of office: %v", err)
		}
		p, err := send(face(t, 640, 400, 9))
		if err != nil || p.State != practitioners.PhotoWaiting {
			t.Fatalf("%+v, %v", p, err)
		}
		m, err := jpeg.Decode(bytes.NewReader(p.Picture))
		if err != nil || m.Bounds().Dx() != practitioners.PhotoSide || m.Bounds().Dy() != practitioners.PhotoSide {
			t.Fatalf("%v, %v", m, err)
		}
		if y := color.GrayModel.Convert(m.At(5, 5)).(color.Gray).Y; y > 15 {
			t.Errorf("a dark picture has become %d", y)
		}
		if _, err := s.ShownPhoto(ctx, doctor, p.Digest); shown() != "" || !errors.Is(err, practitioners.ErrNotFound) {
			t.Errorf("shown before anybody looked: %q, %v", shown(), err)
		}
		stranger := accounts.Account{Person: accounts.NewPerson(), Role: accounts.Admin, Org: "h2"}
		if list, _ := s.Photos(ctx, "h2"); len(list) != 0 {
			t.Error("another hospital sees it")
		}
		decide := func(who accounts.Account, digest string, show bool) error {
			return s.DecidePhoto(ctx, sqlstore.Command{}, who, doctor, digest, show)
		}
		if err := decide(stranger, p.Digest, true); !errors.Is(err, practitioners.ErrNotFound) {
			t.Errorf("another hospital's word: %v", err)
		}
		list, err := s.Photos(ctx, "h1")
		if err != nil || len(list) != 1 || list[0].Name != "李明德" || !bytes.Equal(list[0].Picture, p.Picture) {
			t.Fatalf("%+v, %v", list, err)
		}
		if err := decide(admin, p.Digest, true); err != nil || !strings.HasSuffix(shown(), "/photo/"+p.Digest) {
			t.Fatalf("%q, %v", shown(), err)
		}
		if b, err := s.ShownPhoto(ctx, doctor, p.Digest); err != nil || !bytes.Equal(b, p.Picture) {
			t.Error(err)
		}
		// the one that is shown stays until the new one is looked at
		second, err := send(face(t, 400, 400, 200))
		if err != nil || !strings.HasSuffix(shown(), p.Digest) {
			t.Fatalf("%q, %v", shown(), err)
		}
		if err := decide(admin, second.Digest, false); err != nil || !strings.HasSuffix(shown(), p.Digest) {
			t.Fatalf("%q, %v", shown(), err)
		}
		if err := decide(admin, second.Digest, true); !errors.Is(err, practitioners.ErrState) {
			t.Errorf("refused is final: %v", err)
		}
		if again, err := send(face(t, 400, 400, 200)); err != nil || again.State != practitioners.PhotoRefused {
			t.Errorf("the same refused one again: %+v, %v", again, err)
		}
		if err := s.TakePhotoBack(ctx, sqlstore.Command{}, doctor); err != nil || shown() != "" {
			t.Errorf("taken back: %q, %v", shown(), err)
		}
		if again, err := send(face(t, 640, 400, 9)); err != nil || again.State != practitioners.PhotoWaiting {
			t.Errorf("the own one again: %+v, %v", again, err)
		}
		for grey := uint8(20); ; grey += 20 {
			if _, err = send(face(t, 200, 200, grey)); err != nil || grey > 200 {
				break
			}
		}
		if !errors.Is(err, practitioners.ErrPhotoQuota) {
			t.Errorf("a day's photos: %v", err)
		}
		*at = at.Add(25 * time.Hour)
		if _, err := send(face(t, 200, 200, 250)); err != nil {
			t.Errorf("the next day: %v", err)
		}
		// Each sending is work for an administrator, of one that was taken back as well.
		*at = at.Add(25 * time.Hour)
		for n := range practitioners.MaxDayPhotos + 1 {
			_, err := send(face(t, 200, 200, 90))
			if (err == nil) != (n < practitioners.MaxDayPhotos) {
				t.Errorf("sent and taken back %d times: %v", n, err)
			}
			if err := s.TakePhotoBack(ctx, sqlstore.Command{}, doctor); err != nil {
				t.Error(err)
			}
		}
		// Beyond the limit nothing is decoded, but a command that took effect is answered again.
		if _, err := send([]byte("no picture at all")); !errors.Is(err, practitioners.ErrPhotoQuota) {
			t.Errorf("beyond the limit: %v", err)
		}
		*at = at.Add(25 * time.Hour)
		cmd := sqlstore.Command{Key: "the-last", Actor: doctor, Operation: "practitioners.photo"}
		for grey := range uint8(practitioners.MaxDayPhotos - 1) {
			if _, err := send(face(t, 200, 200, 10*grey)); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 {
			last, err := s.SendPhoto(ctx, cmd, doctor, face(t, 200, 200, 200))
			if err != nil || last.State != practitioners.PhotoWaiting {
				t.Errorf("the last of a day, and once more: %+v, %v", last, err)
			}
		}
	})
}
