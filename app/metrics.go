package app

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"github.com/smart-hospital/hospital/app/health"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// paymentAlarms counts what a person must look at, by kind (payment.Alarm).
var paymentAlarms = promauto.NewCounterVec(
	prometheus.CounterOpts{Name: "hospital_payment_alarms_total", Help: "Alarms of the payment room. Alarm above 0."},
	[]string{"kind"})

// metrics gathers the process-wide counters and, for this app, what an operator watches: outbox,
// chain, cryptography.
func (a *App) metrics() prometheus.Gatherer {
	own := prometheus.NewRegistry()
	backlog := func(pick func(outbox.Backlog) float64) func() float64 {
		return func() float64 {
			b, err := outbox.Stats(a.DB.WithContext(context.Background()))
			if err != nil {
				return -1
			}
			return pick(b)
		}
	}
	health.Gauge(own, "hospital_outbox_pending", "Records waiting for the chain; -1: unknown.",
		backlog(func(b outbox.Backlog) float64 { return float64(b.Pending) }))
	health.Gauge(own, "hospital_outbox_dead", "Records the chain refused for good: each stops its lane. Alarm above 0.",
		backlog(func(b outbox.Backlog) float64 { return float64(b.Dead) }))
	health.Gauge(own, "hospital_disk_free_bytes",
		"Free bytes on the data folder's disk; -1: unknown. Alarm below disk-reserve.", func() float64 {
			left, err := a.Room.Left()
			if err != nil {
				return -1
			}
			return float64(left)
		})
	health.Gauge(own, "hospital_unreadable_rows",
		"Rows of the database that could not be read in the last hour and were left out. Alarm above 0.",
		func() float64 { return float64(len(a.DB.Unreadable())) })
	own.MustRegister(prometheus.NewCounterFunc(
		prometheus.CounterOpts{Name: "hospital_sql_statements_total", Help: "Statements sent to the database."},
		func() float64 { return float64(sqlstore.Statements()) }))
	health.Metrics(own, a.node, a.clock, a.watch)
	return prometheus.Gatherers{prometheus.DefaultGatherer, own}
}
