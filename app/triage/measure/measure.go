// Package measure tells how good the tables of app/triage are, on cases by somebody who has seen
// neither the tables nor earlier cases. They are never used to change the tables: whoever changes a
// row has new ones written.
package measure

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/smart-hospital/hospital/app/triage"
	"github.com/smart-hospital/hospital/app/triage/measure/danger"
)

//go:embed *.csv
var files embed.FS

// What a switch needs before it is on by default.
const (
	GateEmergencies = 0.95
	GateDepartments = 0.85
)

// Vignette is a case as a person types it, with what is true of that person besides.
type Vignette struct {
	ID          string
	Urgency     string // emergency, soon or wait
	Who         triage.Who
	Complaint   string
	More        string
	Departments []string // those that would be right; none: it is not asked
}

// Part is how many of how many.
type Part struct{ Of, All int }

// Share is 0 to 1; NaN for none of none.
func (p Part) Share() float64 { return float64(p.Of) / float64(p.All) }

// Wilson is the 95 % interval of a share (Wilson 1927).
func (p Part) Wilson() (low, high float64) {
	const z = 1.959964
	n, share := float64(p.All), p.Share()
	middle := share + z*z/(2*n)
	half := z * math.Sqrt(share*(1-share)/n+z*z/(4*n*n))
	return (middle - half) / (1 + z*z/n), (middle + half) / (1 + z*z/n)
}

func (p *Part) add(ok bool) {
	p.All++
	if ok {
		p.Of++
	}
}

func (p Part) String() string {
	low, high := p.Wilson()
	return fmt.Sprintf("%d of %d = %.1f %% (95 %%: %.1f to %.1f)", p.Of, p.All, 100*p.Share(), 100*low, 100*high)
}

// Rates are one way to judge all cases.
type Rates struct {
	Emergencies Part // recognised
	OverTriage  Part // of those that are none
	Departments Part // right one among three, of those that are no emergency
	Abstained   Part // of the same
}

// Report is everything that is measured.
type Report struct {
	Version   string
	Examples  Part  // signs whose own examples are found, and whose denial is not
	Words     Rates // the complaint alone
	Answered  Rates // with the questions that belong to it answered; none of none: nobody answered this version's
	Keyword   Rates // baseline: a short list of words
	Frequent  Part  // baseline: the three departments that are right most often
	Questions float64
	Missed    []string // emergencies that were not recognised with answers
	Over      []string
	Elsewhere []string // department not among three
}

// FlagsPass and DepartmentsPass tell whether a switch may be on by default.
func (r Report) FlagsPass() bool {
	return r.Answered.Emergencies.Share() >= GateEmergencies && r.Examples.Of == r.Examples.All
}

// DepartmentsPass tells whether departments may be suggested by default: no answer changes them.
func (r Report) DepartmentsPass() bool { return r.Words.Departments.Share() >= GateDepartments }

func table(name string) ([][]string, error) {
	b, err := files.ReadFile(name)
	if err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return rows[1:], nil
}

// Vignettes are the cases.
func Vignettes() ([]Vignette, error) {
	rows, err := table("vignettes.csv")
	if err != nil {
		return nil, err
	}
	sex := map[string]triage.Sex{"m": triage.Male, "f": triage.Female}
	list := make([]Vignette, len(rows))
	for i, r := range rows {
		months, err := strconv.Atoi(r[3])
		if err != nil {
			return nil, fmt.Errorf("vignettes.csv: %s: %w", r[0], err)
		}
		list[i] = Vignette{ID: r[0], Urgency: r[1], Who: triage.Who{Months: months, Sex: sex[r[4]]}, Complaint: r[5],
			More: r[6]}
		if r[7] != "" {
			list[i].Departments = strings.Split(r[7], "|")
		}
	}
	return list, nil
}

// Run measures.
func Run(t *triage.Tables) (Report, error) {
	r := Report{Version: t.Version()}
	if err := r.examples(t); err != nil {
		return r, err
	}
	list, err := Vignettes()
	if err != nil {
		return r, err
	}
	said, err := replies(r.Version)
	if err != nil {
		return r, err
	}
	best := mostFrequent(list)
	asked := 0
	for _, v := range list {
		c := triage.Case{Complaint: v.Complaint, Who: v.Who}
		words, err := t.Judge(c)
		if err != nil {
			return r, fmt.Errorf("%s: %w", v.ID, err)
		}
		if _, right := r.Words.add(v, words); v.Urgency != "emergency" && !right {
			r.Elsewhere = append(r.Elsewhere, v.ID)
		}
		baseline := danger.In(v.Complaint) != ""
		r.Keyword.urgency(v, baseline)
		if v.Urgency != "emergency" {
			r.Frequent.add(among(v, best))
		}
		if said == nil {
			continue
		}
		if c.Answers, err = answers(v, said[v.ID], words.Questions); err != nil {
			return r, err
		}
		asked += len(c.Answers)
		answered, err := t.Judge(c)
		if err != nil {
			return r, fmt.Errorf("%s: %w", v.ID, err)
		}
		emergency, _ := r.Answered.add(v, answered)
		switch {
		case v.Urgency == "emergency" && !emergency:
			r.Missed = append(r.Missed, v.ID)
		case v.Urgency != "emergency" && emergency:
			r.Over = append(r.Over, v.ID)
		}
	}
	r.Questions = float64(asked) / float64(len(list))
	return r, nil
}

