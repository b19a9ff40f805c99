// Package trace reads drug trace codes (药品追溯码) and holds them against what is handed out.
package trace

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/smart-hospital/hospital/chain/platform/text"
	"github.com/smart-hospital/hospital/prescription/medicine"
)

// Lengths of a drug trace code (药品追溯码). The common one has 20 digits of which the first seven
// name the drug; codes with letters, and GS1's with a GTIN and a serial number, are legal as well.
const (
	CodeLen        = 20
	maxTraceCode   = 64
	traceNumberLen = 7
	groupSeparator = "\x1d" // FNC1 within a GS1 symbol
	traceDigits    = "0123456789"
	Rule           = "a drug trace code: 20 digits, letters and digits, or GS1's (01)…(21)…"
)

var (
	// symbology is what a scanner may put before a GS1 symbol (ISO/IEC 15424): ]C1 GS1-128, ]d2
	// DataMatrix, ]e0 DataBar, ]Q3 QR, ]J1.
	symbology = regexp.MustCompile(`^\](C1|d2|e0|Q3|J1)`)
	plainCode = regexp.MustCompile(`^[A-Z0-9]{8,32}$`)
	// bracketed is one element of GS1's readable form.
	bracketed = regexp.MustCompile(`^\(([0-9]{2,4})\)([^()]*)`)
	serialGS1 = regexp.MustCompile(`^[A-Za-z0-9./_+-]{1,20}$`)
	gtinGS1   = regexp.MustCompile(`^[0-9]{14}$`)
)

// fixedGS1 are the lengths of the elements of fixed length that stand on medicine (GS1 General
// Specifications, figure 7.8.5-2).
var fixedGS1 = map[string]int{"01": 14, "11": 6, "13": 6, "15": 6, "17": 6}

// Normal is what a scanner or a hand wrote, in the one form in which a package's code is
// kept and counted as used: without the scanner's prefix and suffix, in half width, GS1's elements
// as (01)…(21)…. Twenty digits stay as they are. ok is false for none.
func Normal(s string) (code string, ok bool) {
	if len(s) > 4*maxTraceCode {
		return "", false
	}
	s = strings.Trim(norm.NFKC.String(s), " \t\r\n\u0000")
	marked := symbology.MatchString(s)
	s = symbology.ReplaceAllString(s, "")
	if strings.HasPrefix(s, groupSeparator) {
		marked, s = true, strings.TrimPrefix(s, groupSeparator)
	}
	s = strings.TrimRight(s, groupSeparator)
	compact := strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(s))
	switch {
	case len(compact) == CodeLen && text.Digits(compact):
		return compact, true
	case strings.HasPrefix(s, "("):
		return gs1(bracketElements(s))
	case marked || strings.Contains(s, groupSeparator):
		return gs1(stringElements(s))
	}
	if code, ok := gs1(stringElements(s)); ok && strings.HasPrefix(s, "01") {
		return code, true // a scanner that says nothing of the symbol
	}
	// Digits alone are the common form, and another number of them is a mistyped one.
	return compact, plainCode.MatchString(compact) && strings.ContainsAny(compact, traceDigits) && !text.Digits(compact)
}

// gs1 writes GTIN and serial number; lot and dates are no part of which package it is.
func gs1(elements map[string]string) (string, bool) {
	gtin, serial := elements["01"], elements["21"]
	if !gtinGS1.MatchString(gtin) || !serialGS1.MatchString(serial) || gtinCheck(gtin[:13]) != gtin[13] {
		return "", false
	}
	return "(01)" + gtin + "(21)" + serial, true
}

// gtinCheck is the check digit of thirteen digits (GB 12904): weights 3 and 1 from the right.
func gtinCheck(digits string) byte {
	sum := 0
	for i := range len(digits) {
		sum += int(digits[i]-'0') * (3 - 2*(i%2))
	}
	return byte('0' + (10-sum%10)%10)
}

func bracketElements(s string) map[string]string {
	found := map[string]string{}
	for s != "" {
		m := bracketed.FindStringSubmatch(s)
		if m == nil || found[m[1]] != "" {
			return nil
		}
		found[m[1]] = strings.TrimSpace(m[2])
		s = s[len(m[0]):]
	}
	return found
}

// stringElements reads a GS1 element string: fixed elements by their length, others up to the
// separator or the end.
func stringElements(s string) map[string]string {
	found := map[string]string{}
	for s != "" {
		if len(s) < 3 || !text.Digits(s[:2]) {
			return nil
		}
		ai, rest := s[:2], s[2:]
		var value, after string
		if n := fixedGS1[ai]; n > 0 {
			if len(rest) < n {
				return nil
			}
			value, after = rest[:n], strings.TrimPrefix(rest[n:], groupSeparator)
		} else if ai == "10" || ai == "21" {
			value, after, _ = strings.Cut(rest, groupSeparator)
		} else {
			return nil
		}
		if found[ai] != "" {
			return nil
		}
		found[ai], s = value, after
	}
	return found
}

// Fits tells whether a normal code can be of a drug. Only the codes that begin with the seven
// digits say which it is.
func Fits(code string, d medicine.Drug) bool {
	if len(code) != CodeLen || !text.Digits(code[:traceNumberLen]) {
		return true
	}
	return strings.HasPrefix(code, d.TracePrefix)
}
