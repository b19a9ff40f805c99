package pki

import (
	"bytes"
	stdasn1 "encoding/asn1"
	"fmt"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/smart-hospital/hospital/chain/gm"
)

// Profile is what a certificate of a consortium must look like, over and above what
// ParseCertificate asks: chain/RECEIPT.md section 11. X.509 libraries differ in what they let pass
// (times without seconds, an extension twice, numbers that are not minimal, names in other
// alphabets), and a certificate that only some of them take would make receipts that hold in one
// country and not in another. Everything here has one spelling, and what a library could read
// differently is not there at all. ErrFormat, with the rule.
func (c *Certificate) Profile() error {
	if rule := profile(c.x.Raw); rule != "" {
		return fmt.Errorf("%w: certificate: %s", gm.ErrFormat, rule)
	}
	return nil
}

var (
	derVersion3 = []byte{2, 1, 2}
	// 1.2.156.10197.1.501, parameters absent
	derSM2WithSM3   = []byte{0x06, 0x08, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x01, 0x83, 0x75}
	derTrue         = []byte{0xff}
	tagVersion      = asn1.Tag(0).Constructed().ContextSpecific()
	tagExtensions   = asn1.Tag(3).Constructed().ContextSpecific()
	tagKeyID        = asn1.Tag(0).ContextSpecific()
	oidCommonName   = stdasn1.ObjectIdentifier{2, 5, 4, 3}
	oidOrganization = stdasn1.ObjectIdentifier{2, 5, 4, 10}
	oidUnit         = stdasn1.ObjectIdentifier{2, 5, 4, 11}
)

// Extensions by the last number of 2.5.29: those that are read, and those that say who may be named
// or issued, which some libraries judge.
const (
	extSubjectKeyID     = 14
	extKeyUsage         = 15
	extBasicConstraints = 19
	extAuthorityKeyID   = 35
	extExtKeyUsage      = 37
)

// judged are the extensions that libraries read or judge and that the profile has no place for:
// names, constraints, policies, addresses.
var judged = map[string]bool{
	"2.5.29.9": true, "2.5.29.17": true, "2.5.29.18": true, "2.5.29.30": true, "2.5.29.31": true, "2.5.29.32": true,
	"2.5.29.33": true,
	"2.5.29.36": true, "2.5.29.46": true, "2.5.29.54": true, "1.3.6.1.5.5.7.1.1": true, "1.3.6.1.5.5.7.1.11": true,
}

func profile(der []byte) string {
	var cert, tbs, version, issuer, validity, subject, key, extensions, algorithm, signed, outer cryptobyte.String
	var signature []byte
	input := cryptobyte.String(der)
	if !input.ReadASN1(&cert, asn1.SEQUENCE) || !input.Empty() || !cert.ReadASN1(&tbs, asn1.SEQUENCE) ||
		!cert.ReadASN1(&algorithm, asn1.SEQUENCE) ||
		!cert.ReadASN1BitStringAsBytes(&signature) || !cert.Empty() || !bytes.Equal(algorithm, derSM2WithSM3) {
		return "frame, or signature algorithm"
	}
	if !tbs.ReadASN1(&version, tagVersion) || !bytes.Equal(version, derVersion3) || !plainSerial(&tbs) ||
		!tbs.ReadASN1(&signed, asn1.SEQUENCE) ||
		!bytes.Equal(signed, derSM2WithSM3) {
		return "version, serial number or algorithm"
	}
	if !tbs.ReadASN1(&issuer, asn1.SEQUENCE) || !tbs.ReadASN1(&validity, asn1.SEQUENCE) ||
		!tbs.ReadASN1(&subject, asn1.SEQUENCE) ||
		!tbs.ReadASN1(&key, asn1.SEQUENCE) || !tbs.ReadASN1(&outer, tagExtensions) || !tbs.Empty() ||
		!outer.ReadASN1(&extensions, asn1.SEQUENCE) || !outer.Empty() {
		return "members of the certificate, unique ids or none of the extensions"
	}
	if !plainName(issuer) || !plainName(subject) {
		return "name: one attribute in each set, CN, O and OU at most once, UTF8String or PrintableString"
	}
	before, after := plainTime(&validity), plainTime(&validity) // one reads behind the other
	if !before || !after || !validity.Empty() {
		return "validity: UTCTime or GeneralizedTime with seconds and Z"
	}
	return plainExtensions(extensions)
}

// plainSerial: an INTEGER that is not negative, of at most 20 bytes, in its shortest form.
func plainSerial(s *cryptobyte.String) bool {
	var n cryptobyte.String
	return s.ReadASN1(&n, asn1.INTEGER) && len(n) > 0 && len(n) <= maxSerial && n[0]&0x80 == 0 &&
		(n[0] != 0 || len(n) == 1 || n[1]&0x80 != 0)
}

