package testnet

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/consortium"
)

// Manifest describes a run.
type Manifest struct {
	Name          string         `yaml:"name"`
	Seed          uint64         `yaml:"seed"`
	Duration      time.Duration  `yaml:"duration"`
	Organisations []Organisation `yaml:"organisations"`
	Load          Load           `yaml:"load"`
	Perturbations []Perturbation `yaml:"perturbations"`
}

// Organisation is a member with a node.
type Organisation struct {
	consortium.Spec `yaml:",inline"`
	Node            string   `yaml:"node,omitempty"`    // product: `hospital node`; empty: peer
	Traitor         []string `yaml:"traitor,omitempty"` // how it lies; empty: honest
}

// Load is what clients do meanwhile: they claim, release and dispense prescriptions at the honest
// peers, and issue new ones.
type Load struct {
	Clients       int `yaml:"clients"`
	Prescriptions int `yaml:"prescriptions"` // paid before the first perturbation
}

// Perturbation is one thing that goes wrong for a while.
type Perturbation struct {
	At     time.Duration `yaml:"at,omitempty"`  // after the load begins
	For    time.Duration `yaml:"for,omitempty"` // until it is undone
	Do     string        `yaml:"do"`
	Nodes  []string      `yaml:"nodes"`
	To     []string      `yaml:"to,omitempty"`  // links: the other ends; empty: all nodes not in nodes
	Way    string        `yaml:"way,omitempty"` // links: in, out; empty: both
	Delay  time.Duration `yaml:"delay,omitempty"`
	Rate   int           `yaml:"rate,omitempty"`   // bytes a second
	Offset time.Duration `yaml:"offset,omitempty"` // clock: whole seconds ahead
	Expect string        `yaml:"expect,omitempty"` // progress, halt; empty: whatever
}

// What can be done, and how a traitor lies.
const (
	doKill, doRestart, doPause, doDisk, doClock        = "kill", "restart", "pause", "disk", "clock"
	doCut, doFreeze, doSlow, doLossy, doThrottle       = "cut", "freeze", "slow", "lossy", "throttle"
	expectProgress, expectHalt                         = "progress", "halt"
	equivocate, product                                = "equivocate", "product"
	defaultDuration, defaultClients, defaultPrescribed = 6 * time.Second, 6, 16
)

var (
	doings = []string{doKill, doRestart, doPause, doDisk, doClock, doCut, doFreeze, doSlow, doLossy, doThrottle}
	lies   = []string{"censor", "false-seals", "other-root", "forged-records", "forged-seals", "replay", "oversized",
		"flood", equivocate}
)

var errManifest = errors.New("manifest")

// city is the organisations of a manifest that names none. Clients are at the first three; the
// insurer's and the regulator's nodes are the product's own program.
func city() []Organisation {
	return []Organisation{
		{Spec: consortium.Spec{ID: "h1", Name: "测试医院", Role: chain.OrgHospital, Power: 1}},
		{Spec: consortium.Spec{ID: "i1", Name: "测试医保局", Role: chain.OrgInsurer, Power: 1}, Node: product},
		{Spec: consortium.Spec{ID: "p1", Name: "测试药房一", Role: chain.OrgPharmacy, Power: 1}},
		{Spec: consortium.Spec{ID: "p2", Name: "测试药房二", Role: chain.OrgPharmacy, Power: 1}},
		{Spec: consortium.Spec{ID: "r1", Name: "测试卫健委", Role: chain.OrgRegulator}, Node: product},
	}
}

func parseManifest(text string) (m Manifest, err error) {
	d := yaml.NewDecoder(strings.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(&m); err != nil {
		return m, fmt.Errorf("%w: %w", errManifest, err)
	}
	return m, m.complete()
}

// complete fills in what may be absent and refuses what cannot be run.
func (m *Manifest) complete() error {
	if m.Duration == 0 {
		m.Duration = defaultDuration
	}
	if m.Load.Clients == 0 {
		m.Load.Clients = defaultClients
	}
	if m.Load.Prescriptions == 0 {
		m.Load.Prescriptions = defaultPrescribed
	}
	if len(m.Organisations) == 0 {
		m.Organisations = city()
	}
	ids := map[string]bool{}
	for i, o := range m.Organisations {
		ids[o.ID] = true
		for _, lie := range o.Traitor {
			if !slices.Contains(lies, lie) {
				return fmt.Errorf("%w: organisations[%d].traitor: %q is none of %v", errManifest, i, lie, lies)
			}
		}
		if o.Node != "" && (o.Node != product || len(o.Traitor) > 0) {
			return fmt.Errorf("%w: organisations[%d].node: %q; only product, and the product does not lie",
				errManifest, i, o.Node)
		}
	}
	for i, p := range m.Perturbations {
		err := p.check(ids)
		for _, o := range m.Organisations {
			if p.Do == doClock && slices.Contains(p.Nodes, o.ID) && (o.Node == product || len(o.Traitor) > 0) {
				err = errors.New("clock: only an honest peer's can be set")
			}
		}
		if err != nil {
			return fmt.Errorf("%w: perturbations[%d].%w", errManifest, i, err)
		}
	}
	return nil
}

func (p Perturbation) check(ids map[string]bool) error {
	for _, id := range slices.Concat(p.Nodes, p.To) {
		if !ids[id] {
			return fmt.Errorf("nodes: %q is no organisation", id)
		}
	}
	switch {
	case !slices.Contains(doings, p.Do):
		return fmt.Errorf("do: %q is none of %v", p.Do, doings)
	case len(p.Nodes) == 0:
		return errors.New("nodes: must name some")
	case p.Expect != "" && p.Expect != expectProgress && p.Expect != expectHalt:
		return errors.New("expect: progress or halt")
	case p.Way != "" && p.Way != "in" && p.Way != "out":
		return errors.New("way: in or out")
	case p.Do == doSlow && p.Delay <= 0, p.Do == doThrottle && p.Rate <= 0:
		return errors.New("do: slow needs delay, throttle needs rate")
	case p.Do == doClock && (p.Offset <= 0 || p.Offset%time.Second != 0):
		return errors.New("offset: whole seconds ahead")
	}
	return nil
}

// String is the manifest as it can be run again.
func (m Manifest) String() string {
	text, err := yaml.Marshal(m)
	if err != nil {
		return err.Error()
	}
	return string(text)
}
