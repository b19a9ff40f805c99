package httpapi

import (
	"log/slog"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

var requests = promauto.NewHistogramVec(prometheus.HistogramOpts{
	Name: "hospital_http_request_seconds", Help: "Duration of HTTP requests by route and status.",
	Buckets: []float64{.002, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
}, []string{"method", "route", "status"})

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
