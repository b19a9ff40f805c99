package keystore

import (
	"bytes"
	"errors"
	"os"
	"testing"
)

// Whatever a key file holds, it opens to the value sealed in it or is refused as corrupt.
func FuzzKeyFile(f *testing.F) {
	d, err := Open(f.TempDir(), testMaster)
	if err != nil {
		f.Fatal(err)
	}
	want := bytes.Repeat([]byte{5}, 32) // fixed: each fuzzing process makes a folder of its own
	if err := d.create(kindSecret, "s", want); err != nil {
		f.Fatal(err)
	}
	whole, err := os.ReadFile(d.file(kindSecret, "s"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(bytes.Replace(whole, []byte(kindSecret), []byte(kindData), 1))
	f.Add([]byte("{}"))
	f.Fuzz(func(t *testing.T, text []byte) {
		value, err := d.open(kindSecret, "s", text)
		if err != nil && (value != nil || !errors.Is(err, ErrCorrupt)) {
			t.Fatalf("%x, %v", value, err)
		}
		if err == nil && !bytes.Equal(value, want) {
			t.Fatalf("forged: %q", text)
		}
	})
}

func FuzzMaster(f *testing.F) {
	f.Add([]byte("0000000000000000000000000000000000000000000000000000000000000000\n"))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, text []byte) {
		master, err := ParseMaster(text)
		if (err == nil) != (len(master) == MasterSize) || err != nil && !errors.Is(err, ErrMaster) {
			t.Fatalf("%d bytes, %v", len(master), err)
		}
	})
}
