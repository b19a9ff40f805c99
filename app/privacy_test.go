package app

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/syndtr/goleveldb/leveldb"
	"github.com/syndtr/goleveldb/leveldb/opt"

	"github.com/smart-hospital/hospital/app/demo"
	"github.com/smart-hospital/hospital/chain/chaintest/size"
	"github.com/smart-hospital/hospital/prescription/catalogue"
	prescriptionstore "github.com/smart-hospital/hospital/prescription/gormstore"
)

// minNeedle is the shortest ASCII text worth a search. Diagnosis codes such as "I10" are three
// bytes: in megabytes of signatures and digests they occur by chance, so finding one would mean
// nothing. Those with a dot ("E11.9") are five bytes, of which ten megabytes of random data hold
// one in a hundred thousand runs.
const minNeedle = 5

// minUTF16 leaves out names of two characters in UTF-16, which has four bytes for them: one of
// hundreds of such forms stands somewhere by chance in a few runs of a hundred.
const minUTF16 = 6

// needle is something personal in one of the forms it could be written in.
type needle struct {
	what string // for the test's output
	form []byte
}

// personal lists what no byte of the chain may tell: who, which drug, what for. All patients,
// staff, drugs and diagnoses of the demo are searched for, whoever of them took part.
func personal(t *testing.T) (list []needle) {
	t.Helper()
	c, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range demo.Patients {
		list = append(list, forms("patient", p.Name)...)
		list = append(list, forms("id number", p.IDNumber())...)
	}
	for _, s := range demo.Staff {
		list = append(list, forms("practitioner", s.Papers.Name)...)
	}
	for _, d := range c.Drugs() {
		list = append(list, forms("drug", d.Name)...)
		list = append(list, forms("drug in English", d.EnglishName)...)
	}
	for _, d := range c.Diagnoses() {
		list = append(list, forms("diagnosis", d.Name)...)
		list = append(list, forms("diagnosis code", d.Code)...)
	}
	return list
}

// forms are a text in UTF-8, in UTF-16 of both orders, and in base64 wherever it may begin within
// three bytes.
func forms(what, text string) (list []needle) {
	if len(text) < minNeedle {
		return nil
	}
	add := func(form []byte) { list = append(list, needle{what + " " + text, form}) }
	add([]byte(text))
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		var b []byte
		for _, u := range utf16.Encode([]rune(text)) {
			b = order.AppendUint16(b, u)
		}
		if len(b) >= minUTF16 {
			add(b)
		}
	}
	for offset := range 3 {
		if core := base64Core(text, offset); len(core) >= minNeedle {
			add([]byte(core))
		}
	}
	return list
}

// base64Core is the part of a text's base64 that does not depend on what is before and behind it.
func base64Core(text string, offset int) string {
	whole := base64.RawStdEncoding.EncodeToString(append(make([]byte, offset), text...))
	first := (offset*8 + 5) / 6
	return whole[first : (offset+len(text))*8/6]
}

// found returns which of the needles are in the bytes.
func found(haystack []byte, needles []needle) (what []string) {
	for _, n := range needles {
		if bytes.Contains(haystack, n.form) {
			what = append(what, n.what)
		}
	}
	return slices.Compact(what)
}

// TestNothingPersonalOnTheChain plays a ward and reads every byte under the chain's folder, the
// values inside its databases as well (they may be compressed on disk), and everything that was
// logged meanwhile at the most talkative level.
func TestNothingPersonalOnTheChain(t *testing.T) {
	t.Parallel()
	size.InTurn(t)
	cfg := demoConfig(t, "")
	log := &logBuffer{}
	playWard(t, cfg, 2, log)
	needles := personal(t)
	if len(needles) < 2000 {
		t.Fatalf("only %d needles", len(needles))
	}
	hay := map[string][]byte{"log": log.b.Bytes()}
	dir := filepath.Join(cfg.Data, "chain")
	for name, content := range filesUnder(t, dir) {
		hay["file "+name] = content
	}
	for _, name := range []string{"blockstore", "ledger", "state", "evidence"} {
		hay["database "+name] = levelDB(t, filepath.Join(dir, "data", name+".db"))
	}
	total := 0
	for name, content := range hay {
		total += len(content)
		for _, what := range found(content, needles) {
			t.Errorf("%s holds %s", name, what)
		}
	}
	if len(hay) < 15 || total < 500_000 || len(hay["log"]) < 1000 || len(hay["database ledger"]) < 10_000 {
		t.Errorf("searched only %d places, %d bytes", len(hay), total)
	}
	searchFinds(t, cfg.Data, needles)
}

func filesUnder(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[strings.TrimPrefix(path, dir)], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// levelDB is every key and value of a database.
func levelDB(t *testing.T, dir string) (all []byte) {
	t.Helper()
	db, err := leveldb.OpenFile(dir, &opt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	it := db.NewIterator(nil, nil)
	defer it.Release()
	for it.Next() {
		all = append(append(append(all, it.Key()...), 0), append(it.Value(), 0)...)
	}
	if err := it.Error(); err != nil {
		t.Fatal(err)
	}
	return all
}

// searchFinds is the negative control: the same search over the documents that were signed finds a
// patient, a doctor, a drug and a diagnosis with its code; and it finds them through every encoding
// it claims to see through.
func searchFinds(t *testing.T, data string, needles []needle) {
	t.Helper()
	cfg := demoConfig(t, "")
	cfg.Data = data
	x := cloned(t, cfg)
	var documents []byte
	err := prescriptionstore.New(x.box).Each(t.Context(), x.db, func(page []prescriptionstore.Stored) error {
		for _, p := range page {
			for _, e := range p.Events {
				documents = append(documents, e.Document...)
			}
		}
		return nil
	})
	x.must(err)
	units := utf16.Encode([]rune(string(documents)))
	little, big := make([]byte, 2*len(units)), make([]byte, 2*len(units))
	for i, u := range units {
		binary.LittleEndian.PutUint16(little[2*i:], u)
		binary.BigEndian.PutUint16(big[2*i:], u)
	}
	encodings := map[string][]byte{"plain": documents, "UTF-16 little": little, "UTF-16 big": big}
	for offset := range 3 {
		encodings["base64 at "+string(rune('0'+offset))] = []byte(
			base64.StdEncoding.EncodeToString(append(make([]byte, offset), documents...)))
	}
	for name, content := range encodings {
		all := strings.Join(found(content, needles), "\n")
		for _, kind := range []string{"patient ", "practitioner ", "drug ", "drug in English ", "diagnosis ",
			"diagnosis code "} {
			if !strings.Contains("\n"+all, "\n"+kind) {
				t.Errorf("%s: the search does not find a %sin the signed documents", name, kind)
			}
		}
	}
	id := demo.Patients[0].IDNumber()
	if len(found([]byte(`{"idNumber":"`+id+`"}`), needles)) == 0 {
		t.Error("the search does not find an id number")
	}
}
