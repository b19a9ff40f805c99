package ledger

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest/size"
)

type nothing struct{}

func (nothing) get([]byte) []byte { return nil }

// mth is RFC 6962 2.1 word for word.
func mth(leaves []chain.Hash) chain.Hash {
	switch len(leaves) {
	case 0:
		return chain.EmptyLogRoot()
	case 1:
		return leaves[0]
	}
	k := 1
	for k*2 < len(leaves) {
		k *= 2
	}
	return chain.NodeHash(mth(leaves[:k]), mth(leaves[k:]))
}

// TestLogAgainstTheStandard compares every size, and every path under every historic size, with the
// definition.
func TestLogAgainstTheStandard(t *testing.T) {
	v := newView(nothing{})
	var leaves []chain.Hash
	for size := uint64(0); size <= 70; size++ {
		for past := uint64(0); past <= size; past++ {
			if logRoot(v, past) != mth(leaves[:past]) {
				t.Fatalf("root of %d of %d", past, size)
			}
		}
		for i := range size {
			path := logPath(v, i, 0, size)
			root, ok := chain.LogRootFromPath(leaves[i], i, size, path)
			if !ok || root != mth(leaves) {
				t.Fatalf("path of %d in %d", i, size)
			}
			if wrong, ok := chain.LogRootFromPath(leaves[i], i^1, size, path); ok && size > 1 && wrong == root {
				t.Fatalf("path of %d passes for %d", i, i^1)
			}
			if _, ok := chain.LogRootFromPath(leaves[i], i, size, append(path, chain.Hash{})); ok {
				t.Fatalf("a path too long passes")
			}
		}
		rec := fmt.Appendf(nil, "record %d", size)
		appendEntry(v, size, entry{Record: rec}, chain.LeafHash(rec))
		leaves = append(leaves, chain.LeafHash(rec))
	}
}

// statusReference is the status tree by its definition, from a plain map.
func statusReference(states map[chain.Hash]chain.Hash, depth int) chain.Hash {
	if len(states) == 0 {
		return chain.Hash{}
	}
	if len(states) == 1 {
		for k, v := range states {
			return chain.StatusLeafHash(k, v)
		}
	}
	sides := [2]map[chain.Hash]chain.Hash{{}, {}}
	for k, v := range states {
		sides[k.Bit(depth)][k] = v
	}
	return chain.StatusNodeHash(statusReference(sides[0], depth+1), statusReference(sides[1], depth+1))
}

// TestStatusTreeAgainstItsDefinition writes and overwrites keys, some with long common beginnings,
// and checks root, inclusion and absence after every step. The seed is printed.
func TestStatusTreeAgainstItsDefinition(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	v, states, block := newView(nothing{}), map[chain.Hash]chain.Hash{}, map[chain.Hash]chain.Hash{}
	var keys []chain.Hash
	for range size.Draws(t, 200) {
		key := chain.StatusKey(fmt.Sprint(rng.Uint64()))
		switch kind := rng.IntN(9); {
		case len(keys) > 0 && kind < 3:
			key = keys[rng.IntN(len(keys))]
		case len(keys) > 0 && kind < 5: // a neighbour: the same but for one bit
			key = keys[rng.IntN(len(keys))]
			bit := rng.IntN(256)
			key[bit/8] ^= 1 << (7 - bit%8)
		}
		keys = append(keys, key)
		states[key] = chain.StatusValue(fmt.Append(nil, rng.Uint64()))
		block[key] = states[key]
		if rng.IntN(3) > 0 { // several keys at once as well as one
			continue
		}
		root := updateStatus(v, block)
		clear(block)
		if want := statusReference(states, 0); root != want || v.upper.hash() != want {
			t.Fatal("root differs from the definition")
		}
		prove(t, v, states, root, keys[rng.IntN(len(keys))])
		prove(t, v, states, root, chain.StatusKey(fmt.Sprint(rng.Uint64())))
	}
}

func prove(t *testing.T, v *view, states map[chain.Hash]chain.Hash, root, key chain.Hash) {
	t.Helper()
	path, at := statusPath(v.upper, v, key)
	if chain.StatusRootFromPath(at.hash(), key, path) != root {
		t.Fatal("path does not lead to the root")
	}
	value, present := states[key]
	if found := at.kind == nodeLeaf && at.a == key; found != present || (found && at.b != value) {
		t.Fatal("wrong leaf at the end of the path")
	}
	if at.kind == nodeLeaf && key.CommonBits(at.a) < len(path) {
		t.Fatal("the leaf at the end does not stand at the key's place")
	}
}
