package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
	"time"
)

// TestRun is a whole run, short: every case commits real records (the run itself compares with the node's count and
// verifies a receipt), the ratios are there, and nothing is left on the disk.
func TestRun(t *testing.T) {
	dir := t.TempDir()
	var progress bytes.Buffer
	report, err := Run(t.Context(), Options{
		Dir: dir, Time: 400 * time.Millisecond, Rounds: 1, Submitters: []int{1, 4}, Version: "test", Command: "hospital bench", Progress: &progress,
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Results) != 8 || strings.Count(progress.String(), "\n") != 8 {
		t.Fatalf("%d results, progress:\n%s", len(report.Results), progress.String())
	}
	for _, r := range report.Results {
		if r.Records == 0 || r.PerSecond <= 0 || r.P50 <= 0 || r.P50 > r.P95 || r.P95 > r.P99 {
			t.Errorf("%s: %+v", r.Case, r)
		}
		if (r.OfCeiling > 0) != r.Signed || (r.OfSM2Limit > 0) != r.Signed {
			t.Errorf("%s: ratios %v, %v", r.Case, r.OfCeiling, r.OfSM2Limit)
		}
	}
	if c := report.Crypto; c.SM2Verify <= 0 || c.SM2VerifyOne <= 0 || c.SM2Sign <= 0 || c.P256Verify <= 0 || c.RecordLimit != c.SM2Verify/2 {
		t.Errorf("%+v", c)
	}
	if m := report.Machine; m.SyncP50 <= 0 || m.SyncP50 > m.SyncP99 || m.Cores < 1 {
		t.Errorf("%+v", m)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	checkPrints(t, report)
}

func checkPrints(t *testing.T, report *Report) {
	t.Helper()
	var text, object bytes.Buffer
	if err := errors.Join(report.WriteText(&text), report.WriteJSON(&object)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"hospital test", "fsync", "SM2 verify", "| grouped, signed and sealed ", "of ceiling", "repeat: hospital bench"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is not in\n%s", want, text.String())
		}
	}
	var back Report
	if err := json.Unmarshal(object.Bytes(), &back); err != nil || len(back.Results) != len(report.Results) || back.Results[0] != report.Results[0] {
		t.Errorf("JSON: %v\n%s", err, object.String())
	}
}

// Ctrl-C ends the run soon, whatever it is at, and cleans up all the same.
func TestRunInterrupted(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	began := time.Now()
	_, err := Run(ctx, Options{Dir: dir, Time: MaxSeconds * time.Second, Rounds: MaxRounds, Submitters: []int{4}})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("an interrupted run: %v", err)
	}
	if took := time.Since(began); took > MaxSeconds*time.Second {
		t.Errorf("went on for %v", took)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// A case that is interrupted while it runs leaves no node behind: its folder can be used again at once.
func TestMeasureInterrupted(t *testing.T) {
	w, err := newWard(t.Context(), t.TempDir(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	r := &run{Options: Options{Time: MaxSeconds * time.Second}, dir: t.TempDir(), ward: w}
	for _, grouped := range []bool{false, true} {
		ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
		defer cancel()
		if _, err := r.measure(ctx, Case{Grouped: grouped, Submitters: 8}, 1); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("grouped %t: %v", grouped, err)
		}
		if left, err := os.ReadDir(r.dir); err != nil || len(left) != 0 {
			t.Errorf("left behind: %v %v", left, err)
		}
	}
}

func TestOptions(t *testing.T) {
	good := Options{Time: time.Second, Rounds: 1, Submitters: []int{1}}
	if err := good.check(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Options){
		"no time":            func(o *Options) { o.Time = 0 },
		"too long":           func(o *Options) { o.Time = (MaxSeconds + 1) * time.Second },
		"no round":           func(o *Options) { o.Rounds = 0 },
		"too many rounds":    func(o *Options) { o.Rounds = MaxRounds + 1 },
		"nobody":             func(o *Options) { o.Submitters = nil },
		"no submitter":       func(o *Options) { o.Submitters = []int{0} },
		"too many":           func(o *Options) { o.Submitters = []int{MaxSubmitters + 1} },
		"too many different": func(o *Options) { o.Submitters = make([]int, MaxLoads+1) },
	} {
		o := good
		spoil(&o)
		if _, err := Run(t.Context(), o); !errors.Is(err, ErrOptions) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
