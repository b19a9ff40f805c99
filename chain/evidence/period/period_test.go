package period

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/evidence"
	"github.com/smart-hospital/hospital/chain/merkle"
	"github.com/smart-hospital/hospital/chain/platform/china"
)

// update rewrites testdata/period, which the verifier in TypeScript is held against as well:
//
//	go test ./chain/evidence/period -run Golden -update
var update = flag.Bool("update", false, "rewrite testdata")

const golden = "../../testdata/period"

// block is a height with records.
type block struct {
	height int64
	end    uint64 // size of the log after it
	at     time.Time
	sealed bool
}

// book is a copy of a chain whose blocks are made at times of the test's choice.
type book struct {
	*chaintest.Ward
	records []chain.Record
	blocks  []block
}

var start = time.Date(2026, 11, 1, 12, 0, 0, 0, china.Zone)

// newBook has records on the 1st, 3rd, 4th and 6th of November; the last block of the 3rd has no
// seals of its own, those of the 4th prove it.
func newBook() *book {
	b := &book{Ward: chaintest.NewWard(start)}
	power := map[string]int64{}
	for _, id := range []string{"h1", "h2", "i1", "p1"} {
		power[id] = 1
	}
	b.Vote(power)
	b.add(start, true, b.Enrolments()...)
	day := func(n, hour int) time.Time { return start.AddDate(0, 0, n-1).Add(time.Duration(hour-12) * time.Hour) }
	b.add(day(3, 0), true, b.Journey("RX20261103A", day(3, 0))...)
	paid := b.Paid("RX20261103B", day(3, 23))
	b.add(day(3, 23), false, paid[:2]...)
	b.add(day(4, 0), true, paid[2:]...)
	b.Schema2()
	sealed := b.SealBatch([]chain.Record{b.Issued("RX20261104A", day(4, 9)), b.Issued("RX20261104B", day(4, 9))})
	b.add(day(4, 9), true, sealed...)
	b.add(day(6, 8), true, b.Issued("RX20261106A", day(6, 8)))
	return b
}

func (b *book) add(at time.Time, sealed bool, recs ...chain.Record) {
	b.records = append(b.records, recs...)
	b.blocks = append(b.blocks, block{height: int64(3 + 2*len(b.blocks)), end: uint64(len(b.records)), at: at,
		sealed: sealed})
}

func (b *book) root(lo, hi uint64) merkle.Hash {
	if hi-lo == 1 {
		return merkle.LeafHash(b.records[lo].Bytes())
	}
	k := below(hi - lo)
	return merkle.NodeHash(b.root(lo, lo+k), b.root(lo+k, hi))
}

func (b *book) path(m, lo, hi uint64) []string {
	if hi-lo == 1 {
		return []string{}
	}
	if k := lo + below(hi-lo); m < k {
		return append(b.path(m, lo, k), b.root(k, hi).String())
	} else {
		return append(b.path(m, k, hi), b.root(lo, k).String())
	}
}

func below(n uint64) uint64 {
	k := uint64(1)
	for k*2 < n {
		k *= 2
	}
	return k
}

func (b *book) At(_ context.Context, index uint64) (chain.Committed, error) {
	for _, k := range b.blocks {
		if index < k.end {
			r := b.records[index]
			return chain.Committed{Record: r, ID: r.ID(), Height: k.height, Index: index, Time: k.at.UTC()}, nil
		}
	}
	return chain.Committed{}, chain.ErrNotFound
}

func (b *book) sealed(k block) *chain.SealedHeader {
	h := chain.Header{Chain: chaintest.ChainID, Height: k.height, Time: k.at.UnixMilli(), LogSize: k.end,
		LogRoot: b.root(0, k.end).String(), StatusRoot: merkle.Hash{}.String(),
		MembersRoot: b.list().Genesis.Digest().String()}
	out := &chain.SealedHeader{Header: h}
	for _, id := range []string{"h1", "h2", "i1"} {
		sig := chaintest.Must(b.Orgs[id].Seal.Key.Sign(h.SealBytes()))
		out.Seals = append(out.Seals, chain.Seal{Member: id, Sig: base64.Encode(sig)})
	}
	return out
}

