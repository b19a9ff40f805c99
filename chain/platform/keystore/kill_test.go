package keystore

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain/gm"
)

const toBeKilled = "HOSPITAL_TEST_KEYSTORE_WRITER"

// TestMain turns this test binary into the process to be killed when the environment says so: it
// makes data keys as fast as it can and prints each name and value once DataKey has returned.
func TestMain(m *testing.M) {
	if os.Getenv(toBeKilled) == "" {
		os.Exit(m.Run())
	}
	d, err := Open(".", testMaster)
	for i := 0; err == nil; i++ {
		var key []byte
		name := fmt.Sprintf("k%d-%d", os.Getpid(), i)
		if key, err = d.DataKey(context.Background(), name); err == nil {
			fmt.Printf("%s %x\n", name, key)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// A key that was handed out before a kill -9 is there afterwards, the same, and the folder still
// opens.
func TestKilledWriter(t *testing.T) {
	dir := t.TempDir()
	acknowledged := map[string]string{}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for round := range 8 {
		process := exec.Command(self)
		process.Dir, process.Env = dir, append(os.Environ(), toBeKilled+"=1")
		output, err := process.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := process.Start(); err != nil {
			t.Fatal(err)
		}
		lines, killed := bufio.NewScanner(output), false
		var name, key string
		for lines.Scan() {
			if n, _ := fmt.Sscanf(lines.Text(), "%s %s", &name, &key); n == 2 && len(key) == 2*gm.SM4KeySize {
				acknowledged[name] = key
			}
			if !killed { // it is at work: let it come a little further, differently far in each round
				killed = true
				time.AfterFunc(time.Duration(1+7*round)*time.Millisecond, func() { _ = process.Process.Kill() })
			}
		}
		_ = process.Wait() // "signal: killed" is what we want
	}
	if len(acknowledged) == 0 {
		t.Fatal("no process made a key")
	}
	d := open(t, dir)
	for name, want := range acknowledged {
		if key, err := d.read(kindData, name); err != nil || fmt.Sprintf("%x", key) != want {
			t.Errorf("%s: %x, %v; want %s", name, key, err, want)
		}
	}
}
