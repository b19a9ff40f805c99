package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

// A member's node has lost its disk; the organisation's keys are in a backup. As the runbook says,
// it never votes with the old validator key again: it asks for new node keys, the others agree, and
// it fetches the chain from them and votes.
func TestNodeLostItsDisk(t *testing.T) {
	t.Parallel()
	c := newCity(t, 4)
	up := c.up("h2", "r1")
	h2 := c.startNode("h2")
	c.decide([]string{"h1", "i1", "g1"}, "--suspend", "p2")
	c.together(0, c.addr["h1"], c.addr["h2"])

	h2.kill()
	for _, lost := range []string{"chain", "requests", "members.json", "node.yaml"} {
		if err := os.RemoveAll(c.path("h2", lost)); err != nil {
			t.Fatal(err)
		}
	}
	_, port, _ := strings.Cut(c.addr["h2"], ":")
	explorer, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	peer := fmt.Sprintf("127.0.0.1:%d", explorer-1)
	entry := c.path("h2-entry.json")
	c.must("consortium", "request", "--dir", c.path("h2"), "--id", "h2", "--name", "第二人民医院", "--role", "hospital",
		"--power", "1", "--peer", peer)
	c.must("consortium", "admit", "--dir", c.path("notary"), "--out", entry, c.path("h2", "requests", "h2.json"))
	if out := c.decide([]string{"h1", "i1", "g1"}, "--entry", entry); !strings.Contains(out,
		"more than two thirds agree") {
		t.Fatal(out)
	}
	c.must("consortium", "join", "--dir", c.path("h2"), "--entry", entry, "--explorer", c.addr["h2"],
		c.path("notary", "founding.json"))
	h2 = c.startNode("h2")
	if out := c.decide([]string{"h2", "i1", "g1"}, "--resume", "p2"); !strings.Contains(out,
		"more than two thirds agree") {
		t.Errorf("its vote does not count: %s", out)
	}
	c.together(0, c.addr["h1"], c.addr["i1"], c.addr["g1"], c.addr["h2"])
	h2.stop()
	up.stop()
}
