package journey

import (
	"fmt"
	"io"
	"slices"
	"sync"
	"text/tabwriter"
	"time"
)

// report gathers how long every step took. Quantiles are exact: a journey has at most some ten
// thousand steps.
type report struct {
	mu    sync.Mutex
	order []string
	took  map[string][]time.Duration
	said  func(label, step, record string, took time.Duration) // nil: silent
}

func newReport(said func(label, step, record string, took time.Duration)) *report {
	return &report{took: map[string][]time.Duration{}, said: said}
}

func (r *report) add(label, step, record string, took time.Duration) {
	r.mu.Lock()
	if r.took[step] == nil {
		r.order = append(r.order, step)
	}
	r.took[step] = append(r.took[step], took)
	r.mu.Unlock()
	if r.said != nil {
		r.said(label, step, record, took)
	}
}

// table prints count, median, 95th and 99th percentile of every step in milliseconds.
func (r *report) table(w io.Writer) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "step\tcount\tp50 ms\tp95 ms\tp99 ms\t")
	for _, step := range r.order {
		d := r.took[step]
		slices.Sort(d)
		fmt.Fprintf(t, "%s\t%d\t%.1f\t%.1f\t%.1f\t\n", step, len(d), quantile(d, 0.50), quantile(d, 0.95),
			quantile(d, 0.99))
	}
	return t.Flush()
}

// quantile of a sorted list, nearest rank, in milliseconds.
func quantile(sorted []time.Duration, q float64) float64 {
	rank := min(len(sorted)-1, int(q*float64(len(sorted))))
	return float64(sorted[rank]) / float64(time.Millisecond)
}
