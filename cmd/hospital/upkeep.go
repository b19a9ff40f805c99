package main

import (
	"context"
	"os"

	"github.com/smart-hospital/hospital/app"
	"github.com/smart-hospital/hospital/app/config"
)

// adminCmd makes the first account of an installation that is no demo.
type adminCmd struct {
	config.Config
	Login string `help:"Log-in name: 3 to 32 characters a-z 0-9 . _ -" default:"admin"`
	Org   string `help:"Organisation whose staff it administrates; empty: the hospital."`
}

// Run prints the password, once.
func (c adminCmd) Run(ctx context.Context) error {
	return app.CreateAdmin(ctx, c.Config, app.NewLogger(c.Config, os.Stderr), c.Login, c.Org, os.Stdout)
}

// approveCmd is the operator's word for a practitioner's key, where an organisation has no two
// administrators yet.
type approveCmd struct {
	config.Config
	Request string `help:"Id of the request to approve, after its fingerprint was compared with the person's device; without: list them." placeholder:"ID"`
}

// Run lists what waits.
func (c approveCmd) Run(ctx context.Context) error {
	return app.ApproveKey(ctx, c.Config, app.NewLogger(c.Config, os.Stderr), c.Request, os.Stdout)
}

// deadLettersCmd shows what the chain refused for good and sends one again.
type deadLettersCmd struct {
	config.Config
	Requeue string `help:"Id of the record to send again." placeholder:"ID"`
}

// Run lists what is left.
func (c deadLettersCmd) Run(ctx context.Context) error {
	return app.DeadLetters(ctx, c.Config, app.NewLogger(c.Config, os.Stderr), c.Requeue, os.Stdout)
}
