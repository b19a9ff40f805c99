package trace

import (
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/smart-hospital/hospital/chain/platform/text"
)

// Batch is what a package's GS1 symbol says of its lot.
type Batch struct {
	Lot     string // element (10); empty: it says none
	Expires string // element (17) as the last day of use, YYYY-MM-DD; empty: it says none
}

// BatchOf reads a scanned GS1 code: nothing of one that names neither lot nor expiry, or no article
// (01) and so is no GS1 code.
// The century of its two-digit year is the one nearest to now.
func BatchOf(s string, now time.Time) Batch {
	if _, ok := Normal(s); !ok {
		return Batch{}
	}
	e := elementsOf(strings.Trim(norm.NFKC.String(s), " \t\r\n\u0000"))
	if gtin := e["01"]; len(gtin) != len("06901234567892") || !text.Digits(gtin) {
		return Batch{}
	}
	return Batch{Lot: strings.TrimSpace(e["10"]), Expires: dayGS1(e["17"], now)}
}

// elementsOf are the elements of either form.
func elementsOf(s string) map[string]string {
	s = strings.Trim(symbology.ReplaceAllString(s, ""), groupSeparator)
	if strings.HasPrefix(s, "(") {
		return bracketElements(s)
	}
	return stringElements(s)
}

// dayGS1 reads YYMMDD; day 00 is the last of the month (GS1 General Specifications, 3.4.7 and
// 7.12).
func dayGS1(s string, now time.Time) string {
	var yy, month, day int
	if len(s) != len("YYMMDD") || !text.Digits(s) {
		return ""
	}
	if _, err := fmt.Sscanf(s, "%02d%02d%02d", &yy, &month, &day); err != nil {
		return ""
	}
	year := now.Year() - now.Year()%100 + yy
	switch away := yy - now.Year()%100; {
	case away >= 51:
		year -= 100
	case away <= -50:
		year += 100
	}
	if day == 0 {
		month, day = month+1, 0
	}
	at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if s[2:4] < "01" || s[2:4] > "12" || (day != 0 && at.Day() != day) {
		return ""
	}
	return at.Format(time.DateOnly)
}
