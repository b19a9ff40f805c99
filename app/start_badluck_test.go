package app

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts/password"
	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/demo"
	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/app/wechatsandbox"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
)

// strictInstallation is a complete one as an operator makes it: keygen, secrets in files, partners
// behind https addresses that do not answer today.
func strictInstallation(t *testing.T) config.Config {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	bureau, err := gm.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	pem := bureau.Public().PEM()
	cfg := config.Config{Data: filepath.Join(dir, "data"), Listen: "127.0.0.1:0", Hospital: "h1",
		MasterKeyFile: filepath.Join(dir, "master.key"), LogLevel: "info", ShutdownFor: 10 * time.Second}
	cfg.Insurer = config.Insurer{URL: "https://bureau.invalid", AppID: "EXAMPLEAPPID00000001",
		SecretFile: write("insurer.secret", rand.Text()), PublicKeyFile: write("insurer.pem", string(pem)),
		Timeout: time.Second}
	cfg.WeChat = config.WeChat{URL: "https://wechat.invalid", AppID: "wx0000000000000001",
		SecretFile: write("wechat.secret", rand.Text())}
	if err := installation.Keygen(t.Context(), cfg, "test", demo.Members, io.Discard); err != nil {
		t.Fatal(err)
	}
	return cfg
}

// refusesToStart starts and wants an error that names what is wrong, and nothing left behind that
// would keep the next start away.
func refusesToStart(t *testing.T, cfg config.Config, names ...string) {
	t.Helper()
	a, err := New(t.Context(), cfg, quiet(), "test")
	if err == nil {
		_ = a.Close()
		t.Fatal("it starts")
	}
	for _, name := range names {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%q does not name %q", err, name)
		}
	}
}

// Strict mode starts complete and nothing less.
func TestStrictMode(t *testing.T) {
	t.Parallel()
	whole := strictInstallation(t)
	empty := filepath.Join(t.TempDir(), "empty")
	noise := filepath.Join(t.TempDir(), "noise")
	otherMaster := filepath.Join(t.TempDir(), "other.key")
	for path, text := range map[string]string{empty: "", noise: "no PEM, no digits",
		otherMaster: hex.EncodeToString(make([]byte, keystore.MasterSize))} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	absent := filepath.Join(t.TempDir(), "absent")
	for _, c := range []struct {
		name    string
		missing func(*config.Config)
		names   string
	}{
		{"no data folder", func(c *config.Config) { c.Data = "" }, "data:"},
		{"no master key", func(c *config.Config) { c.MasterKeyFile = "" }, "master-key-file"},
		{"master key file absent", func(c *config.Config) { c.MasterKeyFile = absent }, "master-key-file"},
		{"master key file without a key", func(c *config.Config) { c.MasterKeyFile = noise }, "master-key-file"},
		{"another installation's master key", func(c *config.Config) { c.MasterKeyFile = otherMaster },
			keystore.ErrMaster.Error()},
		{"no insurer", func(c *config.Config) { c.Insurer.URL = "" }, "insurer-url"},
		{"an insurer in clear", func(c *config.Config) { c.Insurer.URL = "http://bureau.invalid" }, "insurer-url"},
		{"a sandbox insurer", func(c *config.Config) { c.Insurer.URL = "https://sandbox.bureau.invalid" },
			"insurer-url"},
		{"no appId", func(c *config.Config) { c.Insurer.AppID = "" }, "insurer-app-id"},
		{"no insurer secret", func(c *config.Config) { c.Insurer.SecretFile = "" }, "insurer-secret-file"},
		{"insurer secret absent", func(c *config.Config) { c.Insurer.SecretFile = absent }, "insurer-secret-file"},
		{"insurer secret empty", func(c *config.Config) { c.Insurer.SecretFile = empty }, "insurer-secret-file"},
		{"no insurer key", func(c *config.Config) { c.Insurer.PublicKeyFile = "" }, "insurer-public-key-file"},
		{"insurer key absent", func(c *config.Config) { c.Insurer.PublicKeyFile = absent }, "insurer-public-key-file"},
		{"insurer key that is none", func(c *config.Config) { c.Insurer.PublicKeyFile = noise },
			"insurer-public-key-file"},
		{"no WeChat", func(c *config.Config) { c.WeChat.URL = "" }, "wechat-url"},
		{"a sandbox WeChat", func(c *config.Config) { c.WeChat.URL = "https://wechat.invalid/sandbox" }, "wechat-url"},
		{"no WeChat appid", func(c *config.Config) { c.WeChat.AppID = "" }, "wechat-app-id"},
		{"no WeChat secret", func(c *config.Config) { c.WeChat.SecretFile = "" }, "wechat-secret-file"},
		{"WeChat secret absent", func(c *config.Config) { c.WeChat.SecretFile = absent }, "wechat-secret-file"},
		{"WeChat secret empty", func(c *config.Config) { c.WeChat.SecretFile = empty }, "wechat-secret-file"},
		{"a hospital as a pharmacy", func(c *config.Config) { c.PharmacyOnly = true }, "pharmacy-only"},
		{"no chain", func(c *config.Config) { c.Data = filepath.Join(t.TempDir(), "data") }, "genesis"},
		{"a hospital that is no member", func(c *config.Config) { c.Hospital = "h9" }, "h9"},
		{"a database that does not answer",
			func(c *config.Config) { c.DatabaseURL = "postgres://nobody@127.0.0.1:1/none?connect_timeout=1" },
			"database"},
		{"a Redis that does not answer", func(c *config.Config) { c.RedisURL = "redis://:none@127.0.0.1:1" }, "redis"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := whole
			c.missing(&cfg)
			refusesToStart(t, cfg, c.names)
		})
	}
	t.Run("everything missing is named at once", func(t *testing.T) {
		refusesToStart(t, config.Config{}, "data:", "master-key-file", "insurer-url", "insurer-app-id",
			"insurer-secret-file", "insurer-public-key-file", "wechat-url", "wechat-app-id", "wechat-secret-file")
	})
	t.Run("complete", func(t *testing.T) { servesStrictly(t, whole) })
	t.Run("a pharmacy without insurer and WeChat", func(t *testing.T) {
		dir := t.TempDir()
		cfg := config.Config{Data: filepath.Join(dir, "data"), Listen: "127.0.0.1:0", Hospital: "p1",
			PharmacyOnly:  true,
			MasterKeyFile: filepath.Join(dir, "master.key"), LogLevel: "info", ShutdownFor: 10 * time.Second}
		specs := []consortium.Spec{{ID: "p1", Name: "百草堂大药房", Role: chain.OrgPharmacy, Power: 1},
			{ID: "r1", Name: "市卫生健康委员会", Role: chain.OrgRegulator}}
		if err := installation.Keygen(t.Context(), cfg, "test", specs, io.Discard); err != nil {
			t.Fatal(err)
		}
		servesStrictly(t, cfg)
	})
}

