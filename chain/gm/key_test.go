package gm

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/emmansun/gmsm/smx509"
	tx509 "github.com/tjfoc/gmsm/x509"
)

func TestPublicKeyForms(t *testing.T) {
	for range 50 {
		pub := newKey(t).Public()
		compressed := append([]byte{2 + pub.raw[64]&1}, pub.raw[1:33]...)
		fromCompressed, err := NewPublicKey(compressed)
		if err != nil || !fromCompressed.Equal(pub) {
			t.Fatalf("compressed key: %v", err)
		}
		fromSPKI, err := ParseSPKI(pub.SPKI())
		if err != nil || !fromSPKI.Equal(pub) || len(pub.SPKI()) != 91 {
			t.Fatalf("SPKI: %v", err)
		}
		if theirs, err := smx509.MarshalPKIXPublicKey(pub.emm); err != nil || !bytes.Equal(theirs, pub.SPKI()) {
			t.Fatalf("the libraries write different SPKI: %v", err)
		}
		if plain, err := NewPublicKey(pub.Bytes()); err != nil || !plain.Equal(pub) {
			t.Fatalf("65 bytes: %v", err)
		}
	}
}

func TestPublicKeysThatMustBeRefused(t *testing.T) {
	good := vectorKey(t).Public()
	nist, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	nistSPKI, err := x509.MarshalPKIXPublicKey(&nist.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	// x+p fits 256 bits for no point of this curve with a usual x, so a coordinate of exactly p
	// stands for it.
	overP := append(append([]byte{4}, curveP.Bytes()...), good.raw[33:]...)
	for name, key := range map[string][]byte{
		"nil": nil, "infinity": {0}, "short": good.raw[:64], "long": append(good.Bytes(), 0),
		"wrong prefix": append([]byte{5}, good.raw[1:]...), "no prefix": good.raw[1:],
		"off the curve": append([]byte{4}, bytes.Repeat([]byte{0x11}, 64)...),
		"all zero":      append([]byte{4}, make([]byte, 64)...),
		"coordinate p":  overP, "y altered": append(bytes.Clone(good.raw[:64]), good.raw[64]^1),
		"compressed off the curve": offCurveCompressed(t),
		"compressed x ≥ p":         append([]byte{2}, bytes.Repeat([]byte{0xff}, 32)...),
		"hybrid 06":                append([]byte{6}, good.raw[1:]...),
	} {
		if pub, err := NewPublicKey(key); !errors.Is(err, ErrKey) || pub != nil {
			t.Errorf("%s: %v, want ErrKey", name, err)
		}
	}
	spki := good.SPKI()
	for name, der := range map[string][]byte{
		"nil": nil, "NIST P-256": nistSPKI, "trailing": append(bytes.Clone(spki), 0), "truncated": spki[:90],
		"bad point": append(bytes.Clone(spki[:27]), bytes.Repeat([]byte{0x11}, 64)...),
		"huge":      make([]byte, maxKeySize+1),
	} {
		if _, err := ParseSPKI(der); !errors.Is(err, ErrKey) {
			t.Errorf("SPKI %s: %v, want ErrKey", name, err)
		}
	}
}

func offCurveCompressed(t *testing.T) []byte {
	t.Helper()
	for x := byte(1); x < 40; x++ {
		key := make([]byte, compressedSize)
		key[0], key[32] = 2, x
		v := big.NewInt(int64(x))
		y2 := new(big.Int).Exp(v, big.NewInt(3), curveP)
		y2.Add(y2, new(big.Int).Mul(refA, v)).
			Add(y2, hexInt("28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93"))
		if big.Jacobi(modP(y2), curveP) == -1 {
			return key
		}
	}
	t.Fatal("every small x is on the curve")
	return nil
}

func TestPrivateKeyRange(t *testing.T) {
	bytesOf := func(v *big.Int) []byte { return v.FillBytes(make([]byte, scalarSize)) }
	below := func(delta int64) []byte { return bytesOf(new(big.Int).Sub(curveN, big.NewInt(delta))) }
	for name, c := range map[string]struct {
		d  []byte
		ok bool
	}{
		"0": {make([]byte, 32), false}, "1": {bytesOf(big.NewInt(1)), true}, "n-2": {below(2), true},
		"n-1": {below(1), false},
		"n":   {below(0), false}, "2^256-1": {bytes.Repeat([]byte{0xff}, 32), false}, "31 bytes": {below(2)[1:], false},
		"33 bytes": {append([]byte{0}, below(2)...), false}, "nil": {nil, false},
	} {
		key, err := NewPrivateKey(c.d)
		if (err == nil) != c.ok || (err != nil && !errors.Is(err, ErrKey)) {
			t.Errorf("d = %s: %v, want ok=%v", name, err, c.ok)
		}
		if err == nil {
			if _, err := key.SignTjfoc([]byte("m")); err != nil {
				t.Errorf("d = %s signs: %v", name, err)
			}
		}
	}
}

func TestPKCS8RoundTrip(t *testing.T) {
	small, err := NewPrivateKey(big.NewInt(0x1234).FillBytes(make([]byte, scalarSize)))
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []*PrivateKey{newKey(t), vectorKey(t), small} {
		der, err := key.PKCS8()
		if err != nil {
			t.Fatal(err)
		}
		if again, err := ParsePKCS8(der); err != nil || !again.Equal(key) || again.tj.D.Cmp(key.tj.D) != 0 {
			t.Errorf("PKCS #8 round trip: %v", err)
		}
		if _, err := smx509.ParsePKCS8PrivateKey(der); err != nil {
			t.Errorf("emmansun cannot read our PKCS #8: %v", err)
		}
		text, err := key.PEM()
		if err != nil {
			t.Fatal(err)
		}
		if again, err := ParsePrivatePEM(text); err != nil || !again.Equal(key) {
			t.Errorf("PEM round trip: %v", err)
		}
		theirs, err := smx509.MarshalPKCS8PrivateKey(key.emm)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := ParsePKCS8(theirs); err != nil || !again.Equal(key) {
			t.Errorf("emmansun's PKCS #8: %v", err)
		}
	}
}

func TestPrivateKeyEncodingsThatMustBeRefused(t *testing.T) {
	key := newKey(t)
	good, err := key.PKCS8()
	if err != nil {
		t.Fatal(err)
	}
	nist, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	nistPKCS8, err := x509.MarshalPKCS8PrivateKey(nist)
	if err != nil {
		t.Fatal(err)
	}
	encrypted, err := tx509.MarshalSm2EcryptedPrivateKey(key.tj, []byte("password"))
	if err != nil {
		t.Fatal(err)
	}
	d := key.scalar()
	for name, der := range map[string][]byte{
		"nil": nil, "NIST P-256": nistPKCS8, "encrypted": encrypted, "trailing": append(bytes.Clone(good), 0),
		"truncated":            good[:len(good)-1],
		"d = 0":                bytes.Replace(good, d, make([]byte, 32), 1),
		"d = n-1":              bytes.Replace(good, d, new(big.Int).Sub(curveN, big.NewInt(1)).Bytes(), 1),
		"another's public key": bytes.Replace(good, key.pub.raw[:], newKey(t).pub.raw[:], 1),
		"huge":                 make([]byte, maxKeySize+1),
	} {
		if bytes.Equal(der, good) {
			t.Fatalf("%s: the test changed nothing", name)
		}
		if _, err := ParsePKCS8(der); !errors.Is(err, ErrKey) {
			t.Errorf("%s: %v, want ErrKey", name, err)
		}
	}
	block := func(kind string) []byte { return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: good}) }
	for name, text := range map[string][]byte{
		"nil": nil, "other type": block("EC PRIVATE KEY"),
		"two blocks": append(block(pemPrivateKey), block(pemPrivateKey)...),
		"text after": append(block(pemPrivateKey), 'x'),
		"headers": pem.EncodeToMemory(
			&pem.Block{Type: pemPrivateKey, Headers: map[string]string{"Proc-Type": "4,ENCRYPTED"}, Bytes: good}),
	} {
		if _, err := ParsePrivatePEM(text); !errors.Is(err, ErrFormat) {
			t.Errorf("PEM %s: %v, want ErrFormat", name, err)
		}
	}
}

