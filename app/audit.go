package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	prescriptionstore "github.com/smart-hospital/hospital/prescription/gormstore"
)

// ErrNoInstallation: the data folder lacks a part that an audit needs; the text names it.
var ErrNoInstallation = errors.New("no installation to audit")

// auditor compares a chain replayed from disk with the database beside it. It reads only: what it
// finds is for people to mend. The replayed ledger is kept in a temporary folder and tables are
// read a page at a time, so memory does not grow with the hospital's age.
type auditor struct {
	foundation
	chain  *comet.AuditReport
	rx     *prescriptionstore.Store
	bureau *sqlstore.DB    // the sandbox bureau's own; nil when there is none
	hosts  map[string]bool // organisations whose keys are here
	report *AuditReport
}

// Audit replays the whole chain of a stopped installation from its genesis (every block, signature
// and rule) and holds every record and every status of the database against it. The installation
// may have ended by kill -9. Faults are in the report; an error means that there was no audit:
// ErrNoInstallation, ErrInUse, or what a key, file or database said.
func Audit(ctx context.Context, cfg config.Config, log *slog.Logger) (report *AuditReport, err error) {
	a := &auditor{foundation: foundation{cfg: cfg, log: log}, hosts: map[string]bool{},
		report: &AuditReport{Faults: []AuditFault{}}}
	defer func() { err = errors.Join(err, a.close()) }()
	for _, step := range []func(context.Context) error{
		a.present, // before the lock's file is made in somebody's home folder
		a.lock,    // nobody writes meanwhile
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
	a.onClose(func() error { return os.RemoveAll(scratch) })
	a.chain, err = comet.AuditIn(ctx, a.path("chain"), scratch)
	if errors.Is(err, comet.ErrAudit) { // without a chain that holds there is nothing to compare with
		a.report.fault("chain", "chain.replay", err.Error())
		return a.report, nil
	}
	if err != nil {
		return nil, err
	}
	a.onClose(a.chain.Close)
	return a.report, a.compare(ctx)
}

// present refuses a folder that is no installation, so that an audit never founds one.
func (a *auditor) present(context.Context) error {
	parts := []string{"keys"}
	if a.cfg.DatabaseURL == "" {
		parts = append(parts, databaseFile)
	}
	if a.cfg.MasterKeyFile == "" {
		a.cfg.MasterKeyFile = a.path("master.key")
	}
	for _, part := range parts {
		if _, err := os.Stat(a.path(part)); err != nil {
			return fmt.Errorf("%w: %s is missing in %s", ErrNoInstallation, part, a.cfg.Data)
		}
	}
	if !comet.HasGenesis(a.path("chain")) {
		return fmt.Errorf("%w: the chain has no genesis in %s", ErrNoInstallation, a.cfg.Data)
	}
	return nil
}

// openExisting is lay without anything it makes: no key, no genesis, no migration, no published
// file.
func (a *auditor) openExisting(ctx context.Context) (err error) {
	if err := gm.SelfTest(); err != nil {
		return fmt.Errorf("cryptography fails its self-test on this machine: %w", err)
	}
	master, err := keystore.ReadMaster(a.cfg.MasterKeyFile)
	if err != nil {
		return fmt.Errorf("master-key-file: %w", err)
	}
	if a.keys, err = keystore.Open(a.path("keys"), master); err != nil {
		return err
	}
	secret, err := a.keys.ExistingSecret(columnsSecret, keystore.MasterSize)
	if err != nil {
		return err
	}
	a.box = keystore.NewBox(secret)
	a.rx = prescriptionstore.New(a.box)
	if err := a.readMembers(); err != nil {
		return err
	}
	if err := a.openStore(ctx); err != nil {
		return err
	}
	return a.openBureauBooks(ctx)
}

// openBureauBooks opens the sandbox bureau's database when the demo left one.
func (a *auditor) openBureauBooks(ctx context.Context) (err error) {
	if !a.cfg.Demo || a.cfg.Insurer.URL != "" {
		return nil
	}
	dsn, err := a.bureauDSN()
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
	a.onClose(a.bureau.Close)
	return nil
}

// compare goes from the chain to the database and back, so that nothing can be missing on either
// side.
func (a *auditor) compare(ctx context.Context) error {
	r := a.report
	a.orgs.Follow(a.chain.Members)
	r.Chain, r.From, r.Height, r.Ledger, r.StateRoot = a.chain.ChainID, a.chain.From, a.chain.Height,
		a.chain.LedgerHeight, a.chain.StateRoot
	for _, d := range a.chain.Differences {
		r.fault("chain", "chain.ledger", d)
	}
	for _, step := range []struct {
		name string
		fn   func(context.Context) error
	}{
		{"members", a.published},
		{"outbox", a.outboxEntries},
		{"records", a.records},
		{"subjects", a.subjects},
		{"certificates", a.certificates},
		{"prescriptions", a.prescriptions},
		{"stock", a.stock},
		{"settlements", a.settlements},
		{"security log", a.securityLog},
		{"bureau", a.bureauOrders},
	} {
		if err := step.fn(ctx); err != nil {
			return fmt.Errorf("audit of %s: %w", step.name, err)
		}
	}
	return nil
}

// securityLog reads the whole chain of lines. Who wrote down its length and last hash sees that it
// only grew.
func (a *auditor) securityLog(ctx context.Context) error {
	lines, last, err := accounts.AuditLog(ctx, a.db.DB, a.box)
	a.report.Counts.SecurityLines, a.report.SecurityHash = lines, last
	if errors.Is(err, accounts.ErrLogBroken) {
		a.report.fault("security-log", "security.chain", err.Error())
		return nil
	}
	return err
}

// hosted tells whether an organisation's application is this one: its seal is here.
func (a *auditor) hosted(org string) (bool, error) {
	if known, ok := a.hosts[org]; ok {
		return known, nil
	}
	_, err := a.orgs.Seal(org)
	if err != nil && !errors.Is(err, keystore.ErrNotFound) && !errors.Is(err, chain.ErrNotFound) {
		return false, err
	}
	a.hosts[org] = err == nil
	return err == nil, nil
}
