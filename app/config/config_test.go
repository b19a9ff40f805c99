package config

import (
	"strings"
	"testing"
	"time"
)

func strict() Config {
	return Config{Data: "d", MasterKeyFile: "m",
		Insurer: Insurer{URL: "https://bureau.example", AppID: "0123456789abcdef", SecretFile: "s", PublicKeyFile: "p"},
		WeChat:  WeChat{URL: "https://api.weixin.qq.com", AppID: "wx1", SecretFile: "w"}}
}

// Strict mode must name every single thing that is missing or simulated.
func TestFaultsNameTheSetting(t *testing.T) {
	if f := strict().Faults(); len(f) != 0 {
		t.Fatalf("a complete strict configuration has faults: %v", f)
	}
	if f := (Config{Data: "d", Demo: true}).Faults(); len(f) != 0 {
		t.Fatalf("the demo needs nothing, got %v", f)
	}
	if f := (Config{Data: "d", MasterKeyFile: "m", PharmacyOnly: true}).Faults(); len(f) != 0 {
		t.Fatalf("a pharmacy has neither insurer nor WeChat, got %v", f)
	}
	for setting, spoil := range map[string]func(*Config){
		"data":                    func(c *Config) { c.Data = "" },
		"master-key-file":         func(c *Config) { c.MasterKeyFile = "" },
		"insurer-url":             func(c *Config) { c.Insurer.URL = "https://sandbox.bureau.example" },
		"insurer-app-id":          func(c *Config) { c.Insurer.AppID = "short" },
		"insurer-signer-id":       func(c *Config) { c.Insurer.SignerID = strings.Repeat("1", 257) },
		"insurer-secret-file":     func(c *Config) { c.Insurer.SecretFile = "" },
		"insurer-public-key-file": func(c *Config) { c.Insurer.PublicKeyFile = "" },
		"wechat-url":              func(c *Config) { c.WeChat.URL = "http://127.0.0.1:8080/sandbox" },
		"wechat-app-id":           func(c *Config) { c.WeChat.AppID = "" },
		"wechat-secret-file":      func(c *Config) { c.WeChat.SecretFile = "" },
		"database-url":            func(c *Config) { c.DatabaseURL = "mysql://x" },
		"redis-url":               func(c *Config) { c.RedisURL = "http://x" },
		"password-cost":           func(c *Config) { c.PasswordCost = CheapPasswords },
		"phone":                   func(c *Config) { c.Phone = "javascript:alert(1)" },
		"about":                   func(c *Config) { c.About = "two\nlines" },
		"claim-lease":             func(c *Config) { c.ClaimLease = 73 * time.Hour },
		"sign-session":            func(c *Config) { c.SignSession = 31 * time.Minute },
		"cooling-off":             func(c *Config) { c.CoolingOff = -1 },
		"keep-rx":                 func(c *Config) { c.KeepRx = -1 },
		"visit-tail":              func(c *Config) { c.VisitTail = -1 },
		"trusted-proxies":         func(c *Config) { c.TrustedProxies = []string{"10.0.0.1"} },
	} {
		c := strict()
		spoil(&c)
		if f := c.Faults(); len(f) != 1 || !strings.HasPrefix(f[0], setting+":") {
			t.Errorf("%s spoilt: faults %v", setting, f)
		}
	}
}

// In strict mode the PIN is asked for each time until the operator allows otherwise.
func TestSignSessionIsOffInStrictMode(t *testing.T) {
	for _, x := range []struct {
		demo, allowed bool
		want          time.Duration
	}{{true, false, time.Minute}, {false, false, 0}, {false, true, time.Minute}} {
		c := Config{Demo: x.demo, SignSession: time.Minute, SignSessionStrict: x.allowed}
		if got := c.SignSessionFor(); got != x.want {
			t.Errorf("demo %v, allowed %v: %v, want %v", x.demo, x.allowed, got, x.want)
		}
	}
}

// An open Redis is everybody's on that network.
func TestStrictModeWantsAClosedRedis(t *testing.T) {
	for raw, faults := range map[string]int{
		"redis://127.0.0.1:6379":                1,
		"redis://:@127.0.0.1:6379":              1,
		"redis://user@localhost:6379":           1,
		"redis://redis.internal:6379":           2,
		"redis://:secret@redis.internal:6379":   1,
		"rediss://redis.internal:6379":          1,
		"rediss://u:secret@redis.internal:6379": 0,
		"redis://:secret@127.0.0.1:6379/0":      0,
		"redis://:secret@[::1]:6379":            0,
	} {
		c := strict()
		c.RedisURL = raw
		if f := c.Faults(); len(f) != faults {
			t.Errorf("%s: faults %q, want %d", raw, f, faults)
		}
		c.Demo = true
		if f := c.Faults(); len(f) != 0 {
			t.Errorf("%s in a demo: %q", raw, f)
		}
	}
}

func TestRedactedHidesPasswords(t *testing.T) {
	const secret = "hunter2"
	for _, raw := range []string{
		"postgres://u:hunter2@db/x", "redis://:hunter2@r", "redis://hunter2@r:6379/0",
		"postgres://db/x?user=u&password=hunter2", "redis://r:6379?password=hunter2",
		"postgresql:///x?host=db&password=hunter2",
		"postgres://u:hunter2%ss@db/x", "postgres://u:hunter2#s@db/x", "postgres://u:12#hunter2@db/x",
		"redis://:12#hunter2@r:6379",
		"redis://:12/hunter2@r:6379", "redis://:12?hunter2@r:6379", "redis://hunter2#@r:6379", "redis://hunter2/@r",
		"redis://hunter2?@r",
		"postgres://u:hunter2 s@db/x", "postgres://u:[hunter2@db/x", "hunter2", "postgres://%zz:hunter2@db",
		"postgres://u:p@hunter2@db/x", "postgres://db/x#hunter2",
	} {
		r := Config{DatabaseURL: raw, RedisURL: raw, Insurer: Insurer{URL: raw}, WeChat: WeChat{URL: raw}}.Redacted()
		if strings.Contains(r.DatabaseURL+r.RedisURL+r.Insurer.URL+r.WeChat.URL, secret) {
			t.Errorf("%s: %s", raw, r.DatabaseURL)
		}
	}
	for raw, want := range map[string]string{"": "", "postgres://u:p@db:5432/x?sslmode=require": "postgres://db:5432/x",
		"rediss://r:6379/1": "rediss://r:6379/1"} {
		if got := (Config{DatabaseURL: raw}).Redacted().DatabaseURL; got != want {
			t.Errorf("%s: shown as %s, want %s", raw, got, want)
		}
	}
}
