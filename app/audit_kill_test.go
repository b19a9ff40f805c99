package app

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/demo"
	"github.com/smart-hospital/hospital/app/journey"
	"github.com/smart-hospital/hospital/chain/chaintest/size"
)

// envVictim holds the data folder, for the process that is killed.
const envVictim = "HOSPITAL_TEST_AUDIT_VICTIM"

const (
	// defaultKillRounds are those of an ordinary run; HOSPITAL_KILLS asks for more. Here it is the
	// audit that is tried, on folders that nothing has mended since.
	defaultKillRounds = 2
	// killMoments is how many different depths of work the rounds go through.
	killMoments = 4
)

// TestAuditVictim serves until it is killed.
func TestAuditVictim(t *testing.T) {
	data := os.Getenv(envVictim)
	if data == "" {
		return // only as the child of TestAuditAfterKill
	}
	cfg := demoConfig(t, "")
	cfg.Data = data
	a, err := New(t.Context(), cfg, quiet(), "test")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("\nserving %s\n", a.URL())
	go func() {
		for {
			fmt.Printf("records %d\n", a.node.Health(t.Context()).Records)
			time.Sleep(time.Millisecond)
		}
	}()
	if err := a.Serve(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestAuditAfterKill kills a hospital at work with -9, at another moment each round, and audits
// what it left: nothing lost, nothing doubled; what is unfinished is counted and no fault.
func TestAuditAfterKill(t *testing.T) {
	t.Parallel()
	unsaid := 0
	for round := range size.Of(t, "HOSPITAL_KILLS", defaultKillRounds) {
		cfg := demoConfig(t, "")
		least := len(demo.Staff) + len(demo.Patients) + 13*((round*3)%killMoments) // 0, 39, 26, 13 …
		killAtWork(t, cfg.Data, least)
		r, err := Audit(t.Context(), cfg, quiet())
		if err != nil || !r.Clean() || r.Counts["records"] < least {
			t.Fatalf("round %d: %+v %v", round, r, err)
		}
		unsaid += r.Counts["outboxPending"] + r.Counts["unfinished"]
	}
	t.Logf("%d things were under way", unsaid)
}

// killAtWork starts a hospital, plays visits in it, and kills it once its chain has so many
// records.
func killAtWork(t *testing.T, data string, records int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestAuditVictim$")
	cmd.Env = append(os.Environ(), envVictim+"="+data)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	played := make(chan struct{})
	play := func(url string) { // it ends in an error: its server dies
		defer close(played)
		_ = journey.Run(ctx, journey.Options{URL: url, Count: 500, Parallel: 16, Out: io.Discard})
	}
	url, n := "", 0
	for lines := bufio.NewScanner(out); n < records && lines.Scan(); {
		if _, err := fmt.Sscanf(lines.Text(), "serving %s", &url); err == nil {
			go play(url)
		}
		_, _ = fmt.Sscanf(lines.Text(), "records %d", &n)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed
	cancel()
	if url == "" || n < records {
		t.Fatalf("the victim came to %d records of %d", n, records)
	}
	<-played
}
