package list

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/contract"
	"github.com/smart-hospital/hospital/chain/merkle"
)

var update = flag.Bool("update", false, "write testdata/sums.json anew")

// vector is a sum list as testdata has it. frontend/test/unit/sumlist.test.ts makes the same lists
// and demands the same file, byte for byte.
type vector struct {
	Items   []string `json:"items"` // hex
	Amounts []int64  `json:"amounts"`
	Total   int64    `json:"total"`
	Root    string   `json:"root"`
	Plain   string   `json:"plain"` // root of the list without amounts
	Proofs  []Proof  `json:"proofs"`
}

// forgery is a proof that must be refused.
type forgery struct {
	Name  string `json:"name"`
	Item  string `json:"item"`
	Root  string `json:"root"`
	Proof Proof  `json:"proof"`
}

type golden struct {
	Lists  []vector  `json:"lists"`
	Forged []forgery `json:"forged"`
}

func entries(n int) (out []Entry) {
	for i := range n {
		out = append(out, Entry{fmt.Appendf(nil, "item %d of %d", i, n), int64(i * i * 1000)})
	}
	return out
}

func items(list []Entry) (out [][]byte) {
	for _, e := range list {
		out = append(out, e.Item)
	}
	return out
}

func made(t *testing.T) (g golden) {
	t.Helper()
	for _, n := range []int{1, 2, 3, 4, 5, 7, 8, 13, 64, 65} {
		list := entries(n)
		s, err := NewSums(list)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := New(items(list))
		if err != nil {
			t.Fatal(err)
		}
		v := vector{Total: s.Total(), Root: s.Root().String(), Plain: plain.Root().String()}
		for i, e := range list {
			v.Items, v.Amounts = append(v.Items, hex.EncodeToString(e.Item)), append(v.Amounts, e.Amount)
			v.Proofs = append(v.Proofs, s.Prove(i))
		}
		g.Lists = append(g.Lists, v)
	}
	return g
}

// forged changes a true proof in one thing each.
func forged(t *testing.T) (out []forgery) {
	t.Helper()
	list := entries(13)
	s, err := NewSums(list)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		change func(f *forgery)
	}{
		{"more than its amount", func(f *forgery) { f.Proof.Amount++ }},
		{"more than its amount, and the total with it", func(f *forgery) { f.Proof.Amount++; f.Proof.Total++ }},
		{"another's less, its own more", func(f *forgery) { f.Proof.Amount++; f.Proof.Path[0].Sum-- }},
		{"another total", func(f *forgery) { f.Proof.Total-- }},
		{"another size", func(f *forgery) { f.Proof.Size++ }},
		{"another index", func(f *forgery) { f.Proof.Index ^= 1 }},
		{"beyond the end", func(f *forgery) { f.Proof.Index = f.Proof.Size }},
		{"another item", func(f *forgery) { f.Item = hex.EncodeToString(list[5].Item) }},
		{"a shorter path", func(f *forgery) { f.Proof.Path = f.Proof.Path[:3] }},
		{"a longer path", func(f *forgery) { f.Proof.Path = append(f.Proof.Path, f.Proof.Path[0]) }},
		{"a path in another order", func(f *forgery) {
			f.Proof.Path[0], f.Proof.Path[1] = f.Proof.Path[1], f.Proof.Path[0]
		}},
		{"a hash in capitals", func(f *forgery) { f.Proof.Path[0].Hash = strings.ToUpper(f.Proof.Path[0].Hash) }},
		{"a sum above all money", func(f *forgery) { f.Proof.Path[0].Sum = contract.MaxAmount + 1 }},
		{"a total above all money", func(f *forgery) { f.Proof.Total = contract.MaxAmount + 1 }},
		{"the plain list's root", func(f *forgery) { f.Root = made(t).Lists[7].Plain }},
	} {
		f := forgery{c.name, hex.EncodeToString(list[4].Item), s.Root().String(), s.Prove(4)}
		c.change(&f)
		out = append(out, f)
	}
	one, err := NewSums(entries(1))
	if err != nil {
		t.Fatal(err)
	}
	alone := one.Prove(0) // nothing is joined: the root says the amount all the same
	alone.Amount, alone.Total = 7, 7
	item := hex.EncodeToString(entries(1)[0].Item)
	return append(out, forgery{"an only item's amount", item, one.Root().String(), alone})
}

func raw(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestGolden: the file of lists and proofs is what this program makes, and what it takes.
func TestGolden(t *testing.T) {
	const file = "testdata/sums.json"
	g := made(t)
	g.Forged = forged(t)
	want := append(canonical.Bytes(g), '\n')
	if *update {
		if err := os.WriteFile(file, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	is, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(is, want) {
		t.Fatalf("%s is not what this program makes: %v", file, err)
	}
	var read golden
	if err := json.Unmarshal(is, &read); err != nil {
		t.Fatal(err)
	}
	hash := func(s string) merkle.Hash { return merkle.Hash(raw(t, s)) }
	for _, v := range read.Lists {
		for i, p := range v.Proofs {
			if err := p.Check(hash(v.Root), raw(t, v.Items[i])); err != nil {
				t.Errorf("%d of %d: %v", i, len(v.Items), err)
			}
		}
	}
	for _, f := range read.Forged {
		if f.Proof.Check(hash(f.Root), raw(t, f.Item)) == nil {
			t.Errorf("%s: taken", f.Name)
		}
	}
}

// TestEveryPlace: each item of a list is proved at its place and at no other, in lists of all small
// sizes.
func TestEveryPlace(t *testing.T) {
	for n := 1; n <= 33; n++ {
		list := items(entries(n))
		tree, err := New(list)
		if err != nil {
			t.Fatal(err)
		}
		for i := range n {
			for at := range n + 1 {
				if got := Holds(tree.Root(), list[i], uint64(at), uint64(n), tree.Path(i)); got != (at == i) {
					t.Errorf("item %d of %d at %d: %v", i, n, at, got)
				}
			}
		}
	}
}

// TestFlippedBits: no bit of a proof can change.
func TestFlippedBits(t *testing.T) {
	list := entries(7)
	s, err := NewSums(list)
	if err != nil {
		t.Fatal(err)
	}
	for at := range s.Prove(3).Path {
		for bit := range 256 {
			p := s.Prove(3)
			h := merkle.Hash(raw(t, p.Path[at].Hash))
			h[bit/8] ^= 1 << (bit % 8)
			p.Path[at].Hash = h.String()
			if p.Check(s.Root(), list[3].Item) == nil {
				t.Fatalf("sibling %d, bit %d", at, bit)
			}
		}
		for bit := range 40 {
			p := s.Prove(3)
			p.Path[at].Sum ^= 1 << bit
			if p.Check(s.Root(), list[3].Item) == nil {
				t.Fatalf("sum of sibling %d, bit %d", at, bit)
			}
		}
	}
}

// TestNoList: no items, less than nothing, more than all money.
func TestNoList(t *testing.T) {
	const most = contract.MaxAmount
	for name, c := range map[string]struct {
		amounts []int64
		good    bool
	}{
		"none": {nil, false}, "nothing": {[]int64{0}, true}, "less": {[]int64{5, -1}, false},
		"the most": {[]int64{most - 1, 1}, true}, "more": {[]int64{most, 1}, false},
		"round the end of all numbers": {[]int64{1 << 62, 1 << 62, 1 << 62}, false},
	} {
		var list []Entry
		for _, a := range c.amounts {
			list = append(list, Entry{[]byte("x"), a})
		}
		if _, err := NewSums(list); (err == nil) != c.good {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := New(nil); err == nil {
		t.Error("a list of nothing")
	}
}
