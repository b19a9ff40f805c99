// Package identity is the papers that say who somebody is (证件): their kinds, numbers and what a
// number says of its holder.
package identity

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/chain/platform/text"
	"github.com/smart-hospital/hospital/prescription/parties"
)

// MaxNameRunes is how long a name may be.
const MaxNameRunes = 50

// Identity is a person's real-name identity.
type Identity struct {
	Name      string      `json:"name"`
	Sex       parties.Sex `json:"sex"`
	BirthDate string      `json:"birthDate"` // YYYY-MM-DD
	IDNumber  string      `json:"idNumber"`
	Document  Document    `json:"document,omitempty"` // empty: Resident, as all were before there were others
	Country   string      `json:"country,omitempty"`  // ISO 3166-1 alpha-3, of a passport
}

// Document is the kind of paper that says who somebody is (证件类型).
type Document string

// Documents. Each has its own check; what the paper does not say of sex and birth the person
// states.
const (
	// 居民身份证, and the residence permit of 港澳台居民 (81, 82, 83), which has such a number
	ResidentCard     Document = "resident"
	Passport         Document = "passport"          // 护照, with the country that issued it
	HKMacaoPermit    Document = "hk-macao-permit"   // 港澳居民来往内地通行证
	TaiwanPermit     Document = "taiwan-permit"     // 台湾居民来往大陆通行证
	ForeignerCard    Document = "foreigner-card"    // 外国人永久居留身份证, old (15) and of 2023 (18)
	BirthCertificate Document = "birth-certificate" // 出生医学证明, until the child is in the household register
)

// Documents are all kinds.
var Documents = []Document{ResidentCard, Passport, HKMacaoPermit, TaiwanPermit, ForeignerCard, BirthCertificate}

// newborn is how old somebody may be who has no other paper than a certificate of birth. From
// practice: the household register takes a child within a month, and late ones within the year.
const newbornYears = 1

// Errors of a document's number; none of them repeats it.
var (
	ErrIDOld       = errors.New("the 15 digits of before 1999: enter the 18 digits of the present card")
	ErrPassport    = errors.New("5 to 15 letters and digits, as the passport has it")
	ErrCountry     = errors.New("the country that issued the passport: three letters (ISO 3166-1)")
	ErrHKMacao     = errors.New("the letter H or M and 8 digits, or 10 with the number of the issue")
	ErrTaiwan      = errors.New("8 digits, or 10 with the number of the issue")
	ErrForeigner   = errors.New("3 letters and 12 digits, or the 18 digits of the card of 2023, whose first is 9")
	ErrBirthPaper  = errors.New("a letter and 9 digits, as the certificate of birth has it")
	ErrDocument    = errors.New("a kind of document that is taken here")
	ErrNotANewborn = errors.New("a certificate of birth is for a newborn: enter the number of the household register")
)

var (
	rePassport   = regexp.MustCompile(`^[A-Z0-9]{5,15}$`)
	reCountry    = regexp.MustCompile(`^[A-Z]{3}$`)
	reHKMacao    = regexp.MustCompile(`^[HM][0-9]{8}([0-9]{2})?$`)
	reTaiwan     = regexp.MustCompile(`^[0-9]{8}([0-9]{2})?$`)
	reForeigner  = regexp.MustCompile(`^[A-Z]{3}[0-9]{12}$`)
	reForeigner9 = regexp.MustCompile(`^9[0-9]{16}[0-9X]$`)
	reBirthPaper = regexp.MustCompile(`^[A-Z][0-9]{9}$`)
	reOldNumber  = regexp.MustCompile(`^[0-9]{15}$`)
)

// Kind is the document's kind, the resident card's where nothing is said.
func (i Identity) Kind() Document {
	if i.Document == "" {
		return ResidentCard
	}
	return i.Document
}

// tidy writes the number as its document has it: no width, spaces or hyphens, capital letters.
func (i *Identity) tidy() {
	i.IDNumber = text.Compact(i.IDNumber)
	i.Country = text.Compact(i.Country)
}

// Key is what one person's number has in common however it is written; the blind index is made of
// it. Kinds have spaces of their own. The number of an issue is not part of it.
func (i Identity) Key() string {
	switch n := i.IDNumber; i.Kind() {
	case ResidentCard:
		return n
	case Passport:
		return string(Passport) + ":" + i.Country + ":" + n
	case HKMacaoPermit:
		return string(HKMacaoPermit) + ":" + n[:min(9, len(n))]
	case TaiwanPermit:
		return string(TaiwanPermit) + ":" + n[:min(8, len(n))]
	default:
		return string(i.Kind()) + ":" + n
	}
}

