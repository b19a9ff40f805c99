package chain

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

// maxSafe is 2^53-1: the largest integer a JSON reader in another language keeps exactly.
const maxSafe = 1<<53 - 1

// Canonical writes a value whose type declares its fields in key order, and whose strings JSON
// writes in one way only: its canonical bytes (RFC 8785). It panics on a type that JSON cannot
// hold.
func Canonical(v any) []byte {
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
		return v, tooLarge(len(b), limit)
	}
	return decode(b, T.Bytes)
}

// decode is Decode for a value that was written in one of several ways: now, or by programs of
// before.
func decode[T any](b []byte, writings ...func(T) []byte) (v T, err error) {
	if err := plain(b); err != nil {
		return v, err
	}
	return rewritten(b, writings...)
}

// rewritten is decode without a look at the alphabet, for values whose every field has a rule of
// its own.
func rewritten[T any](b []byte, writings ...func(T) []byte) (v T, err error) {
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

// strict is Decode for files, which may have spaces between tokens.
func strict[T written](b []byte, limit int) (v T, err error) {
	packed, err := compact(b, limit)
	if err != nil {
		return v, err
	}
	return decode(packed, T.Bytes)
}

// orEmpty is a list as canonical JSON writes it: no reader takes null.
func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

func tooLarge(is, limit int) error {
	return fmt.Errorf("%w: %d bytes, at most %d", ErrTooLarge, is, limit)
}

func malformed(field, rule string) error {
	return fmt.Errorf("%w: %s: %s", ErrMalformed, field, rule)
}
