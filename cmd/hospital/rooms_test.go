package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

const module = "github.com/smart-hospital/hospital/"

// mayImport is the picture of the house: who may import whom. chain is the bottom room.
var mayImport = map[string][]string{
	"chain":        {"chain"},
	"prescription": {"prescription", "chain"},
	"payment":      {"payment", "chain"},
	"frontend":     {"frontend"},
	"app":          {"app", "prescription", "payment", "chain", "frontend"},
	"cmd":          {"app", "chain"},
}

// mayReach is the same inside a room, for packages whose arrows there matter.
var mayReach = map[string][]string{
	"app/httpapi/web": {"app/accounts", "app/disk", "app/family/right", "app/problem", "chain", "chain/act",
		"chain/gm", "chain/gm/pki", "chain/intent", "chain/platform/limit", "chain/platform/text",
		"chain/platform/sqlstore"},
	// A prescription's subjects: each stands on those before it.
	"prescription":          {"chain", "chain/platform/number", "chain/platform/text"},
	"prescription/medicine": {"chain/platform/text", "prescription", "prescription/catalogue"},
	"prescription/parties":  {"chain", "chain/gm/pki", "chain/platform/china"},
	"prescription/rules": {"chain/platform/china", "prescription", "prescription/catalogue",
		"prescription/medicine", "prescription/parties"},
	"prescription/pricelist": {"chain/gm", "chain/platform/sqlstore", "prescription", "prescription/catalogue",
		"prescription/medicine", "prescription/spreadsheet"},
	"prescription/spreadsheet": {},
	"prescription/formulary":   {"prescription/catalogue", "prescription/medicine", "prescription/rules"},
	"prescription/trace": {"chain/platform/china", "chain/platform/text", "prescription", "prescription/medicine",
		"prescription/rules"},
	"prescription/stock":      {"chain", "prescription", "prescription/medicine"},
	"prescription/redemption": {"chain", "chain/gm", "chain/merkle", "prescription"},
	"prescription/document": {"chain/platform/china", "prescription", "prescription/medicine", "prescription/parties",
		"prescription/rules"},
	"prescription/lifecycle": {"chain", "chain/intent", "chain/merkle", "chain/platform/china", "chain/platform/text",
		"prescription", "prescription/document", "prescription/medicine", "prescription/parties",
		"prescription/redemption", "prescription/rules", "prescription/trace"},
	"prescription/view": {"chain", "chain/intent", "chain/platform/china", "prescription", "prescription/lifecycle",
		"prescription/medicine", "prescription/parties", "prescription/redemption", "prescription/rules",
		"prescription/trace"},
	"prescription/bundle": {"chain", "chain/base64", "chain/evidence", "chain/gm/pki",
		"chain/platform/china", "chain/platform/text", "prescription", "prescription/document",
		"prescription/lifecycle", "prescription/medicine", "prescription/parties", "prescription/redemption",
		"prescription/rules"},
	"prescription/audit": {"chain", "prescription/document", "prescription/lifecycle", "prescription/medicine"},
	// What people do with prescriptions: the parts know no signed step, and each stands on those
	// before it.
	"prescription/ground":   {"chain/outbox", "chain/platform/sqlstore", "prescription", "prescription/lifecycle"},
	"prescription/announce": {"chain", "prescription/lifecycle"},
	"prescription/pharmacy": {"chain", "chain/intent", "chain/platform/china", "chain/platform/sqlstore",
		"prescription", "prescription/ground", "prescription/lifecycle", "prescription/parties", "prescription/rules",
		"prescription/stock", "prescription/trace", "prescription/view"},
	"prescription/recheck": {"chain", "chain/intent", "prescription", "prescription/ground",
		"prescription/lifecycle", "prescription/medicine", "prescription/parties", "prescription/rules",
		"prescription/view"},
	"prescription/copies": {"chain", "chain/evidence", "chain/intent", "chain/membership", "chain/outbox",
		"chain/platform/sqlstore", "prescription",
		"prescription/announce", "prescription/bundle", "prescription/document", "prescription/ground",
		"prescription/lifecycle", "prescription/pharmacy", "prescription/redemption", "prescription/rules",
		"prescription/stock", "prescription/view"},
	"prescription/reading": {"chain", "chain/base64", "chain/intent", "prescription", "prescription/copies",
		"prescription/ground", "prescription/lifecycle", "prescription/pharmacy", "prescription/recheck",
		"prescription/redemption", "prescription/rules", "prescription/view"},
	"prescription/pickup": {"chain", "chain/intent", "chain/platform/sqlstore", "prescription",
		"prescription/ground", "prescription/lifecycle", "prescription/reading", "prescription/redemption",
		"prescription/view"},
	// The money: amounts know no bureau, a bureau's words know no settlement.
	"payment/money":  {},
	"payment/bureau": {"payment/money"},
	"payment/policy": {"chain/platform/china", "payment/bureau", "payment/money"},
	"payment/books":  {"chain/platform/china", "payment", "payment/bureau", "payment/money"},
	// What an installation stands on knows no room; the list of rooms alone knows them all.
	"app/installation": {"app/config", "app/disk", "app/redisstore", "chain", "chain/comet/home", "chain/consortium",
		"chain/gm", "chain/membership", "chain/platform/descriptors", "chain/platform/durable",
		"chain/platform/keystore", "chain/platform/sqlstore"},
	"app/ports":  {"app/door", "app/httpapi/web", "app/installation", "app/problem"},
	"app/backup": {"app/config", "app/installation", "app/ports", "chain/comet", "chain/comet/home"},
	"app/pages":  {"frontend"},
	"app/audit": {"chain", "chain/contract", "chain/intent", "chain/outbox", "chain/platform/keystore",
		"chain/platform/sqlstore", "payment/bureau"},
	"app/problem": {"app/accounts", "app/invalid", "chain/outbox", "chain/platform/sqlstore", "chain/platform/text"},
	"app/room": {"app/accounts", "app/audit", "app/closing", "app/disclosure", "app/httpapi/web", "app/notice",
		"app/oversight", "app/problem", "chain",
		"chain/platform/sqlstore"},
	// The regulator's engine and his data port know no room: rooms offer their rules and documents.
	"app/oversight/span": {"app/invalid"},
	"app/oversight": {"app/disclosure", "app/invalid", "app/oversight/span", "chain", "chain/base64", "chain/evidence",
		"chain/evidence/period", "chain/membership", "chain/merkle", "chain/platform/china", "chain/platform/keystore",
		"chain/platform/sqlstore"},
	// What a patient's words may mean knows no room, and least of all a prescription.
	"app/triage":                {"app/invalid"},
	"app/triage/intake":         {"app/triage", "chain/platform/sqlstore"},
	"app/triage/measure":        {"app/triage", "app/triage/measure/danger"},
	"app/triage/measure/danger": {},
	"app/disclosure": {"chain", "chain/base64", "chain/canonical", "chain/intent", "chain/membership",
		"chain/platform/sqlstore"},
	// The ledger's law knows no engine and no disk.
	"chain/ledger/transaction": {"chain", "chain/ledger/storage"},
	"chain/ledger/judge": {"chain", "chain/canonical", "chain/contract", "chain/gm", "chain/gm/pki",
		"chain/ledger/storage", "chain/ledger/transaction", "chain/membership", "chain/merkle"},
	"chain/ledger/snapshot": {"chain", "chain/gm", "chain/ledger/storage"},
	"chain/ledger/reader": {"chain", "chain/base64", "chain/gm", "chain/ledger/judge", "chain/ledger/storage",
		"chain/membership", "chain/merkle"},
	"chain/act": {"chain", "chain/intent", "chain/outbox", "chain/platform/china",
		"chain/platform/sqlstore"},
}

