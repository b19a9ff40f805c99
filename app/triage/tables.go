package triage

import (
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

//go:embed tables/*.csv
var embedded embed.FS

// ErrTables: a row of the tables is not what it must be.
var ErrTables = errors.New("triage: bad tables")

// Tables are what is known. They are read once and never change; safe for concurrent use.
type Tables struct {
	version  string
	topics   []topic
	flags    []*flag // the gravest first
	byCode   map[string]*flag
	findings []finding
	order    []string // departments
	words    int      // how many different pieces there are
	// every word that stands in the tables, once, by its first character
	pieces map[rune][]piece
}

type topic struct {
	code  string
	words []pattern
}

// limits are of whom a row speaks.
type limits struct {
	sex      Sex
	from, to int // months; to 0: no end
}

type flag struct {
	limits
	code      string
	level     int
	topics    map[string]int // how early a topic asks for it: 1 first
	asks      bool           // false: only its words, nobody is asked
	name, ask Text
	advice    Text
	words     []pattern
}

type finding struct {
	limits
	code        string
	name        Text
	weight      int
	departments []string
	words       []pattern
}

// Version is a digest of the tables.
func (t *Tables) Version() string { return t.version }

// fits tells whether a row is about somebody. One for children alone needs to know that it is one;
// who is not known otherwise fits.
func (l limits) fits(w Who) bool {
	switch {
	case l.sex != "" && w.Sex != "" && l.sex != w.Sex:
		return false
	case w.Months == Unknown:
		return l.to == 0
	}
	return w.Months >= l.from && (l.to == 0 || w.Months < l.to)
}

func (l limits) limited() bool { return l.sex != "" || l.from > 0 || l.to > 0 }

// rank is how early a flag is asked for under topics, and under how many of them. 0: under none.
func (f *flag) rank(topics []string) (first, many int) {
	for _, t := range topics {
		if r := f.topics[t]; r > 0 {
			many++
			if first == 0 || r < first {
				first = r
			}
		}
	}
	return first, many
}

// anything is the topic of what is asked of everybody. The others here come with an age, whatever
// the complaint is.
const (
	anything    = "any"
	ofChildren  = "child"
	ofElders    = "elder"
	elderMonths = 65 * 12
)

// topicsOf are what a complaint of somebody is about. What is only denied counts where there is
// nothing else.
func (t *Tables) topicsOf(said utterance, who Who) (list []string) {
	for _, denied := range []bool{false, true} {
		for _, p := range t.topics {
			if slices.ContainsFunc(p.words, func(p pattern) bool { return said.mentions(p, denied) }) {
				list = append(list, p.code)
			}
		}
		if len(list) > 0 {
			break
		}
	}
	switch {
	case who.Months == Unknown:
	case who.Months < childMonths && !slices.Contains(list, ofChildren):
		list = append(list, ofChildren)
	case who.Months >= elderMonths:
		list = append(list, ofElders)
	}
	return list
}

// mentions is match without regard to what is past, nor to what is denied where that is told.
func (u utterance) mentions(p pattern, denied bool) bool {
	for _, term := range p {
		if !slices.ContainsFunc(term, func(a alternative) bool { return u.stands(a, denied) }) {
			return false
		}
	}
	return true
}

func (u utterance) stands(a alternative, denied bool) bool {
	for at := 0; !u.lacking(a); {
		i := index(u.folded, a[0].text, at)
		if i < 0 {
			break
		}
		at = i + len(a[0].text)
		if to, ok := u.rest(a, at); ok && (denied || !u.negated(i, to)) {
			return true
		}
	}
	return false
}

// Embedded reads the tables that this program was built with: ErrTables.
func Embedded() (*Tables, error) {
	dir, err := fs.Sub(embedded, "tables")
	if err != nil {
		return nil, err
	}
	return Load(dir)
}

// Load reads tables: ErrTables names file and line, and all is refused.
func Load(dir fs.FS) (*Tables, error) {
	t := &Tables{byCode: map[string]*flag{}, pieces: map[rune][]piece{}}
	digest := sha256.New()
	l := loader{dir: dir, sum: func(b []byte) { digest.Write(b) }, classes: map[string]string{},
		advice: map[string]Text{}, numbers: map[string]int{}}
	l.read("classes.csv", 2, func(r row) { l.classes["<"+r.text(0)+">"] = r.text(1) })
	l.read("advice.csv", 3, func(r row) { l.advice[r.text(0)] = r.both(1) })
	l.read("topics.csv", 2, func(r row) {
		t.topics = append(t.topics, topic{r.text(0), r.patterns(1, r.text(0) != anything)})
	})
	l.read("flags.csv", 13, func(r row) {
		f := &flag{limits: r.limits(9), code: r.text(0), level: r.number(1), topics: map[string]int{},
			name: r.both(3), advice: l.advice[r.text(7)], words: r.patterns(8, true)}
		r.text(12) // where the row comes from, for who reads the table
		f.asks = r.cells[5] != ""
		if f.asks {
			f.ask = r.both(5)
		}
		r.that(f.level >= 1 && f.level <= 4, "level 1 to 4")
		r.that(f.advice.ZH != "", "an advice of advice.csv")
		r.that(t.byCode[f.code] == nil, "a code of its own")
		for _, text := range strings.Split(r.text(2), "|") {
			code, rank, _ := strings.Cut(text, ":")
			f.topics[code], _ = strconv.Atoi(cmp.Or(rank, "1"))
			r.that(f.topics[code] > 0 && slices.ContainsFunc(t.topics, func(p topic) bool { return p.code == code }),
				"topics of topics.csv, each with a rank from 1")
		}
		t.flags, t.byCode[f.code] = append(t.flags, f), f
	})
	l.read("findings.csv", 10, func(r row) {
		f := finding{limits: r.limits(6), code: r.text(0), name: r.both(1), weight: r.number(3),
			departments: strings.Split(r.text(4), "|"), words: r.patterns(5, true)}
		r.text(9)
		r.that(len(f.departments) <= MaxDepartments, "at most three departments")
		t.findings = append(t.findings, f)
		for _, d := range f.departments {
			if !slices.Contains(t.order, d) {
				t.order = append(t.order, d)
			}
		}
	})
	slices.SortStableFunc(t.flags, func(a, b *flag) int { return a.level - b.level })
	t.words = len(l.numbers)
	for text, n := range l.numbers {
		first, _ := utf8.DecodeRuneInString(text)
		t.pieces[first] = append(t.pieces[first], piece{text, n})
	}
	t.version = hex.EncodeToString(digest.Sum(nil)[:6])
	return t, l.err
}

type loader struct {
	dir     fs.FS
	sum     func([]byte)
	classes map[string]string
	advice  map[string]Text
	numbers map[string]int
	err     error
}

// row is one line; what is wrong with it is kept by its loader.
type row struct {
	*loader
	file  string
	line  int
	cells []string
}

func (l *loader) read(file string, columns int, each func(row)) {
	b, err := fs.ReadFile(l.dir, file)
	if err != nil {
		l.err = errors.Join(l.err, fmt.Errorf("%w: %w", ErrTables, err))
		return
	}
	l.sum(b)
	r := csv.NewReader(strings.NewReader(string(b)))
	r.FieldsPerRecord = columns
	rows, err := r.ReadAll()
	if err != nil {
		l.err = errors.Join(l.err, fmt.Errorf("%w: %s: %w", ErrTables, file, err))
		return
	}
	for i, cells := range rows {
		if i > 0 { // the first one names the columns
			each(row{l, file, i + 1, cells})
		}
	}
}

func (r row) that(ok bool, rule string) {
	if !ok {
		r.err = errors.Join(r.err, fmt.Errorf("%w: %s:%d: %s", ErrTables, r.file, r.line, rule))
	}
}

func (r row) text(i int) string {
	r.that(r.cells[i] != "", fmt.Sprintf("column %d is empty", i+1))
	return r.cells[i]
}

func (r row) both(i int) Text { return Text{r.text(i), r.text(i + 1)} }

func (r row) number(i int) int {
	n, err := strconv.Atoi(r.cells[i])
	r.that(err == nil && n >= 0, fmt.Sprintf("column %d is a number", i+1))
	return n
}

// limits are three columns: sex, from, to, each may be empty.
func (r row) limits(i int) (l limits) {
	l.sex = Sex(r.cells[i])
	r.that(l.sex == "" || l.sex == Male || l.sex == Female, "sex: male, female or empty")
	if r.cells[i+1] != "" {
		l.from = r.number(i + 1)
	}
	if r.cells[i+2] != "" {
		l.to = r.number(i + 2)
	}
	return l
}

// patterns are separated by ";", their terms by "+", alternatives by "|", pieces by "*". A class of
// classes.csv stands for any of its words.
func (r row) patterns(i int, needed bool) (list []pattern) {
	for _, text := range strings.Split(r.cells[i], ";") {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		var p pattern
		for _, term := range strings.Split(text, "+") {
			var alternatives []alternative
			for _, a := range strings.Split(term, "|") {
				for _, words := range r.expand(a) {
					pieces := strings.Split(fold(words), "*")
					if slices.Contains(pieces, "") {
						r.that(false, "words that are not empty")
						continue
					}
					a := make(alternative, len(pieces))
					for i, p := range pieces {
						a[i] = r.piece(p)
					}
					alternatives = append(alternatives, a)
				}
			}
			p = append(p, alternatives)
		}
		list = append(list, p)
	}
	r.that(len(list) > 0 || !needed, "words")
	return list
}

// piece gives every word its number.
func (l *loader) piece(text string) piece {
	n, ok := l.numbers[text]
	if !ok {
		n = len(l.numbers)
		l.numbers[text] = n
	}
	return piece{text, n}
}

// expand puts every word of a class in its place.
func (r row) expand(a string) []string {
	from := strings.IndexByte(a, '<')
	if from < 0 {
		return []string{a}
	}
	to := strings.IndexByte(a, '>')
	class := ""
	if to > from {
		class = r.classes[a[from:to+1]]
	}
	if class == "" {
		r.that(false, "classes of classes.csv: "+a)
		return nil
	}
	var list []string
	for _, word := range strings.Split(class, "|") {
		list = append(list, r.expand(a[:from]+word+a[to+1:])...)
	}
	return list
}

// Example is somebody of whom a sign speaks, of any age and sex where it speaks of all.
func (t *Tables) Example(code string) Who {
	f := t.byCode[code]
	if f == nil || !f.limited() {
		return Who{Months: Unknown}
	}
	return Who{Months: f.from, Sex: f.sex}
}
