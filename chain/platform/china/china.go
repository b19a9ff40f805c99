// Package china is the civil time of every date the law counts in.
package china

import "time"

// Ahead is how far China's clock is ahead of UTC: without summer time since 1991.
const Ahead = 8 * time.Hour

// Zone is China's.
var Zone = time.FixedZone("UTC+8", int(Ahead/time.Second))

// Day is the civil day of a moment, "2006-01-02".
func Day(at time.Time) string { return at.In(Zone).Format(time.DateOnly) }

// IsDay tells whether s is a calendar day written "2006-01-02".
func IsDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}
