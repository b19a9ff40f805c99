package keystore

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"
)

const killedProcessDir = "HOSPITAL_TEST_KEYSTORE_DIR"

// TestMain turns this test binary into the process to be killed when the environment says so: it makes data keys as
// fast as it can and prints each name and value once DataKey has returned.
func TestMain(m *testing.M) {
	dir := os.Getenv(killedProcessDir)
	if dir == "" {
		os.Exit(m.Run())
	}
	d, err := Open(dir, testMaster)
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

// A key that was handed out before a kill -9 is there afterwards, the same, and the folder still opens.
func TestKilledWriter(t *testing.T) {
	dir := t.TempDir()
	acknowledged := map[string]string{}
	for round := range 8 {
		process := exec.Command(os.Args[0])
		process.Env = append(os.Environ(), killedProcessDir+"="+dir)
		var output bytes.Buffer
		process.Stdout = &output
		if err := process.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(60+7*round) * time.Millisecond)
		if err := process.Process.Kill(); err != nil {
			t.Fatalf("the writer ended by itself: %v", err)
		}
		_ = process.Wait() // "signal: killed" is what we want
		var name, key string
		for lines := bufio.NewScanner(&output); lines.Scan(); {
			if n, _ := fmt.Sscanf(lines.Text(), "%s %s", &name, &key); n == 2 && len(key) == 32 {
				acknowledged[name] = key
			}
		}
	}
	if len(acknowledged) == 0 {
		t.Fatal("no process lived long enough to make a key")
	}
	d := open(t, dir)
	for name, want := range acknowledged {
		if key, err := d.read(kindData, name); err != nil || fmt.Sprintf("%x", key) != want {
			t.Errorf("%s: %x, %v; want %s", name, key, err, want)
		}
	}
}
