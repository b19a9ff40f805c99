package keystore_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"testing"

	"github.com/smart-hospital/hospital/chain/platform/keystore"
)

// A copied folder opens with the same master secret and holds the same keys; newer ones follow; a
// folder of another master, or with another key of a name, is left as it was.
func TestCopyTo(t *testing.T) {
	master := bytes.Repeat([]byte{7}, keystore.MasterSize)
	open := func(dir string, master []byte) *keystore.Dir {
		t.Helper()
		d, err := keystore.Open(dir, master)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	from, to := open(t.TempDir(), master), filepath.Join(t.TempDir(), "keys")
	for _, name := range []string{"seal-h1", "later"} {
		signer, err := from.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		secret, err := from.Secret(name, 32)
		if err != nil {
			t.Fatal(err)
		}
		if err := from.CopyTo(to); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		copied := open(to, master)
		same, err := copied.Signer(name)
		if err != nil || !same.Public().Equal(signer.Public()) {
			t.Errorf("%s: %v", name, err)
		}
		if got, err := copied.ExistingSecret(name, 32); err != nil || !bytes.Equal(got, secret) {
			t.Errorf("%s: another secret, %v", name, err)
		}
	}

	strange := t.TempDir()
	open(strange, bytes.Repeat([]byte{8}, keystore.MasterSize))
	if err := from.CopyTo(strange); !errors.Is(err, keystore.ErrExists) {
		t.Errorf("over another master's folder: %v", err)
	}
	if names, err := open(strange, bytes.Repeat([]byte{8}, keystore.MasterSize)).List(); err != nil || len(names) != 0 {
		t.Errorf("something was copied: %v %v", names, err)
	}
	if _, err := open(to, master).Create("own"); err != nil {
		t.Fatal(err)
	}
	if _, err := from.Create("own"); err != nil {
		t.Fatal(err)
	}
	if err := from.CopyTo(to); !errors.Is(err, keystore.ErrExists) {
		t.Errorf("over another key of that name: %v", err)
	}
}
