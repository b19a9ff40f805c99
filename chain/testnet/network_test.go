package testnet

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/membership"
)

// network is a consortium that runs.
type network struct {
	t       *testing.T
	m       Manifest
	dir     string
	nodes   []*node // in the manifest's order; an equivocator's twin comes last
	links   []*link
	members *membership.Members
	most    int            // receipts that are looked at, of each peer
	history *chain.History // of members' lists since, when there were any: receipts need it then
}

// newNetwork makes the folders by `hospital consortium init` and puts a proxy on every link.
// Nothing runs yet.
func newNetwork(t *testing.T, m Manifest) *network {
	t.Helper()
	return newNetworkBy(t, m, hospital)
}

// newNetworkBy is newNetwork by another program's init.
func newNetworkBy(t *testing.T, m Manifest, founds func() (string, error)) *network {
	t.Helper()
	w := &network{t: t, m: m, most: receiptsAtPeer, dir: filepath.Join(t.TempDir(), "city")}
	t.Cleanup(w.close)
	program, err := founds()
	if err != nil {
		t.Fatal(err)
	}
	if slices.ContainsFunc(m.Perturbations, func(p Perturbation) bool { return p.Do == doClock }) {
		if _, err := skewed(); err != nil { // takes its time once: before the clocks of the run
			t.Fatal(err)
		}
	}
	var list []consortium.Local
	for _, o := range m.Organisations {
		list = append(list, consortium.Local{Spec: o.Spec})
	}
	file := filepath.Join(t.TempDir(), "members.yaml")
	text, err := yaml.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	first := chaintest.Ports(t, 4*len(list)+2)
	init := exec.Command(program, "consortium", "init", "--dir", w.dir, "--members", file, "--port", fmt.Sprint(first))
	init.Env = cleanEnv()
	if out, err := init.CombinedOutput(); err != nil {
		t.Fatalf("consortium init: %v\n%s", err, out)
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}}
	for i, o := range m.Organisations {
		w.nodes = append(w.nodes, w.open(o, filepath.Join(w.dir, o.ID),
			fmt.Sprintf("127.0.0.1:%d", first+2*len(list)+i), client))
	}
	w.twins(first + 3*len(list))
	w.connect()
	text, err = os.ReadFile(filepath.Join(w.nodes[0].dir, "members.json"))
	if err != nil {
		t.Fatal(err)
	}
	w.members, err = membership.ParseMembers([]byte(strings.TrimSpace(string(text))))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *network) open(o Organisation, dir, control string, client *http.Client) *node {
	s, err := consortium.ReadNodeSettings(dir)
	if err != nil {
		w.t.Fatal(err)
	}
	return &node{Organisation: o, dir: dir, settings: s, control: control, client: client}
}

// twins copies the folder of an equivocator before anything was signed: the same keys twice, each
// with a sign-state of its own, which is what a careless restore or a cheat makes.
func (w *network) twins(port int) {
	for i, n := range w.nodes {
		if !n.equivocates() {
			continue
		}
		dir := filepath.Join(w.dir, n.ID+"-twin")
		if err := os.CopyFS(dir, os.DirFS(n.dir)); err != nil {
			w.t.Fatal(err)
		}
		twin := w.open(n.Organisation, dir, fmt.Sprintf("127.0.0.1:%d", port+2*i), n.client)
		twin.settings.Listen = fmt.Sprintf("127.0.0.1:%d", port+2*i+1)
		w.nodes = append(w.nodes, twin)
	}
}

// connect makes the links and writes them into node.yaml.
func (w *network) connect() {
	peerIDs := map[string]string{} // by the address that the founding names
	for _, n := range w.nodes {
		for _, p := range n.settings.Peers {
			id, address, _ := strings.Cut(p, "@")
			peerIDs[address] = id
		}
	}
	founded := map[string]string{}
	for _, n := range w.nodes {
		if _, twin := founded[n.ID]; !twin {
			founded[n.ID] = peerIDs[n.settings.Listen]
		}
	}
	for i, n := range w.nodes {
		n.settings.Peers = nil
		for j, other := range w.nodes {
			if n.ID == other.ID || !w.neighbours(i, j) {
				continue
			}
			l, err := newLink(n.ID, other.ID, other.settings.Listen, w.m.Seed+uint64(len(w.links)))
			if err != nil {
				w.t.Fatal(err)
			}
			w.links = append(w.links, l)
			n.settings.Peers = append(n.settings.Peers, founded[other.ID]+"@"+l.address)
		}
		if err := n.write(); err != nil {
			w.t.Fatal(err)
		}
	}
}

// neighbours tells whether two nodes have a link: all have, but an equivocator's two nodes share
// the others between them, so that each of these sees one only.
func (w *network) neighbours(i, j int) bool {
	return w.side(i, j) && w.side(j, i)
}

// side: is node i, if it is one of an equivocator's two, the one that node j sees?
func (w *network) side(i, j int) bool {
	if !w.nodes[i].equivocates() {
		return true
	}
	twin := 0
	if i >= len(w.m.Organisations) {
		twin = 1
	}
	return j%2 == twin
}

func (w *network) close() {
	for _, l := range w.links {
		l.close()
	}
	for _, n := range w.nodes {
		if n.proc != nil {
			n.proc.kill()
		}
	}
	if w.t.Failed() {
		for _, n := range w.nodes {
			lines := 25
			if strings.Contains(n.log.String(), "SIGQUIT") {
				lines = 1000
			}
			w.t.Logf("end of %s's log:\n%s", n.ID, tail(n.log.String(), lines))
		}
	}
}

func tail(s string, lines int) string {
	l := strings.Split(strings.TrimRight(s, "\n"), "\n")
	return strings.Join(l[max(0, len(l)-lines):], "\n")
}

// honest are the nodes whose word counts.
func (w *network) honest() (out []*node) {
	for _, n := range w.nodes {
		if n.honest() {
			out = append(out, n)
		}
	}
	return out
}

// serving are the nodes at which clients submit.
func (w *network) serving() (out []*node) {
	for _, n := range w.nodes {
		if n.serves() {
			out = append(out, n)
		}
	}
	return out
}

func (w *network) named(ids []string) (out []*node) {
	for _, n := range w.nodes {
		if slices.Contains(ids, n.ID) {
			out = append(out, n)
		}
	}
	return out
}

// start runs nodes, all when none is named, and waits until each one answers.
func (w *network) start(nodes ...*node) {
	w.t.Helper()
	if len(nodes) == 0 {
		nodes = w.nodes
	}
	for _, n := range nodes {
		if err := n.start(); err != nil {
			w.t.Fatal(err)
		}
	}
	w.until("every node answers", func(ctx context.Context) error {
		for _, n := range nodes {
			if _, err := n.health(ctx); err != nil {
				if !n.proc.alive() {
					w.t.Fatalf("%s ended at its start:\n%s", n.ID, tail(n.log.String(), 40))
				}
				return err
			}
		}
		return nil
	})
}

// patience bounds every wait for something that must come, on a machine that may be busy with other
// tests.
const patience = 4 * time.Minute

// until tries again until fn has no objection.
func (w *network) until(what string, fn func(ctx context.Context) error) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for {
		try, over := context.WithTimeout(ctx, 5*time.Second)
		err := fn(try)
		over()
		if err == nil {
			return
		}
		select {
		case <-ctx.Done():
			w.t.Fatalf("%s: not after %s: %v", what, patience, err)
		case <-time.After(100 * time.Millisecond):
		}
	}
}
