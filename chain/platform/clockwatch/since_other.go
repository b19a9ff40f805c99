//go:build !linux

package clockwatch

import "time"

// sinceStart: here the process's own monotonic clock must do, which a start does not outlive.
func sinceStart() (start string, since time.Duration, ok bool) { return "", 0, false }
