// Package text holds the one rule for each kind of text, name, code and JSON that comes from
// outside: HTTP, WebSocket, command line and files judge alike, and frontend/lib/text.ts is its
// twin (testdata/vectors.json holds both to it). It promises that what passed is in Unicode NFC,
// trimmed, and holds nothing that a reader cannot see or that turns the reading direction. It does
// not judge what a text means.
package text

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// MiddleDot separates the parts of a name (GB/T 15834-2011: 间隔号).
const MiddleDot = '·'

// middleDots are other characters that keyboards and systems write for MiddleDot. NFC has folded
// U+0387 already.
const middleDots = "•‧∙⋅⸱⸳・･ㆍ．ꞏ"

// namePunctuation is what a name may hold beside letters, marks, digits and MiddleDot: O'Neill,
// Anne-Marie, J. Smith, 王芳之子（大）.
const namePunctuation = " '’-.,()（）"

// Rules in words, for refusals.
const (
	rulePlain = "no control, invisible, directional or private characters"
	// RuleICD10 is ICD10 in words.
	RuleICD10 = "an ICD-10 code such as J06.900"
)

// NameRule is Name in words.
func NameRule(high int) string {
	return fmt.Sprintf("1 to %d letters, with · - ' . ( ) or spaces between them; %s", high, rulePlain)
}

// LineRule is Line and Text in words.
func LineRule(low, high int) string {
	return fmt.Sprintf("%d to %d characters, %s", low, high, rulePlain)
}

// Name puts a person's name into its one form: NFC, trimmed, one space where there was white space,
// MiddleDot as the separator. ok is false, and *s as it was, when no name of 1 to high characters
// is left: it needs a letter, and takes letters of every script of GB 18030-2022, also those beyond
// the Basic Multilingual Plane.
func Name(s *string, high int) (ok bool) {
	name, ok := plain(*s)
	if !ok {
		return false
	}
	name = joinDots(strings.Join(strings.Fields(name), " "))
	letters := 0
	var before rune
	for _, r := range name {
		switch {
		case isLetter(r):
			letters++
		case mongolianSelector(r) && isMongolian(before):
		case ignorable(r):
			return false
		case unicode.Is(unicode.M, r) && before != 0:
		case unicode.Is(unicode.Nd, r), r == MiddleDot, strings.ContainsRune(namePunctuation, r):
		default:
			return false
		}
		before = r
	}
	if letters == 0 || utf8.RuneCountInString(name) > high {
		return false
	}
	*s = name
	return true
}

// joinDots writes every middle dot as MiddleDot, without the spaces some put around it.
func joinDots(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(middleDots, r) {
			return MiddleDot
		}
		return r
	}, s)
	return strings.ReplaceAll(strings.ReplaceAll(s, " ·", "·"), "· ", "·")
}

// Line puts one line of text into its form: NFC, trimmed. ok is false, and *s as it was, when it
// has a line break, a tab, a character nobody may write, or not low to high characters; with low
// above 0 one of them must be visible.
func Line(s *string, low, high int) (ok bool) {
	return text(s, low, high, false)
}

// Text is Line for several lines: tabs may stay, CRLF and CR become LF.
func Text(s *string, low, high int) (ok bool) {
	return text(s, low, high, true)
}

func text(s *string, low, high int, lines bool) bool {
	clean, ok := plain(strings.ReplaceAll(strings.ReplaceAll(*s, "\r\n", "\n"), "\r", "\n"))
	if !ok || (!lines && strings.ContainsAny(clean, "\n\t")) {
		return false
	}
	n := utf8.RuneCountInString(clean)
	if n < low || n > high || (low > 0 && !strings.ContainsFunc(clean, visible)) {
		return false
	}
	*s = clean
	return true
}

// Plain tells whether s is in the form that Text gives it, of any length. It is for what is kept or
// signed as it came.
func Plain(s string) bool {
	clean := s
	return Text(&clean, 0, len(s)) && clean == s
}

// plain is NFC, trimmed, and without what no text may hold.
func plain(s string) (string, bool) {
	if !utf8.ValidString(s) {
		return "", false
	}
	s = strings.TrimFunc(norm.NFC.String(s), unicode.IsSpace)
	var before rune
	for _, r := range s {
		if forbidden(r) && !joins(before, r) {
			return "", false
		}
		before = r
	}
	return s, true
}

// forbidden: controls but tab and line feed, formats (Cf: directions, zero widths, byte order
// marks), private use, noncharacters, line and paragraph separators, and U+FFFD, which stands where
// a character was lost.
func forbidden(r rune) bool {
	switch {
	case r == '\n', r == '\t':
		return false
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp), r == utf8.RuneError:
		return true
	}
	return isNoncharacter(r)
}

// joins: a zero width joiner after an emoji makes one picture of two (👨‍⚕️); elsewhere it hides.
func joins(before, r rune) bool {
	return r == '\u200d' && (before == '\ufe0f' || unicode.In(before, unicode.So, unicode.Sk))
}

// Directional tells whether s holds a character that turns the reading direction (Unicode's
// Bidi_Control): what is shown would not be what is signed.
func Directional(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Bidi_Control, r) })
}

func isNoncharacter(r rune) bool {
	return (r >= 0xfdd0 && r <= 0xfdef) || r&0xfffe == 0xfffe
}

// isLetter: letters and letter numbers (〇), and the two ideographic planes as a whole, because
// names outrun the Unicode version that this program was built with.
func isLetter(r rune) bool {
	if ignorable(r) {
		return false // Hangul fillers are letters that nobody sees
	}
	return unicode.In(r, unicode.L, unicode.Nl) || (r >= 0x20000 && r <= 0x3fffd && !isNoncharacter(r))
}

// ignorable characters show nothing by themselves.
func ignorable(r rune) bool {
	return r == '\u2800' || r == '\u034f' ||
		unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

func visible(r rune) bool {
	return unicode.IsPrint(r) && r != ' ' && !unicode.In(r, unicode.Zs, unicode.M) && !ignorable(r) || isLetter(r)
}

// Mongolian letters take their form from selectors that follow them.
func mongolianSelector(r rune) bool { return (r >= 0x180b && r <= 0x180d) || r == 0x180f }
func isMongolian(r rune) bool       { return r >= 0x1820 && r <= 0x18aa }

// Fold is what two spellings of one name have in common: width, case, spaces, dots and hyphens do
// not count. It is for comparing with a partner's spelling, never for keeping.
func Fold(name string) string {
	folded := cases.Fold().String(norm.NFKC.String(name))
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("·.-'’,()（）●", r) || strings.ContainsRune(middleDots, r) {
			return -1
		}
		return r
	}, folded)
}

// SameName tells whether two spellings are of one name. Empty names are nobody's.
func SameName(a, b string) bool {
	a, b = Fold(a), Fold(b)
	return a != "" && a == b
}
