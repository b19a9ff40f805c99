package transaction

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
)

func TestBatchLimits(t *testing.T) {
	one := []byte("r")
	many := make([][]byte, chain.MaxBatchRecords+1)
	for i := range many {
		many[i] = one
	}
	big := bytes.Repeat([]byte("x"), chain.MaxRecordBytes)
	for name, c := range map[string]struct {
		records [][]byte
		ok      bool
	}{
		"one": {[][]byte{one}, true}, "most": {many[1:], true}, "none": {nil, false}, "one too many": {many, false},
		"largest record":  {[][]byte{big}, true},
		"too many bytes":  {[][]byte{big, big, big, big, big, big, big, big}, false},
		"record too long": {[][]byte{append(big, 'x')}, false},
		"empty record":    {[][]byte{{}}, false},
	} {
		tx, err := EncodeBatch([8]byte{1}, c.records)
		if err == nil {
			_, err = ParseBatch(tx)
		}
		if (err == nil) != c.ok || (err != nil && !errors.Is(err, ErrMalformed)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzParseBatch(f *testing.F) {
	tx, _ := EncodeBatch([8]byte{1, 2}, [][]byte{[]byte("abc"), []byte("d")})
	f.Add(tx)
	f.Add([]byte{kindBatch})
	f.Add(append([]byte{kindBatch, 0, 0, 0, 0, 0, 0, 0, 0}, 0x81, 0x00, 1, 'x'))
	f.Fuzz(func(t *testing.T, tx []byte) {
		records, err := ParseBatch(tx)
		if err != nil {
			return
		}
		again, err := EncodeBatch([8]byte(tx[1:9]), records)
		if err != nil || !bytes.Equal(again, tx) {
			t.Fatalf("a second encoding of the same batch: %x", tx)
		}
	})
}

func FuzzParseSeals(f *testing.F) {
	f.Add(Seals{Height: 3, Seals: []chain.Seal{{Member: "a", Sig: "b"}, {Member: "c", Sig: "d"}}}.Encode())
	f.Add([]byte("\x02{}"))
	f.Fuzz(func(t *testing.T, tx []byte) {
		if s, err := ParseSeals(tx); err == nil && !bytes.Equal(s.Encode(), tx) {
			t.Fatalf("a second encoding of the same seals: %x", tx)
		}
	})
}

var start = time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)

func TestWholeBatchIsOfOneChain(t *testing.T) {
	w := chaintest.NewWard(start)
	w.Schema2()
	other := w.Issued("C", start)
	other.Statement.Chain = "elsewhere"
	two := w.SealBatch([]chain.Record{w.Issued("A", start), w.Issued("B", start)})
	two[1].Statement = other.Statement
	if _, err := ParseBatch(chaintest.Must(EncodeWhole([8]byte{}, two))); !errors.Is(err, ErrMalformed) {
		t.Errorf("records of two chains: %v", err)
	}
}

func FuzzParseWhole(f *testing.F) {
	w := chaintest.NewWard(start)
	w.Schema2()
	tx := chaintest.Must(EncodeWhole(Nonce{}, w.SealBatch([]chain.Record{w.Issued("A", start), w.Issued("B", start),
		w.Enrol(w.Doctor, start)})))
	f.Add(tx)
	f.Add([]byte{kindWhole})
	f.Fuzz(func(t *testing.T, tx []byte) {
		if !IsWhole(tx) {
			return
		}
		raws, err := ParseBatch(tx)
		if err != nil {
			return
		}
		recs := make([]chain.Record, len(raws))
		for i, raw := range raws {
			if recs[i], err = chain.ParseRecord(raw); err != nil {
				return
			}
		}
		again, err := EncodeWhole([8]byte(tx[1:9]), recs)
		if err != nil || !bytes.Equal(again, tx) {
			t.Fatalf("a second encoding of the same batch: %x", tx)
		}
	})
}
