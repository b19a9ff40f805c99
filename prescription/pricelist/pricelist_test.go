package pricelist_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/pricelist"
)

var noon = time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)

// world is a list over one database; D0001 and D0002 are the first drugs of the catalogue.
type world struct {
	*testing.T
	*pricelist.List
	one, two catalogue.Drug
	keys     int
}

func each(t *testing.T, fn func(w *world)) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		if err := pricelist.Migrate(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		c, err := catalogue.Load()
		if err != nil {
			t.Fatal(err)
		}
		w := &world{T: t, List: &pricelist.List{DB: db, Catalogue: c, Now: func() time.Time { return noon }}}
		w.one, w.two = c.Drugs()[0], c.Drugs()[1]
		fn(w)
	})
}

func (w *world) cmd() sqlstore.Command {
	w.keys++
	return sqlstore.Command{Key: fmt.Sprintf("key-%06d", w.keys), Actor: "admin", Operation: "price"}
}

func (w *world) set(code string, s pricelist.Standing) error {
	_, err := w.Set(context.Background(), w.cmd(), "boss", code, s)
	return err
}

func (w *world) entry(code string) pricelist.Entry {
	w.Helper()
	list, _, err := w.Entries(context.Background(), pricelist.Filter{Query: code})
	if err != nil || len(list) == 0 || list[0].Code != code {
		w.Fatalf("%s: %+v, %v", code, list, err)
	}
	return list[0]
}

func (w *world) try(file string) pricelist.Plan {
	w.Helper()
	p, err := w.Try(context.Background(), []byte(file))
	if err != nil {
		w.Fatal(err)
	}
	return p
}

func (w *world) take(file, digest string) (pricelist.Plan, error) {
	return w.Import(context.Background(), w.cmd(), "boss", []byte(file), digest)
}

func (w *world) history(code string) []pricelist.Change {
	w.Helper()
	list, err := w.Changes(context.Background(), code, 0)
	if err != nil {
		w.Fatal(err)
	}
	return list
}

// TestChange: the catalogue's price holds until the hospital changes it; every change is kept with
// who, when, and from what to what; one who saw an older version changes nothing.
func TestChange(t *testing.T) {
	each(t, func(w *world) {
		code, was := w.one.Code, w.one.PriceFen
		if e := w.entry(code); e.PriceFen != was || !e.Offered || e.Version != 0 || !e.ChangedAt.IsZero() {
			t.Fatalf("untouched: %+v", e)
		}
		if err := w.set(code, pricelist.Standing{PriceFen: was + 5, Offered: true}); err != nil {
			t.Fatal(err)
		}
		err := w.set(code, pricelist.Standing{PriceFen: was + 9, Offered: true})
		if !errors.Is(err, sqlstore.ErrConflict) {
			t.Errorf("an old version: %v", err)
		}
		same := pricelist.Standing{PriceFen: was + 5, Offered: true, Version: 1}
		if err := w.set(code, same); err != nil || len(w.history(code)) != 1 {
			t.Errorf("what holds already is a change: %v", err)
		}
		if err := w.set(code, pricelist.Standing{PriceFen: was + 5, Version: 1}); err != nil {
			t.Fatal(err)
		}
		want := []pricelist.Change{
			{Version: 2, Person: "boss", At: noon, OldFen: was + 5, NewFen: was + 5, OldOffered: true},
			{Version: 1, Person: "boss", At: noon, OldFen: was, NewFen: was + 5, OldOffered: true, NewOffered: true},
		}
		if got := w.history(code); !slices.Equal(got, want) {
			t.Errorf("history: %+v", got)
		}
		if older, err := w.Changes(t.Context(), code, 2); err != nil || !slices.Equal(older, want[1:]) {
			t.Errorf("older: %+v, %v", older, err)
		}
		if e := w.entry(code); e.PriceFen != was+5 || e.Offered || e.CatalogueFen != was || !e.ChangedAt.Equal(noon) {
			t.Errorf("changed: %+v", e)
		}
		for _, fen := range []int64{0, -1, 100_000_001} {
			err := w.set(code, pricelist.Standing{PriceFen: fen, Version: 2})
			if !errors.Is(err, prescription.ErrInvalid) {
				t.Errorf("%d fen: %v", fen, err)
			}
		}
		if err := w.set("D9999", pricelist.Standing{PriceFen: 1}); !errors.Is(err, pricelist.ErrUnknown) {
			t.Errorf("no drug: %v", err)
		}
		if _, err := w.Changes(t.Context(), "D9999", 0); !errors.Is(err, pricelist.ErrUnknown) {
			t.Errorf("changes of no drug: %v", err)
		}
	})
}

