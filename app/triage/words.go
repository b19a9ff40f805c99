package triage

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pattern is what a text may say: every term must stand in it. Of a term one alternative is enough.
// The pieces of an alternative stand in this order, with a small gap between them.
type pattern [][]alternative

type alternative []piece

// piece is a word of the tables. Each different one has a number, so that a text is searched for it
// once.
type piece struct {
	text   string
	number int
}

// Gaps between two pieces, in bytes: a few Chinese characters, or a few English words.
const (
	gapWide   = 9 * 3
	gapLetter = 28
)

// utterance is a text that is ready for a search: as it was said, and folded, character by
// character.
type utterance struct {
	said   []rune
	folded string
	has    []bool // by the number of a piece
}

// folds are single characters that mean the same here.
var folds = strings.NewReplacer("疼", "痛", "慄", "栗", "癥", "症", "’", "'", "，", ",", "；", ";", "！", "!", "？", "?")

// idioms hold a negation and negate nothing, or mean the same as a shorter word. Each takes as many
// characters as it replaces.
var idioms = strings.NewReplacer("不停", "一直", "不断", "一直", "不住", "一直", "受不了", "很难忍", "不得了", "很厉害",
	"不行了", "很厉害", "说不出", "很难说", "差不多", "大约是", "不小心", "一下子", "没想到", "忽然间", "不仅", "而且", "不但", "而且",
	"不光", "而且", "不久", "刚刚", "不知道", "很难说", "不知", "难说", "不一会", "过一会", "不得不", "只好是", "没多久", "过一会",
	"动不动", "一直会", "不由得", "一下子", "忍不住", "一下子", "食物中毒", "吃坏肚子", "不舒服", "难受着", "不适", "难受")

func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case r >= '！' && r <= '～': // full-width forms
			r -= '！' - '!'
		case r == '　', r == '\t', r == '\n', r == '\r':
			r = ' '
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return idioms.Replace(folds.Replace(b.String()))
}

func (t *Tables) read(text string) utterance {
	u := utterance{[]rune(text), fold(text), make([]bool, t.words)}
	for i, r := range u.folded {
		for _, p := range t.pieces[r] {
			u.has[p.number] = u.has[p.number] || strings.HasPrefix(u.folded[i:], p.text)
		}
	}
	return u
}

// lacking tells at once that an alternative stands nowhere.
func (u utterance) lacking(a alternative) bool {
	return slices.ContainsFunc(a, func(p piece) bool { return !u.has[p.number] })
}

// finds looks for a pattern that is the case, and gives the words that say so.
func (u utterance) finds(list []pattern) (words string, ok bool) {
	for _, p := range list {
		if words, ok := u.match(p); ok {
			return words, true
		}
	}
	return "", false
}

func (u utterance) match(p pattern) (string, bool) {
	var words []string
	for _, term := range p {
		found := false
		for _, a := range term {
			from, to, ok := u.find(a)
			if !ok {
				continue
			}
			if w := u.quote(from, to); !slices.Contains(words, w) {
				words = append(words, w)
			}
			found = true
			break
		}
		if !found {
			return "", false
		}
	}
	return strings.Join(words, " … "), true
}

// quote gives back what was said between two places of the folded text.
func (u utterance) quote(from, to int) string {
	start := utf8.RuneCountInString(u.folded[:from])
	end := start + utf8.RuneCountInString(u.folded[from:to])
	return string(u.said[min(start, len(u.said)):min(end, len(u.said))])
}

// find is the first place where an alternative stands and is the case.
func (u utterance) find(a alternative) (from, to int, ok bool) {
	for at := 0; !u.lacking(a); {
		i := index(u.folded, a[0].text, at)
		if i < 0 {
			break
		}
		at = i + len(a[0].text)
		if to, ok = u.rest(a, at); ok && !u.negated(i, to) && !u.past(i, to) {
			return i, to, true
		}
	}
	return 0, 0, false
}

// rest finds the other pieces of an alternative from a place on.
func (u utterance) rest(a alternative, at int) (to int, ok bool) {
	to = at
	for _, p := range a[1:] {
		gap := gapWide
		if p.text[0] < utf8.RuneSelf {
			gap = gapLetter
		}
		i := index(u.folded, p.text, to)
		if i < 0 || i-to > gap || breaks(u.folded[to:i]) {
			return 0, false
		}
		to = i + len(p.text)
	}
	return to, true
}

// index finds a piece from a place on; one that begins with a letter begins a word.
func index(s, piece string, from int) int {
	for {
		i := strings.Index(s[from:], piece)
		if i < 0 {
			return -1
		}
		i += from
		if i == 0 || !letter(piece[0]) || !letter(s[i-1]) {
			return i
		}
		from = i + len(piece)
	}
}

func letter(b byte) bool { return b >= 'a' && b <= 'z' }

// breaks tells whether what stands between two pieces parts them or turns them round.
func breaks(between string) bool {
	return strings.ContainsAny(between, "。;!?不没无未") || strings.Contains(between, "n't ") ||
		strings.Contains(between, " no ") || strings.Contains(between, " not ")
}

