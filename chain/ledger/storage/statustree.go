package storage

import (
	"bytes"
	"encoding/binary"
	"slices"

	"github.com/smart-hospital/hospital/chain/merkle"
)

// The status tree: a compact sparse Merkle tree from a subject's key to its state. Nodes are stored
// by their place and overwritten, so the tree takes room for the subjects and not for their
// history. A place holds nothing, one leaf (NodeLeaf, key, value) or two children's hashes
// (nodeBranch, left, right).
//
// Every change walks through the upper levels, so they are kept in memory (upper), and of them the
// leaves alone are stored: the branches follow from what is below them when the ledger is opened.
const (
	NodeLeaf   = 'l'
	nodeBranch = 'b'
)

// StatusNode is what stands at a place of the status tree.
type StatusNode struct {
	Kind byte        // 0: empty
	A, B merkle.Hash // leaf: key, value; branch: left, right
}

// Hash is 32 zero bytes for an empty place.
func (n StatusNode) Hash() merkle.Hash {
	switch n.Kind {
	case NodeLeaf:
		return merkle.StatusLeafHash(n.A, n.B)
	case nodeBranch:
		return merkle.StatusNodeHash(n.A, n.B)
	}
	return merkle.Hash{}
}

// keyStatus is the place at a depth on the way to a key.
func keyStatus(depth int, key merkle.Hash) []byte {
	k := binary.BigEndian.AppendUint16([]byte("q"), uint16(depth))
	k = append(k, key[:(depth+7)/8]...)
	if depth%8 != 0 {
		k[len(k)-1] &= 0xff << (8 - depth%8)
	}
	return k
}

func statusAt(r Reader, depth int, key merkle.Hash) (n StatusNode) {
	return parseStatus(r.Read(keyStatus(depth, key)))
}

func parseStatus(b []byte) StatusNode {
	if len(b) == 65 {
		return StatusNode{b[0], merkle.Hash(b[1:33]), merkle.Hash(b[33:])}
	}
	return StatusNode{}
}

func setStatus(v *View, depth int, key merkle.Hash, n StatusNode) merkle.Hash {
	b := make([]byte, 0, 1+2*len(n.A))
	v.Set(keyStatus(depth, key), append(append(append(b, n.Kind), n.A[:]...), n.B[:]...))
	return n.Hash()
}

// upperDepths is how many levels are kept in memory, branches alone below: some 10 MiB when all of
// them are there, and some tens of milliseconds to read what stands below them.
const upperDepths = 16

// Upper is a place of the upper levels; nil: nothing there. It never changes.
type Upper struct {
	StatusNode
	left, right *Upper // of a branch, above the last of these levels
}

// Hash is the hash of what stands there.
func (u *Upper) Hash() merkle.Hash {
	if u == nil {
		return merkle.Hash{}
	}
	return u.StatusNode.Hash()
}

// loadUpper reads the upper levels.
func loadUpper(db Database) (*Upper, error) {
	it, err := db.Iterator(keyStatus(0, merkle.Hash{}), keyStatus(upperDepths+1, merkle.Hash{}))
	if err != nil {
		return nil, err
	}
	defer it.Close()
	var top *Upper
	for ; it.Valid(); it.Next() {
		key, n := it.Key(), parseStatus(it.Value())
		depth := int(binary.BigEndian.Uint16(key[1:]))
		if depth < upperDepths && n.Kind != NodeLeaf {
			continue // stored by programs that kept nothing in memory
		}
		var at merkle.Hash
		copy(at[:], key[3:])
		hang(&top, 0, depth, at, n)
	}
	top.settle()
	return top, it.Error()
}

// hang puts a node at its place at a depth, below u at depth from.
func hang(u **Upper, from, depth int, key merkle.Hash, n StatusNode) {
	if from == depth {
		*u = &Upper{StatusNode: n}
		return
	}
	if *u == nil {
		*u = &Upper{StatusNode: StatusNode{Kind: nodeBranch}}
	}
	child, hash := &(*u).left, &(*u).A
	if key.Bit(from) != 0 {
		child, hash = &(*u).right, &(*u).B
	}
	if from+1 == upperDepths {
		*hash = n.Hash()
		return
	}
	hang(child, from+1, depth, key, n)
}

// settle computes the branches' hashes from those of the lowest level.
func (u *Upper) settle() merkle.Hash {
	if u != nil && u.left != nil {
		u.A = u.left.settle()
	}
	if u != nil && u.right != nil {
		u.B = u.right.settle()
	}
	return u.Hash()
}

