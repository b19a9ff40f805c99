package triage_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/app/triage"
)

func tables(t testing.TB) *triage.Tables {
	t.Helper()
	tb, err := triage.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return tb
}

func judge(t testing.TB, c triage.Case) triage.Result {
	t.Helper()
	r, err := tables(t).Judge(c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var nobody = triage.Who{Months: triage.Unknown}

func codes(list []triage.Sign) []string {
	out := []string{}
	for _, s := range list {
		out = append(out, s.Code)
	}
	return out
}

// Each sign has an example in both languages that finds it, and one that denies it and does not.
func TestEverySignsOwnExamples(t *testing.T) {
	f, err := os.Open("measure/examples.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	tb := tables(t)
	seen := []string{}
	for _, row := range rows[1:] {
		code := row[0]
		seen = append(seen, code)
		for i, text := range row[1:] {
			r, err := tb.Judge(triage.Case{Complaint: text, Who: tb.Example(code)})
			if err != nil {
				t.Fatal(err)
			}
			if found := slices.Contains(codes(r.Signs), code); found != (i < 2) {
				t.Errorf("%s in %q: found %v, signs %v", code, text, found, codes(r.Signs))
			}
			if _, emergency := r.Emergency(); i == 2 && emergency {
				t.Errorf("%s: %q is an emergency: %v", code, text, codes(r.Signs))
			}
		}
	}
	slices.Sort(seen)
	want := tb.Codes()
	slices.Sort(want)
	if !slices.Equal(seen, want) || len(want) < 60 {
		t.Errorf("examples of %d signs, there are %d", len(seen), len(want))
	}
}

func TestNegationAndHistory(t *testing.T) {
	for text, urgent := range map[string]bool{
		"无胸痛、呼吸困难":                                             false,
		"否认胸痛、咯血及晕厥":                                           false,
		"没有再出现呼吸困难":                                            false,
		"不是呼吸困难，就是有点累":                                         false,
		"没有明显的呼吸困难":                                            false,
		"不咳血":                                                  false,
		"no fever, cough or shortness of breath":               false,
		"without vomiting blood":                               false,
		"denies shortness of breath":                           false,
		"I don't have difficulty breathing":                    false,
		"以前晕倒过，家里人得过脑梗":                                        false,
		"父亲得过病，去世前吐血":                                          false,
		"my father had a stroke and died after vomiting blood": false,
		"没有力气，呼吸困难":                                            true,
		"没吃饭，吐血了":                                              true,
		"没有发烧，突然呼吸困难":                                          true,
		"我爸突然吐血":                                               true,
		"从来没有呼吸困难":                                             false,
		"从没昏倒过，从没吐血":                                           false,
		"没有胸痛，也没有呼吸困难":                                         false,
		"不吐血也不喘不上气":                                            false,
		"没有发烧呼吸困难":                                             false,
		"never had shortness of breath":                        false,
		"no fever, vomiting blood or rash":                     false,
		"my father had a seizure":                              true,
		"晕过去了":                                                 true,
		"特别喘不上气":                                               true,
		"从来没有这么痛过，突然肚子剧痛":                                      true,
		"I have never had pain like this":                      true,
		"食物中毒":                                                 false,
		"以前没事，今天突然晕倒":                                          true,
		"no fever but I can't breathe":                         true,
		"I am not sure why, I can't breathe":                   true,
		"不知道怎么了，喘不上气":                                          true,
		"一直不停地吐血":                                              true,
	} {
		if _, got := judge(t, triage.Case{Complaint: text, Who: nobody}).Emergency(); got != urgent {
			t.Errorf("%q: emergency %v", text, got)
		}
	}
}

func TestWordsAreThePersonsOwn(t *testing.T) {
	r := judge(t, triage.Case{Complaint: "今天ＣＨＥＳＴ没事，但是喘不上气，怕", Who: nobody})
	if len(r.Signs) != 1 || r.Signs[0].Words != "喘不上气" || r.Level != 2 {
		t.Errorf("signs %+v", r.Signs)
	}
}

func TestAgeAndSex(t *testing.T) {
	fever := func(who triage.Who, text string) bool {
		return slices.Contains(codes(judge(t, triage.Case{Complaint: text, Who: who}).Signs), "fever-infant")
	}
	for _, c := range []struct {
		who  triage.Who
		text string
		want bool
	}{
		{triage.Who{Months: 2}, "发烧38.5度", true},
		{triage.Who{Months: 3}, "发烧38.5度", false},
		{triage.Who{Months: 400}, "发烧38.5度", false},
		{nobody, "发烧38.5度", false}, // whose age nobody knows is not taken for a baby
		{nobody, "宝宝两个月，发烧", true},
		{nobody, "孩子十一个月大，发烧", false},
		{nobody, "our 2 month old has a fever", true},
		{nobody, "出生才10天，摸着烫", true},
		{nobody, "儿子3岁，发烧", false},
	} {
		if got := fever(c.who, c.text); got != c.want {
			t.Errorf("%+v %q: %v", c.who, c.text, got)
		}
	}
	man := triage.Who{Months: 480, Sex: triage.Male}
	if s := judge(t, triage.Case{Complaint: "胎动减少，孕36周", Who: man}).Signs; len(s) > 0 {
		t.Errorf("a man's movements of a baby: %v", codes(s))
	}
}

func TestAnswers(t *testing.T) {
	said := triage.Case{Complaint: "胸口有点不舒服", Who: nobody}
	r := judge(t, said)
	if len(r.Signs) != 0 || len(r.Questions) == 0 || len(r.Questions) > triage.MaxQuestions {
		t.Fatalf("%d signs, %d questions", len(r.Signs), len(r.Questions))
	}
	said.Answers = []triage.Answer{{Question: "chest-pain-cardiac", Reply: triage.Yes}}
	if r = judge(t, said); r.Level != 2 || r.Signs[0].Words != "" {
		t.Errorf("yes: %+v", r.Signs)
	}
	said.Answers[0].Reply = triage.NotSure
	r = judge(t, said)
	asked := slices.ContainsFunc(r.Questions, func(q triage.Question) bool { return q.Code == "chest-pain-cardiac" })
	if r.Level != 0 || asked {
		t.Errorf("not sure: level %d, asked again %v", r.Level, asked)
	}
}

// What contradicts the complaint, or another answer, is asked again; until it is meant the graver
// one counts.
func TestContradictions(t *testing.T) {
	c := triage.Case{Complaint: "喘不上气", Who: nobody,
		Answers: []triage.Answer{{Question: "breathless-severe", Reply: triage.No}}}
	r := judge(t, c)
	if r.Level != 2 || len(r.Again) != 1 || r.Again[0].Code != "breathless-severe" {
		t.Errorf("words against answer: level %d, again %v", r.Level, r.Again)
	}
	c.Answers[0].Sure = true
	if r = judge(t, c); r.Level != 0 || len(r.Again) != 0 {
		t.Errorf("meant: level %d, again %v", r.Level, r.Again)
	}
	c = triage.Case{Complaint: "不舒服", Who: nobody, Answers: []triage.Answer{
		{Question: "syncope", Reply: triage.Yes}, {Question: "syncope", Reply: triage.No}}}
	if r = judge(t, c); r.Level != 2 || len(r.Again) != 1 {
		t.Errorf("answer against answer: level %d, again %v", r.Level, r.Again)
	}
	c.Answers = append(c.Answers, triage.Answer{Question: "syncope", Reply: triage.No, Sure: true})
	if r = judge(t, c); r.Level != 0 || len(r.Again) != 0 {
		t.Errorf("meant: level %d, again %v", r.Level, r.Again)
	}
}

func TestLimits(t *testing.T) {
	tb := tables(t)
	many := make([]triage.Answer, triage.MaxAnswers+1)
	for i := range many {
		many[i] = triage.Answer{Question: "syncope", Reply: triage.No}
	}
	for name, c := range map[string]triage.Case{
		"long":     {Complaint: strings.Repeat("痛", triage.MaxComplaint+1)},
		"many":     {Complaint: "痛", Answers: many},
		"question": {Complaint: "痛", Answers: []triage.Answer{{Question: "no-such", Reply: triage.Yes}}},
		"reply":    {Complaint: "痛", Answers: []triage.Answer{{Question: "syncope", Reply: "perhaps"}}},
	} {
		if _, err := tb.Judge(c); !errors.Is(err, invalid.ErrInput) {
			t.Errorf("%s: %v", name, err)
		}
	}
	r := judge(t, triage.Case{Complaint: "", Who: nobody})
	if r.Level != 0 || len(r.Signs)+len(r.Departments) != 0 || len(r.Questions) == 0 {
		t.Errorf("nothing said: %+v", r)
	}
}

// Every department exists, at most three are named, and who is a child is led to a children's
// doctor first.
func TestDepartments(t *testing.T) {
	for _, d := range tables(t).Departments() {
		if _, ok := practitioners.DepartmentOf(d); !ok {
			t.Errorf("no department %s", d)
		}
	}
	r := judge(t, triage.Case{Complaint: "皮肤起疹子很痒，还咳嗽、胃痛、头痛", Who: triage.Who{Months: 60}})
	if len(r.Departments) != triage.MaxDepartments || r.Departments[0].Department != "paediatrics" {
		t.Errorf("departments %+v", r.Departments)
	}
	for _, d := range r.Departments {
		if len(d.Reasons) == 0 || len(d.Reasons) > 3 {
			t.Errorf("%s: %d reasons", d.Department, len(d.Reasons))
		}
	}
}

func TestBadTables(t *testing.T) {
	good := fstest.MapFS{
		"classes.csv":  {Data: []byte("class,words\npain,痛\n")},
		"advice.csv":   {Data: []byte("advice,zh,en\nrest,躺,lie\n")},
		"topics.csv":   {Data: []byte("topic,words\nchest,胸\nany,\n")},
		"flags.csv":    {Data: []byte("h,h,h,h,h,h,h,h,h,h,h,h,h\na,1,chest,甲,a,问,ask,rest,胸*<pain>,,,,src\n")},
		"findings.csv": {Data: []byte("h,h,h,h,h,h,h,h,h,h\na,甲,a,1,cardiology,胸,,,,src\n")},
	}
	if _, err := triage.Load(good); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][3]string{
		"missing file":   {"flags.csv", "", ""},
		"level":          {"flags.csv", "a,1,", "a,7,"},
		"no source":      {"flags.csv", ",src", ","},
		"advice":         {"flags.csv", "rest", "none"},
		"topic":          {"flags.csv", "chest", "leg"},
		"class":          {"flags.csv", "<pain>", "<no>"},
		"empty words":    {"flags.csv", "胸*<pain>", ""},
		"gap at the end": {"flags.csv", "胸*<pain>", "胸*"},
		"sex":            {"flags.csv", ",,,,src", ",other,,,src"},
		"columns":        {"findings.csv", ",src", ""},
		"departments":    {"findings.csv", "cardiology", "a|b|c|d"},
	} {
		bad := fstest.MapFS{}
		for file, f := range good {
			bad[file] = f
		}
		if change[1] == "" {
			delete(bad, change[0])
		} else {
			text := strings.Replace(string(good[change[0]].Data), change[1], change[2], 1)
			if text == string(good[change[0]].Data) {
				t.Fatalf("%s changes nothing", name)
			}
			bad[change[0]] = &fstest.MapFile{Data: []byte(text)}
		}
		if _, err := triage.Load(bad); !errors.Is(err, triage.ErrTables) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func BenchmarkJudge(b *testing.B) {
	tb := tables(b)
	text := string([]rune(strings.Repeat("头痛得厉害，肚子也痛，没有发烧，不咳嗽，胸口闷；", 30))[:triage.MaxComplaint])
	for b.Loop() {
		if _, err := tb.Judge(triage.Case{Complaint: text, Who: nobody}); err != nil {
			b.Fatal(err)
		}
	}
}

// A message of the chat, as long as one may be.
func BenchmarkSign(b *testing.B) {
	tb := tables(b)
	text := string([]rune(strings.Repeat("医生您好，我昨天开始不太舒服，吃了药好一点，胸口闷；", 200))[:4000])
	for b.Loop() {
		tb.Sign(text, func() triage.Who { return nobody })
	}
}

// Whatever is typed, nothing panics, and the same text gives the same answer.
func FuzzJudge(f *testing.F) {
	for _, s := range []string{"", "没", "胸", "no", "İ胸痛", "￿", "，。", "宝宝十个月", "\xff\xfe"} {
		f.Add(s)
	}
	tb := tables(f)
	f.Fuzz(func(t *testing.T, text string) {
		a, errA := tb.Judge(triage.Case{Complaint: text, Who: nobody})
		b, errB := tb.Judge(triage.Case{Complaint: text, Who: nobody})
		if (errA == nil) != (errB == nil) || fmt.Sprint(a) != fmt.Sprint(b) {
			t.Errorf("%q: %v, then %v", text, a, b)
		}
	})
}
