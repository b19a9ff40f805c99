package bench

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/smart-hospital/hospital/chain"
)

// groupBatches is how many transactions one round holds, as many as the outbox's relay sends at a
// time.
const groupBatches = 16

// group commits in rounds as the outbox's relay does: a round takes what waits, in batches of one
// organisation and at most chain.MaxBatchRecords sent at once, and the next begins when all are
// answered.
type group struct {
	submit submitBatch
	queue  chan request
}

// submitBatch brings records to the chain in one transaction.
type submitBatch func(context.Context, []chain.Record) ([]chain.Outcome, error)

type request struct {
	rec    chain.Record
	answer chan answer // room for one
}

type answer struct {
	outcome chain.Outcome
	err     error
}

var errAnswers = errors.New("bench: node answered for other records")

func newGroup(submit submitBatch) *group {
	return &group{submit: submit, queue: make(chan request, groupBatches*chain.MaxBatchRecords)}
}

// run works until ctx ends.
func (g *group) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case first := <-g.queue:
			g.round(ctx, g.gather(first))
		}
	}
}

func (g *group) gather(first request) []request {
	waiting := []request{first}
	for len(waiting) < groupBatches*chain.MaxBatchRecords {
		select {
		case r := <-g.queue:
			waiting = append(waiting, r)
		default:
			return waiting
		}
	}
	return waiting
}

func (g *group) round(ctx context.Context, waiting []request) {
	byOrg := map[string][]request{} // a batch is one organisation's
	for _, r := range waiting {
		org := r.rec.Statement.Org
		byOrg[org] = append(byOrg[org], r)
	}
	var wg sync.WaitGroup
	for _, list := range byOrg {
		for batch := range slices.Chunk(list, chain.MaxBatchRecords) {
			wg.Go(func() { g.send(ctx, batch) })
		}
	}
	wg.Wait()
}

func (g *group) send(ctx context.Context, batch []request) {
	recs := make([]chain.Record, len(batch))
	for i, r := range batch {
		recs[i] = r.rec
	}
	outcomes, err := g.submit(ctx, recs)
	if err == nil && len(outcomes) != len(batch) {
		err = errAnswers
	}
	for i, r := range batch {
		a := answer{err: err}
		if err == nil {
			a.outcome = outcomes[i]
		}
		r.answer <- a
	}
}

// one is a submitFunc.
func (g *group) one(ctx context.Context, rec chain.Record) (chain.Outcome, error) {
	r := request{rec, make(chan answer, 1)}
	select {
	case g.queue <- r:
	case <-ctx.Done():
		return chain.Outcome{}, ctx.Err()
	}
	select {
	case a := <-r.answer:
		return a.outcome, a.err
	case <-ctx.Done():
		return chain.Outcome{}, ctx.Err()
	}
}
