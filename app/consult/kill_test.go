package consult_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

const envVictim = "HOSPITAL_TEST_CHAT_VICTIM" // DSN and consultation, for the process that is killed

// TestVictim posts for ever and prints the number of every message that was acknowledged; it is
// killed.
func TestVictim(t *testing.T) {
	dsn, id := os.Getenv(envVictim), os.Getenv(envVictim+"_ID")
	if dsn == "" {
		return // only as the child of TestAcknowledgedSurvivesKill
	}
	w := newWard(t, sqlstoretest.Open(t, dsn), nil)
	for i := 0; ; i++ {
		clientID := fmt.Sprintf("victim-%d-%d", os.Getpid(), i)
		m, _, err := w.Post(t.Context(), patient, id, text(clientID, clientID))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Printf("acked %d %s\n", m.Seq, clientID)
	}
}

// TestAcknowledgedSurvivesKill kills a posting process with -9 at odd moments: every acknowledged
// message is there under its number, and the numbers have no gap.
func TestAcknowledgedSurvivesKill(t *testing.T) {
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		w := newWard(t, sqlstoretest.Open(t, dsn), nil)
		id := w.active()
		acked := map[int64]string{}
		for round := range 4 {
			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestVictim$")
			cmd.Env = append(os.Environ(), envVictim+"="+dsn, envVictim+"_ID="+id)
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			lines := bufio.NewScanner(out)
			for n := 0; lines.Scan(); n++ {
				var seq, clientID string
				if _, err := fmt.Sscanf(lines.Text(), "acked %s %s", &seq, &clientID); err != nil {
					t.Fatalf("victim says %q", lines.Text())
				}
				number, err := strconv.ParseInt(seq, 10, 64)
				if err != nil {
					t.Fatal(err)
				}
				acked[number] = clientID
				if n == 10+7*round {
					time.Sleep(time.Duration(round) * time.Millisecond)
					_ = cmd.Process.Kill()
				}
			}
			_ = cmd.Wait()
		}
		list := w.all(patient, id)
		for i, m := range list {
			if m.Seq != int64(i+1) {
				t.Fatalf("message %d has number %d", i, m.Seq)
			}
			if want, ok := acked[m.Seq]; ok && want != m.ClientID {
				t.Fatalf("%d is %s, acknowledged was %s", m.Seq, m.ClientID, want)
			}
			delete(acked, m.Seq)
		}
		if len(acked) > 0 {
			t.Fatalf("acknowledged and lost: %v", acked)
		}
	})
}
