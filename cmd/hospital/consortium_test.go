package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/consortium"
)

// togetherLimit bounds how long nodes may take to show the same: a node that was away is dialled
// again after seconds, and the machine may be busy with other tests.
const togetherLimit = 90 * time.Second

// city is a consortium of processes: every organisation has its folder, its ports and its node.
type city struct {
	t    *testing.T
	dir  string
	addr map[string]string // of the explorers, by member
}

// newCity makes one of so many voters and the regulator; more are further arguments of init.
func newCity(t *testing.T, voters int, more ...string) *city {
	t.Helper()
	c := &city{t: t, dir: filepath.Join(t.TempDir(), "city"), addr: map[string]string{}}
	port := strconv.Itoa(chaintest.Ports(t, 2*voters+4))
	for range 2 { // the second run finds everything there
		out, err := newServer(t).
			run(append([]string{"consortium", "init", "--dir", c.dir, "--demo", strconv.Itoa(voters), "--port", port},
				more...)...)
		if err != nil {
			t.Fatalf("init: %v\n%s", err, out)
		}
	}
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if s, err := consortium.ReadNodeSettings(c.path(e.Name())); err == nil && !s.Instance {
			c.addr[s.Member] = s.Explorer
		}
	}
	if len(c.addr) != voters+1 {
		t.Fatalf("nodes: %v", c.addr)
	}
	return c
}

func (c *city) path(elem ...string) string {
	return filepath.Join(append([]string{c.dir}, elem...)...)
}

// node is a member's node, not started yet.
func (c *city) node(member string) *server {
	s := newServer(c.t)
	s.addr = c.addr[member]
	return s
}

func (c *city) startNode(member string) *server {
	c.t.Helper()
	s := c.node(member)
	s.launch("", "node", "--dir", c.path(member), "--log-level", "warn")
	return s
}

// up runs the others' nodes and waits until their explorers answer.
func (c *city) up(without ...string) *server {
	c.t.Helper()
	s := c.beginUp(without...)
	deadline := time.Now().Add(togetherLimit)
	for member, address := range c.addr {
		if slices.Contains(without, member) {
			continue
		}
		for get("http://"+address+"/v1/chain", new(chain.Health)) != nil {
			select {
			case <-s.finished:
				c.t.Fatalf("the nodes ended at their start: %v\n%s", s.result, tail(s.log.String(), 40))
			case <-time.After(20 * time.Millisecond):
			}
			if time.Now().After(deadline) {
				c.t.Fatalf("%s does not answer\n%s", member, tail(s.log.String(), 40))
			}
		}
	}
	return s
}

func (c *city) beginUp(without ...string) *server {
	c.t.Helper()
	s := newServer(c.t)
	args := []string{"consortium", "up", "--dir", c.dir, "--log-level", "warn"}
	for _, member := range without {
		args = append(args, "--without", member)
	}
	s.begin("", args...)
	return s
}

// newest is the newest block with records that an explorer shows, and how many records there are.
func newest(address string) (b chain.Block, records uint64, err error) {
	var list struct {
		Blocks []chain.Block `json:"blocks"`
	}
	var health chain.Health
	if err := get("http://"+address+"/v1/chain/blocks?limit=1", &list); err != nil || len(list.Blocks) == 0 {
		return b, 0, err
	}
	err = get("http://"+address+"/v1/chain", &health)
	return list.Blocks[0], health.Records, err
}

func get(url string, into any) error {
	res, err := http.Get(url)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", url, res.Status)
	}
	return json.NewDecoder(res.Body).Decode(into)
}