func plainName(name cryptobyte.String) bool {
	seen := map[string]bool{}
	for !name.Empty() {
		var set, pair, value cryptobyte.String
		var oid stdasn1.ObjectIdentifier
		var tag asn1.Tag
		if !name.ReadASN1(&set, asn1.SET) || !set.ReadASN1(&pair, asn1.SEQUENCE) || !set.Empty() ||
			!pair.ReadASN1ObjectIdentifier(&oid) ||
			!pair.ReadAnyASN1(&value, &tag) || !pair.Empty() {
			return false
		}
		if tag != asn1.UTF8String && tag != asn1.PrintableString || !utf8.Valid(value) ||
			tag == asn1.PrintableString && !printable(value) {
			return false
		}
		if oid.Equal(oidCommonName) || oid.Equal(oidOrganization) || oid.Equal(oidUnit) {
			if seen[oid.String()] {
				return false
			}
			seen[oid.String()] = true
		}
	}
	return true
}

// printable: the alphabet of PrintableString (X.680 41.4).
func printable(text []byte) bool {
	for _, c := range text {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') &&
			!bytes.ContainsRune([]byte(" '()+,-./:=?"), rune(c)) {
			return false
		}
	}
	return true
}

func plainTime(s *cryptobyte.String) bool {
	var body cryptobyte.String
	var tag asn1.Tag
	if !s.ReadAnyASN1(&body, &tag) {
		return false
	}
	form := map[asn1.Tag]string{asn1.UTCTime: "060102150405Z", asn1.GeneralizedTime: "20060102150405Z"}[tag]
	if len(body) != len(form) || form == "" {
		return false
	}
	at, err := time.Parse(form, string(body))
	return err == nil && at.Format(form) == string(body)
}

func plainExtensions(s cryptobyte.String) string {
	seen := map[string]bool{}
	for !s.Empty() {
		var one, value, flag cryptobyte.String
		var oid stdasn1.ObjectIdentifier
		var critical bool
		if !s.ReadASN1(&one, asn1.SEQUENCE) || !one.ReadASN1ObjectIdentifier(&oid) ||
			!one.ReadOptionalASN1(&flag, &critical, asn1.BOOLEAN) ||
			critical && !bytes.Equal(flag, derTrue) || !one.ReadASN1(&value, asn1.OCTET_STRING) || !one.Empty() {
			return "extension"
		}
		name := oid.String()
		if seen[name] {
			return "extension " + name + " twice"
		}
		seen[name] = true
		if judged[name] || !plainExtension(oid, value, critical) {
			return "extension " + name
		}
	}
	return ""
}

func plainExtension(oid stdasn1.ObjectIdentifier, value cryptobyte.String, critical bool) bool {
	last := 0
	if len(oid) == 4 && oid[:3].Equal(stdasn1.ObjectIdentifier{2, 5, 29}) {
		last = oid[3]
	}
	var body cryptobyte.String
	switch last {
	case extKeyUsage:
		return value.ReadASN1(&body, asn1.BIT_STRING) && value.Empty() && minimalBits(body)
	case extBasicConstraints:
		return value.ReadASN1(&body, asn1.SEQUENCE) && value.Empty() && plainConstraints(body)
	case extExtKeyUsage:
		if !value.ReadASN1(&body, asn1.SEQUENCE) || !value.Empty() || body.Empty() {
			return false
		}
		for !body.Empty() {
			var use stdasn1.ObjectIdentifier
			if !body.ReadASN1ObjectIdentifier(&use) {
				return false
			}
		}
		return true
	case extSubjectKeyID:
		return !critical && value.ReadASN1(&body, asn1.OCTET_STRING) && value.Empty()
	case extAuthorityKeyID:
		var id cryptobyte.String
		return !critical && value.ReadASN1(&body, asn1.SEQUENCE) && value.Empty() && body.ReadASN1(&id, tagKeyID) &&
			body.Empty()
	}
	return !critical // what is not known may stand there, and is not read
}

// minimalBits: a named bit list of one or two bytes whose last bit is set (X.690 11.2.2).
func minimalBits(body cryptobyte.String) bool {
	if len(body) < 2 || len(body) > 3 || body[0] > 7 {
		return false
	}
	return body[len(body)-1]<<(7-body[0]) == 0x80
}

// plainConstraints: nothing, cA TRUE, or cA TRUE with a path length of 0 to 127.
func plainConstraints(body cryptobyte.String) bool {
	if body.Empty() {
		return true
	}
	var flag, length cryptobyte.String
	if !body.ReadASN1(&flag, asn1.BOOLEAN) || !bytes.Equal(flag, derTrue) {
		return false
	}
	if body.Empty() {
		return true
	}
	return body.ReadASN1(&length, asn1.INTEGER) && body.Empty() && len(length) == 1 && length[0] < 0x80
}
