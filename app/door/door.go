// Package door is where strangers come in. A Door bounds what the connections of a listening port
// can take: in all, of one network, and never the descriptors that databases and engine need. When
// it is full it closes the connection that has been idle longest; when none is idle the newcomer
// hears 503 with Retry-After.
package door

import (
	"container/list"
	"context"
	"net"
	"net/http"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/limit"
)

// Limits of one port.
type Limits struct {
	Total      int          // connections
	PerNetwork int          // connections of one network (limit.Network)
	Ceiling    int          // first descriptor number that a connection may not have; 0: none
	Proxies    []*net.IPNet // of reverse proxies, for whom Total alone counts
}

// Door counts the connections of a port. Make it with New.
type Door struct {
	limits Limits

	mu       sync.Mutex
	total    int
	networks map[string]*network
	idle     *list.List // of *conn, the longest idle first
	sheds    chan struct{}
}

type network struct {
	open int
	idle *list.List // of *conn, the longest idle first
}

// maxSheds bounds the connections that are being told that there is no room; more are closed
// without a word.
const maxSheds = 32

// shedFor is how long one that is told so may take to hear it.
const shedFor = 500 * time.Millisecond

const noRoom = `{"type":"/problems#unavailable","title":"Service Unavailable","status":503,"detail":"too many connections","code":"unavailable"}`

var noRoomAnswer = []byte(
	"HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\nRetry-After: 2\r\n" +
		"Connection: close\r\nContent-Length: " + strconv.Itoa(len(noRoom)) + "\r\n\r\n" + noRoom)

// New makes a door.
func New(l Limits) *Door {
	return &Door{limits: l, networks: map[string]*network{}, idle: list.New(), sheds: make(chan struct{}, maxSheds)}
}

// Listen opens a TCP port behind the door. Serve it with a server that has the door's Watch as its
// ConnState.
func (d *Door) Listen(ctx context.Context, address string) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return d.Guard(l), nil
}

// Guard puts a listener behind the door.
func (d *Door) Guard(l net.Listener) net.Listener { return &listener{l, d} }

// Open is the number of connections inside.
func (d *Door) Open() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.total
}

type listener struct {
	net.Listener
	door *Door
}

// Accept returns the next connection that has room.
func (l *listener) Accept() (net.Conn, error) {
	for {
		raw, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if c := l.door.admit(raw); c != nil {
			return c, nil
		}
		l.door.shed(raw)
	}
}

// conn is a connection inside. Its counts are given back when it is closed, whoever closes it: a
// socket that was taken over from the server counts until then.
type conn struct {
	net.Conn
	door    *Door
	network string // empty: of a proxy

	// Under the door's lock. The elements are nil while the connection is at work.
	inAll, inNetwork *list.Element
	gone             bool // its counts are given back
}

// CloseWrite lets a server end an answer before it closes.
func (c *conn) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// Close implements net.Conn.
func (c *conn) Close() error {
	c.door.leave(c)
	return c.Conn.Close()
}

// admit counts a connection in, in the place of an idle one when there is no other; nil: there is
// no room.
func (d *Door) admit(raw net.Conn) *conn {
	c := &conn{Conn: raw, door: d, network: d.networkOf(raw.RemoteAddr())}
	above := d.limits.Ceiling > 0 && descriptor(raw) >= d.limits.Ceiling
	d.mu.Lock()
	var evicted []*conn
	n := d.networks[c.network]
	if n != nil && n.open >= d.limits.PerNetwork {
		if evicted = d.evict(n.idle, evicted); len(evicted) == 0 {
			d.mu.Unlock()
			return nil
		}
	}
	if len(evicted) == 0 && (above || d.total >= d.limits.Total) {
		evicted = d.evict(d.idle, evicted)
		// its own number is too high all the same; the next one has the number given back
		if above || len(evicted) == 0 {
			d.mu.Unlock()
			closeAll(evicted)
			return nil
		}
	}
	d.enter(c)
	d.mu.Unlock()
	closeAll(evicted)
	return c
}

