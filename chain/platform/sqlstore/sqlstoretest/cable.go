package sqlstoretest

import (
	"context"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
)

// Cable puts a TCP connection that a test can cut between a program and the PostgreSQL server of
// dsn, and returns the DSN to open. cut(true) ends what is open and refuses what comes; cut(false)
// mends it.
func Cable(t *testing.T, dsn string) (through string, cut func(bool)) {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal("the DSN is not a URL")
	}
	ln, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &cable{to: u.Host}
	t.Cleanup(func() { _ = ln.Close(); c.cut(true) })
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			c.join(conn)
		}
	}()
	u.Host = ln.Addr().String()
	return u.String(), c.cut
}

type cable struct {
	to   string
	mu   sync.Mutex
	dead bool
	open []net.Conn
}

func (c *cable) join(near net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	far, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", c.to)
	if err != nil {
		_ = near.Close()
		return
	}
	if c.dead {
		_ = near.Close()
		_ = far.Close()
		return
	}
	c.open = append(c.open, near, far)
	go func() { _, _ = io.Copy(near, far); _ = near.Close() }()
	go func() { _, _ = io.Copy(far, near); _ = far.Close() }()
}

func (c *cable) cut(dead bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dead = dead
	for _, conn := range c.open {
		_ = conn.Close()
	}
	c.open = nil
}
