package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/smart-hospital/hospital/app/problem"
)

// passedOn are headers by which a proxy tells that somebody else is asking.
var passedOn = []string{"X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Via"}

// thisMachineOnly guards what has no log-in and is nobody's business outside: the direct peer must
// be on the loopback, and not a proxy that passes a stranger's question on.
func thisMachineOnly(detail string) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			host, _, err := net.SplitHostPort(r.RemoteAddr)
			ip := net.ParseIP(host)
			near := err == nil && ip != nil && ip.IsLoopback()
			for _, name := range passedOn {
				near = near && r.Header.Get(name) == ""
			}
			if !near {
				return problem.New("forbidden", detail)
			}
			return next(c)
		}
	}
}

// listenMetrics shows the numbers on an address of their own, when one is named: that of a network
// which only the operator's own collector reaches.
func (f *foundation) listenMetrics(ctx context.Context, metrics prometheus.Gatherer) error {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(metrics, promhttp.HandlerOpts{}))
	return f.serveAside(ctx, "metrics-listen", f.cfg.MetricsListen, mux, operatorConnections)
}

// serveAside serves pages on a listener of their own, never on the API's. An empty address: not at
// all.
func (f *foundation) serveAside(ctx context.Context, setting, address string, h http.Handler, connections int) error {
	if address == "" {
		return nil
	}
	d := f.asideDoor(connections)
	l, err := d.Listen(ctx, address)
	if err != nil {
		return fmt.Errorf("%s: %w", setting, err)
	}
	s := httpServer(d, h, f.log)
	if setting == debugSetting {
		s.WriteTimeout = 0 // a profile takes as long as its reader asked for
	}
	go func() {
		if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			f.log.Error(setting, "error", err.Error())
		}
	}()
	f.onClose(s.Close)
	return nil
}
