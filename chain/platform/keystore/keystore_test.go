package keystore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain/gm"
)

var testMaster = bytes.Repeat([]byte{7}, MasterSize)

func open(t *testing.T, dir string) *Dir {
	t.Helper()
	d, err := Open(dir, testMaster)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestKeySurvivesReopening(t *testing.T) {
	dir := t.TempDir()
	made, err := open(t, dir).Create("h1-seal")
	if err != nil {
		t.Fatal(err)
	}
	again, err := open(t, dir).Signer("h1-seal")
	if err != nil {
		t.Fatal(err)
	}
	sig, err := again.Sign(t.Context(), []byte("record"))
	if err != nil {
		t.Fatal(err)
	}
	if err := made.Public().Verify([]byte("record"), sig); err != nil || again.KeyID() != "h1-seal" {
		t.Fatalf("signature by the reopened key %q: %v", again.KeyID(), err)
	}
}

func TestCreateRefusesAnExistingKey(t *testing.T) {
	dir := t.TempDir()
	first, err := open(t, dir).Create("k")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := open(t, dir).Create("k"); !errors.Is(err, ErrExists) {
		t.Fatalf("second Create: %v, want ErrExists", err)
	}
	if kept, err := open(t, dir).Ensure("k"); err != nil || !kept.Public().Equal(first.Public()) {
		t.Fatalf("Ensure changed the key: %v", err)
	}
}

func TestNames(t *testing.T) {
	d := open(t, t.TempDir())
	for _, name := range []string{"", ".", "..", "../x", "a/b", "A", "-a", ".tmp-1", "a\x00", "处方",
		string(bytes.Repeat([]byte("a"), 65))} {
		if _, err := d.Create(name); !errors.Is(err, ErrName) {
			t.Errorf("Create(%q): %v, want ErrName", name, err)
		}
		if _, err := d.Signer(name); !errors.Is(err, ErrName) {
			t.Errorf("Signer(%q): %v, want ErrName", name, err)
		}
		if _, err := d.DataKey(t.Context(), name); !errors.Is(err, ErrName) {
			t.Errorf("DataKey(%q): %v, want ErrName", name, err)
		}
	}
	if _, err := d.Signer("absent"); !errors.Is(err, ErrNotFound) {
		t.Errorf("absent key: %v, want ErrNotFound", err)
	}
}

func TestListIsSortedAndShowsOnlyKeys(t *testing.T) {
	dir := t.TempDir()
	d := open(t, dir)
	for _, id := range []string{"b", "a", "a.b", "a-b"} {
		if _, err := d.Create(id); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, kindSM2, temporary+"1"), nil, fileMode); err != nil {
		t.Fatal(err)
	}
	ids, err := d.List()
	if want := []string{"a", "a-b", "a.b", "b"}; err != nil || !slices.Equal(ids, want) {
		t.Fatalf("List = %v, %v; want %v", ids, err, want)
	}
}

func TestWrongMasterIsNoticedAtOnce(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	for _, master := range [][]byte{nil, testMaster[:31], bytes.Repeat([]byte{8}, MasterSize)} {
		if _, err := Open(dir, master); !errors.Is(err, ErrMaster) {
			t.Errorf("Open with a master of %d bytes: %v, want ErrMaster", len(master), err)
		}
	}
}

func TestAlteredMovedAndTruncatedFilesAreRefused(t *testing.T) {
	dir := t.TempDir()
	d := open(t, dir)
	if _, err := d.Create("one"); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(d.file(kindSM2, "one"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{
		"flipped":   bytes.Replace(whole, []byte(`"box":"`), []byte(`"box":"AAAA`), 1),
		"truncated": whole[:len(whole)/2],
		"empty":     {},
		"moved":     whole,
		"renamed":   bytes.Replace(whole, []byte(`"name":"one"`), []byte(`"name":"renamed"`), 1),
		"version": bytes.Replace(bytes.Replace(whole, []byte(`"v":1`), []byte(`"v":2`), 1), []byte(`"one"`),
			[]byte(`"version"`), 1),
		"huge": append(slices.Clone(whole), bytes.Repeat([]byte(" "), int(maxFileSize))...),
	} {
		if err := os.WriteFile(d.file(kindSM2, name), text, fileMode); err != nil {
			t.Fatal(err)
		}
		if _, err := open(t, dir).Signer(name); !errors.Is(err, ErrCorrupt) {
			t.Errorf("%s file: %v, want ErrCorrupt", name, err)
		}
	}
}

func TestFilesArePrivate(t *testing.T) {
	dir := t.TempDir()
	d := open(t, dir)
	if _, err := d.Create("k"); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]os.FileMode{d.file(kindSM2, "k"): fileMode,
		filepath.Join(dir, kindSM2): folderMode} {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: mode %v, %v; want %v", filepath.Base(path), info.Mode().Perm(), err, want)
		}
	}
}

