package ledger

import (
	"bytes"
	"encoding/binary"
	"slices"

	"github.com/smart-hospital/hospital/chain"
)

// The status tree: a compact sparse Merkle tree from a subject's key to its state. Nodes are stored
// by their place and overwritten, so the tree takes room for the subjects and not for their
// history. A place holds nothing, one leaf (nodeLeaf, key, value) or two children's hashes
// (nodeBranch, left, right).
const (
	nodeLeaf   = 'l'
	nodeBranch = 'b'
)

type statusNode struct {
	kind byte       // 0: empty
	a, b chain.Hash // leaf: key, value; branch: left, right
}

func (n statusNode) hash() chain.Hash {
	switch n.kind {
	case nodeLeaf:
		return chain.StatusLeafHash(n.a, n.b)
	case nodeBranch:
		return chain.StatusNodeHash(n.a, n.b)
	}
	return chain.Hash{}
}

// keyStatus is the place at a depth on the way to a key.
func keyStatus(depth int, key chain.Hash) []byte {
	k := binary.BigEndian.AppendUint16([]byte("q"), uint16(depth))
	k = append(k, key[:(depth+7)/8]...)
	if depth%8 != 0 {
		k[len(k)-1] &= 0xff << (8 - depth%8)
	}
	return k
}

func statusAt(r reader, depth int, key chain.Hash) (n statusNode) {
	if b := r.get(keyStatus(depth, key)); len(b) == 65 {
		return statusNode{b[0], chain.Hash(b[1:33]), chain.Hash(b[33:])}
	}
	return statusNode{}
}

func setStatus(v *view, depth int, key chain.Hash, n statusNode) chain.Hash {
	b := make([]byte, 0, 1+2*len(n.a))
	v.set(keyStatus(depth, key), append(append(append(b, n.kind), n.a[:]...), n.b[:]...))
	return n.hash()
}

// updateStatus puts values at their keys and returns the new root. The tree depends on what stands
// in it and not on the order in which it came, so a block's steps are put in together: every branch
// on the way to them is read, hashed and written once.
func updateStatus(v *view, values map[chain.Hash]chain.Hash) chain.Hash {
	leaves := make([]statusNode, 0, len(values))
	for key, value := range values {
		leaves = append(leaves, statusNode{nodeLeaf, key, value})
	}
	slices.SortFunc(leaves, func(x, y statusNode) int { return bytes.Compare(x.a[:], y.a[:]) })
	at := statusAt(v, 0, chain.Hash{})
	if len(leaves) == 0 {
		return at.hash()
	}
	return growStatus(v, 0, at, leaves)
}

// growStatus puts leaves, ascending and at least one, below the place on the way to them where at
// stands, and returns the place's hash. Nothing is ever taken out, so below a leaf or an empty
// place there is nothing to read.
func growStatus(v *view, depth int, at statusNode, leaves []statusNode) chain.Hash {
	if at.kind == nodeLeaf {
		if i, there := slices.BinarySearchFunc(leaves, at.a,
			func(n statusNode, key chain.Hash) int { return bytes.Compare(n.a[:], key[:]) }); !there {
			leaves = slices.Insert(slices.Clone(leaves), i, at) // goes down with the others to where their keys part
		}
	}
	if at.kind != nodeBranch && len(leaves) == 1 {
		return setStatus(v, depth, leaves[0].a, leaves[0])
	}
	old := at.kind == nodeBranch
	if !old {
		at = statusNode{kind: nodeBranch}
	}
	right := 0
	for right < len(leaves) && leaves[right].a.Bit(depth) == 0 {
		right++
	}
	grow := func(side []statusNode, hash *chain.Hash) {
		if len(side) == 0 {
			return
		}
		var child statusNode
		if old {
			child = statusAt(v, depth+1, side[0].a)
		}
		*hash = growStatus(v, depth+1, child, side)
	}
	grow(leaves[:right], &at.a)
	grow(leaves[right:], &at.b)
	return setStatus(v, depth, leaves[0].a, at)
}

// statusPath walks to a key: the siblings on the way, root side first, and what stands at the end.
func statusPath(r reader, key chain.Hash) (path []chain.Hash, at statusNode) {
	at = statusAt(r, 0, key)
	for depth := 0; at.kind == nodeBranch; depth++ {
		if key.Bit(depth) == 0 {
			path = append(path, at.b)
		} else {
			path = append(path, at.a)
		}
		at = statusAt(r, depth+1, key)
	}
	return path, at
}
