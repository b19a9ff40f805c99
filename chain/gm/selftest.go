package gm

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"

	esm2 "github.com/emmansun/gmsm/sm2"
	tsm3 "github.com/tjfoc/gmsm/sm3"
	tsm4 "github.com/tjfoc/gmsm/sm4"
)

// Pinned vectors. Sources are named at their checks below.
const (
	vectorPrivate = "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"
	vectorPublic  = "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020" +
		"ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
	vectorZA     = "b2e14c5c79c6df5b85f4fe7ed8db7a262b9da7e07ccb0ea9f4747b8ccda8a4f3"
	vectorDigest = "f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640"
	vectorSig    = "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3" +
		"b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
	vectorCipher = "0404ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73" +
		"e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0" +
		"59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766" + "21886ca989ca9c7d58087307ca93092d651efa"

	cpuPublic = "04ef4de57af00ae424c00c4caadff7193f804a19dd73a7e2954db9d0d15ab4cbba" +
		"67728c3f4572878b7a674735da9fde1682fe2d9e0799c4a5cde57e3d473039a2"
	cpuSig = "be0ea64e1ec06f0d247093f3ccbbadcfb6260224272f86ddb78326e7cd6c7560" +
		"e9f6ab2fcc48a2cef94838e66b5c7e21fd8e4de25990dd98ca5243f4966f2853"

	splitSig = "f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640" +
		"3da760dd7383633800a1adecfe9790f8ee194f453a81b16507c3285b8f170e1b"

	vectorSM4Key = "0123456789abcdeffedcba9876543210"
)

// SelfTest computes the standards' vectors with this build on this CPU (about 20 ms). Run it before
// serving and stop when it returns ErrSelfTest: emmansun v0.28.0 to v0.44.0 rejected valid
// signatures on some CPUs, and only running shows it. It neither counts a split nor calls the
// alarm.
func SelfTest() error {
	for _, check := range []struct {
		name string
		run  func() error
	}{
		{"SM3, HMAC-SM3 and PBKDF2-SM3", testHashes}, {"SM4", testSM4}, {"SM2 signature", testSignature},
		{"SM2 on this CPU (emmansun/gmsm#560)", testCPU}, {"SM2 decryption", testDecryption},
		{"disagreement is seen", testSplit},
	} {
		if err := runCheck(check.run); err != nil {
			return fmt.Errorf("%w: %s: %w", ErrSelfTest, check.name, err)
		}
	}
	return nil
}

func runCheck(run func() error) (err error) {
	defer Caught(&err, errors.New("panic"))
	return run()
}

func expect(what string, got []byte, want string) error {
	if hex.EncodeToString(got) != want {
		return fmt.Errorf("%s is %x, want %s", what, got, want)
	}
	return nil
}

func unhex(s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil {
		panic("gm: bad pinned vector: " + s)
	}
	return b
}

