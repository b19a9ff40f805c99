package pricelist

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

const (
	// MaxAnswered is how many lines an answer has at most; its counts are of all of them.
	MaxAnswered = 2_000
	// SteepPercent is from which change of a price on a line is marked: a slip of the decimal point
	// is one.
	SteepPercent = 50
)

// Result is what becomes of a line.
type Result string

// The results. A file with a line that neither changes nor leaves anything is not taken at all.
const (
	Changed     Result = "changed"
	Unchanged   Result = "unchanged"
	UnknownCode Result = "unknown-code"
	BadPrice    Result = "bad-price"
	BadOffered  Result = "bad-offered"
	Duplicate   Result = "duplicate" // the drug stands on an earlier line
)

// Line is what an import makes of one line of its file.
type Line struct {
	Line        int    `json:"line" doc:"In the file; the heading is line 1" example:"2"`
	Code        string `json:"code" doc:"As it stands there, at most 32 characters" example:"D0135"`
	Name        string `json:"name,omitempty" example:"苯磺酸氨氯地平片"`
	EnglishName string `json:"englishName,omitempty" example:"Amlodipine"`
	Result      Result `json:"result" enum:"changed,unchanged,unknown-code,bad-price,bad-offered,duplicate" example:"changed"`
	Steep       bool   `json:"steep,omitempty" doc:"The price changes by half or more: look twice"`
	OldFen      int64  `json:"oldFen,omitempty" example:"1680"`
	NewFen      int64  `json:"newFen,omitempty" doc:"Absent where the line is wrong" example:"1520"`
	OldOffered  bool   `json:"oldOffered"`
	NewOffered  bool   `json:"newOffered"`
}

// Plan is what an import would change, or has changed.
type Plan struct {
	Lines     []Line `json:"lines" doc:"At most 2000: what is wrong first, then steep changes, other changes, and what stays"`
	Read      int    `json:"read" doc:"Lines of the file without its heading" example:"419"`
	Changed   int    `json:"changed" example:"12"`
	Unchanged int    `json:"unchanged" example:"407"`
	Steep     int    `json:"steep" doc:"Among the changed" example:"1"`
	Wrong     int    `json:"wrong" doc:"With one of them nothing is taken" example:"0"`
	Digest    string `json:"digest,omitempty" doc:"Names file and changes: the import needs it. Absent: nothing can be taken" example:"9f86d081884c7d65"`
	Written   bool   `json:"written" doc:"False: a dry run"`

	changes []pending
}

// pending is one change of a plan.
type pending struct {
	code      string
	was, want Standing
}

// Try says what a file would change and writes nothing: prescription.ErrInvalid for one that cannot
// be read.
func (l *List) Try(ctx context.Context, file []byte) (Plan, error) {
	records, err := read(file)
	if err != nil {
		return Plan{}, err
	}
	of, err := kept(l.DB.WithContext(ctx))
	if err != nil {
		return Plan{}, err
	}
	return l.plan(file, records, of), nil
}

// Import writes what Try showed, all of it or nothing: digest is that of its plan.
// prescription.ErrInvalid, ErrFaulty for a file with wrong lines, ErrMoved when file or prices are
// not those of the dry run.
func (l *List) Import(ctx context.Context, cmd sqlstore.Command, person string, file []byte, digest string) (Plan,
	error) {
	records, unfit := read(file)
	p, _, err := sqlstore.Answer[Plan](l.DB.Once(ctx, cmd, func(tx *gorm.DB) (any, error) {
		if unfit != nil {
			return nil, unfit
		}
		of, err := kept(tx)
		if err != nil {
			return nil, err
		}
		p := l.plan(file, records, of)
		switch {
		case p.Wrong > 0:
			return nil, ErrFaulty
		case p.Digest == "" || p.Digest != digest:
			return nil, ErrMoved
		}
		for _, c := range p.changes {
			if _, err := l.change(tx, person, c.code, p.Digest, c.was, c.want); err != nil {
				return nil, err
			}
		}
		p.Written, p.Lines = true, p.Lines[:min(len(p.Lines), p.Changed)] // those that change come first
		return p, nil
	}))
	return p, err
}

// plan judges every line.
func (l *List) plan(file []byte, records []record, of map[string]row) Plan {
	p := Plan{Read: len(records)}
	seen := map[string]bool{}
	for _, r := range records {
		line, change := l.judge(r, of, seen)
		switch line.Result {
		case Changed:
			p.Changed++
			p.changes = append(p.changes, change)
		case Unchanged:
			p.Unchanged++
		default:
			p.Wrong++
		}
		if line.Steep {
			p.Steep++
		}
		p.Lines = append(p.Lines, line)
	}
	slices.SortStableFunc(p.Lines, func(a, b Line) int { return gravity(a) - gravity(b) })
	p.Lines = append([]Line{}, p.Lines[:min(len(p.Lines), MaxAnswered)]...)
	if p.Wrong == 0 && p.Changed > 0 {
		p.Digest = digestOf(file, p.changes)
	}
	return p
}

func (l *List) judge(r record, of map[string]row, seen map[string]bool) (Line, pending) {
	line := Line{Line: r.line, Code: shortened(r.code)}
	d, known := l.Catalogue.Drug(r.code)
	if !known {
		line.Result = UnknownCode
		return line, pending{}
	}
	was := standing(d, of)
	want := was
	line.Name, line.EnglishName, line.OldFen, line.OldOffered = d.Name, d.EnglishName, was.PriceFen, was.Offered
	priced, told := true, true
	if r.price != nil {
		want.PriceFen, priced = fen(*r.price)
	}
	if r.offered != nil {
		want.Offered, told = offeredWords[strings.ToLower(*r.offered)]
	}
	switch twice := seen[d.Code]; {
	case twice:
		line.Result = Duplicate
	case !priced:
		line.Result = BadPrice
	case !told:
		line.Result = BadOffered
	case was == want:
		line.Result, line.NewFen, line.NewOffered = Unchanged, want.PriceFen, want.Offered
	default:
		line.Result, line.NewFen, line.NewOffered = Changed, want.PriceFen, want.Offered
		line.Steep = steep(was.PriceFen, want.PriceFen)
	}
	seen[d.Code] = true
	return line, pending{d.Code, was, want}
}

func steep(was, now int64) bool { return max(was-now, now-was)*100 >= was*SteepPercent }

const maxShown = 32 // characters of a code that is not one

func shortened(code string) string {
	r := []rune(code)
	return string(r[:min(len(r), maxShown)])
}

// digestOf binds a file and every change with what it starts from.
func digestOf(file []byte, changes []pending) string {
	var b strings.Builder
	for _, c := range changes {
		fmt.Fprintln(&b, c.code, c.was, c.want)
	}
	of := gm.Sum(file)
	sum := gm.Sum(of[:], []byte(b.String()))
	return hex.EncodeToString(sum[:])
}
