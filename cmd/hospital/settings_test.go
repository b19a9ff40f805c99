package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

func parse(t *testing.T, file string, args ...string) (cli, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hospital.yaml")
	if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	var c cli
	k, err := kong.New(&c, kong.Configuration(loadSettings))
	if err != nil {
		t.Fatal(err)
	}
	_, err = k.Parse(append(args, "--config", path))
	return c, err
}

// A loader that looked for its settings under the subcommand's name read nothing from a flat file
// and said nothing: an installation that asked for strict mode came up as a demo. Hence every
// subcommand, and the precedence.
func TestConfigurationFile(t *testing.T) {
	const file = "demo: false\nlisten: 127.0.0.1:1\ninsurer-timeout: 3s\ntrusted-proxies: [10.0.0.0/8, 192.0.2.0/24]\n"
	t.Setenv("HOSPITAL_LISTEN", "127.0.0.1:2")
	for _, args := range [][]string{nil, {"serve"}, {"audit"}} {
		c, err := parse(t, file, args...)
		if err != nil {
			t.Fatalf("%v: %v", args, err)
		}
		got := c.Serve.Config
		if len(args) == 1 && args[0] == "audit" {
			got = c.Audit.Config
		}
		if got.Demo || got.Insurer.Timeout.Seconds() != 3 ||
			strings.Join(got.TrustedProxies, " ") != "10.0.0.0/8 192.0.2.0/24" {
			t.Errorf("%v: the file was not read: %+v", args, got)
		}
		if got.Listen != "127.0.0.1:2" {
			t.Errorf("%v: listen %s, want the environment's", args, got.Listen)
		}
	}
	if c, err := parse(t, file, "serve", "--listen", "127.0.0.1:3", "--demo"); err != nil ||
		c.Serve.Listen != "127.0.0.1:3" || !c.Serve.Demo {
		t.Errorf("a flag must win: %+v, %v", c.Serve.Config, err)
	}
}

func TestConfigurationFileRefused(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"unknown setting", "dmeo: false\n", "dmeo: no such setting"},
		{"under the subcommand's name", "serve: {demo: false}\n", "serve: no such setting"},
		{"no boolean", "demo: perhaps\n", "demo"},
		{"no list", "demo: [true, false]\n", "demo"},
		{"not YAML", "demo: [\n", "configuration file"},
		{"twice", "demo: true\ndemo: false\n", "configuration file"},
	} {
		if _, err := parse(t, c.file); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

// TestSettingsInForce: an administrator reads each setting's value and where it comes from, and no
// password.
func TestSettingsInForce(t *testing.T) {
	t.Setenv("HOSPITAL_LISTEN", "127.0.0.1:2")
	path := filepath.Join(t.TempDir(), "hospital.yaml")
	file := "claim-lease: 3h\nlisten: 127.0.0.1:1\ndatabase-url: postgres://who:secret@db/hospital\ndemo: true\n" +
		"insurer-url: https://who:secret@bureau/fsi?key=secret@\nwechat-url: https://who:secret@proxy/wechat\n" +
		"trusted-proxies: [10.0.0.0/8, 192.0.2.0/24]\n"
	if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	parser, err := kong.New(&cli{}, kong.Configuration(loadSettings))
	if err != nil {
		t.Fatal(err)
	}
	k, err := parser.Parse([]string{"serve", "--visit-tail", "2h", "--config", path})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, s := range inForce(k) {
		got[s.Name] = s.From + " " + s.Value
		if strings.Contains(s.Value, "secret@") || s.Help == "" {
			t.Errorf("%+v", s)
		}
	}
	for name, want := range map[string]string{"visit-tail": "flag 2h0m0s", "listen": "environment 127.0.0.1:2",
		"claim-lease": "file 3h0m0s", "database-url": "file postgres://db/hospital", "sign-session": "default 30m0s",
		"insurer-url": "file https://bureau/fsi", "wechat-url": "file https://proxy/wechat",
		"demo": "file true", "insurer-timeout": "default 8s", "trusted-proxies": "file 10.0.0.0/8,192.0.2.0/24"} {
		if got[name] != want {
			t.Errorf("%s: %q, want %q", name, got[name], want)
		}
	}
}
