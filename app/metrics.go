package app

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/gm"
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
			b, err := outbox.Stats(a.db.WithContext(context.Background()))
			if err != nil {
				return -1
			}
			return pick(b)
		}
	}
	gauge(own, "hospital_outbox_pending", "Records waiting for the chain; -1: unknown.",
		backlog(func(b outbox.Backlog) float64 { return float64(b.Pending) }))
	gauge(own, "hospital_outbox_dead", "Records the chain refused for good: each stops its lane. Alarm above 0.",
		backlog(func(b outbox.Backlog) float64 { return float64(b.Dead) }))
	gauge(own, "hospital_disk_free_bytes",
		"Free bytes on the data folder's disk; -1: unknown. Alarm below disk-reserve.", func() float64 {
			left, err := a.room.Left()
			if err != nil {
				return -1
			}
			return float64(left)
		})
	gauge(own, "hospital_unreadable_rows",
		"Rows of the database that could not be read in the last hour and were left out. Alarm above 0.",
		func() float64 { return float64(len(a.db.Unreadable())) })
	own.MustRegister(prometheus.NewCounterFunc(
		prometheus.CounterOpts{Name: "hospital_sql_statements_total", Help: "Statements sent to the database."},
		func() float64 { return float64(sqlstore.Statements()) }))
	chainMetrics(own, a.node)
	clockMetrics(own, a.clock)
	watchMetrics(own, a.watch)
	return prometheus.Gatherers{prometheus.DefaultGatherer, own}
}

// chainMetrics are those of every node, with a hospital's application or without.
func chainMetrics(to *prometheus.Registry, node *comet.Node) {
	health := func(pick func(chain.Health) float64) func() float64 {
		return func() float64 { return pick(node.Health(context.Background())) }
	}
	gauge(to, "hospital_chain_height", "Height of the chain.",
		health(func(h chain.Health) float64 { return float64(h.Height) }))
	gauge(to, "hospital_chain_records", "Records on the chain.",
		health(func(h chain.Health) float64 { return float64(h.Records) }))
	gauge(to, "hospital_chain_sealed_height", "Height up to which the members' seals are here.",
		health(func(h chain.Health) float64 { return float64(h.SealedUpTo) }))
	gauge(to, "hospital_chain_peers", "Other members' nodes that are connected.",
		health(func(h chain.Health) float64 { return float64(h.Peers) }))
	gauge(to, "hospital_chain_outdated",
		"1 when the members have agreed on a record schema that this program does not know. Alarm above 0.",
		func() float64 {
			if node.Foreseen() != nil {
				return 1
			}
			return 0
		})
	gauge(to, "hospital_sm2_splits_total", "Signatures on which the two SM libraries disagreed. Alarm above 0.",
		func() float64 { return float64(gm.Splits()) })
}

func gauge(to *prometheus.Registry, name, help string, value func() float64) {
	to.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value))
}