// only says who alone may import a library.
var only = map[string][]string{
	"github.com/tjfoc/gmsm":    {"chain/gm", "chain/gm/pki"},
	"github.com/emmansun/gmsm": {"chain/gm", "chain/gm/pki"},
	"github.com/cometbft/cometbft": {"chain/ledger", "chain/comet", "chain/comet/home", "chain/comet/reactors",
		"chain/comet/engine", "chain/comet/empty", "chain/testnet/traitor"},
	"github.com/cometbft/cometbft-db": {"chain/ledger", "chain/ledger/storage", "chain/comet", "chain/comet/home"},
}

// onlyCode is only for code that is no test. The standard library's base64 skips line breaks, also
// where it is strict: what is signed, sealed or kept is read by chain/base64. The others have texts
// of their own: tokens, password hashes, names of files, and a partner who may break lines.
var onlyCode = map[string][]string{
	"encoding/base64": {"chain/base64", "app/accounts/opaque", "app/pages", "app/accounts/password", "payment/insurer"},
}

type pkg struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

// Arrows between rooms run one way, tests included: a wrong arrow is found here, not a year later.
func TestRooms(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", module+"...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	d := json.NewDecoder(strings.NewReader(string(out)))
	seen := 0
	for {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		seen++
		checkPackage(t, p)
	}
	if seen < 10 {
		t.Fatalf("only %d packages seen", seen)
	}
}

