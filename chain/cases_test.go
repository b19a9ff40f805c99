package chain_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/evidence"
	"github.com/smart-hospital/hospital/chain/membership"
)

// testdata/cases.json is the list of what every verifier takes and refuses, and why: golden files
// with one edit each, some thought of, most drawn. This program and the mini-app
// (frontend/test/unit/cases.test.ts) both say what is written there. Made anew by
//
//	go test ./chain -run Cases -update
//
// and, to look for a difference between the two with other draws: -cases-seed 7 -cases-draws 5000
// -cases-to /tmp/cases.json, which the mini-app's test reads when CASES names it.
var (
	casesSeed  = flag.Uint64("cases-seed", 1, "seed of the drawn cases")
	casesDraws = flag.Int("cases-draws", 24, "drawn cases of each file")
	casesTo    = flag.String("cases-to", "", "write the cases to this file instead of testdata/cases.json")
)

// oneCase is a golden file with one edit. Places are UTF-16 units, as JavaScript counts.
type oneCase struct {
	Name string            `json:"name,omitempty"` // of those thought of
	Of   string            `json:"of"`             // file of testdata
	By   string            `json:"by"`             // file of the members' list or lists that it is checked by
	Kind evidence.FileKind `json:"kind"`           // what the reader expects
	At   int               `json:"at"`
	Cut  int               `json:"cut,omitempty"`
	Put  string            `json:"put,omitempty"`
	Want string            `json:"want"` // "ok", a reason, or the verdicts on each part of a file, in order
}

// edited is the text of the case.
func (c oneCase) edited(t *testing.T) []byte {
	t.Helper()
	units := utf16.Encode([]rune(string(file(t, c.Of))))
	put := utf16.Encode([]rune(c.Put))
	return []byte(string(utf16.Decode(slices.Concat(units[:c.At], put, units[c.At+c.Cut:]))))
}

// judge is what this program says of a text.
func judge(kind evidence.FileKind, text []byte, by *chain.Timeline) string {
	switch kind {
	case evidence.FileMembers:
		_, err := membership.ParseMembers(text)
		return verdict(err)
	case evidence.FileHistory:
		_, err := chain.ParseHistory(text)
		return verdict(err)
	case evidence.FileReceipt:
		c, err := chain.ParseReceipt(text)
		if err == nil {
			err = by.VerifyReceipt(c)
		}
		return verdict(err)
	case evidence.FileStatus:
		c, err := chain.ParseStatusReceipt(text)
		if err == nil {
			err = by.VerifyStatus(c)
		}
		return verdict(err)
	case evidence.FileSealed:
		c, err := chain.ParseSealedHeader(text)
		if err == nil {
			err = by.VerifySealed(c)
		}
		return verdict(err)
	}
	return judgeFile(text, by)
}

// judgeFile judges a file of evidence, whatever its kind.
func judgeFile(text []byte, by *chain.Timeline) string {
	var list []evidence.Evidence
	var attempts []chain.Attempt
	var history *chain.History
	var err error
	switch evidence.KindOfFile(text) {
	case evidence.FileEvidence:
		var f *evidence.EvidenceFile
		if f, err = evidence.ParseEvidenceFile(text); err == nil {
			list, history = f.Evidence, &f.History
		}
	case evidence.FileDossier:
		var d *evidence.Dossier
		if d, err = evidence.ParseDossier(text); err == nil {
			list, attempts, history = d.Evidence, d.Attempts, d.History
		}
	case evidence.FileBundle:
		var b *evidence.BundleFile
		if b, err = evidence.ParseBundleFile(text); err == nil {
			list = b.Evidence
		}
	case evidence.FileList:
		list, err = evidence.ParseEvidence(text)
	default:
		return string(chain.ReasonMalformed)
	}
	if err == nil && history != nil {
		by, err = history.Open()
	}
	if err != nil {
		return verdict(err)
	}
	said := []string{}
	for _, e := range list {
		said = append(said, verdict(e.Verify(by)))
	}
	for _, a := range attempts {
		said = append(said, verdict(a.Verify(by)))
	}
	if slices.Contains(said, string(chain.ReasonMalformed)) {
		return string(chain.ReasonMalformed)
	}
	return strings.Join(said, " ")
}

func verdict(err error) string {
	if err == nil {
		return "ok"
	}
	return string(chain.ReasonOf(err))
}