// together waits until all these explorers show the same newest block, sealed by more than two
// thirds, and no fewer records than before; it returns how many.
func (c *city) together(atLeast uint64, addresses ...string) uint64 {
	c.t.Helper()
	deadline := time.Now().Add(togetherLimit)
	for {
		same := true
		first, records, err := newest(addresses[0])
		state := fmt.Sprintf("\n%s: %d records, block %d %s, seals %v, %v", addresses[0], records, first.Height,
			first.StateRoot, first.Seals, err)
		for _, a := range addresses[1:] {
			b, n, err := newest(a)
			state += fmt.Sprintf("\n%s: %d records, block %d %s, seals %v, %v", a, n, b.Height, b.StateRoot,
				b.Seals, err)
			same = same && err == nil && n == records && b.Height == first.Height && b.StateRoot == first.StateRoot &&
				len(b.Seals) == len(first.Seals)
		}
		if same && err == nil && records > atLeast && len(first.Seals) >= 3 {
			return records
		}
		if time.Now().After(deadline) {
			c.t.Fatalf("the explorers do not come to show the same:%s", state)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// Four organisations and a regulator as processes of their own: a hospital's application on its own
// member's node, others run by "up", one killed and started again, the regulator coming late.
// Everybody ends with the same history.
func TestConsortium(t *testing.T) {
	t.Parallel()
	c := newCity(t, 4)
	up := c.up("h1", "g1", "r1")
	g1 := c.startNode("g1") // the third voter: blocks begin
	h1 := newServer(t)
	h1.data = c.path("h1")
	h1.start()
	i1, h2, r1 := c.addr["i1"], c.addr["h2"], c.addr["r1"]

	receipts := filepath.Join(t.TempDir(), "receipts.json")
	if out, err := h1.run("journey", "--url", h1.url(), "--receipts", receipts); err != nil {
		t.Fatalf("journey: %v\n%s", err, out)
	}
	seen := c.together(0, h1.addr, i1, h2, g1.addr)
	out, err := h1.run("verify", receipts, "--members", c.path("i1", "members.json"))
	if err != nil || strings.Contains(out, ", 1 seal(s)") || strings.Contains(out, ", 2 seal(s)") ||
		!strings.Contains(out, "by p1 ") {
		t.Errorf("receipts of four members: %v\n%s", err, out)
	}

	g1.kill()
	if out, err := h1.run("journey", "--url", h1.url(), "--no-unhappy", "--receipts", receipts); err != nil {
		t.Fatalf("journey with three of four: %v\n%s", err, out)
	}
	seen = c.together(seen, h1.addr, i1, h2)
	g1 = c.startNode("g1")
	late := c.startNode("r1")
	c.together(seen-1, h1.addr, i1, h2, g1.addr, r1)

	if res, err := http.Get(late.url() + "/"); err != nil || res.StatusCode != http.StatusOK ||
		!strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") ||
		!strings.HasPrefix(res.Request.URL.Fragment, "/pkg-regulator/") {
		t.Errorf("the regulator's node does not show the explorer: %v", err)
	}
	for _, s := range []*server{late, g1, h1, up} {
		s.stop()
	}
	if out, err := h1.run("audit", "--data", h1.data); err != nil {
		t.Errorf("audit of the hospital: %v\n%s", err, out)
	}
}

// What "up" started ends with it, however it ends; and it does not go on without a node that died.
func TestUp(t *testing.T) {
	t.Parallel()
	c := newCity(t, 1)
	up := c.up()
	up.addr = c.addr["h1"]
	up.await()
	up.kill()
	deadline := time.Now().Add(togetherLimit)
	for member, address := range c.addr {
		for ; ; time.Sleep(20 * time.Millisecond) {
			l, err := net.Listen("tcp", address)
			if err == nil {
				_ = l.Close()
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s outlives what started it", member)
			}
		}
	}
	taken, err := net.Listen("tcp", c.addr["r1"])
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	broken := c.beginUp()
	select {
	case <-broken.finished:
	case <-time.After(togetherLimit):
		t.Fatal("it goes on without a node")
	}
	if said := broken.log.String(); broken.result == nil || !strings.Contains(said, "a node has ended: r1") ||
		!strings.Contains(said, "address already in use") {
		t.Errorf("%v\n%s", broken.result, said)
	}
}

// A node is started from what join left, and says what is missing.
func TestNodeRefused(t *testing.T) {
	t.Parallel()
	c := newCity(t, 1)
	s := newServer(t)
	if out, err := s.run("node", "--dir", c.path("notary")); err == nil || !strings.Contains(out, "holds no node") {
		t.Errorf("the notary's folder: %v\n%s", err, out)
	}
	if out, err := s.run("serve", "--data", c.path("h1"), "--hospital", "p1", "--listen", s.addr); err == nil ||
		!strings.Contains(out, "node is that of member h1") {
		t.Errorf("another member's folder: %v\n%s", err, out)
	}
	if err := os.Rename(c.path("r1", "master.key"), c.path("master.key")); err != nil {
		t.Fatal(err)
	}
	if out, err := s.run("node", "--dir", c.path("r1")); err == nil || !strings.Contains(out, "master") {
		t.Errorf("without the master key: %v\n%s", err, out)
	}
	if _, err := os.Stat(c.path("r1", "master.key")); err == nil {
		t.Error("a new master key was made over old keys")
	}
	four := newCity(t, 4)
	if err := os.Remove(four.path("h1", "node.yaml")); err != nil {
		t.Fatal(err)
	}
	if out, err := s.run("serve", "--data", four.path("h1"), "--listen", s.addr); err == nil ||
		!strings.Contains(out, "node.yaml is missing and 4 members vote") {
		t.Errorf("a voter among four that knows none of them: %v\n%s", err, out)
	}
}
