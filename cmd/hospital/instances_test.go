package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/journey"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// instancesPatience is for what waits for a killed relay's lease, on a busy machine.
const instancesPatience = 2 * time.Minute

// Two instances of one hospital's application over one PostgreSQL and one Redis, each with a node
// of its own; patients and staff reach now the one, now the other. Each is killed once: the other
// goes on, nothing is done twice, nothing is lost.
func TestTwoInstances(t *testing.T) {
	t.Parallel()
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		redis := os.Getenv("HOSPITAL_TEST_REDIS_URL")
		if !strings.HasPrefix(dsn, "postgres") || redis == "" {
			refusesToShareNothing(t)
			return
		}
		c := newCity(t, 4, "--instances", "2")
		env := []string{"HOSPITAL_DATABASE_URL=" + dsn, "HOSPITAL_REDIS_URL=" + redis}
		first, second := newServer(t, env...), newServer(t, env...)
		first.data, second.data = c.path("h1"), c.path("h1-2")
		others := c.up("h1", "r1")
		for _, s := range []*server{first, second} { // at once: one seeds the ward, the other waits
			s.begin("", "serve", "--data", s.data, "--listen", s.addr, "--log-level", "warn")
		}
		first.await()
		second.await()

		l := play(t, alternately(t, first, second))
		l.visits(2)
		second.kill()
		l.visits(1)
		second.start()
		l.visits(1)
		first.kill() // the validator, and perhaps the relay: the lease ends by itself
		l.visits(1)
		first.start()
		l.visits(1)
		l.end()

		c.together(0, first.addr, second.addr, c.addr["i1"])
		for _, s := range []*server{second, first, others} {
			s.stop()
		}
		for _, s := range []*server{first, second} {
			if out, err := s.run("audit", "--data", s.data); err != nil {
				t.Errorf("audit from %s: %v\n%s", filepath.Base(s.data), err, out)
			}
		}
		if one, other := keyFiles(t, first.data), keyFiles(t, second.data); one != other {
			t.Errorf("an instance has made keys of its own:\n%s\n%s", one, other)
		}
	})
}

// Without the PostgreSQL and Redis that they share, a second instance would be a second hospital
// under one name.
func refusesToShareNothing(t *testing.T) {
	t.Helper()
	c := newCity(t, 1, "--instances", "2")
	s := newServer(t)
	if out, err := s.run("serve", "--data", c.path("h1-2"), "--listen", s.addr); err == nil ||
		!strings.Contains(out, "another instance of h1") {
		t.Errorf("a second instance on its own: %v\n%s", err, out)
	}
}

// A further node of a running member gets in when the members have agreed on its key, and reads
// everything.
func TestInstanceLater(t *testing.T) {
	t.Parallel()
	c := newCity(t, 1)
	up := c.up()
	up.addr = c.addr["h1"]
	up.await()
	port := chaintest.Ports(t, 2)
	args := []string{"consortium", "instance", "--of", c.path("h1"), "--dir", c.path("h1-2"),
		"--bind", fmt.Sprintf("127.0.0.1:%d", port), "--explorer", fmt.Sprintf("127.0.0.1:%d", port+1)}
	said := c.must(args...)
	_, key, _ := strings.Cut(said, "node key: ")
	key, _, _ = strings.Cut(key, "\n")
	if out := c.must(args...); out != said {
		t.Errorf("again, it says\n%s", out)
	}
	if out := c.decide([]string{"h1"}, "--add-node", key); !strings.Contains(out, "more than two thirds agree") {
		t.Fatal(out)
	}
	c.decide([]string{"h1"}, "--suspend", "p2") // its blocks put the first one in force
	c.addr["h1-2"] = fmt.Sprintf("127.0.0.1:%d", port+1)
	second := c.startNode("h1-2")
	for deadline := time.Now().Add(togetherLimit); ; time.Sleep(20 * time.Millisecond) {
		_, all, err := newest(c.addr["h1"])
		_, there, err2 := newest(second.addr)
		if err == nil && err2 == nil && all == 2 && there == all {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("it has %d records of %d, %v %v", there, all, err, err2)
		}
	}
	second.stop()
	up.stop()
	if out, err := second.run("consortium", "instance", "--of", c.path("h1"), "--dir", c.path("h1")); err == nil ||
		!strings.Contains(out, "another folder") {
		t.Errorf("into itself: %v\n%s", err, out)
	}
	if out, err := second.run("consortium", "instance", "--of", c.path("h1"), "--dir", c.path("r1")); err == nil ||
		!strings.Contains(out, "exists") {
		t.Errorf("over another organisation's keys: %v\n%s", err, out)
	}
	if strings.Contains(keyFiles(t, c.path("r1")), "h1") {
		t.Error("one organisation's keys are in another's folder")
	}
}

// alternately is a door that leads every request to the next of the servers.
func alternately(t *testing.T, servers ...*server) string {
	t.Helper()
	var n atomic.Uint64
	door := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(&url.URL{Scheme: "http", Host: servers[n.Add(1)%uint64(len(servers))].addr})
			r.Out.Host = r.In.Host
		},
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) {
			w.WriteHeader(http.StatusBadGateway) // a server was killed: ask again
		},
	})
	t.Cleanup(door.Close)
	return door.URL
}

// load is people at work.
type load struct {
	t      *testing.T
	ended  chan struct{}
	played chan error
	stop   chan struct{}
	giveUp context.CancelFunc
	out    bytes.Buffer
}

func play(t *testing.T, at string) *load {
	t.Helper()
	l := &load{t: t, ended: make(chan struct{}, killPeople), played: make(chan error, 1), stop: make(chan struct{})}
	var ctx context.Context
	ctx, l.giveUp = context.WithCancel(t.Context())
	t.Cleanup(l.giveUp)
	go func() {
		l.played <- journey.Run(ctx, journey.Options{URL: at, Count: killPeople, Parallel: 2, Out: &l.out,
			Patience: instancesPatience, Stop: l.stop,
			Ended: func() { l.ended <- struct{}{} }})
	}()
	return l
}

// visits waits until so many more have ended.
func (l *load) visits(n int) {
	l.t.Helper()
	for len(l.ended) > 0 {
		<-l.ended
	}
	for range n {
		select {
		case <-l.ended:
		case err := <-l.played:
			l.t.Fatalf("the journey was surprised: %v", err)
		case <-time.After(instancesPatience):
			l.t.Fatal("no visit ends")
		}
	}
}

// end lets the visits that have begun end, and every act be checked by its receipt.
func (l *load) end() {
	l.t.Helper()
	close(l.stop)
	select {
	case err := <-l.played:
		if err != nil {
			l.t.Fatalf("the journey was surprised: %v", err)
		}
		l.t.Log(l.out.String())
	case <-time.After(checkPatience):
		l.giveUp()
		l.t.Fatalf("the journey did not end: %v", <-l.played)
	}
}

// keyFiles are the names and contents of a folder's sealed keys.
func keyFiles(t *testing.T, dir string) string {
	t.Helper()
	var list strings.Builder
	err := filepath.WalkDir(filepath.Join(dir, "keys"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		fmt.Fprintf(&list, "%s %x\n", filepath.Base(path), gm.Sum(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list.String()
}
