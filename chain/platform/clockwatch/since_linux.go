package clockwatch

import (
	"os"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// sinceStart is the time since the machine started, its sleep included, by a clock that nobody can
// set.
func sinceStart() (start string, since time.Duration, ok bool) {
	id, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return "", 0, false
	}
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &t); err != nil {
		return "", 0, false
	}
	return strings.TrimSpace(string(id)), time.Duration(t.Nano()), true
}
