// Package china is the civil time of every date the law counts in.
package china

import "time"

// Zone has had no summer time since 1991.
var Zone = time.FixedZone("UTC+8", 8*60*60)

// Day is the civil day of a moment, "2006-01-02".
func Day(at time.Time) string { return at.In(Zone).Format(time.DateOnly) }

// IsDay tells whether s is a calendar day written "2006-01-02".
func IsDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}
