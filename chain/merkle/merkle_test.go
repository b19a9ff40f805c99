package merkle

import "testing"

// TestPathLength: a place's path has the one length that leads to a root.
func TestPathLength(t *testing.T) {
	for size := uint64(1); size <= 2*64; size++ {
		for index := range size {
			for n := range 9 {
				if _, leads := LogRootFromPath(Hash{}, index, size, make([]Hash, n)); leads !=
					(PathLen(index, size) == n) {
					t.Fatalf("%d of %d: a path of %d leads to a root: %v", index, size, n, leads)
				}
			}
		}
	}
}
