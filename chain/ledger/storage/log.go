package storage

import (
	"math/bits"

	"github.com/smart-hospital/hospital/chain/merkle"
)

// The log of all records: RFC 6962 with SM3. Complete subtrees are stored once and for ever, so a
// path under any historic size can be made. A record's entry holds those that it completes, its own
// leaf first.

// logNode is the complete subtree at a level, counted from the left.
func logNode(r Reader, level int, index uint64) merkle.Hash {
	e, _ := LoadEntry(r, (index+1)<<level-1)
	if h, ok := e.node(level); ok {
		return h
	}
	if b := r.Read(KeyNode(level, index)); len(e.nodes) == 0 && len(b) == len(merkle.Hash{}) {
		return merkle.Hash(b)
	}
	panic("ledger: a node of the log is missing")
}

// AppendEntry puts a record with its leaf at index, which must be the log's size.
func AppendEntry(v *View, index uint64, e Entry, leaf merkle.Hash) {
	h := leaf
	e.nodes = append(make([]byte, 0, len(h)*(1+bits.TrailingZeros64(index+1))), h[:]...)
	for level := 0; index>>level&1 == 1; level++ {
		h = merkle.NodeHash(logNode(v, level, index>>level-1), h)
		e.nodes = append(e.nodes, h[:]...)
	}
	v.Set(KeyIndex(index), e.encode())
}

// LogRoot is the root over the first size records.
func LogRoot(r Reader, size uint64) merkle.Hash {
	if size == 0 {
		return merkle.EmptyLogRoot()
	}
	return subtree(r, 0, size)
}

// subtree is the hash over the leaves from lo up to hi; lo is a multiple of the power of two at or
// above hi-lo.
func subtree(r Reader, lo, hi uint64) merkle.Hash {
	n := hi - lo
	if n&(n-1) == 0 {
		level := bits.TrailingZeros64(n)
		return logNode(r, level, lo>>level)
	}
	k := lo + split(n)
	return merkle.NodeHash(subtree(r, lo, k), subtree(r, k, hi))
}

// split is the largest power of two below n.
func split(n uint64) uint64 { return 1 << (bits.Len64(n-1) - 1) }

// LogPath is the audit path of a leaf under the root over size records, leaf side first.
func LogPath(r Reader, index, lo, hi uint64) []merkle.Hash {
	if hi-lo == 1 {
		return nil
	}
	k := lo + split(hi-lo)
	if index < k {
		return append(LogPath(r, index, lo, k), subtree(r, k, hi))
	}
	return append(LogPath(r, index, k, hi), subtree(r, lo, k))
}

// LogGrowth is SUBPROOF of RFC 6962 2.1.2 over the leaves from lo up to hi: m of them, counted from
// lo, are the old log's; whole tells whether those are all of the old log.
func LogGrowth(r Reader, m, lo, hi uint64, whole bool) []merkle.Hash {
	n := hi - lo
	if m == n {
		if whole {
			return nil
		}
		return []merkle.Hash{subtree(r, lo, hi)}
	}
	k := split(n)
	if m <= k {
		return append(LogGrowth(r, m, lo, lo+k, whole), subtree(r, lo+k, hi))
	}
	return append(LogGrowth(r, m-k, lo+k, hi, false), subtree(r, lo, lo+k))
}
