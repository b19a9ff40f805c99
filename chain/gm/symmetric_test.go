package gm

import (
	"bytes"
	"crypto/hmac"
	"encoding/hex"
	"errors"
	"strings"
	"sync"
	"testing"

	tsm3 "github.com/tjfoc/gmsm/sm3"
	tsm4 "github.com/tjfoc/gmsm/sm4"

	esm4 "github.com/emmansun/gmsm/sm4"
)

func TestSumConcatenatesAndLibrariesAgree(t *testing.T) {
	text := []byte(strings.Repeat("处方", 100))
	for cut := range len(text) {
		whole, parts := Sum(text[:cut]), Sum(text[:cut/2], nil, text[cut/2:cut])
		if whole != parts || !bytes.Equal(whole[:], tsm3.Sm3Sum(text[:cut])) {
			t.Fatalf("%d bytes: Sum differs between one part, two parts and tjfoc", cut)
		}
	}
}

// tjfoc's hash.Hash hashes the argument of Sum; ours must only prefix it and must go on afterwards.
func TestHashContract(t *testing.T) {
	h := NewHash()
	h.Write([]byte("ab"))
	h.Sum([]byte("prefix"))
	h.Write([]byte("c"))
	want := Sum([]byte("abc"))
	if got := h.Sum([]byte("xyz")); !bytes.Equal(got, append([]byte("xyz"), want[:]...)) {
		t.Fatalf("Sum after Sum = %x", got)
	}
	if h.Size() != HashSize || h.BlockSize() != 64 {
		t.Fatal("wrong sizes")
	}
	mac := hmac.New(NewHash, []byte("key"))
	mac.Write([]byte("msg"))
	if !hmac.Equal(mac.Sum(nil), HMAC([]byte("key"), []byte("m"), []byte("sg"))) {
		t.Fatal("HMAC over parts differs")
	}
}

// GB/T 32907 appendix A.2.
func TestSM4MillionTimes(t *testing.T) {
	key := unhex(vectorSM4Key)
	emm, err := esm4.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	tj, err := tsm4.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	one, other := bytes.Clone(key), bytes.Clone(key)
	for range sm4Rounds {
		emm.Encrypt(one, one)
		tj.Encrypt(other, other)
	}
	if !bytes.Equal(one, other) {
		t.Fatalf("emmansun %x, tjfoc %x", one, other)
	}
	if want := "595298c7c6fd271f0402f804c33d3f66"; sm4Rounds == 1_000_000 && hex.EncodeToString(one) != want {
		t.Fatalf("%x, want %s", one, want)
	}
}

func TestSealOpen(t *testing.T) {
	key, aad := unhex(vectorSM4Key), []byte("rx:RX1")
	for _, plaintext := range [][]byte{nil, []byte("x"), []byte("阿莫西林"), bytes.Repeat([]byte{1}, 4097)} {
		box, err := Seal(key, plaintext, aad)
		if err != nil || len(box) != len(plaintext)+SealGrowth {
			t.Fatalf("Seal: %d bytes, %v", len(box), err)
		}
		if again, err := Open(key, box, aad); err != nil || !bytes.Equal(again, plaintext) {
			t.Fatalf("Open: %v", err)
		}
		for i := 0; i < len(box); i += 1 + len(box)/64 {
			box[i] ^= 1
			if plain, err := Open(key, box, aad); !errors.Is(err, ErrCrypt) || plain != nil {
				t.Fatalf("byte %d altered: %q, %v", i, plain, err)
			}
			box[i] ^= 1
		}
		for name, attempt := range map[string]func() ([]byte, error){
			"other aad": func() ([]byte, error) { return Open(key, box, []byte("rx:RX2")) },
			"other key": func() ([]byte, error) { return Open(make([]byte, 16), box, aad) },
			"short key": func() ([]byte, error) { return Open(key[:15], box, aad) },
			"truncated": func() ([]byte, error) { return Open(key, box[:len(box)-1], aad) },
			"empty box": func() ([]byte, error) { return Open(key, nil, aad) },
		} {
			if plain, err := attempt(); !errors.Is(err, ErrCrypt) || plain != nil {
				t.Errorf("%s: %q, %v; want ErrCrypt", name, plain, err)
			}
		}
	}
	if _, err := Seal(append(key, key...), nil, nil); !errors.Is(err, ErrCrypt) {
		t.Errorf("Seal with a 32-byte key: %v, want ErrCrypt", err)
	}
}

// tjfoc's block keeps scratch space: shared by goroutines, a third of its boxes came out wrong.
func TestSymmetricCallsShareNothing(t *testing.T) {
	key := unhex(vectorSM4Key)
	var group sync.WaitGroup
	for worker := range 4 {
		group.Go(func() {
			plaintext := bytes.Repeat([]byte{byte(worker)}, 100)
			for range 500 {
				box, _ := Seal(key, plaintext, nil)
				opened, _ := Open(key, box, nil)
				ecb, _ := ECBEncrypt(key, plaintext)
				back, _ := ECBDecrypt(key, ecb)
				if !bytes.Equal(opened, plaintext) || !bytes.Equal(back, plaintext) {
					t.Error("a box was spoilt by another goroutine")
					return
				}
			}
		})
	}
	group.Wait()
}

