package health

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/clockwatch"
	"github.com/smart-hospital/hospital/chain/watch"
)

// Metrics adds those of every node, with a hospital's application or without.
func Metrics(to *prometheus.Registry, node *comet.Node, clock *clockwatch.Watch, w *watch.Watch) {
	chainMetrics(to, node)
	clockMetrics(to, clock)
	watchMetrics(to, w)
}

func chainMetrics(to *prometheus.Registry, node *comet.Node) {
	health := func(pick func(chain.Health) float64) func() float64 {
		return func() float64 { return pick(node.Health(context.Background())) }
	}
	Gauge(to, "hospital_chain_height", "Height of the chain.",
		health(func(h chain.Health) float64 { return float64(h.Height) }))
	Gauge(to, "hospital_chain_records", "Records on the chain.",
		health(func(h chain.Health) float64 { return float64(h.Records) }))
	Gauge(to, "hospital_chain_sealed_height", "Height up to which the members' seals are here.",
		health(func(h chain.Health) float64 { return float64(h.SealedUpTo) }))
	Gauge(to, "hospital_chain_peers", "Other members' nodes that are connected.",
		health(func(h chain.Health) float64 { return float64(h.Peers) }))
	Gauge(to, "hospital_chain_outdated",
		"1 when the members have agreed on a record schema that this program does not know. Alarm above 0.",
		func() float64 {
			if node.NewerSchema() != nil {
				return 1
			}
			return 0
		})
	Gauge(to, "hospital_sm2_splits_total", "Signatures on which the two SM libraries disagreed. Alarm above 0.",
		func() float64 { return float64(gm.Splits()) })
}

// Gauge adds one number.
func Gauge(to *prometheus.Registry, name, help string, value func() float64) {
	to.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value))
}