// facts are what the number says of its holder; a zero IDFacts where it says nothing.
func (i Identity) facts(now time.Time) (IDFacts, error) {
	n := i.IDNumber
	fits := func(re *regexp.Regexp, wrong error) (IDFacts, error) {
		if !re.MatchString(n) {
			return IDFacts{}, wrong
		}
		return IDFacts{}, nil
	}
	switch i.Kind() {
	case ResidentCard:
		if reOldNumber.MatchString(n) {
			return IDFacts{}, ErrIDOld
		}
		return ParseIDNumber(n, now)
	case Passport:
		if !strings.ContainsAny(n, "0123456789") {
			return IDFacts{}, ErrPassport
		}
		return fits(rePassport, ErrPassport)
	case HKMacaoPermit:
		return fits(reHKMacao, ErrHKMacao)
	case TaiwanPermit:
		return fits(reTaiwan, ErrTaiwan)
	case ForeignerCard:
		if len(n) == 18 {
			return parseForeigner(n, now)
		}
		return fits(reForeigner, ErrForeigner) // its check digit is not described in public
	case BirthCertificate:
		return fits(reBirthPaper, ErrBirthPaper)
	}
	return IDFacts{}, ErrDocument
}

// parseForeigner reads the number of a card of 2023: 9, where it was issued (2 digits), nationality
// (ISO 3166-1 numeric), date of birth, order and check digit as GB 11643 has them.
func parseForeigner(n string, now time.Time) (IDFacts, error) {
	if !reForeigner9.MatchString(n) {
		return IDFacts{}, ErrForeigner
	}
	if idCheck(n[:17]) != n[17] {
		return IDFacts{}, ErrIDCheck
	}
	return birthAndSex(n, now)
}

// Check puts an identity into its form and holds it against itself: name, number, and that sex and
// date of birth are those of the number where it says them.
func (i *Identity) Check(c *invalid.Check, now time.Time) {
	i.tidy()
	c.That(text.Name(&i.Name, MaxNameRunes), "body.name", text.NameRule(MaxNameRunes))
	c.That(i.Document == "" || slices.Contains(Documents, i.Document), "body.document", ErrDocument.Error())
	c.That((i.Kind() == Passport) == (i.Country != "") && (i.Country == "" || reCountry.MatchString(i.Country)),
		"body.country", ErrCountry.Error()+"; for passports only")
	facts, err := i.facts(now)
	if err != nil {
		c.Cited(false, "body.idNumber", err.Error(), i.standard())
		return
	}
	birth, err := time.ParseInLocation(DateLayout, i.BirthDate, china.Zone)
	c.That(err == nil && !birth.Before(FirstBirth) && !birth.After(now), "body.birthDate",
		"a date YYYY-MM-DD, not in the future")
	c.That(i.Sex == parties.Male || i.Sex == parties.Female, "body.sex", "male or female")
	if !facts.Birth.IsZero() {
		c.Cited(i.Sex == facts.Sex, "body.sex", "does not fit the id number", i.standard())
		c.Cited(i.BirthDate == facts.Birth.Format(DateLayout), "body.birthDate", "does not fit the id number",
			i.standard())
	}
	if i.Kind() == BirthCertificate {
		c.That(!birth.AddDate(newbornYears, 0, 0).Before(now), "body.birthDate", ErrNotANewborn.Error())
	}
}

func (i Identity) standard() string {
	if i.Kind() == ResidentCard {
		return "GB 11643-1999"
	}
	return ""
}

// Masked hides most of a number: enough for a person to see which one is on file.
func (i Identity) Masked() string {
	if len(i.IDNumber) == 18 {
		return MaskIDNumber(i.IDNumber)
	}
	n := len(i.IDNumber)
	return i.IDNumber[:min(2, n)] + strings.Repeat("*", max(0, n-4)) + i.IDNumber[max(min(2, n), n-2):]
}

// CheckNumber is Check without what only the person's own profile has: name, sex and birth.
func (i *Identity) CheckNumber(c *invalid.Check, now time.Time) {
	i.tidy()
	if _, err := i.facts(now); err != nil {
		c.Cited(false, "body.idNumber", err.Error(), i.standard())
	}
	c.That((i.Kind() == Passport) == (i.Country != "") && (i.Country == "" || reCountry.MatchString(i.Country)),
		"body.country", ErrCountry.Error()+"; for passports only")
}
