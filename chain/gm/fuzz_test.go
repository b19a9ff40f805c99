package gm

import (
	"bytes"
	"errors"
	"sync"
	"testing"
)

// Every parser of outside bytes has a target here: go test -run '^$' -fuzz FuzzX -fuzztime 60s
// ./chain/gm/. What is checked besides "no panic": whatever is accepted has exactly one spelling,
// and every refusal is a sentinel.

func isOneOf(err error, sentinels ...error) bool {
	for _, s := range sentinels {
		if errors.Is(err, s) {
			return true
		}
	}
	return false
}

var fuzzKey = sync.OnceValues(func() (*PrivateKey, error) { return NewPrivateKey(unhex(vectorPrivate)) })

func FuzzSignature(f *testing.F) {
	key := must[*PrivateKey](f)(fuzzKey())
	good := must[[]byte](f)(RawToDER(unhex(vectorSig)))
	f.Add([]byte("message digest"), good)
	f.Add([]byte("message digest"), must[[]byte](f)(RawToDER(unhex(splitSig))))
	f.Add([]byte{}, []byte{0x30, 6, 2, 1, 1, 2, 1, 1})
	f.Add([]byte("x"), append(bytes.Clone(good), 0))
	f.Fuzz(func(t *testing.T, msg, sig []byte) {
		raw, err := DERToRaw(sig)
		if err == nil {
			if again, err := RawToDER(raw); err != nil || !bytes.Equal(again, sig) {
				t.Fatalf("accepted %x, spelt again %x", sig, again)
			}
		}
		switch err := key.Public().Verify(msg, sig); {
		case err == nil && (!bytes.Equal(sig, good) || string(msg) != "message digest"):
			t.Fatalf("forged: %x over %x", sig, msg)
		case err != nil && !isOneOf(err, ErrSig, ErrSplit):
			t.Fatal(err)
		}
	})
}

func FuzzRawSignature(f *testing.F) {
	f.Add(unhex(vectorSig))
	f.Add(make([]byte, RawSignatureSize))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, raw []byte) {
		der, err := RawToDER(raw)
		if err != nil {
			if !errors.Is(err, ErrSig) {
				t.Fatal(err)
			}
			return
		}
		if again, err := DERToRaw(der); err != nil || !bytes.Equal(again, raw) {
			t.Fatalf("%x became %x, %v", raw, again, err)
		}
	})
}

func FuzzPublicKey(f *testing.F) {
	pub := must[*PrivateKey](f)(fuzzKey()).Public()
	f.Add(pub.Bytes())
	f.Add(append([]byte{3}, pub.raw[1:33]...))
	f.Add(pub.SPKI())
	f.Add([]byte{0})
	f.Fuzz(func(t *testing.T, data []byte) {
		for name, parse := range map[string]func([]byte) (*PublicKey, error){"NewPublicKey": NewPublicKey,
			"ParseSPKI": ParseSPKI} {
			key, err := parse(data)
			if err != nil {
				if key != nil || !errors.Is(err, ErrKey) {
					t.Fatalf("%s: %v, %v", name, key, err)
				}
				continue
			}
			if again, err := ParseSPKI(key.SPKI()); err != nil || !again.Equal(key) {
				t.Fatalf("%s: accepted %x, does not survive SPKI: %v", name, data, err)
			}
		}
	})
}

func FuzzPrivateKey(f *testing.F) {
	key := must[*PrivateKey](f)(fuzzKey())
	f.Add(must[[]byte](f)(key.PKCS8()))
	f.Add(must[[]byte](f)(key.PEM()))
	f.Add([]byte{0x30, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		for name, parse := range map[string]func([]byte) (*PrivateKey, error){"PKCS8": ParsePKCS8,
			"PEM": ParsePrivatePEM} {
			key, err := parse(data)
			if err != nil {
				if key != nil || !isOneOf(err, ErrKey, ErrFormat) {
					t.Fatalf("%s: %v", name, err)
				}
				continue
			}
			if sig, err := key.Sign([]byte("m")); err != nil || key.Public().Verify([]byte("m"), sig) != nil {
				t.Fatalf("%s: accepted %x, which cannot sign: %v", name, data, err)
			}
		}
	})
}

// Only the envelope: with the key derivation behind it a run would see a few dozen inputs a second.
func FuzzSealedKey(f *testing.F) {
	f.Add(must[[]byte](f)(SealKey(must[*PrivateKey](f)(fuzzKey()), []byte("864213"))))
	f.Add(
		[]byte(`{"v":1,"kdf":"PBKDF2-HMAC-SM3","iterations":-1,"salt":"","cipher":"SM4-GCM","publicKey":"","box":""}`))
	f.Add([]byte("{}"))
	f.Fuzz(func(t *testing.T, sealed []byte) {
		s, salt, box, err := parseSealed(sealed)
		switch {
		case err != nil && !errors.Is(err, ErrFormat):
			t.Fatal(err)
		case err == nil && (s.Iterations < minSealIterations || s.Iterations > maxSealIterations ||
			len(salt) < minSalt ||
			len(salt) > maxSalt || len(box) != scalarSize+SealGrowth):
			t.Fatalf("limits passed: %+v", s)
		}
	})
}

func FuzzEnrolment(f *testing.F) {
	pub := must[*PrivateKey](f)(fuzzKey()).Public()
	f.Add(must[[]byte](f)(NewEnrolment(pub, make([]byte, minNonce))))
	f.Add([]byte(`{"nonce":"","publicKey":"","purpose":"enrol","v":1}`))
	f.Fuzz(func(t *testing.T, challenge []byte) {
		e, err := ParseEnrolment(challenge)
		if err != nil {
			if !isOneOf(err, ErrFormat, ErrKey) {
				t.Fatal(err)
			}
			return
		}
		if again, err := NewEnrolment(e.PublicKey, e.Nonce); err != nil || !bytes.Equal(again, challenge) {
			t.Fatalf("accepted %q, spelt again %q", challenge, again)
		}
	})
}

func FuzzCiphertexts(f *testing.F) {
	key, sm4Key := must[*PrivateKey](f)(fuzzKey()), unhex(vectorSM4Key)
	f.Add(must[[]byte](f)(key.Public().Encrypt([]byte("secret"))))
	f.Add(must[[]byte](f)(Seal(sm4Key, []byte("secret"), nil)))
	f.Add(must[[]byte](f)(ECBEncrypt(sm4Key, []byte("secret"))))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, box []byte) {
		if plain, err := key.Decrypt(box); err != nil && (plain != nil || !errors.Is(err, ErrCrypt)) {
			t.Fatalf("Decrypt: %x, %v", plain, err)
		}
		if plain, err := Open(sm4Key, box, nil); err != nil && (plain != nil || !errors.Is(err, ErrCrypt)) {
			t.Fatalf("Open: %x, %v", plain, err)
		}
		plain, err := ECBDecrypt(sm4Key, box)
		if err != nil {
			if plain != nil || !errors.Is(err, ErrCrypt) {
				t.Fatalf("ECBDecrypt: %x, %v", plain, err)
			}
			return
		}
		if again, err := ECBEncrypt(sm4Key, plain); err != nil || !bytes.Equal(again, box) {
			t.Fatalf("ECB: %x became %x, %v", box, again, err)
		}
	})
}
