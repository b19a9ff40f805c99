package intent

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gowebpki/jcs"

	"github.com/smart-hospital/hospital/chain/platform/text"
)

// MaxDocumentBytes bounds a document: a phone shows it and a person reads it.
const MaxDocumentBytes = 128 << 10

// maxSafe is 2^53-1: beyond it another language's JSON reader, and RFC 8785 itself, would round the
// number.
const maxSafe = 1<<53 - 1

// Canonical returns the RFC 8785 canonical JSON of v. ErrDocument when v does not marshal, is
// longer than MaxDocumentBytes, holds an integer that would be rounded, or a text that is read in
// another order than it is written: nobody must sign anything but what is shown.
func Canonical(v any) ([]byte, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDocument, err)
	}
	if len(raw) > MaxDocumentBytes {
		return nil, fmt.Errorf("%w: %d bytes, at most %d", ErrDocument, len(raw), MaxDocumentBytes)
	}
	if err := exact(raw); err != nil {
		return nil, err
	}
	canonical, err := jcs.Transform(raw)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDocument, err)
	}
	return canonical, nil
}

func exact(raw []byte) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrDocument, err)
		}
		if s, ok := token.(string); ok && (text.Directional(s) || strings.ContainsRune(s, utf8.RuneError)) {
			return fmt.Errorf("%w: a text turns the reading direction, or lost a character", ErrDocument)
		}
		n, ok := token.(json.Number)
		if !ok || strings.ContainsAny(n.String(), ".eE") {
			continue
		}
		if i, err := strconv.ParseInt(n.String(), 10, 64); err != nil || i > maxSafe || i < -maxSafe {
			return fmt.Errorf("%w: integer beyond 2^53-1", ErrDocument)
		}
	}
}