// TestTriageAndPrescriptionsAreApart: nothing that triage finds can become part of a prescription,
// and no prescription asks it. Neither reaches the other over any package between them.
func TestTriageAndPrescriptionsAreApart(t *testing.T) {
	for _, c := range []struct{ from, to string }{
		{"app/triage/...", "prescription"}, {"prescription/...", "app/triage"}, {"app/prescriptions/...", "app/triage"},
		{"app/httpapi/triage", "prescription"},
	} {
		out, err := exec.Command("go", "list", "-deps", module+c.from).Output()
		if err != nil {
			t.Fatalf("go list: %v", err)
		}
		deps := strings.Fields(string(out))
		if len(deps) < 10 {
			t.Fatalf("%s stands on %d packages only", c.from, len(deps))
		}
		for _, dep := range deps {
			if dep == module+c.to || strings.HasPrefix(dep, module+c.to+"/") {
				t.Errorf("%s reaches %s", c.from, dep)
			}
		}
	}
}

func checkPackage(t *testing.T, p pkg) {
	from := strings.TrimPrefix(p.ImportPath, module)
	room, _, _ := strings.Cut(from, "/")
	allowed, known := mayImport[room]
	if !known {
		t.Errorf("%s is in no known room", p.ImportPath)
	}
	for lib, owners := range onlyCode {
		if contains(p.Imports, lib) && !contains(owners, from) {
			t.Errorf("%s imports %s: only %v may", from, lib, owners)
		}
	}
	for _, i := range p.Imports {
		to, ours := strings.CutPrefix(i, module)
		reach, drawn := mayReach[from]
		if ours && drawn && !contains(reach, to) {
			t.Errorf("%s imports %s: only %v", from, to, reach)
		}
	}
	imports := append(append(append([]string{}, p.Imports...), p.TestImports...), p.XTestImports...)
	for _, i := range imports {
		if to, ours := strings.CutPrefix(i, module); ours {
			toRoom, _, _ := strings.Cut(to, "/")
			if !contains(allowed, toRoom) {
				t.Errorf("%s imports %s: room %s may not import room %s", from, to, room, toRoom)
			}
			continue
		}
		for lib, owners := range only {
			if (i == lib || strings.HasPrefix(i, lib+"/")) && !contains(owners, from) {
				t.Errorf("%s imports %s: only %v may", from, i, owners)
			}
		}
	}
}

func contains(list []string, s string) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return false
}

// tooLong are packages that are still longer than mostLines, with what they may have at most: the
// list only gets shorter.
var tooLong = map[string]int{}

const mostLines = 2000

