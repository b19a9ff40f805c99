package gm

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/go.json anew; then run testdata/make-vectors.mjs --check on it")

// vectors is the format of both files: testdata/js.json, made by sm-crypto-v2 for Go to accept, and
// testdata/go.json, made here for sm-crypto-v2 to accept (make-vectors.mjs --check). Byte strings
// are hexadecimal, messages text.
type vectors struct {
	Library    string `json:"library"`
	Signatures []struct {
		PrivateKey string `json:"privateKey"`
		PublicKey  string `json:"publicKey"`
		Message    string `json:"message"`
		DER        string `json:"der"`
		Raw        string `json:"raw"`
	} `json:"signatures"`
	Digests []struct {
		Message string `json:"message"`
		SM3     string `json:"sm3"`
		HMAC    string `json:"hmac"`
	} `json:"digests"`
	PBKDF2 []struct {
		PIN        string `json:"pin"`
		Salt       string `json:"salt"`
		Iterations int    `json:"iterations"`
		Key        string `json:"key"`
	} `json:"pbkdf2"`
	GCM []struct {
		Key     string `json:"key"`
		AAD     string `json:"aad"`
		Message string `json:"message"`
		Box     string `json:"box"`
	} `json:"gcm"`
	ECB []struct {
		Key     string `json:"key"`
		Message string `json:"message"`
		Box     string `json:"box"`
	} `json:"ecb"`
	Encrypted []struct {
		PrivateKey string `json:"privateKey"`
		Message    string `json:"message"`
		Box        string `json:"box"`
	} `json:"encrypted"`
	SealedKeys []struct {
		PrivateKey string `json:"privateKey"`
		PIN        string `json:"pin"`
		Sealed     string `json:"sealed"`
	} `json:"sealedKeys"`
	Enrolments []struct {
		PublicKey string `json:"publicKey"`
		Challenge string `json:"challenge"`
		Signature string `json:"signature"`
	} `json:"enrolments"`
}

func readVectors(t *testing.T, name string) (v vectors) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := strictJSON(text, &v); err != nil {
		t.Fatal(err)
	}
	if len(v.Signatures) == 0 || len(v.Digests) == 0 || len(v.PBKDF2) == 0 || len(v.GCM) == 0 || len(v.ECB) == 0 ||
		len(v.Encrypted) == 0 || len(v.SealedKeys) == 0 || len(v.Enrolments) == 0 {
		t.Fatalf("%s lacks a kind of vector", name)
	}
	return v
}

// The same checks run over what JavaScript made and over what Go made, so that neither file can
// rot.
func TestJavaScriptVectors(t *testing.T) {
	if *update {
		writeGoVectors(t)
	}
	for _, name := range []string{"js.json", "go.json"} {
		v := readVectors(t, name)
		t.Run(name, func(t *testing.T) {
			checkSM2Vectors(t, &v)
			checkSymmetricVectors(t, &v)
			checkKeyVectors(t, &v)
		})
	}
}

func checkSM2Vectors(t *testing.T, v *vectors) {
	for i, s := range v.Signatures {
		pub := must[*PublicKey](t)(NewPublicKey(unhex(s.PublicKey)))
		key := must[*PrivateKey](t)(NewPrivateKey(unhex(s.PrivateKey)))
		if !key.Public().Equal(pub) {
			t.Errorf("signature %d: Go derives another public key", i)
		}
		if err := pub.VerifyBoth([]byte(s.Message), unhex(s.DER)); err != nil {
			t.Errorf("signature %d, DER: %v", i, err)
		}
		if err := pub.VerifyRaw([]byte(s.Message), unhex(s.Raw)); err != nil {
			t.Errorf("signature %d, raw: %v", i, err)
		}
	}
	for i, e := range v.Encrypted {
		key := must[*PrivateKey](t)(NewPrivateKey(unhex(e.PrivateKey)))
		if plain, err := key.Decrypt(unhex(e.Box)); err != nil || string(plain) != e.Message {
			t.Errorf("ciphertext %d: %q, %v", i, plain, err)
		}
	}
}