func TestDataKeysAndSecrets(t *testing.T) {
	dir, ctx := t.TempDir(), t.Context()
	d := open(t, dir)
	key, err := d.DataKey(ctx, "documents")
	if err != nil || len(key) != gm.SM4KeySize {
		t.Fatalf("DataKey = %d bytes, %v", len(key), err)
	}
	if again, err := open(t, dir).DataKey(ctx, "documents"); err != nil || !bytes.Equal(key, again) {
		t.Fatalf("data key changed on reopening: %v", err)
	}
	secret, err := d.Secret("documents", 32)
	if err != nil || len(secret) != 32 || bytes.Equal(secret[:16], key) {
		t.Fatalf("Secret = %d bytes, %v; must differ from the data key of that name", len(secret), err)
	}
	for _, n := range []int{0, 15, 16, 65} {
		if _, err := d.Secret("documents", n); !errors.Is(err, ErrLength) {
			t.Errorf("Secret of %d bytes: %v, want ErrLength", n, err)
		}
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := d.DataKey(ended, "documents"); !errors.Is(err, context.Canceled) {
		t.Errorf("DataKey after cancel: %v", err)
	}
}

// Everybody who asks for the same name at once gets the same key, within one process and across
// several handles.
func TestOneWinner(t *testing.T) {
	dir := t.TempDir()
	handles := []*Dir{open(t, dir), open(t, dir)}
	const callers = 16
	keys, created := make([]string, callers), make([]error, callers)
	var group sync.WaitGroup
	for i := range callers {
		group.Go(func() {
			key, err := handles[i%2].DataKey(context.Background(), "shared")
			keys[i] = fmt.Sprintf("%x %v", key, err)
			_, created[i] = handles[i%2].Create("sealing")
		})
	}
	group.Wait()
	winners := 0
	for i := range callers {
		if keys[i] != keys[0] {
			t.Errorf("caller %d got another key", i)
		}
		if created[i] == nil {
			winners++
		} else if !errors.Is(created[i], ErrExists) {
			t.Errorf("caller %d: %v", i, created[i])
		}
	}
	if winners != 1 {
		t.Errorf("%d callers created the key, want exactly 1", winners)
	}
}

// What a kill between writing and linking leaves must neither count as a key nor stay for ever.
func TestLeftoversOfAKilledWrite(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	old, fresh := filepath.Join(dir, kindSM2, temporary+"old"), filepath.Join(dir, kindSM2, temporary+"new")
	for _, path := range []string{old, fresh} {
		if err := os.WriteFile(path, []byte(`{"v":1`), fileMode); err != nil {
			t.Fatal(err)
		}
	}
	long := time.Now().Add(-2 * staleAfter)
	if err := os.Chtimes(old, long, long); err != nil {
		t.Fatal(err)
	}
	d := open(t, dir)
	if ids, err := d.List(); err != nil || len(ids) != 0 {
		t.Errorf("List = %v, %v; want none", ids, err)
	}
	if _, err := os.Stat(old); !os.IsNotExist(err) {
		t.Errorf("stale leftover is still there: %v", err)
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Errorf("another process's write in progress was removed: %v", err)
	}
}

func TestSignHonoursContext(t *testing.T) {
	signer, err := open(t, t.TempDir()).Create("k")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := signer.Sign(ctx, []byte("m")); !errors.Is(err, context.Canceled) {
		t.Fatalf("Sign after cancel: %v", err)
	}
}

func TestMaster(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secrets", "master")
	made, err := CreateMaster(path)
	if err != nil || len(made) != MasterSize {
		t.Fatalf("CreateMaster = %d bytes, %v", len(made), err)
	}
	if again, err := CreateMaster(path); err != nil || !bytes.Equal(made, again) {
		t.Fatalf("second CreateMaster changed the secret: %v", err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != fileMode {
		t.Fatalf("master file mode: %v, %v", info, err)
	}
	if _, err := ReadMaster(path + "x"); !errors.Is(err, ErrNotFound) {
		t.Errorf("absent master: %v", err)
	}
	for _, text := range []string{"", "00", fmt.Sprintf("%x00", made), "zz" + fmt.Sprintf("%x", made)[2:]} {
		if _, err := ParseMaster([]byte(text)); !errors.Is(err, ErrMaster) {
			t.Errorf("ParseMaster of %d characters: %v, want ErrMaster", len(text), err)
		}
	}
}

// TestAs: a partner who agreed on an id of its own gets signatures under that id; the hospital's
// own stay as they are.
func TestAs(t *testing.T) {
	s, err := open(t, t.TempDir()).Create("insurer")
	if err != nil {
		t.Fatal(err)
	}
	under, err := As(s, "NHSA-44")
	if err != nil {
		t.Fatal(err)
	}
	sig, err := under.Sign(t.Context(), []byte("m"))
	if err != nil || under.Public().As("NHSA-44").Verify([]byte("m"), sig) != nil ||
		under.Public().Verify([]byte("m"), sig) == nil {
		t.Errorf("not signed under the id: %v", err)
	}
	if same, err := As(s, gm.ID); err != nil || same != s {
		t.Errorf("the default id: %v", err)
	}
	for _, id := range []string{"", string(bytes.Repeat([]byte("1"), gm.MaxIDSize+1))} {
		if _, err := As(s, id); !errors.Is(err, ErrSignerID) {
			t.Errorf("an id of %d bytes: %v", len(id), err)
		}
	}
	if _, err := As(struct{ Signer }{s}, "NHSA-44"); !errors.Is(err, ErrSignerID) {
		t.Errorf("a key that signs under one id only: %v", err)
	}
}
