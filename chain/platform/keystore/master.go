package keystore

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ParseMaster reads a master secret: exactly 64 hexadecimal digits, white space around them
// ignored. For a secret that comes from the environment or a secret store. ErrMaster otherwise; the
// error never repeats the text.
func ParseMaster(text []byte) ([]byte, error) {
	master, err := hex.DecodeString(string(bytes.TrimSpace(text)))
	if err != nil || len(master) != MasterSize {
		return nil, fmt.Errorf("%w: must be %d hexadecimal digits", ErrMaster, 2*MasterSize)
	}
	return master, nil
}

// ReadMaster reads the master secret from a file. ErrNotFound, ErrMaster or a file system error.
func ReadMaster(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: master secret file", ErrNotFound)
	} else if err != nil {
		return nil, fmt.Errorf("keystore: %w", err)
	}
	defer clear(text)
	return ParseMaster(text)
}

// CreateMaster makes a random master secret in a new file, durably and with mode 0600, and returns
// it; when the file is there already, it returns what it holds. For a demo or a first installation:
// in earnest, keep the master on another disk than the keys.
func CreateMaster(path string) ([]byte, error) {
	master, err := ReadMaster(path)
	if !errors.Is(err, ErrNotFound) {
		return master, err
	}
	fresh := make([]byte, MasterSize)
	if _, err := rand.Read(fresh); err != nil {
		return nil, fmt.Errorf("keystore: random source: %w", err)
	}
	folder := filepath.Dir(path)
	if err := makeFolder(folder); err != nil {
		return nil, err
	}
	temp, err := writeTemporary(folder, fmt.Appendf(nil, "%x\n", fresh))
	if err != nil {
		return nil, err
	}
	linkErr := os.Link(temp, path)
	if err := errors.Join(os.Remove(temp), syncFolder(folder)); err != nil {
		return nil, fmt.Errorf("keystore: %w", err)
	}
	if linkErr != nil && !errors.Is(linkErr, fs.ErrExist) {
		return nil, fmt.Errorf("keystore: %w", linkErr)
	}
	return ReadMaster(path)
}
