// Package base64 is the one spelling of bytes as text: base64 of RFC 4648 section 4 with padding,
// no line breaks, and the bits that pad the last character zero. The standard library's decoders,
// the strict one too, skip CR and LF wherever they stand: a signature spelled with a line break
// would hold here and in no other program.
package base64

import (
	std "encoding/base64"
	"errors"
	"strings"
)

// ErrText is a text that Encode does not write.
var ErrText = errors.New("base64: not the one spelling")

// Encode is the text of bytes.
func Encode(b []byte) string { return std.StdEncoding.EncodeToString(b) }

// Decode is the bytes of a text that Encode wrote: ErrText for any other.
func Decode(s string) ([]byte, error) {
	b, err := std.StdEncoding.Strict().DecodeString(s)
	if err != nil || strings.ContainsAny(s, "\r\n") {
		return nil, ErrText
	}
	return b, nil
}

// Bytes are bytes whose JSON is their one spelling; the standard library takes others from a
// []byte.
type Bytes []byte

// MarshalText implements encoding.TextMarshaler.
func (b Bytes) MarshalText() ([]byte, error) { return []byte(Encode(b)), nil }

// UnmarshalText implements encoding.TextUnmarshaler: ErrText.
func (b *Bytes) UnmarshalText(text []byte) (err error) {
	*b, err = Decode(string(text))
	return err
}
