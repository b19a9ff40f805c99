package catalogue

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// embedded copies the tables, to break one of them.
func embedded(t testing.TB) fstest.MapFS {
	t.Helper()
	m := fstest.MapFS{}
	names, err := fs.Glob(files, "data/*.csv")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		src, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		m[strings.TrimPrefix(name, "data/")] = &fstest.MapFile{Data: src}
	}
	return m
}

func TestABrokenRowIsNamed(t *testing.T) {
	for name, tt := range map[string]struct {
		file, old, new string
		line           int
		column         string
	}{
		"header":             {"drugs.csv", "code,name_zh", "code,name", 1, ""},
		"a field missing":    {"routes.csv", "po,口服,oral", "po,口服", 2, ""},
		"a field without":    {"routes.csv", "po,口服,oral", "po,口服,oral,,x", 2, ""},
		"open quote":         {"routes.csv", "po,口服,oral", `po,口服,"oral`, 0, ""},
		"bad ATC":            {"drugs.csv", "J01CA04,cap", "J1CA04,cap", 2, "atc"},
		"free drug":          {"drugs.csv", ",980,rx", ",0,rx", 2, "price_fen"},
		"price with a sign":  {"drugs.csv", ",980,rx", ",+980,rx", 2, "price_fen"},
		"unknown form":       {"drugs.csv", ",cap,0.25g,24", ",kap,0.25g,24", 2, "form"},
		"unknown class":      {"drugs.csv", "粒,盒,A,980", "粒,盒,D,980", 2, "insurance"},
		"trace prefix":       {"drugs.csv", "8910007", "891000", 2, "trace_prefix"},
		"same trace prefix":  {"drugs.csv", "8910020", "8910007", 3, "trace_prefix"},
		"same code":          {"drugs.csv", "D0002,", "D0001,", 3, "code"},
		"OTC antibiotic":     {"drugs.csv", "980,rx,none", "980,otc,none", 2, "prescription"},
		"dose above maximum": {"drugs.csv", "po,0.5,g,0.25,tid,5,4,", "po,0.5,g,0.25,tid,5,1,", 2, "max_daily_dose"},
		"too many days":      {"drugs.csv", "po,0.5,g,0.25,tid,5,4,", "po,0.5,g,0.25,tid,8,4,", 2, "days"},
		"space around":       {"drugs.csv", "阿莫西林胶囊", " 阿莫西林胶囊", 2, "name_zh"},
		"bad ICD":            {"icd10.csv", "A08.0,", "A8.0,", 2, "code"},
		"chronic":            {"icd10.csv", "LZBDXCY,no", "LZBDXCY,maybe", 2, "chronic"},
		"frequency":          {"frequencies.csv", "每日一次,once a day,1,1", "每日一次,once a day,1,0", 3, "per_days"},
		"unknown unit":       {"drugs.csv", ",24,粒,盒,", ",24,颗,盒,", 2, "unit"},
		"unit of a dose":     {"units.csv", "mg,mg,mg,mg", "mg,mg,mg,", 2, "plural_en"},
		"fact without drug":  {"interactions.csv", "B01AA03,M01A", "B01AA93,M01A", 3, "a"},
		"fact without class": {"interactions.csv", "J01C,penicillin", "J01C,penicilin", 0, "b"},
		"fact without age":   {"interactions.csv", "J01MA,<18", "J01MA,18", 0, "b"},
		"age from nothing":   {"interactions.csv", "M01AE01,<6m", "M01AE01,<0m", 0, "b"},
		"age with a zero":    {"interactions.csv", "M01AE01,<6m", "M01AE01,<06m", 0, "b"},
		"age in weeks":       {"interactions.csv", "M01AE01,<6m", "M01AE01,<6w", 0, "b"},
		"age in big M":       {"interactions.csv", "M01AE01,<6m", "M01AE01,<6M", 0, "b"},
		"age with a space":   {"interactions.csv", "M01AE01,<6m", "M01AE01,<6 m", 0, "b"},
		"months of years":    {"interactions.csv", "M01AE01,<6m", "M01AE01,<60m", 0, "b"},
		"too old":            {"interactions.csv", "J01MA,<18", "J01MA,<518", 0, "b"},
		"unknown substance":  {"interactions.csv", "S:danshen;", "S:danshem;", 0, "b"},
		"course":             {"interactions.csv", "duration,N02BE01,>5", "duration,N02BE01,5", 0, "b"},
		"ingredient of none": {"ingredients.csv", "D0003,J01CA04", "D9903,J01CA04", 2, "drug"},
		"ingredient twice":   {"ingredients.csv", "D0003,S:clavulanic-acid", "D0003,J01CA04", 3, "substance"},
		"limit of none":      {"limits.csv", "LIM-001,A10A,", "LIM-001,A10Z,", 2, "selector"},
		"weekly, no ceiling": {"limits.csv", "mg,25,25,25,high,weekly", "mg,25,25,0,high,weekly", 4, "weekly"},
		"class of none":      {"classes.csv", "C10AA,critical", "C10ZZ,critical", 4, "selector"},
		"form without route": {"forms.csv", "tablet,po", "tablet,p.o", 2, "routes"},
		"word for nothing":   {"synonyms.csv", "高血压,I10", "高血压,I99", 2, "code"},
		"word for two":       {"synonyms.csv", "高血压病,I10", "高血压,I10", 3, "term"},
		"version":            {"base.csv", "2026.11.1", "v1", 2, "version"},
		"severity":           {"interactions.csv", "C01DX16,critical", "C01DX16,grave", 2, "severity"},
	} {
		m := embedded(t)
		src := string(m[tt.file].Data)
		if !strings.Contains(src, tt.old) {
			t.Fatalf("%s: the table has no %q", name, tt.old)
		}
		m[tt.file].Data = []byte(strings.Replace(src, tt.old, tt.new, 1))
		c, err := load(m)
		var bad *RowError
		if c != nil || !errors.Is(err, ErrBadRow) || !errors.As(err, &bad) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if bad.File != tt.file || bad.Column != tt.column || bad.Rule == "" || (tt.line > 0 && bad.Line != tt.line) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAllBrokenRowsAreNamedAtOnce(t *testing.T) {
	m := embedded(t)
	m["routes.csv"].Data = []byte(namesHeader + "\npo,,oral\nsl,舌下,\n")
	_, err := load(m)
	if err == nil || !strings.Contains(err.Error(), "routes.csv:2") || !strings.Contains(err.Error(), "routes.csv:3") {
		t.Error(err)
	}
}

func TestAMissingTableIsAnError(t *testing.T) {
	m := embedded(t)
	delete(m, "icd10.csv")
	if _, err := load(m); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	m = embedded(t)
	m["drugs.csv"].Data = []byte(drugHeader + "\n")
	m["interactions.csv"].Data = []byte(interactionHeader + "\n")
	if _, err := load(m); err == nil {
		t.Error("a catalogue without drugs was loaded")
	}
}

// FuzzDrugs: whatever the table says, the parser refuses it or yields drugs that keep the rules.
func FuzzDrugs(f *testing.F) {
	m := embedded(f)
	lines := strings.SplitAfterN(string(m["drugs.csv"].Data), "\n", 5)
	f.Add([]byte(strings.Join(lines[:4], "")))
	f.Add([]byte(drugHeader + "\n"))
	f.Add([]byte("\xff"))
	f.Add([]byte(drugHeader + "\n\"\n"))
	m["interactions.csv"].Data = []byte(interactionHeader + "\n")
	f.Fuzz(func(t *testing.T, src []byte) {
		broken := fstest.MapFS{}
		for name, file := range m {
			broken[name] = file
		}
		broken["drugs.csv"] = &fstest.MapFile{Data: src}
		c, err := load(broken)
		if err != nil {
			return
		}
		for _, d := range c.Drugs() {
			freq, ok := c.Frequency(d.Frequency)
			if _, err := d.Packages(d.Dose, freq, d.Days); err != nil || !ok || d.PriceFen <= 0 ||
				!tracePattern.MatchString(d.TracePrefix) {
				t.Errorf("%+v: %v", d, err)
			}
		}
	})
}
