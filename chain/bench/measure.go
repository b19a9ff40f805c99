package bench

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/comet"
)

const (
	warmShare  = 8               // a case warms up for an eighth of its time
	sealWithin = 5 * time.Second // after the last record its seals must be there
)

// ErrCount is a node that holds another number of records than it acknowledged: nothing measured on it means anything.
var ErrCount = errors.New("bench: node counts other records than it acknowledged")

// measure runs one case on a chain of its own.
func (r *run) measure(ctx context.Context, c Case, limit float64) (Result, error) {
	warm := r.Time / warmShare
	stock, err := newStock(ctx, r.ward, c, limit, warm+r.Time)
	if err != nil {
		return Result{}, err
	}
	dir := filepath.Join(r.dir, "node")
	defer os.RemoveAll(dir)
	node, members, err := r.start(ctx, dir, c)
	if err != nil {
		return Result{}, err
	}
	defer func() { _ = node.Stop() }()
	l := load{submitters: c.Submitters, warm: warm, last: r.Time, take: stock.take, submit: single(node)}
	if c.Grouped {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		g := newGroup(node.Submit)
		go g.run(ctx)
		l.submit = g.one
	}
	t, err := l.run(ctx)
	if err != nil {
		return Result{}, err
	}
	if counted, want := node.Health(ctx).Records, t.accepted+uint64(len(r.ward.people)); counted != want {
		return Result{}, fmt.Errorf("%w: %d, acknowledged %d", ErrCount, counted, want)
	}
	if c.Signed {
		if err := sealed(ctx, node, members, t.last); err != nil {
			return Result{}, err
		}
	}
	return newResult(c, t), nil
}

// start founds a chain in an empty folder, starts its node and enrols the people. Without signatures there are no seals
// either: that is the engine alone.
func (r *run) start(ctx context.Context, dir string, c Case) (*comet.Node, *chain.Members, error) {
	members, err := comet.InitGenesis(dir, r.ward.members, hospital, r.ward.at)
	if err != nil {
		return nil, nil, err
	}
	cfg := comet.Config{Dir: dir, Member: hospital, Logger: slog.New(slog.DiscardHandler), UnsafeNoSignatures: !c.Signed}
	if c.Signed {
		cfg.Sealer = r.ward.orgs.Sealer(hospital)
	}
	node, err := comet.Start(ctx, cfg)
	if err != nil {
		return nil, nil, err
	}
	enrolments, err := r.ward.enrolments(ctx)
	if err == nil {
		err = accepted(node.Submit(ctx, enrolments))
	}
	if err != nil {
		return nil, nil, errors.Join(err, node.Stop())
	}
	return node, members, nil
}

func accepted(outcomes []chain.Outcome, err error) error {
	for _, o := range outcomes {
		if err == nil && o.Code != chain.CodeOK {
			err = fmt.Errorf("bench: enrolment refused: %s %s", o.Code, o.Detail)
		}
	}
	return err
}

func single(node *comet.Node) submitFunc {
	return func(ctx context.Context, rec chain.Record) (chain.Outcome, error) {
		out, err := node.Submit(ctx, []chain.Record{rec})
		if err != nil {
			return chain.Outcome{}, err
		}
		return out[0], nil
	}
}

// sealed waits for a record's receipt and checks it: what was measured must be provable to a stranger.
func sealed(ctx context.Context, node *comet.Node, members *chain.Members, id string) error {
	ctx, cancel := context.WithTimeout(ctx, sealWithin)
	defer cancel()
	for {
		receipt, err := node.Receipt(ctx, id)
		if err == nil {
			return members.VerifyReceipt(receipt)
		}
		if !errors.Is(err, chain.ErrNotSealed) {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("bench: seals did not come: %w", ctx.Err())
		case <-time.After(time.Millisecond):
		}
	}
}
