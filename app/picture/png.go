package picture

import (
	"bytes"
	"encoding/binary"
	"image/png"
)

// pngSignature begins every PNG (PNG 1.2, 3.1).
var pngSignature = []byte("\x89PNG\r\n\x1a\n")

// pngPixels are the chunks that draw the picture; texts, times, EXIF, packed profiles and unknown
// ones are left out.
var pngPixels = map[string]bool{"IHDR": true, "PLTE": true, "tRNS": true, "gAMA": true, "cHRM": true, "sRGB": true,
	"IDAT": true}

// cleanPNG keeps the chunks of pixels and colours; their check sums hold because the decoder has
// looked at them.
func cleanPNG(file []byte) ([]byte, error) {
	if _, err := png.Decode(bytes.NewReader(file)); err != nil {
		return nil, refused("not readable")
	}
	out := bytes.NewBuffer(append([]byte(nil), pngSignature...))
	for at := len(pngSignature); ; {
		if at+12 > len(file) {
			return nil, refused("a whole PNG")
		}
		end := at + 12 + int(binary.BigEndian.Uint32(file[at:]))
		if end > len(file) || end < at {
			return nil, refused("a whole PNG")
		}
		kind := string(file[at+4 : at+8])
		if pngPixels[kind] || kind == "IEND" {
			out.Write(file[at:end])
		}
		if kind == "IEND" {
			return out.Bytes(), nil
		}
		at = end
	}
}