func TestPrivateKeyDoesNotPrintItself(t *testing.T) {
	key := vectorKey(t)
	encoded, err := json.Marshal(struct{ Key *PrivateKey }{key})
	if err != nil {
		t.Fatal(err)
	}
	secret := key.tj.D.String()
	for _, text := range []string{fmt.Sprint(key), fmt.Sprintf("%v %+v %#v %s %x %d", key, key, key, key, key, key),
		fmt.Sprintf("%+v", struct{ K *PrivateKey }{key}), string(encoded)} {
		if strings.Contains(strings.ToLower(text), vectorPrivate[:16]) || strings.Contains(text, secret[:16]) {
			t.Errorf("the key is in %q", text)
		}
	}
}

func TestSealedKey(t *testing.T) {
	key, pin := newKey(t), []byte("864213")
	sealed, err := SealKey(key, pin)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := OpenKey(sealed, pin); err != nil || !again.Equal(key) {
		t.Fatalf("OpenKey: %v", err)
	}
	other := newKey(t).Public().Hex()
	replace := func(from, to string) []byte {
		changed := bytes.Replace(sealed, []byte(from), []byte(to), 1)
		if bytes.Equal(changed, sealed) {
			t.Fatalf("%q is not in the envelope", from)
		}
		return changed
	}
	for name, c := range map[string]struct {
		sealed []byte
		pin    string
		want   error
	}{
		"wrong PIN":          {sealed, "864214", ErrPIN},
		"empty PIN":          {sealed, "", ErrPIN},
		"fewer iterations":   {replace("200000", "100000"), "864213", ErrPIN},
		"other public key":   {replace(key.Public().Hex(), other), "864213", ErrPIN},
		"altered box":        {replace(`"box":"`, `"box":"00`)[:len(sealed)], "864213", ErrFormat},
		"too few iterations": {replace("200000", "9999"), "864213", ErrFormat},
		"hanging iterations": {replace("200000", "2147483647"), "864213", ErrFormat},
		"version":            {replace(`"v":1`, `"v":2`), "864213", ErrFormat},
		"kdf":                {replace("PBKDF2-HMAC-SM3", "PBKDF2-HMAC-MD5"), "864213", ErrFormat},
		"cipher":             {replace("SM4-GCM", "SM4-ECB"), "864213", ErrFormat},
		"unknown field":      {replace(`{"v":1`, `{"x":1,"v":1`), "864213", ErrFormat},
		"trailing":           {append(bytes.Clone(sealed), '{'), "864213", ErrFormat},
		"salt not hex":       {replace(`"salt":"`, `"salt":"zz`), "864213", ErrFormat},
		"nil":                {nil, "864213", ErrFormat},
		"huge":               {bytes.Repeat([]byte(" "), maxSealedSize+1), "864213", ErrFormat},
	} {
		if _, err := OpenKey(c.sealed, []byte(c.pin)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	for _, pin := range []string{"", "12345", strings.Repeat("1", MaxPIN+1)} {
		if _, err := SealKey(key, []byte(pin)); !errors.Is(err, ErrPIN) {
			t.Errorf("SealKey with a PIN of %d bytes: %v, want ErrPIN", len(pin), err)
		}
	}
}
