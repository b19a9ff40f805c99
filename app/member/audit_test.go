package member

import (
	"bytes"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// regulatorsFolder is what a founding leaves to the regulator.
func regulatorsFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	_, err := consortium.Init(t.Context(), dir, "test", []consortium.Local{
		{Spec: consortium.Spec{ID: "h1", Name: "第一医院", Role: chain.OrgHospital, Power: 1}},
		{Spec: consortium.Spec{ID: "r1", Name: "卫健委", Role: chain.OrgRegulator}},
	}, consortium.Loopback(26600), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "r1")
}

// A regulator's log that was touched is found, whatever was done to it; one that was not is good.
func TestAuditOfARegulatorsLog(t *testing.T) {
	dir := regulatorsFolder(t)
	cfg := config.Config{Data: dir, MasterKeyFile: filepath.Join(dir, "master.key")}
	log := slog.New(slog.DiscardHandler)
	var out bytes.Buffer
	if err := AuditLog(t.Context(), cfg, log, &out); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("without a database: %v", err)
	}
	for _, login := range []string{"chief", "second", "third"} {
		if err := CreateAdmin(t.Context(), cfg, log, login, &out); err != nil {
			t.Fatal(err)
		}
	}
	out.Reset()
	if err := AuditLog(t.Context(), cfg, log, &out); err != nil || !strings.Contains(out.String(), "none changed") {
		t.Fatalf("untouched: %v %s", err, out.String())
	}
	good, err := os.ReadFile(filepath.Join(dir, oversightFile))
	if err != nil {
		t.Fatal(err)
	}
	for name, sql := range map[string]string{
		"a line changed":        "UPDATE security_log SET detail = 'x' WHERE seq = 2",
		"a line taken out":      "DELETE FROM security_log WHERE seq = 2",
		"the end taken off":     "DELETE FROM security_log WHERE seq = (SELECT max(seq) FROM security_log)",
		"another end":           "UPDATE security_head SET seq = 2",
		"a line put in":         "INSERT INTO security_log SELECT (SELECT max(seq) FROM security_log) + 1, at, kind, org, actor, subject, origin, detail, prev, hash FROM security_log WHERE seq = 1",
		"one before the first":  "INSERT INTO security_log SELECT 0, at, kind, org, actor, subject, origin, detail, prev, hash FROM security_log WHERE seq = 1",
		"a line dated later":    "UPDATE security_log SET at = at + 1 WHERE seq = 1",
		"two lines exchanged":   "UPDATE security_log SET seq = -seq WHERE seq > 1",
		"another one's account": "UPDATE security_log SET subject = 'x' WHERE seq = 3",
	} {
		for _, side := range []string{"-wal", "-shm"} {
			_ = os.Remove(filepath.Join(dir, oversightFile+side))
		}
		if err := os.WriteFile(filepath.Join(dir, oversightFile), good, 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := sqlstore.Open(t.Context(), "sqlite:"+filepath.Join(dir, oversightFile))
		if err != nil {
			t.Fatal(err)
		}
		tx := db.WithContext(t.Context())
		var triggers []string // they keep the program from it, not who has the file
		err = tx.Raw("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'security_%'").Scan(&triggers).Error
		for _, trigger := range triggers {
			err = errors.Join(err, tx.Exec("DROP TRIGGER "+trigger).Error)
		}
		if err := errors.Join(err, tx.Exec(sql).Error, db.Close()); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := AuditLog(t.Context(), cfg, log, &out); !errors.Is(err, securitylog.ErrBroken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
