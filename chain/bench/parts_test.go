package bench

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
)

func TestQuantile(t *testing.T) {
	hundred := make([]time.Duration, 100)
	for i := range hundred {
		hundred[i] = time.Duration(i + 1)
	}
	for _, c := range []struct {
		sorted []time.Duration
		q      float64
		want   time.Duration
	}{
		{hundred, 0.5, 50}, {hundred, 0.95, 95}, {hundred, 0.99, 99}, {hundred, 1, 100}, {hundred, 0, 1},
		{hundred, 0.001, 1},
		{[]time.Duration{7}, 0.5, 7}, {[]time.Duration{7}, 0.99, 7},
		{[]time.Duration{1, 2, 3}, 0.5, 2}, {[]time.Duration{1, 2, 3}, 0.99, 3}, {[]time.Duration{1, 2, 3, 4}, 0.5, 2},
	} {
		if got := quantile(c.sorted, c.q); got != c.want {
			t.Errorf("quantile %v of %d values: %d, want %d", c.q, len(c.sorted), got, c.want)
		}
	}
}

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		rates               []float64
		want, lowest, above float64
	}{
		{[]float64{5}, 5, 5, 5}, {[]float64{9, 1, 5}, 5, 1, 9}, {[]float64{4, 2}, 2, 2, 4},
	} {
		var rounds []Result
		for _, rate := range c.rates {
			rounds = append(rounds, Result{PerSecond: rate})
		}
		if m := median(rounds); m.PerSecond != c.want || m.Lowest != c.lowest || m.Highest != c.above {
			t.Errorf("%v: %+v", c.rates, m)
		}
	}
}

func TestMountOf(t *testing.T) {
	const mounts = "/dev/vda / ext4 rw 0 0\ntmpfs /dev/shm tmpfs rw 0 0\ntmpfs /mnt tmpfs rw 0 0\n/dev/vdb /mnt xfs rw 0 0\nbroken\n"
	for dir, want := range map[string]string{
		"/": "ext4", "/home/a": "ext4", "/dev/shm": "tmpfs", "/dev/shm/x": "tmpfs", "/dev/shmother": "ext4",
		"/mnt/x": "xfs",
	} {
		if got := mountOf(mounts, dir); got != want {
			t.Errorf("%s: %s, want %s", dir, got, want)
		}
	}
	if got := mountOf("", "/home"); got != unknown {
		t.Errorf("no mounts: %s", got)
	}
}

