package keystore

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/durable"
)

// Limits and names of a key folder.
const (
	MasterSize                  = 32 // bytes
	minSecret, maxSecret        = 16, 64
	folderMode, fileMode        = 0o700, 0o600
	extension                   = ".key"
	masterProof                 = "master" // the name under which kindProof is kept
	kindSM2, kindData           = "sm2", "data"
	kindSecret, kindProof       = "secret", "proof"
	proofSize                   = 16
	maxFileSize           int64 = 4 << 10
)

var namePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)

// Dir is a folder of sealed keys. Safe for concurrent use, also by several processes on one file
// system.
type Dir struct {
	path   string
	master []byte

	mu      sync.Mutex
	signers map[string]*fileSigner
}

// Open opens the folder, making it when it is missing, and checks that master (32 bytes) is the
// secret it was made with. Leftovers of a killed write are removed. ErrMaster, ErrCorrupt or a file
// system error.
func Open(dir string, master []byte) (*Dir, error) {
	if len(master) != MasterSize {
		return nil, fmt.Errorf("%w: must be %d bytes, got %d", ErrMaster, MasterSize, len(master))
	}
	d := &Dir{path: dir, master: slices.Clone(master), signers: make(map[string]*fileSigner)}
	for _, kind := range []string{kindSM2, kindData, kindSecret, kindProof} {
		folder := filepath.Join(dir, kind)
		if err := makeFolder(folder); err != nil {
			return nil, err
		}
		if err := sweep(folder); err != nil {
			return nil, err
		}
	}
	if _, err := d.random(kindProof, masterProof, proofSize); errors.Is(err, ErrCorrupt) {
		return nil, ErrMaster
	} else if err != nil {
		return nil, err
	}
	return d, nil
}

// Create makes a new SM2 key and returns its signer once the key is durable. ErrName, ErrExists.
func (d *Dir) Create(id string) (Signer, error) {
	if err := checkName(id); err != nil {
		return nil, err
	}
	key, err := gm.GenerateKey()
	if err != nil {
		return nil, err
	}
	der, err := key.PKCS8()
	if err != nil {
		return nil, err
	}
	defer clear(der)
	if err := d.create(kindSM2, id, der); err != nil {
		return nil, err
	}
	return d.remember(&fileSigner{id: id, key: key}), nil
}

// Signer returns the signer of an existing key. ErrName, ErrNotFound, ErrCorrupt.
func (d *Dir) Signer(id string) (Signer, error) {
	if err := checkName(id); err != nil {
		return nil, err
	}
	d.mu.Lock()
	known := d.signers[id]
	d.mu.Unlock()
	if known != nil {
		return known, nil
	}
	der, err := d.read(kindSM2, id)
	if err != nil {
		return nil, err
	}
	defer clear(der)
	key, err := gm.ParsePKCS8(der)
	if err != nil {
		return nil, fmt.Errorf("%w: %s/%s: %w", ErrCorrupt, kindSM2, id, err)
	}
	return d.remember(&fileSigner{id: id, key: key}), nil
}

// Ensure returns the signer of id, creating the key when there is none: what a first start needs,
// and every later one.
func (d *Dir) Ensure(id string) (Signer, error) {
	signer, err := d.Signer(id)
	if !errors.Is(err, ErrNotFound) {
		return signer, err
	}
	if signer, err = d.Create(id); errors.Is(err, ErrExists) { // somebody was faster
		return d.Signer(id)
	}
	return signer, err
}

// List returns the ids of all SM2 keys in ascending order.
func (d *Dir) List() ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(d.path, kindSM2))
	if err != nil {
		return nil, fmt.Errorf("keystore: %w", err)
	}
	var ids []string
	for _, entry := range entries {
		if id, ok := strings.CutSuffix(entry.Name(), extension); ok && namePattern.MatchString(id) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids) // ReadDir sorts "a-b.key" before "a.key"
	return ids, nil
}

// DataKey returns the random 16-byte SM4 key of that name, created at its first use and the same
// ever after.
func (d *Dir) DataKey(ctx context.Context, name string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return d.random(kindData, name, gm.SM4KeySize)
}

// Secret returns the random secret of that name, n bytes (16…64), created at its first use and the
// same ever after. ErrLength when it exists with another length.
func (d *Dir) Secret(name string, n int) ([]byte, error) {
	if n < minSecret || n > maxSecret {
		return nil, fmt.Errorf("%w: %d bytes, want %d…%d", ErrLength, n, minSecret, maxSecret)
	}
	return d.random(kindSecret, name, n)
}

