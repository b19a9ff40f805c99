package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/smart-hospital/hospital/app"
	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/member"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/evidence/period"
)

// nodeExportCmd asks a regulator's running node for a period, as a machine with the token.
type nodeExportCmd struct {
	Dir  string `help:"The regulator's folder, as join left it; its node runs." required:"" type:"path"`
	From string `help:"First day in China." required:"" placeholder:"2026-11-01"`
	To   string `help:"Last day; with --from at most 92 days." required:"" placeholder:"2026-11-30"`
	Out  string `help:"ZIP file to write, for \"hospital verify\"; an old one is replaced when the new one is whole." required:"" type:"path"`
}

// exportTime bounds an export as the node does.
const exportTime = time.Hour

// Run leaves no file under the name before it is whole and every receipt in it was verified.
func (c nodeExportCmd) Run(ctx context.Context) error {
	genesis, err := home.ReadMembers(filepath.Join(c.Dir, "chain"))
	if err != nil {
		return err
	}
	half := c.Out + ".part"
	f, err := os.OpenFile(half, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer os.Remove(half) // it was renamed, or is no file
	defer f.Close()       // closed below when it matters
	ctx, over := context.WithTimeout(ctx, exportTime)
	defer over()
	if err := member.Export(ctx, c.Dir, c.From, c.To, f); err != nil {
		return err
	}
	if err := checkPeriod(f, verifyCmd{Genesis: genesis.Digest().String()}.trustHistory); err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(half, c.Out)
}

// verifyPeriod checks an export; done is false for any other file.
func (v verifyCmd) verifyPeriod() (done bool, err error) {
	f, err := os.Open(v.File)
	if err != nil {
		return false, err
	}
	defer f.Close()
	head := make([]byte, 4)
	if _, err := io.ReadFull(f, head); err != nil || !period.Is(head) {
		return false, nil // a short file is no archive
	}
	return true, checkPeriod(f, v.trustHistory)
}

// trustHistory gives the lists that an export's receipts are checked by: those of --history, else
// its own, behind the genesis list that the caller named or gave.
func (v verifyCmd) trustHistory(own []byte) (*chain.Timeline, error) {
	return v.timeline(append(append([]byte(`{"history":`), own...), '}'))
}

// checkPeriod prints a line for each part of what it says, and for every receipt that is bad.
func checkPeriod(f *os.File, trust func([]byte) (*chain.Timeline, error)) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	bad := 0
	m, err := period.Check(f, info.Size(), trust, func(x period.Fault) {
		bad++
		fmt.Printf("BAD  record %d in %s: %s: %v\n", x.Index, x.Part, chain.ReasonOf(x.Err), x.Err)
	})
	if bad > 0 {
		fmt.Printf("%d bad\n", bad)
		return errBadReceipts
	}
	if chain.ReasonOf(err) != "" {
		return refused(err)
	}
	if err != nil {
		return err
	}
	fmt.Printf("good %d records of chain %s, from %d of its log on, each with its receipt; genesis list %s\n", m.Count, m.Chain,
		m.First, m.Genesis)
	at := time.UnixMilli(m.After.Header.Time).UTC().Format(time.RFC3339)
	fmt.Printf("complete: every record of heights %d to %d, sealed at %s\n", m.Heights.First, m.Heights.Last, at)
	if m.Over() {
		fmt.Printf("the days %s to %s are over: nothing can be added to them\n", m.From, m.To)
	} else {
		fmt.Printf("the days %s to %s were not over at that height: later records may belong to them\n", m.From, m.To)
	}
	return nil
}

// nodeAuditCmd checks what a regulator's node keeps of its own.
type nodeAuditCmd struct {
	Dir string `help:"The regulator's folder; its node is stopped." required:"" type:"path"`
	masterFlag
}

// Run prints how long the security log is and its last hash, and fails when it is broken.
func (c nodeAuditCmd) Run(ctx context.Context) error {
	cfg := config.Config{Data: c.Dir, MasterKeyFile: c.MasterKeyFile}
	return member.AuditLog(ctx, cfg, app.NewLogger(cfg, os.Stderr), os.Stdout)
}
