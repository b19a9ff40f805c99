package catalogue

import (
	"math/bits"
	"strings"
)

// rows is a set of places in the list of facts.
type rows []uint64

const wordBits = 64

func (r rows) add(at int) { r[at/wordBits] |= 1 << (at % wordBits) }

func (r rows) has(at int) bool { return r[at/wordBits]>>(at%wordBits)&1 == 1 }

// factIndex holds for every drug which facts name it on their first and on their second side, so
// that a check never walks the facts.
type factIndex struct {
	a, b     map[string]rows // by drug code
	personal []int           // facts about one drug and the patient
	words    int
}

// buildFactIndex looks each drug's atoms and their prefixes up in a table of all selectors.
func (c *Catalogue) buildFactIndex() {
	x := &c.factIndex
	x.words = (len(c.interactions) + wordBits - 1) / wordBits
	x.a, x.b = make(map[string]rows, len(c.drugs)), make(map[string]rows, len(c.drugs))
	first, second := map[string][]int{}, map[string][]int{}
	for at, i := range c.interactions {
		for s := range strings.SplitSeq(i.A, alternatives) {
			first[s] = append(first[s], at)
		}
		if i.Kind != DrugDrug {
			x.personal = append(x.personal, at)
			continue
		}
		for s := range strings.SplitSeq(i.B, alternatives) {
			second[s] = append(second[s], at)
		}
	}
	for _, d := range c.drugs {
		a, b := make(rows, x.words), make(rows, x.words)
		for _, atom := range c.atoms(d) {
			for n := 1; n <= len(atom); n++ {
				if !selects(atom[:n], atom) {
					continue
				}
				for _, at := range first[atom[:n]] {
					a.add(at)
				}
				for _, at := range second[atom[:n]] {
					b.add(at)
				}
			}
		}
		x.a[d.Code], x.b[d.Code] = a, b
	}
}

// find applies the facts to drugs, which are sorted, known and each there once. Each pair is found
// once for a fact, also when both of its sides name both drugs.
func (x *factIndex) find(facts []Interaction, drugs []string, p Patient) []Finding {
	var found []Finding
	about := make(rows, x.words)
	for _, at := range x.personal {
		if facts[at].concerns(p) {
			about.add(at)
		}
	}
	for word := range x.words {
		any := x.inWord(word, drugs, about)
		for any != 0 {
			at := word*wordBits + bits.TrailingZeros64(any)
			any &= any - 1
			found = x.expand(found, facts[at], at, drugs)
		}
	}
	return found
}

// inWord is the set of facts, 64 at a time, that speak of these drugs.
func (x *factIndex) inWord(word int, drugs []string, about rows) (set uint64) {
	for n, one := range drugs {
		a, b := x.a[one][word], x.b[one][word]
		set |= a & about[word]
		for _, two := range drugs[n+1:] {
			set |= a&x.b[two][word] | b&x.a[two][word]
		}
	}
	return set
}

func (x *factIndex) expand(found []Finding, i Interaction, at int, drugs []string) []Finding {
	for n, one := range drugs {
		if i.Kind != DrugDrug {
			if x.a[one].has(at) {
				found = append(found, Finding{Interaction: i, Drug: one})
			}
			continue
		}
		for _, two := range drugs[n+1:] {
			switch {
			case x.a[one].has(at) && x.b[two].has(at):
				found = append(found, Finding{i, one, two})
			case x.a[two].has(at) && x.b[one].has(at):
				found = append(found, Finding{i, two, one})
			}
		}
	}
	return found
}
