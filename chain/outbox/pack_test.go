package outbox

import (
	"fmt"
	"slices"
	"testing"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
)

// TestOneSealABatch: where schema 2 is in force, each organisation's records travel under one seal,
// and those without a key here wait alone.
func TestOneSealABatch(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		seals := &fakeSeals{inForce: newSeal}
		w.seals, w.chain.seal, w.chain.schema = seals, newSeal, chain.Schema2
		for i := range 5 {
			lane := fmt.Sprint("O", i)
			w.add(lane, "rx", fine)
			w.add(lane, "rx", fine)
		}
		for i := range 3 { // another organisation's, appended without a seal
			name, rec := w.nextRecord(fmt.Sprint("P", i), "rx")
			rec.Statement.Org = "p1"
			rec = rec.Unsealed()
			if err := w.db.Tx(ctx, func(tx *gorm.DB) error { return Append(tx, name, rec, w.now) }); err != nil {
				t.Fatal(err)
			}
			w.seqs[rec.Statement.Subject]++
			w.appended[name] = append(w.appended[name], rec.ID())
		}
		w.run(w.start())
		w.complete()
		slices.Sort(w.chain.sealed)
		if !slices.Equal(w.chain.sealed, []int{3, 10}) || seals.made != 2 {
			t.Errorf("batches of %d, %d seals made", w.chain.sealed, seals.made)
		}
		w.became()
	})
}

// TestTwoOrganisationsInALane: what another organisation wrote behind it waits until the first is
// there, since batches have no order between them.
func TestTwoOrganisationsInALane(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.seals, w.chain.seal, w.chain.schema = &fakeSeals{inForce: newSeal}, newSeal, chain.Schema2
		w.add("L", "rx", fine)
		name, rec := w.nextRecord("L", "rx")
		rec.Statement.Org = "p1"
		if err := w.db.Tx(ctx, func(tx *gorm.DB) error { return Append(tx, name, rec, w.now) }); err != nil {
			t.Fatal(err)
		}
		w.seqs[rec.Statement.Subject]++
		w.appended[name] = append(w.appended[name], rec.ID())
		w.add("L", "rx", fine)
		p := w.start()
		for n := 1; n <= 3; n++ {
			w.rounds(p, 1)
			if len(w.chain.order) != n {
				t.Fatalf("%d records after %d rounds", len(w.chain.order), n)
			}
		}
		w.complete()
	})
}

// TestNewSealUnderBatches: the members vote a new seal in while records wait, are on their way, or
// have landed and nobody heard of it, and whatever dies meanwhile. Nothing waits sealed, so what is
// sent again is packed anew under the seal in force.
func TestNewSealUnderBatches(t *testing.T) {
	txs := map[string][]fault{"well": nil, "killed at the verdict": {dieBefore}, "killed after the verdict": {dieAfter}}
	newSealComes(t, chain.Schema2, txs, (*world).became)
}

// TestBatchWithoutItsKey: the organisation's records wait for the key and are no dead letters.
func TestBatchWithoutItsKey(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		seals := &fakeSeals{inForce: newSeal, missing: true}
		w.seals, w.chain.seal, w.chain.schema = seals, newSeal, chain.Schema2
		id, behind := w.add("A", "rx", fine), w.add("A", "rx", fine)
		p := w.start()
		w.rounds(p, 1)
		if e := w.entry(id); e.State != Pending || e.Detail == "" || w.entry(behind).Attempts != 0 {
			t.Errorf("%+v", e)
		}
		seals.missing = false
		w.run(p)
		w.complete()
		w.became()
	})
}

// TestSchema2WhileRecordsWait: records appended with a seal of their own before schema 2 came in
// force travel in batches after it.
func TestSchema2WhileRecordsWait(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.seals, w.chain.seal = &fakeSeals{inForce: oldSeal}, oldSeal
		before := w.add("A", "rx", fine)
		p := w.start()
		w.rounds(p, 1)
		w.add("A", "rx", fine)
		w.chain.schema = chain.Schema2
		w.run(p)
		w.complete()
		w.became()
		if w.chain.records[before].Batch != nil || !slices.Equal(w.chain.sealed, []int{1}) {
			t.Errorf("batches of %d", w.chain.sealed)
		}
	})
}

// became checks that every record on the chain is the stored one with some seal.
func (w *world) became() {
	w.t.Helper()
	for id, rec := range w.chain.records {
		stored, err := chain.ParseWaiting(w.entry(id).Record)
		if err != nil || !stored.Became(rec) {
			w.t.Errorf("record %s is stored otherwise than the chain has it: %v", id, err)
		}
	}
}
