package bench

import (
	"context"
	"encoding/base64"
	"runtime"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"golang.org/x/sync/errgroup"
)

// Signed records are made before the clock starts, since people's devices sign in life, not the node's cores.
const (
	maxStock   = 100_000 // records, about 1.5 KB each in memory; a case that uses them up ends early
	stockSpare = 1.3     // times what the ceiling allows
)

// stock hands out whole lives of prescriptions, each to one submitter. Safe for concurrent use.
type stock struct {
	ward  *ward
	next  atomic.Int64
	ready [][]chain.Record // signed ones; nil: made without signatures as they are asked for, without end
}

// newStock signs as many as a run at limit records per second can use, on all cores.
func newStock(ctx context.Context, w *ward, c Case, limit float64, d time.Duration) (*stock, error) {
	s := &stock{ward: w}
	if !c.Signed {
		return s, nil
	}
	records := min(limit*d.Seconds()*stockSpare, maxStock)
	s.ready = make([][]chain.Record, int(records)/len(steps)+c.Submitters)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range s.ready {
		g.Go(func() (err error) {
			life := w.statements(name(i))
			recs := make([]chain.Record, len(life))
			for j, st := range life {
				if recs[j], err = w.record(ctx, st); err != nil {
					return err
				}
			}
			s.ready[i] = recs
			return ctx.Err()
		})
	}
	return s, g.Wait()
}

// take returns the next prescription's records; ok is false when there are no more.
func (s *stock) take() (recs []chain.Record, ok bool) {
	i := int(s.next.Add(1) - 1)
	if s.ready != nil {
		if i >= len(s.ready) {
			return nil, false
		}
		return s.ready[i], true
	}
	for _, st := range s.ward.statements(name(i)) {
		recs = append(recs, s.ward.unsigned(st))
	}
	return recs, true
}

// name is a prescription's id, as long as the product's.
func name(i int) string { return "RX" + strconv.Itoa(1_000_000_000+i) }

func encode(b []byte) string { return base64.StdEncoding.EncodeToString(b) }
