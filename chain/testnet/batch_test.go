package testnet

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
)

// TestSchema2ByVote: a consortium that was founded with schema 1 agrees on schema 2 while records
// come in. Until the height agreed on, batches under one seal are put off; from it on they are
// taken beside records sealed alone. A voter is killed before that height and comes back after it,
// others are killed, paused and started anew while batches come in: all end with one history, and
// receipts of both formats hold. A maker, whose role begins with schema 2, is refused before the
// vote; from then on the same votes admit it, and it issues a lot.
func TestSchema2ByVote(t *testing.T) {
	t.Parallel()
	m := Manifest{Name: "schema 2 by vote", Seed: newSeed(t), Load: Load{Clients: 3, Prescriptions: 12}}
	if err := m.complete(); err != nil {
		t.Fatal(err)
	}
	t.Logf("HOSPITAL_SEED=%d", m.Seed)
	u := &upgrade{network: newNetworkBy(t, m, former), to: chain.Schema2}
	if len(u.members.Schemas) != 0 {
		t.Fatalf("founded with %v", u.members.Schemas)
	}
	u.start()
	u.d = newWard(u.network)
	u.d.prescribe(0, m.Load.Prescriptions)
	watched := u.watch()
	newcomer := u.newMaker()
	u.refused(newcomer)
	u.agree()
	p2, h1 := u.one("p2"), u.one("h1")
	p2.proc.kill()
	early := u.batchOf("E", 3)
	if o := u.offerBatch(h1, early); o[0].Code != chain.CodeNotYet && o[0].Height < u.from {
		t.Errorf("a batch before height %d: %s %s at %d", u.from, o[0].Code, o[0].Detail, o[0].Height)
	}
	stop := make(chan struct{})
	clients := u.d.load(stop)
	first := u.crossed(h1, early)
	for _, o := range first {
		if o.Code != chain.CodeOK || o.Height < u.from {
			t.Errorf("of the first batch: %s %s at height %d, agreed was %d", o.Code, o.Detail, o.Height, u.from)
		}
	}
	u.d.packs.Store(true)
	u.start(p2)
	(&storm{w: u.network, d: u.d}).through(
		Perturbation{Do: doKill, Nodes: []string{"h1"}, For: time.Second, Expect: expectProgress},
		Perturbation{Do: doPause, Nodes: []string{"p1"}, For: time.Second, Expect: expectProgress},
		Perturbation{Do: doRestart, Nodes: []string{"p2"}, For: time.Second, Expect: expectProgress},
	)
	u.joins(newcomer)
	close(stop)
	clients.Wait()
	if err := u.d.put(u.batchOf("L", chain.MaxBatchRecords)...); err != nil {
		t.Error(err)
	}
	u.settle(u.d)
	u.history = u.chainHistory()
	u.bothFormats(h1, first[1].ID)
	u.noAccusation()
	u.check(u.d, watched())
}

// batchOf are n prescriptions of the hospital under one seal.
func (u *upgrade) batchOf(name string, n int) []chain.Record {
	u.t.Helper()
	recs := make([]chain.Record, n)
	for i := range recs {
		var err error
		if recs[i], err = u.d.issue(fmt.Sprintf("%s%s%d", chain.SubjectRx, name, i)); err != nil {
			u.t.Fatal(err)
		}
	}
	was := u.d.packs.Swap(true)
	defer u.d.packs.Store(was)
	return u.d.sealed(recs...)
}

// offerBatch submits records together until the node has answered.
func (u *upgrade) offerBatch(n *node, recs []chain.Record) (out []chain.Outcome) {
	u.t.Helper()
	called := u.d.now()
	u.until(n.ID+" answers", func(ctx context.Context) (err error) { out, err = n.submit(ctx, recs...); return err })
	for i, o := range out {
		if o.Code == chain.CodeOK {
			u.d.acknowledge(recs[i], called)
		}
	}
	return out
}

// crossed offers a batch again and again while the load goes on to the height agreed on.
func (u *upgrade) crossed(n *node, recs []chain.Record) (out []chain.Outcome) {
	u.t.Helper()
	for limit := time.Now().Add(patience); time.Now().Before(limit); time.Sleep(pause) {
		if out = u.offerBatch(n, recs); out[0].Code != chain.CodeNotYet {
			return out
		}
	}
	u.t.Fatalf("the height agreed on was not reached in %s", patience)
	return nil
}

// through takes the network through faults one after the other.
func (s *storm) through(all ...Perturbation) {
	for i := range all {
		all[i].At = time.Duration(i) * time.Second
	}
	s.w.m.Perturbations = all
	s.rage()
}

// bothFormats lets the product's own command check a receipt of each format by the history.
func (u *upgrade) bothFormats(at *node, batched string) {
	u.t.Helper()
	formats := map[int]bool{}
	ids := []string{batched}
	u.d.mu.Lock()
	for id, a := range u.d.acked {
		if a.record.Statement.Kind == chain.KindEnrol {
			ids = append(ids, id)
			break
		}
	}
	u.d.mu.Unlock()
	for _, id := range ids {
		var r *chain.Receipt
		u.until("a receipt", func(ctx context.Context) (err error) { r, err = at.receipt(ctx, id); return err })
		formats[r.V] = true
		text, err := json.Marshal(r)
		if err != nil {
			u.t.Fatal(err)
		}
		file := filepath.Join(u.dir, fmt.Sprintf("format-%d.json", r.V))
		if err := os.WriteFile(file, text, 0o600); err != nil {
			u.t.Fatal(err)
		}
		if out := u.command(hospital, append([]string{"verify", file}, u.proofs()...)...); !strings.Contains(out, "good") {
			u.t.Errorf("format %d: %s", r.V, out)
		}
	}
	if !formats[chain.FormatAlone] || !formats[chain.FormatBatch] {
		u.t.Error("not a receipt of each format was seen:", formats)
	}
}