// timelineOf reads a members' list or a history of testdata.
func timelineOf(t *testing.T, name string) *chain.Timeline {
	t.Helper()
	if evidence.KindOfFile(file(t, name)) == evidence.FileHistory {
		return chaintest.Must(chain.ParseHistory(file(t, name)))
	}
	return chain.NewTimeline(chaintest.Must(chaintest.Must(membership.ParseMembers(file(t, name))).Open()))
}

func TestCases(t *testing.T) {
	lists := map[string]*chain.Timeline{}
	by := func(c oneCase) *chain.Timeline {
		if lists[c.By] == nil {
			lists[c.By] = timelineOf(t, c.By)
		}
		return lists[c.By]
	}
	if *update || *casesTo != "" {
		var out bytes.Buffer
		out.WriteString("[")
		read := map[string]int{} // of each file; to check every signature of many takes the mini-app long
		for _, c := range append(thoughtOf(t), drawn(t)...) {
			c.Want = judge(c.Kind, c.edited(t), by(c))
			if c.Want != string(chain.ReasonMalformed) && c.Want != string(chain.ReasonVersion) {
				read[c.Of]++
			}
			if *casesTo == "" && read[c.Of] > mostRead[c.Kind] && c.Want != string(chain.ReasonMalformed) {
				continue
			}
			if out.Len() > 1 {
				out.WriteString(",")
			}
			out.WriteString("\n")
			out.Write(chaintest.Must(json.Marshal(c)))
		}
		out.WriteString("\n]\n")
		if *casesTo != "" {
			if err := os.WriteFile(*casesTo, out.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		write(t, "cases.json", out.Bytes())
	}
	var all []oneCase
	if err := json.Unmarshal(file(t, "cases.json"), &all); err != nil || len(all) < 500 {
		t.Fatalf("%d cases, %v", len(all), err)
	}
	type key struct{ name, of string }
	meant := map[key]string{} // what was thought of is refused, or taken, as it was meant
	for _, c := range thoughtOf(t) {
		meant[key{c.Name, c.Of}] = c.Want
	}
	for i, c := range all {
		if got := judge(c.Kind, c.edited(t), by(c)); got != c.Want {
			t.Errorf("%d: %s, %s at %d: %s, want %s", i, c.Name, c.Of, c.At, got, c.Want)
		}
		if want := meant[key{c.Name, c.Of}]; c.Name != "" && !regexp.MustCompile("^("+want+")$").MatchString(c.Want) {
			t.Errorf("%s, %s: %s, want %s", c.Name, c.Of, c.Want, want)
		}
	}
}

// mostRead is how many cases of a file that are not refused for their form are kept.
var mostRead = map[evidence.FileKind]int{
	evidence.FileReceipt: 24, evidence.FileStatus: 24, evidence.FileSealed: 24, evidence.FileMembers: 40,
	evidence.FileHistory:  6,
	evidence.FileEvidence: 4, evidence.FileBundle: 4, evidence.FileDossier: 6, evidence.FileList: 4,
}

// caseFiles are the files that cases are made of.
var caseFiles = []struct {
	of, by string
	kind   evidence.FileKind
}{
	{"receipt-05-rx.issue.json", "members.json", evidence.FileReceipt},
	{"receipt-00-cert.enrol.json", "members.json", evidence.FileReceipt},
	{"receipt-11-rx.dispense.json", "members.json", evidence.FileReceipt},
	{"v2/receipt-05-rx.issue.json", "v2/members.json", evidence.FileReceipt},
	{"v2/receipt-14-rx.claim.json", "v2/members.json", evidence.FileReceipt},
	{"history/receipt-actor-is-a-former-seal.json", "history/history.json", evidence.FileReceipt},
	{"history/receipt-writer-is-gone.json", "history/history.json", evidence.FileReceipt},
	{"status-present.json", "members.json", evidence.FileStatus},
	{"status-absent-other.json", "members.json", evidence.FileStatus},
	{"v2/status-contested.json", "v2/members.json", evidence.FileStatus},
	{"evidence/sealed.json", "members.json", evidence.FileSealed},
	{"members.json", "members.json", evidence.FileMembers},
	{"history/history.json", "members.json", evidence.FileHistory},
	{"evidence/evidence.json", "members.json", evidence.FileEvidence},
	{"evidence/evidence-former.json", "members.json", evidence.FileEvidence},
	{"evidence/bundle.json", "members.json", evidence.FileBundle},
	{"evidence/bundle-former.json", "members.json", evidence.FileBundle},
	{"evidence/dossier.json", "members.json", evidence.FileDossier},
	{"evidence/dossier-former.json", "members.json", evidence.FileDossier},
	{"evidence/list.json", "members.json", evidence.FileList},
	{"evidence/list-former.json", "members.json", evidence.FileList},
	// Format 2: by a person and by the seal, alone in its batch, one of three and of sixty-four.
	{"batch/receipt-05-rx.issue.json", "batch/members.json", evidence.FileReceipt},
	{"batch/receipt-08-pay.settle.json", "batch/members.json", evidence.FileReceipt},
	{"batch/receipt-16-rx.issue.json", "batch/members.json", evidence.FileReceipt},
	{"batch/receipt-20-rx.issue.json", "batch/members.json", evidence.FileReceipt},
}

// thoughtOf are edits with a meaning, made at the first place where they fit. Want is a pattern.
func thoughtOf(t *testing.T) (out []oneCase) {
	ok := "ok( ok)*"
	add := func(name, want, find, put string, only ...evidence.FileKind) {
		for _, f := range caseFiles {
			text := strings.TrimRight(string(file(t, f.of)), "\n")
			at := strings.Index(text, find)
			if find == "$" {
				at, find = len(text), ""
			}
			if at < 0 || len(only) > 0 && !slices.Contains(only, f.kind) {
				continue
			}
			units := func(s string) int { return len(utf16.Encode([]rune(s))) }
			out = append(out, oneCase{Name: name, Of: f.of, By: f.by, Kind: f.kind, At: units(text[:at]),
				Cut: units(find), Put: put, Want: want})
		}
	}
	end := func(name, want, put string) {
		for _, f := range caseFiles {
			text := strings.TrimRight(string(file(t, f.of)), "\n")
			out = append(out, oneCase{Name: name, Of: f.of, By: f.by, Kind: f.kind, At: len(utf16.Encode([]rune(text))),
				Put: put, Want: want})
		}
	}
	strictKinds := []evidence.FileKind{evidence.FileReceipt, evidence.FileStatus, evidence.FileSealed,
		evidence.FileMembers,
		evidence.FileHistory, evidence.FileEvidence}
	add("as it is", ok, "{", "{")
	add("spaces between tokens", ok, "{", " {\r\n\t")
	for name, space := range map[string]string{"a form feed": "\f", "a vertical tab": "\v",
		"a no-break space": "\u00a0", "a byte order mark inside": "\ufeff", "a line separator": "\u2028",
		"NUL": "\x00"} {
		add(name+" between tokens", "malformed", "{", "{"+space)
	}
	add("a byte order mark", "malformed", "", "\ufeff")
	end("a second value behind it", "malformed", "{}")
	end("NUL behind it", "malformed", "\x00")
	end("a comma behind it", "malformed", ",")
	add("an unknown member", "malformed|version", "{", `{"note":1,`, strictKinds...)
	add("a member of an odd name", "malformed|version", "{", `{"__proto__":1,`, strictKinds...)
	add("a member called constructor", "malformed|version", "{", `{"constructor":{},`, strictKinds...)
	add("an empty name", "malformed|version", "{", `{"":1,`)
	add("v twice", "malformed|version", `"v":1`, `"v":1,"v":1`)
	add("v in capitals", "malformed|version", `"v":1`, `"V":1`)
	add("v escaped", "malformed|version|"+ok, `"v":1`, `"\u0076":1`)
	for name, form := range map[string]string{"with a fraction": "1.0", "with an exponent": "1e0", "minus": "-1",
		"minus zero": "-0", "a text": `"1"`, "true": "true", "null": "null", "with a leading zero": "01",
		"with a plus": "+1", "huge": "1e400", "2": "2", "0": "0"} {
		add("v "+name, "malformed|version|members|organisation-signature", `"v":1`, `"v":`+form)
		add("a height "+name, "malformed|seal-signature.*|ok.*", `"height":`, `"height":`+form+`,"was":`)
	}
	add("a height with a fraction", "malformed", `"height":7`, `"height":7.0`)
	add("a height with an exponent", "malformed", `"height":7`, `"height":7e0`)
	for name, n := range map[string]string{"2^53": "9007199254740992", "2^64": "18446744073709551616",
		"a hundred digits": strings.Repeat("9", 100), "minus zero": "-0", "minus one": "-1", "0.0": "0.0"} {
		add("a time of "+name, "malformed", `"time":`, `"time":`+n+`,"was":`)
		add("an index of "+name, "malformed", `"index":`, `"index":`+n+`,"was":`)
	}
	add("null path", "malformed", `"path":[`, `"path":null,"was":[`)
	add("null seals", "malformed", `"seals":[`, `"seals":null,"was":[`)
	add("a null among the seals", "malformed", `"seals":[`, `"seals":[null,`)
	add("a list instead of a seal", "malformed", `"seals":[`, `"seals":[[],`)
	add("a null in the path", "malformed", `"path":["`, `"path":[null,"`)
	add("an odd letter in the path", "path.*", `"path":["`, `"path":["0","`)
	add("letters of another alphabet", "malformed", `"member":"h1"`, `"member":"ｈ1"`)
	add("an escaped letter", "malformed", `"member":"h1"`, `"member":"\u0068\u0031"`)
	add("half of a surrogate pair", "malformed", `"member":"h1"`, `"member":"\ud800"`)
	add("the other half", "malformed", `"member":"h1"`, `"member":"\udfff"`)
	add("an escaped slash", "malformed", `"sig":"`, `"sig":"\/`)
	add("delete", "malformed", `"sig":"`, "\"sig\":\"\x7f")
	add("a line feed in a seal", "malformed", `"sig":"ME`, `"sig":"ME\n`)
	add("a carriage return in a seal", "malformed", `"sig":"ME`, `"sig":"ME\r`)
	add("a raw line feed in a seal", "malformed", `"sig":"ME`, "\"sig\":\"ME\n")
	add("a space in a seal", "seal-signature.*", `"sig":"ME`, `"sig":"ME `)
	add("a line feed in a signature", "malformed", `"actorSig":"ME`, `"actorSig":"ME\n`)
	add("a line feed in a certificate", "malformed", `"actorCert":"MI`, `"actorCert":"MI\r\n`)
	add("a space in a certificate", ".*actor-certificate.*", `"actorCert":"MI`, `"actorCert":"MI `)
	add("a line feed in the root", "malformed", `"root":"MI`, `"root":"MI\n`)
	add("a space in the root", "members|malformed", `"root":"MI`, `"root":"MI `)
	add("a line feed in a document", "malformed", `"document":"ey`, `"document":"ey\n`)
	add("a space in a document", "malformed", `"document":"ey`, `"document":"ey `)
	add("an empty document", "malformed", `"document":"`, `"document":"","was":"`)
	add("a line feed in a salt", "malformed", `"salt":"`, `"salt":"\n`)
	add("pad bits in a salt", "malformed", `WY="`, `WZ="`)
	add("a salt without padding", "malformed", `WY="`, `WY"`)
	add("an empty salt", "malformed", `"salt":"`, `"salt":"","was":"`)
	add("a null salt", "malformed", `"salt":`, `"salt":null,"was":`)
	add("a null receipt", "malformed", `"receipt":`, `"receipt":null,"was":`)
	add("a receipt in capitals", "malformed", `"receipt":`, `"Receipt":`)
	add("a document in capitals", "malformed", `"document":`, `"Document":`)
	add("a document twice", "malformed", `"document":`, `"document":"eyJ9","document":`)
	add("an index that is 5.0 in a file", "malformed", `"index":5`, `"index":5.0`)
	add("null attempts", "malformed", `"attempts":[`, `"attempts":null,"was":[`, evidence.FileDossier)
	add("null evidence", "malformed", `"evidence":[`, `"evidence":null,"was":[`)
	add("null history", "malformed", `"history":{`, `"history":null,"was":{`)
	add("a code of five bytes", "malformed", `"code":14`, `"code":4294967296`)
	add("a code of 2^32-1", ok, `"code":14`, `"code":4294967295`)
	add("a code with a fraction", "malformed", `"code":14`, `"code":14.0`)
	add("a finding with half a pair", "malformed", `"id":"five-drugs"`, `"id":"\ud83d"`)
	add("a finding with a pair", ok, `"id":"five-drugs"`, `"id":"\ud83d\ude00"`)
	add("a finding with a name twice", "malformed", `"id":"five-drugs"`, `"id":"five-drugs","id":1`)
	add("a finding with a name twice, once escaped", "malformed", `"id":"five-drugs"`, `"id":"five-drugs","\u0069d":1`)
	add("a finding with numbers of all forms", ok, `"id":"five-drugs"`, `"id":[1.0,-0,1e3,1e400,0.1E-2]`)
	add("a finding nested sixty deep", ok, `"id":"five-drugs"`, `"id":`+strings.Repeat("[", 60)+strings.Repeat("]", 60))
	add("a finding nested seventy deep", "malformed", `"id":"five-drugs"`,
		`"id":`+strings.Repeat("[", 70)+strings.Repeat("]", 70))
	add("a finding nested ten thousand deep", "malformed", `"id":"five-drugs"`,
		`"id":`+strings.Repeat("[", 10_000)+strings.Repeat("]", 10_000))
	add("a finding with __proto__", ok, `"id":"five-drugs"`, `"__proto__":{"a":1}`)
	add("a finding that is null", ok, `"finding":{`, `"finding":null,"history":{`, "none")
	add("an access code that is a number", "malformed", `"accessCode":"`, `"accessCode":1,"was":"`)
	add("an access code with a space", "malformed", `"accessCode":"`, `"accessCode":" `)
	add("a prescription with a colon", "malformed", `"prescription":"`, `"prescription":"rx:`)
	for name, put := range map[string]string{
		"an empty name": "", "a zero width space": "医\u200b院", "right to left": "医\u202e院",
		"a no-break space": "医\u00a0院", "an ideographic space": "医\u3000院", "a private letter": "医\ue000院",
		"the replacement character": "医\ufffd院",
		"a noncharacter":            "医\ufdd0院", "a noncharacter of plane 2": "医\U0002ffff院",
		"a tag":         "医\U000e0041院",
		"a soft hyphen": "医\u00ad院", "an interlinear anchor": "医\ufff9院", "a C1 control": "医\u0085院",
		"an Arabic sign": "医\u0600院", "a musical control": "医\U0001d173院",
		"43 ideographs": strings.Repeat("医", 43), "33 emoji": strings.Repeat("😀", 33),
	} {
		add("a member's name: "+name, "members|malformed", `"name":"机构h1"`, `"name":"`+put+`"`)
	}
	for name, put := range map[string]string{"42 ideographs": strings.Repeat("医", 42),
		"32 emoji": strings.Repeat("😀", 32), "a rare ideograph": "𠮷𰻝", "not assigned yet": "医\U0003134f院",
		"combining letters": "e\u0301", "a space": "No 1 Hospital", "an object": "a\u2764\ufe0f"} {
		add("a member's name: "+name, "ok|members|organisation.*|ok( members)*", `"name":"机构h1"`, `"name":"`+put+`"`,
			evidence.FileMembers)
	}
	for name, put := range map[string]string{"markup": "<b>", "an ampersand": "a&b", "an escape": `\u533b`,
		"a backslash": `\\`, "a tab": `\t`, "half a pair": `\ud800`, "delete": "\x7f"} {
		add("a member's name: "+name, "malformed", `"name":"机构h1"`, `"name":"`+put+`"`)
	}
	add("suspended false", "malformed", `"role":"hospital"`, `"role":"hospital","suspended":false`)
	add("an empty list of nodes", "malformed", `"name":"机构h1"`, `"name":"机构h1","nodes":[]`, evidence.FileMembers)
	add("from zero", "malformed", `"members":[`, `"from":0,"members":[`, evidence.FileMembers)
	add("from one", "ok", `"members":[`, `"from":1,"members":[`, evidence.FileMembers)
	add("power above 2^40", "members", `"power":1,`, `"power":1099511627777,`, evidence.FileMembers)
	add("power of 2^40", "ok", `"power":1,`, `"power":1099511627776,`, evidence.FileMembers)
	add("a batch of one more", "organisation-signature|malformed", `"size":`, `"size":1`, evidence.FileReceipt)
	add("a place of minus one", "malformed", `"batch":{"index":`, `"batch":{"index":-1,"was":`, evidence.FileReceipt)
	add("a place in a batch of none", "malformed", `"batch":{`, `"batch":{},"was":{`, evidence.FileReceipt)
	add("no batch", "malformed|version", `"batch":{`, `"batch":null,"was":{`, evidence.FileReceipt)
	add("a batch's path of a text", "malformed", `"batch":{"index":0,"path":[`, `"batch":{"index":0,"path":["",`,
		evidence.FileReceipt)
	add("format 1 of a batch", "version|malformed|organisation-signature", `"v":2}`, `"v":1}`, evidence.FileReceipt)
	add("an expiry of zero", "malformed", `"expires":`, `"expires":0,"was":`, evidence.FileReceipt)
	add("no facts", "malformed", `"facts":{`, `"facts":null,"was":{`)
	add("facts that are a list", "malformed", `"facts":{`, `"facts":[],"was":{`)
	for _, size := range []int{chain.MaxReceiptBytes, membership.MaxMembersBytes} {
		add(fmt.Sprintf("%d spaces", size), "malformed|ok.*", "{", "{"+strings.Repeat(" ", size), evidence.FileReceipt,
			evidence.FileMembers, evidence.FileStatus)
	}
	return slices.DeleteFunc(out, func(c oneCase) bool {
		return len(c.Put) > 4096 && *casesTo == "" && c.Name != "a finding nested ten thousand deep"
	})
}

var tokens = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*|[{}\[\],:]|true|false|null`)

// drawn are edits at random places.
func drawn(t *testing.T) (out []oneCase) {
	r := rand.New(rand.NewPCG(*casesSeed, 0))
	for _, f := range caseFiles {
		text := string(file(t, f.of))
		places := tokens.FindAllStringIndex(text, -1)
		for range *casesDraws {
			p := places[r.IntN(len(places))]
			token := text[p[0]:p[1]]
			put := mutate(r, token, text, places)
			if put == token {
				continue
			}
			units := func(s string) int { return len(utf16.Encode([]rune(s))) }
			out = append(out, oneCase{Of: f.of, By: f.by, Kind: f.kind, At: units(text[:p[0]]),
				Cut: units(token), Put: put})
		}
	}
	return out
}

// mutate draws another text for a token.
func mutate(r *rand.Rand, token, text string, places [][]int) string {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	other := places[r.IntN(len(places))]
	switch r.IntN(8) {
	case 0:
		return text[other[0]:other[1]]
	case 1:
		return token + pick("", " ", "\n", "\t\r")
	case 2:
		return pick("null", "true", "false", "0", "1", "-1", "-0", "1.0", "1e3", "9007199254740991", "9007199254740992",
			"1e400", `""`, "[]", "{}", `"x"`, "")
	}
	switch {
	case token[0] == '"' && len(token) > 2:
		inside := []byte(token[1 : len(token)-1])
		i := r.IntN(len(inside))
		switch r.IntN(9) {
		case 0:
			return `"` + strings.ToUpper(string(inside)) + `"`
		case 1:
			return `"` + string(inside[:i]) +
				pick(`\n`, `\r\n`, `\u000a`, `\t`, " ", "=", `\"`, `\\`, "\x7f", "<", "&", "é", "\u200b", `\ud800`,
					"A") + string(inside[i:]) + `"`
		case 2:
			return `"` + string(inside[:i]) + string(inside[i+1:]) + `"`
		case 3:
			if inside[i] < 0x80 {
				return `"` + string(inside[:i]) + fmt.Sprintf(`\u%04x`, inside[i]) + string(inside[i+1:]) + `"`
			}
		case 4:
			if inside[i] < 0x80 {
				inside[i] = "AQgw048+/=abcdefZ"[r.IntN(17)]
			}
			return strings.ToValidUTF8(`"`+string(inside)+`"`, "?")
		case 5:
			return `"` + strings.TrimRight(string(inside), "=") + pick("", "=", "==", "===") + `"`
		case 6:
			return token + ":" + pick("1", `"x"`, token) + "," + token
		case 7:
			return token + pick(",", ":") + token
		}
		return `"` + string(inside) + pick("A", "0", "=", " ") + `"`
	case token[0] >= '0' && token[0] <= '9':
		return pick(token+".0", token+"e0", token+"E+0", "0"+token, "-"+token, token+"0", token+"1", token+".",
			`"`+token+`"`, "["+token+"]", "+"+token)
	}
	return pick("", token+token, token+",", ","+token, token+"{}", token+"null,", token+`"note":1,`, "/**/"+token,
		token+"\x00", token+"\u00a0", "\ufeff"+token)
}

// TestCasesDrawnAnew looks for what the two readers of this program itself take for different
// things: what is taken is written again as it came.
func TestCasesDrawnAnew(t *testing.T) {
	for _, c := range drawn(t) {
		text := c.edited(t)
		if c.Kind != evidence.FileReceipt {
			continue
		}
		r, err := chain.ParseReceipt(text)
		if err != nil {
			if !errors.Is(err, canonical.ErrMalformed) && !errors.Is(err, canonical.ErrTooLarge) {
				t.Errorf("%s: %v", filepath.Base(c.Of), err)
			}
			continue
		}
		var packed bytes.Buffer
		if json.Compact(&packed, text) != nil || !bytes.Equal(packed.Bytes(), r.Bytes()) {
			t.Errorf("%s at %d: written otherwise than it was read", c.Of, c.At)
		}
	}
}
