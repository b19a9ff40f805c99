package comet_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
)

// BenchmarkSubmit measures records committed and acknowledged per second; what the engine alone
// allows is in chain/bench:
//
//	go test -run '^$' -bench Submit -benchtime 3s ./chain/comet/
func BenchmarkSubmit(b *testing.B) {
	for _, batch := range []int{1, 50} {
		for _, submitters := range []int{1, 16, 128} {
			if batch > 1 && submitters > 16 {
				continue
			}
			b.Run(fmt.Sprintf("batch=%d/submitters=%d", batch, submitters),
				func(b *testing.B) { measure(b, batch, submitters) })
		}
	}
}

func measure(b *testing.B, batch, submitters int) {
	w := chaintest.NewWard(time.Now().Add(-time.Minute))
	dir := b.TempDir()
	n := start(b, dir, w)
	accept(b, n, w.Enrolments()...)
	empty := diskSize(b, dir)
	batches := prepare(b, w, batch)
	var next atomic.Int64
	times := make([]time.Duration, b.N)
	b.ResetTimer()
	var wg sync.WaitGroup
	for range submitters {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(b.N); i = next.Add(1) - 1 {
				began := time.Now()
				out, err := n.Submit(context.Background(), batches[i])
				if err != nil || out[0].Code != chain.CodeOK {
					b.Errorf("%v %+v", err, out)
					return
				}
				times[i] = time.Since(began)
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	slices.Sort(times)
	b.ReportMetric(float64(b.N*batch)/b.Elapsed().Seconds(), "records/s")
	b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(diskSize(b, dir)-empty)/float64(b.N*batch), "disk-B/record")
}

// diskSize of all files of a node.
func diskSize(b *testing.B, dir string) (bytes int64) {
	err := filepath.Walk(dir, func(_ string, f os.FileInfo, err error) error {
		if err == nil && !f.IsDir() {
			bytes += f.Size()
		}
		return nil // a file that the database has just removed
	})
	if err != nil {
		b.Fatal(err)
	}
	return bytes
}

// prepare signs everything before the clock starts.
func prepare(b *testing.B, w *chaintest.Ward, batch int) [][]chain.Record {
	batches := make([][]chain.Record, b.N)
	var wg sync.WaitGroup
	cores := make(chan struct{}, 4)
	for i := range batches {
		cores <- struct{}{}
		wg.Go(func() {
			defer func() { <-cores }()
			for j := range batch {
				batches[i] = append(batches[i], w.Issued(fmt.Sprintf("B%d-%d", i, j), w.Start))
			}
		})
	}
	wg.Wait()
	return batches
}

// BenchmarkVerify is the bare limit: SM2 verification of records' two signatures on all cores,
// nothing else.
func BenchmarkVerify(b *testing.B) {
	w := chaintest.NewWard(time.Now())
	r, seal := w.Issued("V", time.Now()), w.Orgs["h1"].Seal.Cert
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := r.VerifySignatures(w.Doctor.Cert, seal); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "records/s")
}
