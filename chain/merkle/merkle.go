// Package merkle is the trees that a chain's proofs lead through: the log of all records (RFC 6962
// with SM3), the batch that an organisation sealed at once, and the sparse tree of where every
// subject stands. It knows hashes and their places, and nothing of what is hashed.
package merkle

import (
	"encoding/hex"

	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/gm"
)

// First bytes of everything that is hashed into the state root. They keep a leaf from being read as
// a node and a record from being read as a state. 0x02 is Digest's.
const (
	tagRecord  = 0x00 // RFC 6962 leaf
	tagNode    = 0x01 // RFC 6962 node
	TagDigest  = 0x02
	TagState   = 0x03
	tagStatus  = 0x04 // leaf of the status tree
	tagBranch  = 0x05 // node of the status tree
	TagMembers = 0x06
	TagChange  = 0x07
	TagBatch   = 0x08 // leaf of a batch
)

// LeafHash is a record's leaf in the log: SM3(0x00 ‖ canonical bytes), RFC 6962 2.1 with SM3.
func LeafHash(record []byte) Hash { return gm.Sum([]byte{tagRecord}, record) }

// NodeHash joins two neighbours of the log: SM3(0x01 ‖ left ‖ right).
func NodeHash(left, right Hash) Hash { return gm.Sum([]byte{tagNode}, left[:], right[:]) }

// EmptyLogRoot is the root of a log without records: SM3 of nothing (RFC 6962 2.1).
func EmptyLogRoot() Hash { return gm.Sum() }

// LogRootFromPath computes the root that a leaf's audit path leads to; ok is false when the path
// has the wrong length for that index and size.
func LogRootFromPath(leaf Hash, index, size uint64, path []Hash) (root Hash, ok bool) {
	return FoldPath(leaf, index, size, path, NodeHash)
}

// FoldPath joins a leaf with its audit path, leaf side first (RFC 9162 2.1.3.2); ok is false when
// the path has the wrong length for that index and size.
func FoldPath[N any](leaf N, index, size uint64, path []N, join func(left, right N) N) (top N, ok bool) {
	if index >= size {
		return top, false
	}
	node, last, at := index, size-1, leaf
	for _, sibling := range path {
		if last == 0 {
			return top, false
		}
		if node&1 == 1 || node == last {
			at = join(sibling, at)
			for node&1 == 0 && node != 0 {
				node, last = node>>1, last>>1
			}
		} else {
			at = join(at, sibling)
		}
		node, last = node>>1, last>>1
	}
	return at, last == 0
}

// PathLen is how many hashes LogRootFromPath asks for.
func PathLen(index, size uint64) (n int) {
	for node, last := index, size-1; last > 0; node, last = node>>1, last>>1 {
		if n++; node == last {
			for node&1 == 0 && node != 0 {
				node, last = node>>1, last>>1
			}
		}
	}
	return n
}

// StatusKey is a subject's place in the status tree: SM3 of its text.
func StatusKey(subject string) Hash { return gm.Sum([]byte(subject)) }

// StatusValue is the digest of a state: SM3 of its canonical bytes.
func StatusValue(state []byte) Hash { return gm.Sum(state) }

// StatusLeafHash is SM3(0x04 ‖ key ‖ value). A part of the tree that holds one subject only is that
// subject's leaf, at whatever depth; an empty part is 32 zero bytes. So the root depends on the
// states alone, not on their order.
func StatusLeafHash(key, value Hash) Hash { return gm.Sum([]byte{tagStatus}, key[:], value[:]) }

// StatusNodeHash is SM3(0x05 ‖ left ‖ right).
func StatusNodeHash(left, right Hash) Hash { return gm.Sum([]byte{tagBranch}, left[:], right[:]) }

// Bit is the hash's bit at a depth of the status tree, most significant first: 0 goes left.
func (h Hash) Bit(depth int) int { return int(h[depth/8]>>(7-depth%8)) & 1 }

// CommonBits is the number of leading bits two hashes share.
func (h Hash) CommonBits(other Hash) int {
	n := 0
	for n < 8*len(h) && h.Bit(n) == other.Bit(n) {
		n++
	}
	return n
}

// StatusRootFromPath folds a key's siblings (root side first) onto what stands at its place.
func StatusRootFromPath(at, key Hash, path []Hash) Hash {
	for depth := len(path) - 1; depth >= 0; depth-- {
		if key.Bit(depth) == 0 {
			at = StatusNodeHash(at, path[depth])
		} else {
			at = StatusNodeHash(path[depth], at)
		}
	}
	return at
}

// LogGrows verifies a consistency proof (RFC 9162 2.1.4.2).
func LogGrows(first, second Hash, was, is uint64, path []Hash) bool {
	switch was {
	case is:
		return first == second && len(path) == 0
	case 0:
		return first == EmptyLogRoot() && len(path) == 0 // everything begins with nothing
	}
	if was&(was-1) == 0 {
		path = append([]Hash{first}, path...)
	}
	if len(path) == 0 {
		return false
	}
	node, last := was-1, is-1
	for node&1 == 1 {
		node, last = node>>1, last>>1
	}
	fr, sr := path[0], path[0]
	for _, c := range path[1:] {
		if last == 0 {
			return false
		}
		if node&1 == 1 || node == last {
			fr, sr = NodeHash(c, fr), NodeHash(c, sr)
			for node&1 == 0 && node != 0 {
				node, last = node>>1, last>>1
			}
		} else {
			sr = NodeHash(sr, c)
		}
		node, last = node>>1, last>>1
	}
	return last == 0 && fr == first && sr == second
}

// Hash is an SM3 digest; its text form is lower hex.
type Hash [gm.HashSize]byte

// String is the hash in lower hex.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// ParseHash reads exactly 64 lower hex digits.
func ParseHash(s string) (Hash, error) {
	if !contract.IsHash(s) {
		return Hash{}, canonical.Malformed("hash", "64 lower hex digits")
	}
	return HashOf(s), nil
}

// HashOf is ParseHash for a text that was checked; any other gives 32 zero bytes.
func HashOf(s string) (h Hash) {
	if len(s) == 2*len(h) {
		_, _ = hex.Decode(h[:], []byte(s))
	}
	return h
}
