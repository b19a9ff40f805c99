package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"golang.org/x/sync/errgroup"
)

// Signed records are made before the clock starts, since people's devices sign in life, not the
// node's cores. All cases take the same ones, each to a chain of its own.
const (
	maxStock   = 100_000 // records, about 1.5 KB each in memory; a case that uses them up ends early
	stockSpare = 1.3     // times what the ceiling allows
)

// stock is whole lives of prescriptions.
type stock struct{ lives [][]chain.Record }

// ensure signs until there are as many as a run at limit records per second can use, on all cores,
// and returns their number.
func (s *stock) ensure(ctx context.Context, w *ward, submitters int, limit float64, d time.Duration) (int, error) {
	want := int(min(limit*d.Seconds()*stockSpare, maxStock))/len(steps) + submitters
	if want <= len(s.lives) {
		return want, nil
	}
	more := make([][]chain.Record, want-len(s.lives))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range more {
		g.Go(func() (err error) {
			life := w.statements(name(len(s.lives) + i))
			recs := make([]chain.Record, len(life))
			for j, st := range life {
				if recs[j], err = w.record(ctx, st); err != nil {
					return err
				}
			}
			more[i] = recs
			return ctx.Err()
		})
	}
	if err := g.Wait(); err != nil {
		return 0, err
	}
	s.lives = append(s.lives, more...)
	return want, nil
}

// write puts lives into a file, a record a line, for a validator's process to take.
func write(path string, lives [][]chain.Record) (err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("bench: stock: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriter(f)
	for _, life := range lives {
		for _, r := range life {
			if _, err := w.Write(append(r.Bytes(), '\n')); err != nil {
				return fmt.Errorf("bench: stock: %w", err)
			}
		}
	}
	return w.Flush()
}

// read is what write has put there, size records a life.
func read(path string, size int) (lives [][]chain.Record, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("bench: stock: %w", err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, chain.MaxRecordBytes+1)
	for n := 0; lines.Scan(); n++ {
		rec, err := chain.ParseRecord(lines.Bytes())
		if err != nil {
			return nil, err
		}
		if n%size == 0 {
			lives = append(lives, make([]chain.Record, 0, size))
		}
		lives[len(lives)-1] = append(lives[len(lives)-1], rec)
	}
	return lives, lines.Err()
}

// each hands every life out once; ok is false when there are no more. Safe for concurrent use.
func each(lives [][]chain.Record) func() (recs []chain.Record, ok bool) {
	var next atomic.Int64
	return func() ([]chain.Record, bool) {
		i := int(next.Add(1) - 1)
		if i >= len(lives) {
			return nil, false
		}
		return lives[i], true
	}
}

// name is a prescription's id, as long as the product's.
func name(i int) string { return "RX" + strconv.Itoa(1_000_000_000+i) }

func encode(b []byte) string { return base64.Encode(b) }
