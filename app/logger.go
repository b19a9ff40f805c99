package app

import (
	"io"
	"log/slog"

	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/logtext"
)

// NewLogger makes the log as configured. What is logged holds ids, routes and counts, never
// personal data.
func NewLogger(cfg config.Config, to io.Writer) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(cfg.LogLevel)); err != nil {
		level = slog.LevelInfo
	}
	o := &slog.HandlerOptions{Level: level, ReplaceAttr: logtext.Cut}
	if cfg.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(to, o))
	}
	return slog.New(slog.NewTextHandler(to, o))
}
