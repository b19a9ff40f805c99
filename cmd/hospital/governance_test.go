package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/evidence"
)

// must runs a command that has to succeed and returns what it says.
func (c *city) must(args ...string) string {
	c.t.Helper()
	out, err := newServer(c.t).run(args...)
	if err != nil {
		c.t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

// decide proposes a change in a member's name and has the others vote, through their own nodes.
func (c *city) decide(voters []string, propose ...string) string {
	c.t.Helper()
	file := filepath.Join(c.t.TempDir(), "change.json")
	c.must(
		append([]string{"consortium", "propose", "--dir", c.path(voters[0]), "--node", "http://" + c.addr[voters[0]],
			"--out", file}, propose...)...)
	var out string
	for _, v := range voters {
		out = c.must("consortium", "vote", "--dir", c.path(v), "--node", "http://"+c.addr[v], file)
	}
	return out
}

// TestMembersChange plays the whole life of a membership with the operators' commands: an
// organisation joins four others and votes, another is suspended and lifted, a third gets a new
// seal key, the newcomer is expelled. Receipts from before and after are good offline with the
// genesis list and the history; without the history, those from after are not.
func TestMembersChange(t *testing.T) {
	t.Parallel()
	c := newCity(t, 4)
	up := c.up("h1")
	h1 := newServer(t)
	h1.data = c.path("h1")
	h1.start()
	c.addr["h1"] = h1.addr
	receipts := func(name string) string {
		file := filepath.Join(t.TempDir(), name)
		if out, err := h1.run("journey", "--url", h1.url(), "--no-unhappy", "--receipts", file); err != nil {
			t.Fatalf("journey: %v\n%s", err, out)
		}
		return file
	}
	before := receipts("before.json")

	port := chaintest.Ports(t, 2)
	entry, members := c.path("h3-entry.json"), c.path("i1", "members.json")
	c.addr["h3"] = "127.0.0.1:" + strconv.Itoa(port+1)
	c.must("consortium", "request", "--dir", c.path("h3"), "--id", "h3", "--name", "中心医院", "--role", "hospital",
		"--power", "1", "--peer", "127.0.0.1:"+strconv.Itoa(port))
	c.must("consortium", "admit", "--dir", c.path("notary"), "--out", entry, c.path("h3", "requests", "h3.json"))
	if out := c.decide([]string{"i1", "h2"}, "--entry", entry); !strings.Contains(out, ": voted") {
		t.Fatalf("two of four: %s", out)
	}
	if out := c.decide([]string{"h1"}, "--entry", entry); !strings.Contains(out, "more than two thirds agree") {
		t.Fatalf("three of four: %s", out)
	}
	c.must("consortium", "join", "--dir", c.path("h3"), "--entry", entry, "--explorer", c.addr["h3"],
		c.path("notary", "founding.json"))
	h3 := c.startNode("h3")
	c.together(0, h1.addr, c.addr["i1"], c.addr["h2"], h3.addr)
	// the genesis list does not name it, and it serves its application all the same, once it has
	// the common trace key
	h3.stop()
	grant := c.path("grant.json")
	if err := os.WriteFile(grant, []byte(
		c.must("consortium", "grant-trace-key", "--dir", c.path("h1"), "--node", h1.url(), "h3")), 0o600); err != nil {
		t.Fatal(err)
	}
	c.must("consortium", "take-trace-key", "--dir", c.path("h3"), grant)
	h3.data, h3.env = c.path("h3"), []string{"HOSPITAL_MEMBER=h3"}
	h3.start()

	if out := c.decide([]string{"h1", "i1", "h2", "h3"}, "--suspend", "g1"); !strings.Contains(out,
		"more than two thirds agree") {
		t.Fatalf("the newcomer's vote does not count: %s", out)
	}
	c.decide([]string{"h1", "i1", "h3"}, "--resume", "g1")
	renewed := c.path("h2-entry.json")
	c.must("consortium", "renew", "--dir", c.path("h2"), "--out", renewed)
	c.decide([]string{"h2", "i1", "h3", "g1"}, "--entry", renewed)
	busy := c.renewedAtWork(h1, "h2", "i1", "h3", "g1")
	after := receipts("after.json")
	c.together(0, h1.addr, c.addr["i1"], c.addr["h2"], c.addr["g1"], c.addr["r1"], h3.addr)
	c.decide([]string{"h1", "i1", "h2", "g1"}, "--remove", "h3")
	last := receipts("last.json")

	genesis := genesisOf(t, members)
	for _, file := range []string{before, busy, after, last} { // each brings the lists of its heights along
		for _, trust := range [][]string{{"--members", members}, {"--genesis", genesis}} {
			if out := c.must(append([]string{"verify", file}, trust...)...); !strings.Contains(out, " 0 bad") {
				t.Errorf("%s: %s", filepath.Base(file), out)
			}
		}
	}
	if out, err := newServer(t).run("verify", after, "--genesis", strings.Repeat("0", 64)); err == nil ||
		!strings.Contains(out, "another members' list: "+genesis) {
		t.Errorf("another genesis: %v\n%s", err, out)
	}
	bare, history := withoutHistory(t, after), filepath.Join(t.TempDir(), "history.json")
	if err := os.WriteFile(history, download(t, "http://"+c.addr["r1"]+"/v1/chain/history.json"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, trust := range [][]string{{"--members", members}, {"--genesis", genesis}} {
		if out := c.must(append([]string{"verify", bare, "--history", history}, trust...)...); !strings.Contains(
			out, " 0 bad") {
			t.Errorf("with the history beside it: %s", out)
		}
	}
	if out, err := newServer(t).run("verify", bare, "--members", members); err == nil ||
		!strings.Contains(out, "another members' list was in force") {
		t.Errorf("without the history: %v\n%s", err, out)
	}
	if out, err := newServer(t).run("verify", bare, "--genesis", genesis); err == nil ||
		!strings.Contains(out, "brings no members' lists") {
		t.Errorf("with nothing but a digest: %v\n%s", err, out)
	}
	for _, s := range []*server{h3, h1, up} {
		s.stop()
	}
	c.must("audit", "--data", h1.data)
}

// renewedAtWork gives the hospital a new seal key while its ward works, and returns the ward's
// receipts. What waits under the old key, or was signed with it, reaches the chain all the same:
// the audit at the end finds no dead letter.
func (c *city) renewedAtWork(h1 *server, voters ...string) (receipts string) {
	c.t.Helper()
	receipts = filepath.Join(c.t.TempDir(), "busy.json")
	worked := make(chan error, 1)
	go func() {
		out, err := h1.run("journey", "--url", h1.url(), "--no-unhappy", "--count", "6", "--parallel", "3",
			"--receipts", receipts)
		if err != nil {
			err = fmt.Errorf("%w\n%s", err, out)
		}
		worked <- err
	}()
	entry := c.path("h1-entry.json")
	c.must("consortium", "renew", "--dir", c.path("h1"), "--out", entry)
	if out := c.decide(voters, "--entry", entry); !strings.Contains(out, "more than two thirds agree") {
		c.t.Fatalf("h1's new seal: %s", out)
	}
	if err := <-worked; err != nil {
		c.t.Fatal(err)
	}
	return receipts
}

// genesisOf is what the members tell each other by telephone: the digest of the published list.
func genesisOf(t *testing.T, members string) string {
	t.Helper()
	roster, err := readRoster(members)
	if err != nil {
		t.Fatal(err)
	}
	return roster.Digest().String()
}

// withoutHistory is the evidence of a file alone, as an array.
func withoutHistory(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	read, err := evidence.ParseEvidenceFile(text)
	if err != nil {
		t.Fatal(err)
	}
	if text, err = json.Marshal(read.Evidence); err != nil {
		t.Fatal(err)
	}
	bare := filepath.Join(t.TempDir(), "bare.json")
	if err := os.WriteFile(bare, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return bare
}

// What cannot be decided is refused, and says why.
func TestMembersChangeRefused(t *testing.T) {
	t.Parallel()
	c := newCity(t, 1)
	up := c.up()
	up.addr = c.addr["h1"]
	up.await()
	for name, r := range map[string]struct {
		args []string
		says string
	}{
		"nobody":        {[]string{"propose", "--dir", c.path("h1"), "--remove", "x9"}, "no member has this id"},
		"the only vote": {[]string{"propose", "--dir", c.path("h1"), "--remove", "h1"}, "nobody has a vote"},
		"a schema at once": {[]string{"propose", "--dir", c.path("h1"), "--schema", "2", "--at", "1"},
			"schema.from"},
		"an unknown schema": {[]string{"propose", "--dir", c.path("h1"), "--schema", "9", "--at", "9000"},
			"does not know record schema 9"},
		"a vote for it": {[]string{"vote", "--dir", c.path("h1"),
			c.change("--schema", "9", "--at", "9000", "--force")}, "does not know record schema 9"},
		"somebody else's key": {[]string{"vote", "--dir", c.path("r1"), "--id", "h1", c.change("--suspend", "p2")},
			"key not found"},
		"no vote": {[]string{"vote", "--dir", c.path("r1"), c.change("--suspend", "p3")},
			"organisation may not write this kind"},
		"no request": {[]string{"join", "--dir", c.path("r1"), "--entry", c.change("--suspend", "p2"),
			c.path("notary", "founding.json")}, "malformed"},
	} {
		out, err := newServer(t).run(append([]string{"consortium"}, r.args...)...)
		if err == nil || !strings.Contains(out, r.says) {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
	stale := c.change("--suspend", "p1")
	c.decide([]string{"h1"}, "--suspend", "p2")
	c.decide([]string{"h1"}, "--resume", "p2") // its blocks put the first one in force
	if out, err := newServer(t).run("consortium", "vote", "--dir", c.path("h1"), stale); err == nil ||
		!strings.Contains(out, "another list is in force") {
		t.Errorf("for a list that is not in force any more: %v\n%s", err, out)
	}
}

// change writes one in the hospital's name.
func (c *city) change(propose ...string) string {
	c.t.Helper()
	file := filepath.Join(c.t.TempDir(), "change.json")
	c.must(append([]string{"consortium", "propose", "--dir", c.path("h1"), "--out", file}, propose...)...)
	return file
}

func download(t *testing.T, url string) []byte {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s %v", url, res.Status, err)
	}
	return text
}
