package testnet

import (
	"context"
	"encoding/hex"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/intent"
	"golang.org/x/sync/errgroup"
)

// ward is the people at work, and the book of what they were told.
type ward struct {
	w                         *network
	began                     time.Time
	doctor, reviewer, patient *person
	hospital                  *person
	dispensers                []*person // one of each pharmacy

	packs atomic.Bool // what is submitted goes as batches under one seal

	mu      sync.Mutex
	acked   map[string]ack // by record id
	history []operation
}

// ack is an acknowledgement: when its record was first submitted.
type ack struct {
	record chain.Record
	called time.Duration
}

// newWard issues and enrols the people.
func newWard(w *network) *ward {
	w.t.Helper()
	d := &ward{w: w, began: time.Now(), acked: map[string]ack{}}
	var all []chain.Record
	hire := func(o *organisation, cn string, role chain.Role) *person {
		p, err := o.hire(cn, role)
		if err != nil {
			w.t.Fatal(err)
		}
		r, err := p.enrol()
		if err != nil {
			w.t.Fatal(err)
		}
		all = append(all, r)
		return p
	}
	for _, o := range w.m.Organisations {
		switch o.Role {
		case chain.OrgHospital:
			h := w.organisation(o.ID)
			d.hospital, d.doctor, d.reviewer, d.patient = h.itself(), hire(h, "doc", chain.RoleDoctor),
				hire(h, "rev", chain.RoleReviewer), hire(h, "pat", chain.RolePatient)
		case chain.OrgPharmacy:
			d.dispensers = append(d.dispensers, hire(w.organisation(o.ID), "dis", chain.RoleDispenser))
		}
	}
	if d.hospital == nil || len(d.dispensers) < 2 || len(w.serving()) < 2 {
		w.t.Fatal("a load needs a hospital, two pharmacies and two honest peers that vote")
	}
	d.accept(all...)
	return d
}

func (d *ward) now() time.Duration { return time.Since(d.began) }

func (d *ward) acknowledge(r chain.Record, called time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, known := d.acked[r.ID()]; !known {
		d.acked[r.ID()] = ack{r, called}
	}
}

// ackedSince counts the acknowledged records that were first submitted after a moment.
func (d *ward) ackedSince(t time.Duration) (n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, a := range d.acked {
		if a.called >= t {
			n++
		}
	}
	return n
}

// sealed puts one organisation's records under one seal when the ward packs, as the relay does.
func (d *ward) sealed(recs ...chain.Record) []chain.Record {
	if !d.packs.Load() {
		return recs
	}
	for _, p := range append(d.dispensers, d.hospital) {
		if p.org.id != recs[0].Statement.Org {
			continue
		}
		packed, err := intent.Pack(context.Background(), p.org.seal, recs)
		if err != nil {
			d.w.t.Error(err)
			return recs
		}
		return packed
	}
	return recs
}

// try submits one record at one node after the other until the outcome is known or tries are used
// up.
func (d *ward) try(r chain.Record, each time.Duration, at ...*node) (o chain.Outcome, known bool) {
	called := d.now()
	for _, n := range at {
		ctx, cancel := context.WithTimeout(context.Background(), each)
		out, err := n.submit(ctx, d.sealed(r)...)
		cancel()
		if err != nil || out[0].Code.Transient() {
			continue
		}
		if out[0].Code == chain.CodeOK {
			d.acknowledge(r, called)
		}
		return out[0], true
	}
	return o, false
}

// accept submits records in one batch until all are in the ledger.
func (d *ward) accept(recs ...chain.Record) {
	d.w.t.Helper()
	if err := d.put(recs...); err != nil {
		d.w.t.Fatal(err)
	}
}

func (d *ward) put(recs ...chain.Record) error {
	called, nodes := d.now(), d.w.serving()
	for try := 0; d.now()-called < patience; try++ {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		out, err := nodes[try%len(nodes)].submit(ctx, d.sealed(recs...)...)
		cancel()
		if err != nil {
			time.Sleep(100 * time.Millisecond)
			continue
		}
		again := false
		for i, o := range out {
			switch {
			case o.Code == chain.CodeOK:
				d.acknowledge(recs[i], called)
			case o.Code.Transient():
				again = true
			default:
				return fmt.Errorf("%s %s: %s %s", recs[i].Statement.Kind, recs[i].Statement.Subject, o.Code, o.Detail)
			}
		}
		if !again {
			return nil
		}
	}
	return fmt.Errorf("%d records were not taken in %s", len(recs), patience)
}

// paidSeq is the sequence of a paid prescription's last record.
const paidSeq = 3

func rx(i int) string { return fmt.Sprintf("%sN%d", chain.SubjectRx, i) }

// prescribe puts the prescriptions numbered from to below to on the chain, paid.
func (d *ward) prescribe(from, to int) {
	d.w.t.Helper()
	const (
		batch    = 10 // prescriptions
		parallel = 6
	)
	var g errgroup.Group
	g.SetLimit(parallel)
	for from := from; from < to; from += batch {
		g.Go(func() error {
			var recs []chain.Record
			for i := from; i < min(from+batch, to); i++ {
				paid, err := d.paid(i)
				if err != nil {
					return err
				}
				recs = append(recs, paid...)
			}
			return d.put(recs...)
		})
	}
	if err := g.Wait(); err != nil {
		d.w.t.Fatal(err)
	}
}

func (d *ward) issue(subject string) (chain.Record, error) {
	return d.doctor.record(chain.KindIssue, subject, 1,
		chain.Facts{Expires: time.Now().Add(72 * time.Hour).UnixMilli()})
}

func (d *ward) paid(i int) (recs []chain.Record, err error) {
	rx, pay := rx(i), fmt.Sprintf("%sN%d", chain.SubjectPay, i)
	issued, err := d.issue(rx)
	if err != nil {
		return nil, err
	}
	recs = append(recs, issued)
	for _, s := range []struct {
		by      *person
		kind    chain.Kind
		subject string
		seq     uint64
		facts   chain.Facts
	}{
		{d.reviewer, chain.KindApprove, rx, 2, chain.Facts{}},
		{d.patient, chain.KindPayOpen, pay, 1, chain.Facts{Ref: rx}},
		{d.hospital, chain.KindPaySettle, pay, 2, chain.Facts{}},
		{d.hospital, chain.KindPay, rx, paidSeq, chain.Facts{Ref: pay}},
	} {
		r, err := s.by.record(s.kind, s.subject, s.seq, s.facts)
		if err != nil {
			return nil, err
		}
		recs = append(recs, r)
	}
	return recs, nil
}

// tag is a package's trace code as the chain sees it.
func tag(s string) string {
	h := gm.Sum([]byte(s))
	return hex.EncodeToString(h[:])
}
