package judge

import (
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
)

// book is a state in the making, which records are written into one after the other.
type book struct {
	t         testing.TB
	ward      *chaintest.Ward
	block     Block
	inspector *Inspector
	view      *storage.View
	size      uint64
}

// newBook is one of schema 2 in which everybody of the ward is enrolled.
func newBook(t testing.TB) *book {
	w := chaintest.NewWard(start)
	w.Schema2()
	w.Vote(map[string]int64{"h1": 1})
	roster := chaintest.Must(w.Members.Open())
	b := &book{t: t, ward: w, block: Block{Roster: roster, Height: 3, Time: start.UnixMilli()},
		inspector: NewInspector(Options{}), view: storage.NewView(empty{})}
	b.write(w.Enrolments()...)
	return b
}

var start = time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)

// empty is a state that holds nothing.
type empty struct{}

func (empty) Read([]byte) []byte { return nil }

func (b *book) step(v *storage.View, rec chain.Record) *Step {
	b.t.Helper()
	c, err := b.inspector.Record(rec.Bytes())
	if err != nil {
		b.t.Fatal(err)
	}
	return b.inspector.Step(v, b.block, c)
}

// write applies records and demands that all pass.
func (b *book) write(recs ...chain.Record) {
	b.t.Helper()
	for i, rec := range recs {
		if no := b.step(b.view, rec).Apply(b.size); no != contract.Pass {
			b.t.Fatalf("record %d (%s %s): %s %s", i, rec.Statement.Kind, rec.Statement.Subject, no.Code, no.Detail)
		}
		b.size++
	}
}
