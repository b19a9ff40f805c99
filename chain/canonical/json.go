package canonical

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/smart-hospital/hospital/chain/platform/text"
)

// Errors of malformed input. They are wrapped with the field and the rule.
var (
	ErrMalformed = errors.New("chain: malformed record")
	ErrTooLarge  = errors.New("chain: record too large")
)

// MaxSafe is 2^53-1: the largest integer a JSON reader in another language keeps exactly.
const MaxSafe = 1<<53 - 1

// Bytes writes a value whose type declares its fields in key order, and whose strings JSON
// writes in one way only: its canonical bytes (RFC 8785). It panics on a type that JSON cannot
// hold.
func Bytes(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // no type here can fail to marshal
	}
	return b
}

// written is a value with one way to write it.
type written interface{ Bytes() []byte }

// Decode reads JSON of at most limit bytes and then demands that writing the value again gives the
// input: that refuses unknown, missing, doubled and case-folded names, other number forms, bad
// UTF-8 and anything after the value in one stroke. Errors: ErrTooLarge, ErrMalformed.
func Decode[T written](b []byte, limit int) (v T, err error) {
	if len(b) > limit {
		return v, TooLarge(len(b), limit)
	}
	return DecodeAs(b, T.Bytes)
}

// DecodeAs is Decode for a value that was written in one of several ways: now, or by programs of
// before.
func DecodeAs[T any](b []byte, writings ...func(T) []byte) (v T, err error) {
	if err := plain(b); err != nil {
		return v, err
	}
	return Rewritten(b, writings...)
}

// Rewritten is DecodeAs without a look at the alphabet, for values whose every field has a rule of
// its own.
func Rewritten[T any](b []byte, writings ...func(T) []byte) (v T, err error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		return v, fmt.Errorf("%w: %w", ErrMalformed, text.InWords(err))
	}
	for _, write := range writings {
		if bytes.Equal(write(v), b) {
			return v, nil
		}
	}
	return v, fmt.Errorf("%w: not in canonical form", ErrMalformed)
}

// DecodeFile is Decode for files, which may have spaces between tokens.
func DecodeFile[T written](b []byte, limit int) (v T, err error) {
	packed, err := Compact(b, limit)
	if err != nil {
		return v, err
	}
	return DecodeAs(packed, T.Bytes)
}

// OrEmpty is a list as canonical JSON writes it: no reader takes null.
func OrEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// TooLarge is ErrTooLarge with the size that a text has and the one it may have, in bytes.
func TooLarge(is, limit int) error {
	return fmt.Errorf("%w: %d bytes, at most %d", ErrTooLarge, is, limit)
}

// Malformed is ErrMalformed with the field and the rule that it breaks.
func Malformed(field, rule string) error {
	return fmt.Errorf("%w: %s: %s", ErrMalformed, field, rule)
}
