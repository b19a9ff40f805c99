package storage

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// Keys of the database. Every key begins with its table's letter.
//
//	m                  meta: format, the committed header and what is sealed
//	M                  members' list of the genesis, canonical bytes
//	M number           members' lists adopted since, from 1, canonical bytes
//	N                  newest list: from which height, its number
//	A number           subject whose votes adopted the list
//	v subject 0 member nothing: the member voted for the change
//	i index            entry: nodes of the log, height, time, record bytes
//	d record id        index
//	s subject          state, canonical bytes
//	r subject 0 index  nothing: the subject's records
//	t tag              index of the dispensing that used it
//	c certificate id   CertEntry
//	k public key       whose key it is: organisation 0 person
//	q depth prefix     node of the status tree; no branches of its upper levels
//	b height           BlockEntry: blocks that hold records
//	z height           SealEntry: sealed heights
//
// Of programs before format 2, never written any more:
//
//	n level index      hash of a complete subtree of the log
//	q depth prefix     branches of the status tree's upper levels
//
// And this node's own, which no root covers:
//
//	x number           chunkEntry: the stream's closed chunks
//	y height           snapshotEntry: snapshots kept
//	R                  being restored from a snapshot
var (
	KeyMeta    = []byte("m")
	KeyMembers = []byte("M")
	KeyNewest  = []byte("N")
)

func KeyIndex(i uint64) []byte       { return binary.BigEndian.AppendUint64([]byte("i"), i) }
func KeyID(id string) []byte         { return append([]byte("d"), id...) }
func KeySubject(s string) []byte     { return append([]byte("s"), s...) }
func KeyTag(t string) []byte         { return append([]byte("t"), t...) }
func KeyCert(id string) []byte       { return append([]byte("c"), id...) }
func KeyPublic(k string) []byte      { return append([]byte("k"), k...) }
func KeyBlock(h int64) []byte        { return binary.BigEndian.AppendUint64([]byte("b"), uint64(h)) }
func KeySeals(h int64) []byte        { return binary.BigEndian.AppendUint64([]byte("z"), uint64(h)) }
func KeyNode(l int, i uint64) []byte { return binary.BigEndian.AppendUint64([]byte{'n', byte(l)}, i) }
func KeyList(n uint64) []byte        { return binary.BigEndian.AppendUint64([]byte("M"), n) }
func KeyAdopted(n uint64) []byte     { return binary.BigEndian.AppendUint64([]byte("A"), n) }
func KeyVote(s, member string) []byte {
	return append(append(append([]byte("v"), s...), 0), member...)
}
func KeySubjectRecords(s string) []byte {
	return append(append([]byte("r"), s...), 0)
}
func KeySubjectRecord(s string, i uint64) []byte {
	return binary.BigEndian.AppendUint64(KeySubjectRecords(s), i)
}

// Reader reads committed or speculative state; nil means "no such key".
type Reader interface{ Read(key []byte) []byte }

// Recent is the newest committed state, with where the subjects of the last blocks stand decoded
// and the upper levels of the status tree. Who writes to the database in another way than by
// Commit must make a new one.
type Recent struct {
	Database
	subjects *Cache[string, subject]
	Upper    *Upper
}

// recentSubjects is how many subjects are remembered, twice as many at most, about 1 KiB each.
const recentSubjects = 1 << 13

// NewRecent reads the upper levels of the status tree.
func NewRecent(db Database) (*Recent, error) {
	top, err := loadUpper(db)
	return &Recent{Database: db, subjects: NewCache[string, subject](recentSubjects), Upper: top}, err
}

// subject is safe beside others of its kind, but not beside committed.
func (r *Recent) subject(name string) subject {
	s, _ := r.subjects.Get(name, func() (subject, error) { return readSubject(r.Database, name), nil })
	return s
}

// Committed takes over what a block has written.
func (r *Recent) Committed(v *View) {
	r.Upper = v.upper
	for name, s := range v.subjects {
		r.subjects.set(name, s)
	}
}

// subject is where one stands, and its stored bytes: nil when it never was.
type subject struct {
	state chain.SubjectState
	raw   []byte
}