// TestPages: every drug stands on exactly one page; a search finds by initials, name and code; the
// filters leave what was changed and what is not offered.
func TestPages(t *testing.T) {
	each(t, func(w *world) {
		seen, next := map[string]bool{}, ""
		for {
			list, more, err := w.Entries(t.Context(), pricelist.Filter{After: next})
			if err != nil || len(list) > pricelist.PageEntries {
				t.Fatal(len(list), err)
			}
			for _, e := range list {
				if seen[e.Code] {
					t.Fatalf("%s twice", e.Code)
				}
				seen[e.Code] = true
			}
			if next = more; next == "" {
				break
			}
		}
		if len(seen) != len(w.Catalogue.Drugs()) {
			t.Errorf("%d of %d", len(seen), len(w.Catalogue.Drugs()))
		}
		for _, q := range []string{w.one.Pinyin, strings.ToLower(w.one.Pinyin), w.one.Name, w.one.Code} {
			list, _, err := w.Entries(t.Context(), pricelist.Filter{Query: q})
			if err != nil || !slices.ContainsFunc(list, func(e pricelist.Entry) bool { return e.Code == w.one.Code }) {
				t.Errorf("%s: %+v, %v", q, list, err)
			}
		}
		fatalIf(t, w.set(w.one.Code, pricelist.Standing{PriceFen: 7, Offered: true}))
		fatalIf(t, w.set(w.two.Code, pricelist.Standing{PriceFen: 7}))
		changed, _, err := w.Entries(t.Context(), pricelist.Filter{Changed: true})
		fatalIf(t, err)
		withdrawn, _, err := w.Entries(t.Context(), pricelist.Filter{Withdrawn: true})
		fatalIf(t, err)
		if len(changed) != 2 || len(withdrawn) != 1 || withdrawn[0].Code != w.two.Code {
			t.Errorf("changed %+v, withdrawn %+v", changed, withdrawn)
		}
		found, err := w.Of(t.Context(), []catalogue.Drug{w.one, w.two}, true)
		if err != nil || len(found) != 1 || found[0].PriceFen != 7 {
			t.Errorf("what doctors find: %+v, %v", found, err)
		}
		if all, err := w.Of(t.Context(), []catalogue.Drug{w.one, w.two}, false); err != nil || len(all) != 2 {
			t.Errorf("what a pharmacy finds: %+v, %v", all, err)
		}
	})
}

