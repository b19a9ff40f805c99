package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
)

// masterKey reads the secret that seals the key store. The demo makes one at its first start;
// strict mode never does.
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

// readSecret reads a secret's file without its line end. The error names the setting, never the
// content.
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
