package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
)

// Markers of ITU-T T.81, table B.1.
const (
	markSOF2  = 0xC2 // progressive
	markRST0  = 0xD0
	markRST7  = 0xD7
	markSOI   = 0xD8
	markEOI   = 0xD9
	markSOS   = 0xDA
	markDQT   = 0xDB
	markDHT   = 0xC4
	markDRI   = 0xDD
	markAPP0  = 0xE0
	markAPP1  = 0xE1
	markAPP2  = 0xE2
	markAPP14 = 0xEE
)

var (
	iccName   = []byte("ICC_PROFILE\x00")
	exifName  = []byte("Exif\x00\x00")
	adobeName = []byte("Adobe")
)

// segment is a marker with its whole bytes, its entropy-coded data included.
type segment struct {
	mark    byte
	bytes   []byte
	payload []byte // behind the length
}

// segments takes a JPEG apart up to its end; what lies behind that is not a part of it. nil: not a
// whole JPEG.
func segments(file []byte) []segment {
	if len(file) < 4 || file[0] != 0xFF || file[1] != markSOI {
		return nil
	}
	var list []segment
	for at := 2; ; {
		for at+1 < len(file) && file[at] == 0xFF && file[at+1] == 0xFF {
			at++ // fill bytes (B.1.1.2)
		}
		if at+2 > len(file) || file[at] != 0xFF {
			return nil
		}
		mark := file[at+1]
		if mark == markEOI {
			return list
		}
		if at+4 > len(file) {
			return nil
		}
		end := at + 2 + int(binary.BigEndian.Uint16(file[at+2:]))
		if end < at+4 || end > len(file) {
			return nil
		}
		s := segment{mark: mark, payload: file[at+4 : end]}
		if mark == markSOS {
			end = scanEnd(file, end)
		}
		s.bytes = file[at:end]
		list = append(list, s)
		at = end
	}
}

// scanEnd finds the marker behind entropy-coded data: stuffed zeros and restart markers belong to
// the data.
func scanEnd(file []byte, at int) int {
	for ; at+1 < len(file); at++ {
		if next := file[at+1]; file[at] == 0xFF && next != 0 && next != 0xFF && (next < markRST0 || next > markRST7) {
			return at
		}
	}
	return len(file)
}

func progressive(file []byte) bool {
	for _, s := range segments(file) {
		if s.mark == markSOF2 {
			return true
		}
	}
	return false
}

// pixels tells whether a segment is needed to draw the picture. Everything else is left out:
// comments, EXIF, XMP, IPTC, thumbnails, and the second pictures and films that phones append.
func (s segment) pixels() bool {
	switch {
	case s.mark == markSOS, s.mark == markDQT, s.mark == markDHT, s.mark == markDRI:
		return true
	case s.mark >= 0xC0 && s.mark <= 0xCF: // start of frame, arithmetic conditioning
		return true
	case s.mark == markAPP14:
		return bytes.HasPrefix(s.payload, adobeName) && len(s.payload) == 12
	}
	return s.profile()
}

// profile: the ICC colour profile, without which the colours of a skin would be wrong.
func (s segment) profile() bool { return s.mark == markAPP2 && bytes.HasPrefix(s.payload, iccName) }

func cleanJPEG(file []byte) ([]byte, error) {
	list := segments(file)
	if list == nil {
		return nil, refused("a whole JPEG")
	}
	upright, profile := orientation(list), []byte(nil)
	var out bytes.Buffer
	out.Write([]byte{0xFF, markSOI})
	for _, s := range list {
		if s.pixels() {
			out.Write(s.bytes)
		}
		if s.profile() {
			profile = append(profile, s.bytes...)
		}
	}
	out.Write([]byte{0xFF, markEOI})
	m, err := jpeg.Decode(bytes.NewReader(out.Bytes()))
	if err != nil {
		return nil, refused("not readable")
	}
	if upright == 1 {
		return out.Bytes(), nil
	}
	out.Reset()
	if err := jpeg.Encode(&out, turn(m, upright), &jpeg.Options{Quality: quality}); err != nil {
		return nil, err
	}
	encoded := out.Bytes()
	whole := append([]byte{0xFF, markSOI}, profile...)
	return append(whole, encoded[2:]...), nil
}

