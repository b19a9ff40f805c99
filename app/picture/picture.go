// Package picture makes what a person photographs fit to be kept and shown: only pixels stay. Where
// and with what a picture was taken (EXIF, XMP, GPS), what hides behind its end, and pictures that
// do not decode are kept out; a picture that a phone stored lying on its side is turned upright.
package picture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"net/http"

	"golang.org/x/image/webp"
	"golang.org/x/sync/semaphore"
)

// Limits of pictures.
const (
	// MaxBytes is the largest file that is taken, and the largest that comes out.
	MaxBytes = 5 << 20
	// MaxPixels is what one picture may have: more than phones make by default, too little to be a
	// bomb.
	MaxPixels = 25_000_000
	// maxMemory is what one picture may need while it is decoded; its header tells.
	maxMemory = 160 << 20
	// allMemory is what all pictures under way may need together.
	allMemory = 2 * maxMemory
	// quality of a JPEG that had to be written anew: visually without loss.
	quality = 92
)

// Media types that come out of Clean.
const (
	JPEG = "image/jpeg"
	PNG  = "image/png"
)

// ErrRefused: the bytes are no picture that can be kept. Its text names the rule and nothing else.
var ErrRefused = errors.New("picture refused")

func refused(rule string) error { return fmt.Errorf("%w: %s", ErrRefused, rule) }

var memory = semaphore.NewWeighted(allMemory)

// Clean returns the picture without anything but its pixels and their colour profile, upright, and
// its media type. A JPEG or PNG that is upright keeps its very pixels; a turned JPEG and a WebP are
// encoded anew. The memory that it needs is bounded by the header before a pixel is decoded, and
// all calls together wait for their share of one budget. Errors: ErrRefused, the context's.
func Clean(ctx context.Context, file []byte) (clean []byte, mediaType string, err error) {
	if len(file) == 0 || len(file) > MaxBytes {
		return nil, "", refused(fmt.Sprintf("1 to %d bytes", MaxBytes))
	}
	// The type is taken from the bytes, never from what the client says.
	sniffed := http.DetectContentType(file)
	h, err := header(sniffed, file)
	if err != nil {
		return nil, "", err
	}
	if err := memory.Acquire(ctx, h.memory); err != nil {
		return nil, "", err
	}
	defer memory.Release(h.memory)
	switch sniffed {
	case JPEG:
		clean, err = cleanJPEG(file)
		mediaType = JPEG
	case PNG:
		clean, err = cleanPNG(file)
		mediaType = PNG
	default:
		clean, mediaType, err = cleanWebP(file)
	}
	if err != nil {
		return nil, "", err
	}
	if len(clean) > MaxBytes {
		return nil, "", refused(fmt.Sprintf("at most %d bytes once it stands upright", MaxBytes))
	}
	return clean, mediaType, nil
}

// head is what a file says of itself before a pixel is decoded.
type head struct{ memory int64 }

func header(mediaType string, file []byte) (head, error) {
	var c image.Config
	var err error
	var each int64 // bytes of memory a pixel, decoded
	switch mediaType {
	case JPEG:
		c, err = jpeg.DecodeConfig(bytes.NewReader(file))
		each = 3 * 2 // three planes, and three turned ones
		if progressive(file) {
			each += 3 * 4 // the decoder keeps every coefficient as 32 bits
		}
	case PNG:
		c, err = png.DecodeConfig(bytes.NewReader(file))
		each = 8 // 16 bits a channel
	case "image/webp":
		c, err = webp.DecodeConfig(bytes.NewReader(file))
		each = 8 // decoded, and as RGBA to be encoded
	default:
		return head{}, refused("JPEG, PNG or WebP")
	}
	if err != nil || c.Width <= 0 || c.Height <= 0 {
		return head{}, refused("not readable")
	}
	pixels := int64(c.Width) * int64(c.Height)
	if pixels > MaxPixels || pixels*each > maxMemory {
		return head{}, refused(fmt.Sprintf("%d x %d pixels are too many", c.Width, c.Height))
	}
	return head{memory: pixels * each}, nil
}

func cleanWebP(file []byte) ([]byte, string, error) {
	m, err := webp.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, "", refused("not readable")
	}
	var out bytes.Buffer
	if o, ok := m.(interface{ Opaque() bool }); ok && o.Opaque() {
		err = jpeg.Encode(&out, m, &jpeg.Options{Quality: quality})
		return out.Bytes(), JPEG, err
	}
	err = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&out, m)
	return out.Bytes(), PNG, err
}
