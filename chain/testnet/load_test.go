package testnet

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/smart-hospital/hospital/chain"
)

// How the load's clients behave.
const (
	askLimit      = time.Second     // for a look at a prescription
	submitLimit   = 4 * time.Second // at one node
	tries         = 3               // nodes asked about one record
	issueOneIn    = 5
	strangerOneIn = 5 // releases and dispensings by a pharmacy that may not
	dispenseOneIn = 4
	sharedTags    = 8 // packages that many prescriptions want
	pause         = 20 * time.Millisecond
)

// load runs the clients until stop is closed; they finish what they have begun.
func (d *ward) load(stop <-chan struct{}) *sync.WaitGroup {
	var g sync.WaitGroup
	for c := range d.w.m.Load.Clients {
		random := rand.New(rand.NewPCG(d.w.m.Seed, uint64(c)+2))
		g.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				case <-time.After(time.Duration(random.Int64N(int64(pause)))):
				}
				d.act(c, i, random)
			}
		})
	}
	return &g
}

// act is one thing a client does, at nodes of its choice.
func (d *ward) act(client, i int, random *rand.Rand) {
	nodes := d.w.serving()
	random.Shuffle(len(nodes), func(i, j int) { nodes[i], nodes[j] = nodes[j], nodes[i] })
	for len(nodes) < tries {
		nodes = append(nodes, nodes...)
	}
	nodes = nodes[:tries]
	by := d.dispensers[random.IntN(len(d.dispensers))]
	subject := rx(random.IntN(d.w.m.Load.Prescriptions))
	shared, wants := fmt.Sprintf("shared %d", random.IntN(sharedTags)), random.IntN(2) == 0
	stranger, dispenses := random.IntN(strangerOneIn) == 0, random.IntN(dispenseOneIn) == 0
	if random.IntN(issueOneIn) == 0 {
		if r, err := d.issue(fmt.Sprintf("%sX%d-%d", chain.SubjectRx, client, i)); err == nil {
			d.try(r, submitLimit, nodes...)
		}
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), askLimit)
	defer cancel()
	s, err := nodes[0].subject(ctx, subject) // as old as that node is
	if err != nil {
		return
	}
	in := step{subject: subject, by: by.org.id, seq: s.Seq + 1, kind: chain.KindClaim}
	if s.Status == chain.StatusClaimed {
		if in.kind = chain.KindRelease; dispenses {
			in.kind = chain.KindDispense
		}
		if s.Holder != by.org.id && !stranger {
			return
		}
	}
	var facts chain.Facts
	if in.kind == chain.KindDispense {
		facts.Tags = []string{tag(subject)}
		if wants {
			facts.Tags = []string{tag(shared)}
		}
	}
	d.take(client, in, by, facts, submitLimit, nodes)
}

// take tries a step at one node after the other and writes what came of it into the history.
func (d *ward) take(client int, in step, by *person, facts chain.Facts, each time.Duration, nodes []*node) verdict {
	r, err := by.record(in.kind, in.subject, in.seq, facts)
	if err != nil {
		d.w.t.Error(err)
		return refused
	}
	called := d.now()
	o, known := d.try(r, each, nodes...)
	v := verdictOf(o, known)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.history = append(d.history, operation{client, in, answer{verdict: v}, called, d.now()})
	return v
}
