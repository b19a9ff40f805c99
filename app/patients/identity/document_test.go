package identity

import (
	"errors"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/invalid"
	"github.com/smart-hospital/hospital/prescription/parties"
)

func TestDocuments(t *testing.T) {
	born := time.Date(1990, 3, 7, 4, 0, 0, 0, time.UTC)
	foreign := "911250" + "19900307" + "001"
	foreign += string(idCheck(foreign))
	for _, c := range []struct {
		document        Document
		country, number string
		birth           string
		wrong           string // rule, empty: taken
		key             string
	}{
		{"", "", MakeIDNumber(110101, born, 1), "1990-03-07", "", MakeIDNumber(110101, born, 1)},
		{ResidentCard, "", " ４４０５２４198001010018 ", "1980-01-01",
			"check digit does not fit, please read it again", ""},
		{ResidentCard, "", MakeIDNumber(810000, born, 1), "1990-03-07", "", MakeIDNumber(810000, born, 1)},
		{ResidentCard, "", "110105491231002", "1949-12-31", ErrIDOld.Error(), ""},
		{ResidentCard, "FRA", MakeIDNumber(110101, born, 1), "1990-03-07",
			ErrCountry.Error() + "; for passports only", ""},
		{Passport, "FRA", "09fv-12345", "1990-03-07", "", "passport:FRA:09FV12345"},
		{Passport, "", "09FV12345", "1990-03-07", ErrCountry.Error() + "; for passports only", ""},
		{Passport, "FRA", "ABCDEFG", "1990-03-07", ErrPassport.Error(), ""},
		{Passport, "FRA", "1234", "1990-03-07", ErrPassport.Error(), ""},
		{HKMacaoPermit, "", "h1234567801", "1990-03-07", "", "hk-macao-permit:H12345678"},
		{HKMacaoPermit, "", "H12345678", "1990-03-07", "", "hk-macao-permit:H12345678"},
		{HKMacaoPermit, "", "K12345678", "1990-03-07", ErrHKMacao.Error(), ""},
		{TaiwanPermit, "", "12345678", "1990-03-07", "", "taiwan-permit:12345678"},
		{TaiwanPermit, "", "1234567801", "1990-03-07", "", "taiwan-permit:12345678"},
		{TaiwanPermit, "", "1234567", "1990-03-07", ErrTaiwan.Error(), ""},
		{ForeignerCard, "", "CAN110190030712", "1990-03-07", "", "foreigner-card:CAN110190030712"},
		{ForeignerCard, "", foreign, "1990-03-07", "", "foreigner-card:" + foreign},
		{ForeignerCard, "", foreign, "1990-03-08", "does not fit the id number", ""},
		{ForeignerCard, "", foreign[:17] + string(checkChars[(int(foreign[17]-'0')+1)%10]), "1990-03-07",
			ErrIDCheck.Error(), ""},
		{ForeignerCard, "", "CA110190030712", "1990-03-07", ErrForeigner.Error(), ""},
		{BirthCertificate, "", "A123456789", "2026-10-01", "", "birth-certificate:A123456789"},
		{BirthCertificate, "", "A123456789", "2025-10-01", ErrNotANewborn.Error(), ""},
		{BirthCertificate, "", "A12345678", "2026-10-01", ErrBirthPaper.Error(), ""},
		{"library-card", "", "A12345678", "2026-10-01", ErrDocument.Error(), ""},
	} {
		id := Identity{Name: "王芳", Sex: parties.Male, BirthDate: c.birth, Document: c.document,
			Country: c.country, IDNumber: c.number}
		var check invalid.Check
		id.Check(&check, now)
		got := map[string]bool{}
		if e, ok := errors.AsType[*invalid.Error](check.Err()); ok {
			for _, f := range e.ProblemFields() {
				got[f.Rule] = true
			}
		}
		if (c.wrong == "") != (len(got) == 0) || (c.wrong != "" && !got[c.wrong]) {
			t.Errorf("%s %s: %v, want %q", c.document, c.number, got, c.wrong)
		}
		if c.wrong == "" && id.Key() != c.key {
			t.Errorf("%s %s: key %s, want %s", c.document, c.number, id.Key(), c.key)
		}
		if m := id.Masked(); len(m) > 4 && m == id.IDNumber {
			t.Errorf("%s: not masked", c.document)
		}
	}
}