// orientation reads EXIF's tag 0x0112 (Exif 2.32, 4.6.4): 1 when there is none or it says nothing
// known.
func orientation(list []segment) int {
	for _, s := range list {
		if s.mark != markAPP1 || !bytes.HasPrefix(s.payload, exifName) {
			continue
		}
		tiff := s.payload[len(exifName):]
		if len(tiff) < 8 {
			return 1
		}
		var order binary.ByteOrder = binary.BigEndian
		if bytes.HasPrefix(tiff, []byte("II")) {
			order = binary.LittleEndian
		}
		at := int64(order.Uint32(tiff[4:]))
		if at+2 > int64(len(tiff)) {
			return 1
		}
		entries := int64(order.Uint16(tiff[at:]))
		for i := range entries {
			entry := at + 2 + 12*i
			if entry+12 > int64(len(tiff)) {
				return 1
			}
			if order.Uint16(tiff[entry:]) == 0x0112 {
				if v := int(order.Uint16(tiff[entry+8:])); v >= 1 && v <= 8 {
					return v
				}
				return 1
			}
		}
		return 1
	}
	return 1
}

// turn draws a picture upright. A colour picture stays in its three planes: as RGBA it would need a
// third more memory.
func turn(m image.Image, orientation int) image.Image {
	switch m := m.(type) {
	case *image.YCbCr:
		return turnYCbCr(m, orientation)
	case *image.Gray:
		b := m.Bounds()
		w, h := b.Dx(), b.Dy()
		pix, w2, h2 := turnPlane(m.Pix, m.Stride, w, h, orientation)
		return &image.Gray{Pix: pix, Stride: w2, Rect: image.Rect(0, 0, w2, h2)}
	}
	b := m.Bounds()
	w, h := b.Dx(), b.Dy()
	if orientation >= 5 {
		w, h = h, w
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			fx, fy := source(x, y, b.Dx(), b.Dy(), orientation)
			out.Set(x, y, m.At(b.Min.X+fx, b.Min.Y+fy))
		}
	}
	return out
}

func turnYCbCr(m *image.YCbCr, orientation int) image.Image {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	var cw, ch int
	switch m.SubsampleRatio {
	case image.YCbCrSubsampleRatio444:
		cw, ch = w, h
	case image.YCbCrSubsampleRatio422:
		cw, ch = (w+1)/2, h
	case image.YCbCrSubsampleRatio420:
		cw, ch = (w+1)/2, (h+1)/2
	case image.YCbCrSubsampleRatio440:
		cw, ch = w, (h+1)/2
	default: // 4:1:1 and 4:1:0, which no phone writes
		return turn(rgba(m), orientation)
	}
	ratio := m.SubsampleRatio
	if orientation >= 5 {
		switch ratio {
		case image.YCbCrSubsampleRatio422:
			ratio = image.YCbCrSubsampleRatio440
		case image.YCbCrSubsampleRatio440:
			ratio = image.YCbCrSubsampleRatio422
		}
	}
	out := &image.YCbCr{SubsampleRatio: ratio}
	var w2, h2 int
	out.Y, w2, h2 = turnPlane(m.Y, m.YStride, w, h, orientation)
	out.Cb, out.CStride, _ = turnPlane(m.Cb, m.CStride, cw, ch, orientation)
	out.Cr, _, _ = turnPlane(m.Cr, m.CStride, cw, ch, orientation)
	out.YStride, out.Rect = w2, image.Rect(0, 0, w2, h2)
	return out
}

func rgba(m image.Image) image.Image {
	b := m.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			out.Set(x, y, m.At(b.Min.X+x, b.Min.Y+y))
		}
	}
	return out
}

func turnPlane(pix []byte, stride, w, h, orientation int) (out []byte, w2, h2 int) {
	w2, h2 = w, h
	if orientation >= 5 {
		w2, h2 = h, w
	}
	out = make([]byte, w2*h2)
	for y := range h2 {
		for x := range w2 {
			fx, fy := source(x, y, w, h, orientation)
			out[y*w2+x] = pix[fy*stride+fx]
		}
	}
	return out, w2, h2
}

// source is where the upright picture's pixel lies in the stored one of w x h (Exif 2.32, table 6).
func source(x, y, w, h, orientation int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	case 8:
		return w - 1 - y, x
	}
	return x, y
}
