// Package triage knows signs of danger in what a person says, and which departments treat it.
//
// It is a fixed questionnaire over tables that stand beside it, with a source in every row. It
// reads the complaint and the answers of a person and nothing else: no measurement of a device, no
// picture, no record. It learns nothing and keeps nothing.
//
// It promises:
//   - the same words give the same answer, until the tables have another version;
//   - what it found is named, in the person's own words;
//   - finding nothing is no finding: a complaint without a sign is not harmless.
//
// It concludes no diagnosis. Nothing of it reaches a prescription, which a test draws.
package triage

import (
	"cmp"
	"slices"
	"strings"

	"github.com/smart-hospital/hospital/app/invalid"
)

// Limits of one case.
const (
	MaxComplaint = 500 // characters
	MaxAnswers   = 12
	MaxQuestions = 8 // asked at once: fewer than may be answered, so that people answer them
	MaxFindings  = 40
	// of the questions, those that everybody is asked whatever the complaint is
	generalQuestions = 2
	MaxDepartments   = 3
)

// Urgent is the least urgent level for which nobody waits for an online visit. The levels are those
// of 急诊预检分诊专家共识 (2018;27:599): 1 at once, 2 within ten minutes, 3 within half an hour, 4 later.
const Urgent = 2

// Text is said in both languages.
type Text struct {
	ZH string `json:"zh" example:"胸痛伴出冷汗"`
	EN string `json:"en" example:"chest pain with cold sweat"`
}

// Sex of a person; empty: not known.
type Sex string

// Sexes.
const (
	Male   Sex = "male"
	Female Sex = "female"
)

// Unknown is the age of somebody whose age nobody told.
const Unknown = -1

// Who is the person a case is about, as far as the tables ask.
type Who struct {
	Months int // completed; Unknown: nobody told
	Sex    Sex
}

// Reply is what a person says to a question.
type Reply string

// Replies.
const (
	Yes     Reply = "yes"
	No      Reply = "no"
	NotSure Reply = "unknown"
)

// Answer is the reply to one question. Sure repeats a reply that the complaint contradicts.
type Answer struct {
	Question string `json:"question" pattern:"^[a-z0-9-]{1,40}$" maxLength:"40" doc:"Code of the question, which is its sign's" example:"chest-pain-sweat"`
	Reply    Reply  `json:"reply" enum:"yes,no,unknown" example:"no"`
	Sure     bool   `json:"sure,omitempty" doc:"Asked again because the complaint says otherwise, and meant"`
}

// Case is what a person says.
type Case struct {
	Complaint string
	Who       Who
	Answers   []Answer
}

// Question is one that belongs to a complaint.
type Question struct {
	Code string `json:"code" example:"chest-pain-sweat"`
	Ask  Text   `json:"ask"`
}

// Sign is a sign of danger that was recognised. It is no diagnosis.
type Sign struct {
	Code   string `json:"code" example:"chest-pain-sweat"`
	Level  int    `json:"level" minimum:"1" maximum:"4" doc:"Of 急诊预检分诊专家共识 (2018;27:599); 1 and 2: nobody waits for an online visit" example:"2"`
	Name   Text   `json:"name"`
	Words  string `json:"words,omitempty" doc:"The person's own words; empty: an answer said it" example:"胸口疼 … 冷汗"`
	Advice Text   `json:"advice" doc:"What to do until help comes"`
}

// Suggestion is a department that treats what was said.
type Suggestion struct {
	Department string `json:"department" doc:"Its code" example:"cardiology"`
	Reasons    []Text `json:"reasons" doc:"What of the complaint belongs there"`
}

// Result is what the tables know about a case.
type Result struct {
	Level       int          `json:"level" minimum:"0" maximum:"4" doc:"Of the gravest sign; 0: none was recognised, which does not mean that there is none" example:"2"`
	Signs       []Sign       `json:"signs" doc:"The gravest first"`
	Questions   []Question   `json:"questions" doc:"What belongs to the complaint and was neither said nor answered, at most eight"`
	Again       []Question   `json:"again" doc:"Answers that contradict the complaint or each other: ask again, and send sure with the reply"`
	Departments []Suggestion `json:"departments" doc:"At most three, the likeliest first; none: nothing was said"`
}

// Emergency is the gravest sign for which nobody waits for an online visit.
func (r Result) Emergency() (Sign, bool) {
	if len(r.Signs) > 0 && r.Signs[0].Level <= Urgent {
		return r.Signs[0], true
	}
	return Sign{}, false
}

