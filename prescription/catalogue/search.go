package catalogue

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	// MaxSearchResults is the most that a search returns; a limit below 1 or above it means it.
	MaxSearchResults = 100
	maxQueryRunes    = 64
)

// keys are one entry's lower-case search words.
type keys struct {
	whole  []string // code, names, initials
	starts []string // where else a prefix counts: after the salt (盐酸…), at each English word
	said   []word   // what doctors and patients call it
	length int      // runes of the Chinese name: shorter names first
}

// word is what something is called; of several things whose word begins as a query does, the one
// earlier in the table is the likelier.
type word struct {
	text  string
	place int
}

// saltPrefixes stand before the name that doctors say: 盐酸二甲双胍 is looked for as 二甲双胍.
// Longer ones come first.
var saltPrefixes = []string{
	"注射用盐酸", "注射用", "吸入用", "硫酸氢", "氢溴酸", "苯磺酸", "甲磺酸", "枸橼酸", "马来酸", "富马酸", "酒石酸",
	"琥珀酸", "盐酸", "硫酸", "磷酸", "醋酸", "草酸", "硝酸", "戊酸",
}

func newKeys(code, name, pinyin, english string, said []word) keys {
	k := keys{length: utf8.RuneCountInString(name), said: said}
	for _, s := range []string{code, name, pinyin, english} {
		k.whole = append(k.whole, fold(s))
	}
	for _, salt := range saltPrefixes {
		if core, ok := strings.CutPrefix(name, salt); ok {
			skip := min(utf8.RuneCountInString(salt), len(pinyin)) // one initial a character
			k.starts = append(k.starts, fold(core), fold(pinyin[skip:]))
			break
		}
	}
	k.starts = append(k.starts, strings.Fields(fold(english))...)
	return k
}

// rank is 0 for the whole word or what it is called, 1 for the start of what it is called, 2 for
// its own start, 3 for the start of a part, 4 for anywhere; false for no match.
func (k keys) rank(q string) (rank, place int, ok bool) {
	for _, w := range k.said {
		if w.text == q {
			return 0, w.place, true
		}
	}
	starts := func(s string) bool { return strings.HasPrefix(s, q) }
	switch {
	case slices.Contains(k.whole, q):
		return 0, 0, true
	case slices.ContainsFunc(k.said, func(w word) bool { return starts(w.text) }):
		return 1, k.said[slices.IndexFunc(k.said, func(w word) bool { return starts(w.text) })].place, true
	case slices.ContainsFunc(k.whole, starts):
		return 2, 0, true
	case slices.ContainsFunc(k.starts, starts):
		return 3, 0, true
	case slices.ContainsFunc(k.whole, func(s string) bool { return strings.Contains(s, q) }):
		return 4, 0, true
	}
	return 0, 0, false
}

// Search finds drugs by Chinese name, pinyin initials, English name, code, or what people call
// them; width, case and traditional characters do not matter. Whole matches come first, then
// prefixes, prefixes of a part (after the salt), then any place; shorter names first. An empty
// query finds nothing.
func (c *Catalogue) Search(q string, limit int) []Drug { return find(c.drugs, c.drugIndex, q, limit) }

// SearchDiagnoses finds diagnoses as Search finds drugs.
func (c *Catalogue) SearchDiagnoses(q string, limit int) []Diagnosis {
	return find(c.diagnoses, c.diagnosisIndex, q, limit)
}

func find[T any](all []T, index []keys, q string, limit int) []T {
	if utf8.RuneCountInString(q) > maxQueryRunes {
		return nil
	}
	q = fold(q)
	if q == "" || utf8.RuneCountInString(q) > maxQueryRunes {
		return nil
	}
	type hit struct{ rank, place, length, at int }
	var hits []hit
	for i, k := range index {
		if r, place, ok := k.rank(q); ok {
			hits = append(hits, hit{r, place, k.length, i})
		}
	}
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(a.rank-b.rank, a.place-b.place, a.length-b.length, a.at-b.at)
	})
	if limit < 1 || limit > MaxSearchResults {
		limit = MaxSearchResults
	}
	found := make([]T, 0, min(limit, len(hits)))
	for _, h := range hits[:min(limit, len(hits))] {
		found = append(found, all[h.at])
	}
	return found
}
