package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
)

// mutant is one change.
type mutant struct {
	id   int // from 1
	file string
	line int
	was  string
	now  string
}

func (m *mutant) String() string { return fmt.Sprintf("%s: %s -> %s", m.file, m.was, m.now) }

// The changes of a comparison: its sense turned, and its boundary moved.
var (
	turned = map[token.Token]token.Token{
		token.LSS: token.GEQ, token.LEQ: token.GTR, token.GTR: token.LEQ, token.GEQ: token.LSS, token.EQL: token.NEQ,
		token.NEQ: token.EQL,
	}
	moved = map[token.Token]token.Token{token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ,
		token.GEQ: token.GTR}
)

// rewriter puts a switch around every operator of a file. Lines stay where they are.
type rewriter struct {
	*pack
	file string
	set  *token.FileSet
	text string
}

func (p *pack) rewrite(file string, text []byte) (out, name string, err error) {
	r := &rewriter{pack: p, file: filepath.ToSlash(file), set: token.NewFileSet(), text: string(text)}
	tree, err := parser.ParseFile(r.set, file, text, 0)
	if err != nil {
		return "", "", err
	}
	return r.between(tree, 0, len(text)), tree.Name.Name, nil
}

func (r *rewriter) offset(p token.Pos) int { return r.set.Position(p).Offset }

func (r *rewriter) raw(n ast.Node) string { return r.text[r.offset(n.Pos()):r.offset(n.End())] }

func (r *rewriter) render(n ast.Node) string {
	return r.between(n, r.offset(n.Pos()), r.offset(n.End()))
}

// between is the text from one offset to another with the outermost operators of a node put behind
// their switches.
func (r *rewriter) between(n ast.Node, from, to int) string {
	var b strings.Builder
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GenDecl:
			return n.Tok != token.CONST
		case *ast.ArrayType:
			return false
		case *ast.BinaryExpr:
			if out := r.operator(n); out != "" {
				b.WriteString(r.text[from:r.offset(n.Pos())] + out)
				from = r.offset(n.End())
				return false
			}
		}
		return true
	})
	return b.String() + r.text[from:to]
}

func (r *rewriter) operator(e *ast.BinaryExpr) string {
	x, y, op := r.raw(e.X), r.raw(e.Y), e.Op.String()
	add := func(now string) int {
		m := &mutant{len(r.mutants) + 1, r.file, r.set.Position(e.OpPos).Line, flat(r.raw(e)), flat(now)}
		r.mutants = append(r.mutants, m)
		return m.id
	}
	switch e.Op {
	case token.LAND, token.LOR:
		name := map[token.Token]string{token.LAND: "mutantAnd", token.LOR: "mutantOr"}[e.Op]
		left, right := add(x), add(y)
		gap := r.text[r.offset(e.OpPos)+len(op) : r.offset(e.Y.Pos())]
		return fmt.Sprintf("%s(%d, %d, %s,%sfunc() bool { return %s })", name, left, right, r.render(e.X), gap,
			r.render(e.Y))
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		out := fmt.Sprintf("((%s %s %s) != mutantOn(%d))", r.render(e.X), op, r.render(e.Y),
			add(x+" "+turned[e.Op].String()+" "+y))
		boundary, ok := moved[e.Op]
		if !ok || strings.Contains(x+y, "\n") {
			return out
		}
		// Nothing else is changed while this is: the operands as they were will do. A test reaches
		// the boundary when it stands on it; what calls a function is not evaluated twice to learn
		// that.
		at := fmt.Sprintf("mutantOn(%d) && (%s) == (%s)", add(x+" "+boundary.String()+" "+y), x, y)
		if !calls(e) {
			at = fmt.Sprintf("(%s) == (%s) && mutantOn(%d)", x, y, len(r.mutants))
		}
		if e.Op == token.LSS || e.Op == token.GTR {
			return fmt.Sprintf("(%s || %s)", out, at)
		}
		return fmt.Sprintf("(%s && !(%s))", out, at)
	case token.ADD, token.SUB:
		if isText(e.X) || isText(e.Y) ||
			r.dropped[fmt.Sprintf("%s:%d", filepath.Base(r.file), r.set.Position(e.OpPos).Line)] {
			return ""
		}
		if e.Op == token.ADD {
			return fmt.Sprintf("mutantSum(%d, %s, %s)", add(x+" - "+y), r.render(e.X), r.render(e.Y))
		}
		return fmt.Sprintf("mutantDifference(%d, %s, %s)", add(x+" + "+y), r.render(e.X), r.render(e.Y))
	}
	return ""
}

func calls(e ast.Expr) (yes bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok {
			f, builtin := c.Fun.(*ast.Ident)
			yes = yes || !builtin || f.Name != "len"
		}
		return true
	})
	return yes
}

// isText tells a literal text. What is made of one is for people, mostly.
func isText(e ast.Expr) bool {
	if b, ok := e.(*ast.BinaryExpr); ok {
		return isText(b.X) || isText(b.Y)
	}
	l, ok := e.(*ast.BasicLit)
	return ok && l.Kind == token.STRING
}

func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

// switches is the file that a changed package gets: its name, and one more than its changes.
const switches = `package %s

import (
	"os"
	"reflect"
	"strconv"
	"sync/atomic"
)

var (
	mutantAwake, _ = strconv.Atoi(os.Getenv("MUTANT"))
	mutantFile     = os.Getenv("MUTANT_SEEN")
	mutantSeen     [%d]atomic.Bool
)

func mutantOn(id int) bool {
	if mutantFile != "" && !mutantSeen[id].Swap(true) {
		f, err := os.OpenFile(mutantFile, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			panic(err)
		}
		_, _ = f.WriteString(strconv.Itoa(id) + "\n")
		_ = f.Close()
	}
	return id == mutantAwake
}

func mutantAnd(left, right int, x bool, y func() bool) bool {
	if mutantOn(right) {
		return y()
	}
	return x && (y() || mutantOn(left))
}

func mutantOr(left, right int, x bool, y func() bool) bool {
	if mutantOn(right) {
		return y()
	}
	return x || y() && !mutantOn(left)
}

type mutantNumber interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~float32 | ~float64
}

func mutantSum[T mutantNumber | ~string](id int, x, y T) T {
	if mutantOn(id) {
		return mutantMinus(x, y)
	}
	return x + y
}

func mutantDifference[T mutantNumber](id int, x, y T) T {
	if mutantOn(id) {
		return x + y
	}
	return x - y
}

func mutantMinus[T any](x, y T) T { // a text loses its right half
	a, b := reflect.ValueOf(&x).Elem(), reflect.ValueOf(y)
	switch {
	case a.CanInt():
		a.SetInt(a.Int() - b.Int())
	case a.CanUint():
		a.SetUint(a.Uint() - b.Uint())
	case a.CanFloat():
		a.SetFloat(a.Float() - b.Float())
	}
	return x
}
`
