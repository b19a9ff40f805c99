package picture

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	_ "image/png" // what Clean leaves is a JPEG or a PNG

	"golang.org/x/image/draw"
)

// quality of a small picture: a face of some 20 KiB.
const smallQuality = 85

// Square returns the middle of a picture as a JPEG of side x side pixels, encoded anew: errors as
// Clean, and ErrRefused for one that is smaller than least on a side.
func Square(ctx context.Context, file []byte, side, least int) ([]byte, error) {
	clean, _, err := Clean(ctx, file)
	if err != nil {
		return nil, err
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(clean))
	if err != nil {
		return nil, refused("not readable")
	}
	if min(c.Width, c.Height) < least {
		return nil, refused(fmt.Sprintf("at least %d x %d pixels", least, least))
	}
	need := int64(c.Width) * int64(c.Height) * 8
	if err := memory.Acquire(ctx, min(need, allMemory)); err != nil {
		return nil, err
	}
	defer memory.Release(min(need, allMemory))
	m, _, err := image.Decode(bytes.NewReader(clean))
	if err != nil {
		return nil, refused("not readable")
	}
	b := m.Bounds()
	edge := min(b.Dx(), b.Dy())
	corner := b.Min.Add(image.Pt((b.Dx()-edge)/2, (b.Dy()-edge)/2))
	small := image.NewRGBA(image.Rect(0, 0, side, side))
	draw.Draw(small, small.Bounds(), image.White, image.Point{}, draw.Src) // under what is transparent
	draw.CatmullRom.Scale(small, small.Bounds(), m, image.Rectangle{Min: corner, Max: corner.Add(image.Pt(edge, edge))},
		draw.Over, nil)
	var out bytes.Buffer
	err = jpeg.Encode(&out, small, &jpeg.Options{Quality: smallQuality})
	return out.Bytes(), err
}
