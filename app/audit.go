package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"

	"github.com/smart-hospital/hospital/app/audit"
	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/app/partners"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// ErrNoInstallation: the data folder lacks a part that an audit needs; the text names it.
var ErrNoInstallation = errors.New("no installation to audit")

// auditor opens what an audit needs and makes nothing.
type auditor struct {
	installation.Installation
	bureau *sqlstore.DB // the sandbox bureau's own; nil when there is none
}

// Audit replays the whole chain of a stopped installation from its genesis (every block, signature
// and rule) and holds every record and every status of the database against it. The installation
// may have ended by kill -9. Faults are in the report; an error means that there was no audit:
// ErrNoInstallation, installation.ErrInUse, or what a key, file or database said.
func Audit(ctx context.Context, cfg config.Config, log *slog.Logger) (report *audit.Report, err error) {
	a := &auditor{Installation: installation.Installation{Cfg: cfg, Log: log}}
	defer func() { err = errors.Join(err, a.Close()) }()
	for _, step := range []func(context.Context) error{
		a.present, // before the lock's file is made in somebody's home folder
		a.Lock,    // nobody writes meanwhile
		a.openExisting,
	} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	scratch, err := os.MkdirTemp("", "hospital-audit-")
	if err != nil {
		return nil, err
	}
	a.OnClose(func() error { return os.RemoveAll(scratch) })
	report = audit.NewReport()
	replayed, err := home.AuditIn(ctx, a.Path("chain"), scratch)
	if errors.Is(err, home.ErrAudit) { // without a chain that holds there is nothing to compare with
		report.Fault("chain", "chain.replay", err.Error())
		return report, nil
	}
	if err != nil {
		return nil, err
	}
	a.OnClose(replayed.Close)
	return report, a.compare(ctx, replayed, report)
}

// present refuses a folder that is no installation, so that an audit never founds one.
func (a *auditor) present(context.Context) error {
	parts := []string{"keys"}
	if a.Cfg.DatabaseURL == "" {
		parts = append(parts, installation.DatabaseFile)
	}
	if a.Cfg.MasterKeyFile == "" {
		a.Cfg.MasterKeyFile = a.Path("master.key")
	}
	for _, part := range parts {
		if _, err := os.Stat(a.Path(part)); err != nil {
			return fmt.Errorf("%w: %s is missing in %s", ErrNoInstallation, part, a.Cfg.Data)
		}
	}
	if !home.HasGenesis(a.Path("chain")) {
		return fmt.Errorf("%w: the chain has no genesis in %s", ErrNoInstallation, a.Cfg.Data)
	}
	return nil
}

// openExisting is lay without anything it makes: no key, no genesis, no migration, no published
// file.
func (a *auditor) openExisting(ctx context.Context) (err error) {
	if err := gm.SelfTest(); err != nil {
		return fmt.Errorf("cryptography fails its self-test on this machine: %w", err)
	}
	master, err := keystore.ReadMaster(a.Cfg.MasterKeyFile)
	if err != nil {
		return fmt.Errorf("master-key-file: %w", err)
	}
	if a.Keys, err = keystore.Open(a.Path("keys"), master); err != nil {
		return err
	}
	secret, err := a.Keys.ExistingSecret(installation.ColumnsSecret, keystore.MasterSize)
	if err != nil {
		return err
	}
	a.Box = keystore.NewBox(secret)
	if err := a.ReadMembers(); err != nil {
		return err
	}
	if err := a.OpenStore(ctx); err != nil {
		return err
	}
	return a.openBureauBooks(ctx)
}

// openBureauBooks opens the sandbox bureau's database when the demo left one.
func (a *auditor) openBureauBooks(ctx context.Context) (err error) {
	if !a.Cfg.Demo || a.Cfg.Insurer.URL != "" {
		return nil
	}
	dsn, err := partners.BureauDSN(&a.Installation)
	if err != nil {
		return err
	}
	if file, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
		if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
	}
	if a.bureau, err = sqlstore.Open(ctx, dsn); err != nil {
		return fmt.Errorf("sandbox bureau: %w", err)
	}
	a.OnClose(a.bureau.Close)
	return nil
}

// compare holds the replayed chain against the node's own, the published list and the rooms.
func (a *auditor) compare(ctx context.Context, replayed *home.AuditReport, r *audit.Report) error {
	a.Orgs.Follow(replayed.Members)
	r.Chain, r.From, r.Height, r.Ledger, r.StateRoot = replayed.ChainID, replayed.From, replayed.Height,
		replayed.LedgerHeight, replayed.StateRoot
	for _, d := range replayed.Differences {
		r.Fault("chain", "chain.ledger", d)
	}
	a.published(r)
	parts := make([]audit.Part, len(rooms))
	for i, room := range rooms {
		parts[i] = room.Audit
	}
	w := &audit.Walk{Chain: replayed, DB: a.DB, Box: a.Box, Seals: a.Orgs, Bureau: a.bureau, Report: r}
	return w.Compare(ctx, parts)
}

// published: the list that strangers verify receipts with is the one in force.
func (a *auditor) published(r *audit.Report) {
	text, err := os.ReadFile(a.Path(installation.MembersFile))
	if err != nil || !bytes.Equal(bytes.TrimSpace(text), a.Members.Bytes()) {
		r.Fault("members", "members.published", installation.MembersFile+" is not the members' list of the genesis")
	}
}