func (b *book) SealedHeader(_ context.Context, height int64) (*chain.SealedHeader, error) {
	for i := len(b.blocks) - 1; i >= 0; i-- {
		if k := b.blocks[i]; k.sealed && (height == 0 || height == k.height) {
			return b.sealed(k), nil
		}
	}
	return nil, chain.ErrNotFound
}

func (b *book) Receipt(_ context.Context, id string) (*chain.Receipt, error) {
	for i, r := range b.records {
		if r.ID() != id {
			continue
		}
		for _, k := range b.blocks {
			if uint64(i) >= k.end || !k.sealed {
				continue
			}
			h := b.sealed(k)
			return &chain.Receipt{V: r.Format(), Record: r, Index: uint64(i), Path: b.path(uint64(i), 0, k.end),
				ActorCert: b.cert(r.Statement.Actor), OrgCert: b.cert(r.OrgCert), Header: h.Header, Seals: h.Seals}, nil
		}
	}
	return nil, chain.ErrNotFound
}

func (b *book) cert(id string) string {
	people := []*chaintest.Person{b.Doctor, b.Reviewer, b.Patient, b.Dispenser1, b.Dispenser2}
	for _, o := range b.Orgs {
		people = append(people, o.Seal)
	}
	for _, p := range people {
		if p.Cert.ID() == id {
			return base64.Encode(p.Cert.Raw())
		}
	}
	panic("no such certificate")
}

// list is the genesis list: one of schema 2 from the first height on.
func (b *book) list() *chain.History {
	m := *b.Members
	return &chain.History{Genesis: m, V: chain.Version}
}

func (b *book) History(context.Context) (*chain.History, error) { return b.list(), nil }

