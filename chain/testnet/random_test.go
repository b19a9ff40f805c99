package testnet

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain/chaintest/size"
)

// Shapes of random runs: short, because what breaks a chain is the order of things, not their
// length.
const (
	shortestRun, longestRun   = 3 * time.Second, 5 * time.Second
	shortestHarm, longestHarm = 400 * time.Millisecond, 2 * time.Second
	mostHarms                 = 3
	traitorOneIn              = 3
	pairOneIn                 = 4
	longestDelay              = 150 * time.Millisecond
	slowestRate, fastestRate  = 32 << 10, 256 << 10
	wrongestClock             = 3600 // seconds ahead
)

// randomManifest is a function of the seed alone.
func randomManifest(seed uint64) Manifest {
	r := rand.New(rand.NewPCG(seed, 0))
	m := Manifest{Name: fmt.Sprintf("random %d", seed), Seed: seed, Duration: between(r, shortestRun, longestRun),
		Organisations: city(), Load: Load{Clients: 6, Prescriptions: 12}}
	if r.IntN(traitorOneIn) == 0 {
		o := &m.Organisations[1+r.IntN(3)]
		o.Node, o.Traitor = "", []string{lies[r.IntN(len(lies))]}
	}
	for range 1 + r.IntN(mostHarms) {
		m.Perturbations = append(m.Perturbations, randomHarm(r, m))
	}
	return m
}

func randomHarm(r *rand.Rand, m Manifest) Perturbation {
	nodes := m.Organisations
	first := r.IntN(len(nodes))
	p := Perturbation{Do: doings[r.IntN(len(doings))], For: between(r, shortestHarm, longestHarm),
		Nodes: []string{nodes[first].ID}}
	p.At = between(r, 0, m.Duration-p.For)
	if r.IntN(pairOneIn) == 0 {
		p.Nodes = append(p.Nodes, nodes[(first+1+r.IntN(len(nodes)-1))%len(nodes)].ID)
	}
	way := []string{"", "", "in", "out"}[r.IntN(4)]
	switch p.Do {
	case doFreeze, doLossy:
		p.Way = way
	case doSlow:
		p.Way, p.Delay = way, between(r, time.Millisecond, longestDelay)
	case doThrottle:
		p.Way, p.Rate = way, slowestRate+r.IntN(fastestRate-slowestRate)
	case doClock:
		// the one that is always an honest peer
		p.Nodes, p.Offset = []string{nodes[0].ID}, time.Duration(1+r.IntN(wrongestClock))*time.Second
	}
	return p
}

func between(r *rand.Rand, from, to time.Duration) time.Duration {
	return (from + time.Duration(r.Int64N(int64(to-from)+1))).Round(time.Millisecond)
}

// newSeed is HOSPITAL_SEED, or the clock's.
func newSeed(t *testing.T) uint64 {
	t.Helper()
	text := os.Getenv("HOSPITAL_SEED")
	if text == "" {
		return uint64(time.Now().UnixMilli())
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("HOSPITAL_SEED: %v", err)
	}
	return n
}

// TestRandomRuns runs HOSPITAL_RUNS networks (one, unless it says otherwise), the first by
// HOSPITAL_SEED or the clock, each next one by the next seed.
func TestRandomRuns(t *testing.T) {
	t.Parallel()
	seed := newSeed(t)
	for i := range uint64(size.Of(t, "HOSPITAL_RUNS", 1)) {
		t.Run(fmt.Sprintf("HOSPITAL_SEED=%d", seed+i), func(t *testing.T) {
			t.Parallel()
			m := randomManifest(seed + i)
			if err := m.complete(); err != nil {
				t.Fatal(err)
			}
			run(t, m)
		})
	}
}

// A seed is a promise: the same manifest, and one that can be run.
func TestRandomManifest(t *testing.T) {
	different := map[string]bool{}
	for seed := range uint64(500) {
		m := randomManifest(seed)
		if err := m.complete(); err != nil {
			t.Errorf("seed %d: %v", seed, err)
		}
		again := randomManifest(seed)
		if err := again.complete(); err != nil || again.String() != m.String() {
			t.Errorf("seed %d: another manifest the second time, %v", seed, err)
		}
		read, err := parseManifest(m.String())
		if err != nil || read.String() != m.String() {
			t.Errorf("seed %d: what is printed cannot be read again: %v", seed, err)
		}
		m.Name, m.Seed = "", 0
		different[m.String()] = true
	}
	if len(different) < 490 {
		t.Errorf("500 seeds make %d manifests", len(different))
	}
}

func TestManifestRefused(t *testing.T) {
	for text, want := range map[string]string{
		"nam: x": "field nam not found",
		"perturbations: [{do: explode, nodes: [p1]}]":                `manifest: perturbations[0].do: "explode" is none of`,
		"perturbations: [{do: kill}]":                                "perturbations[0].nodes: must name some",
		"perturbations: [{do: kill, nodes: [x9]}]":                   `nodes: "x9" is no organisation`,
		"perturbations: [{do: slow, nodes: [p1]}]":                   "slow needs delay",
		"perturbations: [{do: cut, nodes: [p1], way: up}]":           "way: in or out",
		"perturbations: [{do: kill, nodes: [p1], expect: miracle}]":  "expect: progress or halt",
		"perturbations: [{do: clock, nodes: [p1], offset: 5ms}]":     "offset: whole seconds ahead",
		"perturbations: [{do: clock, nodes: [r1], offset: 5s}]":      "clock: only an honest peer's",
		"organisations: [{id: h1, traitor: [sing]}]":                 `organisations[0].traitor: "sing" is none of`,
		"organisations: [{id: h1, node: product, traitor: [flood]}]": "the product does not lie",
	} {
		if _, err := parseManifest(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
