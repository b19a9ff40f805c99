package installation

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/chain/consortium"
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

// ReadSecret reads a secret's file without its line end. The error names the setting, never the
// content.
func ReadSecret(path, setting string) (string, error) {
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

// Keys and secrets of the application in its key store; the organisations' own are
// chain/consortium's.
const (
	ColumnsSecret        = "columns"        // seals personal columns
	InsurerClientKey     = "insurer-client" // signs what we send to the insurer
	SandboxBureauKey     = "sandbox-bureau" // the demo's, as the next two
	SandboxInsurerSecret = "sandbox-insurer"
	SandboxWeChatSecret  = "sandbox-wechat"
)

// MakeSecrets makes what the application makes at its first start.
func (f *Installation) MakeSecrets() error {
	master, err := masterKey(f.Cfg)
	if err != nil {
		return err
	}
	if f.Keys, err = keystore.Open(f.Path("keys"), master); err != nil {
		return err
	}
	if _, err := consortium.TraceSecretOf(f.Cfg.Data, f.Keys); err != nil {
		return err
	}
	names := []string{InsurerClientKey}
	secrets := map[string]int{ColumnsSecret: keystore.MasterSize}
	if f.Cfg.Demo {
		names = append(names, SandboxBureauKey)
		secrets[SandboxInsurerSecret], secrets[SandboxWeChatSecret] = keystore.MasterSize, keystore.MasterSize
	}
	for _, name := range names {
		if _, err := f.Keys.Ensure(name); err != nil {
			return err
		}
	}
	for name, size := range secrets {
		if _, err := f.Keys.Secret(name, size); err != nil {
			return err
		}
	}
	return nil
}
