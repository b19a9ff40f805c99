package testnet

import (
	"math/rand/v2"
	"net"
	"sync"
	"time"
)

// Limits of a link that loses.
const (
	chunk       = 16 << 10
	maxStall    = 400 * time.Millisecond
	stallOneIn  = 25   // chunks
	resetOneIn  = 1500 // chunks
	inFlight    = 256  // chunks of one direction of a connection that wait out their delay
	thawPolling = 5 * time.Millisecond
)

// weather is what a direction of a link does to bytes.
type weather struct {
	frozen, lossy bool
	delay         time.Duration
	rate          int // bytes a second; 0: as they come
}

// link is the proxy by which one node dials another. The two nodes' links to each other share their
// faults.
type link struct {
	from, to string // member ids
	address  string // where from dials
	target   string // where to listens
	listener net.Listener

	mu      sync.Mutex
	cut     bool
	there   weather // bytes from from to to
	back    weather
	conns   map[net.Conn]bool
	random  *rand.Rand
	closing bool
}

func newLink(from, to, target string, seed uint64) (*link, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &link{from: from, to: to, address: l.Addr().String(), target: target, listener: l, conns: map[net.Conn]bool{},
		random: rand.New(rand.NewPCG(seed, 1))}
	go p.serve()
	return p, nil
}

func (l *link) serve() {
	for {
		c, err := l.listener.Accept()
		if err != nil {
			return
		}
		go l.carry(c)
	}
}

// carry joins a dialler with the node it wants, both ways, until either side ends or the link is
// cut.
func (l *link) carry(near net.Conn) {
	defer near.Close()
	if !l.add(near) {
		return
	}
	defer l.drop(near)
	far, err := net.Dial("tcp", l.target)
	if err != nil {
		return
	}
	defer far.Close()
	if !l.add(far) {
		return
	}
	defer l.drop(far)
	done := make(chan struct{}, 2)
	go func() { l.pump(far, near, &l.there); done <- struct{}{} }()
	go func() { l.pump(near, far, &l.back); done <- struct{}{} }()
	<-done
}

func (l *link) add(c net.Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cut || l.closing {
		return false
	}
	l.conns[c] = true
	return true
}

func (l *link) drop(c net.Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.conns, c)
}

type parcel struct {
	due  time.Time
	data []byte
}

// pump moves bytes one way, each chunk not before its time. The reader goes on while chunks wait,
// so that delay is not a lower rate.
func (l *link) pump(to, from net.Conn, w *weather) {
	line := make(chan parcel, inFlight)
	gone := make(chan struct{})
	go func() {
		defer close(line)
		for buf := make([]byte, chunk); ; {
			n, err := from.Read(buf)
			if n > 0 {
				l.mu.Lock()
				due := time.Now().Add(w.delay)
				l.mu.Unlock()
				select {
				case line <- parcel{due, append([]byte(nil), buf[:n]...)}:
				case <-gone:
					return
				}
			}
			if err != nil {
				return
			}
		}
	}()
	defer close(gone)
	for p := range line {
		time.Sleep(time.Until(p.due))
		if !l.pass(w, len(p.data)) {
			return
		}
		if _, err := to.Write(p.data); err != nil {
			return
		}
	}
	if c, ok := to.(*net.TCPConn); ok {
		_ = c.CloseWrite() // the other end learns of it, or has gone
	}
}

// pass waits as the weather of the moment demands; false: the connection breaks.
func (l *link) pass(w *weather, size int) bool {
	l.mu.Lock()
	var wait time.Duration
	if w.rate > 0 {
		wait = time.Duration(size) * time.Second / time.Duration(w.rate)
	}
	if w.lossy {
		if l.random.IntN(resetOneIn) == 0 {
			l.mu.Unlock()
			return false
		}
		if l.random.IntN(stallOneIn) == 0 {
			wait += time.Duration(l.random.Int64N(int64(maxStall)))
		}
	}
	l.mu.Unlock()
	time.Sleep(wait)
	for {
		l.mu.Lock()
		frozen, over := w.frozen, l.cut || l.closing
		l.mu.Unlock()
		if over {
			return false
		}
		if !frozen {
			return true
		}
		time.Sleep(thawPolling)
	}
}

// sever breaks all connections and refuses new ones; heal lets them again.
func (l *link) sever() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut = true
	l.reset()
}

// reset needs mu.
func (l *link) reset() {
	for c := range l.conns {
		if t, ok := c.(*net.TCPConn); ok {
			_ = t.SetLinger(0)
		}
		_ = c.Close()
	}
}

// change alters the weather of the direction that leads away from a node, the other, or both ("").
func (l *link) change(outOf, way string, fn func(*weather)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	out, in := &l.there, &l.back
	if l.to == outOf {
		out, in = in, out
	}
	if way != "in" {
		fn(out)
	}
	if way != "out" {
		fn(in)
	}
}

func (l *link) heal() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut, l.there, l.back = false, weather{}, weather{}
}

func (l *link) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closing = true
	_ = l.listener.Close()
	l.reset()
}