// UpdateStatus puts values at their keys and returns the new root. The tree depends on what stands
// in it and not on the order in which it came, so a block's steps are put in together: every branch
// on the way to them is read, hashed and written once.
func UpdateStatus(v *View, values map[merkle.Hash]merkle.Hash) merkle.Hash {
	leaves := make([]StatusNode, 0, len(values))
	for key, value := range values {
		leaves = append(leaves, StatusNode{NodeLeaf, key, value})
	}
	slices.SortFunc(leaves, func(x, y StatusNode) int { return bytes.Compare(x.A[:], y.A[:]) })
	if len(leaves) > 0 {
		v.upper = growUpper(v, 0, v.upper, leaves)
	}
	return v.upper.Hash()
}

// growUpper is growStatus for a place of the upper levels.
func growUpper(v *View, depth int, at *Upper, leaves []StatusNode) *Upper {
	var next Upper
	switch {
	case at == nil:
	case at.Kind == NodeLeaf:
		leaves = withLeaf(leaves, at.StatusNode)
		if len(leaves) > 1 {
			v.Set(keyStatus(depth, at.A), nil)
		}
	default:
		next = *at
	}
	if next.Kind != nodeBranch && len(leaves) == 1 {
		setStatus(v, depth, leaves[0].A, leaves[0])
		return &Upper{StatusNode: leaves[0]}
	}
	old := next.Kind == nodeBranch
	next.Kind = nodeBranch
	grow := func(side []StatusNode, child **Upper, hash *merkle.Hash) {
		switch {
		case len(side) == 0:
		case depth+1 < upperDepths:
			*child = growUpper(v, depth+1, *child, side)
			*hash = (*child).Hash()
		default:
			*hash = growStatus(v, depth+1, statusBelow(v, old, depth, side), side)
		}
	}
	left, right := sides(leaves, depth)
	grow(left, &next.left, &next.A)
	grow(right, &next.right, &next.B)
	return &next
}

// statusBelow is what stands below a place on the way to leaves: nothing, unless a branch was
// there.
func statusBelow(v *View, branch bool, depth int, leaves []StatusNode) (n StatusNode) {
	if branch {
		n = statusAt(v, depth+1, leaves[0].A)
	}
	return n
}

// withLeaf adds the leaf that stands at a place to those that come there, unless one of them takes
// its key: it goes down with them to where their keys part.
func withLeaf(leaves []StatusNode, at StatusNode) []StatusNode {
	i, there := slices.BinarySearchFunc(leaves, at.A,
		func(n StatusNode, key merkle.Hash) int { return bytes.Compare(n.A[:], key[:]) })
	if there {
		return leaves
	}
	return slices.Insert(slices.Clone(leaves), i, at)
}

// sides parts leaves by their keys' bit at a depth.
func sides(leaves []StatusNode, depth int) (left, right []StatusNode) {
	n := 0
	for n < len(leaves) && leaves[n].A.Bit(depth) == 0 {
		n++
	}
	return leaves[:n], leaves[n:]
}

// growStatus puts leaves, ascending and at least one, below the place on the way to them where at
// stands, and returns the place's hash. Nothing is ever taken out, so below a leaf or an empty
// place there is nothing to read.
func growStatus(v *View, depth int, at StatusNode, leaves []StatusNode) merkle.Hash {
	if at.Kind == NodeLeaf {
		leaves = withLeaf(leaves, at)
	}
	if at.Kind != nodeBranch && len(leaves) == 1 {
		return setStatus(v, depth, leaves[0].A, leaves[0])
	}
	old := at.Kind == nodeBranch
	if !old {
		at = StatusNode{Kind: nodeBranch}
	}
	left, right := sides(leaves, depth)
	if len(left) > 0 {
		at.A = growStatus(v, depth+1, statusBelow(v, old, depth, left), left)
	}
	if len(right) > 0 {
		at.B = growStatus(v, depth+1, statusBelow(v, old, depth, right), right)
	}
	return setStatus(v, depth, leaves[0].A, at)
}

// StatusPath walks to a key: the siblings on the way, root side first, and what stands at the end.
// r is read below the upper levels.
func StatusPath(top *Upper, r Reader, key merkle.Hash) (path []merkle.Hash, at StatusNode) {
	for depth := 0; ; depth++ {
		if depth >= upperDepths {
			at = statusAt(r, depth, key)
		} else if at = (StatusNode{}); top != nil {
			at = top.StatusNode
		}
		if at.Kind != nodeBranch {
			return path, at
		}
		sibling, next := at.B, (*Upper)(nil)
		if key.Bit(depth) != 0 {
			sibling = at.A
		}
		if top != nil {
			if next = top.left; key.Bit(depth) != 0 {
				next = top.right
			}
		}
		path, top = append(path, sibling), next
	}
}
