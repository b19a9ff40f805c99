package loopback

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

// TestPortsOfTwoProcesses: servers of two test programs that ran at once once met on a port.
func TestPortsOfTwoProcesses(t *testing.T) {
	if os.Getenv("LOOPBACK_TEST_CHILD") != "" {
		first, err := Ports(3)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Printf("port=%d\n", first)
		return
	}
	mine := map[int]bool{}
	for _, n := range []int{1, 3, blockSize, 2} {
		first, err := Ports(n)
		if err != nil {
			t.Fatal(err)
		}
		for p := first; p < first+n; p++ {
			if mine[p] || p < lowest || p > highest {
				t.Fatalf("port %d: handed out twice, or outside the range", p)
			}
			mine[p] = true
		}
	}
	child := exec.Command(os.Args[0], "-test.run=^TestPortsOfTwoProcesses$")
	child.Env = append(os.Environ(), "LOOPBACK_TEST_CHILD=1")
	out, err := child.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	_, rest, _ := strings.Cut(string(out), "port=")
	line, _, _ := strings.Cut(rest, "\n")
	first, err := strconv.Atoi(line)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for p := first; p < first+3; p++ {
		if mine[p] {
			t.Errorf("port %d is ours and the other process's", p)
		}
	}
}

func TestPortsSkipsBusyOnes(t *testing.T) {
	before, err := Ports(1)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(before+2)))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if first, err := Ports(4); err != nil || first <= before+2 {
		t.Errorf("4 ports from %d on, with %d in use: %v", first, before+2, err)
	}
	for _, n := range []int{0, -1, blockSize + 1} {
		if _, err := Ports(n); err == nil {
			t.Errorf("%d ports: no error", n)
		}
	}
}
