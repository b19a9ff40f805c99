package app

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/smart-hospital/hospital/app/disk"
	installationapi "github.com/smart-hospital/hospital/app/httpapi/installation"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/frontend"
)

// readyTimeout bounds the questions /readyz asks.
const readyTimeout = 2 * time.Second

func (a *App) registerRoutes(ctx context.Context) error {
	api := web.New(a.log, a.accounts, a.version)
	a.api = api
	api.TrustProxies(a.cfg.Proxies())
	api.RequireOffice(office{a.practitioners, a.keyring})
	api.RequireHome(a.cfg.Hospital)
	api.ActsFor(a.patients.ActsFor)
	api.KeepRoom(a.room)
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
	registerHealth(api.Echo, a.ready, metrics)
	if err := a.listenMetrics(ctx, metrics); err != nil {
		return err
	}
	if a.cfg.Demo {
		a.registerSandboxes()
	}
	return registerPages(api.Echo, nil)
}

// registerPages adds the mini-app and the desk; first, when there is one, answers / in the place of
// the mini-app.
func registerPages(e *echo.Echo, first echo.HandlerFunc) error {
	pages, err := newWeb(frontend.H5())
	if err != nil {
		return err
	}
	desk, err := newWeb(frontend.Desk())
	if err != nil {
		return err
	}
	pages.register(e, "/", first)
	desk.register(e, "/desk/", nil)
	return nil
}

// What /readyz says of a part that can do its work; after readyBut comes what somebody has to do
// soon.
const (
	isReady  = "ok"
	readyBut = "ok; "
)

// registerHealth: /healthz says that the process lives, /readyz that it can do its work, /metrics
// counts, for this machine.
func registerHealth(e *echo.Echo, ready func(context.Context) installationapi.Readiness, metrics prometheus.Gatherer) {
	e.GET("/healthz", func(c echo.Context) error { return c.JSON(http.StatusOK, map[string]string{"status": "alive"}) })
	e.GET("/readyz", func(c echo.Context) error {
		checks := ready(c.Request().Context())
		status := http.StatusOK
		for _, fault := range checks {
			if fault != isReady && !strings.HasPrefix(fault, readyBut) {
				status = http.StatusServiceUnavailable
			}
		}
		return c.JSON(status, checks)
	})
	e.GET("/metrics", echo.WrapHandler(promhttp.HandlerFor(metrics, promhttp.HandlerOpts{})),
		thisMachineOnly("numbers are shown on this machine only; for others there is metrics-listen"))
}

// ready asks database, Redis and chain; each value is "ok" or what is wrong, without internals.
func (a *App) ready(ctx context.Context) installationapi.Readiness {
	ctx, cancel := context.WithTimeout(ctx, readyTimeout)
	defer cancel()
	verdict := func(ok bool, fault string) string {
		if ok {
			return isReady
		}
		return fault
	}
	return installationapi.Readiness{
		"database": a.written.ready(ctx, a.db),
		"redis":    verdict(a.redis.Ping(ctx).Err() == nil, "does not answer"),
		"chain":    chainReady(ctx, a.node, a.settings, a.watch),
		"rows":     rowsReady(a.db),
		"disk":     diskReady(a.room),
		"clock":    clockReady(a.clock),
	}
}

// diskReady says what is not taken any more for want of room.
func diskReady(g *disk.Guard) string {
	switch {
	case !g.Allows(disk.Commands):
		return "full: no new commands are taken"
	case !g.Allows(disk.Uploads):
		return readyBut + "little room is left: no pictures are taken"
	}
	return isReady
}

// registerSandboxes shows the demo's sandboxes; strict mode has none of these routes.
func (a *App) registerSandboxes() {
	// Here everybody is told how to be anybody: nobody but who sits at this machine, unless its
	// owner wants it otherwise.
	sandbox := a.api.Echo.Group("/sandbox")
	if !a.cfg.DemoOpen {
		sandbox.Use(
			thisMachineOnly("the demo's passwords are shown on this machine only; demo-open shows them to others"))
	}
	sandbox.POST("/login", echo.WrapHandler(a.wechatSandbox))
	ward, err := json.Marshal(a.demo)
	if err != nil {
		panic(err) // strings only
	}
	sandbox.GET("/ward", func(c echo.Context) error { return c.JSONBlob(http.StatusOK, ward) })
	sandbox.Any("/insurer/faults", echo.WrapHandler(a.bureau.AdminHandler()))
}
