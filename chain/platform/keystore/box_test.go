package keystore

import (
	"bytes"
	"errors"
	"testing"
)

func TestBox(t *testing.T) {
	key := bytes.Repeat([]byte{1}, BoxKeySize)
	box := NewBox(key)
	sealed, err := box.Seal([]byte("青霉素过敏"), "patients.allergies/u1")
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := NewBox(key).Open(sealed, "patients.allergies/u1"); err != nil || string(plain) != "青霉素过敏" {
		t.Fatalf("Open = %q, %v", plain, err)
	}
	again, err := box.Seal([]byte("青霉素过敏"), "patients.allergies/u1")
	if err != nil || bytes.Equal(sealed, again) {
		t.Fatal("two sealings of one value look alike")
	}
	flipped := bytes.Clone(sealed)
	flipped[len(flipped)-1] ^= 1
	other := NewBox(bytes.Repeat([]byte{2}, BoxKeySize))
	for name, attempt := range map[string]func() ([]byte, error){
		"other row":   func() ([]byte, error) { return box.Open(sealed, "patients.allergies/u2") },
		"other key":   func() ([]byte, error) { return other.Open(sealed, "patients.allergies/u1") },
		"flipped bit": func() ([]byte, error) { return box.Open(flipped, "patients.allergies/u1") },
		"truncated":   func() ([]byte, error) { return box.Open(sealed[:10], "patients.allergies/u1") },
		"empty":       func() ([]byte, error) { return box.Open(nil, "patients.allergies/u1") },
	} {
		if plain, err := attempt(); !errors.Is(err, ErrBox) || plain != nil {
			t.Errorf("%s: %q, %v; want ErrBox", name, plain, err)
		}
	}
}

func TestBlindIndex(t *testing.T) {
	box := NewBox(bytes.Repeat([]byte{1}, BoxKeySize))
	index := box.Index("bc", "a")
	if len(index) != 64 || index != box.Index("bc", "a") {
		t.Fatalf("index %q is not a stable 64 digits", index)
	}
	other := NewBox(bytes.Repeat([]byte{2}, BoxKeySize))
	for name, got := range map[string]string{
		"other value": box.Index("bd", "a"), "other context": box.Index("bc", "b"),
		"shifted boundary": box.Index("c", "ab"), "other key": other.Index("bc", "a"),
	} {
		if got == index {
			t.Errorf("%s has the same index", name)
		}
	}
}

func TestBoxRefusesAShortKey(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Fatal("a 16-byte key was taken")
		}
	}()
	NewBox(make([]byte, 16))
}
