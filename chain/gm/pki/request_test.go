package pki

import (
	"bytes"
	"errors"
	"testing"

	"github.com/smart-hospital/hospital/chain/gm"
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
	swapped := bytes.Replace(der, key.Public().Bytes(), newKey(t).Public().Bytes(), 1)
	renamed := bytes.Replace(der, []byte("doctor"), []byte("admins"), 1)
	for name, c := range map[string]struct {
		der  []byte
		want error
	}{
		"another's public key": {swapped, gm.ErrSig}, "role altered": {renamed, gm.ErrSig}, "nil": {nil, gm.ErrFormat},
		"trailing":      {append(bytes.Clone(der), 0), gm.ErrFormat},
		"huge":          {make([]byte, MaxCertificateSize+1), gm.ErrFormat},
		"third integer": {thirdInteger(t, der), gm.ErrSig},
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
