package testnet

import (
	"slices"
	"sync"
	"syscall"
	"time"
)

// storm takes the perturbations of a manifest to a network.
type storm struct {
	w  *network
	d  *ward
	mu sync.Mutex
	on []Perturbation // of links, now
	at map[string]*sync.Mutex
}

// settleFor is how long a stopped process or a cut link is given to take effect before "halt" is
// taken at its word.
const settleFor = 300 * time.Millisecond

// rage runs all perturbations and returns when the last one is undone.
func (s *storm) rage() {
	s.at = map[string]*sync.Mutex{}
	for _, n := range s.w.nodes {
		s.at[n.ID] = &sync.Mutex{}
	}
	var g sync.WaitGroup
	all := s.w.m.Perturbations
	over := make([]chan struct{}, len(all))
	for i := range over {
		over[i] = make(chan struct{})
	}
	for i, p := range all {
		g.Go(func() {
			defer close(over[i])
			time.Sleep(p.At)
			// On a slow machine a fault lasts until what is expected of it has come. One that is to
			// come after it waits for its end: two at once may leave no quorum, and neither would
			// ever see what it waits for.
			for j, before := range all {
				if before.At+before.For <= p.At && (before.At < p.At || j < i) {
					<-over[j]
				}
			}
			s.strike(p)
		})
	}
	g.Wait()
}

func (s *storm) strike(p Perturbation) {
	undo := s.links
	if !p.ofLinks() {
		for _, id := range slices.Sorted(slices.Values(p.Nodes)) { // one thing at a time happens to a process
			s.at[id].Lock()
			defer s.at[id].Unlock()
		}
		undo = func(Perturbation, bool) {
			for _, n := range s.w.named(p.Nodes) {
				s.recover(n, p)
			}
		}
		for _, n := range s.w.named(p.Nodes) {
			s.harm(n, p)
		}
	} else {
		s.links(p, true)
	}
	time.Sleep(settleFor)
	if p.Expect == expectHalt {
		s.quiet()
	}
	began := s.d.now()
	time.Sleep(p.For)
	acked := s.d.ackedSince(began)
	for limit := time.Now().Add(patience); p.Expect == expectProgress && acked == 0 &&
		time.Now().Before(limit); time.Sleep(pause) {
		acked = s.d.ackedSince(began)
	}
	if p.Expect != "" && (acked > 0) != (p.Expect == expectProgress) {
		s.w.t.Errorf("%s of %v: %d records acknowledged meanwhile, expected %s", p.Do, p.Nodes, acked, p.Expect)
	}
	undo(p, false)
}

// quiet waits until nothing is acknowledged any more: on a busy machine the answers to what was
// decided before take their time. Where nothing halted it ends as well, and what comes afterwards
// is counted.
func (s *storm) quiet() {
	for limit := time.Now().Add(patience); time.Now().Before(limit); {
		began := s.d.now()
		time.Sleep(settleFor)
		if s.d.ackedSince(began) == 0 {
			return
		}
	}
}

func (s *storm) harm(n *node, p Perturbation) {
	switch p.Do {
	case doKill:
		n.proc.kill()
	case doRestart:
		s.again(n)
	case doPause:
		n.proc.signal(syscall.SIGSTOP)
	case doDisk:
		s.check(n.proc.fill())
	case doClock:
		n.offset = p.Offset
		s.again(n)
	}
}

func (s *storm) recover(n *node, p Perturbation) {
	switch p.Do {
	case doPause:
		n.proc.signal(syscall.SIGCONT)
	case doDisk:
		if n.proc.alive() {
			s.check(n.proc.empty())
		}
	case doClock:
		n.offset = 0
		s.again(n)
	}
	s.check(n.ensure())
}

// again stops a node in order and starts it.
func (s *storm) again(n *node) {
	if !n.proc.stop() {
		s.w.t.Errorf("%s did not stop in order", n.ID)
	}
	s.check(n.start())
}

func (s *storm) check(err error) {
	if err != nil {
		s.w.t.Error(err)
	}
}

func (p Perturbation) ofLinks() bool {
	return slices.Contains([]string{doCut, doFreeze, doSlow, doLossy, doThrottle}, p.Do)
}

// touches tells whether a link is one of the perturbation's, and its end among nodes.
func (p Perturbation) touches(l *link) (end string, ok bool) {
	for _, ends := range [][2]string{{l.from, l.to}, {l.to, l.from}} {
		here, there := slices.Contains(p.Nodes, ends[0]), slices.Contains(p.Nodes, ends[1])
		if len(p.To) > 0 {
			there = !slices.Contains(p.To, ends[1])
		}
		if here && !there {
			return ends[0], true
		}
	}
	return "", false
}

// links begins or ends a perturbation of links: every link gets the sum of those that are on.
func (s *storm) links(p Perturbation, on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if on {
		s.on = append(s.on, p)
	} else {
		i := slices.IndexFunc(s.on, func(o Perturbation) bool {
			return o.At == p.At && o.Do == p.Do &&
				slices.Equal(o.Nodes, p.Nodes)
		})
		s.on = slices.Delete(s.on, i, i+1)
	}
	for _, l := range s.w.links {
		l.heal()
		for _, p := range s.on {
			if end, ok := p.touches(l); ok {
				l.suffer(end, p)
			}
		}
	}
}

func (l *link) suffer(end string, p Perturbation) {
	switch p.Do {
	case doCut:
		l.sever()
	case doFreeze:
		l.change(end, p.Way, func(w *weather) { w.frozen = true })
	case doSlow:
		l.change(end, p.Way, func(w *weather) { w.delay += p.Delay })
	case doLossy:
		l.change(end, p.Way, func(w *weather) { w.lossy = true })
	case doThrottle:
		l.change(end, p.Way, func(w *weather) { w.rate = p.Rate })
	}
}
