package ledger

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// TestWrittenIsWhatReadingGives: a record that this program holds, and the same read from its
// bytes, are one entry, with the same hashes; and what the signatures are over is cut out of the
// bytes as it would be written.
func TestWrittenIsWhatReadingGives(t *testing.T) {
	w := chaintest.NewWard(time.UnixMilli(1_700_000_000_000))
	for _, rec := range append(w.Enrolments(), w.Journey("C", w.Start)...) {
		raw := rec.Bytes()
		read, err := newInspector(false).record(raw)
		if err != nil {
			t.Fatal(err)
		}
		in := newInspector(false)
		written, err := in.written(rec)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := in.record(raw); err != nil || again != written {
			t.Errorf("%s: not found by its bytes: %v", rec.Statement.Kind, err)
		}
		for _, c := range []*checked{read, written} {
			if c.raw != string(raw) || c.id != rec.ID() || c.leaf != merkle.LeafHash(raw) ||
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
		in := newInspector(false)
		if _, err := in.written(rec); !errors.Is(err, canonical.ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := in.record(rec.Bytes()); err == nil {
			t.Errorf("%s: read all the same", name)
		}
	}
}
