package testnet

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/evidence"
)

const (
	receiptsAtPeer    = 400 // at most, of each peer, where a test names no other number; a stride through all
	receiptsAtProduct = 10  // its explorer gives one address twenty answers a second
)

// check is what must hold after every run, whatever happened. It stops the nodes.
func (w *network) check(d *ward, roots map[int64]string) {
	w.t.Helper()
	w.receipts(d)
	if len(w.m.Perturbations) == 0 { // nothing kept the liar from being heard
		w.exposed()
	}
	for _, n := range w.nodes {
		if !n.proc.stop() {
			w.t.Errorf("%s did not stop in order", n.ID)
		}
	}
	var first *ledgerCopy
	for _, n := range w.honest() {
		c := w.audit(n)
		if c == nil {
			continue
		}
		c.check(d)
		if root, seen := roots[c.height]; seen && root != c.root {
			w.t.Errorf("FORK: at height %d %s has root %s on its disk, %s was seen", c.height, n.ID, c.root, root)
		}
		if first == nil {
			first = c
			continue
		}
		// A transaction that was on its way may have made one more block while they stopped, but no
		// record.
		if c.root != first.root || !slices.Equal(c.ids, first.ids) {
			w.t.Errorf("%s ends at %d %s with %d records, %s at %d %s with %d", n.ID, c.height, c.root, len(c.ids),
				first.owner, first.height, first.root, len(first.ids))
		}
	}
	if first == nil {
		return
	}
	if err := linearizable(d.history, first.standings); err != nil {
		w.t.Error(err)
	}
	w.t.Logf("height %d, %d records, %d acknowledged, %d steps of pharmacies: %v", first.height, len(first.ids),
		len(d.acked), len(d.history), d.tally())
}

// exposed: every lie that honest nodes can see was seen by one of them.
func (w *network) exposed() {
	w.t.Helper()
	for _, n := range w.nodes {
		for _, lie := range n.Traitor {
			if signs[lie] != "" && !slices.ContainsFunc(w.honest(),
				func(h *node) bool { return h.log.sawThrough(lie) }) {
				w.t.Errorf("nobody noticed the %s of %s", lie, n.ID)
			}
		}
	}
}

// tally counts the steps by their verdicts.
func (d *ward) tally() map[string]int {
	out := map[string]int{}
	for _, o := range d.history {
		out[string(o.in.kind)+[]string{" unknown", " taken", " refused", " tag used"}[o.out.verdict]]++
	}
	return out
}

// receipts verifies receipts of acknowledged records from every honest node with nothing but the
// members' list, and lets the product's own command do so as well.
func (w *network) receipts(d *ward) {
	w.t.Helper()
	verify, err := w.verifier()
	if err != nil {
		w.t.Fatal(err)
	}
	ids := slices.Sorted(maps.Keys(d.acked))
	var kept []evidence.Evidence
	for _, n := range w.honest() {
		most := w.most
		if n.Node == product {
			most = receiptsAtProduct
		}
		got := make([]*chain.Receipt, 0, most)
		for i := 0; i < len(ids); i += max(1, (len(ids)+most-1)/most) {
			r, err := n.receipt(context.Background(), ids[i])
			if err != nil {
				w.t.Errorf("acknowledged, and no receipt: %v", err)
				continue
			}
			got = append(got, r)
		}
		var g errgroup.Group
		g.SetLimit(4)
		for _, r := range got {
			g.Go(func() error { return verify(r) })
		}
		if err := g.Wait(); err != nil {
			w.t.Errorf("receipt of %s: %v", n.ID, err)
		}
		for _, r := range got[:min(len(got), 5)] {
			kept = append(kept, evidence.Evidence{Receipt: r})
		}
	}
	text, err := json.Marshal(kept)
	if err != nil {
		w.t.Fatal(err)
	}
	file := filepath.Join(w.dir, "receipts.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		w.t.Fatal(err)
	}
	program, err := hospital()
	if slices.ContainsFunc(w.nodes, func(n *node) bool { return n.upgraded }) {
		program, err = newest()
	}
	if err != nil {
		w.t.Fatal(err)
	}
	if out, err := exec.Command(program, append([]string{"verify", file}, w.proofs()...)...).
		CombinedOutput(); err != nil {
		w.t.Errorf("hospital verify: %v\n%s", err, out)
	}
}

