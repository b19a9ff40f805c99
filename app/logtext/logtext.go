// Package logtext keeps the log readable: a part of what is logged was chosen by strangers.
package logtext

import (
	"log/slog"
	"strings"
	"unicode"
)

// Most is the longest text of the log, in bytes; a stack may be longer.
const (
	Most      = 1 << 10
	mostStack = 16 << 10
)

// Cut, of a slog.HandlerOptions, shortens texts and takes out what would move a reader's cursor or
// turn the direction of writing.
func Cut(_ []string, a slog.Attr) slog.Attr {
	switch v := a.Value.Any().(type) {
	case string:
		if a.Key == "stack" {
			return slog.String(a.Key, cutText(v, mostStack))
		}
		return slog.String(a.Key, cutText(v, Most))
	case error:
		return slog.String(a.Key, cutText(v.Error(), Most))
	}
	return a
}

func cutText(s string, most int) string {
	over := len(s) > most
	if over {
		s = strings.ToValidUTF8(s[:most], "")
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.Is(unicode.Cf, r) || r == '\u2028' ||
			r == '\u2029' {
			return unicode.ReplacementChar
		}
		return r
	}, s)
	if over {
		s += " …"
	}
	return s
}
