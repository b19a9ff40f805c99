// Package config is everything an installation can set: flags, environment (HOSPITAL_…) and a YAML
// file, in that order of precedence. Secrets are files or environment variables, never flags'
// defaults.
package config

import (
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/text"
)

// Config of a serving hospital. The struct tags are its documentation: `hospital serve --help`
// prints them.
type Config struct {
	Data           string `help:"Folder of everything this installation keeps." default:"data" type:"path" env:"HOSPITAL_DATA"`
	Listen         string `help:"Address the API listens on; the default is this machine alone." default:"127.0.0.1:8080" env:"HOSPITAL_LISTEN"`
	MaxConnections int    `help:"Most connections of the API's port; 0: as many as the limit on open files leaves room for, at most 8192." env:"HOSPITAL_MAX_CONNECTIONS"`
	Demo           bool   `help:"Demo ward: sandboxes, demo accounts and generated secrets. --demo=false is strict mode." default:"true" env:"HOSPITAL_DEMO"`
	DemoOpen       bool   `help:"Show the demo's passwords and sandboxes (/sandbox) to other machines too, not to this one alone." env:"HOSPITAL_DEMO_OPEN"`

	DatabaseURL string `help:"postgres://… ; empty: SQLite in the data folder." env:"HOSPITAL_DATABASE_URL"`
	RedisURL    string `help:"redis://… ; empty: an in-process store." env:"HOSPITAL_REDIS_URL"`
	Hospital    string `help:"Member id of the hospital this installation serves." default:"h1" env:"HOSPITAL_MEMBER"`
	Phone       string `help:"Telephone of the hospital's desk, which the app's elder mode calls; empty: it offers no call." env:"HOSPITAL_PHONE"`
	About       string `help:"One line about the hospital, at most 60 characters, below its name on the app's home page; empty: what the app can do." env:"HOSPITAL_ABOUT"`

	PharmacyOnly  bool   `help:"Only pharmacies are served: no patient logs in or pays here, and strict mode needs no insurer and no WeChat." env:"HOSPITAL_PHARMACY_ONLY"`
	MasterKeyFile string `help:"File with 64 hex digits that seal the key store; demo generates one." type:"path" env:"HOSPITAL_MASTER_KEY_FILE"`

	Insurer Insurer `embed:"" prefix:"insurer-"`
	WeChat  WeChat  `embed:"" prefix:"wechat-"`

	PasswordCost string `help:"Cost of a password's hash: full (RFC 9106), or cheap, which only a demo takes: it keeps test runs short." enum:"full,cheap" default:"full" env:"HOSPITAL_PASSWORD_COST" hidden:""`

	AdminSecondFactor bool `help:"In strict mode administrators must have a second factor (RFC 6238) before they can do anything else." default:"true" env:"HOSPITAL_ADMIN_SECOND_FACTOR"`

	KeysPerAddress int `help:"Signing keys that one network (an address, or an IPv6 /64) may enrol in a day; each stays on the chain for ever. 0: no limit." default:"500" env:"HOSPITAL_KEYS_PER_ADDRESS"`

	TrustedProxies []string `help:"CIDR ranges of the reverse proxies whose X-Forwarded-For is believed; none: the direct peer counts." env:"HOSPITAL_TRUSTED_PROXIES"`

	ClaimLease time.Duration `help:"How long a pharmacy's claim holds before the hospital gives the lock back by itself; once renewable (from practice). At most 72h." default:"24h" env:"HOSPITAL_CLAIM_LEASE"`
	VisitTail  time.Duration `help:"How long after its end a visit takes prescriptions and its doctor reads the patient's live record (from practice)." default:"24h" env:"HOSPITAL_VISIT_TAIL"`

	TriageFlags       bool `help:"Look for signs of danger in what patients say, and refuse an online visit where there is one of level 1 or 2 (hospital bench triage)." env:"HOSPITAL_TRIAGE_FLAGS"`
	TriageDepartments bool `help:"Suggest at most three departments for a complaint (hospital bench triage)." env:"HOSPITAL_TRIAGE_DEPARTMENTS"`

	SignSession       time.Duration `help:"How long staff at a desk may sign with the PIN given once, each document shown and confirmed; 0: each asks for the PIN. At most 30m and 50 documents." default:"30m" env:"HOSPITAL_SIGN_SESSION"`
	SignSessionStrict bool          `help:"Allow sign-session in strict mode too." env:"HOSPITAL_SIGN_SESSION_STRICT"`

	CoolingOff  time.Duration `help:"How long a patient's wish to close the account waits; a log-in meanwhile calls it off (from practice)." default:"168h" env:"HOSPITAL_COOLING_OFF"`
	KeepRecords int           `help:"Years that visits, notes, chat and profiles are kept at least, as the page that closes an account names them; unchecked, set it by the law in force." default:"15" env:"HOSPITAL_KEEP_RECORDS"`
	KeepRx      int           `help:"Years that prescriptions are kept at least: as above." default:"3" env:"HOSPITAL_KEEP_PRESCRIPTIONS"`
	KeepBills   int           `help:"Years that payments are kept at least: as above." default:"15" env:"HOSPITAL_KEEP_PAYMENTS"`

	LogFormat     string        `help:"json or text." enum:"json,text" default:"text" env:"HOSPITAL_LOG_FORMAT"`
	LogLevel      string        `help:"debug, info, warn or error." enum:"debug,info,warn,error" default:"info" env:"HOSPITAL_LOG_LEVEL"`
	DebugListen   string        `help:"Loopback address of the profiler (pprof); empty: off." env:"HOSPITAL_DEBUG_LISTEN"`
	MetricsListen string        `help:"Address on which /metrics is shown to others, on a network of the operator's own; empty: to this machine alone, at the API's address." env:"HOSPITAL_METRICS_LISTEN"`
	DiskReserve   int64         `help:"MiB kept free on the data folder's disk: below them no pictures are taken, below half of them no new commands, below an eighth nothing is signed; 0: not watched." default:"512" env:"HOSPITAL_DISK_RESERVE"`
	ShutdownFor   time.Duration `help:"Longest graceful shutdown." default:"20s" env:"HOSPITAL_SHUTDOWN_FOR"`

	// InForce are the settings as the program was started with, for its administrator; none where a
	// test made the configuration.
	InForce []Setting `kong:"-"`
}