func (b *book) export(t *testing.T, from, to string) []byte {
	t.Helper()
	x, err := New(t.Context(), b, from, to)
	if err != nil {
		t.Fatal(err)
	}
	x.most = 4
	var out bytes.Buffer
	if err := x.Write(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// check is Check by the history that the file brings; the caller knows its genesis.
func check(file []byte) (*Manifest, []Fault, error) {
	var faults []Fault
	m, err := Check(bytes.NewReader(file), int64(len(file)), chain.ParseHistory,
		func(f Fault) { faults = append(faults, f) })
	return m, faults, err
}

// Every record of the days is in the file, those of an unsealed block as well, with the block that
// closes them; of one chain the file is the same every time.
func TestPeriod(t *testing.T) {
	b := newBook()
	b.Schema2()
	for _, c := range []struct {
		from, to       string
		first, count   uint64
		heights        Heights
		over, fromZero bool
		lines          int
	}{
		{"2026-11-01", "2026-11-30", 0, 20, Heights{1, 13}, false, true, 16},
		{"2026-11-03", "2026-11-03", 5, 12, Heights{4, 9}, true, false, 7},
		{"2026-11-02", "2026-11-05", 5, 15, Heights{4, 13}, true, false, 12},
		{"2026-11-04", "2026-11-04", 12, 8, Heights{6, 13}, true, false, 5},
		{"2026-11-05", "2026-11-05", 19, 1, Heights{12, 13}, true, false, 0},
		{"2026-12-01", "2026-12-02", 20, 0, Heights{14, 13}, false, false, 0},
		{"2026-10-01", "2026-10-02", 0, 5, Heights{1, 3}, true, true, 0},
	} {
		file := b.export(t, c.from, c.to)
		m, faults, err := check(file)
		if err != nil || len(faults) > 0 {
			t.Errorf("%s: %v %v", c.from, err, faults)
			continue
		}
		if m.First != c.first || m.Count != c.count || m.Heights != c.heights || m.Over() != c.over ||
			(m.Before == nil) != c.fromZero || len(m.Parts) != int(c.count+3)/4 {
			t.Errorf("%s: %d records from %d, heights %v, over %v, %d parts", c.from, m.Count, m.First, m.Heights,
				m.Over(), len(m.Parts))
		}
		if got := strings.Count(string(entries(t, file)[figuresName]), "\n") - 1; got != c.lines {
			t.Errorf("%s: %d lines of figures, want %d:\n%s", c.from, got, c.lines, entries(t, file)[figuresName])
		}
	}
}

func TestDays(t *testing.T) {
	b := newBook()
	for _, days := range [][2]string{{"2026-11-02", "2026-11-01"}, {"2026-11-31", "2026-12-01"}, {"", ""},
		{"2026-11-01", "2027-02-01"}, {"2026-11-01", "x"}, {"1969-01-01", "1969-01-02"}} {
		if _, err := New(t.Context(), b, days[0], days[1]); !errors.Is(err, ErrDays) {
			t.Errorf("%v: %v", days, err)
		}
	}
	if _, err := New(t.Context(), b, "2026-11-01", "2027-01-31"); err != nil {
		t.Errorf("92 days: %v", err)
	}
	b.blocks = nil
	if _, err := New(t.Context(), b, "2026-11-01", "2026-11-01"); !errors.Is(err, chain.ErrNotSealed) {
		t.Errorf("an empty chain: %v", err)
	}
}

// entries takes an archive apart.
func entries(t *testing.T, file []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range z.File {
		r := chaintest.Must(f.Open())
		out[f.Name] = chaintest.Must(io.ReadAll(r))
	}
	return out
}

// forge is a file with a changed manifest over changed entries, whose digests are right again.
func forge(t *testing.T, file []byte, change func(e map[string][]byte, m *Manifest)) []byte {
	t.Helper()
	e := entries(t, file)
	m := chaintest.Must(parseManifest(e[manifestName]))
	change(e, m)
	for i := range m.Parts {
		m.Parts[i].Digest, m.Parts[i].Size = digest(e[m.Parts[i].Name]), uint64(len(e[m.Parts[i].Name]))
	}
	e[manifestName] = m.Bytes()
	var out bytes.Buffer
	a := &archive{zip.NewWriter(&out)}
	for name, text := range e {
		if err := a.add(name, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// part rewrites the receipts of a part.
func part(e map[string][]byte, name string, change func(list []evidence.Evidence) []evidence.Evidence) {
	f := chaintest.Must(evidence.ParseEvidenceFile(e[name]))
	f.Evidence = change(f.Evidence)
	e[name] = f.Bytes()
}

const secondPart = "evidence-00002.json"

// forgery is a file that must be refused, and why.
type forgery struct {
	Name string       `json:"name"`
	File string       `json:"file"`
	Want chain.Reason `json:"want"`

	make func(t *testing.T, file []byte) []byte
}

var forgeries = []forgery{
	{Name: "cut off", Want: chain.ReasonMalformed,
		make: func(_ *testing.T, file []byte) []byte { return file[:len(file)/2] }},
	{Name: "without its last bytes", Want: chain.ReasonMalformed,
		make: func(_ *testing.T, file []byte) []byte { return file[:len(file)-30] }},
	{Name: "without a manifest", Want: chain.ReasonMalformed, make: func(t *testing.T, file []byte) []byte {
		var out bytes.Buffer
		a := &archive{zip.NewWriter(&out)}
		for name, text := range entries(t, file) {
			if name != manifestName {
				chaintest.Must(0, a.add(name, text))
			}
		}
		chaintest.Must(0, a.Close())
		return out.Bytes()
	}},
	{Name: "a part missing", Want: chain.ReasonMalformed, make: func(t *testing.T, file []byte) []byte {
		return forge(t, file, func(e map[string][]byte, m *Manifest) {
			delete(e, secondPart)
			m.Parts = append(m.Parts[:1:1], m.Parts[2:]...)
		})
	}},
	{Name: "an entry more", Want: chain.ReasonMalformed, make: func(t *testing.T, file []byte) []byte {
		return forge(t, file, func(e map[string][]byte, _ *Manifest) { e["more.json"] = []byte("{}") })
	}},
	{Name: "a record left out", Want: chain.ReasonPath, make: func(t *testing.T, file []byte) []byte {
		return forge(t, file, func(e map[string][]byte, _ *Manifest) {
			part(e, secondPart, func(l []evidence.Evidence) []evidence.Evidence { return l[1:] })
		})
	}},
	{Name: "a record left out and the manifest counts one less", Want: chain.ReasonMalformed,
		make: func(t *testing.T, file []byte) []byte {
			return forge(t, file, func(e map[string][]byte, m *Manifest) {
				last := m.Parts[len(m.Parts)-1].Name
				part(e, last, func(l []evidence.Evidence) []evidence.Evidence { return l[:len(l)-1] })
				m.Parts[len(m.Parts)-1].Count--
				m.Count--
			})
		}},
	{Name: "a record in another one's place", Want: chain.ReasonPath, make: func(t *testing.T, file []byte) []byte {
		return forge(t, file, func(e map[string][]byte, _ *Manifest) {
			part(e, secondPart, func(l []evidence.Evidence) []evidence.Evidence { l[1] = l[0]; return l })
		})
	}},
	{Name: "a receipt changed", Want: chain.ReasonPath, make: func(t *testing.T, file []byte) []byte {
		return forge(t, file, func(e map[string][]byte, _ *Manifest) {
			part(e, secondPart, func(l []evidence.Evidence) []evidence.Evidence { l[2].Receipt.Index++; return l })
		})
	}},
	{Name: "a part changed", Want: chain.ReasonDigest, make: func(t *testing.T, file []byte) []byte {
		e := entries(t, file)
		e[secondPart] = bytes.Replace(e[secondPart], []byte(`"time":1`), []byte(`"time":2`), 1)
		return repacked(e)
	}},
	{Name: "figures changed", Want: chain.ReasonDigest, make: func(t *testing.T, file []byte) []byte {
		return forge(t, file, func(e map[string][]byte, m *Manifest) {
			text := append(e[figuresName], "2026-11-03,rx.issue,h9,7\n"...)
			e[figuresName] = text
			m.Figures.Digest, m.Figures.Size = digest(text), uint64(len(text))
		})
	}},
	{Name: "too few seals", Want: chain.ReasonQuorum, make: func(t *testing.T, file []byte) []byte {
		return forge(t, file, func(_ map[string][]byte, m *Manifest) { m.After.Seals = m.After.Seals[:2] })
	}},
	{Name: "a header that nobody sealed", Want: chain.ReasonSealSig, make: func(t *testing.T, file []byte) []byte {
		return forge(t, file, func(_ map[string][]byte, m *Manifest) { m.After.Header.Time++ })
	}},
	{Name: "before is within the period", Want: chain.ReasonMalformed, make: func(t *testing.T, file []byte) []byte {
		return forge(t, file, func(_ map[string][]byte, m *Manifest) { m.From, m.To = "2026-10-30", "2026-10-30" })
	}},
	{Name: "heights", Want: chain.ReasonMalformed, make: func(t *testing.T, file []byte) []byte {
		return forge(t, file, func(_ map[string][]byte, m *Manifest) { m.Heights.First++ })
	}},
	{Name: "another genesis", Want: chain.ReasonMembers, make: func(t *testing.T, file []byte) []byte {
		return forge(t, file, func(_ map[string][]byte, m *Manifest) { m.Genesis = strings.Repeat("0", 64) })
	}},
	{Name: "a later version", Want: chain.ReasonVersion, make: func(t *testing.T, file []byte) []byte {
		return forge(t, file, func(_ map[string][]byte, m *Manifest) { m.V = 2 })
	}},
}

func repacked(e map[string][]byte) []byte {
	var out bytes.Buffer
	a := &archive{zip.NewWriter(&out)}
	for name, text := range e {
		chaintest.Must(0, a.add(name, text))
	}
	chaintest.Must(0, a.Close())
	return out.Bytes()
}

// reasonOf is why a file was refused: of the first receipt that does not hold, else of the whole.
func reasonOf(faults []Fault, err error) chain.Reason {
	if len(faults) > 0 {
		err = faults[0].Err
	}
	return chain.ReasonOf(err)
}

func TestForgedPeriods(t *testing.T) {
	b := newBook()
	file := b.export(t, "2026-11-02", "2026-11-05")
	for _, f := range forgeries {
		m, faults, err := check(f.make(t, file))
		if err == nil || m != nil || reasonOf(faults, err) != f.Want {
			t.Errorf("%s: %v %v, want %s", f.Name, err, faults, f.Want)
		}
	}
}

// Any byte that is changed is noticed, or changes nothing that is read.
func TestFlippedBytes(t *testing.T) {
	b := newBook()
	file := b.export(t, "2026-11-05", "2026-11-05")
	want := entries(t, file)
	for i := 0; i < len(file); i += 211 {
		bad := bytes.Clone(file)
		bad[i] ^= 1
		m, _, err := check(bad)
		if err != nil {
			continue
		}
		for name, text := range entries(t, bad) {
			if !bytes.Equal(text, want[name]) {
				t.Fatalf("byte %d: %s is another one and holds: %v", i, name, m)
			}
		}
	}
}

// A writer that is killed leaves no file that can be taken for a whole one, wherever it was.
func TestCutOffPeriods(t *testing.T) {
	b := newBook()
	file := b.export(t, "2026-11-02", "2026-11-05")
	for n := 0; n < len(file); n += 211 {
		if _, _, err := check(file[:n]); chain.ReasonOf(err) != chain.ReasonMalformed {
			t.Fatalf("%d of %d bytes: %v", n, len(file), err)
		}
	}
	x := chaintest.Must(New(t.Context(), b, "2026-11-02", "2026-11-05"))
	if err := x.Write(t.Context(), &bounded{t.Context(), io.Discard, 1000}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("beyond the limit: %v", err)
	}
	ctx, end := context.WithCancel(t.Context())
	end()
	if err := x.Write(ctx, io.Discard); !errors.Is(err, context.Canceled) {
		t.Errorf("ended: %v", err)
	}
	// A reader who takes a little now and then does not hold it beyond its end.
	slow, over := context.WithCancel(t.Context())
	defer over()
	taken := 0
	err := x.Write(slow, writer(func(p []byte) (int, error) {
		if taken += len(p); taken > 500 {
			over()
		}
		return len(p), nil
	}))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a slow reader: %v after %d bytes", err, taken)
	}
}

// writer is a function as an io.Writer.
type writer func([]byte) (int, error)

func (w writer) Write(p []byte) (int, error) { return w(p) }

func TestGoldenPeriods(t *testing.T) {
	if *update {
		writeGolden(t)
	}
	var list []forgery
	if err := json.Unmarshal(chaintest.Must(os.ReadFile(filepath.Join(golden, "cases.json"))), &list); err != nil {
		t.Fatal(err)
	}
	if len(list) != len(forgeries)+1 {
		t.Errorf("%d cases", len(list))
	}
	for _, f := range list {
		_, faults, err := check(chaintest.Must(os.ReadFile(filepath.Join(golden, f.File))))
		if got := reasonOf(faults, err); err == nil && f.Want != "" || err != nil && got != f.Want {
			t.Errorf("%s: %v, want %q", f.Name, err, f.Want)
		}
	}
}

func writeGolden(t *testing.T) {
	t.Helper()
	chaintest.Must(0, os.RemoveAll(golden))
	chaintest.Must(0, os.MkdirAll(golden, 0o755))
	whole := newBook().export(t, "2026-11-02", "2026-11-05")
	list := []forgery{{Name: "whole", File: "whole.zip"}}
	chaintest.Must(0, os.WriteFile(filepath.Join(golden, "whole.zip"), whole, 0o644))
	for i, f := range forgeries {
		f.File = fmt.Sprintf("forged-%02d.zip", i+1)
		chaintest.Must(0, os.WriteFile(filepath.Join(golden, f.File), f.make(t, whole), 0o644))
		list = append(list, f)
	}
	chaintest.Must(0, os.WriteFile(filepath.Join(golden, "cases.json"),
		append(chaintest.Must(json.MarshalIndent(list, "", "  ")), '\n'), 0o644))
}
