package pki

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/smart-hospital/hospital/chain/gm"
)

// testdata/profile.json holds certificates that the profile takes or refuses, each properly signed
// by its issuer: a member's CA could make any of them. This program and the mini-app
// (frontend/test/unit/profile.test.ts) must say the same of each.
//
//	go test ./chain/gm/pki -run Profile -update-profile
var updateProfile = flag.Bool("update-profile", false, "make the certificates of testdata/profile.json anew")

type profileCase struct {
	Name string `json:"name"`
	Leaf string `json:"leaf"`         // base64 DER
	CA   string `json:"ca,omitempty"` // empty: the file's
	Root string `json:"root,omitempty"`
	At   int64  `json:"at,omitempty"` // Unix milliseconds; 0: an hour after notBefore
	Good bool   `json:"good"`
}

type profileFile struct {
	CA    string        `json:"ca"`
	Root  string        `json:"root"`
	At    int64         `json:"at"`
	Cases []profileCase `json:"cases"`
}

// parts are a certificate's, in DER; what is nil is left out.
type parts struct {
	version, serial, algorithm, issuer, notBefore, notAfter, subject, key, uniqueID []byte
	extensions                                                                      [][]byte
	noExtensions                                                                    bool
	// signature algorithm outside
	outer []byte
	tail  []byte // behind everything
}

func element(tag asn1.Tag, inside ...[]byte) []byte {
	var b cryptobyte.Builder
	b.AddASN1(tag, func(b *cryptobyte.Builder) {
		for _, part := range inside {
			b.AddBytes(part)
		}
	})
	return b.BytesOrPanic()
}

func oid(hexes string) []byte { return element(asn1.OBJECT_IDENTIFIER, must16(hexes)) }

func must16(s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return b
}

func attribute(typ string, tag asn1.Tag, value string) []byte {
	return element(asn1.SET, element(asn1.SEQUENCE, oid(typ), element(tag, []byte(value))))
}

func extension(typ string, value []byte) []byte {
	return element(asn1.SEQUENCE, oid(typ), element(asn1.OCTET_STRING, value))
}

func critical(typ string, flag byte, value []byte) []byte {
	return element(asn1.SEQUENCE, oid(typ), element(asn1.BOOLEAN, []byte{flag}), element(asn1.OCTET_STRING, value))
}

const (
	hexCN, hexO, hexOU, hexC                                = "550403", "55040a", "55040b", "550406"
	hexUsage, hexBasic, hexExtUsage, hexSKI, hexAKI, hexSAN = "551d0f", "551d13", "551d25", "551d0e",
		"551d23", "551d11"
	hexClientAuth, hexServerAuth, hexCodeSigning, hexAnyPurpose = "2b06010505070302", "2b06010505070301",
		"2b06010505070303", "551d2500"
)

var algorithmDER = element(asn1.SEQUENCE, derSM2WithSM3)

func (p parts) sign(t *testing.T, key *gm.PrivateKey) string {
	t.Helper()
	tbs := element(asn1.SEQUENCE, p.version, p.serial, p.algorithm, p.issuer,
		element(asn1.SEQUENCE, p.notBefore, p.notAfter), p.subject, p.key, p.uniqueID)
	if !p.noExtensions {
		inside := cryptobyte.String(tbs)
		var body cryptobyte.String
		inside.ReadASN1(&body, asn1.SEQUENCE)
		tbs = element(asn1.SEQUENCE, body, element(tagExtensions, element(asn1.SEQUENCE, p.extensions...)))
	}
	sig, err := key.Sign(tbs)
	if err != nil {
		t.Fatal(err)
	}
	der := element(asn1.SEQUENCE, tbs, p.outer, element(asn1.BIT_STRING, []byte{0}, sig))
	return base64.StdEncoding.EncodeToString(append(der, p.tail...))
}

