package pki

import (
	"bytes"
	"encoding/pem"
	"flag"
	"os"
	"testing"
	"time"
)

var updateGolden = flag.Bool("update-golden", false, "issue testdata/consortium.pem anew")

const goldenFile = "testdata/consortium.pem"

// goldenConsortium reads root, hospital CA, doctor, the root's list and the CA's list, made once by
// this package and kept: what was issued yesterday must verify tomorrow. The keys were thrown away.
// The fuzz targets need it too: their processes must all know the same certificates.
func goldenConsortium(t testing.TB) *consortium {
	t.Helper()
	text, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	var der [][]byte
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		der = append(der, block.Bytes)
	}
	if len(der) != 5 {
		t.Fatalf("%s holds %d blocks, want 5", goldenFile, len(der))
	}
	cert, list := must[*Certificate](t), must[*CRL](t)
	return &consortium{root: cert(ParseCertificate(der[0])), ca: cert(ParseCertificate(der[1])),
		doctor:   cert(ParseCertificate(der[2])),
		rootList: list(ParseCRL(der[3])), caList: list(ParseCRL(der[4]))}
}

func TestGoldenConsortium(t *testing.T) {
	if *updateGolden {
		c := newConsortium(t)
		all := bytes.Join([][]byte{c.root.PEM(), c.ca.PEM(), c.doctor.PEM(), c.rootList.PEM(), c.caList.PEM()}, nil)
		if err := os.WriteFile(goldenFile, all, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c := goldenConsortium(t)
	if err := c.verify(c.doctor, certTime.Add(time.Hour), []*CRL{c.caList, c.rootList}); err != nil {
		t.Fatal(err)
	}
	if err := c.root.pub.VerifyBoth(c.ca.x.RawTBSCertificate, c.ca.x.Signature); err != nil {
		t.Fatal(err)
	}
}
