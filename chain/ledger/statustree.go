package ledger

import (
	"bytes"
	"encoding/binary"
	"slices"

	"github.com/smart-hospital/hospital/chain/merkle"
)

// The status tree: a compact sparse Merkle tree from a subject's key to its state. Nodes are stored
// by their place and overwritten, so the tree takes room for the subjects and not for their
// history. A place holds nothing, one leaf (nodeLeaf, key, value) or two children's hashes
// (nodeBranch, left, right).
//
// Every change walks through the upper levels, so they are kept in memory (upper), and of them the
// leaves alone are stored: the branches follow from what is below them when the ledger is opened.
const (
	nodeLeaf   = 'l'
	nodeBranch = 'b'
)

type statusNode struct {
	kind byte        // 0: empty
	a, b merkle.Hash // leaf: key, value; branch: left, right
}

func (n statusNode) hash() merkle.Hash {
	switch n.kind {
	case nodeLeaf:
		return merkle.StatusLeafHash(n.a, n.b)
	case nodeBranch:
		return merkle.StatusNodeHash(n.a, n.b)
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

func statusAt(r reader, depth int, key merkle.Hash) (n statusNode) {
	return parseStatus(r.get(keyStatus(depth, key)))
}

func parseStatus(b []byte) statusNode {
	if len(b) == 65 {
		return statusNode{b[0], merkle.Hash(b[1:33]), merkle.Hash(b[33:])}
	}
	return statusNode{}
}

func setStatus(v *view, depth int, key merkle.Hash, n statusNode) merkle.Hash {
	b := make([]byte, 0, 1+2*len(n.a))
	v.set(keyStatus(depth, key), append(append(append(b, n.kind), n.a[:]...), n.b[:]...))
	return n.hash()
}

// upperDepths is how many levels are kept in memory, branches alone below: some 10 MiB when all of
// them are there, and some tens of milliseconds to read what stands below them.
const upperDepths = 16

// upper is a place of the upper levels; nil: nothing there. It never changes.
type upper struct {
	statusNode
	left, right *upper // of a branch, above the last of these levels
}

func (u *upper) hash() merkle.Hash {
	if u == nil {
		return merkle.Hash{}
	}
	return u.statusNode.hash()
}

// loadUpper reads the upper levels.
func loadUpper(db database) (*upper, error) {
	it, err := db.Iterator(keyStatus(0, merkle.Hash{}), keyStatus(upperDepths+1, merkle.Hash{}))
	if err != nil {
		return nil, err
	}
	defer it.Close()
	var top *upper
	for ; it.Valid(); it.Next() {
		key, n := it.Key(), parseStatus(it.Value())
		depth := int(binary.BigEndian.Uint16(key[1:]))
		if depth < upperDepths && n.kind != nodeLeaf {
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
func hang(u **upper, from, depth int, key merkle.Hash, n statusNode) {
	if from == depth {
		*u = &upper{statusNode: n}
		return
	}
	if *u == nil {
		*u = &upper{statusNode: statusNode{kind: nodeBranch}}
	}
	child, hash := &(*u).left, &(*u).a
	if key.Bit(from) != 0 {
		child, hash = &(*u).right, &(*u).b
	}
	if from+1 == upperDepths {
		*hash = n.hash()
		return
	}
	hang(child, from+1, depth, key, n)
}

// settle computes the branches' hashes from those of the lowest level.
func (u *upper) settle() merkle.Hash {
	if u != nil && u.left != nil {
		u.a = u.left.settle()
	}
	if u != nil && u.right != nil {
		u.b = u.right.settle()
	}
	return u.hash()
}

// updateStatus puts values at their keys and returns the new root. The tree depends on what stands
// in it and not on the order in which it came, so a block's steps are put in together: every branch
// on the way to them is read, hashed and written once.
func updateStatus(v *view, values map[merkle.Hash]merkle.Hash) merkle.Hash {
	leaves := make([]statusNode, 0, len(values))
	for key, value := range values {
		leaves = append(leaves, statusNode{nodeLeaf, key, value})
	}
	slices.SortFunc(leaves, func(x, y statusNode) int { return bytes.Compare(x.a[:], y.a[:]) })
	if len(leaves) > 0 {
		v.upper = growUpper(v, 0, v.upper, leaves)
	}
	return v.upper.hash()
}

// growUpper is growStatus for a place of the upper levels.
func growUpper(v *view, depth int, at *upper, leaves []statusNode) *upper {
	var next upper
	switch {
	case at == nil:
	case at.kind == nodeLeaf:
		leaves = withLeaf(leaves, at.statusNode)
		if len(leaves) > 1 {
			v.set(keyStatus(depth, at.a), nil)
		}
	default:
		next = *at
	}
	if next.kind != nodeBranch && len(leaves) == 1 {
		setStatus(v, depth, leaves[0].a, leaves[0])
		return &upper{statusNode: leaves[0]}
	}
	old := next.kind == nodeBranch
	next.kind = nodeBranch
	grow := func(side []statusNode, child **upper, hash *merkle.Hash) {
		switch {
		case len(side) == 0:
		case depth+1 < upperDepths:
			*child = growUpper(v, depth+1, *child, side)
			*hash = (*child).hash()
		default:
			*hash = growStatus(v, depth+1, statusBelow(v, old, depth, side), side)
		}
	}
	left, right := sides(leaves, depth)
	grow(left, &next.left, &next.a)
	grow(right, &next.right, &next.b)
	return &next
}

// statusBelow is what stands below a place on the way to leaves: nothing, unless a branch was
// there.
func statusBelow(v *view, branch bool, depth int, leaves []statusNode) (n statusNode) {
	if branch {
		n = statusAt(v, depth+1, leaves[0].a)
	}
	return n
}

// withLeaf adds the leaf that stands at a place to those that come there, unless one of them takes
// its key: it goes down with them to where their keys part.
func withLeaf(leaves []statusNode, at statusNode) []statusNode {
	i, there := slices.BinarySearchFunc(leaves, at.a,
		func(n statusNode, key merkle.Hash) int { return bytes.Compare(n.a[:], key[:]) })
	if there {
		return leaves
	}
	return slices.Insert(slices.Clone(leaves), i, at)
}

// sides parts leaves by their keys' bit at a depth.
func sides(leaves []statusNode, depth int) (left, right []statusNode) {
	n := 0
	for n < len(leaves) && leaves[n].a.Bit(depth) == 0 {
		n++
	}
	return leaves[:n], leaves[n:]
}

// growStatus puts leaves, ascending and at least one, below the place on the way to them where at
// stands, and returns the place's hash. Nothing is ever taken out, so below a leaf or an empty
// place there is nothing to read.
func growStatus(v *view, depth int, at statusNode, leaves []statusNode) merkle.Hash {
	if at.kind == nodeLeaf {
		leaves = withLeaf(leaves, at)
	}
	if at.kind != nodeBranch && len(leaves) == 1 {
		return setStatus(v, depth, leaves[0].a, leaves[0])
	}
	old := at.kind == nodeBranch
	if !old {
		at = statusNode{kind: nodeBranch}
	}
	left, right := sides(leaves, depth)
	if len(left) > 0 {
		at.a = growStatus(v, depth+1, statusBelow(v, old, depth, left), left)
	}
	if len(right) > 0 {
		at.b = growStatus(v, depth+1, statusBelow(v, old, depth, right), right)
	}
	return setStatus(v, depth, leaves[0].a, at)
}

// statusPath walks to a key: the siblings on the way, root side first, and what stands at the end.
// r is read below the upper levels.
func statusPath(top *upper, r reader, key merkle.Hash) (path []merkle.Hash, at statusNode) {
	for depth := 0; ; depth++ {
		if depth >= upperDepths {
			at = statusAt(r, depth, key)
		} else if at = (statusNode{}); top != nil {
			at = top.statusNode
		}
		if at.kind != nodeBranch {
			return path, at
		}
		sibling, next := at.b, (*upper)(nil)
		if key.Bit(depth) != 0 {
			sibling = at.a
		}
		if top != nil {
			if next = top.left; key.Bit(depth) != 0 {
				next = top.right
			}
		}
		path, top = append(path, sibling), next
	}
}
