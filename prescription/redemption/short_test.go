package redemption

import (
	"fmt"
	"testing"
)

// TestTailsAreBounded: each last four that a code knows is one more that may be guessed beside it.
func TestTailsAreBounded(t *testing.T) {
	var c Short
	for n := range 3 * shortTails {
		if !c.Learn([]string{fmt.Sprintf("%04d", n)}) {
			t.Fatalf("number %d is new", n)
		}
	}
	if len(c.Tails) != shortTails || !c.Fits(fmt.Sprintf("%04d", 3*shortTails-1)) || c.Fits("0000") {
		t.Errorf("knows %v", c.Tails)
	}
}
