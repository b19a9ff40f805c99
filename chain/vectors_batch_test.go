package chain_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/membership"
)

// newReferenceBatch is newReference2 with every organisation's records under one seal, and behind
// them batches of one, three and sixty-four.
func newReferenceBatch() *reference {
	r := newReference2()
	for _, org := range []string{"h1", "p1", "p2"} {
		var at []int
		var list []chain.Record
		for i, rec := range r.records {
			if rec.Statement.Org == org {
				at, list = append(at, i), append(list, rec)
			}
		}
		for i, rec := range r.SealBatch(list) {
			r.records[at[i]] = rec
		}
	}
	for _, n := range []int{1, 3, chain.MaxBatchRecords} {
		r.records = append(r.records, r.SealBatch(r.many(n))...)
	}
	r.rehash()
	return r
}

// Indices in the log of newReferenceBatch.
const (
	batchSettled = 8  // pay.settle, by the seal
	batchOfOne   = 16 // alone in its batch
	batchOf3     = 17
	batchOf64    = 20
)

// forgeriesBatch break what a batch must keep. Each is in the log and sealed by the members: a
// forger may be all of them but the organisation.
func forgeriesBatch(r *reference) (out []forgery) {
	put := func(name string, why chain.Reason, rec chain.Record) *chain.Receipt {
		c := &chain.Receipt{}
		r.write(c, r.holder(rec.Statement.Actor), rec)
		out = append(out, forgery{name, "receipt", why, string(c.Bytes())})
		return c
	}
	forge := func(name string, why chain.Reason, at int, change func(*chain.Record)) {
		rec := r.records[at]
		place := *rec.Batch
		place.Path = slices.Clone(place.Path)
		rec.Batch = &place
		change(&rec)
		put(name, why, rec)
	}
	text := func(name string, at int, old, put string) {
		good := string(r.receipt(at, voters...).Bytes())
		out = append(out, forgery{name, "receipt", chain.ReasonMalformed, strings.Replace(good, old, put, 1)})
	}
	version := func(name string, at int, change func(*chain.Receipt)) {
		c := r.receipt(at, voters...)
		change(c)
		out = append(out, forgery{name, "receipt", chain.ReasonVersion, string(c.Bytes())})
	}
	h1, alone := r.Orgs["h1"].Seal, r.Issued("RXALONE", refStart)
	version("format-1-of-a-batch", batchOf3, func(c *chain.Receipt) { c.V = 1 })
	version("format-3", batchOf3, func(c *chain.Receipt) { c.V = 3 })
	version("format-2-of-a-record-alone", issued, func(c *chain.Receipt) {
		r.write(c, r.Doctor, alone)
		c.V = 2
	})
	text("empty-path", batchOfOne, `"index":0,"size":1`, `"index":0,"path":[],"size":1`)
	text("null-batch", batchOfOne, `{"index":0,"size":1}`, `null`)
	text("unknown-member", batchOfOne, `"index":0,"size":1`, `"index":0,"root":"x","size":1`)
	text("no-index", batchOfOne, `"index":0,"size":1`, `"size":1`)
	text("no-size", batchOfOne, `"index":0,"size":1`, `"index":0`)
	malformed, seal := chain.ReasonMalformed, chain.ReasonOrgSig
	forge("size-zero", malformed, batchOfOne, func(x *chain.Record) { x.Batch.Size = 0 })
	forge("size-65", malformed, batchOf64, func(x *chain.Record) { x.Batch.Size = 65 })
	forge("index-is-size", malformed, batchOf3+2, func(x *chain.Record) { x.Batch.Index = 3 })
	forge("path-cut", malformed, batchOf64, func(x *chain.Record) { x.Batch.Path = x.Batch.Path[:5] })
	forge("path-too-long", malformed, batchOf3, func(x *chain.Record) {
		x.Batch.Path = append(x.Batch.Path, x.Batch.Path[0])
	})
	forge("path-of-seven", malformed, batchOf64, func(x *chain.Record) {
		x.Batch.Path = append(x.Batch.Path, x.Batch.Path[0])
	})
	forge("path-upper-case", malformed, batchOf3, func(x *chain.Record) {
		x.Batch.Path[0] = strings.ToUpper(x.Batch.Path[0])
	})
	forge("path-hash-changed", seal, batchOf64+9, func(x *chain.Record) { x.Batch.Path[3] = chaintest.Tag("x") })
	forge("path-in-another-order", seal, batchOf64+9, func(x *chain.Record) { slices.Reverse(x.Batch.Path) })
	forge("moved-to-its-neighbour", seal, batchOf64+9, func(x *chain.Record) { x.Batch.Index = 8 })
	forge("moved-to-the-end", seal, batchOf64+9, func(x *chain.Record) { x.Batch.Index = 63 })
	forge("in-its-neighbours-place", seal, batchOf64+9,
		func(x *chain.Record) { x.Batch = r.records[batchOf64+10].Batch })
	forge("one-more-in-the-batch", seal, batchOf3+1, func(x *chain.Record) { x.Batch.Size = 4 })
	forge("as-if-of-two", seal, batchOf3+2, func(x *chain.Record) { x.Batch.Index, x.Batch.Size = 1, 2 })
	forge("another-batchs-seal", seal, batchOf3, func(x *chain.Record) { x.OrgSig = r.records[batchOfOne].OrgSig })
	forge("seal-of-a-record-alone", seal, batchOfOne, func(x *chain.Record) { x.OrgSig = alone.OrgSig })
	forge("batchs-seal-for-a-record-alone", seal, batchOfOne, func(x *chain.Record) { x.Batch = nil })
	forge("another-statement-in-its-place", seal, batchOf3, func(x *chain.Record) {
		*x = chain.Record{ActorSig: alone.ActorSig, Batch: x.Batch, OrgCert: x.OrgCert, OrgSig: x.OrgSig,
			Statement: alone.Statement}
	})
	forge("sealed-by-another-organisation", seal, batchOf3, func(x *chain.Record) {
		x.OrgSig = r.records[batchClaim].OrgSig
	})
	forge("persons-signature-missing", malformed, batchOf3, func(x *chain.Record) { x.ActorSig = "" })
	forge("seal-signed-twice", malformed, batchSettled, func(x *chain.Record) { x.ActorSig = x.OrgSig })
	forge("seal-that-signs-nothing", malformed, batchSettled, func(x *chain.Record) { x.Batch = nil })
	// what the organisation itself seals wrongly
	again := func(change func([]chain.Record)) chain.Record {
		list := r.many(4)
		change(list)
		return r.SealBatch(list)[1]
	}
	put("another-persons-signature", chain.ReasonActorSig,
		again(func(l []chain.Record) { l[1].ActorSig = l[0].ActorSig }))
	put("reviewer-issues-in-a-batch", chain.ReasonActorRole, again(func(l []chain.Record) {
		st := l[1].Statement
		st.Actor = r.Reviewer.Cert.ID()
		l[1] = r.Sign(r.Reviewer, st)
	}))
	put("seal-issues-in-a-batch", chain.ReasonActorRole, again(func(l []chain.Record) {
		l[1].Statement.Actor = h1.Cert.ID()
	}))
	// the four tricks: the batch is another one, whose seal is the true batch's
	trick := func(name string, at int, change func([]chain.Record) []chain.Record) {
		list := r.SealBatch(r.many(4))
		sealed := list[0].OrgSig
		list = change(list)
		rec := r.SealBatch(list)[at]
		rec.OrgSig = sealed
		put(name, seal, rec)
	}
	trick("dropped", 1, func(l []chain.Record) []chain.Record { return slices.Delete(l, 2, 3) })
	trick("doubled", 1, func(l []chain.Record) []chain.Record { return append(l, l[3]) })
	trick("reordered", 1, func(l []chain.Record) []chain.Record { l[1], l[2] = l[2], l[1]; return l })
	trick("moved-in", 1, func(l []chain.Record) []chain.Record { l[2] = alone; return l })
	return out
}

