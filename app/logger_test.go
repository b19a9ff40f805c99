package app

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/logtext"
	"github.com/smart-hospital/hospital/app/ports"
)

// What strangers chose can neither fill the log nor turn its lines about.
func TestLogValuesAreCut(t *testing.T) {
	long := strings.Repeat("长", 100_000) + "END"
	for _, format := range []string{"text", "json"} {
		var out bytes.Buffer
		NewLogger(config.Config{LogFormat: format}, &out).
			Info(long, "a", long, "e", errors.New(long), slog.Group("g", "b", long+"\u202e"), "c", "x\u202e\x1b[2Jy")
		if got := out.String(); len(got) > 8*logtext.Most || strings.Contains(got, "END") ||
			strings.ContainsAny(got, "\u202e\x1b") || strings.Count(got, "\n") != 1 {
			t.Errorf("%s: %d bytes: %.200q", format, len(got), got)
		}
	}
	var out bytes.Buffer
	NewLogger(config.Config{LogLevel: "debug"}, &out)
	l := ports.ServerLog(slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug})))
	l.Print("http: TLS handshake error from 203.0.113.9:4711: EOF")
	l.Print("http: response.Write on hijacked connection from [2001:db8::1]:4711")
	if got := out.String(); strings.Contains(got, "203.0.113.9") || strings.Contains(got, "2001:db8") ||
		strings.Contains(got, "level=ERROR") {
		t.Errorf("a client's fault: %s", got)
	}
}
