package comet

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"runtime"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/mempool"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/ledger"
	"github.com/smart-hospital/hospital/chain/ledger/transaction"
	"golang.org/x/sync/errgroup"
)

// Submit implements chain.Node. Records that can never be accepted, and those that are in the
// ledger already, are answered without a block; their signatures are checked here, in the
// submitter's own goroutine.
func (n *Node) Submit(ctx context.Context, recs []chain.Record) ([]chain.Outcome, error) {
	if len(recs) == 0 {
		return nil, nil
	}
	if len(recs) > chain.MaxBatchRecords {
		return nil, fmt.Errorf("%w: %d records, at most %d", canonical.ErrTooLarge, len(recs), chain.MaxBatchRecords)
	}
	return ask(n, func() ([]chain.Outcome, error) { return n.submit(ctx, recs) })
}

func (n *Node) submit(ctx context.Context, recs []chain.Record) ([]chain.Outcome, error) {
	select {
	case n.slots <- struct{}{}:
		defer func() { <-n.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-n.stopped:
		return nil, ErrStopped
	}
	var results []ledger.Result
	for try := 1; ; try++ {
		whole, err := wholeBatch(recs)
		if err != nil {
			return nil, err
		}
		var raws [][]byte
		results, raws = n.precheck(recs, n.app.Read(whole))
		if try > 1 { // the mempool's door has turned it away, which looks at it in any case
			n.turned(results, raws)
		}
		err = n.carry(ctx, whole, results, raws)
		var away *turnedAway
		if errors.As(err, &away) && try < turnedTries {
			// a block has come between our look and the mempool's; the next look finds the record
			// or its verdict
			continue
		}
		if err != nil {
			return nil, err
		}
		break
	}
	out := make([]chain.Outcome, len(recs))
	for i, r := range results {
		out[i] = outcome(r)
	}
	return out, nil
}

// turned answers records that would not come in: their verdicts need no block.
func (n *Node) turned(results []ledger.Result, raws [][]byte) {
	for i, turned := range n.app.Turned(raws) {
		if turned.Code != chain.CodeOK {
			results[i], raws[i] = turned, nil
		}
	}
}

func outcome(r ledger.Result) chain.Outcome {
	o := chain.Outcome{ID: r.ID, Code: r.Code, Detail: r.Detail}
	if r.Code == chain.CodeOK {
		o.Height, o.Time = r.Height, time.UnixMilli(r.Time).UTC()
	}
	return o
}

// precheck answers what needs no block; raws are the canonical bytes of the others, nil for those
// answered. read are those of all records where they are a whole batch.
func (n *Node) precheck(recs []chain.Record, read [][]byte) (results []ledger.Result, raws [][]byte) {
	results, raws = make([]ledger.Result, len(recs)), make([][]byte, len(recs))
	check := func(i int) {
		var text []byte
		if read != nil {
			text = read[i]
		}
		r, raw := n.app.Precheck(recs[i], text)
		if results[i] = r; raw != "" {
			raws[i] = []byte(raw)
		}
	}
	if len(recs) == 1 {
		check(0)
		return results, raws
	}
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range recs {
		g.Go(func() error { check(i); return nil })
	}
	_ = g.Wait()
	return results, raws
}

func nonce() (b [8]byte, err error) {
	if _, err := rand.Read(b[:]); err != nil {
		return b, fmt.Errorf("comet: random source: %w", err)
	}
	return b, nil
}

// wholeBatch is the transaction of records under one seal; nil: they are no whole batch.
func wholeBatch(recs []chain.Record) ([]byte, error) {
	n, err := nonce()
	if err != nil {
		return nil, err
	}
	tx, err := transaction.EncodeWhole(n, recs)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", canonical.ErrTooLarge, err)
	}
	return tx, nil
}

