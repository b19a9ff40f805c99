package outbox

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// TestFaults is the table stage × {not persisted, persisted anyway} × {error, death}: whatever
// fails, each record is on the chain once and in order afterwards, and the database knows where.
func TestFaults(t *testing.T) {
	four := []fault{failBefore, failAfter, dieBefore, dieAfter}
	stages := []struct {
		name   string
		faults []fault
		arm    func(p *process, f fault)
	}{
		{"append", four, nil},
		{"take the lease", four, func(p *process, f fault) { p.txs = []fault{f} }},
		{"submit", append(four, busy, late), func(p *process, f fault) { p.submits = []fault{f} }},
		{"submit twice", append(four, busy, late), func(p *process, f fault) { p.submits = []fault{f, f} }},
		{"write the verdicts", four, func(p *process, f fault) { p.txs = []fault{fine, f} }},
		{"submit, then write the verdicts", four, func(p *process, f fault) {
			p.submits, p.txs = []fault{failAfter}, []fault{fine, f}
		}},
	}
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		for n, s := range stages {
			for m, f := range s.faults {
				t.Run(s.name+"/"+string(f), func(t *testing.T) {
					w := newWorld(t, db, fmt.Sprintf("S%dF%d", n, m))
					p := w.start()
					appending := fine
					if s.arm == nil {
						appending = f
					} else {
						s.arm(p, f)
					}
					for _, lane := range []string{"A", "B"} {
						w.add(lane, "rx", appending)
						w.add(lane, "rx", fine)
						w.add(lane, "pay", appending)
						w.add(lane, "rx", fine)
					}
					p = w.run(p)
					w.complete()
					if len(p.alarms) != 0 {
						t.Errorf("alarms %v", p.alarms)
					}
					p.releaseLease()
				})
			}
		}
	})
}

// A relay that lost its lease while it waited for the node must not write what it learnt: here it
// learnt that a record is refused, and its successor got the same record through.
func TestLeaseLostInTheMiddle(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		w := newWorld(t, db, "L")
		id := w.add("A", "rx", fine)
		w.chain.refuse[id] = 8
		first, second := w.start(), w.start()
		first.betweenSub = func() {
			delete(w.chain.refuse, id)
			w.now = w.now.Add(leaseTTL + time.Second)
			if moved, err := second.round(ctx); !moved || err != nil {
				t.Errorf("the second relay did not take over: %v %v", moved, err)
			}
		}
		if moved, err := first.round(ctx); moved || !errors.Is(err, errLeaseLost) {
			t.Errorf("the first relay wrote: %v %v", moved, err)
		}
		if first.Counters().LeasesLost != 1 || len(first.alarms) != 0 {
			t.Errorf("counters %+v, alarms %v", first.Counters(), first.alarms)
		}
		w.complete()
	})
}

// Random wards: appends, faults of every kind, two relays, deaths and passing time in a random
// order. After every step the chain holds a beginning of each lane; in the end all of it.
func TestRandomSchedules(t *testing.T) {
	const wards, steps = 25, 60
	seed := uint64(time.Now().UnixNano())
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		for n := range uint64(wards) {
			t.Logf("seed %d/%d", seed, n) // shown on failure: put it into place of the clock to see it again
			rng := rand.New(rand.NewPCG(seed, n))
			randomWard(t, db, fmt.Sprintf("R%d", n), rng, steps)
		}
	})
}

func randomWard(t *testing.T, db *sqlstore.DB, prefix string, rng *rand.Rand, steps int) {
	w := newWorld(t, db, prefix)
	relays := []*process{w.start(), w.start()}
	all := []fault{fine, failBefore, failAfter, dieBefore, dieAfter, busy, late}
	for range steps {
		i := rng.IntN(len(relays))
		p := relays[i]
		switch rng.IntN(8) {
		case 0, 1, 2:
			w.add(string(rune('A'+rng.IntN(4))), []string{"rx", "pay"}[rng.IntN(2)], all[rng.IntN(5)])
		case 3:
			p.submits = append(p.submits, all[rng.IntN(len(all))])
		case 4:
			p.txs = append(p.txs, fine, all[rng.IntN(5)])
		case 5:
			w.now = w.now.Add(time.Duration(rng.IntN(20)) * time.Second)
		default:
			_, _ = p.round(ctx) // it may fail; only what it leaves behind counts
		}
		if p.died {
			relays[i] = w.start()
		}
		w.inOrder()
	}
	if b, err := Stats(db.DB); err != nil {
		t.Fatal(err)
	} else if b.Pending > 0 {
		w.run(w.start())
	}
	w.complete()
	if err := db.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Exec("UPDATE outbox_lease SET until = 0").Error
	}); err != nil {
		t.Fatal(err)
	}
}