// replies are what somebody said who read each case and the questions that it brings, and neither
// saw the tables nor how the case is judged: by case and question. They belong to one version of
// the tables; with another one the questions are others, and nobody has answered them.
func replies(version string) (map[string]map[string]triage.Reply, error) {
	rows, err := table("replies.csv")
	if err != nil {
		return nil, err
	}
	if rows[0][1] != version {
		return nil, nil
	}
	letters := map[string]triage.Reply{"y": triage.Yes, "n": triage.No, "u": triage.NotSure}
	all := map[string]map[string]triage.Reply{}
	for _, r := range rows[1:] {
		all[r[0]] = map[string]triage.Reply{}
		for _, said := range strings.Fields(r[1]) {
			code, letter, _ := strings.Cut(said, "=")
			reply, ok := letters[letter]
			if !ok {
				return nil, fmt.Errorf("replies.csv: %s: %q", r[0], said)
			}
			all[r[0]][code] = reply
		}
	}
	return all, nil
}

// answers are the replies to the questions of a case.
func answers(v Vignette, said map[string]triage.Reply, questions []triage.Question) ([]triage.Answer, error) {
	list := make([]triage.Answer, len(questions))
	for i, q := range questions {
		reply, ok := said[q.Code]
		if !ok {
			return nil, fmt.Errorf("replies.csv: %s has no reply to %s", v.ID, q.Code)
		}
		list[i] = triage.Answer{Question: q.Code, Reply: reply}
	}
	return list, nil
}

func (r *Rates) urgency(v Vignette, emergency bool) {
	if v.Urgency == "emergency" {
		r.Emergencies.add(emergency)
	} else {
		r.OverTriage.add(emergency)
	}
}

func (r *Rates) add(v Vignette, result triage.Result) (emergency, right bool) {
	_, emergency = result.Emergency()
	r.urgency(v, emergency)
	if v.Urgency == "emergency" {
		return emergency, false
	}
	var codes []string
	for _, d := range result.Departments {
		codes = append(codes, d.Department)
	}
	right = among(v, codes)
	r.Departments.add(right)
	r.Abstained.add(len(codes) == 0)
	return emergency, right
}

func among(v Vignette, codes []string) bool {
	return slices.ContainsFunc(codes, func(c string) bool { return slices.Contains(v.Departments, c) })
}

// mostFrequent are the departments that are right most often, as many as are suggested.
func mostFrequent(list []Vignette) []string {
	n := map[string]int{}
	for _, v := range list {
		if v.Urgency != "emergency" {
			for _, d := range v.Departments {
				n[d]++
			}
		}
	}
	var codes []string
	for d := range n {
		codes = append(codes, d)
	}
	slices.SortFunc(codes, func(a, b string) int { return cmp.Or(n[b]-n[a], strings.Compare(a, b)) })
	return codes[:min(len(codes), triage.MaxDepartments)]
}

func (r *Report) examples(t *triage.Tables) error {
	rows, err := table("examples.csv")
	if err != nil {
		return err
	}
	for _, row := range rows {
		ok := true
		for i, text := range row[1:] {
			result, err := t.Judge(triage.Case{Complaint: text, Who: t.Example(row[0])})
			if err != nil {
				return fmt.Errorf("examples.csv: %s: %w", row[0], err)
			}
			found := slices.ContainsFunc(result.Signs, func(s triage.Sign) bool { return s.Code == row[0] })
			ok = ok && found == (i < 2)
		}
		r.Examples.add(ok)
	}
	return nil
}

// Print measures the tables that this program was built with.
func Print(w io.Writer) error {
	t, err := triage.Embedded()
	if err != nil {
		return err
	}
	r, err := Run(t)
	if err != nil {
		return err
	}
	return r.Write(w)
}

// Write prints the report.
func (r Report) Write(w io.Writer) error {
	gate := map[bool]string{true: "passes", false: "fails"}
	ids := func(list []string) string { return cmp.Or(strings.Join(list, " "), "none") }
	_, err := fmt.Fprintf(w, `tables %s

emergencies recognised
  complaint alone        %s
  with answers           %s
  baseline: word list    %s
  gate: at least %.0f %% with answers, and every sign's own examples (%d of %d): %s
over-triage of cases that are no emergency
  complaint alone        %s
  with answers           %s
  baseline: word list    %s
right department among three, of cases that are no emergency
  tables                 %s
  baseline: most frequent %s
  gate: at least %.0f %%: %s
abstained                %s
questions a case         %.1f
missed                   %s
over-triaged             %s
other department         %s
`, r.Version, r.Words.Emergencies, r.Answered.Emergencies, r.Keyword.Emergencies, 100*GateEmergencies, r.Examples.Of,
		r.Examples.All, gate[r.FlagsPass()], r.Words.OverTriage, r.Answered.OverTriage, r.Keyword.OverTriage,
		r.Words.Departments, r.Frequent, 100*GateDepartments, gate[r.DepartmentsPass()], r.Words.Abstained,
		r.Questions, ids(r.Missed), ids(r.Over), ids(r.Elsewhere))
	return err
}
