// Package loopback hands out TCP ports of this machine to processes that must know each other's
// addresses before they listen: a bench's validators, a test's servers. "Listen on port 0, close,
// use the number" is no way to do that: the system gives the number to the next dialler, and the
// process that comes for it a moment later finds it in use.
package loopback

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	"github.com/gofrs/flock"
)

// The ports lie below those that Linux (32768) and others (49152) give to diallers. A process takes
// a whole block, so that processes that ask at the same time never meet.
const (
	lowest    = 10000
	highest   = 29999
	blockSize = 250
)

// ErrNone: every block is taken or in use.
var ErrNone = errors.New("loopback: no run of free ports")

var claimed struct {
	sync.Mutex
	next, end int // what is left of the block taken last
	locks     []*flock.Flock
}

// Ports returns the first of n consecutive ports, n from 1 to 250, on which nothing listens at
// 127.0.0.1. Nobody else who asks here gets them until this process has ended. Errors: ErrNone, or
// what the lock files in the system's folder for temporary files answer.
func Ports(n int) (first int, err error) {
	if n < 1 || n > blockSize {
		return 0, fmt.Errorf("loopback: %d ports at once, 1 to %d are allowed", n, blockSize)
	}
	claimed.Lock()
	defer claimed.Unlock()
	for {
		for first = claimed.next; first+n <= claimed.end; first++ {
			if busy := lastBusy(first, n); busy > 0 {
				first = busy
				continue
			}
			claimed.next = first + n
			return first, nil
		}
		if err := claim(); err != nil {
			return 0, err
		}
	}
}

// Address is a loopback address with a port from Ports.
func Address() (string, error) {
	port, err := Ports(1)
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), err
}

// claim takes the next block that no living process has. The lock ends with the process, however it
// ends.
func claim() error {
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("hospital-ports-%d", os.Getuid()))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("loopback: %w", err)
	}
	for first := max(lowest, claimed.end); first+blockSize <= highest+1; first += blockSize {
		lock := flock.New(filepath.Join(dir, strconv.Itoa(first)))
		taken, err := lock.TryLock()
		if err != nil {
			return fmt.Errorf("loopback: %w", err)
		}
		if taken {
			claimed.locks = append(claimed.locks, lock)
			claimed.next, claimed.end = first, first+blockSize
			return nil
		}
		_ = lock.Close()
	}
	return ErrNone
}

// lastBusy is the highest of n ports from first on which somebody listens; 0: none.
func lastBusy(first, n int) int {
	for port := first + n - 1; port >= first; port-- {
		l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port))) //nolint:noctx // answers at once
		if err != nil {
			return port
		}
		_ = l.Close()
	}
	return 0
}
