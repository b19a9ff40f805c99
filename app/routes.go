package app

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/smart-hospital/hospital/app/health"
	installationapi "github.com/smart-hospital/hospital/app/httpapi/installation"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/pages"
	"github.com/smart-hospital/hospital/app/ports"
	"github.com/smart-hospital/hospital/app/room"
)

func (a *App) registerRoutes(ctx context.Context) error {
	api := web.New(a.Log, a.accounts, a.version)
	a.api = api
	api.TrustProxies(a.Cfg.Proxies())
	api.RequireOffice(office{a.practitioners, a.keyring})
	api.RequireHome(a.Cfg.Hospital)
	api.ActsFor(a.patients)
	api.KeepRoom(a.Room)
	a.disclosures = room.Disclosures(a, rooms)
	for _, r := range rooms {
		api.Refuses(r.Refusals)
	}
	for _, r := range rooms {
		if r.Routes != nil {
			r.Routes(a, api)
		}
	}
	if unlisted := api.Unlisted(); len(unlisted) > 0 {
		return fmt.Errorf("no room lists the problem codes %v", unlisted)
	}
	api.Trusts(func() bool { d := a.clock.Doubt(); return d == nil || !d.Ahead() })
	metrics := a.metrics()
	health.Register(api.Echo, a.ready, metrics)
	if err := ports.Metrics(ctx, &a.Installation, metrics); err != nil {
		return err
	}
	if a.Cfg.Demo {
		a.registerSandboxes()
	}
	return pages.Register(api.Echo, nil)
}

// ready asks database, Redis and chain; each value is "ok" or what is wrong, without internals.
func (a *App) ready(ctx context.Context) installationapi.Readiness {
	ctx, cancel := context.WithTimeout(ctx, health.Timeout)
	defer cancel()
	verdict := func(ok bool, fault string) string {
		if ok {
			return health.OK
		}
		return fault
	}
	return installationapi.Readiness{
		"database": a.written.Ready(ctx, a.DB),
		"redis":    verdict(a.Redis.Ping(ctx).Err() == nil, "does not answer"),
		"chain":    health.Chain(ctx, a.node, a.settings, a.watch),
		"rows":     health.Rows(a.DB),
		"disk":     health.Disk(a.Room),
		"clock":    health.Clock(a.clock),
	}
}

// registerSandboxes shows the demo's sandboxes; strict mode has none of these routes.
func (a *App) registerSandboxes() {
	// Here everybody is told how to be anybody: nobody but who sits at this machine, unless its
	// owner wants it otherwise.
	sandbox := a.api.Echo.Group("/sandbox")
	if !a.Cfg.DemoOpen {
		sandbox.Use(
			ports.ThisMachineOnly("the demo's passwords are shown on this machine only; demo-open shows them to others"))
	}
	sandbox.POST("/login", echo.WrapHandler(a.WeChatSandbox))
	ward, err := json.Marshal(a.demo)
	if err != nil {
		panic(err) // strings only
	}
	sandbox.GET("/ward", func(c echo.Context) error { return c.JSONBlob(http.StatusOK, ward) })
	sandbox.Any("/insurer/faults", echo.WrapHandler(a.Bureau.AdminHandler()))
}
