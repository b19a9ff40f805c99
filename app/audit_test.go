package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/audit"
	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/demo"
	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/app/keys"
	"github.com/smart-hospital/hospital/chain/chaintest/size"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/payment/money"
)

// TestAudit plays a ward and audits it: clean as it is; and every one of a table of changes is
// found and named.
func TestAudit(t *testing.T) {
	size.InTurn(t)
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		cfg := demoConfig(t, dsn)
		playWard(t, cfg, 2, io.Discard)
		t.Run("clean", func(t *testing.T) { auditClean(t, cfg) })
		t.Run("pending", func(t *testing.T) { auditPending(t, cfg) })
		for _, c := range tamperings {
			t.Run(c.name, func(t *testing.T) { auditTampered(t, cfg, c) })
		}
	})
}

func auditClean(t *testing.T, cfg config.Config) {
	chainBefore := fingerprint(t, filepath.Join(cfg.Data, "chain"))
	for range 2 {
		r, err := Audit(t.Context(), cfg, quiet())
		if err != nil || !r.Clean() {
			t.Fatalf("%+v %v", r, err)
		}
		c := r.Counts
		if c["records"] < 40 || c["outboxCommitted"] != c["records"] ||
			c["outboxPending"]+c["outboxDead"]+c["recordsOfOthers"]+c["drafts"]+c["unfinished"] != 0 {
			t.Errorf("%+v", c)
		}
		if c["records"] != c["certificates"]+c["prescriptionEvents"]+c["settlementEvents"] || c["traceCodes"] < 3 ||
			c["bureauOrders"] != c["settlements"] || c["settlements"] == 0 {
			t.Errorf("%+v", c)
		}
		if r.Books.Settleds != c["settlements"] || r.Books.Refundeds != 1 || r.Books.Settled == (money.Parts{}) ||
			*r.Bureau != r.Books {
			t.Errorf("books %+v", r.Books)
		}
	}
	if fingerprint(t, filepath.Join(cfg.Data, "chain")) != chainBefore {
		t.Error("the audit wrote into the chain's folder")
	}
}

// fingerprint is every file's name and content.
func fingerprint(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		b.WriteString(path + "\x00" + string(content) + "\x00")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// auditPending: what a kill left unsaid is no fault. One entry is on the chain and the relay never
// noted it; another never got there, and its step has its place in the database all the same.
func auditPending(t *testing.T, cfg config.Config) {
	x := cloned(t, cfg)
	a, err := New(t.Context(), x.cfg, quiet(), "test")
	x.must(err)
	id, person := x.text("SELECT id FROM certificates ORDER BY id LIMIT 1"),
		x.text("SELECT person FROM certificates ORDER BY id LIMIT 1")
	_, err = a.keyring.Revoke(t.Context(), sqlstore.Command{}, accounts.Account{Person: person, Role: accounts.Admin},
		id, keys.ReasonLost)
	x.must(errors.Join(err, a.Close())) // nobody served: the relay never ran
	x.exec(
		"UPDATE outbox SET state = 'pending', height = 0, committed_at = 0 WHERE pos = (SELECT max(pos) FROM outbox WHERE state = 'committed')")
	r := x.audit()
	if !r.Clean() || r.Counts["outboxPending"] != 2 || r.Counts["pendingOnChain"] != 1 {
		t.Errorf("%+v %+v", r.Counts, r.Faults)
	}
}

func auditTampered(t *testing.T, cfg config.Config, c tampering) {
	x := cloned(t, cfg)
	subject := c.spoil(x)
	r := x.audit()
	named := slices.ContainsFunc(r.Faults,
		func(f audit.Fault) bool { return f.Rule == c.rule && (subject == "" || f.Subject == subject) })
	if !named {
		t.Errorf("%s of %q not named in %d faults: %+v", c.rule, subject, r.FaultCount, r.Faults)
	}
	if c.only && r.FaultCount != 1 {
		t.Errorf("one change, %d faults: %+v", r.FaultCount, r.Faults)
	}
	var text, machine bytes.Buffer
	x.must(errors.Join(r.WriteText(&text), r.WriteJSON(&machine)))
	if r.Clean() || !strings.Contains(text.String(), "FAULT ") || !strings.Contains(text.String(), c.rule) {
		t.Errorf("text report: %s", text.String())
	}
	var again audit.Report
	if err := json.Unmarshal(machine.Bytes(), &again); err != nil || again.FaultCount != r.FaultCount {
		t.Errorf("JSON report: %v", err)
	}
	for _, p := range demo.Patients {
		if strings.Contains(text.String()+machine.String(), p.Name) {
			t.Error("a patient's name in the report")
		}
	}
}

// TestAuditRefuses: an audit never makes what it should find, and never runs beside a server.
func TestAuditRefuses(t *testing.T) {
	cfg := demoConfig(t, "")
	if _, err := Audit(t.Context(), cfg, quiet()); !errors.Is(err, ErrNoInstallation) {
		t.Errorf("an empty folder: %v", err)
	}
	if _, err := os.Stat(cfg.Data); !errors.Is(err, os.ErrNotExist) {
		t.Error("the audit made a folder")
	}
	a, err := New(context.WithoutCancel(t.Context()), cfg, quiet(), "test")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Audit(t.Context(), cfg, quiet()); !errors.Is(err, installation.ErrInUse) {
		t.Errorf("beside a server: %v", err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"hospital.db", "chain/config/genesis.json", "master.key", "keys/secret/columns.key"} {
		path := filepath.Join(cfg.Data, part)
		if err := os.Rename(path, path+".away"); err != nil {
			t.Fatal(err)
		}
		if _, err := Audit(t.Context(), cfg, quiet()); err == nil {
			t.Errorf("audited without %s", part)
		}
		if _, err := os.Stat(path); err == nil {
			t.Errorf("the audit made %s", part)
		}
		if err := os.Rename(path+".away", path); err != nil {
			t.Fatal(err)
		}
	}
	if r, err := Audit(t.Context(), cfg, quiet()); err != nil || !r.Clean() || r.Counts["records"] != 0 {
		t.Errorf("a ward where nothing happened: %+v %v", r, err)
	}
}