const batchClaim = 10 // rx.claim, by p1

// TestBatchVectors: testdata/batch holds what verifiers in other languages must take and refuse of
// receipts of format 2.
//
//	go test ./chain/ -run BatchVectors -update
func TestBatchVectors(t *testing.T) {
	name := func(parts ...string) string { return filepath.Join(append([]string{"batch"}, parts...)...) }
	if *update {
		r := newReferenceBatch()
		if err := os.RemoveAll("testdata/batch"); err != nil {
			t.Fatal(err)
		}
		write(t, name("members.json"), r.Members.Bytes())
		for i, rec := range r.records {
			if i > batchOf64 && i%9 != 0 && i != len(r.records)-1 {
				continue
			}
			write(t, name(fmt.Sprintf("receipt-%02d-%s.json", i, rec.Statement.Kind)),
				r.receipt(i, "h1", "h2", "p1").Bytes())
		}
		for _, f := range forgeriesBatch(r) {
			write(t, name("forged", f.Name+".json"), text(f))
		}
	}
	members, err := membership.ParseMembers(file(t, name("members.json")))
	if err != nil {
		t.Fatal(err)
	}
	sizes := map[uint64]int{}
	receipts := glob(t, name("receipt-*.json"))
	for _, file1 := range receipts {
		c, err := chain.ParseReceipt(file(t, file1))
		if err == nil {
			err = chain.VerifyReceipt(members, c)
		}
		if err != nil || c.V != chain.FormatBatch {
			t.Errorf("%s: %v", file1, err)
			continue
		}
		sizes[c.Record.Batch.Size]++
	}
	if sizes[1] != 1 || sizes[3] != 9 || sizes[64] < 8 {
		t.Errorf("receipts by size of batch: %v", sizes)
	}
	forged := glob(t, name("forged", "*.json"))
	for _, file1 := range forged {
		var f forgery
		if err := json.Unmarshal(file(t, file1), &f); err != nil {
			t.Fatal(err)
		}
		if err := refuse(members, f); chain.ReasonOf(err) != f.Reason {
			t.Errorf("%s: %v, want %s", file1, err, f.Reason)
		}
	}
	if len(receipts) != 29 || len(forged) != 37 {
		t.Errorf("%d receipts, %d forgeries", len(receipts), len(forged))
	}
}
