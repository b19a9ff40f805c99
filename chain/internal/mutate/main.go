// Mutate changes one operator of a file at a time, runs the package's tests over the change and
// prints what no test noticed. Files of tests are left alone. The tree is not touched: the changed
// files go to the compiler as an overlay. All changes of a package are compiled into one test
// binary, asleep; a variable of the environment wakes one. Each test runs alone once, to learn
// which changes it reaches, and a change is tried with those tests only. The exit status is 1 when
// a change survived that is not in accepted.txt. See .ci/mutate.sh.
//
//	go run ./chain/internal/mutate -tests chain/ledger chain/contract/rx.go
package main

import (
	"bytes"
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// accepted are the changes that change nothing, a line each: what is printed of it, then its reason
// after " # ".
//
//go:embed accepted.txt
var accepted string

func main() {
	run := flag.String("run", ".", "tests to run, as go test takes it")
	tests := flag.String("tests", "", "folder of the package whose tests are asked; empty: the changed file's own")
	quick := flag.Duration("quick", 0, "ask no test that takes longer; 0: ask all")
	flag.Parse()
	var dirs []string
	files := map[string][]string{}
	for _, f := range flag.Args() {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		dir := filepath.Dir(f)
		if files[dir] == nil {
			dirs = append(dirs, dir)
		}
		files[dir] = append(files[dir], f)
	}
	survived := 0
	for _, dir := range dirs {
		n, err := mutate(dir, cmp.Or(*tests, dir), files[dir], *run, *quick)
		if err != nil {
			fmt.Fprintln(os.Stderr, "mutate:", err)
			os.Exit(2)
		}
		survived += n
	}
	if survived > 0 {
		os.Exit(1)
	}
}

// mutate tries every change of a package's files with the tests of a package and returns how many
// survived that are not accepted.
func mutate(dir, tests string, files []string, run string, quick time.Duration) (survived int, err error) {
	temp, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return 0, err
	}
	defer func() { _ = os.RemoveAll(temp) }()
	p := &pack{dir: dir, asked: tests, temp: temp, binary: filepath.Join(temp, "tests"), dropped: map[string]bool{}}
	if err := p.build(files); err != nil {
		return 0, err
	}
	if err := p.survey(run, quick); err != nil {
		return 0, err
	}
	for _, file := range files {
		began, tried, lived, equal := time.Now(), 0, 0, 0
		for _, m := range p.mutants {
			if m.file != file {
				continue
			}
			tried++
			if p.killed(m) {
				continue
			}
			if isAccepted(m.String()) {
				equal++
				continue
			}
			lived++
			fmt.Printf("%s:%d: %s -> %s\n", file, m.line, m.was, m.now)
		}
		fmt.Printf("%s: %d mutants, %d killed, %d accepted, %d survived in %s\n", file, tried, tried-lived-equal, equal,
			lived, time.Since(began).Round(time.Second))
		survived += lived
	}
	return survived, nil
}

func isAccepted(change string) bool {
	for line := range strings.Lines(accepted) {
		if what, _, _ := strings.Cut(line, " # "); what == change {
			return true
		}
	}
	return false
}

// pack is a package with its changes compiled in.
type pack struct {
	dir, temp, binary string
	asked             string // folder of the tests
	mutants           []*mutant
	dropped           map[string]bool // "file:line" where a sum is of untyped constants and its change does not compile
	tests             []*test
	flags             []string // of every run
	last              *test    // that killed: a neighbour's killer is tried first
}

type test struct {
	name    string
	took    time.Duration
	reaches map[int]bool
}

var inLine = regexp.MustCompile(`(?m)^(?:\./)?(\S+\.go):(\d+):`)

