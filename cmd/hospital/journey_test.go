package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/app/journey"
)

// The main job, as a new user tries it: serve, journey, verify with the published members' list,
// stop, audit. Over every engine.
func TestJourney(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, s *server) {
		s.start()
		receipts := filepath.Join(t.TempDir(), "receipts.json")
		out, err := s.run("journey", "--url", s.url(), "--receipts", receipts)
		if err != nil || !strings.Contains(out, "every receipt verified offline") {
			t.Fatalf("journey: %v\n%s", err, out)
		}
		for _, step := range []string{"chat", "issue", "approve", "paid", "claim", "dispense", "reject", "cancel",
			"refunded", "refused", "second pharmacy refused"} {
			if !strings.Contains(out, step) {
				t.Errorf("the journey does not tell of %q", step)
			}
		}
		s.stop()
		members := filepath.Join(s.data, "members.json")
		if out, err := s.run("verify", receipts, "--members", members); err != nil || strings.Contains(out, "BAD ") {
			t.Errorf("verify: %v\n%s", err, out)
		}
		forged := filepath.Join(t.TempDir(), "forged.json")
		text, err := os.ReadFile(receipts)
		if err != nil {
			t.Fatal(err)
		}
		lie := bytes.Replace(text, []byte(`"kind": "rx.issue"`), []byte(`"kind": "rx.approve"`), 1)
		if bytes.Equal(lie, text) {
			t.Fatal("nothing to forge")
		}
		if err := os.WriteFile(forged, lie, 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := s.run("verify", forged, "--members", members); err == nil || !strings.Contains(out, "BAD") {
			t.Errorf("a forged receipt passes: %v\n%s", err, out)
		}
		if out, err := s.run("audit", "--data", s.data); err != nil {
			t.Errorf("audit: %v\n%s", err, out)
		}
	})
}

// Boot, stop, boot on the same files: accounts, records and prescriptions are still there, and the
// chain goes on.
func TestRestart(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, s *server) {
		for range 2 {
			s.start()
			if err := journey.Run(t.Context(),
				journey.Options{URL: s.url(), Count: 2, Parallel: 2, Out: &bytes.Buffer{}}); err != nil {
				t.Fatal(err)
			}
			s.stop()
		}
		if out, err := s.run("audit", "--data", s.data); err != nil {
			t.Errorf("audit: %v\n%s", err, out)
		}
	})
}
