package storage

import (
	"fmt"
	"math/rand/v2"
	"testing"

	dbm "github.com/cometbft/cometbft-db"

	"github.com/smart-hospital/hospital/chain/chaintest/size"
	"github.com/smart-hospital/hospital/chain/merkle"
)

type nothing struct{}

func (nothing) Read([]byte) []byte { return nil }

// mth is RFC 6962 2.1 word for word.
func mth(leaves []merkle.Hash) merkle.Hash {
	switch len(leaves) {
	case 0:
		return merkle.EmptyLogRoot()
	case 1:
		return leaves[0]
	}
	k := 1
	for k*2 < len(leaves) {
		k *= 2
	}
	return merkle.NodeHash(mth(leaves[:k]), mth(leaves[k:]))
}

// TestLogAgainstTheStandard compares every size, and every path under every historic size, with the
// definition.
func TestLogAgainstTheStandard(t *testing.T) {
	v := NewView(nothing{})
	var leaves []merkle.Hash
	for size := uint64(0); size <= 70; size++ {
		for past := uint64(0); past <= size; past++ {
			if LogRoot(v, past) != mth(leaves[:past]) {
				t.Fatalf("root of %d of %d", past, size)
			}
		}
		for i := range size {
			path := LogPath(v, i, 0, size)
			root, ok := merkle.LogRootFromPath(leaves[i], i, size, path)
			if !ok || root != mth(leaves) {
				t.Fatalf("path of %d in %d", i, size)
			}
			if wrong, ok := merkle.LogRootFromPath(leaves[i], i^1, size, path); ok && size > 1 && wrong == root {
				t.Fatalf("path of %d passes for %d", i, i^1)
			}
			if _, ok := merkle.LogRootFromPath(leaves[i], i, size, append(path, merkle.Hash{})); ok {
				t.Fatalf("a path too long passes")
			}
		}
		rec := fmt.Appendf(nil, "record %d", size)
		AppendEntry(v, size, Entry{Record: rec}, merkle.LeafHash(rec))
		leaves = append(leaves, merkle.LeafHash(rec))
	}
}

// statusReference is the status tree by its definition, from a plain map.
func statusReference(states map[merkle.Hash]merkle.Hash, depth int) merkle.Hash {
	if len(states) == 0 {
		return merkle.Hash{}
	}
	if len(states) == 1 {
		for k, v := range states {
			return merkle.StatusLeafHash(k, v)
		}
	}
	sides := [2]map[merkle.Hash]merkle.Hash{{}, {}}
	for k, v := range states {
		sides[k.Bit(depth)][k] = v
	}
	return merkle.StatusNodeHash(statusReference(sides[0], depth+1), statusReference(sides[1], depth+1))
}

// TestStatusTreeAgainstItsDefinition writes and overwrites keys, some with long common beginnings,
// and checks root, inclusion and absence after every step. The seed is printed.
func TestStatusTreeAgainstItsDefinition(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	v, states, block := NewView(nothing{}), map[merkle.Hash]merkle.Hash{}, map[merkle.Hash]merkle.Hash{}
	var keys []merkle.Hash
	for range size.Draws(t, 200) {
		key := merkle.StatusKey(fmt.Sprint(rng.Uint64()))
		switch kind := rng.IntN(9); {
		case len(keys) > 0 && kind < 3:
			key = keys[rng.IntN(len(keys))]
		case len(keys) > 0 && kind < 5: // a neighbour: the same but for one bit
			key = keys[rng.IntN(len(keys))]
			bit := rng.IntN(256)
			key[bit/8] ^= 1 << (7 - bit%8)
		}
		keys = append(keys, key)
		states[key] = merkle.StatusValue(fmt.Append(nil, rng.Uint64()))
		block[key] = states[key]
		if rng.IntN(3) > 0 { // several keys at once as well as one
			continue
		}
		root := UpdateStatus(v, block)
		clear(block)
		if want := statusReference(states, 0); root != want || v.upper.Hash() != want {
			t.Fatal("root differs from the definition")
		}
		prove(t, v, states, root, keys[rng.IntN(len(keys))])
		prove(t, v, states, root, merkle.StatusKey(fmt.Sprint(rng.Uint64())))
	}
}

func prove(t *testing.T, v *View, states map[merkle.Hash]merkle.Hash, root, key merkle.Hash) {
	t.Helper()
	path, at := StatusPath(v.upper, v, key)
	if merkle.StatusRootFromPath(at.Hash(), key, path) != root {
		t.Fatal("path does not lead to the root")
	}
	value, present := states[key]
	if found := at.Kind == NodeLeaf && at.A == key; found != present || (found && at.B != value) {
		t.Fatal("wrong leaf at the end of the path")
	}
	if at.Kind == NodeLeaf && key.CommonBits(at.A) < len(path) {
		t.Fatal("the leaf at the end does not stand at the key's place")
	}
}

// TestUpperLevelsAreRead: a tree of more subjects than the levels in memory part comes out the same
// when the ledger is opened again, whatever the order in which they came.
func TestUpperLevelsAreRead(t *testing.T) {
	db := Database{dbm.NewMemDB()}
	now, err := NewRecent(db)
	if err != nil {
		t.Fatal(err)
	}
	states := map[merkle.Hash]merkle.Hash{}
	for block := range 40 {
		v := NewView(now)
		for i := range 1 + block {
			key := merkle.StatusKey(string(rune('a' + block*i%97)))
			if i%5 == 0 { // keys that part below the levels in memory, or at their end
				key[2], key[1] = byte(block), key[1]&^1
			}
			value := merkle.StatusValue([]byte{byte(block), byte(i)})
			v.Status[key], states[key] = value, value
		}
		want := UpdateStatus(v, v.Status)
		for k, b := range v.Writes {
			if b == nil {
				err = db.Delete([]byte(k))
			} else {
				err = db.Set([]byte(k), b)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		now.Committed(v)
		again, err := NewRecent(db)
		if err != nil {
			t.Fatal(err)
		}
		if again.Upper.Hash() != want || want != statusReference(states, 0) {
			t.Fatalf("block %d: another root", block)
		}
		for key, value := range states {
			path, at := StatusPath(again.Upper, db, key)
			if at != (StatusNode{NodeLeaf, key, value}) ||
				merkle.StatusRootFromPath(at.Hash(), key, path) != want {
				t.Fatalf("block %d: a leaf is not proved", block)
			}
		}
		now = again
	}
}
