package pki

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/emmansun/gmsm/smx509"

	"github.com/smart-hospital/hospital/chain/gm"
)

var certTime = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

// consortium is a root, a hospital's CA, a doctor, and a fresh empty list of each CA.
type consortium struct {
	rootKey, caKey, doctorKey *gm.PrivateKey
	root, ca, doctor          *Certificate
	rootList, caList          *CRL
}

func valid(commonName string, t CertTemplate) CertTemplate {
	t.CommonName, t.NotBefore, t.NotAfter = commonName, certTime, certTime.AddDate(1, 0, 0)
	return t
}

func newConsortium(t testing.TB) *consortium {
	t.Helper()
	cert, list := must[*Certificate](t), must[*CRL](t)
	c := &consortium{rootKey: newKey(t), caKey: newKey(t), doctorKey: newKey(t)}
	c.root = cert(NewRoot(c.rootKey, valid("联盟根", CertTemplate{IsCA: true, MaxPathLen: 1})))
	c.ca = cert(Issue(c.root, c.rootKey, valid("第一医院", CertTemplate{Organization: "h1", IsCA: true}),
		c.caKey.Public()))
	c.doctor = cert(Issue(c.ca, c.caKey, valid("u1", CertTemplate{Organization: "h1", Unit: "doctor", Client: true}),
		c.doctorKey.Public()))
	c.rootList = list(NewCRL(c.root, c.rootKey, 1, nil, certTime, certTime.AddDate(0, 1, 0)))
	c.caList = list(NewCRL(c.ca, c.caKey, 1, nil, certTime, certTime.AddDate(0, 1, 0)))
	return c
}

func (c *consortium) verify(leaf *Certificate, at time.Time, crls []*CRL) error {
	return VerifyChain(leaf, []*Certificate{c.ca}, []*Certificate{c.root}, at, crls)
}

func TestCertificateFields(t *testing.T) {
	c := newConsortium(t)
	d := c.doctor
	if d.SubjectCN() != "u1" || d.SubjectOrg() != "h1" || d.SubjectRole() != "doctor" ||
		d.IssuerCN() != "第一医院" || d.IsCA() ||
		!d.PublicKey().Equal(c.doctorKey.Public()) || !d.NotBefore().Equal(certTime) ||
		!d.NotAfter().Equal(certTime.AddDate(1, 0, 0)) ||
		len(d.SerialHex()) != 2*serialSize || len(d.ID()) != 64 || !c.ca.IsCA() || !c.root.IsCA() {
		t.Errorf("fields: %q %q %q %q %v %s %s", d.SubjectCN(), d.SubjectOrg(), d.SubjectRole(), d.IssuerCN(), d.IsCA(),
			d.SerialHex(), d.ID())
	}
	fromPEM, err := ParseCertificatePEM(d.PEM())
	if err != nil || !fromPEM.Equal(d) || !bytes.Equal(fromPEM.Raw(), d.Raw()) || d.Equal(c.ca) {
		t.Errorf("PEM round trip: %v", err)
	}
	for at, want := range map[time.Time]bool{certTime: true, certTime.Add(-time.Second): false,
		certTime.AddDate(1, 0, 0): true, certTime.AddDate(1, 0, 1): false} {
		if d.ValidAt(at) != want {
			t.Errorf("ValidAt(%v) = %v", at, !want)
		}
	}
}

