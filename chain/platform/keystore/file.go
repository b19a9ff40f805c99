package keystore

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/chain/gm"
)

const (
	fileVersion   = 1
	temporary     = ".tmp-"
	staleAfter    = time.Hour // a write takes milliseconds; an hour leaves another process's alone
	sealingPrefix = "hospital keystore|1|"
)

// keyFile is one file, JSON. Box is gm.Seal of the value under HMAC-SM3(master, label)[:16] with
// the label as additional data; the label names kind and key, so a file moved to another name does
// not open. Master is 256 random bits and needs no stretching; a key for each file keeps the number
// of random nonces under one key at one.
type keyFile struct {
	Version int    `json:"v"`
	Kind    string `json:"kind"`
	Name    string `json:"name"`
	Box     []byte `json:"box"` // base64
}

func label(kind, name string) []byte { return []byte(sealingPrefix + kind + "|" + name) }

func (d *Dir) sealingKey(label []byte) []byte { return gm.HMAC(d.master, label)[:gm.SM4KeySize] }

func (d *Dir) file(kind, name string) string { return filepath.Join(d.path, kind, name+extension) }

// read returns ErrNotFound or ErrCorrupt; the caller owns and clears the value.
func (d *Dir) read(kind, name string) ([]byte, error) {
	f, err := os.Open(d.file(kind, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s/%s", ErrNotFound, kind, name)
	} else if err != nil {
		return nil, fmt.Errorf("keystore: %w", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxFileSize+1))
	if err != nil {
		return nil, fmt.Errorf("keystore: %w", err)
	}
	value, err := d.open(kind, name, text)
	if err != nil {
		return nil, fmt.Errorf("%w: %s/%s", err, kind, name)
	}
	return value, nil
}

// open returns ErrCorrupt whatever is wrong.
func (d *Dir) open(kind, name string, text []byte) ([]byte, error) {
	if int64(len(text)) > maxFileSize {
		return nil, ErrCorrupt
	}
	var k keyFile
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&k); err != nil || decoder.More() || k.Version != fileVersion || k.Kind != kind ||
		k.Name != name {
		return nil, ErrCorrupt
	}
	l := label(kind, name)
	value, err := gm.Open(d.sealingKey(l), k.Box, l)
	if err != nil {
		return nil, ErrCorrupt
	}
	return value, nil
}

// create writes the sealed value under its name if the name is free, durably, or returns ErrExists.
//
// The steps, and what a kill after each leaves: temporary file written and synced (a leftover that
// Open sweeps), linked to its name (the key is whole; link, unlike rename, never replaces, so of
// two creators one loses cleanly), temporary name removed, folder synced (only now is the caller
// told).
func (d *Dir) create(kind, name string, value []byte) error {
	l := label(kind, name)
	box, err := gm.Seal(d.sealingKey(l), value, l)
	if err != nil {
		return err
	}
	text, err := json.Marshal(keyFile{Version: fileVersion, Kind: kind, Name: name, Box: box})
	if err != nil {
		return fmt.Errorf("keystore: %w", err)
	}
	folder := filepath.Join(d.path, kind)
	temp, err := writeTemporary(folder, append(text, '\n'))
	if err != nil {
		return err
	}
	linkErr := os.Link(temp, d.file(kind, name))
	if err := os.Remove(temp); err != nil {
		return fmt.Errorf("keystore: %w", err)
	}
	// The loser syncs too: it will read the winner's file, whose own sync may not have happened
	// yet.
	if err := syncFolder(folder); err != nil {
		return err
	}
	if errors.Is(linkErr, fs.ErrExist) {
		return fmt.Errorf("%w: %s/%s", ErrExists, kind, name)
	} else if linkErr != nil {
		return fmt.Errorf("keystore: %w", linkErr)
	}
	return nil
}

func writeTemporary(folder string, text []byte) (path string, err error) {
	f, err := os.CreateTemp(folder, temporary) // mode 0600
	if err != nil {
		return "", fmt.Errorf("keystore: %w", err)
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Chmod(fileMode), f.Sync(), f.Close()); err != nil {
		return "", fmt.Errorf("keystore: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return f.Name(), nil
}

// makeFolder is os.MkdirAll whose new folders are still there after a power cut: each one's parent
// is synced.
func makeFolder(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil
	}
	parent := filepath.Dir(path)
	if parent != path {
		if err := makeFolder(parent); err != nil {
			return err
		}
	}
	if err := os.Mkdir(path, folderMode); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("keystore: %w", err)
	}
	return syncFolder(parent)
}

// syncFolder makes a new or removed name in the folder durable.
func syncFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return fmt.Errorf("keystore: %w", err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("keystore: %w", err)
	}
	return nil
}

// sweep removes what killed writes left behind; it holds only sealed bytes, so this is tidiness,
// not safety.
func sweep(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return fmt.Errorf("keystore: %w", err)
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || !strings.HasPrefix(entry.Name(), temporary) || time.Since(info.ModTime()) < staleAfter {
			continue // gone already, a key, or somebody's write in progress
		}
		if err := os.Remove(filepath.Join(folder, entry.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("keystore: %w", err)
		}
	}
	return nil
}
