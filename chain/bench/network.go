package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/platform/loopback"
)

// stopWithin is how long a validator's process may take to stop in order before it is killed.
const stopWithin = 10 * time.Second

// process is one validator's.
type process struct {
	cmd  *exec.Cmd
	in   io.WriteCloser // its end stops the process, also when this one is killed
	tell *json.Encoder
	told *json.Decoder
}

// network is the processes of one chain.
type network []*process

// found writes the folders of a chain's nodes, on loopback ports that were free a moment ago, and
// returns a job for each.
func (r *run) found(c Case) (jobs []job, err error) {
	members := *r.ward.members
	members.Members = slices.Clone(members.Members)
	addresses := make([]string, c.Validators)
	for i := range members.Members {
		m := &members.Members[i]
		if m.Power = 0; i >= c.Validators {
			continue
		}
		j := job{
			Case: c, Dir: filepath.Join(r.dir, "node-"+m.ID), Member: m.ID, Keys: r.ward.keys, Master: r.ward.master,
			Enrolments: r.ward.enrolled, Payload: r.ward.payload, Submitters: share(c.Submitters, c.Validators, i),
			Warm: r.Time / warmShare, Last: r.Time,
		}
		if r.Profile != "" {
			j.Profile = filepath.Join(r.Profile, c.file()+"-"+m.ID+".pprof")
		}
		id, err := home.NewIdentity(j.Dir)
		if err != nil {
			return nil, err
		}
		peer, err := home.PeerID(id.Node)
		if err != nil {
			return nil, err
		}
		if j.Listen, err = loopback.Address(); err != nil {
			return nil, err
		}
		m.Power, m.Validator, m.Nodes, addresses[i] = 1, id.Validator, []string{id.Node}, peer+"@"+j.Listen
		jobs = append(jobs, j)
	}
	for i := range jobs {
		jobs[i].Peers = slices.Delete(slices.Clone(addresses), i, i+1)
		if _, err := home.WriteGenesis(jobs[i].Dir, &members, r.ward.at); err != nil {
			return nil, err
		}
	}
	return jobs, nil
}

// share is how many of all the submitters the i-th of n validators has.
func share(all, n, i int) int { return (all + n - 1 - i) / n }

// start runs the validators, one after the other, so that each finds those before it listening.
func (r *run) start(ctx context.Context, jobs []job) (n network, err error) {
	defer func() {
		if err != nil {
			err = errors.Join(err, n.stop())
		}
	}()
	for _, j := range jobs {
		p := &process{cmd: exec.CommandContext(ctx, r.Validator[0], r.Validator[1:]...)} //nolint:gosec // ourselves
		p.cmd.WaitDelay, p.cmd.Stderr = stopWithin, os.Stderr
		p.cmd.Cancel = func() error { return p.in.Close() }
		if p.in, err = p.cmd.StdinPipe(); err != nil {
			return n, fmt.Errorf("bench: validator: %w", err)
		}
		out, err := p.cmd.StdoutPipe()
		if err != nil {
			return n, fmt.Errorf("bench: validator: %w", err)
		}
		p.tell, p.told = json.NewEncoder(p.in), json.NewDecoder(out)
		if err := p.cmd.Start(); err != nil {
			return n, fmt.Errorf("bench: validator: %w", err)
		}
		n = append(n, p)
		if _, err := p.ask(ctx, j); err != nil {
			return n, err
		}
	}
	_, err = n.all(ctx, order{Do: orderMeet})
	return n, err
}

// ask gives a job or an order and waits for the reply.
func (p *process) ask(ctx context.Context, what any) (r reply, err error) {
	if err = p.tell.Encode(what); err == nil {
		err = p.told.Decode(&r)
	}
	switch {
	case ctx.Err() != nil:
		return r, ctx.Err()
	case err != nil:
		return r, fmt.Errorf("bench: a validator's process has ended: %w", err)
	case r.Error != "":
		return r, fmt.Errorf("bench: validator: %s", r.Error)
	}
	return r, nil
}

// all gives one order to all of them at once; the replies come in the validators' order.
func (n network) all(ctx context.Context, o order) ([]reply, error) {
	replies := make([]reply, len(n))
	var g errgroup.Group
	for i, p := range n {
		g.Go(func() (err error) { replies[i], err = p.ask(ctx, o); return err })
	}
	return replies, g.Wait()
}

// stop ends all of them in order; one that does not is killed.
func (n network) stop() error {
	var g errgroup.Group
	for _, p := range n {
		_ = p.in.Close()
		kill := time.AfterFunc(stopWithin, func() { _ = p.cmd.Process.Kill() })
		g.Go(func() error {
			defer kill.Stop()
			return p.cmd.Wait()
		})
	}
	return g.Wait()
}

// measure runs one case on a chain of its own.
func (r *run) measure(ctx context.Context, c Case, limit float64) (result Result, err error) {
	defer func() { err = errors.Join(err, r.clear()) }()
	jobs, err := r.found(c)
	if err != nil {
		return result, err
	}
	if !c.Empty {
		if err := r.supply(ctx, jobs, limit); err != nil {
			return result, err
		}
	}
	n, err := r.start(ctx, jobs)
	if err != nil {
		return result, err
	}
	defer func() {
		if stopped := n.stop(); err == nil {
			err = stopped
		}
	}()
	var enrolled uint64
	if !c.Empty {
		if _, err := n[0].ask(ctx, order{Do: orderEnrol}); err != nil {
			return result, err
		}
		enrolled = uint64(len(r.ward.people))
	}
	replies, err := n.all(ctx, order{Do: orderLoad})
	if err != nil {
		return result, err
	}
	tallies, total := make([]tally, len(replies)), enrolled
	for i, reply := range replies {
		tallies[i], total = reply.Tally, total+reply.Tally.Accepted
	}
	if replies, err = n.all(ctx, order{Do: orderCheck, Records: total}); err != nil {
		return result, err
	}
	for _, other := range replies {
		if other.Root != replies[0].Root {
			return result, fmt.Errorf("%w: the state roots differ", ErrCount)
		}
	}
	return newResult(c, tallies)
}

// supply writes every validator's part of the stock.
func (r *run) supply(ctx context.Context, jobs []job, limit float64) error {
	lives, err := r.stock.ensure(ctx, r.ward, jobs[0].Case.Submitters, limit, r.Time+r.Time/warmShare)
	if err != nil {
		return err
	}
	from := 0
	for i := range jobs {
		to := from + lives*jobs[i].Submitters/jobs[i].Case.Submitters
		jobs[i].Stock = filepath.Join(r.dir, "node-stock-"+jobs[i].Member)
		if err := write(jobs[i].Stock, r.stock.lives[from:to]); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// clear removes a case's folders and stock.
func (r *run) clear() error {
	old, err := filepath.Glob(filepath.Join(r.dir, "node-*"))
	for _, path := range old {
		err = errors.Join(err, os.RemoveAll(path))
	}
	return err
}

// warmShare: a case warms up for an eighth of its time.
const warmShare = 8
