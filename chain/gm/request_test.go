package gm

import (
	"bytes"
	"errors"
	"testing"
)

func TestRequests(t *testing.T) {
	key := newKey(t)
	der, err := NewRequest(key, "u1", "h1", "doctor")
	if err != nil {
		t.Fatal(err)
	}
	req, err := ParseRequest(der)
	if err != nil || !req.PublicKey.Equal(key.Public()) || req.CommonName != "u1" || req.Organization != "h1" ||
		req.Unit != "doctor" {
		t.Fatalf("%+v, %v", req, err)
	}
	swapped := bytes.Replace(der, key.pub.raw[:], newKey(t).pub.raw[:], 1)
	renamed := bytes.Replace(der, []byte("doctor"), []byte("admins"), 1)
	for name, c := range map[string]struct {
		der  []byte
		want error
	}{
		"another's public key": {swapped, ErrSig}, "role altered": {renamed, ErrSig}, "nil": {nil, ErrFormat},
		"trailing": {append(bytes.Clone(der), 0), ErrFormat}, "huge": {make([]byte, MaxCertificateSize+1), ErrFormat},
		"third integer": {thirdInteger(t, der), ErrSig},
	} {
		if bytes.Equal(c.der, der) {
			t.Fatalf("%s: the test changed nothing", name)
		}
		if _, err := ParseRequest(c.der); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if _, err := NewRequest(key, "", "h1", "doctor"); !errors.Is(err, ErrCert) {
		t.Errorf("no name: %v, want ErrCert", err)
	}
}

func TestEnrolment(t *testing.T) {
	key, other, nonce := newKey(t), newKey(t), bytes.Repeat([]byte{9}, 32)
	challenge, err := NewEnrolment(key.Public(), nonce)
	if err != nil {
		t.Fatal(err)
	}
	sig := mustSign(t, key, challenge)
	if err := VerifyPossession(key.Public(), challenge, sig); err != nil {
		t.Fatal(err)
	}
	if e, err := ParseEnrolment(challenge); err != nil || !e.PublicKey.Equal(key.Public()) ||
		!bytes.Equal(e.Nonce, nonce) {
		t.Fatalf("ParseEnrolment: %v", err)
	}
	for name, c := range map[string]struct {
		pub            *PublicKey
		challenge, sig []byte
		want           error
	}{
		"another's key":       {other.Public(), challenge, sig, ErrKey},
		"another's signature": {key.Public(), challenge, mustSign(t, other, challenge), ErrSig},
		"other nonce":         {key.Public(), bytes.Replace(challenge, []byte("0909"), []byte("0908"), 1), sig, ErrSig},
		"not an enrolment": {key.Public(), []byte("a prescription"),
			mustSign(t, key, []byte("a prescription")), ErrFormat},
	} {
		if err := VerifyPossession(c.pub, c.challenge, c.sig); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	replace := func(from, to string) []byte { return bytes.Replace(challenge, []byte(from), []byte(to), 1) }
	for name, c := range map[string][]byte{
		"other purpose": replace("enrol", "order"), "other version": replace(`"v":1`, `"v":2`),
		"space":       replace(":", ": "),
		"more fields": replace(`{`, `{"a":1,`), "upper case": bytes.ToUpper(challenge),
		"short nonce": replace("0909090909090909090909090909090909", ""),
		"trailing":    append(bytes.Clone(challenge), '\n'), "huge": bytes.Repeat([]byte(" "), maxEnrolmentSize+1),
	} {
		if _, err := ParseEnrolment(c); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v, want ErrFormat", name, err)
		}
	}
	for _, n := range []int{0, 15, 65} {
		if _, err := NewEnrolment(key.Public(), make([]byte, n)); !errors.Is(err, ErrFormat) {
			t.Errorf("nonce of %d bytes: %v, want ErrFormat", n, err)
		}
	}
}