// profileCases makes every certificate.
func profileCases(t *testing.T) profileFile {
	c := newConsortium(t)
	b64 := func(x *Certificate) string { return base64.StdEncoding.EncodeToString(x.Raw()) }
	f := profileFile{CA: b64(c.ca), Root: b64(c.root), At: certTime.Add(time.Hour).UnixMilli()}
	usage := func(bits ...byte) []byte { return extension(hexUsage, element(asn1.BIT_STRING, bits)) }
	uses := func(list ...string) []byte {
		var all []byte
		for _, u := range list {
			all = append(all, oid(u)...)
		}
		return extension(hexExtUsage, element(asn1.SEQUENCE, all))
	}
	basic := func(inside ...[]byte) []byte { return extension(hexBasic, element(asn1.SEQUENCE, inside...)) }
	yes, pathOf := element(asn1.BOOLEAN, []byte{0xff}), func(n ...byte) []byte { return element(asn1.INTEGER, n) }
	utc := func(s string) []byte { return element(asn1.UTCTime, []byte(s)) }
	general := func(s string) []byte { return element(asn1.GeneralizedTime, []byte(s)) }
	begin, end := certTime.UTC(), certTime.UTC().AddDate(1, 0, 0)
	made := func(pub *gm.PublicKey, issuer []byte) parts {
		return parts{
			version: element(tagVersion, derVersion3), serial: element(asn1.INTEGER, []byte{0x41, 2, 3}),
			algorithm: algorithmDER, issuer: issuer,
			notBefore: utc(begin.Format("060102150405Z")), notAfter: utc(end.Format("060102150405Z")),
			subject: element(asn1.SEQUENCE, attribute(hexO, asn1.UTF8String, "h1"),
				attribute(hexOU, asn1.UTF8String, "doctor"), attribute(hexCN, asn1.PrintableString, "u1")),
			key: pub.SPKI(), extensions: [][]byte{usage(6, 0xc0), uses(hexClientAuth)}, outer: algorithmDER,
		}
	}
	pub := newKey(t).Public()
	leaf := func(name string, good bool, change func(*parts)) {
		p := made(pub, c.ca.x.RawSubject)
		change(&p)
		f.Cases = append(f.Cases, profileCase{Name: name, Leaf: p.sign(t, c.caKey), Good: good})
	}
	at := func(name string, ms int64, good bool) {
		f.Cases = append(f.Cases, profileCase{Name: name, Leaf: b64(c.doctor), At: ms, Good: good})
	}
	ext := func(name string, good bool, list ...[]byte) { leaf(name, good, func(p *parts) { p.extensions = list }) }
	more := func(name string, good bool, list ...[]byte) {
		leaf(name, good, func(p *parts) { p.extensions = append(p.extensions, list...) })
	}

	leaf("as it should be", true, func(*parts) {})
	at("in its first millisecond", begin.UnixMilli(), true)
	at("a millisecond before it", begin.UnixMilli()-1, false)
	at("in its last millisecond", end.UnixMilli(), true)
	at("a millisecond after it", end.UnixMilli()+1, false)

	leaf("version 2", false, func(p *parts) { p.version = element(tagVersion, []byte{2, 1, 1}) })
	leaf("no version", false, func(p *parts) { p.version = nil })
	leaf("a serial number of zero", true, func(p *parts) { p.serial = element(asn1.INTEGER, []byte{0}) })
	leaf("a serial number of twenty bytes", true,
		func(p *parts) { p.serial = element(asn1.INTEGER, append([]byte{0x7f}, make([]byte, 19)...)) })
	leaf("a serial number of twenty-one bytes", false,
		func(p *parts) { p.serial = element(asn1.INTEGER, append([]byte{0x7f}, make([]byte, 20)...)) })
	leaf("a negative serial number", false, func(p *parts) { p.serial = element(asn1.INTEGER, []byte{0x81}) })
	leaf("a padded serial number", false, func(p *parts) { p.serial = element(asn1.INTEGER, []byte{0, 1}) })
	null := element(asn1.SEQUENCE, derSM2WithSM3, []byte{5, 0})
	leaf("NULL beside the algorithm", false, func(p *parts) { p.algorithm, p.outer = null, null })
	leaf("two algorithms", false, func(p *parts) { p.outer = null })
	leaf("another algorithm", false, func(p *parts) {
		p.algorithm = element(asn1.SEQUENCE, oid("2a8648ce3d040302"))
		p.outer = p.algorithm
	})
	leaf("unique ids", false, func(p *parts) { p.uniqueID = element(asn1.Tag(1).ContextSpecific(), []byte{0, 1}) })
	leaf("something behind it", false, func(p *parts) { p.tail = []byte{0} })
	leaf("another issuer", false, func(p *parts) { p.issuer = c.root.x.RawSubject })
	leaf("a key of another curve", false, func(p *parts) {
		p.key = element(asn1.SEQUENCE, element(asn1.SEQUENCE, oid("2a8648ce3d0201"), oid("2a8648ce3d030107")),
			element(asn1.BIT_STRING, []byte{0}, pub.Bytes()))
	})
	leaf("a point off the curve", false, func(p *parts) {
		point := pub.Bytes()
		point[len(point)-1] ^= 1
		p.key = element(asn1.SEQUENCE, element(asn1.SEQUENCE, oid("2a8648ce3d0201"), oid("2a811ccf5501822d")),
			element(asn1.BIT_STRING, []byte{0}, point))
	})

	for name, text := range map[string]string{
		"without seconds": begin.Format("0601021504Z"), "with an offset": begin.Format("060102150405") + "+0000",
		"of month 13": "261301000000Z", "of 30 February": "260230000000Z",
		"of a leap second": "261231235960Z", "of hour 24": "260101240000Z", "without Z": begin.Format("060102150405"),
		"with a space": " 60101000000Z",
	} {
		leaf("UTCTime "+name, false, func(p *parts) { p.notBefore = utc(text) })
	}
	leaf("UTCTime of the last century", true, func(p *parts) { p.notBefore = utc("500101000000Z") })
	leaf("GeneralizedTime", true, func(p *parts) {
		p.notBefore, p.notAfter = general(begin.Format("20060102150405Z")), general("20991231235959Z")
	})
	for name, text := range map[string]string{
		"with a fraction": "20260101000000.5Z", "with an offset": "20260101000000+0800",
		"without seconds": "202601010000Z", "of 29 February": "20270229000000Z",
	} {
		leaf("GeneralizedTime "+name, false, func(p *parts) { p.notBefore = general(text) })
	}
	leaf("GeneralizedTime of the year 30", true, func(p *parts) { p.notBefore = general("00300101000000Z") })
	leaf("a third time", false, func(p *parts) { p.notAfter = append(p.notAfter, utc("991231235959Z")...) })
	leaf("a time of another kind", false,
		func(p *parts) { p.notBefore = element(asn1.PrintableString, []byte("260101000000Z")) })

	org, unit, cn := attribute(hexO, asn1.UTF8String, "h1"), attribute(hexOU, asn1.UTF8String, "doctor"),
		attribute(hexCN, asn1.UTF8String, "u1")
	subject := func(name string, good bool, list ...[]byte) {
		leaf(name, good, func(p *parts) { p.subject = element(asn1.SEQUENCE, list...) })
	}
	subject("a country and a place twice", true, attribute(hexC, asn1.PrintableString, "CN"),
		attribute("550407", asn1.UTF8String, "浦东"), attribute("550407", asn1.UTF8String, "上海"), org, unit, cn)
	subject("CN twice", false, org, unit, cn, cn)
	subject("O twice", false, org, org, unit, cn)
	subject("OU twice", false, org, unit, unit, cn)
	subject("two attributes in one set", false,
		element(asn1.SET, element(asn1.SEQUENCE, oid(hexO), element(asn1.UTF8String, []byte("h1"))),
			element(asn1.SEQUENCE, oid(hexOU), element(asn1.UTF8String, []byte("doctor")))), cn)
	subject("an empty set", false, org, unit, cn, element(asn1.SET))
	for name, tag := range map[string]asn1.Tag{"IA5String": asn1.IA5String, "T61String": asn1.T61String,
		"BMPString": asn1.Tag(30), "NumericString": asn1.Tag(18), "OCTET STRING": asn1.OCTET_STRING} {
		subject("CN as "+name, false, org, unit, attribute(hexCN, tag, "12"))
	}
	subject("a star in a PrintableString", false, org, unit, attribute(hexCN, asn1.PrintableString, "u*"))
	subject("an underscore in a PrintableString", false, org, unit, attribute(hexCN, asn1.PrintableString, "u_1"))
	subject("every sign of a PrintableString", true, org, unit,
		attribute(hexCN, asn1.PrintableString, "u '()+,-./:=?9"))
	subject("a name that is no UTF-8", false, org, unit, attribute(hexCN, asn1.UTF8String, "u\xff"))
	subject("an attribute with a padded id", false, org, unit, cn, attribute("80550403", asn1.UTF8String, "x"))
	subject("an attribute with a huge id", false, org, unit, cn, attribute("2a8880808001", asn1.UTF8String, "x"))
	subject("an attribute with the largest id", true, org, unit, cn, attribute("2a87ffffff7f", asn1.UTF8String, "x"))
	subject("an attribute with an id cut short", false, org, unit, cn, attribute("2a81", asn1.UTF8String, "x"))
	subject("no subject", true)

	leaf("no extensions", false, func(p *parts) { p.noExtensions = true })
	ext("an empty list of extensions", false)
	ext("a server's use", true, usage(6, 0xc0), uses(hexServerAuth))
	ext("two uses", true, usage(7, 0x80), uses(hexCodeSigning, hexClientAuth))
	ext("code signing", false, usage(7, 0x80), uses(hexCodeSigning))
	ext("any use", false, usage(7, 0x80), uses(hexAnyPurpose))
	ext("no use", false, usage(7, 0x80))
	ext("an empty list of uses", false, usage(7, 0x80), extension(hexExtUsage, element(asn1.SEQUENCE)))
	ext("a use with a padded id", false, usage(7, 0x80), uses(hexClientAuth, "802a"))
	ext("no key usage", false, uses(hexClientAuth))
	ext("key usage for encipherment", false, usage(5, 0x20), uses(hexClientAuth))
	ext("key usage for certificates too", false, usage(2, 0x84), uses(hexClientAuth))
	ext("key usage for lists too", false, usage(1, 0x82), uses(hexClientAuth))
	ext("key usage of nine bits", true, usage(7, 0x80, 0x80), uses(hexClientAuth))
	ext("key usage with a zero at the end", false, usage(6, 0x80), uses(hexClientAuth))
	ext("key usage with bits below the last", false, usage(7, 0xc0), uses(hexClientAuth))
	ext("key usage of nothing", false, usage(0), uses(hexClientAuth))
	ext("key usage of three bytes", false, usage(7, 0x80, 0, 0x80), uses(hexClientAuth))
	ext("key usage with something behind", false,
		extension(hexUsage, append(element(asn1.BIT_STRING, []byte{7, 0x80}), 5, 0)), uses(hexClientAuth))
	ext("critical key usage", true, critical(hexUsage, 0xff, element(asn1.BIT_STRING, []byte{7, 0x80})),
		uses(hexClientAuth))
	ext("critical FALSE", false, critical(hexUsage, 0, element(asn1.BIT_STRING, []byte{7, 0x80})), uses(hexClientAuth))
	ext("critical 1", false, critical(hexUsage, 1, element(asn1.BIT_STRING, []byte{7, 0x80})), uses(hexClientAuth))
	more("key usage twice", false, usage(6, 0xc0))
	more("an unknown extension", true, extension("2a030405", []byte("anything")))
	more("an unknown extension twice", false, extension("2a030405", nil), extension("2a030405", nil))
	more("an unknown critical extension", false, critical("2a030405", 0xff, nil))
	more("an unknown extension with a padded id", false, extension("802a0304", nil))
	more("no cA", true, basic())
	more("cA FALSE", false, basic(element(asn1.BOOLEAN, []byte{0})))
	more("cA TRUE", false, basic(yes))
	more("a path length without cA", false, basic(pathOf(0)))
	more("key ids", true, extension(hexSKI, element(asn1.OCTET_STRING, []byte("id"))),
		extension(hexAKI, element(asn1.SEQUENCE, element(tagKeyID, []byte("id")))))
	more("a critical key id", false, critical(hexSKI, 0xff, element(asn1.OCTET_STRING, []byte("id"))))
	more("a key id that is none", false, extension(hexSKI, []byte("id")))
	more("an issuer's name beside the key id", false,
		extension(hexAKI, element(asn1.SEQUENCE, element(tagKeyID, []byte("id")),
			element(asn1.Tag(2).ContextSpecific(), []byte{1}))))
	more("an empty issuer's key id", false, extension(hexAKI, element(asn1.SEQUENCE)))
	more("other names", false, extension(hexSAN,
		element(asn1.SEQUENCE, element(asn1.Tag(2).ContextSpecific(), []byte("h1.example")))))
	for name, typ := range map[string]string{"name constraints": "551d1e", "policies": "551d20",
		"policy constraints": "551d24", "inhibited policies": "551d36", "distribution points": "551d1f",
		"addresses of the issuer": "2b06010505070101"} {
		more(name, false, extension(typ, element(asn1.SEQUENCE)))
	}

	authority := func(name string, good bool, change func(*parts)) {
		key := newKey(t)
		p := made(key.Public(), c.root.x.RawSubject)
		p.extensions = [][]byte{usage(1, 0x06), critical(hexBasic, 0xff, element(asn1.SEQUENCE, yes))}
		p.subject = element(asn1.SEQUENCE, attribute(hexCN, asn1.UTF8String, "第二医院"))
		change(&p)
		l := made(pub, p.subject)
		f.Cases = append(f.Cases, profileCase{Name: "CA: " + name, Leaf: l.sign(t, key), CA: p.sign(t, c.rootKey),
			Good: good})
	}
	authority("as it should be", true, func(*parts) {})
	authority("path length 0", true, func(p *parts) { p.extensions[1] = basic(yes, pathOf(0)) })
	authority("path length 127", true, func(p *parts) { p.extensions[1] = basic(yes, pathOf(127)) })
	authority("path length 128", false, func(p *parts) { p.extensions[1] = basic(yes, pathOf(0, 128)) })
	authority("a padded path length", false, func(p *parts) { p.extensions[1] = basic(yes, pathOf(0, 0)) })
	authority("a negative path length", false, func(p *parts) { p.extensions[1] = basic(yes, pathOf(0xff)) })
	authority("something behind the path length", false,
		func(p *parts) { p.extensions[1] = basic(yes, pathOf(0), pathOf(0)) })
	authority("no keyCertSign", false, func(p *parts) { p.extensions[0] = usage(1, 0x02) })
	authority("no key usage", false, func(p *parts) { p.extensions = p.extensions[1:] })
	authority("no cA", false, func(p *parts) { p.extensions[1] = basic() })
	authority("a use in common", true, func(p *parts) { p.extensions = append(p.extensions, uses(hexClientAuth)) })
	authority("no use in common", false, func(p *parts) { p.extensions = append(p.extensions, uses(hexServerAuth)) })
	authority("any use", false, func(p *parts) { p.extensions = append(p.extensions, uses(hexAnyPurpose)) })
	authority("a use in common that is not ours", false,
		func(p *parts) { p.extensions = append(p.extensions, uses(hexCodeSigning)) })
	authority("the root's key", false, func(p *parts) { p.key = c.rootKey.Public().SPKI() })
	authority("over already", false,
		func(p *parts) { p.notAfter = utc(begin.Add(time.Minute).Format("060102150405Z")) })
	byRoot := made(pub, c.root.x.RawSubject)
	f.Cases = append(f.Cases, profileCase{Name: "issued by the root itself", Leaf: byRoot.sign(t, c.rootKey)})
	return f
}

func TestProfile(t *testing.T) {
	const path = "testdata/profile.json"
	if *updateProfile {
		text, err := json.MarshalIndent(profileCases(t), "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var f profileFile
	if err := json.Unmarshal(text, &f); err != nil || len(f.Cases) < 100 {
		t.Fatalf("%d cases, %v", len(f.Cases), err)
	}
	for _, c := range f.Cases {
		if err := f.judge(c); (err == nil) != c.Good {
			t.Errorf("%s: %v", c.Name, err)
		}
	}
}

func (f profileFile) judge(c profileCase) error {
	all := make([]*Certificate, 3)
	for i, text := range [][2]string{{c.Leaf, ""}, {c.CA, f.CA}, {c.Root, f.Root}} {
		if text[0] == "" {
			text[0] = text[1]
		}
		der, err := base64.StdEncoding.DecodeString(text[0])
		if err != nil {
			return err
		}
		if all[i], err = ParseCertificate(der); err != nil {
			return err
		}
	}
	at := f.At
	if c.At != 0 {
		at = c.At
	}
	return VerifyIssued(all[0], all[1], all[2], time.UnixMilli(at))
}