// evict takes the longest idle connection off its lists and its counts; the caller closes it
// outside the lock.
func (d *Door) evict(from *list.List, to []*conn) []*conn {
	first := from.Front()
	if first == nil {
		return to
	}
	c := first.Value.(*conn)
	d.drop(c)
	return append(to, c)
}

func closeAll(conns []*conn) {
	for _, c := range conns {
		_ = c.Conn.Close()
	}
}

// networkOf is the network that a connection counts for; empty: a proxy's, which counts for none.
func (d *Door) networkOf(a net.Addr) string {
	host, _, err := net.SplitHostPort(a.String())
	if err != nil {
		host = a.String()
	}
	if ip := net.ParseIP(host); ip != nil {
		for _, p := range d.limits.Proxies {
			if p.Contains(ip) {
				return ""
			}
		}
	}
	return limit.Network(host)
}

func (d *Door) enter(c *conn) {
	d.total++
	if c.network != "" {
		n := d.networks[c.network]
		if n == nil {
			n = &network{idle: list.New()}
			d.networks[c.network] = n
		}
		n.open++
	}
	d.rest(c)
}

func (d *Door) leave(c *conn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.drop(c)
}

func (d *Door) drop(c *conn) {
	if c.gone {
		return
	}
	d.work(c)
	c.gone = true
	d.total--
	if n := d.networks[c.network]; n != nil {
		if n.open--; n.open == 0 {
			delete(d.networks, c.network)
		}
	}
}

// rest puts a connection at the end of those that may be closed for another.
func (d *Door) rest(c *conn) {
	if c.inAll != nil {
		return
	}
	c.inAll = d.idle.PushBack(c)
	if n := d.networks[c.network]; n != nil {
		c.inNetwork = n.idle.PushBack(c)
	}
}

// work takes a connection off them.
func (d *Door) work(c *conn) {
	if c.inAll == nil {
		return
	}
	d.idle.Remove(c.inAll)
	if n := d.networks[c.network]; n != nil && c.inNetwork != nil {
		n.idle.Remove(c.inNetwork)
	}
	c.inAll, c.inNetwork = nil, nil
}

// Watch is the http.Server's ConnState: a connection without a whole request header may be closed
// for another, one whose request is answered may not.
func (d *Door) Watch(nc net.Conn, state http.ConnState) {
	c, ok := nc.(*conn)
	if !ok {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if c.gone {
		return
	}
	switch state {
	case http.StateIdle:
		d.rest(c)
	case http.StateActive, http.StateHijacked:
		d.work(c)
	case http.StateNew, http.StateClosed: // it began so; Close tells its end
	}
}

// shed tells a newcomer that there is no room, and closes it.
func (d *Door) shed(raw net.Conn) {
	select {
	case d.sheds <- struct{}{}:
	default:
		_ = raw.Close()
		return
	}
	go func() {
		defer func() { <-d.sheds }()
		defer raw.Close()
		_ = raw.SetDeadline(time.Now().Add(shedFor))
		if _, err := raw.Write(noRoomAnswer); err != nil {
			return
		}
		// What has come and was not read would have the system throw our answer away.
		if half, ok := raw.(interface{ CloseWrite() error }); ok && half.CloseWrite() == nil {
			var rest [4096]byte
			for n := 0; n < 8; n++ {
				if _, err := raw.Read(rest[:]); err != nil {
					return
				}
			}
		}
	}()
}

// descriptor is a connection's number; -1 where it has none.
func descriptor(c net.Conn) int {
	s, ok := c.(syscall.Conn)
	if !ok {
		return -1
	}
	raw, err := s.SyscallConn()
	if err != nil {
		return -1
	}
	number := -1
	if err := raw.Control(func(fd uintptr) { number = int(fd) }); err != nil {
		return -1
	}
	return number
}
