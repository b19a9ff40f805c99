// Package pinyin gives the initials of a Chinese name.
package pinyin

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// firsts are the codes at which the characters of each initial begin: the 3,755 common ones of
// GB/T 2312 level 1 stand there in the order of their pinyin. i, u and v begin no syllable.
var firsts = []struct {
	code   uint16
	letter byte
}{
	{0xB0A1, 'a'}, {0xB0C5, 'b'}, {0xB2C1, 'c'}, {0xB4EE, 'd'}, {0xB6EA, 'e'}, {0xB7A2, 'f'}, {0xB8C1, 'g'},
	{0xB9FE, 'h'}, {0xBBF7, 'j'}, {0xBFA6, 'k'}, {0xC0AC, 'l'}, {0xC2E8, 'm'}, {0xC4C3, 'n'}, {0xC5B6, 'o'},
	{0xC5BE, 'p'}, {0xC6DA, 'q'}, {0xC8BB, 'r'}, {0xC8F6, 's'}, {0xCBFA, 't'}, {0xCDDA, 'w'}, {0xCEF4, 'x'},
	{0xD1B9, 'y'}, {0xD4D1, 'z'}, {0xD7FA, 0},
}

// gb2312From is the least second byte of GB/T 2312.
const gb2312From = 0xA1

// Initials are the first letters of a name's pinyin, for a search: 李明德 is lmd. Letters stand for
// themselves; a rare character, whose sound the order does not tell, is left out.
func Initials(name string) string {
	var b strings.Builder
	encode := simplifiedchinese.GBK.NewEncoder()
	for _, r := range name {
		if r < unicode.MaxASCII {
			if unicode.IsLetter(r) {
				b.WriteRune(unicode.ToLower(r))
			}
			continue
		}
		gbk, err := encode.Bytes([]byte(string(r)))
		if err != nil || len(gbk) != 2 || gbk[1] < gb2312From { // GBK's own stand between, by their radicals
			continue
		}
		code, letter := uint16(gbk[0])<<8|uint16(gbk[1]), byte(0)
		for _, f := range firsts {
			if code < f.code {
				break
			}
			letter = f.letter
		}
		if letter != 0 {
			b.WriteByte(letter)
		}
	}
	return b.String()
}