func readSubject(r Reader, name string) (s subject) {
	if s.raw = r.Read(KeySubject(name)); s.raw != nil {
		s.state, _ = Load[chain.SubjectState](s, nil)
	}
	return s
}

// Read implements Reader.
func (s subject) Read([]byte) []byte { return s.raw }

// View is state in the making: writes over a base. What stood in the tables that proofs of a status
// read is remembered when it is read, which tells how to step back by one block (see Past).
type View struct {
	Base     Reader
	Writes   map[string][]byte // nil: taken out
	reads    map[string][]byte
	subjects map[string]subject          // as they stand here
	Status   map[merkle.Hash]merkle.Hash // changes of the status tree, not yet in Writes
	upper    *Upper                      // of the status tree
}

// NewView is a view without writes.
func NewView(base Reader) *View {
	v := &View{
		Base: base, Writes: map[string][]byte{}, reads: map[string][]byte{}, subjects: map[string]subject{},
		Status: map[merkle.Hash]merkle.Hash{},
	}
	if r, committed := base.(*Recent); committed {
		v.upper = r.Upper
	}
	return v
}

// Read implements Reader.
func (v *View) Read(key []byte) []byte {
	if b, ok := v.Writes[string(key)]; ok {
		return b
	}
	if !proven(key[0]) {
		return v.Base.Read(key)
	}
	b, ok := v.reads[string(key)]
	if !ok {
		b = v.Base.Read(key)
		v.reads[string(key)] = b
	}
	return b
}

// proven tells the tables that proofs of a status read.
func proven(table byte) bool { return table == 'q' || table == 's' }

// Set writes a value; nil takes the key out.
func (v *View) Set(key, value []byte) { v.Writes[string(key)] = value }

// subject is where one stands.
func (v *View) subject(name string) subject {
	s, ok := v.subjects[name]
	if ok {
		return s
	}
	switch base := v.Base.(type) {
	case *View:
		s = base.subject(name)
	case *Recent:
		s = base.subject(name)
	default:
		s = readSubject(base, name)
	}
	v.subjects[name], v.reads[string(KeySubject(name))] = s, s.raw
	return s
}

// SetState writes where a subject stands to its table.
func (v *View) SetState(s chain.SubjectState) {
	now := subject{s, s.Bytes()}
	v.Set(KeySubject(s.Subject), now.raw)
	v.subjects[s.Subject] = now
}

// Adopt takes over what a view over this one has written.
func (v *View) Adopt(trial *View) {
	maps.Copy(v.Writes, trial.Writes)
	maps.Copy(v.subjects, trial.subjects)
}

// Undo lists what the view's writes replaced in the tables that proofs of a status read.
func (v *View) Undo() map[string][]byte {
	old := map[string][]byte{}
	for k := range v.Writes {
		if proven(k[0]) {
			old[k] = v.reads[k] // read before it was written, or nothing was there
		}
	}
	return old
}

// Past is committed state one block back, but for the upper levels of the status tree.
type Past struct {
	base Reader
	undo map[string][]byte
}

// NewPast steps back from base over what the newest block replaced.
func NewPast(base Reader, undo map[string][]byte) Past { return Past{base, undo} }

// Read implements Reader.
func (p Past) Read(key []byte) []byte {
	if b, ok := p.undo[string(key)]; ok {
		return b
	}
	return p.base.Read(key)
}

// format is how this program writes the ledger. It is meta's first byte; before format 2 there was
// none, and JSON began.
const format = 2

// ErrFormat is a ledger that a newer program has written.
var ErrFormat = errors.New("ledger: the database is of a format unknown to this program; start the newer one")

// Encode writes it in the format of this program.
func (m Meta) Encode() []byte { return append([]byte{format}, Marshal(m)...) }

// LoadMeta reads where the ledger stands; false: before its first block. ErrFormat.
func LoadMeta(r Reader) (m Meta, ok bool, err error) {
	b := r.Read(KeyMeta)
	if b == nil {
		return m, false, nil
	}
	if b[0] != '{' {
		if b[0] != format {
			return m, false, fmt.Errorf("%w: %d", ErrFormat, b[0])
		}
		b = b[1:]
	}
	if err := json.Unmarshal(b, &m); err != nil {
		return m, false, fmt.Errorf("ledger: where it stands: %w", err)
	}
	return m, true, nil
}

