package chain

import (
	"context"
	"errors"
	"time"

	"github.com/smart-hospital/hospital/chain/membership"
)

// Errors a node answers with.
var (
	ErrNotFound  = errors.New("chain: not found")
	ErrNotSealed = errors.New("chain: not sealed yet") // committed, but the members' seals come with the next block
	ErrBusy      = errors.New("chain: node is busy, try again")
)

// Outcome is what became of one submitted record.
type Outcome struct {
	ID     string    `json:"id"`
	Code   Code      `json:"code"`   // CodeOK when the record is in the ledger, now or since earlier
	Detail string    `json:"detail"` // for people; no personal data
	Height int64     `json:"height"` // 0 unless CodeOK
	Time   time.Time `json:"time"`   // of the block, zero unless CodeOK
}

// Committed is a record and its place.
type Committed struct {
	Record Record    `json:"record"`
	ID     string    `json:"id" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Height int64     `json:"height" example:"18"`
	Index  uint64    `json:"index" example:"9"` // position in the log of all records, from 0
	Time   time.Time `json:"time"`              // block time
}

// Block is one height as the explorer shows it.
type Block struct {
	Height    int64     `json:"height" example:"18"`
	Time      time.Time `json:"time"`
	StateRoot string    `json:"stateRoot" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	// record ids
	Records  []string `json:"records" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Proposer string   `json:"proposer,omitempty" example:"h1"`
	Seals    []string `json:"seals" example:"h1"` // member ids that sealed it
}

// Health is what a node says of itself.
type Health struct {
	ChainID    string    `json:"chainId" example:"demo-ppk7scfuqg"`
	Height     int64     `json:"height" example:"60"`
	BlockTime  time.Time `json:"blockTime"`
	StateRoot  string    `json:"stateRoot" example:"4366deffec2c2b0e8a648dcd00075596f5f43214f08601712e597a27b9c2ee63"`
	Records    uint64    `json:"records" example:"33"`
	Peers      int       `json:"peers" example:"0"`
	Ready      bool      `json:"ready"` // false while it replays or catches up
	SealedUpTo int64     `json:"sealedUpTo" example:"60"`
	Waiting    int       `json:"waiting" example:"0"` // transactions at this node that no block holds yet
	Power      int64     `json:"power" example:"4"`   // voting power of all members
	// voting power of the members whose nodes are connected, its own included
	Reach int64 `json:"reach" example:"4"`
}

// Node is the chain as the rest of the product sees it. chain/comet implements it.
type Node interface {
	// ID is the chain id statements must carry.
	ID() string
	// Submit puts the records into one transaction and waits until a block holds it. One Outcome
	// per record, in order. An error means the outcome is unknown (time-out, node stopping) or
	// nothing was taken (ErrBusy): submit the same records again; a record already there answers
	// CodeOK with its first height.
	Submit(ctx context.Context, recs []Record) ([]Outcome, error)
	// Record looks a record up by id: ErrNotFound when it is not in the ledger.
	Record(ctx context.Context, id string) (Committed, error)
	// Receipt returns the record's complete receipt: ErrNotFound, ErrNotSealed.
	Receipt(ctx context.Context, id string) (*Receipt, error)
	// Subject returns where a subject stands now: ErrNotFound.
	Subject(ctx context.Context, subject string) (SubjectState, error)
	// SubjectProof is Subject with its proof under the newest sealed root: ErrNotFound,
	// ErrNotSealed.
	SubjectProof(ctx context.Context, subject string) (*StatusReceipt, error)
	// Records lists a subject's records in order: ErrNotFound when there is none.
	Records(ctx context.Context, subject string) ([]Committed, error)
	// Blocks lists at most limit blocks that hold records, newest first, below the height before
	// (0: from the newest).
	Blocks(ctx context.Context, before int64, limit int) ([]Block, error)
	// Schema returns the newest version of statements that the next block takes. It never falls, so
	// a statement written in it now is taken later as well; all older versions are taken beside it.
	Schema(ctx context.Context) int
	// Members returns the members' list in force for the next block.
	Members(ctx context.Context) (*membership.Members, error)
	// SealedHeader returns the header that the members sealed at a height (0: the newest), with
	// their seals: ErrNotFound for one that was not sealed.
	SealedHeader(ctx context.Context, height int64) (*SealedHeader, error)
	// Consistency proves that the log sealed at one height is a prefix of that sealed at a later
	// one (0: the newest): ErrNotFound.
	Consistency(ctx context.Context, was, is int64) (*Consistency, error)
	// History returns every members' list so far with the votes that made it: with the genesis list
	// it checks every receipt.
	History(ctx context.Context) (*History, error)
	// OpenChanges lists the changes of the members' list that are voted on and can still be
	// adopted, those with the most power first; many are cut to the first.
	OpenChanges(ctx context.Context) ([]membership.OpenChange, error)
	// Timeline is the history opened, for checking receipts here.
	Timeline() *Timeline
	// Subscribe sends every record committed from the given log index on, in order, until ctx ends.
	Subscribe(ctx context.Context, from uint64) (<-chan Committed, error)
	// Health answers at once.
	Health(ctx context.Context) Health
}
