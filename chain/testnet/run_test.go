package testnet

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
)

// run takes a network through a manifest and checks everything afterwards.
func run(t *testing.T, m Manifest) {
	t.Helper()
	t.Logf("manifest:\n%s", m)
	w := newNetwork(t, m)
	w.start()
	d := newWard(w)
	d.prescribe(0, m.Load.Prescriptions)
	watched := w.watch()
	stop := make(chan struct{})
	clients := d.load(stop)
	began := time.Now()
	(&storm{w: w, d: d}).rage()
	time.Sleep(time.Until(began.Add(m.Duration)))
	close(stop)
	clients.Wait()
	w.settle(d)
	w.check(d, watched())
}

// watch notes which state root each honest node says it has at which height; the function it
// returns ends it and returns what was seen.
func (w *network) watch() func() map[int64]string {
	var (
		mu    sync.Mutex
		roots = map[int64]string{}
		g     sync.WaitGroup
	)
	stop := make(chan struct{})
	for _, n := range w.honest() {
		g.Go(func() {
			for {
				select {
				case <-stop:
					return
				case <-time.After(200 * time.Millisecond):
				}
				ctx, cancel := context.WithTimeout(context.Background(), askLimit)
				h, err := n.health(ctx)
				cancel()
				if err != nil {
					continue
				}
				mu.Lock()
				if first, known := roots[h.Height]; known && first != h.StateRoot {
					w.t.Errorf("FORK: at height %d %s has root %s, another %s", h.Height, n.ID, h.StateRoot, first)
				}
				roots[h.Height] = h.StateRoot
				mu.Unlock()
			}
		})
	}
	return func() map[int64]string {
		close(stop)
		g.Wait()
		return roots
	}
}

// settle waits until a last record has reached every honest node, and all of them stand at the same
// sealed root.
func (w *network) settle(d *ward) {
	w.t.Helper()
	for _, n := range w.nodes {
		if n.proc.alive() {
			continue
		}
		full := slices.ContainsFunc(w.m.Perturbations,
			func(p Perturbation) bool { return p.Do == doDisk && slices.Contains(p.Nodes, n.ID) })
		if n.honest() && !full { // a full disk may end a node late, after there is room again
			w.t.Errorf("%s ended by itself: %s\n%s", n.ID, n.proc.cmd.ProcessState, tail(n.log.String(), 40))
		}
		if err := n.start(); err != nil {
			w.t.Fatal(err)
		}
	}
	last, err := d.issue(chain.SubjectRx + "LAST")
	if err != nil {
		w.t.Fatal(err)
	}
	d.accept(last)
	var before []chain.Health
	w.until("all honest nodes stand at one sealed root", func(ctx context.Context) error {
		var now []chain.Health
		for _, n := range w.honest() {
			h, err := n.health(ctx)
			if err != nil {
				return err
			}
			now = append(now, h)
		}
		still := len(before) == len(now)
		for i, h := range now {
			if h.Height != now[0].Height || h.StateRoot != now[0].StateRoot || h.SealedUpTo != h.Height {
				still = false
			}
			if still && before[i].Height != h.Height {
				still = false
			}
		}
		before = now
		if !still {
			return fmt.Errorf("%+v", now)
		}
		return nil
	})
}

const manifests = "testdata/*.yaml"

// Every manifest of testdata, or the one that HOSPITAL_MANIFEST names.
func TestManifests(t *testing.T) {
	t.Parallel()
	pattern := manifests
	if own := os.Getenv("HOSPITAL_MANIFEST"); own != "" {
		pattern = own
	}
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no manifest, %v", pattern, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			m, err := parseManifest(string(text))
			if err != nil {
				t.Fatal(err)
			}
			run(t, m)
		})
	}
}
