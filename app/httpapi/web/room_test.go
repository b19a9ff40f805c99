package web

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/disk"
	"github.com/smart-hospital/hospital/app/problem"
)

func codeOf(err error) string {
	if p, ok := errors.AsType[*problem.Problem](err); ok {
		return p.Code
	}
	return ""
}

// TestSlots: one holder has its share, all together have theirs, and nothing stays held.
func TestSlots(t *testing.T) {
	s := newSlots(3, 2, time.Millisecond)
	ctx := context.Background()
	a1, err := s.take(ctx, "a")
	if err != nil {
		t.Fatal(err)
	}
	a2, err := s.take(ctx, "a")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.take(ctx, "a"); codeOf(err) != "rate-limited" {
		t.Errorf("a third one of a: %v", err)
	}
	b, err := s.take(ctx, "b")
	if err != nil {
		t.Fatalf("another holder is kept out: %v", err)
	}
	if _, err := s.take(ctx, "c"); codeOf(err) != "unavailable" {
		t.Errorf("beyond all: %v", err)
	}
	a1()
	c, err := s.take(ctx, "c")
	if err != nil {
		t.Errorf("after one has ended: %v", err)
	}
	for _, end := range []func(){a2, b, c} {
		end()
	}
	if len(s.held) != 0 || !s.all.TryAcquire(3) {
		t.Errorf("held: %v", s.held)
	}
}

// TestUses: when the disk fills, uploads stop first and signatures last.
func TestUses(t *testing.T) {
	for want, op := range map[disk.Use]Op{disk.Uploads: {Upload: true, Command: true}, disk.Commands: {Command: true},
		disk.Signing: {Signs: true, Command: true}} {
		if use := op.use(); use != want {
			t.Errorf("%+v counts as %v", op, use)
		}
	}
}
