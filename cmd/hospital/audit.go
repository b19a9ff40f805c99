package main

import (
	"context"
	"errors"
	"os"

	"github.com/smart-hospital/hospital/app"
	"github.com/smart-hospital/hospital/app/config"
)

// auditCmd takes serve's settings, so that the same configuration finds the same installation.
type auditCmd struct {
	config.Config
	JSON bool `help:"Print the report as JSON." name:"json"`
}

var errFaults = errors.New("the audit found faults")

// Run prints the report and fails when there is any fault.
func (c auditCmd) Run(ctx context.Context) error {
	report, err := app.Audit(ctx, c.Config, app.NewLogger(c.Config, os.Stderr))
	if err != nil {
		return err
	}
	write := report.WriteText
	if c.JSON {
		write = report.WriteJSON
	}
	if err := write(os.Stdout); err != nil {
		return err
	}
	if !report.Clean() {
		return errFaults
	}
	return nil
}
