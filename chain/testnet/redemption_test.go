package testnet

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest/size"
)

const (
	defaultRedemptions  = 60 // in an ordinary test run; HOSPITAL_REDEMPTIONS asks for more
	redemptionsParallel = 48
	redemptionLimit     = 3 * time.Second // at one node, before the next is asked
	partitionEvery      = 1500 * time.Millisecond
	longestPartition    = 1500 * time.Millisecond
)

// TestDoubleRedemption: two pharmacies, each through nodes of its own choice and sharing nothing,
// try to redeem the same paid prescription, and hand out the same package for two prescriptions,
// while links freeze and break. One wins, and what it was told is on every node.
func TestDoubleRedemption(t *testing.T) {
	t.Parallel()
	attempts := size.Of(t, "HOSPITAL_REDEMPTIONS", defaultRedemptions)
	seed := newSeed(t)
	t.Logf("%d attempts, HOSPITAL_SEED=%d", attempts, seed)
	m := Manifest{Name: "double redemption", Seed: seed, Load: Load{Clients: 1, Prescriptions: attempts}}
	if err := m.complete(); err != nil {
		t.Fatal(err)
	}
	w := newNetwork(t, m)
	w.start()
	d := newWard(w)
	d.prescribe(0, attempts)
	watched := w.watch()
	stop := make(chan struct{})
	var weatherman sync.WaitGroup
	weatherman.Go(func() { partition(w, d, stop) })

	next := make(chan int)
	var clients sync.WaitGroup
	var mu sync.Mutex
	wins := map[string]int{}
	for range redemptionsParallel {
		clients.Go(func() {
			for i := range next {
				winner := d.race(i)
				mu.Lock()
				wins[winner]++
				mu.Unlock()
			}
		})
	}
	for i := range attempts {
		next <- i
	}
	close(next)
	clients.Wait()
	close(stop)
	weatherman.Wait()
	w.settle(d)
	w.check(d, watched())
	t.Logf("won: %v", wins)
	if wins[""] > 0 {
		t.Errorf("%d prescriptions were redeemed by nobody", wins[""])
	}
	if attempts >= defaultRedemptions && (wins[d.dispensers[0].org.id] == 0 || wins[d.dispensers[1].org.id] == 0) {
		t.Errorf("%v: no race", wins)
	}
}

// partition breaks links until stop is closed: mostly one member is alone, sometimes nobody has a
// majority.
func partition(w *network, d *ward, stop <-chan struct{}) {
	r := rand.New(rand.NewPCG(w.m.Seed, 1))
	s := &storm{w: w, d: d}
	for {
		select {
		case <-stop:
			return
		case <-time.After(between(r, partitionEvery/2, partitionEvery)):
		}
		voters := []string{"h1", "i1", "p1", "p2"}
		r.Shuffle(len(voters), func(i, j int) { voters[i], voters[j] = voters[j], voters[i] })
		p := Perturbation{Do: doFreeze, Nodes: voters[:1+r.IntN(4)/3]}
		if r.IntN(6) == 0 {
			p.Do, p.Nodes = doCut, voters[:1] // the engine dials again after seconds only
		}
		s.links(p, true)
		time.Sleep(between(r, longestPartition/4, longestPartition))
		s.links(p, false)
	}
}

// race lets two pharmacies try to redeem one prescription at once and returns the one that did.
func (d *ward) race(i int) (winner string) {
	nodes := d.w.serving()
	var told [2]bool
	var pharmacies sync.WaitGroup
	for k, by := range d.dispensers[:2] {
		pharmacies.Go(func() { told[k] = d.redeem(i, by, at(nodes, i+k)) })
	}
	pharmacies.Wait()
	for k, by := range d.dispensers[:2] {
		if told[k] {
			if winner != "" {
				d.w.t.Errorf("%s: two pharmacies were told that they handed it out", rx(i))
			}
			winner = by.org.id
		}
	}
	return winner
}

// at is the nodes in turn from the k-th on, often enough to outlast any partition.
func at(nodes []*node, k int) (out []*node) {
	for i := range int(patience / redemptionLimit) {
		out = append(out, nodes[(k+i)%len(nodes)])
	}
	return out
}

// redeem claims and hands out whatever came of the claim, first with a package that another
// prescription wants as well.
func (d *ward) redeem(i int, by *person, nodes []*node) bool {
	claim := step{rx(i), chain.KindClaim, by.org.id, paidSeq + 1}
	claimed := d.take(0, claim, by, chain.Facts{}, redemptionLimit, nodes)
	if claimed == unknown {
		d.w.t.Errorf("%s: no answer to a claim in %s", rx(i), patience)
	}
	dispense := step{rx(i), chain.KindDispense, by.org.id, paidSeq + 2}
	got := d.take(0, dispense, by, chain.Facts{Tags: []string{tag(fmt.Sprint("pair ", i/2))}}, redemptionLimit, nodes)
	if got == tagUsed {
		got = d.take(0, dispense, by, chain.Facts{Tags: []string{tag(fmt.Sprint("own ", i))}}, redemptionLimit, nodes)
	}
	if (got == taken) && claimed != taken {
		d.w.t.Errorf("%s: handed out by %s, which had no claim", rx(i), by.org.id)
	}
	if claimed == taken && got != taken {
		d.w.t.Errorf("%s: %s had the claim and could not hand it out: %d", rx(i), by.org.id, got)
	}
	return got == taken
}
