// Mutate changes one operator of a file at a time, runs the package's tests over the change and prints what no test noticed. The tree is not
// touched: the changed file goes to the compiler as an overlay. See .ci/mutate.sh.
//
//	go run ./chain/internal/mutate -tests ./chain/ledger -run 'Millisecond' chain/ledger/rules2.go
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
)

// swaps are the mutants of an operator: the boundary moved, the sense turned, one condition for both.
var swaps = map[token.Token][]token.Token{
	token.LSS: {token.LEQ, token.GEQ}, token.LEQ: {token.LSS, token.GTR}, token.GTR: {token.GEQ, token.LEQ}, token.GEQ: {token.GTR, token.LSS},
	token.EQL: {token.NEQ}, token.NEQ: {token.EQL}, token.LAND: {token.LOR}, token.LOR: {token.LAND}, token.ADD: {token.SUB}, token.SUB: {token.ADD},
}

type mutant struct {
	at       token.Position
	was, now token.Token
}

func mutants(file string, text []byte) (all []mutant, err error) {
	files := token.NewFileSet()
	tree, err := parser.ParseFile(files, file, text, 0)
	if err != nil {
		return nil, err
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		if b, ok := n.(*ast.BinaryExpr); ok {
			for _, now := range swaps[b.Op] {
				all = append(all, mutant{files.Position(b.OpPos), b.Op, now})
			}
		}
		return true
	})
	return all, nil
}

func main() {
	tests := flag.String("tests", "", "package whose tests are run; empty: the file's own")
	run := flag.String("run", "", "tests to run, as go test takes it; empty: all")
	flag.Parse()
	survived, tried := 0, 0
	for _, file := range flag.Args() {
		n, s, err := mutateFile(file, *tests, *run)
		if err != nil {
			fmt.Fprintln(os.Stderr, "mutate:", err)
			os.Exit(2)
		}
		tried, survived = tried+n, survived+s
	}
	fmt.Printf("%d mutants, %d survived\n", tried, survived)
}

func mutateFile(file, tests, run string) (tried, survived int, err error) {
	if tests == "" {
		tests = "./" + filepath.ToSlash(filepath.Dir(file))
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return 0, 0, err
	}
	all, err := mutants(file, text)
	if err != nil {
		return 0, 0, err
	}
	dir, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return 0, 0, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	whole, err := filepath.Abs(file)
	if err != nil {
		return 0, 0, err
	}
	changed, overlay := filepath.Join(dir, "changed.go"), filepath.Join(dir, "overlay.json")
	paths, err := json.Marshal(map[string]map[string]string{"Replace": {whole: changed}})
	if err != nil {
		return 0, 0, err
	}
	if err := os.WriteFile(overlay, paths, 0o600); err != nil {
		return 0, 0, err
	}
	for _, m := range all {
		out := append([]byte(nil), text[:m.at.Offset]...)
		out = append(append(out, m.now.String()...), text[m.at.Offset+len(m.was.String()):]...)
		if err := os.WriteFile(changed, out, 0o600); err != nil { //nolint:gosec // G703: a path of our own
			return tried, survived, err
		}
		args := []string{"-overlay", overlay}
		if exec.CommandContext(context.Background(), "go", append(append([]string{"build"}, args...), tests)...).Run() != nil { //nolint:gosec // G204: a developer's tool
			continue // it does not compile: nobody would have written it
		}
		tried++
		if exec.CommandContext(context.Background(), "go", append(append([]string{"test", "-count=1", "-failfast", "-timeout=120s", "-run", run}, args...), tests)...).Run() == nil { //nolint:gosec // G204: the same
			survived++
			fmt.Printf("%s:%d:%d: %s for %s: no test noticed\n", file, m.at.Line, m.at.Column, m.now, m.was)
		}
	}
	return tried, survived, nil
}