// servesStrictly: nothing of the demo is there, and a partner that does not answer keeps nobody
// from starting.
func servesStrictly(t *testing.T, cfg config.Config) {
	h := openHospital(t, cfg)
	h.until("readiness", drainTime,
		func() bool { return h.raw(http.MethodGet, "/readyz", "", nil).status == http.StatusOK })
	for _, path := range []string{"/sandbox/ward", "/sandbox/login", "/sandbox/insurer/faults", "/sandbox",
		"/sandbox/"} {
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
			if a := h.raw(method, path, "", strings.NewReader("{}")); a.status != http.StatusNotFound {
				t.Errorf("%s %s: %d %s", method, path, a.status, a.body)
			}
		}
	}
	for _, s := range demo.Staff {
		a := h.raw(http.MethodPost, "/v1/sessions", "",
			strings.NewReader(`{"login":"`+s.Login+`","password":"whatever it was"}`))
		if code := a.problem().Code; code != "wrong-credentials" && code != "rate-limited" {
			t.Errorf("%s: %d %s", s.Login, a.status, a.body)
		}
	}
	code := wechatsandbox.New("wxtest", "secret").Code("patient-01")
	if a := h.raw(http.MethodPost, "/v1/sessions/wechat", "", strings.NewReader(`{"code":"`+code+`"}`)); a.problem().
		Code != "wechat-unavailable" {
		t.Errorf("a sandbox's WeChat code: %d %s", a.status, a.body)
	}
	var staff int64
	h.must(h.DB.Raw("SELECT count(*) FROM accounts").Scan(&staff).Error)
	if staff != 0 {
		t.Errorf("%d accounts nobody made", staff)
	}
	h.halt()
}

// Strict mode leaves the cost of a password's hash to package accounts: no setting makes it cheap.
func TestStrictHashesAtFullCost(t *testing.T) {
	cfg := strictInstallation(t)
	if o := (&App{Installation: installation.Installation{Cfg: cfg}}).accountOptions(); o.Cost != (password.Cost{}) {
		t.Errorf("%+v", o.Cost)
	}
	cfg.PasswordCost = config.CheapPasswords
	refusesToStart(t, cfg, "password-cost")
}

// A demo's folder is never served in earnest, another key never opens it, and two processes never
// share it.
func TestFolderOfADemo(t *testing.T) {
	t.Parallel()
	cfg := demoConfig(t, "")
	h := openHospital(t, cfg)
	if _, err := New(t.Context(), cfg, quiet(), "test"); !errors.Is(err, installation.ErrInUse) {
		t.Errorf("a second one beside the first: %v", err)
	}
	h.until("readiness", drainTime,
		func() bool { return h.raw(http.MethodGet, "/readyz", "", nil).status == http.StatusOK })
	h.close()

	strict := strictInstallation(t)
	strict.Data, strict.MasterKeyFile = cfg.Data, filepath.Join(cfg.Data, "master.key")
	refusesToStart(t, strict, installation.ErrDemoData.Error())

	master := filepath.Join(cfg.Data, "master.key")
	right, err := os.ReadFile(master)
	h.must(err)
	h.must(os.WriteFile(master, []byte(strings.Repeat("ab", keystore.MasterSize)), 0o600))
	refusesToStart(t, cfg, keystore.ErrMaster.Error())
	h.must(os.Remove(master)) // lost: a new one is drawn, which is another one
	refusesToStart(t, cfg, keystore.ErrMaster.Error())
	h.must(os.WriteFile(master, right, 0o600))
	again := openHospital(t, cfg)
	again.close()
}
