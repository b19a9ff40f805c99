package catalogue

import (
	"strings"
	"testing"
)

func TestSearchFindsWhatDoctorsType(t *testing.T) {
	c := mustLoad(t)
	for q, first := range map[string]string{
		"阿莫西林": "阿莫西林胶囊", "AMXL": "阿莫西林胶囊", "amxl": "阿莫西林胶囊", "Amoxi": "阿莫西林胶囊",
		"D0001": "阿莫西林胶囊",
		"二甲双胍":  "盐酸二甲双胍片", "EJSG": "盐酸二甲双胍片", "metf": "盐酸二甲双胍片",
		"氨氯地平": "苯磺酸氨氯地平片",
		"DELZ": "盐酸地尔硫䓬片", "LHQW": "连花清瘟胶囊", "clavulanate": "阿莫西林克拉维酸钾片",
		"\u0020地西泮\u0020": "地西泮片",
	} {
		if got := c.Search(q, 5); len(got) == 0 || got[0].Name != first {
			t.Errorf("%q finds %v first, want %s", q, names(got), first)
		}
	}
}

func TestSearchPutsPrefixesBeforeTheRest(t *testing.T) {
	c := mustLoad(t)
	others := false
	for _, d := range c.Search("地", MaxSearchResults) {
		prefix := strings.HasPrefix(d.Name, "地")
		if prefix && others {
			t.Errorf("%s comes after a drug that only contains it", d.Name)
		}
		others = others || !prefix
	}
	if !others {
		t.Error("the search finds prefixes only")
	}
}

func TestSearchLimits(t *testing.T) {
	c := mustLoad(t)
	for _, tt := range []struct {
		q           string
		limit, want int
	}{
		{"片", 3, 3}, {"片", 0, MaxSearchResults}, {"片", 1 << 30, MaxSearchResults}, {"", 5, 0}, {"  ", 5, 0},
		{"没有这种药", 5, 0}, {strings.Repeat("片", 65), 5, 0},
	} {
		if got := c.Search(tt.q, tt.limit); len(got) != tt.want {
			t.Errorf("%q limit %d: %d found, want %d", tt.q, tt.limit, len(got), tt.want)
		}
	}
}

func TestSearchDiagnoses(t *testing.T) {
	c := mustLoad(t)
	for q, code := range map[string]string{
		"i10": "I10", "E11.9": "E11.9", "JXSHX": "J06.9", "偏头痛": "G43.9", "asthma": "J45.9", "PTT": "G43.9",
	} {
		if got := c.SearchDiagnoses(q, 5); len(got) == 0 || got[0].Code != code {
			t.Errorf("%q finds %v", q, got)
		}
	}
}

func names(drugs []Drug) []string {
	var s []string
	for _, d := range drugs {
		s = append(s, d.Name)
	}
	return s
}

// TestTheLikelierIsFirst: 高血压 used to find I10 last, behind four complications whose names begin
// with the word; and width, case, and traditional characters do not count.
func TestTheLikelierIsFirst(t *testing.T) {
	c := mustLoad(t)
	for q, code := range map[string]string{
		"高血压": "I10", "高血压病": "I10", "高血": "I10", "高血壓": "I10", "gxy": "I10", "ＧＸＹ": "I10",
		"Hypertension": "I10", "hyperten": "I10", "ｉ１０": "I10",
		"糖尿病": "E11.9", "感冒": "J06.9", "過敏性鼻炎": "J30.4", "類風濕關節炎": "M06.9", "房顫": "I48.9",
		"ＡＳＴＨＭＡ": "J45.9", "哮喘": "J45.9", "抑鬱症": "F32.9",
		"骨質疏鬆": "M81.9", "發燒": "R50.9",
	} {
		if got := c.SearchDiagnoses(q, 5); len(got) == 0 || got[0].Code != code {
			t.Errorf("%q finds %v first, want %s", q, got, code)
		}
	}
	for q, code := range map[string]string{
		"阿莫西林": "D0001", "阿莫西林膠囊": "D0001", "ａｍｏｘｉｃｉｌｌｉｎ": "D0001", "扑热息痛": "D0214",
		"心得安": "D0147", "華法林": "D0185", "胰島素": "D0114", "Ｄ０１８５": "D0185",
	} {
		if got := c.Search(q, 5); len(got) == 0 || got[0].Code != code {
			t.Errorf("%q finds %v first, want %s", q, names(got), code)
		}
	}
	if got := c.SearchDiagnoses("高血压", 10); len(got) < 3 {
		t.Errorf("the others are gone: %v", got)
	}
}
