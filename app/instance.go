package app

import (
	"fmt"
	"path/filepath"

	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/demo"
	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/platform/durable"
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
	f := &installation.Installation{Cfg: cfg}
	if home.HasGenesis(f.Path("chain")) { // before, join has its own to bring
		if err := f.MakeSecrets(); err != nil {
			return "", false, fmt.Errorf("keys of %s: %w", cfg.Data, err)
		}
	}
	if key, joined, err = folder.AddInstance(dir, listen, explorer); err != nil || !joined || !cfg.Demo {
		return key, joined, err
	}
	ward, err := firstWard(f)
	if err != nil {
		return "", false, fmt.Errorf("demo ward: %w", err)
	}
	return key, joined, durable.WriteFile(filepath.Join(dir, demo.File), ward.Text(), 0o600)
}

// firstWard is the ward that the first instance shows, or will show.
func firstWard(f *installation.Installation) (*demo.Ward, error) {
	settings, err := consortium.ReadNodeSettings(f.Cfg.Data)
	if err != nil {
		return nil, err
	}
	f.Cfg.Hospital = settings.Member
	if err := f.ReadMembers(); err != nil {
		return nil, err
	}
	return loadWard(f)
}
