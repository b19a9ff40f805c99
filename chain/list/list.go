// Package list makes one digest of many things, and proves each of them under it: what a record
// commits to by facts.root (chain/RECEIPT.md section 14). A sum list has amounts as well: a proof
// shows that an amount is in the total, the whole list shows the total. It keeps nothing and asks
// nobody.
package list

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// First bytes of what is hashed here; those of the chain are in chain/RECEIPT.md section 1.
const (
	tagItem = 0x10
	tagNode = 0x16
	tagRoot = 0x17
)

// Errors of lists and of proofs.
var (
	ErrList  = errors.New("list: no items, or an amount below 0 or a total above the largest")
	ErrProof = errors.New("list: the proof does not hold")
)

// Leaf is an item's: SM3(0x10 ‖ item).
func Leaf(item []byte) merkle.Hash { return gm.Sum([]byte{tagItem}, item) }

// Tree is a list whose every node is kept: 64 bytes an item.
type Tree struct{ levels [][]merkle.Hash }

// New makes a list of items in their order: ErrList without any.
func New(items [][]byte) (*Tree, error) {
	if len(items) == 0 {
		return nil, ErrList
	}
	leaves := make([]merkle.Hash, len(items))
	for i, item := range items {
		leaves[i] = Leaf(item)
	}
	return &Tree{grow(leaves, merkle.NodeHash)}, nil
}

// Root is the list's digest.
func (t *Tree) Root() merkle.Hash { return top(t.levels) }

// Path is the audit path of an item, from 0; it panics beyond the last.
func (t *Tree) Path(index int) []merkle.Hash { return path(t.levels, index) }

// Holds tells whether an item stands in the list of a root, at an index of so many.
func Holds(root merkle.Hash, item []byte, index, size uint64, path []merkle.Hash) bool {
	got, ok := merkle.LogRootFromPath(Leaf(item), index, size, path)
	return ok && got == root
}

// Entry is an item of a sum list.
type Entry struct {
	Item   []byte
	Amount int64 // 0 to contract.MaxAmount
}

// node is a hash with the sum of what is below it.
type node struct {
	hash merkle.Hash
	sum  int64
}

func join(l, r node) node {
	return node{gm.Sum([]byte{tagNode}, eight(l.sum), l.hash[:], eight(r.sum), r.hash[:]), l.sum + r.sum}
}

func eight(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }

// Sums is a sum list whose every node is kept: 80 bytes an item.
type Sums struct{ levels [][]node }

// NewSums makes a sum list of entries in their order: ErrList.
func NewSums(entries []Entry) (*Sums, error) {
	leaves, total := make([]node, len(entries)), int64(0)
	for i, e := range entries {
		if e.Amount < 0 || e.Amount > contract.MaxAmount-total {
			return nil, fmt.Errorf("%w: entry %d", ErrList, i)
		}
		total += e.Amount
		leaves[i] = node{Leaf(e.Item), e.Amount}
	}
	if len(entries) == 0 {
		return nil, ErrList
	}
	return &Sums{grow(leaves, join)}, nil
}

// Total is the sum of all amounts.
func (s *Sums) Total() int64 { return top(s.levels).sum }

// Root is the list's digest: SM3(0x17 ‖ size ‖ total ‖ top).
func (s *Sums) Root() merkle.Hash { return root(uint64(len(s.levels[0])), top(s.levels)) }

func root(size uint64, top node) merkle.Hash {
	return gm.Sum([]byte{tagRoot}, eight(int64(size)), eight(top.sum), top.hash[:])
}

// Proof shows that an item's amount is in a list's total.
type Proof struct {
	Amount int64     `json:"amount"`
	Index  uint64    `json:"index"` // from 0
	Path   []Sibling `json:"path"`  // leaf side first
	Size   uint64    `json:"size"`  // items of the list
	Total  int64     `json:"total"`
}

// Sibling is a node of a path.
type Sibling struct {
	Hash string `json:"hash"` // lower hex
	Sum  int64  `json:"sum"`
}

// Prove is the proof of an item, from 0; it panics beyond the last.
func (s *Sums) Prove(index int) Proof {
	p := Proof{Amount: s.levels[0][index].sum, Index: uint64(index), Path: []Sibling{},
		Size: uint64(len(s.levels[0])), Total: s.Total()}
	for _, n := range path(s.levels, index) {
		p.Path = append(p.Path, Sibling{hex.EncodeToString(n.hash[:]), n.sum})
	}
	return p
}

// Check holds the proof of an item against the list's root: ErrProof.
func (p Proof) Check(want merkle.Hash, item []byte) error {
	if p.Size > contract.MaxAmount || !isAmount(p.Amount) || !isAmount(p.Total) {
		return fmt.Errorf("%w: a number is too large", ErrProof)
	}
	siblings := make([]node, len(p.Path))
	for i, s := range p.Path {
		if !contract.IsHash(s.Hash) || !isAmount(s.Sum) {
			return fmt.Errorf("%w: path, %d", ErrProof, i)
		}
		_, _ = hex.Decode(siblings[i].hash[:], []byte(s.Hash))
		siblings[i].sum = s.Sum
	}
	if len(siblings) > 64 { // so that no sum overflows
		return fmt.Errorf("%w: path too long", ErrProof)
	}
	got, ok := merkle.FoldPath(node{Leaf(item), p.Amount}, p.Index, p.Size, siblings, join)
	if !ok || got.sum != p.Total || root(p.Size, got) != want {
		return ErrProof
	}
	return nil
}

func isAmount(n int64) bool { return n >= 0 && n <= contract.MaxAmount }

// grow makes the levels of a tree from its leaves up: the last of an odd number stands alone and
// goes up as it is, which is the tree of RFC 9162 2.1.1.
func grow[N any](leaves []N, join func(l, r N) N) [][]N {
	levels := [][]N{leaves}
	for len(leaves) > 1 {
		above := make([]N, 0, (len(leaves)+1)/2)
		for i := 0; i+1 < len(leaves); i += 2 {
			above = append(above, join(leaves[i], leaves[i+1]))
		}
		if len(leaves)%2 == 1 {
			above = append(above, leaves[len(leaves)-1])
		}
		levels, leaves = append(levels, above), above
	}
	return levels
}

func top[N any](levels [][]N) N { return levels[len(levels)-1][0] }

// path are a leaf's siblings from its level up; where it stands alone there is none.
func path[N any](levels [][]N, index int) (out []N) {
	for _, level := range levels[:len(levels)-1] {
		if sibling := index ^ 1; sibling < len(level) {
			out = append(out, level[sibling])
		}
		index /= 2
	}
	return out
}
