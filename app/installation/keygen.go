package installation

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/platform/durable"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
)

// ErrFounded: the data folder has a chain already; founding again would orphan it.
var ErrFounded = errors.New("the data folder has a chain already")

// Keygen prepares an installation that is no demo: it makes the master key at cfg.MasterKeyFile
// unless the file is there, founds the consortium of specs and writes members.json. Running it
// again after a kill is safe until the chain exists.
func Keygen(ctx context.Context, cfg config.Config, chainName string, specs []consortium.Spec, out io.Writer) error {
	if cfg.MasterKeyFile == "" {
		return errors.New("master-key-file: name the file, on a medium of its own")
	}
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return err
	}
	if home.HasGenesis(filepath.Join(cfg.Data, "chain")) {
		return fmt.Errorf("%w: %s", ErrFounded, cfg.Data)
	}
	master, err := keystore.CreateMaster(cfg.MasterKeyFile)
	if err != nil {
		return err
	}
	keys, err := keystore.Open(filepath.Join(cfg.Data, "keys"), master)
	if err != nil {
		return err
	}
	ours, err := keys.Ensure(InsurerClientKey)
	if err != nil {
		return err
	}
	insurers := filepath.Join(cfg.Data, "insurer-client.pub.pem")
	if err := durable.WriteFile(insurers, ours.Public().PEM(), 0o644); err != nil {
		return err
	}
	dir := filepath.Join(cfg.Data, "chain")
	if err := Found(ctx, dir, keys, cfg.Hospital, consortium.NewChainID(chainName), specs, time.Now()); err != nil {
		return err
	}
	members, err := home.ReadMembers(dir)
	if err != nil {
		return err
	}
	published := filepath.Join(cfg.Data, "members.json")
	if err := durable.WriteFile(published, append(members.Bytes(), '\n'), 0o644); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out,
		"chain %s founded with %d members\nmaster key: %s (keep a copy apart from the data folder)\npublish:    %s\nto insurer: %s (the key our requests are signed with)\n", members.Chain, len(members.Members), cfg.MasterKeyFile, published, insurers)
	return err
}
