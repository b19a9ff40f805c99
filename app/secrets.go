package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/chain/keystore"
)

// masterKey reads the secret that seals the key store. The demo makes one at its first start; strict mode never does.
func masterKey(cfg config.Config) ([]byte, error) {
	var key []byte
	var err error
	if cfg.MasterKeyFile == "" {
		key, err = keystore.CreateMaster(filepath.Join(cfg.Data, "master.key"))
	} else {
		key, err = keystore.ReadMaster(cfg.MasterKeyFile)
	}
	if err != nil {
		return nil, fmt.Errorf("master-key-file: %w", err)
	}
	return key, nil
}

// readSecret reads a secret's file without its line end. The error names the setting, never the content.
func readSecret(path, setting string) (string, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("%s: %w", setting, err)
	}
	s := strings.TrimSpace(string(b))
	if s == "" {
		return "", fmt.Errorf("%s: the file is empty", setting)
	}
	return s, nil
}

// writeDurable writes a file so that after a crash it is there whole or not at all.
func writeDurable(path string, content []byte, mode fs.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".tmp-")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // a no-op once it is renamed
	_, err = f.Write(content)
	if err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
