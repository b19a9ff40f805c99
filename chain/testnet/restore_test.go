package testnet

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest/size"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/consortium"
)

const (
	lateReaders   = 5
	defaultKills  = 8               // of all late readers together; HOSPITAL_KILLS asks for more
	snapshotEvery = 250             // records
	snapshotted   = 240             // prescriptions, five records each: most of what a snapshot holds
	fewReceipts   = 60              // of each node: there are many
	discovering   = 5 * time.Second // in which a late node only listens for offers of snapshots
	restoringFor  = 3 * time.Second // after that it is mostly restoring, or fetching its first blocks
	early         = 4               // one kill in so many comes while it only listens
)

// TestKilledWhileRestoring: the voters have thrown their first blocks away, so regulators that come
// late must begin with a snapshot. Each is killed at random moments between its start and its first
// own block, and started again; one that got through loses its databases and begins anew. In the
// end all of them stand where the others stand.
func TestKilledWhileRestoring(t *testing.T) {
	t.Parallel()
	kills := size.Of(t, "HOSPITAL_KILLS", defaultKills)
	m := Manifest{Name: "killed while restoring", Seed: newSeed(t),
		Load: Load{Clients: 1, Prescriptions: snapshotted}}
	t.Logf("%d kills, HOSPITAL_SEED=%d", kills, m.Seed)
	m.Organisations = slices.DeleteFunc(city(), func(o Organisation) bool { return o.Role == chain.OrgRegulator })
	for i := range m.Organisations {
		m.Organisations[i].Node = "" // explorers answer too few questions
	}
	for i := range lateReaders {
		m.Organisations = append(m.Organisations,
			Organisation{Spec: consortium.Spec{ID: fmt.Sprintf("r%d", i+1), Name: fmt.Sprintf("测试卫健委%d", i+1),
				Role: chain.OrgRegulator}})
	}
	if err := m.complete(); err != nil {
		t.Fatal(err)
	}
	w := newNetwork(t, m)
	w.most = fewReceipts
	var voters, late []*node
	for _, n := range w.nodes {
		n.settings.Growth = comet.Growth{SnapshotEvery: snapshotEvery, KeepBlocks: comet.MinKeepBlocks,
			FromSnapshot: n.Power == 0}
		if err := n.write(); err != nil {
			t.Fatal(err)
		}
		if n.Power > 0 {
			voters = append(voters, n)
		} else {
			late = append(late, n)
		}
	}
	w.start(voters...)
	d := newWard(w)
	d.prescribe(0, m.Load.Prescriptions)
	watched := w.watch()
	stop := make(chan struct{})
	clients := d.load(stop)
	w.outgrown(voters)

	began := time.Now()
	var seen struct {
		sync.Mutex
		moments moments
	}
	var all sync.WaitGroup
	for i, n := range late {
		all.Go(func() {
			share := kills / len(late)
			if i < kills%len(late) {
				share++
			}
			got := w.torment(n, share, rand.New(rand.NewPCG(m.Seed, uint64(i)+100)))
			seen.Lock()
			defer seen.Unlock()
			seen.moments = seen.moments.and(got)
		})
	}
	all.Wait()
	t.Logf("%d kills in %s: %+v", kills, time.Since(began).Round(time.Second), seen.moments)
	if seen.moments.Restoring == 0 {
		t.Error("no kill fell into the restoring of a snapshot: nothing was tried")
	}
	w.start(late...)
	w.until("every late reader has caught up", func(ctx context.Context) error {
		there, err := voters[0].health(ctx)
		if err != nil {
			return err
		}
		for _, n := range late {
			here, err := n.health(ctx)
			if err != nil {
				return err
			}
			if !here.Ready || here.Height+10 < there.Height {
				return fmt.Errorf("%s: %+v, the others are at %d", n.ID, here, there.Height)
			}
		}
		return nil
	})
	close(stop)
	clients.Wait()
	w.settle(d)
	w.check(d, watched())
	for _, n := range w.nodes {
		if n.oldest < 2 {
			t.Errorf("%s has all blocks: it did not begin with a snapshot, or threw none away", n.ID)
		}
		if left, err := os.ReadDir(filepath.Join(n.dir, "chain", "data", "fetched")); n.Power == 0 &&
			(err != nil || len(left) > 0) {
			t.Errorf("%s left chunks behind: %v %v", n.ID, left, err)
		}
	}
}

// moments counts in which state kills found a folder.
type moments struct {
	Listening, // for offers: nothing in the folder yet
	Restoring, // the mark is there
	Following int // it has a block of its own
}

func (m moments) and(o moments) moments {
	return moments{m.Listening + o.Listening, m.Restoring + o.Restoring, m.Following + o.Following}
}

// outgrown waits until no voter can give the first block away any more: the load goes on meanwhile.
func (w *network) outgrown(voters []*node) {
	w.t.Helper()
	w.until("the voters have thrown their first blocks away", func(ctx context.Context) error {
		for _, n := range voters {
			var base int64
			if err := n.get(ctx, "http://"+n.control+"/base", &base); err != nil {
				return err
			}
			if base < 2 {
				return fmt.Errorf("%s has blocks from %d on", n.ID, base)
			}
		}
		return nil
	})
}

// torment starts a late reader and kills it, so many times.
func (w *network) torment(n *node, kills int, random *rand.Rand) (m moments) {
	for range kills {
		if err := n.start(); err != nil {
			w.t.Error(err)
			return m
		}
		w.answers(n)
		wait := discovering + time.Duration(random.Int64N(int64(restoringFor)))
		if random.IntN(early) == 0 {
			wait = time.Duration(random.Int64N(int64(discovering)))
		}
		time.Sleep(wait)
		if !n.proc.alive() {
			w.t.Errorf("%s ended by itself: %s\n%s", n.ID, n.proc.cmd.ProcessState, tail(n.log.String(), 20))
		}
		h, asked := n.ask()
		n.proc.kill()
		restoring, err := home.Restoring(filepath.Join(n.dir, "chain"))
		if err != nil {
			w.t.Errorf("%s: %v", n.ID, err)
		}
		switch {
		case restoring:
			m.Restoring++
		case asked == nil && h.Height == 0:
			m.Listening++
		default:
			m.Following++
			w.loseDisk(n)
		}
	}
	return m
}

// answers waits until a node's process has begun to listen for snapshots, which is when its port
// answers.
func (w *network) answers(n *node) {
	for limit := time.Now().Add(patience); time.Now().Before(limit) && n.proc.alive(); time.Sleep(pause) {
		if _, err := n.ask(); err == nil {
			return
		}
	}
	w.t.Errorf("%s does not answer after it was killed:\n%s", n.ID, tail(n.log.String(), 20))
}

func (n *node) ask() (chain.Health, error) {
	ctx, cancel := context.WithTimeout(context.Background(), askLimit)
	defer cancel()
	return n.health(ctx)
}

// loseDisk takes the databases of a stopped reader away; it has no votes that must not be
// forgotten.
func (w *network) loseDisk(n *node) {
	for _, db := range []string{"blockstore.db", "state.db", "ledger.db", "evidence.db", "cs.wal"} {
		if err := os.RemoveAll(filepath.Join(n.dir, "chain", "data", db)); err != nil &&
			!errors.Is(err, os.ErrNotExist) {
			w.t.Error(err)
		}
	}
}
