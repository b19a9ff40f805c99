package practitioners_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/app/practitioners/routing"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/prescription/catalogue"
)

// inOffice puts a doctor into office.
func inOffice(t *testing.T, s *practitioners.Service, name, department string, n int,
	about practitioners.About) string {
	t.Helper()
	acc := accounts.Account{ID: fmt.Sprint("a", n), Person: accounts.NewPerson(), Role: accounts.Doctor, Org: "h1"}
	_, err := s.Apply(t.Context(), sqlstore.Command{}, acc, practitioners.Application{Name: name, Title: "attending",
		Licence: fmt.Sprintf("1101100000%05d", n), LicensedUntil: "2036-12-31", PracticeSince: "2012-07-01",
		Department: department})
	if err == nil {
		_, err = s.Approve(t.Context(), sqlstore.Command{}, admin, acc.Person, 1)
	}
	if err == nil {
		_, err = s.SetAbout(t.Context(), sqlstore.Command{}, acc.Person, about)
	}
	if err != nil {
		t.Fatal(err)
	}
	return acc.Person
}

// TestSearch: whom each word finds, in which order, and that pages hold everybody once.
func TestSearch(t *testing.T) {
	drugs, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	each(t, func(t *testing.T, s *practitioners.Service, _ *time.Time) {
		s.Diseases = func(word string, n int) (codes []string) {
			for _, d := range drugs.SearchDiagnoses(word, n) {
				codes = append(codes, d.Code)
			}
			return codes
		}
		say := func(languages []string, treats ...string) practitioners.About {
			return practitioners.About{Specialties: treats, Languages: languages, Introduction: "简介"}
		}
		who := map[string]string{}
		for n, d := range []struct {
			name, department string
			about            practitioners.About
		}{
			{"李明德", "cardiology", say([]string{"zh", "en"}, "冠心病")},
			{"王淑芬", "endocrinology", say([]string{"zh"}, "2型糖尿病")},
			{"张建国", "respiratory", say(nil, "咳嗽")},
			{"高建业", "general-practice", say(nil, "慢性病续方", "高血压")},
			{"阿卜杜拉·买买提", "dermatology", say([]string{"ug"}, "湿疹")},
		} {
			who[inOffice(t, s, d.name, d.department, n, d.about)] = d.name
		}
		look := func(q practitioners.Query) (names string, found practitioners.Found) {
			t.Helper()
			found, err := s.Search(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range found.Doctors {
				names += who[c.Person] + " "
				if c.About.Introduction != "" {
					t.Error("a page of cards carries introductions")
				}
			}
			return strings.TrimSpace(names), found
		}
		for _, x := range []struct {
			q    practitioners.Query
			want string
		}{
			{practitioners.Query{Word: "李"}, "李明德"},
			{practitioners.Query{Word: "LMD"}, "李明德"},
			{practitioners.Query{Word: "冠心病"}, "李明德"},
			{practitioners.Query{Word: "呼吸内科"}, "张建国"},
			{practitioners.Query{Word: "endocrin"}, "王淑芬"},
			// what is treated stands before whom the disease leads to
			{practitioners.Query{Word: "高血压"}, "高建业 李明德"},
			{practitioners.Query{Word: "hypertension"}, "李明德"},
			{practitioners.Query{Word: "gxy"}, "李明德"}, // 高血压 by its initials
			{practitioners.Query{Word: "高"}, "高建业"},   // a name, not every 高…
			{practitioners.Query{Word: "没有这种病"}, ""},
			// however it is typed
			{practitioners.Query{Word: "ＬＭＤ"}, "李明德"},
			{practitioners.Query{Word: "張建"}, "张建国"},
			{practitioners.Query{Word: "\u200b李\u2060明德\u202e"}, "李明德"},
			{practitioners.Query{Word: "呼吸內科"}, "张建国"},
			{practitioners.Query{Word: "２型糖尿病"}, "王淑芬"},
			{practitioners.Query{Word: "阿卜杜拉•买"}, "阿卜杜拉·买买提"},
			// no pattern of any language
			{practitioners.Query{Word: "%"}, ""},
			{practitioners.Query{Word: "_明_"}, ""},
			{practitioners.Query{Word: "李.*"}, ""},
			{practitioners.Query{Word: "·"}, ""},
			{practitioners.Query{Word: "' OR 1=1 --"}, ""},
			{practitioners.Query{Language: "en"}, "李明德"},
			{practitioners.Query{Department: "cardiology"}, "李明德"},
			{practitioners.Query{Online: true}, ""},
			{practitioners.Query{Free: true}, ""},
		} {
			if got, found := look(x.q); got != x.want || found.Total != len(strings.Fields(x.want)) {
				t.Errorf("%+v: %s (%d), want %s", x.q, got, found.Total, x.want)
			}
		}
		if _, found := look(practitioners.Query{Word: "高血压"}); !slices.Contains(found.Departments, "cardiology") {
			t.Errorf("hypertension leads to %v", found.Departments)
		}
		var all []string
		for after := ""; ; {
			names, found := look(practitioners.Query{After: after, Limit: 3})
			all = append(all, strings.Fields(names)...)
			if after = found.Next; after == "" {
				break
			}
		}
		slices.Sort(all)
		if len(all) != 5 || len(slices.Compact(all)) != 5 {
			t.Errorf("pages hold %v", all)
		}
		// A page's end is a place, which stays when its doctor goes offline, and hides nobody.
		var online []string
		for person, name := range who {
			if name != "高建业" {
				if err := s.SetPresence(t.Context(), person, practitioners.Online); err != nil {
					t.Fatal(err)
				}
			}
		}
		for after := ""; ; {
			names, found := look(practitioners.Query{Online: true, After: after, Limit: 1})
			online = append(online, strings.Fields(names)...)
			if after = found.Next; after == "" {
				break
			}
			if err := s.SetPresence(t.Context(), found.Doctors[0].Person, practitioners.Offline); err != nil {
				t.Fatal(err)
			}
		}
		slices.Sort(online)
		if len(online) != 4 || len(slices.Compact(online)) != 4 {
			t.Errorf("those online, of whom each went offline when seen: %v", online)
		}
		for _, after := range []string{"unobody", "0~0", "x~0~unobody", "0~x~unobody", "0~0~unobody~"} {
			_, err := s.Search(t.Context(), practitioners.Query{After: after})
			if !errors.Is(err, invalid.ErrInput) || !strings.Contains(err.Error(), "after: ") {
				t.Errorf("behind %s, which no page had: %v", after, err)
			}
		}
		s.Signers = func(context.Context, ...string) (map[string]bool, error) { return nil, nil }
		if got, _ := look(practitioners.Query{}); got != "" {
			t.Errorf("without keys: %s", got)
		}
	})
}

// TestEveryDiagnosisLeadsToADepartment walks the catalogue.
func TestEveryDiagnosisLeadsToADepartment(t *testing.T) {
	c, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range c.Diagnoses() {
		list := routing.Departments(d.Code)
		if len(list) == 0 {
			t.Errorf("%s %s leads nowhere", d.Code, d.Name)
		}
		for _, code := range list {
			if _, ok := practitioners.DepartmentOf(code); !ok {
				t.Errorf("%s leads to %s", d.Code, code)
			}
		}
	}
	for code, want := range map[string]string{"I10": "cardiology", "E11.9": "endocrinology", "J45.9": "respiratory",
		"I63.9": "neurology", "L20.9": "dermatology", "M10.9": "rheumatology", "Z76.0": "general-practice"} {
		if got := routing.Departments(code); len(got) == 0 || got[0] != want {
			t.Errorf("%s leads to %v, want %s", code, got, want)
		}
	}
}
