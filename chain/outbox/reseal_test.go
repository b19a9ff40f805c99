package outbox

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"testing"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
)

// fakeSeals are an organisation's seals: the id of the one in force, and whether its key is here.
type fakeSeals struct {
	inForce string
	missing bool
	made    int
}

func (s *fakeSeals) InForce(string) string { return s.inForce }

// Reseal gives other bytes each time, as real signatures are random.
func (s *fakeSeals) Reseal(_ context.Context, rec chain.Record) (chain.Record, error) {
	if s.missing {
		return chain.Record{}, errors.New("no key")
	}
	s.made++
	sig := bytes.Repeat([]byte{byte(s.made)}, 70)
	rec.OrgCert, rec.OrgSig = s.inForce, base64.StdEncoding.EncodeToString(sig)
	return rec, nil
}

// Pack puts the seal in force under all.
func (s *fakeSeals) Pack(_ context.Context, _ string, recs []chain.Record) ([]chain.Record, error) {
	if s.missing {
		return nil, errors.New("no key")
	}
	s.made++
	return chain.SealBatch(s.inForce, recs, func([]byte) (string, error) {
		return base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{byte(s.made)}, 70)), nil
	})
}

var oldSeal, newSeal = fmt.Sprintf("%064x", 7), fmt.Sprintf("%064x", 8)

// asOnChain checks that every stored record is, to the letter, the one the chain holds.
func (w *world) asOnChain() {
	w.t.Helper()
	for id, rec := range w.chain.records {
		if !bytes.Equal(w.entry(id).Record, rec.Bytes()) {
			w.t.Errorf("record %s is stored otherwise than the chain has it", id)
		}
	}
}

// TestNewSeal: the members vote an organisation's new seal in while records under the old one wait,
// or are on their way, or have landed and nobody heard of it, and whatever dies meanwhile: each
// reaches the chain once, none is a dead letter.
func TestNewSeal(t *testing.T) {
	txs := map[string][]fault{"well": nil, "killed before resealing": {dieBefore}, "killed after resealing": {dieAfter},
		"killed at the verdict": {fine, dieBefore}, "killed after the verdict": {fine, dieAfter}}
	newSealComes(t, 0, txs, (*world).asOnChain)
}

// newSealComes plays every fate of a submission with every fault of the transactions after it,
// while the seal in force changes between them. What the database holds in the end is for check.
func newSealComes(t *testing.T, schema int, txs map[string][]fault, check func(*world)) {
	submits := map[string][]fault{
		"waiting": nil, "answer lost": {failAfter}, "landed late": {late}, "killed before": {dieBefore},
		"killed after": {dieAfter}, "busy": {busy},
	}
	each(t, func(t *testing.T, w *world) {
		n := 0
		for how, before := range submits {
			for when, writing := range txs {
				n++
				seals := &fakeSeals{inForce: oldSeal}
				w.seals, w.chain.seal, w.chain.schema = seals, oldSeal, schema
				lane := fmt.Sprint("N", n)
				for range 3 {
					w.add(lane, "rx", fine)
				}
				p := w.start()
				if p.submits = before; before != nil {
					_, _ = p.round(ctx)
				}
				if p.died {
					p = w.start()
				}
				w.now = w.now.Add(leaseTTL)
				seals.inForce, w.chain.seal = newSeal, newSeal
				p.submits, p.txs = nil, writing
				p = w.run(p)
				if b, err := Stats(w.db.DB); err != nil || b.Dead != 0 || len(p.alarms) != 0 {
					t.Fatalf("%s, %s: %+v %v, alarms %v", how, when, b, err, p.alarms)
				}
				check(w)
			}
		}
		w.complete()
	})
}

// TestNewSealOnTheWay: the change comes in force between a submission and the block that holds it.
func TestNewSealOnTheWay(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		seals := &fakeSeals{inForce: oldSeal}
		w.seals, w.chain.seal = seals, newSeal
		id, behind := w.add("A", "rx", fine), w.add("A", "rx", fine)
		p := w.start()
		p.betweenSub = func() { seals.inForce = newSeal }
		w.rounds(p, 1)
		if e := w.entry(id); e.State != Pending || e.Attempts != 0 {
			t.Errorf("refused for its seal: %+v", e)
		}
		w.rounds(p, 1)
		if w.entry(id).State != Committed || w.entry(behind).State != Committed {
			t.Errorf("%+v, %+v", w.entry(id), w.entry(behind))
		}
		w.asOnChain()
		// Refused under the seal in force, it is refused for good.
		wrong := w.add("B", "rx", fine)
		w.chain.refuse[wrong] = chain.CodeTransition
		w.rounds(p, 2)
		if w.entry(wrong).State != Dead {
			t.Errorf("%+v", w.entry(wrong))
		}
	})
}

// TestNewSealWithoutItsKey: the records wait for the key, others go on.
func TestNewSealWithoutItsKey(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		seals := &fakeSeals{inForce: newSeal, missing: true}
		w.seals, w.chain.seal = seals, newSeal
		id, behind := w.add("A", "rx", fine), w.add("A", "rx", fine)
		name, rec := w.nextRecord("B", "rx")
		rec.OrgCert = newSeal
		if err := w.db.Tx(ctx, func(tx *gorm.DB) error { return Append(tx, name, rec, w.now) }); err != nil {
			t.Fatal(err)
		}
		p := w.start()
		w.rounds(p, 3)
		if e := w.entry(id); e.State != Pending || e.Attempts != 1 || e.Detail == "" {
			t.Errorf("without the key: %+v", e)
		}
		if w.entry(behind).State != Pending || w.entry(rec.ID()).State != Committed {
			t.Errorf("behind: %+v, another lane: %+v", w.entry(behind), w.entry(rec.ID()))
		}
		seals.missing = false
		w.now = w.now.Add(firstPutOff)
		w.rounds(p, 2)
		if w.entry(id).State != Committed || w.entry(behind).State != Committed {
			t.Errorf("with the key: %+v, %+v", w.entry(id), w.entry(behind))
		}
		w.asOnChain()
	})
}