// Words that negate what follows.
var (
	negators   = []string{"没有", "没", "无", "否认", "不", "未", "不是", "并非", "别"}
	negatorsEN = []string{"no", "not", "without", "denies", "deny", "denied", "never", "don't", "doesn't", "didn't",
		"haven't", "hasn't", "hadn't", "isn't", "aren't", "wasn't", "dont", "doesnt", "didnt", "havent", "hasnt",
		"isnt",
		"nor", "neither"}
	// "not sure", "not only" and "no better" deny nothing that follows
	negateNothing = []string{"sure", "only", "better", "longer", "idea", "relief", "improvement", "help"}
	// filler may stand between a negation and what it negates
	filler = regexp.MustCompile(`^(再|有|发|出现|过|明显|的|什么|感觉|觉得|感到|到|任何|发生|发现|伴随|伴有|伴|那种|特别|很|太|怎么|会|也|是|又|说|有过|` +
		`突然|剧烈|接触|被|卡|沾|误|得过|那么|其他|[头胸口肚子腹腰背眼手脚腿脸嘴舌喉嗓鼻耳]| )*$`)
	// complaints that stand side by side without a mark: 没有发烧咳嗽
	complaints = regexp.MustCompile(`^(有|过|也|出现|任何|[头胸腹腰背]|发烧|发热|咳嗽|咳痰|头痛|头晕|恶心|` +
		`呕吐|想吐|胸闷|胸痛|气短|气喘|心慌|心悸|出汗|冷汗|腹痛|肚子痛|腹泻|拉肚子|抽搐|昏迷|晕倒|麻木|乏力|便血|黑便|流血|出血|皮疹)+$`)
	// how bad something is, said right after it: then it is there
	stressed = regexp.MustCompile(`^(得|很|特别|非常|厉害|严重|越来越|好几|了)`)
	// what one has not done is no sign that one has not
	omitted = regexp.MustCompile(`^(吃|喝|去|睡|用|打|做|看|力|劲|精神|反应|意识|尿|知觉|感觉[,、]|胃口|缓解|好|停|办法|法|人)`)
	list    = regexp.MustCompile(`(、|和|及|或|与|跟|以及|或者|或是)$`)
	// 从来没有这么痛过: it was never as bad as now
	firstTime   = regexp.MustCompile(`^[^,。;!?、]{0,6}(这么|这样|这种|如此)`)
	neverBefore = []string{"从来", "从", "以前", "之前", "平时", "平生", "一辈子", "活这么大"}
	firstTimeEN = []string{" like this", " like it", " this bad", " so bad", " so much",
		" such ", " as bad", " worse", " worst",
		" before"}
	// 别 at the end of one of these is no negation
	endInBie = []string{"特", "分", "个", "区", "级", "性", "辨", "鉴"}
)

// negated tells whether what stands from a place to another is said not to be the case.
func (u utterance) negated(at, to int) bool {
	before := u.folded[:at]
	comma := strings.LastIndexAny(before, "。,;!?")
	if u.negatedEN(at, comma) {
		return true
	}
	if comma >= 0 {
		_, mark := utf8.DecodeRuneInString(before[comma:])
		before = before[comma+mark:]
	}
	for _, n := range negators {
		i := strings.LastIndex(before, n)
		if i < 0 || firstTime.MatchString(u.folded[at-len(before)+i+len(n):]) && endsIn(before[:i], neverBefore) ||
			n == "别" && endsIn(before[:i], endInBie) {
			continue
		}
		between := before[i+len(n):]
		if filler.MatchString(between) {
			return true
		}
		if n == "不" || n == "没" || n == "未" || n == "别" {
			continue
		}
		// a list that a negation opens: 无胸痛、呼吸困难
		trimmed := strings.TrimRight(between, "有出现 ")
		if list.MatchString(trimmed) && !omitted.MatchString(between) {
			return true
		}
		if complaints.MatchString(between) && !stressed.MatchString(u.folded[to:]) {
			return true
		}
	}
	return false
}

func endsIn(s string, ends []string) bool {
	return slices.ContainsFunc(ends, func(end string) bool { return strings.HasSuffix(s, end) })
}

// negatedEN looks at most five words back in the clause that begins after a comma. A list that ends
// in "or" is denied as a whole: no fever, cough or chest pain.
func (u utterance) negatedEN(at, comma int) bool {
	start := strings.LastIndexAny(u.folded[:at], "。.;!?") + 1
	if i := strings.LastIndex(u.folded[start:at], " but "); i >= 0 {
		start += i + 5
	}
	clause := u.folded[max(start, comma+1):at]
	rest := u.folded[at:]
	if i := strings.IndexAny(rest, "。.;!?"); i >= 0 {
		rest = rest[:i]
	}
	if hasNegator(strings.Fields(clause), 5, rest) {
		return true
	}
	if comma < start || u.folded[comma] != ',' {
		return false
	}
	items := strings.Split(u.folded[start:at], ",")
	if i := strings.Index(rest, ","); i < 0 || strings.Contains(rest[i:], " or ") {
		items[len(items)-1] += rest
	}
	if !strings.Contains(strings.Join(items[1:], ","), "or ") {
		return false
	}
	for _, item := range items[1 : len(items)-1] {
		words := strings.Fields(item)
		if len(words) > 4 || slices.ContainsFunc(words, func(w string) bool { return slices.Contains(subjects, w) }) {
			return false
		}
	}
	last := strings.Fields(u.folded[comma+1 : at])
	if slices.ContainsFunc(last, func(w string) bool { return slices.Contains(subjects, w) }) {
		return false
	}
	return hasNegator(strings.Fields(items[0]), 6, "")
}

