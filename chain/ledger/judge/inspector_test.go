package judge

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/ledger/transaction"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// TestWrittenIsWhatReadingGives: a record that this program holds, and the same read from its
// bytes, are one entry, with the same hashes; and what the signatures are over is cut out of the
// bytes as it would be written.
func TestWrittenIsWhatReadingGives(t *testing.T) {
	w := chaintest.NewWard(time.UnixMilli(1_700_000_000_000))
	for _, rec := range append(w.Enrolments(), w.Journey("C", w.Start)...) {
		raw := rec.Bytes()
		read, err := NewInspector(Options{}).Record(raw)
		if err != nil {
			t.Fatal(err)
		}
		in := NewInspector(Options{})
		written, err := in.written(rec)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := in.Record(raw); err != nil || again != written {
			t.Errorf("%s: not found by its bytes: %v", rec.Statement.Kind, err)
		}
		for _, c := range []*Checked{read, written} {
			if c.Raw != string(raw) || c.ID != rec.ID() || c.leaf != merkle.LeafHash(raw) ||
				c.place != merkle.StatusKey(rec.Statement.Subject) {
				t.Errorf("%s: hashed otherwise", rec.Statement.Kind)
			}
		}
		if statement, seal := rec.Signed(raw); string(statement) != string(rec.Statement.Bytes()) ||
			string(seal) != string(rec.SealBytes()) {
			t.Errorf("%s: signatures would be over\n%s\n%s", rec.Statement.Kind, statement, seal)
		}
	}
}

func TestWrittenRefusesWhatReadingDoes(t *testing.T) {
	w := chaintest.NewWard(time.UnixMilli(1_700_000_000_000))
	for name, spoil := range map[string]func(*chain.Record){
		"signature with a quote": func(r *chain.Record) { r.ActorSig = `A","orgCert":"` },
		"unknown kind":           func(r *chain.Record) { r.Statement.Kind = "rx.<" },
		"not ASCII":              func(r *chain.Record) { r.Statement.Subject = "rx:\u2028" },
		"too many tags": func(r *chain.Record) {
			r.Statement.Facts.Tags = strings.Split(strings.Repeat(chaintest.Tag("x")+" ", 300), " ")
		},
	} {
		rec := w.Issued("C", w.Start)
		spoil(&rec)
		in := NewInspector(Options{})
		if _, err := in.written(rec); !errors.Is(err, canonical.ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := in.Record(rec.Bytes()); err == nil {
			t.Errorf("%s: read all the same", name)
		}
	}
}

// TestOpenedIsWhatReadingGives: the records of a batch that is read at once are, to the letter,
// those that are read one by one, and their seal is over the same.
func TestOpenedIsWhatReadingGives(t *testing.T) {
	w := chaintest.NewWard(start)
	w.Schema2()
	for _, n := range []int{1, 2, 5, 11} {
		recs := slices.Concat(w.Enrolments()[:3], w.Paid("A", start)) // the hospital's
		for len(recs) < n {
			recs = append(recs, w.Issued("B"+recs[len(recs)-1].ID()[:8], start))
		}
		packed := w.SealBatch(recs[:n])
		tx := chaintest.Must(transaction.EncodeWhole(transaction.Nonce{}, packed))
		in := NewInspector(Options{})
		raws, err := in.Split(tx)
		if err != nil || len(raws) != n {
			t.Fatal(err)
		}
		for i, raw := range raws {
			opened, err := in.Record(raw)
			if err != nil || !bytes.Equal(raw, packed[i].Bytes()) || !bytes.Equal(opened.Record.Bytes(), raw) {
				t.Fatalf("%d of %d: %v", i, n, err)
			}
			read := chaintest.Must(NewInspector(Options{}).Record(raw))
			_, message := read.Record.Signed(raw)
			if !bytes.Equal(opened.under, message) || opened.ID != read.ID || opened.leaf != read.leaf ||
				read.under != nil {
				t.Errorf("%d of %d: read otherwise", i, n)
			}
		}
	}
}
