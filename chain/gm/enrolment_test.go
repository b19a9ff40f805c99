package gm

import (
	"bytes"
	"errors"
	"testing"
)

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