// The insurer's derived key (secKey) of the envelope's published construction: SM4-ECB of appSecret
// under appId[0:16].
func TestECBOfTheInsurersEnvelope(t *testing.T) {
	box, err := ECBEncrypt([]byte("43AF047BBA47FC8A1AE8EFB2EXAMPLE0")[:16], []byte("EXAMPLESECRET0123456789ABCDEFGH0"))
	if err != nil || strings.ToUpper(hex.EncodeToString(box))[:16] != "05580B81683059C5" {
		t.Fatalf("%X, %v", box, err)
	}
}

func TestECB(t *testing.T) {
	key := unhex(vectorSM4Key)
	for n := range 50 {
		buffer := bytes.Repeat([]byte{0xaa}, 64)
		box, err := ECBEncrypt(key, buffer[:n])
		if err != nil || len(box) != n/16*16+16 || !bytes.Equal(buffer, bytes.Repeat([]byte{0xaa}, 64)) {
			t.Fatalf("%d bytes: box of %d, %v; the caller's buffer must stay as it was", n, len(box), err)
		}
		kept := bytes.Clone(box)
		if plain, err := ECBDecrypt(key, box); err != nil || !bytes.Equal(plain, buffer[:n]) ||
			!bytes.Equal(box, kept) {
			t.Fatalf("%d bytes: %v", n, err)
		}
	}
	raw := func(last ...byte) []byte { // one block that decrypts to something ending so
		block, err := ecbBlock(key)
		if err != nil {
			t.Fatal(err)
		}
		plain := append(make([]byte, 16-len(last)), last...)
		block.Encrypt(plain, plain)
		return plain
	}
	for name, box := range map[string][]byte{
		"nil": nil, "15 bytes": make([]byte, 15), "17 bytes": make([]byte, 17), "padding 0": raw(0),
		"padding 17":     raw(17),
		"uneven padding": raw(2, 3), "wrong middle": raw(9, 3, 9, 3),
	} {
		if plain, err := ECBDecrypt(key, box); !errors.Is(err, ErrCrypt) || plain != nil {
			t.Errorf("%s: %q, %v; want ErrCrypt", name, plain, err)
		}
	}
	if _, err := ECBEncrypt(nil, []byte("x")); !errors.Is(err, ErrCrypt) {
		t.Errorf("no key: %v, want ErrCrypt", err)
	}
}

func TestEncryptDecrypt(t *testing.T) {
	key, other := newKey(t), newKey(t)
	for _, n := range []int{1, 2, 16, 31, 32, 33, 1000, MaxEncryptSize} {
		plaintext := bytes.Repeat([]byte{7}, n)
		box, err := key.Public().Encrypt(plaintext)
		if err != nil {
			t.Fatalf("%d bytes: %v", n, err)
		}
		if again, err := key.Decrypt(box); err != nil || !bytes.Equal(again, plaintext) {
			t.Fatalf("%d bytes: %v", n, err)
		}
		if _, err := other.Decrypt(box); !errors.Is(err, ErrCrypt) {
			t.Errorf("another key opens it: %v", err)
		}
		box[len(box)-1] ^= 1
		if plain, err := key.Decrypt(box); !errors.Is(err, ErrCrypt) || plain != nil {
			t.Errorf("altered ciphertext: %q, %v", plain, err)
		}
	}
	for _, n := range []int{0, MaxEncryptSize + 1} {
		if _, err := key.Public().Encrypt(make([]byte, n)); !errors.Is(err, ErrCrypt) {
			t.Errorf("Encrypt of %d bytes: %v, want ErrCrypt", n, err)
		}
	}
	for name, box := range map[string][]byte{"nil": nil, "short": {0x30, 0}, "raw form": unhex(vectorCipher),
		"huge": make([]byte, maxCiphertextSize+1)} {
		if _, err := key.Decrypt(box); !errors.Is(err, ErrCrypt) {
			t.Errorf("%s: %v, want ErrCrypt", name, err)
		}
	}
}

// C1 off the curve: decrypting it leaks d modulo the order of that point. tjfoc does; we must not.
func TestDecryptRefusesAnOffCurvePoint(t *testing.T) {
	key := newKey(t)
	box, err := key.Public().Encrypt([]byte("secret"))
	if err != nil {
		t.Fatal(err)
	}
	// SEQUENCE, INTEGER x, INTEGER y, …: the last byte of x sits before the tag of y.
	x := 4 + int(box[3])
	box[x-1] ^= 1
	if plain, err := key.Decrypt(box); !errors.Is(err, ErrCrypt) || plain != nil {
		t.Fatalf("%q, %v; want ErrCrypt", plain, err)
	}
}
