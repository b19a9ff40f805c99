package comet

import (
	"encoding/binary"
	"time"

	"github.com/smart-hospital/hospital/chain/ledger"
	"github.com/smart-hospital/hospital/chain/ledger/transaction"
)

// Waits before a node asks for another block; see requestBlock.
const (
	requestAfter = 300 * time.Millisecond
	requestLimit = time.Minute
	requestQuick = 20 // tries before the waits grow
)

// requestBlock asks for another block when the newest records have none of the seals they need and
// nobody else writes.
//
// The engine closes a height with the first votes of more than two thirds. When one of these comes
// from a member that seals nothing, or another state, too few seals remain, though enough members
// would have sealed. A chain that is at work takes the seals of its next height; one that falls
// silent would leave its last records without a receipt. So each voter offers the newest record
// once more, in a transaction that is the same at every node for a height (so that they do not add
// up), and that changes no state. Each try waits longer: when more than a third cannot seal, no
// number of blocks helps.
func (n *Node) requestBlock() {
	for tries := 0; ; {
		before := n.app.Head()
		select {
		case <-time.After(requestPause(tries)):
		case <-n.stopped:
			return
		}
		switch now := n.app.Head(); {
		case now.SealedSize >= now.Header.LogSize:
			tries = 0
		case now.Header.Height == before.Header.Height:
			_, _ = ask(n, func() (any, error) { return nil, n.offerNewest(now) }) // not taken: the next time
			tries++
		}
	}
}

// requestPause is short at first and grows after requestQuick tries.
func requestPause(tries int) time.Duration {
	pause := requestAfter
	for range max(0, min(tries-requestQuick, int(requestLimit/requestAfter))) {
		pause += requestAfter
	}
	return min(pause, requestLimit)
}

func (n *Node) offerNewest(head ledger.Head) error {
	newest, err := n.app.At(head.Header.LogSize - 1)
	if err != nil {
		return err
	}
	var nonce [8]byte
	binary.BigEndian.PutUint64(nonce[:], uint64(head.Header.Height))
	tx, err := transaction.EncodeBatch(nonce, [][]byte{newest.Record.Bytes()})
	if err != nil {
		return err
	}
	return n.offer(tx)
}
