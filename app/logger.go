package app

import (
	"io"
	"log/slog"
	"strings"
	"unicode"

	"github.com/smart-hospital/hospital/app/config"
)

// Longest texts of the log, in bytes: a part of what is logged was chosen by strangers.
const (
	maxLogText  = 1 << 10
	maxLogStack = 16 << 10
)

// NewLogger makes the log as configured. What is logged holds ids, routes and counts, never
// personal data.
func NewLogger(cfg config.Config, to io.Writer) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(cfg.LogLevel)); err != nil {
		level = slog.LevelInfo
	}
	o := &slog.HandlerOptions{Level: level, ReplaceAttr: cut}
	if cfg.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(to, o))
	}
	return slog.New(slog.NewTextHandler(to, o))
}

// cut shortens texts and takes out what would move a reader's cursor or turn the direction of
// writing.
func cut(_ []string, a slog.Attr) slog.Attr {
	switch v := a.Value.Any().(type) {
	case string:
		if a.Key == "stack" {
			return slog.String(a.Key, cutText(v, maxLogStack))
		}
		return slog.String(a.Key, cutText(v, maxLogText))
	case error:
		return slog.String(a.Key, cutText(v.Error(), maxLogText))
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
