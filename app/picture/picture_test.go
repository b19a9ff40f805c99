package picture

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"
)

var (
	red   = color.RGBA{R: 200, G: 20, B: 20, A: 255}
	green = color.RGBA{R: 20, G: 180, B: 20, A: 255}
	blue  = color.RGBA{R: 20, G: 20, B: 200, A: 255}
	white = color.RGBA{R: 240, G: 240, B: 240, A: 255}
)

// corners is a picture of four colours, wider than high, so that every way to lie can be told.
func corners(w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := [2][2]color.RGBA{{red, green}, {blue, white}}[y*2/h][x*2/w]
			m.Set(x, y, c)
		}
	}
	return m
}

func jpegOf(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// app is an application segment.
func app(mark byte, payload string) []byte {
	b := []byte{0xFF, mark, 0, 0}
	binary.BigEndian.PutUint16(b[2:], uint16(len(payload)+2))
	return append(b, payload...)
}

// exif is EXIF with an orientation and a camera's name, in either byte order.
func exif(order binary.ByteOrder, orientation int) string {
	b := []byte("Exif\x00\x00")
	tiff := []byte("MM\x00*\x00\x00\x00\x08")
	if order == binary.LittleEndian {
		tiff = []byte("II*\x00\x08\x00\x00\x00")
	}
	entry := make([]byte, 2+12+4)
	order.PutUint16(entry, 1)
	order.PutUint16(entry[2:], 0x0112)
	order.PutUint16(entry[4:], 3)
	order.PutUint32(entry[6:], 1)
	order.PutUint16(entry[10:], uint16(orientation))
	return string(append(append(b, tiff...), entry...)) + "SecretCam GPS 39.9042N"
}

// with puts segments behind a JPEG's first marker.
func with(file []byte, more ...[]byte) []byte {
	out := append([]byte(nil), file[:2]...)
	for _, m := range more {
		out = append(out, m...)
	}
	return append(out, file[2:]...)
}

func near(a, b color.Color) bool {
	r, g, bl, _ := a.RGBA()
	r2, g2, b2, _ := b.RGBA()
	off := func(x, y uint32) bool { return max(x, y)-min(x, y) < 0x2800 }
	return off(r, r2) && off(g, g2) && off(bl, b2)
}

func at(m image.Image, right, down bool) color.Color {
	b := m.Bounds()
	x, y := b.Dx()/4, b.Dy()/4
	if right {
		x = 3 * b.Dx() / 4
	}
	if down {
		y = 3 * b.Dy() / 4
	}
	return m.At(b.Min.X+x, b.Min.Y+y)
}

func TestOrientationIsBakedIn(t *testing.T) {
	// What the stored corners red, green / blue, white become when the picture is upright (Exif
	// 2.32, table 6).
	want := map[int][4]color.RGBA{
		1: {red, green, blue, white}, 2: {green, red, white, blue}, 3: {white, blue, green, red},
		4: {blue, white, red, green},
		5: {red, blue, green, white}, 6: {blue, red, white, green}, 7: {white, green, blue, red},
		8: {green, white, red, blue},
	}
	grey := image.NewGray(image.Rect(0, 0, 48, 32))
	for i := range grey.Pix {
		grey.Pix[i] = 77
	}
	for _, order := range []binary.ByteOrder{binary.BigEndian, binary.LittleEndian} {
		for o := 1; o <= 8; o++ {
			file := with(jpegOf(t, corners(96, 64)), app(markAPP1, exif(order, o)))
			clean, mediaType, err := Clean(context.Background(), file)
			if err != nil || mediaType != JPEG {
				t.Fatalf("orientation %d: %v", o, err)
			}
			m, err := jpeg.Decode(bytes.NewReader(clean))
			if err != nil {
				t.Fatal(err)
			}
			if wide := m.Bounds().Dx() > m.Bounds().Dy(); wide != (o < 5) {
				t.Errorf("orientation %d: %v", o, m.Bounds())
			}
			got := [4]color.Color{at(m, false, false), at(m, true, false), at(m, false, true), at(m, true, true)}
			for i, c := range got {
				if !near(c, want[o][i]) {
					t.Errorf("orientation %d, corner %d: %v, want %v", o, i, c, want[o][i])
				}
			}
			if orientation(segments(clean)) != 1 {
				t.Errorf("orientation %d is still said", o)
			}
			if _, _, err := Clean(context.Background(),
				with(jpegOf(t, grey), app(markAPP1, exif(order, o)))); err != nil {
				t.Errorf("grey, orientation %d: %v", o, err)
			}
		}
	}
}

// TestNothingButPixels: GPS, camera, comments, thumbnails and what is appended are gone, whatever
// way the picture lies.
func TestNothingButPixels(t *testing.T) {
	secret := "GPS 39.9042N 116.4074E"
	chunk := func(kind, data string) []byte {
		b := make([]byte, 8, 12+len(data))
		binary.BigEndian.PutUint32(b, uint32(len(data)))
		copy(b[4:], kind)
		b = append(b, data...)
		return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
	}
	plain := pngOf(t, corners(40, 30))
	head := 8 + 25 // signature and IHDR
	files := map[string][]byte{
		"comment":      with(jpegOf(t, corners(40, 30)), app(0xFE, secret)),
		"EXIF":         with(jpegOf(t, corners(40, 30)), app(markAPP1, exif(binary.BigEndian, 1)+secret)),
		"EXIF, turned": with(jpegOf(t, corners(40, 30)), app(markAPP1, exif(binary.LittleEndian, 6)+secret)),
		"XMP":          with(jpegOf(t, corners(40, 30)), app(markAPP1, "http://ns.adobe.com/xap/1.0/\x00<x>"+secret)),
		"IPTC":         with(jpegOf(t, corners(40, 30)), app(0xED, "Photoshop 3.0\x00"+secret)),
		"JFIF":         with(jpegOf(t, corners(40, 30)), app(markAPP0, "JFXX\x00"+secret)),
		"Adobe, long":  with(jpegOf(t, corners(40, 30)), app(markAPP14, "Adobe"+secret)),
		"second film":  append(jpegOf(t, corners(40, 30)), []byte("ftypmp42"+secret)...),
		"PNG text": append(append(append([]byte(nil), plain[:head]...), chunk("tEXt", "Comment\x00"+secret)...),
			plain[head:]...),
		"PNG EXIF": append(append(append([]byte(nil), plain[:head]...), chunk("eXIf", secret)...),
			plain[head:]...),
		"PNG unknown": append(append(append([]byte(nil), plain[:head]...), chunk("prIv", secret)...),
			plain[head:]...),
		"PNG, appended": append(append([]byte(nil), plain...), []byte(secret)...),
	}
	for name, file := range files {
		clean, _, err := Clean(context.Background(), file)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, word := range []string{secret, "SecretCam", "Exif"} {
			if bytes.Contains(clean, []byte(word)) {
				t.Errorf("%s: %q is still there", name, word)
			}
		}
		again, _, err := Clean(context.Background(), clean)
		if err != nil || !bytes.Equal(again, clean) {
			t.Errorf("%s: cleaning twice changes it: %v", name, err)
		}
	}
}

func TestColourProfileStays(t *testing.T) {
	profile := app(markAPP2, "ICC_PROFILE\x00\x01\x01 Display P3")
	for _, o := range []int{1, 6} {
		clean, _, err := Clean(context.Background(),
			with(jpegOf(t, corners(40, 30)), profile, app(markAPP1, exif(binary.BigEndian, o))))
		if err != nil || !bytes.Contains(clean, profile) {
			t.Errorf("orientation %d: profile lost, %v", o, err)
		}
	}
}

func TestPixelsOfAnUprightPictureAreKept(t *testing.T) {
	for _, file := range [][]byte{jpegOf(t, corners(64, 48)), pngOf(t, corners(64, 48))} {
		clean, _, err := Clean(context.Background(), file)
		if err != nil {
			t.Fatal(err)
		}
		a, _, _ := image.Decode(bytes.NewReader(file))
		b, _, err := image.Decode(bytes.NewReader(clean))
		if err != nil {
			t.Fatal(err)
		}
		for y := range 48 {
			for x := range 64 {
				if a.At(x, y) != b.At(x, y) {
					t.Fatalf("pixel %d,%d changed", x, y)
				}
			}
		}
	}
}

// bomb is the header of a picture with many pixels and hardly any data.
func bombPNG(t *testing.T, w, h int) []byte {
	b := pngOf(t, corners(8, 8))
	binary.BigEndian.PutUint32(b[16:], uint32(w))
	binary.BigEndian.PutUint32(b[20:], uint32(h))
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

func bombJPEG(t *testing.T, w, h int, progressive bool) []byte {
	b := jpegOf(t, corners(8, 8))
	i := bytes.Index(b, []byte{0xFF, 0xC0})
	if progressive {
		b[i+1] = markSOF2
	}
	binary.BigEndian.PutUint16(b[i+5:], uint16(h))
	binary.BigEndian.PutUint16(b[i+7:], uint16(w))
	return b
}

func TestRefusedByTheirHeader(t *testing.T) {
	whole := jpegOf(t, corners(400, 300))
	wholePNG := pngOf(t, corners(400, 300))
	broken := append([]byte(nil), wholePNG...)
	broken[len(broken)/2] ^= 1
	for name, file := range map[string][]byte{
		"nothing": nil, "text": []byte("hello"), "too many bytes": make([]byte, MaxBytes+1),
		"GIF":                       []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
		"49 megapixels":             bombJPEG(t, 8600, 5700, false),
		"progressive, 20 million":   bombJPEG(t, 5000, 4000, true),
		"PNG of 65,535 squared":     bombPNG(t, 65535, 65535),
		"PNG of 49 megapixels":      bombPNG(t, 7000, 7000),
		"header only":               bombPNG(t, 4000, 4000),
		"cut short":                 whole[:len(whole)-40],
		"without its end":           whole[:len(whole)-2],
		"half":                      whole[:len(whole)/2],
		"PNG, cut short":            wholePNG[:len(wholePNG)-20],
		"PNG, a bit turned":         broken,
		"PNG, without its end mark": wholePNG[:len(wholePNG)-12],
		"JPEG of markers":           {0xFF, 0xD8, 0xFF, 0xD9},
		"WebP's name":               []byte("RIFF\x24\x00\x00\x00WEBPVP8 "),
	} {
		if _, _, err := Clean(context.Background(), file); !errors.Is(err, ErrRefused) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if free := memory.TryAcquire(allMemory); !free {
		t.Error("a refused picture keeps its memory")
	} else {
		memory.Release(allMemory)
	}
}

// TestMemoryIsShared: while others hold the budget a picture waits, and gives up with its caller.
func TestMemoryIsShared(t *testing.T) {
	if !memory.TryAcquire(allMemory) {
		t.Fatal("somebody holds memory")
	}
	defer memory.Release(allMemory)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := Clean(ctx, jpegOf(t, corners(8, 8))); !errors.Is(err, context.Canceled) {
		t.Fatalf("%v", err)
	}
}

func FuzzClean(f *testing.F) {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, corners(16, 8), nil)
	f.Add(b.Bytes())
	f.Add(with(b.Bytes(), app(markAPP1, exif(binary.BigEndian, 6))))
	b.Reset()
	_ = png.Encode(&b, corners(16, 8))
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, file []byte) {
		if c, _, err := image.DecodeConfig(bytes.NewReader(file)); err == nil && c.Width*c.Height > 1<<16 {
			t.Skip("too large to be tried often")
		}
		clean, mediaType, err := Clean(context.Background(), file)
		if err != nil {
			return
		}
		if _, again, err := Clean(context.Background(), clean); err != nil || again != mediaType {
			t.Fatalf("what was cleaned is refused: %v", err)
		}
	})
}
