package storage

import (
	"errors"
	"fmt"
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// TestConsistencyAgainstTheStandard: every older log is proved a prefix of every later one, by a
// path that proves no other pair of sizes or roots.
func TestConsistencyAgainstTheStandard(t *testing.T) {
	const most = 40
	v := NewView(nothing{})
	leaves := make([]merkle.Hash, 0, most)
	for i := range uint64(most) {
		rec := fmt.Appendf(nil, "record %d", i)
		AppendEntry(v, i, Entry{Record: rec}, merkle.LeafHash(rec))
		leaves = append(leaves, merkle.LeafHash(rec))
	}
	header := func(size uint64) chain.SealedHeader {
		root := mth(leaves[:size]).String()
		return chain.SealedHeader{Header: chain.Header{Chain: "c", Height: int64(size) + 1, LogSize: size,
			LogRoot: root, StatusRoot: root, MembersRoot: root, Time: 1}}
	}
	for n := uint64(0); n <= most; n++ {
		for m := uint64(0); m <= n; m++ {
			c := &chain.Consistency{V: chain.Version, Old: header(m), New: header(n)}
			if 0 < m && m < n {
				for _, h := range LogGrowth(v, m, 0, n, true) {
					c.Path = append(c.Path, h.String())
				}
			}
			if err := c.Check(); err != nil {
				t.Fatalf("%d in %d: %v", m, n, err)
			}
			for name, forge := range map[string]func(*chain.Consistency){
				"old root": func(c *chain.Consistency) { c.Old.Header.LogRoot = merkle.LeafHash([]byte("x")).String() },
				"new root": func(c *chain.Consistency) { c.New.Header.LogRoot = merkle.LeafHash([]byte("x")).String() },
				"longer": func(c *chain.Consistency) {
					c.Path = append(c.Path[:len(c.Path):len(c.Path)],
						merkle.Hash{}.String())
				},
				"shorter":  func(c *chain.Consistency) { c.Path = c.Path[:max(0, len(c.Path)-1)] },
				"old size": func(c *chain.Consistency) { c.Old.Header.LogSize++ },
			} {
				bad := *c
				forge(&bad)
				nothingToTake := name == "shorter" && len(c.Path) == 0
				emptyProvesNothing := name == "new root" && m == 0 && n > 0 // every log begins with the empty one
				if err := bad.Check(); !nothingToTake && !emptyProvesNothing && chain.ReasonOf(err) == "" {
					t.Fatalf("%d in %d, %s: passes", m, n, name)
				}
			}
		}
	}
	c := &chain.Consistency{V: chain.Version, Old: header(9), New: header(7)}
	if err := c.Check(); !errors.Is(err, chain.ReasonMalformed) {
		t.Errorf("backwards: %v", err)
	}
}