func TestGoodChains(t *testing.T) {
	c, at := newConsortium(t), certTime.Add(time.Hour)
	for name, leaf := range map[string]*Certificate{"doctor": c.doctor, "CA": c.ca, "root": c.root} {
		if err := c.verify(leaf, at, nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := c.verify(leaf, at, []*CRL{c.caList, c.rootList}); err != nil {
			t.Errorf("%s with lists: %v", name, err)
		}
	}
	node := must[*Certificate](t)(
		Issue(c.ca, c.caKey, valid("node1", CertTemplate{Server: true, Client: true}), newKey(t).Public()))
	if err := c.verify(node, at, nil); err != nil {
		t.Errorf("node: %v", err)
	}
}

// keptKey is a CA's key that stays elsewhere; it may also fail, or lie.
type keptKey struct {
	*gm.PrivateKey
	sign func([]byte) ([]byte, error)
}

func (k keptKey) Sign(msg []byte) ([]byte, error) { return k.sign(msg) }

func TestIssuingWithAKeyKeptElsewhere(t *testing.T) {
	c, pub, gone := newConsortium(t), newKey(t).Public(), errors.New("HSM gone")
	tmpl := valid("u2", CertTemplate{Client: true})
	leaf, err := Issue(c.ca, keptKey{c.caKey, c.caKey.Sign}, tmpl, pub)
	if err != nil || c.verify(leaf, certTime, nil) != nil {
		t.Fatalf("Issue: %v", err)
	}
	for name, sign := range map[string]func([]byte) ([]byte, error){
		"failing":           func([]byte) ([]byte, error) { return nil, gone },
		"signs other bytes": func([]byte) ([]byte, error) { return c.caKey.Sign([]byte("x")) },
		"another's key":     c.rootKey.Sign,
		"panicking":         func([]byte) ([]byte, error) { panic("HSM") },
	} {
		if made, err := Issue(c.ca, keptKey{c.caKey, sign}, tmpl, pub); !errors.Is(err, ErrCert) || made != nil {
			t.Errorf("certificate, %s: %v, want ErrCert", name, err)
		}
		if made, err := NewCRL(c.ca, keptKey{c.caKey, sign}, 9, nil, certTime,
			certTime.AddDate(0, 1, 0)); !errors.Is(err, ErrCert) || made != nil {
			t.Errorf("list, %s: %v, want ErrCert", name, err)
		}
	}
	if _, err := Issue(c.ca, keptKey{c.caKey, func([]byte) ([]byte, error) { return nil, gone }}, tmpl,
		pub); !errors.Is(err, gone) {
		t.Errorf("the key store's own reason is lost: %v", err)
	}
	if _, err := Issue(c.ca, nil, tmpl, pub); !errors.Is(err, ErrCert) {
		t.Errorf("no key: %v, want ErrCert", err)
	}
}

func TestChainsThatMustBeRefused(t *testing.T) {
	c, other, at := newConsortium(t), newConsortium(t), certTime.Add(time.Hour)
	forged := func(edit func(*smx509.Certificate)) *Certificate { return c.forge(t, c.ca.x, c.caKey, edit) }
	ca, root := []*Certificate{c.ca}, []*Certificate{c.root}
	leafIssued := c.forge(t, c.doctor.x, c.doctorKey, func(*smx509.Certificate) {})
	deepKey := newKey(t)
	deep := c.forgeFor(t, c.ca.x, c.caKey, deepKey.Public(), func(x *smx509.Certificate) {
		x.IsCA, x.BasicConstraintsValid, x.KeyUsage, x.ExtKeyUsage = true, true, smx509.KeyUsageCertSign, nil
	})
	tooDeep := c.forge(t, deep.x, deepKey, func(*smx509.Certificate) {})
	impostor := *c.ca.x
	for name, err := range map[string]error{
		"before validity":    c.verify(c.doctor, certTime.Add(-time.Minute), nil),
		"after validity":     c.verify(c.doctor, certTime.AddDate(1, 0, 1), nil),
		"no time":            c.verify(c.doctor, time.Time{}, nil),
		"no leaf":            c.verify(nil, at, nil),
		"no root":            VerifyChain(c.doctor, ca, nil, at, nil),
		"another root":       VerifyChain(c.doctor, ca, []*Certificate{other.root}, at, nil),
		"no intermediate":    VerifyChain(c.doctor, nil, root, at, nil),
		"a CA as root only":  VerifyChain(c.doctor, []*Certificate{other.ca}, root, at, nil),
		"many intermediates": VerifyChain(c.doctor, make([]*Certificate, maxIntermediates+1), root, at, nil),
		"issued by a doctor": VerifyChain(leafIssued, []*Certificate{c.doctor, c.ca}, root, at, nil),
		"path too long":      VerifyChain(tooDeep, []*Certificate{deep, c.ca}, root, at, nil),
		"code signing": c.verify(
			forged(func(x *smx509.Certificate) { x.ExtKeyUsage = []smx509.ExtKeyUsage{smx509.ExtKeyUsageCodeSigning} }),
			at, nil),
		"no extended usage": c.verify(forged(func(x *smx509.Certificate) { x.ExtKeyUsage = nil }), at, nil),
		"no signing usage": c.verify(
			forged(func(x *smx509.Certificate) { x.KeyUsage = smx509.KeyUsageKeyEncipherment }), at, nil),
		"unknown critical extension": c.verify(forged(func(x *smx509.Certificate) {
			x.ExtraExtensions = []pkix.Extension{
				{Id: asn1.ObjectIdentifier{1, 2, 3, 4}, Critical: true, Value: []byte{5, 0}}}
		}), at, nil),
		"other key's signature": c.verify(c.forge(t, &impostor, nil, func(*smx509.Certificate) {}), at, nil),
	} {
		if !errors.Is(err, ErrChain) {
			t.Errorf("%s: %v, want ErrChain", name, err)
		}
	}
}

// TestTheOnePathToWhoSigns: root, the organisation's CA, leaf; everything beside it is refused,
// though VerifyChain may take it.
func TestTheOnePathToWhoSigns(t *testing.T) {
	c, at := newConsortium(t), certTime.Add(time.Hour)
	if err := VerifyIssued(c.doctor, c.ca, c.root, at); err != nil {
		t.Fatal(err)
	}
	byRoot := c.forge(t, c.root.x, c.rootKey, func(*smx509.Certificate) {})
	if err := c.verify(byRoot, at, nil); err != nil {
		t.Fatalf("it is refused for another reason: %v", err)
	}
	// a CA by another name with the root's key
	twin := c.forgeFor(t, c.root.x, c.rootKey, c.rootKey.Public(), func(x *smx509.Certificate) {
		x.IsCA, x.KeyUsage, x.ExtKeyUsage = true, smx509.KeyUsageCertSign, nil
	})
	noPath := c.forgeFor(t, c.root.x, c.rootKey, c.rootKey.Public(), func(x *smx509.Certificate) {
		x.Subject = c.root.x.Subject
		x.IsCA, x.KeyUsage, x.ExtKeyUsage, x.MaxPathLen, x.MaxPathLenZero = true, smx509.KeyUsageCertSign, nil, 0, true
	})
	sideKey := newKey(t)
	side := c.forgeFor(t, c.root.x, c.rootKey, sideKey.Public(), func(x *smx509.Certificate) {
		x.IsCA, x.KeyUsage, x.ExtKeyUsage = true, smx509.KeyUsageCertSign, nil
	})
	by := func(ca *Certificate, key *gm.PrivateKey, edit func(*smx509.Certificate)) *Certificate {
		return c.forge(t, ca.x, key, edit)
	}
	keep := func(*smx509.Certificate) {}
	for name, err := range map[string]error{
		"issued by the root":           VerifyIssued(byRoot, c.ca, c.root, at),
		"the root as the CA":           VerifyIssued(byRoot, c.root, c.root, at),
		"the root's key as the CA's":   VerifyIssued(by(twin, c.rootKey, keep), twin, c.root, at),
		"another organisation's CA":    VerifyIssued(by(side, sideKey, keep), c.ca, c.root, at),
		"a CA of no root":              VerifyIssued(c.doctor, c.ca, newConsortium(t).root, at),
		"no level left below the root": VerifyIssued(c.doctor, c.ca, noPath, at),
		"a person as the CA":           VerifyIssued(by(c.doctor, c.doctorKey, keep), c.doctor, c.root, at),
		"a leaf that says it is a CA": VerifyIssued(
			by(c.ca, c.caKey, func(x *smx509.Certificate) { x.IsCA, x.BasicConstraintsValid = true, true }), c.ca,
			c.root, at),
		"a leaf that signs certificates": VerifyIssued(
			by(c.ca, c.caKey, func(x *smx509.Certificate) { x.KeyUsage |= smx509.KeyUsageCertSign }), c.ca, c.root, at),
		"a leaf that signs lists": VerifyIssued(
			by(c.ca, c.caKey, func(x *smx509.Certificate) { x.KeyUsage |= smx509.KeyUsageCRLSign }), c.ca, c.root, at),
		"a CA":            VerifyIssued(c.ca, c.ca, c.root, at),
		"out of validity": VerifyIssued(c.doctor, c.ca, c.root, certTime.AddDate(2, 0, 0)),
		"no time":         VerifyIssued(c.doctor, c.ca, c.root, time.Time{}),
		"no leaf":         VerifyIssued(nil, c.ca, c.root, at),
		"no CA":           VerifyIssued(c.doctor, nil, c.root, at),
		"no root":         VerifyIssued(c.doctor, c.ca, nil, at),
	} {
		if !errors.Is(err, ErrChain) {
			t.Errorf("%s: %v, want ErrChain", name, err)
		}
	}
	if err := VerifyIssued(by(side, sideKey, keep), side, c.root, at); err != nil {
		t.Errorf("by its own CA: %v", err)
	}
}

// forge issues what Issue would refuse: straight through the library. A nil key signs with a
// stranger's key.
func (c *consortium) forge(t *testing.T, issuer *smx509.Certificate, key *gm.PrivateKey,
	edit func(*smx509.Certificate)) *Certificate {
	t.Helper()
	return c.forgeFor(t, issuer, key, newKey(t).Public(), edit)
}

func (c *consortium) forgeFor(t *testing.T, issuer *smx509.Certificate, key *gm.PrivateKey, pub *gm.PublicKey,
	edit func(*smx509.Certificate)) *Certificate {
	t.Helper()
	if key == nil {
		key = newKey(t)
		issuer.PublicKey = must[*ecdsa.PublicKey](t)(emmansuns(key.Public()))
	}
	x, err := valid("u2", CertTemplate{Client: true}).x509(pub)
	if err != nil {
		t.Fatal(err)
	}
	edit(x)
	der, err := smx509.CreateCertificate(rand.Reader, x, issuer,
		must[*ecdsa.PublicKey](t)(emmansuns(pub)), must[signer](t)(signedBy(key)))
	if err != nil {
		t.Fatal(err)
	}
	return must[*Certificate](t)(ParseCertificate(der))
}

func TestRevocation(t *testing.T) {
	c, other, at := newConsortium(t), newConsortium(t), certTime.Add(time.Hour)
	list := must[*CRL](t)
	next := certTime.AddDate(0, 1, 0)
	revoked := list(NewCRL(c.ca, c.caKey, 2, []RevokedEntry{{c.doctor.SerialHex(), certTime}}, certTime, next))
	caRevoked := list(NewCRL(c.root, c.rootKey, 2, []RevokedEntry{{c.ca.SerialHex(), certTime}}, certTime, next))
	stale := list(NewCRL(c.ca, c.caKey, 3, nil, certTime, certTime.Add(time.Minute)))
	early := list(NewCRL(c.ca, c.caKey, 4, nil, certTime.Add(2*time.Hour), next))
	for name, w := range map[string]struct {
		crls []*CRL
		want error
	}{
		"good":                           {[]*CRL{c.caList, c.rootList}, nil},
		"doctor revoked":                 {[]*CRL{revoked, c.rootList}, ErrRevoked},
		"older list mixed in":            {[]*CRL{c.caList, revoked, c.rootList}, ErrRevoked},
		"CA revoked":                     {[]*CRL{c.caList, caRevoked}, ErrRevoked},
		"empty":                          {[]*CRL{}, ErrCRL},
		"the CA's list is missing":       {[]*CRL{c.rootList}, ErrCRL},
		"the root's list is missing":     {[]*CRL{c.caList}, ErrCRL},
		"stale":                          {[]*CRL{stale, c.rootList}, ErrCRL},
		"from the future":                {[]*CRL{early, c.rootList}, ErrCRL},
		"same name, another CA's key":    {[]*CRL{other.caList, c.rootList}, ErrCRL},
		"another's list does not revoke": {[]*CRL{c.caList, c.rootList, other.caList}, nil},
	} {
		if err := c.verify(c.doctor, at, w.crls); !errors.Is(err, w.want) {
			t.Errorf("%s: %v, want %v", name, err, w.want)
		}
	}
	when, ok := revoked.RevokedAt(c.doctor.SerialHex())
	if !ok || !when.Equal(certTime) || revoked.Number().Int64() != 2 || !revoked.ThisUpdate().Equal(certTime) ||
		!revoked.NextUpdate().Equal(next) {
		t.Errorf("list fields: %v %v %v", when, ok, revoked.Number())
	}
	if again := list(ParseCRLPEM(revoked.PEM())); !bytes.Equal(again.Raw(), revoked.Raw()) {
		t.Error("PEM round trip changed the list")
	}
}

func TestCRLsThatMustNotBeIssued(t *testing.T) {
	c, next := newConsortium(t), certTime.AddDate(0, 1, 0)
	serial := c.doctor.SerialHex()
	for name, issue := range map[string]func() (*CRL, error){
		"by a doctor":     func() (*CRL, error) { return NewCRL(c.doctor, c.doctorKey, 1, nil, certTime, next) },
		"another's key":   func() (*CRL, error) { return NewCRL(c.ca, c.rootKey, 1, nil, certTime, next) },
		"no issuer":       func() (*CRL, error) { return NewCRL(nil, c.caKey, 1, nil, certTime, next) },
		"negative number": func() (*CRL, error) { return NewCRL(c.ca, c.caKey, -1, nil, certTime, next) },
		"reversed times":  func() (*CRL, error) { return NewCRL(c.ca, c.caKey, 1, nil, next, certTime) },
		"bad serial": func() (*CRL, error) {
			return NewCRL(c.ca, c.caKey, 1, []RevokedEntry{{"xyz", certTime}}, certTime, next)
		},
		"padded serial": func() (*CRL, error) {
			return NewCRL(c.ca, c.caKey, 1, []RevokedEntry{{"00" + serial, certTime}}, certTime, next)
		},
		"upper-case serial": func() (*CRL, error) {
			return NewCRL(c.ca, c.caKey, 1, []RevokedEntry{{"AB" + serial[2:], certTime}}, certTime, next)
		},
		"named twice": func() (*CRL, error) {
			return NewCRL(c.ca, c.caKey, 1, []RevokedEntry{{serial, certTime}, {serial, certTime}}, certTime, next)
		},
		"revoked later": func() (*CRL, error) {
			return NewCRL(c.ca, c.caKey, 1, []RevokedEntry{{serial, next}}, certTime, next)
		},
	} {
		if _, err := issue(); !errors.Is(err, ErrCert) {
			t.Errorf("%s: %v, want ErrCert", name, err)
		}
	}
}

func TestCertificatesThatMustNotBeIssued(t *testing.T) {
	c, pub := newConsortium(t), newKey(t).Public()
	client := func(edit func(*CertTemplate)) CertTemplate {
		tmpl := valid("u2", CertTemplate{Client: true})
		edit(&tmpl)
		return tmpl
	}
	good := client(func(*CertTemplate) {})
	for name, issue := range map[string]func() (*Certificate, error){
		"no common name": func() (*Certificate, error) {
			return Issue(c.ca, c.caKey, client(func(t *CertTemplate) { t.CommonName = "" }), pub)
		},
		"long name": func() (*Certificate, error) {
			return Issue(c.ca, c.caKey, client(func(t *CertTemplate) { t.Unit = strings.Repeat("医", 65) }), pub)
		},
		"bad UTF-8": func() (*Certificate, error) {
			return Issue(c.ca, c.caKey, client(func(t *CertTemplate) { t.Organization = "\xff" }), pub)
		},
		"a name that turns the reading direction": func() (*Certificate, error) {
			return Issue(c.ca, c.caKey, client(func(t *CertTemplate) { t.CommonName = "u2\u202e" }), pub)
		},
		"a name of two lines": func() (*Certificate, error) {
			return Issue(c.ca, c.caKey, client(func(t *CertTemplate) { t.Organization = "h1\nh2" }), pub)
		},
		"a name in another form": func() (*Certificate, error) {
			return Issue(c.ca, c.caKey, client(func(t *CertTemplate) { t.Unit = "e\u0301" }), pub)
		},
		"no use": func() (*Certificate, error) {
			return Issue(c.ca, c.caKey, client(func(t *CertTemplate) { t.Client = false }), pub)
		},
		"CA and client": func() (*Certificate, error) {
			return Issue(c.root, c.rootKey, client(func(t *CertTemplate) { t.IsCA = true }), pub)
		},
		"no validity": func() (*Certificate, error) {
			return Issue(c.ca, c.caKey, client(func(t *CertTemplate) { t.NotAfter = t.NotBefore }), pub)
		},
		"starts before the CA": func() (*Certificate, error) {
			return Issue(c.ca, c.caKey, client(func(t *CertTemplate) { t.NotBefore = certTime.Add(-time.Hour) }), pub)
		},
		"outlives the CA": func() (*Certificate, error) {
			return Issue(c.ca, c.caKey, client(func(t *CertTemplate) { t.NotAfter = certTime.AddDate(1, 0, 1) }), pub)
		},
		"CA below a last CA": func() (*Certificate, error) {
			return Issue(c.ca, c.caKey, valid("x", CertTemplate{IsCA: true}), pub)
		},
		"path as long as the root's": func() (*Certificate, error) {
			return Issue(c.root, c.rootKey, valid("x", CertTemplate{IsCA: true, MaxPathLen: 1}), pub)
		},
		"by a doctor":    func() (*Certificate, error) { return Issue(c.doctor, c.doctorKey, good, pub) },
		"another's key":  func() (*Certificate, error) { return Issue(c.ca, c.rootKey, good, pub) },
		"no public key":  func() (*Certificate, error) { return Issue(c.ca, c.caKey, good, nil) },
		"no issuer":      func() (*Certificate, error) { return Issue(nil, c.caKey, good, pub) },
		"root, not a CA": func() (*Certificate, error) { return NewRoot(c.rootKey, good) },
		"root, long path": func() (*Certificate, error) {
			return NewRoot(c.rootKey, valid("r", CertTemplate{IsCA: true, MaxPathLen: 3}))
		},
	} {
		if _, err := issue(); !errors.Is(err, ErrCert) {
			t.Errorf("%s: %v, want ErrCert", name, err)
		}
	}
}

func TestCertificateBytesThatMustBeRefused(t *testing.T) {
	c := newConsortium(t)
	good := c.doctor.Raw()
	for name, der := range map[string][]byte{
		"nil": nil, "trailing": append(bytes.Clone(good), 0), "truncated": good[:len(good)-1],
		"huge":                           make([]byte, MaxCertificateSize+1),
		"third integer in the signature": thirdInteger(t, good),
	} {
		if _, err := ParseCertificate(der); !errors.Is(err, gm.ErrFormat) {
			t.Errorf("%s: %v, want ErrFormat", name, err)
		}
	}
	list := c.caList.Raw()
	for name, der := range map[string][]byte{
		"nil": nil, "trailing": append(bytes.Clone(list), 0), "truncated": list[:len(list)-1],
		"huge":                           make([]byte, MaxCRLSize+1),
		"third integer in the signature": thirdInteger(t, list), "a certificate": good,
	} {
		if _, err := ParseCRL(der); !errors.Is(err, gm.ErrFormat) {
			t.Errorf("CRL %s: %v, want ErrFormat", name, err)
		}
	}
}

// thirdInteger re-spells a certificate's or list's signature with one INTEGER more, which tjfoc
// accepts and which would give the same certificate a second fingerprint.
func thirdInteger(t *testing.T, der []byte) []byte {
	t.Helper()
	var outer struct {
		TBS, Algorithm asn1.RawValue
		Signature      asn1.BitString
	}
	var inner struct{ R, S *big.Int }
	if _, err := asn1.Unmarshal(der, &outer); err != nil {
		t.Fatal(err)
	}
	if _, err := asn1.Unmarshal(outer.Signature.Bytes, &inner); err != nil {
		t.Fatal(err)
	}
	sig, err := asn1.Marshal(struct{ R, S, X *big.Int }{inner.R, inner.S, big.NewInt(1)})
	if err != nil {
		t.Fatal(err)
	}
	outer.Signature = asn1.BitString{Bytes: sig, BitLength: 8 * len(sig)}
	out, err := asn1.Marshal(outer)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
