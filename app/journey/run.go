package journey

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/evidence"
)

// Options of a journey.
type Options struct {
	URL      string
	Count    int       // visits to play
	Parallel int       // at the same time
	Unhappy  bool      // play the unhappy twins after the first visit
	Receipts string    // file for the evidence; empty: none
	Out      io.Writer // what a person reads

	Pharmacy bool // an application of pharmacies: nobody else is there to play

	Patience time.Duration   // with a server that does not answer; 0: ten seconds
	Stop     <-chan struct{} // when it closes, no further visit begins; nil: never
	Ended    func()          // called after every visit; nil: nobody asks
}

// Run plays and returns the first surprise.
func Run(ctx context.Context, o Options) error {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 4 * o.Parallel
	defer transport.CloseIdleConnections()
	calls := &counted{RoundTripper: transport}
	probe := newClient(o, calls)
	kept := &proofs{}
	r := newReport(nil)
	if o.Count == 1 {
		r.said = func(label, step, record string, took time.Duration) {
			tell(ctx, o.Out, probe, label, step, record, took)
		}
	}
	w, err := enter(ctx, o, calls, r, kept)
	if err != nil {
		return err
	}
	if err := w.bindCards(ctx); err != nil {
		return err
	}
	before, start := look(ctx, probe.base, calls), time.Now() // logging in is not counted
	played, err := play(ctx, w, o)
	if err != nil {
		return err
	}
	took, after := time.Since(start), look(ctx, probe.base, calls)
	file, err := collect(ctx, probe, kept)
	if err != nil {
		return err
	}
	if err := save(o.Receipts, file); err != nil {
		return err
	}
	fmt.Fprintf(o.Out, "\n%d visits in %.1f s: %.2f visits/s, %d signed acts, every receipt verified offline\n", played,
		took.Seconds(), float64(played)/took.Seconds(), len(file.Evidence))
	fmt.Fprint(o.Out, after.since(before))
	return r.table(o.Out)
}

// play runs the visits, Parallel at a time, and the unhappy twins. It returns how many visits were
// played.
func play(ctx context.Context, w *ward, o Options) (played int, err error) {
	work, visits := errgroup.WithContext(ctx) // ends all when one is surprised
	work.SetLimit(o.Parallel)
	free := make(chan int, w.pairs()) // a visit may take long (a payment whose server died): its pair waits for it
	for pair := range w.pairs() {
		free <- pair
	}
	for n := range o.Count {
		if visits.Err() != nil || stopped(o.Stop) {
			break
		}
		played++
		pair := <-free // every visit gives its pair back, also one that was surprised
		work.Go(func() error {
			defer func() { free <- pair }()
			if err := w.happy(visits, pair); err != nil {
				return fmt.Errorf("visit %d: %w", n, err)
			}
			if o.Ended != nil {
				o.Ended()
			}
			return nil
		})
	}
	if err := work.Wait(); err != nil || !o.Unhappy {
		return played, err
	}
	return played, w.unhappy(ctx, o.Out)
}

func stopped(stop <-chan struct{}) bool {
	select {
	case <-stop: // a nil channel never is
		return true
	default:
		return false
	}
}

// happy is the main job: from the request to the medicine handed out.
func (w *ward) happy(ctx context.Context, n int) error {
	v, pharmacy := w.visit(n), w.pharmacies[n%len(w.pharmacies)]
	for _, step := range []func(context.Context) error{
		v.consult,
		func(ctx context.Context) error { return v.draft(ctx, "") },
		v.issue, v.approve, v.pay,
		func(ctx context.Context) error { return v.claim(ctx, pharmacy) },
		func(ctx context.Context) error { return v.dispense(ctx, pharmacy) },
		v.finish,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// tell prints one step; a signed one with the height at which the chain holds it.
func tell(ctx context.Context, out io.Writer, c *client, label, step, record string, took time.Duration) {
	if record == "" {
		fmt.Fprintf(out, "  %-16s %-12s %25s %7.0f ms\n", label, step, "", float64(took)/1e6)
		return
	}
	height := int64(0)
	p := &person{client: c}
	start := time.Now()
	err := p.poll(ctx, "the chain", func() (bool, error) {
		var at struct {
			Record *chain.Committed `json:"record"`
		}
		if err := c.get(ctx, "/v1/chain/records/"+record, &at); err != nil || at.Record == nil {
			return false, err
		}
		height = at.Record.Height
		return true, nil
	})
	if err != nil {
		fmt.Fprintf(out, "  %-16s %-12s not on the chain: %v\n", label, step, err)
		return
	}
	fmt.Fprintf(out, "  %-16s %-12s height %5d after %3.0f ms %7.0f ms  %s…\n", label, step, height,
		float64(time.Since(start))/1e6, float64(took)/1e6, record[:12])
}

// collect fetches the receipt of every signed act and verifies each with the members' lists alone.
func collect(ctx context.Context, c *client, kept *proofs) (*evidence.EvidenceFile, error) {
	p := &person{client: c}
	var list []evidence.Evidence
	for _, act := range kept.list {
		e := evidence.Evidence{Document: act.document, Salt: act.salt}
		err := p.poll(ctx, "a receipt", func() (bool, error) {
			var text json.RawMessage
			err := c.get(ctx, "/v1/chain/records/"+act.record+"/receipt", &text)
			if codeOf(err) == "receipt-not-sealed" {
				return false, nil
			}
			if err != nil {
				return false, err
			}
			e.Receipt, err = chain.ParseReceipt(text)
			return true, err
		})
		if err != nil {
			return nil, fmt.Errorf("receipt of %s: %w", act.record, err)
		}
		list = append(list, e)
	}
	var h chain.History
	if err := c.get(ctx, "/v1/chain/history.json", &h); err != nil {
		return nil, err
	}
	file := evidence.NewEvidenceFile(list, h)
	timeline, err := file.History.Open()
	if err != nil {
		return nil, err
	}
	for i, e := range list {
		if err := e.Verify(timeline); err != nil || e.Receipt.Record.ID() != kept.list[i].record {
			return nil, fmt.Errorf("receipt of %s: %w: %w", kept.list[i].record, ErrSurprise, err)
		}
	}
	return file, nil
}

func save(path string, file *evidence.EvidenceFile) error {
	if path == "" {
		return nil
	}
	var b bytes.Buffer
	if err := json.Indent(&b, file.Bytes(), "", " "); err != nil {
		return err
	}
	return os.WriteFile(path, append(b.Bytes(), '\n'), 0o600) // it holds what was signed: documents of patients
}
