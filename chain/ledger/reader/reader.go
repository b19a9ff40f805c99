package reader

import (
	"sync"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/ledger/judge"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
)

// State is the committed state of one height. It never changes. Who takes it reads for as long as
// it likes and gives it back; meanwhile blocks are committed, and who comes next is given the next
// one.
type State struct {
	DB       storage.Database // as it was then; Publish fills it in
	Meta     storage.Meta
	Timeline *chain.Timeline // the newest list may not be in force yet; nil before the genesis list is known
	Upper    *storage.Upper  // of the status tree
	Before   *storage.Upper  // one block back
	Undo     map[string][]byte
	UndoSize uint64 // log size that Undo leads back to; see storage.Past

	reader  *Reader
	release func()
	holders int // who took it, and one for being the newest; under reader.mu
}

// Next is the block to come after it.
func (s *State) Next() judge.Block {
	height := s.Meta.Header.Height + 1
	return judge.Block{Roster: s.Timeline.At(height), Height: height, Time: s.Meta.Header.Time}
}

// Reader answers what is asked of the newest committed state. Safe for concurrent use. No lock of
// it is held while anybody reads or writes, but whole for databases that do not freeze: those in
// memory, of tests and of replays that nobody reads meanwhile.
type Reader struct {
	inspector *judge.Inspector
	bases     *storage.Cache[string, string] // see State.base

	mu     sync.Mutex
	newest *State
	whole  sync.RWMutex
	live   storage.Database
}

// cachedBases is how many votes' lists are remembered.
const cachedBases = 10_000

// Publisher gives a Reader its states. One goroutine at a time uses it: the one that changes them.
type Publisher struct{ r *Reader }

// New is a reader of a database, which can be asked once a first state is published. The inspector
// remembers enrolled certificates.
func New(db storage.Database, in *judge.Inspector) (*Reader, Publisher) {
	r := &Reader{inspector: in, bases: storage.NewCache[string, string](cachedBases), live: db}
	return r, Publisher{r}
}

// Publish makes a state the newest; the database stands at it now.
func (p Publisher) Publish(s State) {
	s.reader, s.holders = p.r, 1
	s.DB, s.release = p.r.live.Freeze()
	p.r.mu.Lock()
	before := p.r.newest
	p.r.newest = &s
	p.r.mu.Unlock()
	if before != nil {
		before.give()
	}
}

// Exclude keeps readers of a database that does not freeze waiting until done: it is about to
// change.
func (p Publisher) Exclude() (done func()) {
	p.r.whole.Lock()
	return p.r.whole.Unlock
}

// Newest takes the newest state; the caller calls done when it has read, and takes no other
// meanwhile.
func (r *Reader) Newest() (s *State, done func()) {
	freezes := r.live.Freezes()
	if !freezes {
		r.whole.RLock()
	}
	r.mu.Lock()
	s = r.newest
	s.holders++
	r.mu.Unlock()
	return s, func() {
		s.give()
		if !freezes {
			r.whole.RUnlock()
		}
	}
}

func (s *State) give() {
	s.reader.mu.Lock()
	defer s.reader.mu.Unlock()
	if s.holders--; s.holders == 0 {
		s.release()
	}
}
