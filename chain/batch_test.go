package chain_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/chaintest"
)

// members of a batch: the hospital's records of the reference, some of them by its seal.
func (r *reference) ofHospital() (list []chain.Record) {
	for _, rec := range r.records {
		if rec.Statement.Org == "h1" {
			list = append(list, rec)
		}
	}
	return list
}

// many are n records of the hospital, by a doctor.
func (r *reference) many(n int) []chain.Record {
	list := make([]chain.Record, n)
	for i := range list {
		list[i] = r.Issued(fmt.Sprint("RXMANY", i), refStart)
	}
	return list
}

func TestBatchOfEverySize(t *testing.T) {
	r := newReference()
	h1 := r.Orgs["h1"].Seal
	all := r.many(chain.MaxBatchRecords)
	for n := 1; n <= len(all); n++ {
		packed := r.SealBatch(all[:n])
		if !chain.SealedAsOne(packed) {
			t.Fatalf("%d: not one batch", n)
		}
		for i, rec := range packed {
			if err := rec.VerifySignatures(r.Doctor.Cert, h1.Cert); err != nil {
				t.Errorf("%d of %d: %v", i, n, err)
			}
			raw := rec.Bytes()
			again, err := chain.ParseRecord(raw)
			if err != nil || string(again.Bytes()) != string(raw) || again.ID() != all[i].ID() {
				t.Errorf("%d of %d: parsed back: %v", i, n, err)
			}
			if statement, seal := rec.Signed(raw); string(statement) != string(rec.Statement.Bytes()) ||
				string(seal) != string(rec.SealBytes()) {
				t.Errorf("%d of %d: signatures would be over %s, %s", i, n, statement, seal)
			}
			if !all[i].Became(rec) || !all[i].Unsealed().Became(rec) || all[(i+1)%64].Became(rec) {
				t.Errorf("%d of %d: does not know itself", i, n)
			}
		}
	}
}

// TestBatchOfTheSealItself: the seal signs once for what it did itself, and nobody else's signature
// may be missing.
func TestBatchOfTheSealItself(t *testing.T) {
	r := newReference()
	packed := r.SealBatch(r.ofHospital())
	once := 0
	for _, rec := range packed {
		if rec.ActorSig == "" {
			once++
		}
		if (rec.ActorSig == "") != (rec.Statement.Actor == rec.OrgCert) {
			t.Errorf("%s: actor's signature %q", rec.Statement.Kind, rec.ActorSig)
		}
		if err := rec.VerifySignatures(r.holder(rec.Statement.Actor).Cert, r.Orgs["h1"].Seal.Cert); err != nil {
			t.Errorf("%s: %v", rec.Statement.Kind, err)
		}
		bare := rec
		bare.ActorSig = ""
		if err := bare.Check(); (err == nil) != (rec.ActorSig == "") {
			t.Errorf("%s without an actor's signature: %v", rec.Statement.Kind, err)
		}
		doubly := rec
		doubly.ActorSig = rec.OrgSig
		if err := doubly.Check(); (err == nil) != (rec.ActorSig != "") {
			t.Errorf("%s with an actor's signature: %v", rec.Statement.Kind, err)
		}
	}
	if once == 0 || once == len(packed) {
		t.Errorf("%d of %d are the seal's own", once, len(packed))
	}
}

func TestBatchRefuses(t *testing.T) {
	r := newReference()
	two := r.many(2)
	other := r.records[len(r.records)-1] // the pharmacy's
	elsewhere := two[1]
	elsewhere.Statement.Chain = "elsewhere"
	for name, list := range map[string][]chain.Record{
		"nothing": nil, "too many": r.many(chain.MaxBatchRecords + 1), "two organisations": {two[0], other},
		"two chains": {two[0], elsewhere},
	} {
		if _, err := chain.SealBatch("x", list, nil); !errors.Is(err, chain.ErrBatch) {
			t.Errorf("%s: %v", name, err)
		}
	}
	packed := r.SealBatch(r.many(5))
	for name, change := range map[string]func(*chain.Place){
		"size 0":           func(p *chain.Place) { p.Size = 0 },
		"size 65":          func(p *chain.Place) { p.Size = 65 },
		"index is size":    func(p *chain.Place) { p.Index = 5 },
		"path cut":         func(p *chain.Place) { p.Path = p.Path[1:] },
		"path too long":    func(p *chain.Place) { p.Path = append(slices.Clone(p.Path), p.Path[0]) },
		"path upper case":  func(p *chain.Place) { p.Path = []string{strings.ToUpper(p.Path[0]), "", ""} },
		"another's length": func(p *chain.Place) { p.Index = 4 },
	} {
		rec := packed[1]
		place := *rec.Batch
		rec.Batch = &place
		change(&place)
		if err := rec.Check(); !errors.Is(err, canonical.ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestBatchIsItsOwnSeal: a seal over a batch is none over a record, nor the other way round, and a
// place is good under its own root and size alone.
func TestBatchIsItsOwnSeal(t *testing.T) {
	r := newReference()
	list := r.many(4)
	seal := r.Orgs["h1"].Seal.Cert
	packed, one := r.SealBatch(list), r.SealBatch(list[:1])
	three := r.SealBatch(list[:3])
	swap := func(rec chain.Record, change func(*chain.Record)) chain.Record {
		place := *rec.Batch
		rec.Batch = &place
		change(&rec)
		return rec
	}
	for name, rec := range map[string]chain.Record{
		"a batch's seal alone":        swap(one[0], func(x *chain.Record) { x.Batch = nil }),
		"a record's seal for a batch": swap(one[0], func(x *chain.Record) { x.OrgSig = list[0].OrgSig }),
		"moved":                       swap(packed[1], func(x *chain.Record) { x.Batch.Index = 0 }),
		"in another's place":          swap(packed[1], func(x *chain.Record) { x.Batch = packed[2].Batch }),
		"in another batch":            swap(three[0], func(x *chain.Record) { x.OrgSig = packed[0].OrgSig }),
		"of another size":             swap(three[2], func(x *chain.Record) { x.Batch.Index, x.Batch.Size = 1, 2 }),
		"another statement":           swap(packed[1], func(x *chain.Record) { x.Statement.Time++ }),
		"another actor's signature":   swap(packed[1], func(x *chain.Record) { x.ActorSig = packed[0].ActorSig }),
		"another certificate":         swap(packed[1], func(x *chain.Record) { x.OrgCert = chaintest.Tag("x") }),
	} {
		err := rec.Check()
		if err == nil {
			err = rec.VerifySealRaw(rec.Bytes(), seal)
		}
		if chain.ReasonOf(err) != chain.ReasonOrgSig {
			t.Errorf("%s: %v", name, err)
		}
	}
}