// GB/T 32905 appendix A; HMAC and PBKDF2 as computed alike by Go, OpenSSL and sm-crypto-v2.
func testHashes() error {
	short, long := Sum([]byte("abc")), Sum(bytes.Repeat([]byte("abcd"), 16))
	empty := Sum()
	pin, err := pinKey([]byte("864213"), []byte("0123456789abcdef"), minSealIterations)
	return errors.Join(err,
		expect(`SM3("")`, empty[:], "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"),
		expect(`SM3("abc")`, short[:], "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
		expect(`tjfoc SM3("abc")`, tsm3.Sm3Sum([]byte("abc")), hex.EncodeToString(short[:])),
		expect("SM3 of 64 bytes", long[:], "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
		expect("HMAC-SM3", HMAC([]byte("key"), []byte("msg")),
			"aaef27f7826f0b502a7e3d787a7ac6ee15a4ce44e2631200df14c54bc4f57fa7"),
		expect("PBKDF2-SM3", pin, "8401aa3646c341ad623a203e6ef4650d"))
}

// GB/T 32907 appendix A.1 (the key on itself) and RFC 8998 appendix A.1 (GCM).
func testSM4() error {
	key := unhex(vectorSM4Key)
	block, err := tsm4.NewCipher(key)
	if err != nil {
		return err
	}
	out := make([]byte, SM4KeySize)
	block.Encrypt(out, key)
	aead, err := newGCM(key)
	if err != nil {
		return err
	}
	plaintext := unhex(
		"aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccddddddddddddddddeeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa")
	box := aead.Seal(nil, unhex("00001234567800000000abcd"), plaintext,
		unhex("feedfacedeadbeeffeedfacedeadbeefabaddad2"))
	return errors.Join(
		expect("SM4 block", out, "681edf34d206965e86b3e94f536e4246"),
		expect("SM4-GCM tag", box[len(plaintext):], "83de3541e4c2b58177e065a9bf7b62ec"))
}

// GB/T 32918.5 appendix A: key, ZA, digest and signature of "message digest"; then a fresh
// signature by each library.
func testSignature() error {
	key, err := NewPrivateKey(unhex(vectorPrivate))
	if err != nil {
		return err
	}
	za, err := esm2.CalculateZA(key.pub.emm, id)
	if err != nil {
		return err
	}
	digest, err := esm2.CalculateSM2Hash(key.pub.emm, []byte("message digest"), id)
	if err != nil {
		return err
	}
	sig, err := RawToDER(unhex(vectorSig))
	if err != nil {
		return err
	}
	if err := key.pub.silent([]byte("message digest"), sig); err != nil {
		return fmt.Errorf("pinned signature: %w", err)
	}
	if err := key.pub.silent([]byte("message digesT"), sig); !errors.Is(err, ErrSig) {
		return fmt.Errorf("signature over another message: %w, want ErrSig", err)
	}
	_, fast := key.Sign([]byte("self-test"))
	_, slow := key.SignTjfoc([]byte("self-test"))
	return errors.Join(fast, slow, expect("public key", key.pub.raw[:], vectorPublic),
		expect("ZA", za, vectorZA), expect("digest", digest, vectorDigest))
}

// The signature of emmansun/gmsm#560: valid, and rejected by versions whose BMI2/ADX assembly is
// wrong.
func testCPU() error {
	pub, err := NewPublicKey(unhex(cpuPublic))
	if err != nil {
		return err
	}
	sig, err := RawToDER(unhex(cpuSig))
	if err != nil {
		return err
	}
	if !esm2.VerifyASN1(pub.emm, make([]byte, HashSize), sig) {
		return errors.New("a valid signature is rejected")
	}
	return nil
}

// GB/T 32918.5 appendix C, C1C3C2 without ASN.1, and a round trip through both libraries.
func testDecryption() error {
	key, err := NewPrivateKey(unhex(vectorPrivate))
	if err != nil {
		return err
	}
	plain, err := esm2.Decrypt(key.emm, unhex(vectorCipher))
	if err != nil {
		return err
	}
	box, err := key.pub.Encrypt([]byte("encryption standard"))
	if err != nil {
		return err
	}
	again, err := key.Decrypt(box)
	want := hex.EncodeToString([]byte("encryption standard"))
	return errors.Join(err, expect("plaintext", plain, want), expect("round trip", again, want))
}

// A signature that only tjfoc accepts (k = 0: the sum is the point at infinity, r = e, s =
// -r·d/(1+d)) must be a split.
func testSplit() error {
	pub, err := NewPublicKey(unhex(vectorPublic))
	if err != nil {
		return err
	}
	sig, err := RawToDER(unhex(splitSig))
	if err != nil {
		return err
	}
	if err := pub.silent([]byte("message digest"), sig); !errors.Is(err, ErrSplit) {
		return fmt.Errorf("crafted signature: %w, want ErrSplit", err)
	}
	return nil
}
