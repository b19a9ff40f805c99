package app

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/accounts/password"
	"github.com/smart-hospital/hospital/app/accounts/securitylog"
	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/app/keys"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// founded is a strict installation as keygen leaves it.
func founded(t *testing.T) config.Config {
	t.Helper()
	dir := t.TempDir()
	cfg := config.Config{Data: filepath.Join(dir, "data"), MasterKeyFile: filepath.Join(dir, "master.key"),
		Hospital: "h1"}
	specs := []consortium.Spec{{ID: "h1", Name: "第一人民医院", Role: chain.OrgHospital, Power: 1},
		{ID: "p1", Name: "百草堂大药房", Role: chain.OrgPharmacy}}
	if err := installation.Keygen(t.Context(), cfg, "city", specs, io.Discard); err != nil {
		t.Fatal(err)
	}
	return cfg
}

// Strict mode makes no account by itself; without this one nobody could ever log in.
func TestCreateAdmin(t *testing.T) {
	cfg, log := founded(t), slog.New(slog.DiscardHandler)
	var out bytes.Buffer
	if err := CreateAdmin(t.Context(), cfg, log, "root.wang", "", &out); err != nil {
		t.Fatal(err)
	}
	login, password := "", ""
	words := strings.Fields(strings.ReplaceAll(out.String(), ",", ""))
	if len(words) > 3 {
		login, password = words[1], words[3]
	}
	err := upkeep(t.Context(), cfg, log, func(f *installation.Installation) error {
		if err := f.OpenRedis(t.Context()); err != nil {
			return err
		}
		service, err := accounts.New(f.DB, f.Redis, f.Box, nil, accounts.Options{Hospital: cfg.Hospital})
		if err != nil {
			return err
		}
		session, err := service.Login(t.Context(),
			accounts.Credentials{Name: login, Password: password, Address: "192.0.2.1"})
		if err == nil && session.Account.Role != accounts.Admin {
			t.Errorf("role %s", session.Account.Role)
		}
		return err
	})
	if err != nil {
		t.Errorf("the printed account does not log in: %v (%q)", err, out.String())
	}
	if err := CreateAdmin(t.Context(), cfg, log, "root.wang", "", io.Discard); !errors.Is(err, accounts.ErrLoginTaken) {
		t.Errorf("a second one of the name: %v", err)
	}
	if err := CreateAdmin(t.Context(), config.Config{Data: t.TempDir(), Demo: true}, log, "admin", "",
		io.Discard); !errors.Is(err, ErrNotFounded) {
		t.Errorf("an empty folder: %v", err)
	}
}

type everybodyInOffice struct{}

func (everybodyInOffice) InOffice(context.Context, string) error { return nil }

// A hospital with one administrator could not have a first doctor: its operator stands in, in the
// open.
func TestApproveKey(t *testing.T) {
	cfg, log := founded(t), slog.New(slog.DiscardHandler)
	key, err := gm.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	var asked keys.KeyRequest
	err = upkeep(t.Context(), cfg, log, func(f *installation.Installation) error {
		people, err := accounts.New(f.DB, nil, f.Box, nil,
			accounts.Options{Hospital: cfg.Hospital, Cost: password.CheapCost})
		if err != nil {
			return err
		}
		doctor, err := people.CreateStaff(t.Context(), sqlstore.Command{},
			accounts.NewStaff{Login: "doctor7", Password: "an olive ladder sings", Role: accounts.Doctor, Org: "h1"})
		if err != nil {
			return err
		}
		asked, err = keys.New(keys.Config{DB: f.DB, Accounts: people, Register: everybodyInOffice{}}).
			Request(t.Context(), sqlstore.Command{}, doctor, key.Public().Bytes())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := ApproveKey(t.Context(), cfg, log, "", &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{asked.ID, asked.Fingerprint, "doctor7", "first", "waiting"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in %q", want, out.String())
		}
	}
	if err := ApproveKey(t.Context(), cfg, log, "rk7qm2xw5zt3yb6nc2dab", io.Discard); !errors.Is(err, keys.ErrRequest) {
		t.Errorf("an unknown one: %v", err)
	}
	out.Reset()
	if err := ApproveKey(t.Context(), cfg, log, asked.ID, &out); err != nil ||
		!strings.Contains(out.String(), "approved") {
		t.Errorf("%v: %q", err, out.String())
	}
	err = upkeep(t.Context(), cfg, log, func(f *installation.Installation) error {
		people, err := accounts.New(f.DB, nil, f.Box, nil, accounts.Options{Hospital: cfg.Hospital})
		if err != nil {
			return err
		}
		lines, err := people.SecurityLog(t.Context(), "h1", securitylog.Query{})
		if err == nil && (len(lines) == 0 || lines[0].Kind != securitylog.KeyApproved || lines[0].Actor != "" ||
			lines[0].Subject != "doctor7") {
			t.Errorf("the log: %+v", lines)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestDeadLetters(t *testing.T) {
	cfg, log := founded(t), slog.New(slog.DiscardHandler)
	const id = "aa00000000000000000000000000000000000000000000000000000000000000"
	err := upkeep(t.Context(), cfg, log, func(f *installation.Installation) error {
		return f.DB.WithContext(context.Background()).
			Exec(
				"INSERT INTO outbox (id, lane, subject, kind, seq, record, state, attempts, code, detail, created_at, refused_at) "+
					"VALUES (?, 'rx:1', 'rx:1', 'rx.issue', 1, ?, 'dead', 1, ?, 'why', 1, 1)", id, []byte("{}"),
				chain.CodeTransition).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := DeadLetters(t.Context(), cfg, log, "", &out); err != nil || !strings.Contains(out.String(), id) ||
		!strings.Contains(out.String(), "1 dead") {
		t.Errorf("list: %v\n%s", err, out.String())
	}
	if err := DeadLetters(t.Context(), cfg, log, strings.Repeat("b", 64), io.Discard); !errors.Is(err,
		outbox.ErrNotFound) {
		t.Errorf("an unknown id: %v", err)
	}
	out.Reset()
	if err := DeadLetters(t.Context(), cfg, log, id, &out); err != nil || !strings.Contains(out.String(), "0 dead") {
		t.Errorf("sent again: %v\n%s", err, out.String())
	}
	if err := DeadLetters(t.Context(), cfg, log, id, io.Discard); !errors.Is(err, outbox.ErrNotDead) {
		t.Errorf("sent again twice: %v", err)
	}
}
