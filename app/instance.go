package app

import (
	"fmt"
	"path/filepath"

	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/demo"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/platform/durable"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
)

// Keys and secrets of the application in its key store; the organisations' own are
// chain/consortium's.
const (
	columnsSecret        = "columns"        // seals personal columns
	insurerClientKey     = "insurer-client" // signs what we send to the insurer
	sandboxBureauKey     = "sandbox-bureau" // the demo's, as the next two
	sandboxInsurerSecret = "sandbox-insurer"
	sandboxWeChatSecret  = "sandbox-wechat"
)

// AddInstance makes dir a data folder for another instance of the application whose own folder is
// cfg.Data, with a node of its own: see consortium.Folder.AddInstance for key and joined. What the
// application makes at its first start is made now, so that all instances have the same, once the
// folder is in a chain; cfg.Demo: the demo ward's accounts as well.
func AddInstance(cfg config.Config, dir, listen, explorer string) (key string, joined bool, err error) {
	folder, err := consortium.OpenFolder(cfg.Data, cfg.MasterKeyFile)
	if err != nil {
		return "", false, err
	}
	f := &foundation{cfg: cfg}
	if comet.HasGenesis(f.path("chain")) { // before, join has its own to bring
		if err := f.makeSecrets(); err != nil {
			return "", false, fmt.Errorf("keys of %s: %w", cfg.Data, err)
		}
	}
	if key, joined, err = folder.AddInstance(dir, listen, explorer); err != nil || !joined || !cfg.Demo {
		return key, joined, err
	}
	ward, err := f.firstWard()
	if err != nil {
		return "", false, fmt.Errorf("demo ward: %w", err)
	}
	return key, joined, durable.WriteFile(filepath.Join(dir, demo.File), ward.Text(), 0o600)
}

// firstWard is the ward that the first instance shows, or will show.
func (f *foundation) firstWard() (*demo.Ward, error) {
	settings, err := consortium.ReadNodeSettings(f.cfg.Data)
	if err != nil {
		return nil, err
	}
	f.cfg.Hospital = settings.Member
	if err := f.readMembers(); err != nil {
		return nil, err
	}
	return f.loadWard()
}

func (f *foundation) makeSecrets() error {
	master, err := masterKey(f.cfg)
	if err != nil {
		return err
	}
	if f.keys, err = keystore.Open(f.path("keys"), master); err != nil {
		return err
	}
	if _, err := consortium.TraceSecretOf(f.cfg.Data, f.keys); err != nil {
		return err
	}
	names := []string{insurerClientKey}
	secrets := map[string]int{columnsSecret: keystore.MasterSize}
	if f.cfg.Demo {
		names = append(names, sandboxBureauKey)
		secrets[sandboxInsurerSecret], secrets[sandboxWeChatSecret] = keystore.MasterSize, keystore.MasterSize
	}
	for _, name := range names {
		if _, err := f.keys.Ensure(name); err != nil {
			return err
		}
	}
	for name, size := range secrets {
		if _, err := f.keys.Secret(name, size); err != nil {
			return err
		}
	}
	return nil
}
