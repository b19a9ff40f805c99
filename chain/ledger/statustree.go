package ledger

import (
	"encoding/binary"

	"github.com/smart-hospital/hospital/chain"
)

// The status tree: a compact sparse Merkle tree from a subject's key to its state. Nodes are stored by their place and
// overwritten, so the tree takes room for the subjects and not for their history. A place holds nothing, one leaf
// (nodeLeaf, key, value) or two children's hashes (nodeBranch, left, right).
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
	place := keyStatus(depth, key)
	v.get(place) // so that the step back is known
	v.set(place, append(append([]byte{n.kind}, n.a[:]...), n.b[:]...))
	return n.hash()
}

// updateStatus puts a value at a key and returns the new root.
func updateStatus(v *view, key, value chain.Hash) chain.Hash {
	var branches []statusNode
	depth, n := 0, statusAt(v, 0, key)
	for ; n.kind == nodeBranch; n = statusAt(v, depth, key) {
		branches = append(branches, n)
		depth++
	}
	if n.kind == nodeLeaf && n.a != key {
		// Another subject stands here: both go down to where their keys part, over branches with one empty side.
		common := key.CommonBits(n.a)
		for ; depth < common; depth++ {
			branches = append(branches, statusNode{kind: nodeBranch})
		}
		other := setStatus(v, depth+1, n.a, n)
		branches = append(branches, statusNode{kind: nodeBranch}.with(n.a.Bit(depth), other))
		depth++
	}
	h := setStatus(v, depth, key, statusNode{nodeLeaf, key, value})
	for depth--; depth >= 0; depth-- {
		h = setStatus(v, depth, key, branches[depth].with(key.Bit(depth), h))
	}
	return h
}

func (n statusNode) with(side int, child chain.Hash) statusNode {
	if side == 0 {
		n.a = child
	} else {
		n.b = child
	}
	return n
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