func (p *pack) build(files []string) error {
	for {
		p.mutants = nil
		paths := map[string]string{}
		name := ""
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			out, pkg, err := p.rewrite(file, text)
			if err != nil {
				return err
			}
			name = pkg
			if err := p.overlay(paths, file, out); err != nil {
				return err
			}
		}
		if err := p.overlay(paths, filepath.Join(p.dir, "mutant_on.go"),
			fmt.Sprintf(switches, name, len(p.mutants)+1)); err != nil {
			return err
		}
		text, err := json.Marshal(map[string]any{"Replace": paths})
		if err != nil {
			return err
		}
		overlay := filepath.Join(p.temp, "overlay.json")
		if err := os.WriteFile(overlay, text, 0o600); err != nil {
			return err
		}
		out, err := command("", "go", "test", "-c", "-gcflags=-e", "-overlay", overlay, "-o", p.binary,
			"./"+filepath.ToSlash(p.asked)).CombinedOutput()
		if err == nil {
			return nil
		}
		before := len(p.dropped)
		for _, at := range inLine.FindAllStringSubmatch(string(out), -1) {
			p.dropped[filepath.Base(at[1])+":"+at[2]] = true
		}
		if len(p.dropped) == before {
			return fmt.Errorf("%s: %w\n%s", p.dir, err, out)
		}
	}
}

// overlay puts a text in a file's place, under the file's name: the compiler's errors bear it.
func (p *pack) overlay(paths map[string]string, file, text string) error {
	whole, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	paths[whole] = filepath.Join(p.temp, filepath.Base(file))
	return os.WriteFile(paths[whole], []byte(text), 0o600) //nolint:gosec // G703: a tool writes into its own folder
}

// survey runs each test alone and learns how long it takes and which changes it reaches.
func (p *pack) survey(run string, quick time.Duration) error {
	names, err := command(p.asked, p.binary, "-test.list", run).Output()
	if err != nil {
		return err
	}
	const noFiles = "-rapid.nofailfile" // a test that finds a change leaves its input behind otherwise
	if help, _ := command(p.asked, p.binary, "-help").CombinedOutput(); bytes.Contains(help, []byte(noFiles)) {
		p.flags = append(p.flags, noFiles)
	}
	seen := filepath.Join(p.temp, "seen")
	for _, name := range strings.Fields(string(names)) {
		if strings.HasPrefix(name, "Benchmark") {
			continue
		}
		t := &test{name: name, reaches: map[int]bool{}}
		_ = os.Remove(seen)
		began := time.Now()
		if out, err := p.run(t, 10*time.Minute, "MUTANT_SEEN="+seen); err != nil {
			return fmt.Errorf("%s fails without a change: %w\n%s", name, err, out)
		}
		if t.took = time.Since(began); quick > 0 && t.took > quick {
			fmt.Printf("%s: %s takes %s: not asked\n", p.dir, name, t.took.Round(time.Second/10))
			continue
		}
		ids, err := os.ReadFile(seen)
		if err != nil && !os.IsNotExist(err) {
			return err
		}
		for _, id := range bytes.Fields(ids) {
			n, err := strconv.Atoi(string(id))
			if err != nil {
				return err
			}
			t.reaches[n] = true
		}
		p.tests = append(p.tests, t)
	}
	fmt.Printf("%s: %d changes, %d tests\n", p.dir, len(p.mutants), len(p.tests))
	slices.SortFunc(p.tests, func(a, b *test) int { return int(a.took - b.took) })
	return nil
}

func (p *pack) killed(m *mutant) bool {
	order := p.tests
	if p.last != nil {
		order = append([]*test{p.last}, order...)
	}
	for i, t := range order {
		if !t.reaches[m.id] || (i > 0 && t == p.last) {
			continue
		}
		if _, err := p.run(t, 20*time.Second+5*t.took, "MUTANT="+strconv.Itoa(m.id)); err != nil {
			p.last = t
			return true
		}
	}
	return false
}

func (p *pack) run(t *test, limit time.Duration, env string) ([]byte, error) {
	cmd := command(p.asked, p.binary, append(p.flags, "-test.run", "^"+t.name+"$", "-test.failfast", "-test.timeout",
		limit.String())...)
	cmd.Env = append(os.Environ(), env)
	return cmd.CombinedOutput()
}

func command(dir, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(context.Background(), name, args...)
	cmd.Dir = dir
	return cmd
}
