// Package danger is the list of words that the doctor's queue marked before there were tables. It
// is kept to be measured beside them.
package danger

import (
	"slices"
	"strings"
)

// words are those that a doctor must see at once. They are shown as they stand in the complaint;
// nothing is concluded from them, and a complaint without them is not harmless.
var words = []string{"胸痛", "呼吸困难", "喘不上气", "喘不过气", "昏迷", "意识不清", "抽搐", "大出血", "咯血", "咳血", "呕血", "便血",
	"剧烈头痛", "剧烈腹痛", "休克", "中毒", "自杀", "轻生", "chest pain", "short of breath", "cannot breathe", "unconscious",
	"seizure", "coughing blood", "vomiting blood", "suicid", "overdose"}

// negations stand right before a word that is not the case.
var negations = []string{"无", "没有", "没", "否认", "不", "no ", "without ", "denies "}

// In returns the first word of danger in a complaint that is not negated; empty: none.
func In(complaint string) string {
	s := strings.ToLower(complaint)
	for _, w := range words {
		for from := 0; ; {
			i := strings.Index(s[from:], w)
			if i < 0 {
				break
			}
			before := s[:from+i]
			if !slices.ContainsFunc(negations, func(n string) bool { return strings.HasSuffix(before, n) }) {
				return w
			}
			from += i + len(w)
		}
	}
	return ""
}