func TestLoadAverage(t *testing.T) {
	dir := t.TempDir()
	for text, want := range map[string]float64{"1.25 0.50 0.10 2/100 4711\n": 1.25, "": -1, "none": -1} {
		path := filepath.Join(dir, "loadavg")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := load1(path); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	if got := load1(filepath.Join(dir, "missing")); got != -1 {
		t.Errorf("no file: %v", got)
	}
	for _, c := range []struct {
		load float64
		want bool
	}{{-1, false}, {0.5, false}, {1, false}, {1.5, true}} {
		if got := (Machine{Cores: 2, Load: c.load}).busy(); got != c.want {
			t.Errorf("load %v on two cores: busy %t", c.load, got)
		}
	}
}

func TestCPUTime(t *testing.T) {
	dir := t.TempDir()
	for text, want := range map[string]time.Duration{
		"7 (a b) c) S 1 2 3 4 5 6 7 8 9 10 120 30 0 0 20": 1500 * time.Millisecond, "7 (x) S 1": 0, "": 0,
	} {
		path := filepath.Join(dir, "stat")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := cpuTimeOf(path); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	if got := cpuTimeOf(filepath.Join(dir, "missing")); got != 0 {
		t.Errorf("no file: %v", got)
	}
}

// fakeChain answers after a pause.
func fakeChain(pause time.Duration, code chain.Code, err error) submitFunc {
	return func(context.Context, chain.Record) (chain.Outcome, error) {
		time.Sleep(pause)
		return chain.Outcome{ID: "r", Code: code}, err
	}
}

func endless() ([]chain.Record, bool) { return make([]chain.Record, 7), true }

func TestLoadCountsWhatItMeasured(t *testing.T) {
	l := load{submitters: 3, warm: 50 * time.Millisecond, last: 100 * time.Millisecond, take: endless,
		submit: fakeChain(5*time.Millisecond, chain.CodeOK, nil)}
	got, err := l.run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got.Measured != l.last || got.Last != "r" || got.Latencies[0] < 5*time.Millisecond {
		t.Errorf("%+v", got)
	}
	if n := uint64(len(got.Latencies)); n >= got.Accepted || n > 60 { // 3 × 100/5 at most; the warm-up is not measured
		t.Errorf("%d measured, %d accepted", n, got.Accepted)
	}
}

// When the stock is used up, the measured time ends with it: else the last second would have fewer
// submitters.
func TestLoadEndsWithItsStock(t *testing.T) {
	var left atomic.Int64
	left.Store(4)
	take := func() ([]chain.Record, bool) { return make([]chain.Record, 7), left.Add(-1) >= 0 }
	got, err := load{submitters: 2, last: time.Hour, take: take,
		submit: fakeChain(time.Millisecond, chain.CodeOK, nil)}.run(t.Context())
	if err != nil || got.Accepted < 21 || got.Measured > time.Minute {
		t.Errorf("%+v %v", got, err)
	}
}

func TestLoadFails(t *testing.T) {
	broken := errors.New("broken")
	for name, c := range map[string]struct {
		submit submitFunc
		want   error
	}{
		"node": {fakeChain(0, chain.CodeOK, broken), broken}, "refusal": {fakeChain(0, chain.CodeRole, nil), nil},
	} {
		_, err := load{submitters: 2, last: time.Hour, take: endless, submit: c.submit}.run(t.Context())
		if err == nil || (c.want != nil && !errors.Is(err, c.want)) {
			t.Errorf("%s: %v", name, err)
		}
	}
	none, err := load{submitters: 1, last: time.Nanosecond, take: endless,
		submit: fakeChain(time.Millisecond, 0, nil)}.run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := newResult(Case{}, []tally{none, none}); !errors.Is(err, errNothing) {
		t.Errorf("nothing measured is a result: %v", err)
	}
	slow := tally{Latencies: []time.Duration{time.Second}, Measured: 2 * time.Second, Accepted: 1,
		CPU: time.Millisecond}
	if r, err := newResult(Case{}, []tally{none, slow}); err != nil || r.PerSecond != 0.5 || r.P50 != 1000 ||
		r.Records != 1 {
		t.Errorf("one of two validators: %+v %v", r, err)
	}
}

// While one round is under way the others' records gather, and each submitter gets the outcome of
// its own.
func TestGroup(t *testing.T) {
	var largest atomic.Int64
	node := func(_ context.Context, recs []chain.Record) ([]chain.Outcome, error) {
		for old := largest.Load(); int64(len(recs)) > old && !largest.CompareAndSwap(old,
			int64(len(recs))); old = largest.Load() {
		}
		time.Sleep(2 * time.Millisecond)
		out := make([]chain.Outcome, len(recs))
		for i, r := range recs {
			out[i].ID = r.Statement.Subject
		}
		return out, nil
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	g := newGroup(node)
	go g.run(ctx)
	var wg sync.WaitGroup
	for i := range 300 {
		wg.Go(func() {
			if out, err := g.one(ctx, chain.Record{Statement: chain.Statement{Subject: name(i)}}); err != nil ||
				out.ID != name(i) {
				t.Errorf("%s: %+v %v", name(i), out, err)
			}
		})
	}
	wg.Wait()
	if n := largest.Load(); n < 2 || n > chain.MaxBatchRecords {
		t.Errorf("largest batch %d", n)
	}
}

func TestGroupPassesErrorsOn(t *testing.T) {
	broken := errors.New("broken")
	for name, c := range map[string]struct {
		out  []chain.Outcome
		err  error
		want error
	}{
		"node": {nil, broken, broken}, "wrong number": {make([]chain.Outcome, 2), nil, errAnswers},
	} {
		ctx, stop := context.WithCancel(t.Context())
		g := newGroup(func(context.Context, []chain.Record) ([]chain.Outcome, error) { return c.out, c.err })
		go g.run(ctx)
		if _, err := g.one(ctx, chain.Record{}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		stop()
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := newGroup(nil).one(ctx, chain.Record{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
