// Package health says how an installation and its node are: /healthz, /readyz with its parts, and
// the numbers for an operator's collector.
package health

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/smart-hospital/hospital/app/disk"
	installationapi "github.com/smart-hospital/hospital/app/httpapi/installation"
	"github.com/smart-hospital/hospital/app/ports"
)

// Timeout bounds the questions /readyz asks.
const Timeout = 2 * time.Second

// What /readyz says of a part that can do its work; after readyBut comes what somebody has to do
// soon.
const (
	OK       = "ok"
	readyBut = "ok; "
)

// Register adds them: /healthz says that the process lives, /readyz that it can do its work,
// /metrics counts, for this machine.
func Register(e *echo.Echo, ready func(context.Context) installationapi.Readiness, metrics prometheus.Gatherer) {
	e.GET("/healthz", func(c echo.Context) error { return c.JSON(http.StatusOK, map[string]string{"status": "alive"}) })
	e.GET("/readyz", func(c echo.Context) error {
		checks := ready(c.Request().Context())
		status := http.StatusOK
		for _, fault := range checks {
			if fault != OK && !strings.HasPrefix(fault, readyBut) {
				status = http.StatusServiceUnavailable
			}
		}
		return c.JSON(status, checks)
	})
	e.GET("/metrics", echo.WrapHandler(promhttp.HandlerFor(metrics, promhttp.HandlerOpts{})),
		ports.ThisMachineOnly("numbers are shown on this machine only; for others there is metrics-listen"))
}

// Disk says what is not taken any more for want of room.
func Disk(g *disk.Guard) string {
	switch {
	case !g.Allows(disk.Commands):
		return "full: no new commands are taken"
	case !g.Allows(disk.Uploads):
		return readyBut + "little room is left: no pictures are taken"
	}
	return OK
}