// Meta is where the ledger stands.
type Meta struct {
	Header       chain.Header `json:"header"`
	SealedHeight int64        `json:"sealedHeight"` // newest height with enough seals
	SealedSize   uint64       `json:"sealedSize"`   // its log size
}

// Entry is a record in its place. It is most of the database, so it is stored as plain bytes: the
// number of nodes, one byte, and each one's hash; height and time, 8 bytes big-endian each; then
// the record. Where programs before format 2 wrote it, there is neither number nor node, and the
// first byte is the height's, 0; the nodes are in a table of their own.
type Entry struct {
	Height int64
	Time   int64
	Record []byte
	nodes  []byte // complete subtrees of the log that it is the last leaf of, by level
}

func (e Entry) encode() []byte {
	b := append(make([]byte, 0, 17+len(e.nodes)+len(e.Record)), byte(len(e.nodes)/len(merkle.Hash{})))
	b = binary.BigEndian.AppendUint64(append(b, e.nodes...), uint64(e.Height))
	return append(binary.BigEndian.AppendUint64(b, uint64(e.Time)), e.Record...)
}

func parseEntry(b []byte) (e Entry, ok bool) {
	if len(b) > 0 && b[0] > 0 {
		n := int(b[0]) * len(merkle.Hash{})
		if len(b) < 1+n {
			return e, false
		}
		e.nodes, b = b[1:1+n], b[1+n:]
	}
	if len(b) < 16 {
		return e, false
	}
	e.Height, e.Time = int64(binary.BigEndian.Uint64(b)), int64(binary.BigEndian.Uint64(b[8:]))
	e.Record = b[16:]
	return e, true
}

// node is the subtree at a level that the entry holds.
func (e Entry) node(level int) (h merkle.Hash, ok bool) {
	if len(e.nodes) < (level+1)*len(h) {
		return h, false
	}
	return merkle.Hash(e.nodes[level*len(h):][:len(h)]), true
}

// LoadEntry is the record at an index of the log.
func LoadEntry(r Reader, index uint64) (Entry, bool) { return parseEntry(r.Read(KeyIndex(index))) }

// BlockEntry is a block that holds records.
type BlockEntry struct {
	Header   chain.Header `json:"header"`
	Proposer string       `json:"proposer,omitempty"` // member id
	First    uint64       `json:"first"`
	Count    uint64       `json:"count"`
}

// SealEntry is a sealed height.
type SealEntry struct {
	Header chain.Header `json:"header"`
	Seals  []chain.Seal `json:"seals"`
}

// CertEntry is an enrolled certificate and its organisation.
type CertEntry struct {
	DER []byte `json:"der"`
	Org string `json:"org"`
}

// Load reads a JSON value of our own making; anything else is a broken disk.
func Load[T any](r Reader, key []byte) (v T, ok bool) {
	b := r.Read(key)
	if b == nil {
		return v, false
	}
	if err := json.Unmarshal(b, &v); err != nil {
		panic(fmt.Sprintf("ledger: value of %q is broken: %v", key[:1], err))
	}
	return v, true
}

// LoadIndex reads an index of the log.
func LoadIndex(r Reader, key []byte) (uint64, bool) {
	b := r.Read(key)
	if len(b) != 8 {
		return 0, false
	}
	return binary.BigEndian.Uint64(b), true
}

// IndexValue is what LoadIndex reads.
func IndexValue(i uint64) []byte { return binary.BigEndian.AppendUint64(nil, i) }

// SubjectState is where a subject stands; false: it never was.
func SubjectState(r Reader, name string) (chain.SubjectState, bool) {
	var s subject
	if v, trial := r.(*View); trial {
		s = v.subject(name)
	} else {
		s = readSubject(r, name)
	}
	return s.state, s.raw != nil
}

// nodesAt are the entry's nodes, which programs before format 2 kept in a table of their own.
func (e Entry) nodesAt(db Database, index uint64) []byte {
	if len(e.nodes) > 0 {
		return e.nodes
	}
	var nodes []byte
	for level := 0; level == 0 || index>>(level-1)&1 == 1; level++ {
		nodes = append(nodes, db.Read(KeyNode(level, index>>level))...)
	}
	return nodes
}
