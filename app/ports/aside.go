package ports

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/app/problem"
)

// passedOn are headers by which a proxy tells that somebody else is asking.
var passedOn = []string{"X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Via"}

// ThisMachineOnly guards what has no log-in and is nobody's business outside: the direct peer must
// be on the loopback, and not a proxy that passes a stranger's question on.
func ThisMachineOnly(detail string) echo.MiddlewareFunc {
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

// Metrics shows the numbers on an address of their own, when one is named: that of a network
// which only the operator's own collector reaches.
func Metrics(ctx context.Context, f *installation.Installation, metrics prometheus.Gatherer) error {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(metrics, promhttp.HandlerOpts{}))
	return Aside(ctx, f, "metrics-listen", f.Cfg.MetricsListen, mux, OperatorConnections)
}

// Aside serves pages on a listener of their own, never on the API's. An empty address: not at
// all.
func Aside(ctx context.Context, f *installation.Installation, setting, address string, h http.Handler,
	connections int) error {
	if address == "" {
		return nil
	}
	d := aside(f, connections)
	l, err := d.Listen(ctx, address)
	if err != nil {
		return fmt.Errorf("%s: %w", setting, err)
	}
	s := Server(d, h, f.Log)
	if setting == debugSetting {
		s.WriteTimeout = 0 // a profile takes as long as its reader asked for
	}
	go func() {
		if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			f.Log.Error(setting, "error", err.Error())
		}
	}()
	f.OnClose(s.Close)
	return nil
}

// Loopback runs a sandbox on a free loopback port and returns its base URL.
func Loopback(ctx context.Context, f *installation.Installation, h http.Handler) (string, error) {
	d := aside(f, SandboxConnections)
	l, err := d.Listen(ctx, "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	s := Server(d, h, f.Log)
	go func() {
		if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			f.Log.Error("sandbox", "error", err.Error())
		}
	}()
	f.OnClose(s.Close)
	return "http://" + l.Addr().String(), nil
}

// Only lets through what is asked for at some paths, or below those that end in a slash; the rest
// is not found.
func Only(api http.Handler, paths ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, p := range paths {
			if r.URL.Path == p || strings.HasSuffix(p, "/") && strings.HasPrefix(r.URL.Path, p) {
				api.ServeHTTP(w, r)
				return
			}
		}
		http.NotFound(w, r)
	})
}
