package web

import (
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

var requests = promauto.NewHistogramVec(prometheus.HistogramOpts{
	Name: "hospital_http_request_seconds", Help: "Duration of HTTP requests by route and status.",
	Buckets: []float64{.002, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
}, []string{"method", "route", "status"})

// other stands for what is not one of the values that a label may have: a client must not be able
// to make new ones.
const other = "other"

// methods are those that some route has.
var methods = map[string]bool{
	http.MethodGet: true, http.MethodHead: true, http.MethodPost: true, http.MethodPut: true, http.MethodPatch: true,
	http.MethodDelete: true, http.MethodOptions: true,
}

func methodLabel(method string) string {
	if methods[method] {
		return method
	}
	return other
}

// routeLabel is the registered pattern that a request came to, never its path.
func routeLabel(c echo.Context) string {
	if route := c.Path(); route != "" {
		return route
	}
	return other
}

func measure(method, route string, status int, took time.Duration) {
	requests.WithLabelValues(method, route, strconv.Itoa(status)).Observe(took.Seconds())
}

func attr(key string, v any) slog.Attr { return slog.Any(key, v) }

func levelOf(status int) slog.Level {
	if status >= 500 {
		return slog.LevelError
	}
	return slog.LevelInfo
}
