package main

import (
	"context"
	"fmt"
	"time"

	"github.com/smart-hospital/hospital/app/backup"
	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/chain/comet/home"
)

// backupCmd makes a backup of a node, running or not.
type backupCmd struct {
	Dir string `help:"The organisation's folder, or a hospital's data folder." required:"" type:"path"`
	Out string `help:"File to write. It holds no private key: keep keys/ and chain/config/ of the folder apart, anew whenever keys were made." required:"" type:"path"`
}

// Run says what is in it.
func (c backupCmd) Run(ctx context.Context) error {
	info, err := backup.Make(ctx, config.Config{Data: c.Dir}, c.Out)
	if err != nil {
		return err
	}
	printBackup(c.Out, info)
	return nil
}

// restoreCmd puts a backup into a folder without a chain's databases.
type restoreCmd struct {
	Dir         string `help:"The organisation's folder, or a hospital's data folder, with its keys; its node is stopped and chain/data moved away (keep priv_validator_state.json there when it is the newest)." required:"" type:"path"`
	File        string `arg:"" help:"Backup to restore." type:"existingfile"`
	ForgetVotes bool   `help:"The node is its chain's only voter, and the node that the backup is of can never run again: what was done after the backup is given up."`
}

// Run says what was restored.
func (c restoreCmd) Run(ctx context.Context) error {
	info, err := backup.Restore(ctx, config.Config{Data: c.Dir}, c.File, c.ForgetVotes)
	if err != nil {
		return err
	}
	printBackup(c.Dir, info)
	return nil
}

func printBackup(where string, i home.BackupInfo) {
	fmt.Printf("%s: chain %s up to height %d, %d records, state root %s, made %s\n", where, i.Chain, i.Height,
		i.Records, i.StateRoot, i.Made.Format(time.RFC3339))
}
