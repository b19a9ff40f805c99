package comet_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"golang.org/x/sync/errgroup"
)

// growthEnv is the number of records that TestGrowth grows a chain to; a few by default.
const growthEnv = "HOSPITAL_GROWTH"

// journeysAtOnce fill a transaction: seven records each.
const journeysAtOnce = 9

// TestGrowth grows a node's chain and says, at each power of ten, what it takes on disk and how
// long answers take. Then the first blocks are thrown away, and every answer is still there.
func TestGrowth(t *testing.T) {
	want := 3 * journeysAtOnce * 7
	if s := os.Getenv(growthEnv); s != "" {
		want = chaintest.Must(strconv.Atoi(s))
	}
	seed := rand.Uint64()
	g := &growing{t: t, dir: t.TempDir(), ward: chaintest.NewWard(time.Now().Add(-time.Minute)),
		rng: rand.New(rand.NewPCG(seed, 0))}
	t.Logf("seed %d", seed)
	g.start(comet.Growth{SnapshotEvery: comet.DefaultSnapshotEvery})
	accept(t, g.node, g.ward.Enrolments()...)
	for size := min(want, 10000); ; size = min(want, size*10) {
		g.grow(size)
		g.report(fmt.Sprintf("%d records", size))
		if size >= want {
			break
		}
	}
	if err := g.node.Stop(); err != nil {
		t.Fatal(err)
	}
	g.start(comet.Growth{SnapshotEvery: uint64(max(1, want/100)), KeepBlocks: comet.MinKeepBlocks})
	g.grow(want + want/50)
	g.report("old blocks thrown away")
	if err := g.node.Stop(); err != nil {
		t.Fatal(err)
	}
	// gives room back at its start
	g.start(comet.Growth{SnapshotEvery: uint64(max(1, want/100)), KeepBlocks: comet.MinKeepBlocks})
	g.grow(want + want/25)
	g.report("room given back")
}

type growing struct {
	t        *testing.T
	dir      string
	ward     *chaintest.Ward
	rng      *rand.Rand
	node     *comet.Node
	journeys int
	sample   []chain.Record // some of the records written
}

func (g *growing) start(growth comet.Growth) {
	g.t.Helper()
	if !home.HasGenesis(g.dir) {
		g.ward.Members = chaintest.Must(home.InitGenesis(g.dir, g.ward.Members, "h1", g.ward.Start))
	}
	n, err := comet.Start(context.Background(), comet.Config{
		Dir: g.dir, Sealer: g.ward.Orgs["h1"].Seal, Member: "h1", Logger: quiet(g.t), Growth: growth,
	})
	if err != nil {
		g.t.Fatal(err)
	}
	g.t.Cleanup(func() { _ = n.Stop() })
	g.node = n
}

// grow writes whole journeys until the chain has that many records, several transactions at a time.
func (g *growing) grow(size int) {
	g.t.Helper()
	ctx := context.Background()
	for g.node.Health(ctx).Records < uint64(size) {
		var work errgroup.Group
		for range min(8, max(1, (size-int(g.node.Health(ctx).Records))/(7*journeysAtOnce))) {
			first := g.journeys
			g.journeys += journeysAtOnce
			var recs []chain.Record
			for i := range journeysAtOnce {
				recs = append(recs, g.ward.Journey("G"+strconv.Itoa(first+i), time.Now())...)
			}
			if len(g.sample) < 20000 || g.rng.IntN(100) == 0 {
				g.sample = append(g.sample, recs[g.rng.IntN(len(recs))])
			}
			work.Go(func() error {
				out, err := g.node.Submit(ctx, recs)
				for _, o := range out {
					if o.Code != chain.CodeOK {
						err = fmt.Errorf("%s: %s %s", o.ID, o.Code, o.Detail)
					}
				}
				return err
			})
		}
		if err := work.Wait(); err != nil {
			g.t.Fatal(err)
		}
	}
}

// report logs the sizes and the times of answers to questions about random old records.
func (g *growing) report(when string) {
	g.t.Helper()
	ctx := context.Background()
	receipt(g.t, g.node, g.sample[len(g.sample)-1].ID())
	records := float64(g.node.Health(ctx).Records)
	g.t.Logf("%s: bytes a record: ledger %.0f, blocks %.0f, engine's state %.0f, its log %.0f", when,
		g.size("ledger.db")/records, g.size("blockstore.db")/records, g.size("state.db")/records,
		g.size("cs.wal")/records)
	for _, q := range []struct {
		name string
		ask  func(chain.Record) error
	}{
		{"record", func(r chain.Record) error { _, err := g.node.Record(ctx, r.ID()); return err }},
		{"receipt", func(r chain.Record) error { _, err := g.node.Receipt(ctx, r.ID()); return err }},
		{"subject", func(r chain.Record) error { _, err := g.node.Subject(ctx, r.Statement.Subject); return err }},
		{"subject proof", func(r chain.Record) error {
			_,
				err := g.node.SubjectProof(ctx, r.Statement.Subject)
			return err
		}},
		{"subject's records", func(r chain.Record) error {
			_,
				err := g.node.Records(ctx, r.Statement.Subject)
			return err
		}},
		{"page of 50 blocks", func(r chain.Record) error {
			page, err := g.node.Blocks(ctx, 1+g.rng.Int64N(g.node.Health(ctx).Height), 50)
			if err == nil && len(page) > 50 {
				err = fmt.Errorf("%d blocks in a page of 50", len(page))
			}
			return err
		}},
	} {
		var took []time.Duration
		for range 200 {
			r := g.sample[g.rng.IntN(len(g.sample))]
			begin := time.Now()
			if err := q.ask(r); err != nil {
				g.t.Fatalf("%s: %s: %v", when, q.name, err)
			}
			took = append(took, time.Since(begin))
		}
		slices.Sort(took)
		g.t.Logf("%s: %-18s p50 %7.0f us, p99 %7.0f us", when, q.name, us(took[len(took)/2]),
			us(took[len(took)*99/100]))
	}
}

func us(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }

// size of a database or log of the node, in bytes; files may come and go meanwhile.
func (g *growing) size(name string) (sum float64) {
	err := filepath.WalkDir(filepath.Join(g.dir, "data", name), func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return ignoreGone(err)
		}
		info, err := e.Info()
		if err == nil {
			sum += float64(info.Size())
		}
		return ignoreGone(err)
	})
	if err != nil {
		g.t.Fatal(err)
	}
	return sum
}

func ignoreGone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
