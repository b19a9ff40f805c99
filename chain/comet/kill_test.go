package comet_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/chaintest/size"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/gm/pki"
)

// childDir, when set, makes the test binary a node under load instead of a test.
const childDir = "HOSPITAL_TEST_CHAIN_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		if err := child(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	size.Waiting()
	os.Exit(m.Run())
}

// keySealer is a seal from a key file.
type keySealer struct{ key *gm.PrivateKey }

func (k keySealer) Seal(_ context.Context, _ *pki.Certificate, msg []byte) ([]byte, error) {
	return k.key.Sign(msg)
}

// child runs a node and submits the prepared records, sixteen at a time, until it is killed or they
// are at an end. Every acknowledged id is printed on a line of its own, after the acknowledgement.
func child(dir string) error {
	der, err := os.ReadFile(filepath.Join(dir, "seal.der"))
	if err != nil {
		return err
	}
	key, err := gm.ParsePKCS8(der)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(filepath.Join(dir, "records.json"))
	if err != nil {
		return err
	}
	var recs []chain.Record
	if err := json.Unmarshal(text, &recs); err != nil {
		return err
	}
	n, err := comet.Start(context.Background(),
		comet.Config{Dir: filepath.Join(dir, "node"), Sealer: keySealer{key}, Member: "h1"})
	if err != nil {
		return err
	}
	var mu sync.Mutex
	from, _ := strconv.Atoi(os.Getenv(childDir + "_FROM"))
	each(len(recs)-from, func(i int) {
		out, err := n.Submit(context.Background(), recs[from+i:from+i+1])
		mu.Lock()
		defer mu.Unlock()
		if err != nil || out[0].Code != chain.CodeOK {
			fmt.Println("refused", err, out)
			return
		}
		fmt.Println(out[0].ID)
	})
	fmt.Println("end")
	select {} // until the parent kills it
}

// TestKilledAtAnyMoment kills a node under load again and again (HOSPITAL_KILLS times, 4 by
// default): every record it acknowledged is there afterwards, once, and the whole chain replays to
// the ledger's very bytes.
func TestKilledAtAnyMoment(t *testing.T) {
	kills := size.Of(t, "HOSPITAL_KILLS", 4)
	seed := rand.Uint64()
	t.Logf("seed %d, %d kills", seed, kills)
	rng := rand.New(rand.NewPCG(seed, 0))
	dir, w := t.TempDir(), chaintest.NewWard(time.Now().Add(-time.Minute))
	recs := prepareChild(t, dir, w, kills*400)
	acked, from := map[string]bool{}, 0
	for range kills {
		lines := load(t, dir, from, time.Duration(20+rng.IntN(400))*time.Millisecond)
		for _, id := range lines {
			acked[id] = true
		}
		// Submitting what was acknowledged again must be harmless, so step back a little.
		for from < len(recs)-1 && acked[recs[from].ID()] {
			from++
		}
		from = max(0, from-5)
	}
	if len(acked) == 0 {
		t.Fatal("nothing was acknowledged: the test saw nothing")
	}
	checkAfterKills(t, dir, w, acked)
}

func prepareChild(t *testing.T, dir string, w *chaintest.Ward, n int) []chain.Record {
	t.Helper()
	node := filepath.Join(dir, "node")
	members, err := home.InitGenesis(node, w.Members, "h1", w.Start)
	if err != nil {
		t.Fatal(err)
	}
	w.Members = members
	first := start(t, node, w)
	accept(t, first, w.Enrolments()...)
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}
	recs := make([]chain.Record, n)
	each(n, func(i int) { recs[i] = w.Issued(fmt.Sprintf("K%d", i), w.Start) })
	files := map[string][]byte{"records.json": chaintest.Must(json.Marshal(recs)),
		"seal.der": chaintest.Must(w.Orgs["h1"].Seal.Key.PKCS8())}
	for name, b := range files {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return recs
}

// load runs the child, kills it some time after its first acknowledgement and returns what it
// acknowledged.
func load(t *testing.T, dir string, from int, after time.Duration) (ids []string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDir+"="+dir, fmt.Sprintf("%s_FROM=%d", childDir, from))
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var timer *time.Timer
	for sc := bufio.NewScanner(out); sc.Scan(); {
		if timer == nil {
			timer = time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		}
		switch line := sc.Text(); {
		case len(line) == 64:
			ids = append(ids, line)
		case line != "end":
			t.Errorf("child: %s", line)
		}
	}
	_ = cmd.Wait()
	if timer == nil {
		t.Fatalf("child acknowledged nothing: %s", errs.String())
	}
	return ids
}

func checkAfterKills(t *testing.T, dir string, w *chaintest.Ward, acked map[string]bool) {
	t.Helper()
	node := filepath.Join(dir, "node")
	n := start(t, node, w)
	for id := range acked {
		if err := chain.VerifyReceipt(w.Members, receipt(t, n, id)); err != nil {
			t.Errorf("acknowledged, then lost: %v", err)
		}
	}
	h := n.Health(context.Background())
	if err := n.Stop(); err != nil {
		t.Fatal(err)
	}
	report, err := home.Audit(context.Background(), node)
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Differences) != 0 || report.StateRoot != h.StateRoot || report.Height != h.Height {
		t.Errorf("audit: %d differences, root %s at %d; node had %s at %d", len(report.Differences), report.StateRoot,
			report.Height, h.StateRoot, h.Height)
	}
	seen := map[string]bool{}
	if err := report.EachRecord(context.Background(), func(c chain.Committed) error {
		if seen[c.ID] {
			return errors.New("recorded twice: " + c.ID)
		}
		seen[c.ID] = true
		return nil
	}); err != nil {
		t.Error(err)
	}
	t.Logf("%d acknowledged, %d recorded, height %d", len(acked), len(seen), report.Height)
}
