package gm

import (
	"bytes"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"sync"
	"testing"

	esm2 "github.com/emmansun/gmsm/sm2"
	tsm2 "github.com/tjfoc/gmsm/sm2"

	"github.com/smart-hospital/hospital/chain/chaintest/size"
)

func newKey(t testing.TB) *PrivateKey {
	t.Helper()
	key, err := GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func vectorKey(t testing.TB) *PrivateKey {
	t.Helper()
	key, err := NewPrivateKey(unhex(vectorPrivate))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func mustSign(t testing.TB, key *PrivateKey, msg []byte) []byte {
	t.Helper()
	sig, err := key.Sign(msg)
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

func TestSelfTest(t *testing.T) {
	before := Splits()
	if err := SelfTest(); err != nil {
		t.Fatal(err)
	}
	if Splits() != before {
		t.Error("the self-test counted its own split")
	}
}

func TestRandomKeysBothLibrariesAgree(t *testing.T) {
	t.Parallel()
	keys := size.Draws(t, randomKeys)
	var group sync.WaitGroup
	for worker := range 2 {
		group.Go(func() {
			for i := worker; i < keys; i += 2 {
				if err := roundTrip(fmt.Appendf(nil, "处方 Rx-%06d：阿莫西林", i), i%10 == 0); err != nil {
					t.Errorf("key %d: %v", i, err)
					return
				}
			}
		})
	}
	group.Wait()
}

func roundTrip(msg []byte, slow bool) error {
	key, err := GenerateKey()
	if err != nil {
		return err
	}
	sign := key.Sign
	if slow {
		sign = key.SignTjfoc
	}
	sig, err := sign(msg)
	if err != nil {
		return err
	}
	if err := key.Public().VerifyBoth(msg, sig); err != nil {
		return err
	}
	if err := key.Public().VerifyBoth(append(msg, '.'), sig); !errors.Is(err, ErrSig) || errors.Is(err, ErrSplit) {
		return fmt.Errorf("other message: %w, want ErrSig", err)
	}
	raw, err := DERToRaw(sig)
	if err != nil {
		return err
	}
	der, err := RawToDER(raw)
	if err != nil || !bytes.Equal(der, sig) {
		return fmt.Errorf("DER → raw → DER changed the signature: %w", err)
	}
	return key.Public().VerifyRaw(msg, raw)
}

// Keys, nonces and digests at the edges of their ranges, where carry bugs live (emmansun/gmsm#560
// was one).
func TestEdgeTriplesAgainstReference(t *testing.T) {
	t.Parallel()
	n := curveN
	edge := func(delta int64) *big.Int { return new(big.Int).Sub(n, big.NewInt(delta)) }
	power := func(bits uint) *big.Int { return new(big.Int).Lsh(big.NewInt(1), bits) }
	ones := new(big.Int).Sub(power(256), big.NewInt(1))
	nonces := map[*big.Int]*affine{}
	for _, k := range []*big.Int{big.NewInt(1), big.NewInt(2), edge(1), power(255),
		new(big.Int).Sub(power(224), big.NewInt(1))} {
		nonces[k] = refG.times(k)
	}
	checked, refused := 0, 0
	for _, d := range []*big.Int{big.NewInt(1), big.NewInt(2), edge(2), edge(3), power(128), hexInt(vectorPrivate)} {
		key, err := NewPrivateKey(d.FillBytes(make([]byte, scalarSize)))
		if err != nil {
			t.Fatal(err)
		}
		point := refG.times(d)
		for k, kG := range nonces {
			for _, e := range []*big.Int{ones, n, new(big.Int), big.NewInt(1), edge(1)}[:edgeDigests] {
				r, s, ok := refSign(d, e, k, kG)
				if !ok {
					continue
				}
				if !compareTriple(t, key.pub, point, e, r, s) {
					t.Errorf("d=%x k=%x e=%x: the reference refuses its own signature", d, k, e)
				}
				// Mostly refused; valid where k+(1+d) and k have the same x, as for k = 1, d = n-3.
				if !compareTriple(t, key.pub, point, e, r, modN(new(big.Int).Add(s, big.NewInt(1)))) {
					refused++
				}
				checked++
			}
		}
	}
	if checked < 20*edgeDigests || refused < checked*3/4 {
		t.Fatalf("only %d triples were checked, %d altered ones refused", checked, refused)
	}
}

// compareTriple holds both libraries against the reference and returns what that says.
func compareTriple(t *testing.T, pub *PublicKey, point *affine, e, r, s *big.Int) bool {
	t.Helper()
	digest := e.FillBytes(make([]byte, HashSize))
	der, err := encodeDER(r, s)
	if err != nil {
		t.Fatal(err)
	}
	want := refVerify(point, e, r, s)
	if emm := esm2.VerifyASN1(pub.emm, digest, der); emm != want {
		t.Errorf("e=%x r=%x s=%x: emmansun %v, reference %v", e, r, s, emm, want)
	}
	if tj := tsm2.Verify(pub.tj, digest, r, s); tj != want {
		// tjfoc errs where the two points it adds have the same x (chain/gm's reason to exist), and
		// nowhere else.
		if point.times(modN(new(big.Int).Add(r, s))).x.Cmp(refG.times(s).x) != 0 {
			t.Errorf("e=%x r=%x s=%x: tjfoc %v, reference %v", e, r, s, tj, want)
		}
	}
	return want
}

// Signatures that their own key's holder can craft so that tjfoc alone accepts them, and could
// later disown.
func TestCraftedSignaturesAreSplits(t *testing.T) {
	key := vectorKey(t)
	d, one, msg := hexInt(vectorPrivate), big.NewInt(1), []byte("message digest")
	r := modN(hexInt(vectorDigest))
	rd := new(big.Int).Mul(r, d)
	over := func(denominator *big.Int) *big.Int {
		inverse := new(big.Int).ModInverse(modN(denominator), curveN)
		return modN(inverse.Mul(inverse, rd))
	}
	var alarms []Split
	OnSplit(func(s Split) { alarms = append(alarms, s) })
	defer OnSplit(nil)
	before := Splits()
	for name, s := range map[string]*big.Int{
		"sG = tP":             over(new(big.Int).Sub(one, d)),
		"k = 0, sum infinite": new(big.Int).Sub(curveN, over(new(big.Int).Add(one, d))),
	} {
		sig, err := encodeDER(r, s)
		if err != nil {
			t.Fatal(err)
		}
		if refVerify(refG.times(d), hexInt(vectorDigest), r, s) {
			t.Fatalf("%s: the reference accepts it", name)
		}
		if err := key.Public().Verify(msg, sig); !errors.Is(err, ErrSplit) {
			t.Errorf("%s: Verify = %v, want ErrSplit", name, err)
		}
		if err := key.Public().VerifyBoth(msg, sig); !errors.Is(err, ErrSplit) {
			t.Errorf("%s: VerifyBoth = %v, want ErrSplit", name, err)
		}
	}
	if Splits()-before != 4 || len(alarms) != 4 {
		t.Fatalf("%d splits counted, %d alarms; want 4 and 4", Splits()-before, len(alarms))
	}
	a := alarms[0]
	if a.Emmansun || !a.Tjfoc || !bytes.Equal(a.Message, msg) || !bytes.Equal(a.PublicKey, key.Public().Bytes()) ||
		len(a.Signature) == 0 {
		t.Errorf("alarm lacks the evidence: %+v", a)
	}
}

// The reverse: a valid signature with sG = tP, which tjfoc refuses. emmansun decides.
func TestEmmansunAcceptsEqualPoints(t *testing.T) {
	key, d, k := vectorKey(t), hexInt(vectorPrivate), big.NewInt(123456789)
	s := modN(new(big.Int).Mul(k, new(big.Int).ModInverse(big.NewInt(2), curveN)))
	tt := modN(new(big.Int).Mul(s, new(big.Int).ModInverse(d, curveN)))
	r := modN(new(big.Int).Sub(tt, s))
	e := modN(new(big.Int).Sub(r, refG.times(k).x))
	if !compareTriple(t, key.pub, refG.times(d), e, r, s) {
		t.Error("the reference refuses it")
	}
}

func TestSignatureEncodingsThatMustBeRefused(t *testing.T) {
	key, msg := newKey(t), []byte("处方")
	good := mustSign(t, key, msg)
	r, s, err := parseDER(good)
	if err != nil {
		t.Fatal(err)
	}
	marshal := func(v any) []byte {
		der, err := asn1.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return der
	}
	zero, n := new(big.Int), curveN
	for name, sig := range map[string][]byte{
		"nil":              nil,
		"trailing bytes":   append(bytes.Clone(good), 0xde, 0xad),
		"three integers":   marshal(struct{ R, S, X *big.Int }{r, s, big.NewInt(1)}),
		"one integer":      marshal(struct{ R *big.Int }{r}),
		"raw form":         append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...),
		"r = 0":            marshal(struct{ R, S *big.Int }{zero, s}),
		"s = 0":            marshal(struct{ R, S *big.Int }{r, zero}),
		"r = n":            marshal(struct{ R, S *big.Int }{n, s}),
		"s = n":            marshal(struct{ R, S *big.Int }{r, n}),
		"s + n":            marshal(struct{ R, S *big.Int }{r, new(big.Int).Add(s, n)}),
		"negative s":       marshal(struct{ R, S *big.Int }{r, new(big.Int).Neg(s)}),
		"r + s = n":        marshal(struct{ R, S *big.Int }{r, new(big.Int).Sub(n, r)}),
		"r and s swapped":  marshal(struct{ R, S *big.Int }{s, r}),
		"long-form length": append([]byte{0x30, 0x81}, good[1:]...),
		"truncated":        good[:len(good)-1],
		"padded integer":   padded(good),
		"OCTET STRING":     append([]byte{4}, good[1:]...),
	} {
		if err := key.Public().Verify(msg, sig); !errors.Is(err, ErrSig) {
			t.Errorf("%s: %v, want ErrSig", name, err)
		}
	}
	for _, raw := range [][]byte{nil, make([]byte, 63), make([]byte, 64), make([]byte, 65),
		bytes.Repeat([]byte{0xff}, 64)} {
		if err := key.Public().VerifyRaw(msg, raw); !errors.Is(err, ErrSig) {
			t.Errorf("raw signature of %d bytes: %v, want ErrSig", len(raw), err)
		}
	}
}

// padded gives r one more leading zero byte than DER allows.
func padded(der []byte) []byte {
	size := int(der[3])
	out := append([]byte{0x30, der[1] + 1, 2, byte(size + 1), 0}, der[4:4+size]...)
	return append(out, der[4+size:]...)
}

func TestVerifyBelongsToKeyAndMessage(t *testing.T) {
	key, other, msg := newKey(t), newKey(t), []byte("处方")
	sig := mustSign(t, key, msg)
	if err := key.Public().Verify(msg, sig); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"other key":     other.Public().Verify(msg, sig),
		"other message": key.Public().Verify([]byte("處方"), sig),
		"empty message": key.Public().Verify(nil, sig),
	} {
		if !errors.Is(err, ErrSig) {
			t.Errorf("%s: %v, want ErrSig", name, err)
		}
	}
	var none *PublicKey
	if err := none.Verify(msg, sig); !errors.Is(err, ErrKey) {
		t.Errorf("nil key: %v, want ErrKey", err)
	}
	for name, sign := range map[string]func([]byte) ([]byte, error){"Sign": key.Sign, "SignTjfoc": key.SignTjfoc} {
		if _, err := sign(nil); !errors.Is(err, ErrSig) {
			t.Errorf("%s of an empty message: %v, want ErrSig", name, err)
		}
	}
}

// tjfoc reproduces the standard's signature when the standard's k is injected: value k-1 in 40
// bytes.
func TestTjfocReproducesTheStandardsSignature(t *testing.T) {
	k := hexInt("59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21")
	fixed := bytes.NewReader(k.Sub(k, big.NewInt(1)).FillBytes(make([]byte, 40)))
	r, s, err := tsm2.Sm2Sign(vectorKey(t).tj, []byte("message digest"), id, fixed)
	if err != nil || fmt.Sprintf("%064x%064x", r, s) != vectorSig {
		t.Fatalf("r=%x s=%x %v", r, s, err)
	}
}

// Even with the same fresh randomness the nonce differs between messages and between keys.
func TestNonceIsHedged(t *testing.T) {
	read := func(seed []byte) string {
		out := make([]byte, 40)
		if _, err := (&hedgedReader{key: []byte("d"), seed: seed}).Read(out); err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	fresh := make([]byte, 32)
	one, other := HMAC([]byte("d"), fresh, []byte("m1")), HMAC([]byte("d"), fresh, []byte("m2"))
	if first, again := read(one), read(one); first != again || first == read(other) {
		t.Fatal("the nonce must depend on the message and on nothing but its seed")
	}
	key := newKey(t)
	for name, sign := range map[string]func([]byte) ([]byte, error){"Sign": key.Sign, "SignTjfoc": key.SignTjfoc} {
		first, err1 := sign([]byte("m"))
		second, err2 := sign([]byte("m"))
		if err := errors.Join(err1, err2); err != nil || bytes.Equal(first, second) {
			t.Errorf("%s: two signatures over one message are equal (%v)", name, err)
		}
	}
}

// TestSignerIDs: a signature holds under the id it was made with and no other, in both libraries.
func TestSignerIDs(t *testing.T) {
	k, msg := newKey(t), []byte("message")
	const bureau = "NHSA-440000000001"
	sig := must[[]byte](t)(k.SignAs(bureau, msg))
	if err := k.Public().As(bureau).VerifyBoth(msg, sig); err != nil {
		t.Error(err)
	}
	for name, err := range map[string]error{
		"under the default id":             k.Public().Verify(msg, sig),
		"under another":                    k.Public().As(bureau+"1").Verify(msg, sig),
		"a default one under the bureau's": k.Public().As(bureau).Verify(msg, must[[]byte](t)(k.Sign(msg))),
		"under a long id":                  k.Public().As(strings.Repeat("1", MaxIDSize+1)).Verify(msg, sig),
	} {
		if !errors.Is(err, ErrSig) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, id := range []string{"", strings.Repeat("1", MaxIDSize+1)} {
		if _, err := k.SignAs(id, msg); !errors.Is(err, ErrSig) {
			t.Errorf("signed under an id of %d bytes: %v", len(id), err)
		}
	}
	if !k.Public().As(bureau).Equal(k.Public()) {
		t.Error("an id is no part of the key")
	}
}