func fatalIf(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// both is a file that makes the two drugs dearer by so much than the catalogue has them.
func (w *world) both(one, two int64) string {
	return fmt.Sprintf("code,price\n%s,%s\n%s,%s\n", w.one.Code, yuan(w.one.PriceFen+one), w.two.Code,
		yuan(w.two.PriceFen+two))
}

func yuan(fen int64) string { return fmt.Sprintf("%d.%02d", fen/100, fen%100) }

// TestDryRun: every line says what would become of it, and nothing is written.
func TestDryRun(t *testing.T) {
	each(t, func(w *world) {
		c := w.Catalogue.Drugs()
		p := w.try("code,name,price,offered\r\n" +
			c[0].Code + `,"a ""quoted"", name",` + yuan(c[0].PriceFen+1) + ",yes\r\n" +
			c[1].Code + ",," + yuan(c[1].PriceFen) + ",是\r\n" +
			c[2].Code + ",," + yuan(c[2].PriceFen*10) + ",1\r\n" +
			c[3].Code + ",," + yuan(c[3].PriceFen) + ",停供\r\n" +
			"D9999,,1.00,yes\r\n" +
			c[4].Code + `,,"1,234.00",yes` + "\r\n" +
			c[5].Code + ",,1.00,maybe\r\n" +
			c[0].Code + ",,1.00,yes\r\n")
		got := map[int]string{}
		for _, l := range p.Lines {
			got[l.Line] = fmt.Sprint(l.Code, " ", l.Result, " ", l.Steep, " ", l.OldFen, " ", l.NewFen, " ",
				l.NewOffered)
		}
		want := map[int]string{
			2: fmt.Sprint(c[0].Code, " changed false ", c[0].PriceFen, " ", c[0].PriceFen+1, " true"),
			3: fmt.Sprint(c[1].Code, " unchanged false ", c[1].PriceFen, " ", c[1].PriceFen, " true"),
			4: fmt.Sprint(c[2].Code, " changed true ", c[2].PriceFen, " ", c[2].PriceFen*10, " true"),
			5: fmt.Sprint(c[3].Code, " changed false ", c[3].PriceFen, " ", c[3].PriceFen, " false"),
			6: "D9999 unknown-code false 0 0 false",
			7: fmt.Sprint(c[4].Code, " bad-price false ", c[4].PriceFen, " 0 false"),
			8: fmt.Sprint(c[5].Code, " bad-offered false ", c[5].PriceFen, " 0 false"),
			9: fmt.Sprint(c[0].Code, " duplicate false ", c[0].PriceFen, " 0 false"),
		}
		for line, text := range want {
			if got[line] != text {
				t.Errorf("line %d: %s, want %s", line, got[line], text)
			}
		}
		if p.Read != 8 || p.Changed != 3 || p.Unchanged != 1 || p.Steep != 1 || p.Wrong != 4 || p.Digest != "" ||
			p.Written {
			t.Errorf("%+v", p)
		}
		if p.Lines[0].Line != 6 || p.Lines[4].Line != 4 || p.Lines[7].Line != 3 {
			t.Errorf("what is wrong does not stand first: %+v", p.Lines)
		}
		if e := w.entry(c[0].Code); e.Version != 0 || e.PriceFen != c[0].PriceFen {
			t.Errorf("a dry run wrote: %+v", e)
		}
		if _, err := w.take("code,price\nD9999,1\n", "any"); !errors.Is(err, pricelist.ErrFaulty) {
			t.Errorf("a file with a wrong line was taken: %v", err)
		}
	})
}

// TestNumbers: a price is digits with at most two decimals, from a fen to a million yuan.
func TestNumbers(t *testing.T) {
	each(t, func(w *world) {
		for text, fen := range map[string]int64{"16.8": 1680, "16.80": 1680, "16": 1600, "0.01": 1,
			"1000000": 100_000_000, "0": 0, "0.00": 0, "1000000.01": 0, "-1": 0, "+1": 0, "1e3": 0, "1.234": 0, ".5": 0,
			"5.": 0, "": 0, "１６": 0, "16元": 0, "=1+1": 0, "99999999999999999999": 0} {
			p := w.try("code,price\n" + w.one.Code + "," + text + "\n")
			l := p.Lines[0]
			if fen == 0 && l.Result != pricelist.BadPrice || fen != 0 && l.NewFen != fen {
				t.Errorf("%q: %+v", text, l)
			}
		}
	})
}

// TestImport: what the dry run showed is written, all of it, with its history; what changed
// meanwhile, another file or an old digest is refused and writes nothing.
func TestImport(t *testing.T) {
	each(t, func(w *world) {
		file := w.both(1, 2)
		shown := w.try(file)
		if shown.Digest == "" || shown.Changed != 2 {
			t.Fatalf("%+v", shown)
		}
		untouched := func(why string, err error) {
			t.Helper()
			if !errors.Is(err, pricelist.ErrMoved) || w.entry(w.one.Code).PriceFen != w.one.PriceFen {
				t.Errorf("%s: %v, %+v", why, err, w.entry(w.one.Code))
			}
		}
		_, err := w.take(strings.ReplaceAll(file, "\n", "\r\n"), shown.Digest)
		untouched("another file", err)
		fatalIf(t, w.set(w.two.Code, pricelist.Standing{PriceFen: w.two.PriceFen + 50, Offered: true}))
		_, err = w.take(file, shown.Digest)
		untouched("a price changed meanwhile", err)
		if len(w.history(w.one.Code)) != 0 {
			t.Error("a refused import left a history")
		}

		shown = w.try(file)
		cmd := w.cmd()
		done, err := w.Import(t.Context(), cmd, "boss", []byte(file), shown.Digest)
		if err != nil || !done.Written || done.Changed != 2 || len(done.Lines) != 2 {
			t.Fatalf("%+v, %v", done, err)
		}
		if again, err := w.Import(t.Context(), cmd, "boss", []byte(file), shown.Digest); err != nil || !again.Written {
			t.Errorf("a repeated command: %+v, %v", again, err)
		}
		_, err = w.take(file, shown.Digest)
		if !errors.Is(err, pricelist.ErrMoved) {
			t.Errorf("the same file once more: %v", err)
		}
		one, two := w.history(w.one.Code), w.history(w.two.Code)
		if len(one) != 1 || one[0].NewFen != w.one.PriceFen+1 || one[0].Plan != shown.Digest ||
			one[0].Person != "boss" ||
			len(two) != 2 || two[0].OldFen != w.two.PriceFen+50 || two[0].NewFen != w.two.PriceFen+2 {
			t.Errorf("histories %+v, %+v", one, two)
		}
		if p := w.try(file); p.Changed != 0 || p.Unchanged != 2 || p.Digest != "" {
			t.Errorf("the file again: %+v", p)
		}
	})
}

// TestFiles: UTF-8 with and without its mark, and GB18030, in both line ends; what cannot be read
// names the file, and nothing is taken of it.
func TestFiles(t *testing.T) {
	each(t, func(w *world) {
		text := "药品编码,名称,单价（元）,供应\r\n" + w.one.Code + `,"阿莫西林,胶囊",1.23,否` + "\r\n\r\n"
		gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
		fatalIf(t, err)
		for name, file := range map[string]string{"UTF-8": text, "with a mark": "\ufeff" + text, "GB18030": gb,
			"LF": strings.ReplaceAll(text, "\r\n", "\n"), "no end": strings.TrimRight(text, "\r\n"),
			"lines of commas": text + ",,,\r\n,,,\r\n", "empty columns": strings.ReplaceAll(text, "\r\n", ",,\r\n"),
		} {
			p := w.try(file)
			if l := p.Lines[0]; p.Read != 1 || l.NewFen != 123 || l.NewOffered || l.Result != pricelist.Changed {
				t.Errorf("%s: %+v", name, p)
			}
		}
		many := "code,price\n" + strings.Repeat("D9999,1\n", pricelist.MaxLines)
		p := w.try(many)
		if p.Read != pricelist.MaxLines || p.Wrong != p.Read || len(p.Lines) != pricelist.MaxAnswered {
			t.Errorf("%d lines: %d wrong, %d answered", p.Read, p.Wrong, len(p.Lines))
		}
		for name, file := range map[string]string{
			"empty": "", "no heading": w.one.Code + ",1.23\n", "a code alone": "code\n" + w.one.Code + "\n",
			"twice": "code,price,单价\n", "an open quote": "code,price\n\"" + w.one.Code + ",1\n",
			"a note aside":      "code,price\n" + w.one.Code + ",1.23,as agreed\n",
			"commas alone":      ",,,\r\n,,,\r\n",
			"a picture":         "\x89PNG\r\n\x1a\n\xff\xff",
			"one line too many": many + "D9999,1\n", "too large": strings.Repeat("x", pricelist.MaxFile+1),
		} {
			_, err := w.Try(t.Context(), []byte(file))
			field, ok := errors.AsType[*prescription.FieldError](err)
			if !ok || field.Field != "body.file" {
				t.Errorf("%s: %v", name, err)
			}
			if _, err := w.take(file, "any"); !errors.Is(err, prescription.ErrInvalid) {
				t.Errorf("%s was taken: %v", name, err)
			}
		}
	})
}

// TestTwoImports: of two at once that start from the same prices exactly one takes effect.
func TestTwoImports(t *testing.T) {
	each(t, func(w *world) {
		file := func(by int64) string {
			return w.both(by, by)
		}
		shown := [2]string{w.try(file(1)).Digest, w.try(file(2)).Digest}
		errs := make(chan error, 2)
		for i, digest := range shown {
			f, cmd := file(int64(i+1)), w.cmd()
			go func() {
				_, err := w.Import(context.Background(), cmd, "boss", []byte(f), digest)
				errs <- err
			}()
		}
		first, second := <-errs, <-errs
		if (first == nil) == (second == nil) || !errors.Is(errors.Join(first, second), pricelist.ErrMoved) {
			t.Errorf("%v and %v", first, second)
		}
		one, two := w.entry(w.one.Code), w.entry(w.two.Code)
		if one.PriceFen-one.CatalogueFen != two.PriceFen-two.CatalogueFen || one.Version != 1 || two.Version != 1 {
			t.Errorf("half of each: %+v, %+v", one, two)
		}
	})
}
