package main

import (
	"context"
	"io"
	"os"
	"time"

	"github.com/smart-hospital/hospital/app"
	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/member"
)

// nodeCmd is a member's node: running it, and its backups.
type nodeCmd struct {
	Serve   nodeRunCmd    `cmd:"" name:"run" default:"withargs" help:"Run the node (default)."`
	Backup  backupCmd     `cmd:"" help:"Back up the chain of a running or stopped node."`
	Admin   nodeAdminCmd  `cmd:"" help:"Make an administrator's account at a regulator's stopped node and print its password."`
	Export  nodeExportCmd `cmd:"" help:"Write every record of some days with its receipt into one file, from a regulator's running node."`
	Audit   nodeAuditCmd  `cmd:"" help:"Check that no line of a regulator's security log was changed, taken out or put in; its node is stopped."`
	Restore restoreCmd    `cmd:"" help:"Restore such a backup into a stopped node's folder that lost its databases."`
}

// nodeRunCmd runs a member's node until a signal.
type nodeRunCmd struct {
	Dir string `help:"The organisation's folder, as join left it." required:"" type:"path"`
	masterFlag
	TrustedProxies    []string      `help:"CIDR ranges of the reverse proxies whose X-Forwarded-For is believed." env:"HOSPITAL_TRUSTED_PROXIES"`
	LogFormat         string        `help:"json or text." enum:"json,text" default:"text" env:"HOSPITAL_LOG_FORMAT"`
	LogLevel          string        `help:"debug, info, warn or error." enum:"debug,info,warn,error" default:"info" env:"HOSPITAL_LOG_LEVEL"`
	MetricsListen     string        `help:"Address on which /metrics is shown to others; empty: to this machine alone, at the explorer's address." env:"HOSPITAL_METRICS_LISTEN"`
	AdminSecondFactor bool          `help:"At a regulator's node administrators must have a second factor (RFC 6238) before they can do anything else." default:"true" env:"HOSPITAL_ADMIN_SECOND_FACTOR"`
	ShutdownFor       time.Duration `help:"Longest graceful shutdown." default:"20s" env:"HOSPITAL_SHUTDOWN_FOR"`
	WhileStdin        bool          `help:"Stop when standard input closes: a node started by another process ends with it, whatever ends that." hidden:""`
}

// nodeAdminCmd makes the first account of a regulator's node.
type nodeAdminCmd struct {
	Dir string `help:"The regulator's folder, as join left it." required:"" type:"path"`
	masterFlag
	Login string `help:"Log-in name: 3 to 32 characters a-z 0-9 . _ -" default:"admin"`
}

// Run prints the password, once.
func (c nodeAdminCmd) Run(ctx context.Context) error {
	cfg := config.Config{Data: c.Dir, MasterKeyFile: c.MasterKeyFile}
	return member.CreateAdmin(ctx, cfg, app.NewLogger(cfg, os.Stderr), c.Login, os.Stdout)
}

// Run starts and serves.
func (c nodeRunCmd) Run(ctx context.Context) error {
	cfg := config.Config{Data: c.Dir, MasterKeyFile: c.MasterKeyFile, TrustedProxies: c.TrustedProxies,
		LogFormat: c.LogFormat, LogLevel: c.LogLevel, MetricsListen: c.MetricsListen, ShutdownFor: c.ShutdownFor,
		AdminSecondFactor: c.AdminSecondFactor}
	if c.WhileStdin {
		var stop context.CancelFunc
		ctx, stop = context.WithCancel(ctx)
		defer stop()
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin)
			stop()
		}()
	}
	m, err := member.New(ctx, cfg, app.NewLogger(cfg, os.Stderr), version, app.Oversight())
	if err != nil {
		return err
	}
	return m.Serve(ctx)
}