// subjects begin a clause of its own, which no list goes on through.
var subjects = []string{"i", "i'm", "i've", "he", "he's", "she", "she's", "it", "it's", "they", "we", "my", "his",
	"her",
	"but", "now", "have", "has", "is", "am", "are", "was", "feel", "feels", "just", "only", "then", "and", "with",
	"suddenly"}

// hasNegator looks at the last words before a place, and at what comes after it for what is so bad
// as never before.
func hasNegator(words []string, back int, rest string) bool {
	words = words[max(0, len(words)-back):]
	for i, w := range words {
		next := ""
		if i+1 < len(words) {
			next = words[i+1]
		}
		if w = strings.Trim(w, ","); !slices.Contains(negatorsEN, w) || slices.Contains(negateNothing, next) {
			continue
		}
		said := " " + strings.Join(words[i:], " ") + " " + rest + " "
		if (w == "never" || slices.Contains(words[i:], "ever")) && holds(said, firstTimeEN) {
			continue
		}
		return true
	}
	return false
}

// What was, or was another's, is not the case. A clause that says "now" is about now.
var (
	pastWords = []string{"以前", "曾", "过去几", "过去有", "过去得", "去年", "前年", "年前", "小时候", "既往", "病史", "上次", "早年", "去世", "生前",
		"家族", "遗传",
		"years ago", "year ago", "last year", "history of", "used to", "previously", "in the past", "when i was",
		"as a child"}
	nowWords = []string{"现在", "今天", "今早", "刚", "突然", "又", "这次", "昨", "目前", "now", "today", "suddenly", "again",
		"just"}
	family = []string{"父亲", "爸", "母亲", "妈", "爷", "奶奶", "外公", "外婆", "姥", "哥", "姐", "弟", "妹", "father", "mother", "dad",
		"mum", "mom", "brother", "sister", "grand", "uncle", "aunt"}
	fate = []string{
		"得过", "去世", "病走的",
		"梗走的", "癌走的", "没的", "患过", "死于", "因为心", "也有过", "也得", "died", "passed away"}
)

func (u utterance) past(from, to int) bool {
	start := strings.LastIndexAny(u.folded[:from], "。,;!?") + 1
	end := len(u.folded)
	if i := strings.IndexAny(u.folded[to:], "。,;!?"); i >= 0 {
		end = to + i
	}
	clause := u.folded[start:end]
	if holds(clause, nowWords) {
		return false
	}
	return holds(clause, pastWords) || holds(clause, family) && holds(clause, fate)
}

func holds(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// Ages as people write them of children.
var (
	reMonths = regexp.MustCompile(`(?:宝宝|宝贝|孩子|小孩|娃|婴儿|新生儿)(?:今年|才|刚|已经|现在|,)?(\d{1,2}|[一二两三四五六七八九十]{1,3})个?多?月|(\d{1,2}|[一二两三四五六七八九十]{1,3})个?月大|(\d{1,2})[- ]months?[- ]old`)
	reDays   = regexp.MustCompile(`(?:出生|生下来)(?:才|刚)?(?:\d{1,2}|[一二两三四五六七八九十]{1,3})天|\d{1,2}天大|新生儿|\d{1,2}[- ](?:days?|weeks?)[- ]old|newborn`)
	reYears  = regexp.MustCompile(`(\d{1,2})岁|(\d{1,2})[- ]years?[- ]old`)
)

// who adds what the text itself tells of a person whose age nobody told.
func (u utterance) who(w Who) Who {
	if w.Months != Unknown {
		return w
	}
	if m := reMonths.FindStringSubmatch(u.folded); m != nil {
		w.Months = numeral(m[1] + m[2] + m[3])
	} else if reDays.MatchString(u.folded) {
		w.Months = 0
	} else if m := reYears.FindStringSubmatch(u.folded); m != nil {
		w.Months = 12 * numeral(m[1]+m[2])
	}
	return w
}

var digits = []string{"一", "二", "三", "四", "五", "六", "七", "八", "九"}

// numeral reads 1 to 99.
func numeral(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	tens, ones, found := strings.Cut(s, "十")
	if !found {
		tens, ones = "", s
	}
	digit := func(s string, none int) int {
		if i := slices.Index(digits, strings.Replace(s, "两", "二", 1)); i >= 0 {
			return i + 1
		}
		return none
	}
	n := digit(ones, 0)
	if found {
		n += 10 * digit(tens, 1)
	}
	return n
}