// Where a setting's value comes from.
const (
	FromFlag        = "flag"
	FromEnvironment = "environment"
	FromFile        = "file"
	FromDefault     = "default"
)

// Setting is one setting as it is in force. It holds no secret: of URLs only what Redacted leaves,
// and of secrets the names of their files.
type Setting struct {
	Name    string `json:"name" doc:"As its flag and in the file" example:"claim-lease"`
	Env     string `json:"env" doc:"Its variable" example:"HOSPITAL_CLAIM_LEASE"`
	Value   string `json:"value" example:"24h0m0s"`
	Default string `json:"default" doc:"What it is when nobody sets it" example:"24h"`
	From    string `json:"from" enum:"flag,environment,file,default" doc:"Where the value comes from"`
	Help    string `json:"help" doc:"What it means" example:"How long a pharmacy's claim holds."`
}

// CheapPasswords is the PasswordCost of demos that tests start by the dozen.
const CheapPasswords = "cheap"

// Insurer is the medical-insurance bureau's side (医保局).
type Insurer struct {
	URL           string        `help:"Base URL of the bureau; empty in demo: the sandbox bureau." env:"HOSPITAL_INSURER_URL"`
	AppID         string        `help:"Our appId there, at least 16 characters." env:"HOSPITAL_INSURER_APP_ID"`
	SignerID      string        `help:"SM2 signer's id (用户标识) of the messages, as agreed with the bureau." default:"1234567812345678" env:"HOSPITAL_INSURER_SIGNER_ID"`
	SecretFile    string        `help:"File with the appSecret." type:"path" env:"HOSPITAL_INSURER_SECRET_FILE"`
	PublicKeyFile string        `help:"PEM file (SPKI) of the bureau's SM2 key." type:"path" env:"HOSPITAL_INSURER_PUBLIC_KEY_FILE"`
	Timeout       time.Duration `help:"Longest wait for one answer; afterwards the outcome is unknown and asked for." default:"8s" env:"HOSPITAL_INSURER_TIMEOUT"`
}

// WeChat is the mini-program's log-in.
type WeChat struct {
	URL        string `help:"Base URL of jscode2session; empty in demo: the sandbox." env:"HOSPITAL_WECHAT_URL"`
	AppID      string `help:"Mini-program appid." env:"HOSPITAL_WECHAT_APP_ID"`
	SecretFile string `help:"File with the mini-program's secret." type:"path" env:"HOSPITAL_WECHAT_SECRET_FILE"`
}

// rePhone is what a telephone is told to dial.
var rePhone = regexp.MustCompile(`^\+?[0-9][0-9 -]{1,20}[0-9]$`)

// maxAbout is how long the line about the hospital may be.
const maxAbout = 60

// maxSignSession is the longest a desk keeps a key open.
const maxSignSession = 30 * time.Minute

// SignSessionFor is how long a desk may sign with the PIN given once; 0: not at all.
func (c Config) SignSessionFor() time.Duration {
	if !c.Demo && !c.SignSessionStrict {
		return 0
	}
	return c.SignSession
}

// maxClaimLease is the longest the ledger takes: chain.MaxLease.
const maxClaimLease = 72 * time.Hour

