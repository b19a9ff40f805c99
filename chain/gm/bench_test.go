package gm

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"testing"
	"time"
)

// Each SM benchmark stands beside the same work with Go's P-256 and SHA-256, message hashing
// included.

var (
	benchMessage = make([]byte, 256)
	sinkHash     [HashSize]byte
)

func benchP256(b *testing.B) *ecdsa.PrivateKey {
	b.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	return key
}

func BenchmarkVerifySM2(b *testing.B) {
	key := newKey(b)
	sig, pub := mustSign(b, key, benchMessage), key.Public()
	b.ReportAllocs()
	for b.Loop() {
		if err := pub.Verify(benchMessage, sig); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerifyP256(b *testing.B) {
	key := benchP256(b)
	digest := sha256.Sum256(benchMessage)
	sig, err := ecdsa.SignASN1(rand.Reader, key, digest[:])
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		digest := sha256.Sum256(benchMessage)
		if !ecdsa.VerifyASN1(&key.PublicKey, digest[:], sig) {
			b.Fatal("refused")
		}
	}
}

// What a refusal costs, second opinion included: the price of one forged signature to a server.
func BenchmarkRefuseSM2(b *testing.B) {
	key := newKey(b)
	sig, pub := mustSign(b, key, []byte("another message")), key.Public()
	b.ReportAllocs()
	for b.Loop() {
		if pub.Verify(benchMessage, sig) == nil {
			b.Fatal("accepted")
		}
	}
}

// Sign includes its own check and every 64th time the second library's.
func BenchmarkSignSM2(b *testing.B) {
	key := newKey(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := key.Sign(benchMessage); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSignTjfocSM2(b *testing.B) {
	key := newKey(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := key.SignTjfoc(benchMessage); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSignP256(b *testing.B) {
	key := benchP256(b)
	b.ReportAllocs()
	for b.Loop() {
		digest := sha256.Sum256(benchMessage)
		if _, err := ecdsa.SignASN1(rand.Reader, key, digest[:]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHash1KSM3(b *testing.B) {
	data := make([]byte, 1024)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		sinkHash = Sum(data)
	}
}

func BenchmarkHash1KSHA256(b *testing.B) {
	data := make([]byte, 1024)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		sinkHash = sha256.Sum256(data)
	}
}

func BenchmarkSeal1KSM4(b *testing.B) {
	key, data := make([]byte, SM4KeySize), make([]byte, 1024)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Seal(key, data, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNewPublicKey(b *testing.B) {
	point := newKey(b).Public().Bytes()
	for b.Loop() {
		if _, err := NewPublicKey(point); err != nil {
			b.Fatal(err)
		}
	}
}

// maxVerifyRatio is the promise of the package comment.
const maxVerifyRatio = 1.3

// BenchmarkVerifyRatio verifies with both in turn, so that a busy machine slows both alike, reports
// the quotient as "xP256" and fails above the promise. It is about the assembly: with -tags purego
// or on other processors it fails.
func BenchmarkVerifyRatio(b *testing.B) {
	sm, nist := newKey(b), benchP256(b)
	smSig := mustSign(b, sm, benchMessage)
	digest := sha256.Sum256(benchMessage)
	nistSig, err := ecdsa.SignASN1(rand.Reader, nist, digest[:])
	if err != nil {
		b.Fatal(err)
	}
	var smTime, nistTime time.Duration
	for b.Loop() {
		start := time.Now()
		ok := sm.Public().Verify(benchMessage, smSig) == nil
		middle := time.Now()
		digest := sha256.Sum256(benchMessage)
		ok = ecdsa.VerifyASN1(&nist.PublicKey, digest[:], nistSig) && ok
		smTime, nistTime = smTime+middle.Sub(start), nistTime+time.Since(middle)
		if !ok {
			b.Fatal("refused")
		}
	}
	ratio := float64(smTime) / float64(nistTime)
	b.ReportMetric(ratio, "xP256")
	if b.N > 100 && ratio > maxVerifyRatio { // a few rounds prove nothing
		b.Fatalf("SM2 verification takes %.2f times P-256's, at most %.1f", ratio, maxVerifyRatio)
	}
}
