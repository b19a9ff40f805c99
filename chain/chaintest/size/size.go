// Package size says how often the slow loops of tests run. An ordinary run keeps them small, so
// that one runs it while working; variables ask for more (.ci/run, .ci/nightly), and nothing else
// differs.
//
// The variables: HOSPITAL_KILLS, HOSPITAL_CLAIMS, HOSPITAL_RUNS, HOSPITAL_REDEMPTIONS, and
// HOSPITAL_DRAWS, by which the loops over random cases are multiplied.
// HOSPITAL_RACE_WHOLE gives the race detector what does one thing after the other as well.
package size

import (
	"flag"
	"os"
	"runtime"
	"strconv"
	"testing"
)

// Of is the number that an environment variable holds, or, without the variable, the small one. A
// variable that is no positive number fails the test: what was meant to be long must not be short.
func Of(t testing.TB, variable string, small int) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return small
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s: %q is no positive number", variable, text)
	}
	return n
}

// Draws is how many random cases to try, of so many in an ordinary run.
func Draws(t testing.TB, small int) int {
	t.Helper()
	return small * Of(t, "HOSPITAL_DRAWS", 1)
}

// InTurn skips a test under the race detector: it does one thing after the other, so that the
// detector, which makes it ten times as slow, has nothing to see. An ordinary run does all of it,
// and so does the detector with HOSPITAL_RACE_WHOLE, which .ci/nightly sets.
func InTurn(t testing.TB) {
	t.Helper()
	if raceDetector && os.Getenv("HOSPITAL_RACE_WHOLE") == "" {
		t.Skip("does one thing after the other: an ordinary run does it")
	}
}

// Waiting runs more tests of a package beside each other than there are processors: they wait most
// of the time, for processes, blocks and clocks. TestMain calls it before m.Run; -parallel given by
// hand holds. The race detector leaves no time to wait.
func Waiting() {
	if raceDetector {
		return
	}
	if err := flag.Set("test.parallel", strconv.Itoa(2*runtime.GOMAXPROCS(0))); err != nil {
		panic(err)
	}
}
