package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestMain lets this program be a validator's process as well.
func TestMain(m *testing.M) {
	if slices.Equal(os.Args[1:], asValidator) {
		if err := Validate(context.Background(), os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

var asValidator = []string{"bench-validator"}

func self(t *testing.T) []string {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return append([]string{path}, asValidator...)
}

// TestRun is a whole run, short: every case commits real records (the run itself compares with the
// nodes' counts and roots and verifies receipts), the ratios are there, and nothing is left on the
// disk.
func TestRun(t *testing.T) {
	dir := t.TempDir()
	var progress bytes.Buffer
	report, err := Run(t.Context(), Options{
		Dir: dir, Time: time.Second, Rounds: 1, Submitters: []int{4}, Validators: []int{1, 2}, Validator: self(t),
		Version: "test", Command: "hospital bench", Progress: &progress,
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
		if (r.OfEmpty > 0) == r.Empty || (r.OfSM2Limit > 0) == r.Empty {
			t.Errorf("%s: ratios %v, %v", r.Case, r.OfEmpty, r.OfSM2Limit)
		}
		if (r.Checks > 0) == r.Empty || r.Checks > 2 || r.Floor > 0 && r.Floor <= r.Checks*report.Crypto.CPU {
			t.Errorf("%s: %v checks, floor %v", r.Case, r.Checks, r.Floor)
		}
	}
	if c := report.Crypto; c.SM2Verify <= 0 || c.SM2VerifyOne <= 0 || c.SM2Sign <= 0 || c.P256Verify <= 0 {
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
	for _, want := range []string{"hospital test", "fsync", "SM2 verify", "| grouped, signed and sealed ",
		"of empty engine", "floor µs", "repeat: hospital bench"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is not in\n%s", want, text.String())
		}
	}
	var back Report
	if err := json.Unmarshal(object.Bytes(), &back); err != nil || len(back.Results) != len(report.Results) ||
		back.Results[0] != report.Results[0] {
		t.Errorf("JSON: %v\n%s", err, object.String())
	}
}

// Ctrl-C ends the run soon, whatever it is at, and cleans up all the same.
func TestRunInterrupted(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	began := time.Now()
	_, err := Run(ctx, Options{Dir: dir, Time: MaxSeconds * time.Second, Rounds: MaxRounds, Submitters: []int{4},
		Validators: []int{1}, Validator: self(t)})
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

// A case that is interrupted while it runs leaves no node behind: its processes have ended: its
// folder can be used again at once.
func TestMeasureInterrupted(t *testing.T) {
	w, err := newWard(t.Context(), t.TempDir(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	r := &run{Options: Options{Time: MaxSeconds * time.Second, Validator: self(t)}, dir: t.TempDir(), ward: w}
	for _, c := range []Case{{Empty: true, Validators: 1, Submitters: 8},
		{Grouped: true, Validators: 2, Submitters: 8}} {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := r.measure(ctx, c, 1); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v", c, err)
		}
		if left, err := os.ReadDir(r.dir); err != nil || len(left) != 0 {
			t.Errorf("left behind: %v %v", left, err)
		}
	}
}

func TestOptions(t *testing.T) {
	good := Options{Time: time.Second, Rounds: 1, Submitters: []int{1}, Validators: []int{4}, Validator: asValidator}
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
		"no validators":      func(o *Options) { o.Validators = nil },
		"zero validators":    func(o *Options) { o.Validators = []int{0} },
		"many validators":    func(o *Options) { o.Validators = []int{MaxValidators + 1} },
		"no command":         func(o *Options) { o.Validator = nil },
		"too many different": func(o *Options) { o.Submitters = make([]int, MaxLoads+1) },
	} {
		o := good
		spoil(&o)
		if _, err := Run(t.Context(), o); !errors.Is(err, ErrOptions) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