// carry puts the records that have bytes into one transaction, waits for the block that holds it,
// and fills in their results. whole is the transaction of all, if there is one under one seal.
func (n *Node) carry(ctx context.Context, whole []byte, results []ledger.Result, raws [][]byte) error {
	var open []int
	var parts [][]byte
	for i, raw := range raws {
		if raw != nil {
			open, parts = append(open, i), append(parts, raw)
		}
	}
	if len(open) == 0 {
		return nil
	}
	tx := whole
	if tx == nil || len(open) < len(raws) {
		no, err := nonce()
		if err == nil {
			tx, err = transaction.EncodeBatch(no, parts)
		}
		if err != nil {
			return fmt.Errorf("%w: %w", canonical.ErrTooLarge, err)
		}
	}
	waits := make([]chan ledger.Result, len(open))
	for i, at := range open { // before it is sent: the block may be quick
		waits[i] = n.wait(results[at].ID)
		defer n.forget(results[at].ID, waits[i])
	}
	if err := n.send(tx); err != nil {
		return err
	}
	again := time.NewTicker(offerAgain)
	defer again.Stop()
	for i, at := range open {
		var err error
		if results[at], err = n.await(ctx, tx, waits[i], again.C); err != nil {
			return err
		}
	}
	return nil
}

// offerAgain is how often a waiting transaction is offered again.
const offerAgain = 250 * time.Millisecond

// send hands a transaction to the mempool: chain.ErrBusy when there is no room.
//
// The engine looks twice whether there is room, and says nothing when the second look throws the
// transaction out again: its submitter would wait for ever. But it forgets what it throws out and
// remembers what it keeps, so a waiting transaction is offered again from time to time (see await):
// one that is in is refused as known.
func (n *Node) send(tx []byte) error {
	err := n.offer(tx)
	var full mempool.ErrMempoolIsFull
	if errors.As(err, &full) {
		return chain.ErrBusy
	}
	return err
}

// await waits for the answer to one record of a transaction that was sent, and offers it again when
// told.
func (n *Node) await(ctx context.Context, tx []byte, answer <-chan ledger.Result,
	again <-chan time.Time) (r ledger.Result, err error) {
	for {
		select {
		case r = <-answer:
			return r, nil
		case <-ctx.Done():
			return r, ctx.Err()
		case <-n.stopped:
			return r, ErrStopped
		case <-again:
			var away *turnedAway
			if err := n.offer(tx); errors.As(err, &away) {
				return r, away // it made room for others: the next try has its verdicts
			} // known, taken now, or still no room: the next answer or try tells
		}
	}
}

// turnedTries is how often a transaction that was turned away is looked at anew.
const turnedTries = 5

// turnedAway is a transaction that the ledger does not let into the mempool, or not any more:
// ErrBusy, and the next try names the records.
type turnedAway struct{ why string }

func (t *turnedAway) Error() string { return chain.ErrBusy.Error() + ": " + t.why }
func (t *turnedAway) Unwrap() error { return chain.ErrBusy }

// offer is one try; nil means that the application has no objection, not that the transaction was
// kept.
func (n *Node) offer(tx []byte) error {
	answered := make(chan *abci.ResponseCheckTx, 1)
	if err := n.eng.Mempool().CheckTx(tx, func(r *abci.ResponseCheckTx) { answered <- r },
		mempool.TxInfo{}); err != nil {
		return fmt.Errorf("comet: mempool: %w", err)
	}
	select {
	case r := <-answered:
		if r.Code != abci.CodeTypeOK {
			// Decided between our own look and the mempool's, by an enrolment just committed; the
			// next try names the record.
			return &turnedAway{r.Log}
		}
		return nil
	case <-n.stopped:
		return ErrStopped
	}
}

func (n *Node) wait(id string) chan ledger.Result {
	ch := make(chan ledger.Result, 1)
	n.mu.Lock()
	defer n.mu.Unlock()
	n.waiting[id] = append(n.waiting[id], ch)
	return ch
}

func (n *Node) forget(id string, ch chan ledger.Result) {
	n.mu.Lock()
	defer n.mu.Unlock()
	rest := n.waiting[id][:0:0]
	for _, other := range n.waiting[id] {
		if other != ch {
			rest = append(rest, other)
		}
	}
	if len(rest) == 0 {
		delete(n.waiting, id)
		return
	}
	n.waiting[id] = rest
}

// deliver answers the submitters of a committed block's records. Called by the ledger after the
// block is written.
func (n *Node) deliver(_ int64, answers []ledger.Result) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, r := range answers {
		for _, ch := range n.waiting[r.ID] {
			select {
			case ch <- r:
			default: // has its answer already
			}
		}
		delete(n.waiting, r.ID)
	}
}