// Faults lists what keeps the configuration from starting, each naming its setting. In strict mode
// (demo off) nothing is generated or simulated, so every secret and every partner must be named.
func (c Config) Faults() []string {
	var f []string
	add := func(bad bool, format string, args ...any) {
		if bad {
			f = append(f, fmt.Sprintf(format, args...))
		}
	}
	add(c.Data == "", "data: must name a folder")
	add(c.DiskReserve < 0, "disk-reserve: 0 or more MiB")
	add(c.Phone != "" && !rePhone.MatchString(c.Phone), "phone: digits, spaces and hyphens, + in front of a country's number")
	about := c.About
	add(about != "" && (!text.Line(&about, 1, maxAbout) || about != c.About), "about: %s", text.LineRule(1, maxAbout))
	add(c.MaxConnections < 0, "max-connections: 0, or how many")
	add(c.DatabaseURL != "" && !strings.HasPrefix(c.DatabaseURL, "postgres://") &&
		!strings.HasPrefix(c.DatabaseURL, "postgresql://"), "database-url: must start with postgres://")
	add(c.RedisURL != "" && !strings.HasPrefix(c.RedisURL, "redis://") && !strings.HasPrefix(c.RedisURL, "rediss://"),
		"redis-url: must start with redis:// or rediss://")
	add(c.ClaimLease < 0 || c.ClaimLease > maxClaimLease, "claim-lease: 0 to 72h")
	add(c.SignSession < 0 || c.SignSession > maxSignSession, "sign-session: 0 to 30m")
	add(c.CoolingOff < 0, "cooling-off: not negative")
	add(c.KeepRecords < 0, "keep-records: not negative")
	add(c.KeepRx < 0, "keep-rx: not negative")
	add(c.KeepBills < 0, "keep-bills: not negative")
	add(c.VisitTail < 0, "visit-tail: not negative")
	for _, p := range c.TrustedProxies {
		_, _, err := net.ParseCIDR(p)
		add(err != nil, "trusted-proxies: %q is no CIDR range", p)
	}
	if c.Demo {
		return f
	}
	if u, err := url.Parse(c.RedisURL); err == nil && (u.Scheme == "redis" || u.Scheme == "rediss") {
		password, _ := u.User.Password()
		add(password == "" && u.Query().Get("password") == "",
			"redis-url: strict mode takes no Redis without a password")
		add(u.Scheme != "rediss" && !loopback(u.Hostname()),
			"redis-url: strict mode talks to another machine's Redis over TLS alone: rediss://")
	}
	add(c.PasswordCost == CheapPasswords, "password-cost: strict mode hashes passwords at full cost")
	add(c.MasterKeyFile == "",
		"master-key-file: strict mode generates no secret; name the file that seals the key store")
	if c.PharmacyOnly {
		return f
	}
	add(!outside(c.Insurer.URL), "insurer-url: strict mode has no sandbox bureau; name the bureau's https:// address")
	add(len(c.Insurer.AppID) < 16, "insurer-app-id: at least 16 characters")
	add(len(c.Insurer.SignerID) > gm.MaxIDSize, "insurer-signer-id: at most 256 bytes")
	add(c.Insurer.SecretFile == "", "insurer-secret-file: missing")
	add(c.Insurer.PublicKeyFile == "", "insurer-public-key-file: missing")
	add(!outside(c.WeChat.URL), "wechat-url: strict mode has no sandbox WeChat; name its https:// address")
	add(c.WeChat.AppID == "", "wechat-app-id: missing")
	add(c.WeChat.SecretFile == "", "wechat-secret-file: missing")
	return f
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// outside tells a partner's real address from a sandbox's: TLS, and not a "sandbox" path or host.
func outside(raw string) bool {
	u, err := url.Parse(raw)
	return err == nil && u.Scheme == "https" && u.Host != "" && !strings.Contains(strings.ToLower(raw), "sandbox")
}

// Redacted is the configuration as it may be logged: of URLs only what cannot hold a password;
// secrets are only file names.
func (c Config) Redacted() Config {
	c.DatabaseURL, c.RedisURL = place(c.DatabaseURL), place(c.RedisURL)
	c.Insurer.URL, c.WeChat.URL = place(c.Insurer.URL), place(c.WeChat.URL)
	c.InForce = nil
	return c
}

// Shown is a setting's value as it may be shown: see Redacted.
func Shown(name, value string) string {
	if strings.HasSuffix(name, "-url") {
		return place(value)
	}
	return value
}

// place is a URL's scheme, host and path. User and query are left out, for passwords stand
// in both. One that was not written as a URL asks for (a password with #, %, / or ? as it is) may
// have its password in any other part: then only the scheme is left.
func place(raw string) string {
	scheme, rest, ok := strings.Cut(raw, "://")
	if !ok {
		return ""
	}
	u, err := url.Parse(raw)
	if err != nil || strings.Contains(rest, "#") || strings.Contains(u.Host+u.Path, "@") ||
		strings.Contains(u.RawQuery, "@") && u.User == nil {
		return scheme + "://…"
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}

// Proxies are the trusted ranges; Faults has refused what is none.
func (c Config) Proxies() []*net.IPNet {
	var ranges []*net.IPNet
	for _, p := range c.TrustedProxies {
		if _, r, err := net.ParseCIDR(p); err == nil {
			ranges = append(ranges, r)
		}
	}
	return ranges
}