// verifier checks receipts with nothing but the members' list, and the history of lists when there
// is one.
func (w *network) verifier() (func(*chain.Receipt) error, error) {
	if w.history == nil {
		roster, err := w.members.Open()
		if err != nil {
			return nil, err
		}
		return chain.NewTimeline(roster).VerifyReceipt, nil
	}
	lists, err := w.history.Open()
	if err != nil {
		return nil, err
	}
	if lists.At(0).Digest() != w.members.Digest() {
		return nil, errors.New("the history is of another chain")
	}
	return lists.VerifyReceipt, nil
}

// proofs are the flags that give `hospital verify` what verifier has.
func (w *network) proofs() []string {
	w.t.Helper()
	flags := []string{"--members", filepath.Join(w.nodes[0].dir, "members.json")}
	if w.history == nil {
		return flags
	}
	file := filepath.Join(w.dir, "history.json")
	if err := os.WriteFile(file, w.history.Bytes(), 0o600); err != nil {
		w.t.Fatal(err)
	}
	return append(flags, "--history", file)
}

// ledgerCopy is what one node's folder holds, replayed from the genesis.
type ledgerCopy struct {
	owner     string
	height    int64
	root      string
	ids       []string            // of all records, in order
	standings map[string]standing // of the load's prescriptions
	records   []chain.Committed
	w         *network
}

// audit replays a stopped node's folder; nil when there is nothing to compare.
func (w *network) audit(n *node) *ledgerCopy {
	w.t.Helper()
	ctx := context.Background()
	report, err := home.Audit(ctx, filepath.Join(n.dir, "chain"))
	if err != nil {
		w.t.Errorf("audit of %s: %v", n.ID, err)
		return nil
	}
	defer report.Close()
	if len(report.Differences) > 0 {
		w.t.Errorf("audit of %s: %v", n.ID, report.Differences)
	}
	n.oldest = report.From
	c := &ledgerCopy{owner: n.ID, height: report.Height, root: report.StateRoot, standings: map[string]standing{}, w: w}
	if err := report.EachRecord(ctx, func(r chain.Committed) error {
		c.ids, c.records = append(c.ids, r.ID), append(c.records, r)
		return nil
	}); err != nil {
		w.t.Errorf("audit of %s: %v", n.ID, err)
	}
	for i := range w.m.Load.Prescriptions {
		s, err := report.Subject(rx(i))
		if err != nil {
			w.t.Errorf("audit of %s: %s: %v", n.ID, rx(i), err)
			continue
		}
		at := standing{s.Seq, s.Status, s.Holder}
		c.standings[rx(i)] = at
	}
	return c
}

// check: every acknowledged record is there, none is there twice, nothing was dispensed twice.
func (c *ledgerCopy) check(d *ward) {
	c.w.t.Helper()
	there, dispensed, tags := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, r := range c.records {
		if there[r.ID] {
			c.w.t.Errorf("%s: record %s twice", c.owner, r.ID)
		}
		there[r.ID] = true
		if r.Record.Statement.Kind != chain.KindDispense {
			continue
		}
		if dispensed[r.Record.Statement.Subject] {
			c.w.t.Errorf("%s: %s dispensed twice", c.owner, r.Record.Statement.Subject)
		}
		dispensed[r.Record.Statement.Subject] = true
		for _, t := range r.Record.Statement.Facts.Tags {
			if tags[t] {
				c.w.t.Errorf("%s: package %s handed out twice", c.owner, t)
			}
			tags[t] = true
		}
	}
	for id, a := range d.acked {
		if !there[id] {
			c.w.t.Errorf("%s: acknowledged, then lost: %s %s", c.owner, a.record.Statement.Kind,
				a.record.Statement.Subject)
		}
	}
}
