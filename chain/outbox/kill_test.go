package outbox

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// Set in the process that TestKilledAnywhere kills.
const (
	envDSN   = "OUTBOX_TEST_WARD_DSN"
	envChain = "OUTBOX_TEST_WARD_CHAIN"
)

const killLanes = 3

func TestMain(m *testing.M) {
	if dsn := os.Getenv(envDSN); dsn != "" {
		if err := ward(dsn, os.Getenv(envChain)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// fileChain is a ledger that survives a kill: a line for every executed record.
type fileChain struct {
	mu   sync.Mutex
	file *os.File
	mem  *ledger
}

func openChain(path string) (*fileChain, error) {
	c := &fileChain{mem: newLedger()}
	old, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	for line := range strings.Lines(string(old)) {
		var subject string
		var seq uint64
		if _, err := fmt.Sscan(line, &subject, &seq); err != nil {
			return nil, err
		}
		c.mem.execute([]chain.Record{record(subject, seq)})
	}
	c.file, err = os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	return c, err
}

func (c *fileChain) Record(ctx context.Context, id string) (chain.Committed, error) {
	return c.mem.Record(ctx, id)
}

func (c *fileChain) Schema(context.Context) int { return chain.Version }

func (c *fileChain) Submit(_ context.Context, recs []chain.Record) ([]chain.Outcome, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	time.Sleep(rand.N(4 * time.Millisecond)) // room for the kill before,
	known := len(c.mem.order)
	outs := c.mem.execute(recs)
	var lines strings.Builder
	for _, st := range c.mem.order[known:] {
		fmt.Fprintln(&lines, st.Subject, st.Seq)
	}
	if _, err := io.WriteString(c.file, lines.String()); err != nil {
		return nil, err
	}
	time.Sleep(rand.N(4 * time.Millisecond)) // and after
	return outs, nil
}

// ward appends to a few lanes and relays, and prints the id of every record whose transaction has
// committed.
func ward(dsn, chainPath string) error {
	db, err := sqlstore.Open(ctx, dsn, sqlstore.WithBox(sqlstoretest.Box()))
	if err != nil {
		return err
	}
	if err := Migrate(ctx, db); err != nil {
		return err
	}
	c, err := openChain(chainPath)
	if err != nil {
		return err
	}
	relay := killRelay(db, c)
	failed := make(chan error)
	go func() { failed <- relay.Run(ctx) }()
	for n := range killLanes {
		go func() { failed <- keepAppending(db, relay, fmt.Sprint("rx:K", n)) }()
	}
	return <-failed
}

// killRelay has a fixed name in the lease, so that the next process need not wait for the killed
// one's lease.
func killRelay(db *sqlstore.DB, node Node) *Relay {
	r := NewRelay(db, node, Options{Log: slog.New(slog.DiscardHandler)})
	r.holder = "ward"
	return r
}

func keepAppending(db *sqlstore.DB, relay *Relay, lane string) error {
	for {
		var id string
		err := db.Tx(ctx, func(tx *gorm.DB) error {
			list, err := BySubject(tx, lane)
			if err != nil {
				return err
			}
			rec := record(lane, uint64(len(list)+1))
			id = rec.ID()
			return Append(tx, lane, rec, time.Now())
		})
		if err != nil {
			return err
		}
		fmt.Println(id)
		relay.Kick()
		time.Sleep(rand.N(3 * time.Millisecond))
	}
}

// TestKilledAnywhere kills a whole process with SIGKILL again and again while it appends and
// relays.
func TestKilledAnywhere(t *testing.T) {
	kills := 10
	if testing.Short() {
		kills = 3
	}
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		path := filepath.Join(t.TempDir(), "chain")
		var acknowledged []string
		for range kills {
			acknowledged = append(acknowledged, liveAndDie(t, dsn, path)...)
		}
		if len(acknowledged) < kills {
			t.Fatalf("only %d records in %d lives: the ward did not get to work", len(acknowledged), kills)
		}
		db := sqlstoretest.Open(t, dsn)
		c, err := openChain(path)
		if err != nil {
			t.Fatal(err)
		}
		drain(t, db, c)
		t.Logf("%d kills, %d records acknowledged, %d on the chain", kills, len(acknowledged), len(c.mem.order))
		for _, id := range acknowledged {
			if e, err := Get(db.DB, id); err != nil || e.State != Committed || c.mem.places[id].Height == 0 {
				t.Errorf("acknowledged and lost: %+v %v", e, err)
			}
		}
		again, err := openChain(path) // the file itself: every line executes, so none is doubled or out of order
		if err != nil {
			t.Fatal(err)
		}
		lines, err := os.ReadFile(path)
		if err != nil || strings.Count(string(lines), "\n") != len(again.mem.order) {
			t.Errorf("%d lines, %d records execute (%v)", strings.Count(string(lines), "\n"), len(again.mem.order), err)
		}
	})
}

func liveAndDie(t *testing.T, dsn, path string) (acknowledged []string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), envDSN+"="+dsn, envChain+"="+path)
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if acknowledged = append(acknowledged, lines.Text()); len(acknowledged) == 1 {
			time.AfterFunc(rand.N(150*time.Millisecond), func() { _ = cmd.Process.Kill() })
		}
	}
	if err := cmd.Wait(); err == nil || complaint.Len() > 0 {
		t.Fatalf("the ward ended by itself: %v %s", err, complaint.String())
	}
	if n := len(acknowledged); n > 0 && len(acknowledged[n-1]) != 64 {
		acknowledged = acknowledged[:n-1] // the kill cut the last line
	}
	return acknowledged
}

func drain(t *testing.T, db *sqlstore.DB, c *fileChain) {
	t.Helper()
	relay := killRelay(db, c)
	for range 1000 {
		if _, err := relay.round(ctx); err != nil {
			t.Fatal(err)
		}
		b, err := Stats(db.DB)
		if err != nil || b.Dead > 0 {
			t.Fatalf("%+v %v", b, err)
		}
		if b.Pending == 0 {
			return
		}
	}
	t.Fatal("the outbox does not get empty")
}