// forEveryKind are the packages that serve whatever kind a contract has, and so name none.
var forEveryKind = []string{"app/audit", "app/disclosure", "app/httpapi/signing", "app/httpapi/web", "app/oversight",
	"app/room", "chain/act", "chain/intent", "chain/ledger", "chain/outbox"}

var (
	namesAKind = regexp.MustCompile(`\b(chain|contract)\.(Kind|Subject)[A-Z]\w*`)
	// what every record stands on: certificates, and the members' votes
	everyRecords = []string{"chain.SubjectState", "chain.SubjectCert", "chain.KindRevoke", "chain.SubjectGov"}
	// kindsNamed are the exceptions.
	kindsNamed = map[string][]string{
		"app/audit/roomless.go": {"contract.SubjectLot", "contract.SubjectMove", "contract.SubjectOwn"},
	}
)

// TestOnlyRoomsNameTheirKinds: a new kind touches none of the packages that serve all of them.
func TestOnlyRoomsNameTheirKinds(t *testing.T) {
	for _, dir := range forEveryKind {
		files, err := filepath.Glob(filepath.Join("..", "..", dir, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", dir, len(files), err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range namesAKind.FindAllString(string(text), -1) {
				if !slices.Contains(everyRecords, name) &&
					!slices.Contains(kindsNamed[dir+"/"+filepath.Base(file)], name) {
					t.Errorf("%s/%s names %s: its room offers what it needs of it", dir, filepath.Base(file), name)
				}
			}
		}
	}
}

// TestPackagesAreReadable: nobody has to read more than mostLines to know a package, tests left
// out.
func TestPackagesAreReadable(t *testing.T) {
	lines := map[string]int{}
	root := filepath.Join("..", "..")
	for room := range mayImport {
		err := filepath.WalkDir(filepath.Join(root, room), func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && d.Name() == "node_modules" {
				return filepath.SkipDir
			}
			if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			b, err := os.ReadFile(path)
			dir, _ := filepath.Rel(root, filepath.Dir(path))
			lines[filepath.ToSlash(dir)] += bytes.Count(b, []byte("\n"))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, n := range lines {
		most := mostLines
		if long, ok := tooLong[name]; ok {
			most = long
		}
		if n > most {
			t.Errorf("%s has %d lines, more than %d", name, n, most)
		}
	}
	for name := range tooLong {
		if lines[name] <= mostLines {
			t.Errorf("%s has %d lines: it is no longer too long", name, lines[name])
		}
	}
}

// mostColumns is the width of a comment on a line of its own, a tab counted as four.
const mostColumns = 100

// What is set out in columns keeps its form, as gofmt keeps it.
var (
	reComment = regexp.MustCompile(`^\s*(//|/?\*)( ?)(.*)$`)
	reAsItIs  = regexp.MustCompile(`^(\s{2,}|\t|[-*] |go:|nolint|#)`)
)

// TestCommentsAreNarrow: in Go, TypeScript, JavaScript, Vue and CSS. The linter holds the code's
// width.
func TestCommentsAreNarrow(t *testing.T) {
	root := filepath.Join("..", "..")
	for room := range mayImport {
		err := filepath.WalkDir(filepath.Join(root, room), func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "dist" || d.Name() == "out") {
				return filepath.SkipDir
			}
			switch ext := filepath.Ext(path); ext {
			case ".go", ".ts", ".mjs", ".vue", ".css":
				b, err := os.ReadFile(path)
				head := b[:min(300, len(b))]
				made := strings.HasSuffix(path, ".d.ts") || bytes.Contains(head, []byte("Code generated"))
				if err != nil || made {
					return err
				}
				for i, line := range strings.Split(string(b), "\n") {
					m := reComment.FindStringSubmatch(line)
					if m == nil || ext == ".go" && m[1] != "//" || reAsItIs.MatchString(m[3]) {
						continue
					}
					if n := utf8.RuneCountInString(strings.ReplaceAll(line, "\t", "    ")); n > mostColumns {
						t.Errorf("%s:%d: a comment of %d columns, more than %d", path, i+1, n, mostColumns)
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