// ExistingSecret is Secret for readers that may not make one: ErrName, ErrNotFound, ErrLength.
func (d *Dir) ExistingSecret(name string, n int) ([]byte, error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	value, err := d.read(kindSecret, name)
	if err == nil && len(value) != n {
		return nil, fmt.Errorf("%w: %s/%s has %d bytes, asked for %d", ErrLength, kindSecret, name, len(value), n)
	}
	return value, err
}

// PutSecret keeps a secret that somebody else made, 16…64 bytes, under a name. Putting the same
// again is fine; ErrExists when another value has the name.
func (d *Dir) PutSecret(name string, value []byte) error {
	if err := checkName(name); err != nil {
		return err
	}
	if len(value) < minSecret || len(value) > maxSecret {
		return fmt.Errorf("%w: %d bytes, want %d…%d", ErrLength, len(value), minSecret, maxSecret)
	}
	err := d.create(kindSecret, name, value)
	if !errors.Is(err, ErrExists) {
		return err
	}
	have, readErr := d.read(kindSecret, name)
	if readErr != nil {
		return readErr
	}
	if subtle.ConstantTimeCompare(have, value) == 1 {
		return nil
	}
	return err
}

// Decrypt opens what was encrypted to the SM2 key of that name (gm.PublicKey.Encrypt): ErrName,
// ErrNotFound, gm.ErrCrypt.
func (d *Dir) Decrypt(id string, ciphertext []byte) ([]byte, error) {
	if _, err := d.Signer(id); err != nil {
		return nil, err
	}
	d.mu.Lock()
	key := d.signers[id].key
	d.mu.Unlock()
	return key.Decrypt(ciphertext)
}

// CopyTo copies every sealed key into another folder, for one that works with the same keys under
// the same master secret, and may be repeated to bring newer keys over. ErrExists when the folder
// holds another key of a name.
func (d *Dir) CopyTo(dir string) error {
	for _, kind := range []string{kindProof, kindSM2, kindData, kindSecret} { // first what tells whose the folder is
		folder := filepath.Join(dir, kind)
		if err := makeFolder(folder); err != nil {
			return err
		}
		files, err := filepath.Glob(filepath.Join(d.path, kind, "*"+extension))
		if err != nil {
			return fmt.Errorf("keystore: %w", err)
		}
		for _, file := range files {
			if err := copyKey(file, filepath.Join(folder, filepath.Base(file))); err != nil {
				return fmt.Errorf("%s: %w", kind, err)
			}
		}
	}
	return nil
}

func copyKey(from, to string) error {
	sealed, err := os.ReadFile(from)
	if err != nil {
		return fmt.Errorf("keystore: %w", err)
	}
	have, err := os.ReadFile(to)
	switch {
	case err == nil && bytes.Equal(have, sealed):
		return nil
	case err == nil:
		return fmt.Errorf("%w: another one: %s", ErrExists, filepath.Base(to))
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("keystore: %w", err)
	}
	return durable.WriteFile(to, sealed, fileMode)
}

func (d *Dir) random(kind, name string, n int) ([]byte, error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	value, err := d.read(kind, name)
	if errors.Is(err, ErrNotFound) {
		fresh := make([]byte, n)
		if _, err := rand.Read(fresh); err != nil {
			return nil, fmt.Errorf("keystore: random source: %w", err)
		}
		if err := d.create(kind, name, fresh); err != nil && !errors.Is(err, ErrExists) {
			return nil, err
		}
		value, err = d.read(kind, name) // what the disk holds is the truth, whoever won
	}
	if err != nil {
		return nil, err
	}
	if len(value) != n {
		return nil, fmt.Errorf("%w: %s/%s has %d bytes, asked for %d", ErrLength, kind, name, len(value), n)
	}
	return value, nil
}

func (d *Dir) remember(s *fileSigner) *fileSigner {
	d.mu.Lock()
	defer d.mu.Unlock()
	if known := d.signers[s.id]; known != nil {
		return known
	}
	d.signers[s.id] = s
	return s
}

func checkName(name string) error {
	if !namePattern.MatchString(name) {
		return fmt.Errorf("%w: %q", ErrName, name)
	}
	return nil
}

type fileSigner struct {
	id  string
	key *gm.PrivateKey
}

func (s *fileSigner) KeyID() string         { return s.id }
func (s *fileSigner) Public() *gm.PublicKey { return s.key.Public() }

func (s *fileSigner) Sign(ctx context.Context, msg []byte) ([]byte, error) {
	return s.SignAs(ctx, gm.ID, msg)
}

// SignAs is Sign under another signer's id; see As.
func (s *fileSigner) SignAs(ctx context.Context, signer string, msg []byte) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return s.key.SignAs(signer, msg)
}
