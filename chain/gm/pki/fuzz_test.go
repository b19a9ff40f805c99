package pki

import (
	"bytes"
	"errors"
	"testing"

	"github.com/smart-hospital/hospital/chain/gm"
)

func FuzzCertificate(f *testing.F) {
	c := goldenConsortium(f)
	f.Add(c.root.Raw())
	f.Add(c.doctor.Raw())
	f.Add(c.doctor.PEM())
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := ParseCertificatePEM(data); err != nil && !isOneOf(err, gm.ErrFormat, gm.ErrKey) {
			t.Fatal(err)
		}
		leaf, err := ParseCertificate(data)
		if err != nil {
			if !isOneOf(err, gm.ErrFormat, gm.ErrKey) {
				t.Fatal(err)
			}
			return
		}
		_, _, _, _, _ = leaf.SubjectCN(), leaf.SubjectOrg(), leaf.SubjectRole(), leaf.SerialHex(), leaf.IsCA()
		err = VerifyChain(leaf, []*Certificate{c.ca}, []*Certificate{c.root}, certTime, []*CRL{c.caList, c.rootList})
		known := leaf.Equal(c.root) || leaf.Equal(c.ca) || leaf.Equal(c.doctor)
		if (err == nil) != known {
			t.Fatalf("chain of %x: %v", data, err)
		}
	})
}

func FuzzRequest(f *testing.F) {
	f.Add(must[[]byte](f)(NewRequest(must[*gm.PrivateKey](f)(fuzzKey()), "u1", "h1", "doctor")))
	f.Add([]byte{0x30, 0})
	f.Fuzz(func(t *testing.T, der []byte) {
		if req, err := ParseRequest(der); err != nil &&
			(req != nil || !isOneOf(err, gm.ErrFormat, gm.ErrKey, gm.ErrSig, gm.ErrSplit)) {
			t.Fatal(err)
		}
	})
}

func FuzzCRL(f *testing.F) {
	c := goldenConsortium(f)
	f.Add(c.caList.Raw())
	f.Add(c.rootList.Raw())
	f.Add(c.caList.PEM())
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := ParseCRLPEM(data); err != nil && !errors.Is(err, gm.ErrFormat) {
			t.Fatal(err)
		}
		list, err := ParseCRL(data)
		if err != nil {
			if !errors.Is(err, gm.ErrFormat) {
				t.Fatal(err)
			}
			return
		}
		err = VerifyChain(c.doctor, []*Certificate{c.ca}, []*Certificate{c.root}, certTime, []*CRL{c.rootList, list})
		if err == nil && !bytes.Equal(data, c.caList.Raw()) {
			t.Fatalf("a forged list is believed: %x", data)
		}
	})
}