// Judge tells what the tables know about a case: invalid.ErrInput.
func (t *Tables) Judge(c Case) (Result, error) {
	if err := t.check(c); err != nil {
		return Result{}, err
	}
	said := t.read(c.Complaint)
	who := said.who(c.Who)
	r := Result{Signs: []Sign{}, Questions: []Question{}, Again: []Question{}, Departments: []Suggestion{}}
	replies, torn := replies(c.Answers)
	var open []*flag // neither said nor answered
	for _, f := range t.flags {
		if !f.fits(who) {
			continue
		}
		words, found := said.finds(f.words)
		if found && replies[f.code].Reply == No && !torn[f.code] {
			found = !replies[f.code].Sure
			torn[f.code] = found
		}
		found = found || replies[f.code].Reply == Yes
		switch {
		case torn[f.code]:
			r.Again = append(r.Again, Question{f.code, f.ask})
			fallthrough
		case found:
			if found {
				r.Signs = append(r.Signs, Sign{f.code, f.level, f.name, words, f.advice})
			}
		case replies[f.code].Reply != "" || !f.asks:
		default:
			open = append(open, f)
		}
	}
	for _, f := range choose(open, t.topicsOf(said, who)) {
		r.Questions = append(r.Questions, Question{f.code, f.ask})
	}
	// the tables are sorted by level: what comes first is gravest
	r.Signs = r.Signs[:min(len(r.Signs), MaxFindings)]
	if len(r.Signs) > 0 {
		r.Level = r.Signs[0].Level
	}
	r.Departments = t.departments(said, who)
	return r, nil
}

// choose takes the questions that belong to topics, and keeps room for some that everybody is
// asked.
func choose(open []*flag, topics []string) (list []*flag) {
	own, general := ranked(open, topics), ranked(open, []string{anything})
	add := func(from []*flag, most int) {
		for _, f := range from {
			if len(list) < most && !slices.Contains(list, f) {
				list = append(list, f)
			}
		}
	}
	add(own, MaxQuestions-generalQuestions)
	add(general[:min(len(general), generalQuestions)], MaxQuestions)
	add(own, MaxQuestions)
	add(general, MaxQuestions)
	return list
}

// ranked are the flags that belong to topics, the first ones of a topic first. Every further topic
// puts one forward by a place. Then the gravest comes first.
func ranked(open []*flag, topics []string) (list []*flag) {
	for _, f := range open {
		if first, _ := f.rank(topics); first > 0 {
			list = append(list, f)
		}
	}
	slices.SortStableFunc(list, func(a, b *flag) int {
		firstA, manyA := a.rank(topics)
		firstB, manyB := b.rank(topics)
		return cmp.Compare(firstA-manyA, firstB-manyB)
	})
	return list
}

// Sign is the gravest sign in a text alone, nil: none was recognised. A text has any length. who is
// asked only where a sign of the text depends on age or sex.
func (t *Tables) Sign(text string, who func() Who) *Sign {
	said := t.read(text)
	for _, f := range t.flags {
		words, found := said.finds(f.words)
		if !found || f.limited() && !f.fits(said.who(who())) {
			continue
		}
		return &Sign{f.code, f.level, f.name, words, f.advice}
	}
	return nil
}

func (t *Tables) check(c Case) error {
	var k invalid.Check
	k.That(len([]rune(c.Complaint)) <= MaxComplaint, "body.complaint", "at most 500 characters")
	k.That(len(c.Answers) <= MaxAnswers, "body.answers", "at most 12")
	for _, a := range c.Answers {
		k.That(t.byCode[a.Question] != nil, "body.answers", "codes of questions of this version of the tables")
		k.That(slices.Contains([]Reply{Yes, No, NotSure}, a.Reply), "body.answers", "yes, no or unknown")
	}
	return k.Err()
}

// replies are the answers by question. Two that differ contradict each other, unless the last is
// sure; the graver one counts until it is.
func replies(answers []Answer) (by map[string]Answer, torn map[string]bool) {
	by, torn = map[string]Answer{}, map[string]bool{}
	for _, a := range answers {
		was, ok := by[a.Question]
		if ok && was.Reply != a.Reply && !a.Sure {
			torn[a.Question] = true
			if was.Reply == Yes {
				a = was
			}
		}
		if a.Sure {
			delete(torn, a.Question)
		}
		by[a.Question] = a
	}
	return by, torn
}

// departments adds up what the findings of a complaint speak for.
func (t *Tables) departments(said utterance, who Who) []Suggestion {
	points, reasons := map[string]int{}, map[string][]Text{}
	found := 0
	for _, f := range t.findings {
		if found == MaxFindings {
			break
		}
		if _, ok := said.finds(f.words); !ok || !f.fits(who) {
			continue
		}
		found++
		for i, d := range f.departments {
			points[d] += f.weight * (MaxDepartments - i)
			reasons[d] = append(reasons[d], f.name)
		}
	}
	// what nobody knows where to put is a generalist's, who also stands behind the specialists
	if strings.TrimSpace(said.folded) != "" {
		points[generalists]++
		reasons[generalists] = append(reasons[generalists], Text{ZH: "不确定看哪科时", EN: "where it is not clear which one"})
		if who.Months != Unknown && who.Months < childMonths {
			points[childrens] += 100
			reasons[childrens] = append([]Text{{ZH: "年龄不满 14 岁", EN: "under 14 years of age"}}, reasons[childrens]...)
		}
	}
	list := []Suggestion{}
	for _, d := range t.order {
		if points[d] > 0 {
			list = append(list, Suggestion{d, reasons[d][:min(len(reasons[d]), MaxDepartments)]})
		}
	}
	slices.SortStableFunc(list, func(a, b Suggestion) int {
		return cmp.Compare(points[b.Department], points[a.Department])
	})
	return list[:min(len(list), MaxDepartments)]
}

// childMonths is up to when children are seen by childrens.
// Generalists see what nobody else does.
const (
	childMonths = 14 * 12
	childrens   = "paediatrics"
	generalists = "general-practice"
)
