package main

import (
	"context"
	"os"

	"github.com/alecthomas/kong"

	"github.com/smart-hospital/hospital/app"
	"github.com/smart-hospital/hospital/app/config"
)

// serveCmd runs the hospital until a signal.
type serveCmd struct {
	config.Config
}

// Run starts, says where to go, and serves.
func (s serveCmd) Run(ctx context.Context, k *kong.Context) error {
	s.InForce = inForce(k)
	a, err := app.New(ctx, s.Config, app.NewLogger(s.Config, os.Stderr), version)
	if err != nil {
		return err
	}
	if err := a.Welcome(os.Stdout); err != nil {
		return err
	}
	return a.Serve(ctx)
}