func checkSymmetricVectors(t *testing.T, v *vectors) {
	for i, d := range v.Digests {
		if sum := Sum([]byte(d.Message)); hex.EncodeToString(sum[:]) != d.SM3 {
			t.Errorf("digest %d: SM3 differs", i)
		}
		if hex.EncodeToString(HMAC([]byte("key"), []byte(d.Message))) != d.HMAC {
			t.Errorf("digest %d: HMAC differs", i)
		}
	}
	for i, p := range v.PBKDF2 {
		if key, err := pinKey([]byte(p.PIN), unhex(p.Salt), p.Iterations); err != nil ||
			hex.EncodeToString(key) != p.Key {
			t.Errorf("PBKDF2 %d: %x, %v", i, key, err)
		}
	}
	for i, g := range v.GCM {
		if plain, err := Open(unhex(g.Key), unhex(g.Box), unhex(g.AAD)); err != nil || string(plain) != g.Message {
			t.Errorf("GCM %d: %q, %v", i, plain, err)
		}
	}
	for i, e := range v.ECB {
		if plain, err := ECBDecrypt(unhex(e.Key), unhex(e.Box)); err != nil || string(plain) != e.Message {
			t.Errorf("ECB %d: %q, %v", i, plain, err)
		}
	}
}

func checkKeyVectors(t *testing.T, v *vectors) {
	for i, s := range v.SealedKeys {
		key, err := OpenKey([]byte(s.Sealed), []byte(s.PIN))
		if err != nil || hex.EncodeToString(key.scalar()) != s.PrivateKey {
			t.Errorf("sealed key %d: %v", i, err)
		}
	}
	for i, e := range v.Enrolments {
		pub := must[*PublicKey](t)(NewPublicKey(unhex(e.PublicKey)))
		if err := VerifyPossession(pub, []byte(e.Challenge), unhex(e.Signature)); err != nil {
			t.Errorf("enrolment %d: %v", i, err)
		}
	}
}

// writeGoVectors fills the JavaScript file's messages, keys and PINs with Go's results.
func writeGoVectors(t *testing.T) {
	v := readVectors(t, "js.json")
	v.Library = "chain/gm"
	box := must[[]byte](t)
	for i := range v.Signatures {
		s := &v.Signatures[i]
		key := must[*PrivateKey](t)(NewPrivateKey(unhex(s.PrivateKey)))
		sign := key.Sign
		if i%2 == 1 {
			sign = key.SignTjfoc
		}
		der := box(sign([]byte(s.Message)))
		s.DER, s.Raw = hex.EncodeToString(der), hex.EncodeToString(box(DERToRaw(der)))
	}
	for i := range v.GCM {
		g := &v.GCM[i]
		g.Box = hex.EncodeToString(box(Seal(unhex(g.Key), []byte(g.Message), unhex(g.AAD))))
	}
	for i := range v.ECB {
		e := &v.ECB[i]
		e.Box = hex.EncodeToString(box(ECBEncrypt(unhex(e.Key), []byte(e.Message))))
	}
	for i := range v.Encrypted {
		e := &v.Encrypted[i]
		key := must[*PrivateKey](t)(NewPrivateKey(unhex(e.PrivateKey)))
		e.Box = hex.EncodeToString(box(key.Public().Encrypt([]byte(e.Message))))
	}
	for i := range v.SealedKeys {
		s := &v.SealedKeys[i]
		key := must[*PrivateKey](t)(NewPrivateKey(unhex(s.PrivateKey)))
		s.Sealed = string(box(SealKey(key, []byte(s.PIN))))
	}
	for i := range v.Enrolments {
		e := &v.Enrolments[i]
		key := must[*PrivateKey](t)(NewPrivateKey(unhex(v.Signatures[0].PrivateKey)))
		challenge := box(NewEnrolment(key.Public(), bytes.Repeat([]byte{byte(i)}, minNonce)))
		e.Challenge, e.Signature = string(challenge), hex.EncodeToString(box(key.Sign(challenge)))
	}
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetIndent("", " ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("testdata/go.json", []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	fmt.Println("now run testdata/make-vectors.mjs --check testdata/go.json")
}
