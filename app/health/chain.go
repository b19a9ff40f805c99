package health

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/watch"
)

// ErrChainHalted: the chain's engine stopped by itself; the process must be started anew, unless it
// is comet.ErrSchema as well: then the newer program must.
var ErrChainHalted = errors.New("the chain engine has halted")

// AlarmsFolder of an installation or a member's folder holds the chain's alarms and their evidence.
const AlarmsFolder = "alarms"

// OpenWatch compares this node with the other members' and listens for silence.
func OpenWatch(f *installation.Installation, node *comet.Node, s consortium.NodeSettings) (*watch.Watch, error) {
	return watch.New(watch.Config{Dir: f.Path(AlarmsFolder), Node: node, Peers: s.Watch, Silence: s.Silence,
		Log: f.Log})
}

// watchMetrics count the open alarms; every kind is there, also without any, so that a rule can be
// written for it.
func watchMetrics(to *prometheus.Registry, w *watch.Watch) {
	for _, k := range watch.Kinds {
		to.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name:        "hospital_chain_alarms",
			Help:        "Open alarms of the chain by kind; unreachable, lagging and unproven are warnings. Alarm on the others above 0.",
			ConstLabels: prometheus.Labels{"kind": string(k)},
		}, func() float64 { return float64(w.Open(k)) }))
	}
}

// Chain is the chain's part of /readyz: whether prescriptions can be taken now. A node that
// lost the quorum is not ready for that, though it answers every question about the past: take
// writing traffic off it, not reading traffic.
//
// A node whose program is too old for what the members have agreed on is ready until it stops, and
// says both.
func Chain(ctx context.Context, node *comet.Node, s consortium.NodeSettings, w *watch.Watch) string {
	h := node.Health(ctx)
	switch fault := w.Ready(); {
	case !h.Ready:
		return "replaying or halted"
	case len(s.Peers) > 0 && h.Peers == 0:
		return "no other member's node is connected"
	case !watch.Quorum(h):
		return string(watch.KindNoQuorum) + ": " + watch.NoQuorum(h)
	case fault != "":
		return fault
	}
	if err := node.NewerSchema(); err != nil {
		return readyBut + err.Error()
	}
	return OK
}

// Halted is what ends a process whose chain has halted, said in the log as well.
func Halted(node *comet.Node, log *slog.Logger) error {
	if why := node.Err(); why != nil {
		log.Error(
			"ALARM: the chain engine has halted; the process ends, and only the newer program can be started in its place", "error", why.Error())
		return fmt.Errorf("%w: %w", ErrChainHalted, why)
	}
	log.Error("ALARM: the chain engine has halted; the process ends so that it can be started anew")
	return ErrChainHalted
}
